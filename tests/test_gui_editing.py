"""Editing at the desk: real keys, the editor over the cue sheet, what is said and what is sent."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.app.desk import open_desk
from studio_console.core.edit_reports import (
    DraftFound,
    DraftKept,
    EditKept,
    EditRefused,
    EditWritten,
    UnsavedSettled,
)
from studio_console.core.editing import (
    CueDeleted,
    CueDuplicated,
    CueEdited,
    CueInserted,
    CueShifted,
    Draft,
    SessionEdited,
)
from studio_console.core.presses import ArmPressed, GoPressed, Grave, ShowLockSet, SkipSet, StandbyMoved
from studio_console.core.rundown import Kind, Notes
from studio_console.core.show_lock import SHOW
from studio_console.core.text import LANGUAGES, Language, Text
from studio_console.core.units import CueId, Duration, LayoutId, PersonId, PressId
from studio_console.gui.desk import Desk
from studio_console.gui.editing.hand import DRAFT_EVERY
from studio_console.gui.editing.under import BETWEEN, MOST, Under
from tests.builders import WALL, at, edited
from tests.gui_story import AtDesk, FakeService, sample_event, sample_service, sit_down, small_day, small_service
from tests.small_event import write_small_event

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
M1, M2 = CueId("m1"), CueId("m2")


@pytest.fixture
def service() -> FakeService:
    return small_service("22:00")


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def type_into(desk: AtDesk, field: str, text: str) -> None:
    """The field is emptied and ``text`` typed into it, key by key."""
    entry = desk.desk.editing.panel.inputs[field]
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(entry, text)


def enter(desk: AtDesk) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_a_title_and_a_length_are_corrected_with_the_keyboard(desk: AtDesk, service: FakeService) -> None:
    """E, the title, the length, Enter. Space and the other keys are letters meanwhile; after it they act again."""
    panel = desk.desk.editing.panel
    desk.press(Qt.Key.Key_E)
    assert panel.isVisible()
    assert panel.subject is not None
    assert panel.subject.id == M1
    type_into(desk, "title_en", "A warm welcome")
    type_into(desk, "length", "4m30s")
    assert desk.posted(GoPressed) == []
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    assert (edit.now.title.en, edit.now.duration) == ("A warm welcome", Duration(270_000))
    assert edit.now == replace(edit.was, title=edit.now.title, duration=edit.now.duration)
    assert panel.isVisible()
    assert "being written" in panel.words
    service.happen(EditWritten(edit.press, Text("고침", "edited")))
    desk.look()
    assert not panel.isVisible()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("length", "5", "has no unit"),
        ("length", "soon", "‘soon’ is not a duration"),
        ("length", "", "give a length; open if it is not set"),
        ("start", "22.30", "‘22.30’ is not a time of day"),
        ("end", "22:30", "give a length or an end, not both"),
        ("speakers", "londno", "there is no ‘londno’; did you mean london?"),
        ("number", "M2", "there is a cue M2 already"),
        ("title_ko", " ", "this cannot be empty"),
    ],
)
def test_what_is_wrong_is_said_as_it_is_typed(desk: AtDesk, field: str, text: str, says: str) -> None:
    """A slip is seen under its field at once, and Enter does not save it."""
    desk.press(Qt.Key.Key_E)
    if not text:
        entry = desk.desk.editing.panel.inputs[field]
        entry.setFocus()
        QTest.keyClick(entry, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(entry, Qt.Key.Key_Backspace)
    else:
        type_into(desk, field, text)
    assert says in desk.desk.editing.panel.words
    enter(desk)
    assert desk.posted(CueEdited) == []
    assert desk.desk.editing.panel.isVisible()


def test_every_field_says_what_it_means(desk: AtDesk) -> None:
    """Times past midnight, speakers by city, a note, a layout left out, skip: all in one edit."""
    desk.press(Qt.Key.Key_E)
    panel = desk.desk.editing.panel
    type_into(desk, "start", "24:10:30")
    type_into(desk, "length", "5'30\"")
    panel.inputs["speakers"].set_value("london, 리마")
    type_into(desk, "note camera", "wide")
    panel.inputs["kind"].set_value("break")
    panel.inputs["layout wall"].set_value("grid")
    panel.inputs["layout program"].set_value("")
    panel.inputs["speakers"].changed.emit()
    panel.inputs["skip"].setFocus()
    QTest.keyClick(panel.inputs["skip"], Qt.Key.Key_Space)
    assert desk.posted(GoPressed) == []
    assert "Mayor, London · Mayor, Lima" in panel.words
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    assert edit.now == replace(
        edit.was,
        kind=Kind.BREAK,
        start=at("24:10:30"),
        duration=Duration(330_000),
        speakers=(PersonId("london"), PersonId("lima")),
        layouts={WALL: LayoutId("grid")},
        notes=Notes(camera="wide"),
        skip=True,
    )


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_forty_three_speakers_as_many_are_named_as_fit(
    qtbot: QtBot, size: tuple[int, int], language: Language
) -> None:
    """The signing: three whole lines and how many more; all of them are in the tooltip, and no field is pushed out."""
    event, studio = sample_event()
    service = sample_service(event, studio, 1)
    signing = next(cue for cue in service.show.plan.cues if cue.number == "M52")
    desk = sit_down(qtbot, service, event=event, studio=studio, language=language)
    desk.desk.resize(*size)
    service.happen(StandbyMoved(signing.id))
    desk.look()
    desk.press(Qt.Key.Key_E)
    panel = desk.desk.editing.panel
    assert panel.subject == signing
    (under,) = (label for label in panel.findChildren(Under) if label.text())
    *shown, more = under.text().split(BETWEEN)
    everybody = [getattr(event.people[person].label, language) for person in signing.speakers]
    assert shown == everybody[: len(shown)]
    assert more == {"ko": "외 {}", "en": "+{} more"}[language].format(43 - len(shown))
    assert under.toolTip() == BETWEEN.join(everybody)
    assert len(shown) > 5
    assert under.heightForWidth(under.width()) <= under.height() < (MOST + 1) * under.fontMetrics().lineSpacing()
    assert all(panel.rect().contains(entry.geometry()) for entry in panel.inputs.values())


def test_esc_leaves_everything_as_it_was(desk: AtDesk, service: FakeService) -> None:
    """Nothing is sent but that nothing is kept; the selection and the sheet stay where they are."""
    row = desk.desk.sheet.verticalScrollBar().value()
    desk.press(Qt.Key.Key_E)
    type_into(desk, "title_en", "Never mind")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.desk.editing.panel.isVisible()
    assert desk.posted(CueEdited) == []
    assert desk.desk.sheet.selected_cue is None
    assert desk.desk.sheet.verticalScrollBar().value() == row
    desk.press(Qt.Key.Key_S)
    assert desk.posted(SkipSet) == [SkipSet(M1, True)]


def test_hangul_is_composed_in_a_field_and_no_key_of_the_desk(desk: AtDesk) -> None:
    """A syllable on its way is the field's; Enter ends it before it saves, as the input method sends it."""
    desk.press(Qt.Key.Key_E)
    entry = desk.desk.editing.panel.inputs["title_ko"]
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_A, CONTROL)
    QApplication.sendEvent(entry, QInputMethodEvent("안", []))
    committed = QInputMethodEvent("", [])
    committed.setCommitString("안녕")
    QApplication.sendEvent(entry, committed)
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    assert edit.now.title.ko == "안녕"


def test_a_refused_edit_stays_in_the_editor_with_its_reason(desk: AtDesk, service: FakeService) -> None:
    """What the files do not take is not lost: it stands there with the reason, to be mended."""
    desk.press(Qt.Key.Key_E)
    type_into(desk, "title_en", "A welcome")
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    service.happen(EditRefused(edit.press, Text("블록을 고치세요: day-1.yaml:40", "edit the block: day-1.yaml:40")))
    desk.look()
    panel = desk.desk.editing.panel
    assert panel.isVisible()
    assert "edit the block: day-1.yaml:40" in panel.words
    assert panel.inputs["title_en"].value == "A welcome"
    enter(desk)
    assert len(desk.posted(CueEdited)) == 2


def test_what_the_show_skips_by_hand_is_said_beside_the_files_word(desk: AtDesk, service: FakeService) -> None:
    """S was pressed on it: the file says nothing of that, and the editor, which edits the file, says so."""
    service.happen(SkipSet(M2, True))
    desk.look()
    desk.desk.controls.selected = M2
    desk.press(Qt.Key.Key_E)
    assert "the show skips it by hand (S)" in desk.desk.editing.panel.words
    assert desk.desk.editing.panel.inputs["skip"].value == ""


def test_a_locked_show_has_no_editor(desk: AtDesk, service: FakeService) -> None:
    """Locked, E says so; locked while it is open, its fields are closed and it says so too."""
    service.happen(ShowLockSet(True))
    desk.look()
    desk.press(Qt.Key.Key_E)
    assert "locked" in desk.notice
    assert not desk.desk.editing.panel.isVisible()
    service.happen(ArmPressed(Grave.UNLOCK, SHOW, PressId("unlock")), ShowLockSet(False))
    desk.look()
    desk.press(Qt.Key.Key_E)
    service.happen(ShowLockSet(True))
    desk.look()
    panel = desk.desk.editing.panel
    assert "locked" in panel.words
    assert not panel.inputs["title_en"].isEnabled()
    panel.save()
    assert desk.posted(CueEdited) == []


def test_order_and_new_cues_from_the_keyboard(desk: AtDesk, service: FakeService) -> None:
    """The selected cue goes down, up, is copied; a new one comes behind it; it is deleted."""
    desk.press(Qt.Key.Key_Down, CONTROL)
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.desk.sheet.selected_cue == M2
    desk.press(Qt.Key.Key_Down, CONTROL | SHIFT)
    desk.press(Qt.Key.Key_Up, CONTROL | SHIFT)
    assert [(edit.cue, edit.down) for edit in desk.posted(CueShifted)] == [(M2, True), (M2, False)]
    desk.press(Qt.Key.Key_D, CONTROL)
    (copy,) = desk.posted(CueDuplicated)
    assert (copy.source, copy.copy_id, copy.copy_number) == (M2, "m2-2", "M2-2")
    desk.press(Qt.Key.Key_Insert)
    (new,) = desk.posted(CueInserted)
    assert (new.after, new.new.number, new.new.title.en) == (M2, "M2-2", "New cue")
    desk.press(Qt.Key.Key_Delete, CONTROL)
    (gone,) = desk.posted(CueDeleted)
    assert gone.gone.id == M2


def test_a_clash_is_shown_with_both_sides_and_settled_by_a_key(desk: AtDesk, service: FakeService) -> None:
    """Both values stand over the foot of the sheet; nothing is modal, GO works on; Ctrl+M keeps mine."""
    desk.press(Qt.Key.Key_E)
    type_into(desk, "title_en", "Mine")
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    theirs = replace(edit.was, title=Text("그들", "Theirs"))
    service.happen(EditKept(edit, Text("같은 칸", "somebody else changed the same field"), theirs))
    desk.look()
    assert not desk.desk.editing.panel.isVisible()
    notice = desk.desk.editing.notice
    assert notice.isVisible()
    assert "title  mine: 시장 인사 / Mine  ·  file: 그들 / Theirs" in notice.words
    assert [button.label for button in notice.buttons.values()] == ["Keep mine", "Keep theirs"]
    desk.press(Qt.Key.Key_K, ALT)
    (settled,) = desk.posted(UnsavedSettled)
    assert (settled.of, settled.write) == (edit.press, True)
    service.happen(EditWritten(edit.press, Text("고침", "edited")))
    desk.look()
    assert not notice.isVisible()


def test_what_is_typed_is_kept_and_offered_after_a_crash(desk: AtDesk, service: FakeService, qtbot: QtBot) -> None:
    """Half a title: it is kept while it is being typed; found again, Ctrl+M opens it where it was left."""
    assert DRAFT_EVERY < 2000
    desk.press(Qt.Key.Key_E)
    type_into(desk, "length", "7m")
    qtbot.waitUntil(lambda: len(desk.posted(DraftKept)) > 0, timeout=10_000)
    kept = desk.posted(DraftKept)[0].draft
    assert kept is not None
    assert kept == Draft(M1, {"length": "7m"})
    desk.press(Qt.Key.Key_Escape)
    assert desk.posted(DraftKept)[-1] == DraftKept(None)

    service.happen(DraftFound(Draft(M2, {"length": "7m", "title_en": "Half a ti"})))
    desk.look()
    notice = desk.desk.editing.notice
    assert "M2: it was being edited when the console ended" in notice.words
    desk.press(Qt.Key.Key_E)
    assert not desk.desk.editing.panel.isVisible()
    assert "Ctrl+M goes on with it" in desk.notice
    desk.press(Qt.Key.Key_K, ALT)
    panel = desk.desk.editing.panel
    assert panel.isVisible()
    assert (panel.inputs["title_en"].value, panel.inputs["length"].value) == ("Half a ti", "7m")
    assert not notice.isVisible()


def test_the_editor_keeps_what_was_seen_while_others_save(desk: AtDesk, service: FakeService) -> None:
    """The files change under the open editor: what is typed stays, and the edit says what was seen when it opened."""
    desk.press(Qt.Key.Key_E)
    type_into(desk, "title_en", "Mine")
    service.load(edited(small_day(), "M1", duration=Duration(60_000)))
    desk.look()
    assert desk.desk.editing.panel.inputs["title_en"].value == "Mine"
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    assert edit.was.duration == Duration(300_000)
    assert edit.now.duration == Duration(300_000)


def test_both_languages_and_both_screens_hold_all_fields(desk: AtDesk, qtbot: QtBot) -> None:
    """On a laptop's screen the last field is inside the editor, in Korean and in English, with a mistake shown."""
    for width, height in ((1366, 768), (1920, 1080)):
        desk.desk.resize(width, height)
        for language in ("ko", "en"):
            desk.desk.set_language(language)
            desk.press(Qt.Key.Key_E)
            panel = desk.desk.editing.panel
            panel.inputs["length"].set_value("5x")
            panel.inputs["end"].set_value("22")
            panel.inputs["length"].changed.emit()
            QApplication.processEvents()
            for name, entry in panel.inputs.items():
                assert panel.rect().contains(entry.geometry()), (name, width, language)
            desk.press(Qt.Key.Key_Escape)


def test_the_session_of_a_cue_is_edited_with_shift(desk: AtDesk, service: FakeService) -> None:
    """Shift+E: another published start and an end past midnight; the cues are not part of it."""
    desk.press(Qt.Key.Key_E, SHIFT)
    panel = desk.desk.editing.panel
    assert panel.isVisible()
    assert "Edit the session: evening" in panel.words
    type_into(desk, "start", "22:05")
    type_into(desk, "end", "22:00")
    assert "the end is not after the start" in panel.words
    type_into(desk, "end", "24:30")
    enter(desk)
    (edit,) = desk.posted(SessionEdited)
    assert edit.anchor == M1
    assert (edit.session_now.start, edit.session_now.end) == (at("22:05"), at("24:30"))
    assert edit.session_was.cues == edit.session_now.cues == ()
    theirs = replace(edit.session_was, start=at("22:10"))
    service.happen(EditKept(edit, Text("같은 칸", "the same field"), None, theirs))
    desk.look()
    assert not panel.isVisible()
    assert "start  mine: 22:05:00  ·  file: 22:10:00" in desk.desk.editing.notice.words


# --- the whole desk, on files ------------------------------------------------------------------------------------


def options(folder: Path) -> argparse.Namespace:
    return argparse.Namespace(
        event=str(folder),
        day=None,
        rehearse=True,
        lang="en",
        clock=None,
        speed=None,
        fresh=False,
        guests=None,
        obs_url=[],
    )


def keys_to(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window = desk.windowHandle()
    assert window is not None
    QTest.keyClick(window, key, modifier)


def test_from_the_key_to_the_file_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    """E, a title, Enter: it is in the YAML with its comments kept, and on the desk; Ctrl+Z takes it out again."""
    folder = write_small_event(tmp_path / "event")
    day = folder / "rundown" / "day-1.yaml"
    before = "# the evening\n" + day.read_text("utf-8").replace("number: M1\n", "number: M1   # first\n")
    day.write_text(before, "utf-8")
    with open_desk(options(folder)) as (_, desk):
        qtbot.addWidget(desk)
        keys_to(qtbot, desk)
        qtbot.waitUntil(lambda: desk.shown.day is not None, timeout=20_000)
        qtbot.waitUntil(lambda: desk.guests.isVisible() and desk.sheet.isVisible(), timeout=20_000)
        press(desk, Qt.Key.Key_E)
        assert desk.editing.panel.isVisible(), desk.go_panel.notice.words
        QTest.keyClicks(desk.editing.panel.inputs["title_en"], "Doors: open")
        press(desk, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not desk.editing.panel.isVisible(), timeout=20_000)
        assert day.read_text("utf-8") == before.replace("en: Opening title", 'en: "Doors: open"')
        assert desk.shown.plan.cues[0].title.en == "Doors: open"
        press(desk, Qt.Key.Key_Z, CONTROL)
        qtbot.waitUntil(lambda: desk.shown.plan.cues[0].title.en == "Opening title", timeout=20_000)
        assert day.read_text("utf-8") == before


def test_a_desk_that_is_closed_in_the_middle_of_a_title_offers_it_again(qtbot: QtBot, tmp_path: Path) -> None:
    """The window is closed over an open editor: the next day the half title is offered, and dropped with one key."""
    folder = write_small_event(tmp_path / "event")
    for again in (False, True):
        with open_desk(options(folder)) as (_, desk):
            qtbot.addWidget(desk)
            keys_to(qtbot, desk)
            qtbot.waitUntil(lambda desk=desk: desk.shown.day is not None, timeout=20_000)  # type: ignore[misc]
            shown = lambda desk=desk: desk.guests.isVisible() and desk.sheet.isVisible()  # noqa: E731
            qtbot.waitUntil(shown, timeout=20_000)
            if again:
                qtbot.waitUntil(lambda desk=desk: desk.editing.notice.isVisible(), timeout=20_000)  # type: ignore[misc]
                press(desk, Qt.Key.Key_L, ALT)
                qtbot.waitUntil(lambda desk=desk: not desk.editing.notice.isVisible(), timeout=20_000)  # type: ignore[misc]
            else:
                press(desk, Qt.Key.Key_E)
                QTest.keyClicks(desk.editing.panel.inputs["title_en"], "Half a ti")

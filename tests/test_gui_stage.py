"""The stage manager's window: who is next, standby heard and ready, seen at the desk at once; the hall at the door."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.hall import HallReason
from studio_console.core.messages import NO_FREE_TIMER, NO_MESSAGE
from studio_console.core.presses import StandbyCalled
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.speaker import MessageSent
from studio_console.core.stage import (
    HallCounted,
    HallEntryOverridden,
    HallEntryRefused,
    HallExitTakenBack,
    SpeakerMark,
    SpeakerMarked,
    StageNoteWritten,
    StageStandbyAcknowledged,
)
from studio_console.core.stage_marks import NOT_CALLED
from studio_console.core.text import LANGUAGES, Language, Text
from studio_console.core.units import CueId, Duration, PersonId, PressId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.headline import hall_count
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.stage.header import hall_words
from studio_console.gui.stage.keys import STAGE_KEYS
from studio_console.gui.stage.speaker_list import columns
from studio_console.gui.stage.words import time_words
from tests.builders import SEOUL, at, cue, day, loaded
from tests.gui_stage import AtStage, FakeLedger, go_to_stage, hall_studio
from tests.gui_story import FakeService, sit_down, small_event, small_service

M1, M2 = CueId("m1"), CueId("m2")
HOST, LONDON = PersonId("host"), PersonId("london")
KEY = Qt.Key


@pytest.fixture
def service() -> FakeService:
    service = small_service("22:00")
    service.happen(replace(loaded(service.show.day, tuple(service.show.surfaces)), guests=frozenset({LONDON})))  # type: ignore[arg-type]
    return service


@pytest.fixture
def stage(qtbot: QtBot, service: FakeService) -> AtStage:
    return go_to_stage(qtbot, service)


def test_the_next_speakers_stand_in_running_order(stage: AtStage) -> None:
    assert [(row.cue.number, row.people) for row in stage.rows] == [
        ("M1", (HOST,)),
        ("M2", (LONDON,)),
        ("M3", (PersonId("lima"),)),
        ("M3", (PersonId("auckland"),)),
    ]
    assert stage.chosen == "M1 Moderator, Seoul"


def test_enter_is_the_next_thing_to_do_with_a_speaker(stage: AtStage, service: FakeService) -> None:
    """The host is called, comes, gets a microphone, goes to their place and is ready: Enter five times."""
    assert stage.chips("M1")[0] == "▲ call 21:30"
    done = []
    for _ in range(5):
        done.append(stage.button("M1"))
        stage.press(KEY.Key_Return)
    assert done == ["Call", "Arrived", "Checked", "Send standby", "Ready"]
    assert stage.chips("M1") == ["arrived 22:00", "checked 22:00", "standby 22:00", "ready 22:00"]
    stage.press(KEY.Key_Return)
    assert "nothing is left" in stage.window.notice.words.lower()
    marks = [event.mark for event in service.posted if isinstance(event, SpeakerMarked)]
    assert marks == list(SpeakerMark)


def test_who_is_on_air_gets_a_message_by_enter(stage: AtStage, service: FakeService) -> None:
    """The moderator talks too long: Enter on the row on air, the words, Enter; the timer in front of them has it."""
    service.go(M1)
    stage.look()
    for _ in stage.rows:
        stage.press(KEY.Key_Up)
    assert stage.chosen == "M1 Moderator, Seoul"
    assert stage.button("M1") == "Send a message"
    stage.press(KEY.Key_Return)
    assert stage.window.messages.isVisible()
    stage.type("Please slow down")
    stage.press(KEY.Key_Return)
    assert [event.text.en for event in service.posted if isinstance(event, MessageSent)] == ["Please slow down"]
    assert not [event for event in service.posted if isinstance(event, SpeakerMarked)]


def test_standby_and_ready_go_to_and_fro_between_desk_and_stage(qtbot: QtBot, service: FakeService) -> None:
    """Two windows on one engine: Enter at the desk, A at the stage, ready, and GO has nothing against it any more."""
    desk = sit_down(qtbot, service)
    stage = go_to_stage(qtbot, service)
    assert "not ready" not in desk.desk.go_panel.go.doubts

    desk.desk.perform(Act.STANDBY)
    stage.look()
    assert stage.window.banner.isVisible()
    assert "M1 The mayor's welcome" in stage.window.banner.words
    stage.press(KEY.Key_A)
    assert not stage.window.banner.isVisible()
    assert "heard 22:00:00" in stage.window.footer.lines.words
    desk.look()
    assert "stage heard" in desk.desk.next.words
    assert "not ready: Moderator, Seoul" in desk.desk.go_panel.go.doubts

    stage.press(KEY.Key_R)
    desk.look()
    assert "Ready" in desk.desk.next.words
    assert "✓ ready" in desk.state("M1")
    assert "not ready" not in desk.desk.go_panel.go.doubts


def test_go_may_be_pressed_though_somebody_is_not_ready(qtbot: QtBot, service: FakeService) -> None:
    desk = sit_down(qtbot, service)
    service.happen(StandbyCalled(M1))
    stage = go_to_stage(qtbot, service)
    stage.press(KEY.Key_A)
    desk.desk.perform(Act.GO)
    service.confirm()
    desk.look()
    stage.look()
    assert service.show.on_air is not None
    assert stage.rows[0].turn == 0
    assert stage.chosen == "M2 Mayor, London"


def test_sending_to_standby_says_that_the_standby_was_heard(stage: AtStage, service: FakeService) -> None:
    service.happen(StandbyCalled(M1))
    stage.look()
    assert stage.window.banner.isVisible()
    stage.press(KEY.Key_S)
    assert not stage.window.banner.isVisible()


def test_a_standby_that_moved_on_is_not_heard_by_mistake(stage: AtStage, service: FakeService) -> None:
    """Refused with its reason; what another window did wrong is not this one's."""
    service.happen(StandbyCalled(M1))
    stage.look()
    service.deaf = True
    stage.press(KEY.Key_A)
    service.deaf = False
    service.happen(StandbyCalled(M2), *[e for e in service.posted if isinstance(e, StageStandbyAcknowledged)])
    stage.qtbot.waitUntil(lambda: NOT_CALLED.en in stage.window.notice.words)
    stage.window.notice.hide()
    service.happen(StageStandbyAcknowledged(M1, "another", PressId("press of another")))
    stage.look()
    assert not stage.window.notice.isVisible()


@pytest.mark.parametrize("act", [Act.MESSAGE_CLEAR, Act.FREE_HOLD, Act.FREE_MORE])
def test_what_the_stage_asks_of_the_timer_in_vain_is_said_there_and_not_at_the_desk(
    qtbot: QtBot, service: FakeService, act: Act
) -> None:
    """No message stands, no free timer runs: whoever pressed reads why, and nobody else is told of a refusal."""
    desk = sit_down(qtbot, service)
    stage = go_to_stage(qtbot, service)
    told: list[Act] = []
    desk.desk.controls.refused.connect(lambda act, *_: told.append(act))
    stage.window.speak(act)
    why = NO_MESSAGE if act is Act.MESSAGE_CLEAR else NO_FREE_TIMER
    stage.qtbot.waitUntil(lambda: why.en in stage.window.notice.words)
    desk.look()
    assert told == []


def test_a_press_too_many_is_taken_back(stage: AtStage) -> None:
    stage.press(KEY.Key_C)
    stage.press(KEY.Key_T)
    assert "arrived 22:00" in stage.chips("M1")
    stage.press(KEY.Key_Backspace)
    assert "arrived 22:00" not in stage.chips("M1")
    stage.press(KEY.Key_C)
    assert stage.button("M1") == "Call"
    stage.press(KEY.Key_Backspace)
    assert "no mark" in stage.window.notice.words


def test_a_remote_speaker_says_where_and_how_they_come_in(stage: AtStage, service: FakeService) -> None:
    """London at 14:00; their picture comes, is lost, and says so in amber."""
    assert stage.button("M2") == "Call"
    service.happen(GuestSeen(LONDON, Signal.LIVE, Duration(0)))
    stage.look()
    assert stage.chips("M2")[0] == "connected"
    service.happen(GuestSeen(LONDON, Signal.LOST, Duration(0)))
    stage.look()
    assert "▲ lost" in stage.chips("M2")


def test_the_arrows_choose_and_esc_follows_the_show_again(stage: AtStage, service: FakeService) -> None:
    stage.press(KEY.Key_Down)
    stage.press(KEY.Key_Down)
    assert stage.chosen == "M3 Mayor, Lima"
    service.go(M1)
    stage.look()
    assert stage.chosen == "M3 Mayor, Lima"
    stage.press(KEY.Key_Escape)
    assert stage.chosen == "M2 Mayor, London"
    service.wait("0:10")
    service.go(M2)
    stage.look()
    assert stage.chosen == "M3 Mayor, Lima"


def test_a_click_on_the_button_does_what_it_says(stage: AtStage, service: FakeService) -> None:
    view = stage.window.list
    box = QRectF(view.visualRect(view.speakers.index(1)))
    middle = columns(box, stage.window.list.delegate.letters)[-1].center().toPoint()
    stage.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    stage.look()
    assert [(event.cue, event.mark) for event in service.posted if isinstance(event, SpeakerMarked)] == [
        (M2, SpeakerMark.CALLED)
    ]
    stage.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, round(box.center().y())))
    stage.look()
    assert len([event for event in service.posted if isinstance(event, SpeakerMarked)]) == 1


def test_notes_are_seen_on_both_sides_at_once(qtbot: QtBot, service: FakeService) -> None:
    """The stage types N and a word; the TD answers; while typing no key marks anybody."""
    desk = sit_down(qtbot, service)
    stage = go_to_stage(qtbot, service)
    stage.press(KEY.Key_N)
    stage.type("booth needs two minutes")
    stage.press(KEY.Key_R)
    assert not [event for event in service.posted if isinstance(event, SpeakerMarked)]
    stage.press(KEY.Key_Return)
    desk.look()
    assert "booth needs two minutes" in desk.notice
    assert not stage.window.note.isVisible()
    desk.desk.controls.write_note("통역 부스 확인")
    stage.look()
    assert "“통역 부스 확인” TD 22:00" in stage.window.footer.lines.words
    assert [event.by for event in service.posted if isinstance(event, StageNoteWritten)] == [
        "stage manager",
        "technical director",
    ]


def test_the_desk_writes_a_note_by_its_own_key(qtbot: QtBot, service: FakeService) -> None:
    desk = sit_down(qtbot, service)
    desk.press(KEY.Key_N, Qt.KeyboardModifier.AltModifier)
    field = desk.desk.go_panel.note
    assert field.hasFocus()
    field.insert("stand by in five")
    desk.press(KEY.Key_Return)
    assert [event.text for event in desk.posted(StageNoteWritten)] == ["stand by in five"]
    assert not field.isVisible()
    assert "stand by in five" in desk.notice


@pytest.mark.parametrize("height", [664, 768, 1080])
def test_no_row_is_cut_at_the_foot(stage: AtStage, height: int) -> None:
    stage.window.resize(1366, height)
    stage.ledger.fill(40)
    stage.press(KEY.Key_X)
    for rows in (stage.window.list, stage.window.hall.list):
        assert rows.viewport().height() % rows.sizeHintForRow(0) == 0


@pytest.mark.parametrize("size", [(1180, 664), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("ledger", [False, True])
def test_the_time_of_a_speaker_is_never_cut(qtbot: QtBot, size: tuple[int, int], ledger: bool) -> None:
    """More than two hours to go, and the ledger takes a third of the window."""
    stage = go_to_stage(qtbot, small_service("19:14"))
    stage.window.resize(*size)
    if ledger:
        stage.press(KEY.Key_E)
    stage.look()
    view = stage.window.list
    box = QRectF(view.visualRect(view.speakers.index(0)))
    room = columns(box, view.delegate.letters)[0].width()
    times = [time_words(view.context, row)[0] for row in stage.rows]
    assert "2:46:00" in times
    for time in times:
        assert QFontMetricsF(view.delegate.figures(time, room)).horizontalAdvance(time) <= room


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_of_a_speaker_are_on_one_line(stage: AtStage, language: Language) -> None:
    """On a laptop too: called, arrived, checked, standby, ready are read at a glance."""
    stage.window.resize(1366, 768)
    stage.window.set_language(language)
    stage.look()
    view = stage.window.list
    steps = columns(QRectF(view.visualRect(view.speakers.index(0))), view.delegate.letters)[3]
    words = stage.chips("M1")
    assert len(words) == 5
    _, places = view.delegate.placed_chips(words, steps)
    assert [place.y() for place in places] == [0] * 5
    assert places[-1].right() <= steps.right()


@pytest.mark.parametrize("size", [(1366, 768), (2560, 1440)])
def test_all_letters_follow_the_window(stage: AtStage, size: tuple[int, int]) -> None:
    """On a large screen lists and fields stayed as small as on a laptop."""
    stage.window.resize(*size)
    stage.look()
    letters = theme.base_pixels(stage.window.size())
    hall = stage.window.hall
    parts: list[QWidget] = [stage.window.list, stage.window.note, hall.list, hall.name, stage.window.messages.field]
    assert [part.font().pixelSize() for part in parts] == [letters] * len(parts)


def test_another_language_changes_every_word_at_once(stage: AtStage) -> None:
    stage.press(KEY.Key_F2)
    assert stage.chosen == "M1 서울 사회자"
    assert stage.button("M1") == "호출"
    assert "무대감독" in stage.window.header.words
    assert "호출" in stage.window.footer.lines.words


def test_closing_the_window_ends_nothing_but_itself(qtbot: QtBot, service: FakeService) -> None:
    desk = sit_down(qtbot, service)
    stage = go_to_stage(qtbot, service)
    stage.window.close()
    assert not stage.ledger.watched
    service.go(M1)
    desk.look()
    assert desk.state("M1").startswith("ON AIR")


def test_the_files_change_under_the_window(stage: AtStage, service: FakeService) -> None:
    event = small_event()
    event = replace(event, people={**event.people, HOST: replace(event.people[HOST], role=Text("시장", "Mayor"))})
    stage.window.show_files(event, hall_studio(10))
    assert stage.chosen == "M1 Mayor, Seoul"
    assert "/ 10" in stage.window.header.words


def test_an_empty_day_says_so(qtbot: QtBot) -> None:
    service = FakeService()
    stage = go_to_stage(qtbot, service)
    assert stage.rows == []
    stage.press(KEY.Key_Return)
    assert stage.window.notice.isVisible()
    service.load(day(cue("M1")))
    stage.look()
    assert stage.rows == []


# --- the hall


def enter(stage: AtStage, who: str, temperature: str) -> None:
    """E, the name, Enter, the temperature, Enter."""
    if not stage.window.hall.isVisible():
        stage.press(KEY.Key_E)
    stage.type(who)
    stage.press(KEY.Key_Return)
    stage.type(temperature)
    stage.press(KEY.Key_Return)


def test_a_speaker_comes_in_by_a_few_letters_and_a_temperature(stage: AtStage, service: FakeService) -> None:
    """ㅅㅎㅈ finds the moderator; who came into the hall has arrived, and their row says with what."""
    enter(stage, "ㅅㅎㅈ", "365")
    (visit,) = stage.ledger.visits
    assert (visit.visitor.name, visit.visitor.temperature, visit.visitor.person) == ("Moderator, Seoul", 365, HOST)
    assert (visit.visitor.route, visit.visitor.mask) == ("a", True)
    assert "✓ in 22:00 Moderator, Seoul · 36.5" in stage.window.hall.words
    assert stage.chips("M1")[0] == "arrived 22:00"
    assert "in the hall 1 / 50" in stage.window.header.words.lower()
    # Ready for the one behind them at once.
    assert stage.window.hall.name.hasFocus()
    enter(stage, "기자 3", "36.1")
    assert [visit.visitor.name for visit in stage.ledger.visits] == ["Moderator, Seoul", "기자 3"]


def test_what_was_typed_can_be_meant_as_it_is(stage: AtStage) -> None:
    """Somebody's name looks like a speaker's: one arrow up takes it as typed."""
    stage.press(KEY.Key_E)
    stage.type("Seoul")
    assert stage.window.hall.suggestions.lines == ("“Seoul” as typed", "Moderator, Seoul")
    stage.press(KEY.Key_Up)
    stage.press(KEY.Key_Return)
    stage.press(KEY.Key_F7)
    stage.press(KEY.Key_F8)
    stage.type("36.6")
    stage.press(KEY.Key_Return)
    assert not stage.ledger.visits
    assert "no mask" in stage.window.hall.words
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_F7)
    stage.press(KEY.Key_Return)
    (visit,) = stage.ledger.visits
    assert (visit.visitor.name, visit.visitor.person, visit.visitor.route) == ("Seoul", None, "b")


def test_a_fever_is_refused_and_let_in_with_a_name(stage: AtStage, service: FakeService) -> None:
    """Red, with the reason; the doctor's name and Enter lets them in, and the journal has that, without names."""
    enter(stage, "기자 3", "37.9")
    assert "not let in: 기자 3" in stage.window.hall.words
    assert "fever 37.9 ℃ (limit 37.5 ℃)" in stage.window.hall.words
    assert stage.window.hall.allowed.hasFocus()
    assert service.show.stage.hall is not None
    assert service.show.stage.hall.inside == 0
    stage.press(KEY.Key_Return)
    assert not stage.ledger.visits
    stage.type("당직의")
    stage.press(KEY.Key_Return)
    (visit,) = stage.ledger.visits
    assert (visit.allowed_by, visit.reasons) == ("당직의", (HallReason.FEVER,))
    assert "fever 1" in stage.window.header.words


def test_a_speaker_with_a_fever_is_not_named_beside_it_in_the_journal(stage: AtStage, service: FakeService) -> None:
    """Arrived is marked by hand then: whoever reads the journal later is not to put the two together."""
    enter(stage, "ㅅㅎㅈ", "37.9")
    stage.type("당직의")
    stage.press(KEY.Key_Return)
    assert [visit.visitor.person for visit in stage.ledger.visits] == [HOST]
    assert not [event for event in service.posted if isinstance(event, SpeakerMarked)]


def test_a_full_hall_is_refused_until_somebody_goes(qtbot: QtBot, service: FakeService) -> None:
    """Red at the limit, on the desk too; X, a few letters, Enter: there is room again."""
    desk = sit_down(qtbot, service, studio=hall_studio(10))
    stage = go_to_stage(qtbot, service, studio=hall_studio(10))
    stage.ledger.fill(9)
    stage.look()
    assert "nearly full" in stage.window.header.words
    enter(stage, "host", "36.5")
    assert "FULL" in stage.window.header.words
    desk.look()
    face = desk.desk.headline.clock.face
    assert (face.word, face.word_colour) == ("✕ hall 10/10", theme.RED)
    enter(stage, "one too many", "36.5")
    assert "the hall is full, 10/10" in stage.window.hall.words
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_X)
    stage.type("hos")
    stage.press(KEY.Key_Return)
    assert service.show.stage.hall is not None
    assert service.show.stage.hall.inside == 9


def test_the_count_is_amber_and_red_with_a_sign(service: FakeService) -> None:
    """Never the colour alone; and a hall that keeps no ledger shows no count on the desk."""
    ledger_studio = hall_studio(10)
    context = Context(small_event(), ledger_studio, SEOUL, "en", True)
    assert hall_count(context, service.show)[0] == ""
    stages = {
        8: ("hall 8/10", theme.QUIET, ""),
        9: ("▲ hall 9/10", theme.AMBER, "nearly"),
        10: ("✕ hall 10/10", theme.RED, "FULL"),
    }
    ledger = FakeLedger(service, ledger_studio)
    for count, (words, colour, said) in stages.items():
        ledger.fill(count - len(ledger.visits))
        assert hall_count(context, service.show) == (words, colour)
        assert said in hall_words(context, service.show)[2]


def test_who_goes_is_found_among_who_is_in(stage: AtStage) -> None:
    """↑↓ choose between namesakes; nobody who is not in can go."""
    stage.ledger.fill(3)
    enter(stage, "기자", "36.5")
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_X)
    stage.type("ㅅㅌㅍ")
    assert stage.window.hall.list.visits.rowCount() == 3
    stage.press(KEY.Key_Down)
    stage.press(KEY.Key_Return)
    assert [visit.id for visit in stage.ledger.visits if visit.left is not None] == ["entry 1"]
    stage.type("아무도")
    stage.press(KEY.Key_Return)
    assert "Nobody of that name" in stage.window.hall.words


def test_enter_with_nothing_said_of_whom_says_what_to_do(stage: AtStage) -> None:
    """Somebody is in, so “nobody of that name” would be wrong; in an empty hall there is nobody to choose."""
    stage.press(KEY.Key_X)
    stage.press(KEY.Key_Return)
    assert stage.window.hall.words == "Nobody is in the hall"
    stage.press(KEY.Key_Escape)
    enter(stage, "기자", "36.5")
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_X)
    stage.press(KEY.Key_Return)
    assert stage.window.hall.words == "Type a name, or choose with ↑↓, then Enter"
    assert [visit.left for visit in stage.ledger.visits] == [None]


def overheard(service: FakeService) -> list[object]:
    """What happens in the show from now on, besides what is done by it."""
    happened: list[object] = []
    happen = service.happen

    def heard(*events: object) -> None:
        happened.extend(events)
        happen(*events)  # type: ignore[arg-type]

    service.happen = heard  # type: ignore[method-assign,assignment]
    return happened


def test_a_going_out_by_mistake_is_taken_back(stage: AtStage, service: FakeService) -> None:
    """The wrong one of two was sent out: X, F7, Enter; they are in since they came, and counted."""
    happened = overheard(service)
    hall = stage.window.hall
    for name in ("기자 3", "기자 4"):
        enter(stage, name, "36.1")
        stage.press(KEY.Key_Escape)
    came, _ = stage.ledger.visits
    stage.press(KEY.Key_X)
    for name in ("4", "3"):
        service.wait("1:00")
        stage.type(name)
        stage.press(KEY.Key_Return)
    assert hall.list.visits.rowCount() == 0
    stage.press(KEY.Key_F7)
    assert "Undo exit" in hall.heading.words
    assert [hall.list.visits.row_at(place).visitor.name for place in range(2)] == ["기자 3", "기자 4"]
    assert hall.list.visits.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("22:00–22:02")
    service.wait("1:00")
    stage.press(KEY.Key_Return)
    assert hall.words == "✓ still in: 기자 3"
    assert "Going out" in hall.heading.words
    (visit,) = hall.inside
    assert (visit.entered, visit.left) == (came.entered, None)
    assert visit.taken_back == ((at("22:02"), at("22:03")),)
    assert HallExitTakenBack(visit.id, "stage manager") in happened
    assert service.show.stage.hall == HallCounted(1, 0, 0, 2)
    # Another one, chosen by its name; and nobody who is still in.
    stage.press(KEY.Key_F7)
    stage.type("기자 3")
    stage.press(KEY.Key_Return)
    assert "Nobody of that name has gone out" in hall.words
    hall.name.clear()
    stage.press(KEY.Key_Down)
    stage.press(KEY.Key_Return)
    assert len(hall.inside) == 2


def test_a_going_out_may_be_left_as_it_is(stage: AtStage) -> None:
    """F7 again or Esc goes back to going out; without anybody gone Enter says so."""
    enter(stage, "기자", "36.5")
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_X)
    for leaves in (KEY.Key_F7, KEY.Key_Escape):
        stage.press(KEY.Key_F7)
        stage.press(KEY.Key_Return)
        assert stage.window.hall.words == "Nobody has gone out today"
        stage.press(leaves)
        assert "Going out" in stage.window.hall.heading.words
    stage.ledger.trouble = Text("디스크가 찼습니다", "the disk is full")
    stage.type("기자")
    stage.press(KEY.Key_Return)
    stage.press(KEY.Key_F7)
    stage.press(KEY.Key_Return)
    assert stage.window.hall.words == "the disk is full"
    assert not stage.window.hall.inside


def test_what_was_entered_of_somebody_is_put_right(stage: AtStage, service: FakeService) -> None:
    """X, a few letters, F6: their fields as they were entered, the temperature first; Enter, and the list again."""
    enter(stage, "기자 3", "36.1")
    stage.press(KEY.Key_Escape)
    stage.press(KEY.Key_X)
    stage.press(KEY.Key_F6)
    assert "Choose with" in stage.window.hall.words
    stage.type("기자")
    stage.press(KEY.Key_F6)
    hall = stage.window.hall
    assert (hall.name.text(), hall.temperature.text()) == ("기자 3", "36.1")
    assert "Put right" in hall.heading.words
    stage.type("36.7")
    stage.press(KEY.Key_F8)
    stage.press(KEY.Key_Return)
    (visit,) = stage.ledger.visits
    assert (visit.visitor.temperature, visit.visitor.route) == (367, "b")
    assert visit.corrected is not None
    assert "put right: 기자 3 · 36.7" in hall.words
    assert hall.name.hasFocus()
    assert hall.list.visits.rowCount() == 1
    assert visit.left is None


def test_a_fever_found_afterwards_is_written_and_asks_who_allows_it(stage: AtStage, service: FakeService) -> None:
    """Esc leaves it without a name: the entry says the fever all the same."""
    enter(stage, "ㅅㅎㅈ", "36.1")
    stage.press(KEY.Key_Escape)
    for allowed in ("", "당직의"):
        stage.press(KEY.Key_X)
        stage.type("mod")
        stage.press(KEY.Key_F6)
        stage.type("38.1")
        stage.press(KEY.Key_Return)
        assert "fever 38.1 ℃ (limit 37.5 ℃)" in stage.window.hall.words
        assert stage.window.hall.allowed.hasFocus()
        if allowed:
            stage.type(allowed)
            stage.press(KEY.Key_Return)
        else:
            stage.press(KEY.Key_Escape)
        (visit,) = stage.ledger.visits
        assert (visit.visitor.person, visit.reasons, visit.allowed_by) == (HOST, (HallReason.FEVER,), allowed)
        assert "fever 1" in stage.window.header.words
        assert not stage.window.hall.allowed.isVisible()
        stage.press(KEY.Key_Escape)


def test_a_correction_that_is_let_be_changes_nothing(stage: AtStage) -> None:
    enter(stage, "기자 3", "36.1")
    stage.press(KEY.Key_Escape)
    before = stage.ledger.visits
    stage.press(KEY.Key_X)
    stage.type("기자")
    stage.press(KEY.Key_F6)
    stage.type("39.9")
    stage.press(KEY.Key_Escape)
    assert stage.ledger.visits == before
    # The next entry begins with empty fields.
    stage.press(KEY.Key_Escape)
    enter(stage, "기자 4", "36.2")
    assert [visit.visitor.temperature for visit in stage.ledger.visits] == [361, 362]


def test_a_temperature_nobody_has_and_a_name_that_is_missing_are_told(stage: AtStage) -> None:
    stage.press(KEY.Key_E)
    stage.press(KEY.Key_Return)
    assert "Write a name" in stage.window.hall.words
    stage.type("기자")
    stage.press(KEY.Key_Return)
    stage.type("3.6")
    stage.press(KEY.Key_Return)
    assert "from 30 to 45" in stage.window.hall.words
    assert not stage.ledger.visits


def test_a_disk_that_refuses_is_told_and_nobody_is_counted(stage: AtStage) -> None:
    stage.ledger.trouble = Text("디스크가 찼습니다", "the disk is full")
    enter(stage, "기자", "36.5")
    assert "the disk is full" in stage.window.hall.words
    stage.ledger.trouble = None
    stage.press(KEY.Key_Return)
    assert len(stage.ledger.visits) == 1


def test_the_table_is_saved_by_a_key(stage: AtStage) -> None:
    stage.press(KEY.Key_E)
    stage.press(KEY.Key_F9)
    assert stage.ledger.exported == 1
    assert "saved" in stage.window.hall.words


def test_refusals_and_overrides_are_in_the_show_without_names(stage: AtStage, service: FakeService) -> None:
    happened = overheard(service)
    enter(stage, "기자 3", "")
    stage.type("당직의")
    stage.press(KEY.Key_Return)
    refused = [event for event in happened if isinstance(event, HallEntryRefused | HallEntryOverridden)]
    assert [type(event).__name__ for event in refused] == ["HallEntryRefused", "HallEntryOverridden"]
    assert "기자" not in str(refused)
    assert "당직의" not in str(refused)


# --- models and keys


def test_the_models_keep_what_qt_asks_of_models(stage: AtStage, service: FakeService) -> None:
    """Rows come, go and move under a view; the tester's warnings fail the test."""
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    speakers, visits = stage.window.list.speakers, stage.window.hall.list.visits
    testers = [QAbstractItemModelTester(model, mode, model) for model in (speakers, visits)]
    said: list[str] = []
    speakers.rowsInserted.connect(lambda _, first, last: said.append(f"+{first}-{last}"))
    speakers.rowsRemoved.connect(lambda _, first, last: said.append(f"-{first}-{last}"))
    speakers.rowsMoved.connect(lambda *places: said.append(f"{places[1]}>{places[4]}"))
    speakers.dataChanged.connect(lambda top, bottom, _: said.append(f"~{top.row()}-{bottom.row()}"))
    stage.window.tick()
    assert said == []
    stage.press(KEY.Key_C)
    assert set(said) == {"~0-0"}
    service.go(M1)
    service.wait("0:10")
    service.go(M2)
    stage.look()
    said.clear()
    service.wait("0:10")
    service.go(CueId("m3"))
    stage.look()
    assert said == ["-0-0", "~0-2"]
    stage.ledger.fill(3)
    enter(stage, "기자", "36.5")
    assert len(testers) == 2


def test_no_key_is_taken_twice() -> None:
    for keys in (KEYS, STAGE_KEYS):
        taken = [each for key in keys.values() for each in key.keys]
        assert len(taken) == len(set(taken))

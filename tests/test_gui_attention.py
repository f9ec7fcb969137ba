"""The director's eyes: the show lock, alarms acknowledged by a key, finding a cue, jumping to a session, the notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.alarm_book import key_of
from studio_console.core.alarms import alarms
from studio_console.core.events import AlarmCleared
from studio_console.core.presses import AlarmAcknowledged, ArmPressed, Disarmed, GoPressed, ShowLockSet, StandbyMoved
from studio_console.core.units import CueId
from studio_console.gui.alarm_sound import AGAIN, AlarmSound
from tests.builders import PROGRAM, WALL, loaded
from tests.gui_story import AtDesk, FakeService, sit_down, small_day, small_service
from tests.painted import painted_words

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def service() -> FakeService:
    return small_service("22:00")


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def type_in(desk: AtDesk, words: str) -> None:
    for letter in words:
        QTest.keyClick(desk.window, Qt.Key(ord(letter.upper())))
    desk.look()


# --- the lock


def test_the_lock_is_one_press_and_unlocking_two_different_ones(desk: AtDesk) -> None:
    lock = desk.desk.attention.buttons.lock
    assert (lock.label, lock.look) == ("Show lock off", "quiet")
    desk.press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert (lock.label, lock.look) == ("SHOW LOCKED", "blue")
    desk.press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert (lock.label, lock.look, lock.key) == ("UNLOCK 15 s", "amber", "Ctrl+Shift+Enter")
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert (lock.label, lock.look) == ("Show lock off", "quiet")
    assert [event.on for event in desk.posted(ShowLockSet)] == [True, False]


def test_the_same_key_twice_leaves_it_locked(desk: AtDesk) -> None:
    """A hand that presses once more by mistake, and then again to undo it."""
    for _ in range(3):
        desk.press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert desk.service.show.locked
    assert desk.posted(Disarmed)
    assert desk.desk.attention.buttons.lock.label == "SHOW LOCKED"


def test_a_show_is_locked_by_its_first_go(desk: AtDesk, service: FakeService) -> None:
    service.happen(replace(loaded(small_day(), (PROGRAM, WALL)), locks=True))
    desk.look()
    desk.press(Qt.Key.Key_Space)
    assert desk.desk.attention.buttons.lock.look == "blue"


def test_a_jump_past_the_session_is_armed_with_the_key_that_the_button_names(
    desk: AtDesk, service: FakeService
) -> None:
    service.go(CueId("m1"))
    service.happen(ShowLockSet(True), StandbyMoved(CueId("m5")))
    service.wait("0:05")
    desk.look()
    go = desk.desk.go_panel.go
    assert go.locked
    assert "leaves out 3 of its session" in go.doubts
    desk.press(Qt.Key.Key_Space)
    assert go.flashing
    assert "jumps past 3 cues" in desk.notice
    desk.press(Qt.Key.Key_G, CONTROL)
    assert len(desk.posted(ArmPressed)) == 1
    assert not go.locked
    desk.press(Qt.Key.Key_Space)
    assert service.show.taking is not None
    assert service.show.taking.cue.number == "M5"


# --- alarms


def listed(desk: AtDesk) -> list[str]:
    return [line.words for line in desk.desk.problem_list.body.lines]


def test_an_acknowledged_alarm_is_dim_and_last_and_stays_until_its_cause_is_gone(
    desk: AtDesk, service: FakeService
) -> None:
    service.go(CueId("m1"))
    service.lose(PROGRAM)
    service.lose(WALL)
    desk.look()
    buttons = desk.desk.attention.buttons
    assert (buttons.alarms.label, buttons.alarms.look) == ("▲ Alarms 2", "red")
    first = listed(desk)[0]
    assert first.startswith("✕ Program: no link")
    desk.press(Qt.Key.Key_Q)
    assert [event.subject for event in desk.posted(AlarmAcknowledged)] == [PROGRAM]
    assert listed(desk)[0].startswith("✕ LED wall: no link")
    assert listed(desk)[1].startswith("✓ Program: no link")
    assert listed(desk)[1].endswith("✓ TD")
    assert "errors 1 · warnings 0 · seen 1" in desk.desk.problem_list.words
    service.connect(PROGRAM, "M1 program")
    desk.look()
    assert not any("Program: no link" in line for line in listed(desk))


def test_all_are_acknowledged_at_once(desk: AtDesk, service: FakeService) -> None:
    service.lose(PROGRAM)
    service.lose(WALL)
    desk.look()
    desk.press(Qt.Key.Key_Q, SHIFT)
    assert len(desk.posted(AlarmAcknowledged)) == 2
    assert desk.desk.attention.buttons.alarms.look == "quiet"
    desk.press(Qt.Key.Key_Q)
    assert "No alarm waits" in desk.notice


def test_coming_again_it_is_bright_again(desk: AtDesk, service: FakeService) -> None:
    service.lose(WALL)
    desk.look()
    desk.press(Qt.Key.Key_Q)
    (alarm,) = alarms(service.show)
    service.connect(WALL)
    service.happen(AlarmCleared(*key_of(alarm)))
    service.lose(WALL)
    desk.look()
    assert listed(desk)[0].startswith("✕ LED wall: no link")


class Bell:
    def __init__(self) -> None:
        self.rung = 0
        self.not_heard = None

    def ring(self) -> None:
        self.rung += 1


class Word:
    def __init__(self, word: str = "") -> None:
        self.word = word

    def read(self) -> str:
        return self.word

    def write(self, word: str) -> None:
        self.word = word


def test_the_sound_is_off_until_somebody_wants_it_and_that_is_remembered(desk: AtDesk) -> None:
    bell, word = Bell(), Word()
    desk.desk.attention.sound = AlarmSound(bell, word)
    desk.service.lose(WALL)
    desk.look()
    assert bell.rung == 0
    desk.press(Qt.Key.Key_A, CONTROL | SHIFT)
    assert bell.rung == 1, "switched on it is heard once"
    assert word.word == "on"
    assert AlarmSound(bell, word).on
    assert "alarms are heard" in desk.notice
    assert "♪" in desk.desk.attention.buttons.alarms.label
    desk.press(Qt.Key.Key_A, CONTROL | SHIFT)
    assert word.word == ""


def test_it_rings_for_what_is_new_and_again_while_nobody_has_seen_it() -> None:
    bell = Bell()
    sound = AlarmSound(bell, Word("on"))
    lost, black = ("surface-lost", "wall"), ("dead-air-black", "program")
    sound.look({lost}, 0)
    sound.look({lost}, 1_000)
    assert bell.rung == 1
    sound.look({lost, black}, 2_000)
    assert bell.rung == 2
    sound.look({lost, black}, 2_000 + AGAIN)
    assert bell.rung == 3
    sound.look(set(), 2_000 + 2 * AGAIN)
    sound.look(set(), 2_000 + 3 * AGAIN)
    assert bell.rung == 3, "what was acknowledged is not repeated"


# --- the cue sheet


def test_find_goes_to_the_cue_and_esc_back_to_the_running_row(desk: AtDesk, service: FakeService) -> None:
    service.go(CueId("m1"))
    desk.look()
    desk.press(Qt.Key.Key_Slash)
    find = desk.desk.attention.find
    assert not find.isHidden()
    type_in(desk, "case")
    assert find.hits == (CueId("m2"), CueId("m3"))
    assert desk.desk.sheet.selected_cue == CueId("m2")
    assert find.count.words.startswith("1/2")
    QTest.keyClick(desk.window, Qt.Key.Key_Return)
    assert desk.desk.sheet.selected_cue == CueId("m3")
    QTest.keyClick(desk.window, Qt.Key.Key_Return)
    assert desk.desk.sheet.selected_cue == CueId("m2"), "round at the end"
    QTest.keyClick(desk.window, Qt.Key.Key_Return, SHIFT)
    assert desk.desk.sheet.selected_cue == CueId("m3")
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    assert find.isHidden()
    assert desk.desk.sheet.selected_cue is None
    assert desk.posted(GoPressed) == [] or service.show.on_air is not None
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1, "the keys act again"


def test_hangul_is_found_while_it_is_composed(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_Slash)
    find = desk.desk.attention.find
    for composed, cue in (("ㅌ", "m4"), ("토", "m4"), ("톨", "m4")):
        QGuiApplication.sendEvent(find.field, QInputMethodEvent(composed, []))
        assert CueId(cue) in find.hits, composed
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.posted(GoPressed) == []


def test_ctrl_enter_puts_the_standby_on_what_was_found(desk: AtDesk, service: FakeService) -> None:
    desk.press(Qt.Key.Key_Slash)
    type_in(desk, "m4")
    QTest.keyClick(desk.window, Qt.Key.Key_Return, CONTROL)
    desk.look()
    assert service.show.pointer.cue == CueId("m4")
    desk.press(Qt.Key.Key_Escape)
    assert desk.desk.attention.find.isHidden()
    assert service.show.pointer.cue == CueId("m4"), "what Esc ends is the finding"
    desk.press(Qt.Key.Key_Escape)
    assert service.show.pointer.cue is None


def test_hits_are_walked_through_also_after_leaving_the_field(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_Slash)
    type_in(desk, "case")
    QTest.keyClick(desk.window, Qt.Key.Key_Tab)
    assert not desk.desk.attention.find.isHidden()
    desk.press(Qt.Key.Key_Right, CONTROL)
    assert desk.desk.sheet.selected_cue == CueId("m3")
    desk.press(Qt.Key.Key_Left, CONTROL)
    assert desk.desk.sheet.selected_cue == CueId("m2")
    desk.press(Qt.Key.Key_Escape)
    assert desk.desk.attention.find.isHidden()
    assert desk.desk.sheet.selected_cue is None


def test_nothing_found_says_so_and_moves_nothing(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_Slash)
    type_in(desk, "xyz")
    assert "none" in desk.desk.attention.find.count.words
    assert desk.desk.sheet.selected_cue is None
    QTest.keyClick(desk.window, Qt.Key.Key_Return)
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Right, CONTROL)
    assert "Nothing was looked for" in desk.notice


def test_a_rundown_saved_while_finding_is_searched_anew(desk: AtDesk, service: FakeService) -> None:
    desk.press(Qt.Key.Key_Slash)
    type_in(desk, "case")
    day = small_day()
    first = replace(day.sessions[0], cues=tuple(one for one in day.sessions[0].cues if one.number != "M2"))
    service.load(replace(day, sessions=(first, *day.sessions[1:])))
    desk.look()
    assert desk.desk.attention.find.hits == (CueId("m3"),)


def test_the_line_for_finding_covers_no_heading_by_half(desk: AtDesk) -> None:
    sheet = desk.desk.sheet
    for size in ((1366, 768), (1600, 900), (1920, 1080)):
        desk.desk.resize(*size)
        desk.look()
        desk.press(Qt.Key.Key_Slash)
        left = desk.desk.attention.find.geometry().left()
        assert left in [sheet.columnViewportPosition(column) for column in range(sheet.cues.columnCount())]
        assert desk.desk.attention.find.geometry().right() == sheet.rect().right()
        desk.press(Qt.Key.Key_Escape)


def test_slash_among_the_guests_finds_guests(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_F3)
    desk.press(Qt.Key.Key_Slash)
    assert desk.desk.attention.find.isHidden()
    assert desk.desk.guests.bar.search.hasFocus()


def test_sessions_are_jumped_to_and_the_standby_stays(desk: AtDesk, service: FakeService) -> None:
    service.go(CueId("m2"))
    desk.look()
    desk.press(Qt.Key.Key_PageDown, CONTROL)
    assert desk.desk.sheet.selected_cue == CueId("m5")
    desk.press(Qt.Key.Key_PageDown, CONTROL)
    assert desk.desk.sheet.selected_cue == CueId("m5"), "there is no further one"
    desk.press(Qt.Key.Key_PageUp, CONTROL)
    assert desk.desk.sheet.selected_cue == CueId("m1")
    assert desk.posted(StandbyMoved) == []


def test_notes_unfold_below_the_titles_and_fold_again(desk: AtDesk) -> None:
    sheet = desk.desk.sheet
    columns = range(sheet.cues.columnCount())
    folded = [sheet.isColumnHidden(column) for column in columns]
    height = sheet.verticalHeader().defaultSectionSize()
    desk.press(Qt.Key.Key_N)
    assert sheet.shows_notes
    assert "2번 카메라 대기" in painted_words(sheet.viewport())
    assert [sheet.isColumnHidden(column) for column in columns] == folded, "titles and speakers have the room they had"
    desk.press(Qt.Key.Key_N)
    assert "2번 카메라 대기" not in painted_words(sheet.viewport())
    assert sheet.verticalHeader().defaultSectionSize() == height


def test_columns_fill_the_sheet_folded_and_unfolded(desk: AtDesk) -> None:
    sheet = desk.desk.sheet
    for _ in range(2):
        widths = sum(sheet.columnWidth(column) for column in range(sheet.cues.columnCount()))
        assert widths == sheet.viewport().width()
        desk.press(Qt.Key.Key_N)


def test_the_running_row_stands_a_third_from_the_top(qtbot: QtBot) -> None:
    """In the middle of a long evening, folded or not."""
    from tests.builders import cue, day, session

    service = FakeService("22:00")
    cues = tuple(cue(f"C{number}", 1) for number in range(1, 61))
    service.load(day(session(*cues, start="22:00")))
    service.connect(PROGRAM)
    service.connect(WALL)
    service.go(CueId("c30"))
    desk = sit_down(qtbot, service)
    sheet = desk.desk.sheet
    for _ in range(2):
        row = sheet.cues.row_of(CueId("c30"))
        assert row is not None
        top = sheet.visualRect(sheet.cues.index(row, 0)).top()
        height = sheet.viewport().height()
        assert height * 0.2 <= top <= height * 0.45, (top, height)
        desk.press(Qt.Key.Key_N)


def test_a_look_at_the_guests_comes_back_for_what_is_of_the_sheet(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_F3)
    assert desk.desk.guests.is_wall
    desk.press(Qt.Key.Key_N)
    assert not desk.desk.guests.is_wall
    assert desk.desk.sheet.shows_notes

"""One evening at the desk: keys are pressed, surfaces answer, and the window says what is so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.presses import (
    BackPressed,
    EditRedone,
    EditUndone,
    EndPressed,
    GoPressed,
    HoldPressed,
    ReconnectPressed,
    ResumePressed,
    SkipSet,
    StandbyCalled,
    StandbyMoved,
    StudioModeOffPressed,
    TimeAdded,
)
from studio_console.core.problems import Place, Problem, Severity
from studio_console.core.reports import SceneSeen, Seen, StudioModeSeen, SurfaceLost
from studio_console.core.text import Language, Text, same
from studio_console.core.timing import project
from studio_console.core.units import MINUTE, CueId, Duration, PressId, SceneName
from studio_console.core.urgency import Urgency
from studio_console.gui import buttons
from studio_console.gui.cue_model import Column
from studio_console.gui.headline import urgency
from studio_console.gui.keys import KEYS, Act
from tests.builders import PROGRAM, WALL, cue, day, edited, without
from tests.gui_story import AtDesk, FakeService, sit_down, small_day, small_service

M1, M2, M3, M4, M5 = (CueId(f"m{number}") for number in range(1, 6))
CONTROL = Qt.KeyboardModifier.ControlModifier
BAD = Problem(
    Place("rundown/day-2.yaml", 12, 3),
    "unknown-person",
    Severity.ERROR,
    Text("‘{name}’이라는 사람이 없습니다", "there is no person ‘{name}’"),
    Text("‘london’을 뜻했습니까?", "did you mean ‘london’?"),
    {"name": "londno"},
)


@pytest.fixture
def service() -> FakeService:
    return small_service("22:00")


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def test_the_story_of_a_session(desk: AtDesk, service: FakeService) -> None:
    """Standby, GO, TAKING, ON AIR, warning, danger, overtime, the next one, the end."""
    window = desk.desk
    assert window.go_panel.go.target == "Space → M1 The mayor's welcome"
    assert window.go_panel.go.doubts == "standby not called"
    assert window.headline.left.face.figure == "—"

    desk.press(Qt.Key.Key_Return)
    assert desk.posted(StandbyCalled) == [StandbyCalled(M1)]
    assert desk.state("M1") == "NEXT\n✓ standby"
    assert window.go_panel.go.doubts == ""

    desk.press(Qt.Key.Key_Space)
    assert [event.cue for event in desk.posted(GoPressed)] == [M1]
    assert desk.state("M1") == "TAKING"
    assert desk.state("M2") == "NEXT"
    assert window.headline.left.face.label == "TAKING M1"

    service.confirm(PROGRAM)
    desk.look()
    assert desk.state("M1") == "ON AIR"
    assert "Program ✓ on air · M1 program" in window.on_air.words
    assert "LED wall … taking → M1 wall" in window.on_air.words
    service.confirm(WALL)
    desk.look()
    assert "LED wall ✓ on air · M1 wall" in window.on_air.words
    assert "Mayor" not in window.on_air.words
    assert "Moderator, Seoul hall" in window.on_air.words
    left = window.headline.left
    assert (left.face.figure, left.face.word) == ("5:00", "left")

    service.until("22:04:01")
    desk.look()
    assert (left.face.figure, left.face.word) == ("0:59", "warning")
    service.until("22:04:31")
    desk.look()
    assert (left.face.figure, left.face.word) == ("0:29", "wrap up")
    service.until("22:05:12")
    desk.look()
    assert (left.face.figure, left.face.word) == ("+0:12", "overtime")
    assert (window.headline.over.face.figure, window.headline.over.face.word) == ("+0:12", "late")
    assert window.headline.hard.face.figure == "14:48"
    assert window.headline.hard.face.note == "◷ 22:20 M4 Discussion"
    assert window.headline.clock.face.figure == "22:05:12"
    assert window.headline.clock.face.note == "Tue 2 Jun 2020"

    desk.press(Qt.Key.Key_Space)
    service.confirm()
    desk.look()
    assert (desk.state("M1"), desk.state("M2"), desk.state("M3")) == ("done", "ON AIR", "NEXT")
    assert "Mayor, London remote 14:05" in window.on_air.words
    assert "Mayor, Lima remote 08:05" in window.next.words
    assert "Mayor, Auckland remote 01:05 next day" in window.next.words

    desk.press(Qt.Key.Key_E, CONTROL)
    assert desk.posted(EndPressed)
    assert window.headline.left.face.note == "M2 ended 22:05, picture stays"
    assert "M2 is over; its picture stays on" in window.on_air.words


def test_what_the_next_panel_tells_every_department(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    service.wait("4:00")
    desk.look()
    words = desk.desk.next.words
    assert "사례: 런던" in words
    assert "Case: London" in words
    assert "planned 22:05:00 · projected ±0:00 · 5:00 · cut" in words
    assert "Program Full frame" in words
    assert "LED wall 42 cities" in words
    assert "Needs Mayor, London · Interp." in words
    assert "Camera 2번 카메라 대기" in words
    assert "Interp. 영어 → 한국어" in words


def test_every_button_has_its_key_and_does_its_act(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    desk.look()
    panel = desk.desk.go_panel
    for act, button in panel.buttons.items():
        assert button.key, act
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        desk.look()
    kinds = {type(event) for event in service.posted}
    assert kinds >= {GoPressed, StandbyCalled, HoldPressed, TimeAdded, SkipSet, EndPressed, BackPressed, EditUndone}
    assert kinds >= {StandbyMoved, EditRedone}
    assert desk.desk.language == "ko"


def test_hold_and_resume_are_one_key(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    desk.look()
    desk.press(Qt.Key.Key_H)
    assert desk.posted(HoldPressed)
    assert desk.desk.go_panel.buttons[Act.HOLD].label == "Resume"
    assert "‖ HOLD" in desk.desk.headline.left.face.word
    service.wait("1:00")
    desk.look()
    assert desk.desk.headline.left.face.figure == "5:00"
    desk.press(Qt.Key.Key_H)
    assert desk.posted(ResumePressed)
    assert desk.desk.headline.left.face.word == "left"


def test_time_is_added_and_taken_from_what_is_on_air(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    desk.look()
    desk.press(Qt.Key.Key_BracketRight)
    desk.press(Qt.Key.Key_BracketRight)
    desk.press(Qt.Key.Key_BracketLeft)
    assert [event.amount for event in desk.posted(TimeAdded)] == [MINUTE, MINUTE, -MINUTE]
    assert desk.cell("M1", Column.DURATION) == "6:00\n+1:00"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.cell("M1", Column.DURATION) == "7:00\n+2:00"
    desk.press(Qt.Key.Key_Y, CONTROL)
    assert desk.cell("M1", Column.DURATION) == "6:00\n+1:00"


def test_added_time_with_nothing_on_air_says_why_not(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_BracketRight)
    assert not desk.posted(TimeAdded)
    assert desk.notice == "✕ +1:00 Nothing is on air"
    assert desk.desk.go_panel.buttons[Act.MORE].flashing


def test_arrows_move_the_standby_over_skipped_cues_and_never_the_air(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    service.happen(SkipSet(M3, True))
    desk.look()
    desk.press(Qt.Key.Key_Down)
    assert desk.posted(StandbyMoved) == [StandbyMoved(M4)]
    assert desk.desk.go_panel.go.target == "Space → M4 Discussion"
    assert "1 cue(s) jumped over" in desk.desk.go_panel.go.doubts
    desk.press(Qt.Key.Key_Up)
    assert desk.posted(StandbyMoved)[-1] == StandbyMoved(M2)
    desk.press(Qt.Key.Key_Up)
    assert desk.posted(StandbyMoved)[-1] == StandbyMoved(M1)
    assert "goes back in the order" in desk.desk.go_panel.go.doubts
    desk.press(Qt.Key.Key_Up)
    assert len(desk.posted(StandbyMoved)) == 3
    assert "no cue to stand by in that direction" in desk.notice
    desk.press(Qt.Key.Key_Escape)
    assert desk.posted(StandbyMoved)[-1] == StandbyMoved(None)
    assert desk.state("M2") == "NEXT"
    assert service.show.on_air is not None
    assert service.show.on_air.cue.id == M1
    assert not desk.posted(GoPressed)


def test_arrows_pressed_faster_than_the_engine_answers_still_count(desk: AtDesk, service: FakeService) -> None:
    service.deaf = True
    for _ in range(3):
        desk.press(Qt.Key.Key_Down)
    assert desk.posted(StandbyMoved) == [StandbyMoved(M2), StandbyMoved(M3), StandbyMoved(M4)]


def test_a_double_click_puts_the_standby_there(desk: AtDesk) -> None:
    sheet = desk.desk.sheet
    row = sheet.cues.row_of(M3)
    assert row is not None
    place = sheet.visualRect(sheet.cues.index(row, Column.TITLE)).center()
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.look()
    assert desk.posted(StandbyMoved) == [StandbyMoved(M3)]
    assert desk.state("M3") == "NEXT\nby hand"


def test_a_row_is_selected_by_keys_and_taken_as_next(desk: AtDesk) -> None:
    for _ in range(3):
        desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.desk.sheet.selected_cue == M3
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.posted(StandbyMoved) == [StandbyMoved(M3)]
    assert not desk.posted(StandbyCalled)


def test_skip_names_the_cue_it_is_about(desk: AtDesk) -> None:
    assert desk.desk.go_panel.buttons[Act.SKIP]._note == "M1"
    desk.press(Qt.Key.Key_S)
    assert desk.posted(SkipSet) == [SkipSet(M1, True)]
    assert desk.desk.go_panel.buttons[Act.SKIP]._note == "M2"
    desk.press(Qt.Key.Key_Up, CONTROL)
    desk.press(Qt.Key.Key_Up, CONTROL)
    assert desk.desk.sheet.selected_cue == M1
    assert desk.desk.go_panel.buttons[Act.SKIP].label == "Restore"
    desk.press(Qt.Key.Key_S)
    assert desk.posted(SkipSet)[-1] == SkipSet(M1, False)


def test_a_selection_does_not_outlive_the_cue_it_was_made_for(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert desk.desk.sheet.selected_cue is not None
    desk.press(Qt.Key.Key_Space)
    assert desk.desk.sheet.selected_cue is None
    assert desk.desk.controls.selected is None


def test_go_on_a_cue_that_is_next_no_longer_is_refused_and_seen(
    desk: AtDesk, service: FakeService, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator saw M1; meanwhile another desk had moved the standby."""
    monkeypatch.setattr(buttons, "REFUSAL_SHOWN", 400)
    service.deaf = True
    desk.press(Qt.Key.Key_Space)
    pressed = desk.posted(GoPressed)
    assert [event.cue for event in pressed] == [M1]
    service.happen(StandbyMoved(M3))
    service.happen(*pressed)
    desk.look()
    assert service.show.taking is None
    go = desk.desk.go_panel.go
    assert go.flashing
    assert desk.notice == "✕ GO Next has meanwhile become M3: look, then press again"
    assert go.target == "Space → M3 Case: Lima and Auckland"
    qtbot.waitUntil(lambda: not go.flashing)
    qtbot.waitUntil(lambda: "meanwhile" not in desk.notice)


def test_a_refusal_is_seen_no_longer_than_it_is_so(desk: AtDesk, service: FakeService) -> None:
    """What surfaces and the stage say meanwhile takes nothing away; another standby, or a GO that is taken, does."""
    go, less = desk.desk.go_panel.go, desk.desk.go_panel.buttons[Act.LESS]
    desk.press(Qt.Key.Key_BracketLeft)
    assert less.flashing
    service.happen(StudioModeSeen(WALL, True), StandbyCalled(M1))
    desk.look()
    assert less.flashing
    assert "Nothing is on air" in desk.notice
    desk.press(Qt.Key.Key_Space)
    assert not less.flashing
    assert "Nothing is on air" not in desk.notice
    desk.press(Qt.Key.Key_Space)
    assert go.flashing
    service.confirm()
    desk.look()
    assert go.flashing, "what was too soon is still what was pressed last"
    desk.press(Qt.Key.Key_Down)
    assert not go.flashing
    assert "Too soon" not in desk.notice


def test_go_twice_in_a_moment_is_refused_and_seen(desk: AtDesk, service: FakeService) -> None:
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 2
    assert service.show.taking is not None
    assert service.show.taking.cue.id == M1
    assert desk.desk.go_panel.go.flashing
    assert desk.notice == "✕ GO Too soon after the last GO"


def test_go_with_nothing_next_reaches_the_journal_and_says_so(desk: AtDesk, service: FakeService) -> None:
    service.go(M5)
    desk.look()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1
    assert desk.notice == "✕ GO Nothing is next"


def test_a_refusal_of_another_desk_flashes_nothing_here(desk: AtDesk, service: FakeService) -> None:
    service.happen(GoPressed(M4, PressId("other")))
    desk.look()
    assert service.show.refusal is not None
    assert not any(button.flashing for button in desk.desk.go_panel.buttons.values())


def test_another_language_at_run_time(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    desk.look()
    assert "Mayors' meeting" in desk.desk.windowTitle()
    desk.press(Qt.Key.Key_F2)
    assert desk.desk.language == "ko"
    assert "도시정부 시장회의" in desk.desk.windowTitle()
    assert desk.desk.headline.left.face.word == "남음"
    assert desk.state("M2") == "NEXT"
    assert desk.cell("M2", Column.SPEAKERS) == "런던 시장 (원격)"
    assert desk.cell("M1", Column.TITLE) == "시장 인사\nThe mayor's welcome"
    assert desk.desk.go_panel.buttons[Act.HOLD].label == "홀드"
    assert "연결됨" in desk.desk.surfaces.tiles[PROGRAM].lines.words
    desk.press(Qt.Key.Key_F2)
    assert desk.desk.headline.left.face.word == "left"


def test_no_english_is_left_in_the_korean_desk(desk: AtDesk, service: FakeService) -> None:
    """Every word of every button is another one, except those that are the same in both languages."""
    english = {act: button.label for act, button in desk.desk.go_panel.buttons.items()}
    desk.desk.set_language("ko")
    for act, button in desk.desk.go_panel.buttons.items():
        name = KEYS[act].name
        assert (button.label == english[act]) == (name.ko == name.en), act


def test_a_cue_deleted_under_air_stays_and_is_marked(desk: AtDesk, service: FakeService) -> None:
    service.go(M2)
    service.wait("1:00")
    service.load(without(small_day(), "M2"))
    desk.look()
    assert desk.state("M2") == "ON AIR\n▲ deleted"
    assert desk.desk.headline.left.face.figure == "4:00"
    assert "▲ deleted while on air" in desk.desk.on_air.words
    assert "M2 was deleted from the rundown while on air" in desk.desk.problem_list.words
    assert desk.desk.go_panel.go.target.startswith("Space → M3")


def test_a_cue_edited_under_air_stays_and_is_marked(desk: AtDesk, service: FakeService) -> None:
    service.go(M2)
    service.load(edited(small_day(), "M2", floor="en"))
    desk.look()
    assert desk.state("M2") == "ON AIR\n▲ edited"
    assert "▲ edited while on air" in desk.desk.on_air.words


def test_what_a_surface_shows_is_said_and_never_by_colour_alone(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    desk.look()
    tiles = desk.desk.surfaces.tiles
    assert tiles[PROGRAM].lines.words == "Program ● connected\n‘M1 program’"
    service.happen(SceneSeen(PROGRAM, SceneName("Scene 2"), Seen.TRANSITION_STARTED))
    service.lose(WALL)
    desk.look()
    assert "▲ differs from cue" in tiles[PROGRAM].lines.words
    assert "Program ▲ shows ‘Scene 2’ ≠ cue ‘M1 program’" in desk.desk.on_air.words
    assert tiles[WALL].lines.words == "LED wall ✕ lost 22:00:00\nit does not answer"
    assert "LED wall ▲ not known, no link" in desk.desk.on_air.words
    assert desk.desk.go_panel.go.doubts.startswith("▲ no link to LED wall")
    service.connect(WALL, "M1 wall")
    desk.look()
    assert "● connected" in tiles[WALL].lines.words


def test_studio_mode_is_switched_off_where_it_is_on(desk: AtDesk, service: FakeService) -> None:
    tile = desk.desk.surfaces.tiles[WALL]
    assert not tile.button.isVisible()
    service.happen(StudioModeSeen(WALL, True))
    desk.look()
    assert "▲ studio mode" in tile.lines.words
    assert "▲ studio mode on LED wall" in desk.desk.go_panel.go.doubts
    assert tile.button.isVisible()
    QTest.mouseClick(tile.button, Qt.MouseButton.LeftButton)
    assert desk.posted(StudioModeOffPressed) == [StudioModeOffPressed(WALL)]
    service.happen(StudioModeSeen(WALL, False))
    desk.look()
    assert not tile.button.isVisible()


def test_a_surface_that_was_given_up_can_be_tried_again(desk: AtDesk, service: FakeService) -> None:
    """A wrong password, mended in OBS: the console goes on, a click has it try again."""
    tile = desk.desk.surfaces.tiles[WALL]
    service.happen(SurfaceLost(WALL, same("wrong password"), final=True))
    desk.look()
    assert "✕ lost, not tried again" in tile.lines.words
    assert tile.button.text() == "Reconnect"
    QTest.mouseClick(tile.button, Qt.MouseButton.LeftButton)
    assert desk.posted(ReconnectPressed) == [ReconnectPressed(WALL)]
    assert desk.posted(StudioModeOffPressed) == []
    desk.look()
    assert "○ connecting" in tile.lines.words
    assert not tile.button.isVisible()


def test_problems_of_the_files_are_listed_and_a_broken_save_is_announced(desk: AtDesk, service: FakeService) -> None:
    window = desk.desk
    assert "✓ Nothing is wrong" in window.problem_list.words
    context = window._context
    window.show_files(context.event, context.studio, (BAD,), True)
    desk.look()
    assert "there is no person ‘londno’" in window.problem_list.words
    assert "did you mean ‘london’?  rundown/day-2.yaml:12:3" in window.problem_list.words
    assert window.banner.isVisible()
    assert "the last good one is kept" in window.banner.words
    assert desk.state("M1") == "NEXT"
    window.set_language("ko")
    assert "‘londno’이라는 사람이 없습니다" in window.problem_list.words
    assert "직전의 올바른 큐시트" in window.banner.words
    window.show_files(context.event, context.studio, (), False)
    desk.look()
    assert not window.banner.isVisible()
    assert "✓ 문제 없음" in window.problem_list.words


def test_errors_stand_before_warnings_wherever_they_come_from(desk: AtDesk, service: FakeService) -> None:
    window = desk.desk
    mild = replace(BAD, severity=Severity.WARNING, message=Text("추정된 값", "an assumed value"), hint=None)
    service.happen(StudioModeSeen(WALL, True))
    service.lose(PROGRAM)
    window.show_files(window._context.event, window._context.studio, (mild, BAD), False)
    desk.look()
    words = window.problem_list.words
    assert words.startswith("Alarms · errors 2 · warnings 2")
    order = [words.index(part) for part in ("Program: no link", "londno", "studio mode is on", "an assumed value")]
    assert order == sorted(order)


def test_a_warning_threshold_edited_under_air_counts_at_once(desk: AtDesk, service: FakeService) -> None:
    service.go(M2)
    service.wait("3:30")
    desk.look()
    assert desk.desk.headline.left.face.word == "left"
    timer = replace(small_day().cues[1].timer, warning=Duration(2 * MINUTE))
    service.load(edited(small_day(), "M2", timer=timer))
    desk.look()
    assert desk.desk.headline.left.face.word == "warning"


def test_an_open_end_counts_up(desk: AtDesk, service: FakeService) -> None:
    service.until("24:10")
    service.go(M5)
    service.wait("1:05")
    desk.look()
    assert desk.desk.headline.left.face.figure == "1:05"
    assert desk.desk.headline.left.face.note == "elapsed"
    assert desk.desk.headline.clock.face.note == "Wed 3 Jun 2020"


def test_urgency_has_a_word_and_a_look_of_its_own(desk: AtDesk) -> None:
    assert len({state.value.en for state in Urgency} | {state.value.ko for state in Urgency}) == 2 * len(Urgency)
    assert urgency(desk.desk.shown, project(desk.service.show, desk.service.clock.now())) is Urgency.IDLE


def test_the_running_row_stands_a_third_from_the_top(qtbot: QtBot) -> None:
    service = FakeService("22:00")
    service.load(day(*(cue(f"C{number}", 1) for number in range(60))))
    desk = sit_down(qtbot, service)
    service.go(CueId("c30"))
    desk.look()
    sheet = desk.desk.sheet
    row = sheet.cues.row_of(CueId("c30"))
    assert row is not None
    middle = sheet.visualRect(sheet.cues.index(row, 0)).center().y()
    assert middle == pytest.approx(sheet.viewport().height() / 3, abs=sheet.verticalHeader().defaultSectionSize())
    for _ in range(25):
        desk.press(Qt.Key.Key_Down)
    assert sheet.viewport().rect().contains(sheet.visualRect(sheet.cues.index(row + 26, 0)).center())


def test_rehearsal_is_said_in_words(desk: AtDesk, service: FakeService, qtbot: QtBot) -> None:
    assert "REHEARSAL" in desk.desk.windowTitle()
    assert "REHEARSAL" in desk.desk.headline.title.words
    real = sit_down(qtbot, service, rehearsal=False)
    assert "REHEARSAL" not in real.desk.windowTitle()
    assert "SHOW" in real.desk.headline.title.words


def test_a_rehearsal_closes_at_once_and_lets_go_of_the_service(desk: AtDesk, service: FakeService) -> None:
    service.go(M1)
    desk.look()
    assert desk.desk.close()
    assert not service.watched


def test_on_air_closing_takes_two_requests(service: FakeService, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sit_down(qtbot, service, rehearsal=False)
    service.go(M1)
    desk.look()
    assert not desk.desk.close()
    assert "M1 is on air. Close once more within 3 s" in desk.notice
    assert service.watched
    monkeypatch.setattr("studio_console.gui.desk.CLOSE_AGAIN", -1.0)  # the three seconds are over
    assert not desk.desk.close()
    monkeypatch.undo()
    assert desk.desk.close()
    assert not service.watched


def test_two_thousand_cues_tick_without_painting_what_is_the_same(qtbot: QtBot) -> None:
    service = FakeService("22:00")
    service.load(day(*(cue(f"C{number}", 1) for number in range(2000))))
    service.go(CueId("c3"))
    desk = sit_down(qtbot, service)
    signals = []
    desk.desk.sheet.cues.dataChanged.connect(lambda *_: signals.append(1))
    for _ in range(20):
        service.clock.advance(Duration(100))
        desk.desk.tick()
    assert signals == []


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_cut_and_nothing_overlaps(
    service: FakeService, qtbot: QtBot, size: tuple[int, int], language: Language
) -> None:
    desk = sit_down(qtbot, service, language=language)
    service.go(M1)
    window = desk.desk
    window.resize(*size)
    desk.look()
    parts: list[QWidget] = [
        window.headline.left,
        window.headline.over,
        window.headline.hard,
        window.headline.clock,
        window.sheet,
        window.on_air,
        window.next,
        window.surfaces,
        window.problem_list,
        *(button for button in window.go_panel.buttons.values() if not button.isHidden()),
    ]
    boxes = [part.rect().translated(part.mapTo(window, part.rect().topLeft())) for part in parts]
    for place, box in enumerate(boxes):
        assert window.rect().contains(box), parts[place]
        assert not [other for other in boxes[place + 1 :] if other.intersects(box)], parts[place]
    for panel in (window.on_air, window.next):
        assert panel.body.fitting(panel.body.width(), panel.body.height()) == list(panel.body.lines)

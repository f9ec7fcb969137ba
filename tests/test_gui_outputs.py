"""The outputs on the desk: what is said of each, and starting and stopping them by two different presses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.air_facts import Fault
from studio_console.core.output_state import ALL, Measures, RecordFacts, Sending, StreamFacts, outputs_of
from studio_console.core.presses import ArmPressed, Disarmed, StartOutputPressed, StopOutputPressed
from studio_console.core.reports import AirSeen, OutputSeen, OutputsMeasured
from studio_console.core.studio import Destination, OutputKind, Studio
from studio_console.core.text import Language, Text
from studio_console.core.units import HOUR, MINUTE, CueId, Duration
from studio_console.gui.outputs import OutputsPanel
from tests.builders import PROGRAM, WALL, loaded
from tests.gui_story import AtDesk, FakeService, sit_down, small_day, small_service, small_studio

BOTH_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
STREAM, RECORDING = OutputKind.STREAM, OutputKind.RECORDING


def studio() -> Studio:
    small = small_studio()
    program = replace(small.surfaces[PROGRAM], carries=("youtube", "tape", "satellite"))
    return replace(
        small,
        surfaces={**small.surfaces, PROGRAM: program},
        destinations={
            "youtube": Destination("youtube", Text("유튜브", "YouTube")),
            "tape": Destination("tape", Text("녹화", "Recording"), output=RECORDING),
            "satellite": Destination("satellite", Text("위성", "Satellite"), output=OutputKind.LINE),
        },
    )


def service() -> FakeService:
    made = small_service()
    made.happen(replace(loaded(small_day(), (PROGRAM, WALL)), outputs=outputs_of(studio())))
    for kind in (STREAM, RECORDING):
        made.happen(OutputSeen(PROGRAM, kind, Sending.STOPPED, changed=False))
    return made


def sit(qtbot: QtBot, service: FakeService, language: Language = "en") -> AtDesk:
    return sit_down(qtbot, service, studio=studio(), language=language)


def panel(desk: AtDesk) -> OutputsPanel:
    return desk.desk.outputs


def row(desk: AtDesk, name: str) -> str:
    return panel(desk).rows[name].words


def click(desk: AtDesk, name: str) -> None:
    QTest.mouseClick(panel(desk).rows[name], Qt.MouseButton.LeftButton)
    desk.look()


def test_a_hall_without_outputs_has_no_panel_for_them(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, small_service())
    assert panel(desk).isHidden()


def test_all_are_started_by_one_press_and_another(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    assert row(desk, "youtube") == "YouTube ○ off"
    desk.press(Qt.Key.Key_S, BOTH_KEYS)
    assert "start all?" in panel(desk).words
    assert "Ctrl+Shift+Enter" in panel(desk).words
    assert desk.posted(StartOutputPressed) == []
    desk.press(Qt.Key.Key_Return, BOTH_KEYS)
    (started,) = desk.posted(StartOutputPressed)
    assert started.subject == ALL
    assert row(desk, "youtube") == "YouTube … starting"
    desk.service.happen(OutputSeen(PROGRAM, STREAM, Sending.LIVE))
    desk.service.wait("1:05")
    desk.service.happen(OutputsMeasured(PROGRAM, Measures(StreamFacts(True, False, 2_480, dropped_frames=3))))
    desk.look()
    assert row(desk, "youtube") == "YouTube 1:05 · 2.5 Mb/s · −3 ● live"


def test_what_is_armed_is_said_below_the_keys_where_the_outputs_lie_behind_another_panel(qtbot: QtBot) -> None:
    """On a laptop they are a tab beside the cues: the first of the two presses was not to be seen anywhere."""
    desk = sit(qtbot, service())
    usual = desk.notice
    desk.press(Qt.Key.Key_S, BOTH_KEYS)
    assert desk.notice.startswith("▲ start all?")
    assert "Ctrl+Shift+Enter does it · 15 s" in desk.notice
    desk.service.wait("0:05")
    desk.look()
    assert "· 10 s" in desk.notice
    desk.press(Qt.Key.Key_S, BOTH_KEYS)
    assert desk.notice == usual


def test_the_press_that_armed_lets_go_when_it_comes_again(qtbot: QtBot) -> None:
    """A finger that stutters on the key starts nothing."""
    desk = sit(qtbot, service())
    for _ in range(2):
        desk.press(Qt.Key.Key_S, BOTH_KEYS)
    assert len(desk.posted(ArmPressed)) == 1
    assert len(desk.posted(Disarmed)) == 1
    desk.press(Qt.Key.Key_Return, BOTH_KEYS)
    assert desk.posted(StartOutputPressed) == []
    assert "Arm it first" in desk.notice


def test_one_alone_is_armed_by_its_line_and_stopped_where_it_runs(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    desk.service.happen(OutputSeen(PROGRAM, RECORDING, Sending.LIVE))
    desk.look()
    click(desk, "tape")
    assert "stop Recording?" in panel(desk).words
    QTest.mouseClick(panel(desk).armed, Qt.MouseButton.LeftButton)
    desk.look()
    (stopped,) = desk.posted(StopOutputPressed)
    assert stopped.subject == "tape"
    assert row(desk, "tape") == "Recording … stopping"


def test_what_was_armed_runs_out(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    click(desk, "youtube")
    assert not panel(desk).armed.isHidden()
    desk.service.wait("0:16")
    desk.look()
    assert panel(desk).armed.isHidden()
    desk.press(Qt.Key.Key_Return, BOTH_KEYS)
    assert "Arm it first" in desk.notice


def test_nothing_to_stop_is_said_at_once(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    desk.press(Qt.Key.Key_X, BOTH_KEYS)
    assert "Nothing runs" in desk.notice
    assert desk.posted(ArmPressed) == []


def test_a_line_cannot_be_pressed(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    desk.service.connect(PROGRAM)
    desk.look()
    click(desk, "satellite")
    assert desk.posted(ArmPressed) == []
    assert row(desk, "satellite") == "Satellite → line"


@pytest.mark.parametrize(
    ("language", "words", "alarm"),
    [("en", "▲ reconnecting", "YouTube has lost its server"), ("ko", "▲ 재연결 중", "유튜브: 서버와 끊겨")],
)
def test_what_is_wrong_is_at_its_line_and_in_the_list(qtbot: QtBot, language: Language, words: str, alarm: str) -> None:
    desk = sit(qtbot, service(), language)
    for state in (Sending.LIVE, Sending.RECONNECTING):
        desk.service.happen(OutputSeen(PROGRAM, STREAM, state))
    desk.look()
    assert words in row(desk, "youtube")
    assert alarm in desk.desk.problem_list.words


def test_dead_air_is_seen_at_every_line_that_carries_it(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    desk.service.go(CueId("m1"))
    desk.service.happen(OutputSeen(PROGRAM, STREAM, Sending.LIVE))
    desk.service.wait("0:20")
    desk.service.happen(AirSeen(PROGRAM, Fault.BLACK, True, Duration(4_000)))
    desk.look()
    assert row(desk, "youtube") == "YouTube 0:20 ▲ look"
    assert row(desk, "satellite") == "Satellite ▲ look"
    assert row(desk, "tape") == "Recording ○ off"
    assert "Program is black" in desk.desk.problem_list.words


def test_a_full_disk_is_seen_at_the_recording_s_line(qtbot: QtBot) -> None:
    desk = sit(qtbot, service())
    desk.service.happen(OutputSeen(PROGRAM, RECORDING, Sending.LIVE))
    for left, said in ((8 * HOUR, "8 h left · 0:00 ● recording"), (12 * MINUTE, "12 min left · 0:00 ▲ look")):
        record = RecordFacts(True, 6_000, Duration(left))
        desk.service.happen(OutputsMeasured(PROGRAM, Measures(record=record)))
        desk.look()
        assert said in row(desk, "tape")

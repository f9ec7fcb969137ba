"""The cue sheet as it is painted: what a cell says is read whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio_console.core.presses import StandbyCalled, StandbyMoved
from studio_console.core.rundown import Day
from studio_console.core.text import LANGUAGES, Language
from studio_console.core.units import CueId
from tests.builders import PROGRAM, WALL, cue, day, session
from tests.gui_story import AtDesk, FakeService, sit_down
from tests.painted import painted_words

SIZES = ((1366, 768), (1600, 900), (1920, 1080))
D1, D2, D3 = (CueId(f"d{number}") for number in range(1, 4))


def evening() -> Day:
    """D1 cannot be taken back; D2 begins at a fixed time."""
    return day(
        session(
            replace(cue("D1", 5), two_step=True), cue("D2", 5, start="22:10"), cue("D3", 5), start="22:00", id="evening"
        )
    )


def open_at(qtbot: QtBot, clock: str, language: Language) -> AtDesk:
    service = FakeService(clock)
    service.load(evening())
    service.connect(PROGRAM)
    service.connect(WALL)
    return sit_down(qtbot, service, language=language)


def read(desk: AtDesk) -> str:
    """What is painted of the sheet. A sign of another font comes apart from its words."""
    return " ".join(painted_words(desk.desk.sheet.viewport()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rehearsal_in_the_morning_is_ten_hours_early_and_all_of_it_is_read(qtbot: QtBot, language: Language) -> None:
    """The moment of what cannot be taken back, and the difference of a fixed start, in a window of every size."""
    desk = open_at(qtbot, "09:28:37", language)
    desk.service.go(D1)
    desk.service.wait("0:05")
    desk.service.go(D2)
    for size in SIZES:
        desk.desk.resize(*size)
        desk.look()
        painted = read(desk)
        assert "09:28:37" in painted
        assert "−12:41:18" in painted


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_with_a_state_is_read(qtbot: QtBot, language: Language) -> None:
    """The standby was put there by hand, and called."""
    desk = open_at(qtbot, "22:00", language)
    desk.service.happen(StandbyMoved(D3), StandbyCalled(D3))
    for size in SIZES:
        desk.desk.resize(*size)
        desk.look()
        painted = read(desk)
        for words in ("standby", "by hand") if language == "en" else ("스탠바이", "직접 지정"):
            assert words in painted

"""The timer on a real engine with its journal: after a crash as it was, and no wrong moment when a clock is set."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio_console.core.events import ClockStepped
from studio_console.core.ports import ShowService
from studio_console.core.presses import GoPressed
from studio_console.core.speaker import FreeTimerStarted, MessageSent, TimerBlackedOut
from studio_console.core.text import Text
from studio_console.core.units import HOUR, MINUTE, CueId, Duration, Instant, PressId
from studio_console.gui.timer.window import TimerWindow
from studio_console.runtime import engine as engine_module
from studio_console.runtime.clocks import ManualClock, SystemClock
from studio_console.runtime.journal import Journal
from tests.builders import SEOUL
from tests.gui_story import small_event, small_studio
from tests.runtime_builders import EVENING, PROGRAM, WALL, Driver, a_rundown, on_air, running
from tests.waiting import PATIENCE

WAIT = round(PATIENCE * 1000)


class Watched(TimerWindow):
    """Keeps all that could be read on it."""

    def __init__(self, service: ShowService) -> None:
        self.digits: list[str] = []
        super().__init__(service, small_event(), small_studio(), SEOUL, "en", False)

    def _look(self, now: Instant) -> None:
        super()._look(now)
        self.digits.append(self.face.digits)


def put_up(qtbot: QtBot, service: ShowService) -> Watched:
    window = Watched(service)
    qtbot.addWidget(window, before_close_func=lambda _: window.end())
    window.show()
    return window


def drivers() -> dict[object, Driver]:
    return {surface: Driver(surface) for surface in (PROGRAM, WALL)}


def test_after_a_crash_the_speaker_reads_what_they_read_before(qtbot: QtBot, tmp_path: Path) -> None:
    """A question of two minutes has run for half of one when the console dies, and is away for twenty seconds."""
    clock = ManualClock(EVENING)
    journal = Journal(tmp_path / "show.journal")
    with running(clock, journal, drivers(), a_rundown()) as (engine, screen):  # type: ignore[arg-type]
        engine.post(GoPressed(CueId("c0"), PressId("go")))
        screen.wait_for(on_air("c0"))
        clock.advance(Duration(1))
        engine.post(MessageSent(Text("질문을 받아 주세요", "Please take a question"), True, PressId("message")))
        engine.post(FreeTimerStarted(Duration(2 * MINUTE), PressId("free")))
        clock.advance(Duration(30_000))
        engine.post(TimerBlackedOut(True))
        before = screen.wait_for(lambda show: show.speaker.black)
    journal.close()

    clock.advance(Duration(20_000))
    journal = Journal(tmp_path / "show.journal")
    with running(clock, journal, drivers()) as (engine, _):  # type: ignore[arg-type]
        window = put_up(qtbot, engine)
        qtbot.waitUntil(lambda: window.shown.speaker == before.speaker, timeout=WAIT)
        assert window.face.dark
        engine.post(TimerBlackedOut(False))
        qtbot.waitUntil(lambda: not window.face.dark, timeout=WAIT)
        assert (window.face.digits, window.face.message) == ("1:10", "Please take a question")
        assert window.face.urgent
        window.end()
    journal.close()


def test_a_wall_clock_that_is_set_again_and_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hours, forward and back, with the window looking all the time: it only ever counts down from where it was."""
    monkeypatch.setattr(engine_module, "CLOCK_CHECK", 0.01)
    begun, offset = time.monotonic(), 0

    def steady() -> float:
        return (time.monotonic() - begun) * 1000

    clock = SystemClock(lambda: round(EVENING + offset + steady()), steady)
    journal = Journal(tmp_path / "show.journal")
    with running(clock, journal, drivers(), a_rundown()) as (engine, screen):  # type: ignore[arg-type]
        engine.post(GoPressed(CueId("c0"), PressId("go")))
        screen.wait_for(on_air("c0"))
        window = put_up(qtbot, engine)
        qtbot.waitUntil(lambda: window.face.digits in ("5:00", "4:59"), timeout=WAIT)
        window.digits.clear()
        for step in (HOUR, -2 * HOUR, 30 * MINUTE, 26 * HOUR, -HOUR) * 2:
            offset += step
            told = len(screen.shows)
            screen.wait_for(lambda show, told=told: len(screen.shows) > told)  # type: ignore[misc]
            qtbot.waitUntil(lambda: window.shown is screen.show, timeout=WAIT)
            looks = len(window.digits)
            qtbot.waitUntil(lambda looks=looks: len(window.digits) > looks + 2, timeout=WAIT)  # type: ignore[misc]
        window.end()
    stepped = [entry.event for entry in journal.entries() if isinstance(entry.event, ClockStepped)]
    journal.close()
    assert len(stepped) == 10
    left = [int(minutes) * 60 + int(seconds) for minutes, seconds in (digits.split(":") for digits in window.digits)]
    assert left == sorted(left, reverse=True)
    assert left[0] <= 300

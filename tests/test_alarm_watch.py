"""The thread that has alarms written down: it looks, it posts, it outlives a defect, and it ends when it is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studio_console.core.events import AlarmRaised, ShowEvent
from studio_console.core.presses import AlarmAcknowledged
from studio_console.core.problems import Severity
from studio_console.core.reports import SurfaceLost
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.runtime.alarm_watch import AlarmWatch
from studio_console.runtime.clocks import ManualClock, ScaledClock
from studio_console.runtime.engine import replay
from studio_console.runtime.journal import Journal
from tests.builders import PROGRAM, WALL, Run, at, cue, day
from tests.runtime_builders import EVENING, Driver, a_rundown, running
from tests.runtime_builders import connected as runtime_connected
from tests.waiting import wait_until

LOST = "surface-lost"


class Service:
    """A show that is lost, and a clock that runs on with every look at it."""

    class Clock(ManualClock):
        def now(self):  # type: ignore[no-untyped-def]
            self.advance(1_500)  # type: ignore[arg-type]
            return super().now()

    def __init__(self, broken: int = 0) -> None:
        run = Run(day(cue("M1")))
        run.lose(PROGRAM)
        self.show = run.show
        self._clock = self.Clock(at("22:00"))
        self.broken = broken
        self.posted: list[ShowEvent] = []
        self.watchers: list[Callable[[Show], None]] = []

    @property
    def clock(self) -> ManualClock:
        if self.broken:
            self.broken -= 1
            raise RuntimeError("no clock")
        return self._clock

    def post(self, event: ShowEvent) -> None:
        self.posted.append(event)

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        self.watchers.append(on_show)
        on_show(self.show)
        return lambda: self.watchers.remove(on_show)


def test_it_has_an_alarm_written_down_and_lets_go_of_the_show() -> None:
    service = Service()
    watch = AlarmWatch(service, every=0.001)
    watch.start()
    wait_until(lambda: service.posted)
    watch.close()
    assert service.posted == [
        AlarmRaised(
            "surface-lost",
            PROGRAM,
            service.posted[0].severity,  # type: ignore[union-attr]
            Text("program: OBS 연결 끊김. 응답 없음", "program: no link to OBS. it does not answer"),
        )
    ]
    assert service.watchers == []


@pytest.mark.expects_log("could not be looked at")
def test_a_defect_is_told_once_and_the_watch_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    service = Service(broken=3)
    watch = AlarmWatch(service, every=0.001)
    watch.start()
    wait_until(lambda: service.posted)
    watch.close()
    assert len(caplog.records) == 1


def test_one_that_was_never_started_can_be_closed() -> None:
    AlarmWatch(Service()).close()


def test_the_journal_tells_the_story_of_an_alarm(tmp_path: Path) -> None:
    """The wall's OBS dies, the director has seen it, it comes back: one line each, and replayed it is the same show."""
    clock = ScaledClock(EVENING, 50.0)
    drivers = {surface: Driver(surface) for surface in (PROGRAM, WALL)}
    with closing(Journal(tmp_path / "show.journal")) as journal:
        with running(clock, journal, drivers, a_rundown()) as (engine, screen):
            watch = AlarmWatch(engine, every=0.01)
            watch.start()
            try:
                screen.wait_for(lambda show: all(state.connected for state in show.surfaces.values()) and show.surfaces)
                engine.post(SurfaceLost(WALL, Text("응답 없음", "no answer")))
                screen.wait_for(lambda show: (LOST, WALL) in show.noted)
                engine.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "technical director"))
                screen.wait_for(lambda show: (LOST, WALL) in show.noted and show.noted[LOST, WALL].by)
                engine.post(runtime_connected(WALL))
                screen.wait_for(lambda show: (LOST, WALL) not in show.noted)
            finally:
                watch.close()
        told = [entry.event for entry in journal.entries()]
        story = [type(event).__name__ for event in told if getattr(event, "code", "") == LOST]
        assert story == ["AlarmRaised", "AlarmAcknowledged", "AlarmCleared"]
        assert replay(journal.entries()).noted.keys() == screen.show.noted.keys()

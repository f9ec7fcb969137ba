"""The clocks of a show: the real one, and a scaled one for rehearsals. Only this package reads the machine's time.

Elapsed time comes from a clock that nobody can set; the wall clock only says where it began. When the wall clock is
set while the console runs, ``stepped`` tells by how much, and the engine moves the marks of what is running.
"""

from __future__ import annotations

import sys
import time
from threading import Lock

from studio_console.core.units import Duration, Instant

STEP_NOTICED = 250
"""From how many ms on a difference between wall and steady clock is a step and not drift."""


def wall_ms() -> int:
    """The wall clock, in ms since the epoch."""
    return time.time_ns() // 1_000_000


def steady_ms() -> float:
    """A clock that cannot be set and goes on while the machine sleeps, in ms from some beginning.

    Linux's monotonic clock stands still in sleep, CLOCK_BOOTTIME does not. On Windows the monotonic clock goes on;
    on macOS it does not, and a sleep shows as a step of the wall clock.
    """
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6
    return time.monotonic_ns() / 1e6


class SystemClock:
    """The real time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._offset = wall_ms() - steady_ms()

    def now(self) -> Instant:
        return Instant(int(self._offset + steady_ms()))

    def real_delay(self, until: Instant) -> float:
        return (until - self.now()) / 1000

    def stepped(self) -> Duration | None:
        """By how many ms the wall clock was set since the last call; None if it was not."""
        with self._lock:
            offset = wall_ms() - steady_ms()
            amount = round(offset - self._offset)
            if abs(amount) < STEP_NOTICED:
                return None
            self._offset = offset
            return Duration(amount)


class ScaledClock:
    """A time that was set, and that runs ``speed`` times as fast as the real one.

    ``begun_wall`` (ms since the epoch) is when it showed ``start``: given again after a crash, the clock goes on as
    if the console had never been away.
    """

    def __init__(self, start: Instant, speed: float = 1.0, begun_wall: int | None = None) -> None:
        if speed <= 0:
            raise ValueError("a clock has to run forwards")
        self.start = start
        self.speed = speed
        self.begun_wall = wall_ms() if begun_wall is None else begun_wall
        self._begun = steady_ms() - (wall_ms() - self.begun_wall)

    def now(self) -> Instant:
        return Instant(int(self.start + (steady_ms() - self._begun) * self.speed))

    def real_delay(self, until: Instant) -> float:
        return (until - self.now()) / self.speed / 1000

    def stepped(self) -> Duration | None:
        """A rehearsal's clock has nothing to do with the wall clock once it runs."""
        return None


class ManualClock:
    """A clock that stands still until it is moved; for tests and for stepping through a day."""

    def __init__(self, start: Instant) -> None:
        self._now = start

    def now(self) -> Instant:
        return self._now

    def real_delay(self, until: Instant) -> float:
        return 0.0 if until <= self._now else float("inf")

    def stepped(self) -> Duration | None:
        return None

    def set(self, now: Instant) -> None:
        self._now = now

    def advance(self, by: Duration) -> None:
        self._now = Instant(self._now + by)

"""The clocks of a show: the real one, and a scaled one for rehearsals. Only this package reads the machine's time.

Elapsed time comes from a clock that nobody can set; the wall clock only says where it began. When the wall clock is
set while the console runs, ``stepped`` tells by how much, and the engine moves the marks of what is running.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
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
    """The real time: where the wall clock was when it began, and since then the steady one."""

    def __init__(self, wall: Callable[[], int] = wall_ms, steady: Callable[[], float] = steady_ms) -> None:
        self._wall, self._steady = wall, steady
        self._lock = Lock()
        self._offset = wall() - steady()

    def now(self) -> Instant:
        return Instant(int(self._offset + self._steady()))

    def real_delay(self, until: Instant) -> float:
        return (until - self.now()) / 1000

    def stepped(self) -> Duration | None:
        """By how many ms the wall clock was set since the last call; None if it was not."""
        with self._lock:
            offset = self._wall() - self._steady()
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

    def __init__(
        self,
        start: Instant,
        speed: float = 1.0,
        begun_wall: int | None = None,
        wall: Callable[[], int] = wall_ms,
        steady: Callable[[], float] = steady_ms,
    ) -> None:
        if speed <= 0:
            raise ValueError("a clock has to run forwards")
        self.start = start
        self.speed = speed
        self.begun_wall = wall() if begun_wall is None else begun_wall
        self._steady = steady
        # A wall clock that was set back while the console was away must not take the show to before its start.
        self._begun = steady() - max(0, wall() - self.begun_wall)

    def now(self) -> Instant:
        return Instant(int(self.start + (self._steady() - self._begun) * self.speed))

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

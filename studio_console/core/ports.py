"""What the core and the runtime need from outside, as interfaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from studio_console.core.effects import LeaveStudioMode, TakeScene
from studio_console.core.events import ShowEvent
from studio_console.core.show import Show
from studio_console.core.units import Duration, Instant

Post: TypeAlias = Callable[[ShowEvent], None]
"""Hands an event to the engine; returns at once, from any thread."""


class Clock(Protocol):
    """Tells what time it is in the show: the real one, a scaled one in rehearsal, a set one in tests."""

    def now(self) -> Instant: ...

    def real_delay(self, until: Instant) -> float:
        """Real seconds until the clock shows ``until``; 0 or less if it has passed."""
        ...

    def stepped(self) -> Duration | None:
        """By how many ms the clock was set since the last call; None if it was not."""
        ...


class SurfaceDriver(Protocol):
    """One surface's OBS. No method waits: what comes of it is posted as events."""

    def start(self, post: Post) -> None: ...

    def take(self, effect: TakeScene) -> None: ...

    def leave_studio_mode(self, effect: LeaveStudioMode) -> None: ...

    def close(self) -> None:
        """Ends its threads and closes its connections; returns when they are gone, within 3 s."""
        ...


class ShowService(Protocol):
    """What a window talks to: the engine, on this machine or another one."""

    @property
    def clock(self) -> Clock: ...

    def post(self, event: ShowEvent) -> None:
        """Hands ``event`` over and returns at once."""
        ...

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        """Calls ``on_show`` with the show as it is and after every change, from the engine's thread.

        Returns the function that ends it.
        """
        ...

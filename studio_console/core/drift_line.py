"""Over and under as the day went on: a line of straight pieces, gathered while a journal is replayed."""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.show import Show, next_cue
from studio_console.core.timing import project
from studio_console.core.units import Duration, Instant


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """``over`` (+) or under (−) at an instant; between two points it changes evenly."""

    at: Instant
    over: Duration
    running: bool
    """Something is on air from here on."""


class DriftLine:
    """Told of every step of a show, it knows how late the show was at every moment since its first cue.

    While nothing happens the show is as late as it was until what is on air runs over; from then on it is later by
    every second that goes by. So two looks, after one change and before the next, give the whole line between them.
    """

    def __init__(self) -> None:
        self._points: list[DriftPoint] = []
        self._since: Instant | None = None
        self._over_then = Duration(0)
        self._moved = Duration(0)

    def see(self, before: Show, after: Show, now: Instant, move: Duration) -> None:
        """The show became ``after`` at ``now``; ``move`` is what the clock of then lacks to the one set last."""
        amount, moved = Duration(self._moved - move), self._moved
        self._moved = move
        if self._since is None:
            if after.on_air is not None:
                self._look(after, now, move)
            return
        same = before.on_air is after.on_air and before.taking is after.taking and before.edits is after.edits
        if same and before.rundown is after.rundown:
            return
        # Where the clock was set just now, the time before it is told by the clock as it was.
        self._until(before, Instant(now - amount), moved)
        self._look(after, now, move)

    def end(self, show: Show, until: Instant | None) -> None:
        """The journal ends at ``until``, by the clock as it was set last."""
        if until is not None:
            self._until(show, Instant(until - self._moved), self._moved, last=next_cue(show) is None)

    @property
    def points(self) -> tuple[DriftPoint, ...]:
        return tuple(self._points)

    def _look(self, show: Show, now: Instant, move: Duration) -> None:
        self._since, self._over_then = now, project(show, now).over
        self._put(now, self._over_then, show, move)

    def _until(self, show: Show, now: Instant, move: Duration, last: bool = False) -> None:
        """``show`` was as it is until ``now``. ``last``: nothing waits for the end of what is on air."""
        if self._since is None or now <= self._since:
            return
        over = project(show, now).over
        bend = Instant(now - (over - self._over_then))
        if over > self._over_then and self._since < bend < now:
            self._put(bend, self._over_then, show, move)
            if last:
                return
        self._put(now, over, show, move)

    def _put(self, now: Instant, over: Duration, show: Show, move: Duration) -> None:
        # By the corrected clock the show is later by as much as the clock was behind.
        self._points.append(DriftPoint(Instant(now + move), Duration(over + move), show.current is not None))

"""A place for a worker: who plays in which of its streams. It stays when the worker in it is replaced."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from studio_console.core.guests import GOOD
from studio_console.core.reports import Signal
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.previews.lanes import Lane, Playing, Running
from studio_console.devices.previews.protocol import Order
from studio_console.devices.previews.workers import Worker

HANGS_COUNT_FOR = 60.0
"""Seconds."""
STEADY = 5
"""Further pictures after which a player is past the hiccups of its beginning."""
STEADY_AT_LAST = 3.0
"""Seconds after which what has a picture, and no further ones, is as steady as it will be."""


@dataclass(slots=True, eq=False)
class Player:
    """One guest's player. Times are seconds of a monotonic clock."""

    guest: PersonId
    lane: Lane
    playing: Playing
    job: int
    cell: Cell
    stream: int
    begun_at: float
    signal: Signal = Signal.CONNECTING
    reason: Text | None = None
    ago: int = 0
    """ms before it was told, of the last change."""
    seen_at: float | None = None
    """When the worker that plays it now had its first picture."""
    before_unheard: tuple[Signal, Text | None, int] | None = None
    """What it last said itself, while its worker gives no sign of life."""
    first: int = 0
    """The number of that picture."""
    steady: bool = False

    @property
    def seen(self) -> bool:
        return self.seen_at is not None

    @property
    def running(self) -> Running:
        return Running(self.playing, self.steady, self.signal)

    def turned(self, signal: Signal, reason: Text | None = None, ago: int = 0) -> None:
        self.signal, self.reason, self.ago = signal, reason, ago
        self.before_unheard = None

    def unheard(self, seconds: float, reason: Text) -> bool:
        """Its worker gives no sign of life, for so long: what looks live is a still. Whether that is news."""
        if self.before_unheard is not None or self.signal not in GOOD:
            return False
        before = (self.signal, self.reason, self.ago)
        self.turned(Signal.FROZEN, reason, round(seconds * 1000))
        self.before_unheard = before
        return True

    def heard_again(self) -> bool:
        """It is what it was. Whether that is news."""
        if self.before_unheard is None:
            return False
        signal, reason, _ = self.before_unheard
        self.turned(signal, reason)
        return True

    def has_picture(self, now: float) -> None:
        if self.seen_at is None and (worker := self.cell.worker) is not None:
            self.seen_at, self.first = now, worker.screen.sequence(self.stream)

    def lost_picture(self) -> None:
        """Its worker is gone, and all that came of it."""
        self.seen_at, self.steady = None, False

    def steadied(self, now: float) -> bool:
        """Whether it has become steady since it was last asked."""
        worker = self.cell.worker
        if self.steady or self.seen_at is None or worker is None:
            return False
        self.steady = worker.screen.sequence(self.stream) - self.first >= STEADY or now - self.seen_at >= STEADY_AT_LAST
        return self.steady


@dataclass(slots=True, eq=False)
class Cell:
    """``alone_until``: the time at which the one guest in it no longer stands under suspicion."""

    lane: Lane
    players: list[Player | None]
    alone_until: float = 0.0
    worker: Worker | None = None
    deaths: deque[float] = field(default_factory=deque)
    hangs: deque[float] = field(default_factory=lambda: deque(maxlen=4))
    """When a worker in it was given up since it was silent."""
    failed_starts: int = 0
    retry_at: float | None = None
    idle_since: float | None = None
    freed_at: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.freed_at = [0.0] * len(self.players)

    @property
    def guests(self) -> list[Player]:
        return [player for player in self.players if player is not None]

    def free_stream(self, now: float) -> int | None:
        """The one that was left longest ago, so that a picture of it which is still being painted is the right one."""
        if now < self.alone_until and self.guests:
            return None
        free = [stream for stream, player in enumerate(self.players) if player is None]
        return min(free, key=self.freed_at.__getitem__, default=None)

    def hung_lately(self, now: float) -> int:
        return sum(now - hang < HANGS_COUNT_FOR for hang in self.hangs)

    def leave(self, player: Player, now: float) -> None:
        self.players[player.stream] = None
        self.freed_at[player.stream] = now

    def send(self, order: Order) -> None:
        if self.worker is not None:
            self.worker.process.send(order)

"""A place for a worker: who plays in which of its streams. It stays when the worker in it is replaced."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from studio_console.core.events import Signal
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.previews.lanes import Lane, Playing, Running
from studio_console.devices.previews.memory import Shape
from studio_console.devices.previews.process import WorkerProcess
from studio_console.devices.previews.screen import Screen


@dataclass(frozen=True, slots=True)
class LaneRules:
    """What the workers of a lane are like."""

    shape: Shape
    fps: int
    sound: bool
    nice: int
    """Added to the console's own; Windows knows only "below normal"."""


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
    seen: bool = False
    """The worker that plays it now has brought a picture."""

    def turned(self, signal: Signal, reason: Text | None = None, ago: int = 0) -> None:
        self.signal, self.reason, self.ago = signal, reason, ago

    @property
    def running(self) -> Running:
        return Running(self.playing, self.seen, self.signal)


@dataclass(slots=True, eq=False)
class Cell:
    """``alone`` until the time at which the one guest in it no longer stands under suspicion."""

    lane: Lane
    players: list[Player | None]
    alone_until: float = 0.0
    process: WorkerProcess | None = None
    screen: Screen | None = None
    ready: bool = False
    """Its worker has said Hello."""
    vlc: str | None = None
    """The version of its VLC; empty where it has none, None before it is known."""
    problem: str = ""
    """Why it has none, as its worker says it."""
    deaths: deque[float] = field(default_factory=deque)
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

    def leave(self, player: Player, now: float) -> None:
        self.players[player.stream] = None
        self.freed_at[player.stream] = now

"""The streams and recordings of the hall, and what is known of each: what was asked for and what OBS tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.studio import OutputKind, Studio
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PressId, SurfaceId

ALL = "*"
"""The subject of what is armed for all outputs together; no destination is called so."""


class Sending(StrEnum):
    """What OBS says that a stream or recording does."""

    STOPPED = "stopped"
    STARTING = "starting"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    """The far end is gone, and OBS tries to reach it again: viewers see nothing new."""
    PAUSED = "paused"
    """A recording that somebody paused in OBS."""
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Output:
    """A destination and how it is reached."""

    id: str
    surface: SurfaceId
    kind: OutputKind

    @property
    def key(self) -> OutputKey:
        return self.surface, self.kind


OutputKey: TypeAlias = tuple[SurfaceId, OutputKind]
"""An OBS has one stream and one recording: two destinations of a kind on a surface are the same one."""


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """What OBS tells of its stream, over the last seconds. Shares are 0 to 1."""

    active: bool = False
    reconnecting: bool = False
    bitrate: int | None = None
    """kbit/s; None until it can be told."""
    dropped: float = 0.0
    dropped_frames: int = 0
    """Since it started."""
    congestion: float = 0.0


@dataclass(frozen=True, slots=True)
class RecordFacts:
    active: bool = False
    bitrate: int | None = None
    """kbit/s; None until it can be told."""
    disk_left: Duration | None = None
    """How long the disk still has room at this rate, in ms; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What an OBS tells once a second of how it keeps up. Shares are 0 to 1, over the last seconds."""

    stream: StreamFacts = StreamFacts()
    record: RecordFacts = RecordFacts()
    lag: float = 0.0
    """Frames drawn too late."""
    skipped: float = 0.0
    """Frames that the encoder left out."""
    disk_free: int = 0
    """MB."""


@dataclass(frozen=True, slots=True)
class OutputRun:
    """One stream or recording. What is wanted and what is seen are never made equal by wishing."""

    wanted: bool = False
    """It is meant to run: it was started here, or seen to run, and was not stopped here since."""
    seen: Sending | None = None
    """None until OBS has told it, and while it cannot."""
    since: Instant | None = None
    """Since when it is seen to do so."""
    live_since: Instant | None = None
    order: PressId | None = None
    """The press that started or stopped it, until OBS has said that it is done."""
    overdue: bool = False
    """OBS did not say so in time."""
    failed: Text | None = None
    """Why OBS did not do it."""


@dataclass(frozen=True, slots=True)
class WatchState:
    """Whether the second connection to an OBS, by which it is watched, is up."""

    on: bool
    since: Instant
    reason: Text | None = None


NOT_SEEN = OutputRun()
NOT_MEASURED = Measures()
Outputs: TypeAlias = Mapping[OutputKey, OutputRun]


def outputs_of(studio: Studio) -> tuple[Output, ...]:
    """The destinations that a surface carries, in the order of the file; each by the first surface that names it."""
    carriers: dict[str, SurfaceId] = {}
    for surface in studio.surfaces.values():
        for name in surface.carries:
            carriers.setdefault(name, surface.id)
    return tuple(
        Output(entry.id, carriers[entry.id], entry.output)
        for entry in studio.destinations.values()
        if entry.id in carriers
    )

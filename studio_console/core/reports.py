"""What the devices report, in the past tense: surfaces, their outputs and pictures, clips, guests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio_console.core.air_facts import Fault
from studio_console.core.interpretation import Levels
from studio_console.core.output_state import Measures, Sending
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, InputId, PersonId, PressId, SceneName, SurfaceId


class Seen(StrEnum):
    """How it is known which scene is on air."""

    TRANSITION_STARTED = "transition started"
    TRANSITION_ENDED = "transition ended"
    SNAPSHOT = "snapshot"
    ITEMS_CHANGED = "items changed"


@dataclass(frozen=True, slots=True)
class SurfaceConnected:
    """The surface's OBS answered and told its whole state. ``scene`` is what it shows."""

    surface: SurfaceId
    scene: SceneName | None
    studio_mode: bool
    collection: str
    version: str
    scenes: frozenset[SceneName] = frozenset()
    """Scenes present in its collection, to know before GO what cannot be taken."""


@dataclass(frozen=True, slots=True)
class SurfaceLost:
    """The link to the surface's OBS is gone. ``final`` if the console does not try again by itself."""

    surface: SurfaceId
    reason: Text
    final: bool = False


@dataclass(frozen=True, slots=True)
class SceneSeen:
    """``scene`` is on air on ``surface``. ``press`` is set where our own take brought it there."""

    surface: SurfaceId
    scene: SceneName
    how: Seen
    press: PressId | None = None


@dataclass(frozen=True, slots=True)
class TakeFailed:
    """The surface did not carry out the take of ``press``."""

    surface: SurfaceId
    press: PressId
    reason: Text


@dataclass(frozen=True, slots=True)
class SceneArranged:
    """What was armed by ``press`` is built in ``scene``, which is not on air."""

    surface: SurfaceId
    scene: SceneName
    press: PressId


@dataclass(frozen=True, slots=True)
class ArrangeFailed:
    """What was armed by ``press`` could not be built."""

    surface: SurfaceId
    press: PressId
    reason: Text


@dataclass(frozen=True, slots=True)
class TextWritten:
    """A list on ``surface`` was written, or could not be for that ``reason``."""

    surface: SurfaceId
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class ScenesCompared:
    """The scenes of the day on ``surface`` were compared with what the files want; ``stale`` look otherwise."""

    surface: SurfaceId
    stale: frozenset[SceneName]


@dataclass(frozen=True, slots=True)
class StudioModeSeen:
    surface: SurfaceId
    on: bool


@dataclass(frozen=True, slots=True)
class CollectionSeen:
    """The scene collection is being changed (``changing``) or has become ``name``."""

    surface: SurfaceId
    name: str
    changing: bool


@dataclass(frozen=True, slots=True)
class StandbySeen:
    """How the surface's standby OBS stands. Nothing of it is a reason for a take to fail."""

    surface: SurfaceId
    address: str
    """``host:port``, by which it is known after a restart."""
    connected: bool
    scene: SceneName | None = None
    reason: Text | None = None
    """Why it is lost or, connected, what it did not do."""
    final: bool = False
    studio_mode: bool = False
    changing: bool = False
    answered: PressId | None = None
    """The last take that it carried out or refused."""
    former_main: bool = False
    """It is what ``studio.yaml`` calls the main OBS: the other one was promoted."""


@dataclass(frozen=True, slots=True)
class DriftSeen:
    """What in the surface's standby OBS is not as in the main one: ``count`` things, the first of them in words."""

    surface: SurfaceId
    count: int
    first: tuple[Text, ...] = ()


class Playback(StrEnum):
    PLAYING = "playing"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ClipSeen:
    """What OBS says of a clip on air; position and duration in ms where it knows them."""

    surface: SurfaceId
    input: str
    playback: Playback
    position: Duration | None = None
    duration: Duration | None = None


@dataclass(frozen=True, slots=True)
class ClipRanOut:
    """The clip of ``cue`` came to its end on air, and ``following`` goes to air by itself: a GO that nobody pressed.

    Told by the console itself, so that it stands in the journal: ``ClipSeen`` does not.
    """

    cue: CueId
    following: CueId
    press: PressId


@dataclass(frozen=True, slots=True)
class ClipMeasured:
    """A clip's file was looked into before air: its ``duration`` (None where it has no end), or its ``trouble``."""

    input: InputId
    duration: Duration | None = None
    trouble: Text | None = None


@dataclass(frozen=True, slots=True)
class SoundSeen:
    """What OBS says is heard of each of its inputs; one of which it has not told is not named."""

    surface: SurfaceId
    levels: Levels


@dataclass(frozen=True, slots=True)
class WordsSeen:
    """What OBS has the texts say whose words come with the takes, by their names; one that it lacks is not named."""

    surface: SurfaceId
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutputSeen:
    """What the stream or recording of a surface's OBS does. ``ago``: for how many ms already."""

    surface: SurfaceId
    kind: OutputKind
    sending: Sending
    ago: Duration = Duration(0)
    changed: bool = True
    """It has just become so; False where OBS was only asked."""


@dataclass(frozen=True, slots=True)
class OutputFailed:
    """OBS did not do what ``press`` asked of an output."""

    surface: SurfaceId
    kind: OutputKind
    press: PressId
    reason: Text


@dataclass(frozen=True, slots=True)
class OutputsMeasured:
    """How the surface's OBS keeps up; told once a second."""

    surface: SurfaceId
    measures: Measures


@dataclass(frozen=True, slots=True)
class AirSeen:
    """A fault of the surface's picture or sound has lasted so long that it counts, or is over (not ``on``)."""

    surface: SurfaceId
    fault: Fault
    on: bool
    ago: Duration = Duration(0)
    """So many ms before this was told it began."""


@dataclass(frozen=True, slots=True)
class SurfaceWatched:
    """Pictures, levels and figures of the surface come (``on``), or do not, and why."""

    surface: SurfaceId
    on: bool
    reason: Text | None = None


class Signal(StrEnum):
    """What a guest's picture does. The first three bring none; only LIVE and SILENT are a good one."""

    CONNECTING = "connecting"
    LOST = "lost"
    UNPLAYABLE = "unplayable"
    """Nothing on this machine can show it; a person has to do something first."""
    STILL = "still"
    """A picture file, on purpose: nobody is waited for, and nobody takes it for live."""
    LIVE = "live"
    FROZEN = "frozen"
    BLACK = "black"
    SILENT = "silent"
    """Live, and without a sound for longer than a speaker draws breath; said only where sound is decoded."""


@dataclass(frozen=True, slots=True)
class GuestSeen:
    """The picture of ``guest`` turned into ``signal``, ``ago`` ms before this was told."""

    guest: PersonId
    signal: Signal
    ago: Duration = Duration(0)
    reason: Text | None = None

"""What happened, in the past tense: presses of the operators, reports of the devices, changes of the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.rundown import Day
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, PersonId, PressId, SceneName, SurfaceId

# --- the operators ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoPressed:
    """``cue`` is the cue the operator saw as next, not the one that may have become next meanwhile."""

    cue: CueId
    press: PressId


@dataclass(frozen=True, slots=True)
class BackPressed:
    """The last GO was a mistake: the cue before it is to come back with its clock."""

    press: PressId


@dataclass(frozen=True, slots=True)
class StandbyMoved:
    """The pointer to what GO takes was put on ``cue``; None lets it follow the running order again."""

    cue: CueId | None


@dataclass(frozen=True, slots=True)
class StandbyCalled:
    """ "Stand by" was said to everyone for ``cue``."""

    cue: CueId


@dataclass(frozen=True, slots=True)
class HoldPressed:
    press: PressId


@dataclass(frozen=True, slots=True)
class ResumePressed:
    press: PressId


@dataclass(frozen=True, slots=True)
class EndPressed:
    """The cue on air is over and nothing follows yet: its clock stops, its picture stays."""

    press: PressId


@dataclass(frozen=True, slots=True)
class TimeAdded:
    """``amount`` in ms, negative to take time away."""

    cue: CueId
    amount: Duration


@dataclass(frozen=True, slots=True)
class SkipSet:
    cue: CueId
    skip: bool


@dataclass(frozen=True, slots=True)
class EditUndone:
    """The last added time or skip was taken back."""


@dataclass(frozen=True, slots=True)
class EditRedone:
    """The edit last taken back was made again."""


@dataclass(frozen=True, slots=True)
class StudioModeOffPressed:
    surface: SurfaceId


@dataclass(frozen=True, slots=True)
class ReconnectPressed:
    """A surface that was given up is to be tried again: what kept it away has been mended."""

    surface: SurfaceId


class Grave(StrEnum):
    """What cannot be taken back: it is armed by one press and done by another, different one."""

    TAKE = "take"
    """GO on a cue that is marked so, such as a declaration."""
    START_OUTPUT = "start output"
    STOP_OUTPUT = "stop output"
    PROMOTE_STANDBY = "promote standby"


@dataclass(frozen=True, slots=True)
class ArmPressed:
    """``act`` on ``subject`` (the id of a cue, an output, a surface) is to be possible for a moment."""

    act: Grave
    subject: str
    press: PressId


@dataclass(frozen=True, slots=True)
class Disarmed:
    """What was armed is not to be done after all."""


# --- the files and the clock -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RundownLoaded:
    """A good rundown came from the files. ``scenes`` names, per cue, the scene wanted on each surface it changes."""

    day: Day
    scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]]
    surfaces: tuple[SurfaceId, ...]
    go_guard: Duration
    take_deadline: Duration
    guests: frozenset[PersonId] = frozenset()
    """The remote participants."""
    guest_lead: Duration = Duration(0)
    """So many ms before their cue they have to be live."""
    unwatched: frozenset[PersonId] = frozenset()
    """Those of them of whom there is no preview: by telephone, or nothing of it is in the files."""


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """The time in which the take of ``press`` should have been confirmed is over."""

    press: PressId


@dataclass(frozen=True, slots=True)
class ClockStepped:
    """The wall clock was set by ``amount`` ms while the console ran; elapsed times are not to notice."""

    amount: Duration


@dataclass(frozen=True, slots=True)
class JournalTroubled:
    """What happens is not being written to the disk; ``reason`` None once it is again."""

    reason: Text | None


@dataclass(frozen=True, slots=True)
class ConsoleStarted:
    """The console came up, for the first time or again after it ended."""


# --- the surfaces ----------------------------------------------------------------------------------------------


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
class StudioModeSeen:
    surface: SurfaceId
    on: bool


@dataclass(frozen=True, slots=True)
class CollectionSeen:
    """The scene collection is being changed (``changing``) or has become ``name``."""

    surface: SurfaceId
    name: str
    changing: bool


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


# --- the remote guests -----------------------------------------------------------------------------------------


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


class Check(StrEnum):
    """What is looked at in a guest's tech check."""

    PICTURE = "picture"
    SOUND = "sound"
    LIGHT = "light"
    NETWORK = "network"
    INTERPRETATION = "interpretation"


class Verdict(StrEnum):
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class GuestChecked:
    """``by`` checked one thing with a guest; ``verdict`` None takes the mark away."""

    guest: PersonId
    check: Check
    verdict: Verdict | None
    by: str


SurfaceEvent: TypeAlias = (
    SurfaceConnected | SurfaceLost | SceneSeen | TakeFailed | StudioModeSeen | CollectionSeen | ClipSeen
)
OperatorEvent: TypeAlias = (
    GoPressed
    | BackPressed
    | StandbyMoved
    | StandbyCalled
    | HoldPressed
    | ResumePressed
    | EndPressed
    | TimeAdded
    | SkipSet
    | EditUndone
    | EditRedone
    | StudioModeOffPressed
    | ReconnectPressed
    | GuestChecked
    | ArmPressed
    | Disarmed
)
ShowEvent: TypeAlias = (
    OperatorEvent
    | SurfaceEvent
    | GuestSeen
    | RundownLoaded
    | DeadlinePassed
    | ClockStepped
    | ConsoleStarted
    | JournalTroubled
)

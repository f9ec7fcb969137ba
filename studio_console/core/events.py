"""What happened, in the past tense: presses of the operators, reports of the devices, changes of the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.air_facts import Excuses, Fault
from studio_console.core.arrangement import Arrangement
from studio_console.core.interpretation import Interpretation, Levels, Under
from studio_console.core.output_state import Measures, Output, Sending
from studio_console.core.picture import Item
from studio_console.core.roll_call import RollColumn, RollMark
from studio_console.core.rundown import Day
from studio_console.core.studio import DeadAirRules, OutputKind, OutputRules, Words
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, InputId, PersonId, PressId, SceneName, SurfaceId

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


@dataclass(frozen=True, slots=True)
class SoundOverridden:
    """By hand: on ``surface`` ``voice`` is heard (an interpreter's language; empty: the floor), until the next take.

    ``kept``: until it is released.
    """

    surface: SurfaceId
    voice: str
    under: Under
    kept: bool
    press: PressId


@dataclass(frozen=True, slots=True)
class SoundReleased:
    """What is heard on ``surface`` follows from the cue again."""

    surface: SurfaceId
    press: PressId


@dataclass(frozen=True, slots=True)
class InterpreterChanged:
    """In the booth of ``feed`` another interpreter has taken over."""

    feed: str
    press: PressId


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
class FollowingSet:
    """Whether the next cue follows by itself where a clip cue says so."""

    on: bool


@dataclass(frozen=True, slots=True)
class PromotePressed:
    """The surface's standby OBS is to be its main one from now on; it was armed before."""

    surface: SurfaceId
    press: PressId


@dataclass(frozen=True, slots=True)
class AlignPressed:
    """The surface's standby OBS is to show what the main one shows."""

    surface: SurfaceId
    press: PressId


@dataclass(frozen=True, slots=True)
class Disarmed:
    """What was armed is not to be done after all."""


@dataclass(frozen=True, slots=True)
class StartOutputPressed:
    """The output ``subject``, or all, armed before, is to be started."""

    subject: str
    press: PressId


@dataclass(frozen=True, slots=True)
class WallArmed:
    """``surface`` is to be prepared as ``arrangement``, in a scene that is not on air.

    ``items`` are its picture on the surface's canvas, ``words`` those of its texts by their input's name, ``people``
    who is seen in it: whoever presses has worked it out from the files as they are.
    """

    surface: SurfaceId
    arrangement: Arrangement
    items: tuple[Item, ...]
    words: Mapping[str, Words]
    people: frozenset[PersonId]
    press: PressId


@dataclass(frozen=True, slots=True)
class StopOutputPressed:
    subject: str
    press: PressId


@dataclass(frozen=True, slots=True)
class WallDisarmed:
    """What is armed for ``surface`` is not to be taken after all."""

    surface: SurfaceId


@dataclass(frozen=True, slots=True)
class WallTakePressed:
    """What is armed for ``surface`` goes on it, and on nothing else."""

    surface: SurfaceId
    press: PressId


@dataclass(frozen=True, slots=True)
class WallHoldingPressed:
    """The holding slide goes on ``surface`` alone."""

    surface: SurfaceId
    press: PressId


@dataclass(frozen=True, slots=True)
class WallBackPressed:
    """What lies over the cue's picture on ``surface`` is taken away, the uppermost first."""

    surface: SurfaceId
    press: PressId


@dataclass(frozen=True, slots=True)
class RollCallMarked:
    """``by`` marked ``person`` in the roll call, or took the mark away."""

    person: PersonId
    mark: RollMark
    on: bool
    by: str


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
    clips: frozenset[InputId] = frozenset()
    """The clips that OBS plays from a file; in rehearsal not those for which a stand-in is shown."""
    clip_patience: Duration = Duration(1_000)
    """So many ms a clip on air may stand still before that is wrong."""
    stays_armed: Duration = Duration(15_000)
    """For so many ms what was armed can be done."""
    words: Mapping[CueId, Mapping[SurfaceId, Mapping[str, str]]] = field(default_factory=dict)
    """What a cue has the texts of a surface say, by their names in OBS."""
    interpretation: Interpretation = Interpretation()
    outputs: tuple[Output, ...] = ()
    output_rules: OutputRules = OutputRules()
    dead_air: DeadAirRules = DeadAirRules()
    excuses: Excuses = Excuses()
    walls: tuple[SurfaceId, ...] = ()
    """The surfaces that can be arranged by hand."""
    holding: Mapping[SurfaceId, SceneName] = field(default_factory=dict)
    """The scene with the holding slide, of those that have one."""
    roll_columns: Mapping[CueId, tuple[RollColumn, ...]] = field(default_factory=dict)
    """The texts in OBS that show a cue's roll call."""
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


# --- the outputs, and what the surfaces look like ---------------------------------------------------------------


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
    SurfaceConnected
    | SurfaceLost
    | SceneSeen
    | TakeFailed
    | ScenesCompared
    | SceneArranged
    | ArrangeFailed
    | TextWritten
    | StudioModeSeen
    | CollectionSeen
    | ClipSeen
    | StandbySeen
    | DriftSeen
    | SoundSeen
    | WordsSeen
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
    | WallArmed
    | WallDisarmed
    | WallTakePressed
    | WallHoldingPressed
    | WallBackPressed
    | RollCallMarked
    | ArmPressed
    | PromotePressed
    | AlignPressed
    | Disarmed
    | FollowingSet
    | SoundOverridden
    | SoundReleased
    | InterpreterChanged
    | StartOutputPressed
    | StopOutputPressed
)
AirEvent: TypeAlias = OutputSeen | OutputFailed | OutputsMeasured | AirSeen | SurfaceWatched
ShowEvent: TypeAlias = (
    OperatorEvent
    | SurfaceEvent
    | AirEvent
    | GuestSeen
    | ClipRanOut
    | ClipMeasured
    | RundownLoaded
    | DeadlinePassed
    | ClockStepped
    | ConsoleStarted
    | JournalTroubled
)

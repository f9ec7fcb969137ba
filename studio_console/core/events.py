"""All that can happen in a show, in the past tense. Here: what the files and the clock do, and the union of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from studio_console.core.air_facts import Excuses
from studio_console.core.edit_reports import (
    DraftFound,
    DraftKept,
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
    UnsavedSettled,
)
from studio_console.core.editing import CueDeleted, CueDuplicated, CueEdited, CueInserted, CueShifted, SessionEdited
from studio_console.core.interpretation import Interpretation
from studio_console.core.output_state import Output
from studio_console.core.presses import (
    AlarmAcknowledged,
    AlignPressed,
    ArmPressed,
    BackPressed,
    Disarmed,
    EditRedone,
    EditUndone,
    EndPressed,
    FollowingSet,
    GoPressed,
    GuestChecked,
    HoldPressed,
    InterpreterChanged,
    PromotePressed,
    ReconnectPressed,
    ResumePressed,
    RollCallMarked,
    ShowLockSet,
    SkipSet,
    SoundOverridden,
    SoundReleased,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
    StopOutputPressed,
    StudioModeOffPressed,
    TimeAdded,
    WallArmed,
    WallBackPressed,
    WallDisarmed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.problems import Severity
from studio_console.core.reports import (
    AirSeen,
    ArrangeFailed,
    ClipMeasured,
    ClipRanOut,
    ClipSeen,
    CollectionSeen,
    DriftSeen,
    GuestSeen,
    OutputFailed,
    OutputSeen,
    OutputsMeasured,
    SceneArranged,
    ScenesCompared,
    SceneSeen,
    SoundSeen,
    StandbySeen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    SurfaceWatched,
    TakeFailed,
    TextWritten,
    WordsSeen,
)
from studio_console.core.roll_call import RollColumn
from studio_console.core.rundown import Day
from studio_console.core.speaker import (
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.stage import (
    HallCounted,
    HallEntryOverridden,
    HallEntryRefused,
    HallExitTakenBack,
    SpeakerMarked,
    StageNoteWritten,
    StageStandbyAcknowledged,
)
from studio_console.core.studio import DeadAirRules, OutputRules
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, InputId, PersonId, PressId, SceneName, SurfaceId


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
    loops: frozenset[InputId] = frozenset()
    """Those of them that begin again at their end."""
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
    locks: bool = False
    """The first GO of the day puts the show lock on: it is a show and no rehearsal."""


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
class AlarmRaised:
    """Something has been wrong for a moment. ``code`` and ``subject`` name it, ``what`` says it, with ids for names."""

    code: str
    subject: str
    severity: Severity
    what: Text


@dataclass(frozen=True, slots=True)
class AlarmCleared:
    """What was wrong no longer is: coming again it is another alarm."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class ConsoleStarted:
    """The console came up, for the first time or again after it ended."""


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
SpeakerEvent: TypeAlias = (
    MessageSent
    | MessageCleared
    | TimerBlinked
    | TimerBlackedOut
    | FreeTimerStarted
    | FreeTimerHeld
    | FreeTimerChanged
    | FreeTimerEnded
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
    | ShowLockSet
    | AlarmAcknowledged
    | SoundOverridden
    | SoundReleased
    | InterpreterChanged
    | StartOutputPressed
    | StopOutputPressed
    | SpeakerEvent
    | SpeakerMarked
    | StageStandbyAcknowledged
    | StageNoteWritten
    | CueEdited
    | SessionEdited
    | CueShifted
    | CueInserted
    | CueDuplicated
    | CueDeleted
    | DraftKept
    | UnsavedSettled
)
HallEvent: TypeAlias = HallCounted | HallEntryRefused | HallEntryOverridden | HallExitTakenBack
EditReport: TypeAlias = EditWritten | EditKept | EditRefused | EditDropped | EditReverted | RevertFailed | DraftFound
AirEvent: TypeAlias = OutputSeen | OutputFailed | OutputsMeasured | AirSeen | SurfaceWatched
ShowEvent: TypeAlias = (
    OperatorEvent
    | SurfaceEvent
    | AirEvent
    | HallEvent
    | EditReport
    | GuestSeen
    | ClipRanOut
    | ClipMeasured
    | RundownLoaded
    | DeadlinePassed
    | ClockStepped
    | ConsoleStarted
    | JournalTroubled
    | AlarmRaised
    | AlarmCleared
)

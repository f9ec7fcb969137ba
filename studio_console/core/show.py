"""The state of the show: one frozen value, changed only by ``step``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studio_console.core.air_facts import Excuses, Fault
from studio_console.core.arrangement import Arrangement
from studio_console.core.editing import Editing, FileEdit
from studio_console.core.interpretation import Heard, Interpretation, Levels
from studio_console.core.output_state import Measures, Output, Outputs, WatchState
from studio_console.core.plan import Plan
from studio_console.core.presses import Check, Grave, SkipSet, TimeAdded, Verdict
from studio_console.core.problems import Severity
from studio_console.core.reports import Playback, Seen, Signal
from studio_console.core.roll_call import Marks, RollColumn
from studio_console.core.rundown import Cue, Day
from studio_console.core.runs import Runs
from studio_console.core.speaker import SpeakerState
from studio_console.core.stage import StageState
from studio_console.core.studio import DeadAirRules, OutputRules
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, InputId, Instant, PersonId, PressId, SceneName, SurfaceId

REMEMBERED_PRESSES = 64


class Phase(StrEnum):
    """How far a take has come."""

    TAKING = "taking"
    ON_AIR = "on air"
    UNCONFIRMED = "unconfirmed"
    """Its deadline passed without a word from any surface: its clock runs from the press."""


class Mark(StrEnum):
    """What became of the running cue in the files since it was taken. It stays on air with its clock."""

    NONE = ""
    EDITED = "edited"
    SKIPPED = "skipped"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Take:
    """One cue on its way to air, on air, or having been there."""

    cue: Cue
    """As it was when it was taken: its picture is this one, whatever the files say since."""
    press: PressId
    pressed_at: Instant
    started_at: Instant
    """The first confirmation; the press until then."""
    phase: Phase
    wanted: Mapping[SurfaceId, SceneName]
    """The surfaces that this take changes."""
    picture: Mapping[SurfaceId, SceneName]
    """What is wanted on every surface once this take is done, so that Back can bring it all back."""
    confirmed: Mapping[SurfaceId, Instant] = field(default_factory=dict)
    failed: Mapping[SurfaceId, Text] = field(default_factory=dict)
    standby_called_at: Instant | None = None
    held_since: Instant | None = None
    held: Duration = Duration(0)
    """The holds that are over, in ms."""
    mark: Mark = Mark.NONE
    anchor: CueId | None = None
    """Where the cue was deleted from the rundown: the cue that stood before it."""
    returned: bool = False
    """Brought back by Back: its start is that of its first time on air."""
    floor: str = ""
    """The language on the floor; where the cue does not say, that of what was before."""
    words: Mapping[SurfaceId, Mapping[str, str]] = field(default_factory=dict)
    """What the texts of every surface say once this take is done, by their names in OBS."""

    @property
    def open_surfaces(self) -> tuple[SurfaceId, ...]:
        """The surfaces that have neither confirmed nor failed."""
        return tuple(name for name in self.wanted if name not in self.confirmed and name not in self.failed)


@dataclass(frozen=True, slots=True)
class Run:
    """One cue's time on air that is over: what the as-run report is made of."""

    cue: CueId
    number: str
    started_at: Instant
    ended_at: Instant
    confirmed: bool
    standby_called: bool
    backed_out: bool = False
    """Taken by mistake: Back brought the cue before it on air again."""


@dataclass(frozen=True, slots=True)
class StandbyState:
    """What is known of a surface's standby OBS."""

    address: str
    connected: bool = False
    since: Instant | None = None
    """Since when it is connected, or is not."""
    scene: SceneName | None = None
    reason: Text | None = None
    final: bool = False
    studio_mode: bool = False
    changing: bool = False
    answered: PressId | None = None
    former_main: bool = False
    drift: tuple[Text, ...] = ()
    """The first of what is built otherwise than in the main OBS."""
    drift_count: int = 0


@dataclass(frozen=True, slots=True)
class SurfaceState:
    """What is wanted on a surface and what it is known to show. The two are never made equal by wishing."""

    connected: bool = False
    wanted: SceneName | None = None
    seen: SceneName | None = None
    how: Seen | None = None
    seen_at: Instant | None = None
    studio_mode: bool = False
    collection: str = ""
    changing: bool = False
    version: str = ""
    present: frozenset[SceneName] = frozenset()
    """The scenes that its collection has."""
    stale: frozenset[SceneName] = frozenset()
    """Scenes of the day that are there and look otherwise than the files want: they were built before an edit."""
    lost_reason: Text | None = None
    lost_at: Instant | None = None
    final: bool = False
    """It is not tried again by itself: somebody has to do something first."""
    main: str = ""
    """The address of the OBS that was promoted to be the main one; empty: the one that studio.yaml says."""
    standby: StandbyState | None = None
    """None where the surface has none, or nothing was heard of it yet."""

    @property
    def differs(self) -> bool:
        """Whether it is known to show something else than is wanted."""
        return self.connected and self.wanted is not None and self.seen != self.wanted


@dataclass(frozen=True, slots=True)
class ArmedWall:
    """An arrangement on its way into a scene that is not on air, or in there (``built``)."""

    arrangement: Arrangement
    scene: SceneName
    people: frozenset[PersonId]
    press: PressId
    at: Instant
    built: bool = False
    failed: Text | None = None


@dataclass(frozen=True, slots=True)
class LiveWall:
    """An arrangement that was taken to a wall."""

    arrangement: Arrangement
    scene: SceneName
    people: frozenset[PersonId]
    press: PressId
    """The arming that built it."""
    doubted: bool = False
    """The link was lost since: an OBS that died comes back with what it last saved, which may be an older picture."""


@dataclass(frozen=True, slots=True)
class WallTake:
    """A take of one wall alone that OBS has not confirmed yet, or did not carry out."""

    scene: SceneName
    press: PressId
    at: Instant
    failed: Text | None = None


@dataclass(frozen=True, slots=True)
class WallState:
    """What is armed for a wall, and what lies over the picture that the cues want there."""

    armed: ArmedWall | None = None
    live: LiveWall | None = None
    holding_since: Instant | None = None
    """The holding slide lies over everything since then."""
    under: SceneName | None = None
    """What the cues want, while something lies over it."""
    take: WallTake | None = None

    @property
    def covered(self) -> bool:
        return self.live is not None or self.holding_since is not None


@dataclass(frozen=True, slots=True)
class ClipMark:
    """The clip on air as one OBS last told of it; ``at`` is when it did."""

    input: str
    playback: Playback
    position: Duration | None
    duration: Duration | None
    at: Instant
    moved_at: Instant
    """When its position was last another one than before."""
    runs_since: Instant | None = None
    """When it would have begun, had it kept pace since it moves; None where it does not play."""
    played_for: PressId | None = None
    """The take for which it was seen to play."""


@dataclass(frozen=True, slots=True)
class ClipFile:
    """What was found in a clip's file before air. ``duration`` is None where it has no end, or with ``trouble``."""

    duration: Duration | None
    trouble: Text | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A press that was not carried out, and why."""

    press: PressId | None
    at: Instant
    reason: Text
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rundown as it last came from the files, with what follows from it alone."""

    day: Day | None = None
    plan: Plan = Plan()
    scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]] = field(default_factory=dict)
    go_guard: Duration = Duration(500)
    take_deadline: Duration = Duration(2_000)
    guests: frozenset[PersonId] = frozenset()
    guest_lead: Duration = Duration(0)
    unwatched: frozenset[PersonId] = frozenset()
    """The guests of whom there is no preview: nothing is ever known of their picture."""
    in_scene: Mapping[SurfaceId, Mapping[SceneName, frozenset[PersonId]]] = field(default_factory=dict)
    """The guests that are seen in each scene of the day."""
    clips: frozenset[InputId] = frozenset()
    loops: frozenset[InputId] = frozenset()
    clip_patience: Duration = Duration(1_000)
    stays_armed: Duration = Duration(15_000)
    words: Mapping[CueId, Mapping[SurfaceId, Mapping[str, str]]] = field(default_factory=dict)
    """What each cue has the texts of a surface say, by their names in OBS."""
    interpretation: Interpretation = Interpretation()
    outputs: tuple[Output, ...] = ()
    output_rules: OutputRules = OutputRules()
    dead_air: DeadAirRules = DeadAirRules()
    excuses: Excuses = Excuses()
    walls: tuple[SurfaceId, ...] = ()
    holding: Mapping[SurfaceId, SceneName] = field(default_factory=dict)
    roll_columns: Mapping[CueId, tuple[RollColumn, ...]] = field(default_factory=dict)
    locks: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    """What GO is meant to take."""

    cue: CueId | None = None
    """Where the operator put it; None while it follows the running order."""
    called: CueId | None = None
    """The cue for which "stand by" was said."""
    called_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Edits:
    """What the operators changed in the rundown on air, in order, and what follows from it."""

    done: tuple[TimeAdded | SkipSet | FileEdit, ...] = ()
    undone: tuple[TimeAdded | SkipSet | FileEdit, ...] = ()
    added: Mapping[CueId, Duration] = field(default_factory=dict)
    skips: Mapping[CueId, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuestState:
    """What is known of a remote guest."""

    signal: Signal = Signal.CONNECTING
    since: Instant | None = None
    """Since when the signal is what it is; None if nothing was heard of it since the console started."""
    reason: Text | None = None
    checks: Mapping[Check, Checked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """One mark of a tech check: what was found, when, and by whom."""

    verdict: Verdict
    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class Override:
    """What is heard on a surface by an operator's hand; until the next take, or ``kept`` until it is released."""

    heard: Heard
    kept: bool


@dataclass(frozen=True, slots=True)
class Sound:
    """What is to be heard on each surface and what is known to be, said and shown, and who speaks in the booths."""

    floor: str = ""
    wanted: Mapping[SurfaceId, Levels] = field(default_factory=dict)
    """As it was last sent."""
    sent_at: Mapping[SurfaceId, Instant] = field(default_factory=dict)
    seen: Mapping[SurfaceId, Levels] = field(default_factory=dict)
    words: Mapping[SurfaceId, Mapping[str, str]] = field(default_factory=dict)
    """What the texts are known to say whose words come with the takes."""
    overrides: Mapping[SurfaceId, Override] = field(default_factory=dict)
    booths: Mapping[str, Instant] = field(default_factory=dict)
    """Since when the same interpreter speaks, by the booth's line of sound."""


@dataclass(frozen=True, slots=True)
class Armed:
    """What was armed, and when; see ``arming``."""

    act: Grave
    subject: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Noted:
    """An alarm that is written down; see ``alarm_book``."""

    at: Instant
    severity: Severity
    acknowledged_at: Instant | None = None
    by: str = ""
    """Who acknowledged it."""


@dataclass(frozen=True, slots=True)
class Show:
    rundown: Loaded = Loaded()
    surfaces: Mapping[SurfaceId, SurfaceState] = field(default_factory=dict)
    on_air: Take | None = None
    taking: Take | None = None
    history: tuple[Take, ...] = ()
    """What was on air before, latest last, for Back; bounded."""
    runs: Runs = field(default_factory=Runs)
    """The last time on air of every cue that had one."""
    pointer: Pointer = Pointer()
    edits: Edits = Edits()
    editing: Editing = Editing()
    """Edits that are on their way into the files, or kept; see ``file_edits``."""
    clips: Mapping[SurfaceId, ClipMark] = field(default_factory=dict)
    """The clip of the current cue, as each surface's OBS plays it."""
    clip_files: Mapping[InputId, ClipFile] = field(default_factory=dict)
    """What is known of clips before air."""
    follows_clips: bool = True
    """Whether the next cue follows by itself where a clip cue says so."""
    presses: tuple[PressId, ...] = ()
    """The latest presses carried out, so that one press is never done twice."""
    started_at: Instant | None = None
    """When the console came up the last time."""
    last_go_at: Instant | None = None
    refusal: Refusal | None = None
    journal_trouble: Text | None = None
    guests: Mapping[PersonId, GuestState] = field(default_factory=dict)
    """The remote guests of whom something is known; of one who left the rundown, only what was checked."""
    armed: Armed | None = None
    locked: bool = False
    """The show lock is on; see ``show_lock``."""
    speaker: SpeakerState = SpeakerState()
    """What was sent to the speaker's timer; see ``messages``."""
    stage: StageState = StageState()
    noted: Mapping[tuple[str, str], Noted] = field(default_factory=dict)
    """The alarms that are written down and whose cause lasts, by code and subject."""
    sound: Sound = Sound()
    outputs: Outputs = field(default_factory=dict)
    """The streams and recordings of which something is known."""
    measures: Mapping[SurfaceId, Measures] = field(default_factory=dict)
    air: Mapping[SurfaceId, Mapping[Fault, Instant]] = field(default_factory=dict)
    """What is wrong with a surface's picture and sound, meant so or not, each since when."""
    watched: Mapping[SurfaceId, WatchState] = field(default_factory=dict)
    walls: Mapping[SurfaceId, WallState] = field(default_factory=dict)
    """What was done to the walls by hand; of those to which nothing was, nothing."""
    roll_call: Marks = field(default_factory=dict)
    unwritten: Mapping[SurfaceId, Text] = field(default_factory=dict)
    """Surfaces whose lists are not what they should be, and why."""

    @property
    def day(self) -> Day | None:
        return self.rundown.day

    @property
    def plan(self) -> Plan:
        return self.rundown.plan

    @property
    def clip_surface(self) -> SurfaceId | None:
        """The surface whose clip is the clock: the first of those that play it."""
        return next((name for name in self.surfaces if name in self.clips), None)

    @property
    def clip(self) -> ClipMark | None:
        """The clip of the current cue where it is the clock."""
        surface = self.clip_surface
        return self.clips[surface] if surface is not None else None

    @property
    def clip_lengths(self) -> Mapping[InputId, Duration]:
        """The clips whose length is known."""
        return {name: file.duration for name, file in self.clip_files.items() if file.duration is not None}

    @property
    def current(self) -> Take | None:
        """The take that the running order counts from: the one on its way, else the one on air."""
        return self.taking or self.on_air


def remembered(show: Show, press: PressId) -> tuple[PressId, ...]:
    """The presses that were carried out, with ``press``; the oldest are forgotten."""
    return (*show.presses[-REMEMBERED_PRESSES + 1 :], press)


def cue_of(show: Show, cue: CueId) -> Cue | None:
    """The cue as the rundown has it now; one deleted under air is still known while it is on air."""
    place = show.plan.place(cue)
    if place is not None:
        return show.plan.cues[place]
    for take in (show.taking, show.on_air):
        if take is not None and take.cue.id == cue:
            return take.cue
    return None


def is_skipped(show: Show, cue: Cue) -> bool:
    return show.edits.skips.get(cue.id, cue.skip)


def position(show: Show) -> int:
    """The place in the running order that has been reached; -1 before the first cue.

    A cue deleted under air keeps its place: it lies behind the cue that stood before it.
    """
    take = show.current or (show.history[-1] if show.history else None)
    if take is None:
        return -1
    place = show.plan.place(take.cue.id)
    if place is not None:
        return place
    anchor = show.plan.place(take.anchor) if take.anchor is not None else None
    return -1 if anchor is None else anchor


def next_cue(show: Show) -> Cue | None:
    """What GO takes: where the pointer was put, else the first cue after the running one that is not skipped."""
    if show.pointer.cue is not None:
        place = show.plan.place(show.pointer.cue)
        if place is not None:
            return show.plan.cues[place]
    cues = show.plan.cues
    for place in range(position(show) + 1, len(cues)):
        if not is_skipped(show, cues[place]):
            return cues[place]
    return None


def surface_of(show: Show, surface: SurfaceId) -> SurfaceState:
    """What is known of ``surface``; nothing, of one that has not been heard of."""
    return show.surfaces.get(surface) or SurfaceState()


def missing_scenes(show: Show, surface: SurfaceId) -> frozenset[SceneName]:
    """Scenes that the day needs on a connected surface and that its collection does not have."""
    state = show.surfaces.get(surface)
    if state is None or not state.connected:
        return frozenset()
    needed = {wanted[surface] for wanted in show.rundown.scenes.values() if surface in wanted}
    if surface in show.rundown.holding:
        needed.add(show.rundown.holding[surface])
    return frozenset(needed) - state.present

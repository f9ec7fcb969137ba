"""What the console is to do, in the imperative, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from studio_console.core.editing import Draft, Edit
from studio_console.core.interpretation import Levels
from studio_console.core.picture import ScenePlan
from studio_console.core.reports import ClipRanOut
from studio_console.core.rundown import Transition
from studio_console.core.studio import OutputKind, Words
from studio_console.core.text import Text
from studio_console.core.units import CueId, Instant, PressId, SceneName, SurfaceId


@dataclass(frozen=True, slots=True)
class TakeScene:
    """Put ``scene`` on the air of ``surface``."""

    surface: SurfaceId
    scene: SceneName
    transition: Transition
    cue: CueId | None
    """The cue that it is for; None where a surface is taken alone and no cue is on air."""
    press: PressId
    reason: str
    words: Mapping[str, str] = field(default_factory=dict)
    """What texts are to say from then on, by their names in OBS."""
    sound: Levels = field(default_factory=dict)
    """What is to be heard from then on."""


@dataclass(frozen=True, slots=True)
class SetSound:
    """Have these inputs of ``surface`` heard like this; its picture stays."""

    surface: SurfaceId
    levels: Levels
    reason: str


@dataclass(frozen=True, slots=True)
class ArrangeScene:
    """Make ``scene`` have these items, unless it is on air. ``words`` are its texts, by their input's name."""

    surface: SurfaceId
    scene: ScenePlan
    words: Mapping[str, Words]
    press: PressId
    reason: str


@dataclass(frozen=True, slots=True)
class WriteText:
    """Make the text ``input`` of the surface's OBS say ``text``."""

    surface: SurfaceId
    input: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeaveStudioMode:
    """Switch the studio mode of the surface's OBS off."""

    surface: SurfaceId
    reason: str


@dataclass(frozen=True, slots=True)
class Reconnect:
    """Try the surface's OBS again, though it refused for good."""

    surface: SurfaceId
    reason: str


@dataclass(frozen=True, slots=True)
class PromoteStandby:
    """From now on the OBS at ``address`` (``host:port``) is the surface's main one, its other one the standby.

    Nothing is sent to either.
    """

    surface: SurfaceId
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class AlignStandby:
    """Put ``scene`` on the surface's standby OBS, with a cut. The main one is not touched."""

    surface: SurfaceId
    scene: SceneName
    press: PressId
    reason: str


@dataclass(frozen=True, slots=True)
class StartOutput:
    """Start the stream or recording of the surface's OBS."""

    surface: SurfaceId
    kind: OutputKind
    press: PressId
    reason: str


@dataclass(frozen=True, slots=True)
class StopOutput:
    surface: SurfaceId
    kind: OutputKind
    press: PressId
    reason: str


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Post ``DeadlinePassed(press)`` when ``instant`` has come."""

    instant: Instant
    press: PressId
    reason: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Tell the operator that what they pressed was not done, and why."""

    press: PressId | None
    reason: Text
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FollowClip:
    """Post ``event``, so that what the show does by itself is an event of its own, as a press is."""

    event: ClipRanOut
    reason: str


@dataclass(frozen=True, slots=True)
class WriteEdit:
    """Put ``edit`` into the event files."""

    edit: Edit
    reason: str


@dataclass(frozen=True, slots=True)
class DropEdit:
    """Forget the unsaved edit of ``press``."""

    press: PressId
    reason: str


@dataclass(frozen=True, slots=True)
class RevertEdit:
    """Take what the edit of ``press`` wrote out of the files again; ``redo``: put it back."""

    press: PressId
    redo: bool
    reason: str


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep what is being typed where a crash does not reach it; None: forget it."""

    draft: Draft | None
    reason: str


EditOrder: TypeAlias = WriteEdit | DropEdit | RevertEdit | KeepDraft
"""What whoever writes the event files is asked for."""

Effect: TypeAlias = (
    TakeScene
    | ArrangeScene
    | WriteText
    | SetSound
    | LeaveStudioMode
    | Reconnect
    | PromoteStandby
    | AlignStandby
    | StartOutput
    | StopOutput
    | WakeAt
    | Refuse
    | FollowClip
    | EditOrder
)

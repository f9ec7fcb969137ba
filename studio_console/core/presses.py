"""What the operators do, in the past tense; most of it by pressing a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio_console.core.arrangement import Arrangement
from studio_console.core.interpretation import Under
from studio_console.core.picture import Item
from studio_console.core.problems import Severity
from studio_console.core.roll_call import RollMark
from studio_console.core.studio import Words
from studio_console.core.units import CueId, Duration, PersonId, PressId, SurfaceId


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
    UNLOCK = "unlock"
    """The show lock is taken off."""


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


@dataclass(frozen=True, slots=True)
class ShowLockSet:
    """``on``: nothing of the event is edited, and what is dangerous asks for one more, different press.

    To take it off is armed before.
    """

    on: bool


@dataclass(frozen=True, slots=True)
class AlarmAcknowledged:
    """``by`` has seen the alarm ``code`` of ``subject`` (see ``alarm_book``) and sees to it.

    ``severity`` is how bad it was then: should it become worse, it has to be seen again.
    """

    code: str
    subject: str
    severity: Severity
    by: str

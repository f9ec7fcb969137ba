"""What the stage manager says of speakers and of the hall: events in the past tense, and what the show keeps of them.

No word here names anybody who came into the hall: that is the ledger's (``ports.HallLedger``), which forgets again.
The journal does not, so it has counts, reasons and times alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studio_console.core.change import replace
from studio_console.core.hall import HallReason
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant, PersonId, PressId

NOTES_KEPT = 20


class SpeakerMark(StrEnum):
    """What the stage manager notes of a speaker."""

    CALLED = "called"
    ARRIVED = "arrived"
    """Of speakers in the hall; of remote ones their picture says it."""
    CHECKED = "checked"
    """Microphone and place of a speaker in the hall; of remote ones the tech check says it."""
    STANDBY = "standby"
    READY = "ready"


MARK_WORDS: Mapping[SpeakerMark, Text] = {
    SpeakerMark.CALLED: Text("호출", "called"),
    SpeakerMark.ARRIVED: Text("도착", "arrived"),
    SpeakerMark.CHECKED: Text("점검", "checked"),
    SpeakerMark.STANDBY: Text("스탠바이", "standby"),
    SpeakerMark.READY: Text("준비", "ready"),
}
OF_THE_DAY = frozenset({SpeakerMark.ARRIVED, SpeakerMark.CHECKED})
"""What is so for all cues of a person's day; the other marks are for one cue."""


@dataclass(frozen=True, slots=True)
class SpeakerMarked:
    """``by`` marked ``people``, who speak in ``cue``, or took the mark away."""

    cue: CueId
    people: tuple[PersonId, ...]
    mark: SpeakerMark
    on: bool
    by: str
    press: PressId


@dataclass(frozen=True, slots=True)
class StageStandbyAcknowledged:
    """The stage has heard the "stand by" that was called for ``cue``."""

    cue: CueId
    by: str
    press: PressId


@dataclass(frozen=True, slots=True)
class StageNoteWritten:
    """A short word between stage and control room, seen by both."""

    text: str
    by: str
    press: PressId


@dataclass(frozen=True, slots=True)
class HallCounted:
    """How many are in the hall by the ledger, how many of them with a fever, how many not measured.

    ``visits`` is how many came in today, whoever left again.
    """

    inside: int
    fevers: int
    unmeasured: int
    visits: int


@dataclass(frozen=True, slots=True)
class HallEntryRefused:
    """Somebody was not let in. ``by`` is the post that keeps the door."""

    reasons: tuple[HallReason, ...]
    route: str
    by: str


@dataclass(frozen=True, slots=True)
class HallEntryOverridden:
    """Somebody was let in in spite of ``reasons``; ``entry`` is the ledger's number for it, which says who allowed it
    for as long as the ledger is kept."""

    entry: str
    reasons: tuple[HallReason, ...]
    route: str
    by: str


@dataclass(frozen=True, slots=True)
class HallExitTakenBack:
    """Somebody who was written down as gone is in the hall; ``entry`` is the ledger's number for them."""

    entry: str
    by: str


@dataclass(frozen=True, slots=True)
class Marked:
    at: Instant
    by: str


Marks = Mapping[PersonId, Mapping[SpeakerMark, Marked]]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    cue: CueId
    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class StageNote:
    text: str
    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class StageState:
    """All that the show knows from the stage."""

    people: Marks = field(default_factory=dict)
    """What holds for a person all day."""
    cues: Mapping[CueId, Marks] = field(default_factory=dict)
    """What was marked for one cue."""
    acknowledged: Acknowledged | None = None
    notes: tuple[StageNote, ...] = ()
    """Latest last; bounded."""
    hall: HallCounted | None = None
    """None until the ledger has told."""

    @property
    def at_work(self) -> bool:
        """Whether the stage has said anything today. A hall without a stage manager is not told who is not ready."""
        return bool(self.people or self.cues or self.acknowledged)


def shifted(stage: StageState, amount: Duration) -> StageState:
    """The wall clock was set by ``amount`` ms."""
    if stage == StageState():
        return stage
    heard = stage.acknowledged
    return replace(
        stage,
        people=_shifted_marks(stage.people, amount),
        cues={cue: _shifted_marks(marks, amount) for cue, marks in stage.cues.items()},
        acknowledged=replace(heard, at=Instant(heard.at + amount)) if heard is not None else None,
        notes=tuple(replace(note, at=Instant(note.at + amount)) for note in stage.notes),
    )


def _shifted_marks(marks: Marks, amount: Duration) -> Marks:
    return {
        person: {mark: replace(entry, at=Instant(entry.at + amount)) for mark, entry in given.items()}
        for person, given in marks.items()
    }

"""What the stage marks: speakers called, arrived, checked, at standby, ready; notes; how many are in the hall."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.refusals import ALREADY_DONE, UNKNOWN_CUE, Outcome, refuse
from studio_console.core.rundown import Cue
from studio_console.core.show import Show, cue_of, remembered
from studio_console.core.stage import (
    NOTES_KEPT,
    OF_THE_DAY,
    Acknowledged,
    HallCounted,
    Marked,
    Marks,
    SpeakerMark,
    SpeakerMarked,
    StageNote,
    StageNoteWritten,
    StageStandbyAcknowledged,
    StageState,
)
from studio_console.core.text import Text
from studio_console.core.units import CueId, Instant, PersonId

NOT_IN_CUE = Text("{cue}의 출연자가 아닙니다", "Nobody who speaks in {cue}")
NOT_CALLED = Text(
    "지금 TD가 부른 스탠바이가 아닙니다. 화면을 보고 다시 누르세요",
    "This is not the standby that was called: look, then press again",
)
HEARD_ALREADY = Text("{cue} 스탠바이는 이미 확인했습니다", "The standby of {cue} was acknowledged already")
EMPTY_NOTE = Text("메모가 비어 있습니다", "The note is empty")
LONGEST_NOTE = 200


def mark_speaker(show: Show, event: SpeakerMarked, now: Instant) -> Outcome:
    """Marks who speaks in the cue. Whoever is sent to standby, or is ready, for what the TD called has heard it."""
    cue = cue_of(show, event.cue)
    if cue is None:
        return refuse(show, event.press, now, UNKNOWN_CUE)
    people = [person for person in event.people if person in cue.speakers]
    if not people:
        return refuse(show, event.press, now, NOT_IN_CUE, {"cue": cue.number})
    stage = show.stage
    if event.mark in OF_THE_DAY:
        stage = replace(stage, people=_marked(stage.people, people, event, now))
    else:
        marks = _marked(stage.cues.get(cue.id, {}), people, event, now)
        stage = replace(stage, cues={**stage.cues, cue.id: marks})
    show = replace(show, stage=stage, refusal=None)
    if event.on and event.mark in (SpeakerMark.STANDBY, SpeakerMark.READY) and awaits_stage(show) == cue.id:
        show = _heard(show, cue.id, event.by, now)
    return show, ()


def _marked(marks: Marks, people: list[PersonId], event: SpeakerMarked, now: Instant) -> Marks:
    fresh = dict(marks)
    for person in people:
        given = {mark: entry for mark, entry in fresh.get(person, {}).items() if mark is not event.mark}
        if event.on:
            given[event.mark] = Marked(now, event.by)
        fresh[person] = given
    return fresh


def acknowledge_standby(show: Show, event: StageStandbyAcknowledged, now: Instant) -> Outcome:
    if show.pointer.called != event.cue:
        return refuse(show, event.press, now, NOT_CALLED)
    if awaits_stage(show) is None:
        cue = cue_of(show, event.cue)
        return refuse(show, event.press, now, HEARD_ALREADY, {"cue": cue.number if cue is not None else event.cue})
    return _heard(replace(show, refusal=None), event.cue, event.by, now), ()


def _heard(show: Show, cue: CueId, by: str, now: Instant) -> Show:
    return replace(show, stage=replace(show.stage, acknowledged=Acknowledged(cue, now, by)))


def write_note(show: Show, event: StageNoteWritten, now: Instant) -> Outcome:
    if event.press in show.presses:
        return refuse(show, event.press, now, ALREADY_DONE)
    text = " ".join(event.text.split())[:LONGEST_NOTE]
    if not text:
        return refuse(show, event.press, now, EMPTY_NOTE)
    notes = (*show.stage.notes[-NOTES_KEPT + 1 :], StageNote(text, now, event.by))
    stage = replace(show.stage, notes=notes)
    return replace(show, stage=stage, presses=remembered(show, event.press), refusal=None), ()


def count_hall(show: Show, event: HallCounted) -> Show:
    return show if show.stage.hall == event else replace(show, stage=replace(show.stage, hall=event))


def restarted(stage: StageState) -> StageState:
    """What people said stays; how many are in the hall the ledger tells anew."""
    return stage if stage.hall is None else replace(stage, hall=None)


# --- what is known


def awaits_stage(show: Show) -> CueId | None:
    """The cue for which "stand by" was called and the stage has not said that it heard it."""
    called, at = show.pointer.called, show.pointer.called_at
    if called is None or at is None:
        return None
    heard = show.stage.acknowledged
    return None if heard is not None and heard.cue == called and heard.at >= at else called


def acknowledged_at(show: Show, cue: CueId) -> Instant | None:
    """When the stage acknowledged the standby that is called for ``cue``."""
    heard = show.stage.acknowledged
    if heard is None or heard.cue != cue or show.pointer.called != cue or awaits_stage(show) is not None:
        return None
    return heard.at


def marked(show: Show, cue: CueId, person: PersonId, mark: SpeakerMark) -> Marked | None:
    marks = show.stage.people if mark in OF_THE_DAY else show.stage.cues.get(cue, {})
    return marks.get(person, {}).get(mark)


def not_ready(show: Show, cue: Cue) -> tuple[PersonId, ...]:
    """Who of ``cue`` has not been said to be ready; nobody, while nothing at all is heard from the stage."""
    if not show.stage.at_work:
        return ()
    return tuple(person for person in cue.speakers if marked(show, cue.id, person, SpeakerMark.READY) is None)


def is_ready(show: Show, cue: Cue) -> bool:
    """Whether everybody who speaks in ``cue`` was said to be ready."""
    return bool(cue.speakers) and show.stage.at_work and not not_ready(show, cue)

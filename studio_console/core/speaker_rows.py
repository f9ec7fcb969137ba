"""The next speakers as the stage manager sees them: who, when, how far they are, what is missing, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio_console.core.guests import FOUND_BAD, GOOD, NO_CHECK, SIGNAL_WORDS, guest_of, lacking
from studio_console.core.presses import Check, Verdict
from studio_console.core.reports import Signal
from studio_console.core.rundown import Cue, Person, Where
from studio_console.core.show import Show, is_skipped
from studio_console.core.stage import SpeakerMark
from studio_console.core.stage_marks import awaits_stage, marked
from studio_console.core.text import Text
from studio_console.core.timing import CueTime, Projection
from studio_console.core.units import CueId, Duration, Instant, PersonId

MOST_ROWS = 40
ONE_BY_ONE = 4
"""Of so many remote speakers each has a row; of more, such as forty-two cities, one row counts them."""
WRONG = (Signal.LOST, Signal.FROZEN, Signal.BLACK, Signal.UNPLAYABLE)


class ChipState(StrEnum):
    DONE = "done"
    DUE = "due"
    """It should be so by now."""
    OPEN = "open"


class Act(StrEnum):
    """What the stage manager does next with a speaker."""

    CALL = "call"
    CALL_AGAIN = "call again"
    ARRIVED = "arrived"
    CHECKED = "checked"
    STANDBY = "standby"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Chip:
    """One step of a speaker."""

    mark: SpeakerMark
    """``ARRIVED`` of a remote speaker is that their picture is good, ``CHECKED`` their tech check."""
    state: ChipState
    at: Instant | None = None
    done: int = 0
    """How many of the row's people are so far."""
    lack: Text | None = None
    """What is wrong, in a word or two."""


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Who speaks in a cue: one person, or many remote ones together."""

    cue: Cue
    people: tuple[PersonId, ...]
    remote: bool
    turn: int
    """How many GOs away: 0 on air, 1 next; -1 just over."""
    taking: bool
    until: int | None
    """Whole seconds to the projected start, or what is left of the cue on air; None for an open end."""
    start: Instant | None
    """Its projected start; when it was over, for one that is."""
    call: Instant | None
    """When they are called by plan."""
    called: bool
    """The TD called "stand by" for the cue."""
    chips: tuple[Chip, ...]
    act: Act | None
    lacks: tuple[Text, ...] = ()
    """What else speaks against them by now."""

    @property
    def key(self) -> str:
        return f"{self.cue.id} {self.people[0]}"

    @property
    def ready(self) -> bool:
        return self.chips[-1].state is ChipState.DONE


def speaker_rows(
    show: Show, projection: Projection, people: Mapping[PersonId, Person], lead: Duration
) -> tuple[SpeakerRow, ...]:
    """The speakers from the cue on air on, in running order; before them who has just been.

    ``lead``: so long before their planned time they are called, in ms, where their cue does not say when.
    """
    found: list[SpeakerRow] = []
    been = _been_on_air(show)
    for cue, turn, time in _cues(show, projection):
        for group in _groups(cue, people):
            found.append(_row(show, projection, people, lead, been, cue, group, turn, time))
        if len(found) >= MOST_ROWS:
            break
    return tuple(found[:MOST_ROWS])


def _cues(show: Show, projection: Projection) -> Iterator[tuple[Cue, int, CueTime | None]]:
    """The cue that is over, the one on air and those to come, with how many GOs away each is; every cue once.

    Where somebody went back, a cue that is over or on air lies ahead as well.
    """
    plan, current = show.plan, show.current
    last = show.history[-1] if show.history else None
    first = plan.place(projection.next.id) if projection.next is not None else None
    ahead = range(first, len(plan.cues)) if first is not None else range(0)
    if last is not None and (current is None or last.cue.id != current.cue.id) and plan.place(last.cue.id) not in ahead:
        yield last.cue, -1, None
    if current is not None:
        place = plan.place(current.cue.id)
        yield current.cue, 0, projection.rows[place] if place is not None else None
    turn = 0
    for place in ahead:
        cue = plan.cues[place]
        if turn and is_skipped(show, cue):
            continue
        turn += 1
        if current is None or cue.id != current.cue.id:
            yield cue, turn, projection.rows[place]


def _groups(cue: Cue, people: Mapping[PersonId, Person]) -> Iterator[tuple[PersonId, ...]]:
    """Who has a row of their own: those in the hall, and remote ones if they are few."""
    known = [person for person in cue.speakers if person in people]
    remote = [person for person in known if people[person].where is Where.REMOTE]
    together = len(remote) > ONE_BY_ONE
    told = False
    for person in known:
        if not together or people[person].where is not Where.REMOTE:
            yield (person,)
        elif not told:
            told = True
            yield tuple(remote)


def _row(
    show: Show,
    projection: Projection,
    people: Mapping[PersonId, Person],
    lead: Duration,
    been: Mapping[PersonId, Instant],
    cue: Cue,
    group: tuple[PersonId, ...],
    turn: int,
    time: CueTime | None,
) -> SpeakerRow:
    now = projection.now
    start = time.projected_start if time is not None else None
    until: int | None = None
    if turn > 0 and start is not None:
        until = -(-max(0, start - now) // 1000)
    elif turn == 0 and show.taking is None and projection.countdown is not None:
        left = projection.countdown.remaining
        until = None if left is None else -(-left // 1000)
    if turn < 0:
        run = show.runs.get(cue.id)
        start = run.ended_at if run is not None else None
    call = call_time(cue, time, lead)
    remote = people[group[0]].where is Where.REMOTE
    called = show.pointer.called == cue.id
    near = turn <= 1 or (start is not None and start - now <= show.rundown.guest_lead)
    chips = tuple(_chip(show, been, cue, group, mark, remote) for mark in SpeakerMark)
    chips = _judged(chips, turn, near, called, call is not None and now >= call)
    act = _act(chips, remote and not show.rundown.unwatched.issuperset(group), called) if turn > 0 else None
    taking = turn == 0 and show.taking is not None
    lacks = _lacks(show, cue, group) if turn > 0 and near else ()
    return SpeakerRow(cue, group, remote, turn, taking, until, start, call, called, chips, act, lacks)


def _lacks(show: Show, cue: Cue, group: tuple[PersonId, ...]) -> tuple[Text, ...]:
    """What a single remote speaker lacks of what the cue needs, other than what the steps say."""
    if len(group) > 1:
        return ()
    said = (*SIGNAL_WORDS.values(), *FOUND_BAD.values(), NO_CHECK)
    return tuple(lack.text for lack in lacking(show, cue) if lack.guest == group[0] and lack.text not in said)


def call_time(cue: Cue, time: CueTime | None, lead: Duration) -> Instant | None:
    """When the speakers of ``cue`` are called: by plan, so that it is the time they were told."""
    if cue.call is not None:
        return cue.call
    return Instant(time.planned_start - lead) if time is not None else None


def _been_on_air(show: Show) -> dict[PersonId, Instant]:
    """Who has spoken today, since when first: whoever has is here, whether that was marked or not."""
    found: dict[PersonId, Instant] = {}
    for cue, run in show.runs.items():
        place = show.plan.place(cue)
        if place is not None and not run.backed_out:
            for person in show.plan.cues[place].speakers:
                found[person] = min(run.started_at, found.get(person, run.started_at))
    if show.on_air is not None:
        for person in show.on_air.cue.speakers:
            found.setdefault(person, show.on_air.started_at)
    return found


def _chip(
    show: Show, been: Mapping[PersonId, Instant], cue: Cue, group: tuple[PersonId, ...], mark: SpeakerMark, remote: bool
) -> Chip:
    """How far the group is with one step, whether it is time for it or not."""
    times: list[Instant] = []
    lack: Text | None = None
    for person in group:
        at, wrong = _reached(show, cue.id, person, mark, remote)
        if at is None and not remote and mark is SpeakerMark.ARRIVED:
            at = been.get(person)
        lack = lack or wrong
        if at is not None:
            times.append(at)
    if len(times) == len(group):
        return Chip(mark, ChipState.DONE, max(times), len(times))
    return Chip(mark, ChipState.DUE if lack is not None else ChipState.OPEN, None, len(times), lack)


def _reached(
    show: Show, cue: CueId, person: PersonId, mark: SpeakerMark, remote: bool
) -> tuple[Instant | None, Text | None]:
    """Since when ``person`` has reached a step, or what is known to be wrong with it."""
    entry = marked(show, cue, person, mark)
    if entry is not None or not remote:
        return (entry.at if entry is not None else None), None
    state = guest_of(show, person)
    if mark is SpeakerMark.ARRIVED:
        if state.signal in GOOD:
            return state.since if state.since is not None else Instant(0), None
        return None, SIGNAL_WORDS[state.signal] if state.signal in WRONG else None
    if mark is SpeakerMark.CHECKED:
        bad = next((check for check, seen in state.checks.items() if seen.verdict is Verdict.BAD), None)
        if bad is not None:
            return None, FOUND_BAD[bad]
        if all(check in state.checks for check in Check):
            return Instant(max(seen.at for seen in state.checks.values())), None
    return None, None


def _judged(chips: tuple[Chip, ...], turn: int, near: bool, called: bool, call_passed: bool) -> tuple[Chip, ...]:
    """The steps that should be reached by now are due."""
    if turn <= 0:
        return chips
    here = _is_done(chips, SpeakerMark.ARRIVED)
    told = _is_done(chips, SpeakerMark.CALLED) or here
    due = {
        SpeakerMark.CALLED: call_passed and not told,
        SpeakerMark.ARRIVED: near or _is_done(chips, SpeakerMark.CALLED),
        SpeakerMark.CHECKED: near,
        SpeakerMark.STANDBY: turn == 1 and called,
        SpeakerMark.READY: _is_done(chips, SpeakerMark.STANDBY) or (turn == 1 and called),
    }
    return tuple(
        Chip(chip.mark, ChipState.DUE, chip.at, chip.done, chip.lack)
        if chip.state is ChipState.OPEN and due[chip.mark]
        else chip
        for chip in chips
    )


def _is_done(chips: tuple[Chip, ...], mark: SpeakerMark) -> bool:
    return any(chip.mark is mark and chip.state is ChipState.DONE for chip in chips)


def _act(chips: tuple[Chip, ...], seen_by_itself: bool, called: bool) -> Act | None:
    """The next sensible thing to do; None where nothing is left. ``seen_by_itself``: a preview tells who is there."""
    done = {chip.mark for chip in chips if chip.state is ChipState.DONE}
    if SpeakerMark.READY in done:
        return None
    if SpeakerMark.STANDBY in done:
        return Act.READY
    if SpeakerMark.ARRIVED not in done:
        if SpeakerMark.CALLED not in done:
            return Act.CALL
        return Act.CALL_AGAIN if seen_by_itself else Act.ARRIVED
    if SpeakerMark.CHECKED not in done and not seen_by_itself and not called:
        return Act.CHECKED
    return Act.STANDBY


def marks_of(act: Act) -> SpeakerMark:
    """What doing ``act`` marks."""
    return SpeakerMark.CALLED if act in (Act.CALL, Act.CALL_AGAIN) else SpeakerMark(act.value)


def unheard(show: Show) -> Cue | None:
    """The cue whose standby waits for the stage's word."""
    cue = awaits_stage(show)
    place = show.plan.place(cue) if cue is not None else None
    return show.plan.cues[place] if place is not None else None

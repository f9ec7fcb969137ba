"""The planned times of a day: what the rundown says, before anything has happened.

Planned times follow from the files alone. What the operators do on air moves the projected times and never these,
so that over and under always has something fixed to be measured against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from studio_console.core.rundown import Cue, Day
from studio_console.core.units import CueId, Duration, InputId, Instant, SessionId, midnight_utc


class Part(NamedTuple):
    """The planned bounds of a session that has cues: those from ``first`` up to, not including, ``stop``."""

    session: SessionId
    first: int
    stop: int
    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Plan:
    """A day in running order, column by column; every tuple but ``parts`` has one entry a cue."""

    cues: tuple[Cue, ...] = ()
    index: Mapping[CueId, int] | None = None
    session_of: tuple[int, ...] = ()
    opens: tuple[Instant | None, ...] = ()
    """The published start of a session, at its first cue."""
    closes: tuple[Instant | None, ...] = ()
    """The hard end of a session, at its last cue."""
    skipped: tuple[bool, ...] = ()
    lengths: tuple[Duration | None, ...] = ()
    fixed: tuple[Instant | None, ...] = ()
    """The hard starts."""
    counts_to: tuple[Instant | None, ...] = ()
    """The ends that are counted to."""
    due: tuple[Instant | None, ...] = ()
    """Back-timed: by when each cue has to end; see ``due_ends``."""
    start: tuple[Instant, ...] = ()
    end: tuple[Instant, ...] = ()
    parts: tuple[Part, ...] = ()

    def place(self, cue: CueId) -> int | None:
        return self.index.get(cue) if self.index else None


NO_CLIPS: Mapping[InputId, Duration] = {}


def plan_times(day: Day, clips: Mapping[InputId, Duration] = NO_CLIPS) -> Plan:
    """The plan of ``day``. A cue skipped in the file has a planned time of no length.

    ``clips`` is how long clips last: a cue that says nothing else is as long as its own.
    """
    cues: list[Cue] = []
    session_of: list[int] = []
    opens: list[Instant | None] = []
    closes: list[Instant | None] = []
    for number, session in enumerate(day.sessions):
        last = len(session.cues) - 1
        for place, cue in enumerate(session.cues):
            cues.append(cue)
            session_of.append(number)
            opens.append(session.start if place == 0 else None)
            closes.append(session.end if place == last else None)
    plan = Plan(
        cues=tuple(cues),
        index={cue.id: place for place, cue in enumerate(cues)},
        session_of=tuple(session_of),
        opens=tuple(opens),
        closes=tuple(closes),
        skipped=tuple(cue.skip for cue in cues),
        lengths=tuple(planned_length(cue, clips) for cue in cues),
        fixed=tuple(cue.start for cue in cues),
        counts_to=tuple(cue.end for cue in cues),
    )
    due = due_ends(plan, plan.skipped, plan.lengths, plan.counts_to)
    cursor = _day_start(plan, due, day)
    starts: list[Instant] = []
    ends: list[Instant] = []
    owed: Instant | None = None
    for place, cue in enumerate(cues):
        owed = opens[place] if opens[place] is not None else owed
        begin = owed if owed is not None else cursor
        if cue.skip:
            starts.append(begin)
            ends.append(begin)
            continue
        if cue.start is not None:
            begin = cue.start
        owed = None
        cursor = expected_end(begin, plan.lengths[place], cue.end, due[place])
        starts.append(begin)
        ends.append(cursor)
    parts = _parts(day, starts, ends)
    return replace(plan, due=tuple(due), start=tuple(starts), end=tuple(ends), parts=parts)


def planned_length(cue: Cue, clips: Mapping[InputId, Duration]) -> Duration | None:
    """How long ``cue`` is to last; None for an open end, and for one that counts to its end."""
    if cue.duration is not None or cue.clip is None or cue.end is not None:
        return cue.duration
    return clips.get(cue.clip)


def _parts(day: Day, starts: Sequence[Instant], ends: Sequence[Instant]) -> tuple[Part, ...]:
    parts: list[Part] = []
    first = 0
    for session in day.sessions:
        stop = first + len(session.cues)
        if first < stop:
            end = session.end if session.end is not None else max(ends[first:stop])
            parts.append(Part(session.id, first, stop, min(starts[first:stop]), end))
        first = stop
    return tuple(parts)


def expected_end(begin: Instant, length: Duration | None, counts_to: Instant | None, due: Instant | None) -> Instant:
    """When a cue ends that begins at ``begin``; an open end lasts until ``due``, where something is due."""
    if counts_to is not None:
        return counts_to if counts_to > begin else begin
    if length is not None:
        return Instant(begin + length)
    return due if due is not None and due > begin else begin


def due_ends(
    plan: Plan,
    skipped: Sequence[bool],
    lengths: Sequence[Duration | None],
    counts_to: Sequence[Instant | None],
) -> list[Instant | None]:
    """Back-timing (역산): by when each cue has to end for the next hard point to be kept; None if none follows.

    A hard point is a fixed start, an end that is counted to, a session's published start or its hard end. A skipped
    cue takes no time and fixes nothing, except that its session still begins at its published start.
    """
    due: list[Instant | None] = []
    limit: Instant | None = None
    for opens, closes, fixed, skip, length, counts in zip(
        reversed(plan.opens),
        reversed(plan.closes),
        reversed(plan.fixed),
        reversed(skipped),
        reversed(lengths),
        reversed(counts_to),
        strict=True,
    ):
        if closes is not None and (limit is None or closes < limit):
            limit = closes
        if counts is not None and not skip and (limit is None or counts < limit):
            limit = counts
        due.append(limit)
        if opens is not None and (skip or fixed is None):
            limit = opens
        elif skip:
            pass
        elif fixed is not None:
            limit = fixed
        elif limit is not None:
            # What counts to its end has no length: it can shrink to nothing, so all before it may last until then.
            limit = Instant(limit - (length or 0))
    due.reverse()
    return due


def _day_start(plan: Plan, due: Sequence[Instant | None], day: Day) -> Instant:
    """Where the day begins: at its first fixed time, else back-timed, else at midnight: nothing is fixed then."""
    for cue, opens, by, length in zip(plan.cues, plan.opens, due, plan.lengths, strict=True):
        if not cue.skip and cue.start is not None:
            return cue.start
        if opens is not None:
            return opens
        if not cue.skip and by is not None:
            return Instant(by - (length or 0))
    return midnight_utc(day.date)

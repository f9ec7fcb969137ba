"""The planned times of a day: what the rundown says, before anything has happened.

Planned times follow from the files alone. What the operators do on air moves the projected times and never these,
so that over and under always has something fixed to be measured against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio_console.core.rundown import Cue, Day
from studio_console.core.units import CueId, Duration, Instant, midnight_utc


@dataclass(frozen=True, slots=True)
class Plan:
    """A day in running order, column by column; every tuple has one entry a cue."""

    cues: tuple[Cue, ...] = ()
    index: Mapping[CueId, int] | None = None
    session_of: tuple[int, ...] = ()
    opens: tuple[Instant | None, ...] = ()
    """The published start of a session, at its first cue."""
    closes: tuple[Instant | None, ...] = ()
    """The hard end of a session, at its last cue."""
    skipped: tuple[bool, ...] = ()
    lengths: tuple[Duration | None, ...] = ()
    start: tuple[Instant, ...] = ()
    end: tuple[Instant, ...] = ()

    def place(self, cue: CueId) -> int | None:
        return self.index.get(cue) if self.index else None


def plan_times(day: Day) -> Plan:
    """The plan of ``day``. A cue skipped in the file has a planned time of no length."""
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
        tuple(cues),
        {cue.id: place for place, cue in enumerate(cues)},
        tuple(session_of),
        tuple(opens),
        tuple(closes),
        tuple(cue.skip for cue in cues),
        tuple(cue.duration for cue in cues),
    )
    due = due_ends(plan, plan.skipped, plan.lengths)
    cursor = _day_start(plan, due, day)
    starts: list[Instant] = []
    ends: list[Instant] = []
    owed: Instant | None = None
    for place, cue in enumerate(cues):
        owed = opens[place] or owed
        if cue.skip:
            starts.append(cursor)
            ends.append(cursor)
            continue
        begin = cue.start or owed or cursor
        owed = None
        cursor = expected_end(cue, begin, cue.duration, due[place])
        starts.append(begin)
        ends.append(cursor)
    return replace(plan, start=tuple(starts), end=tuple(ends))


def expected_end(cue: Cue, begin: Instant, length: Duration | None, due: Instant | None) -> Instant:
    """When ``cue`` ends if it begins at ``begin``; an open end lasts until ``due``, where something is due."""
    if cue.end is not None:
        return cue.end if cue.end > begin else begin
    if length is not None:
        return Instant(begin + length)
    return due if due is not None and due > begin else begin


def due_ends(plan: Plan, skipped: Sequence[bool], lengths: Sequence[Duration | None]) -> list[Instant | None]:
    """Back-timing (역산): by when each cue has to end for the next hard point to be kept; None if none follows.

    A hard point is a fixed start, a session's published start or its hard end. A skipped cue takes no time and
    fixes nothing, except that its session still begins at its published start.
    """
    due: list[Instant | None] = [None] * len(plan.cues)
    limit: Instant | None = None
    for place in range(len(plan.cues) - 1, -1, -1):
        cue = plan.cues[place]
        close = plan.closes[place]
        if close is not None and (limit is None or close < limit):
            limit = close
        due[place] = limit
        if not skipped[place]:
            if cue.start is not None:
                limit = cue.start
            elif cue.end is not None:
                # Elastic: it can shrink to nothing, so all before it may last until its end.
                limit = cue.end if limit is None or cue.end < limit else limit
            elif limit is not None:
                limit = Instant(limit - (lengths[place] or 0))
        if plan.opens[place] is not None:
            limit = plan.opens[place]
    return due


def _day_start(plan: Plan, due: Sequence[Instant | None], day: Day) -> Instant:
    """Where the day begins: at its first fixed time, else back-timed, else at midnight: nothing is fixed then."""
    for cue, opens, by in zip(plan.cues, plan.opens, due, strict=True):
        if opens is not None:
            return opens
        if not cue.skip:
            if cue.start is not None:
                return cue.start
            if by is not None:
                return Instant(by - (cue.duration or 0))
    return midnight_utc(day.date)

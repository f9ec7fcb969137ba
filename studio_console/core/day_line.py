"""The day as a line: planned above, projected below, what is fixed, and now. From the plan and its projection alone."""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.rundown import Cue
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.timing import CueState, CueTime, Projection
from studio_console.core.units import CueId, Duration, Instant, SessionId


@dataclass(frozen=True, slots=True)
class SessionBlock:
    """A session as it is planned, and how late its end is projected to be."""

    id: SessionId
    title: Text
    start: Instant
    end: Instant
    over: Duration
    first: CueId
    """Its first cue."""


@dataclass(frozen=True, slots=True)
class CueBlock:
    """A cue from its actual or projected start to its end."""

    cue: Cue
    state: CueState
    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class HardMark:
    """A fixed time: a cue that begins by the clock, or a session's end where ``cue`` is None."""

    at: Instant
    cue: Cue | None
    missed: bool
    """It is projected to be passed."""


@dataclass(frozen=True, slots=True)
class DayLine:
    start: Instant
    end: Instant
    sessions: tuple[SessionBlock, ...]
    cues: tuple[CueBlock, ...]
    hard: tuple[HardMark, ...]


def day_line(show: Show, projection: Projection) -> DayLine | None:
    """None without a day, or where the day has no cue."""
    day, rows = show.day, projection.rows
    if day is None or not rows:
        return None
    cues = tuple(block for row in rows if (block := _block(row, projection.now)) is not None)
    titles = {session.id: session.title for session in day.sessions}
    sessions = tuple(
        SessionBlock(
            part.session,
            titles[part.session],
            part.start,
            part.end,
            projection.sessions[part.session].over,
            show.plan.cues[part.first].id,
        )
        for part in show.plan.parts
    )
    starts = [*(block.start for block in sessions), *(block.start for block in cues)]
    ends = [*(block.end for block in sessions), *(block.end for block in cues)]
    return DayLine(min(starts), max(ends), sessions, cues, _hard(show, projection))


def _block(row: CueTime, now: Instant) -> CueBlock | None:
    """None where the cue is passed, skipped or without a time of its own."""
    start = row.actual_start if row.actual_start is not None else row.projected_start
    if start is None:
        return None
    end = row.actual_end if row.actual_end is not None else row.projected_end
    return CueBlock(row.cue, row.state, start, max(start, end if end is not None else now))


def _hard(show: Show, projection: Projection) -> tuple[HardMark, ...]:
    marks: list[HardMark] = []
    for row, closes in zip(projection.rows, show.plan.closes, strict=True):
        begun = row.actual_start if row.actual_start is not None else row.projected_start
        if row.cue.start is not None and row.state is not CueState.SKIPPED:
            marks.append(HardMark(row.cue.start, row.cue, begun is not None and begun > row.cue.start))
        if closes is not None:
            ends = row.actual_end if row.actual_end is not None else row.projected_end
            marks.append(HardMark(closes, None, ends is not None and ends > closes))
    return tuple(marks)

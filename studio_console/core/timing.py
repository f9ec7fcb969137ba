"""Planned, projected and actual times, as functions of the show and an instant. Nothing here is ever decremented.

A projected time says when a cue will be if everything from now on takes as long as planned. Gaps before fixed
starts absorb lateness; what is early waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from studio_console.core.events import Playback
from studio_console.core.plan import due_ends, expected_end
from studio_console.core.rundown import Cue
from studio_console.core.show import ClipMark, Show, Take, cue_of, is_skipped, next_cue, position
from studio_console.core.units import Duration, Instant, SessionId


class CueState(StrEnum):
    """Where a cue stands in the show."""

    DONE = "done"
    PASSED = "passed"
    """Jumped over, never on air."""
    SKIPPED = "skipped"
    ON_AIR = "on air"
    TAKING = "taking"
    NEXT = "next"
    UPCOMING = "upcoming"


class CueTime(NamedTuple):
    """The times of one cue. Projected times are None where the cue is over, passed or skipped."""

    cue: Cue
    state: CueState
    planned_start: Instant
    planned_end: Instant
    projected_start: Instant | None
    projected_end: Instant | None
    actual_start: Instant | None
    actual_end: Instant | None
    latest_start: Instant | None
    """Back-timed: begun later than this, the next hard point is missed."""

    @property
    def late(self) -> Duration:
        """Projected or actual start against the planned one, in ms; late is positive."""
        start = self.actual_start if self.actual_start is not None else self.projected_start
        return Duration(0) if start is None else Duration(start - self.planned_start)


class Span(NamedTuple):
    """Planned, projected and actual start and end of a session or of the day."""

    planned_start: Instant
    planned_end: Instant
    projected_start: Instant
    projected_end: Instant
    actual_start: Instant | None
    actual_end: Instant | None

    @property
    def over(self) -> Duration:
        """Projected end against the planned one, in ms; late is positive."""
        return Duration(self.projected_end - self.planned_end)


class Countdown(NamedTuple):
    """The clock of the cue on air, in ms. ``remaining`` is None for an open end and negative in overtime."""

    elapsed: Duration
    remaining: Duration | None
    total: Duration | None


class HardPoint(NamedTuple):
    """The next fixed time ahead: a hard start, a session's start or its hard end."""

    at: Instant
    cue: Cue | None
    """The cue that begins then; None where it is a session's end."""


@dataclass(frozen=True, slots=True)
class Projection:
    """All times of the day at one instant."""

    now: Instant
    rows: tuple[CueTime, ...]
    sessions: Mapping[SessionId, Span]
    day: Span | None
    next: Cue | None
    countdown: Countdown | None
    over: Duration
    """Over (+) or under (−) of where the show is now, against the plan, in ms."""
    over_relative: Duration
    """The same against the session's real start, in ms."""
    hard: HardPoint | None


def length_of(show: Show, cue: Cue) -> Duration | None:
    """The cue's duration with what was added or taken away, never under 0; None for an open end."""
    if cue.duration is None:
        return None
    return Duration(max(0, cue.duration + show.edits.added.get(cue.id, 0)))


def countdown(show: Show, now: Instant) -> Countdown | None:
    """The clock of the cue on air; None if nothing is. A clip's own clock is the truth where it is known."""
    take = show.on_air
    if take is None:
        return None
    cue = cue_of(show, take.cue.id) or take.cue
    elapsed = elapsed_of(take, now)
    if show.clip is not None and show.clip.input == cue.clip and show.clip.duration is not None:
        played = _played(show.clip, now)
        return Countdown(elapsed, Duration(show.clip.duration - played), show.clip.duration)
    if cue.end is not None:
        end = Instant(cue.end + show.edits.added.get(cue.id, 0))
        return Countdown(elapsed, Duration(end - now), Duration(max(0, end - take.started_at)))
    length = length_of(show, cue)
    return Countdown(elapsed, None if length is None else Duration(length - elapsed), length)


def elapsed_of(take: Take, now: Instant) -> Duration:
    """How long the take has been running, holds left out; never negative."""
    until = take.held_since if take.held_since is not None else now
    return Duration(max(0, until - take.started_at - take.held))


def _played(clip: ClipMark, now: Instant) -> Duration:
    assert clip.duration is not None
    played = clip.position or 0
    if clip.playback is Playback.PLAYING:
        played += max(0, now - clip.at)
    return Duration(min(clip.duration, played))


def project(show: Show, now: Instant) -> Projection:
    """Every time of the day as it looks at ``now``."""
    plan, cues = show.plan, show.plan.cues
    reached = position(show)
    following = next_cue(show)
    clock = countdown(show, now)
    skipped = [is_skipped(show, cue) for cue in cues] if show.edits.skips else plan.skipped
    lengths = [length_of(show, cue) for cue in cues] if show.edits.added else plan.lengths
    due = due_ends(plan, skipped, lengths)
    running_end = _running_end(show, now, clock, due) if show.on_air is not None else None
    rows = [_row_behind(show, place, now, running_end, skipped, lengths, due) for place in range(reached + 1)]
    cursor = running_end if running_end is not None else now
    if show.taking is not None:
        taken = plan.place(show.taking.cue.id)
        length = show.taking.cue.duration if taken is None else lengths[taken]
        cursor = expected_end(show.taking.cue, now, length, due[taken] if taken is not None else None)
    rows += _rows_ahead(show, reached + 1, cursor, following, now, running_end, skipped, lengths, due)
    done = tuple(rows)
    over = _over(show, done, reached, running_end)
    return Projection(
        now=now,
        rows=done,
        sessions=_session_spans(show, done),
        day=_span(done, min(plan.start), max(plan.end)) if done else None,
        next=following,
        countdown=clock,
        over=over,
        over_relative=_over_relative(show, done, reached, over),
        hard=next_hard_point(show, skipped, reached),
    )


def _row_behind(
    show: Show,
    place: int,
    now: Instant,
    running_end: Instant | None,
    skipped: Sequence[bool],
    lengths: Sequence[Duration | None],
    due: Sequence[Instant | None],
) -> CueTime:
    """The row of a cue that the show has reached."""
    plan = show.plan
    cue = plan.cues[place]
    start, end = plan.start[place], plan.end[place]
    take = show.taking
    if take is not None and take.cue.id == cue.id:
        until = expected_end(cue, now, lengths[place], due[place])
        return CueTime(cue, CueState.TAKING, start, end, now, until, None, None, None)
    running = show.on_air
    if running is not None and running.cue.id == cue.id:
        until = now if take is not None or running_end is None else running_end
        return CueTime(cue, CueState.ON_AIR, start, end, running.started_at, until, running.started_at, None, None)
    run = show.runs.get(cue.id)
    if run is not None and not run.backed_out:
        return CueTime(cue, CueState.DONE, start, end, None, None, run.started_at, run.ended_at, None)
    state = CueState.SKIPPED if skipped[place] else CueState.PASSED
    return CueTime(cue, state, start, end, None, None, None, None, None)


def _rows_ahead(
    show: Show,
    first: int,
    cursor: Instant,
    following: Cue | None,
    now: Instant,
    running_end: Instant | None,
    skipped: Sequence[bool],
    lengths: Sequence[Duration | None],
    due: Sequence[Instant | None],
) -> list[CueTime]:
    """The rows of the cues that are still to come. This is the loop that a long day spends its time in."""
    plan = show.plan
    cues, opens, starts, ends = plan.cues, plan.opens, plan.start, plan.end
    skip_state, next_state, upcoming = CueState.SKIPPED, CueState.NEXT, CueState.UPCOMING
    running = show.on_air.cue.id if show.on_air is not None else None
    rows: list[CueTime] = []
    owed: Instant | None = None
    for place in range(first, len(cues)):
        cue = cues[place]
        if opens[place] is not None:
            owed = opens[place]
        if skipped[place]:
            rows.append(CueTime(cue, skip_state, starts[place], ends[place], None, None, None, None, None))
            continue
        if cue.id == running:
            # Back is bringing an earlier cue on air: this one is still seen, and will come again.
            rows.append(_row_behind(show, place, now, running_end, skipped, lengths, due))
            continue
        begin = cursor
        fixed = cue.start or owed
        if fixed is not None and fixed > begin:
            begin = fixed
        owed = None
        length, limit = lengths[place], due[place]
        cursor = expected_end(cue, begin, length, limit)
        latest = None if limit is None else _latest(cue, limit, length)
        state = next_state if cue is following else upcoming
        rows.append(CueTime(cue, state, starts[place], ends[place], begin, cursor, None, None, latest))
    return rows


def _latest(cue: Cue, due: Instant, length: Duration | None) -> Instant:
    if cue.end is not None:
        return cue.end if cue.end < due else due
    return Instant(due - (length or 0))


def _running_end(show: Show, now: Instant, clock: Countdown | None, due: Sequence[Instant | None]) -> Instant:
    """When the cue on air will be over; never before ``now``."""
    assert show.on_air is not None
    if clock is not None and clock.remaining is not None:
        return Instant(now + max(0, clock.remaining))
    place = show.plan.place(show.on_air.cue.id)
    limit = due[place] if place is not None else None
    return now if limit is None or limit < now else limit


def _over(show: Show, rows: Sequence[CueTime], reached: int, running_end: Instant | None) -> Duration:
    """Where the show is against where the plan has it."""
    take = show.on_air
    if take is not None and running_end is not None:
        place = show.plan.place(take.cue.id)
        if place is not None:
            return Duration(running_end - rows[place].planned_end)
        # Deleted under air: it stands where it stood, and what it takes is late by so much.
        planned = rows[reached].planned_end if 0 <= reached < len(rows) else running_end
        return Duration(running_end - planned)
    for row in rows[reached + 1 :]:
        if row.projected_start is not None:
            return Duration(row.projected_start - row.planned_start)
    return Duration(0)


def _over_relative(show: Show, rows: Sequence[CueTime], reached: int, over: Duration) -> Duration:
    """Over and under less the lateness with which the session began."""
    if not rows or reached < 0:
        return over
    session = show.plan.session_of[reached]
    for place, row in enumerate(rows[: reached + 1]):
        if show.plan.session_of[place] == session and row.actual_start is not None:
            return Duration(over - (row.actual_start - row.planned_start))
    return over


def next_hard_point(show: Show, skipped: Sequence[bool], reached: int) -> HardPoint | None:
    """The first fixed time that the show is heading for, even if it has passed already."""
    plan = show.plan
    if show.current is not None and 0 <= reached < len(plan.cues):
        close = plan.closes[reached]
        if close is not None:
            return HardPoint(close, None)
    owed: Instant | None = None
    for place in range(reached + 1, len(plan.cues)):
        cue = plan.cues[place]
        owed = plan.opens[place] or owed
        if not skipped[place]:
            fixed = cue.start or owed
            if fixed is not None:
                return HardPoint(fixed, cue)
            owed = None
        close = plan.closes[place]
        if close is not None:
            return HardPoint(close, None)
    return None


def _session_spans(show: Show, rows: tuple[CueTime, ...]) -> Mapping[SessionId, Span]:
    if show.day is None:
        return {}
    spans: dict[SessionId, Span] = {}
    first = 0
    for session in show.day.sessions:
        last = first + len(session.cues)
        if first < last:
            planned_end = session.end or max(show.plan.end[first:last])
            spans[session.id] = _span(rows[first:last], min(show.plan.start[first:last]), planned_end)
        first = last
    return spans


def _span(rows: tuple[CueTime, ...], planned_start: Instant, planned_end: Instant) -> Span:
    """From the first to the last of ``rows``; over once every one of them is done, passed or skipped."""
    begun = next((row.actual_start for row in rows if row.actual_start is not None), None)
    ahead = next((row.projected_start for row in rows if row.projected_start is not None), None)
    ahead_end = next((row.projected_end for row in reversed(rows) if row.projected_end is not None), None)
    ended = next((row.actual_end for row in reversed(rows) if row.actual_end is not None), None)
    return Span(
        planned_start=planned_start,
        planned_end=planned_end,
        projected_start=begun or ahead or planned_start,
        projected_end=ahead_end or ended or planned_end,
        actual_start=begun,
        actual_end=ended if ahead_end is None else None,
    )

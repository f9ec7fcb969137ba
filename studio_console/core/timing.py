"""Planned, projected and actual times, as functions of the show and an instant. Nothing here is ever decremented.

A projected time says when a cue will be if everything from now on takes as long as planned. Gaps before fixed
starts absorb lateness; what is early waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    return Duration(max(0, cue.duration + show.added.get(cue.id, 0)))


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
        end = Instant(cue.end + show.added.get(cue.id, 0))
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
    plan = show.plan
    cues = plan.cues
    reached = position(show)
    running, taking = show.on_air, show.taking
    following = next_cue(show)
    following_id = following.id if following is not None else None
    clock = countdown(show, now)
    skipped = [is_skipped(show, cue) for cue in cues] if show.skips else list(plan.skipped)
    lengths = [length_of(show, cue) for cue in cues] if show.added else [cue.duration for cue in cues]
    due = due_ends(plan, skipped, lengths)
    running_id = running.cue.id if running is not None else None
    taking_id = taking.cue.id if taking is not None else None
    running_end = _running_end(show, now, clock, due) if running is not None else None
    cursor = running_end if running_end is not None and taking is None else now
    owed: Instant | None = None
    rows: list[CueTime] = []
    runs, opens, start, end = show.runs, plan.opens, plan.start, plan.end
    for place, cue in enumerate(cues):
        name = cue.id
        skip = skipped[place]
        limit = due[place]
        length = lengths[place]
        latest = None if limit is None or skip else _latest(cue, limit, length)
        if name == running_id and running is not None:
            until = now if taking is not None else running_end
            state = CueState.ON_AIR
            row = CueTime(
                cue, state, start[place], end[place], running.started_at, until, running.started_at, None, latest
            )
        elif name == taking_id:
            cursor = expected_end(cue, now, length, limit)
            row = CueTime(cue, CueState.TAKING, start[place], end[place], now, cursor, None, None, latest)
        elif place <= reached:
            run = runs.get(name)
            if run is not None and not run.backed_out:
                state, began, ended = CueState.DONE, run.started_at, run.ended_at
                row = CueTime(cue, state, start[place], end[place], None, None, began, ended, None)
            else:
                state = CueState.SKIPPED if skip else CueState.PASSED
                row = CueTime(cue, state, start[place], end[place], None, None, None, None, None)
        else:
            owed = opens[place] or owed
            if skip:
                row = CueTime(cue, CueState.SKIPPED, start[place], end[place], None, None, None, None, None)
            else:
                begin = cursor
                fixed = cue.start or owed
                if fixed is not None and fixed > begin:
                    begin = fixed
                owed = None
                cursor = expected_end(cue, begin, length, limit)
                state = CueState.NEXT if name == following_id else CueState.UPCOMING
                row = CueTime(cue, state, start[place], end[place], begin, cursor, None, None, latest)
        rows.append(row)
    done = tuple(rows)
    return Projection(
        now=now,
        rows=done,
        sessions=_session_spans(show, done, now),
        day=_span(done, now) if done else None,
        next=following,
        countdown=clock,
        over=_over(show, done, reached, running_end, now),
        over_relative=_over_relative(show, done, reached, running_end, now),
        hard=next_hard_point(show, skipped, reached, now),
    )


def _latest(cue: Cue, due: Instant, length: Duration | None) -> Instant:
    if cue.end is not None:
        return cue.end if cue.end < due else due
    return Instant(due - (length or 0))


def _running_end(show: Show, now: Instant, clock: Countdown | None, due: list[Instant | None]) -> Instant:
    """When the cue on air will be over; never before ``now``."""
    assert show.on_air is not None
    if clock is not None and clock.remaining is not None:
        return Instant(now + max(0, clock.remaining))
    place = show.plan.place(show.on_air.cue.id)
    limit = due[place] if place is not None else None
    return now if limit is None or limit < now else limit


def _over(show: Show, rows: tuple[CueTime, ...], reached: int, running_end: Instant | None, now: Instant) -> Duration:
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


def _over_relative(
    show: Show, rows: tuple[CueTime, ...], reached: int, running_end: Instant | None, now: Instant
) -> Duration:
    """Over and under less the lateness with which the session began."""
    over = _over(show, rows, reached, running_end, now)
    if not rows or reached < 0:
        return over
    session = show.plan.session_of[reached]
    for place, row in enumerate(rows):
        if show.plan.session_of[place] == session and row.actual_start is not None:
            return Duration(over - (row.actual_start - row.planned_start))
    return over


def next_hard_point(show: Show, skipped: list[bool], reached: int, now: Instant) -> HardPoint | None:
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


def _session_spans(show: Show, rows: tuple[CueTime, ...], now: Instant) -> Mapping[SessionId, Span]:
    if show.day is None:
        return {}
    spans: dict[SessionId, Span] = {}
    first = 0
    for session in show.day.sessions:
        part = rows[first : first + len(session.cues)]
        first += len(session.cues)
        if part:
            span = _span(part, now)
            planned_end = span.planned_end if session.end is None else session.end
            spans[session.id] = span._replace(planned_end=planned_end)
    return spans


def _span(rows: tuple[CueTime, ...], now: Instant) -> Span:
    """From the first to the last of ``rows``; over once every one of them is done, passed or skipped."""
    starts = [row.actual_start for row in rows if row.actual_start is not None]
    ends = [row.actual_end for row in rows if row.actual_end is not None]
    ahead_starts = [row.projected_start for row in rows if row.projected_start is not None]
    ahead_ends = [row.projected_end for row in rows if row.projected_end is not None]
    planned_start = min(row.planned_start for row in rows)
    planned_end = max(row.planned_end for row in rows)
    actual_start = min(starts) if starts else None
    over = not ahead_ends and bool(ends)
    return Span(
        planned_start=planned_start,
        planned_end=planned_end,
        projected_start=actual_start if actual_start is not None else min(ahead_starts, default=planned_start),
        projected_end=max(ahead_ends) if ahead_ends else max(ends, default=planned_end),
        actual_start=actual_start,
        actual_end=max(ends) if over else None,
    )

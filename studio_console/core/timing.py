"""Planned, projected and actual times, as functions of the show and an instant. Nothing here is ever decremented.

A projected time says when a cue will be if everything from now on takes as long as planned. Gaps before fixed
starts absorb lateness; what is early waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from studio_console.core.plan import Part, due_ends, expected_end
from studio_console.core.reports import Playback
from studio_console.core.rundown import Cue, Kind
from studio_console.core.show import ClipMark, Show, Take, cue_of, next_cue, position
from studio_console.core.units import Duration, Instant, SessionId

FAR = Instant(1 << 62)
"""Later than anything."""


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


_row = partial(tuple.__new__, CueTime)
"""Makes a row of all its fields in order, in a third of the time that the constructor takes: a day has thousands."""


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
    """The cue's duration, or its clip's, with what was added or taken away, never under 0; None for an open end."""
    length = cue.duration
    if length is None:
        file = show.clip_files.get(cue.clip) if cue.clip is not None and cue.end is None else None
        if file is None or file.duration is None:
            return None
        length = file.duration
    return Duration(max(0, length + show.edits.added.get(cue.id, 0)))


def counted_end(show: Show, cue: Cue) -> Instant | None:
    """The end that ``cue`` counts to, moved by what was added or taken away; None where it counts to none."""
    return None if cue.end is None else Instant(cue.end + show.edits.added.get(cue.id, 0))


def countdown(show: Show, now: Instant) -> Countdown | None:
    """The clock of the cue on air; None if nothing is. A clip's own clock is the truth where the cue is the clip."""
    take = show.on_air
    if take is None:
        return None
    cue = cue_of(show, take.cue.id) or take.cue
    elapsed = elapsed_of(take, now)
    clip = _clock(show, take.cue)
    if clip is not None and clip.duration:
        over = max(0, now - clip.at) if clip.playback is Playback.ENDED else 0
        return Countdown(elapsed, Duration(clip.duration - played(clip, clip.duration, now) - over), clip.duration)
    end = counted_end(show, cue)
    if end is not None:
        return Countdown(elapsed, Duration(end - now), Duration(max(0, end - take.started_at)))
    length = length_of(show, cue)
    return Countdown(elapsed, None if length is None else Duration(length - elapsed), length)


def _clock(show: Show, cue: Cue) -> ClipMark | None:
    clip = show.clip
    if clip is None or clip.input != cue.clip or clip.playback is Playback.FAILED:
        return None
    return clip if lasts_as_its_clip(show, cue) else None


def lasts_as_its_clip(show: Show, cue: Cue) -> bool:
    """Whether the clip is the clock of ``cue``: not where a film runs behind a break, nor one that never ends."""
    if cue.clip is None or cue.clip in show.rundown.loops:
        return False
    return cue.kind is Kind.CLIP or (cue.duration is None and cue.end is None)


def elapsed_of(take: Take, now: Instant) -> Duration:
    """How long the take has been running, holds left out; never negative."""
    until = take.held_since if take.held_since is not None else now
    return Duration(max(0, until - take.started_at - take.held))


def played(clip: ClipMark, duration: Duration, now: Instant) -> Duration:
    """Where in the clip it is at ``now``: OBS tells a few times a second, and it goes on between."""
    position = clip.position or 0
    if clip.playback is Playback.PLAYING:
        position += max(0, now - clip.at)
    return Duration(min(duration, position))


class _Columns(NamedTuple):
    """What the operators' edits change of the plan; one entry a cue."""

    skipped: Sequence[bool]
    lengths: Sequence[Duration | None]
    counts_to: Sequence[Instant | None]
    due: Sequence[Instant | None]


def _columns(show: Show) -> _Columns:
    plan, edits = show.plan, show.edits
    if not edits.added and not edits.skips:
        return _Columns(plan.skipped, plan.lengths, plan.counts_to, plan.due)
    skipped, lengths, counts_to = list(plan.skipped), list(plan.lengths), list(plan.counts_to)
    for edited, skip in edits.skips.items():
        place = plan.place(edited)
        if place is not None:
            skipped[place] = skip
    for edited in edits.added:
        place = plan.place(edited)
        if place is not None:
            lengths[place] = length_of(show, plan.cues[place])
            counts_to[place] = counted_end(show, plan.cues[place])
    return _Columns(skipped, lengths, counts_to, due_ends(plan, skipped, lengths, counts_to))


def project(show: Show, now: Instant) -> Projection:
    """Every time of the day as it looks at ``now``."""
    plan = show.plan
    columns = _columns(show)
    reached = position(show)
    following = next_cue(show)
    clock = countdown(show, now)
    until = _current_end(show, now, clock, columns)
    rows = _rows_behind(show, reached, columns)
    rows += _rows_ahead(show, reached + 1, until if until is not None else now, following, columns)
    _put_takes(show, rows, now, until)
    over = _over(show, rows, reached, until)
    spans = _bounds(show, rows)
    return Projection(
        now=now,
        rows=tuple(rows),
        sessions={session: _filled(span) for session, span in spans.items()},
        day=_filled(_joined(tuple(spans.values()))) if spans else None,
        next=following,
        countdown=clock,
        over=over,
        over_relative=_over_relative(spans, plan.parts, reached, over),
        hard=next_hard_point(show, columns.skipped, reached),
    )


def _current_end(show: Show, now: Instant, clock: Countdown | None, columns: _Columns) -> Instant | None:
    """When the cue that is being taken, or else is on air, will be over; never before ``now``. None without one."""
    take = show.current
    if take is None:
        return None
    place = show.plan.place(take.cue.id)
    limit = columns.due[place] if place is not None else None
    if show.taking is None:
        if clock is not None and clock.remaining is not None:
            return Instant(now + max(0, clock.remaining))
        return now if limit is None or limit < now else limit
    # What comes back has run on meanwhile: of its length only the rest is to come.
    begin = Instant(now - elapsed_of(take, now)) if take.returned else now
    cue = take.cue if place is None else show.plan.cues[place]
    end = expected_end(begin, length_of(show, cue), counted_end(show, cue), limit)
    return end if end > now else now


def _rows_behind(show: Show, reached: int, columns: _Columns) -> list[CueTime]:
    """The rows of the cues that the show has reached, as if none of them were on air now."""
    plan, runs = show.plan, show.runs.merged()
    done, passed, skipped = CueState.DONE, CueState.PASSED, CueState.SKIPPED
    rows: list[CueTime] = []
    stop = reached + 1
    for cue, skip, start, end in zip(
        plan.cues[:stop], columns.skipped[:stop], plan.start[:stop], plan.end[:stop], strict=True
    ):
        run = runs.get(cue.id)
        if run is not None and not run.backed_out:
            rows.append(_row((cue, done, start, end, None, None, run.started_at, run.ended_at, None)))
        else:
            rows.append(_row((cue, skipped if skip else passed, start, end, None, None, None, None, None)))
    return rows


def _rows_ahead(show: Show, first: int, cursor: Instant, following: Cue | None, columns: _Columns) -> list[CueTime]:
    """The rows of the cues that are still to come. This is the loop that a long day spends its time in."""
    plan = show.plan
    skip_state, next_state, upcoming = CueState.SKIPPED, CueState.NEXT, CueState.UPCOMING
    rows: list[CueTime] = []
    owed: Instant | None = None
    for cue, opens, fixed, skip, length, counts_to, limit, start, end in zip(
        plan.cues[first:],
        plan.opens[first:],
        plan.fixed[first:],
        columns.skipped[first:],
        columns.lengths[first:],
        columns.counts_to[first:],
        columns.due[first:],
        plan.start[first:],
        plan.end[first:],
        strict=True,
    ):
        if opens is not None:
            owed = opens
        if skip:
            rows.append(_row((cue, skip_state, start, end, None, None, None, None, None)))
            continue
        begin = fixed if fixed is not None else owed
        if begin is None or begin < cursor:
            begin = cursor
        cursor = expected_end(begin, length, counts_to, limit)
        latest = limit if limit is None or length is None else Instant(limit - length)
        state = next_state if cue is following else upcoming
        rows.append(_row((cue, state, start, end, begin, cursor, None, None, latest)))
    return rows


def _put_takes(show: Show, rows: list[CueTime], now: Instant, until: Instant | None) -> None:
    """Marks the rows of what is on air and of what is being taken."""
    running, taking = show.on_air, show.taking
    place = show.plan.place(running.cue.id) if running is not None else None
    if running is not None and place is not None:
        row = rows[place]._replace(state=CueState.ON_AIR, actual_start=running.started_at, actual_end=None)
        if row.projected_start is None:
            row = row._replace(projected_start=running.started_at, projected_end=now if taking else until)
        # Else Back is bringing an earlier cue on air: this one is still seen, and will come again.
        rows[place] = row
    place = show.plan.place(taking.cue.id) if taking is not None else None
    if taking is not None and place is not None:
        started = taking.started_at if taking.returned else None
        rows[place] = rows[place]._replace(
            state=CueState.TAKING,
            projected_start=now if started is None else started,
            projected_end=until,
            actual_start=started,
            actual_end=None,
        )


def _over(show: Show, rows: Sequence[CueTime], reached: int, until: Instant | None) -> Duration:
    """Where the show is against where the plan has it."""
    take = show.current
    if take is not None and until is not None:
        place = show.plan.place(take.cue.id)
        if place is not None:
            return Duration(until - rows[place].planned_end)
        # Deleted under air: it stands where it stood, and what it takes is late by so much.
        if reached >= 0:
            return Duration(until - rows[reached].planned_end)
        return Duration(until - rows[0].planned_start) if rows else Duration(0)
    for row in rows[reached + 1 :]:
        if row.projected_start is not None:
            return Duration(row.projected_start - row.planned_start)
    # All is over: as late as the last one was.
    for row in reversed(rows):
        if row.actual_end is not None:
            return Duration(row.actual_end - row.planned_end)
    return Duration(0)


def _over_relative(spans: Mapping[SessionId, _Bounds], parts: Sequence[Part], reached: int, over: Duration) -> Duration:
    """Over and under less the lateness with which the session began."""
    for part in parts:
        begun = spans[part.session].begun
        if part.first <= reached < part.stop and begun is not None:
            return Duration(over - (begun - part.start))
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
        owed = plan.opens[place] if plan.opens[place] is not None else owed
        if not skipped[place]:
            fixed = cue.start if cue.start is not None else owed
            if fixed is not None:
                return HardPoint(fixed, cue)
            owed = None
        close = plan.closes[place]
        if close is not None:
            return HardPoint(close, None)
    return None


class _Bounds(NamedTuple):
    """What is known of the time of a run of rows."""

    planned_start: Instant
    planned_end: Instant
    begun: Instant | None
    """The first actual start."""
    ahead: Instant | None
    """The first projected start."""
    ahead_end: Instant | None
    """The last projected end; None once every cue is done, passed or skipped."""
    ended: Instant | None
    """The last actual end."""


def _bounds(show: Show, rows: Sequence[CueTime]) -> dict[SessionId, _Bounds]:
    """The bounds of every session. What has been on air counts, even if it is to come again."""
    begun, ended = _actual_bounds(show)
    bounds: dict[SessionId, _Bounds] = {}
    for part in show.plan.parts:
        inside = rows[part.first : part.stop]
        session = show.plan.session_of[part.first]
        bounds[part.session] = _Bounds(
            part.start,
            part.end,
            begun.get(session),
            next((row.projected_start for row in inside if row.projected_start is not None), None),
            next((row.projected_end for row in reversed(inside) if row.projected_end is not None), None),
            ended.get(session),
        )
    return bounds


def _actual_bounds(show: Show) -> tuple[dict[int, Instant], dict[int, Instant]]:
    """When something of a session was first and last on air, by the session's number."""
    begun: dict[int, Instant] = {}
    ended: dict[int, Instant] = {}
    index, session_of = show.plan.index or {}, show.plan.session_of
    for cue, run in show.runs.items():
        place = index.get(cue)
        if place is None or run.backed_out:
            continue
        session = session_of[place]
        if run.started_at < begun.get(session, FAR):
            begun[session] = run.started_at
        if run.ended_at > ended.get(session, 0):
            ended[session] = run.ended_at
    place = index.get(show.on_air.cue.id) if show.on_air is not None else None
    if show.on_air is not None and place is not None:
        session = session_of[place]
        begun[session] = min(begun.get(session, FAR), show.on_air.started_at)
        ended[session] = max(ended.get(session, show.on_air.started_at), show.on_air.started_at)
    return begun, ended


def _joined(parts: Sequence[_Bounds]) -> _Bounds:
    return _Bounds(
        min(part.planned_start for part in parts),
        max(part.planned_end for part in parts),
        min((part.begun for part in parts if part.begun is not None), default=None),
        next((part.ahead for part in parts if part.ahead is not None), None),
        next((part.ahead_end for part in reversed(parts) if part.ahead_end is not None), None),
        max((part.ended for part in parts if part.ended is not None), default=None),
    )


def _filled(bounds: _Bounds) -> Span:
    start = next(at for at in (bounds.begun, bounds.ahead, bounds.planned_start) if at is not None)
    end = next(at for at in (bounds.ahead_end, bounds.ended, bounds.planned_end) if at is not None)
    finished = bounds.ended if bounds.ahead_end is None else None
    return Span(bounds.planned_start, bounds.planned_end, start, end, bounds.begun, finished)

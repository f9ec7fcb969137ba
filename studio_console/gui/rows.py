"""What each row of the cue sheet says, as values to compare: a row that says the same is not painted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from studio_console.core.clip_watch import clip_trouble, differs_from_file
from studio_console.core.moments import taken_at
from studio_console.core.rundown import Cue, Session
from studio_console.core.show import Mark, Phase, Show, Take
from studio_console.core.stage_marks import is_ready
from studio_console.core.text import Text
from studio_console.core.timing import CueState, CueTime, Projection, Span, counted_end, length_of
from studio_console.core.units import CueId, Duration, Instant

SECOND = 1000


class SessionRow(NamedTuple):
    """The line above the cues of a session."""

    key: str
    title: Text
    start: Instant | None
    end: Instant | None
    over: int
    """Projected or actual end against the planned one, in whole seconds; late is positive."""
    begun: bool
    over_with: bool


class CueRow(NamedTuple):
    """One cue. ``planned`` is None for a cue that was deleted from the rundown while on air."""

    key: str
    cue: Cue
    state: CueState
    planned: Instant | None
    late: int | None
    """Projected or actual start against the planned one, in whole seconds; None where there is none."""
    length: Duration | None
    until: Instant | None
    """What it counts to, with what was added or taken away."""
    added: Duration
    mark: Mark
    called: bool
    """ "Stand by" was said for it."""
    aimed: bool
    """It is next because somebody put the standby there."""
    held: bool
    fixed: bool
    """Its start is fixed, by itself or as the first of a session with a published start."""
    tight: bool
    """It will begin too late for the next hard point to be kept."""
    taken_at: Instant | None = None
    """When a cue that cannot be taken back was taken."""
    clip: Duration | None = None
    """How long its clip really is, where it plans another length."""
    clip_trouble: bool = False
    """Its clip will not do."""
    ready: bool = False
    """The stage says that everybody who speaks in it is ready."""


Row: TypeAlias = SessionRow | CueRow


class Sheet(NamedTuple):
    """All rows, with what they were made from so that the next look can reuse them."""

    rows: tuple[Row, ...]
    show: Show | None
    times: tuple[CueTime, ...]
    spans: tuple[tuple[str, Span], ...]


EMPTY = Sheet((), None, (), ())


def cue_key(cue: CueId) -> str:
    return f"cue {cue}"


def sheet(show: Show, projection: Projection, before: Sheet = EMPTY) -> Sheet:
    """The rows of the cue sheet. Rows of ``before`` are reused where nothing about them changed."""
    times = projection.rows
    spans = tuple((str(name), span) for name, span in projection.sessions.items())
    same_show = before.show is show
    if same_show and times == before.times and spans == before.spans:
        return before
    # The same show has the same rows in the same places; only the clock went on.
    known = [row for row in before.rows if type(row) is CueRow and row.planned is not None] if same_show else []
    rows: list[Row] = []
    place = 0
    lost = _deleted_takes(show)
    for session in show.day.sessions if show.day is not None else ():
        rows.append(_session_row(session, projection.sessions.get(session.id)))
        if place == 0:
            rows += _deleted_rows(lost, None)
        for cue in session.cues:
            time = times[place]
            if not known:
                rows.append(_cue_row(show, time, place))
            elif before.times[place] == time:
                rows.append(known[place])
            else:
                rows.append(_moved(known[place], time))
            if lost:
                rows += _deleted_rows(lost, cue.id)
            place += 1
    return Sheet(tuple(rows), show, times, spans)


def whole_seconds(amount: int) -> int:
    """Cut off towards zero, as times are shown."""
    return amount // SECOND if amount >= 0 else -(-amount // SECOND)


def _session_row(session: Session, span: Span | None) -> SessionRow:
    key = f"session {session.id}"
    if span is None:
        return SessionRow(key, session.title, session.start, session.end, 0, False, False)
    begun, finished = span.actual_start is not None, span.actual_end is not None
    over = whole_seconds(_over(span))
    return SessionRow(key, session.title, span.planned_start, span.planned_end, over, begun, finished)


def _over(span: Span) -> int:
    return (span.actual_end - span.planned_end) if span.actual_end is not None else span.over


def _moved(row: CueRow, time: CueTime) -> CueRow:
    """``row`` with the times of ``time``; ``row`` itself where they say the same to the second."""
    late, tight = _late(time), _is_tight(time)
    if (late, tight, time.state) == (row.late, row.tight, row.state):
        return row
    return row._replace(late=late, tight=tight, state=time.state)


def _late(time: CueTime) -> int | None:
    start = time.actual_start if time.actual_start is not None else time.projected_start
    return None if start is None else whole_seconds(start - time.planned_start)


def _is_tight(time: CueTime) -> bool:
    latest, start = time.latest_start, time.projected_start
    return latest is not None and start is not None and start - latest >= SECOND


def _cue_row(show: Show, time: CueTime, place: int) -> CueRow:
    cue, state = time.cue, time.state
    take = _take_of(show, state)
    return CueRow(
        key=cue_key(cue.id),
        cue=cue,
        state=state,
        planned=time.planned_start,
        late=_late(time),
        length=length_of(show, cue),
        until=counted_end(show, cue),
        added=show.edits.added.get(cue.id, Duration(0)),
        mark=take.mark if take is not None else Mark.NONE,
        called=_is_called(show, cue, take),
        aimed=show.pointer.cue == cue.id,
        held=state is CueState.ON_AIR and take is not None and take.held_since is not None,
        fixed=cue.start is not None or show.plan.opens[place] is not None,
        tight=_is_tight(time),
        taken_at=taken_at(show, cue),
        clip=differs_from_file(show, cue),
        clip_trouble=clip_trouble(show, cue) is not None,
        ready=is_ready(show, cue),
    )


def _take_of(show: Show, state: CueState) -> Take | None:
    if state is CueState.ON_AIR:
        return show.on_air
    return show.taking if state is CueState.TAKING else None


def _is_called(show: Show, cue: Cue, take: Take | None) -> bool:
    return show.pointer.called == cue.id or (take is not None and take.standby_called_at is not None)


def _deleted_takes(show: Show) -> list[Take]:
    """What is on air, or on its way there, and stands in the rundown no longer."""
    takes = [take for take in (show.on_air, show.taking) if take is not None]
    return [take for take in takes if show.plan.place(take.cue.id) is None]


def _deleted_rows(takes: Sequence[Take], anchor: CueId | None) -> list[Row]:
    return [_deleted_row(take) for take in takes if take.anchor == anchor]


def _deleted_row(take: Take) -> CueRow:
    on_its_way = take.phase is Phase.TAKING
    return CueRow(
        key=cue_key(take.cue.id),
        cue=take.cue,
        state=CueState.TAKING if on_its_way else CueState.ON_AIR,
        planned=None,
        late=None,
        length=take.cue.duration,
        until=take.cue.end,
        added=Duration(0),
        mark=Mark.DELETED,
        called=take.standby_called_at is not None,
        aimed=False,
        held=take.held_since is not None,
        fixed=False,
        tight=False,
    )

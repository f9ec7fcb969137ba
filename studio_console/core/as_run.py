"""As-run: what a day's journal says of it, planned against actual. Pure: the same journal gives the same report.

Every instant is by the clock as it was set last: where the wall clock was set during the show, what happened before is
told as the corrected clock would have told it, so that lengths and order are right. Planned times stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from studio_console.core.airings import Airing, Airings
from studio_console.core.alarm_spans import AlarmSpan, AlarmSpans
from studio_console.core.drift_line import DriftLine, DriftPoint
from studio_console.core.event_log import EventLog, LogLine
from studio_console.core.event_words import NO_NAMES, Names
from studio_console.core.events import ClockStepped, ConsoleStarted, ShowEvent
from studio_console.core.rundown import Cue, Day
from studio_console.core.seen_spans import SeenSpan, SeenSpans
from studio_console.core.show import Show, is_skipped, position
from studio_console.core.step import step
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant, SessionId


class Recorded(Protocol):
    """One entry of a journal."""

    @property
    def at(self) -> Instant: ...
    @property
    def event(self) -> ShowEvent: ...
    @property
    def outcome(self) -> str: ...


class Fate(StrEnum):
    """What became of a cue."""

    AIRED = "aired"
    ON_AIR = "on air"
    """The journal ends while it is on air."""
    BACKED_OUT = "backed out"
    """It was taken by mistake: Back brought the cue before it on air again."""
    NEVER_SEEN = "never seen"
    """It was taken, and something else was before any surface had shown it."""
    SKIPPED_LIVE = "skipped live"
    SKIPPED = "skipped"
    """The rundown itself says so."""
    PASSED = "passed"
    """Jumped over."""
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class CueLine:
    """One cue's time on air, or that it had none. A cue that was taken twice has two lines."""

    cue: CueId
    number: str
    title: Text
    session: SessionId | None
    """None of a cue that is no longer in the rundown."""
    fate: Fate
    planned_start: Instant | None
    planned_end: Instant | None
    planned_length: Duration | None
    """None where the rundown leaves the end open."""
    airing: Airing | None = None

    @property
    def started(self) -> Instant | None:
        return self.airing.started if self.airing is not None else None

    @property
    def ended(self) -> Instant | None:
        return self.airing.ended if self.airing is not None else None

    @property
    def length(self) -> Duration | None:
        """From its start to its end, holds included; None while one of them is not known."""
        if self.started is None or self.ended is None:
            return None
        return Duration(self.ended - self.started)

    @property
    def late(self) -> Duration | None:
        """Actual start against the planned one; late is positive."""
        if self.started is None or self.planned_start is None:
            return None
        return Duration(self.started - self.planned_start)

    @property
    def longer(self) -> Duration | None:
        """Actual length against the planned one."""
        if self.length is None or self.planned_length is None:
            return None
        return Duration(self.length - self.planned_length)

    @property
    def over(self) -> Duration | None:
        """Over (+) or under (−) at its end."""
        if self.ended is None or self.planned_end is None or self.fate is Fate.BACKED_OUT:
            return None
        return Duration(self.ended - self.planned_end)


@dataclass(frozen=True, slots=True)
class SessionLine:
    session: SessionId
    title: Text
    planned_start: Instant
    planned_end: Instant
    started: Instant | None
    ended: Instant | None

    @property
    def over(self) -> Duration | None:
        return None if self.ended is None else Duration(self.ended - self.planned_end)


@dataclass(frozen=True, slots=True)
class Start:
    """The console was started; ``away`` is how long nothing was journalled before it, None the first time."""

    at: Instant
    away: Duration | None
    on_air: str
    """The number of the cue that was on air then; empty if there was none."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """The wall clock was set."""

    at: Instant
    amount: Duration


@dataclass(frozen=True, slots=True)
class AsRun:
    """What became of a day."""

    day: Day | None = None
    begun: Instant | None = None
    """The first entry of the journal."""
    until: Instant | None = None
    """The last one."""
    lines: tuple[CueLine, ...] = ()
    """In running order; what was taken and is no longer in the rundown stands where it was taken."""
    sessions: tuple[SessionLine, ...] = ()
    log: tuple[LogLine, ...] = ()
    alarms: tuple[AlarmSpan, ...] = ()
    seen: tuple[SeenSpan, ...] = ()
    drift: tuple[DriftPoint, ...] = ()
    starts: tuple[Start, ...] = ()
    steps: tuple[Stepped, ...] = ()
    unusable: int = 0
    """Entries that the show could not take."""

    def count(self, *fates: Fate) -> int:
        return sum(line.fate in fates for line in self.lines)

    @property
    def unconfirmed(self) -> int:
        """So many lines have a surface that never said it showed them."""
        return sum(line.airing is not None and bool(line.airing.unconfirmed) for line in self.lines)

    @property
    def refused(self) -> int:
        return sum(line.refused is not None for line in self.log)

    @property
    def over(self) -> Duration | None:
        """Over (+) or under (−) at the end of the last cue in running order that was on air."""
        return next((line.over for line in reversed(self.lines) if line.over is not None), None)


def as_run(entries: Iterable[Recorded], names: Names = NO_NAMES, speed: float = 1.0) -> AsRun:
    """The report of a journal. ``speed``: so many times as fast as real time the show's clock ran, in a rehearsal.

    How fast surfaces confirmed is told in real time.
    """
    entries = list(entries)
    total = sum(entry.event.amount for entry in entries if isinstance(entry.event, ClockStepped))
    airings, alarms, seen = Airings(speed), AlarmSpans(names), SeenSpans()
    drift, log = DriftLine(), EventLog(names)
    starts: list[Start] = []
    steps: list[Stepped] = []
    show, stepped, unusable = Show(), 0, 0
    last: Instant | None = None
    for entry in entries:
        event, now = entry.event, entry.at
        try:
            after, effects = step(show, event, now)
        except Exception:  # noqa: BLE001 - the engine passed over it as well, whatever it was
            unusable += 1
            continue
        if isinstance(event, ClockStepped):
            stepped += event.amount
        move = Duration(total - stepped)
        at = Instant(now + move)
        if isinstance(event, ClockStepped):
            steps.append(Stepped(at, event.amount))
        if isinstance(event, ConsoleStarted):
            current = show.current.cue.number if show.current is not None else ""
            starts.append(Start(at, None if last is None else Duration(max(0, at - last)), current))
        log.add(show, after, event, effects, at, entry.outcome)
        drift.see(show, after, now, move)
        airings.see(show, after, now, move)
        seen.see(after, event, at)
        alarms.see(after, event, now, at)
        show, last = after, at
    drift.end(show, last)
    lines = _lines(show, airings.all(last, show))
    return AsRun(
        day=show.day,
        begun=_first(entries, total),
        until=last,
        lines=lines,
        sessions=_sessions(show, lines),
        log=log.lines,
        alarms=alarms.all(),
        seen=seen.all(),
        drift=drift.points,
        starts=tuple(starts),
        steps=tuple(steps),
        unusable=unusable,
    )


def _first(entries: Sequence[Recorded], total: int) -> Instant | None:
    if not entries:
        return None
    first = entries[0]
    gone = first.event.amount if isinstance(first.event, ClockStepped) else 0
    return Instant(first.at + total - gone)


def _lines(show: Show, airings: Sequence[Airing]) -> tuple[CueLine, ...]:
    """A line for every airing, and one for every cue of the rundown as it is now that had none."""
    plan, reached = show.plan, position(show)
    rows: list[list[CueLine]] = [[] for _ in plan.cues]
    strays: dict[int, list[CueLine]] = {}
    place = -1
    for airing in airings:
        found = plan.place(airing.cue)
        line = _aired(show, airing, found)
        if found is None:
            # Where it was taken: behind what was on air before it.
            strays.setdefault(place, []).append(line)
        else:
            rows[found].append(line)
            place = found
    lines = strays.get(-1, [])
    for place, cue in enumerate(plan.cues):
        lines += rows[place] or [_not_aired(show, cue, place, reached)]
        lines += strays.get(place, [])
    return tuple(lines)


def _session_at(show: Show, place: int | None) -> SessionId | None:
    if place is None or show.day is None:
        return None
    return show.day.sessions[show.plan.session_of[place]].id


def _aired(show: Show, airing: Airing, place: int | None) -> CueLine:
    if airing.backed_out:
        fate = Fate.BACKED_OUT
    elif airing.started is None:
        fate = Fate.NEVER_SEEN
    else:
        fate = Fate.AIRED if airing.ended is not None else Fate.ON_AIR
    return CueLine(
        airing.cue,
        airing.number,
        airing.title,
        _session_at(show, place),
        fate,
        airing.planned_start,
        airing.planned_end,
        airing.planned_length,
        airing,
    )


def _not_aired(show: Show, cue: Cue, place: int, reached: int) -> CueLine:
    plan = show.plan
    if is_skipped(show, cue):
        fate = Fate.SKIPPED_LIVE if cue.id in show.edits.skips and not cue.skip else Fate.SKIPPED
    else:
        fate = Fate.PASSED if place < reached else Fate.NOT_REACHED
    begin, end = plan.start[place], plan.end[place]
    length = None if cue.skip or (plan.lengths[place] is None and cue.end is None) else Duration(end - begin)
    return CueLine(cue.id, cue.number, cue.title, _session_at(show, place), fate, begin, end, length)


def _sessions(show: Show, lines: Sequence[CueLine]) -> tuple[SessionLine, ...]:
    if show.day is None:
        return ()
    titles = {session.id: session.title for session in show.day.sessions}
    found: list[SessionLine] = []
    for part in show.plan.parts:
        inside = [line for line in lines if line.session == part.session and line.fate is not Fate.BACKED_OUT]
        begun = [line.started for line in inside if line.started is not None]
        over = [line.ended for line in inside if line.ended is not None]
        running = any(line.fate is Fate.ON_AIR for line in inside)
        ended = None if running else max(over, default=None)
        found.append(
            SessionLine(part.session, titles[part.session], part.start, part.end, min(begun, default=None), ended)
        )
    return tuple(found)

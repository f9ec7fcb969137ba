"""``rundown/day-*.yaml`` → days with their sessions and cues, every time of day an instant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from studio_console.core.rundown import (
    AtEnd,
    Cue,
    Day,
    Notes,
    Session,
    Thresholds,
    Transition,
    TransitionKind,
)
from studio_console.core.text import Text
from studio_console.core.units import (
    SECOND,
    CueId,
    DayId,
    Duration,
    InputId,
    Instant,
    PersonId,
    SessionId,
    instant_at,
)
from studio_console.files.cues import check_cue
from studio_console.files.names import Known
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.rundown_tables import DAY_FILE, OPEN
from studio_console.files.timers import read_thresholds
from studio_console.files.tree import Node

NO_TRANSITION = Transition()
NO_NOTES = Notes()
USUAL_TRANSITION = Duration(500)
SHORTEST_TRANSITION = Duration(50)
LONGEST_TRANSITION = Duration(20 * SECOND)

DAY_TWICE = Text("날 ‘{text}’이(가) 두 번 나옵니다", "the day ‘{text}’ is there twice")
DATE_TWICE = Text("{text}은(는) 다른 날의 날짜이기도 합니다", "{text} is the date of another day too")
SESSION_TWICE = Text("세션 ‘{text}’이(가) 이 날에 두 번 나옵니다", "the session ‘{text}’ is in this day twice")
CUE_TWICE = Text("큐 ‘{text}’이(가) 두 번 나옵니다", "the cue ‘{text}’ is there twice")
NUMBER_TWICE = Text("큐 번호 {text}이(가) 이 날에 두 번 나옵니다", "the cue number {text} is in this day twice")
FIRST = Text("처음은 {first}입니다", "first at {first}")
END_BEFORE_START = Text("끝이 시작보다 앞서거나 같습니다", "the end is not after the start")
PAST_MIDNIGHT = Text("자정 뒤라면 {later}로 적으세요", "if it is after midnight, write {later}")
NO_CUES = Text("세션에 큐가 없습니다", "a session without cues")
NO_SESSIONS = Text("이 날에 세션이 없습니다", "a day without sessions")
TRANSITION_LENGTH = Text("OBS의 전환은 0.05초에서 20초까지입니다", "a transition in OBS takes 0.05 to 20 seconds")
CUT_LENGTH = Text("cut에는 길이가 없습니다", "a cut takes no time")


Spot: TypeAlias = tuple[Reader, Node]
"""A place that is worked out only where somebody asks for it."""


@dataclass(slots=True)
class Seen:
    """What has been seen in the day files so far, for what must be there only once."""

    cues: dict[str, Spot] = field(default_factory=dict)
    days: dict[str, Spot] = field(default_factory=dict)
    dates: dict[date, Spot] = field(default_factory=dict)
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class DayParts:
    """A day as far as it could be read. ``day`` is None where that is not all of it."""

    day: Day | None
    reader: Reader
    session_rows: tuple[Row, ...] = ()
    cue_rows: Mapping[CueId, Row] = field(default_factory=dict)


def read_day(node: Node | None, reader: Reader, known: Known, zone: ZoneInfo, seen: Seen) -> DayParts:
    errors_before = len(reader.problems)
    top = DAY_FILE.read(node, reader) if node is not None else None
    if not isinstance(top, Row):
        return DayParts(None, reader)
    head = top.get("day")
    on = _head(head, reader, seen) if isinstance(head, Row) else None
    at = _instants(on or date(2020, 1, 1), zone)
    sessions: list[Session] = []
    session_rows: list[Row] = []
    cue_rows: dict[CueId, Row] = {}
    numbers: dict[str, Spot] = {}
    session_ids: dict[str, Spot] = {}
    for row in top.get("sessions", ()):
        if not isinstance(row, Row):
            continue
        seen.sessions += 1
        _once(row, "id", session_ids, reader, "session-twice", SESSION_TWICE)
        _check_order(row, reader)
        cues: list[Cue] = []
        for cue_row in row.get("cues", ()):
            if not isinstance(cue_row, Row):
                continue
            _once(cue_row, "id", seen.cues, reader, "cue-twice", CUE_TWICE)
            _once(cue_row, "number", numbers, reader, "number-twice", NUMBER_TWICE)
            _check_order(cue_row, reader)
            check_cue(cue_row, reader, known)
            transition = _transition(cue_row, reader)
            timer = read_thresholds(cue_row.values.get("timer"), known.timer, reader)
            if not cue_row.bad:
                cue = _cue(cue_row.values, at, transition, timer)
                cues.append(cue)
                cue_rows[cue.id] = cue_row
        if "cues" in row.values and not row.values["cues"]:
            reader.warn(row.value("cues"), "no-cues", NO_CUES)
        if not row.bad:
            values = row.values
            sessions.append(
                Session(
                    id=SessionId(values["id"]),
                    title=values["title"],
                    cues=tuple(cues),
                    start=at(values.get("start")),
                    end=at(values.get("end")),
                    assumed=values.get("assumed", ()),
                )
            )
            session_rows.append(row)
    if "sessions" in top.values and not top.values["sessions"]:
        reader.warn(top.value("sessions"), "no-sessions", NO_SESSIONS)
    good = all(problem.severity != "error" for problem in reader.problems[errors_before:])
    day = None
    if good and isinstance(head, Row) and on is not None:
        day = Day(DayId(head.values["id"]), on, head.values["title"], tuple(sessions))
    return DayParts(day, reader, tuple(session_rows), cue_rows)


def _head(head: Row, reader: Reader, seen: Seen) -> date | None:
    _once(head, "id", seen.days, reader, "day-twice", DAY_TWICE)
    _once(head, "date", seen.dates, reader, "date-twice", DATE_TWICE)
    found = head.get("date")
    return found if isinstance(found, date) else None


def _once(row: Row, key: str, seen: dict[Any, Spot], reader: Reader, code: str, message: Text) -> None:
    word = row.values.get(key)
    if word is None:
        return
    node = row.value(key)
    spot = (reader, node)
    first = seen.setdefault(word, spot)
    if first is not spot:
        reader.error(node, code, message, FIRST, text=word, first=str(first[0].place(first[1])))


def _check_order(row: Row, reader: Reader) -> None:
    start, end = row.values.get("start"), row.values.get("end")
    if start is not None and end is not None and end <= start:
        hint, values = later_hint(end, start)
        reader.error(row.value("end"), "end-before-start", END_BEFORE_START, hint, **values)


def later_hint(time: Duration, after: Duration) -> tuple[Text | None, dict[str, object]]:
    """The hint for a time of day that was probably meant to be of the night after."""
    day = 24 * 3_600_000
    if time < day // 2 and time + day > after:
        minutes, seconds = divmod((time + day) // 1000, 60)
        later = f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
        return PAST_MIDNIGHT, {"later": later}
    return None, {}


def _instants(on: date, zone: ZoneInfo) -> Callable[[Duration | None], Instant | None]:
    @cache
    def at(since_midnight: Duration | None) -> Instant | None:
        return None if since_midnight is None else instant_at(on, since_midnight, zone)

    return at


def _transition(row: Row, reader: Reader) -> Transition:
    entry = row.values.get("transition")
    if not isinstance(entry, Row) or "kind" not in entry.values:
        return NO_TRANSITION
    kind = entry.values["kind"]
    duration = entry.values.get("duration")
    if kind is TransitionKind.CUT:
        if duration:
            reader.warn(entry.value("duration"), "transition", CUT_LENGTH)
        return NO_TRANSITION
    if duration is None:
        duration = USUAL_TRANSITION
    elif not SHORTEST_TRANSITION <= duration <= LONGEST_TRANSITION:
        reader.error(entry.value("duration"), "transition", TRANSITION_LENGTH)
    return Transition(kind, duration)


def _cue(
    values: dict[str, Any], at: Callable[[Duration | None], Instant | None], transition: Transition, timer: Thresholds
) -> Cue:
    get = values.get
    duration = get("duration")
    clip = get("clip")
    notes = get("notes")
    return Cue(
        id=CueId(values["id"]),
        number=values["number"],
        title=values["title"],
        kind=values["kind"],
        start=at(get("start")),
        duration=None if duration == OPEN else duration,
        end=at(get("end")),
        speakers=get("speakers", ()),
        layouts=get("layouts", {}),
        transition=transition,
        floor=get("floor", ""),
        captions=get("captions"),
        clip=None if clip is None else InputId(clip),
        needs=get("needs", ()),
        timer=timer,
        notes=Notes(**notes.values) if isinstance(notes, Row) else NO_NOTES,
        colour=get("colour", ""),
        skip=get("skip", False),
        assumed=get("assumed", ()),
        extra=get("extra", {}),
        two_step=get("two_step", False),
        at_end=get("at_end", AtEnd.FREEZE),
        out_cue=get("out_cue"),
        bells=tuple(sorted(set(get("bells", ())), reverse=True)),
        roll_call=_roll_call(get("roll_call", False), get("speakers", ())),
        call=at(get("call")),
    )


def _roll_call(listed: bool | tuple[PersonId, ...], speakers: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    if isinstance(listed, tuple):
        return listed
    return speakers if listed else ()

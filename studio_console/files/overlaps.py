"""Planned times that do not fit together: fixed starts that come too early, sessions that run over."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from studio_console.core.clocktext import clock_text, length_text
from studio_console.core.plan import plan_times
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant
from studio_console.files.days import DayParts, later_hint

OVERLAP = Text(
    "앞의 {before}이(가) {until}까지라 이 시작과 {over} 겹칩니다",
    "begins {over} before what precedes it is planned to be over ({before}, until {until})",
)
RUNS_OVER = Text(
    "계획대로면 {until}에 끝나 정해진 끝을 {over} 넘깁니다",
    "is planned to last until {until}, {over} past its hard end",
)
NO_TIME_LEFT = Text(
    "계획대로면 {from_time}에 시작해 이 끝까지 남는 시간이 없습니다",
    "is planned to begin at {from_time}, which leaves no time until this end",
)


def check_times(parts: DayParts, zone: ZoneInfo) -> None:
    """Warnings about the plan of a day that could be read as a whole."""
    day, reader = parts.day, parts.reader
    if day is None:
        return
    plan = plan_times(day)
    until: Instant | None = None
    before = ""
    owed: Instant | None = None
    for place, cue in enumerate(plan.cues):
        row = parts.cue_rows[cue.id]
        session_row = parts.session_rows[plan.session_of[place]]
        owed = plan.opens[place] or owed
        if not plan.skipped[place]:
            fixed = cue.start if cue.start is not None else owed
            owner = row if cue.start is not None else session_row
            owed = None
            begin = plan.start[place]
            if fixed is not None and until is not None and fixed < until:
                start = owner.get("start")
                values: dict[str, object] = {
                    "over": length_text(Duration(until - fixed)),
                    "before": before,
                    "until": clock_text(until, zone),
                }
                hint, more = later_hint(start, start) if start is not None else (None, {})
                reader.warn(owner.value("start"), "overlap", OVERLAP, hint, **values, **more)
            if cue.end is not None and cue.end <= begin and cue.start is None:
                reader.warn(row.value("end"), "no-time-left", NO_TIME_LEFT, from_time=clock_text(begin, zone))
            until, before = plan.end[place], cue.number
        close = plan.closes[place]
        if close is not None and until is not None and until > close:
            reader.warn(
                session_row.value("end"),
                "runs-over",
                RUNS_OVER,
                until=clock_text(until, zone),
                over=length_text(Duration(until - close)),
            )

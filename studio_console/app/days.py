"""Which day of the event is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from studio_console.core.problems import UserError
from studio_console.core.rundown import Day, Event
from studio_console.core.text import Text

NO_SUCH_DAY = Text(
    "‘{wanted}’에 해당하는 날이 없습니다. 다음 중에서 고르세요: {days}",
    "The event has no day ‘{wanted}’. It has: {days}",
)
NO_DAYS = Text(
    "이 행사에는 날이 없습니다. rundown/day-1.yaml을 만드세요", "The event has no days: write rundown/day-1.yaml"
)


class NoSuchDay(UserError):
    """The day asked for is not in the event."""


def choose_day(event: Event, wanted: str | None, today: date) -> Day:
    """The day by its id, its number or its date; without one today's, else the next, else the first.

    Raises NoSuchDay.
    """
    days = sorted(event.days, key=lambda day: day.date)
    if not days:
        raise NoSuchDay(NO_DAYS)
    if wanted is None:
        return next((day for day in days if day.date >= today), days[0])
    found = _matching(days, wanted.strip())
    if found is None:
        listed = ", ".join(f"{number} ({day.id}, {day.date})" for number, day in enumerate(days, 1))
        raise NoSuchDay(NO_SUCH_DAY, wanted=wanted, days=listed)
    return found


def _matching(days: Sequence[Day], wanted: str) -> Day | None:
    for number, day in enumerate(days, 1):
        if wanted in (day.id, str(number), day.date.isoformat()):
            return day
    return None


def today_in(zone: ZoneInfo) -> date:
    """The calendar day in the hall."""
    return datetime.now(zone).date()

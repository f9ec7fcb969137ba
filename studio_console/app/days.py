"""Which day of the event is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from studio_console.core.plan import plan_times
from studio_console.core.problems import UserError
from studio_console.core.rundown import Day, Event
from studio_console.core.text import Text
from studio_console.core.units import HOUR, Duration, Instant, instant_of

NO_SUCH_DAY = Text(
    "‘{wanted}’에 해당하는 날이 없습니다. 다음 중에서 고르세요: {days}",
    "The event has no day ‘{wanted}’. It has: {days}",
)
NO_DAYS = Text(
    "이 행사에는 날이 없습니다. rundown/day-1.yaml을 만드세요", "The event has no days: write rundown/day-1.yaml"
)


OVERRUN = Duration(4 * HOUR)
"""ms after its planned end in which a day still is today's: sessions go past midnight, and are late as well."""


class NoSuchDay(UserError):
    """The day asked for is not in the event."""


def choose_day(event: Event, wanted: str | None, now: Instant) -> Day:
    """The day by its id, its number or its date; without one today's, else the next, else the first.

    At five past midnight the mayors' meeting of the evening before still is today's: whoever starts the console
    again in the middle of it is not to be given the next morning. Raises NoSuchDay.
    """
    days = sorted(event.days, key=lambda day: day.date)
    if not days:
        raise NoSuchDay(NO_DAYS)
    if wanted is None:
        zone = ZoneInfo(event.time_zone)
        return next((day for day in days if now < _over(day, zone)), days[0])
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


def _over(day: Day, zone: ZoneInfo) -> Instant:
    """When nobody opens ``day`` any more unless they say so: its midnight, or later where its sessions end later."""
    midnight = instant_of(datetime.combine(day.date + timedelta(days=1), time(), zone))
    return Instant(max([midnight, *(end + OVERRUN for end in plan_times(day).end)]))

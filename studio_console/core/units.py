"""Instants, durations and identifiers, each with a type of its own.

An instant counts milliseconds since the Unix epoch in UTC, never since midnight: a session that crosses
midnight, a guest in another zone and a day in winter time need no special case anywhere.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import NewType
from zoneinfo import ZoneInfo

Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01T00:00Z."""

Duration = NewType("Duration", int)
"""Milliseconds; may be negative where a difference is meant (late is +)."""

Decibels = NewType("Decibels", int)
"""Whole dB; 0 is as it comes. How far a person can tell two levels apart, and how far a fader is set back by hand."""

DayId = NewType("DayId", str)
SessionId = NewType("SessionId", str)
CueId = NewType("CueId", str)
PersonId = NewType("PersonId", str)
SurfaceId = NewType("SurfaceId", str)
LayoutId = NewType("LayoutId", str)
InputId = NewType("InputId", str)
SceneName = NewType("SceneName", str)
PressId = NewType("PressId", str)
"""One press of a key or button; a second event with the same id is the same press."""

SECOND = Duration(1_000)
MINUTE = Duration(60_000)
HOUR = Duration(3_600_000)

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)


def instant_of(moment: datetime) -> Instant:
    """The instant of an aware datetime. Raises ValueError for a naive one: it names no instant."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without a zone is not an instant")
    return Instant((moment - _EPOCH) // _MILLISECOND)


def datetime_of(instant: Instant, zone: ZoneInfo) -> datetime:
    """The aware datetime that a clock in ``zone`` shows at ``instant``."""
    return (_EPOCH + timedelta(milliseconds=instant)).astimezone(zone)


def instant_at(day: date, since_midnight: Duration, zone: ZoneInfo) -> Instant:
    """The instant at which the wall clock of ``day`` shows ``since_midnight``; 25:30 is 01:30 of the day after.

    Wall-clock time is meant: on a day with a clock change 09:00 stays 09:00. Of an hour that happens twice the
    first is taken.
    """
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock, its zone follows
    return instant_of((midnight + timedelta(milliseconds=since_midnight)).replace(tzinfo=zone))


def moved(instant: Instant | None, amount: Duration) -> Instant | None:
    """``instant`` by ``amount`` later, where there is one: a mark when the wall clock was set."""
    return None if instant is None else Instant(instant + amount)


def midnight_utc(day: date) -> Instant:
    """The instant at which ``day`` begins in UTC, for a day of which no time is known."""
    return instant_of(datetime(day.year, day.month, day.day, tzinfo=timezone.utc))

"""Instants and durations: clocks of many zones, days with a clock change, sessions past midnight."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.units import (
    HOUR,
    MINUTE,
    SECOND,
    Duration,
    Instant,
    datetime_of,
    instant_at,
    instant_of,
    midnight_utc,
)

SEOUL = ZoneInfo("Asia/Seoul")
SUMMIT = date(2020, 6, 2)
ZONES = ["Asia/Seoul", "Europe/London", "America/Lima", "Asia/Kabul", "America/New_York", "Pacific/Kiritimati", "UTC"]


def test_units_are_milliseconds() -> None:
    """An hour is sixty minutes of sixty seconds of a thousand."""
    assert (HOUR, MINUTE, SECOND) == (3_600_000, 60_000, 1_000)


@pytest.mark.parametrize(
    ("zone", "clock"),
    [
        ("Europe/London", "14:00"),
        ("America/Lima", "08:00"),
        ("Asia/Kabul", "17:30"),
        ("America/New_York", "09:00"),
        ("Asia/Seoul", "22:00"),
    ],
)
def test_guests_clocks_when_it_is_ten_in_seoul(zone: str, clock: str) -> None:
    """The mayors' meeting begins at 22:00 in the hall; each city reads its own clock."""
    begin = instant_at(SUMMIT, Duration(22 * HOUR), SEOUL)
    assert datetime_of(begin, ZoneInfo(zone)).strftime("%H:%M") == clock


def test_hours_past_midnight_go_on_counting() -> None:
    """25:30 of 2 June is half past one on 3 June, three and a half hours after 22:00."""
    late = instant_at(SUMMIT, Duration(25 * HOUR + 30 * MINUTE), SEOUL)
    assert datetime_of(late, SEOUL) == datetime(2020, 6, 3, 1, 30, tzinfo=SEOUL)
    assert late - instant_at(SUMMIT, Duration(22 * HOUR), SEOUL) == 3 * HOUR + 30 * MINUTE


def test_the_morning_after_a_clock_change_keeps_its_wall_clock() -> None:
    """In London the clocks went forward on 29 March 2020: 09:00 stays 09:00, eight real hours after midnight."""
    london, day = ZoneInfo("Europe/London"), date(2020, 3, 29)
    nine = instant_at(day, Duration(9 * HOUR), london)
    assert datetime_of(nine, london).hour == 9
    assert nine - instant_at(day, Duration(0), london) == 8 * HOUR


def test_of_an_hour_that_happens_twice_the_first_is_meant() -> None:
    """On 25 October 2020 London has 01:30 twice."""
    london = ZoneInfo("Europe/London")
    assert datetime_of(instant_at(date(2020, 10, 25), Duration(90 * MINUTE), london), london).utcoffset() == timedelta(
        hours=1
    )


def test_a_datetime_without_a_zone_is_no_instant() -> None:
    """It is refused rather than guessed at."""
    with pytest.raises(ValueError, match="zone"):
        instant_of(datetime(2020, 6, 2, 22, 0))  # noqa: DTZ001 - that is the point


def test_midnight_utc() -> None:
    """Where a day begins of which no time is known."""
    assert midnight_utc(SUMMIT) == instant_of(datetime(2020, 6, 2, tzinfo=timezone.utc))


@given(st.integers(-(10**13), 10**13), st.sampled_from(ZONES))
def test_every_instant_comes_back_from_every_clock(moment: int, zone: str) -> None:
    """To the millisecond, before 1970 too, in hours that happen twice too."""
    assert instant_of(datetime_of(Instant(moment), ZoneInfo(zone))) == moment

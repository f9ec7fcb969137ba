"""Which day is opened when nobody, or somebody, says which."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from studio_console.app.days import NoSuchDay, choose_day
from studio_console.core.rundown import Cue, Day, Event, Kind, Session
from studio_console.core.text import same
from studio_console.core.units import HOUR, CueId, DayId, Duration, Instant, SessionId, instant_of


def event(*days: tuple[str, date]) -> Event:
    made = tuple(Day(DayId(name), when, same(name), ()) for name, when in days)
    return Event("e", same("e"), "Asia/Seoul", {}, made)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> Instant:
    return instant_of(datetime(year, month, day, hour, minute, tzinfo=SEOUL))


SEOUL = ZoneInfo("Asia/Seoul")
SUMMIT = event(("mon", date(2020, 6, 1)), ("tue", date(2020, 6, 2)), ("fri", date(2020, 6, 5)))


def test_todays_day_is_opened() -> None:
    """On Tuesday the console opens Tuesday."""
    assert choose_day(SUMMIT, None, at(2020, 6, 2, 12)).id == "tue"


def test_between_two_days_the_next_one_is_opened() -> None:
    """On Wednesday, when nothing is planned, the team prepares Friday."""
    assert choose_day(SUMMIT, None, at(2020, 6, 3, 12)).id == "fri"


def test_after_the_event_its_first_day_is_opened() -> None:
    """Long after the summit somebody looks at it: from the beginning."""
    assert choose_day(SUMMIT, None, at(2024, 1, 1, 12)).id == "mon"


@pytest.mark.parametrize("wanted", ["2", "tue", "2020-06-02", " tue "])
def test_a_day_is_named_by_number_id_or_date(wanted: str) -> None:
    """People say “the second day”, “tue” and “2 June”, and mean the same."""
    assert choose_day(SUMMIT, wanted, at(2020, 6, 1, 12)).id == "tue"


def test_days_are_counted_by_date_whatever_the_order_of_the_files() -> None:
    """A file that sorts first does not make its day the first."""
    mixed = event(("b", date(2020, 6, 2)), ("a", date(2020, 6, 1)))
    assert choose_day(mixed, "1", at(2020, 6, 2, 12)).id == "a"


def test_a_day_that_is_not_there_is_refused_with_those_that_are() -> None:
    """A mistyped day lists what could have been meant, in both languages."""
    with pytest.raises(NoSuchDay) as refused:
        choose_day(SUMMIT, "7", at(2020, 6, 2, 12))
    for language in ("ko", "en"):
        said = refused.value.show(language)
        assert "7" in said
        assert "2 (tue, 2020-06-02)" in said


def test_an_event_without_days_says_what_to_write() -> None:
    """A new event has no day files yet."""
    with pytest.raises(NoSuchDay, match=r"day-1\.yaml"):
        choose_day(event(), None, at(2020, 6, 2, 12))


def with_late_meeting() -> Event:
    """Tuesday's meeting begins at 22:00 and is to end at ten past midnight; on Wednesday it goes on at 09:30."""
    meeting = Cue(
        CueId("m"), "M1", same("m"), Kind.PANEL, start=at(2020, 6, 2, 22), duration=Duration(130 * HOUR // 60)
    )
    morning = Cue(CueId("c"), "C1", same("c"), Kind.PANEL, start=at(2020, 6, 3, 9, 30), duration=Duration(HOUR))
    days = [
        Day(DayId(name), when, same(name), (Session(SessionId(name), same(name), (cue,)),))
        for name, when, cue in (("tue", date(2020, 6, 2), meeting), ("wed", date(2020, 6, 3), morning))
    ]
    return Event("e", same("e"), "Asia/Seoul", {}, tuple(days))


@pytest.mark.parametrize(("hour", "minute"), [(0, 5), (2, 0), (4, 9)])
def test_past_midnight_the_evening_is_still_todays(hour: int, minute: int) -> None:
    """The console crashed at 00:05 in the middle of the mayors' meeting: the same command opens the same meeting."""
    assert choose_day(with_late_meeting(), None, at(2020, 6, 3, hour, minute)).id == "tue"


def test_in_the_morning_it_is_not() -> None:
    """The first technicians come at six."""
    assert choose_day(with_late_meeting(), None, at(2020, 6, 3, 6)).id == "wed"


def test_until_midnight_a_day_is_todays_however_early_it_ended() -> None:
    assert choose_day(SUMMIT, None, at(2020, 6, 2, 23, 59)).id == "tue"

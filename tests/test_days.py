"""Which day is opened when nobody, or somebody, says which."""

from datetime import date

import pytest

from studio_console.app.days import NoSuchDay, choose_day
from studio_console.core.rundown import Day, Event
from studio_console.core.text import same
from studio_console.core.units import DayId


def event(*days: tuple[str, date]) -> Event:
    made = tuple(Day(DayId(name), when, same(name), ()) for name, when in days)
    return Event("e", same("e"), "Asia/Seoul", {}, made)


SUMMIT = event(("mon", date(2020, 6, 1)), ("tue", date(2020, 6, 2)), ("fri", date(2020, 6, 5)))


def test_todays_day_is_opened() -> None:
    """On Tuesday the console opens Tuesday."""
    assert choose_day(SUMMIT, None, date(2020, 6, 2)).id == "tue"


def test_between_two_days_the_next_one_is_opened() -> None:
    """On Wednesday, when nothing is planned, the team prepares Friday."""
    assert choose_day(SUMMIT, None, date(2020, 6, 3)).id == "fri"


def test_after_the_event_its_first_day_is_opened() -> None:
    """Long after the summit somebody looks at it: from the beginning."""
    assert choose_day(SUMMIT, None, date(2024, 1, 1)).id == "mon"


@pytest.mark.parametrize("wanted", ["2", "tue", "2020-06-02", " tue "])
def test_a_day_is_named_by_number_id_or_date(wanted: str) -> None:
    """People say “the second day”, “tue” and “2 June”, and mean the same."""
    assert choose_day(SUMMIT, wanted, date(2020, 6, 1)).id == "tue"


def test_days_are_counted_by_date_whatever_the_order_of_the_files() -> None:
    """A file that sorts first does not make its day the first."""
    mixed = event(("b", date(2020, 6, 2)), ("a", date(2020, 6, 1)))
    assert choose_day(mixed, "1", date(2020, 6, 2)).id == "a"


def test_a_day_that_is_not_there_is_refused_with_those_that_are() -> None:
    """A mistyped day lists what could have been meant, in both languages."""
    with pytest.raises(NoSuchDay) as refused:
        choose_day(SUMMIT, "7", date(2020, 6, 2))
    for language in ("ko", "en"):
        said = refused.value.show(language)
        assert "7" in said
        assert "2 (tue, 2020-06-02)" in said


def test_an_event_without_days_says_what_to_write() -> None:
    """A new event has no day files yet."""
    with pytest.raises(NoSuchDay, match=r"day-1\.yaml"):
        choose_day(event(), None, date(2020, 6, 2))

"""What the command line says, decoded."""

from zoneinfo import ZoneInfo

import pytest

from studio_console.app.options import clock_start, language_of, speed_of
from studio_console.core.problems import UserError
from studio_console.core.units import datetime_of

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("arguments", "system", "language"),
    [
        (["--lang", "ko"], "en_US.UTF-8", "ko"),
        (["check", "--lang=en"], "ko_KR.UTF-8", "en"),
        ([], "ko_KR.UTF-8", "ko"),
        ([], "C.UTF-8", "en"),
        (["--lang"], "ko_KR.UTF-8", "ko"),
        (["--lang", "fr"], "en_US.UTF-8", "en"),
    ],
)
def test_the_language_is_what_was_asked_for_else_the_systems(
    arguments: list[str], system: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Korean machine speaks Korean, unless told otherwise."""
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LANG", system)
    assert language_of(arguments) == language


def test_the_rehearsals_clock_is_the_halls() -> None:
    """“It is 21:55 on 2 June” means in the hall."""
    assert datetime_of(clock_start("2020-06-02 21:55", SEOUL), SEOUL).isoformat() == "2020-06-02T21:55:00+09:00"


@pytest.mark.parametrize("given", ["21:55", "2 June", "2020-13-01 10:00", ""])
def test_a_clock_that_is_no_time_is_refused_with_its_form(given: str) -> None:
    """A mistyped time says how it is written."""
    with pytest.raises(UserError, match="2020-06-02 21:55"):
        clock_start(given, SEOUL)


@pytest.mark.parametrize("given", ["0001-01-01 00:00", "1969-12-31 23:59", "9999-12-31 23:59"])
def test_a_clock_far_from_any_show_is_refused(given: str) -> None:
    """Nothing can be counted from there; the window would break on its first time of day."""
    with pytest.raises(UserError, match="1970 to 2999"):
        clock_start(given, SEOUL)


@pytest.mark.parametrize("given", ["0", "-3", "fast", "nan", "1e9"])
def test_a_speed_that_is_none_is_refused(given: str) -> None:
    """A clock runs forwards, and not faster than anything can follow."""
    with pytest.raises(UserError):
        speed_of(given)


def test_a_speed_may_have_a_fraction() -> None:
    """Half speed, to look closely."""
    assert speed_of("0.5") == 0.5

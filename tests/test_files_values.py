"""Durations, times and lengths as cue sheets write them; what is formatted reads back as the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.units import HOUR, MINUTE, SECOND, Duration
from studio_console.core.written import (
    DURATION_PATTERN,
    TIME_PATTERN,
    Wrong,
    duration_of,
    format_duration,
    format_time,
    time_of,
)
from studio_console.files.values import (
    LENGTH_PATTERN,
    Length,
    colour_of,
    date_of,
    format_length,
    id_of,
    language_of,
    length_of,
    size_of,
    zone_of,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30s", 30 * SECOND),
        ("5m", 5 * MINUTE),
        ("1h", HOUR),
        ("1h30m", 90 * MINUTE),
        ("1h 30m 5s", 90 * MINUTE + 5 * SECOND),
        ("0.5s", 500),
        ("500ms", 500),
        ("1.25s", 1250),
        ("0:30", 30 * SECOND),
        ("90:00", 90 * MINUTE),
        ("00:05:30", 330 * SECOND),
        ("5'30\"", 330 * SECOND),
        ("5′30″", 330 * SECOND),
        ("5'", 5 * MINUTE),
        ('45"', 45 * SECOND),
        ("'30", 30 * MINUTE),
        ("('30)", 30 * MINUTE),
        ("5분", 5 * MINUTE),
        ("5분 30초", 330 * SECOND),
        ("1시간 30분", 90 * MINUTE),
        ("1시간30분", 90 * MINUTE),
        ("30초", 30 * SECOND),
    ],
)
def test_durations_as_they_are_written(text: str, wanted: int) -> None:
    assert duration_of(text) == wanted
    assert re.search(DURATION_PATTERN, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30", "duration-unit"),
        ("1.5", "duration-unit"),
        ("0", "duration-unit"),
        ("0s", "duration"),
        ("0:00", "duration"),
        ("-5m", "duration"),
        ("5 minutes", "duration"),
        ("5x", "duration"),
        ("h", "duration"),
        ("'", "duration"),
        ("('30", "duration"),
        ("1:75", "duration"),
        ("1:75:00", "duration"),
        ("48h", "duration"),
        ("９m", "duration"),
        ("5m\n", "duration"),
        ("분", "duration"),
        ("", "duration"),
    ],
)
def test_what_is_no_duration(text: str, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        duration_of(text)
    assert wrong.value.code == code


def test_no_time_at_all_is_allowed_where_it_makes_sense() -> None:
    assert duration_of("0s", zero=True) == 0


@given(st.integers(1, 48 * HOUR - 1))
def test_a_formatted_duration_reads_back(duration: int) -> None:
    text = format_duration(Duration(duration))
    assert duration_of(text) == duration
    assert re.search(DURATION_PATTERN, text)


@given(st.integers(0, 48 * 3600 - 1))
def test_a_formatted_time_of_day_reads_back(seconds: int) -> None:
    text = format_time(Duration(seconds * SECOND))
    assert time_of(text) == seconds * SECOND
    assert re.search(TIME_PATTERN, text)


@given(st.integers(-99_999_0000, 99_999_0000), st.booleans())
def test_a_formatted_length_reads_back(tenthousandths: int, percent: bool) -> None:
    length = Length(tenthousandths / 10_000, percent)
    text = format_length(length)
    assert length_of(text) == length
    assert re.search(LENGTH_PATTERN, text)


@given(st.one_of(st.text(max_size=12), st.from_regex(r"\A[0-9:hms'\" .분초시간-]{1,12}\Z")))
def test_any_text_is_a_value_or_refused_and_the_schema_allows_whatever_is_read(text: str) -> None:
    parsers: list[tuple[Callable[[str], object], str]] = [
        (duration_of, DURATION_PATTERN),
        (time_of, TIME_PATTERN),
        (length_of, LENGTH_PATTERN),
    ]
    for parse, pattern in parsers:
        try:
            parse(text)
        except Wrong:
            continue
        assert re.search(pattern, text), (parse, text)


@pytest.mark.parametrize(("text", "hours"), [("00:00", 0), ("9:30", 9.5), ("25:30", 25.5), ("47:00:00", 47)])
def test_times_of_day_go_on_counting_after_midnight(text: str, hours: float) -> None:
    assert time_of(text) == hours * HOUR


@pytest.mark.parametrize("text", ["48:00", "24", "9:5", "12:60", "12:00:60", "-1:00", "22:00\n", "22.00", "오후 10:00"])
def test_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(Wrong):
        time_of(text)


def test_dates() -> None:
    assert date_of("2020-06-02") == date(2020, 6, 2)
    for text in ("2020-6-2", "20200602", "2020-02-30", "2020-06-02T10:00", "1999-01-01", "9999-12-31", "2020-W01-1"):
        with pytest.raises(Wrong):
            date_of(text)


@pytest.mark.parametrize(
    ("parse", "good", "bad"),
    [
        (size_of, "1920x1080", ["0x10", "1920", "1920 x 1080", "-1x5", "1920x1080\n", "100000x1"]),
        (length_of, "50%", ["5em", "%", "1e3", "--1", "1.%"]),
        (id_of, "m11-london_2", ["M11", "-a", "런던", "a b", "a" * 81, "", "a\n"]),
        (colour_of, "#A0b1C2", ["#fff", "red", "a0b1c2", "#gggggg", "#a0b1c2\n"]),
        (language_of, "ko", ["KO", "k", "korean", "ko-KR"]),
        (zone_of, "Asia/Seoul", ["Asia/Seol", "Europe", "/etc/localtime", "../../etc/passwd", "", "\x00", "가"]),
    ],
)
def test_other_values(parse: Callable[[str], object], good: str, bad: list[str]) -> None:
    assert parse(good)
    for text in bad:
        with pytest.raises(Wrong):
            parse(text)


def test_a_time_zone_with_a_slip_is_suggested() -> None:
    with pytest.raises(Wrong) as wrong:
        zone_of("Asia/Seol")
    assert wrong.value.values["meant"] == "Asia/Seoul"

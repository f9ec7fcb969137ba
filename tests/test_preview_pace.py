"""A stream that loses nothing falls behind, and makes up for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.devices.previews.pace import FASTER, LONGEST, WORTH_IT, Pace, loses_nothing
from studio_console.devices.previews.protocol import Play


def play(location: str, kind: str = "url") -> Play:
    return Play(stream=0, job=1, kind=kind, location=location, caching_ms=300, sound=False)


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("rtmp://guest.example/live", True),
        ("tcp://guest.example:9000", True),
        ("http://guest.example/picture.ts?x=1", True),
        ("https://guest.example/live.m3u8", False),
        ("udp://@:9000", False),
        ("srt://guest.example:9000", False),
        ("http://[broken", False),
    ],
)
def test_over_tcp_nothing_is_lost(location: str, kept: bool) -> None:
    assert loses_nothing(play(location)) is kept


def test_a_file_is_not_behind_anything() -> None:
    assert not loses_nothing(play("http.ts", "file"))


def test_after_a_stall_it_is_played_faster_until_nothing_waits() -> None:
    """Two seconds were missed: at one and a half times the speed they are made up for in four."""
    pace = Pace()
    assert pace.rate(10.0) == 1.0
    pace.fell_behind(2.0, 10.0)
    assert pace.rate(10.0) == pace.rate(13.9) == FASTER
    assert pace.rate(14.1) == 1.0


def test_a_second_stall_adds_to_the_first() -> None:
    pace = Pace()
    pace.fell_behind(1.0, 10.0)
    pace.fell_behind(1.0, 11.0)
    assert pace.rate(13.9) == FASTER
    assert pace.rate(14.1) == 1.0


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 100)), max_size=20))
def test_it_never_hurries_for_long_after_the_last_stall(stalls: list[tuple[float, float]]) -> None:
    pace, now = Pace(), 0.0
    for seconds, later in stalls:
        now += later
        pace.fell_behind(seconds, now)
        assert pace.rate(now) == 1.0 or max(each for each, _ in stalls) >= WORTH_IT
    assert pace.rate(now + LONGEST) == 1.0

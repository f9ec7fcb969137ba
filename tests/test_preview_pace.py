"""A stream that loses nothing falls behind, and makes up for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.devices.previews.pace import (
    FASTER,
    KEPT,
    LONGEST,
    PROBED_AT_MOST,
    STOPPED,
    Count,
    Pace,
    loses_nothing,
)
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


A_SECOND = 110_000
"""Bytes."""


def steady(pace: Pace, begin: float, seconds: float, came: int, taken: int) -> Count:
    """A sender in its pace, counted four times a second; what was counted last."""
    count = Count(came, taken)
    for quarter in range(round(seconds * 4) + 1):
        sent = round(A_SECOND * quarter / 4)
        count = Count(came + sent, taken + sent)
        pace.counted(count, begin + quarter / 4)
    return count


def hurries(pace: Pace, begin: float, end: float) -> list[float]:
    """At which tenths of a second between the two it is played faster."""
    tenths = (begin + tenth / 10 for tenth in range(round((end - begin) * 10)))
    return [moment for moment in tenths if pace.rate(moment) == FASTER]


@pytest.mark.parametrize("connecting", [0.2, 6.0, 60.0])
def test_a_peer_that_begins_to_send_late_is_not_behind(connecting: float) -> None:
    """A server that waits for its publisher: VLC takes on what comes as it comes, however long it waited for it."""
    pace = Pace()
    pace.counted(Count(0, 0), 0.0)
    pace.counted(Count(22_184, 0), connecting)
    steady(pace, connecting + 0.25, 10, 42_676, 33_697)
    assert not hurries(pace, 0, connecting + 30)


def test_what_came_while_vlc_found_out_what_it_is_given_is_made_up_for() -> None:
    """RTMP: two seconds' worth had come before anything was shown."""
    pace = Pace()
    steady(pace, 2.0, 1.0, 2 * A_SECOND, 8_000)
    faster = hurries(pace, 3.0, 30)
    assert (faster[0], faster[-1]) == pytest.approx((3.0, 3.0 + 2 * (2 - KEPT)), abs=0.11)


def test_what_a_server_sends_at_once_is_not_made_up_for_without_end() -> None:
    pace = Pace()
    steady(pace, 2.0, 1.0, 60 * A_SECOND, 8_000)
    assert hurries(pace, 3.0, 60)[-1] < 3 + 2 * PROBED_AT_MOST + 0.1


def stalled(pace: Pace, begin: float, seconds: float, before: Count) -> Count:
    """Nothing comes for so long, and then something; what was counted then."""
    after = Count(before.came + 10_000, before.taken + 10_000)
    pace.counted(before, begin)
    pace.counted(before, begin + seconds / 2)
    pace.counted(after, begin + seconds)
    return after


def test_after_a_stall_it_is_played_faster_until_nothing_waits() -> None:
    """Two seconds were missed: at one and a half times the speed they are made up for in four."""
    pace = Pace()
    stalled(pace, 10.0, 2.0, steady(pace, 0.0, 10.0, 30_000, 20_000))
    assert pace.rate(12.0) == pace.rate(15.9) == FASTER
    assert pace.rate(16.1) == 1.0


def test_a_second_stall_adds_to_the_first() -> None:
    pace = Pace()
    count = stalled(pace, 10.0, 2.0, steady(pace, 0.0, 10.0, 30_000, 20_000))
    stalled(pace, 12.0, 1.0, count)
    assert pace.rate(17.9) == FASTER
    assert pace.rate(18.1) == 1.0


def test_it_is_not_hurried_where_no_picture_waits() -> None:
    """Pictures stop coming while it is played faster: what was made up for was not there, or is done with."""
    pace = Pace()
    stalled(pace, 10.0, 2.0, steady(pace, 0.0, 10.0, 30_000, 20_000))
    # The last picture is from before the stall, and it takes a moment until there is another.
    pace.stood_still(10.3, 12.0)
    pace.stood_still(10.3, 12.5)
    assert pace.rate(12.5) == FASTER
    pace.stood_still(12.8, 13.0)
    assert pace.rate(13.0) == FASTER
    pace.stood_still(12.8, 12.8 + STOPPED + 0.01)
    assert not hurries(pace, 12.8 + STOPPED + 0.01, 40)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=20))
def test_it_never_hurries_for_long_after_the_last_stall(told: list[tuple[float, int, int]]) -> None:
    pace, now = Pace(), 0.0
    for later, came, taken in told:
        now += later
        pace.counted(Count(came, taken), now)
    assert pace.rate(now + LONGEST) == 1.0

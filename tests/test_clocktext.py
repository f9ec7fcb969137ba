"""Times as the people in the hall read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.clocktext import clock_text, countdown_text, length_text, over_text
from studio_console.core.units import Duration
from tests.builders import SEOUL, at


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00"), (999, "0:00"), (59_999, "0:59"), (300_000, "5:00"), (3_599_000, "59:59"), (5_400_000, "1:30:00")],
)
def test_lengths(ms: int, shown: str) -> None:
    """Hours only where there are any; a second is shown once it is whole."""
    assert length_text(Duration(ms)) == shown


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (300_000, "5:00"),
        (299_001, "5:00"),
        (299_000, "4:59"),
        (1, "0:01"),
        (0, "0:00"),
        (-999, "0:00"),
        (-1_000, "+0:01"),
        (-60_000, "+1:00"),
        (-3_661_000, "+1:01:01"),
    ],
)
def test_countdowns(ms: int, shown: str) -> None:
    """0:00 is the moment it is over, not the second before; overtime counts up with a plus sign."""
    assert countdown_text(Duration(ms)) == shown


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "±0:00"), (999, "±0:00"), (-999, "±0:00"), (1_000, "+0:01"), (72_000, "+1:12"), (-30_000, "−0:30")],
)
def test_over_and_under(ms: int, shown: str) -> None:
    """Late is plus, early is a real minus sign."""
    assert over_text(Duration(ms)) == shown


def test_clocks() -> None:
    """A session past midnight shows the hour that the wall shows."""
    assert clock_text(at("22:15:30"), SEOUL) == "22:15:30"
    assert clock_text(at("25:05:09"), SEOUL) == "01:05:09"
    assert clock_text(at("25:05:59"), SEOUL, seconds=False) == "01:05"


@given(st.integers(-(10**9), 10**9))
def test_a_countdown_never_stands_still_or_jumps(ms: int) -> None:
    """One second later it shows the next second, across zero and across the hour, but for the second of 0:00 itself."""

    def seconds(shown: str) -> int:
        total = 0
        for part in shown.lstrip("+").split(":"):
            total = total * 60 + int(part)
        return -total if shown.startswith("+") else total

    assert seconds(countdown_text(Duration(ms))) - seconds(countdown_text(Duration(ms - 1000))) in (
        (0, 1) if -1000 < ms < 1000 else (1,)
    )

"""How times are written for people: countdowns, over and under, the clock on the wall."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from studio_console.core.units import Duration, Instant, datetime_of

MINUS = "−"


def clock_text(instant: Instant, zone: ZoneInfo, seconds: bool = True) -> str:
    """``22:15:30``, or ``22:15`` without seconds, as a clock in ``zone`` shows it."""
    return datetime_of(instant, zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def length_text(duration: Duration) -> str:
    """``5:00``, ``1:30:00``: hours only where there are any; fractions of a second are cut off."""
    seconds = abs(duration) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def countdown_text(remaining: Duration) -> str:
    """What is left, rounded up so that 0:00 is shown when it is over; overtime counts up with a plus sign."""
    if remaining > 0:
        return length_text(Duration(-(-remaining // 1000) * 1000))
    over = -remaining
    return length_text(Duration(0)) if over < 1000 else f"+{length_text(Duration(over))}"


def over_text(over: Duration) -> str:
    """Over and under: late is ``+1:12``, early ``−0:30``, within a second ``±0:00``."""
    if abs(over) < 1000:
        return "±0:00"
    return f"{'+' if over > 0 else MINUS}{length_text(over)}"

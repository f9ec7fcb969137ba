"""Durations and times of day as people write them, in files and in the desk's fields. Each parser raises Wrong.

The patterns are used by the JSON Schema as well, so they keep to what Python and ECMAScript have in common.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from studio_console.core.text import Text
from studio_console.core.units import HOUR, MINUTE, SECOND, Duration, Instant, datetime_of

UNITS = r"(?:([0-9]{1,4})h)? ?(?:([0-9]{1,5})m)? ?(?:([0-9]{1,6})(?:\.([0-9]{1,3}))?s)?"
KOREAN = r"(?:([0-9]{1,4})시간)? ?(?:([0-9]{1,5})분)? ?(?:([0-9]{1,6})초)?"
COLONS = r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-5][0-9])"
PRIMES = r"\(?(?:([0-9]{1,4})['′’](?:([0-5]?[0-9])[\"″”]?)?|['′’]([0-9]{1,4})|([0-9]{1,4})[\"″”])\)?"
MILLISECONDS = r"([0-9]{1,6})ms"
DURATION_PATTERN = rf"^(?:{MILLISECONDS}|{COLONS}|{PRIMES}|(?=[0-9]){UNITS}|(?=[0-9]){KOREAN})$"
TIME_PATTERN = r"^([0-3]?[0-9]|4[0-7]):([0-5][0-9])(?::([0-5][0-9]))?$"

LONGEST = Duration(48 * HOUR)


DURATION = Text("길이를 읽을 수 없습니다: ‘{text}’", "‘{text}’ is not a duration")
DURATION_HINT = Text("예: 30s, 5m, 1h30m, 5'30\", 5분", "for example 30s, 5m, 1h30m, 5'30\" or 0:30")
NO_UNIT = Text("길이 ‘{text}’의 단위가 없습니다", "the duration ‘{text}’ has no unit")
NO_UNIT_HINT = Text("{text}s(초) 또는 {text}m(분)으로 적으세요", "write {text}s for seconds or {text}m for minutes")
NEGATIVE = Text("길이는 0보다 커야 합니다", "a duration has to be longer than nothing")
TOO_LONG = Text("길이가 48시간 이상입니다", "a duration of 48 hours or more")
TIME = Text("시각을 읽을 수 없습니다: ‘{text}’", "‘{text}’ is not a time of day")
TIME_HINT = Text(
    "HH:MM 또는 HH:MM:SS, 자정 뒤는 25:30처럼 이어서 47:59까지",
    "HH:MM or HH:MM:SS; after midnight hours go on counting: 25:30, up to 47:59",
)

_MS = re.compile(f"{MILLISECONDS}$")
_COLONS = re.compile(f"{COLONS}$")
_PRIMES = re.compile(f"{PRIMES}$")
_UNITS = re.compile(f"{UNITS}$")
_KOREAN = re.compile(f"{KOREAN}$")
_TIME = re.compile(TIME_PATTERN)


def shorten(text: str) -> str:
    """``text`` as a message can quote it: on one line, and not a page of it."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


class Wrong(ValueError):
    """A text that is not what it should be; who reads it gives it its place."""

    def __init__(self, code: str, message: Text, hint: Text | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.values = values


@lru_cache(maxsize=4096)
def duration_of(text: str, zero: bool = False) -> Duration:
    """A duration in ms, under 48 hours; ``zero`` allows none at all."""
    total = _duration(text)
    if total is None:
        if re.match(r"[0-9]+(\.[0-9]+)?$", text):
            raise Wrong("duration-unit", NO_UNIT, NO_UNIT_HINT, text=shorten(text))
        if text.startswith(("-", "−")):
            raise Wrong("duration", NEGATIVE, DURATION_HINT)
        raise Wrong("duration", DURATION, DURATION_HINT, text=shorten(text))
    if total == 0 and not zero:
        raise Wrong("duration", NEGATIVE, DURATION_HINT)
    if total >= LONGEST:
        raise Wrong("duration", TOO_LONG, DURATION_HINT)
    return Duration(total)


def _duration(text: str) -> int | None:
    if not text.isascii() and any(sign.isspace() for sign in text.replace(" ", "")):
        return None
    if found := _MS.match(text):
        return int(found[1])
    if found := _COLONS.match(text):
        hours, minutes, seconds = found.groups("0")
        if found[1] is not None and int(minutes) > 59:
            return None
        return int(hours) * HOUR + int(minutes) * MINUTE + int(seconds) * SECOND
    if found := _PRIMES.match(text):
        if text.startswith("(") != text.endswith(")"):
            return None
        minutes, seconds, alone, only = found.groups("0")
        return (int(minutes) + int(alone)) * MINUTE + (int(seconds) + int(only)) * SECOND
    if text[:1].isdigit() and text[-1:] in "hms" and (found := _UNITS.match(text)):
        hours, minutes, seconds, part = found.groups("0")
        thousandths = int(part.ljust(3, "0"))
        return int(hours) * HOUR + int(minutes) * MINUTE + int(seconds) * SECOND + thousandths
    if text[:1].isdigit() and text[-1:] in "간분초" and (found := _KOREAN.match(text)):
        hours, minutes, seconds = found.groups("0")
        return int(hours) * HOUR + int(minutes) * MINUTE + int(seconds) * SECOND
    return None


def format_duration(duration: Duration) -> str:
    """As it is written in a file: ``1h30m``, ``5m``, ``0.5s``. Reads back as the same."""
    seconds, thousandths = divmod(duration, 1000)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")
    if thousandths:
        return text + f"{seconds}.{thousandths:03}".rstrip("0") + "s"
    return text + f"{seconds}s" if seconds or not text else text


@lru_cache(maxsize=4096)
def time_of(text: str) -> Duration:
    """Time of day in ms since the day's midnight, under 48 hours."""
    found = _TIME.match(text)
    if found is None or text.endswith("\n"):
        raise Wrong("time", TIME, TIME_HINT, text=shorten(text))
    hours, minutes, seconds = found.groups("0")
    return Duration(int(hours) * HOUR + int(minutes) * MINUTE + int(seconds) * SECOND)


def format_time(since_midnight: Duration) -> str:
    """``HH:MM``, with seconds where there are any; hours past 24 go on counting."""
    minutes, seconds = divmod(since_midnight // 1000, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def since_midnight(instant: Instant, day: date, zone: ZoneInfo) -> Duration:
    """What a clock in ``zone`` shows at ``instant``, in ms since the midnight of ``day``; 25:30 the next morning."""
    there = datetime_of(instant, zone)
    clock = (there.hour * 60 + there.minute) * MINUTE + there.second * SECOND + there.microsecond // 1000
    return Duration((there.date() - day).days * 24 * HOUR + clock)

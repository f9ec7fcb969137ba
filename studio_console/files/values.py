"""Single values as the files write them: durations, times of day, lengths, ids. Each parser raises Wrong.

The patterns are used by the JSON Schema as well, so they keep to what Python and ECMAScript have in common.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from studio_console.core.studio import Size
from studio_console.core.text import Text
from studio_console.core.units import HOUR, MINUTE, SECOND, Duration
from studio_console.files.reader import Wrong, shorten, suggestion

UNITS = r"(?:([0-9]{1,4})h)? ?(?:([0-9]{1,5})m)? ?(?:([0-9]{1,6})(?:\.([0-9]{1,3}))?s)?"
KOREAN = r"(?:([0-9]{1,4})시간)? ?(?:([0-9]{1,5})분)? ?(?:([0-9]{1,6})초)?"
COLONS = r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-5][0-9])"
PRIMES = r"\(?(?:([0-9]{1,4})['′’](?:([0-5]?[0-9])[\"″”]?)?|['′’]([0-9]{1,4})|([0-9]{1,4})[\"″”])\)?"
MILLISECONDS = r"([0-9]{1,6})ms"
DURATION_PATTERN = rf"^(?:{MILLISECONDS}|{COLONS}|{PRIMES}|(?=[0-9]){UNITS}|(?=[0-9]){KOREAN})$"
TIME_PATTERN = r"^([0-3]?[0-9]|4[0-7]):([0-5][0-9])(?::([0-5][0-9]))?$"
DATE_PATTERN = r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]$"
SIZE_PATTERN = r"^([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})$"
LENGTH_PATTERN = r"^(-?[0-9]{1,5}(?:\.[0-9]{1,4})?) ?(px|%)?$"
SHARE_PATTERN = r"^(?=.*[1-9])((?:100|[0-9]{1,2})(?:\.[0-9]{1,3})?)(%)$|^(?=.*[1-9])(?:0\.[0-9]{1,4}|1)$"
ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,79}$"
COLOUR_PATTERN = r"^#[0-9a-fA-F]{6}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"

LONGEST = Duration(48 * HOUR)

DURATION = Text("‘{text}’은(는) 길이가 아닙니다", "‘{text}’ is not a duration")
DURATION_HINT = Text("예: 30s, 5m, 1h30m, 5'30\", 5분", "for example 30s, 5m, 1h30m, 5'30\" or 5분")
NO_UNIT = Text("길이 ‘{text}’의 단위가 없습니다", "the duration ‘{text}’ has no unit")
NO_UNIT_HINT = Text("{text}s(초) 또는 {text}m(분)으로 적으세요", "write {text}s for seconds or {text}m for minutes")
NEGATIVE = Text("길이는 0보다 커야 합니다", "a duration has to be longer than nothing")
TOO_LONG = Text("길이가 48시간 이상입니다", "a duration of 48 hours or more")
TIME = Text("‘{text}’은(는) 시각이 아닙니다", "‘{text}’ is not a time of day")
TIME_HINT = Text(
    "HH:MM 또는 HH:MM:SS, 자정 뒤는 25:30처럼 이어서 47:59까지",
    "HH:MM or HH:MM:SS; after midnight hours go on counting: 25:30, up to 47:59",
)
DATE = Text("‘{text}’은(는) 날짜가 아닙니다", "‘{text}’ is not a date")
DATE_HINT = Text("2020-06-02처럼 년-월-일로 적으세요", "year, month, day: 2020-06-02")
SIZE = Text("‘{text}’은(는) 크기가 아닙니다", "‘{text}’ is not a size")
SIZE_HINT = Text("가로x세로 픽셀: 1920x1080", "width by height in pixels: 1920x1080")
LENGTH = Text("‘{text}’은(는) 화면 위의 길이가 아닙니다", "‘{text}’ is not a length on a canvas")
LENGTH_HINT = Text("픽셀(960, 960px) 또는 퍼센트(50%)", "pixels (960 or 960px) or per cent (50%)")
ID = Text("‘{text}’은(는) 아이디로 쓸 수 없습니다", "‘{text}’ cannot be an id")
ID_HINT = Text(
    "영어 소문자, 숫자, -, _만 쓰고 글자나 숫자로 시작하세요",
    "lower-case letters, digits, - and _, beginning with a letter or digit",
)
COLOUR = Text("‘{text}’은(는) 색이 아닙니다", "‘{text}’ is not a colour")
COLOUR_HINT = Text('"#rrggbb"로 적고 따옴표로 묶으세요', 'write "#rrggbb", in quotation marks')
LANGUAGE = Text("‘{text}’은(는) 언어 코드가 아닙니다", "‘{text}’ is not a language code")
LANGUAGE_HINT = Text("ko, en처럼 소문자 두 글자", "two lower-case letters: ko, en")
SHARE = Text("‘{text}’은(는) 비율이 아닙니다", "‘{text}’ is no share of a whole")
SHARE_HINT = Text("1%나 0.01처럼, 0보다 크고 100%까지", "1% or 0.01: more than nothing, at most 100%")
ZONE = Text("‘{text}’이라는 시간대가 없습니다", "there is no time zone ‘{text}’")
ZONE_HINT = Text("Asia/Seoul 같은 IANA 이름", "an IANA name such as Asia/Seoul")

_MS = re.compile(f"{MILLISECONDS}$")
_COLONS = re.compile(f"{COLONS}$")
_PRIMES = re.compile(f"{PRIMES}$")
_UNITS = re.compile(f"{UNITS}$")
_KOREAN = re.compile(f"{KOREAN}$")
_TIME = re.compile(TIME_PATTERN)
_DATE = re.compile(DATE_PATTERN)
_SIZE = re.compile(SIZE_PATTERN)
_LENGTH = re.compile(LENGTH_PATTERN)
_SHARE = re.compile(SHARE_PATTERN)
_ID = re.compile(ID_PATTERN)
_COLOUR = re.compile(COLOUR_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)


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


def date_of(text: str) -> date:
    try:
        if _DATE.match(text) and len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Wrong("date", DATE, DATE_HINT, text=shorten(text))


@lru_cache(maxsize=256)
def size_of(text: str) -> Size:
    found = _SIZE.match(text)
    if found is None or text.endswith("\n"):
        raise Wrong("size", SIZE, SIZE_HINT, text=shorten(text))
    return Size(int(found[1]), int(found[2]))


class Length(NamedTuple):
    """A length on a canvas: px, or per cent of a side of it."""

    value: float
    percent: bool

    def of(self, side: float) -> float:
        """In px, where the canvas has ``side`` px."""
        return self.value * side / 100 if self.percent else self.value


@lru_cache(maxsize=1024)
def length_of(text: str) -> Length:
    found = _LENGTH.match(text)
    if found is None or text.endswith("\n"):
        raise Wrong("length", LENGTH, LENGTH_HINT, text=shorten(text))
    return Length(float(found[1]), found[2] == "%")


@lru_cache(maxsize=256)
def share_of(text: str) -> float:
    """A share of a whole, 0 to 1: ``1%``, ``0.5%`` or ``0.01``."""
    found = _SHARE.match(text)
    if found is None or text.endswith("\n"):
        raise Wrong("share", SHARE, SHARE_HINT, text=shorten(text))
    share = float(found[1]) / 100 if found[1] else float(text)
    if share > 1:
        raise Wrong("share", SHARE, SHARE_HINT, text=shorten(text))
    return share


def format_length(length: Length) -> str:
    number = f"{length.value:.4f}".rstrip("0").rstrip(".")
    return f"{number}%" if length.percent else number


@lru_cache(maxsize=16384)
def id_of(text: str) -> str:
    if _ID.match(text) is None or text.endswith("\n"):
        raise Wrong("id", ID, ID_HINT, text=shorten(text))
    return text


def colour_of(text: str) -> str:
    if _COLOUR.match(text) is None or len(text) != 7:
        raise Wrong("colour", COLOUR, COLOUR_HINT, text=shorten(text))
    return text.lower()


def language_of(text: str) -> str:
    if _LANGUAGE.match(text) is None or text.endswith("\n"):
        raise Wrong("language", LANGUAGE, LANGUAGE_HINT, text=shorten(text))
    return text


@lru_cache(maxsize=1024)
def zone_of(text: str) -> str:
    """The IANA name of a time zone that this machine knows."""
    try:
        if text and text.isascii() and text.isprintable():
            ZoneInfo(text)
            return text
    except (OSError, ValueError, KeyError):
        pass  # its many ways of saying that there is no such zone
    hint, values = suggestion(text, _zones())
    raise Wrong("time-zone", ZONE, hint or ZONE_HINT, text=shorten(text), **values)


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    return sorted(available_timezones())

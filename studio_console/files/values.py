"""Single values as the files write them: dates, lengths, ids; times are in ``core.written``. Each parser raises Wrong.

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
from studio_console.core.written import Wrong, shorten
from studio_console.files.reader import suggestion

DATE_PATTERN = r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]$"
SIZE_PATTERN = r"^([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})$"
LENGTH_PATTERN = r"^(-?[0-9]{1,5}(?:\.[0-9]{1,4})?) ?(px|%)?$"
SHARE_PATTERN = r"^(?=.*[1-9])((?:100|[0-9]{1,2})(?:\.[0-9]{1,3})?)(%)$|^(?=.*[1-9])(?:0\.[0-9]{1,4}|1)$"
ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,79}$"
COLOUR_PATTERN = r"^#[0-9a-fA-F]{6}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"

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

_DATE = re.compile(DATE_PATTERN)
_SIZE = re.compile(SIZE_PATTERN)
_LENGTH = re.compile(LENGTH_PATTERN)
_SHARE = re.compile(SHARE_PATTERN)
_ID = re.compile(ID_PATTERN)
_COLOUR = re.compile(COLOUR_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)


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

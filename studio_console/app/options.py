"""What the command line asked for, decoded once and handed to every command."""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from studio_console.core.problems import UserError
from studio_console.core.text import LANGUAGES, Language, Text
from studio_console.core.units import Instant, instant_of

BAD_CLOCK = Text(
    "--clock은 ‘2020-06-02 21:55’ 꼴이어야 합니다: ‘{given}’",
    "--clock has the form ‘2020-06-02 21:55’: ‘{given}’",
)
CLOCK_RANGE = Text(
    "--clock의 해는 {first}–{last}이어야 합니다: ‘{given}’", "--clock is within the years {first} to {last}: ‘{given}’"
)
YEARS = (1970, 2999)
"""What a rehearsal's clock may show: times far from that cannot be counted with."""
BAD_SPEED = Text(
    "--speed는 0보다 크고 10000 이하인 수여야 합니다: ‘{given}’",
    "--speed is a number above 0, at most 10000: ‘{given}’",
)


def language_of(arguments: Sequence[str]) -> Language:
    """``--lang`` if it is among ``arguments``, else the language of the system, else English."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        for language in LANGUAGES:
            if value == language:
                return language
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "ko" if spoken.lower().startswith("ko") else "en"


def clock_start(given: str, zone: ZoneInfo) -> Instant:
    """The instant of ``2020-06-02 21:55[:30]`` in the hall's zone. Raises UserError."""
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        try:
            moment = datetime.strptime(given.strip(), form).replace(tzinfo=zone)
        except ValueError:
            continue
        if not YEARS[0] <= moment.year <= YEARS[1]:
            raise UserError(CLOCK_RANGE, first=YEARS[0], last=YEARS[1], given=given)
        return instant_of(moment)
    raise UserError(BAD_CLOCK, given=given)


def speed_of(given: str | float) -> float:
    """How many times as fast as real time. Raises UserError."""
    try:
        speed = float(given)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 10_000:
        raise UserError(BAD_SPEED, given=given)
    return speed

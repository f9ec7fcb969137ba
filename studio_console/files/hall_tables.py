"""The keys of ``hall`` in ``studio.yaml``: who may come in, and when speakers are called."""

from __future__ import annotations

import re

from studio_console.core.hall import tenths
from studio_console.core.text import Text
from studio_console.core.written import Wrong, shorten
from studio_console.files.bounds import between
from studio_console.files.records import Bilingual, Field, MapOf, Record
from studio_console.files.shapes import ID, Parsed, Whole

DEGREES = Text("‘{text}’은(는) 체온이 아닙니다", "‘{text}’ is not a temperature of the body")
DEGREES_HINT = Text("30에서 45까지, 소수 한 자리로 적으세요: 37.5", "30 to 45 with one decimal: 37.5")
DEGREES_PATTERN = r"^(?:3[0-9]|4[0-5])(?:\.[0-9])?$"


def degrees_of(text: str) -> int:
    """Tenths of a degree Celsius of ``37.5``."""
    found = tenths(text) if re.fullmatch(DEGREES_PATTERN, text) else None
    if found is None:
        raise Wrong("degrees", DEGREES, DEGREES_HINT, text=shorten(text))
    return found


HALL = Record(
    "hall",
    (
        Field(
            "amber",
            Whole(1, 1_000_000),
            Text("이 인원부터 주의 색. 빼면 허용 인원의 90%", "amber from so many people on; 90 % of the limit"),
        ),
        Field(
            "fever",
            Parsed("degrees", degrees_of, DEGREES_PATTERN, numbers=True, examples=("37.5",)),
            Text("이 체온부터 발열(℃)", "a fever from this temperature on, in °C"),
        ),
        Field("keep_days", Whole(1, 365), Text("출입 명부를 두는 날 수", "days that the ledger is kept")),
        Field(
            "call",
            between("1m", "12h", "30m"),
            Text("출연자를 부르는 시각: 계획보다 이만큼 앞", "speakers are called so long before their planned time"),
        ),
        Field("routes", MapOf(ID, Bilingual()), Text("들어오는 길", "the ways in, the usual one first")),
    ),
)

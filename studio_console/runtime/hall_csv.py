"""The hall's ledger as a table for the health office: a CSV file that a spreadsheet opens as it is."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.core.formulas import not_a_formula
from studio_console.core.hall import SHORT_REASONS, HallRules, Visit, degrees
from studio_console.core.text import Text, same
from studio_console.core.units import Instant, datetime_of

HEADS = (
    Text("날", "Day"),
    Text("이름·직함", "Name or role"),
    Text("일행", "Party"),
    Text("동선", "Route"),
    Text("체온 ℃", "Temperature °C"),
    Text("마스크", "Mask"),
    Text("입장", "In"),
    Text("퇴장", "Out"),
    Text("예외 사유", "Let in in spite of"),
    Text("허용한 사람", "Allowed by"),
    Text("고침", "Corrected"),
    Text("취소된 퇴장", "Going out taken back"),
)
MASK = {True: Text("착용", "worn"), False: Text("없음", "none")}
TAKEN_BACK = "{left} (취소 taken back {at})"
MARK = "\ufeff"
"""The byte order mark by which Excel knows UTF-8."""


def csv_text(visits: Iterable[Visit], rules: HallRules, zone: ZoneInfo) -> str:
    """One line an entry, in the order of coming in; times on the hall's clock, heads in Korean and in English."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([head.both(" ") for head in HEADS])
    for visit in sorted(visits, key=lambda visit: visit.entered):
        table.writerow([not_a_formula(cell) for cell in _cells(visit, rules, zone)])
    return MARK + out.getvalue()


def _cells(visit: Visit, rules: HallRules, zone: ZoneInfo) -> tuple[str, ...]:
    one = visit.visitor
    return (
        visit.day,
        one.name,
        one.party,
        rules.routes.get(one.route, same(one.route)).both(" "),
        degrees(one.temperature) if one.temperature is not None else "",
        MASK[one.mask].both(" "),
        _moment(visit.entered, zone),
        _moment(visit.left, zone) if visit.left is not None else "",
        ", ".join(SHORT_REASONS[reason].both(" ") for reason in visit.reasons),
        visit.allowed_by,
        _moment(visit.corrected, zone) if visit.corrected is not None else "",
        ", ".join(TAKEN_BACK.format(left=_moment(left, zone), at=_moment(at, zone)) for left, at in visit.taken_back),
    )


def _moment(at: Instant, zone: ZoneInfo) -> str:
    return datetime_of(at, zone).strftime("%Y-%m-%d %H:%M:%S")


def write_whole(path: Path, text: str) -> None:
    """Writes the file for this user alone, whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise

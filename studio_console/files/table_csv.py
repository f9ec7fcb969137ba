"""A table as a text file that a spreadsheet opens: UTF-8 with its mark, times and lengths as Excel reads them."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

from studio_console.core.formulas import not_a_formula
from studio_console.core.tables import Column, Kind, Row, Table, Tone
from studio_console.core.text import Language, Text, shown
from studio_console.core.units import Instant, datetime_of

MARK = "\ufeff"
"""Without it Excel takes Korean for the letters of another code page."""
SECONDS = Text("{head}(초)", "{head} (s)")


def table_csv(table: Table, label: tuple[Text, Text], zone: ZoneInfo, language: Language) -> bytes:
    """``table`` with a first column, head and value in ``label``, that stands in every row.

    Durations with a sign are in seconds, so that they can be counted with. Headings between rows are left out.
    """
    columns = [(place, column) for place, column in enumerate(table.columns) if column.sheet]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    head, value = (not_a_formula(text.show(language)) for text in label)
    writer.writerow([head, *(not_a_formula(_head(column, language)) for _, column in columns)])
    for row in table.rows:
        if row.tone is not Tone.HEAD:
            cells = (_cell(row, place, column, zone, language) for place, column in columns)
            writer.writerow([value, *cells])
    return (MARK + out.getvalue()).encode(errors="replace")


def _head(column: Column, language: Language) -> str:
    text = SECONDS.filled(head=column.head) if column.kind is Kind.OVER else column.head
    return text.show(language)


def _cell(row: Row, place: int, column: Column, zone: ZoneInfo, language: Language) -> str:
    value, kind = row.cells[place], row.kind(place, column)
    if value is None:
        return ""
    if isinstance(value, int) and kind is Kind.TIME:
        return datetime_of(Instant(value), zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, int) and kind is Kind.LENGTH:
        minutes, seconds = divmod(value // 1000, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, int) and kind is Kind.OVER:
        return f"{value / 1000:.1f}"
    if isinstance(value, int):
        return str(value)
    return not_a_formula(str(shown(value, language)))

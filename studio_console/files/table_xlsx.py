"""Tables as an Excel workbook: a sheet each, with real times and durations, ready to be printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from studio_console.core.tables import Column, Kind, Row, Table, Tone
from studio_console.core.text import Language, Text, shown
from studio_console.core.units import Instant, datetime_of

MINUTES = Text("{head}(분)", "{head} (min)")
DAY = 86_400_000
FORMATS = {
    Kind.TIME: "yyyy-mm-dd hh:mm:ss",
    Kind.LENGTH: "[h]:mm:ss",
    # Excel shows no negative times: minutes with a sign are numbers like any other.
    Kind.OVER: "+0.0;-0.0;0.0",
    Kind.NUMBER: "0",
}
FONT = "Malgun Gothic"
TITLE_ROW, HEAD_ROW = 1, 3
MOST_LETTERS = 32_000
"""Excel takes a few more in one cell."""
FILLS = {Tone.HEAD: "D9E2EC", Tone.LOOK: "FFF0CC"}
LINE = Border(bottom=Side(style="hair", color="BBBBBB"))
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Book:
    """What stands above every sheet. ``loud``: in red, so that nobody takes it for the other kind."""

    label: Text
    """Show or rehearsal."""
    title: Text
    foot: Text
    loud: bool


def workbook(tables: Sequence[Table], book: Book, zone: ZoneInfo, language: Language) -> bytes:
    """The file's content."""
    made = Workbook()
    made.remove(made.active)
    made.properties.title = _clean(book.title.show(language))
    made.properties.creator = "Studio Console"
    for table in tables:
        name = _clean(table.title.show(language)).translate(FORBIDDEN)[:31]
        _fill(made.create_sheet(name), table, book, zone, language)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table, book: Book, zone: ZoneInfo, language: Language) -> None:
    columns = [(place, column) for place, column in enumerate(table.columns) if column.sheet]
    _put(sheet, TITLE_ROW, 1, f"{book.label.show(language)}  {book.title.show(language)}")
    sheet.cell(TITLE_ROW, 1).font = Font(name=FONT, size=16, bold=True, color="C00000" if book.loud else "000000")
    sheet.row_dimensions[TITLE_ROW].height = 26
    _put(sheet, TITLE_ROW + 1, 1, f"{table.title.show(language)}  ·  {book.foot.show(language)}")
    sheet.cell(TITLE_ROW + 1, 1).font = Font(name=FONT, size=9, color="666666")
    for at, (_, column) in enumerate(columns, 1):
        head = MINUTES.filled(head=column.head) if column.kind is Kind.OVER else column.head
        _put(sheet, HEAD_ROW, at, head.show(language))
        cell = sheet.cell(HEAD_ROW, at)
        cell.font = Font(name=FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="333F4F")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.row_dimensions[HEAD_ROW].height = 32
    for number, row in enumerate(table.rows, HEAD_ROW + 1):
        _fill_row(sheet, number, row, columns, zone, language)
    if not table.rows:
        _put(sheet, HEAD_ROW + 1, 1, table.empty.show(language))
    last = get_column_letter(max(1, len(columns)))
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{max(HEAD_ROW, HEAD_ROW + len(table.rows))}"
    _set_up_print(sheet, book, language)


def _fill_row(
    sheet: Any, number: int, row: Row, columns: Sequence[tuple[int, Column]], zone: ZoneInfo, language: Language
) -> None:
    for at, (place, column) in enumerate(columns, 1):
        value = row.cells[place] if place < len(row.cells) else None
        kind = row.kind(place, column)
        _put(sheet, number, at, _value(value, kind, zone, language))
        cell = sheet.cell(number, at)
        # What is a number needs its format; words have none that Excel could misread.
        if isinstance(value, int):
            cell.number_format = FORMATS.get(kind, "General")
        cell.font = Font(name=FONT, size=10, bold=row.tone is Tone.HEAD, color=_colour(row.tone))
        cell.border = LINE
        cell.alignment = Alignment(
            wrap_text=kind is Kind.TEXT and row.tone is not Tone.HEAD,
            vertical="top",
            horizontal="left" if kind is Kind.TEXT else "right",
        )
        if row.tone in FILLS:
            cell.fill = PatternFill("solid", fgColor=FILLS[row.tone])


def _colour(tone: Tone) -> str:
    return "777777" if tone is Tone.QUIET else "000000"


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    """Words stay words, also those that begin like a formula."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _value(value: object, kind: Kind, zone: ZoneInfo, language: Language) -> object:
    if value is None:
        return None
    if isinstance(value, int) and kind is Kind.TIME:
        # Excel knows no zones: what the clock in the hall showed.
        return datetime_of(Instant(value), zone).replace(tzinfo=None)
    if isinstance(value, int) and kind is Kind.LENGTH:
        return value / DAY
    if isinstance(value, int) and kind is Kind.OVER:
        return round(value / 60_000, 4)
    if isinstance(value, int):
        return value
    return _clean(str(shown(value, language)))


def _clean(words: str) -> str:
    """Without what a workbook must not hold."""
    whole = words.encode(errors="replace").decode()
    return str(ILLEGAL_CHARACTERS_RE.sub("", whole))[:MOST_LETTERS]


def _set_up_print(sheet: Any, book: Book, language: Language) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    # A & begins an order in Excel's page heads.
    sheet.oddHeader.left.text = _clean(f"{book.label.show(language)}  {book.title.show(language)}").replace("&", "&&")
    sheet.oddHeader.left.size = 14
    sheet.oddFooter.left.text = _clean(book.foot.show(language)).replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"

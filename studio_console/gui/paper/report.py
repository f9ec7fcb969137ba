"""An as-run report on paper: what it comes to, the plot of the drift, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio_console.core.as_run import AsRun
from studio_console.core.clocktext import clock_text, length_text, over_text
from studio_console.core.event_words import Names
from studio_console.core.tables import Column, Kind, Row, Table, Tone
from studio_console.core.text import Language, Text, shown
from studio_console.core.units import Duration, Instant, datetime_of
from studio_console.gui.paper import drift, ink, strips
from studio_console.gui.paper.flow import Block
from studio_console.gui.paper.grid import Band, Cell, Gap, Heads, Line, Piece, Title, lanes
from studio_console.gui.paper.ink import MM
from studio_console.gui.paper.paged import INSIDE, Document, Heading

ACROSS = 7
FACT = 14 * MM
AGAIN = Text("(계속)", "(continued)")
LATER = Text("{clock} +{days}일", "{clock} +{days} d")
EARLIER = Text("{clock} −{days}일", "{clock} −{days} d")


@dataclass(frozen=True, slots=True)
class Plot:
    """The drift of the day across the page."""

    report: AsRun
    zone: ZoneInfo
    language: Language
    again: tuple[Block, ...] = ()
    keeps_next: bool = False

    @property
    def height(self) -> float:
        return 66 * MM

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        drift.paint_drift(painter, QRectF(left, top, INSIDE, self.height), self.report, self.zone, self.language)


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of a day, large, with what they count above them."""

    facts: tuple[tuple[str, str], ...]
    again: tuple[Block, ...] = ()
    keeps_next: bool = False

    @property
    def height(self) -> float:
        return -(-len(self.facts) // ACROSS) * FACT

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        small, large = ink.letters(8), ink.letters(14, bold=True)
        width = INSIDE / ACROSS
        for number, (what, value) in enumerate(self.facts):
            x, y = left + number % ACROSS * width, top + number // ACROSS * FACT
            ink.rule(painter, x, y + MM, width - 3 * MM, ink.RULE)
            ink.write(painter, small, x, y + 1.5 * MM, ink.lines_of(what, small, width - 3 * MM, 1)[0], ink.QUIET)
            ink.write(painter, large, x, y + 5 * MM, ink.lines_of(value, large, width - MM, 1)[0])


def report_document(
    report: AsRun, tables: Sequence[Table], names: Names, heading: Heading, zone: ZoneInfo, language: Language
) -> Document:
    """``tables`` in their order, the first of them as figures; the plots come before the third."""
    day = report.day.date if report.day is not None else None
    summary, sessions, *others = tables
    blocks: list[Block] = [_facts(summary, zone, language, day)]
    blocks += table_blocks(sessions, zone, language, day)
    blocks += [Title(drift.TITLE.show(language)), Plot(report, zone, language)]
    if report.drift:
        since, until = drift.span_of(report)
        title = Title(strips.TITLE.show(language), strips.LEGEND.show(language))
        blocks += [title, strips.Strips(report, names, since, until, language)]
    for table in others:
        blocks += table_blocks(table, zone, language, day)
    return Document(blocks, heading, language)


def _facts(table: Table, zone: ZoneInfo, language: Language, day: date | None) -> Facts:
    facts: list[tuple[str, str]] = []
    for row in table.rows:
        what, value = row.cells
        kind = row.kind(1, table.columns[1])
        words = "—" if value is None else _words(value, kind, zone, language, day)
        facts.append((str(shown(what, language)), words))
    return Facts(tuple(facts))


def table_blocks(table: Table, zone: ZoneInfo, language: Language, day: date | None) -> list[Block]:
    """A table as blocks; its head comes again on every page, the heading that a row stands under with it."""
    columns = [(place, column) for place, column in enumerate(table.columns) if column.paper]
    made = lanes(
        [column.head.show(language) for _, column in columns],
        [column.paper for _, column in columns],
        [column.kind is not Kind.TEXT for _, column in columns],
    )
    heads = Heads(made)
    blocks: list[Block] = [Title(table.title.show(language)), heads]
    again: tuple[Block, ...] = (heads,)
    for row in table.rows:
        if row.tone is Tone.HEAD:
            words = str(shown(row.cells[0], language))
            blocks.append(Band(words, again=(heads,)))
            again = (heads, Band(f"{words} {AGAIN.show(language)}"))
            continue
        cells = [_cell(row, place, column, zone, language, day) for place, column in columns]
        ground = ink.LOOK_GROUND if row.tone is Tone.LOOK else None
        colour = ink.QUIET if row.tone is Tone.QUIET else ink.INK
        blocks.append(Line(made, cells, again, 8, ground, colour))
    if not table.rows:
        empty = [Cell((Piece(table.empty.show(language)),)), *(Cell() for _ in made[1:])]
        blocks.append(Line(made, empty, again, 8, None, ink.QUIET))
    blocks.append(Gap(3 * MM))
    return blocks


def _cell(row: Row, place: int, column: Column, zone: ZoneInfo, language: Language, day: date | None) -> Cell:
    value, kind = row.cells[place], row.kind(place, column)
    words = "" if value is None else _words(value, kind, zone, language, day)
    bold = kind is Kind.OVER and isinstance(value, int) and abs(value) >= 60_000
    return Cell((Piece(words, bold),) if words else ())


def _words(value: object, kind: Kind, zone: ZoneInfo, language: Language, day: date | None) -> str:
    if not isinstance(value, int):
        return str(shown(value, language))
    match kind:
        case Kind.TIME:
            return time_words(Instant(value), zone, language, day)
        case Kind.LENGTH:
            return length_text(Duration(value))
        case Kind.OVER:
            return over_text(Duration(value))
    return str(value)


def time_words(at: Instant, zone: ZoneInfo, language: Language, day: date | None, seconds: bool = True) -> str:
    """``22:00:05``; ``00:12:05 +1 d`` on the day after ``day``, in the hall's zone."""
    clock = clock_text(at, zone, seconds)
    shift = (datetime_of(at, zone).date() - day).days if day is not None else 0
    if not shift:
        return clock
    return (LATER if shift > 0 else EARLIER).show(language, clock=clock, days=abs(shift))

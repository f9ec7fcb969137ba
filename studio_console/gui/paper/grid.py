"""Tables on paper: columns with a share of the width, rows as high as their fullest cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from studio_console.gui.paper import ink
from studio_console.gui.paper.flow import Block
from studio_console.gui.paper.ink import MM
from studio_console.gui.paper.paged import INSIDE, ROOM

PAD = 1.1 * MM
MOST_LINES = 24
"""A cell goes on for no more than that: a row is never broken, and has to fit on a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph in a cell."""

    text: str
    bold: bool = False
    quiet: bool = False
    size: float = 0.0
    """Points; 0: as the table has it."""


@dataclass(frozen=True, slots=True)
class Cell:
    pieces: tuple[Piece, ...] = ()
    right: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its head, and where it stands."""

    head: str
    left: float
    width: float
    right: bool = False


def lanes(heads: Sequence[str], shares: Sequence[float], rights: Sequence[bool]) -> tuple[Lane, ...]:
    """Columns side by side across the page."""
    whole, left = sum(shares), 0.0
    made: list[Lane] = []
    for head, share, right in zip(heads, shares, rights, strict=True):
        width = INSIDE * share / whole
        made.append(Lane(head, left, width, right))
        left += width
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a table, and what is to be known of it."""

    text: str
    note: str = ""
    again: tuple[Block, ...] = ()
    keeps_next: bool = True

    @property
    def height(self) -> float:
        return 9 * MM

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        font, small = ink.letters(11.5, bold=True), ink.letters(8)
        ink.write(painter, font, left, top + 2.2 * MM, self.text)
        if self.note:
            note = ink.lines_of(self.note, small, INSIDE * 0.6, 1)[0]
            ink.write(painter, small, left, top + 3 * MM, note, ink.QUIET, INSIDE, right=True)


@dataclass(frozen=True, slots=True)
class Gap:
    """Room between blocks."""

    height: float
    again: tuple[Block, ...] = ()
    keeps_next: bool = False

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of the columns."""

    lanes: tuple[Lane, ...]
    again: tuple[Block, ...] = ()
    keeps_next: bool = True
    font: QFont = field(default_factory=lambda: ink.letters(8, bold=True))

    @property
    def height(self) -> float:
        most = max(len(ink.lines_of(lane.head, self.font, lane.width - 2 * PAD, 3)) for lane in self.lanes)
        return most * ink.line_height(self.font) + 2 * PAD

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        height = self.height
        painter.fillRect(QRectF(left, top, INSIDE, height), QColor("#333f4f"))
        for lane in self.lanes:
            for number, line in enumerate(ink.lines_of(lane.head, self.font, lane.width - 2 * PAD, 3)):
                down = top + PAD + number * ink.line_height(self.font)
                ink.write(
                    painter, self.font, left + lane.left + PAD, down, line, ink.WHITE, lane.width - 2 * PAD, lane.right
                )


@dataclass(frozen=True, slots=True)
class Band:
    """A heading across all columns, such as a session; ``tail`` at its right end."""

    text: str
    tail: str = ""
    again: tuple[Block, ...] = ()
    keeps_next: bool = True
    light: bool = False
    size: float = 10.0

    @property
    def height(self) -> float:
        return ink.line_height(ink.letters(self.size, bold=True)) + 2 * PAD

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        font = ink.letters(self.size, bold=True)
        painter.fillRect(QRectF(left, top, INSIDE, self.height), ink.BAND_GROUND if self.light else ink.HEAD_GROUND)
        ink.write(painter, font, left + PAD, top + PAD, ink.lines_of(self.text, font, INSIDE * 0.66, 1)[0])
        if self.tail:
            ink.write(painter, ink.letters(9), left, top + PAD, self.tail, ink.INK, INSIDE - PAD, right=True)
        ink.rule(painter, left, top + self.height, INSIDE, ink.RULE)


class Line:
    """A row. Its cells are wrapped once, when it is made."""

    keeps_next = False

    def __init__(
        self,
        lanes: tuple[Lane, ...],
        cells: Sequence[Cell],
        again: tuple[Block, ...] = (),
        size: float = 8.5,
        ground: QColor | None = None,
        colour: QColor = ink.INK,
        rules: bool = False,
    ) -> None:
        """``size`` in points. ``rules``: lines between the columns too."""
        self.again = again
        self._lanes, self._ground, self._colour, self._rules = lanes, ground, colour, rules
        self._cells = [
            (_set(cell, lane.width - 2 * PAD, size), lane.right or cell.right)
            for lane, cell in zip(lanes, cells, strict=True)
        ]
        tallest = max((sum(ink.line_height(font) for _, font, _ in words) for words, _ in self._cells), default=0.0)
        self.height = min(ROOM * 0.8, max(tallest, ink.line_height(ink.letters(size))) + 2 * PAD)

    @property
    def overflow(self) -> list[str]:
        """The lines that are wider than their column, or were shortened."""
        return [
            text
            for lane, (words, _) in zip(self._lanes, self._cells, strict=True)
            for text, font, _ in words
            if text.endswith("…") or ink.width_of(text, font) > lane.width - 2 * PAD + 1
        ]

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        if self._ground is not None:
            painter.fillRect(QRectF(left, top, INSIDE, self.height), self._ground)
        for lane, (words, right) in zip(self._lanes, self._cells, strict=True):
            down = top + PAD
            for text, font, quiet in words:
                colour = ink.QUIET if quiet else self._colour
                ink.write(painter, font, left + lane.left + PAD, down, text, colour, lane.width - 2 * PAD, right)
                down += ink.line_height(font)
            if self._rules and lane.left:
                painter.setPen(ink.HAIR)
                painter.drawLine(round(left + lane.left), round(top), round(left + lane.left), round(top + self.height))
        ink.rule(painter, left, top + self.height, INSIDE, ink.HAIR)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _set(cell: Cell, width: float, size: float) -> list[tuple[str, QFont, bool]]:
    """The cell's lines, each with its letters and whether it is quiet."""
    found: list[tuple[str, QFont, bool]] = []
    for piece in cell.pieces:
        font = ink.letters(piece.size or size, piece.bold)
        left = MOST_LINES - len(found)
        if left > 0:
            found += [(line, font, piece.quiet) for line in ink.lines_of(piece.text, font, width, left)]
    return found

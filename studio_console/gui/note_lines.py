"""What departments are told about a cue, one after the other on a few lines: each note behind its department's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from studio_console.gui import theme
from studio_console.gui.painting import BASELINE, elided, line_height

Notes = tuple[tuple[str, str], ...]
"""Departments and what each is told."""
APART = 1.3
"""Between two notes, in letters: nobody takes the second for the end of the first."""


class Piece(NamedTuple):
    """Words in one colour on one line; ``left`` is in px from the beginning of the line."""

    words: str
    is_name: bool
    line: int
    left: float
    width: float


class NoteLines:
    """Lays notes out for one width and one font; what was laid out once is known."""

    def __init__(self, font: QFont, width: float, most: int) -> None:
        """``most`` lines at most; what is left over of the notes ends in an ellipsis."""
        self._font, self._bold = theme.sized(font, 1.0), theme.sized(font, 1.0, bold=True)
        self._width, self._most = width, most
        self._plain_metrics, self._bold_metrics = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        self._space = self._plain_metrics.horizontalAdvance(" ")
        self._known: dict[Notes, tuple[Piece, ...]] = {}

    def pieces(self, notes: Notes) -> tuple[Piece, ...]:
        found = self._known.get(notes)
        if found is None:
            found = self._known[notes] = self._lay_out(notes)
        return found

    def height(self, notes: Notes) -> float:
        """px that the lines need; 0 where nobody is told anything."""
        pieces = self.pieces(notes)
        return (pieces[-1].line + 1) * line_height(self._font) if pieces else 0.0

    def paint(self, painter: QPainter, place: QPointF, seen: QRectF, notes: Notes, name: QColor, words: QColor) -> None:
        """From ``place`` on, so far as it lies in ``seen``."""
        for piece in self.pieces(notes):
            left = place.x() + piece.left
            if left > seen.right() or left + piece.width < seen.left():
                continue
            painter.setFont(self._bold if piece.is_name else self._font)
            painter.setPen(name if piece.is_name else words)
            baseline = place.y() + piece.line * line_height(self._font) + self._font.pixelSize() * BASELINE
            painter.drawText(QPointF(left, baseline), piece.words)

    def _lay_out(self, notes: Notes) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        line, left = 0, 0.0
        for department, note in notes:
            name = self._bold_metrics.horizontalAdvance(department)
            told = note.split()
            # A name never stands at the end of a line without what is told.
            first = self._plain_metrics.horizontalAdvance(told[0]) if told else 0.0
            left += APART * self._font.pixelSize() if left else 0.0
            if left and left + name + 1.5 * self._space + first > self._width:
                line, left = line + 1, 0.0
            if line == self._most:
                return self._cut(pieces)
            pieces.append(Piece(department, True, line, left, name))
            left += name + 1.5 * self._space
            begin, said = left, ""
            for word in told:
                longer = f"{said} {word}" if said else word
                if said and begin + self._plain_metrics.horizontalAdvance(longer) > self._width:
                    pieces.append(self._piece(said, line, begin))
                    line, begin, longer = line + 1, 0.0, word
                    if line == self._most:
                        return self._cut(pieces)
                said = longer
            pieces.append(self._piece(said, line, begin))
            left = begin + pieces[-1].width
        return tuple(pieces)

    def _piece(self, words: str, line: int, left: float) -> Piece:
        shown = elided(self._plain_metrics, words, self._width - left)
        return Piece(shown, False, line, left, self._plain_metrics.horizontalAdvance(shown))

    def _cut(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """There is more to say: the last words say so."""
        last = pieces[-1]
        return (*pieces[:-1], self._piece(f"{last.words} …", last.line, last.left))

"""The cells of the cue sheet: on air is red, next is green, what is done is dim, and all of it is said in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from studio_console.core.show import Mark
from studio_console.core.timing import CueState
from studio_console.core.units import CueId
from studio_console.gui import theme
from studio_console.gui.cue_model import Column, CueModel, Index
from studio_console.gui.note_lines import NoteLines
from studio_console.gui.painting import BASELINE, elided, line_height, wrapped
from studio_console.gui.rows import CueRow, SessionRow

EDGE = 5.0
PAD = 0.55
"""Room left and right in a cell, as a share of the letters' size."""
STATE_NOTE, STATE_NOTE_OF_TWO = 0.9, 0.8
"""Letters of what is said with a state, on one line and where it takes two."""
SMALL_SPEAKERS, SMALL_LINES = 0.8, 3
"""Letters of names that do not fit into two lines, and on how many lines they stand then."""
ABOVE_NOTES_IN_EMS = 2.9
"""Of titles above notes."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a row."""

    ground: QColor
    text: QColor
    quiet: QColor
    word: QColor
    edge: QColor | None = None


LOOKS = {
    CueState.ON_AIR: Look(theme.RED_GROUND, theme.WHITE, theme.QUIET, theme.RED, theme.RED),
    CueState.TAKING: Look(theme.AMBER_GROUND, theme.TEXT, theme.TEXT, theme.AMBER, theme.AMBER),
    CueState.NEXT: Look(theme.GREEN_GROUND, theme.TEXT, theme.QUIET, theme.GREEN, theme.GREEN),
    CueState.UPCOMING: Look(theme.PANEL, theme.TEXT, theme.QUIET, theme.QUIET),
    CueState.DONE: Look(theme.PANEL, theme.DIM, theme.DIM, theme.DIM),
    CueState.PASSED: Look(theme.PANEL, theme.DIM, theme.DIM, theme.DIM),
    CueState.SKIPPED: Look(theme.PANEL, theme.DIM, theme.DIM, theme.AMBER),
}
OVER = (CueState.DONE, CueState.PASSED, CueState.SKIPPED)


class CueDelegate(QStyledItemDelegate):
    """Paints the cells. A session's line runs through all columns; each of its cells paints its part of it."""

    def __init__(self, model: CueModel, view: QTableView) -> None:
        super().__init__(view)
        self._hits: frozenset[CueId] = frozenset()
        self._notes: NoteLines | None = None
        self._model = model
        self._view = view

    def mark(self, hits: frozenset[CueId]) -> None:
        """These cues were found: their numbers are blue, with a bar at their left."""
        self._hits = hits

    def unfold(self, notes: NoteLines | None) -> None:
        """Below the titles stand ``notes``, from the second column to the right edge; None where they do not."""
        self._notes = notes

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._model.row_at(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        if isinstance(entry, SessionRow):
            self._paint_session(painter, rect, index.column(), entry)
        else:
            self._paint_cue(painter, rect, index, entry)
        self._paint_selection(painter, rect, index)
        painter.restore()

    def _paint_session(self, painter: QPainter, cell: QRectF, column: int, entry: SessionRow) -> None:
        base = self._view.font()
        painter.fillRect(cell, theme.RAISED)
        whole = QRectF(cell)
        whole.setLeft(cell.left() - self._view.columnViewportPosition(column) + self._view.columnViewportPosition(0))
        whole.setWidth(self._view.viewport().width())
        pad = base.pixelSize() * PAD + EDGE
        inner = whole.adjusted(pad, 0, -pad, 0)
        times = self._model.session_times(entry)
        font = theme.sized(base, 1.0, bold=True)
        painter.setFont(font)
        width = QFontMetricsF(font).horizontalAdvance(times)
        late = entry.over > 0 and (entry.begun or entry.over_with)
        painter.setPen(theme.AMBER if late else theme.QUIET)
        baseline = whole.center().y() + base.pixelSize() * 0.36
        painter.drawText(QPointF(inner.right() - width, baseline), times)
        room = inner.width() - width - 2 * pad
        title = entry.title
        painter.setPen(theme.DIM if entry.over_with else theme.TEXT)
        ko = elided(QFontMetricsF(font), title.ko, room)
        painter.drawText(QPointF(inner.left(), baseline), ko)
        used = QFontMetricsF(font).horizontalAdvance(ko) + pad
        if title.en != title.ko and used < room:
            plain = theme.sized(base, 0.94)
            painter.setFont(plain)
            painter.setPen(theme.QUIET)
            painter.drawText(
                QPointF(inner.left() + used, baseline), elided(QFontMetricsF(plain), title.en, room - used)
            )

    def _paint_cue(self, painter: QPainter, rect: QRectF, index: Index, row: CueRow) -> None:
        look = LOOKS[row.state]
        painter.fillRect(rect, look.ground)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.LINE)
        column = index.column()
        if column == Column.NUMBER:
            if row.cue.id in self._hits and look.edge is None:
                painter.fillRect(QRectF(rect.left(), rect.top() + 3, EDGE, rect.height() - 7), theme.BLUE)
            elif look.edge is not None:
                painter.fillRect(QRectF(rect.left(), rect.top(), EDGE, rect.height()), look.edge)
            elif row.cue.colour:
                painter.fillRect(QRectF(rect.left(), rect.top() + 3, EDGE, rect.height() - 7), QColor(row.cue.colour))
        base = self._view.font()
        if self._notes is not None:
            rect = self._paint_notes(painter, rect, self._notes, row, look)
        lines = [line for line in self._model.lines(index.row(), column) if line]
        if not lines:
            return
        pad = base.pixelSize() * PAD
        inner = rect.adjusted(pad + (EDGE if column == Column.NUMBER else 0), 0, -pad, 0)
        if column == self._model.state_column:
            _draw_block(painter, inner, _state_block(row, look, lines, base, inner.width()))
            return
        styles = self._styles(column, row, look, lines, base)
        if column == Column.SPEAKERS:
            _draw_block(painter, inner, _speaker_block(lines, styles, base, inner))
            return
        if len(lines) == 1 and column in self._wrapping():
            font, colour = styles[0]
            parts = wrapped(font, lines[0], inner.width(), 3 if column in self._model.note_columns else 2)
            _draw_block(painter, inner, [(part, font, colour) for part in parts])
            return
        parts_of = [(elided(QFontMetricsF(font), line, inner.width()), font, colour)
                    for line, (font, colour) in zip(lines, styles, strict=True)]  # fmt: skip
        _draw_block(painter, inner, parts_of)

    def _paint_notes(self, painter: QPainter, cell: QRectF, notes: NoteLines, row: CueRow, look: Look) -> QRectF:
        """Paints this cell's part of the lines below the titles; where the titles are is returned."""
        told = self._model.notes(row.cue)
        if not told:
            return cell
        base = self._view.font()
        titles, lines = base.pixelSize() * ABOVE_NOTES_IN_EMS, notes.height(told)
        above = cell.top() + (cell.height() - titles - lines) / 2
        left = self._view.columnViewportPosition(Column.PLANNED) + base.pixelSize() * PAD
        notes.paint(painter, QPointF(left, above + titles), cell, told, look.quiet, look.text)
        return QRectF(cell.left(), above, cell.width(), titles)

    def _wrapping(self) -> range:
        return range(Column.TITLE, self._model.state_column)

    def _styles(
        self, column: int, row: CueRow, look: Look, lines: list[str], base: QFont
    ) -> list[tuple[QFont, QColor]]:
        small = theme.sized(base, 0.9)
        plain = theme.sized(base, 1.0)
        bold = theme.sized(base, 1.0, bold=True)
        if column == Column.TITLE:
            first = (theme.sized(base, 1.1, bold=True), look.text)
        elif column == Column.NUMBER:
            first = (bold, theme.BLUE if row.cue.id in self._hits else look.text)
        elif column in self._model.note_columns:
            first = (small, look.text)
        elif column == Column.PROJECTED:
            first = (bold if row.late else plain, _late_colour(row, look))
        elif column in (Column.PLANNED, Column.DURATION):
            first = (plain, look.text if column == Column.DURATION else look.quiet)
        else:
            first = (plain, look.text if column == Column.SPEAKERS else look.quiet)
        second = (small, look.quiet)
        if column == Column.NUMBER:
            second = (bold, theme.DIM if row.state in OVER else theme.AMBER)
        elif column == Column.DURATION and (row.added or row.clip is not None or row.clip_trouble):
            second = (theme.sized(base, 0.9, bold=True), theme.DIM if row.state in OVER else theme.AMBER)
        return [first, second][: len(lines)]

    def _paint_selection(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        selection = self._view.selectionModel()
        if selection is None or not selection.isRowSelected(index.row()):
            return
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), theme.BLUE)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), theme.BLUE)


def _late_colour(row: CueRow, look: Look) -> QColor:
    if row.state in OVER or row.late is None:
        return look.quiet
    if row.late > 0 or row.tight:
        return theme.AMBER
    return theme.BLUE if row.late < 0 else look.quiet


def _state_block(
    row: CueRow, look: Look, lines: list[str], base: QFont, width: float
) -> list[tuple[str, QFont, QColor]]:
    """The state, and what is said with it: on one line, or on two in smaller letters."""
    first = [] if row.state is CueState.UPCOMING else lines[:1]
    notes = lines[len(first) :]
    font = theme.sized(base, STATE_NOTE, bold=True)
    shown = [" ".join(notes)] if notes else []
    if shown and QFontMetricsF(font).horizontalAdvance(shown[0]) > width:
        shown = [notes[0], *([" ".join(notes[1:])] if notes[1:] else [])]
        font = theme.sized(base, STATE_NOTE_OF_TWO, bold=True) if len(shown) > 1 else font
    colour = theme.AMBER if row.mark is not Mark.NONE or row.held else look.word
    metrics = QFontMetricsF(font)
    return [
        *((line, theme.sized(base, 1.0, bold=True), look.word) for line in first),
        *((elided(metrics, line, width), font, colour) for line in shown),
    ]


def _speaker_block(
    lines: list[str], styles: list[tuple[QFont, QColor]], base: QFont, room: QRectF
) -> list[tuple[str, QFont, QColor]]:
    """Who speaks, and how many more; in smaller letters on one line more where a name would be cut otherwise."""
    most = 2
    if len(wrapped(styles[0][0], lines[0], room.width(), SMALL_LINES)) > most + 1 - len(lines):
        small = theme.sized(base, SMALL_SPEAKERS)
        styles = [(small, colour) for _, colour in styles]
        # What is between two lines may be less by a hair.
        most = min(SMALL_LINES, int(room.height() / line_height(small) + 0.1))
    font, colour = styles[0]
    first = wrapped(font, lines[0], room.width(), most + 1 - len(lines))
    below = [(elided(QFontMetricsF(font), line, room.width()), font, colour)
             for line, (font, colour) in zip(lines[1:], styles[1:], strict=True)]  # fmt: skip
    return [*((part, font, colour) for part in first), *below]


def _draw_block(painter: QPainter, rect: QRectF, parts: list[tuple[str, QFont, QColor]]) -> None:
    """The lines below each other, in the middle of ``rect``."""
    top = rect.center().y() - sum(line_height(font) for _, font, _ in parts) / 2
    for text, font, colour in parts:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(rect.left(), top + font.pixelSize() * BASELINE), text)
        top += line_height(font)

"""The two lists beside the hall's form: who may be meant by what is typed, and who is in the hall."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.hall import Visit, degrees
from studio_console.core.text import Text, same
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.painting import elided, rounded
from studio_console.gui.stage.keyed_model import Index, KeyedModel
from studio_console.gui.stage.whole_rows import leave_rest_empty

MASK = Text("마스크 ✓", "mask ✓")
NO_MASK = Text("▲ 마스크 없음", "▲ no mask")
FEVER = Text("▲ {temperature}℃", "▲ {temperature} °C")
DEGREES = Text("{temperature}℃", "{temperature} °C")
UNMEASURED = Text("▲ 미측정", "▲ not measured")
ALLOWED = Text("허용 {name}", "allowed by {name}")
EMPTY = Text("홀에 아무도 없습니다", "Nobody is in the hall")
NOBODY_WENT = Text("오늘 나간 사람이 없습니다", "Nobody has gone out today")
LINE = 1.75


class Suggestions(QWidget):
    """A few lines, one of them lit. A click takes one."""

    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._lit = 0

    @property
    def lines(self) -> tuple[str, ...]:
        return self._lines

    @property
    def lit(self) -> int:
        return self._lit

    def show_lines(self, lines: Sequence[str], lit: int) -> None:
        self._lines, self._lit = tuple(lines), lit
        self.setFixedHeight(round(len(lines) * self._step()))
        self.setVisible(bool(lines))
        self.update()

    def move_lit(self, step: int) -> None:
        if self._lines:
            self._lit = (self._lit + step) % len(self._lines)
            self.update()

    def _step(self) -> float:
        return self.font().pixelSize() * LINE

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y() // self._step())
        if 0 <= place < len(self._lines):
            self.taken.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        letters = self.font().pixelSize()
        for place, line in enumerate(self._lines):
            box = QRectF(0, place * self._step(), self.width(), self._step())
            if place == self._lit:
                rounded(painter, box, theme.BLUE_GROUND, theme.BLUE, 1)
            font = theme.sized(self.font(), 1.0, place == self._lit)
            painter.setFont(font)
            painter.setPen(theme.TEXT)
            text = elided(QFontMetricsF(font), line, box.width() - letters)
            painter.drawText(QPointF(letters * 0.5, box.center().y() + letters * 0.36), text)


class VisitDelegate(QStyledItemDelegate):
    def __init__(self, view: VisitList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._view.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        visit, context, base = self._view.visits.row_at(index.row()), self._view.context, self._view.font()
        letters = base.pixelSize()
        box = QRectF(option.rect).adjusted(0, 1, -2, -2)
        lit = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        rounded(painter, box, theme.BLUE_GROUND if lit else theme.RAISED, theme.BLUE if lit else None, 1)
        inner = box.adjusted(letters * 0.6, 0, -letters * 0.6, 0)
        marks = mark_words(context, visit)
        bold, small = theme.sized(base, 1.0, True), theme.sized(base, 0.86)
        first = inner.top() + letters * 1.2
        clock = times(context, visit)
        painter.setFont(bold)
        painter.setPen(theme.QUIET)
        painter.drawText(QPointF(inner.left(), first), clock)
        left = inner.left() + QFontMetricsF(bold).horizontalAdvance(clock) + letters * 0.6
        painter.setPen(theme.TEXT)
        painter.drawText(QPointF(left, first), elided(QFontMetricsF(bold), visit.visitor.name, inner.right() - left))
        painter.setFont(small)
        second = first + letters * 1.15
        metrics = QFontMetricsF(small)
        for word, odd in marks:
            room = inner.right() - left
            if room <= letters:
                break
            painter.setPen(theme.AMBER if odd else theme.QUIET)
            text = elided(metrics, word, room)
            painter.drawText(QPointF(left, second), text)
            left += metrics.horizontalAdvance(text) + letters * 0.7
        painter.restore()


def times(context: Context, visit: Visit) -> str:
    """``22:00`` they came, or ``22:00–22:40`` and went."""
    moments = [moment for moment in (visit.entered, visit.left) if moment is not None]
    return "–".join(clock_text(moment, context.zone, seconds=False) for moment in moments)


def mark_words(context: Context, visit: Visit) -> list[tuple[str, bool]]:
    """What the ledger says of a visit, in words, and which of it is out of order."""
    say, one, rules = context.say, visit.visitor, context.studio.hall
    words: list[tuple[str, bool]] = []
    if one.temperature is None:
        words.append((say(UNMEASURED), True))
    else:
        fever = one.temperature >= rules.fever
        words.append((say(FEVER if fever else DEGREES, temperature=degrees(one.temperature)), fever))
    words.append((say(MASK if one.mask else NO_MASK), not one.mask))
    if one.route:
        words.append((say(rules.routes.get(one.route, same(one.route))), False))
    if visit.allowed_by:
        words.append((say(ALLOWED, name=visit.allowed_by), True))
    if one.party:
        words.append((one.party, False))
    return words


class VisitList(QListView):
    """Who is in the hall, or who went out of it, the latest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._empty = EMPTY
        self.visits: KeyedModel[Visit] = KeyedModel(lambda visit: visit.id, self._said, self)
        self.setModel(self.visits)
        self.setItemDelegate(VisitDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(0)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet(f"QListView {{ background: {theme.PANEL.name()}; }}" + theme.SCROLL_BAR)

    @property
    def row_height(self) -> int:
        return round(self.font().pixelSize() * 2.9)

    @property
    def chosen(self) -> Visit | None:
        index = self.currentIndex()
        return self.visits.row_at(index.row()) if index.isValid() else None

    def show_visits(self, visits: Sequence[Visit], empty: Text = EMPTY) -> None:
        """``empty`` is said where there are none."""
        self._empty = empty
        self.visits.show_rows(visits)

    def choose(self, place: int | None) -> None:
        """Lights a row; None: none."""
        if place is None or not self.visits.rowCount():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.visits.index(place % self.visits.rowCount()))

    def set_context(self, context: Context) -> None:
        self.context = context
        self.visits.say_anew()

    def _said(self, visit: Visit) -> str:
        return " · ".join(
            (times(self.context, visit), visit.visitor.name, *(word for word, _ in mark_words(self.context, visit)))
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            leave_rest_empty(self, self.row_height)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        leave_rest_empty(self, self.row_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.visits.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(self.font())
            painter.setPen(theme.QUIET)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.context.say(self._empty))

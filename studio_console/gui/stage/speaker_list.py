"""The list of the next speakers: large, a row each, the next thing to do as a button at its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio_console.core.hall import Visit
from studio_console.core.speaker_rows import SpeakerRow
from studio_console.core.text import Text
from studio_console.core.units import Instant, PersonId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.keys import written
from studio_console.gui.painting import elided, rounded, shrunk
from studio_console.gui.stage.keyed_model import TIME_ROLE, Index, KeyedModel
from studio_console.gui.stage.keys import STAGE_KEYS, StageAct
from studio_console.gui.stage.whole_rows import leave_rest_empty, room_for_rows
from studio_console.gui.stage.words import READY, Tone, button_words, chip_words, time_words, where_words, who_words

ROW = 4.7
"""Height of a row, in letters."""
FROM_AFAR = 16
"""px. Plain text of the list where there is room for it, also in a window whose own is smaller: it is read standing."""
LEAST = (8.1, 16.2, 11.8, 16.2, 9.1)
"""What time, who, where, steps and button of a row need, in letters, gaps included."""
SPARE = (0.0, 0.3, 0.19, 0.45, 0.06)
"""Their shares of what is over. The steps get most: on one line they are read at a glance."""
CHIPS = ((0.88, 1), (0.82, 1), (0.88, 2), (0.8, 2), (0.74, 2), (0.74, 3), (0.66, 3), (0.56, 4))
"""Sizes of the steps in letters, and on up to how many lines, the first that fits."""
GAP = 12
INDENT, MARGIN = 18, 10
LITTLE_SMALLER = 0.82
NOBODY = Text("오늘 남은 출연자가 없습니다", "No speakers are left today")
TONES: dict[Tone, tuple[QColor, QColor]] = {
    Tone.DONE: (theme.GREEN, theme.GREEN_GROUND),
    Tone.DUE: (theme.AMBER, theme.AMBER_GROUND),
    Tone.OPEN: (theme.QUIET, theme.RAISED),
}
GROUNDS: dict[int, tuple[QColor, QColor | None]] = {
    0: (theme.RED_GROUND, theme.RED),
    1: (theme.GREEN_GROUND, theme.GREEN),
}
"""Ground and bar of a row by how many GOs away it is."""


class SpeakerDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, view: SpeakerList) -> None:
        super().__init__(view)
        self._view = view
        self.now = Instant(0)
        self.letters = FROM_AFAR
        self.height = 0

    def fit(self, room: QSize, letters: int) -> None:
        """Letters of at least the window's for a list of ``room`` px; rows stay as high when it becomes narrower."""
        large = max(FROM_AFAR, letters)
        self.letters = max(letters, min(large, int((room.width() - INDENT - MARGIN) / sum(LEAST))))
        self.height = room.height() // max(1, int(room.height() / (large * ROW)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(400, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, context = self._view.speakers.row_at(index.row()), self._view.context
        box = QRectF(option.rect).adjusted(0, 2, 0, -3)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground, bar = GROUNDS.get(row.turn, (theme.RAISED if row.turn > 0 else theme.PANEL, None))
        painter.save()
        rounded(painter, box, ground, theme.WHITE if chosen else None, 2)
        if bar is not None:
            painter.fillRect(QRectF(box.left(), box.top() + 3, 6, box.height() - 6), bar)
        self._paint_words(painter, context, row, box)
        painter.restore()

    def _paint_words(self, painter: QPainter, context: Context, row: SpeakerRow, box: QRectF) -> None:
        time, who, where, steps, button = columns(box, self.letters)
        tone = theme.QUIET if row.turn < 0 else theme.TEXT
        base = self.font
        large, below = time_words(context, row)
        self._pair(painter, time, large, below, (self.figures(large, time.width()), theme.sized(base, 0.86)), tone)
        if self._view.dirty.right() < who.left():
            return
        self._pair(
            painter, who, *who_words(context, row), (theme.sized(base, 1.35, True), theme.sized(base, 0.9)), tone
        )
        self._pair(painter, where, *where_words(context, row, self.now, self._view.visit_of(row)),
                   (theme.sized(base, 1.12, True), theme.sized(base, 0.88)), tone)  # fmt: skip
        self._paint_chips(painter, chip_words(context, row), steps)
        self._paint_button(painter, context, row, button)

    @property
    def font(self) -> QFont:
        return theme.plain_font(self.letters)

    def figures(self, time: str, width: float) -> QFont:
        """The font of a row's time: as small as it has to be, for half a time is none."""
        return shrunk(theme.sized(self.font, 1.9, True), time, width, 0.4)

    def _pair(
        self, painter: QPainter, box: QRectF, first: str, second: str, fonts: tuple[QFont, QFont], colour: QColor
    ) -> None:
        """A large line and a small one below it, together in the middle of the row's height."""
        large, small = fonts
        top = box.center().y() - (self.letters * 3.1) / 2
        baseline = top + self.letters * 1.65
        large = shrunk(large, first, box.width(), LITTLE_SMALLER)
        painter.setFont(large)
        painter.setPen(colour)
        painter.drawText(QPointF(box.left(), baseline), elided(QFontMetricsF(large), first, box.width()))
        small = shrunk(small, second, box.width(), LITTLE_SMALLER)
        painter.setFont(small)
        painter.setPen(theme.QUIET)
        painter.drawText(
            QPointF(box.left(), baseline + self.letters * 1.35), elided(QFontMetricsF(small), second, box.width())
        )

    def placed_chips(self, words: list[str], box: QRectF) -> tuple[float, list[QRectF]]:
        """The steps on one line if they can be, else on two, or smaller and on more: none is ever left out.

        How large they are, and the place of each; ``y`` is the number of its line.
        """
        for factor, most in CHIPS:
            font = theme.sized(self.font, factor, True)
            places = _places(QFontMetricsF(font), words, box, self.letters * factor, most)
            if len(places) == len(words):
                break
        return factor, places

    def _paint_chips(self, painter: QPainter, words: list[tuple[str, Tone]], box: QRectF) -> None:
        factor, places = self.placed_chips([word for word, _ in words], box)
        rows = len({place.y() for place in places}) or 1
        gap = 4 if rows < 3 else 2
        height = min(self.letters * factor * 1.65, (box.height() - 8) / rows - gap)
        top = box.center().y() - (rows * height + (rows - 1) * gap) / 2
        painter.setFont(theme.sized(self.font, factor, True))
        for place, (word, tone) in zip(places, words, strict=False):
            colour, ground = TONES[tone]
            chip = QRectF(place.x(), top + place.y() * (height + gap), place.width(), height)
            rounded(painter, chip, ground, theme.LINE if tone is Tone.OPEN else colour, 1)
            painter.setPen(colour)
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_button(self, painter: QPainter, context: Context, row: SpeakerRow, box: QRectF) -> None:
        said = button_words(context, row)
        letters = self.letters
        middle = box.center().y()
        font = theme.sized(self.font, 1.0, True)
        if said is None:
            if row.turn >= 0 and row.ready:
                painter.setFont(font)
                painter.setPen(theme.GREEN)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, context.say(READY))
            return
        word, tone = said
        ground = {Tone.DONE: theme.GREEN_SOLID, Tone.DUE: theme.AMBER_GROUND, Tone.OPEN: theme.LINE}[tone]
        colour = {Tone.DONE: theme.WHITE, Tone.DUE: theme.AMBER, Tone.OPEN: theme.TEXT}[tone]
        rounded(painter, box, ground, theme.AMBER if tone is Tone.DUE else None, 2)
        font = shrunk(font, word, box.width() - 8, LITTLE_SMALLER)
        painter.setFont(font)
        painter.setPen(colour)
        metrics = QFontMetricsF(font)
        text = elided(metrics, word, box.width() - 8)
        painter.drawText(QPointF(box.center().x() - metrics.horizontalAdvance(text) / 2, middle), text)
        small = theme.sized(self.font, 0.8)
        key = written(STAGE_KEYS[StageAct.DO])
        painter.setFont(small)
        painter.setPen(theme.WHITE if tone is Tone.DONE else theme.TEXT)
        width = QFontMetricsF(small).horizontalAdvance(key)
        painter.drawText(QPointF(box.center().x() - width / 2, middle + letters * 1.15), key)


def columns(box: QRectF, letters: float) -> tuple[QRectF, ...]:
    """Time, who, where, steps and button of a row, whose plain text is ``letters`` px high."""
    left = box.left() + INDENT
    width = box.width() - INDENT - MARGIN
    scale = min(1.0, width / (sum(LEAST) * letters))
    over = max(0.0, width - sum(LEAST) * letters)
    found: list[QRectF] = []
    for least, share in zip(LEAST, SPARE, strict=True):
        wide = least * letters * scale + share * over
        found.append(QRectF(left, box.top(), wide - GAP, box.height()))
        left += wide
    button = found[-1].adjusted(0, box.height() * 0.14, GAP, -box.height() * 0.14)
    return (*found[:-1], button)


def _places(metrics: QFontMetricsF, words: list[str], box: QRectF, letters: float, most: int) -> list[QRectF]:
    """Where each chip goes; ``y`` is the number of its line. Shorter than ``words`` if ``most`` lines are too few."""
    places: list[QRectF] = []
    left, line = box.left(), 0
    for word in words:
        width = metrics.horizontalAdvance(word) + letters * 0.9
        if left + width > box.right() and left > box.left():
            left, line = box.left(), line + 1
        if line >= most or width > box.width():
            return places
        places.append(QRectF(left, line, width, 0))
        left += width + 5
    return places


class SpeakerList(QListView):
    """Never takes the focus: the window's keys act, the arrows move its selection."""

    wanted = Signal(object)
    """The ``SpeakerRow`` whose button was pressed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.speakers: KeyedModel[SpeakerRow] = KeyedModel(
            lambda row: row.key, self._said, self, lambda before, now: replace(before, until=now.until) == now
        )
        self.delegate = SpeakerDelegate(self)
        self.dirty = QRectF()
        """What is to be painted now."""
        self._visits: dict[PersonId, Visit] = {}
        self._key: str | None = None
        """The row that was chosen by hand; None follows the next speaker."""
        self.setModel(self.speakers)
        self.setItemDelegate(self.delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet(f"QListView {{ background: {theme.PANEL.name()}; border-radius: 6px; padding: 6px; }}"
                           + theme.SCROLL_BAR)  # fmt: skip

    def show_visits(self, visits: dict[PersonId, Visit]) -> None:
        """Who of the event is in the hall."""
        if visits != self._visits:
            self._visits = visits
            self.viewport().update()

    def visit_of(self, row: SpeakerRow) -> Visit | None:
        return self._visits.get(row.people[0]) if len(row.people) == 1 else None

    def set_context(self, context: Context) -> None:
        """Another language, or other names."""
        self.context = context
        self.speakers.say_anew()

    def _said(self, row: SpeakerRow) -> str:
        button = button_words(self.context, row)
        words = [*time_words(self.context, row), *who_words(self.context, row)]
        words += [word for word, _ in chip_words(self.context, row)]
        return " · ".join([*words, *((button[0],) if button is not None else ())])

    def show_rows(self, rows: tuple[SpeakerRow, ...], now: Instant) -> None:
        minute = now // 60_000 != self.delegate.now // 60_000
        self.delegate.now = now
        self.speakers.show_rows(rows)
        if minute:  # the clocks of the cities
            self.viewport().update()
        self._choose()

    @property
    def chosen(self) -> SpeakerRow | None:
        """The row that the keys act on."""
        index = self.currentIndex()
        return self.speakers.row_at(index.row()) if index.isValid() else None

    def step(self, step: int) -> None:
        """Chooses the row above or below."""
        place = self.currentIndex().row() + step
        if 0 <= place < self.speakers.rowCount():
            self._key = self.speakers.row_at(place).key
            self._choose()

    def follow(self) -> None:
        """The next speaker is chosen, and who is next after them when their turn has come."""
        self._key = None
        self._choose()

    def _choose(self) -> None:
        place = self.speakers.place_of(self._key) if self._key is not None else None
        if place is None:
            self._key = None
            place = self.speakers.place_where(lambda row: row.turn >= 1)
        if place is None:
            place = self.speakers.rowCount() - 1
        if place >= 0 and self.currentIndex().row() != place:
            index = self.speakers.index(place)
            self.setCurrentIndex(index)
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """A second that goes by costs the first column, and not the whole window."""
        if list(roles) != [TIME_ROLE]:
            super().dataChanged(top, bottom, list(roles))
            return
        first = self.indexAt(self.viewport().rect().topLeft() + QPoint(0, self.delegate.letters)).row()
        for place in range(max(first, top.row()), bottom.row() + 1):
            box = QRectF(self.visualRect(self.speakers.index(place)))
            if box.top() > self.viewport().height():
                break
            self.viewport().update(columns(box, self.delegate.letters)[0].toAlignedRect())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.delegate.fit(room_for_rows(self), self.font().pixelSize())
        leave_rest_empty(self, self.delegate.height)
        self.scheduleDelayedItemsLayout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        row = self.speakers.row_at(index.row())
        self._key = row.key
        self._choose()
        button = columns(QRectF(self.visualRect(index)).adjusted(0, 2, 0, -3), self.delegate.letters)[-1]
        if button.contains(event.position()):
            self.wanted.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.dirty = QRectF(event.region().boundingRect())
        super().paintEvent(event)
        if self.speakers.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(theme.sized(self.font(), 1.3, True))
            painter.setPen(theme.QUIET)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.context.say(NOBODY))

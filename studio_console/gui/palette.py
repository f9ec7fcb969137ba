"""The command palette: everything that can be done, found by typing, done by Enter. A part of the window, not modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.search import SearchField
from studio_console.gui.painting import Line, Lines, elided, rounded
from studio_console.gui.palette_model import Entry, Found, Index, PaletteModel

HINT = Text("명령 찾기: 홀드, ㅎㄷ, hold", "find a command: hold, 홀드, ㅎㄷ")
HOW = Text("↑↓ 고르기 · Enter 실행 · Esc 닫기", "↑↓ choose · Enter does it · Esc closes")
NOTHING = Text("그런 명령이 없습니다", "There is no such command")
ROW_IN_EMS = 2.0
ROWS = 13
WIDE = 52
BELOW = 9.2
"""Its upper edge, in letters: below the leading figures, which are never covered."""


class EntryDelegate(QStyledItemDelegate):
    """The name in the window's language, the other one beside it, the key at the right."""

    def __init__(self, found: Found, view: QListView) -> None:
        super().__init__(view)
        self._found, self._view = found, view
        self.context: Context | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, round(self._view.font().pixelSize() * ROW_IN_EMS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        context = self.context
        if context is None:
            return
        entry = self._found.entry(index.row())
        rect, base = QRectF(option.rect), self._view.font()
        letters = base.pixelSize()
        chosen = self._view.currentIndex().row() == index.row()
        painter.save()
        if chosen:
            rounded(painter, rect.adjusted(2, 1, -2, -1), theme.BLUE_GROUND, theme.BLUE, 2)
        baseline = rect.center().y() + letters * 0.36
        left, right = rect.left() + letters, rect.right() - letters
        small = theme.sized(base, 0.92)
        painter.setFont(small)
        painter.setPen(theme.TEXT if chosen else theme.QUIET)
        width = QFontMetricsF(small).horizontalAdvance(entry.key)
        painter.drawText(QPointF(right - width, baseline), entry.key)
        right -= width + letters
        bold = theme.sized(base, 1.0, bold=True)
        name = elided(QFontMetricsF(bold), context.say(entry.name), right - left)
        painter.setFont(bold)
        painter.setPen(theme.TEXT if entry.possible else theme.QUIET if chosen else theme.DIM)
        painter.drawText(QPointF(left, baseline), name)
        left += QFontMetricsF(bold).horizontalAdvance(name) + letters * 0.7
        other = entry.name.en if context.language == "ko" else entry.name.ko
        rest = "" if entry.name.en == entry.name.ko else other
        painter.setFont(small)
        if entry.why_not:
            rest, colour = f"✕ {entry.why_not}", theme.AMBER if chosen else theme.DIM
        else:
            colour = theme.QUIET
        painter.setPen(colour)
        painter.drawText(QPointF(left, baseline), elided(QFontMetricsF(small), rest, max(0.0, right - left)))
        painter.restore()


class CommandField(SearchField):
    """Enter, arrows and Esc belong to the list."""

    def __init__(self, keys: Callable[[int], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the list means one of its rows, and not that typing is over."""
        palette = self.parentWidget()
        if isinstance(watched, QWidget) and palette is not None and palette.isAncestorOf(watched):
            return False
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys(event.key()):
            super().keyPressEvent(event)


class Palette(QFrame):
    """Lies over the window while it is open; a click beside it, Esc or doing something closes it."""

    def __init__(self, window: QWidget, entries: Callable[[], Sequence[Entry]]) -> None:
        """``entries`` is asked when it opens."""
        super().__init__(window)
        self._window, self._entries = window, entries
        self.model = PaletteModel(self)
        self.found = Found(self.model, self)
        self.field = CommandField(self._key, self)
        self.list = QListView(self)
        self.list.setModel(self.found)
        self._delegate = EntryDelegate(self.found, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.verticalScrollBar().setStyleSheet(theme.SCROLL_BAR)
        self.list.clicked.connect(self._clicked)
        self.notice = Lines(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.notice)
        self.hide()
        self.field.typed.connect(self._typed)
        self.field.typing.connect(self._focus)
        window.installEventFilter(self)

    def open(self, context: Context) -> None:
        """With nothing typed: everything there is."""
        self._delegate.context = context
        self.model.set_entries(self._entries())
        self.field.set_hint(context.say(HINT))
        self.field.clear()
        self._typed("")
        self._place()
        self.show()
        self.raise_()
        self.field.enter()

    def close_it(self) -> None:
        if self.isHidden():
            return
        self.hide()
        self.field.leave()

    def set_context(self, context: Context) -> None:
        """Another language is another list: it is closed and can be opened again."""
        if self._delegate.context is not None and context.language != self._delegate.context.language:
            self.close_it()

    def _typed(self, words: str) -> None:
        self.found.set_typed(words)
        # With nothing typed nothing is chosen: who opens it and presses Enter has not meant the first one, which is GO.
        self._choose(0 if words else None)

    def _choose(self, row: int | None) -> None:
        count = self.found.rowCount()
        if row is None:
            self.list.setCurrentIndex(QModelIndex())
            self.list.scrollToTop()
        elif count:
            self.list.setCurrentIndex(self.found.index(max(0, min(row, count - 1)), 0))
        self._say()
        self.list.viewport().update()

    def _say(self) -> None:
        context = self._delegate.context
        if context is None:
            return
        row = self.list.currentIndex().row()
        if not self.found.rowCount():
            self.notice.set_lines([Line(context.say(NOTHING), 0.92, colour=theme.AMBER)])
            return
        entry = self.found.entry(row) if row >= 0 else None
        if entry is not None and entry.why_not:
            self.notice.set_lines([Line(entry.why_not, 0.92, colour=theme.AMBER, head="✕", head_colour=theme.AMBER)])
        else:
            self.notice.set_lines([Line(context.say(HOW), 0.92, colour=theme.QUIET)])

    def _key(self, key: int) -> bool:
        """Whether the key was one of the list's."""
        page = ROWS - 1
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_it()
        elif key in steps:
            self._choose(self.list.currentIndex().row() + steps[Qt.Key(key)])
        else:
            return False
        return True

    def _clicked(self, index: Index) -> None:
        self._do(index)

    def _do(self, index: Index) -> None:
        if not index.isValid() or not self.found.rowCount():
            return
        entry = self.found.entry(index.row())
        if not entry.possible:
            self._say()
            return
        # Closed first: what is done may want the keys for itself.
        self.close_it()
        if entry.run is not None:
            entry.run()

    def _focus(self, typing: bool) -> None:
        if not typing:
            self.close_it()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        letters = self._window.font().pixelSize()
        width = min(self._window.width() - 40, letters * WIDE)
        height = min(self._window.height() - round(letters * (BELOW + 1)), round(letters * (ROWS * ROW_IN_EMS + 5.6)))
        self.setGeometry((self._window.width() - width) // 2, round(letters * BELOW), width, height)
        self.field.setFixedHeight(round(letters * 2.1))

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), theme.PANEL, theme.BLUE, 2)

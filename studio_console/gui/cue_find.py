"""Finding in the cue sheet: every stroke goes to the first cue that has it, Enter to the next one, Esc back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio_console.core.cue_find import CueIndex
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import CueId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.cue_sheet import CueSheet
from studio_console.gui.guests.search import SearchField
from studio_console.gui.painting import Line, Lines, rounded

HINT = Text("큐 찾기: M12, 선언, ㅅㅇ", "find a cue: M12, London, ㅅㅇ")
NONE = Text("없음", "none")
PORTION, READING = 50, 10
"""So many cues are read ahead every so many ms, so that the first stroke finds them read and no picture is late."""
KEYS_OF_IT = Text("Enter 다음 · Ctrl+Enter 여기로", "Enter next · Ctrl+Enter set next")


class CueField(SearchField):
    """Keys that mean something else here than among the guests."""

    def __init__(self, step: Callable[[int], None], here: Callable[[], None], end: Callable[[], None]) -> None:
        super().__init__()
        self._step, self._here, self._end = step, here, end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape:
            self._end()
        elif enter and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.leave()
            self._here()
        elif key == Qt.Key.Key_Up or (enter and modifiers & Qt.KeyboardModifier.ShiftModifier):
            self._step(-1)
        elif key == Qt.Key.Key_Down or enter:
            self._step(1)
        else:
            super().keyPressEvent(event)


class CueFind(QWidget):
    """A line over the sheet's headings, there while something is looked for."""

    def __init__(self, sheet: CueSheet, here: Callable[[], None]) -> None:
        """``here`` puts the standby on the selected cue."""
        super().__init__(sheet)
        self._sheet = sheet
        self._index = CueIndex()
        self._show = Show()
        self._context = sheet.cues.context
        self._from: CueId | None = None
        """Where the eye was when the looking began."""
        self.hits: tuple[CueId, ...] = ()
        self.field = CueField(self.step, here, self.end)
        self.count = Lines(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 2, 8, 2)
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        self.hide()
        self.field.typed.connect(self._typed)
        self.field.typing.connect(self._left)
        self._reading = QTimer(self)
        self._reading.setInterval(READING)
        self._reading.timeout.connect(self._read_on)
        sheet.installEventFilter(self)

    def show_state(self, context: Context, show: Show) -> None:
        moved = show.plan is not self._show.plan
        self._show = show
        if self._index.take(show.plan.cues, context.event.people):
            self._reading.start()
        if context is not self._context:
            self._context = context
            self._say()
        if moved and not self.isHidden():
            self._typed(self.field.words)

    def enter(self) -> None:
        self._from = self._sheet.selected_cue or self._sheet.current
        self._place()
        self.show()
        self.raise_()
        self._say()
        self.field.enter()

    def step(self, step: int) -> None:
        """To the next hit (1) or the one before (-1), from where the selection is; round at the end."""
        if not self.hits:
            return
        selected = self._sheet.selected_cue
        if selected in self.hits:
            place = (self.hits.index(selected) + step) % len(self.hits)
        else:
            after = self._after(selected)
            place = after if step > 0 else after - 1
        self._sheet.select(self.hits[place % len(self.hits)])
        self._say()

    def end(self) -> None:
        """Back to the running row, as if nothing had been looked for."""
        if self.isHidden():
            return
        self.field.clear()
        self.field.leave()
        self.hide()
        self._sheet.clearSelection()
        self._sheet.follow()

    def _read_on(self) -> None:
        if self._index.read(PORTION):
            self._reading.stop()

    def _typed(self, words: str) -> None:
        self.hits = self._index.find(words)
        self._sheet.mark(frozenset(self.hits))
        if self.hits:
            self._sheet.select(self.hits[self._after(self._from) % len(self.hits)])
        self._say()

    def _after(self, cue: CueId | None) -> int:
        """The place among the hits of the first one at or after ``cue``."""
        plan = self._show.plan
        start = (plan.place(cue) if cue is not None else None) or 0
        return next((at for at, hit in enumerate(self.hits) if (plan.place(hit) or 0) >= start), len(self.hits))

    def _left(self, typing: bool) -> None:
        # What was found stays marked for Ctrl+arrows; with nothing typed there is nothing to stay for.
        if not typing and not self.field.words:
            self.hide()

    def _say(self) -> None:
        say = self._context.say
        self.field.set_hint(say(HINT))
        words = self.field.words
        if not words:
            self.count.set_lines([Line(say(KEYS_OF_IT), 0.84, colour=theme.QUIET)])
            return
        selected = self._sheet.selected_cue
        at = self.hits.index(selected) + 1 if selected in self.hits else 0
        found = f"{at}/{len(self.hits)}" if self.hits else say(NONE)
        colour = theme.BLUE if self.hits else theme.AMBER
        self.count.set_lines([Line(say(KEYS_OF_IT), 0.84, colour=theme.QUIET, head=found, head_colour=colour)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        letters, sheet = self._sheet.font().pixelSize(), self._sheet
        height = max(sheet.horizontalHeader().height(), letters * 2)
        # It begins where a column does: half a heading beside it says nothing.
        columns = (sheet.columnViewportPosition(column) for column in range(sheet.cues.columnCount()))
        left = max((at for at in columns if at <= sheet.width() - letters * 40), default=0)
        self.setGeometry(left, 0, sheet.width() - left, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), theme.RAISED)

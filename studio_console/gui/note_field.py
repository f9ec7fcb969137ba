"""One line to type a note in. Enter sends it, Esc throws it away; the keys act again then."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio_console.core.stage_marks import LONGEST_NOTE
from studio_console.core.text import Text
from studio_console.gui.context import Context
from studio_console.gui.guests.search import SearchField


class NoteField(SearchField):
    """Hidden until it is entered."""

    sent = Signal(str)

    def __init__(self, hint: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setMaxLength(LONGEST_NOTE)
        self.hide()
        self.typing.connect(self._typing)

    def set_context(self, context: Context) -> None:
        self.setPlaceholderText(context.say(self._hint))

    def enter(self) -> None:
        self.show()
        super().enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            words = self.words
            self.clear()
            if words:
                self.sent.emit(words)
        super().keyPressEvent(event)

    def _typing(self, on: bool) -> None:
        if not on:
            self.hide()

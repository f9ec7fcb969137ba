"""Where a message to the speaker is typed: one line, in which every key is a letter until it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio_console.core.messages import LONGEST_MESSAGE
from studio_console.core.text import Text
from studio_console.gui.context import Context
from studio_console.gui.guests.search import SearchField

HINT = Text("M 쓰기 · 1–{count} 고르기", "M type · 1–{count} choose")


class MessageField(SearchField):
    """Enter sends, Shift+Enter sends it urgently, Ctrl+T takes it as the length of a timer, Esc throws it away."""

    sent = Signal(str, bool)
    """What was typed, and whether it is urgent."""
    timed = Signal(str)
    dismissed = Signal()
    """Esc was pressed with nothing in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        """How many prepared messages there are to choose from."""
        self.setMaxLength(LONGEST_MESSAGE)

    def set_context(self, context: Context) -> None:
        self.count = len(context.studio.timer.messages)
        self.setPlaceholderText(context.say(HINT, count=self.count))

    def send(self, urgent: bool) -> None:
        """Hands over what stands in it, and is left."""
        words = self.words
        self.clear()
        self.leave()
        if words:
            self.sent.emit(words, urgent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_T and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            words = self.words
            self.clear()
            self.leave()
            self.timed.emit(words)
        elif event.key() == Qt.Key.Key_Escape and not self.words:
            self.leave()
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

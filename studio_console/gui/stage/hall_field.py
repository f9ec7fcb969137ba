"""A field of the hall's form. The keys that move through the form are taken before the field sees them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from studio_console.gui.guests.search import STYLE

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
FORM_KEYS = frozenset({Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9})
"""Keys of the form that mean the same in every field, whatever input method is on."""


class HallField(QLineEdit):
    entered = Signal()
    escaped = Signal()
    stepped = Signal(int)
    """An arrow key: up −1, down 1."""
    pressed = Signal(object)
    """One of ``FORM_KEYS``."""
    typed = Signal(str)
    """What stands in it, with the syllable that is being composed."""

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        self.setMaxLength(longest)
        self.setStyleSheet(STYLE)
        self.textChanged.connect(self._tell)

    @property
    def words(self) -> str:
        at = self.cursorPosition()
        return f"{self.text()[:at]}{self._composed}{self.text()[at:]}".strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in FORM_KEYS:
            self.pressed.emit(key)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composed = ""

    def _tell(self) -> None:
        self.typed.emit(self.words)

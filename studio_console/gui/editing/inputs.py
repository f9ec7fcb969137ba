"""The fields of an editor: while one has the focus every key is a letter, also Space on a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from studio_console.gui import theme
from studio_console.gui.editing.fields import OFF, ON

STYLE = f"""
QLineEdit, QComboBox {{ background: {theme.RAISED.name()}; color: {theme.TEXT.name()};
  border: 1px solid {theme.LINE.name()}; border-radius: 4px; padding: 1px 5px; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {theme.BLUE.name()}; padding: 0 4px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {theme.AMBER.name()}; padding: 0 4px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {theme.DIM.name()}; background: {theme.PANEL.name()}; }}
QComboBox QAbstractItemView {{ background: {theme.RAISED.name()}; color: {theme.TEXT.name()}; }}
QPushButton {{ background: {theme.RAISED.name()}; color: {theme.TEXT.name()}; border: 1px solid {theme.LINE.name()};
  border-radius: 4px; padding: 4px 12px; }}
QPushButton:disabled {{ color: {theme.DIM.name()}; }}
QCheckBox {{ color: {theme.TEXT.name()}; spacing: 6px; padding: 2px; border: 1px solid transparent; }}
QCheckBox:focus {{ border: 2px solid {theme.BLUE.name()}; border-radius: 4px; padding: 1px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.QUIET.name()}; border-radius: 3px;
  background: {theme.RAISED.name()}; }}
QCheckBox::indicator:checked {{ background: {theme.AMBER.name()}; border-color: {theme.AMBER.name()}; }}
"""


class Keys(QObject):
    """Enter and Esc of every field. What an input method is composing has them first."""

    save = Signal()
    leave = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # in a field no key is a shortcut
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if isinstance(watched, QComboBox) and watched.view().isVisible():
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.leave.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.save.emit()
            return True
        return False


class TextInput(QLineEdit):
    changed = Signal()

    def __init__(self, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self.installEventFilter(keys)
        self.textEdited.connect(self.changed)

    @property
    def value(self) -> str:
        return self.text()

    def set_value(self, value: str) -> None:
        if value != self.text():
            self.setText(value)
            self.setCursorPosition(0)

    def set_wrong(self, wrong: bool) -> None:
        if self.property("wrong") is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class ChoiceInput(QComboBox):
    changed = Signal()

    def __init__(self, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        # So that the keys of the desk are dead here as in a text field: Space opens the list and is no GO.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.installEventFilter(keys)
        self.activated.connect(lambda _: self.changed.emit())

    @property
    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        place = self.findData(value)
        if place < 0:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def set_wrong(self, wrong: bool) -> None:
        pass  # what can be chosen is right

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Values and their names; what is chosen stays chosen."""
        value = self.value
        self.clear()
        for choice, name in choices:
            self.addItem(name, choice)
        self.set_value(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # who scrolls the cue sheet does not mean to change a layout


class FlagInput(QCheckBox):
    changed = Signal()

    def __init__(self, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.installEventFilter(keys)
        self.clicked.connect(lambda _: self.changed.emit())

    @property
    def value(self) -> str:
        return ON if self.isChecked() else OFF

    def set_value(self, value: str) -> None:
        self.setChecked(value == ON)

    def set_wrong(self, wrong: bool) -> None:
        pass  # it is on or off

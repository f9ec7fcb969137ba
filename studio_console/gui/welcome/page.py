"""A page of the first window: its words in both languages, its letters in the window's size, Enter and Esc."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy, QWidget

from studio_console.core.problems import UserError
from studio_console.core.text import Language, Text
from studio_console.gui import theme
from studio_console.gui.welcome.card import ChoiceCard

WRONG = "▲ {words}"


class Page(QWidget):
    """What it says is registered with ``says``, so that the language can be changed at any time."""

    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language: Language = "en"
        self._said: list[tuple[Callable[[str], object], Text]] = []
        self._sized: list[tuple[QWidget, float, bool]] = []

    # --- making what is on it

    def says(self, setter: Callable[[str], object], text: Text) -> None:
        """``setter`` is called with the text, now and whenever the language changes."""
        self._said.append((setter, text))
        setter(text.show(self.language))

    def label(
        self, text: Text | None = None, size: float = 1.0, bold: bool = False, colour: QColor = theme.TEXT
    ) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setMinimumWidth(1)  # or a title without spaces would make the window wider than its screen
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        colour_of(label, colour)
        self._sized.append((label, size, bold))
        if text is not None:
            self.says(label.setText, text)
        return label

    def button(self, text: Text, does: Callable[[], object], main: str = "") -> QPushButton:
        """``main`` is ``go`` or ``air`` for what Enter does."""
        button = QPushButton(self)
        button.setAutoDefault(False)
        if main:
            button.setProperty("main", main)
        button.clicked.connect(lambda: does())
        self.says(button.setText, text)
        return button

    def card(self, title: Text, note: Text, key: str = "", checkable: bool = False) -> ChoiceCard:
        card = ChoiceCard(key, checkable, self)
        self.says(card.set_title, title)
        self.says(card.set_note, note)
        return card

    # --- the window's language and letters

    def set_language(self, language: Language) -> None:
        self.language = language
        for setter, text in self._said:
            setter(text.show(language))
        self.retell()

    def retell(self) -> None:
        """Says anew what depends on more than the language."""

    def set_letters(self, base: QFont) -> None:
        self.setFont(base)
        # With a style sheet Qt does not hand the font down to everything.
        for child in self.findChildren(QWidget):
            child.setFont(base)
        for widget, size, bold in self._sized:
            widget.setFont(theme.sized(base, size, bold))

    # --- keys

    def enter(self) -> None:
        """What Enter does where no button has the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Held down on the page before, it must not go on through this one.
            if not event.isAutoRepeat():
                if isinstance(focus, QAbstractButton) and focus.hasFocus() and not focus.isCheckable():
                    focus.click()
                else:
                    self.enter()
        elif event.key() == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self.back.emit()
        else:
            super().keyPressEvent(event)


def colour_of(label: QWidget, colour: QColor) -> None:
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(palette)


def tell(label: QLabel, words: str, colour: QColor) -> None:
    colour_of(label, colour)
    label.setText(words)


def tell_trouble(label: QLabel, error: UserError | None, language: Language) -> None:
    """Amber, with a mark: colour is never all that says it."""
    said = breakable(error.show(language)) if error is not None else ""
    tell(label, WRONG.format(words=said) if said else "", theme.AMBER)


def homely(folder: str) -> str:
    """``folder`` as people write it: what lies in their own begins with ``~``."""
    home, where = Path.home(), Path(folder)
    return str(Path("~") / where.relative_to(home)) if where.is_relative_to(home) else folder


def breakable(path: str) -> str:
    """``path`` as it may be broken into lines behind every folder."""
    return re.sub(r"([/\\])", "\\1\u200b", path)

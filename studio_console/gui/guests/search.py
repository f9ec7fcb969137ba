"""Finding by typing. While it has the focus the keys of the desk are letters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context

HINT = Text("/ 찾기: ㄹㄷ, 런던", "/ find: london")
SHORT_HINT = Text("/ 찾기", "/ find")
BESIDE = 22
"""px of the field that are not for its words: borders, padding, cursor."""
STYLE = f"""
QLineEdit {{ background: {theme.RAISED.name()}; color: {theme.TEXT.name()}; border: 2px solid {theme.LINE.name()};
  border-radius: 6px; padding: 0 6px; }}
QLineEdit:focus {{ border-color: {theme.AMBER.name()}; background: {theme.AMBER_GROUND.name()}; }}
"""


class SearchField(QLineEdit):
    """Is entered by a key or a click only; Enter, Tab and a click elsewhere leave it, Esc empties it too."""

    typed = Signal(str)
    """What stands in it, with the syllable that is being composed."""
    typing = Signal(bool)
    """It was entered or left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        self._hints: tuple[str, ...] = ()
        # Where keys act, no input method is to take them away: no focus but by enter().
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet(STYLE)
        self.setMaxLength(60)
        self.textChanged.connect(self._tell)

    @property
    def words(self) -> str:
        at = self.cursorPosition()
        return f"{self.text()[:at]}{self._composed}{self.text()[at:]}".strip()

    def set_context(self, context: Context) -> None:
        self.set_hint(context.say(HINT), context.say(SHORT_HINT))

    def set_hint(self, *hints: str) -> None:
        """The first of ``hints`` that is not cut where the field is as wide as now; they become shorter."""
        self._hints = hints
        self._show_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()

    def _show_hint(self) -> None:
        room = self.width() - BESIDE
        fitting = (hint for hint in self._hints if self.fontMetrics().horizontalAdvance(hint) <= room)
        self.setPlaceholderText(next(fitting, self._hints[-1] if self._hints else ""))

    def enter(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def leave(self) -> None:
        """The keys act again."""
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.leave()
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.hasFocus():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.typing.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._composed = ""
        self._tell()
        self.typing.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who clicks anywhere else has done with typing, and means the keys that follow."""
        if event.type() != QEvent.Type.MouseButtonPress or not isinstance(watched, QWidget):
            return False
        if watched is not self and watched.window() is self.window():
            self.leave()
        return False

    def _tell(self) -> None:
        self.typed.emit(self.words)

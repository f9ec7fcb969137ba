"""ON AIR and NEXT in words, side by side or one above the other, as there is room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from studio_console.core.show import Show
from studio_console.core.timing import Projection
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.on_air import CuePanel, show_next, show_on_air

BESIDE = 2.2
"""From so many times as wide as high on they stand side by side."""


class CueCards(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_air = CuePanel("ON AIR", theme.RED, theme.RED_GROUND)
        self.next = CuePanel("NEXT", theme.GREEN, theme.GREEN_GROUND)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._box.addWidget(self.on_air, 46)
        self._box.addWidget(self.next, 54)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_state(self, context: Context, show: Show, projection: Projection) -> None:
        show_on_air(self.on_air, context, show, projection)
        show_next(self.next, context, show, projection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE * self.height() or self.width() > 1000
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 60)

    def sizeHint(self) -> QSize:
        return QSize(400, 300)

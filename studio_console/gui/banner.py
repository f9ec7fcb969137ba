"""A strip across a window for what must not be overlooked."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from studio_console.gui import theme
from studio_console.gui.painting import Lines, rounded


class Banner(Lines):
    """Amber; its words are a line like others."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, theme.AMBER_GROUND, theme.AMBER, 2)
        self.paint_lines(painter, whole.adjusted(self._margin, self._margin, -self._margin, -self._margin))

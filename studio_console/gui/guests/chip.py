"""A small button in a bar: a word and its key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio_console.gui import theme
from studio_console.gui.painting import elided, rounded


class Chip(QAbstractButton):
    """Never takes the focus, so that no key is swallowed by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = self._key = ""
        self._on = False
        self._colour = theme.BLUE
        self._ground = theme.BLUE_GROUND
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        return f"{self._label} {self._key}".strip()

    @property
    def on(self) -> bool:
        return self._on

    def set_colours(self, colour: theme.Shade, ground: theme.Shade) -> None:
        """Of the chip while it is on."""
        self._colour, self._ground = colour, ground

    def set_label(self, label: str, key: str = "", on: bool = False) -> None:
        if (label, key, on) != (self._label, self._key, self._on):
            resized = (label, key) != (self._label, self._key)
            self._label, self._key, self._on = label, key, on
            self.setAccessibleName(self.words)
            if resized:
                self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        letters = self.font().pixelSize()
        width = QFontMetricsF(theme.sized(self.font(), 0.94, bold=True)).horizontalAdvance(self._label)
        if self._key:
            width += QFontMetricsF(theme.sized(self.font(), 0.8)).horizontalAdvance(self._key) + letters * 0.4
        return QSize(round(width + letters * 1.1), round(letters * 1.9))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self.font().pixelSize() * 2), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        ground = self._ground if self._on else (theme.LINE if self.underMouse() else theme.RAISED)
        rounded(painter, box, ground, self._colour if self._on else None, 2)
        letters = self.font().pixelSize()
        baseline = box.center().y() + letters * 0.34
        small = theme.sized(self.font(), 0.8)
        key = QFontMetricsF(small).horizontalAdvance(self._key) + letters * 0.4 if self._key else 0.0
        bold = theme.sized(self.font(), 0.94, bold=True)
        room = box.width() - letters * 0.7 - key
        label = elided(QFontMetricsF(bold), self._label, room)
        width = QFontMetricsF(bold).horizontalAdvance(label)
        left = box.center().x() - (width + key) / 2
        painter.setFont(bold)
        painter.setPen(self._colour if self._on else theme.TEXT)
        painter.drawText(QPointF(left, baseline), label)
        if self._key:
            painter.setFont(small)
            painter.setPen(theme.TEXT if self._on else theme.QUIET)
            painter.drawText(QPointF(left + width + letters * 0.4, baseline), self._key)

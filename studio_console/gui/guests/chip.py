"""A small button in a bar: a word and its key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio_console.gui import theme
from studio_console.gui.painting import rounded, wrapped

STEP = 1.15
"""From one line to the next, as a share of the letters' size."""


class Chip(QAbstractButton):
    """Never takes the focus, so that no key is swallowed by it."""

    def __init__(self, parent: QWidget | None = None, most: int = 1) -> None:
        """``most``: into how many lines its word may wrap."""
        super().__init__(parent)
        self._most = most
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
        width = QFontMetricsF(self._bold()).horizontalAdvance(self._label) + self._key_width()
        return QSize(round(width + letters * 1.1), round(letters * 1.9))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self.font().pixelSize() * 2), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return self._most > 1

    def heightForWidth(self, width: int) -> int:
        letters = self.font().pixelSize()
        return round(letters * 1.9 + (len(self.lines(width)) - 1) * letters * STEP)

    def lines(self, width: int) -> list[str]:
        """Its word as it stands in a chip of this width in px."""
        room = width - self.font().pixelSize() * 0.7 - self._key_width()
        return wrapped(self._bold(), self._label, room, self._most)

    def _bold(self) -> QFont:
        return theme.sized(self.font(), 0.94, bold=True)

    def _small(self) -> QFont:
        return theme.sized(self.font(), 0.8)

    def _key_width(self) -> float:
        """With the gap before it."""
        width = QFontMetricsF(self._small()).horizontalAdvance(self._key)
        return width + self.font().pixelSize() * 0.4 if self._key else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        ground = self._ground if self._on else (theme.LINE if self.underMouse() else theme.RAISED)
        rounded(painter, box, ground, self._colour if self._on else None, 2)
        letters = self.font().pixelSize()
        key, bold = self._key_width(), self._bold()
        metrics = QFontMetricsF(bold)
        lines = self.lines(self.width())
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        middle = box.center().x() - key / 2
        centre = box.center().y() + letters * 0.34
        painter.setFont(bold)
        painter.setPen(self._colour if self._on else theme.TEXT)
        for place, line in enumerate(lines):
            baseline = centre + (place - (len(lines) - 1) / 2) * letters * STEP
            painter.drawText(QPointF(middle - metrics.horizontalAdvance(line) / 2, baseline), line)
        if self._key:
            painter.setFont(self._small())
            painter.setPen(theme.TEXT if self._on else theme.QUIET)
            painter.drawText(QPointF(middle + widest / 2 + letters * 0.4, centre), self._key)

"""The speaker's timer as it is seen now, small, drawn by the same painter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.gui import theme
from studio_console.gui.timer.face import Face
from studio_console.gui.timer.paint import paint_timer

SHAPE = 16 / 9


class TimerPreview(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face: Face | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def face(self) -> Face | None:
        return self._face

    def set_face(self, face: Face) -> None:
        if face != self._face:
            self._face = face
            self.setAccessibleName(face.words)
            self.update()

    def sizeHint(self) -> QSize:
        letters = self.font().pixelSize()
        return QSize(round(letters * 7 * SHAPE), letters * 7)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 54)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._face is None:
            return
        painter = QPainter(self)
        width = min(float(self.width()), self.height() * SHAPE)
        height = width / SHAPE
        screen = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        paint_timer(painter, screen.adjusted(1, 1, -1, -1), self._face, self.font())
        painter.setPen(theme.LINE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(screen.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

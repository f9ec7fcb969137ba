"""A picture in its frame: red as it is on air, green as it comes, and below it words that say so without colour."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.studio import Size
from studio_console.gui import theme
from studio_console.gui.painting import elided, rounded

FRAME = 3.0
EMPTY = QColor("#000000")
FULL_HD = Size(1920, 1080)


class Frame(NamedTuple):
    colour: QColor
    dashed: bool = False


ON_AIR = Frame(theme.RED)
UNSURE = Frame(theme.AMBER)
"""On air as far as is known."""
NEXT = Frame(theme.GREEN)
ARMED = Frame(theme.GREEN, dashed=True)
NONE = Frame(theme.LINE)


class FramedPicture(QWidget):
    """What is in the frame is painted by those that are made of this one."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._head = self._note = ""
        self._note_colour: QColor = theme.QUIET
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def words(self) -> str:
        return f"{self._head} {self._note}"

    @property
    def frame(self) -> Frame:
        return self._frame

    @property
    def canvas(self) -> Size:
        """Of which only the shape counts."""
        return FULL_HD

    def set_words(self, frame: Frame, head: str, note: str, note_colour: QColor = theme.QUIET) -> None:
        """``head`` is in the frame's colour, ``note`` at the right."""
        fresh = (frame, head, note, note_colour)
        if fresh != (self._frame, self._head, self._note, self._note_colour):
            self._frame, self._head, self._note, self._note_colour = fresh
            self.setAccessibleName(self.words)
            self.update()

    def heightForWidth(self, width: int) -> int:
        share = self.canvas.height / self.canvas.width
        return round((width - 2 * FRAME) * min(share, 1.0) + 2 * FRAME + self.foot)

    @property
    def foot(self) -> int:
        """Height of the words in px."""
        return round(self.font().pixelSize() * 1.45)

    def canvas_rect(self) -> QRectF:
        """Where the canvas is drawn."""
        room = QRectF(FRAME, FRAME, self.width() - 2 * FRAME, self.height() - 2 * FRAME - self.foot)
        canvas = self.canvas
        scale = min(room.width() / canvas.width, room.height() / canvas.height)
        width, height = canvas.width * scale, canvas.height * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        whole = self.canvas_rect()
        painter.fillRect(whole, EMPTY)
        painter.save()
        painter.setClipRect(whole)
        self.paint_picture(painter, whole)
        painter.restore()
        self._paint_foot(painter)
        pen = QPen(self._frame.colour, FRAME)
        if self._frame.dashed:
            pen.setDashPattern([2.4, 1.6])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = FRAME / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)

    def paint_picture(self, painter: QPainter, whole: QRectF) -> None:
        """Paints into ``whole``, which is black so far and the only place that it can paint in."""

    def _paint_foot(self, painter: QPainter) -> None:
        font = theme.sized(self.font(), 0.88, bold=True)
        baseline = self.height() - FRAME - font.pixelSize() * 0.45
        painter.setFont(font)
        painter.setPen(self._frame.colour if self._frame.colour is not theme.LINE else theme.QUIET)
        head = elided(QFontMetricsF(font), self._head, self.width() - 16)
        painter.drawText(QPointF(8, baseline), head)
        left = 8 + QFontMetricsF(font).horizontalAdvance(head) + 6
        plain = theme.sized(self.font(), 0.86, bold=self._note_colour is theme.AMBER)
        note = elided(QFontMetricsF(plain), self._note, self.width() - 8 - left)
        painter.setFont(plain)
        painter.setPen(self._note_colour)
        painter.drawText(QPointF(self.width() - 8 - QFontMetricsF(plain).horizontalAdvance(note), baseline), note)

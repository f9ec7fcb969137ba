"""A picture in its frame: red as it is on air, green as it comes, and below it words that say so without colour."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.studio import Size
from studio_console.gui import theme
from studio_console.gui.painting import elided, rounded

FRAME = 3.0
SIDE = 8
"""px at either end of the words."""
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


class Head(NamedTuple):
    """What a picture is of, and how it is: ``state`` is what the frame's colour says, and is never cut."""

    words: str
    state: str
    called: str


SIZE, LEAST = 0.88, 0.76
"""Of the head, and how small it may become, in letters."""


class FramedPicture(QWidget):
    """What is in the frame is painted by those that are made of this one."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._head = Head("", "", "")
        self._note = ""
        self._note_colour: QColor = theme.QUIET
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def words(self) -> str:
        return f"{self._head.words} {self._note}"

    @property
    def frame(self) -> Frame:
        return self._frame

    @property
    def canvas(self) -> Size:
        """Of which only the shape counts."""
        return FULL_HD

    def set_words(self, frame: Frame, head: Head, note: str, note_colour: QColor = theme.QUIET) -> None:
        """``head`` is in the frame's colour, ``note`` at the right, as much of it as there is room for."""
        fresh = (frame, head, note, note_colour)
        if fresh != (self._frame, self._head, self._note, self._note_colour):
            self._frame, self._head, self._note, self._note_colour = fresh
            self.tell_words()
            self.update()

    def tell_words(self) -> None:
        """All of them, to who has them read aloud and to who points at it: there may not be room for all."""
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)

    def head_as_shown(self) -> tuple[str, QFont]:
        """The head as there is room for it: whole, or smaller, or the state with what is left of the name."""
        head, room = self._head, self.width() - 2 * SIDE
        font = theme.sized(self.font(), SIZE, bold=True)
        least = theme.sized(self.font(), LEAST, bold=True).pixelSize()
        for words in (head.words, head.state):
            while font.pixelSize() > least and QFontMetricsF(font).horizontalAdvance(words) > room:
                font.setPixelSize(font.pixelSize() - 1)
            if QFontMetricsF(font).horizontalAdvance(words) <= room:
                break
        metrics = QFontMetricsF(font)
        if words == head.words:
            return words, font
        called = elided(metrics, head.called, room - metrics.horizontalAdvance(f"{head.state} · "))
        return f"{head.state} · {called}" if called else head.state, font

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
        head, font = self.head_as_shown()
        baseline = self.height() - FRAME - self.font().pixelSize() * 0.4
        painter.setFont(font)
        painter.setPen(self._frame.colour if self._frame.colour is not theme.LINE else theme.QUIET)
        painter.drawText(QPointF(SIDE, baseline), head)
        left = SIDE + QFontMetricsF(font).horizontalAdvance(head) + 6
        plain = theme.sized(self.font(), 0.86, bold=self._note_colour is theme.AMBER)
        note = elided(QFontMetricsF(plain), self._note, self.width() - SIDE - left)
        painter.setFont(plain)
        painter.setPen(self._note_colour)
        painter.drawText(QPointF(self.width() - SIDE - QFontMetricsF(plain).horizontalAdvance(note), baseline), note)

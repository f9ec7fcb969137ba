"""Painting in words and boxes: lines of text that never overlap, and never stop in the middle of a word unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.gui import theme

RADIUS = 6.0
LEADING = 1.36
"""Height of a line as a share of its letters' size; enough for Hangul, tighter than the fonts say themselves."""
BASELINE = 1.06


class Keep(Enum):
    """What becomes of a line where there is no room for all of them."""

    ALWAYS = auto()
    IF_ROOM = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``head`` stands before it in a colour of its own, ``tail`` at the right edge."""

    text: str
    size: float = 1.0
    bold: bool = False
    colour: QColor = theme.TEXT
    head: str = ""
    head_colour: QColor = theme.QUIET
    tail: str = ""
    tail_colour: QColor = theme.QUIET
    most: int = 1
    """How many lines it may wrap into."""
    gap: float = 0.0
    """Room above it, as a share of the text's height."""
    keep: Keep = Keep.ALWAYS

    @property
    def words(self) -> str:
        """Everything it says, in reading order."""
        return " ".join(part for part in (self.head, self.text, self.tail) if part)


def rounded(painter: QPainter, rect: QRectF, fill: QColor, frame: QColor | None = None, width: float = 0.0) -> None:
    """A box; the frame lies inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if frame is not None else 0.0
    painter.setPen(QPen(frame, width) if frame is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


def line_height(font: QFont) -> float:
    return font.pixelSize() * LEADING


def elided(metrics: QFontMetricsF, text: str, width: float) -> str:
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return "" if shown == "…" else shown  # by itself it says nothing


def wrapped(font: QFont, text: str, width: float, most: int) -> list[str]:
    """``text`` in at most ``most`` lines; what is left over ends in an ellipsis."""
    metrics = QFontMetricsF(font)
    if most <= 1 or metrics.horizontalAdvance(text) <= width:
        return [elided(metrics, text, width)]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        starts.append(line.textStart())
    layout.endLayout()
    kept = starts[:most]
    lines = [text[start:end].strip() for start, end in zip(kept, [*kept[1:], len(text)], strict=True)]
    lines[-1] = elided(metrics, lines[-1], width)
    return lines


def shrunk(font: QFont, text: str, width: float, least: float) -> QFont:
    """As much smaller as all of ``text`` needs for ``width`` px, down to ``least`` times its size."""
    smaller = QFont(font)
    while QFontMetricsF(smaller).horizontalAdvance(text) > width and smaller.pixelSize() > font.pixelSize() * least:
        smaller.setPixelSize(smaller.pixelSize() - 1)
    return smaller


def fitted(base: QFont, text: str, width: float, height: float) -> QFont:
    """``base`` in bold, as large as ``text`` fits into ``width`` and ``height``."""
    font = theme.sized(base, 1.0, bold=True)
    font.setPixelSize(100)
    metrics = QFontMetricsF(font)
    tall = metrics.capHeight() * 1.36
    scale = min(width / max(1.0, metrics.horizontalAdvance(text)), height / tall)
    font.setPixelSize(max(8, int(100 * scale)))
    return font


class Lines(QWidget):
    """Paragraphs below each other. What there is no room for is left out as a whole, optional lines first."""

    def __init__(self, parent: QWidget | None = None, margin: float = 0.0, grow: float = 1.0) -> None:
        """``grow``: up to how many times as large the letters become where there is room for it.

        Lines that grow fill what they are given; how many there are moves nothing else on the desk.
        """
        super().__init__(parent)
        self._grow = grow
        self._factor = 1.0
        self._lines: tuple[Line, ...] = ()
        self._margin = margin
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    @property
    def words(self) -> str:
        """Everything it says, a line each."""
        return "\n".join(line.words for line in self._lines)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Shows ``lines``; the same as before costs nothing."""
        fresh = tuple(lines)
        if fresh == self._lines:
            return
        self._lines = fresh
        self.setAccessibleName(self.words)
        if self._grow == 1.0:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return self._grow == 1.0

    def heightForWidth(self, width: int) -> int:
        room = width - 2 * self._margin
        return round(sum(self._height(line, room) for line in self._lines) + 2 * self._margin)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.font().pixelSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._grow == 1.0:
            self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(self._margin, self._margin, -self._margin, -self._margin)
        self.paint_lines(painter, rect)

    def paint_lines(self, painter: QPainter, rect: QRectF) -> None:
        self._factor = self._growth(rect.width(), rect.height())
        shown = self.fitting(rect.width(), rect.height())
        top = rect.top()
        for line in shown:
            top += self._draw(painter, line, QRectF(rect.left(), top, rect.width(), rect.bottom() - top))
        self._factor = 1.0

    def _growth(self, width: float, height: float) -> float:
        """How much larger the letters can be with everything still in place; in steps, so that it seldom changes."""
        step = int((self._grow - 1) * 10)
        while step > 0:
            self._factor = 1 + step / 10
            fits = sum(self._height(line, width) for line in self._lines) <= height
            if fits and not any(self._is_cut(line, width) for line in self._lines):
                return self._factor
            step -= 1
        return 1.0

    def _is_cut(self, line: Line, width: float) -> bool:
        """Whether words of the line would be left out."""
        texts = self._wrapped(line, self._sized(line.size, line.bold), width)
        return sum(len(text.replace(" ", "")) for text in texts) < len(line.text.replace(" ", ""))

    def _sized(self, size: float, bold: bool = False) -> QFont:
        return theme.sized(self.font(), size * self._factor, bold)

    def fitting(self, width: float, height: float) -> list[Line]:
        """The lines for which there is room."""
        shown = list(self._lines)
        heights = {id(line): self._height(line, width) for line in shown}
        total = sum(heights.values())
        for line in [*reversed([line for line in shown if line.keep is Keep.IF_ROOM]), *reversed(shown)]:
            if total <= height + 1:
                break
            if any(entry is line for entry in shown):
                total -= heights[id(line)]
                shown = [entry for entry in shown if entry is not line]
        return shown

    def _height(self, line: Line, width: float) -> float:
        font = self._sized(line.size, line.bold)
        count = len(self._wrapped(line, font, width))
        return count * line_height(font) + line.gap * self.font().pixelSize() * self._factor

    def _side(self, text: str) -> float:
        if not text:
            return 0.0
        font = self._sized(1.0, bold=True)
        return QFontMetricsF(font).horizontalAdvance(text) + self.font().pixelSize() * self._factor * 0.6

    def _wrapped(self, line: Line, font: QFont, width: float) -> list[str]:
        return wrapped(font, line.text, width - self._side(line.head) - self._side(line.tail), line.most)

    def _draw(self, painter: QPainter, line: Line, rect: QRectF) -> float:
        font = self._sized(line.size, line.bold)
        top = rect.top() + line.gap * self.font().pixelSize() * self._factor
        baseline = top + font.pixelSize() * BASELINE
        painter.setFont(self._sized(1.0, bold=True))
        if line.head:
            painter.setPen(line.head_colour)
            painter.drawText(QPointF(rect.left(), baseline), line.head)
        if line.tail:
            painter.setPen(line.tail_colour)
            width = QFontMetricsF(painter.font()).horizontalAdvance(line.tail)
            painter.drawText(QPointF(rect.right() - width, baseline), line.tail)
        painter.setFont(font)
        painter.setPen(line.colour)
        texts = self._wrapped(line, font, rect.width())
        for text in texts:
            painter.drawText(QPointF(rect.left() + self._side(line.head), baseline), text)
            baseline += line_height(font)
        return top - rect.top() + len(texts) * line_height(font)

"""Draws the speaker's timer, large in its window and small at the desk: one number, one colour, one message.

Each stage has a shape besides its colour: plain figures, figures in a frame, dark figures on a light block, and in
overtime the whole screen turned over with stripes along its edges. The bar is plain, striped, chequered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from studio_console.core.urgency import Urgency
from studio_console.gui import theme
from studio_console.gui.painting import elided, fitted, line_height, wrapped
from studio_console.gui.timer.face import Face

MOST_LINES = 8
SMALLEST = 0.7
"""How much smaller a line may become before it is cut."""
LONG = 36
"""Letters from which on a message gets more of the screen than the digits."""
WORTH_BREAKING = 0.6
"""Letters that are smaller than this share of what is possible are the greater evil."""
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
BASELINE = 1.02
"""Where letters stand in a line, as a share of their size."""


@dataclass(frozen=True, slots=True)
class Look:
    ground: QColor
    ink: QColor
    """The digits, the bar, and the ground of the message."""
    quiet: QColor
    """Who, where and the session."""
    frame: bool = False
    block: bool = False
    """The digits stand dark on a block of ``ink``."""
    stripes: bool = False


LOOKS: dict[Urgency, Look] = {
    Urgency.IDLE: Look(theme.BLACK, theme.BLUE, theme.QUIET),
    Urgency.NORMAL: Look(theme.BLACK, theme.WHITE, theme.QUIET),
    Urgency.OPEN: Look(theme.BLACK, theme.WHITE, theme.QUIET),
    Urgency.WARNING: Look(theme.BLACK, theme.AMBER, theme.QUIET, frame=True),
    Urgency.DANGER: Look(theme.BLACK, theme.AMBER, theme.TEXT, block=True),
    Urgency.OVERTIME: Look(theme.RED_SOLID, theme.WHITE, theme.WHITE, stripes=True),
}
CLOCK_LOOK = Look(theme.BLACK, theme.QUIET, theme.QUIET)


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything is; nothing reaches into anything else."""

    head: QRectF
    digits: QRectF
    word: QRectF
    message: QRectF | None
    foot: QRectF
    bar: QRectF
    upright: bool


def places(rect: QRectF, message: str) -> Places:
    """The parts below each other. On a screen that lies the word and the session share a line: the digits need it."""
    width, height = rect.width(), rect.height()
    upright = height > width
    margin = min(width, height) * 0.035
    line = width * 0.07 if upright else min(height * 0.085, width * 0.062)
    bar = QRectF(rect.left(), rect.bottom() - height * 0.035, width, height * 0.035)
    inner = rect.adjusted(margin, margin, -margin, 0)
    head = QRectF(inner.left(), inner.top(), inner.width(), line)
    foot = QRectF(inner.left(), bar.top() - margin * 0.5 - line, inner.width(), line)
    top = head.bottom() + margin * 0.3
    room = foot.top() - margin * 0.3 - top
    word = line * 1.4 if upright else 0.0
    # As wide as the screen the digits are about this tall; more would stay empty.
    tall = min(room - word, inner.width() * 0.42)
    band = None
    if message:
        tall = min(tall, (room - word) * (0.55 if len(message) <= LONG else 0.42))
    else:
        top += (room - word - tall) * 0.4
    digits = QRectF(inner.left(), top, inner.width(), tall)
    if message:
        begin = digits.bottom() + word + margin * 0.4
        band = QRectF(rect.left(), begin, width, min(foot.top() - margin * 0.3 - begin, width * 0.8))
    beneath = QRectF(inner.left(), digits.bottom(), inner.width(), word) if upright else QRectF(foot)
    return Places(head, digits, beneath, band, foot, bar, upright)


def paint_timer(painter: QPainter, rect: QRectF, face: Face, base: QFont) -> None:
    """``base`` gives the family; sizes follow from ``rect``."""
    if face.dark:
        painter.fillRect(rect, theme.BLACK)
        return
    look = CLOCK_LOOK if face.clock else LOOKS[face.urgency]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, look.ground)
    where = places(rect, face.message)
    if look.stripes:
        _stripes(
            painter, QRectF(rect.left(), rect.top(), rect.width(), rect.height() * 0.018), theme.WHITE, look.ground
        )
    _head(painter, where.head, face, look, base)
    _digits(painter, where.digits, face, look, base)
    if where.message is not None:
        _message(painter, where.message, face, look, base)
    if where.upright:
        _line(painter, where.word, face.word, look.ink, base, CENTRE, bold=True)
        _line(painter, where.foot, face.foot, look.quiet, base, CENTRE)
    else:
        taken = _line(painter, where.word, face.word, look.ink, base, LEFT, bold=True)
        rest = where.foot.adjusted(taken + where.foot.height() * 0.5, 0, 0, 0)
        _line(painter, rest, face.foot, look.quiet, base, RIGHT)
    _bar(painter, where.bar, face, look)


def _head(painter: QPainter, rect: QRectF, face: Face, look: Look, base: QFont) -> None:
    """Who on the left, in both languages if there is room, and where on the right."""
    font = _font(base, rect.height() * 0.68, False)
    metrics = QFontMetricsF(font)
    baseline = rect.top() + rect.height() * 0.72
    painter.setFont(font)
    painter.setPen(look.quiet)
    width = metrics.horizontalAdvance(face.where)
    painter.drawText(QPointF(rect.right() - width, baseline), face.where)
    room = rect.width() - width - rect.height() * 0.5
    both = f"{face.who} · {face.who_also}"
    who = both if face.who_also and metrics.horizontalAdvance(both) <= room else face.who
    painter.drawText(QPointF(rect.left(), baseline), elided(metrics, who, room))


def _digits(painter: QPainter, rect: QRectF, face: Face, look: Look, base: QFont) -> None:
    """As large as fits, in the middle of their place."""
    inset = min(rect.width(), rect.height()) * 0.06
    inner = rect.adjusted(inset, inset, -inset, -inset)
    # What is fitted has room for letters below the line, which digits do not need.
    font = fitted(base, face.widest, inner.width(), inner.height() * 1.34)
    metrics = QFontMetricsF(font)
    width, cap = metrics.horizontalAdvance(face.widest), metrics.capHeight()
    middle = rect.center()
    box = QRectF(middle.x() - width / 2, middle.y() - cap / 2, width, cap).adjusted(-inset, -inset, inset, inset)
    ink = look.ink
    if look.block or face.flash:
        # A bell is light for half a second, whatever the stage.
        painter.fillRect(box, theme.WHITE if face.flash else look.ink)
        ink = theme.BLACK
    elif look.frame:
        thick = inset * 0.35
        pen = QPen(look.ink, thick)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2))
    painter.setFont(font)
    painter.setPen(ink)
    shown = metrics.horizontalAdvance(face.digits)
    painter.drawText(QPointF(middle.x() - shown / 2, middle.y() + cap / 2), face.digits)


def _line(
    painter: QPainter, rect: QRectF, text: str, colour: QColor, base: QFont, where: float, bold: bool = False
) -> float:
    """One line of text, at the left edge (0) to the right one (1); how wide it has become."""
    font = _font(base, rect.height() * 0.66, bold)
    share = rect.width() / max(1.0, QFontMetricsF(font).horizontalAdvance(text))
    if share < 1:
        font = _font(base, rect.height() * 0.66 * max(SMALLEST, share), bold)
    metrics = QFontMetricsF(font)
    shown = elided(metrics, text, rect.width())
    width = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(rect.left() + (rect.width() - width) * where, rect.top() + rect.height() * 0.74), shown)
    return width


def _message(painter: QPainter, rect: QRectF, face: Face, look: Look, base: QFont) -> None:
    painter.fillRect(rect, look.ink)
    pad = min(rect.height() * 0.07, rect.width() * 0.03)
    inner = rect.adjusted(pad * 2, pad, -pad * 2, -pad)
    if face.urgent:
        edge = min(rect.height() * 0.16, rect.width() * 0.05)
        for left in (rect.left(), rect.right() - edge):
            _stripes(painter, QRectF(left, rect.top(), edge, rect.height()), theme.BLACK, look.ink)
        inner = inner.adjusted(edge, 0, -edge, 0)
    large = QRectF(inner)
    if face.below:
        large.setHeight(inner.height() * 0.7)
        small = QRectF(inner.left(), large.bottom(), inner.width(), inner.height() * 0.3)
        _paragraph(painter, small, face.below, base, False)
    _paragraph(painter, large, face.message, base, True)


def _paragraph(painter: QPainter, rect: QRectF, text: str, base: QFont, bold: bool) -> None:
    size, lines = filling(base.family(), text, round(rect.width()), round(rect.height()), bold)
    font = _font(base, size, bold)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.BLACK)
    step = line_height(font)
    baseline = rect.center().y() - step * len(lines) / 2 + font.pixelSize() * BASELINE
    for line in lines:
        painter.drawText(QPointF(rect.center().x() - metrics.horizontalAdvance(line) / 2, baseline), line)
        baseline += step


@lru_cache(maxsize=64)
def filling(family: str, text: str, width: int, height: int, bold: bool) -> tuple[int, tuple[str, ...]]:
    """The letters' size in px and the lines with which ``text`` fills a place best; whole if it can be.

    Words are broken only where it would be read from much less far otherwise.
    """
    font = QFont(family)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    size = max(8, int(height / 1.36))
    broken: tuple[int, tuple[str, ...]] | None = None
    while True:
        font.setPixelSize(size)
        most = max(1, min(MOST_LINES, int(height // line_height(font))))
        lines = wrapped(font, text, width, most)
        whole = "".join(lines).replace(" ", "") == text.replace(" ", "")
        if whole and not _breaks_words(lines, text):
            return size, tuple(lines)
        if whole and broken is None:
            broken = size, tuple(lines)
        if broken is not None and size < broken[0] * WORTH_BREAKING:
            return broken
        if size == 8:
            return broken or (size, tuple(lines))
        size = max(8, min(size - 1, int(size * 0.96)))


def _breaks_words(lines: list[str], text: str) -> bool:
    words = set(text.split())
    return any(word not in words for line in lines for word in line.split())


def _bar(painter: QPainter, rect: QRectF, face: Face, look: Look) -> None:
    """What is left, from the left edge; in overtime striped from edge to edge."""
    if look.stripes:
        _stripes(painter, rect, theme.WHITE, look.ground)
        return
    if face.left is None:
        return
    painter.fillRect(rect, theme.RAISED)
    filled = QRectF(rect.left(), rect.top(), rect.width() * face.left, rect.height())
    if look.frame:
        _stripes(painter, filled, look.ink, theme.AMBER_GROUND)
    elif look.block:
        _chequers(painter, filled, look.ink, theme.AMBER_GROUND)
    else:
        painter.fillRect(filled, look.ink)
    for mark in face.marks:
        x = rect.left() + rect.width() * mark
        thick = max(2.0, rect.width() * 0.003)
        painter.fillRect(QRectF(x - thick * 1.5, rect.top(), thick * 3, rect.height()), look.ground)
        painter.fillRect(QRectF(x - thick / 2, rect.top(), thick, rect.height()), look.ink)


def _stripes(painter: QPainter, rect: QRectF, light: QColor, dark: QColor) -> None:
    """Slanting stripes across ``rect``, half of them ``light``."""
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, dark)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    wide = max(6.0, min(rect.width(), rect.height()) * 0.6)
    slant = rect.height()
    x = rect.left() - slant
    while x < rect.right():
        corners = (
            (x, rect.bottom()),
            (x + wide, rect.bottom()),
            (x + wide + slant, rect.top()),
            (x + slant, rect.top()),
        )
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        x += wide * 2
    painter.restore()


def _chequers(painter: QPainter, rect: QRectF, light: QColor, dark: QColor) -> None:
    """Blocks with gaps between them."""
    painter.fillRect(rect, dark)
    wide = max(4.0, rect.height())
    x = rect.left()
    while x < rect.right():
        painter.fillRect(QRectF(x, rect.top(), min(wide, rect.right() - x), rect.height()), light)
        x += wide * 1.5


def _font(base: QFont, pixels: float, bold: bool) -> QFont:
    font = QFont(base)
    font.setPixelSize(max(6, int(pixels)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font

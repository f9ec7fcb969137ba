"""One guest: picture, name, local time, tally, state, sound and tech check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from studio_console.core.presses import Verdict
from studio_console.core.reports import Signal as GuestSignal
from studio_console.gui import theme
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.words import AIR_WORDS, Air, TileWords
from studio_console.gui.painting import BASELINE, elided, line_height, wrapped

EDGE = 4
"""Of the tile around its picture, in px; the tally's frame lies in it."""
DIMMED = QColor(0, 0, 0, 165)
VEIL = QColor(14, 16, 19, 205)
BLACK = QColor(0, 0, 0)
FLOOR = -60.0
LOUD, TOO_LOUD = -18.0, -6.0
"""dBFS, as on a broadcast meter."""
LETTERS_IN_TILE = 16
"""A tile this many times as high as plain letters has letters of plain size; a higher one larger ones."""
LARGEST = 1.5
SMOOTH_FROM = 0.4
"""Larger than this share of itself a picture is scaled smoothly; smaller ones gain nothing from it."""
TAG_HEIGHT = 1.36
"""Of a word on the picture, as a share of its letters'."""
SIZES = (1.0, 0.86, 0.76)
"""Of the letters below a picture: those of one page have one size, the largest that suits them."""
LEAST_OF_ROLE = 2.2
"""Letters of a role in a single line: less of it tells nothing."""
MOST_OF_TIME = 0.62
"""Of the line below a picture: a time with a date that takes more of it is left out."""
NAME_INSET = 3
"""px left and right of that line."""
MARKS = {Verdict.GOOD: ("✓", theme.GREEN), Verdict.BAD: ("✕", theme.AMBER), None: ("·", theme.QUIET)}
FRAMES = {Air.ON_AIR: theme.RED, Air.PERHAPS: theme.RED, Air.NEXT: theme.GREEN}
SOLID = {Air.ON_AIR: theme.RED_SOLID, Air.PERHAPS: theme.RED_SOLID, Air.NEXT: theme.GREEN_SOLID}


class NameLine(NamedTuple):
    """City, role and time below a picture, as wide as they are in letters of one size."""

    bold: QFont
    plain: QFont
    time: str
    taken: float
    """Width of the time, with the gap before it."""
    role: str
    gap: float
    city: float
    spare: float
    """What city and time leave; less than nothing where they do not fit."""
    least: float
    """What the role needs of that."""


class Tile(QWidget):
    """The words are painted once into a layer; what moves beneath it, picture and level, at every look."""

    clicked = Signal(object)
    opened = Signal(object)
    """The guest, on a double click."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._words: TileWords | None = None
        self._selected = False
        self._level = -1
        self._names: float | None = None
        self._layer: QPixmap | None = None
        self._room = QRect()
        self._place_of_meter = QRect()
        self._fitted = QSize(), QRectF()
        """Where a picture of that size is; worked out once."""
        self.paints = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def words(self) -> TileWords | None:
        return self._words

    @property
    def selected(self) -> bool:
        return self._selected

    def set_words(self, words: TileWords, selected: bool) -> None:
        if (words, selected) == (self._words, self._selected):
            return
        if self._words is None or words.guest != self._words.guest:
            self._level = -1
        self._words, self._selected = words, selected
        self._layer = None
        said = (words.city, words.role, words.time, AIR_WORDS[words.air].en if words.air in AIR_WORDS else "")
        self.setAccessibleName(" ".join(part for part in (*said, words.turn, words.state) if part))
        self.update()

    @property
    def names(self) -> float:
        """The size of the letters below the picture."""
        return self._names or names_size([self])

    def set_names(self, size: float) -> None:
        """One of ``SIZES``: that of the others it is seen with."""
        if size != self._names:
            self._names = size
            self._layer = None
            self.update()

    def names_fit(self, size: float) -> tuple[bool, bool]:
        """Whether in letters of ``size`` city and time are whole, and whether the role is seen beside them."""
        if self._words is None:
            return True, True
        line = self._name_line(self._words, size)
        return line.spare >= 0, not line.role or line.spare >= line.least

    def picture_moved(self) -> None:
        """There is another picture."""
        self.update(self.picture_rect())

    def look_at_level(self) -> None:
        """Repaints the level where it has another height."""
        level = self._pictures.level(self._words.guest) if self._words is not None else None
        height = -1 if level is None else round(self._meter().height() * share_of(level))
        if height != self._level:
            shown = self._level < 0, height < 0
            self._level = height
            self.update(self._meter() if shown == (False, False) else self.picture_rect())

    def picture_rect(self) -> QRect:
        """Where the picture may be, in px of the tile."""
        return self._room

    def image_rect(self) -> QRectF:
        """Where the picture is: whole, with black beside or above it."""
        room, image = QRectF(self._room), self._image()
        if image is None or image.width() < 1 or image.height() < 1:
            return room
        if image.size() == self._fitted[0]:
            return self._fitted[1]
        scale = min(room.width() / image.width(), room.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        fitted = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        self._fitted = image.size(), fitted
        return fitted

    def sizeHint(self) -> QSize:
        return QSize(160, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """Once, and not at every picture: fonts are slow to measure."""
        room = QRect(EDGE, EDGE, self.width() - 2 * EDGE, self.height() - EDGE - self._strip())
        width = max(4, round(self.font().pixelSize() * 0.35))
        self._room = room
        self._fitted = QSize(), QRectF()
        self._place_of_meter = QRect(
            room.right() - width - 3, room.top() + room.height() // 4, width, room.height() * 3 // 4 - 4
        )
        self._layer = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._words is not None:
            self.clicked.emit(self._words.guest)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._words is not None:
            self.opened.emit(self._words.guest)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paints += 1
        if self._words is None:
            painter.fillRect(event.rect(), theme.GROUND)
            return
        room = self.picture_rect()
        if event.rect().intersects(room):
            self._paint_picture(painter, room)
        ratio = self.devicePixelRatioF()
        if self._layer is None or self._layer.size() != self.size() * ratio:
            self._layer = self._paint_layer(self._words, ratio)
        painter.drawPixmap(0, 0, self._layer)
        if self._level >= 0:
            self._paint_level(painter)

    def _image(self) -> QImage | None:
        return self._pictures.image(self._words.guest) if self._words is not None else None

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        image = self._image()
        where = self.image_rect()
        if image is None or where.width() < room.width() - 0.5 or where.height() < room.height() - 0.5:
            painter.fillRect(room, BLACK)
        if image is not None and image.width() > 0:
            scale = where.width() * self.devicePixelRatioF() / image.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale >= SMOOTH_FROM)
            painter.drawImage(where, image)

    # --- sound

    def _meter(self) -> QRect:
        return self._place_of_meter

    def _paint_level(self, painter: QPainter) -> None:
        meter = self._meter()
        painter.fillRect(meter, VEIL)
        tops = [round(meter.height() * share_of(level)) for level in (LOUD, TOO_LOUD, 0.0)]
        below = 0
        for top, colour in zip(tops, (theme.GREEN, theme.AMBER, theme.RED), strict=True):
            height = min(self._level, top) - below
            if height > 0:
                painter.fillRect(meter.left(), meter.bottom() + 1 - below - height, meter.width(), height, colour)
            below = top

    # --- words

    def _letters(self, factor: float, bold: bool = False) -> QFont:
        """Larger tiles have larger letters."""
        room = self.height() / (LETTERS_IN_TILE * max(1, self.font().pixelSize()))
        return theme.sized(self.font(), factor * min(LARGEST, max(1.0, room)), bold)

    def _two_lines(self) -> bool:
        """Whether there is room for a second line below the picture."""
        line = line_height(self._letters(1.0))
        tall = (self.width() - 2 * EDGE) * 9 / 16
        return self.height() - EDGE - tall >= 2.2 * line or self.height() > 9 * line

    def _strip(self) -> int:
        return round(line_height(self._letters(1.0)) * (2 if self._two_lines() else 1)) + EDGE

    def _paint_layer(self, words: TileWords, ratio: float) -> QPixmap:
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        room = self.picture_rect()
        ground = theme.RAISED if self._selected else theme.PANEL
        for side in _around(self.rect(), room):
            painter.fillRect(side, ground)
        if words.dim:
            painter.fillRect(room, DIMMED)
        self._paint_names(
            painter, words, QRectF(room.left() + NAME_INSET, room.bottom() + 1, self._name_width(), self._strip())
        )
        self._paint_tags(painter, words, QRectF(room))
        if words.dim or words.signal is GuestSignal.SILENT:
            self._paint_state(painter, words, QRectF(room))
        frame = FRAMES.get(words.air)
        if self._selected:
            inset = EDGE - 0.5 if frame is not None else 1.0
            _frame(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.BLUE, 2)
        if frame is not None:
            _frame(painter, QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), frame, 3)
        painter.end()
        return layer

    def _name_line(self, words: TileWords, size: float) -> NameLine:
        bold, plain = self._letters(size, bold=True), self._letters(size * 0.92)
        metrics, width = QFontMetricsF(plain), self._name_width()
        gap = bold.pixelSize() * 0.4
        city, taken = QFontMetricsF(bold).horizontalAdvance(words.city), metrics.horizontalAdvance(words.time)
        time = words.time if taken + gap <= width * MOST_OF_TIME else ""
        taken = taken + gap if time else 0.0
        role = "" if self._two_lines() else words.role
        least = min(metrics.horizontalAdvance(role), LEAST_OF_ROLE * plain.pixelSize()) + gap if role else 0.0
        return NameLine(bold, plain, time, taken, role, gap, city, width - city - taken, least)

    def _name_width(self) -> float:
        return self.width() - 2 * (EDGE + NAME_INSET)

    def _paint_names(self, painter: QPainter, words: TileWords, box: QRectF) -> None:
        line = self._name_line(words, self.names)
        baseline = box.top() + line.bold.pixelSize() * BASELINE
        _write(painter, line.bold, theme.TEXT, QPointF(box.left(), baseline), words.city, box.width() - line.taken)
        if line.time:
            place = QPointF(box.right() - line.taken + line.gap, baseline)
            _write(painter, line.plain, theme.BLUE, place, line.time, box.width())
        if line.role and line.spare >= line.least:
            place = QPointF(box.left() + line.city + line.gap, baseline)
            _write(painter, line.plain, theme.QUIET, place, line.role, line.spare - line.gap)
        if self._two_lines():
            plain = self._letters(0.92)
            metrics = QFontMetricsF(plain)
            baseline += line_height(self._letters(1.0))
            state, colour = self._state_in_strip(words)
            width = metrics.horizontalAdvance(state)
            _write(painter, plain, theme.QUIET, QPointF(box.left(), baseline), words.role, box.width() - width - 6)
            _write(painter, plain, colour, QPointF(box.right() - width, baseline), state, box.width())

    @staticmethod
    def _state_in_strip(words: TileWords) -> tuple[str, QColor]:
        if words.signal is GuestSignal.LIVE:
            return f"● {words.state}", theme.GREEN
        return (f"● {words.state}" if not words.dim else ""), theme.AMBER

    def _paint_tags(self, painter: QPainter, words: TileWords, room: QRectF) -> None:
        """Tally at the upper left, turn and headphones at the upper right, tech check at the lower left; there also the
        word of a live one, where there is no room below."""
        font = self._letters(0.86, bold=True)
        right = room.right()
        if words.heard:
            right = self._tag(painter, font, theme.BLUE_GROUND, theme.BLUE, QPointF(right, room.top()), "♪ PFL", True)
        if words.turn:
            self._tag(painter, font, VEIL, theme.TEXT, QPointF(right, room.top()), words.turn, True)
        if words.air is not Air.NONE:
            said = AIR_WORDS[words.air].en
            self._tag(painter, font, SOLID[words.air], theme.WHITE, room.topLeft(), said, False)
        left = self._paint_marks(painter, words, room) if any(words.marks) else room.left()
        if words.signal is GuestSignal.LIVE and not self._two_lines():
            small = self._letters(0.78, bold=True)
            place = QPointF(left, room.bottom() - small.pixelSize() * TAG_HEIGHT)
            self._tag(painter, small, VEIL, theme.GREEN, place, f"● {words.state}", False)

    def _paint_marks(self, painter: QPainter, words: TileWords, room: QRectF) -> float:
        """Their right edge."""
        font = self._letters(0.78, bold=True)
        step = font.pixelSize() * 0.95
        box = QRectF(room.left(), room.bottom() - font.pixelSize() * 1.3, step * len(words.marks) + 4, 0)
        box.setBottom(room.bottom())
        painter.fillRect(box, VEIL)
        painter.setFont(font)
        for place, verdict in enumerate(words.marks):
            sign, colour = MARKS[verdict]
            cell = QRectF(box.left() + 2 + place * step, box.top(), step, box.height())
            painter.setPen(colour)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, sign)
        return box.right() + 2

    def _paint_state(self, painter: QPainter, words: TileWords, room: QRectF) -> None:
        """In the middle of what is no live picture; of a silent one only below, not over the face."""
        bold = self._letters(1.05 if room.height() > 5 * self.font().pixelSize() else 0.95, bold=True)
        if not words.dim:
            if not self._two_lines():
                width = QFontMetricsF(bold).horizontalAdvance(words.state) + bold.pixelSize()
                place = QPointF(room.center().x() + width / 2, room.bottom() - bold.pixelSize() * 1.5)
                self._tag(painter, bold, VEIL, theme.AMBER, place, words.state, True)
            return
        small = self._letters(0.9)
        spare = room.height() - line_height(bold) - 2.4 * self.font().pixelSize()
        most = max(0, min(4, int(spare / line_height(small))))
        lines = wrapped(small, words.reason, room.width() - 12, most) if words.reason and most else []
        height = line_height(bold) + len(lines) * line_height(small)
        band = QRectF(room.left(), room.center().y() - height / 2 - 2, room.width(), height + 4)
        painter.fillRect(band, VEIL)
        baseline = band.top() + 2 + bold.pixelSize() * BASELINE
        quiet = words.signal is GuestSignal.CONNECTING
        _centred(painter, bold, theme.TEXT if quiet else theme.AMBER, room, baseline, words.state)
        for line in lines:
            baseline += line_height(small)
            _centred(painter, small, theme.TEXT, room, baseline, line)

    @staticmethod
    def _tag(
        painter: QPainter, font: QFont, ground: QColor, colour: QColor, corner: QPointF, words: str, right: bool
    ) -> float:
        """A word on a ground of its own in a corner; returns its left edge."""
        pad = font.pixelSize() * 0.4
        width = QFontMetricsF(font).horizontalAdvance(words) + 2 * pad
        left = corner.x() - width if right else corner.x()
        box = QRectF(left, corner.y(), width, font.pixelSize() * TAG_HEIGHT)
        painter.fillRect(box, ground)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(left + pad, box.top() + font.pixelSize() * 1.04), words)
        return left - 2


def names_size(tiles: Sequence[Tile]) -> float:
    """The largest size in which the names on ``tiles`` are whole, and most roles are seen; if need be, only whole."""
    fits = {size: [tile.names_fit(size) for tile in tiles] for size in SIZES}
    whole = [size for size, found in fits.items() if all(name for name, _ in found)]
    seen = (size for size in whole if 2 * sum(role for _, role in fits[size]) > len(tiles))
    return next(seen, whole[0] if whole else SIZES[-1])


def share_of(level: float) -> float:
    """How high a level in dBFS stands, from 0 to 1."""
    return min(1.0, max(0.0, (level - FLOOR) / -FLOOR))


def _around(whole: QRect, hole: QRect) -> tuple[QRect, ...]:
    return (
        QRect(0, 0, whole.width(), hole.top()),
        QRect(0, hole.bottom() + 1, whole.width(), whole.height() - hole.bottom() - 1),
        QRect(0, hole.top(), hole.left(), hole.height()),
        QRect(hole.right() + 1, hole.top(), whole.width() - hole.right() - 1, hole.height()),
    )


def _frame(painter: QPainter, box: QRectF, colour: QColor, width: float) -> None:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _write(painter: QPainter, font: QFont, colour: QColor, place: QPointF, words: str, room: float) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(place, elided(QFontMetricsF(font), words, max(1.0, room)))


def _centred(painter: QPainter, font: QFont, colour: QColor, box: QRectF, baseline: float, words: str) -> None:
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(words) > box.width() - 4:
        font = theme.sized(font, 0.82, font.bold())
        metrics = QFontMetricsF(font)
    shown = elided(metrics, words, box.width() - 4)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(box.center().x() - metrics.horizontalAdvance(shown) / 2, baseline), shown)

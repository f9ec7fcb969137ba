"""What a surface shows, drawn from its layout with the guests' live pictures in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from studio_console.core.change import replace
from studio_console.core.picture import LABEL_SIZE, label_rect
from studio_console.core.studio import Fit, Size
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.wall_picture import Filed, Guest, InObs, Lettering, Listing, Place, Plain, StandIn, WallPicture
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.framed import FULL_HD, Frame, FramedPicture
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.painting import elided

LEGIBLE = 7
"""px. Smaller letters are not drawn: nobody could read them."""
TIGHT = 1.1
"""So much higher than its place a line may be: letters leave room above and below."""
STAND_IN = QColor("#24303c")
LABEL = QColor(0, 0, 0, 170)


class LedPicture(FramedPicture):
    """As a surface is known to show it, or as it will."""

    chosen = Signal(str)
    """Whose place was clicked."""

    def __init__(self, pictures: Pictures, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._pictures = pictures
        self._files = pictures.of_files()
        self._inputs = pictures.of_inputs()
        self._picture: WallPicture | None = None
        self._context: Context | None = None
        self._dim: frozenset[PersonId] = frozenset()
        self._marked: tuple[PersonId | None, PersonId | None] = (None, None)

    def mark(self, selected: PersonId | None, first: PersonId | None) -> None:
        """``selected`` is chosen; ``first`` is to change places with the next one."""
        if (selected, first) != self._marked:
            self._marked = (selected, first)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        places = self._picture.places if self._picture is not None else ()
        for place in reversed(places):
            if place.person is not None and self.place_rect(place).contains(event.position()):
                self.chosen.emit(place.person)
                return

    @property
    def picture(self) -> WallPicture | None:
        return self._picture

    @property
    def guests(self) -> frozenset[PersonId]:
        return self._picture.guests if self._picture is not None else frozenset()

    @property
    def canvas(self) -> Size:
        return self._picture.canvas if self._picture is not None else FULL_HD

    def show_picture(self, context: Context, picture: WallPicture | None, dim: frozenset[PersonId]) -> None:
        """``dim`` are the guests whose picture is an old one; they are shown dimmed here too."""
        fresh = (context, picture, dim)
        if fresh != (self._context, self._picture, self._dim):
            self._context, self._picture, self._dim = fresh
            self._files.keep_only(picture.files if picture is not None else frozenset())
            self._inputs.keep_only(picture.in_obs if picture is not None else frozenset())
            self.look()
            self.update()

    def look(self) -> None:
        """Repaints where a file, or an input of OBS, has another picture than at the last look."""
        picture = self._picture
        if picture is not None and (self._files.look(picture.files) | self._inputs.look(picture.in_obs)):
            self.update()

    def place_rect(self, place: Place) -> QRectF:
        """Where ``place`` is drawn."""
        whole, picture = self.canvas_rect(), self._picture
        assert picture is not None
        x, y = whole.width() / picture.canvas.width, whole.height() / picture.canvas.height
        rect = place.rect
        return QRectF(whole.left() + rect.x * x, whole.top() + rect.y * y, rect.width * x, rect.height * y)

    def paint_picture(self, painter: QPainter, whole: QRectF) -> None:
        if self._picture is None:
            return
        scale = whole.height() / self._picture.canvas.height
        for place in self._picture.places:
            self._paint_place(painter, place, self.place_rect(place), scale)
        for place in self._picture.places:
            if place.cut:
                self._paint_cut(painter, self.place_rect(place))
            if place.person is not None and place.person in self._marked:
                self._paint_mark(painter, place)

    def _paint_place(self, painter: QPainter, place: Place, rect: QRectF, scale: float) -> None:
        assert self._context is not None
        match place.shows:
            case Plain(colour=colour):
                painter.fillRect(rect, QColor(colour))
            case Lettering(text=text, size=size, colour=colour):
                self._letters(painter, rect, self._context.say(text), size * scale, QColor(colour))
            case Listing(size=size):
                self._list(painter, rect, place.shows, size * scale)
            case Filed(file=file, title=title, plays=plays) if (still := self._files.image(file)) is not None:
                self._image(painter, place, rect, still)
                if plays:
                    self._label(painter, place, rect, f"▶ {self._context.say(title)}")
            case InObs(title=title) if (seen := self._inputs.image(place.shows)) is not None:
                self._image(painter, place, rect, seen)
                self._label(painter, place, rect, self._context.say(title))
            case StandIn(colour=colour, title=title):
                painter.fillRect(rect, QColor(colour))
                self._name(painter, place, title, scale)
            case Filed(title=title) | InObs(title=title):
                painter.fillRect(rect, STAND_IN)
                # In the corner: words lie on top of most of what only OBS has.
                corner = self._corner(rect, rect.width() - 8)
                if self._is_covered(place, corner):
                    return
                self._letters(painter, corner, self._context.say(title), self.font().pixelSize() * 0.76, theme.QUIET)
            case Guest(guest=guest, label=label):
                image = self._pictures.image(guest)
                if image is None or image.width() < 1:
                    painter.fillRect(rect, STAND_IN)
                    self._letters(painter, rect, self._context.say(label), self.font().pixelSize() * 0.8, theme.QUIET)
                else:
                    target = self._image(painter, place, rect, image)
                    if guest in self._dim:
                        painter.fillRect(target, QColor(0, 0, 0, 150))

    def _image(self, painter: QPainter, place: Place, rect: QRectF, image: QImage) -> QRectF:
        """Where it was drawn."""
        target, part = fit(place.fit, QRectF(image.rect()), rect)
        painter.drawImage(target, image, part)
        return target

    def _label(self, painter: QPainter, place: Place, rect: QRectF, words: str) -> None:
        """Which camera, which clip: over the picture, where there is room for all of it and nothing else lies there."""
        font = theme.sized(self.font(), 0.76)
        wide = QFontMetricsF(font).horizontalAdvance(words) + font.pixelSize()
        corner = self._corner(rect, wide)
        if wide > rect.width() / 2 or corner.height() > rect.height() / 4 or self._is_covered(place, corner):
            return
        painter.fillRect(corner, LABEL)
        painter.setFont(font)
        painter.setPen(theme.WHITE)
        painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, words)

    def _corner(self, rect: QRectF, width: float) -> QRectF:
        return QRectF(rect.left() + 4, rect.top() + 2, width, self.font().pixelSize())

    def _name(self, painter: QPainter, place: Place, title: Text, scale: float) -> None:
        """On two lines in the middle, as OBS has it."""
        assert self._picture is not None
        rect = self.place_rect(replace(place, rect=label_rect(place.rect)))
        size = min(LABEL_SIZE * scale, rect.height() / 2.6)
        for line, words in enumerate((title.ko, title.en) if title.ko != title.en else (title.en,)):
            row = QRectF(rect.left(), rect.top() + line * rect.height() / 2, rect.width(), rect.height() / 2)
            self._letters(painter, row, words, size, theme.WHITE)

    def _is_covered(self, place: Place, corner: QRectF) -> bool:
        """Whether something else lies where the name of ``place`` would stand."""
        assert self._picture is not None
        above = self._picture.places[self._picture.places.index(place) + 1 :]
        return any(self.place_rect(other).intersects(corner) for other in above)

    def _paint_cut(self, painter: QPainter, rect: QRectF) -> None:
        """An amber triangle at the right above: a seam of the wall runs through this face."""
        side = max(6.0, min(rect.height() * 0.3, self.font().pixelSize() * 0.9))
        top, right = rect.top() + side * 0.2, rect.right() - side * 0.2
        sign = QPolygonF(
            [QPointF(right - side, top + side), QPointF(right, top + side), QPointF(right - side / 2, top)]
        )
        painter.setPen(QPen(QColor("black"), 1))
        painter.setBrush(theme.AMBER)
        painter.drawPolygon(sign)

    def _paint_mark(self, painter: QPainter, place: Place) -> None:
        """A white frame: chosen. An amber one with arrows: it changes places with the next one."""
        rect = self.place_rect(place).adjusted(1, 1, -1, -1)
        first = place.person == self._marked[1]
        painter.setPen(QPen(theme.AMBER if first else theme.WHITE, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        if first:
            size = max(9.0, min(rect.height() * 0.5, self.font().pixelSize() * 1.2))
            self._letters(painter, rect, "⇄", size, theme.AMBER)

    def _list(self, painter: QPainter, rect: QRectF, listing: Listing, size: float) -> None:
        lines = max(map(len, listing.columns), default=0)
        size = min(size, rect.height() / max(1, lines) / 1.4)
        if size < LEGIBLE:
            return
        font = QFont(self.font())
        font.setPixelSize(int(size))
        painter.setFont(font)
        painter.setPen(theme.WHITE)
        width, metrics = rect.width() / max(1, listing.of), QFontMetricsF(font)
        for column, entries in enumerate(listing.columns):
            for row, line in enumerate(entries):
                at = QPointF(rect.left() + column * width, rect.top() + (row * 1.4 + 1) * size)
                painter.drawText(at, elided(metrics, line, width))

    def _letters(self, painter: QPainter, rect: QRectF, words: str, size: float, colour: QColor) -> None:
        # A little larger than it will be where it would only just be too small to read.
        size = min(max(size, LEGIBLE), rect.height() * TIGHT)
        if size < LEGIBLE:
            return
        font = QFont(self.font())
        font.setPixelSize(int(size))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, elided(QFontMetricsF(font), words, rect.width()))


def fit(how: Fit, source: QRectF, room: QRectF) -> tuple[QRectF, QRectF]:
    """Where in ``room`` which part of ``source`` is drawn."""
    if how is Fit.STRETCH or source.isEmpty() or room.isEmpty():
        return room, source
    x, y = room.width() / source.width(), room.height() / source.height()
    if how is Fit.CONTAIN:
        width, height = source.width() * min(x, y), source.height() * min(x, y)
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height), source
    scale = max(x, y)
    width, height = room.width() / scale, room.height() / scale
    return room, QRectF((source.width() - width) / 2, (source.height() - height) / 2, width, height)

"""What the LED wall shows, drawn from its layout with the guests' live pictures in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio_console.core.studio import Fit
from studio_console.core.units import PersonId
from studio_console.core.wall_picture import Guest, Lettering, Listing, Named, Place, Plain, WallPicture
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.painting import elided, rounded

FRAME = 3.0
LEGIBLE = 7
"""px. Smaller letters are not drawn: nobody could read them."""
EMPTY = QColor("#000000")
STAND_IN = QColor("#24303c")


class LedPicture(QWidget):
    """Solid and red: as the wall is seen to be. Dashed and green: as it will be."""

    chosen = Signal(str)
    """Whose place was clicked."""

    def __init__(self, pictures: Pictures, armed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._armed = armed
        self._picture: WallPicture | None = None
        self._context: Context | None = None
        self._head = self._note = ""
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
    def words(self) -> str:
        return f"{self._head} {self._note}"

    @property
    def guests(self) -> frozenset[PersonId]:
        return self._picture.guests if self._picture is not None else frozenset()

    def show_picture(
        self, context: Context, picture: WallPicture | None, head: str, note: str, dim: frozenset[PersonId]
    ) -> None:
        """``dim`` are the guests whose picture is an old one; they are shown dimmed here too."""
        fresh = (context, picture, head, note, dim)
        if fresh != (self._context, self._picture, self._head, self._note, self._dim):
            self._context, self._picture, self._head, self._note, self._dim = fresh
            self.setAccessibleName(self.words)
            self.update()

    def heightForWidth(self, width: int) -> int:
        canvas = self._picture.canvas if self._picture is not None else None
        share = canvas.height / canvas.width if canvas is not None else 9 / 16
        return round((width - 2 * FRAME) * min(share, 1.0) + 2 * FRAME + self._foot())

    def canvas_rect(self) -> QRectF:
        """Where the wall's canvas is drawn."""
        room = QRectF(FRAME, FRAME, self.width() - 2 * FRAME, self.height() - 2 * FRAME - self._foot())
        if self._picture is None:
            return room
        canvas = self._picture.canvas
        scale = min(room.width() / canvas.width, room.height() / canvas.height)
        width, height = canvas.width * scale, canvas.height * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def place_rect(self, place: Place) -> QRectF:
        """Where ``place`` is drawn."""
        whole, picture = self.canvas_rect(), self._picture
        assert picture is not None
        x, y = whole.width() / picture.canvas.width, whole.height() / picture.canvas.height
        rect = place.rect
        return QRectF(whole.left() + rect.x * x, whole.top() + rect.y * y, rect.width * x, rect.height * y)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.GREEN if self._armed else theme.RED
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        whole = self.canvas_rect()
        painter.fillRect(whole, EMPTY)
        if self._picture is not None:
            painter.save()
            painter.setClipRect(whole)
            scale = whole.height() / self._picture.canvas.height
            for place in self._picture.places:
                self._paint_place(painter, place, self.place_rect(place), scale)
            for place in self._picture.places:
                if place.person is not None and place.person in self._marked:
                    self._paint_mark(painter, place)
            painter.restore()
        self._paint_foot(painter, colour)
        pen = QPen(colour if self._picture is not None else theme.LINE, FRAME)
        if self._armed:
            pen.setDashPattern([2.4, 1.6])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = FRAME / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)

    def _paint_place(self, painter: QPainter, place: Place, rect: QRectF, scale: float) -> None:
        assert self._context is not None
        match place.shows:
            case Plain(colour=colour):
                painter.fillRect(rect, QColor(colour))
            case Lettering(text=text, size=size, colour=colour):
                self._letters(painter, rect, self._context.say(text), size * scale, QColor(colour))
            case Listing(size=size):
                self._list(painter, rect, place.shows, size * scale)
            case Named(title=title):
                painter.fillRect(rect, STAND_IN)
                if self._is_ground(place):
                    return  # what lies on top says what it is, and its name would lie under that
                # In the corner: words lie on top of most of what only OBS has.
                corner = QRectF(rect.left() + 4, rect.top() + 2, rect.width() - 8, self.font().pixelSize())
                self._letters(painter, corner, self._context.say(title), self.font().pixelSize() * 0.76, theme.QUIET)
            case Guest(guest=guest, label=label):
                image = self._pictures.image(guest)
                if image is None or image.width() < 1:
                    painter.fillRect(rect, STAND_IN)
                    self._letters(painter, rect, self._context.say(label), self.font().pixelSize() * 0.8, theme.QUIET)
                else:
                    target, part = fit(place.fit, QRectF(image.rect()), rect)
                    painter.drawImage(target, image, part)
                    if guest in self._dim:
                        painter.fillRect(target, QColor(0, 0, 0, 150))

    def _is_ground(self, place: Place) -> bool:
        assert self._picture is not None
        whole = (place.rect.width, place.rect.height) >= (self._picture.canvas.width, self._picture.canvas.height)
        return whole and len(self._picture.places) > 1

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
        size = min(size, rect.height() * 0.9)
        if size < LEGIBLE:
            return
        font = QFont(self.font())
        font.setPixelSize(int(size))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, elided(QFontMetricsF(font), words, rect.width()))

    def _paint_foot(self, painter: QPainter, colour: QColor) -> None:
        font = theme.sized(self.font(), 0.88, bold=True)
        baseline = self.height() - FRAME - font.pixelSize() * 0.45
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(8, baseline), self._head)
        left = 8 + QFontMetricsF(font).horizontalAdvance(self._head) + 6
        plain = theme.sized(self.font(), 0.86)
        note = elided(QFontMetricsF(plain), self._note, self.width() - 8 - left)
        painter.setFont(plain)
        painter.setPen(theme.QUIET)
        painter.drawText(QPointF(self.width() - 8 - QFontMetricsF(plain).horizontalAdvance(note), baseline), note)

    def _foot(self) -> int:
        return round(self.font().pixelSize() * 1.45)


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

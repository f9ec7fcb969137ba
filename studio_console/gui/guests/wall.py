"""The wall: as many tiles a page as can be read, one of them selected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.guest_list import pages
from studio_console.core.units import PersonId
from studio_console.gui import theme
from studio_console.gui.guests.grid import Grid, arrange, place_of
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.tile import EDGE, Tile, names_size
from studio_console.gui.guests.words import TileWords
from studio_console.gui.painting import line_height, wrapped

CLOCKS_AT_ONCE = 6


class Wall(QWidget):
    chosen = Signal(object)
    """A guest was clicked."""
    opened = Signal(object)
    """A guest is to be seen large."""
    turned = Signal()
    """Other guests are seen, or on other pages."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._guests: tuple[PersonId, ...] = ()
        self._grid = Grid(1, 1)
        self._page = 0
        self._empty = ""
        self._tiles: list[Tile] = []
        self._named: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def guests(self) -> tuple[PersonId, ...]:
        """All that are listed, on every page."""
        return self._guests

    @property
    def grid(self) -> Grid:
        return self._grid

    @property
    def page(self) -> int:
        return self._page

    @property
    def page_count(self) -> int:
        return max(1, len(pages(self._guests, self._grid.places)))

    @property
    def visible_guests(self) -> tuple[PersonId, ...]:
        """Those on this page."""
        cut = pages(self._guests, self._grid.places)
        return tuple(cut[self._page]) if self._page < len(cut) else ()

    @property
    def tiles(self) -> list[Tile]:
        """Those that are seen, in order."""
        return self._tiles[: len(self.visible_guests)]

    def tile(self, guest: PersonId) -> Tile | None:
        return next((tile for tile in self.tiles if tile.words is not None and tile.words.guest == guest), None)

    def set_guests(self, guests: Sequence[PersonId], empty: str) -> None:
        """Lists ``guests``; ``empty`` is said where there are none."""
        if (tuple(guests), empty) == (self._guests, self._empty):
            return
        self._guests, self._empty = tuple(guests), empty
        self._lay_out()
        self.update()

    def say(self, words: Callable[[PersonId], TileWords], selected: PersonId | None) -> bool:
        """Every tile that is seen says what is so now; whether all do.

        With the minute the clocks of all change: those are said a few at a time, to paint no long while at once.
        """
        clocks = 0
        for tile, guest in zip(self.tiles, self.visible_guests, strict=True):
            said, chosen = words(guest), guest == selected
            known = tile.words if tile.selected == chosen else None
            if known is not None and said != known and said.timeless == known.timeless:
                clocks += 1
                if clocks > CLOCKS_AT_ONCE:
                    continue
            tile.set_words(said, chosen)
        self._size_names()
        return clocks <= CLOCKS_AT_ONCE

    def _size_names(self) -> None:
        """One size for all names that are seen; worked out where they, or their tiles, are others than before."""
        tiles = self.tiles
        said = tuple(
            (tile.words.city, tile.words.role, len(tile.words.time)) for tile in tiles if tile.words is not None
        )
        fresh = said, tuple((tile.width(), tile.height()) for tile in tiles), self.font().pixelSize()
        if fresh != self._named:
            self._named = fresh
            size = names_size(tiles)
            for tile in tiles:
                tile.set_names(size)

    def turn(self, step: int) -> None:
        """Another page; there is none before the first and after the last."""
        page = min(max(0, self._page + step), self.page_count - 1)
        if page != self._page:
            self._page = page
            self._place()
            self.turned.emit()

    def bring(self, guest: PersonId) -> None:
        """Turns to the page that ``guest`` is on."""
        if guest in self._guests:
            self.turn(self._guests.index(guest) // self._grid.places - self._page)

    def beside(self, guest: PersonId | None, columns: int, rows: int) -> PersonId | None:
        """The guest so many places further; the first one on the page where ``guest`` is not listed."""
        seen = self.visible_guests
        if guest not in self._guests:
            return seen[0] if seen else None
        place = self._guests.index(guest) + columns + rows * self._grid.columns
        return self._guests[place] if 0 <= place < len(self._guests) else guest

    def look(self, moved: Collection[str]) -> None:
        """Repaints the tiles of those who ``moved``, and the levels that have."""
        for tile in self.tiles:
            if tile.words is not None and tile.words.guest in moved:
                tile.picture_moved()
            tile.look_at_level()

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._guests or not self._empty:
            return
        painter = QPainter(self)
        font = theme.sized(self.font(), 1.2, bold=True)
        painter.setFont(font)
        painter.setPen(theme.QUIET)
        lines = wrapped(font, self._empty, self.width() * 0.9, 4)
        top = self.height() / 2 - len(lines) * line_height(font) / 2
        for line in lines:
            painter.drawText(QRectF(0, top, self.width(), line_height(font)), Qt.AlignmentFlag.AlignCenter, line)
            top += line_height(font)

    def _lay_out(self) -> None:
        """A grid for as many as are listed; the page that the first tile was on stays."""
        seen = self.visible_guests
        words = line_height(self.font()) + 2 * EDGE
        self._grid = arrange(len(self._guests), self.width(), self.height(), self.font().pixelSize(), words)
        first = next((guest for guest in seen if guest in self._guests), None)
        self._page = self._guests.index(first) // self._grid.places if first is not None and self._page else 0
        self._place()
        self.turned.emit()

    def _place(self) -> None:
        count = len(self.visible_guests)
        while len(self._tiles) < count:
            tile = Tile(self._pictures, self)
            tile.clicked.connect(self.chosen)
            tile.opened.connect(self.opened)
            self._tiles.append(tile)
        for number, tile in enumerate(self._tiles):
            if number < count:
                tile.setGeometry(place_of(self._grid, number, self.width(), self.height()))
            tile.setVisible(number < count)

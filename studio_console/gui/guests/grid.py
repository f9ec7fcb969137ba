"""How many tiles fit, and where."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

GAP = 6
LEAST_WIDTH = 8.2
LEAST_HEIGHT = 5.6
"""The least size of a tile that can still be read, as shares of the letters' size."""
WIDE = 16 / 9


@dataclass(frozen=True, slots=True)
class Grid:
    columns: int
    rows: int

    @property
    def places(self) -> int:
        return self.columns * self.rows


def arrange(count: int, width: int, height: int, letters: int, words: float) -> Grid:
    """The grid with the largest 16:9 pictures for ``count`` tiles; as many as can be read where not all of them fit.

    ``words`` is the height that a tile needs besides its picture.
    """
    columns_most = max(1, int((width + GAP) / (letters * LEAST_WIDTH + GAP)))
    rows_most = max(1, int((height + GAP) / (letters * LEAST_HEIGHT + GAP)))
    if count >= columns_most * rows_most:
        return Grid(columns_most, rows_most)
    best, size = Grid(columns_most, rows_most), -1.0
    for columns in range(1, columns_most + 1):
        rows = -(-max(1, count) // columns)
        if rows > rows_most:
            continue
        room = (width + GAP) / columns - GAP
        tall = (height + GAP) / rows - GAP - words
        picture = min(room, tall * WIDE)
        if picture > size:
            best, size = Grid(columns, rows), picture
    return best


def place_of(grid: Grid, number: int, width: int, height: int) -> QRect:
    """The rectangle of tile ``number``, left to right, top to bottom; edges fall on whole px."""
    row, column = divmod(number, grid.columns)

    def edge(which: int, of: int, room: int) -> int:
        return round((room + GAP) * which / of)

    left, top = edge(column, grid.columns, width), edge(row, grid.rows, height)
    right, bottom = edge(column + 1, grid.columns, width) - GAP, edge(row + 1, grid.rows, height) - GAP
    return QRect(left, top, max(1, right - left), max(1, bottom - top))

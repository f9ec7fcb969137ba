"""Cells of one size that fill an area by their count: the most picture, the last row centred."""

from __future__ import annotations

import math

from studio_console.core.studio import Rect

ASPECT = 16 / 9
"""The shape of a cell: that of a guest's picture."""


def filled(area: Rect, count: int, gap: float = 0.0, aspect: float = ASPECT) -> tuple[Rect, ...]:
    """``count`` cells inside ``area``, left to right, top to bottom; sides and ``gap`` in px.

    Of all numbers of columns the one with the largest cells; of two that are as good, the one with fewer empty places.
    The whole stands in the middle of the area. Nothing where there is no room for a cell of a px.
    """
    best: tuple[float, int, int] | None = None
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        width = min(
            (area.width - (columns - 1) * gap) / columns,
            (area.height - (rows - 1) * gap) / rows * aspect,
        )
        found = (round(width, 6), -(columns * rows - count), columns)
        if width >= 1 and width / aspect >= 1 and (best is None or found > best):
            best = found
    if best is None:
        return ()
    width, _, columns = best
    height = width / aspect
    rows = math.ceil(count / columns)
    top = area.y + (area.height - rows * height - (rows - 1) * gap) / 2
    cells: list[Rect] = []
    for row in range(rows):
        here = min(columns, count - row * columns)
        left = area.x + (area.width - here * width - (here - 1) * gap) / 2
        cells += [
            Rect(left + place * (width + gap), top + row * (height + gap), width, height) for place in range(here)
        ]
    return tuple(cells)

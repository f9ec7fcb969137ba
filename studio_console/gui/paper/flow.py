"""Blocks onto pages: none is broken, heads are repeated where a table goes on, and no head stands alone at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QPainter


class Block(Protocol):
    """Something that stands on a page as a whole. ``height`` is in units of ``ink``."""

    @property
    def height(self) -> float: ...

    @property
    def keeps_next(self) -> bool:
        """Whether it may not be the last one on a page while something follows."""
        ...

    @property
    def again(self) -> tuple[Block, ...]:
        """What is painted once more above it where it begins a page."""
        ...

    def paint(self, painter: QPainter, left: float, top: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Placed:
    block: Block
    top: float


def pages_of(blocks: Sequence[Block], room: float) -> list[list[Placed]]:
    """The pages, each ``room`` high. A block that is higher than that has a page of its own."""
    pages: list[list[Placed]] = [[]]
    top = 0.0
    for place, block in enumerate(blocks):
        page = pages[-1]
        if page and top + _needed(blocks, place) > room:
            page, top = [], 0.0
            pages.append(page)
        if not page and len(pages) > 1:
            for head in block.again:
                page.append(Placed(head, top))
                top += head.height
        page.append(Placed(block, top))
        top += block.height
    return pages


def _needed(blocks: Sequence[Block], place: int) -> float:
    """The height of a block with all that may not be parted from it."""
    height = blocks[place].height
    while blocks[place].keeps_next and place + 1 < len(blocks):
        place += 1
        height += blocks[place].height
    return height

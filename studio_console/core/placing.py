"""Where the slots of a layout lie on a surface: scaled to its canvas, and grids that fill taken apart by count."""

from __future__ import annotations

from collections.abc import Iterator

from studio_console.core.change import replace
from studio_console.core.grid import filled
from studio_console.core.studio import (
    LETTER_SHARE,
    PLATE_SHARE,
    Fit,
    Layout,
    Rect,
    Shows,
    ShowsCaption,
    ShowsLiveCaption,
    ShowsPlate,
    ShowsRollCall,
    ShowsSpeaker,
    ShowsSpeakers,
    Slot,
    Surface,
)

SMALLEST_LETTERS = 8


def placed_slots(layout: Layout, surface: Surface, speakers: int) -> tuple[Slot, ...]:
    """The slots of ``layout`` on the canvas of ``surface``, for a cue with so many ``speakers``."""
    x = surface.canvas.width / layout.canvas.width
    y = surface.canvas.height / layout.canvas.height
    slots: list[Slot] = []
    for slot in layout.slots:
        placed = replace(slot, rect=_scaled(slot.rect, x, y), shows=_sized(slot.shows, x, y))
        if isinstance(placed.shows, ShowsSpeakers):
            slots += _cells(placed, placed.shows, speakers)
        else:
            slots.append(placed)
    return tuple(slots)


def cell(name: str, rect: Rect, index: int, fit: Fit, plates: bool, size: int | None) -> Iterator[Slot]:
    """One cell of a grid for the speaker number ``index`` (from 0), its name plate on top of it where one is wanted.

    ``size`` is that of the plate's letters, which follow from the cell where it is None.
    """
    rect = _rounded(rect)
    yield Slot(name, rect, ShowsSpeaker(index), fit)
    plate = round(rect.height * PLATE_SHARE, 2)
    if plates and plate >= 1:
        letters = size if size is not None else max(SMALLEST_LETTERS, round(plate * LETTER_SHARE))
        foot = Rect(rect.x, rect.y + rect.height - plate, rect.width, plate)
        yield Slot(f"{name} plate", _rounded(foot), ShowsPlate(index, letters), Fit.CONTAIN)


def _cells(slot: Slot, shows: ShowsSpeakers, speakers: int) -> Iterator[Slot]:
    for place, rect in enumerate(filled(slot.rect, max(0, speakers - shows.first), shows.gap)):
        yield from cell(f"{slot.name} {place + 1}", rect, shows.first + place, slot.fit, shows.plates, shows.size)


def _sized(shows: Shows, x: float, y: float) -> Shows:
    """Letters and gaps grow with the canvas that they were laid out for."""
    if isinstance(shows, ShowsPlate | ShowsCaption | ShowsLiveCaption | ShowsRollCall):
        return replace(shows, size=max(1, round(shows.size * y)))
    if isinstance(shows, ShowsSpeakers):
        return replace(shows, gap=shows.gap * x, size=None if shows.size is None else max(1, round(shows.size * y)))
    return shows


def _scaled(rect: Rect, x: float, y: float) -> Rect:
    return _rounded(Rect(rect.x * x, rect.y * y, rect.width * x, rect.height * y))


def _rounded(rect: Rect) -> Rect:
    return Rect(round(rect.x, 2), round(rect.y, 2), round(rect.width, 2), round(rect.height, 2))

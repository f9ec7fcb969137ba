"""Seams of an LED wall, and the faces that they would cut.

Where a face is in a picture nobody knows ahead; where it belongs is a convention: the middle third of the width, and
between 20 and 60 per cent of the height from above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studio_console.core.studio import Cabinets, Rect, ShowsSpeaker, Slot

FACE_LEFT, FACE_RIGHT = 1 / 3, 2 / 3
FACE_TOP, FACE_FOOT = 0.2, 0.6
HAIR = 0.01
"""px. Places are kept to the hundredth: less than that is no cut."""


@dataclass(frozen=True, slots=True)
class CutFace:
    """The face in ``slot`` lies across a seam; moved by ``across`` and ``down`` px of the wall it would not."""

    slot: str
    across: float
    down: float


def face_of(rect: Rect) -> Rect:
    """Where the face is in a picture of somebody speaking."""
    return Rect(
        rect.x + rect.width * FACE_LEFT,
        rect.y + rect.height * FACE_TOP,
        rect.width * (FACE_RIGHT - FACE_LEFT),
        rect.height * (FACE_FOOT - FACE_TOP),
    )


def cut_faces(slots: Iterable[Slot], cabinets: Cabinets) -> Iterator[CutFace]:
    """The speakers' ``slots``, placed on the wall's canvas, whose face a seam cuts although a cabinet could hold it."""
    for slot in slots:
        face = face_of(slot.rect)
        if not isinstance(slot.shows, ShowsSpeaker):
            continue
        if face.width > cabinets.size.width or face.height > cabinets.size.height:
            continue
        across = _shift(face.x, face.width, cabinets.size.width, cabinets.columns)
        down = _shift(face.y, face.height, cabinets.size.height, cabinets.rows)
        if across or down:
            yield CutFace(slot.name, across, down)


def _shift(start: float, length: float, cabinet: int, count: int) -> float:
    """The least move that puts a stretch into one cabinet; 0 where it lies in one, or off the wall."""
    for seam in range(cabinet, cabinet * count, cabinet):
        if start < seam - HAIR and start + length > seam + HAIR:
            back, on = seam - (start + length), seam - start
            return back if -back <= on else on
    return 0.0

"""The console's side of the picture memory: looks at what a worker wrote, and believes nothing that does not fit."""

from __future__ import annotations

import itertools

from studio_console.core.ports import Picture
from studio_console.devices.previews.memory import PIXEL, SLOTS, Header, PictureMemory, Shape

PLACES_AT_MOST = 512
"""Kept at once. A stream has SLOTS of them, and as many again each time it changes its size."""

_keys = itertools.count(1)


def new_key() -> int:
    """A number for a place in memory that no other place has."""
    return next(_keys)


class Screen:
    """The memory of one worker. It lives as long as anybody holds a picture of it; nobody has to close it.

    That is why ``PictureMemory.close`` is not used: the window may be painting from it in that moment.
    """

    def __init__(self, shape: Shape) -> None:
        self.memory = PictureMemory(shape)
        self._places: dict[tuple[int, int, int, int, int], tuple[int, memoryview]] = {}

    def sequence(self, stream: int) -> int:
        return self.memory.header(stream).sequence

    def level(self, stream: int) -> float | None:
        """The sound's peak in dBFS; None where none is decoded."""
        level = self.memory.header(stream).level
        return level if level == level and abs(level) != float("inf") else None

    def newest(self, stream: int) -> Picture | None:
        """The newest picture; None before the first, and for what a worker gone wrong says that cannot be one."""
        header = self._steady(stream)
        shape = self.memory.shape
        if (
            header is None
            or header.sequence == 0
            or header.slot >= SLOTS
            or not 0 < header.width <= header.stride // PIXEL
            or not header.height > 0
            or header.stride * header.height > shape.slot_bytes
        ):
            return None
        place = (stream, header.slot, header.width, header.height, header.stride)
        known = self._places.get(place)
        if known is None:
            if len(self._places) >= PLACES_AT_MOST:
                self._places.clear()
            data = self.memory.slot(stream, header.slot)[: header.stride * header.height].toreadonly()
            known = self._places.setdefault(place, (new_key(), data))
        return Picture(header.sequence, known[0], header.width, header.height, header.stride, known[1])

    def _steady(self, stream: int) -> Header | None:
        """The header, read so that no half-written one is taken for true."""
        header = self.memory.header(stream)
        for _ in range(4):
            again = self.memory.header(stream)
            # A level that is no number is not equal to itself.
            if again[:-1] == header[:-1]:
                return again
            header = again
        return None


def copied(picture: Picture) -> Picture:
    """The same picture in memory of its own."""
    return picture._replace(key=new_key(), data=memoryview(bytes(picture.data)))

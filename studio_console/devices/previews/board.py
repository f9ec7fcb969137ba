"""Where pictures appear that the console itself makes: of an OBS, of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from studio_console.core.ports import Picture
from studio_console.core.reports import Signal
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.previews.memory import PIXEL, SLOTS
from studio_console.devices.previews.screen import new_key

Tell: TypeAlias = Callable[[PersonId, Signal, int, Text | None], None]
"""Guest, what the picture turned into, how many ms ago, why."""


class Board:
    """The newest picture of one guest, with room for those before it. One thread puts, any looks."""

    def __init__(self) -> None:
        self._picture: Picture | None = None
        self._places: list[tuple[int, bytearray]] = []

    def put(self, width: int, height: int, data: bytes) -> Picture:
        """``data`` are width × height pixels without anything between the lines."""
        sequence = 1 if self._picture is None else self._picture.sequence + 1
        place = sequence % SLOTS
        if not self._places or len(self._places[0][1]) != len(data):
            self._places = [(0, bytearray(len(data))) for _ in range(SLOTS)]
        key, room = self._places[place]
        size_changed = self._picture is not None and (self._picture.width, self._picture.height) != (width, height)
        if size_changed or not key:
            # Another size in the same room is another picture to whoever wrapped it.
            self._places = [(new_key(), room) for _, room in self._places]
            key, room = self._places[place]
        room[:] = data
        view = memoryview(room).toreadonly()
        self._picture = Picture(sequence, key, width, height, width * PIXEL, view)
        return self._picture

    def newest(self) -> Picture | None:
        return self._picture

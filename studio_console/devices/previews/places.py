"""Where the pictures of one stream are written, whoever makes them: a player of VLC, or the hand of the rehearsal."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from typing import NamedTuple

from studio_console.devices.previews.memory import PIXEL, SLOTS, PictureMemory


class Written(NamedTuple):
    """A picture that was published: when (monotonic s), in which slot, and its size in px."""

    at: float
    slot: int
    width: int
    height: int


class Places:
    """The slots of one stream. Any one thread at a time may write; the newest picture may be read by others."""

    def __init__(self, memory: PictureMemory, stream: int, now: Callable[[], float] = time.monotonic) -> None:
        self.stream = stream
        self.width, self.height = memory.shape.width, memory.shape.height
        self.slots = [memory.slot(stream, slot) for slot in range(SLOTS)]
        self.newest: Written | None = None
        self._memory = memory
        self._now = now
        self._last = memory.header(stream).slot

    def addresses(self) -> list[int]:
        """Where in this process's memory the slots begin."""
        return [ctypes.addressof(ctypes.c_char.from_buffer(slot)) for slot in self.slots]

    def next(self) -> int:
        """The slot to write the next picture into: the one that was published longest ago."""
        return (self._last + 1) % SLOTS

    def publish(self, slot: int, width: int, height: int) -> None:
        self._last = slot
        self._memory.publish(self.stream, slot, width, height, width * PIXEL)
        self.newest = Written(self._now(), slot, width, height)

    def put_level(self, level: float) -> None:
        """In dBFS; NaN where no sound is decoded."""
        self._memory.put_level(self.stream, level)

    def close(self) -> None:
        for slot in self.slots:
            slot.release()

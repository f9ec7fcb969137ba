"""Guests of whom there is only a picture file: read when it is wanted, and again when the file has changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio_console.core.reports import Signal
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.previews import words
from studio_console.devices.previews.board import Board, Tell

if TYPE_CHECKING:
    from PIL import Image

LOG = logging.getLogger(__name__)

LARGEST = (1280, 720)
LOOK_EVERY = 2.0
"""Seconds between two looks at whether a file has changed."""


@dataclass(slots=True)
class _Still:
    file: str
    board: Board
    modified: int | None = None
    told: tuple[Signal, Text] | None = None


class Stills:
    """``tell`` and ``pictured`` are called in its thread; see ``ObsPictures``. ``folder`` is the event's.

    A still is never said to be live, nor frozen: it is one on purpose.
    """

    def __init__(self, folder: Path, tell: Tell, pictured: Callable[[PersonId, Board], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._pictured = pictured
        self._wanted: Mapping[PersonId, str] = {}
        self._stills: dict[PersonId, _Still] = {}
        self._stopping = False
        self._changed = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, files: Mapping[PersonId, str]) -> None:
        """From now on these guests' files, relative to the event folder. Does not wait."""
        self._wanted = dict(files)
        self._changed.set()
        if files and self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._run, name="previews stills", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._changed.set()

    def join(self, seconds: float) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopping:
            self._changed.clear()
            wanted = self._wanted
            for guest in [guest for guest, still in self._stills.items() if wanted.get(guest) != still.file]:
                del self._stills[guest]
            for guest, file in wanted.items():
                still = self._stills.setdefault(guest, _Still(file, Board()))
                self._look_at(guest, still)
                if self._stopping:
                    return
            self._changed.wait(LOOK_EVERY if self._stills else None)

    def _look_at(self, guest: PersonId, still: _Still) -> None:
        path = self._folder / still.file
        try:
            modified = path.stat().st_mtime_ns
            if modified != still.modified:
                still.modified = modified
                picture = still.board.put(*read(path))
                if picture.sequence == 1:
                    self._pictured(guest, still.board)
                self._say(guest, still, Signal.STILL, words.STILL)
        except FileNotFoundError:
            still.modified = None
            self._say(guest, still, Signal.UNPLAYABLE, words.still_missing(still.file))
        except Exception as error:  # noqa: BLE001 - what a broken picture makes its reader raise is without end
            LOG.info("%s: %s", still.file, error)
            self._say(guest, still, Signal.UNPLAYABLE, words.still_unreadable(still.file))

    def _say(self, guest: PersonId, still: _Still, signal: Signal, reason: Text) -> None:
        if (signal, reason) != still.told:
            still.told = (signal, reason)
            self._tell(guest, signal, 0, reason)


def read(path: Path, largest: tuple[int, int] = LARGEST) -> tuple[int, int, bytes]:
    """Width, height and pixels of a picture file, no larger than ``largest``."""
    # Here and not above: what reads pictures is loaded only where somebody needs it.
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        image.draft("RGB", largest)
        small = ImageOps.exif_transpose(image)
        small.thumbnail(largest)
        ground = Image.new("RGB", small.size)
        if _is_clear(small):
            clear = small.convert("RGBA")
            ground.paste(clear, mask=clear)
        else:
            ground.paste(small)
        return ground.width, ground.height, ground.tobytes("raw", "BGRX")


def is_clear(path: Path) -> bool:
    """Whether the picture may have places where something else is seen through it."""
    from PIL import Image

    with Image.open(path) as image:
        return _is_clear(image)


def _is_clear(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info

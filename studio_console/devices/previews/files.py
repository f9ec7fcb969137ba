"""The event's files, small: slates, backgrounds, and where clips begin, for whoever draws what a surface will show."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from studio_console.core.ports import Picture
from studio_console.devices.errand import Errand
from studio_console.devices.previews import clip_picture
from studio_console.devices.previews.memory import PIXEL
from studio_console.devices.previews.screen import new_key
from studio_console.devices.previews.stills import is_clear, read

LOG = logging.getLogger(__name__)

SMALL = (640, 360)
LOOK_EVERY = 2.0
"""Seconds between two looks at whether a file has changed."""


@dataclass(slots=True)
class _File:
    modified: int | None = None
    picture: Picture | None = None


class FilePictures:
    """Meets core.ports.FilePictures. Files are read in a thread of its own, from when one was first asked for."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is the event's."""
        self._folder = folder
        self._files: dict[str, _File] = {}
        self._stopping = False
        self._errand = Errand()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def file_picture(self, file: str) -> Picture | None:
        found = self._files.get(file)
        if found is not None:
            return found.picture
        self._files[file] = _File()
        self._wanted.set()
        if self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._run, name="picture files", daemon=True)
            self._thread.start()
        return None

    def close(self) -> None:
        """Ends the thread; returns when it is gone, within 3 s."""
        self._stopping = True
        self._errand.end()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(3)

    def _run(self) -> None:
        while not self._stopping:
            self._wanted.clear()
            for name, file in list(self._files.items()):
                self._look_at(name, file)
                if self._stopping:
                    return
            self._wanted.wait(LOOK_EVERY)

    def _look_at(self, name: str, file: _File) -> None:
        path = self._folder / name
        try:
            modified = path.stat().st_mtime_ns
            if modified == file.modified:
                return
            file.modified = modified
            found = self._read(path)
            if found is None:
                file.picture = None
                return
            width, height, data = found
        except Exception as error:  # noqa: BLE001 - what a broken picture makes its reader raise is without end
            LOG.info("%s: %s", name, error)
            file.picture = None
            return
        sequence = file.picture.sequence + 1 if file.picture is not None else 1
        file.picture = Picture(sequence, new_key(), width, height, width * PIXEL, memoryview(data))

    def _read(self, path: Path) -> tuple[int, int, bytes] | None:
        """Its size and pixels; None for what would hide what lies under it. Whoever draws has a box with its name."""
        # Here and not above: what reads pictures is loaded only where somebody needs it.
        from PIL import UnidentifiedImageError

        try:
            return None if is_clear(path) else read(path, SMALL)
        except UnidentifiedImageError:
            return clip_picture.ask(self._errand, path, SMALL)

"""The event's files, small: slates, backgrounds, and where clips begin, for whoever draws what a surface will show."""

from __future__ import annotations

import logging
import queue
import threading
import time
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
ASKED_FOR = 60.0
"""Seconds for which a picture is kept once it was asked for: a day has many slates and clips, and two or three next."""


@dataclass(slots=True)
class _File:
    asked_at: float
    modified: int | None = None
    picture: Picture | None = None

    def put(self, found: tuple[int, int, bytes] | None) -> None:
        """Size and pixels of what it looks like now; None for nothing."""
        if found is None:
            self.picture = None
            return
        width, height, data = found
        sequence = self.picture.sequence + 1 if self.picture is not None else 1
        self.picture = Picture(sequence, new_key(), width, height, width * PIXEL, memoryview(data))


class FilePictures:
    """Meets core.ports.FilePictures. Files are read in a thread of its own, from when one was first asked for.

    Clips have another one: where the processor is full libvlc takes its time, and no slate is to wait for it.
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` is the event's."""
        self._folder = folder
        self._files: dict[str, _File] = {}
        self._stopping = False
        self._errand = Errand()
        self._clips: queue.SimpleQueue[tuple[str, _File] | None] = queue.SimpleQueue()
        self._wanted = threading.Event()
        self._threads: list[threading.Thread] = []

    def file_picture(self, file: str) -> Picture | None:
        now = time.monotonic()
        found = self._files.get(file)
        if found is not None:
            found.asked_at = now
            return found.picture
        self._files[file] = _File(now)
        self._wanted.set()
        if not self._threads and not self._stopping:
            self._threads = [
                threading.Thread(target=self._run, name="picture files", daemon=True),
                threading.Thread(target=self._look_into_clips, name="clip pictures", daemon=True),
            ]
            for thread in self._threads:
                thread.start()
        return None

    def close(self) -> None:
        """Ends the threads; returns when they are gone, within 3 s."""
        self._stopping = True
        self._errand.end()
        self._clips.put(None)
        self._wanted.set()
        for thread in self._threads:
            thread.join(3)

    def _run(self) -> None:
        while not self._stopping:
            self._wanted.clear()
            for name, file in list(self._files.items()):
                if time.monotonic() - file.asked_at > ASKED_FOR:
                    self._files.pop(name)
                else:
                    self._look_at(name, file)
                if self._stopping:
                    return
            self._wanted.wait(LOOK_EVERY)

    def _look_at(self, name: str, file: _File) -> None:
        # Here and not above: what reads pictures is loaded only where somebody needs it.
        from PIL import UnidentifiedImageError

        path = self._folder / name
        try:
            modified = path.stat().st_mtime_ns
            if modified == file.modified:
                return
            file.modified = modified
            # What lies under it would be hidden: whoever draws has a box with its name instead.
            file.put(None if is_clear(path) else read(path, SMALL))
        except UnidentifiedImageError:
            self._clips.put((name, file))
        except Exception as error:  # noqa: BLE001 - what a broken picture makes its reader raise is without end
            LOG.info("%s: %s", name, error)
            file.put(None)

    def _look_into_clips(self) -> None:
        while (wanted := self._clips.get()) is not None and not self._stopping:
            name, file = wanted
            try:
                file.put(clip_picture.ask(self._errand, self._folder / name, SMALL))
            except (ValueError, OSError) as error:
                LOG.info("%s: %s", name, error)
                file.put(None)

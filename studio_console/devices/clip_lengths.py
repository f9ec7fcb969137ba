"""Looks into the day's clips before air, behind the window, and again when one of the files is another one.

The looking itself is done by a process of its own at low priority; nothing waits for it.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from studio_console.core.reports import ClipMeasured
from studio_console.core.units import InputId
from studio_console.devices.clipfile import NO_FILE, NOT_PLAYABLE, PARSE_LIMIT, ClipFile, from_line
from studio_console.devices.errand import Errand

LOG = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at whether a file is another one: a clip may be delivered while the day runs."""
PROGRAM = (sys.executable, "-m", "studio_console.devices.clipfile")


@dataclass(frozen=True, slots=True)
class WantedClip:
    """One clip of the day. ``name`` is how people know its file; ``loops`` if it has no end."""

    path: Path
    name: str
    loops: bool = False


Stamp: TypeAlias = tuple[int, int] | None
"""Size and time of a file; None where there is none."""


class ClipLengths:
    """``wanted`` is asked for the clips, again and again; what is found goes to ``post``."""

    def __init__(
        self,
        wanted: Callable[[], Mapping[InputId, WantedClip]],
        post: Callable[[ClipMeasured], None],
        look_every: float = LOOK_EVERY,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        """``program`` looks into the files that it is called with, and says what it finds as ``clipfile`` does."""
        self._wanted = wanted
        self._post = post
        self._look_every = look_every
        self._program = program
        self._known: dict[InputId, tuple[WantedClip, Stamp]] = {}
        self._closing = threading.Event()
        self._errand = Errand()
        self._thread = threading.Thread(target=self._run, name="clip lengths", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ends the thread and its process; returns when they are gone."""
        self._closing.set()
        self._errand.end()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._look(self._wanted())
            except OSError as error:
                LOG.warning("clips cannot be looked into: %s", error)
                return
            self._closing.wait(self._look_every)

    def _look(self, wanted: Mapping[InputId, WantedClip]) -> None:
        open_: dict[InputId, WantedClip] = {}
        for name, clip in wanted.items():
            stamp = _stamp(clip.path)
            if self._known.get(name) == (clip, stamp):
                continue
            self._known[name] = clip, stamp
            if stamp is None:
                self._tell(name, clip, ClipFile(trouble=NO_FILE))
            else:
                open_[name] = clip
        while open_ and not self._closing.is_set():
            found = self._ask([str(clip.path) for clip in open_.values()])
            if self._closing.is_set():
                return
            # The first of which nothing was said is the one that ended the process.
            for file in [*found, ClipFile(trouble=NOT_PLAYABLE)][: len(open_)]:
                name = next(iter(open_))
                self._tell(name, open_.pop(name), file)

    def _ask(self, files: Sequence[str]) -> list[ClipFile]:
        """What is found of ``files``, in order, as far as it comes."""
        found: list[ClipFile] = []
        with contextlib.suppress(ValueError):
            for line in self._errand.run([*self._program, *files]).splitlines():
                found.append(from_line(line))
        return found

    def _tell(self, name: InputId, clip: WantedClip, file: ClipFile) -> None:
        if not file.known:
            return  # without VLC nothing is known, and nothing is said against the clip
        trouble = file.trouble.filled(file=clip.name, seconds=PARSE_LIMIT) if file.trouble is not None else None
        self._post(ClipMeasured(name, None if clip.loops else file.duration, trouble))


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns

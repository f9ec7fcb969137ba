"""Tells when the event files change on the disk, however the editor saves them.

The system's notice only says when to look. What counts is a snapshot of the files that ``load`` reads: temporary and
backup files never matter, a file replaced by renaming does, and where a network drive sends no notice the look that is
taken anyway every few seconds finds the change.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import watchfiles

from studio_console.files.folder import PARTS, Snapshot, snapshot

QUIET_MS = 200
"""Nothing may have happened for so long before a change counts as saved."""
LONGEST_MS = 2_000
"""Files that never come to rest are looked at after so long all the same."""
STEP_MS = 100
"""How long ``close`` may have to wait."""
UNASKED_S = 3.0
"""The files are looked at so often even without a notice."""

log = logging.getLogger(__name__)


class Watcher(Protocol):
    def close(self) -> None:
        """Ends the watching within a fraction of a second; after it ``on_change`` is not called any more."""
        ...


def watch(folder: Path, on_change: Callable[[], None], since: Snapshot | None = None) -> Watcher:
    """Calls ``on_change`` from a thread of its own when files of the event have changed ``since``, or since this call.

    Once for a burst of changes. What ``on_change`` raises is logged; the watching goes on.
    """
    return _Watcher(folder, on_change, since)


class _Watcher:
    def __init__(self, folder: Path, on_change: Callable[[], None], since: Snapshot | None) -> None:
        self._folder = folder.resolve()
        self._on_change = on_change
        self._last = snapshot(self._folder) if since is None else since
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="event files", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            paths = self._paths()
            try:
                for _ in self._notices(paths):
                    self._look()
                    if self._paths() != paths:
                        break  # a folder came or went: watch what is there now
            except (OSError, RuntimeError) as error:
                log.info("no notices for %s (%s); looking now and then", self._folder, error)
                self._stop.wait(1)
                self._look()

    def _paths(self) -> list[Path]:
        """Only what matters: an event folder may hold gigabytes of clips and a version control's files."""
        return [path for path in (self._folder, *(self._folder / part for part in PARTS)) if path.is_dir()]

    def _notices(self, paths: list[Path]) -> Iterator[None]:
        """Whenever it is time to look: once at the start, after every burst of changes, and now and then."""
        if not paths:
            raise FileNotFoundError(self._folder)
        changes = watchfiles.watch(
            *paths,
            watch_filter=None,
            debounce=LONGEST_MS,
            step=QUIET_MS,
            stop_event=self._stop,
            rust_timeout=STEP_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
            ignore_permission_denied=True,
        )
        due = 0.0
        for change in changes:
            if change or time.monotonic() >= due:
                due = time.monotonic() + UNASKED_S
                yield

    def _look(self) -> None:
        now = snapshot(self._folder)
        if now == self._last or self._stop.is_set():
            return
        self._last = now
        try:
            self._on_change()
        except Exception:
            log.exception("after a change of the event files")

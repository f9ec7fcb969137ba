"""Something that is done by a process of its own at low priority, because it may fall over or take its time."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Sequence

from studio_console.devices.manners import APART, give_way
from studio_console.devices.previews.process import creation_flags, environment

NICE = 10


class Errand:
    """Runs one command at a time. ``end`` may be called from any thread; after it nothing is started any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, command: Sequence[str], seconds: float | None = None) -> bytes:
        """What it printed until it ended, was killed after ``seconds``, or fell over. Raises OSError."""
        with self._lock:
            if self._ended:
                return b""
            self._process = process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                creationflags=creation_flags(),
                start_new_session=APART,
            )
        give_way(process.pid, NICE)
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
        with self._lock:
            self._process = None
        return said

    def end(self) -> None:
        """Kills what runs. Returns at once."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                with contextlib.suppress(OSError):
                    self._process.kill()

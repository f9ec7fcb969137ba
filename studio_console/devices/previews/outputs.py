"""The names of the sound devices, asked for in a process of its own: listing them can hang or crash a sound system."""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from collections.abc import Sequence

from studio_console.devices.errand import Errand

LOG = logging.getLogger(__name__)

LIST_OUTPUTS = (sys.executable, "-m", "studio_console.devices.previews.sound")
AGAIN_AFTER = 10.0
"""Seconds after which somebody who asks may have plugged something in."""
AT_MOST = 10.0


class Outputs:
    """``names`` answers at once with what is known and finds out what is new meanwhile."""

    def __init__(self, command: Sequence[str] = LIST_OUTPUTS) -> None:
        """``command`` prints a JSON list of names."""
        self._command = command
        self._known: tuple[str, ...] = ()
        self._asked_at = float("-inf")
        self._lock = threading.Lock()
        self._errand = Errand()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def names(self) -> tuple[str, ...]:
        with self._lock:
            now = time.monotonic()
            busy = self._thread is not None and self._thread.is_alive()
            if not busy and not self._stopped and now - self._asked_at >= AGAIN_AFTER:
                self._asked_at = now
                self._thread = threading.Thread(target=self._ask, name="previews outputs", daemon=True)
                self._thread.start()
        return self._known

    def stop(self) -> None:
        """Does not wait; ``join`` does."""
        with self._lock:
            self._stopped = True
        self._errand.end()

    def join(self, seconds: float) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def _ask(self) -> None:
        try:
            names = json.loads(self._errand.run(self._command, AT_MOST))
            self._known = tuple(str(name) for name in names)
        except (OSError, ValueError, TypeError) as error:
            LOG.info("the sound devices could not be listed: %s", type(error).__name__)

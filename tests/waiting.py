"""Waiting for a condition, never for time to pass."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

PATIENCE = 40.0
"""Seconds until a condition is given up. Long: a machine shared with others stands still for seconds at times."""


def wait_until(true: Callable[[], Any], why: Callable[[], object] = lambda: "") -> Any:
    """The first true value of ``true``. AssertionError with ``why`` if it does not come."""
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not (value := true()):
        assert time.monotonic() < deadline, f"did not come true: {why()}"
        pause.wait(0.01)
    return value

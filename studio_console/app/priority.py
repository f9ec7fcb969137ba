"""The console comes before who merely draws: an OBS that renders on the processor, guests' pictures."""

from __future__ import annotations

import sys
from contextlib import suppress

import psutil

RAISED = -11
"""Its niceness on POSIX systems. As sound servers have it: woken at once, and far from what the system needs."""


def come_first() -> None:
    """Raises the priority of this process and of every thread that it starts from then on, where the system lets it.

    Windows always does; Linux and macOS only for users who were given the right (``RLIMIT_NICE``): all others go on as
    they are.
    """
    process = psutil.Process()
    with suppress(psutil.AccessDenied):
        if sys.platform == "win32":
            process.nice(psutil.ABOVE_NORMAL_PRIORITY_CLASS)
        else:
            process.nice(RAISED)

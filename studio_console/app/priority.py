"""The console comes before who merely draws: an OBS that renders on the processor, guests' pictures."""

from __future__ import annotations

import atexit
import sys
from contextlib import suppress
from pathlib import Path

import psutil

RAISED = -11
"""Its niceness on POSIX systems. As sound servers have it: woken at once, and far from what the system needs."""
SHARE = Path("/proc/self/autogroup")


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
    if sys.platform == "linux":
        _raise_share()


def _raise_share() -> None:
    """The session that the console was started in comes first as well, for as long as it runs.

    Linux may share the processor out among sessions first (see ``devices/manners.py``): to an OBS in another one the
    console's own priority says nothing.
    """
    with suppress(OSError, ValueError):
        _, _, before = SHARE.read_text().split()
        if int(before) > RAISED:
            SHARE.write_text(str(RAISED))
            atexit.register(_give_back, before)


def _give_back(before: str) -> None:
    with suppress(OSError):
        SHARE.write_text(before)

"""Who comes first where the processor is full: the window and the takes, OBS, and then what merely helps.

Linux may share the processor out among sessions first, equally, and only within one by how nice its processes are
(sched_autogroup). OBS is in another session than the console, so niceness alone says nothing to it: whoever is to give
way is ``APART``, and its session is made nice as a whole.

Linux also has a policy for what runs only when nobody else wants to (SCHED_IDLE). It is not used: where others keep the
processor busy, guests would stand still for as long as they do.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import psutil

APART = sys.platform != "win32"
"""In a session of its own: Ctrl-C in a terminal is the console's business, whose children end after it."""
HUNGRY_LATE = 70
"""ms. A worker that is so late twice in a row is left too little: beside a take it may be once."""
FED_FOR = 20.0
"""Seconds after the last such moment in which its session is as good as any other."""


def give_way(pid: int, nice: int) -> None:
    """The process and its session, if that is its own, are ``nice``. Windows was told at the start."""
    if sys.platform != "win32":
        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process(pid).nice(nice)
        share(pid, nice)


def share(pid: int, nice: int) -> bool:
    """Makes the session of ``pid`` so nice to others, if it has one of its own. False: worth trying again soon."""
    try:
        if sys.platform == "linux" and os.getsid(pid) == pid:
            Path(f"/proc/{pid}/autogroup").write_text(str(nice))
    except BlockingIOError:
        # But for administrators it is done for one session in a tenth of a second.
        return False
    except OSError:
        pass
    return True


class Manners:
    """Of one worker: nice as long as it gets what it needs.

    A share of the processor is small, whatever the number of those who want it: where two programs keep two processors
    busy all the time, 42 guests at a nice of 10 get half of what they need, and stand still.
    """

    def __init__(self, pid: int, nice: int) -> None:
        self._pid, self._nice = pid, nice
        self._was_late = False
        self._hungry_until = 0.0
        self._set: int | None = None
        give_way(pid, nice)

    def heard(self, late_ms: int, now: float) -> None:
        """How late it was since the last time; ``now`` in s of a monotonic clock."""
        late = late_ms >= HUNGRY_LATE
        if late and self._was_late:
            self._hungry_until = now + FED_FOR
        self._was_late = late
        wanted = 0 if now < self._hungry_until else self._nice
        if wanted != self._set and share(self._pid, wanted):
            self._set = wanted

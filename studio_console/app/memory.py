"""What the program keeps of the memory it used, and how often somebody looks for what it needs no more.

The collector of cycles holds all threads for as long as it looks: with a long day open 40 ms and more, in which no
picture is painted and no GO is sent. What is there once the desk is up stays for the day, and what comes and goes later
is little.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys

ARENAS = 4
"""So many stores of memory for all threads; the C library would have eight for each processor."""
LARGE = 1 << 20
"""Bytes. What is larger, such as most pictures, is given back to the system as soon as it is free."""
MALLOC_SETTINGS = (("MALLOC_ARENA_MAX", -8, ARENAS), ("MALLOC_MMAP_THRESHOLD_", -3, LARGE))
"""Of glibc: by which variable a user may set it, and its number for ``mallopt``."""


def be_lean() -> None:
    """Call before threads are started: on Linux each keeps for itself what it once used, up to its largest picture.

    The desk of a day with 42 guests takes a quarter less memory so, and hardly grows with what happens in it.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library than glibc
            mallopt = ctypes.CDLL(None).mallopt
            for variable, number, value in MALLOC_SETTINGS:
                if variable not in os.environ:
                    mallopt(number, value)


def settle() -> None:
    """Call when the program is up: looks once, and then never again at what is there now."""
    gc.collect()
    gc.freeze()


def keep() -> None:
    """Call when a new rundown is there, which stays too. Takes little time: what is new is looked at once."""
    gc.collect(1)
    gc.freeze()


def let_go() -> None:
    """Call when the desk is closed: what it was made of is in cycles, and would stay until the process ends."""
    gc.unfreeze()

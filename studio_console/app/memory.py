"""Keeps the collector of cycles from looking at everything there is, again and again, while the show runs.

It holds all threads for as long as it looks: with a long day open 40 ms and more, in which no picture is painted and no
GO is sent. What is there once the desk is up stays for the day, and what comes and goes later is little.
"""

from __future__ import annotations

import gc


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

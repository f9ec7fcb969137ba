"""What was found in an OBS, good or bad, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` was looked at; ``remedy`` is set where something is to be done.

    ``minor``: the show can go to air as it is, only not quite as the rundown has it.
    """

    what: Text
    ok: bool
    message: Text
    remedy: Text | None = None
    minor: bool = False

"""Words that survive the console, each in a file of its own: which headphones were chosen, where panels stand, …"""

from __future__ import annotations

import contextlib
from pathlib import Path

from studio_console.app.places import state_folder

LONGEST = 500
"""Letters; no device has a longer name."""
LAYOUTS = 100_000
"""Letters; a desk's panels take some thousand for each set-up of screens."""


class RememberedWord:
    """Meets core.ports.Remembered. What cannot be read was never there, and what cannot be written is forgotten."""

    def __init__(self, path: Path, longest: int = LONGEST) -> None:
        self._path = path
        self._longest = longest

    def read(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            return self._path.read_text("utf-8")[: self._longest].strip()
        return ""

    def write(self, word: str) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(word + "\n", "utf-8")


def timer_screen() -> RememberedWord:
    return RememberedWord(state_folder() / "timer-screen.txt")


def alarm_sound() -> RememberedWord:
    return RememberedWord(state_folder() / "alarm-sound.txt")


def headphones() -> RememberedWord:
    return RememberedWord(state_folder() / "headphones.txt")


def desk_layouts() -> RememberedWord:
    """Where the panels of the technical director's desk stand, on this machine."""
    return RememberedWord(state_folder() / "layout-desk.json", LAYOUTS)

"""A word that survives the console, in a file of its own: the headphones and the timer's screen, as last chosen."""

from __future__ import annotations

import contextlib
from pathlib import Path

from studio_console.app.places import state_folder

LONGEST = 500
"""Letters; no device has a longer name."""


class RememberedWord:
    """Meets core.ports.Remembered. What cannot be read was never there, and what cannot be written is forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            return self._path.read_text("utf-8")[:LONGEST].strip()
        return ""

    def write(self, word: str) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(word + "\n", "utf-8")


def timer_screen() -> RememberedWord:
    return RememberedWord(state_folder() / "timer-screen.txt")


def headphones() -> RememberedWord:
    return RememberedWord(state_folder() / "headphones.txt")

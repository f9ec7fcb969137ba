"""The picture that a clip begins with, as ``clip_opener`` finds it in a process of its own."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

from studio_console.devices.errand import Errand
from studio_console.devices.previews.memory import PIXEL

PROGRAM = (sys.executable, "-m", "studio_console.devices.previews.clip_opener")
AT_MOST = 60.0
"""Seconds for one clip where the processor is full; elsewhere it takes one."""


def ask(
    errand: Errand, path: Path, largest: tuple[int, int], program: Sequence[str] = PROGRAM
) -> tuple[int, int, bytes]:
    """Width, height and pixels of where the clip begins. Raises ValueError for what is none, and OSError."""
    said = errand.run([*program, str(path), *map(str, largest)], AT_MOST)
    size, separator, data = said.partition(b"\n")
    with contextlib.suppress(ValueError):
        width, height = map(int, size.split())
        if separator and width > 0 and len(data) == width * height * PIXEL:
            return width, height, data
    raise ValueError(f"no picture of {path.name}")

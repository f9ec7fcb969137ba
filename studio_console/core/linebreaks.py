"""Words broken into lines for a text that OBS draws: as even as they get, each as wide as its place."""

from __future__ import annotations

import math
import unicodedata

WIDE, NARROW = 1.0, 0.56
"""About how wide a sign is, in heights of the letters: Hangul and Hanja, and all else."""


def wrap(text: str, height: float, room: float) -> str:
    """``text`` broken between words into lines of about the same length that fit ``room`` px at letters of ``height``.

    OBS breaks lines only inside a text of fixed width, which cannot be centred; how wide a line gets is an estimate,
    and what is still too wide is made smaller by the item's bounds.
    """
    return "\n".join(_wrap_line(line, height, room) for line in text.split("\n"))


def _wrap_line(line: str, height: float, room: float) -> str:
    words = line.split()
    lines = math.ceil(_width(line) * height / max(1.0, room))
    if lines < 2 or len(words) < 2:
        return line
    # Even lines read better than one full line and a rest.
    limit = _width(line) / lines * 1.15
    broken = [words[0]]
    for word in words[1:]:
        if _width(f"{broken[-1]} {word}") <= limit or _width(broken[-1]) == 0:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    return "\n".join(broken)


def _width(text: str) -> float:
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else NARROW for sign in text)

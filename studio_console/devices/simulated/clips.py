"""How long a clip is and how large its picture: read from the MP4 or QuickTime file itself, without a decoder."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

_FOLDERS = {b"moov", b"trak"}
_MOST = 10_000
"""Boxes looked at before a file is given up: a broken one may claim any number."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    duration: int | None
    """Milliseconds; None where the file does not say or is of another kind."""
    width: int
    height: int


UNKNOWN = ClipFacts(None, 1280, 720)


def clip_facts(path: str) -> ClipFacts | None:
    """What the file says of itself; None where there is no such file."""
    try:
        about = Path(path).stat()
    except (OSError, ValueError):
        return None
    return _read(path, about.st_mtime_ns, about.st_size) if Path(path).is_file() else None


@lru_cache(maxsize=256)
def _read(path: str, _modified: int, _size: int) -> ClipFacts:
    duration: int | None = None
    width = height = 0
    try:
        with Path(path).open("rb") as file:
            for kind, body in _boxes(file, 0, _size):
                if kind == b"mvhd":
                    duration = _duration(body)
                elif kind == b"tkhd" and len(body) >= 8:
                    # Fixed-point 16.16; a sound track says 0 × 0.
                    across, down = (value >> 16 for value in struct.unpack(">II", body[-8:]))
                    if across and down and not width:
                        width, height = across, down
    except (OSError, struct.error):
        return UNKNOWN
    return ClipFacts(duration, width, height) if duration is not None else UNKNOWN


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that matter, with their contents, in the order of the file."""
    spans = [(start, end)]
    looked_at = 0
    while spans:
        place, end = spans.pop()
        while place + 8 <= end and looked_at < _MOST:
            looked_at += 1
            file.seek(place)
            size, kind = struct.unpack(">I4s", file.read(8))
            head = 8
            if size == 1:
                size, head = struct.unpack(">Q", file.read(8))[0], 16
            elif size == 0:
                size = end - place
            if size < head or place + size > end:
                return
            if kind in _FOLDERS:
                spans.append((place + size, end))
                place, end = place + head, place + size
                continue
            if kind in (b"mvhd", b"tkhd"):
                yield kind, file.read(min(size - head, 1024))
            place += size


def _duration(body: bytes) -> int | None:
    """Of an ``mvhd`` box: units a second and units, in 32 or 64 bits by its version."""
    rate, units = struct.unpack_from(">IQ", body, 20) if body[:1] == b"\x01" else struct.unpack_from(">II", body, 12)
    return round(units * 1000 / rate) if rate else None

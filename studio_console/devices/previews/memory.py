"""Pictures that a worker process writes and the console paints, in memory that both see.

Every stream has SLOTS places for a picture. The worker writes into the next one and then says so in the stream's
header, the sequence number last; the console reads the newest. A reader is done with a picture long before the writer
comes round to it again. Nothing is left behind: the file has lost its name before anybody is told of it, and a worker
inherits its handle. Windows, where memory has a name and no file, frees it with the last who has it open.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import secrets
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psutil

SLOTS = 3
PIXEL = 4
"""Bytes of one: blue, green, red and one unused, as QImage.Format_RGB32 and VLC's RV32 have them."""
PREFIX = "studio-console-previews-"
HANDLE = "handle "
SILENCE = -100.0
"""dBFS of no sound at all."""

_STREAM = struct.Struct("<QIIIIf28xQ")
"""Sequence number, slot, width, height, bytes a line, sound level in dBFS (NaN where none is decoded), ticket.

The ticket is the next sequence number, written before the fields as that is after them, and read after them as that is
before them: where the two are the same, the fields belong together.
"""
_FIELDS = struct.Struct("<IIII")
_NUMBER = struct.Struct("<Q")
_LEVEL = struct.Struct("<f")
_FIELDS_AT, _LEVEL_AT, _TICKET_AT = 8, 24, 56


class Header(NamedTuple):
    """The newest picture of a stream. ``sequence`` is 0 before the first one and grows by 1 with each."""

    sequence: int
    slot: int
    width: int
    height: int
    stride: int
    level: float


@dataclass(frozen=True, slots=True)
class Shape:
    """How many streams, and the most px that a picture of theirs may have."""

    streams: int
    width: int
    height: int

    @property
    def slot_bytes(self) -> int:
        return self.width * self.height * PIXEL

    @property
    def total_bytes(self) -> int:
        return self.streams * (_STREAM.size + SLOTS * self.slot_bytes)


class PictureMemory:
    """Memory for the pictures of ``shape``, by a name that a worker opens it with: one that has its ``handles``."""

    def __init__(self, shape: Shape, name: str | None = None) -> None:
        """Makes it, or with ``name`` opens what another process made. Raises OSError."""
        self.shape = shape
        self.handles: tuple[int, ...] = ()
        """What a worker has to inherit to open it; until ``handed_over``."""
        if sys.platform == "win32":
            self.name = name or _new_name()
            self._map = mmap.mmap(-1, shape.total_bytes, tagname=self.name)
        elif name is None:
            self.handles = (_make_file(shape.total_bytes),)
            self.name = f"{HANDLE}{self.handles[0]}"
            self._map = mmap.mmap(self.handles[0], shape.total_bytes)
        else:
            self.name = name
            self._map = mmap.mmap(_handle_of(name), shape.total_bytes)
        self.view = memoryview(self._map)
        # A worker that takes the place of another one goes on counting where that one stopped.
        self._seen = [Header._make(_STREAM.unpack_from(self._map, i * _STREAM.size)[:-1]) for i in range(shape.streams)]
        self._sequence = [header.sequence for header in self._seen]

    def handed_over(self) -> None:
        """The worker was started: nobody else is to open it."""
        for handle in self.handles:
            os.close(handle)
        self.handles = ()

    def slot(self, stream: int, slot: int) -> memoryview:
        """The bytes of one place for a picture, for writing and for reading."""
        size = self.shape.slot_bytes
        begin = self.shape.streams * _STREAM.size + (stream * SLOTS + slot) * size
        return self.view[begin : begin + size]

    def publish(self, stream: int, slot: int, width: int, height: int, stride: int) -> None:
        """The worker has written a whole picture into ``slot``."""
        self._sequence[stream] = number = self._sequence[stream] + 1
        at = stream * _STREAM.size
        _NUMBER.pack_into(self._map, at + _TICKET_AT, number)
        _FIELDS.pack_into(self._map, at + _FIELDS_AT, slot, width, height, stride)
        _NUMBER.pack_into(self._map, at, number)

    def put_level(self, stream: int, level: float) -> None:
        """The worker's newest measure of a stream's sound, in dBFS; NaN where it decodes none."""
        _LEVEL.pack_into(self._map, stream * _STREAM.size + _LEVEL_AT, level)

    def header(self, stream: int) -> Header:
        """The newest picture's; what was read last if the worker is just writing it, or died doing so."""
        for _ in range(3):
            *fields, ticket = _STREAM.unpack_from(self._map, stream * _STREAM.size)
            header = Header._make(fields)
            if header.sequence == ticket:
                self._seen[stream] = header
                break
        return self._seen[stream]

    def close(self) -> None:
        """Lets go of it. Every slice that was handed out has to be released before."""
        self.handed_over()
        self.view.release()
        self._map.close()


def sweep() -> None:
    """Removes what consoles left that were killed in the moment in which the file had a name."""
    if sys.platform == "win32":
        return
    for path in (path for folder in _folders() for path in folder.glob(f"{PREFIX}*")):
        owner = path.name.removeprefix(PREFIX).split("-")[0]
        # Anybody may have put a file of any name there: a number that is none, or larger than any process has.
        with contextlib.suppress(OSError, ValueError, OverflowError):
            if not psutil.pid_exists(int(owner)):
                path.unlink()


def _handle_of(name: str) -> int:
    """Raises OSError for what is not the name of a picture memory."""
    try:
        return int(name.removeprefix(HANDLE))
    except ValueError:
        raise FileNotFoundError(name) from None


def _new_name() -> str:
    return f"{PREFIX}{os.getpid()}-{secrets.token_hex(6)}"


def _make_file(size: int) -> int:
    """A new file without a name, of ``size`` bytes that are there: writing to a full place would end the process."""
    *better, last = _folders()
    for folder in better:
        with contextlib.suppress(OSError):
            return _reserved(folder, size)
    return _reserved(last, size)


def _reserved(folder: Path, size: int) -> int:
    handle = _nameless(folder)
    try:
        reserve = getattr(os, "posix_fallocate", None)  # macOS has none
        if reserve is not None:
            reserve(handle, 0, size)
        else:
            os.ftruncate(handle, size)
    except OSError:
        os.close(handle)
        raise
    return handle


def _nameless(folder: Path) -> int:
    """Linux makes a file that never had a name; elsewhere it has one for a moment, in which a kill leaves it there."""
    never_named = getattr(os, "O_TMPFILE", None)
    if never_named is not None:
        with contextlib.suppress(OSError):  # not every file system can
            return os.open(folder, os.O_RDWR | never_named, 0o600)
    path = folder / _new_name()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        path.unlink()
    except OSError:
        os.close(handle)
        raise
    return handle


def _folders() -> tuple[Path, ...]:
    """Where to make files: first where they are memory and nothing else, if the system has such a place."""
    shared = Path("/dev/shm")
    return (*((shared,) if shared.is_dir() else ()), Path(tempfile.gettempdir()))

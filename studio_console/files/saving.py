"""Putting a file in the place of another one: all of it or nothing, and never over what somebody else just saved."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
import threading
from pathlib import Path
from typing import IO

from studio_console.files.folder import State

SUFFIX = ".edit"
"""Of the file that is written before it takes the other's place; with the dot before its name nobody reads it."""
SHARING_TRIES = 20
SHARING_PAUSE = 0.05
"""Seconds. On Windows a file that another program reads just now cannot be replaced."""

_pause = threading.Event()


def save(path: Path, data: bytes, expected: bytes) -> State | None:
    """Makes the file at ``path`` hold ``data``, with the permissions it has. None if it does not hold ``expected``.

    What it gives is the new file as ``folder.snapshot`` tells it, whatever others save right behind it.

    Between the last look and the replacing lie some microseconds in which nobody can be kept from saving. Raises
    OSError, and then the file is as it was.
    """
    path = path.resolve()  # a link stays one
    status = path.stat()
    if not status.st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    handle, name = tempfile.mkstemp(SUFFIX, f".{path.name}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            _synced(file)
        Path(name).chmod(stat.S_IMODE(status.st_mode))
        if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (os.getuid(), os.getgid()):
            with contextlib.suppress(OSError):
                os.chown(name, status.st_uid, status.st_gid)
        if path.read_bytes() != expected:
            return None
        written = Path(name).stat()
        _replace(name, path)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
    _sync_folder(path.parent)
    return written.st_mtime_ns, written.st_size, written.st_ino


def clear_leftovers(folder: Path) -> None:
    """Removes what a console that was killed while saving left in ``folder``."""
    for name in folder.glob(f".*.yaml.*{SUFFIX}"):
        with contextlib.suppress(OSError):
            name.unlink()


def _synced(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _replace(name: str, path: Path) -> None:
    for left in reversed(range(SHARING_TRIES)):
        try:
            Path(name).replace(path)
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            _pause.wait(SHARING_PAUSE)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk as well, where the system can be asked for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

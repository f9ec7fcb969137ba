"""Files that are written whole or not at all: what was there stays until the new one is on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from studio_console.core.problems import UserError
from studio_console.core.text import Text

NO_FOLDER = Text(
    "폴더 {folder}이(가) 없습니다. 먼저 만들거나 다른 곳에 저장하세요",
    "There is no folder {folder}: make it first, or save elsewhere",
)
IN_USE = Text(
    "{file}에 쓸 수 없습니다. Excel 등에서 열려 있으면 닫고, 폴더 권한을 확인하거나 다른 이름으로 저장하세요",
    "{file} cannot be written: close it where another program has it open (Excel), see the folder's permissions, "
    "or save under another name",
)
DISK_FULL = Text(
    "디스크에 공간이 없어 {file}을(를) 쓰지 못했습니다. 공간을 비우고 다시 하세요. 전에 있던 파일은 그대로입니다",
    "The disk is full: {file} was not written. Free some space and try again; what was there before is still there",
)
NOT_WRITTEN = Text(
    "{file}을(를) 쓰지 못했습니다: {reason}. 다른 곳에 저장하세요",
    "{file} was not written: {reason}. Save elsewhere",
)


class NotWritten(UserError):
    """A file could not be written. What was there before still is."""


def write_whole(file: Path, content: bytes) -> None:
    """Puts ``content`` into ``file``. Raises NotWritten."""
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", suffix=".part", dir=file.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        # As anybody's new file, and not for the writer's eyes only.
        beside.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
        beside.replace(file)
    except OSError as error:
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink()
        raise _told(file, error) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _told(file: Path, error: OSError) -> NotWritten:
    if not file.parent.is_dir():
        return NotWritten(NO_FOLDER, folder=file.parent)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NotWritten(IN_USE, file=file)
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return NotWritten(DISK_FULL, file=file)
    return NotWritten(NOT_WRITTEN, file=file, reason=error.strerror or error)

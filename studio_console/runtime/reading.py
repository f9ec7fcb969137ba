"""A journal read for a report: from a copy, so that neither a console that writes it nor the file is touched."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.runtime.journal import FORMAT, OURS, TOO_NEW, Entry, JournalError, entry_of

TRIES = 5
"""A console may put its log into the file between the copying of the two: then both are copied again, so often."""

NOT_READ = Text(
    "진행 기록을 읽을 수 없습니다({path}): {reason}. 폴더 권한을 확인하세요",
    "The journal cannot be read ({path}): {reason}. See the folder's permissions",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a journal."""

    entries: tuple[Entry, ...]
    unread: int = 0
    """Entries that were passed over."""
    broken: bool = False
    """The file is damaged, and the entries are those up to the break."""
    meta: Mapping[str, str] = field(default_factory=dict)


def read_journal(path: Path) -> Reading:
    """All that can be read of the journal at ``path``, also while a console is writing it.

    Raises JournalError where it is newer than this program, UserError where the file cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="studio-console-") as folder:
        copy = Path(folder) / "copy.journal"
        for _ in range(TRIES):
            before = _state(path)
            try:
                shutil.copyfile(path, copy)
                _log_of(copy).unlink(missing_ok=True)
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(_log_of(path), _log_of(copy))
            except OSError as error:
                raise UserError(NOT_READ, path=path, reason=error.strerror or error) from error
            if _state(path) == before:
                break
        return _read(copy, path)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _state(path: Path) -> list[tuple[int, int] | None]:
    states: list[tuple[int, int] | None] = []
    for each in (path, _log_of(path)):
        try:
            status = each.stat()
            states.append((status.st_mtime_ns, status.st_size))
        except OSError:
            states.append(None)
    return states


def _read(copy: Path, path: Path) -> Reading:
    entries: list[Entry] = []
    meta: dict[str, str] = {}
    unread = 0
    with contextlib.closing(sqlite3.connect(copy)) as db:
        db.text_factory = lambda text: text.decode(errors="replace")
        try:
            if db.execute("PRAGMA application_id").fetchone()[0] != OURS:
                return Reading((), broken=True)
            meta = {str(key): str(value) for key, value in db.execute("SELECT key, value FROM meta")}
            if meta.get("format", "").isdecimal() and int(meta["format"]) > FORMAT:
                raise JournalError(TOO_NEW, path=path)
            for row in db.execute("SELECT at, kind, body, outcome FROM entries ORDER BY seq"):
                try:
                    entries.append(entry_of(db, *row))
                except (ValueError, zlib.error):
                    unread += 1
        except sqlite3.Error:
            return Reading(tuple(entries), unread, True, meta)
    return Reading(tuple(entries), unread, False, meta)

"""The journal: every event of the show, appended to one SQLite file and durable before it counts as done.

Recovery is a replay of it, the as-run report a query. A rundown is large and changes seldom, so its body is kept
once, by its digest.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio_console.core.events import RundownLoaded, ShowEvent
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.core.units import Instant
from studio_console.runtime.clocks import wall_ms
from studio_console.runtime.codec import event_from_json, event_to_json, kind_of

FORMAT = 1

IN_USE = Text(
    "다른 Studio Console이 이 날을 이미 열고 있습니다. 그 창을 쓰거나 먼저 닫으세요",
    "Another Studio Console has this day open already: use its window, or close it first",
)
TOO_NEW = Text(
    "더 새로운 버전의 Studio Console이 쓴 기록입니다({path}). 그 버전으로 여세요",
    "The journal was written by a newer Studio Console ({path}): open it with that version",
)
NO_ACCESS = Text(
    "기록 파일을 쓸 수 없습니다({path}): {detail}. 폴더 권한과 남은 공간을 확인하세요",
    "The journal cannot be written ({path}): {detail}. Check the folder's permissions and the free space",
)


class JournalError(UserError):
    """The journal cannot be opened."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. ``outcome`` is the reason where a press was refused."""

    at: Instant
    event: ShowEvent
    outcome: str = ""


class Journal:
    """An open journal. One console at a time; ``append`` is for one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. One that is not a journal is set aside under a new name and never written to.

        Raises JournalError if it is in use, newer than this program, or cannot be written.
        """
        self.path = path
        self.set_aside: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._db = _open(path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self.set_aside = _set_aside(path)
                self._db = _open(path)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise JournalError(IN_USE) from error
            raise JournalError(NO_ACCESS, path=path, detail=error) from error
        except OSError as error:
            raise JournalError(NO_ACCESS, path=path, detail=error.strerror or error) from error
        if int(self.meta("format") or FORMAT) > FORMAT:
            self._db.close()
            raise JournalError(TOO_NEW, path=path)
        self.put_meta("format", str(FORMAT))

    def append(self, entries: Sequence[Entry]) -> None:
        """Writes ``entries`` in one transaction; when it returns they survive a power cut. Raises sqlite3.Error."""
        with self._db:
            for entry in entries:
                body = event_to_json(entry.event)
                if isinstance(entry.event, RundownLoaded):
                    body = self._keep_body(body)
                self._db.execute(
                    "INSERT INTO entries (at, kind, body, outcome) VALUES (?, ?, ?, ?)",
                    (entry.at, kind_of(entry.event), body, entry.outcome),
                )

    def entries(self) -> Iterator[Entry]:
        """All entries in order. One that this version cannot read is passed over and counted in ``unread``."""
        self.unread = 0
        rows = self._db.execute("SELECT at, kind, body, outcome FROM entries ORDER BY seq")
        for at, kind, body, outcome in rows:
            try:
                text = self._body(body) if kind == RundownLoaded.__name__ else body
                yield Entry(Instant(at), event_from_json(kind, text), outcome)
            except (ValueError, zlib.error):
                self.unread += 1

    def meta(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def put_meta(self, key: str, value: str) -> None:
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def close(self) -> None:
        self._db.close()

    def _keep_body(self, body: str) -> str:
        digest = hashlib.sha256(body.encode()).hexdigest()
        packed = zlib.compress(body.encode(), 3)
        self._db.execute("INSERT OR IGNORE INTO bodies (digest, body) VALUES (?, ?)", (digest, packed))
        return digest

    def _body(self, digest: str) -> str:
        row = self._db.execute("SELECT body FROM bodies WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise ValueError(f"no body {digest}")
        return zlib.decompress(row[0]).decode()


def archive(path: Path) -> Path | None:
    """Puts a journal away under a name with the time, so that the next one starts empty; None if there is none."""
    return _set_aside(path) if path.exists() else None


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=0.5, check_same_thread=False)
    try:
        # Exclusive: two consoles writing one show would each be half of it.
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        with db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
            db.execute("CREATE TABLE IF NOT EXISTS bodies (digest TEXT PRIMARY KEY, body BLOB NOT NULL)")
            db.execute(
                "CREATE TABLE IF NOT EXISTS entries (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
                " kind TEXT NOT NULL, body TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '')"
            )
    except BaseException:
        db.close()
        raise
    return db


def _set_aside(path: Path) -> Path:
    stamp = wall_ms()
    aside = path.with_name(f"{path.stem}.{stamp}{path.suffix}")
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside

"""The journal: every event of the show, appended to one SQLite file and durable before it counts as done.

Recovery is a replay of it, the as-run report a query. A rundown is large and changes seldom, so its body is kept
once, by its digest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
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
OURS = 0x53434A31
"""Marks the file as a journal of this program (SQLite's application_id)."""

_NOT_DAMAGE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_NOMEM,
    )
)

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
        """Opens or makes the file. One that is damaged or no journal is set aside under a new name: ``set_aside``.

        Raises JournalError if it is in use, newer than this program, or cannot be written.
        """
        self.path = path
        self.set_aside: Path | None = None
        self.unread = 0
        """Entries that the last reading of ``entries`` passed over."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if _lacks_its_file(path):
                self.set_aside = _set_aside(path)
            try:
                self._db = _open(path)
            except (sqlite3.Error, _Unsound) as error:
                if not _is_damage(error, path):
                    raise
                self.set_aside = _set_aside(path)
                self._db = _open(path)
        except sqlite3.Error as error:
            if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise JournalError(IN_USE) from error
            raise JournalError(NO_ACCESS, path=path, detail=error) from error
        except OSError as error:
            raise JournalError(NO_ACCESS, path=path, detail=error.strerror or error) from error
        if int(self.meta("format") or FORMAT) > FORMAT:
            self._db.close()
            raise JournalError(TOO_NEW, path=path)

    def append(self, entries: Sequence[Entry]) -> None:
        """Writes ``entries`` in one transaction; when it returns they survive a power cut. Raises sqlite3.Error."""
        with self._db:
            for entry in entries:
                body = event_to_json(entry.event)
                if isinstance(entry.event, RundownLoaded):
                    body = self._keep_body(body)
                outcome = entry.outcome.encode(errors="replace").decode()
                self._db.execute(
                    "INSERT INTO entries (at, kind, body, outcome) VALUES (?, ?, ?, ?)",
                    (entry.at, kind_of(entry.event), body, outcome),
                )

    def entries(self) -> Iterator[Entry]:
        """All entries in order. One that this version cannot read is passed over and counted in ``unread``."""
        self.unread = 0
        rows = self._db.execute("SELECT at, kind, body, outcome FROM entries ORDER BY seq")
        for row in rows:
            try:
                yield entry_of(self._db, *row)
            except (ValueError, zlib.error):
                self.unread += 1

    def last_at(self) -> Instant | None:
        """When the last entry was written, by the show's clock; None where there is none."""
        row = self._db.execute("SELECT at FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        return Instant(row[0]) if row is not None and isinstance(row[0], int) else None

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


def entry_of(db: sqlite3.Connection, at: object, kind: str, body: str, outcome: object) -> Entry:
    """The entry of one row. Raises ValueError, zlib.error where this version cannot read it."""
    if not (isinstance(at, int) and isinstance(outcome, str)):
        raise ValueError("not a time and an outcome")
    text = _body(db, body) if kind == RundownLoaded.__name__ else body
    return Entry(Instant(at), event_from_json(kind, text), outcome)


def _body(db: sqlite3.Connection, digest: str) -> str:
    row = db.execute("SELECT body FROM bodies WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        raise ValueError(f"no body {digest}")
    body = zlib.decompress(row[0])
    if hashlib.sha256(body).hexdigest() != digest:
        raise ValueError(f"the body {digest} was changed")
    return body.decode()


def archive(path: Path) -> Path | None:
    """Puts a journal away under a name with the time, so that the next one starts empty; None if there is none.

    Raises JournalError if a console has it open, or if it cannot be renamed.
    """
    if not path.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=0.5)) as db:
            db.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise JournalError(IN_USE) from error
    try:
        return _set_aside(path)
    except OSError as error:
        raise JournalError(NO_ACCESS, path=path, detail=error.strerror or error) from error


class _Unsound(Exception):
    """SQLite can open the file, but what is in it is not a journal."""


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=0.5, check_same_thread=False)
    # A damaged letter costs its own entry, not the reading of all others.
    db.text_factory = lambda text: text.decode(errors="replace")
    try:
        # Exclusive: two consoles writing one show would each be half of it.
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        mark = db.execute("PRAGMA application_id").fetchone()[0]
        fresh = mark == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not fresh and mark != OURS:
            raise _Unsound("another program's database")
        db.commit()
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        # macOS calls it written when the disk has it in its cache; this asks for more there, and nothing elsewhere.
        db.execute("PRAGMA fullfsync = ON")
        if fresh:
            _make_tables(db)
        else:
            _check(db)
    except BaseException:
        db.close()
        raise
    return db


def _make_tables(db: sqlite3.Connection) -> None:
    with db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA application_id = {OURS}")
        db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        db.execute("CREATE TABLE bodies (digest TEXT PRIMARY KEY, body BLOB NOT NULL)")
        db.execute(
            "CREATE TABLE entries (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
            " kind TEXT NOT NULL, body TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '')"
        )
        db.execute("INSERT INTO meta (key, value) VALUES ('format', ?)", (str(FORMAT),))


def _check(db: sqlite3.Connection) -> None:
    """Raises sqlite3.Error or _Unsound where the file is damaged, so that it is known before the show relies on it."""
    row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    if row is None or not str(row[0]).isascii() or not str(row[0]).isdigit():
        raise _Unsound("no format")
    if int(row[0]) > FORMAT:
        return  # its tables are for its own version to judge
    found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise _Unsound(found)
    db.execute("SELECT seq, at, kind, body, outcome FROM entries LIMIT 1").fetchone()
    db.execute("SELECT digest, body FROM bodies LIMIT 1").fetchone()


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_damage(error: Exception, path: Path) -> bool:
    """Whether the file itself is at fault, and not who holds it, or the disk or folder it is on."""
    if not isinstance(error, sqlite3.Error):
        return True
    code = _code(error)
    if code == sqlite3.SQLITE_READONLY:
        # A damaged header can say "read only" of a file that is not.
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return code not in _NOT_DAMAGE


def _lacks_its_file(path: Path) -> bool:
    """A log without the file it belongs to: SQLite would delete it, with whatever it still holds."""
    beside = path.with_name(path.name + "-wal")
    return beside.exists() and beside.stat().st_size > 0 and not (path.exists() and path.stat().st_size > 0)


def _set_aside(path: Path) -> Path:
    """Renames the journal and what SQLite keeps beside it to a name that is free. Raises OSError."""
    stamp = wall_ms()
    while (aside := path.with_name(f"{path.stem}.{stamp}{path.suffix}")).exists():
        stamp += 1
    for ending in ("-wal", "-shm", "-journal", ""):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside

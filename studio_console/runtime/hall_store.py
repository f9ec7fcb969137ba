"""The file of the hall's ledger: for this user alone, durable with every entry, and emptied in time.

It is no part of the journal: that is kept for good, and these are people's names and temperatures.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from studio_console.core.hall import HallReason, TakenBack, Visit, Visitor
from studio_console.core.units import Instant, PersonId

OURS = 0x53434C31
"""Marks the file as a ledger of this program (SQLite's application_id)."""
BUSY = 5.0
"""Seconds that another console on the same ledger is waited for."""
DAY = 86_400_000
USUAL_DAYS = 14
"""Of a damaged file nothing can be read, not even for how long it was to be kept."""

TABLES = """
CREATE TABLE IF NOT EXISTS visits (
  id TEXT PRIMARY KEY, day TEXT NOT NULL, name TEXT NOT NULL, party TEXT NOT NULL, route TEXT NOT NULL,
  temperature INTEGER, mask INTEGER NOT NULL, person TEXT, entered INTEGER NOT NULL, left INTEGER,
  allowed_by TEXT NOT NULL, reasons TEXT NOT NULL, written INTEGER NOT NULL, corrected INTEGER,
  taken_back TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS rules (keep_days INTEGER NOT NULL) STRICT;
"""

ADDED = {"corrected": "INTEGER", "taken_back": "TEXT NOT NULL DEFAULT ''"}
"""Columns that ledgers of before entries could be put right, and going-outs taken back, do not have."""
COLUMNS = (
    "id, day, name, party, route, temperature, mask, person, entered, left, allowed_by, reasons, corrected, taken_back"
)


class HallStore:
    """An open ledger, for one thread. Every method raises sqlite3.Error where the disk does not do it."""

    def __init__(self, path: Path, keep_days: int | None = None) -> None:
        """``keep_days``: for how long its entries are kept from now on. Raises sqlite3.Error and OSError."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite gives what it writes beside the file the file's own rights.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._db = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
        try:
            for order in (
                f"PRAGMA application_id = {OURS}",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                # What is deleted is overwritten, and not only forgotten.
                "PRAGMA secure_delete = ON",
            ):
                self._db.execute(order)
            self._db.executescript(TABLES)
            there = {column[1] for column in self._db.execute("PRAGMA table_info(visits)")}
            for name, kind in ADDED.items():
                if name not in there:
                    self._db.execute(f"ALTER TABLE visits ADD COLUMN {name} {kind}")
            if keep_days is not None:
                self.keep(keep_days)
        except sqlite3.Error:
            self._db.close()
            raise

    def keep(self, days: int) -> None:
        """Writes down for how long entries are kept, for whoever opens the file when this event is over."""
        if self.keep_days != days:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM rules")
            self._db.execute("INSERT INTO rules VALUES (?)", (days,))
            self._db.execute("COMMIT")

    @property
    def keep_days(self) -> int | None:
        found = self._db.execute("SELECT keep_days FROM rules").fetchone()
        return None if found is None else int(found[0])

    def visits(self) -> tuple[Visit, ...]:
        """All entries, in the order of coming in."""
        rows = self._db.execute(f"SELECT {COLUMNS} FROM visits ORDER BY rowid")
        return tuple(_visit(row) for row in rows)

    def add(self, visit: Visit, wall: int) -> None:
        """When it returns the entry survives a power cut. ``wall`` is the real clock in ms, by which it is forgotten:
        that of a rehearsal may be years away."""
        values = (
            *(visit.id, visit.day, *_columns(visit.visitor)),
            *(visit.entered, visit.left, _sound(visit.allowed_by), _words(visit.reasons), visit.corrected),
            *(_moments(visit.taken_back), wall),
        )
        marks = ",".join("?" * len(values))
        self._db.execute(f"INSERT INTO visits ({COLUMNS}, written) VALUES ({marks})", values)

    def correct(self, visit: Visit) -> None:
        """Its entry is as ``visit`` has it, but for when they came and went."""
        self._db.execute(
            "UPDATE visits SET name = ?, party = ?, route = ?, temperature = ?, mask = ?, person = ?, allowed_by = ?,"
            " reasons = ?, corrected = ? WHERE id = ?",
            (*_columns(visit.visitor), _sound(visit.allowed_by), _words(visit.reasons), visit.corrected, visit.id),
        )

    def set_left(self, visit: str, at: Instant) -> None:
        self._db.execute("UPDATE visits SET left = ? WHERE id = ? AND left IS NULL", (at, visit))

    def set_stayed(self, visit: Visit) -> None:
        """They did not go; when that was written, and taken back, stays."""
        self._db.execute(
            "UPDATE visits SET left = NULL, taken_back = ? WHERE id = ?", (_moments(visit.taken_back), visit.id)
        )

    def forget(self, before: int) -> int:
        """Deletes the entries that were written before ``before``, a moment of the real clock; how many those were."""
        count = self._db.execute("DELETE FROM visits WHERE written < ?", (before,)).rowcount
        if count:
            # Else they would stand in the log beside the file for some time yet.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def close(self) -> None:
        self._db.close()


def _columns(one: Visitor) -> tuple[str | int | None, ...]:
    """Name, party, route, temperature, mask, person."""
    person = str(one.person) if one.person is not None else None
    return _sound(one.name), _sound(one.party), one.route, one.temperature, int(one.mask), person


def _words(reasons: Iterable[HallReason]) -> str:
    return " ".join(reason.name for reason in reasons)


def _moments(taken_back: Iterable[TakenBack]) -> str:
    return " ".join(f"{left}/{at}" for left, at in taken_back)


def _taken_back(written: str) -> tuple[TakenBack, ...]:
    pairs = (pair.split("/") for pair in written.split())
    return tuple(TakenBack(Instant(int(left)), Instant(int(at))) for left, at in pairs)


def _visit(row: Iterable[object]) -> Visit:
    (id, day, name, party, route, temperature, mask, person, entered, left, allowed_by, reasons, corrected, undone) = (
        row
    )
    visitor = Visitor(
        str(name),
        str(party),
        str(route),
        temperature if isinstance(temperature, int) else None,
        bool(mask),
        PersonId(str(person)) if person is not None else None,
    )
    known = {reason.name: reason for reason in HallReason}
    return Visit(
        str(id),
        visitor,
        str(day),
        Instant(entered if isinstance(entered, int) else 0),
        Instant(left) if isinstance(left, int) else None,
        str(allowed_by),
        tuple(known[word] for word in str(reasons).split() if word in known),
        Instant(corrected) if isinstance(corrected, int) else None,
        _taken_back(str(undone)),
    )


def _sound(text: str) -> str:
    """Half a surrogate pair cannot be written."""
    return text.encode(errors="replace").decode()


def sweep(ledgers: Iterable[Path], wall: int) -> int:
    """Deletes from ledgers of any event what they were to keep no longer; how many entries. ``wall`` in ms.

    Their files stay, as another console may have them open; one that cannot be read any more goes when it is old.
    """
    forgotten = 0
    for path in ledgers:
        try:
            with closing(HallStore(path)) as store:
                days = store.keep_days
                forgotten += store.forget(wall - (USUAL_DAYS if days is None else days) * DAY)
        except (sqlite3.OperationalError, OSError):
            continue  # in use, or not to be reached: it is looked at again tomorrow
        except sqlite3.DatabaseError:
            with suppress(OSError):
                if path.stat().st_mtime * 1000 < wall - USUAL_DAYS * DAY:
                    path.unlink()
    return forgotten


def set_aside(path: Path, stamp: int) -> Path:
    """Renames a ledger that cannot be read, with what SQLite keeps beside it. Raises OSError."""
    aside = path.with_name(f"{path.stem}.{stamp}{path.suffix}")
    for ending in ("-wal", "-shm", ""):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside

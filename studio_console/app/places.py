"""Where the console keeps what must survive it: one folder a user, one journal an event folder, day and mode."""

from __future__ import annotations

import hashlib
import os
from enum import StrEnum
from pathlib import Path

import platformdirs

from studio_console.core.rundown import Day, Event


class Mode(StrEnum):
    """Rehearsals are kept apart from shows."""

    SHOW = "show"
    REHEARSAL = "rehearsal"


def state_folder() -> Path:
    """``STUDIO_STATE_DIR``, or the user's folder for such data on this system."""
    chosen = os.environ.get("STUDIO_STATE_DIR")
    return Path(chosen) if chosen else platformdirs.user_state_path("studio-console", appauthor=False)


def journal_path(folder: Path, event: Event, day: Day, mode: Mode) -> Path:
    """The journal of a day of the event in ``folder``. Two copies of an event are two shows: each has its own."""
    return state_of(folder, event) / f"{day.id}-{mode}.journal"


def edits_path(folder: Path, event: Event, day: Day, mode: Mode) -> Path:
    """The log of edits of a day: beside its journal, whose lock is its own as well."""
    return state_of(folder, event) / f"{day.id}-{mode}.edits"


def state_of(folder: Path, event: Event) -> Path:
    """What is kept of the event in ``folder``."""
    where = os.path.normcase(folder.resolve())
    mark = hashlib.sha256(where.encode(errors="surrogateescape")).hexdigest()[:8]
    return state_folder() / f"{event.id}-{mark}"


def ledger_path(journal: Path, mode: Mode) -> Path:
    """The hall's ledger of the event whose journals lie where ``journal`` does: one for all its days."""
    return journal.with_name(f"hall-{mode}.ledger")


def ledgers() -> list[Path]:
    """The ledgers of every event that was ever open here, those that were put away too."""
    return sorted(state_folder().glob("*/hall-*.ledger"))


def documents_folder() -> Path:
    """Where what a person asked for is written."""
    return platformdirs.user_documents_path()

"""Where the console keeps what must survive it: one folder a user, one journal a day and mode."""

from __future__ import annotations

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


def journal_path(event: Event, day: Day, mode: Mode) -> Path:
    return state_folder() / event.id / f"{day.id}-{mode}.journal"

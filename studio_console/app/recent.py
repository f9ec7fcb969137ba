"""The events that were open on this machine, newest first, in a file of their own among the user's state."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio_console.app.places import state_folder
from studio_console.core.first_start import Recent
from studio_console.core.text import Text
from studio_console.files.atomic import NotWritten, write_whole
from studio_console.files.folder import STUDIO

MOST = 8


class RecentEvents:
    """What cannot be read was never there, and what cannot be written is forgotten: no show hangs on it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path if path is not None else state_folder() / "recent-events.json"

    def read(self) -> tuple[Recent, ...]:
        entries: list[Any] = []
        with contextlib.suppress(OSError, ValueError):
            entries = json.loads(self._path.read_text("utf-8"))
        found = []
        for entry in entries if isinstance(entries, list) else ():
            with contextlib.suppress(KeyError, TypeError):
                folder, title = str(entry["folder"]), Text(str(entry["ko"]), str(entry["en"]))
                found.append(Recent(folder, title, _is_there(Path(folder))))
        return tuple(found[:MOST])

    def add(self, folder: Path, title: Text) -> None:
        """Puts the event first."""
        name = str(folder.resolve())
        self._write([Recent(name, title), *(entry for entry in self.read() if entry.folder != name)])

    def forget(self, folder: str) -> tuple[Recent, ...]:
        """The list without that event; its folder stays as it is."""
        self._write([entry for entry in self.read() if entry.folder != folder])
        return self.read()

    def _write(self, entries: Sequence[Recent]) -> None:
        listed = [{"folder": entry.folder, "ko": entry.title.ko, "en": entry.title.en} for entry in entries[:MOST]]
        with contextlib.suppress(OSError, ValueError, NotWritten):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(listed, ensure_ascii=False, indent=1).encode("utf-8"))


def _is_there(folder: Path) -> bool:
    try:
        return (folder / STUDIO).is_file()
    except (OSError, ValueError):
        return False

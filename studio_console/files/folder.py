"""Which files of an event folder are read, and as what."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

PARTS = ("layouts", "rundown")
STUDIO = "layouts/studio.yaml"
EVENT = "rundown/event.yaml"
PEOPLE = "rundown/people.yaml"

State: TypeAlias = tuple[int, int, int]
"""What tells one state of a file from another: time, size and identity."""
Snapshot: TypeAlias = dict[str, State]


def is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that no file can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def has_event(folder: Path) -> bool:
    """Whether there is an event in ``folder``, good or not."""
    try:
        return (folder / STUDIO).exists() or (folder / EVENT).exists()
    except (OSError, ValueError):
        return False


def is_event_file(part: str, name: str) -> bool:
    """Whether the file ``name`` in the part ``part`` of an event folder is read; editors' own files are not."""
    if not name.endswith(".yaml") or name.startswith((".", "~", "#")):
        return False
    return part == "layouts" or is_day(name) or is_people(name) or name == "event.yaml"


def is_people(name: str) -> bool:
    return name == "people.yaml" or name.startswith("people-")


def is_day(name: str) -> bool:
    return name.startswith("day-")


def is_layouts(name: str) -> bool:
    return name != "studio.yaml"


def files(folder: Path, part: str, wanted: Callable[[str], bool]) -> list[str]:
    """The event files in ``part`` whose name is ``wanted``, in the order of their names."""
    return [f"{part}/{name}" for name in names(folder / part) if is_event_file(part, name) and wanted(name)]


def names(folder: Path) -> list[str]:
    """The names in ``folder``, hidden and temporary ones left out; none where it cannot be read."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith((".", "~", "#")))
    except OSError:
        return []


def snapshot(folder: Path) -> Snapshot:
    """What tells one state of the event files from another: time, size and identity of each."""
    found: Snapshot = {}
    for part in PARTS:
        try:
            entries = list(os.scandir(folder / part))
        except (OSError, ValueError):
            continue  # not there now, it may come back; or a name that no folder can have
        for entry in entries:
            if is_event_file(part, entry.name):
                try:
                    # Not entry.stat(): on Windows that one is from when the folder was last written.
                    status = Path(entry.path).stat()
                except OSError:
                    continue
                found[f"{part}/{entry.name}"] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found

"""A file takes another one's place as a whole, and never over what somebody else saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio_console.files.saving import clear_leftovers, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "day-1.yaml"
    path.write_bytes(b"old")
    return path


def test_what_is_told_is_what_is_there(file: Path) -> None:
    """The state that comes back is that of the new file, so that the watcher knows it for the desk's own."""
    state = save(file, b"new", b"old")
    status = file.stat()
    assert state == (status.st_mtime_ns, status.st_size, status.st_ino)
    assert file.read_bytes() == b"new"


def test_what_somebody_else_saved_stays(file: Path) -> None:
    assert save(file, b"new", b"as it was read") is None
    assert file.read_bytes() == b"old"
    assert [path.name for path in file.parent.iterdir()] == ["day-1.yaml"]


def test_a_read_only_file_is_left_alone(file: Path) -> None:
    """Who made it read-only meant it, whoever runs the console."""
    file.chmod(0o444)
    with pytest.raises(PermissionError):
        save(file, b"new", b"old")
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    """The event's files may be kept elsewhere."""
    link = tmp_path / "day-2.yaml"
    link.symlink_to(file)
    assert save(link, b"new", b"old") is not None
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_what_a_killed_console_left_is_cleared_away(file: Path) -> None:
    left = file.with_name(".day-1.yaml.x7.edit")
    left.write_bytes(b"half")
    mine = file.with_name("notes.edit")
    mine.write_bytes(b"not the console's")
    clear_leftovers(file.parent)
    assert sorted(path.name for path in file.parent.iterdir()) == ["day-1.yaml", "notes.edit"]

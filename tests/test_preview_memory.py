"""Pictures go from one process to another through memory; nothing of it is left, and nothing half written is read."""

from __future__ import annotations

import errno
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio_console.devices.previews import memory as module
from studio_console.devices.previews.memory import PREFIX, SLOTS, PictureMemory, Shape, sweep

SHAPE = Shape(streams=3, width=32, height=18)


@contextmanager
def two_sides() -> Iterator[tuple[PictureMemory, PictureMemory]]:
    """The console's side, and the worker's."""
    console = PictureMemory(SHAPE)
    worker = PictureMemory(SHAPE, console.name)
    yield console, worker
    worker.close()
    console.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_folders", lambda: (tmp_path,))
    return tmp_path


def test_a_picture_crosses() -> None:
    """What the worker wrote is what the console reads, and the other streams are as they were."""
    with two_sides() as (console, worker):
        for number in range(1, 8):
            slot = number % SLOTS
            place = worker.slot(1, slot)
            place[:4] = bytes([number, 2, 3, 4])
            place.release()
            worker.publish(1, slot, 16, 9, 64)
            header = console.header(1)
            assert header[:5] == (number, slot, 16, 9, 64)
            assert bytes(console.slot(1, header.slot)[:4]) == bytes([number, 2, 3, 4])
        assert [console.header(stream).sequence for stream in (0, 2)] == [0, 0]


def test_every_slot_is_a_place_of_its_own() -> None:
    """Writing one to its last byte touches no other one and no header."""
    with two_sides() as (console, worker):
        worker.publish(2, 1, 32, 18, 128)
        for number in range(SHAPE.streams * SLOTS):
            worker.slot(*divmod(number, SLOTS))[:] = bytes([number + 1]) * SHAPE.slot_bytes
        for number in range(SHAPE.streams * SLOTS):
            assert set(bytes(console.slot(*divmod(number, SLOTS)))) == {number + 1}
        assert console.header(2)[:5] == (1, 1, 32, 18, 128)


def test_a_level_needs_no_picture() -> None:
    """Sound is measured between pictures too, and no picture takes it away."""
    with two_sides() as (console, worker):
        worker.put_level(0, -12.5)
        assert console.header(0).level == -12.5
        worker.publish(0, 0, 16, 9, 64)
        assert console.header(0).level == -12.5
        worker.put_level(0, math.nan)
        assert math.isnan(console.header(0).level)
        assert console.header(0).sequence == 1


def test_what_is_half_written_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker dies in the middle of a header: the console keeps to the picture before."""
    with two_sides() as (console, worker):
        worker.publish(0, 1, 16, 9, 64)
        assert console.header(0).slot == 1

        class Killed(Exception):
            pass

        class Dies:
            def pack_into(self, target: object, at: int, *fields: int) -> None:
                module._NUMBER.pack_into(worker._map, at, 999)
                raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(module, "_FIELDS", Dies())
            with pytest.raises(Killed):
                worker.publish(0, 2, 32, 18, 128)
        assert console.header(0)[:5] == (1, 1, 16, 9, 64)
        worker.publish(0, 2, 32, 18, 128)
        assert console.header(0)[1:5] == (2, 32, 18, 128)


def test_a_new_worker_goes_on_counting() -> None:
    """Its first picture is another one than the last of the worker before."""
    with two_sides() as (console, first):
        first.publish(0, 0, 16, 9, 64)
        first.publish(0, 1, 16, 9, 64)
        second = PictureMemory(SHAPE, console.name)
        second.publish(0, 2, 16, 9, 64)
        second.close()
        assert console.header(0).sequence == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no name when both have ended")
def test_there_is_no_file_at_any_time_and_pictures_cross(folder: Path) -> None:
    with two_sides() as (console, worker):
        assert list(folder.iterdir()) == []
        console.handed_over()
        worker.publish(0, 0, 16, 9, 64)
        assert console.header(0).sequence == 1
        with pytest.raises(OSError):
            PictureMemory(SHAPE, console.name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no name when both have ended")
def test_what_a_killed_console_left_is_swept_away(folder: Path) -> None:
    """Its own and another living console's are not touched, nor what is somebody else's file."""
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left = folder / f"{PREFIX}{killed.pid}-abc"
    odd = ("nobody", "9" * 200, "99999999999999999999-abc", "²-abc", "-", "")
    kept = [folder / f"{PREFIX}{os.getppid()}-abc", folder / "anything"]
    kept += [folder / f"{PREFIX}{name}" for name in odd]
    for path in (left, *kept):
        path.write_bytes(b"x")
    sweep()
    assert set(folder.iterdir()) == set(kept)


@pytest.mark.skipif(sys.platform == "win32", reason="the tag of a mapping on Windows makes it")
def test_a_name_that_does_not_exist_is_not_opened(folder: Path) -> None:
    with pytest.raises(OSError):
        PictureMemory(SHAPE, str(folder / f"{PREFIX}1-nothing"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it in the paging file")
@pytest.mark.parametrize("flag", ["none", "refused", "as it is"])
def test_nothing_has_a_name_when_it_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch, flag: str) -> None:
    """Where the system makes nameless files, where its file system cannot, and where there is no such thing."""
    if flag == "none":
        monkeypatch.delattr(module.os, "O_TMPFILE", raising=False)
    if flag == "refused":
        monkeypatch.setattr(module.os, "O_TMPFILE", os.O_DIRECTORY | os.O_WRONLY, raising=False)
    with two_sides() as (console, worker):
        worker.publish(0, 1, 16, 9, 64)
        assert console.header(0).sequence == 1
        assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it in the paging file")
def test_a_full_place_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container gives /dev/shm 64 MB; writing where there is no room would end the process without a word."""
    full = folder / "full"
    full.mkdir()
    real = os.posix_fallocate

    def reserve(handle: int, begin: int, size: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink().parent == full:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle, begin, size)

    monkeypatch.setattr(module.os, "posix_fallocate", reserve)
    monkeypatch.setattr(module, "_folders", lambda: (full, folder))
    memory = PictureMemory(SHAPE)
    assert Path(f"/proc/self/fd/{memory.handles[0]}").readlink().parent == folder
    assert list(full.iterdir()) == []
    memory.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it in the paging file")
def test_no_room_anywhere_is_said_and_nothing_is_left(folder: Path) -> None:
    """The limit on a file's size stands for a disk that is full."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SHAPE.total_bytes // 2, hard))
    try:
        with pytest.raises(OSError):
            PictureMemory(SHAPE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(folder.iterdir()) == []

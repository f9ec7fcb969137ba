"""What the program keeps of the memory it used, and what the collector of cycles does not look at again and again."""

from __future__ import annotations

import ctypes
import gc
import os
import platform
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio_console.app.memory import ARENAS, LARGE, be_lean, keep, let_go, settle
from tests.sources import REPOSITORY


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


class Thing:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_kept_out_and_what_comes_later_is_still_collected() -> None:
    there = [Thing() for _ in range(1_000)]
    settle()
    assert gc.get_freeze_count() > len(there)
    looked_at = len(gc.get_objects())
    assert looked_at < gc.get_freeze_count() / 2
    for _ in range(100):
        Thing()
    assert gc.collect() >= 100, "a cycle of later is found"


def test_a_new_rundown_is_kept_out_too() -> None:
    settle()
    before = gc.get_freeze_count()
    rundown = [Thing() for _ in range(500)]
    keep()
    assert gc.get_freeze_count() >= before + len(rundown)


def test_what_is_in_cycles_goes_once_the_desk_is_closed() -> None:
    """Pictures of guests hang on it, megabytes of them: the next desk of this process begins without."""
    thing = Thing()
    gone = weakref.ref(thing)
    settle()
    del thing
    gc.collect()
    assert gone() is not None
    let_go()
    gc.collect()
    assert gone() is None


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of glibc")
@pytest.mark.parametrize("lean", [True, False])
def test_threads_share_their_stores_and_what_is_large_goes_back_at_once(tmp_path: Path, lean: bool) -> None:
    """Many threads take and free pictures; without a word to the C library the memory of each stays with it."""
    command = [sys.executable, "-m", "tests.test_memory", str(tmp_path / "malloc.xml"), *(["lean"] if lean else [])]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=REPOSITORY)
    stores, mapped = done.stdout.split()
    assert (int(stores) <= ARENAS, int(mapped)) == (lean, int(lean))


class Mallinfo(ctypes.Structure):
    """glibc's ``struct mallinfo2``; ``hblks`` is the number of blocks that are not in any store."""

    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", *"abcdef")]


def _use_memory(report: str) -> tuple[int, int]:
    """How many stores many threads have, and whether a block that is just large is in none of them."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
    libc.malloc.argtypes, libc.free.argtypes = [ctypes.c_size_t], [ctypes.c_void_p]
    libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
    libc.mallinfo2.restype = Mallinfo
    together = threading.Barrier(4 * ARENAS + 1)

    def use() -> None:
        libc.free(libc.malloc(1_000))
        together.wait()

    threads = [threading.Thread(target=use) for _ in range(4 * ARENAS)]
    for thread in threads:
        thread.start()
    together.wait()
    for thread in threads:
        thread.join()
    libc.free(libc.malloc(4 * LARGE))
    before = libc.mallinfo2().hblks
    held = libc.malloc(LARGE + 1)
    mapped = libc.mallinfo2().hblks - before
    libc.free(held)
    file = libc.fopen(report.encode(), b"w")
    libc.malloc_info(0, file)
    libc.fclose(file)
    return Path(report).read_text("utf-8").count("<heap nr="), mapped


if __name__ == "__main__":
    if "lean" in sys.argv:
        be_lean()
    print(*_use_memory(sys.argv[1]))

"""What a worker of the previews is started with, and to whom it gives way."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from studio_console.devices.previews import process
from studio_console.devices.previews.process import APART, LEAN_MEMORY, WorkerProcess, environment, give_way
from studio_console.devices.previews.protocol import Alive, to_line
from tests.waiting import wait_until

NICE = 10
WAITS = [sys.executable, "-c", "input()"]


def autogroup(pid: int) -> tuple[str, int] | None:
    """The session's share in the scheduler's eyes: its name, and how nice it is; None where Linux has no such thing."""
    file = Path(f"/proc/{pid}/autogroup")
    switch = Path("/proc/sys/kernel/sched_autogroup_enabled")
    if not file.exists() or not switch.exists() or switch.read_text().strip() != "1":
        return None
    name, _, nice = file.read_text().split()
    return name, int(nice)


def test_a_worker_gives_memory_back_and_is_told_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guest who comes and goes all day is not to make it grow; who knows better may say so."""
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_PROGRAM", "a secret")
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    monkeypatch.delenv("MALLOC_MMAP_THRESHOLD_", raising=False)
    made = environment()
    assert "a secret" not in made.values()
    assert made["MALLOC_ARENA_MAX"] == "1"
    assert made["MALLOC_MMAP_THRESHOLD_"] == LEAN_MEMORY["MALLOC_MMAP_THRESHOLD_"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority")
def test_who_is_apart_gives_way_to_other_sessions_too_and_the_console_does_not() -> None:
    """OBS is in another session than the console; niceness alone would count among the console's own processes."""
    own = autogroup(psutil.Process().pid)
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE, start_new_session=APART) as child:
        wait_until(lambda: give_way(child.pid, NICE))
        assert psutil.Process(child.pid).nice() == NICE
        if own is not None:
            theirs = autogroup(child.pid)
            assert theirs is not None
            assert (theirs[0] != own[0], theirs[1]) == (True, NICE)
        child.communicate(b"\n")
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE) as together:
        assert give_way(together.pid, NICE)
        assert autogroup(psutil.Process().pid) == own
        together.communicate(b"\n")
    assert give_way(together.pid, NICE), "who has ended has nothing to give"


def test_what_the_system_puts_off_is_tried_again_at_the_next_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux does it for one session in a tenth of a second, and seven workers start at once."""
    answers = [False, False, True]
    monkeypatch.setattr(process, "give_way", lambda pid, nice: answers.pop(0))
    line = to_line(Alive(0, 0, 0))
    code = f"for _ in range(4): print({line!r}, end='', flush=True)"

    ended = threading.Event()
    worker = WorkerProcess([sys.executable, "-c", code], NICE, lambda _: None, ended.set)
    wait_until(ended.is_set)
    wait_until(lambda: worker.gone)
    assert answers == []

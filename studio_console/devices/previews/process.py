"""One worker process: started, spoken to, listened to, ended. Nothing of it stays: no zombie, no handle, no thread.

No method waits. A thread writes what is to be said, since a hung worker does not read; another reads what it says.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TypeAlias

from studio_console.devices.manners import APART, Manners
from studio_console.devices.previews.protocol import Alive, End, Hello, NotHeard, Order, Report, from_line, to_line
from studio_console.devices.previews.setup import Setup

LOG = logging.getLogger(__name__)

PASSWORDS = "STUDIO_OBS_PASSWORD"
LINE_AT_MOST = 4096
FLUENCY_OVER = 8
"""Signs of life over which it is reckoned: two seconds' worth."""
GARBAGE_AT_MOST = 100
"""Unreadable lines after which a worker counts as gone mad."""

News: TypeAlias = Hello | Report | NotHeard
Command: TypeAlias = Callable[[Setup], Sequence[str]]
"""How a worker is started, as an argument list."""
LEAN_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_ARENA_MAX": "4"}
"""Of glibc, elsewhere without meaning. A connection's buffers have 16 MB, and each of its threads would keep what they
leave in a heap of its own: a guest who comes and goes all day made the worker grow. So they go back to the system."""


def worker_command(setup: Setup) -> Sequence[str]:
    """The worker of this package, by the interpreter that runs the console."""
    return [sys.executable, "-m", "studio_console.devices.previews.worker", setup.to_argument()]


class WorkerProcess:
    """A worker from its start to its end. ``on_said`` and ``on_end`` are called in its reader thread, the end once.

    Signs of life are kept here and not passed on: ``alive_at`` (s, monotonic), ``late_ms``. It inherits ``handles``.
    Raises OSError.
    """

    def __init__(
        self,
        command: Sequence[str],
        nice: int,
        on_said: Callable[[News], None],
        on_end: Callable[[], None],
        handles: tuple[int, ...] = (),
    ) -> None:
        self.started_at = self.alive_at = time.monotonic()
        self.late_ms = 0
        self._told: deque[Alive] = deque(maxlen=FLUENCY_OVER)
        self.mad = False
        self._on_said = on_said
        self._on_end = on_end
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What VLC complains about names the address, and that may have a passphrase in it.
            stderr=subprocess.DEVNULL,
            env=environment(),
            creationflags=creation_flags(),
            start_new_session=APART,
            pass_fds=handles,
        )
        self._manners = Manners(self._process.pid, nice)
        self.pid = self._process.pid
        self._threads = [
            threading.Thread(target=self._write, name=f"previews writer {self.pid}", daemon=True),
            threading.Thread(target=self._read, name=f"previews reader {self.pid}", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, order: Order) -> None:
        self._orders.put(order)

    def end(self) -> None:
        """Asks it to end by itself."""
        self._orders.put(End())
        self._orders.put(None)

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()
        self._orders.put(None)

    @property
    def running(self) -> bool:
        """Whether the process is there. Asking takes the zombie away."""
        return self._process.poll() is None

    @property
    def gone(self) -> bool:
        """Whether nothing is left of it: no process, no thread, no handle."""
        return not self.running and not any(thread.is_alive() for thread in self._threads)

    @property
    def exit_code(self) -> int | None:
        """As ``subprocess`` has it: negative for the signal that killed it."""
        return self._process.poll()

    # --- its threads --------------------------------------------------------------------------------------------

    def _write(self) -> None:
        pipe = _there(self._process.stdin)
        with contextlib.suppress(OSError, ValueError), pipe:
            while (order := self._orders.get()) is not None:
                pipe.write(to_line(order).encode())
                pipe.flush()

    def _read(self) -> None:
        pipe = _there(self._process.stdout)
        garbage = 0
        try:
            with contextlib.suppress(OSError), pipe:
                while line := pipe.readline(LINE_AT_MOST):
                    try:
                        self._take_in(from_line(line.decode()))
                    except (ValueError, RecursionError):
                        garbage += 1
                        self.mad = garbage > GARBAGE_AT_MOST
                        if garbage == 1:
                            LOG.warning("preview worker %d said something that makes no sense", self.pid)
        finally:
            self._orders.put(None)
            self._on_end()
            # Who listened here holds the worker's pictures: they are to go with it, and not at some later time.
            self._on_said = self._on_end = _to_nobody

    @property
    def fluency(self) -> float | None:
        """The share of the pictures that its streams should have brought lately; None where they bring none."""
        told = list(self._told)
        due = sum(each.due for each in told)
        return min(1.0, sum(each.fresh for each in told) / due) if due else None

    def _take_in(self, said: object) -> None:
        """Raises ValueError for what a worker does not say."""
        match said:
            case Alive():
                self.late_ms = said.late_ms
                self._told.append(said)
                self.alive_at = time.monotonic()
                self._manners.heard(self.late_ms, self.alive_at)
            case Hello() | Report() | NotHeard():
                self.alive_at = time.monotonic()
                self._on_said(said)
            case _:
                raise ValueError("not a report")


def _to_nobody(*_said: object) -> None:
    return None


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "asked for with PIPE"
    return pipe


def environment() -> dict[str, str]:
    """This process's, so that the package is found, without the passwords: a worker needs none of them."""
    environment = LEAN_MEMORY | {name: value for name, value in os.environ.items() if not name.startswith(PASSWORDS)}
    root = str(Path(__file__).resolve().parents[3])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [root, environment.get("PYTHONPATH")]))
    return environment


def creation_flags() -> int:
    """Windows: no window of its own, behind the console in priority, and deaf to its Ctrl-C."""
    if sys.platform != "win32":
        return 0
    return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS

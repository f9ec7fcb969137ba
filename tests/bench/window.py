"""From the start of the process to the first picture of the desk, in rehearsal on the sample event."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from studio_console.app.priority import RAISED
from tests.bench.result import Result, at_most

LIMIT = 1.5
RUNS = 7
HERE = Path(__file__).parents[2]


def measure_window() -> list[Result]:
    """The median of several starts, after one that warms the disk's cache; each with a journal of its own."""
    with screen_of_its_own() as screen:
        starts = [_one_start(screen) for _ in range(RUNS + 1)][1:]
    seconds, busy = zip(*starts, strict=True)
    platform = screen["QT_QPA_PLATFORM"]
    note = f"{RUNS} starts on {platform}, {min(seconds):.2f} to {max(seconds):.2f} s; {min(busy):.2f} s of a processor"
    return [at_most("window", statistics.median(seconds), "s", LIMIT, note)]


def _one_start(screen: dict[str, str]) -> tuple[float, float]:
    """Seconds until the desk was painted, and seconds of a processor that it took for that."""
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, **screen, "STUDIO_STATE_DIR": state}
        began = time.time_ns()
        command = [sys.executable, "-m", "tests.bench.paint_probe", str(HERE)]
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=60)
        painted = [line for line in done.stdout.splitlines() if line.startswith("painted ")]
        if done.returncode != 0 or not painted:
            said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
            raise RuntimeError(f"the desk ended with status {done.returncode} unpainted and said: {said}")
        _, when, busy = painted[0].split()
        return (int(when) - began) / 1e9, int(busy) / 1e9


@contextmanager
def screen_of_its_own() -> Iterator[dict[str, str]]:
    """An X screen of its own where there is Xvfb; else Qt's drawing without any."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        try:
            os.close(writer)
            with os.fdopen(reader) as answer:
                number = answer.readline().strip()
            assert number, "Xvfb found no display"
            # It draws for the console alone: on a desk a graphics card does, and nobody's video takes its turn.
            with suppress(psutil.AccessDenied):
                psutil.Process(server.pid).nice(RAISED)
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        finally:
            server.terminate()

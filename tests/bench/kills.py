"""A thousand kills at random moments of a simulated day, and how long the console takes to be back."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from studio_console.runtime.journal import Journal
from tests.bench.progress import steps
from tests.bench.result import Result, at_most, not_measured
from tests.recovery import Report, Witness, run_console

KILLS = 1_000
CUES = 100
LIFE = 0.06
"""Seconds of work, at most, before a kill. In one life of four they count from its start, and it is not back yet."""
PATIENCE = 60.0
RECOVERIES = 7
RECOVERY_LIMIT = 2.0
"""Seconds from the start of the process."""
HERE = Path(__file__).parents[2]


def measure_kills() -> list[Result]:
    """Lives of the console one after the other on one journal, a new one when its day is over."""
    chance = random.Random(1)
    # A server that has everything imported forks the consoles, so that a life is spent working and not starting.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    context.set_forkserver_preload(["tests.bench.__main__"])
    witnesses: list[Witness] = []
    reports = early = kills = 0
    with tempfile.TemporaryDirectory() as name, steps("kills", KILLS) as step:
        while kills < KILLS:
            if not witnesses or witnesses[-1].over:
                witnesses.append(Witness(Path(name) / f"day-{len(witnesses)}.journal"))
            said, killed = _one_life(context, witnesses[-1].path, kills, chance)
            witnesses[-1].look(said)
            reports += len(said)
            if killed:
                early += not any("back" in report for report in said)
                kills += 1
                step()
        for witness in witnesses:
            witness.settle()
        recovery = _measure_recovery(Path(name))
    lost = [fault for witness in witnesses for fault in witness.lost]
    unrebuildable = [fault for witness in witnesses for fault in witness.unrebuildable]
    takes = sum(witness.takes for witness in witnesses)
    note = f"{reports} reports in {len(witnesses)} days, {early} kills before the console was back"
    if reports < KILLS:
        return [not_measured("kills", "faults", 0, f"the lives were too short to prove anything: {note}"), recovery]
    faults = len(lost) + len(unrebuildable) + takes
    if faults:
        note = f"lost {lost[:2]}, not rebuilt {unrebuildable[:2]}, {takes} takes by coming back; {note}"
    return [at_most("kills", faults, "faults", 0, note), recovery]


def _one_life(context: Any, path: Path, seed: int, chance: random.Random) -> tuple[list[Report], bool]:
    """What a console said before it was killed, at some moment; whether it was, or was through before."""
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_live, args=(path, seed, there))
    process.start()
    there.close()
    said: list[Report] = []
    seconds, early = chance.uniform(0, LIFE), chance.random() < 0.25
    with here:
        with contextlib.suppress(EOFError):
            here.recv()  # it has begun: how long the fork took is not part of its life
            end = time.monotonic() + (seconds if early else PATIENCE)
            while (left := end - time.monotonic()) > 0:
                if here.poll(left):
                    said.append(here.recv())
                    if "back" in said[-1] and not early:
                        end = time.monotonic() + seconds
            process.kill()
            while True:
                said.append(here.recv())
        process.join()
    killed = process.exitcode != 0
    process.close()
    return said, killed


def _live(path: Path, seed: int, pipe: Connection) -> None:
    pipe.send("begun")
    run_console(path, seed, CUES, pipe.send)


def _measure_recovery(folder: Path) -> Result:
    """Whole processes on the journal of a long day that was killed late in it; the slowest is judged."""
    path = folder / "long.journal"
    _until(path, 0, lambda number, report: number > 400)
    took = [_until(path, seed, lambda _, report: "back" in report) for seed in range(1, RECOVERIES + 1)]
    entries = _count(path)
    note = f"slowest of {RECOVERIES} starts with interpreter and imports, median {statistics.median(took):.2f} s; "
    return at_most("recovery", max(took), "s", RECOVERY_LIMIT, note + f"{entries} entries to replay")


def _until(path: Path, seed: int, done: Callable[[int, Report], bool]) -> float:
    """Runs a console until ``done`` with what it reports, kills it, and says how long that took, in seconds."""
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.recovery", str(path), str(seed), "1000"]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for number, line in enumerate(process.stdout):
                if done(number, json.loads(line)):
                    return time.monotonic() - began
        finally:
            process.kill()
    raise RuntimeError("the console ended before it was killed")


def _count(path: Path) -> int:
    with contextlib.closing(Journal(path)) as journal:
        return sum(1 for _ in journal.entries())

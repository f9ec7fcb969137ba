"""Eight hours of show at speed: memory that stays flat, and nothing left behind."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

from tests.bench.result import Result, at_most

LIMIT = 2.0
"""Per cent that memory may grow by, of the console and all its processes, from the settled state to the end."""
HOURS = float(os.environ.get("SOAK_HOURS", "8"))
"""Other for a trial."""
SPEED = 48.0
"""Ten minutes for eight hours: a cue every six seconds, and the same pictures and alarms a second as at any speed."""
SETTLED = 0.3
"""The share of the run that is not looked at. Every cue was on air before it; not every view was."""
STAYS = 0.5
"""The share of the run that a process has to live for its memory to be looked at: one that ends takes its own along."""
Samples: TypeAlias = list[dict[str, Any]]
HERE = Path(__file__).parents[2]


def measure_soak() -> list[Result]:
    """How much straight lines through the memory of the processes that stay rise, and what else is more at the end."""
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "STUDIO_STATE_DIR": state}
        command = [sys.executable, "-m", "tests.bench.soak_probe", str(HOURS), str(SPEED)]
        patience = HOURS * 3_600 / SPEED * 1.5 + 600
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=patience)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"the desk ended with status {done.returncode}: {done.stderr.strip()[-300:]}")
    report = json.loads(done.stdout.splitlines()[-1])
    samples = report["samples"]
    late = [sample for sample in samples if sample["at"] >= SETTLED * samples[-1]["at"]]
    staying = _staying(late)
    rises = [_rise(late, process) for process in staying]
    begun = sum(start for start, _ in rises)
    per_cent = sum(rise for _, rise in rises) / begun * 100
    part = len(late) // 4
    grown = {
        name: _median(late[-part:], name) - _median(late[:part], name) for name in ("threads", "timers", "handles")
    }
    note = "MB of the desk and its workers: " + ", ".join(f"{start:.0f} {rise:+.1f}" for start, rise in rises)
    note += f"; all processes {_whole(late[:part]):.0f} MB, in the end {_whole(late[-part:]):.0f}"
    note += f"; {report['cues']} cues taken"
    note += "; more at the end: " + ", ".join(f"{count:+.0f} {name}" for name, count in grown.items())
    note += "; left behind: " + ", ".join(f"{count:+.0f} {name}" for name, count in report["left"].items())
    kept = any(count > 0 for count in (*grown.values(), *report["left"].values()))
    result = at_most("soak", per_cent, "%", LIMIT, note)
    return [Result(result.name, result.value, result.unit, LIMIT, result.holds and not kept, note=note)]


def _staying(samples: Samples) -> list[str]:
    """The numbers of the processes that stay, the desk's own first."""
    first: dict[str, int] = {}
    for sample in samples:
        for process in sample["memory"]:
            first[process] = first.get(process, 0) + 1
    return [process for process, seen in first.items() if seen >= STAYS * len(samples)]


def _rise(samples: Samples, process: str) -> tuple[float, float]:
    """The memory of ``process`` in MB when the samples begin, and by how much it is more when they end."""
    points = [(sample["at"], sample["memory"][process]) for sample in samples if process in sample["memory"]]
    slope, start = statistics.linear_regression([at for at, _ in points], [memory for _, memory in points])
    begin, end = samples[0]["at"], samples[-1]["at"]
    return start + slope * begin, slope * (end - begin)


def _median(samples: Samples, name: str) -> float:
    return statistics.median(sample[name] for sample in samples)


def _whole(samples: Samples) -> float:
    """Of all processes, those that come and go as well."""
    return statistics.mean(sum(sample["memory"].values()) for sample in samples)

"""Eight hours of show at speed: memory that stays flat, and nothing left behind."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.result import Result, at_most

LIMIT = 2.0
"""Per cent that memory may grow by, of the console and all its processes, from the settled state to the end."""
HOURS = 8.0
SPEED = 48.0
"""Ten minutes for eight hours: a cue every six seconds, and the same pictures and alarms a second as at any speed."""
SETTLED = 0.3
"""The share of the run after which everything was used once: every view painted, every scene taken into caches."""
HERE = Path(__file__).parents[2]


def measure_soak() -> list[Result]:
    """How much a straight line through the memory of all processes rises, and what else is more at the end.

    Looked at is when as many processes run as most of the time: whoever is seen closely has one of their own meanwhile,
    which is no growth, nor is its end a gain.
    """
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "STUDIO_STATE_DIR": state}
        command = [sys.executable, "-m", "tests.bench.soak_probe", str(HOURS), str(SPEED)]
        patience = HOURS * 3_600 / SPEED * 1.5 + 120
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=patience)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"the desk ended with status {done.returncode}: {done.stderr.strip()[-300:]}")
    report = json.loads(done.stdout.splitlines()[-1])
    samples = report["samples"]
    late = [sample for sample in samples if sample["at"] >= SETTLED * samples[-1]["at"]]
    usual = statistics.mode(sample["children"] for sample in late)
    settled = [sample for sample in late if sample["children"] == usual]
    slope, start = statistics.linear_regression(
        [sample["at"] for sample in settled], [sample["memory"] for sample in settled]
    )
    growth = slope * (late[-1]["at"] - late[0]["at"])
    per_cent = growth / (start + slope * settled[0]["at"]) * 100
    part = len(settled) // 4
    grown = {
        name: statistics.median(sample[name] for sample in settled[-part:])
        - statistics.median(sample[name] for sample in settled[:part])
        for name in ("threads", "timers", "handles")
    }
    note = f"{growth:+.1f} MB of {settled[0]['memory']:.0f} MB in {usual:.0f} processes beside the desk's, "
    note += f"{len(settled)} of {len(late)} samples; {report['cues']} cues taken; "
    note += "more at the end: " + ", ".join(f"{count:+.0f} {name}" for name, count in grown.items())
    note += "; left behind: " + ", ".join(f"{count:+.0f} {name}" for name, count in report["left"].items())
    kept = any(count > 0 for count in (*grown.values(), *report["left"].values()))
    result = at_most("soak", per_cent, "%", LIMIT, note)
    told = settled[-1]["at"] - settled[0]["at"] > (late[-1]["at"] - late[0]["at"]) / 2
    return [Result(result.name, result.value, result.unit, LIMIT, result.holds and told and not kept, note=note)]

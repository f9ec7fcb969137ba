"""A cue sheet of two thousand cues is scrolled and searched without the window standing still."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.result import Result, at_most
from tests.bench.window import screen_of_its_own

LIMIT = 50.0
CUES = 2_000
RUNS = 4
HERE = Path(__file__).parents[2]


def measure_sheet() -> list[Result]:
    """The longest gap between two turns of the window's event loop, of everything that a hand does in the sheet.

    The best of some runs for each thing done: a stall of the console's own comes again, one of a busy machine does not.
    """
    runs = [_one_run() for _ in range(RUNS)]
    best = {name: min((run["gaps"][name] for run in runs), key=lambda gap: gap[0]) for name in runs[0]["gaps"]}
    each = ", ".join(f"{name} {gap:.0f} ({busy:.0f})" for name, (gap, busy) in best.items())
    note = f"{CUES} cues on {runs[0]['platform']}, best of {RUNS}; longest gap (of it busy) in ms: {each}"
    return [at_most("sheet-2000", max(gap for gap, _ in best.values()), "ms", LIMIT, note)]


def _one_run() -> dict[str, Any]:
    with screen_of_its_own() as screen:
        command = [sys.executable, "-m", "tests.bench.sheet_probe", str(CUES)]
        done = subprocess.run(
            command, cwd=HERE, env={**os.environ, **screen}, capture_output=True, text=True, timeout=180, check=False
        )
    if done.returncode != 0 or not done.stdout.strip():
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise RuntimeError(f"the desk ended with status {done.returncode} and said: {said}")
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]

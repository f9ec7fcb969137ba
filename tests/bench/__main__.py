"""Runs the benchmarks named on the command line, or all; prints a table and writes build/bench.json.

Exit status: 0 if every line holds, 1 if one does not, 2 for a name that is none.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import (
    alarms,
    edit_kills,
    five_days,
    full_desk,
    kills,
    long_day,
    mutations,
    pictures,
    previews,
    sheet,
    soak,
    take_three,
    takes,
    wall,
    window,
)
from tests.bench.result import Bench, Result, not_measured

REPORT = Path(__file__).parents[2] / "build" / "bench.json"

BENCHES: dict[str, tuple[Bench, tuple[tuple[str, str, float], ...]]] = {
    "step": (long_day.measure_step, (("step", "µs", long_day.STEP_LIMIT),)),
    "project-2000": (long_day.measure_project, (("project-2000", "ms", long_day.PROJECT_LIMIT),)),
    "load-2000": (long_day.measure_load, (("load-2000", "s", long_day.LOAD_LIMIT),)),
    "window": (window.measure_window, (("window", "s", window.LIMIT),)),
    "take": (takes.measure_take, (("take", "ms", takes.RATIO_LIMIT), ("take-p99", "ms", takes.P99_LIMIT))),
    "take-two": (takes.measure_take_two, (("take-two", "ms", takes.TWO_LIMIT),)),
    "take-three": (take_three.measure_take_three, (("take-three", "ms", take_three.LIMIT),)),
    "wall-42": (wall.measure_wall_42, (("wall-42", "ms", wall.LIMIT),)),
    "kills": (kills.measure_kills, (("kills", "faults", 0), ("recovery", "s", kills.RECOVERY_LIMIT))),
    "edit-kills": (edit_kills.measure_edit_kills, (("edit-kills", "faults", 0),)),
    "five-days": (five_days.measure_five_days, (("five-days", "unconfirmed", 0),)),
    "previews-cpu": (previews.measure_cpu, (("previews-cpu", "cores", previews.CPU_LIMIT),)),
    "previews-stall": (previews.measure_stall, (("previews-stall", "ms", previews.STALL_LIMIT),)),
    "previews-frozen": (previews.measure_frozen, (("previews-frozen", "s", previews.FROZEN_LIMIT),)),
    "previews-restart": (previews.measure_restart, (("previews-restart", "s", previews.RESTART_LIMIT),)),
    "previews-cold": (previews.measure_cold, (("previews-cold", "s", previews.COLD_LIMIT),)),
    "previews-soak": (previews.measure_soak, (("previews-soak", "%", previews.SOAK_LIMIT),)),
    "take-with-previews": (
        previews.measure_take_with_previews,
        (("take-with-previews", "ms", previews.TAKE_LIMIT),),
    ),
    "take-with-pictures": (pictures.measure_take_with_pictures, (("take-with-pictures", "ms", pictures.LIMIT),)),
    "desk-stall": (full_desk.measure_desk_stall, (("desk-stall", "ms", full_desk.STALL_LIMIT),)),
    "key-to-screen": (full_desk.measure_key_to_screen, (("key-to-screen", "ms", full_desk.KEY_LIMIT),)),
    "take-full-desk": (full_desk.measure_take_full_desk, (("take-full-desk", "ms", full_desk.TAKE_LIMIT),)),
    "sheet-2000": (sheet.measure_sheet, (("sheet-2000", "ms", sheet.LIMIT),)),
    "alarms": (alarms.measure_alarms, (("alarms", "missed", 0), ("alarms-false", "alarms", 0))),
    "soak": (soak.measure_soak, (("soak", "%", soak.LIMIT),)),
    "mutations": (mutations.measure_mutations, (("mutations", "failures", 0),)),
}
"""Each with the lines it gives: their names, units and limits, told also where it could not be measured."""


def main(arguments: Sequence[str]) -> int:
    wanted = list(BENCHES) if not arguments else []
    for name in arguments:
        found = next((bench for bench, (_, lines) in BENCHES.items() if name in {line[0] for line in lines}), None)
        if found is None:
            known = ", ".join(line[0] for _, lines in BENCHES.values() for line in lines)
            print(f"there is no benchmark {name}; there are {known}", file=sys.stderr)
            return 2
        if found not in wanted:
            wanted.append(found)
    results: list[Result] = []
    for name in wanted:
        results += _measured(name)
        _write(results)
    Console().print(_table(results))
    return 0 if all(result.holds for result in results) else 1


def _measured(name: str) -> list[Result]:
    measure, lines = BENCHES[name]
    try:
        return measure()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one that breaks is a line that does not hold, and the others run
        traceback.print_exc()
        return [not_measured(*line, f"{type(error).__name__}: {error}".splitlines()[0][:200]) for line in lines]


def _write(results: Sequence[Result]) -> None:
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps([asdict(result) for result in results], indent=2, ensure_ascii=False) + "\n", "utf-8")


def _table(results: Sequence[Result]) -> Table:
    busy = f"; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    table = Table(caption=f"Python {sys.version.split()[0]}, {os.cpu_count()} cores{busy}", caption_justify="left")
    for column in ("name", "value", "unit", "baseline", "ratio", "limit", "holds"):
        table.add_column(column, no_wrap=True)
    table.add_column("note", overflow="fold")
    for result in results:
        table.add_row(
            result.name,
            _number(result.value),
            result.unit,
            _number(result.baseline),
            _number(result.ratio),
            f"{result.limit:g}",
            "yes" if result.holds else "[bold red]NO[/]",
            result.note,
        )
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The benchmarks' own promises: what does not hold, or cannot be measured, is told in the file and the status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.result import Result, at_most, percentile


def too_slow() -> list[Result]:
    return [at_most("slow", 1.5, "s", 1.0)]


def in_time() -> list[Result]:
    return [at_most("quick", 0.5, "s", 1.0)]


def breaks() -> list[Result]:
    raise RuntimeError("no OBS here")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "build" / "bench.json"
    monkeypatch.setattr(bench, "REPORT", path)
    monkeypatch.setattr(
        bench,
        "BENCHES",
        {
            "quick": (in_time, (("quick", "s", 1.0),)),
            "slow": (too_slow, (("slow", "s", 1.0),)),
            "broken": (breaks, (("broken", "ms", 5.0), ("broken-p99", "ms", 6.0))),
        },
    )
    return path


def test_all_that_holds_is_status_0(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["quick"]) == 0
    assert "quick" in capsys.readouterr().out
    (row,) = json.loads(report.read_text("utf-8"))
    assert row == {
        "name": "quick",
        "value": 0.5,
        "unit": "s",
        "baseline": None,
        "ratio": None,
        "limit": 1.0,
        "holds": True,
        "note": "",
    }


def test_one_that_does_not_hold_is_status_1_and_the_others_are_measured(report: Path) -> None:
    assert bench.main([]) == 1
    rows = {row["name"]: row for row in json.loads(report.read_text("utf-8"))}
    assert list(rows) == ["quick", "slow", "broken", "broken-p99"]
    assert [row["holds"] for row in rows.values()] == [True, False, False, False]
    assert rows["broken"]["value"] is None
    assert "no OBS here" in rows["broken-p99"]["note"]
    assert rows["broken-p99"]["limit"] == 6.0


def test_a_line_s_own_name_runs_the_benchmark_that_gives_it_once(report: Path) -> None:
    assert bench.main(["broken-p99", "broken"]) == 1
    assert len(json.loads(report.read_text("utf-8"))) == 2


def test_an_unknown_name_is_status_2_and_the_known_ones_are_told(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(["quick", "fast"]) == 2
    assert "broken-p99" in capsys.readouterr().err
    assert not report.exists()


def test_every_benchmark_of_the_issue_is_there() -> None:
    lines = {line[0] for _, lines in bench.BENCHES.values() for line in lines}
    assert {"step", "project-2000", "load-2000", "window", "kills", "mutations"} <= lines
    assert {"take", "take-two", "take-three", "take-with-pictures", "wall-42", "alarms", "alarms-false"} <= lines
    assert {"desk-stall", "key-to-screen", "take-full-desk"} <= lines


def test_percentiles() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(list(map(float, range(1, 101))), 0.99) == 99.0
    assert percentile([7.0], 0.99) == 7.0

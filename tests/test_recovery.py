"""The console is killed in the middle of the evening, again and again: what it said was done is done; nothing moves.

A thousand kills are a benchmark (``make bench ONLY=kills``); here are a few, of whole processes, and the proof that the
witness would notice.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from studio_console.runtime.journal import Journal
from tests.recovery import Report, Witness, run_console

HERE = Path(__file__).parents[1]


def killed_after(path: Path, seed: int, lines: int, wait: float) -> list[Report]:
    """Runs a console, kills it some moment after it has reported ``lines`` times, and returns all that it reported."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.recovery", str(path), str(seed), "1000"],
        cwd=HERE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        threading.Event().wait(wait)  # the moment of the kill is meant to be any
        process.kill()
        said += process.stdout.readlines()
    return [json.loads(line) for line in said if line.endswith("\n")]


def test_killed_at_random_moments_nothing_reported_is_lost_and_nothing_is_taken_by_coming_back(tmp_path: Path) -> None:
    chance = random.Random(20200602)
    witness = Witness(tmp_path / "show.journal")
    lives = []
    for life in range(5):
        reports = killed_after(witness.path, life, chance.randrange(1, 25), chance.uniform(0, 0.03))
        witness.look(reports)
        lives.append(reports)
    witness.settle()
    assert witness.lost == []
    assert witness.unrebuildable == []
    assert witness.takes == 0
    assert not witness.over, "a day that is over proves nothing about kills"
    came_back_to = [report["cue"] for reports in lives for report in reports if "back" in report]
    assert came_back_to[0] is None
    assert len(set(came_back_to)) > 2, "the day went on from life to life"


def a_day_run_to_its_end(path: Path) -> list[Report]:
    reports: list[Report] = []
    run_console(path, 7, 60, reports.append)
    return reports


def test_a_day_run_to_its_end_is_in_the_journal_state_for_state(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "show.journal")
    reports = a_day_run_to_its_end(witness.path)
    witness.look(reports)
    witness.settle()
    assert (witness.lost, witness.unrebuildable, witness.takes, witness.over) == ([], [], 0, True)
    assert len(reports) > 50


def test_the_witness_notices_a_journal_that_forgot(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "show.journal")
    reports = a_day_run_to_its_end(witness.path)
    with closing(sqlite3.connect(witness.path)) as db, db:
        db.execute("DELETE FROM entries WHERE seq > (SELECT max(seq) FROM entries) - 8")
    witness.look(reports)
    assert any(lost.startswith("press") for lost in witness.lost)
    assert witness.unrebuildable


def test_the_witness_notices_a_journal_that_was_bent_and_a_take_by_coming_back(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "show.journal")
    reports = a_day_run_to_its_end(witness.path)
    for report in reports:
        if "back" in report:
            report["back"] = 1
    with closing(sqlite3.connect(witness.path)) as db, db:
        db.execute("UPDATE entries SET at = at + 1 WHERE kind = 'GoPressed'")
    witness.look(reports)
    assert witness.lost == []
    assert witness.unrebuildable
    assert witness.takes == 1


def test_the_witness_notices_what_was_there_before_and_is_gone(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "show.journal")
    witness.look(a_day_run_to_its_end(witness.path))
    witness.path.unlink()
    Journal(witness.path).close()
    witness.look([])
    assert "the journal lost what it had before" in witness.lost

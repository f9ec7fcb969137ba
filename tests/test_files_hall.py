"""The rules of the hall and the call times in the event files: read as written, wrong ones told at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_console.core.hall import HallRules
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, Duration
from studio_console.files.load import Loaded, load
from tests.builders import at
from tests.small_event import write_small_event

HALL = """\
  hall:
    fever: 37.8
    amber: 40
    keep_days: 5
    call: 45m
    routes: {b: {ko: 동선 B, en: Route B}, a: 동선 A}
"""


def with_hall(folder: Path, hall: str, cue: str = "") -> Loaded:
    """The small event with the rules of its hall, and something more in the keynote's cue."""
    event = write_small_event(folder)
    studio, day = event / "layouts" / "studio.yaml", event / "rundown" / "day-1.yaml"
    studio.write_text(studio.read_text("utf-8").replace("  limit: 50\n", f"  limit: 50\n{hall}"), "utf-8")
    day.write_text(
        day.read_text("utf-8").replace("        speakers: [seoul]\n", f"        speakers: [seoul]\n{cue}"), "utf-8"
    )
    return load(event)


def test_an_old_event_has_the_usual_rules(tmp_path: Path) -> None:
    loaded = with_hall(tmp_path, "")
    assert loaded.studio is not None
    assert loaded.studio.hall == HallRules()


def test_the_rules_as_they_are_written(tmp_path: Path) -> None:
    """The first route that is written is the usual one."""
    loaded = with_hall(tmp_path, HALL, '        call: "21:15"\n')
    assert loaded.studio is not None
    assert loaded.event is not None
    hall = loaded.studio.hall
    assert (hall.fever, hall.amber, hall.keep_days, hall.call) == (378, 40, 5, Duration(45 * MINUTE))
    assert list(hall.routes.items()) == [("b", Text("동선 B", "Route B")), ("a", Text("동선 A", "동선 A"))]
    assert [cue.call for cue in loaded.event.days[0].cues] == [None, at("21:15"), None, None, None]


@pytest.mark.parametrize(
    ("hall", "code"),
    [
        ("  hall: {fever: 98.6}\n", "degrees"),
        ("  hall: {fever: 37.55}\n", "degrees"),
        ("  hall: {fever: warm}\n", "degrees"),
        ("  hall: {keep_days: 0}\n", "range"),
        ("  hall: {call: 1s}\n", "range"),
        ("  hall: {keep_day: 3}\n", "unknown-key"),
        ("  hall: 50\n", "type"),
    ],
)
def test_a_wrong_rule_is_told_at_its_place(tmp_path: Path, hall: str, code: str) -> None:
    loaded = with_hall(tmp_path, hall)
    assert loaded.studio is None
    (problem,) = [problem for problem in loaded.problems if problem.severity == "error"]
    assert (problem.code, problem.place.file, problem.place.line) == (code, "layouts/studio.yaml", 6)

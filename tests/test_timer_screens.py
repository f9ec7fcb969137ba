"""Two screens: the desk keeps its own, the timer covers the other one, and both are found again the next day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.waiting import PATIENCE

SCREENS = (("desk", 0, 1366, 768), ("stage", 1366, 1080, 1920))


def told(folder: Path, remembered: str) -> list[str]:
    """What a timer on two screens tells of itself."""
    plan = folder / "screens.json"
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, **dots} for name, x, width, height in SCREENS
    ]
    plan.write_text(json.dumps({"screens": screens}), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "tests.timer_screens", remembered],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={plan}"},
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_the_timer_takes_the_screen_that_the_desk_does_not_have(tmp_path: Path) -> None:
    """Tab goes on to the next screen and is remembered; Esc makes a small window of it, F a full one, where it is.

    Its plug is pulled and put in again: it is not laid over the desk, and comes back where it was.
    """
    assert told(tmp_path, "") == [
        "stage full 1080x1920 remembered -",
        "desk full 1366x768 remembered desk",
        "stage full 1080x1920 remembered stage",
        "stage small 560x315 remembered stage",
        "stage full 1080x1920 remembered stage",
        "stage away 1080x1920 remembered stage",
        "stage full 1080x1920 remembered stage",
    ]


def test_it_comes_back_to_the_screen_that_was_chosen(tmp_path: Path) -> None:
    """Also where that is the desk's: a person has said so."""
    assert told(tmp_path, "desk")[0] == "desk full 1366x768 remembered desk"

"""The sample event on two real OBS, through the command line: provision, provision again, dry-run."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio_console.cli import main
from tests.real_obs import PASSWORD, start_real_obs

EVENT = Path(__file__).parent.parent
CANVAS = (640, 360)
"""Drawn in software, a small picture leaves the processor to what is looked at here."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Two OBS, one for the programme and one for the wall, as the command line is told of them."""

    folder: Path
    urls: tuple[str, ...]

    def command(self, name: str, day: str, *options: str) -> int:
        """The exit status of one command on one day of the sample event."""
        return main([name, str(EVENT), "--day", day, "--quiet", "--lang", "en", *options, *self.urls])

    def provision(self, day: str) -> tuple[int, int]:
        """Exit status, and on how many of the two OBS there was nothing to change."""
        said = io.StringIO()
        with redirect_stdout(said):
            status = self.command("provision", day, "--stand-ins")
        return status, said.getvalue().count("nothing to change")

    def dry_run(self, day: str) -> dict[str, Any]:
        """The report of a day in which every cue was tried on both."""
        path = self.folder / f"day-{day}.json"
        self.command("dry-run", day, "--obs", "real", "--speed", "1200", "--json", str(path))
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report


@contextmanager
def real_hall(folder: Path) -> Iterator[Hall]:
    variables = ("STUDIO_OBS_PASSWORD_PROGRAM", "STUDIO_OBS_PASSWORD_WALL")
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(dict.fromkeys(variables, PASSWORD))
    try:
        with (
            start_real_obs(folder / "program", canvas=CANVAS) as program,
            start_real_obs(folder / "wall", canvas=CANVAS) as wall,
        ):
            yield Hall(folder, ("--obs-url", f"program={program.url}", "--obs-url", f"wall={wall.url}"))
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

"""The sample event on three real OBS, through the command line: provision, provision again, dry-run.

The languages share the third one, so that a machine with two cores has not four of them to draw.
"""

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
    """An OBS for the programme, one for the wall, one for the languages, as the command line is told of them."""

    folder: Path
    urls: tuple[str, ...]

    def command(self, name: str, day: str, *options: str) -> int:
        """The exit status of one command on one day of the sample event."""
        return main([name, str(EVENT), "--day", day, "--quiet", "--lang", "en", *options, *self.urls])

    def provision(self, day: str) -> tuple[int, int]:
        """Exit status, and on how many of the three OBS there was nothing to change."""
        said = io.StringIO()
        with redirect_stdout(said):
            status = self.command("provision", day, "--stand-ins")
        return status, said.getvalue().count("nothing to change")

    def dry_run(self, day: str) -> dict[str, Any]:
        """The report of a day in which every cue was tried on all of them."""
        path = self.folder / f"day-{day}.json"
        self.command("dry-run", day, "--obs", "real", "--speed", "1200", "--json", str(path))
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report


@contextmanager
def real_hall(folder: Path) -> Iterator[Hall]:
    surfaces = ("program", "wall", "ko", "en")
    variables = [f"STUDIO_OBS_PASSWORD_{name.upper()}" for name in surfaces]
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(dict.fromkeys(variables, PASSWORD))
    try:
        with (
            start_real_obs(folder / "program", canvas=CANVAS) as program,
            start_real_obs(folder / "wall", canvas=CANVAS) as wall,
            start_real_obs(folder / "languages", canvas=CANVAS) as languages,
        ):
            places = zip(surfaces, (program, wall, languages, languages), strict=True)
            yield Hall(folder, tuple(word for name, obs in places for word in ("--obs-url", f"{name}={obs.url}")))
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

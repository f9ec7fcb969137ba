"""All five days of the sample event on three real OBS: every cue has to be confirmed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.result import Result, at_most
from tests.whole_event import real_hall

DAYS = ("1", "2", "3", "4", "5")


def measure_five_days() -> list[Result]:
    """How many cues were not confirmed, and on how many days a second provisioning changed something."""
    unconfirmed = cues = 0
    changed: list[str] = []
    for day in DAYS:
        # A collection a day, as docs/obs.md advises: a FreeType text takes OBS some ten MB.
        with tempfile.TemporaryDirectory() as folder, real_hall(Path(folder)) as hall:
            if hall.provision(day)[0] != 0 or hall.provision(day) != (0, 3):
                changed.append(day)
            report = hall.dry_run(day)
            unconfirmed += report["unconfirmed"]
            cues += len(report["cues"])
    note = f"{cues} cues" + (f"; provisioning was not done with on day {', '.join(changed)}" if changed else "")
    return [at_most("five-days", unconfirmed + len(changed), "unconfirmed", 0, note)]

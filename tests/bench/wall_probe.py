"""How late the window's thread is while it paints 42 live guests: the whole desk, its engine and its journal.

``python -m tests.bench.wall_probe SECONDS ADDRESS…`` opens the desk on the sample event's second day with these as the
addresses of the day's guests, turns to the wall of them, and prints one JSON line when it has looked for so long.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer

from studio_console.app.priority import come_first
from studio_console.app.window import create_application
from studio_console.cli import SWITCH_INTERVAL
from studio_console.core.events import RundownLoaded
from studio_console.core.picture import plan_day, scenes_by_cue
from studio_console.core.previews import Source, guests_of
from studio_console.core.reports import Signal
from studio_console.core.rundown import Day, Event, StreamPreview
from studio_console.core.studio import Studio
from studio_console.core.units import PersonId
from studio_console.devices.previews.wall import PreviewWall
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.gui_story import REPOSITORY, sample_event

DAY = 1
TICK = 10
"""ms; a timer of the window's own thread."""
PATIENCE = 30.0
"""Seconds until everybody is live."""


class Lateness:
    """When the timer came, against when it should have."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.measuring = False
        self._last = 0.0
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._came)
        self.timer.start(TICK)

    def _came(self) -> None:
        now = time.monotonic() * 1e3
        if self.measuring:
            self.late.append(max(0.0, now - self._last - TICK))
        self._last = now


def main(seconds: float, addresses: list[str]) -> dict[str, Any]:
    sys.setswitchinterval(SWITCH_INTERVAL)  # as the program has it
    come_first()
    event, studio = sample_event()
    day = event.days[DAY]
    sources = dict(zip(guests_of(event, day, studio), map(StreamPreview, addresses), strict=False))

    def from_here(event: Event, day: Day, studio: Studio) -> Mapping[PersonId, Source]:
        return sources

    application = create_application()
    with tempfile.TemporaryDirectory() as folder, closing(Journal(Path(folder) / "wall.journal")) as journal:
        engine = Engine(SystemClock(), journal, {})
        scenes = scenes_by_cue(plan_day(event, day, studio))
        surfaces = tuple(studio.surfaces)
        lead = studio.guests.lead
        engine.post(
            RundownLoaded(day, scenes, surfaces, studio.go_guard, studio.take_deadline, frozenset(sources), lead)
        )
        engine.start()
        previews = PreviewWall(studio.guests, REPOSITORY)
        previews.start(engine.post)
        zone = ZoneInfo(event.time_zone)
        desk = Desk(engine, event, studio, zone, "ko", False, previews=previews, sources=from_here)
        desk.resize(1920, 1080)
        desk.show()
        desk.perform(Act.GUESTS)
        lateness = Lateness()
        began = time.monotonic()
        report: dict[str, Any] = {}
        numbers: dict[PersonId, int] = {}

        def newest() -> dict[PersonId, int]:
            found = {guest: previews.picture(guest) for guest in sources}
            return {guest: picture.sequence if picture is not None else 0 for guest, picture in found.items()}

        def live() -> int:
            return sum(state.signal is Signal.LIVE for state in desk.shown.guests.values())

        def look() -> None:
            if live() == len(sources):
                waiting.stop()
                numbers.update(newest())
                lateness.measuring = True
                QTimer.singleShot(round(seconds * 1e3), over)
            elif time.monotonic() - began > PATIENCE:
                report["problem"] = f"{live()} of {len(sources)} guests were live after {PATIENCE:g} s"
                application.quit()

        def over() -> None:
            lateness.measuring = False
            shown = sum((after - numbers[guest]) & 0xFFFFFFFF for guest, after in newest().items())
            report.update(
                late=lateness.late,
                live=live(),
                rate=shown / len(sources) / seconds,
                seen=len(desk.guests.wall.visible_guests),
                load=previews.load.name,
                platform=application.platformName(),
            )
            application.quit()

        waiting = QTimer()
        waiting.timeout.connect(look)
        waiting.start(50)
        application.exec()
        lateness.timer.stop()
        desk.close()
        desk.end()
        previews.close()
        engine.close()
    return report


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]), sys.argv[2:])), flush=True)

"""A desk in a process of its own, for tests that kill it: presses GO as often as it is told, and tells what it shows.

``python -m tests.desk_process FOLDER GOS PROGRAM_URL WALL_URL``; every line it prints is one state, as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio_console.app.desk import open_desk
from studio_console.core.presses import GoPressed
from studio_console.core.show import Show, next_cue
from studio_console.core.units import PressId
from studio_console.gui.application import create_application
from studio_console.gui.desk import Desk


def main() -> int:
    folder, gos, program, wall = sys.argv[1:5]
    options = argparse.Namespace(
        event=folder,
        day="1",
        rehearse=False,
        lang="en",
        clock=None,
        speed=None,
        fresh=False,
        guests=None,
        obs_url=[f"program={program}", f"wall={wall}"],
    )
    application = create_application(sys.argv[:1])
    pressed: list[str] = []
    with open_desk(options) as (console, desk):
        desk.show()

        def tell() -> None:
            show = desk.shown
            print(json.dumps(state_of(show) | seen_of(desk)), flush=True)
            due = next_cue(show)
            settled = show.taking is None and all(state.connected for state in show.surfaces.values())
            free = show.last_go_at is None or console.engine.clock.now() - show.last_go_at > 700
            # On a busy machine the show may not have heard of the last press yet.
            new = due is not None and due.id not in pressed
            if len(pressed) < int(gos) and due is not None and new and show.surfaces and settled and free:
                pressed.append(due.id)
                console.engine.post(GoPressed(due.id, PressId(f"{due.id}-{len(pressed)}")))

        timer = QTimer()
        timer.timeout.connect(tell)
        timer.start(50)
        application.exec()
    return 0


def state_of(show: Show) -> dict[str, object]:
    take = show.on_air
    return {
        "on_air": take.cue.number if take else None,
        "started_at": take.started_at if take else None,
        "confirmed": sorted(take.confirmed) if take else [],
        "taking": show.taking is not None,
        "connected": sorted(name for name, state in show.surfaces.items() if state.connected),
        "seen": {name: state.seen for name, state in show.surfaces.items()},
        "windows": sorted(type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible()),
    }


def seen_of(desk: Desk) -> dict[str, object]:
    """What a hand at its keyboard has to know."""
    focus = QApplication.focusWidget()
    return {
        "window": str(int(desk.winId())),
        "focus": type(focus).__name__,
        "found": desk.attention.find.field.text(),
        "selected": desk.sheet.selected_cue,
        "locked": desk.shown.locked,
    }


if __name__ == "__main__":
    sys.exit(main())

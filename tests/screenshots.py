"""Draws the pictures of the README and the guides from the running program: ``python -m tests.screenshots [FOLDER]``.

The program is started as its user would, in rehearsal on the sample event's mayors' meeting, and driven by its keys:
simulated OBS, drawn guests, its own journal. Nothing in the pictures is made up.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from studio_console.app.desk import open_desk
from studio_console.app.window import create_application
from studio_console.cli import options_for
from studio_console.core.reports import Signal
from studio_console.core.show import next_cue
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from tests.gui_story import REPOSITORY

PATIENCE = 60.0
LAPTOP, SCREEN = QSize(1366, 768), QSize(1920, 1080)
CLOCK = "2020-06-02 21:50"
SPEED = 30
"""Times as fast as the clock on the wall: minutes of show go by in seconds."""
LATE = 20_000
"""ms after its time that a cue is taken."""


class Story:
    """The desk in rehearsal, and somebody at its keys."""

    def __init__(self, application: QApplication, desk: Desk, folder: Path) -> None:
        self.application, self.desk, self.folder = application, desk, folder

    def wait(self, true: Callable[[], object]) -> None:
        """RuntimeError if it does not come to be so."""
        end = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > end:
                raise RuntimeError("what is to be drawn did not come to be")
            self.application.processEvents()
            time.sleep(0.01)

    def reach(self, instant: int) -> None:
        """ms of the show's clock."""
        self.wait(lambda: self.desk.bridge.now() >= instant)

    def planned(self, number: str) -> int:
        """When that cue is to begin."""
        plan = self.desk.shown.plan
        return next(start for start, cue in zip(plan.start, plan.cues, strict=True) if cue.number == number)

    def take(self, number: str) -> None:
        desk = self.desk
        cue = next(cue for cue in desk.shown.plan.cues if cue.number == number)
        desk.controls.put_standby(cue.id)
        self.wait(lambda: (due := next_cue(desk.shown)) is not None and due.id == cue.id)
        desk.perform(Act.STANDBY)
        desk.perform(Act.GO)
        self.wait(lambda: (take := desk.shown.on_air) is not None and take.cue.id == cue.id)

    def all_live(self) -> None:
        self.wait(lambda: self.desk.shown.surfaces and all(s.connected for s in self.desk.shown.surfaces.values()))
        guests = self.desk.shown.rundown.guests - self.desk.shown.rundown.unwatched
        live = Signal.LIVE, Signal.SILENT
        self.wait(lambda: all((s := self.desk.shown.guests.get(g)) is not None and s.signal in live for g in guests))

    def picture(self, name: str, size: QSize, window: QWidget | None = None) -> None:
        """Of a window, the desk if none is named, at ``size``."""
        window = window or self.desk
        window.resize(size)
        # Two rounds: what is laid out in the first is painted in the second, with the pictures that came meanwhile.
        for _ in range(2):
            end = time.monotonic() + 0.5
            while time.monotonic() < end:
                self.application.processEvents()
                time.sleep(0.01)
        window.grab().save(str(self.folder / f"{name}.png"))


def draw(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as state, ExitStack() as stack:
        os.environ["STUDIO_STATE_DIR"] = state
        given = [str(REPOSITORY), "--rehearse", "--day", "2", "--clock", CLOCK, "--speed", str(SPEED)]
        application = create_application()
        _, desk = stack.enter_context(open_desk(options_for(given, "ko")))
        desk.show()
        story = Story(application, desk, folder)
        story.all_live()
        for number in ("M1", "M10", "M11", "M12"):
            story.reach(story.planned(number) + LATE)
            story.take(number)
        story.reach(story.planned("M12") + LATE + 100_000)
        desk.perform(Act.STANDBY)
        for language in ("ko", "en"):
            desk.set_language(language)
            story.picture(f"desk-{language}", SCREEN)
        story.picture("desk-laptop", LAPTOP)
        desk.set_language("ko")
        desk.perform(Act.GUESTS)
        story.picture("guests-ko", SCREEN)
        desk.perform(Act.LED)
        desk.perform(Act.ARM_WALL)
        story.picture("wall-ko", SCREEN)
        desk.close()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs"
    target.mkdir(parents=True, exist_ok=True)
    draw(target)

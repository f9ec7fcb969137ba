"""A day of the sample event in a desk that is used: what it holds on to while the hours go by, and behind it.

``python -m tests.bench.soak_probe HOURS SPEED`` opens the desk in rehearsal, takes every cue once as fast as GO may be
pressed, and from then on for so many hours of show each when its time has come. That is done with the desk's own keys,
other views and languages are turned to meanwhile. It prints one JSON line: a sample of memory, threads, timers and file
handles every so often, and what is left of each once the desk is closed.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psutil
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio_console.app.desk import open_desk
from studio_console.app.priority import come_first
from studio_console.app.window import create_application
from studio_console.cli import SWITCH_INTERVAL
from studio_console.core.show import next_cue
from studio_console.core.timing import project
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from tests.gui_story import REPOSITORY

DAY = "4"
BEGIN = "2020-06-04 07:29"
LOOK = 100
"""ms between two looks at what is due."""
SAMPLE_EVERY = 5_000
WANDER_EVERY = 1_300
"""ms"""
WANDER = (Act.GUESTS, Act.LED, Act.ROLL_CALL, Act.ROLL_CALL, Act.LANGUAGE, Act.DOWN, Act.FOLLOW, Act.STANDBY)
"""What an operator does besides, over and over."""


def holdings() -> dict[str, Any]:
    """What this process and its children hold now. MB of each one's own by its number, and counts.

    Places for guests' pictures belong to two processes at once. More of them are used the more guests are seen closely,
    and one that is left behind is a handle that is left behind. The pages of libraries are nobody's own either: who
    shares them changes with whatever else runs on the machine.
    """
    gc.collect()
    own = psutil.Process()
    children = own.children(recursive=True)
    handles = own.num_handles() if sys.platform == "win32" else own.num_fds()
    return {
        "memory": {process.pid: _own_memory(process) for process in (own, *children)},
        "threads": threading.active_count(),
        # Not among what the collector of cycles knows: it is kept away from what the desk was made of.
        "timers": sum(_running(thing) for thing in shiboken6.getAllValidWrappers()),
        "handles": handles,
    }


def _own_memory(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        if sys.platform == "linux":
            memory = process.memory_info()
            return float(memory.rss - memory.shared) / 1e6
        return float(process.memory_full_info().uss) / 1e6
    return 0.0


def _running(thing: object) -> bool:
    return isinstance(thing, QTimer) and shiboken6.isValid(thing) and thing.isActive()


class Operator:
    """Presses the desk's keys when it is time to; in a ``hurry`` as soon as the last take is confirmed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._habits: Iterator[Act] = itertools.cycle(WANDER)
        self.hurry = True
        self._begins = False
        """The day is about to: its last cue would last until the day was planned to end."""
        self.taken = 0
        self.before: object = None

    def look(self) -> None:
        desk, show = self._desk, self._desk.shown
        now = desk.bridge.now()
        due = next_cue(show)
        if not show.surfaces or not all(state.connected for state in show.surfaces.values()) or show.taking is not None:
            return
        if due is None:
            # The day is over before the hours are: it begins again.
            self.hurry, self._begins = False, True
            first = show.plan.cues[0]
            desk.controls.put_standby(first.id)
            return
        if show.on_air is not None and show.on_air.press != self.before:
            self.before = show.on_air.press
            self.taken += 1
        place = show.plan.place(due.id)
        assert place is not None
        start = project(show, now).rows[place].projected_start
        if not self.hurry and not self._begins and start is not None and now < start:
            return
        self._begins = False
        if due.two_step:
            desk.perform(Act.ARM)
        desk.perform(Act.GO)

    def wander(self) -> None:
        self._desk.perform(next(self._habits))


def main(hours: float, speed: float) -> dict[str, Any]:
    sys.setswitchinterval(SWITCH_INTERVAL)  # as the program has it
    come_first()
    application = create_application()
    # What a process opens once and keeps (fonts, libraries) is not what a day leaves behind.
    run(application, 0.0, speed)
    before = holdings()
    samples, cues = run(application, hours, speed)
    after = holdings()
    left = {name: after[name] - before[name] for name in ("threads", "timers", "handles")}
    return {"samples": samples, "left": left, "cues": cues}


def run(application: QApplication, hours: float, speed: float) -> tuple[list[dict[str, Any]], int]:
    """The day in a hurry, then so many hours of show: the samples of these, and how many cues were taken in them."""
    options = argparse.Namespace(
        event=str(REPOSITORY),
        day=DAY,
        rehearse=True,
        lang="ko",
        clock=BEGIN,
        speed=str(speed),
        fresh=True,
        guests=None,
        obs_url=[],
    )
    samples: list[dict[str, Any]] = []
    with open_desk(options) as (_console, desk):
        desk.resize(1920, 1080)
        desk.show()
        operator, began = Operator(desk), 0.0

        def sample() -> None:
            nonlocal began
            if operator.hurry:
                return
            if not samples:
                began, operator.taken = time.monotonic(), 0
            samples.append({"at": time.monotonic() - began, **holdings()})
            if samples[-1]["at"] * speed >= hours * 3_600:
                application.quit()

        timers = []
        for every, act in ((LOOK, operator.look), (WANDER_EVERY, operator.wander), (SAMPLE_EVERY, sample)):
            timer = QTimer()
            timer.timeout.connect(act)
            timer.start(every)
            timers.append(timer)
        application.exec()
        for timer in timers:
            timer.stop()
        desk.close()
    desk.deleteLater()
    application.processEvents()
    return samples, operator.taken


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]), float(sys.argv[2]))), flush=True)

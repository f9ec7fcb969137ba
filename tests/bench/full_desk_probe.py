"""The whole desk in a process of its own: three real OBS watched and driven, 42 live guests, pictures and meters.

``python -m tests.bench.full_desk_probe STREAMS OBS…`` (STREAMS: the guests' addresses with commas between) opens it on
a display, with the wall of guests beside the surfaces' pictures, and says ``{"ready": …}`` once all of it is live. Each
line that it reads then is answered by one JSON line: ``stall SECONDS``, ``go``, ``key``.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from studio_console.app.memory import settle
from studio_console.app.priority import come_first
from studio_console.app.window import create_application
from studio_console.cli import SWITCH_INTERVAL
from studio_console.core.events import RundownLoaded
from studio_console.core.output_state import outputs_of
from studio_console.core.presses import GoPressed
from studio_console.core.previews import Source, guests_of
from studio_console.core.reports import Signal as Heard
from studio_console.core.rundown import Day, Event, StreamPreview
from studio_console.core.show import next_cue
from studio_console.core.studio import Studio
from studio_console.core.units import Duration, LayoutId, PersonId, SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.previews.wall import PreviewWall
from studio_console.devices.watching.watch import Watches
from studio_console.gui.bridge import new_press
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.bench.real_keys import Keyboard
from tests.bench.takes import SCENES
from tests.bench.wall_probe import Lateness
from tests.gui_story import REPOSITORY, sample_event
from tests.real_obs import PASSWORD
from tests.runtime_builders import a_day

SURFACES = tuple(SurfaceId(name) for name in ("program", "wall", "ko"))
CUES, EVERYBODY = 300, 3
PATIENCE = 60.0
DAY = 1


def rundown(studio: Studio, guests: tuple[PersonId, ...]) -> RundownLoaded:
    """Cue after cue another scene on every surface; everybody is on the wall in the first one, and again and again."""
    day = a_day(CUES)
    layouts = {SURFACES[0]: LayoutId("remote-full"), SURFACES[1]: LayoutId("grid-42")}
    (session,) = day.sessions
    turns = itertools.cycle(guests)
    # Two of three cues have one speaker, as most of a real day has.
    cues = tuple(
        replace(cue, layouts=layouts, speakers=guests if place % EVERYBODY == 0 else (first,))
        for place, (cue, first) in enumerate(zip(session.cues, turns, strict=False))
    )
    day = replace(day, sessions=(replace(session, cues=cues),))
    circle = itertools.cycle([SCENES[0], SCENES[2], SCENES[1]])
    scenes = {cue.id: dict.fromkeys(SURFACES, scene) for cue, scene in zip(cues, circle, strict=False)}
    loaded = RundownLoaded(day, scenes, SURFACES, Duration(0), Duration(5_000), frozenset(guests), studio.guests.lead)
    return replace(loaded, outputs=outputs_of(studio))


class Painted(QObject):
    """Says when the desk has painted that a cue is being taken."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._wanted = ""
        self.at = 0.0
        self.came = threading.Event()
        desk.installEventFilter(self)
        handle = desk.windowHandle()
        assert handle is not None
        handle.installEventFilter(self)

    def expect(self, cue: str) -> None:
        self.came.clear()
        self._wanted = cue

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        current = self._desk.shown.current
        if event.type() != QEvent.Type.UpdateRequest or current is None or current.cue.id != self._wanted:
            return False
        self._wanted = ""
        # All that has changed is painted and sent to the screen in this event.
        watched.event(event)
        self.at = time.monotonic()
        self.came.set()
        return True


class Orders(QObject):
    """Carries out what is read; in the window's thread what belongs there."""

    stall = Signal(float)
    go = Signal()
    end = Signal()

    def __init__(self, desk: Desk, lateness: Lateness, watches: Watches) -> None:
        super().__init__(desk)
        self._desk, self._lateness, self._watches = desk, lateness, watches
        self._painted = Painted(desk)
        self._window = int(desk.winId())
        self._asked = 0
        self._paints = 0
        self.stall.connect(self._begin_stall)
        self.go.connect(self._go)

    def read(self) -> None:
        """In a thread of its own, until there is no more to read."""
        keyboard = Keyboard()
        keyboard.focus(self._window)
        for line in sys.stdin:
            order, *rest = line.split()
            if order == "stall":
                self.stall.emit(float(rest[0]))
            elif order == "go":
                self.go.emit()
            elif order == "key":
                self._key(keyboard)
        keyboard.close()
        self.end.emit()

    def _key(self, keyboard: Keyboard) -> None:
        following = next_cue(self._desk.shown)
        assert following is not None
        self._painted.expect(following.id)
        began = time.monotonic()
        keyboard.space(True)
        seen = self._painted.came.wait(5)
        keyboard.space(False)
        say(key=(self._painted.at - began) * 1e3 if seen else None)

    def _go(self) -> None:
        following = next_cue(self._desk.shown)
        assert following is not None
        began = time.monotonic()
        self._desk.bridge.post(GoPressed(following.id, new_press()))
        say(go=began)

    def _begin_stall(self, seconds: float) -> None:
        self._lateness.late.clear()
        self._lateness.measuring = True
        QTimer.singleShot(round(seconds * 1e3), self, self._end_stall)

    def _end_stall(self) -> None:
        self._lateness.measuring = False
        say(
            late=self._lateness.late,
            seen=len(self._desk.guests.wall.visible_guests),
            ages=[self._watches.surface_age(name) for name in SURFACES],
        )


def say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(streams: list[str], urls: list[str]) -> None:
    sys.setswitchinterval(SWITCH_INTERVAL)  # as the program has it
    come_first()
    event, studio = sample_event()
    surfaces = {
        name: replace(studio.surfaces[name], obs_url=url, standby_url=None)
        for name, url in zip(SURFACES, urls, strict=True)
    }
    studio = replace(studio, surfaces=surfaces)
    sources = dict(zip(guests_of(event, event.days[DAY], studio), map(StreamPreview, streams), strict=False))

    def from_here(event: Event, day: Day, studio: Studio) -> Mapping[PersonId, Source]:
        return sources

    application = create_application()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        journal = stack.enter_context(closing(Journal(folder / "desk.journal")))
        drivers = drivers_for(surfaces.values(), {}, lambda _: PASSWORD)
        engine = Engine(SystemClock(), journal, drivers)
        stack.callback(engine.close)
        engine.post(rundown(studio, tuple(sources)))
        engine.start()
        engine.start_drivers()
        watches = stack.enter_context(closing(Watches(surfaces.values(), lambda _: PASSWORD, studio.dead_air)))
        watches.start(engine.post)
        previews = stack.enter_context(closing(PreviewWall(studio.guests, REPOSITORY)))
        previews.start(engine.post)
        desk = Desk(
            *(engine, event, studio, ZoneInfo(event.time_zone), "ko", True),
            previews=previews,
            sources=from_here,
            surface_pictures=watches,
        )
        stack.callback(desk.end)
        desk.resize(1920, 1080)
        desk.show()
        desk.perform(Act.GUESTS)
        orders = Orders(desk, Lateness(), watches)
        orders.end.connect(application.quit)
        reader = threading.Thread(target=orders.read, daemon=True)
        began = time.monotonic()

        def look() -> None:
            show = desk.shown
            live = sum(state.signal is Heard.LIVE for state in show.guests.values())
            connected = sum(state.connected for state in show.surfaces.values())
            pictures = sum(watches.surface_picture(name) is not None for name in SURFACES)
            if (live, connected, pictures) == (len(sources), len(SURFACES), len(SURFACES)):
                waiting.stop()
                settle()  # as the program does once it is up
                say(ready=live)
                reader.start()
            elif time.monotonic() - began > PATIENCE:
                say(problem=f"{live} of {len(sources)} guests live, {connected} OBS connected, {pictures} pictures")
                application.quit()

        waiting = QTimer()
        waiting.timeout.connect(look)
        waiting.start(50)
        application.exec()
        waiting.stop()
        orders._lateness.timer.stop()


def as_json(line: str) -> dict[str, Any]:
    """What one line of the probe says. Raises RuntimeError for a problem, and where it ended."""
    said: dict[str, Any] = json.loads(line) if line.strip() else {"problem": "the desk ended"}
    if "problem" in said:
        raise RuntimeError(said["problem"])
    return said


if __name__ == "__main__":
    main([stream for stream in sys.argv[1].split(",") if stream], sys.argv[2:])

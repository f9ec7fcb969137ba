"""What the tests of the runtime are made of: small days, drivers that record, and a screen that can be waited on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from studio_console.core.effects import (
    AlignStandby,
    ArrangeScene,
    LeaveStudioMode,
    PromoteStandby,
    Reconnect,
    SetSound,
    StartOutput,
    StopOutput,
    TakeScene,
    WriteText,
)
from studio_console.core.events import RundownLoaded, ShowEvent
from studio_console.core.ports import Clock, Post, SurfaceDriver
from studio_console.core.reports import SceneArranged, SceneSeen, Seen, SurfaceConnected
from studio_console.core.rundown import Cue, Day, Kind, Session
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, DayId, Duration, Instant, SceneName, SessionId, SurfaceId
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.waiting import PATIENCE

EVENING = Instant(1_591_102_800_000)
"""2 June 2020, 22:00 in Seoul."""
PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")


def a_day(cues: int = 6, minutes: int = 5) -> Day:
    """One evening of ``cues`` cues: c0, c1, … numbered M1, M2, …"""
    items = tuple(
        Cue(
            id=CueId(f"c{place}"),
            number=f"M{place + 1}",
            title=Text(f"{place + 1}번 도시", f"City {place + 1}"),
            kind=Kind.REMOTE_SPEECH,
            duration=Duration(minutes * 60_000),
        )
        for place in range(cues)
    )
    session = Session(SessionId("mayors"), Text("시장 회의", "Mayors' meeting"), items, start=EVENING)
    return Day(DayId("day2"), date(2020, 6, 2), Text("이틀째", "Day two"), (session,))


def scene_of(cue: CueId, surface: SurfaceId) -> SceneName:
    return SceneName(f"{cue} on {surface}")


def a_rundown(
    cues: int = 6,
    surfaces: Iterable[SurfaceId] = (PROGRAM, WALL),
    go_guard: int = 0,
    take_deadline: int = 2_000,
    day: Day | None = None,
) -> RundownLoaded:
    day = day or a_day(cues)
    surfaces = tuple(surfaces)
    scenes = {cue.id: {surface: scene_of(cue.id, surface) for surface in surfaces} for cue in day.cues}
    return RundownLoaded(day, scenes, surfaces, Duration(go_guard), Duration(take_deadline))


def connected(surface: SurfaceId, scene: SceneName | None = None) -> SurfaceConnected:
    return SurfaceConnected(surface, scene, False, "Untitled", "29.0.2")


class Driver:
    """Records what it is asked to do. ``confirms``: says at once that the scene is on air, as a good OBS would."""

    def __init__(self, surface: SurfaceId, confirms: bool = True, breaks: bool = False) -> None:
        self.surface, self.confirms, self.breaks = surface, confirms, breaks
        self.takes: list[TakeScene] = []
        self.sounds: list[SetSound] = []
        self.arranged: list[ArrangeScene] = []
        self.written: list[WriteText] = []
        self.left_studio_mode = 0
        self.reconnected = 0
        self.orders: list[StartOutput | StopOutput] = []
        self.promoted: list[str] = []
        """Addresses; one before the start has a word of its own in front."""
        self.aligned: list[str] = []
        self.taken = threading.Condition()
        self.started = self.closed = False
        self._post: Post | None = None

    def start(self, post: Post) -> None:
        self.started = True
        self._post = post
        if self.breaks:
            raise RuntimeError("the driver broke in start")
        post(connected(self.surface))

    def take(self, effect: TakeScene) -> None:
        with self.taken:
            self.takes.append(effect)
            self.taken.notify_all()
        if self.breaks:
            raise RuntimeError("the driver broke in take")
        if self.confirms and self._post is not None:
            self._post(SceneSeen(self.surface, effect.scene, Seen.TRANSITION_STARTED, effect.press))

    def set_sound(self, effect: SetSound) -> None:
        self.sounds.append(effect)
        if self.breaks:
            raise RuntimeError("the driver broke in set_sound")

    def arrange(self, effect: ArrangeScene) -> None:
        self.arranged.append(effect)
        if self.breaks:
            raise RuntimeError("the driver broke in arrange")
        if self.confirms and self._post is not None:
            self._post(SceneArranged(self.surface, effect.scene.name, effect.press))

    def write_text(self, effect: WriteText) -> None:
        self.written.append(effect)
        if self.breaks:
            raise RuntimeError("the driver broke in write_text")

    def leave_studio_mode(self, effect: LeaveStudioMode) -> None:
        self.left_studio_mode += 1
        if self.breaks:
            raise RuntimeError("the driver broke in leave_studio_mode")

    def reconnect(self, effect: Reconnect) -> None:
        self.reconnected += 1
        if self.breaks:
            raise RuntimeError("the driver broke in reconnect")

    def start_output(self, effect: StartOutput) -> None:
        self.orders.append(effect)
        if self.breaks:
            raise RuntimeError("the driver broke in start_output")

    def stop_output(self, effect: StopOutput) -> None:
        self.orders.append(effect)

    def promote(self, effect: PromoteStandby) -> None:
        self.promoted.append(effect.address if self.started else f"before the start: {effect.address}")

    def align_standby(self, effect: AlignStandby) -> None:
        self.aligned.append(effect.scene)

    def close(self) -> None:
        self.closed = True
        if self.breaks:
            raise RuntimeError("the driver broke in close")

    def wait_for_takes(self, count: int) -> None:
        with self.taken:
            assert self.taken.wait_for(lambda: len(self.takes) >= count, PATIENCE), f"{len(self.takes)} takes"


class Screen:
    """A window of the tests: keeps every show it is told of, and waits for one."""

    def __init__(self) -> None:
        self._told = threading.Condition()
        self.shows: list[Show] = []

    def __call__(self, show: Show) -> None:
        with self._told:
            self.shows.append(show)
            self._told.notify_all()

    @property
    def show(self) -> Show:
        with self._told:
            return self.shows[-1]

    def wait_for(self, wanted: Callable[[Show], object], what: str = "the show that was wanted") -> Show:
        """The first show, from now on or the one that is there, for which ``wanted`` holds."""
        with self._told:
            came = self._told.wait_for(lambda: wanted(self.shows[-1]), PATIENCE)
            last = self.shows[-1]
            assert came, f"{what} did not come: {last.taking}, {last.on_air}, {last.surfaces}, {last.clips}"
            return last


@contextmanager
def running(
    clock: Clock, journal: Journal, drivers: Mapping[SurfaceId, SurfaceDriver], *first: ShowEvent
) -> Iterator[tuple[Engine, Screen]]:
    """An engine with its drivers started and a screen on it; ``first`` is posted before. Closed at the end."""
    engine = Engine(clock, journal, drivers)
    for event in first:
        engine.post(event)
    screen = Screen()
    engine.watch(screen)
    engine.start()
    engine.start_drivers()
    try:
        yield engine, screen
    finally:
        engine.close()


def on_air(cue: str) -> Callable[[Show], bool]:
    return lambda show: show.taking is None and show.on_air is not None and show.on_air.cue.id == cue

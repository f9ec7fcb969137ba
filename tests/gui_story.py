"""A show for the windows: the core's own ``step``, stepped at once, surfaces that answer when the test says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.effects import Effect
from studio_console.core.events import ShowEvent
from studio_console.core.interpretation import interpretation_of
from studio_console.core.output_state import outputs_of
from studio_console.core.picture import plan_day, scenes_by_cue, words_by_cue
from studio_console.core.presses import ArmPressed, GoPressed, Grave, StandbyMoved
from studio_console.core.problems import Problem
from studio_console.core.reports import SoundSeen, SurfaceLost
from studio_console.core.rundown import Day, Event, Notes, Person, Thresholds, Where
from studio_console.core.show import Show, cue_of, next_cue
from studio_console.core.step import step
from studio_console.core.studio import Layout, Role, Size, Studio, Surface
from studio_console.core.text import Language, Text
from studio_console.core.units import (
    CueId,
    Duration,
    LayoutId,
    PersonId,
    PressId,
    SceneName,
    SurfaceId,
)
from studio_console.files.load import load
from studio_console.gui.desk import Desk
from studio_console.gui.keys import NO_FINGER
from studio_console.gui.rows import CueRow
from studio_console.runtime.clocks import ManualClock
from tests.builders import (
    PROGRAM,
    SEOUL,
    WALL,
    at,
    confirmations,
    connected,
    cue,
    day,
    length,
    loaded,
    session,
    with_walls,
)

Posted = TypeVar("Posted")
REPOSITORY = Path(__file__).parent.parent
LOST = Text("응답 없음", "it does not answer")


class FakeService:
    """Implements ``ShowService``: an event is a step, a step is told at once."""

    def __init__(self, now: str = "22:00") -> None:
        self.clock = ManualClock(at(now))
        self.show = Show()
        self.posted: list[ShowEvent] = []
        self.effects: list[Effect] = []
        self.deaf = False
        """What is posted waits, as if the engine had not come to it yet."""
        self._watchers: list[Callable[[Show], None]] = []
        self._presses = 0

    def post(self, event: ShowEvent) -> None:
        self.posted.append(event)
        if not self.deaf:
            self.happen(event)

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        self._watchers.append(on_show)
        on_show(self.show)
        return lambda: self._watchers.remove(on_show)

    @property
    def watched(self) -> bool:
        return bool(self._watchers)

    # --- what happens besides what is pressed at the desk

    def happen(self, *events: ShowEvent) -> None:
        for event in events:
            self.show, effects = step(self.show, event, self.clock.now())
            self.effects += effects
        for watcher in list(self._watchers):
            watcher(self.show)

    def hear(self) -> None:
        """Every surface tells what it was asked to have heard."""
        for surface, levels in self.show.sound.wanted.items():
            self.happen(SoundSeen(surface, levels))

    def load(
        self,
        rundown: Day,
        scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]] | None = None,
        surfaces: tuple[SurfaceId, ...] = (PROGRAM, WALL),
    ) -> None:
        self.happen(loaded(rundown, surfaces, scenes))

    def connect(self, surface: SurfaceId, scene: str = "holding", studio_mode: bool = False) -> None:
        self.happen(connected(self.show, surface, scene, studio_mode))

    def lose(self, surface: SurfaceId, reason: Text = LOST) -> None:
        self.happen(SurfaceLost(surface, reason))

    def go(self, cue_id: CueId) -> None:
        """GO from another desk, confirmed by every surface; the standby is put there first if it is elsewhere."""
        following = next_cue(self.show)
        if following is None or following.id != cue_id:
            self.happen(StandbyMoved(cue_id))
        self._presses += 1
        cue = cue_of(self.show, cue_id)
        if cue is not None and cue.two_step:
            self.happen(ArmPressed(Grave.TAKE, cue_id, PressId(f"other desk arms {self._presses}")))
        self.happen(GoPressed(cue_id, PressId(f"other desk {self._presses}")))
        self.confirm()

    def confirm(self, *surfaces: SurfaceId) -> None:
        for seen in confirmations(self.show, *surfaces):
            self.happen(seen)
        self.hear()

    def wait(self, time: str) -> None:
        self.clock.advance(length(time))

    def until(self, clock: str) -> None:
        self.clock.set(at(clock))


def sample_event() -> tuple[Event, Studio]:
    """The sample event of the repository."""
    found = load(REPOSITORY)
    assert found.event is not None, [problem.show("en") for problem in found.problems]
    assert found.studio is not None
    return found.event, found.studio


def sample_service(event: Event, studio: Studio, which: int) -> FakeService:
    """A service with day number ``which`` (from 0) of the sample event, both surfaces connected."""
    rundown = event.days[which]
    service = FakeService()
    plans = plan_day(event, rundown, studio)
    told = with_walls(loaded(rundown, tuple(studio.surfaces), scenes_by_cue(plans)), plans)
    hall = interpretation_of(studio, {name: plan.sound for name, plan in plans.items()})
    told = replace(told, words=words_by_cue(plans), interpretation=hall)
    service.happen(replace(told, outputs=outputs_of(studio), output_rules=studio.outputs))
    for surface in studio.surfaces:
        service.connect(surface)
    return service


# --- at the desk ------------------------------------------------------------------------------------------------


class AtDesk:
    """A desk with somebody at it: presses real keys, reads what is written."""

    def __init__(self, qtbot: QtBot, service: FakeService, desk: Desk) -> None:
        self.qtbot, self.service, self.desk = qtbot, service, desk

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, as the window system delivers it: shortcuts, guards and focus included."""
        QTest.keyClick(self.window, key, modifier)
        released = time.monotonic()
        self.look()
        # A finger takes its time; what is faster counts as the repeat of a key that is held.
        self.qtbot.waitUntil(lambda: (time.monotonic() - released) * 1000 > 2 * NO_FINGER)

    @property
    def window(self) -> QWindow:
        """Where the window system's events arrive."""
        window = self.desk.windowHandle()
        assert window is not None
        return window

    def look(self) -> None:
        """Waits until the desk shows what the service last told, and its clock is the service's."""
        self.qtbot.waitUntil(lambda: self.desk.shown is self.service.show)
        QCoreApplication.processEvents()
        self.desk.tick()

    def posted(self, kind: type[Posted]) -> list[Posted]:
        return [event for event in self.service.posted if isinstance(event, kind)]

    def cell(self, number: str, column: int) -> str:
        """What the cue sheet says of a cue."""
        model = self.desk.sheet.cues
        row = next(
            place
            for place in range(model.rowCount())
            if isinstance(entry := model.row_at(place), CueRow) and entry.cue.number == number
        )
        return str(model.index(row, column).data())

    def state(self, number: str) -> str:
        return self.cell(number, self.desk.sheet.cues.state_column)

    @property
    def notice(self) -> str:
        """The line below the buttons."""
        return self.desk.go_panel.notice.words


def sit_down(
    qtbot: QtBot,
    service: FakeService,
    *,
    event: Event | None = None,
    studio: Studio | None = None,
    language: Language = "en",
    rehearsal: bool = True,
    problems: tuple[Problem, ...] = (),
) -> AtDesk:
    """Opens a desk on ``service`` and waits until it is up and has the keys."""
    desk = Desk(service, event or small_event(), studio or small_studio(), SEOUL, language, rehearsal, problems)
    qtbot.addWidget(desk, before_close_func=lambda _: desk.end())
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    at_desk = AtDesk(qtbot, service, desk)
    at_desk.look()
    return at_desk


# --- a small evening of its own --------------------------------------------------------------------------------

PEOPLE = (
    Person(PersonId("london"), Text("시장", "Mayor"), Text("런던", "London"), "Europe/London", Where.REMOTE),
    Person(PersonId("lima"), Text("시장", "Mayor"), Text("리마", "Lima"), "America/Lima", Where.REMOTE),
    Person(PersonId("auckland"), Text("시장", "Mayor"), Text("오클랜드", "Auckland"), "Pacific/Auckland", Where.REMOTE),
    Person(PersonId("host"), Text("사회자", "Moderator"), Text("서울", "Seoul"), "Asia/Seoul", Where.HALL),
)


def small_studio() -> Studio:
    def surface(id: SurfaceId, title: Text, role: Role) -> Surface:
        return Surface(id, title, role, Size(1280, 720), 30, "ws://127.0.0.1:4455")

    def layout(id: str, title: Text, role: Role) -> tuple[LayoutId, Layout]:
        return LayoutId(id), Layout(LayoutId(id), title, role, Size(1280, 720), ())

    return Studio(
        title=Text("다목적홀", "Main hall"),
        time_zone="Asia/Seoul",
        capacity=500,
        limit=50,
        surfaces={
            PROGRAM: surface(PROGRAM, Text("송출", "Program"), Role.PROGRAM),
            WALL: surface(WALL, Text("LED 벽", "LED wall"), Role.WALL),
        },
        inputs={},
        layouts=dict([
            layout("full", Text("전체 화면", "Full frame"), Role.PROGRAM),
            layout("grid", Text("42개 도시", "42 cities"), Role.WALL),
        ]),
    )  # fmt: skip


def small_day() -> Day:
    """M1 to M5 from 22:00, M4 fixed at 22:20, M5 past midnight in a session of its own."""
    first = replace(
        cue("M1", 5, title=Text("시장 인사", "The mayor's welcome")),
        speakers=(PersonId("host"),),
        layouts={PROGRAM: LayoutId("full")},
    )
    second = replace(
        cue("M2", 5, title=Text("사례: 런던", "Case: London")),
        speakers=(PersonId("london"),),
        layouts={PROGRAM: LayoutId("full"), WALL: LayoutId("grid")},
        needs=("london", "interpretation"),
        notes=Notes(camera="2번 카메라 대기", interpretation="영어 → 한국어"),
        timer=Thresholds(Duration(60_000), Duration(30_000)),
    )
    third = replace(
        cue("M3", 5, title=Text("사례: 리마와 오클랜드", "Case: Lima and Auckland")),
        speakers=(PersonId("lima"), PersonId("auckland")),
    )
    fourth = cue("M4", 10, start="22:20", title=Text("토론", "Discussion"))
    late = cue("M5", None, start="24:10", title=Text("뒤풀이", "Afterwards"))
    return day(
        session(first, second, third, fourth, start="22:00", id="evening"),
        session(late, id="late"),
    )


def small_event(rundown: Day | None = None) -> Event:
    people = {person.id: person for person in PEOPLE}
    return Event("small", Text("도시정부 시장회의", "Mayors' meeting"), "Asia/Seoul", people, (rundown or small_day(),))


def small_service(now: str = "22:00") -> FakeService:
    """The small evening, both surfaces connected, nothing on air yet."""
    service = FakeService(now)
    service.load(small_day())
    service.connect(PROGRAM)
    service.connect(WALL)
    return service

"""A wall through the whole console: engine, journal, driver and an OBS, real and simulated, that says what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from studio_console.core.arrangement import Arrangement, from_cue, slated, swapped
from studio_console.core.picture import SurfacePlan, arranged_picture, holding_scene_of, live_scenes_of, plan_day
from studio_console.core.presses import GoPressed, WallArmed, WallBackPressed, WallHoldingPressed, WallTakePressed
from studio_console.core.rundown import Event
from studio_console.core.show import Show
from studio_console.core.studio import Colour, Input, Studio, Surface
from studio_console.core.units import InputId, PressId, SceneName
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.provision import provision
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests import test_arrangement as hall
from tests.builders import WALL, loaded, with_walls
from tests.obs_rigs import Rig, up
from tests.runtime_builders import Screen, running
from tests.test_obs_arranger import seen_in
from tests.waiting import wait_until

LIVE_A, LIVE_B = live_scenes_of(WALL)
HOLDING = holding_scene_of(WALL)
CUE = SceneName("M1 grid")
CUES = hall.DAY


def at(rig: Rig) -> tuple[Event, Studio, Surface, SurfacePlan]:
    """The hall of the arrangements' tests at that OBS; every guest is a plain colour."""
    surface = replace(hall.SURFACE, obs_url=rig.url)
    plain = {name: Input(InputId(name), entry.title, Colour("#406080")) for name, entry in hall.STUDIO.inputs.items()}
    studio = replace(hall.STUDIO, surfaces={WALL: surface}, inputs=plain)
    plan = plan_day(hall.EVENT, CUES, studio)[WALL]
    with up(rig.link()) as link:
        assert provision(link, [plan], folder=Path()).ok
    return hall.EVENT, studio, surface, plan


class AtConsole:
    """A hand at a console that is open on the wall."""

    def __init__(self, rig: Rig, engine: Engine, screen: Screen, studio: Studio, surface: Surface) -> None:
        self.rig, self.engine, self.screen = rig, engine, screen
        self._studio, self._surface = studio, surface
        self._presses = 0

    def press(self, kind: type, shows: SceneName) -> None:
        """Waits until the show knows that OBS shows ``shows``, and OBS says so itself."""
        self._presses += 1
        self.engine.post(kind(WALL, PressId(f"{kind.__name__} {self._presses} {id(self)}")))
        self.shows(shows)

    def shows(self, scene: SceneName) -> None:
        self.screen.wait_for(lambda show: show.surfaces[WALL].seen == scene and not self._pending(show))
        wait_until(lambda: self.rig.hand.on_air() == scene)

    @staticmethod
    def _pending(show: Show) -> bool:
        wall = show.walls.get(WALL)
        return wall is not None and wall.take is not None

    def go(self) -> None:
        self._presses += 1
        self.engine.post(GoPressed(hall.ALL.id, PressId(f"go {self._presses} {id(self)}")))
        self.shows(CUE)

    def arm(self, arrangement: Arrangement) -> SceneName:
        picture = arranged_picture(arrangement, self._surface, hall.EVENT, CUES, self._studio)
        assert picture is not None
        self._presses += 1
        press = PressId(f"arm {self._presses} {id(self)}")
        self.engine.post(WallArmed(WALL, arrangement, picture.items, picture.words, picture.people, press))
        show = self.screen.wait_for(
            lambda show: (
                WALL in show.walls
                and (armed := show.walls[WALL].armed) is not None
                and armed.press == press
                and (armed.built or armed.failed is not None)
            )
        )
        armed = show.walls[WALL].armed
        assert armed is not None
        assert armed.failed is None, armed.failed
        return armed.scene


@contextmanager
def console(rig: Rig, file: Path) -> Iterator[AtConsole]:
    _, studio, surface, plan = at(rig)
    news = with_walls(loaded(CUES, (WALL,), {hall.ALL.id: {WALL: CUE}}), {WALL: plan})
    journal = Journal(file)
    drivers = drivers_for([surface], {}, lambda _: rig.password)
    try:
        with running(SystemClock(), journal, drivers, news) as (engine, screen):
            screen.wait_for(lambda show: show.surfaces.get(WALL) is not None and show.surfaces[WALL].connected)
            yield AtConsole(rig, engine, screen, studio, surface)
    finally:
        journal.close()


def test_armed_taken_covered_and_brought_back_also_by_the_next_console(rig: Rig, tmp_path: Path) -> None:
    """Two cities change places, one drops out, the slide goes on; the console ends; the next one brings it all back."""
    own = from_cue(hall.ALL, WALL, hall.STUDIO)
    assert own is not None
    with console(rig, tmp_path / "journal") as desk:
        desk.go()
        scene = desk.arm(swapped(own, hall.LONDON, hall.DELHI))
        assert (scene, rig.hand.on_air()) == (LIVE_A, CUE)
        desk.press(WallTakePressed, LIVE_A)
        places = seen_in(rig, LIVE_A)
        assert (places["feed-delhi"], places["feed-london"]) == ((0, 0), (800, 0))  # the canvas is 2/3 of the wall's
        assert desk.arm(slated(own, hall.LIMA)) == LIVE_B
        assert "feed-lima" not in seen_in(rig, LIVE_B)
        assert "slate" in seen_in(rig, LIVE_B)
        assert seen_in(rig, LIVE_A) == places
        desk.press(WallHoldingPressed, HOLDING)
    assert rig.hand.on_air() == HOLDING
    with console(rig, tmp_path / "journal") as desk:
        desk.shows(HOLDING)
        desk.press(WallBackPressed, LIVE_A)
        assert seen_in(rig, LIVE_A) == places
        desk.press(WallBackPressed, CUE)

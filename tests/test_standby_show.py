"""A show with a standby from end to end: the main OBS dies, the standby is promoted, the console starts again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from studio_console.app.addresses import with_addresses
from studio_console.app.console import open_event, plans_for
from studio_console.app.obs import connect_drivers, provision_all
from studio_console.app.places import Mode
from studio_console.app.rehearsal import simulate
from studio_console.cli import main
from studio_console.core.alarms import alarms
from studio_console.core.presses import AlignPressed, ArmPressed, GoPressed, Grave, PromotePressed
from studio_console.core.reports import StandbySeen
from studio_console.core.show import Phase, Show, surface_of
from studio_console.core.studio import Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import PressId, SurfaceId
from studio_console.devices.obs.pair import pairs_for
from studio_console.devices.simulated.server import SimulatedObs
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.obs_rigs import Hand, Rig, real_rig
from tests.real_obs import PASSWORD, RealObs
from tests.runtime_builders import PROGRAM, Driver, Screen, a_rundown, running, scene_of
from tests.small_event import write_small_event

SCENES = tuple(scene_of(cue.id, PROGRAM) for cue in a_rundown(2).day.cues)


@dataclass
class Desk:
    """Somebody at a console on the main OBS and its standby."""

    engine: Engine
    screen: Screen
    presses: int = 0

    def press(self) -> PressId:
        self.presses += 1
        return PressId(f"{id(self)} {self.presses}")

    def go(self, cue: int) -> PressId:
        press = self.press()
        self.engine.post(GoPressed(a_rundown(2).day.cues[cue].id, press))
        return press

    def arm(self) -> None:
        self.engine.post(ArmPressed(Grave.PROMOTE_STANDBY, PROGRAM, self.press()))

    def promote(self) -> None:
        self.engine.post(PromotePressed(PROGRAM, self.press()))

    def align(self) -> None:
        self.engine.post(AlignPressed(PROGRAM, self.press()))


@contextmanager
def console(path: Path, main: str, standby: str) -> Iterator[Desk]:
    """A console with its journal at ``path``, up and connected to whichever of the two lives."""
    surface = Surface(PROGRAM, same("Program"), Role.PROGRAM, Size(1280, 720), 30, main, standby_url=standby)
    journal = Journal(path)
    drivers = pairs_for([surface], lambda _: PASSWORD)
    first = () if any(journal.entries()) else (a_rundown(2, (PROGRAM,), take_deadline=20_000),)
    try:
        with running(SystemClock(), journal, drivers, *first) as (engine, screen):
            screen.wait_for(lambda show: said_of_both(show))
            yield Desk(engine, screen)
    finally:
        journal.close()


def said_of_both(show: Show) -> bool:
    state = surface_of(show, PROGRAM)
    if state.standby is None:
        return False
    standby = state.standby
    return (state.connected or state.lost_reason is not None) and (standby.connected or standby.reason is not None)


def on_air_at(show: Show, press: PressId) -> bool:
    take = show.on_air
    return take is not None and take.press == press and PROGRAM in take.confirmed and take.phase is Phase.ON_AIR


def standby_shows(show: Show, scene: str) -> bool:
    standby = surface_of(show, PROGRAM).standby
    return standby is not None and standby.scene == scene


def codes(show: Show) -> set[str]:
    return {alarm.code for alarm in alarms(show)}


def the_main_one_dies(first: Rig, second: Rig, path: Path) -> None:
    """GO on both; the main one dies; arm, promote, GO: the former standby confirms it. Started again it stays so."""
    for rig in (first, second):
        rig.hand.scenes(*SCENES)
    with console(path, first.url, second.url) as desk:
        press = desk.go(0)
        desk.screen.wait_for(lambda show: on_air_at(show, press) and standby_shows(show, SCENES[0]))
        (first.real or first.simulated).close()
        desk.screen.wait_for(lambda show: {"surface-lost", "standby-at-hand"} <= codes(show))
        desk.promote()
        desk.screen.wait_for(lambda show: show.refusal is not None)
        desk.arm()
        desk.promote()
        show = desk.screen.wait_for(lambda show: surface_of(show, PROGRAM).main and surface_of(show, PROGRAM).connected)
        assert surface_of(show, PROGRAM).seen == SCENES[0]
        assert second.hand.on_air() == SCENES[0]
        press = desk.go(1)
        desk.screen.wait_for(lambda show: on_air_at(show, press))
        assert second.hand.on_air() == SCENES[1]
    with console(path, first.url, second.url) as desk:
        show = desk.screen.show
        assert (surface_of(show, PROGRAM).connected, surface_of(show, PROGRAM).seen) == (True, SCENES[1])
        assert show.on_air is not None
        assert show.on_air.press == press
        assert second.hand.on_air() == SCENES[1]
        assert "standby-promoted" in codes(show)


def test_the_main_obs_dies_on_air_and_its_standby_takes_over(tmp_path: Path) -> None:
    with ExitStack() as stack:
        rigs = []
        for _ in range(2):
            server = stack.enter_context(SimulatedObs(password=PASSWORD, canvas=(1280, 720)))
            rigs.append(Rig(server.url, PASSWORD, simulated=server))
            stack.callback(rigs[-1].close)
        the_main_one_dies(*rigs, tmp_path / "show.journal")


@pytest.mark.real_obs
def test_a_real_obs_dies_on_air_and_its_standby_takes_over(real_obs: RealObs, own_rig: Rig, tmp_path: Path) -> None:
    second = real_rig(real_obs)
    second.fresh()
    the_main_one_dies(own_rig, second, tmp_path / "show.journal")
    second.close()


@pytest.mark.real_obs
def test_what_a_hand_does_in_a_real_standby_is_listed_until_it_is_put_right(real_obs: RealObs, tmp_path: Path) -> None:
    """An item moved, hidden, made quieter; a switch by hand, brought into line by one press. The main one simulated."""
    with SimulatedObs(password=PASSWORD, canvas=(1280, 720)) as server, ExitStack() as stack:
        standby = real_rig(real_obs)
        stack.callback(standby.close)
        standby.fresh()
        main_hand = Hand(server.url, PASSWORD)
        stack.callback(main_hand.close)
        for hand in (main_hand, standby.hand):
            hand.scenes(*SCENES)
        hand = standby.hand
        with console(tmp_path / "show.journal", server.url, standby.url) as desk:
            press = desk.go(0)
            desk.screen.wait_for(lambda show: on_air_at(show, press) and standby_shows(show, SCENES[0]))
            item = hand.do("GetSceneItemList", sceneName=SCENES[0])["sceneItems"][0]["sceneItemId"]
            this = {"sceneName": SCENES[0], "sceneItemId": item}
            moved, hidden = "lies elsewhere", "is hidden"
            desk.screen.wait_for(lambda show: drift_of(show) is not None and moved not in drift_of(show))
            hand.do("SetSceneItemTransform", **this, sceneItemTransform={"positionX": 55.0})
            desk.screen.wait_for(lambda show: moved in drift_of(show))
            hand.do("SetSceneItemEnabled", **this, sceneItemEnabled=False)
            desk.screen.wait_for(lambda show: hidden in drift_of(show))
            hand.do("SetSceneItemTransform", **this, sceneItemTransform={"positionX": 0.0})
            hand.do("SetSceneItemEnabled", **this, sceneItemEnabled=True)
            desk.screen.wait_for(lambda show: moved not in drift_of(show) and hidden not in drift_of(show))
            hand.air(SCENES[1])
            desk.screen.wait_for(lambda show: "standby-differs" in codes(show))
            desk.align()
            desk.screen.wait_for(lambda show: standby_shows(show, SCENES[0]) and "standby-differs" not in codes(show))
            assert hand.on_air() == SCENES[0]


def drift_of(show: Show) -> str:
    standby = surface_of(show, PROGRAM).standby
    return "\n".join(line.en for line in standby.drift) if standby is not None else ""


# --- the engine -------------------------------------------------------------------------------------------------


def test_a_driver_is_told_of_the_promotion_once_and_again_before_the_next_start(tmp_path: Path) -> None:
    """Journalled and replayed; a driver that has none at that address may leave it."""
    clock = SystemClock()
    seen = StandbySeen(PROGRAM, "10.0.0.6:4455", True)
    journal = Journal(tmp_path / "show.journal")
    driver = Driver(PROGRAM)
    with running(clock, journal, {PROGRAM: driver}, a_rundown(2, (PROGRAM,))) as (engine, screen):
        engine.post(seen)
        engine.post(ArmPressed(Grave.PROMOTE_STANDBY, PROGRAM, PressId("arm")))
        engine.post(PromotePressed(PROGRAM, PressId("promote")))
        screen.wait_for(lambda show: surface_of(show, PROGRAM).main == seen.address)
        engine.post(AlignPressed(PROGRAM, PressId("align")))
        screen.wait_for(lambda show: show.refusal is not None and show.refusal.press == "align")
    assert driver.promoted == [seen.address]
    again = Driver(PROGRAM)
    with running(clock, journal, {PROGRAM: again}) as (_, screen):
        screen.wait_for(lambda show: surface_of(show, PROGRAM).connected)
    assert again.promoted == [f"before the start: {seen.address}"]
    assert again.takes == []
    journal.close()


# --- the commands -----------------------------------------------------------------------------------------------


@pytest.fixture
def three() -> Iterator[dict[str, SimulatedObs]]:
    with ExitStack() as stack:
        names = ("program", "wall", "program-standby")
        yield {name: stack.enter_context(SimulatedObs(canvas=(640, 360))) for name in names}


def addresses(servers: dict[str, SimulatedObs]) -> list[str]:
    return [word for name, server in servers.items() for word in ("--obs-url", f"{name}={server.url}")]


def test_provision_builds_the_same_in_both_and_preflight_looks_at_both(
    three: dict[str, SimulatedObs], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = write_small_event(tmp_path / "event")
    arguments = [str(event), *addresses(three), "--stand-ins", "--lang", "en"]
    assert main(["preflight", *arguments]) == 1
    assert "✗ program-standby: scene “M1 title”: is not in OBS. → Run provision." in capsys.readouterr().out
    assert main(["provision", *arguments, "--quiet"]) == 0
    said = capsys.readouterr().out
    assert [line.partition(":")[0] for line in said.splitlines()] == ["program", "wall", "program-standby"]
    assert main(["preflight", *arguments, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {finding["surface"] for finding in report} == {None, "program", "wall", "program-standby"}
    both = [Hand(three[name].url, "") for name in ("program", "program-standby")]
    lists = [[entry["sceneName"] for entry in hand.do("GetSceneList")["scenes"]] for hand in both]
    for hand in both:
        hand.close()
    assert lists[0] == lists[1]


def test_a_standby_that_is_off_is_one_line_and_the_rest_is_checked(
    three: dict[str, SimulatedObs], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    three["program-standby"].close()
    event = write_small_event(tmp_path / "event")
    assert main(["preflight", str(event), *addresses(three), "--stand-ins", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "✓ program: link to OBS: reached" in said
    assert "✗ program-standby: link to OBS:" in said


def test_a_rehearsal_has_a_simulated_standby_that_follows(tmp_path: Path) -> None:
    """Built like the main one, connected, and without any difference."""
    opened = open_event(write_small_event(tmp_path / "event"))
    studio = with_addresses(opened.studio, ["program-standby=ws://127.0.0.1:4465"])
    opened = replace(opened, studio=studio)
    simulation = simulate(studio)
    assert len(simulation.servers) == 3
    plans = plans_for(opened, opened.event.days[0], Mode.REHEARSAL)
    provision_all(plans, simulation.studio, simulation.password_of, opened.folder)
    journal = Journal(tmp_path / "show.journal")
    drivers = connect_drivers(simulation.studio, simulation.password_of, opened.folder)
    with running(SystemClock(), journal, drivers, a_rundown(2)) as (_, screen):
        show = screen.wait_for(lambda show: said_of_both(show) and surface_of(show, PROGRAM).connected)
    standby = surface_of(show, PROGRAM).standby
    assert standby is not None
    assert (standby.connected, standby.drift_count) == (True, 0)
    assert show.surfaces[SurfaceId("wall")].standby is None
    journal.close()
    simulation.close()

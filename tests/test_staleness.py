"""A cue is edited after its scene was built: the desk says so before GO puts the old picture on air."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from studio_console.app.addresses import with_addresses
from studio_console.app.console import open_event, plans_for
from studio_console.app.obs import provision_all
from studio_console.app.places import Mode
from studio_console.app.staleness import compared
from studio_console.core.alarms import alarms
from studio_console.core.reports import ScenesCompared
from studio_console.core.units import SurfaceId
from studio_console.devices.simulated.server import SimulatedObs
from studio_console.files.load import load
from tests.open_day import open_day
from tests.ports import free_port
from tests.small_event import write_small_event
from tests.waiting import wait_until

PROGRAM = SurfaceId("program")


def test_an_edit_after_provisioning_is_told_until_the_scenes_are_built_again(tmp_path: Path) -> None:
    folder = write_small_event(tmp_path / "event")
    with SimulatedObs() as program, SimulatedObs() as wall:
        urls = {"program": program.url, "wall": wall.url}
        opened = open_event(folder)
        studio = with_addresses(opened.studio, [f"{name}={url}" for name, url in urls.items()])

        def build() -> None:
            now = open_event(folder)
            provision_all(plans_for(now, now.event.days[0], Mode.SHOW), studio, lambda _: None, folder)

        build()
        with open_day(folder, urls, tmp_path) as (console, devices, shows):
            wait_until(lambda: all(state.connected for state in shows[-1].surfaces.values()))
            day = next((folder / "rundown").glob("day-*.yaml"))
            text = day.read_text("utf-8")
            day.write_text(text.replace("여는 화면", "여는 말씀"), "utf-8")
            assert console.reload(load(folder))
            devices.provision()
            wait_until(lambda: shows[-1].surfaces[PROGRAM].stale, lambda: shows[-1].surfaces)
            assert all(isinstance(name, str) for name in shows[-1].surfaces[PROGRAM].stale)
            assert "scenes-stale" in [alarm.code for alarm in alarms(shows[-1])]
            build()
            devices.provision()
            wait_until(lambda: not shows[-1].surfaces[PROGRAM].stale)
            assert "scenes-stale" not in [alarm.code for alarm in alarms(shows[-1])]


def test_a_scene_that_was_never_built_is_missing_and_not_stale(tmp_path: Path) -> None:
    folder = write_small_event(tmp_path / "event")
    with SimulatedObs() as program, SimulatedObs() as wall, ExitStack() as stack:
        urls = {"program": program.url, "wall": wall.url}
        console, _, _ = stack.enter_context(open_day(folder, urls, tmp_path))
        told = list(compared(console, console.opened.studio, lambda _: None))
    assert told == [ScenesCompared(PROGRAM, frozenset()), ScenesCompared(SurfaceId("wall"), frozenset())]


def test_an_obs_that_is_down_is_passed_over(tmp_path: Path) -> None:
    folder = write_small_event(tmp_path / "event")
    nowhere = f"ws://127.0.0.1:{free_port()}"
    with (
        SimulatedObs() as program,
        open_day(folder, {"program": program.url, "wall": nowhere}, tmp_path) as (console, _, _),
    ):
        told = list(compared(console, console.opened.studio, lambda _: None))
    assert [event.surface for event in told] == [PROGRAM]

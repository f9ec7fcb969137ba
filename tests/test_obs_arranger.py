"""The wall arranged by hand on an OBS: built where nobody sees it, taken by one scene change.

The conversations run on a real OBS and on the simulated one; what is seen is asked of OBS itself.
"""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio_console.core.effects import ArrangeScene, TakeScene, WriteText
from studio_console.core.picture import InputPlan, Item, ScenePlan, SurfacePlan, live_scenes_of, projector_scene_of
from studio_console.core.reports import (
    ArrangeFailed,
    SceneArranged,
    SceneSeen,
    SurfaceConnected,
    SurfaceLost,
    TextWritten,
)
from studio_console.core.rundown import Transition
from studio_console.core.studio import Colour, Fit, Rect, Role, Size, Surface, Words
from studio_console.core.text import same
from studio_console.core.units import CueId, PressId, SceneName, SurfaceId
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.provision import provision
from tests.obs_rigs import Posted, Rig, up
from tests.waiting import wait_until

WALL, PROGRAM = SurfaceId("wall"), SurfaceId("program")
LIVE_A, LIVE_B = live_scenes_of(WALL)
CUE = SceneName("M1 grid")
CITIES = ("london", "lima", "kabul", "delhi")
COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#ffff00")
_presses = itertools.count(1)


def wall(url: str) -> Surface:
    return Surface(WALL, same("Wall"), Role.WALL, Size(1280, 720), 30, url)


def cell(place: int) -> Rect:
    return Rect(place % 2 * 640, place // 2 * 360, 640, 360)


def tiles(cities: Sequence[str]) -> tuple[Item, ...]:
    """The cities in the four corners, from top left."""
    return tuple(Item(city, cell(place), Fit.STRETCH) for place, city in enumerate(cities))


def provisioned(rig: Rig, surface: Surface, projector: SceneName | None = None) -> None:
    inputs = tuple(InputPlan(city, Colour(colour)) for city, colour in zip(CITIES, COLOURS, strict=True))
    scene = ScenePlan(CUE, tiles(CITIES))
    by_cue, live = {CueId("m1"): CUE}, live_scenes_of(surface.id)
    plan = SurfacePlan(surface, (scene,), inputs, by_cue, projector_scene=projector, buffers=live)
    with up(rig.link()) as link:
        report = provision(link, [plan], folder=Path())
        assert report.ok, report.problems
        assert provision(link, [plan], folder=Path()).changes == ()


@contextmanager
def driving(rig: Rig, *surfaces: Surface) -> Iterator[list[tuple[ObsDriver, Posted]]]:
    drivers = drivers_for(surfaces, {}, lambda _: rig.password)
    started: list[tuple[ObsDriver, Posted]] = []
    try:
        for driver in drivers.values():
            posted = Posted()
            driver.start(posted)
            posted.wait_for(SurfaceConnected)
            posted.forget()
            started.append((driver, posted))
        yield started
    finally:
        for driver in drivers.values():
            driver.close()


def press() -> PressId:
    return PressId(f"press {next(_presses)}")


def arrange(driver: ObsDriver, scene: SceneName, items: tuple[Item, ...], **words: Words) -> PressId:
    made = press()
    driver.arrange(ArrangeScene(driver.surface, ScenePlan(scene, items), words, made, "by hand"))
    return made


def take(driver: ObsDriver, posted: Posted, scene: SceneName) -> None:
    made = press()
    driver.take(TakeScene(driver.surface, scene, Transition(), None, made, "by hand"))
    posted.wait_for(SceneSeen, press=made, scene=scene)


def seen_in(rig: Rig, scene: str) -> dict[str, tuple[float, float]]:
    """What is shown in a scene, and where its top left corner is, as OBS says."""
    items: list[dict[str, Any]] = rig.hand.do("GetSceneItemList", sceneName=scene)["sceneItems"]
    shown = [item for item in items if item["sceneItemEnabled"]]
    return {
        item["sourceName"]: (item["sceneItemTransform"]["positionX"], item["sceneItemTransform"]["positionY"])
        for item in shown
    }


def colours_in(rig: Rig, scene: str) -> list[str]:
    """The colours in the middle of the four corners of what OBS draws of a scene, from top left."""
    answer = rig.hand.do("GetSourceScreenshot", sourceName=scene, imageFormat="png", imageWidth=64, imageHeight=36)
    picture = Image.open(io.BytesIO(base64.b64decode(answer["imageData"].partition(",")[2]))).convert("RGB")
    pixels = [picture.getpixel((16 + place % 2 * 32, 9 + place // 2 * 18)) for place in range(4)]
    return ["#{:02x}{:02x}{:02x}".format(*pixel) for pixel in pixels if isinstance(pixel, tuple)]


def corners(cities: Sequence[str]) -> dict[str, tuple[float, float]]:
    return {city: (cell(place).x, cell(place).y) for place, city in enumerate(cities)}


def test_the_next_wall_is_prepared_while_this_one_is_seen_and_taken_by_one_scene_change(rig: Rig) -> None:
    """Two cities change places: nothing on air moves, and then all of it at once."""
    surface = wall(rig.url)
    provisioned(rig, surface)
    with driving(rig, surface) as [(driver, posted)]:
        take(driver, posted, CUE)
        swapped = ("lima", "london", "kabul", "delhi")
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_A, tiles(swapped)), scene=LIVE_A)
        assert rig.hand.on_air() == CUE
        assert seen_in(rig, CUE) == corners(CITIES)
        assert seen_in(rig, LIVE_A) == corners(swapped)
        take(driver, posted, LIVE_A)
        fewer = ("delhi", "kabul")
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_B, tiles(fewer)), scene=LIVE_B)
        assert seen_in(rig, LIVE_A) == corners(swapped)
        assert seen_in(rig, LIVE_B) == corners(fewer)
        take(driver, posted, LIVE_B)
        # Back in the first one: who is not wanted now is hidden and not thrown away.
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_A, tiles(fewer)), scene=LIVE_A)
        assert seen_in(rig, LIVE_A) == corners(fewer)
        assert len(rig.hand.do("GetSceneItemList", sceneName=LIVE_A)["sceneItems"]) == 4


def test_the_picture_that_was_armed_is_the_picture_that_is_seen(rig: Rig) -> None:
    """Not what OBS says of its items, but what it draws: first on nobody's screen, then on the wall."""
    surface = wall(rig.url)
    provisioned(rig, surface)
    red, green, blue, yellow = COLOURS
    with driving(rig, surface) as [(driver, posted)]:
        take(driver, posted, CUE)
        swapped = ("lima", "london", "delhi", "kabul")
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_A, tiles(swapped)), scene=LIVE_A)
        wait_until(lambda: colours_in(rig, LIVE_A) == [green, red, yellow, blue])
        assert colours_in(rig, rig.hand.on_air()) == [red, green, blue, yellow]
        take(driver, posted, LIVE_A)
        assert colours_in(rig, rig.hand.on_air()) == [green, red, yellow, blue]


def test_what_was_arranged_survives_provisioning(rig: Rig) -> None:
    surface = wall(rig.url)
    provisioned(rig, surface)
    with driving(rig, surface) as [(driver, posted)]:
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_A, tiles(("delhi", "lima"))))
        provisioned(rig, surface)
        assert seen_in(rig, LIVE_A) == corners(("delhi", "lima"))


def test_a_name_plate_that_is_not_there_yet_is_made(rig: Rig) -> None:
    """A city put large has letters of another size than the grid's."""
    surface = wall(rig.url)
    provisioned(rig, surface)
    plate = Item("plate lima 52", Rect(40, 640, 600, 60), Fit.CONTAIN)
    with driving(rig, surface) as [(driver, posted)]:
        words = {"plate lima 52": Words("Lima", 52)}
        made = arrange(driver, LIVE_A, (*tiles(("lima",)), plate), **words)
        posted.wait_for(SceneArranged, press=made)
        assert seen_in(rig, LIVE_A) == {"lima": (0, 0), "plate lima 52": (40, 640)}
        provisioned(rig, surface)  # it is the console's own, and nobody's stranger


def test_what_cannot_be_built_is_told_and_nothing_on_air_changes(rig: Rig) -> None:
    surface = wall(rig.url)
    provisioned(rig, surface)
    with driving(rig, surface) as [(driver, posted)]:
        take(driver, posted, CUE)
        failed = posted.wait_for(ArrangeFailed, press=arrange(driver, LIVE_A, tiles(("lima", "atlantis"))))
        assert "atlantis" in failed.reason.en
        assert (rig.hand.on_air(), seen_in(rig, CUE)) == (CUE, corners(CITIES))
        take(driver, posted, LIVE_A)
        failed = posted.wait_for(ArrangeFailed, press=arrange(driver, LIVE_A, tiles(("lima",))))
        assert "on air" in failed.reason.en
        assert seen_in(rig, LIVE_A) == {}


def test_the_latest_arming_is_the_one_that_counts(rig: Rig) -> None:
    """Somebody presses on and on: what is said to be built is what was pressed last, and it is so."""
    surface = wall(rig.url)
    provisioned(rig, surface)
    orders = list(itertools.permutations(CITIES))[:12]
    with driving(rig, surface) as [(driver, posted)]:
        made = [arrange(driver, LIVE_A, tiles(order)) for order in orders]
        posted.wait_for(SceneArranged, press=made[-1])
        assert seen_in(rig, LIVE_A) == corners(orders[-1])


def test_after_a_loss_only_what_is_still_so_is_told(simulated_rig: Rig) -> None:
    """An OBS that only hung has everything as it was; one in which something was moved meanwhile is not vouched for."""
    surface = wall(simulated_rig.url)
    provisioned(simulated_rig, surface)
    with driving(simulated_rig, surface) as [(driver, posted)]:
        kept = arrange(driver, LIVE_A, tiles(("lima", "delhi")))
        posted.wait_for(SceneArranged, press=kept)
        moved = arrange(driver, LIVE_B, tiles(("kabul",)))
        posted.wait_for(SceneArranged, press=moved)
        (item,) = simulated_rig.hand.do("GetSceneItemList", sceneName=LIVE_B)["sceneItems"]
        place = {"sceneName": LIVE_B, "sceneItemId": item["sceneItemId"], "sceneItemTransform": {"positionX": 99}}
        simulated_rig.hand.do("SetSceneItemTransform", **place)
        posted.forget()
        simulated_rig.freeze()
        posted.wait_for(SurfaceLost)
        simulated_rig.thaw()
        posted.wait_for(SceneArranged, press=kept)
        again = arrange(driver, LIVE_B, tiles(("kabul",)))
        posted.wait_for(SceneArranged, press=again)
        assert [event.press for event in posted.of(SceneArranged)] == [kept, again]
        assert seen_in(simulated_rig, LIVE_B) == corners(("kabul",))


def test_a_projectors_wall_is_arranged_and_taken_too(rig: Rig) -> None:
    """One OBS carries both: the wall is a scene of scenes there."""
    surface = wall(rig.url)
    provisioned(rig, surface, projector_scene_of(WALL))
    program = Surface(PROGRAM, same("Program"), Role.PROGRAM, Size(1280, 720), 30, rig.url)
    with driving(rig, program, surface) as [_, (driver, posted)]:
        take(driver, posted, CUE)
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_A, tiles(("lima",))))
        take(driver, posted, LIVE_A)
        failed = posted.wait_for(ArrangeFailed, press=arrange(driver, LIVE_A, tiles(("delhi",))))
        assert "on air" in failed.reason.en
        take(driver, posted, CUE)
        posted.wait_for(SceneArranged, press=arrange(driver, LIVE_A, tiles(("delhi",))))
        assert seen_in(rig, LIVE_A) == corners(("delhi",))


@pytest.mark.parametrize("name", ["roll call M5 1of1 40"])
def test_a_list_is_written_and_stays_written(rig: Rig, name: str) -> None:
    """What is marked on air is not undone by provisioning; a list that is missing is told, and when it is back."""
    surface = wall(rig.url)
    plan = SurfacePlan(
        surface,
        (ScenePlan(CUE, (Item(name, Rect(0, 0, 640, 360), Fit.CONTAIN),)),),
        (InputPlan(name, Words("· London", 40, live=True)),),
        {},
    )
    with driving(rig, surface) as [(driver, posted)]:
        driver.write_text(WriteText(WALL, name, "✓ London", "marked"))
        assert posted.wait_for(TextWritten).reason is not None
        with up(rig.link()) as link:
            assert provision(link, [plan], folder=Path()).ok
            driver.write_text(WriteText(WALL, name, "✓ London", "marked"))
            posted.wait_for(TextWritten, reason=None)
            assert provision(link, [plan], folder=Path()).changes == ()
        assert rig.hand.do("GetInputSettings", inputName=name)["inputSettings"]["text"] == "✓ London"

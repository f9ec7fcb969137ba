"""A guest on NDI or a browser link is made in OBS by a person: the console puts it into its scenes, and no more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio_console.core.picture import InputPlan, Item, ScenePlan, SurfacePlan
from studio_console.core.studio import Colour, Fit, MadeInObs, Rect, Role, Size, Source, Surface
from studio_console.core.text import LANGUAGES, same
from studio_console.core.units import SceneName, SurfaceId
from studio_console.devices.obs.by_hand import obstacles
from studio_console.devices.obs.diff import LIBRARY, REGISTER, REGISTER_KEY
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.inspection import inspect
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.provision import ProvisionReport, provision
from studio_console.devices.obs.wanted import Wanted
from tests.obs_rigs import Rig, up
from tests.waiting import wait_until

NDI = "NDI London · 런던"
FULL = Rect(0, 0, 1280, 720)
RIGHT = Rect(640, 120, 240, 480)


def plan(scenes: dict[str, Sequence[str]], name: str = "program") -> SurfacePlan:
    """``NDI`` is somebody's, everything else the console's own colour; what comes after the first is in a tall slot."""
    surface = Surface(SurfaceId(name), same(name), Role.PROGRAM, Size(1280, 720), 30, "ws://127.0.0.1:4455")
    made = tuple(
        ScenePlan(
            SceneName(key),
            tuple(Item(item, FULL if place == 0 else RIGHT, Fit.COVER) for place, item in enumerate(items)),
        )
        for key, items in scenes.items()
    )
    sources = {item for items in scenes.values() for item in items}
    theirs: dict[str, Source] = {name: MadeInObs(name) for name in sources if name == NDI}
    inputs = {name: theirs.get(name, Colour("#0000ff")) for name in sorted(sources)}
    return SurfacePlan(surface, made, tuple(InputPlan(key, source) for key, source in inputs.items()), {})


DAY = plan({"M1": ["blue", NDI], "M2": ["blue"]})


def build(rig: Rig, *plans: SurfacePlan, **options: Any) -> ProvisionReport:
    with up(rig.link()) as link:
        return provision(link, plans, folder=Path(), **options)


def preflight(rig: Rig, wanted: SurfacePlan) -> list[Finding]:
    with up(rig.link()) as link:
        return inspect(link, wanted, folder=Path(), disk_needed=1)


def bad(found: Sequence[Finding]) -> dict[str, str]:
    assert all(finding.remedy for finding in found if not finding.ok)
    return {finding.what.en: finding.message.en for finding in found if not finding.ok}


def make_by_hand(rig: Rig, name: str = NDI, size: tuple[int, int] = (800, 500), scene: str = "by hand") -> None:
    """A source as a person makes one, in a scene of their own."""
    if scene not in {entry["sceneName"] for entry in rig.hand.do("GetSceneList")["scenes"]}:
        rig.hand.do("CreateScene", sceneName=scene)
    kinds = rig.hand.do("GetInputKindList", unversioned=False)["inputKinds"]
    kind = next(kind for kind in kinds if kind.startswith("color_source"))
    settings = {"color": 0xFF00FF00, "width": size[0], "height": size[1]}
    rig.hand.do("CreateInput", sceneName=scene, inputName=name, inputKind=kind, inputSettings=settings)


def register(rig: Rig) -> dict[str, Any]:
    settings = rig.hand.do("GetInputSettings", inputName=REGISTER)["inputSettings"]
    return dict(json.loads(settings[REGISTER_KEY]))


def items(rig: Rig, scene: str) -> list[dict[str, Any]]:
    found = rig.hand.do("GetSceneItemList", sceneName=scene)["sceneItems"]
    return sorted(found, key=lambda item: item["sceneItemIndex"])


def sources_in(rig: Rig, scene: str) -> list[str]:
    return [item["sourceName"] for item in items(rig, scene)]


def source_as_it_is(rig: Rig, name: str = NDI) -> tuple[Any, Any]:
    return rig.hand.do("GetInputSettings", inputName=name), rig.hand.ask("GetInputMute", inputName=name)


def test_what_a_person_made_is_placed_and_not_touched(rig: Rig) -> None:
    make_by_hand(rig)
    before = source_as_it_is(rig)
    report = build(rig, DAY)
    assert report.ok, report.problems
    assert sources_in(rig, "M1") == ["blue", NDI]
    place = items(rig, "M1")[1]["sceneItemTransform"]
    assert (place["cropLeft"], place["cropRight"]) == (275, 275), "cropped to its slot, as every picture is"
    assert source_as_it_is(rig) == before
    assert sources_in(rig, "by hand") == [NDI]
    assert NDI not in sources_in(rig, LIBRARY)
    assert not [change for change in report.changes if change.request.data.get("inputName") == NDI]
    owned = register(rig)
    assert NDI not in (*owned["inputs"], *owned["scenes"])
    again = build(rig, DAY)
    assert (again.changes, again.deferred, again.problems) == ((), (), ())
    good = preflight(rig, DAY)
    assert bad(good) == {}
    assert f"“{NDI}”, made in OBS" in [finding.what.en for finding in good]


def test_what_is_missing_is_said_and_the_rest_is_built(rig: Rig) -> None:
    make_by_hand(rig, "ndi london ·런던")
    for report in (build(rig, DAY, dry_run=True), build(rig, DAY), build(rig, DAY)):
        (missing,) = report.problems
        assert not report.ok
        assert (missing.what.en, missing.ok, missing.minor) == (NDI, False, False)
        for language in LANGUAGES:
            assert NDI in missing.message.show(language)
            assert "ndi london ·런던" in missing.message.show(language), "which is perhaps what was meant"
            assert missing.remedy is not None
            assert NDI in missing.remedy.show(language)
    assert (sources_in(rig, "M1"), sources_in(rig, "M2")) == (["blue"], ["blue"])
    assert list(bad(preflight(rig, DAY))) == [NDI], "said once, and provision is not asked to make it"
    rig.hand.do("SetInputName", inputName="ndi london ·런던", newInputName=NDI)
    assert list(bad(preflight(rig, DAY))) == ["contents"], "provision is to put it in"
    assert build(rig, DAY).ok
    assert sources_in(rig, "M1") == ["blue", NDI]


def test_deleting_it_is_said(rig: Rig) -> None:
    """Out of the last scene that has it, as a person does in OBS: with that OBS throws it away."""
    make_by_hand(rig)
    build(rig, DAY)
    for scene in ("by hand", "M1"):
        last = items(rig, scene)[-1]
        rig.hand.do("RemoveSceneItem", sceneName=scene, sceneItemId=last["sceneItemId"])
    wait_until(lambda: rig.hand.ask("GetInputSettings", inputName=NDI)[0] == 600)
    report = build(rig, DAY)
    assert [finding.what.en for finding in report.problems] == [NDI]
    assert NDI in bad(preflight(rig, DAY))
    make_by_hand(rig)
    assert build(rig, DAY).ok
    assert sources_in(rig, "M1") == ["blue", NDI]


def test_it_leaves_the_scenes_it_is_no_longer_wanted_in_and_no_other(rig: Rig) -> None:
    """Somebody else is to be seen in M1: London must not stay on top of them. In M2 a person put London themselves."""
    make_by_hand(rig)
    build(rig, DAY)
    rig.hand.do("CreateSceneItem", sceneName="M2", sourceName=NDI)
    other = plan({"M1": ["blue", "lima"], "M2": ["blue"]})
    assert build(rig, other).ok
    assert (sources_in(rig, "M1"), sources_in(rig, "M2")) == (["blue", "lima"], ["blue", NDI])
    assert "placed" not in register(rig)
    assert build(rig, other).changes == ()
    assert sources_in(rig, "by hand") == [NDI]


def test_on_air_it_waits_to_be_taken_out_and_is_not_forgotten(rig: Rig) -> None:
    make_by_hand(rig)
    build(rig, DAY)
    rig.hand.air("M1")
    wait_until(lambda: rig.hand.on_air() == "M1")
    other = plan({"M1": ["blue"], "M2": ["blue"]})
    for _ in range(2):
        report = build(rig, other)
        assert [change.request.type for change in report.deferred] == ["RemoveSceneItem"]
    assert sources_in(rig, "M1") == ["blue", NDI]
    assert build(rig, other, allow_on_air=True).deferred == ()
    assert sources_in(rig, "M1") == ["blue"]


def test_a_scene_made_by_hand_can_be_placed_but_not_in_itself(rig: Rig) -> None:
    """Somebody mixes two browser guests in a scene of that name; later they drag M3 into it: a circle."""
    make_by_hand(rig, "VDO left", scene=NDI)
    assert build(rig, DAY).ok
    assert sources_in(rig, "M1") == ["blue", NDI]
    assert sources_in(rig, NDI) == ["VDO left"]
    assert bad(preflight(rig, DAY)) == {}
    later = plan({"M1": ["blue", NDI], "M2": ["blue"], "M3": ["blue", NDI]})
    build(rig, plan({"M3": ["blue"]}))
    rig.hand.do("CreateSceneItem", sceneName=NDI, sourceName="M3")
    report = build(rig, later)
    (circle,) = report.problems
    assert "M3" in circle.message.ko
    assert circle.remedy is not None
    rig.hand.do("RemoveSceneItem", sceneName=NDI, sceneItemId=items(rig, NDI)[-1]["sceneItemId"])
    assert build(rig, later).ok
    assert sources_in(rig, "M3") == ["blue", NDI]


def test_what_the_console_made_can_be_handed_over(rig: Rig) -> None:
    """The feed becomes an NDI source of the same name: from then on it is the person's, and still leaves M1 when it
    is not wanted there."""
    made = (InputPlan("blue", Colour("#0000ff")), InputPlan(NDI, Colour("#00ff00")))
    build(rig, replace(DAY, inputs=made))
    assert NDI in register(rig)["inputs"]
    report = build(rig, DAY)
    assert report.ok
    assert [change.request.type for change in report.changes] == ["SetInputSettings", "SetSceneItemTransform"]
    assert report.changes[0].request.data["inputName"] == REGISTER
    assert NDI not in register(rig)["inputs"]
    assert build(rig, DAY).changes == ()
    build(rig, plan({"M1": ["blue"], "M2": ["blue"]}))
    assert sources_in(rig, "M1") == ["blue"]


@pytest.mark.parametrize("name", [LIBRARY, REGISTER, "M2"])
def test_names_of_the_consoles_own_are_refused(simulated_rig: Rig, name: str) -> None:
    inputs = (InputPlan("blue", Colour("#0000ff")), InputPlan(name, MadeInObs(name)))
    scenes = (replace(DAY.scenes[0], items=(Item("blue", FULL, Fit.COVER), Item(name, RIGHT, Fit.COVER))),)
    day = replace(DAY, scenes=(*scenes, DAY.scenes[1]), inputs=inputs)
    build(simulated_rig, DAY)
    report = build(simulated_rig, day)
    assert [finding.what.en for finding in report.problems] == [name]
    assert sources_in(simulated_rig, "M1") == ["blue"]


def test_a_group_belongs_to_one_scene() -> None:
    """No request makes a group, so none of the OBS here has one."""
    mirror = Mirror(groups=frozenset({NDI}))
    ((name, finding),) = obstacles(Wanted(by_hand=frozenset({NDI})), mirror, ())
    assert (name, finding.ok) == (NDI, False)
    assert "group" in finding.message.en


def test_each_obs_needs_its_own(rig: Rig, simulated_rig: Rig) -> None:
    """Made in the programme's OBS only: the wall's says that it has none."""
    make_by_hand(rig)
    wall = plan({"W1": [NDI]}, "wall")
    assert build(rig, DAY).ok
    assert not build(simulated_rig, wall).ok
    assert build(rig, DAY, wall).ok, "two surfaces of one OBS share it"


def test_a_source_without_a_picture_is_found_before_the_day(rig: Rig) -> None:
    """An NDI source whose sender is off has no size."""
    make_by_hand(rig, size=(0, 0))
    build(rig, DAY)
    assert bad(preflight(rig, DAY)) == {f"“{NDI}”, made in OBS": "brings no picture."}

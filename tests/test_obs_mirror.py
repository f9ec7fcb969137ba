"""The mirror: whatever is done in OBS, the mirror that followed OBS's events equals a new one made from scratch."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from studio_console.core.studio import Size
from studio_console.devices.obs.messages import ObsEvent
from studio_console.devices.obs.mirror import ItemKey, MediaState, Mirror, ObsInput, SceneItem, apply, media_state
from studio_console.devices.obs.snapshot import take_snapshot
from tests.obs_rigs import Rig, up
from tests.waiting import wait_until


def comparable(mirror: Mirror) -> tuple[object, ...]:
    """What events tell of; transforms and settings are told to those who ask, and meters of time differ."""
    scenes = {
        name: tuple((item.id, item.source, item.index, item.enabled) for item in items)
        for name, items in mirror.scenes.items()
    }
    inputs = {name: (entry.kind, entry.family, bool(entry.muted)) for name, entry in mirror.inputs.items()}
    return scenes, inputs, mirror.program, mirror.studio_mode, mirror.transition, mirror.collection, mirror.groups


def test_a_snapshot_tells_all_that_the_show_needs(rig: Rig) -> None:
    rig.hand.scenes("one")
    item = rig.hand.do("GetSceneItemId", sceneName="one", sourceName="one ground")["sceneItemId"]
    rig.hand.do("SetSceneItemEnabled", sceneName="one", sceneItemId=item, sceneItemEnabled=False)
    with up(rig.link()) as link:
        mirror = take_snapshot(link)
    assert mirror.canvas == Size(1280, 720)
    assert mirror.fps == pytest.approx(30)
    assert mirror.version[0].isdigit()
    assert "SetCurrentProgramScene" in mirror.requests
    assert [(entry.source, entry.enabled) for entry in mirror.scenes["one"]] == [("one ground", False)]
    assert mirror.scenes["one"][0].transform["alignment"] == 5
    assert mirror.inputs["one ground"].family == "color_source"
    assert mirror.inputs["one ground"].settings["color"] == 0xFF403020
    assert mirror.inputs["one ground"].muted is None
    assert mirror.kinds["color_source"].startswith("color_source")
    assert {entry.kind for entry in mirror.transitions} >= {"cut_transition", "fade_transition"}
    assert not mirror.studio_mode
    assert mirror.program == rig.hand.on_air()


@pytest.mark.parametrize("seed", [1, 2])
def test_following_the_events_is_as_good_as_asking_again(rig: Rig, seed: int) -> None:
    chance = random.Random(seed)
    heard: queue.SimpleQueue[ObsEvent] = queue.SimpleQueue()
    programs: list[str] = []

    def hear(event: ObsEvent) -> None:
        if event.name == "CurrentProgramSceneChanged":
            programs.append(event.data["sceneName"])
        heard.put(event)

    with up(rig.link(inbox=hear)) as link:
        mirror = take_snapshot(link)
        meddle(rig, chance, 60, programs)

        def caught_up() -> bool:
            nonlocal mirror
            while not heard.empty():
                event = heard.get()
                mirror = apply(mirror, event.name, event.data)
            return comparable(mirror) == comparable(take_snapshot(link))

        wait_until(caught_up, lambda: (comparable(mirror), comparable(take_snapshot(link))))


def meddle(rig: Rig, chance: random.Random, steps: int, programs: Sequence[str]) -> None:
    """What people do in OBS in a busy minute, some of it refused. ``programs``: what OBS told of being on air."""
    kinds = rig.hand.do("GetInputKindList", unversioned=False)["inputKinds"]
    colour = next(kind for kind in kinds if kind.startswith("color_source"))
    numbers = iter(range(1000))
    transitions = [entry["transitionName"] for entry in rig.hand.do("GetSceneTransitionList")["transitions"]]
    for _ in range(steps):
        scenes = [entry["sceneName"] for entry in rig.hand.do("GetSceneList")["scenes"]]
        inputs = [entry["inputName"] for entry in rig.hand.do("GetInputList")["inputs"]]
        scene = chance.choice(scenes)
        items = rig.hand.do("GetSceneItemList", sceneName=scene)["sceneItems"]
        item: dict[str, Any] = {"sceneName": scene}
        if items:
            item["sceneItemId"] = chance.choice(items)["sceneItemId"]
        match chance.randrange(11):
            case 0:
                rig.hand.ask("CreateScene", sceneName=f"scene {next(numbers)}")
            case 1 | 2:
                name = f"input {next(numbers)}"
                made = chance.choice([colour, "ffmpeg_source"])
                rig.hand.ask("CreateInput", sceneName=scene, inputName=name, inputKind=made, sceneItemEnabled=True)
            case 3 if inputs:
                rig.hand.ask("CreateSceneItem", sceneName=scene, sourceName=chance.choice(inputs))
            case 4 if items:
                rig.hand.ask("SetSceneItemEnabled", **item, sceneItemEnabled=chance.random() < 0.5)
            case 5 if items:
                rig.hand.ask("SetSceneItemIndex", **item, sceneItemIndex=chance.randrange(len(items)))
            case 6 if items and len(items) > 2:
                rig.hand.ask("RemoveSceneItem", **item)
            case 7:
                rig.hand.ask("SetSceneName", sceneName=scene, newSceneName=f"renamed {next(numbers)}")
            case 8 if inputs:
                new = f"renamed {next(numbers)}"
                rig.hand.ask("SetInputName", inputName=chance.choice(inputs), newInputName=new)
            case 9:
                seen = rig.hand.on_air()
                rig.hand.ask("SetCurrentProgramScene", sceneName=scene)
                if scene != seen:
                    # Of two switches within a frame OBS tells one; no hand is as fast.
                    wait_until(lambda scene=scene: programs[-1:] == [scene])
            case 10 if inputs:
                rig.hand.ask("SetInputMute", inputName=chance.choice(inputs), inputMuted=chance.random() < 0.5)
    rig.hand.do("SetCurrentSceneTransition", transitionName=chance.choice(transitions))
    threading.Event().wait(0.1)


# --- without OBS ------------------------------------------------------------------------------------------------

SMALL = Mirror(
    collection="Show",
    program="a",
    scenes={"a": (SceneItem(1, "cam", 0), SceneItem(2, "b", 1)), "b": (SceneItem(1, "clip", 0),)},
    inputs={"cam": ObsInput("cam", "v4l2_input", "v4l2_input"), "clip": ObsInput("clip", "ffmpeg_source", "ffmpeg")},
)


def test_an_item_is_found_by_collection_scene_and_id() -> None:
    assert SMALL.item(ItemKey("Show", "a", 1)) == SceneItem(1, "cam", 0)
    assert SMALL.item(ItemKey("Show", "b", 1)) == SceneItem(1, "clip", 0)
    assert SMALL.item(ItemKey("Other", "a", 1)) is None
    assert SMALL.item(ItemKey("Show", "b", 7)) is None
    assert list(SMALL.keys("a")) == [ItemKey("Show", "a", 1), ItemKey("Show", "a", 2)]


def test_what_is_seen_includes_nested_scenes_but_nothing_hidden() -> None:
    assert SMALL.shown_by("a") == {"a", "cam", "b", "clip"}
    hidden = apply(
        SMALL, "SceneItemEnableStateChanged", {"sceneName": "a", "sceneItemId": 2, "sceneItemEnabled": False}
    )
    assert hidden.shown_by("a") == {"a", "cam"}
    assert SMALL.shown_by(None) == frozenset()
    itself = replace(SMALL, scenes={"a": (SceneItem(1, "a", 0),)})
    assert itself.shown_by("a") == {"a"}


def test_events_of_strangers_and_of_the_future_change_nothing() -> None:
    for event, data in (
        ("SomethingNew", {"x": 1}),
        ("SceneItemRemoved", {"sceneName": "group", "sceneItemId": 1}),
        ("SceneItemEnableStateChanged", {"sceneName": "b", "sceneItemId": 99, "sceneItemEnabled": False}),
        ("SceneItemListReindexed", {"sceneName": "group", "sceneItems": []}),
        ("InputNameChanged", {"oldInputName": "x", "inputName": "y"}),
        ("InputMuteStateChanged", {"inputName": "x", "inputMuted": True}),
    ):
        assert apply(SMALL, event, data) == SMALL


def test_a_changing_collection_stays_untrusted_until_the_next_snapshot() -> None:
    changing = apply(SMALL, "CurrentSceneCollectionChanging", {"sceneCollectionName": "Show"})
    changed = apply(changing, "CurrentSceneCollectionChanged", {"sceneCollectionName": "Other"})
    assert changing.changing
    assert changed.changing
    assert changed.collection == "Other"


def test_a_clip_without_a_clock_has_none() -> None:
    assert media_state({"mediaState": "OBS_MEDIA_STATE_STOPPED", "mediaCursor": None}) == MediaState("STOPPED")
    playing = {"mediaState": "OBS_MEDIA_STATE_PLAYING", "mediaCursor": 40, "mediaDuration": 2000}
    assert media_state(playing) == MediaState("PLAYING", 40, 2000)

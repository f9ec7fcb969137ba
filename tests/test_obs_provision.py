"""The scenes of a day are built in OBS: once, again without a change, and never over what others made or air shows."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio_console.core.picture import InputPlan, Item, ScenePlan, SurfacePlan
from studio_console.core.rundown import TransitionKind
from studio_console.core.studio import (
    Capture,
    Clip,
    Colour,
    Feed,
    Fit,
    Rect,
    Role,
    Size,
    Source,
    Still,
    Surface,
    Words,
)
from studio_console.core.text import Text, same
from studio_console.core.units import SceneName, SurfaceId
from studio_console.devices.obs.diff import LIBRARY, REGISTER, REGISTER_KEY
from studio_console.devices.obs.inspection import MEDIA_STATES, inspect
from studio_console.devices.obs.messages import ObsEvent
from studio_console.devices.obs.provision import ProvisionReport, provision
from tests.obs_rigs import Hand, Rig, make_clip, up
from tests.waiting import wait_until

FULL = Rect(0, 0, 1280, 720)
LEFT = Rect(40, 120, 560, 480)
RIGHT = Rect(640, 120, 240, 480)
FOOT = Rect(40, 620, 560, 70)


def plan(
    scenes: dict[str, Sequence[tuple[str, Rect, Fit]]],
    sources: dict[str, Source],
    name: str = "program",
    projector: bool = False,
) -> SurfacePlan:
    surface = Surface(SurfaceId(name), same(name), Role.PROGRAM, Size(1280, 720), 30, "ws://127.0.0.1:4455")
    return SurfacePlan(
        surface,
        tuple(ScenePlan(SceneName(key), tuple(Item(*item) for item in items)) for key, items in scenes.items()),
        tuple(InputPlan(key, source, audible=key == "opening") for key, source in sources.items()),
        {},
        projector_scene=SceneName(f"{name} (projector)") if projector else None,
    )


def small_day(colour: str = "#ff0000", words: str = "Mayor, London · 런던 시장") -> SurfacePlan:
    sources: dict[str, Source] = {"red": Colour(colour), "plate": Words(words, 40), "blue": Colour("#0000ff")}
    return plan(
        {
            "M1 title": [("blue", FULL, Fit.COVER), ("plate", FOOT, Fit.CONTAIN)],
            "M2 two": [("blue", FULL, Fit.COVER), ("red", LEFT, Fit.STRETCH), ("plate", FOOT, Fit.CONTAIN)],
        },
        sources,
    )


def build(rig: Rig, *plans: SurfacePlan, folder: Path = Path(), **options: Any) -> ProvisionReport:
    with up(rig.link()) as link:
        return provision(link, plans, folder=folder, **options)


def scene_names(rig: Rig) -> set[str]:
    return {entry["sceneName"] for entry in rig.hand.do("GetSceneList")["scenes"]}


def items(rig: Rig, scene: str) -> list[dict[str, Any]]:
    return list(rig.hand.do("GetSceneItemList", sceneName=scene)["sceneItems"])


def sources_in(rig: Rig, scene: str) -> list[str]:
    return [item["sourceName"] for item in sorted(items(rig, scene), key=lambda item: item["sceneItemIndex"])]


def settings(rig: Rig, name: str) -> dict[str, Any]:
    return dict(rig.hand.do("GetInputSettings", inputName=name)["inputSettings"])


def picture(rig: Rig, scene: str) -> Image.Image:
    data = rig.hand.do("GetSourceScreenshot", sourceName=scene, imageFormat="png", imageWidth=320, imageHeight=180)
    return Image.open(io.BytesIO(base64.b64decode(data["imageData"].split(",")[1]))).convert("RGB")


def whole_state(rig: Rig) -> str:
    """Everything about scenes and inputs that a person could have made."""
    scenes = {name: items(rig, name) for name in sorted(scene_names(rig))}
    inputs = {entry["inputName"]: settings(rig, entry["inputName"]) for entry in rig.hand.do("GetInputList")["inputs"]}
    return json.dumps([scenes, inputs], sort_keys=True)


def test_a_day_is_built_and_looks_as_planned(rig: Rig) -> None:
    report = build(rig, small_day())
    assert report.ok, report.problems
    assert {"M1 title", "M2 two", LIBRARY} <= scene_names(rig)
    assert sources_in(rig, "M2 two") == ["blue", "red", "plate"]
    listed = [entry["sceneName"] for entry in rig.hand.do("GetSceneList")["scenes"]]
    assert listed.index("M1 title") > listed.index("M2 two"), "OBS counts from below: the rundown's order, from above"
    seen = picture(rig, "M2 two")
    assert seen.getpixel((5, 5)) == pytest.approx((0, 0, 255), abs=3)
    assert seen.getpixel((80, 90)) == pytest.approx((255, 0, 0), abs=3)
    foot = seen.crop((10, 155, 150, 172)).getcolors(10_000)
    assert foot is not None
    assert len(foot) > 20, "no letters on the plate"


def test_a_second_run_changes_nothing_and_says_so(rig: Rig) -> None:
    assert build(rig, small_day()).changes
    heard: list[ObsEvent] = []
    with up(rig.link(inbox=heard.append)) as listener:
        before = whole_state(rig)
        report = build(rig, small_day())
        assert (report.changes, report.deferred, report.problems) == ((), (), ())
        assert whole_state(rig) == before
        listener.call("GetVersion")
        assert heard == []


def test_a_dry_run_says_what_the_real_one_does_and_sends_nothing(rig: Rig) -> None:
    before = whole_state(rig)
    dry = build(rig, small_day(), dry_run=True)
    assert whole_state(rig) == before
    assert dry.dry_run
    assert dry.changes == build(rig, small_day()).changes[: len(dry.changes)]
    assert all(change.reason.ko and change.reason.en for change in dry.changes)
    assert build(rig, small_day(), dry_run=True).changes == ()


def test_an_edit_sends_only_what_it_changes(rig: Rig) -> None:
    build(rig, small_day())
    report = build(rig, small_day(colour="#00ff00"))
    assert [(change.request.type, change.subject) for change in report.changes] == [("SetInputSettings", "red")]
    assert picture(rig, "M2 two").getpixel((80, 90)) == pytest.approx((0, 255, 0), abs=3)


def test_items_that_left_a_scene_leave_it_in_obs_and_order_follows(rig: Rig) -> None:
    day = small_day()
    build(rig, day)
    title, two = day.scenes
    turned = replace(two, items=(two.items[0], two.items[2], two.items[1]))
    report = build(rig, replace(day, scenes=(replace(title, items=title.items[:1]), turned)))
    assert sources_in(rig, "M1 title") == ["blue"]
    assert sources_in(rig, "M2 two") == ["blue", "plate", "red"]
    assert len(report.changes) == 2
    assert "plate" in sources_in(rig, LIBRARY), "an input is never deleted"


def test_scenes_of_another_day_stay(rig: Rig) -> None:
    build(rig, small_day())
    other = plan({"T1 talk": [("blue", FULL, Fit.COVER)]}, {"blue": Colour("#0000ff")})
    build(rig, other)
    assert {"M1 title", "M2 two", "T1 talk"} <= scene_names(rig)
    assert build(rig, small_day()).changes == ()


def test_hand_made_things_are_not_touched_and_a_clash_is_named(rig: Rig) -> None:
    rig.hand.scenes("M1 title", "logo scene")
    kind = rig.hand.do("GetInputList")["inputs"][0]["inputKind"]
    rig.hand.do("CreateInput", sceneName="logo scene", inputName="red", inputKind=kind, inputSettings={"color": 1})
    theirs = (items(rig, "M1 title"), items(rig, "logo scene"), settings(rig, "red"))
    report = build(rig, small_day())
    assert not report.ok
    assert {finding.what.en for finding in report.problems} == {"M1 title", "red"}
    assert all(finding.remedy and finding.what.en in finding.remedy.ko for finding in report.problems)
    assert (items(rig, "M1 title"), items(rig, "logo scene"), settings(rig, "red")) == theirs
    assert sources_in(rig, "M2 two") == ["blue", "plate"], "the rest is built"
    rig.hand.do("SetSceneName", sceneName="M1 title", newSceneName="mine")
    rig.hand.do("SetInputName", inputName="red", newInputName="my red")
    assert build(rig, small_day()).ok
    assert sources_in(rig, "M2 two") == ["blue", "red", "plate"]
    assert sources_in(rig, "mine") == ["M1 title ground"]


def test_an_item_that_somebody_put_into_our_scene_stays_on_its_place(rig: Rig) -> None:
    build(rig, small_day())
    rig.hand.scenes("theirs")
    made = rig.hand.do("CreateSceneItem", sceneName="M2 two", sourceName="theirs ground")["sceneItemId"]
    rig.hand.do("SetSceneItemIndex", sceneName="M2 two", sceneItemId=made, sceneItemIndex=1)
    assert build(rig, small_day()).changes == ()
    day = small_day()
    two = day.scenes[1]
    build(rig, replace(day, scenes=(day.scenes[0], replace(two, items=two.items[::-1]))))
    assert sources_in(rig, "M2 two") == ["plate", "theirs ground", "red", "blue"]


def test_what_is_on_air_waits_unless_it_is_asked_for(rig: Rig) -> None:
    build(rig, small_day())
    rig.hand.air("M2 two")
    wait_until(lambda: rig.hand.on_air() == "M2 two")
    edited = small_day(colour="#00ff00", words="Mayor, Lima · 리마 시장")
    report = build(rig, edited)
    assert (report.ok, report.complete) == (True, False)
    assert {change.subject for change in report.deferred} == {"red", "plate"}
    assert report.changes == ()
    assert settings(rig, "red")["color"] == 0xFF0000FF
    rig.hand.air("M1 title")
    wait_until(lambda: rig.hand.on_air() == "M1 title")
    report = build(rig, edited)
    assert [change.subject for change in report.changes] == ["red"]
    assert {change.subject for change in report.deferred} == {"plate"}
    assert build(rig, edited, allow_on_air=True).complete
    assert "Lima" in settings(rig, "plate")["text"]


def test_a_second_surface_gets_a_scene_for_its_projector(rig: Rig) -> None:
    program = small_day()
    blue: dict[str, Source] = {"wall blue": Colour("#0000ff"), "wall red": Colour("#ff0000")}
    scenes = {"W1": [("wall blue", FULL, Fit.COVER)], "W2": [("wall red", FULL, Fit.COVER)]}
    wall = plan(scenes, blue, "wall", projector=True)
    assert build(rig, program, wall).ok
    assert sources_in(rig, "wall (projector)") == ["W1", "W2"]
    assert [item["sceneItemEnabled"] for item in items(rig, "wall (projector)")].count(True) == 1
    assert picture(rig, "wall (projector)").getpixel((100, 100)) == pytest.approx((0, 0, 255), abs=3)
    assert build(rig, program, wall).changes == ()
    # On the wall W1 is seen now: a further scene may join it, a change of W1 has to wait.
    more = plan(
        {**scenes, "W3": [("wall red", FULL, Fit.COVER)]}, {**blue, "wall blue": Colour("#001122")}, "wall", True
    )
    report = build(rig, program, more)
    assert [change.subject for change in report.deferred] == ["wall blue"]
    assert sources_in(rig, "wall (projector)") == ["W1", "W2", "W3"]


def test_a_larger_surface_is_scaled_to_the_canvas_that_obs_has(rig: Rig) -> None:
    day = plan({"X": [("c", Rect(960, 540, 960, 540), Fit.STRETCH)]}, {"c": Colour("#123456")})
    build(rig, replace(day, surface=replace(day.surface, canvas=Size(1920, 1080))))
    (item,) = items(rig, "X")
    place = item["sceneItemTransform"]
    assert [place[key] for key in ("positionX", "positionY", "boundsWidth", "boundsHeight")] == [640, 360, 640, 360]


def test_clips_pictures_feeds_and_cameras_become_inputs_that_start_and_sound_as_they_should(
    rig: Rig, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    make_clip(tmp_path / "assets" / "opening.mp4", 1)
    Image.new("RGB", (400, 300), "#ffcc00").save(tmp_path / "assets" / "slate.png")
    sources: dict[str, Source] = {
        "opening": Clip("assets/opening.mp4"),
        "loop": Clip("assets/opening.mp4", loop=True),
        "slate": Still("assets/slate.png"),
        "feed": Feed("udp://127.0.0.1:9"),
        "cam": Capture("/dev/video9"),
    }
    day = plan({"all": [(name, LEFT, Fit.COVER) for name in sources]}, sources)
    assert build(rig, day, folder=tmp_path).ok
    clip = settings(rig, "opening")
    assert Path(clip["local_file"]) == tmp_path / "assets" / "opening.mp4"
    assert (clip["restart_on_activate"], clip["close_when_inactive"], clip["looping"]) == (True, True, False)
    assert settings(rig, "loop")["looping"] is True
    feed = settings(rig, "feed")
    assert (feed["is_local_file"], feed["close_when_inactive"], feed["restart_on_activate"]) == (False, False, False)
    muted = {name: rig.hand.do("GetInputMute", inputName=name)["inputMuted"] for name in ("opening", "loop", "feed")}
    assert muted == {"opening": False, "loop": True, "feed": True}
    # The picture covers its slot and no more, as soon as its size is known.
    slate = next(item["sceneItemTransform"] for item in items(rig, "all") if item["sourceName"] == "slate")
    assert slate["cropLeft"] == slate["cropRight"] == 25
    assert build(rig, day, folder=tmp_path).changes == ()


def test_what_is_left_after_the_last_round_is_named_and_done_by_the_next_run(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture told its size too late for this run: it is not called done while its place in the scene is wrong."""
    monkeypatch.setattr("studio_console.devices.obs.provision.ROUNDS", 1)
    Image.new("RGB", (400, 300), "#ffcc00").save(tmp_path / "slate.png")
    day = plan({"late": [("slate", LEFT, Fit.COVER)]}, {"slate": Still("slate.png")})
    report = build(rig, day, folder=tmp_path)
    assert [finding.message.en for finding in report.problems] == ["1 still not as the rundown has them: late"]
    assert report.problems[0].remedy is not None
    assert build(rig, day, folder=tmp_path).complete


def test_progress_is_told_from_the_first_change_to_the_last(rig: Rig) -> None:
    told: list[tuple[int, int, Text]] = []
    report = build(rig, small_day(), progress=lambda *step: told.append(step))
    assert told[0][0] == 0
    done, total, _ = told[-1]
    assert done == total
    assert sum(total for done, total, _ in told if done == total) == len(report.changes)


@pytest.mark.real_obs
def test_the_register_outlasts_obs_and_its_crash(own_rig: Rig) -> None:
    """What the console made stays the console's after OBS was closed and after it was killed."""
    assert own_rig.real is not None
    own_rig.hand.change_collection("Untitled")
    build(own_rig, small_day())
    own_rig.hand.close()
    own_rig.real.restart()
    own_rig.hand = Hand(own_rig.url, own_rig.password)
    assert REGISTER_KEY in settings(own_rig, REGISTER)
    assert build(own_rig, small_day()).changes == ()
    own_rig.hand.close()
    own_rig.real.kill()
    own_rig.real.start()
    own_rig.hand = Hand(own_rig.url, own_rig.password)
    assert build(own_rig, small_day()).changes == ()


def test_a_change_of_collection_meanwhile_stops_the_work(rig: Rig) -> None:
    before = rig.hand.do("GetSceneCollectionList")["currentSceneCollectionName"]
    begun = threading.Event()

    def change(done: int, total: int, doing: Text) -> None:
        if not begun.is_set():
            begun.set()
            rig.hand.change_collection(f"{before} elsewhere")

    report = build(rig, small_day(), progress=change)
    assert not report.ok
    assert "collection" in report.problems[-1].message.en
    assert "M2 two" not in scene_names(rig)


def test_preflight_finds_what_is_missing_and_nothing_when_all_is_there(rig: Rig) -> None:
    def bad() -> dict[str, str]:
        with up(rig.link()) as link:
            findings = inspect(link, small_day(), folder=Path(), transitions=[TransitionKind.FADE], disk_needed=1)
        assert all(finding.remedy for finding in findings if not finding.ok)
        return {finding.what.en: finding.message.en for finding in findings if not finding.ok}

    assert {"scene “M1 title”", "scene “M2 two”", "source “plate”"} <= bad().keys()
    build(rig, small_day())
    assert bad() == {}
    rig.hand.do("SetStudioModeEnabled", studioModeEnabled=True)
    assert bad() == {"studio mode": "on"}
    rig.hand.do("SetStudioModeEnabled", studioModeEnabled=False)
    with up(rig.link()) as link:
        day = small_day()
        other = replace(day, surface=replace(day.surface, canvas=Size(3840, 1080), fps=60))
        findings = inspect(link, other, folder=Path(), transitions=list(TransitionKind), disk_needed=10**9)
    said = {finding.what.en for finding in findings if not finding.ok}
    assert {"canvas", "frames a second", "transition luma wipe", "free disk"} <= said
    transitions = {finding.what.ko for finding in findings if finding.what.en.startswith("transition ")}
    assert len(transitions) == len(TransitionKind)
    assert [words for words in transitions if re.search("[a-z]", words)] == []


def test_preflight_says_in_words_why_a_feed_brings_no_picture(rig: Rig) -> None:
    """Nobody sends, and the feed was stopped by hand: OBS's own word for that is no Korean."""
    day = plan({"M3 London": [("feed", FULL, Fit.COVER)]}, {"feed": Feed("udp://127.0.0.1:9")})
    build(rig, day)
    stop = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_STOP"
    rig.hand.do("TriggerMediaInputAction", inputName="feed", mediaAction=stop)
    with up(rig.link()) as link:
        findings = inspect(link, day, folder=Path(), disk_needed=1)
    (feed,) = [finding for finding in findings if finding.what.en == "feed feed"]
    assert not feed.ok
    assert feed.message.en.startswith("brings no picture (")
    assert re.search("[A-Za-z]", feed.message.ko) is None


def test_every_state_of_a_feed_has_words() -> None:
    """Those of obs-websocket, without their prefix. PLAYING alone would mislead: OBS says so before any picture."""
    states = "NONE PLAYING OPENING BUFFERING PAUSED STOPPED ENDED ERROR"
    assert set(MEDIA_STATES) == set(states.split())


def test_preflight_asks_obs_whether_a_camera_is_there(rig: Rig) -> None:
    """OBS takes any device name without a word: only its list of devices tells that the camera is not plugged in."""
    day = plan({"M1 hall": [("cam-stage", FULL, Fit.COVER)]}, {"cam-stage": Capture("/dev/video99")})
    build(rig, day)
    with up(rig.link()) as link:
        findings = inspect(link, day, folder=Path(), disk_needed=1)
    (camera,) = [finding for finding in findings if finding.what.en == "device cam-stage"]
    assert not camera.ok
    assert "/dev/video99" in camera.message.ko
    assert camera.remedy is not None

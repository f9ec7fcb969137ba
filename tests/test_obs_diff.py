"""What is wanted against what an OBS has: the fewest requests, in an order that works, each with its reason.

No OBS is needed here: a model of one carries the requests out on the mirror, through the events that OBS would send.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.picture import InputPlan, Item, ScenePlan, SurfacePlan
from studio_console.core.rundown import Transition, TransitionKind
from studio_console.core.studio import Capture, Clip, Colour, Feed, Fit, Rect, Role, Size, Source, Still, Surface, Words
from studio_console.core.text import LANGUAGES, same
from studio_console.core.units import Duration, SceneName, SurfaceId
from studio_console.devices.obs.diff import LIBRARY, REGISTER, Change, difference, moves, read_register
from studio_console.devices.obs.inputs import obs_colour, settings_of, wrap
from studio_console.devices.obs.mirror import Mirror, ObsTransition, SceneItem, apply
from studio_console.devices.obs.takes import projector_take, scene_take, transition_for
from studio_console.devices.obs.wanted import Wanted, cover_crop, wanted_in

LINUX = {
    "image_source": "image_source",
    "color_source": "color_source_v3",
    "ffmpeg_source": "ffmpeg_source",
    "text_ft2_source": "text_ft2_source_v2",
    "v4l2_input": "v4l2_input",
}
WINDOWS = {
    "color_source": "color_source_v3",
    "text_ft2_source": "text_ft2_source_v2",
    "text_gdiplus": "text_gdiplus_v3",
    "dshow_input": "dshow_input",
}
EMPTY = Mirror(
    version="29.0.2",
    canvas=Size(1280, 720),
    collection="Show",
    program="Scene",
    scenes={"Scene": ()},
    kinds=LINUX,
)


def plan(scenes: Mapping[str, Sequence[str]], sources: Mapping[str, Source], name: str = "program") -> SurfacePlan:
    surface = Surface(SurfaceId(name), same(name), Role.PROGRAM, Size(1280, 720), 30, "ws://127.0.0.1:4455")
    rects = [Rect(10.0 * place, 20, 400, 300) for place in range(20)]
    made = tuple(
        ScenePlan(SceneName(key), tuple(Item(item, rects[place], Fit.STRETCH) for place, item in enumerate(items)))
        for key, items in scenes.items()
    )
    return SurfacePlan(surface, made, tuple(InputPlan(key, source) for key, source in sources.items()), {})


RED, BLUE = Colour("#ff0000"), Colour("#0000ff")
DAY = plan({"M1": ["red", "blue"], "M2": ["blue"]}, {"red": RED, "blue": BLUE})


def carried_out(mirror: Mirror, changes: Sequence[Change]) -> Mirror:
    """The mirror after OBS did what is asked, told by its own events."""
    for change in changes:
        data = change.request.data
        scene = data.get("sceneName", "")
        numbers = itertools.count(max((item.id for item in mirror.scenes.get(scene, ())), default=0) + 1)
        match change.request.type:
            case "CreateScene":
                mirror = apply(mirror, "SceneCreated", {**data, "isGroup": False})
            case "CreateInput" | "CreateSceneItem":
                name = data.get("inputName") or data["sourceName"]
                if change.request.type == "CreateInput":
                    family = next(key for key, kind in mirror.kinds.items() if kind == data["inputKind"])
                    mirror = apply(mirror, "InputCreated", {**data, "unversionedInputKind": family})
                item = {"sceneName": scene, "sourceName": name, "sceneItemId": next(numbers)}
                item["sceneItemIndex"] = len(mirror.scenes[scene])
                mirror = apply(mirror, "SceneItemCreated", item)
                enabled = data["sceneItemEnabled"] or change.enable
                mirror = apply(mirror, "SceneItemEnableStateChanged", {**item, "sceneItemEnabled": enabled})
                mirror = apply(mirror, "SceneItemTransformChanged", {**item, "sceneItemTransform": change.place})
            case "SetInputSettings":
                known = mirror.inputs[data["inputName"]]
                merged = {**known.settings, **data["inputSettings"]}
                mirror = apply(mirror, "InputSettingsChanged", {**data, "inputSettings": merged})
            case "SetInputMute":
                mirror = apply(mirror, "InputMuteStateChanged", data)
            case "RemoveSceneItem":
                mirror = apply(mirror, "SceneItemRemoved", data)
            case "SetSceneItemTransform":
                mirror = apply(mirror, "SceneItemTransformChanged", data)
            case "SetSceneItemEnabled":
                mirror = apply(mirror, "SceneItemEnableStateChanged", data)
            case "SetSceneItemIndex":
                items = [item.id for item in mirror.scenes[scene]]
                items.remove(data["sceneItemId"])
                items.insert(data["sceneItemIndex"], data["sceneItemId"])
                listed = [{"sceneItemId": number, "sceneItemIndex": place} for place, number in enumerate(items)]
                mirror = apply(mirror, "SceneItemListReindexed", {"sceneName": scene, "sceneItems": listed})
            case other:
                raise AssertionError(f"the model does not know {other}")
    return mirror


def settled(mirror: Mirror, *plans: SurfacePlan) -> Mirror:
    """The mirror after as many rounds as it takes; at most three."""
    for _ in range(3):
        changes = difference(wanted_in(mirror, plans, Path()), mirror, allow_on_air=True).changes
        if not changes:
            return mirror
        mirror = carried_out(mirror, changes)
    raise AssertionError("it does not settle")


def test_from_nothing_scenes_come_before_what_is_in_them() -> None:
    wanted = wanted_in(EMPTY, [DAY], Path())
    changes = difference(wanted, EMPTY).changes
    order = [change.request.type for change in changes]
    assert order[:2] == ["CreateScene", "CreateInput"], "the library and the register are first"
    assert changes[1].request.data["inputName"] == REGISTER
    made: set[str] = set()
    for change in changes:
        data = change.request.data
        made.add(data.get("inputName") or (data["sceneName"] if change.request.type == "CreateScene" else ""))
        if change.request.type == "CreateSceneItem":
            assert {data["sceneName"], data["sourceName"]} <= made
    assert all(change.reason.show(language) for change in changes for language in LANGUAGES)


def test_the_register_names_everything_before_it_is_made() -> None:
    """After a crash between the two, the console must not meet its own scenes as strangers."""
    changes = difference(wanted_in(EMPTY, [DAY], Path()), EMPTY).changes
    for stop in range(2, len(changes)):
        broken = carried_out(EMPTY, changes[:stop])
        again = difference(wanted_in(broken, [DAY], Path()), broken)
        assert again.clashes == ()
        whole = settled(broken, DAY)
        assert [item.source for item in whole.scenes["M1"]] == ["red", "blue"]


def test_once_it_is_there_nothing_is_to_do() -> None:
    assert difference(wanted_in(done := settled(EMPTY, DAY), [DAY], Path()), done).changes == ()
    assert read_register(done).scenes == {"M1", "M2"}
    assert read_register(done).inputs == {"red", "blue"}


def test_one_changed_colour_is_one_request_with_the_changed_key_alone() -> None:
    done = settled(EMPTY, DAY)
    edited = replace(DAY, inputs=(InputPlan("red", Colour("#00ff00")), InputPlan("blue", BLUE)))
    (change,) = difference(wanted_in(done, [edited], Path()), done).changes
    assert change.request == ("SetInputSettings", {"inputName": "red", "inputSettings": {"color": 0xFF00FF00}})


def test_numbers_within_obs_precision_are_the_same() -> None:
    done = settled(EMPTY, DAY)
    item = done.scenes["M2"][0]
    for shift, count in ((0.01, 0), (3.0, 1)):
        moved = {**item.transform, "positionX": item.transform["positionX"] + shift}
        other = replace(done, scenes={**done.scenes, "M2": (replace(item, transform=moved),)})
        assert len(difference(wanted_in(other, [DAY], Path()), other).changes) == count


def test_keys_that_an_obs_does_not_report_are_not_missed() -> None:
    """OBS 29 knows no cropToBounds: it is sent, ignored there, and must not be sent for ever."""
    done = settled(EMPTY, DAY)
    bare = {
        name: tuple(
            replace(item, transform={key: value for key, value in item.transform.items() if key != "cropToBounds"})
            for item in items
        )
        for name, items in done.scenes.items()
    }
    other = replace(done, scenes=bare)
    assert difference(wanted_in(other, [DAY], Path()), other).changes == ()


def test_a_register_that_cannot_be_read_makes_strangers_of_all() -> None:
    done = settled(EMPTY, DAY)
    for text in ("", "{", "[]", json.dumps({"scenes": 3})):
        register = replace(done.inputs[REGISTER], settings={"studio_console": text})
        spoilt = replace(done, inputs={**done.inputs, REGISTER: register})
        found = difference(wanted_in(spoilt, [DAY], Path()), spoilt)
        assert {finding.what.en for finding in found.clashes} == {"M1", "M2", "red", "blue"}
        assert not [change for change in found.changes if change.subject in ("M1", "M2", "red", "blue")]


def test_a_library_that_somebody_else_made_stops_everything() -> None:
    taken = replace(EMPTY, scenes={"Scene": (), LIBRARY: ()})
    found = difference(wanted_in(taken, [DAY], Path()), taken)
    assert found.changes == ()
    assert found.clashes[0].what.en == LIBRARY


def test_a_source_whose_kind_changed_is_a_clash() -> None:
    done = settled(EMPTY, DAY)
    other = replace(DAY, inputs=(InputPlan("red", Words("red")), InputPlan("blue", BLUE)))
    found = difference(wanted_in(done, [other], Path()), done)
    assert [finding.what.en for finding in found.clashes] == ["red"]


def test_what_two_surfaces_want_differently_is_a_problem() -> None:
    other = plan({"W1": ["red"]}, {"red": BLUE}, "wall")
    wanted = wanted_in(EMPTY, [DAY, other], Path())
    assert [finding.what.en for finding in wanted.problems] == ["red"]


def test_a_text_on_two_surfaces_of_different_size_is_one_source() -> None:
    words: dict[str, Source] = {"plate": Words("Mayor, London · 런던 시장", 40)}
    small, large = plan({"S": ["plate"]}, words), plan({"L": ["plate"]}, words, "wall")
    large = replace(large, surface=replace(large.surface, canvas=Size(3840, 1080)))
    wanted = wanted_in(EMPTY, [small, large], Path())
    assert wanted.problems == ()
    assert [entry.settings["font"]["size"] for entry in wanted.inputs] == [40]


def test_seen_through_nested_scenes_is_on_air_too() -> None:
    done = settled(EMPTY, DAY)
    outer = SceneItem(1, "M2", 0)
    on_air = replace(done, scenes={**done.scenes, "outer": (outer,)}, program="outer")
    edited = replace(DAY, inputs=(InputPlan("red", RED), InputPlan("blue", Colour("#000011"))))
    found = difference(wanted_in(on_air, [edited], Path()), on_air)
    assert (found.changes, [change.subject for change in found.deferred]) == ((), ["blue"])
    hidden = replace(on_air, scenes={**on_air.scenes, "outer": (replace(outer, enabled=False),)})
    assert difference(wanted_in(hidden, [edited], Path()), hidden).deferred == ()


names = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=5)


@given(st.lists(st.dictionaries(st.sampled_from(["S1", "S2", "S3"]), names, max_size=3), min_size=1, max_size=4))
def test_any_edit_settles_on_what_is_wanted(days: list[dict[str, list[str]]]) -> None:
    """Whatever was there before of ours, each scene of the last day ends with its items in their order."""
    sources: dict[str, Source] = dict.fromkeys("abcd", RED)
    mirror = EMPTY
    for day in days:
        mirror = settled(mirror, plan(day, sources))
        for scene, items in day.items():
            assert [item.source for item in mirror.scenes[scene]] == items
            assert [item.transform["positionX"] for item in mirror.scenes[scene]] == [
                10.0 * place for place in range(len(items))
            ]


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.randoms())
def test_moves_order_ours_and_leave_others_on_their_places(order: list[int], ours: set[int], random: Any) -> None:
    wanted = sorted(ours)
    random.shuffle(wanted)
    now = list(order)
    made = list(moves(order, wanted))
    for number, place in made:
        now.remove(number)
        now.insert(place, number)
    assert [number for number in now if number in ours] == wanted
    assert [number if number not in ours else None for number in now] == [
        number if number not in ours else None for number in order
    ]
    assert {number for number, _ in made} <= ours
    assert not made or [number for number in order if number in ours] != wanted


# --- sources ----------------------------------------------------------------------------------------------------


def kinds_on(kinds: Mapping[str, str], *sources: Source) -> list[str]:
    listed = {f"i{place}": source for place, source in enumerate(sources)}
    wanted: Wanted = wanted_in(replace(EMPTY, kinds=kinds), [plan({}, listed)], Path())
    return [entry.kind for entry in wanted.inputs]


def test_kinds_are_those_that_this_obs_has() -> None:
    sources = (Capture("cam"), Words("w"), RED)
    assert kinds_on(LINUX, *sources) == ["v4l2_input", "text_ft2_source_v2", "color_source_v3"]
    assert kinds_on(WINDOWS, *sources) == ["dshow_input", "text_gdiplus_v3", "color_source_v3"]


def test_a_kind_that_is_missing_is_a_problem_and_leaves_the_rest() -> None:
    day = plan({"S": ["clip", "red"]}, {"clip": Clip("a.mp4"), "red": RED})
    wanted = wanted_in(replace(EMPTY, kinds=WINDOWS), [day], Path())
    assert [finding.what.en for finding in wanted.problems] == ["clip"]
    assert [item.source for item in wanted.scenes[0].items] == ["red"]


def test_colours_are_kept_the_way_obs_keeps_them() -> None:
    assert obs_colour("#102030") == 0xFF302010


def test_letters_are_korean_and_readable_on_every_platform() -> None:
    words = Words("서울 Seoul", 48)
    faces = {
        platform: settings_of(words, family, platform, Path(), 1.0, 800)["font"]["face"]
        for platform, family in (
            ("debian", "text_ft2_source"),
            ("windows", "text_gdiplus"),
            ("macos", "text_ft2_source"),
        )
    }
    assert faces == {"debian": "Noto Sans CJK KR", "windows": "Malgun Gothic", "macos": "Apple SD Gothic Neo"}
    assert settings_of(words, "text_ft2_source", "debian", Path(), 1.5, 800)["font"]["size"] == 72


def test_files_are_named_from_the_event_folder(tmp_path: Path) -> None:
    still = settings_of(Still("assets/a.png"), "image_source", "debian", tmp_path, 1, 1)
    assert Path(still["file"]) == tmp_path / "assets" / "a.png"
    assert Path(still["file"]).is_absolute()


def test_feeds_stay_connected_and_clips_do_not_play_unseen() -> None:
    feed = settings_of(Feed("srt://host:9000"), "ffmpeg_source", "debian", Path(), 1, 1)
    assert (feed["close_when_inactive"], feed["reconnect_delay_sec"]) == (False, 1)
    clip = settings_of(Clip("a.mp4"), "ffmpeg_source", "debian", Path(), 1, 1)
    assert (clip["close_when_inactive"], clip["restart_on_activate"]) == (True, True)


@given(st.lists(st.text("가나abc,.", min_size=1, max_size=9), min_size=1, max_size=30), st.floats(50, 3000))
def test_wrapping_loses_no_word_and_short_texts_stay_on_one_line(words: list[str], room: float) -> None:
    text = " ".join(words)
    wrapped = wrap(text, 40, room)
    assert wrapped.split() == text.split()
    if len(text) * 40 <= room:
        assert "\n" not in wrapped


def test_a_long_caption_becomes_lines_of_about_the_same_length() -> None:
    lines = wrap("도시 간 협력으로 코로나19를 이겨내기 위한 시장 회의 서울 선언 채택식을 시작합니다", 44, 700).split(
        "\n"
    )
    assert 2 <= len(lines) <= 4
    assert max(map(len, lines)) < 2 * min(map(len, lines))


@given(st.floats(50, 4000), st.floats(50, 4000), st.floats(50, 2000), st.floats(50, 2000))
def test_a_cropped_picture_has_the_shape_of_its_slot(
    width: float, height: float, slot_width: float, slot_height: float
) -> None:
    left, top, right, bottom = cover_crop((width, height), Rect(0, 0, slot_width, slot_height))
    assert min(left, top, right, bottom) >= 0
    assert left + top == 0 or left * top == 0
    shape = (width - left - right) / max(1.0, height - top - bottom)
    # Whole pixels are cut: of a small rest a pixel is a lot.
    slack = 0.02 + 4 / max(1.0, min(width - left - right, height - top - bottom))
    assert shape == pytest.approx(slot_width / slot_height, rel=slack)


def test_a_covering_picture_never_lies_on_its_neighbours() -> None:
    """Before OBS 31 a picture that covers its slot stands out of it: it is cropped, or fitted while its size is not
    known; across the whole canvas it may stand out."""
    half, full = Rect(0, 0, 640, 720), Rect(0, 0, 1280, 720)
    day = plan({}, {"pic": Still("a.png")})
    for rect, known, bounds, crop in (
        (half, False, "OBS_BOUNDS_SCALE_INNER", 0),
        (half, True, "OBS_BOUNDS_SCALE_OUTER", 177),
        (full, False, "OBS_BOUNDS_SCALE_OUTER", 0),
        (full, True, "OBS_BOUNDS_SCALE_OUTER", 0),
    ):
        scene = ScenePlan(SceneName("S"), (Item("pic", rect, Fit.COVER),))
        item = SceneItem(1, "pic", 0, True, {"sourceWidth": 800.0, "sourceHeight": 500.0} if known else {})
        mirror = replace(EMPTY, scenes={"S": (item,)})
        (made,) = wanted_in(mirror, [replace(day, scenes=(scene,))], Path()).scenes[0].items
        assert (made.transform["boundsType"], made.transform["cropLeft"]) == (bounds, crop)
    new = replace(EMPTY, version="31.0.1")
    scene = ScenePlan(SceneName("S"), (Item("pic", half, Fit.COVER),))
    (made,) = wanted_in(new, [replace(day, scenes=(scene,))], Path()).scenes[0].items
    assert (made.transform["boundsType"], made.transform["cropToBounds"]) == ("OBS_BOUNDS_SCALE_OUTER", True)


# --- takes ------------------------------------------------------------------------------------------------------

CUT = ObsTransition("장면 전환", "cut_transition", True)
FADE = ObsTransition("페이드", "fade_transition")
READY = replace(EMPTY, transitions=(CUT, FADE), transition=CUT.name)


def sent(mirror: Mirror, kind: TransitionKind, ms: int) -> list[str]:
    return [request.type for request in scene_take(mirror, SceneName("M1"), Transition(kind, Duration(ms)))]


def test_a_take_sets_only_what_differs_and_the_scene_last() -> None:
    assert sent(READY, TransitionKind.CUT, 0) == ["SetCurrentProgramScene"]
    assert sent(READY, TransitionKind.FADE, 500) == [
        "SetCurrentSceneTransition",
        "SetCurrentSceneTransitionDuration",
        "SetCurrentProgramScene",
    ]
    faded = replace(READY, transition=FADE.name, transition_duration=500)
    assert sent(faded, TransitionKind.FADE, 500) == ["SetCurrentProgramScene"]
    assert sent(faded, TransitionKind.FADE, 501) == ["SetCurrentSceneTransitionDuration", "SetCurrentProgramScene"]
    assert sent(faded, TransitionKind.CUT, 0) == ["SetCurrentSceneTransition", "SetCurrentProgramScene"]


@given(st.sampled_from(TransitionKind), st.integers(-5, 10**6))
def test_durations_are_ones_that_obs_accepts(kind: TransitionKind, ms: int) -> None:
    for request in scene_take(READY, SceneName("M1"), Transition(kind, Duration(ms))):
        assert 50 <= request.data.get("transitionDuration", 50) <= 20_000


def test_transitions_are_found_by_kind_and_replaced_by_the_nearest() -> None:
    assert transition_for(READY, TransitionKind.CUT) == CUT
    assert transition_for(READY, TransitionKind.SWIPE) == FADE
    stinger = ObsTransition("sting", "obs_stinger_transition")
    assert transition_for(replace(EMPTY, transitions=(CUT, stinger)), TransitionKind.FADE) == stinger
    assert transition_for(EMPTY, TransitionKind.FADE) is None
    assert scene_take(EMPTY, SceneName("M1"), Transition())[-1].type == "SetCurrentProgramScene"


def test_a_projector_take_leaves_one_scene_enabled_and_other_items_alone() -> None:
    wall = SceneName("wall (projector)")
    items = (
        SceneItem(1, "w1", 0, True),
        SceneItem(2, "w2", 1, False),
        SceneItem(3, "logo", 2, True),
        SceneItem(4, "w3", 3, True),
    )
    mirror = replace(EMPTY, scenes={wall: items, "w1": (), "w2": (), "w3": ()})

    def switched(scene: str, *under_way: str) -> list[tuple[int, bool]] | None:
        requests = projector_take(mirror, wall, SceneName(scene), frozenset(map(SceneName, under_way)))
        if requests is None:
            return None
        return [(request.data["sceneItemId"], request.data["sceneItemEnabled"]) for request in requests]

    assert switched("w2") == [(2, True), (1, False), (4, False)]
    assert switched("w1") == [(4, False)]
    assert switched("w1", "w2") == [(1, True), (2, False), (4, False)]
    assert switched("nowhere") is None

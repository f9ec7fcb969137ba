"""What the console relies on OBS for, tried on the simulated OBS and on a real one alike.

Where the two were found to differ, the simulation was changed. Every test has a scene collection of its own.
"""

from __future__ import annotations

import base64
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from studio_console.devices.simulated import SimulatedObs
from tests.obs_client import ALL_EVENTS, Data, ObsClient, obs_client, request
from tests.ports import free_port
from tests.real_obs import PASSWORD, RealObs
from tests.rtmp import RtmpServer, require_rtmp
from tests.waiting import wait_until

STING = Path(__file__).parent.parent / "assets" / "clips" / "sting.mp4"
"""8 s of picture and sound."""
RED, GREEN, BLUE = 0xFF0000FF, 0xFF00FF00, 0xFFFF0000
"""As OBS keeps colours: 0xAABBGGRR."""
USUAL_DURATION = 300
METERS = 1 << 16
TRANSFORMS = 1 << 19

Obs = SimulatedObs | RealObs


@pytest.fixture(scope="module", params=["simulated", pytest.param("real", marks=pytest.mark.real_obs)])
def obs(request: pytest.FixtureRequest) -> Iterator[Obs]:
    if request.param == "real":
        yield request.getfixturevalue("real_obs")
        return
    with SimulatedObs(password=PASSWORD, canvas=(1280, 720)) as simulated:
        yield simulated


_numbers = itertools.count(1)


@pytest.fixture
def client(obs: Obs) -> Iterator[ObsClient]:
    """A client in a fresh scene collection, with scenes ``Scene`` (on air), ``A``, ``B`` and ``C``; cut is chosen."""
    with obs_client(obs.url, PASSWORD) as client:
        client.must("CreateSceneCollection", sceneCollectionName=f"Contract {next(_numbers)}")
        for name in "ABC":
            client.must("CreateScene", sceneName=name)
        client.must("SetCurrentSceneTransition", transitionName="Cut")
        for name in "ABC":
            client.wait("SceneCreated", sceneName=name)
        client.wait("SceneListChanged", scenes=listed("C", "B", "A", "Scene"))
        client.wait("CurrentSceneTransitionChanged")
        client.until_quiet(0.05)
        client.forget()
        yield client
        client.must("SetStudioModeEnabled", studioModeEnabled=False)


def listed(*names: str) -> list[Data]:
    return [{"sceneIndex": place, "sceneName": name} for place, name in enumerate(names)]


def colour(client: ObsClient, scene: str, name: str, value: int, width: int = 1280, height: int = 720) -> int:
    settings = {"color": value, "width": width, "height": height}
    return make(client, scene, name, "color_source_v3", settings)


def make(client: ObsClient, scene: str, name: str, kind: str, settings: Data) -> int:
    made = client.must("CreateInput", sceneName=scene, inputName=name, inputKind=kind, inputSettings=settings)
    return int(made["sceneItemId"])


def make_clip(client: ObsClient, file: Path = STING, **settings: bool) -> None:
    """An input ``clip`` in scene ``A``."""
    make(client, "A", "clip", "ffmpeg_source", {"local_file": str(file), **settings})


def take(client: ObsClient, scene: str) -> None:
    client.must("SetCurrentProgramScene", sceneName=scene)


def choose(client: ObsClient, transition: str, duration: int) -> None:
    """Choose them, and forget all events so far. Of a duration that is so already OBS says nothing."""
    client.must("SetCurrentSceneTransition", transitionName=transition)
    client.wait("CurrentSceneTransitionChanged", transitionName=transition)
    client.must("SetCurrentSceneTransitionDuration", transitionDuration=duration)
    if duration != USUAL_DURATION:
        client.wait("CurrentSceneTransitionDurationChanged", transitionDuration=duration)
    client.forget()


def begin_fade(client: ObsClient, scene: str) -> None:
    """A fade to ``scene`` is under way: long enough to come between."""
    choose(client, "Fade", 400)
    take(client, scene)
    client.wait("SceneTransitionStarted", transitionName="Fade")


def transform_of(client: ObsClient, scene: str, item: int) -> Data:
    data: Data = client.must("GetSceneItemTransform", sceneName=scene, sceneItemId=item)["sceneItemTransform"]
    return data


def place(client: ObsClient, scene: str, item: int, **changes: Any) -> tuple[int, Data]:
    return client.ask("SetSceneItemTransform", sceneName=scene, sceneItemId=item, sceneItemTransform=changes)


def screenshot(client: ObsClient, source: str, kind: str = "png", **size: int) -> Image.Image:
    answer = client.must("GetSourceScreenshot", sourceName=source, imageFormat=kind, **size)
    head, _, picture = answer["imageData"].partition(",")
    assert head == f"data:image/{kind};base64"
    image = Image.open(io.BytesIO(base64.b64decode(picture)))
    image.load()
    return image


def order(client: ObsClient, *names: str) -> list[str]:
    return [name for name in client.names() if name in names]


TRANSITION_EVENTS = (
    "SceneTransitionStarted",
    "SceneTransitionVideoEnded",
    "CurrentProgramSceneChanged",
    "SceneTransitionEnded",
)


# --- coming in -------------------------------------------------------------------------------------------------


def closing(obs: Obs, *messages: object) -> int:
    """The code with which OBS closes after ``messages`` (texts as they are, else JSON)."""
    with connect(obs.url, compression=None) as link:
        link.recv(timeout=5)
        for message in messages:
            link.send(message if isinstance(message, str | bytes) else json.dumps(message))
        with pytest.raises(ConnectionClosed) as closed:
            link.recv(timeout=10)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def test_the_right_password_lets_in_and_a_wrong_one_closes_with_4009(obs: Obs) -> None:
    with obs_client(obs.url, PASSWORD) as client:
        version = client.must("GetVersion")
    assert version["obsWebSocketVersion"].startswith("5.")
    assert version["rpcVersion"] == 1
    assert {"SetCurrentProgramScene", "GetSourceScreenshot", "SetSceneItemTransform"} <= set(
        version["availableRequests"]
    )
    assert closing(obs, {"op": 1, "d": {"rpcVersion": 1, "authentication": "wrong"}}) == 4009
    assert closing(obs, {"op": 1, "d": {"rpcVersion": 1}}) == 4009


def test_the_challenge_is_another_one_each_time(obs: Obs) -> None:
    challenges = []
    for _ in range(2):
        with connect(obs.url, compression=None) as link:
            challenges.append(json.loads(link.recv(timeout=5))["d"]["authentication"]["challenge"])
    assert challenges[0] != challenges[1]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("hello", 4002),
        ([], 4002),
        (b"{}", 4002),
        ({"d": {}}, 4006),
        ({"op": "1", "d": {}}, 4006),
        ({"op": 1}, 4003),
        ({"op": 1, "d": 5}, 4004),
        ({"op": 6, "d": {"requestType": "GetVersion", "requestId": "1"}}, 4007),
    ],
)
def test_what_is_not_the_protocol_closes_the_session(obs: Obs, message: object, code: int) -> None:
    assert closing(obs, message) == code


# --- requests and their errors ---------------------------------------------------------------------------------


REFUSED: list[tuple[str, Data, int]] = [
    ("NoSuchRequest", {}, 204),
    ("Sleep", {"sleepMillis": 1}, 206),
    ("SetCurrentProgramScene", {}, 301),
    ("SetCurrentProgramScene", {"other": 1}, 300),
    ("SetCurrentProgramScene", {"sceneName": "missing"}, 600),
    ("CreateScene", {"sceneName": 5}, 401),
    ("CreateScene", {"sceneName": ""}, 403),
    ("CreateScene", {"sceneName": "A"}, 601),
    ("GetSceneItemList", {"sceneName": "missing"}, 600),
    ("GetSceneItemList", {"sceneName": "colour"}, 602),
    ("GetInputSettings", {"inputName": "A"}, 602),
    ("CreateInput", {"sceneName": "A", "inputName": "colour", "inputKind": "image_source"}, 601),
    ("CreateInput", {"sceneName": "A", "inputName": "A", "inputKind": "image_source"}, 601),
    ("CreateInput", {"sceneName": "A", "inputName": "new", "inputKind": "no_such_kind"}, 605),
    ("CreateInput", {"sceneName": "A", "inputName": "new", "inputKind": "color_source"}, 605),
    ("CreateSceneItem", {"sceneName": "A", "sourceName": "A"}, 703),
    ("SetSceneItemEnabled", {"sceneName": "A", "sceneItemId": 1}, 300),
    ("SetSceneItemEnabled", {"sceneName": "A", "sceneItemId": 99, "sceneItemEnabled": True}, 600),
    ("SetSceneItemEnabled", {"sceneName": "A", "sceneItemId": 1, "sceneItemEnabled": 1}, 401),
    ("GetInputMute", {"inputName": "colour"}, 604),
    ("SetCurrentSceneTransition", {"transitionName": "missing"}, 600),
    ("SetCurrentSceneTransitionDuration", {"transitionDuration": 20}, 402),
    ("GetCurrentPreviewScene", {}, 506),
    ("TriggerStudioModeTransition", {}, 506),
    ("StopStream", {}, 501),
    ("StopRecord", {}, 501),
    ("GetVirtualCamStatus", {}, 604),
    ("GetSourceScreenshot", {"sourceName": "A"}, 300),
    ("GetSourceScreenshot", {"sourceName": "A", "imageFormat": "tiff"}, 400),
    ("GetSourceScreenshot", {"sourceName": "missing", "imageFormat": "png"}, 600),
    ("GetSourceScreenshot", {"sourceName": "A", "imageFormat": "png", "imageWidth": 4}, 402),
    ("SetCurrentSceneCollection", {"sceneCollectionName": "missing"}, 600),
    ("GetPersistentData", {"realm": "none", "slotName": "a"}, 600),
    ("TriggerMediaInputAction", {"inputName": "colour", "mediaAction": "none"}, 400),
]


def test_a_request_that_cannot_be_says_why_by_its_code(client: ObsClient) -> None:
    colour(client, "A", "colour", RED)
    assert [(name, data, client.ask(name, **data)[0]) for name, data, _ in REFUSED] == REFUSED


def test_comments_name_the_field(client: ObsClient) -> None:
    assert client.comment("CreateScene", sceneName="") == (
        403,
        "The field value of `sceneName` must not be empty.",
    )
    assert client.comment("SetCurrentSceneTransitionDuration", transitionDuration=20) == (
        402,
        "The field value of `transitionDuration` is below the minimum of `50.000000`",
    )


def test_requests_sent_together_are_all_answered(client: ObsClient) -> None:
    numbers = [client.send("GetCurrentProgramScene") for _ in range(50)]
    for number in numbers:
        assert client.wait_answer(number)["responseData"]["currentProgramSceneName"] == "Scene"


# --- scenes and inputs -----------------------------------------------------------------------------------------


def test_the_life_of_a_scene(client: ObsClient) -> None:
    client.must("CreateScene", sceneName="New")
    client.wait("SceneCreated", sceneName="New", isGroup=False)
    client.wait("SceneListChanged", scenes=listed("New", "C", "B", "A", "Scene"))  # the newest first
    client.must("SetSceneName", sceneName="New", newSceneName="Newer")
    client.wait("SceneNameChanged", oldSceneName="New", sceneName="Newer")
    assert client.ask("SetSceneName", sceneName="New", newSceneName="X")[0] == 600
    assert client.ask("SetSceneName", sceneName="Newer", newSceneName="A")[0] == 601
    client.forget()
    client.must("RemoveScene", sceneName="Newer")
    client.wait("SceneRemoved", sceneName="Newer")
    client.wait("SceneListChanged", scenes=listed("C", "B", "A", "Scene"))
    assert client.must("GetSceneList")["scenes"] == listed("C", "B", "A", "Scene")


def test_the_life_of_an_input_and_its_items(client: ObsClient) -> None:
    first = colour(client, "A", "ground", RED)
    created = client.wait("InputCreated", inputName="ground")
    assert created["inputSettings"] == {"color": RED, "width": 1280, "height": 720}
    assert (created["inputKind"], created["unversionedInputKind"]) == ("color_source_v3", "color_source")
    client.wait("SceneItemCreated", sceneName="A", sourceName="ground", sceneItemId=first, sceneItemIndex=0)
    answer = client.must("CreateSceneItem", sceneName="A", sourceName="ground", sceneItemEnabled=False)
    second = answer["sceneItemId"]
    assert second == first + 1
    client.wait("SceneItemEnableStateChanged", sceneItemId=second, sceneItemEnabled=False)
    elsewhere = client.must("CreateSceneItem", sceneName="B", sourceName="ground")["sceneItemId"]
    assert elsewhere == first, "ids are unique in their scene only"

    items = client.must("GetSceneItemList", sceneName="A")["sceneItems"]
    assert [(item["sceneItemId"], item["sceneItemIndex"], item["sceneItemEnabled"]) for item in items] == [
        (first, 0, True),
        (second, 1, False),
    ]
    assert items[0]["sourceType"] == "OBS_SOURCE_TYPE_INPUT"
    assert items[0]["sceneItemTransform"]["sourceWidth"] == 1280

    client.must("SetSceneItemIndex", sceneName="A", sceneItemId=first, sceneItemIndex=1)
    reordered = client.wait("SceneItemListReindexed", sceneName="A")["sceneItems"]
    assert [item["sceneItemId"] for item in reordered] == [second, first]
    client.must("RemoveSceneItem", sceneName="A", sceneItemId=first)
    client.wait("SceneItemRemoved", sceneName="A", sceneItemId=first, sourceName="ground")
    assert client.ask("RemoveSceneItem", sceneName="A", sceneItemId=first)[0] == 600
    third = client.must("CreateSceneItem", sceneName="A", sourceName="ground")["sceneItemId"]
    assert third == second + 1, "ids are not used again"


def test_an_input_goes_with_its_last_item(client: ObsClient) -> None:
    item = colour(client, "A", "ground", RED)
    client.must("RemoveSceneItem", sceneName="A", sceneItemId=item)
    client.wait("InputRemoved", inputName="ground")
    assert client.must("GetInputList")["inputs"] == []


def test_a_removed_input_keeps_its_name_while_a_scene_off_air_holds_it(client: ObsClient) -> None:
    colour(client, "A", "ground", RED)
    client.must("RemoveInput", inputName="ground")
    client.wait("InputRemoved", inputName="ground")
    client.until_quiet(0.2)
    assert "SceneItemRemoved" not in client.names()
    again = {"sceneName": "A", "inputName": "ground", "inputKind": "color_source_v3"}
    assert client.ask("CreateInput", **again)[0] == 601
    take(client, "A")
    client.wait("SceneItemRemoved", sceneName="A", sourceName="ground")
    client.until_quiet(0.1)
    assert client.ask("CreateInput", **again)[0] == 100


def test_settings_are_laid_over_each_other(client: ObsClient) -> None:
    make(client, "A", "words", "text_ft2_source_v2", {"text": "one", "font": {"face": "Sans", "size": 40}})

    def settings() -> Data:
        found: Data = client.must("GetInputSettings", inputName="words")["inputSettings"]
        return found

    client.must("SetInputSettings", inputName="words", inputSettings={"text": "두 번째", "of_ours": {"a": 1}})
    assert settings() == {"text": "두 번째", "font": {"face": "Sans", "size": 40}, "of_ours": {"a": 1}}
    client.must("SetInputSettings", inputName="words", inputSettings={"font": {"size": 50}})
    assert settings()["font"] == {"size": 50}, "objects are replaced, not merged"
    client.must("SetInputSettings", inputName="words", inputSettings={"of_ours": None, "list": [1, {"b": 2}]})
    assert settings() == {"text": "두 번째", "font": {"size": 50}, "of_ours": {"a": 1}, "list": [{"b": 2}]}, (
        "null changes nothing, and of a list only the objects are kept"
    )
    client.must("SetInputSettings", inputName="words", inputSettings={"text": "three"}, overlay=False)
    assert settings() == {"text": "three"}
    defaults = client.must("GetInputDefaultSettings", inputKind="text_ft2_source_v2")["defaultInputSettings"]
    assert defaults["font"]["size"] == 256


def test_kinds_with_and_without_their_version(client: ObsClient) -> None:
    versioned = client.must("GetInputKindList")["inputKinds"]
    plain = client.must("GetInputKindList", unversioned=True)["inputKinds"]
    assert {"image_source", "color_source_v3", "ffmpeg_source", "text_ft2_source_v2"} <= set(versioned)
    assert {"image_source", "color_source", "ffmpeg_source", "text_ft2_source"} <= set(plain)
    assert len(versioned) == len(plain)


def test_a_text_is_as_large_as_its_words(client: ObsClient) -> None:
    item = make(client, "A", "words", "text_ft2_source_v2", {"text": "", "font": {"face": "Sans", "size": 64}})
    take(client, "A")
    empty = transform_of(client, "A", item)
    assert empty["sourceWidth"] == 0
    client.must("SetInputSettings", inputName="words", inputSettings={"text": "Together We Stand"})
    narrow = _settled_width(client, item, above=0)
    assert 64 <= transform_of(client, "A", item)["sourceHeight"] < 128
    client.must("SetInputSettings", inputName="words", inputSettings={"text": "Together We Stand " * 3})
    assert _settled_width(client, item, above=narrow) > 2 * narrow


def _settled_width(client: ObsClient, item: int, above: float) -> float:
    """OBS lays text out with the next picture: ask until it has."""

    def grown() -> float | None:
        width = float(transform_of(client, "A", item)["sourceWidth"])
        return width if width > above else None

    return float(wait_until(grown, lambda: "the text grows"))


def test_mute_and_volume(client: ObsClient) -> None:
    make_clip(client)
    client.must("SetInputMute", inputName="clip", inputMuted=True)
    client.wait("InputMuteStateChanged", inputName="clip", inputMuted=True)
    assert client.must("GetInputMute", inputName="clip") == {"inputMuted": True}
    client.must("SetInputVolume", inputName="clip", inputVolumeDb=-6)
    changed = client.wait("InputVolumeChanged", inputName="clip")
    assert changed["inputVolumeMul"] == pytest.approx(0.501, abs=0.001)
    client.must("SetInputVolume", inputName="clip", inputVolumeMul=0)
    assert client.must("GetInputVolume", inputName="clip") == {"inputVolumeMul": 0, "inputVolumeDb": -100}
    assert client.ask("SetInputVolume", inputName="clip", inputVolumeMul=1, inputVolumeDb=0)[0] == 404
    assert client.ask("SetInputVolume", inputName="clip")[0] == 300
    assert client.ask("SetInputVolume", inputName="clip", inputVolumeDb=27)[0] == 402


def test_a_line_without_a_source_has_a_fader_all_the_same(client: ObsClient) -> None:
    """The stand-in of a line of sound: a stream without an address. Nested, it is active with the scene around it."""
    make(client, "B", "line", "ffmpeg_source", {"is_local_file": False, "restart_on_activate": False})
    client.must("CreateSceneItem", sceneName="A", sourceName="B")
    assert client.must("GetInputMute", inputName="line") == {"inputMuted": False}
    assert client.must("GetInputVolume", inputName="line") == {"inputVolumeMul": 1, "inputVolumeDb": 0}
    assert not client.must("GetSourceActive", sourceName="line")["videoActive"]
    take(client, "A")
    wait_until(lambda: client.must("GetSourceActive", sourceName="line")["videoActive"])


def test_levels_are_told_again_where_nothing_changes(client: ObsClient) -> None:
    make(client, "A", "line", "ffmpeg_source", {"is_local_file": False, "restart_on_activate": False})
    for _ in range(2):
        client.forget()
        client.must("SetInputVolume", inputName="line", inputVolumeDb=-18)
        client.must("SetInputMute", inputName="line", inputMuted=True)
        assert client.wait("InputVolumeChanged", inputName="line")["inputVolumeDb"] == pytest.approx(-18, abs=0.001)
        client.wait("InputMuteStateChanged", inputName="line", inputMuted=True)


def test_words_levels_and_the_scene_go_in_one_batch(client: ObsClient) -> None:
    """What is refused of it keeps nothing else from being done: the scene is taken all the same."""
    make(client, "A", "caption", "text_ft2_source_v2", {"font": {"face": "Sans", "size": 40}})
    make(client, "A", "line", "ffmpeg_source", {"is_local_file": False, "restart_on_activate": False})
    results = client.batch(
        request("SetInputSettings", inputName="caption", inputSettings={"text": "런던 시장"}),
        request("SetInputSettings", inputName="nowhere", inputSettings={"text": "런던 시장"}),
        request("SetInputVolume", inputName="line", inputVolumeDb=-18),
        request("SetInputMute", inputName="line", inputMuted=False),
        request("SetCurrentProgramScene", sceneName="A"),
        request("GetCurrentProgramScene"),
        executionType=0,
    )
    assert [entry["requestStatus"]["code"] for entry in results] == [100, 600, 100, 100, 100, 100]
    assert results[-1]["responseData"]["currentProgramSceneName"] == "A"
    settings = client.must("GetInputSettings", inputName="caption")["inputSettings"]
    assert settings == {"text": "런던 시장", "font": {"face": "Sans", "size": 40}}
    client.wait("SceneTransitionStarted", transitionName="Cut")


# --- transforms ------------------------------------------------------------------------------------------------


def test_read_only_and_impossible_transforms_are_refused(client: ObsClient) -> None:
    item = colour(client, "A", "ground", RED)
    before = transform_of(client, "A", item)
    assert place(client, "A", item, width=5.0, sourceWidth=5.0)[0] == 703
    assert place(client, "A", item)[0] == 403
    assert place(client, "A", item, unknown=1)[0] == 703
    assert place(client, "A", item, boundsWidth=0.0)[0] == 402
    assert place(client, "A", item, cropLeft=-1)[0] == 402
    assert place(client, "A", item, rotation=361)[0] == 402
    assert place(client, "A", item, boundsType="OBS_BOUNDS_NO")[0] == 400
    assert place(client, "A", item, positionX="left")[0] == 401
    assert place(client, "A", item, **before)[0] == 402, "what was read cannot be sent back: its bounds are 0"
    assert transform_of(client, "A", item) == before


def test_a_transform_comes_back_in_single_precision(client: ObsClient) -> None:
    item = colour(client, "A", "ground", RED)
    assert place(client, "A", item, positionX=33.33, cropTop=2.6, boundsType="OBS_BOUNDS_SCALE_INNER")[0] == 100
    found = transform_of(client, "A", item)
    assert found["positionX"] == 33.33000183105469
    assert found["cropTop"] == 2
    assert (found["width"], found["height"]) == (1280, 720), "these know neither bounds nor crop"


@pytest.mark.parametrize(
    ("bounds", "box"),
    [
        ("OBS_BOUNDS_NONE", (100, 100, 500, 200)),
        ("OBS_BOUNDS_STRETCH", (100, 100, 400, 400)),
        ("OBS_BOUNDS_SCALE_INNER", (100, 212, 400, 287)),
        ("OBS_BOUNDS_SCALE_OUTER", (0, 100, 850, 400)),
        ("OBS_BOUNDS_SCALE_TO_WIDTH", (100, 212, 400, 287)),
        ("OBS_BOUNDS_SCALE_TO_HEIGHT", (0, 100, 850, 400)),
        ("OBS_BOUNDS_MAX_ONLY", (100, 212, 400, 287)),
    ],
)
def test_bounds_place_the_picture(client: ObsClient, bounds: str, box: tuple[int, ...]) -> None:
    item = colour(client, "A", "bar", GREEN, 400, 100)
    square = {"boundsWidth": 300, "boundsHeight": 300, "boundsType": bounds, "alignment": 5, "boundsAlignment": 0}
    assert place(client, "A", item, positionX=100, positionY=100, **square)[0] == 100
    green = screenshot(client, "A").convert("RGB").getchannel("G").point(lambda value: 255 if value > 200 else 0)
    assert green.getbbox() == pytest.approx(box, abs=1)


def test_crop_and_rotation(client: ObsClient) -> None:
    item = colour(client, "A", "bar", GREEN, 400, 100)
    assert place(client, "A", item, positionX=640, positionY=360, rotation=90, cropLeft=100, alignment=0)[0] == 100
    green = screenshot(client, "A").convert("RGB").getchannel("G").point(lambda value: 255 if value > 128 else 0)
    assert green.getbbox() == pytest.approx((590, 210, 690, 510), abs=1)


# --- batches ---------------------------------------------------------------------------------------------------


def test_a_batch_is_answered_in_its_order_failures_included(client: ObsClient) -> None:
    results = client.batch(
        request("CreateScene", sceneName="New"),
        request("CreateScene", sceneName="New"),
        {"requestType": "GetCurrentProgramScene"},
        {"requestId": "no type"},
    )
    assert [result["requestStatus"]["code"] for result in results] == [100, 601, 100, 203]
    assert results[0]["requestId"] == "CreateScene"
    assert "requestId" not in results[2]
    assert results[2]["responseData"] == {"currentProgramSceneName": "Scene"}
    assert client.batch() == []


def test_halt_on_failure_leaves_the_rest_out(client: ObsClient) -> None:
    results = client.batch(
        request("CreateScene", sceneName="New"),
        request("CreateScene", sceneName="New"),
        request("CreateScene", sceneName="Never"),
        haltOnFailure=True,
    )
    assert [result["requestStatus"]["code"] for result in results] == [100, 601]
    assert "Never" not in [scene["sceneName"] for scene in client.must("GetSceneList")["scenes"]]


def test_transforms_in_one_frame(client: ObsClient) -> None:
    items = [colour(client, "A", f"cell {number}", RED, 100, 100) for number in range(12)]
    moves = [
        request("SetSceneItemTransform", sceneName="A", sceneItemId=item, sceneItemTransform={"positionX": place * 10})
        for place, item in enumerate(items)
    ]
    sleep = request("Sleep", sleepFrames=2)
    wrong = request("SetSceneItemTransform", sceneName="A", sceneItemId=99, sceneItemTransform={"positionX": 1})
    results = client.batch(*moves, sleep, wrong, executionType=1)
    assert [result["requestStatus"]["code"] for result in results] == [100] * 13 + [600]
    assert [transform_of(client, "A", item)["positionX"] for item in items] == [place * 10 for place in range(12)]


def test_sleep_and_variables_in_a_batch(client: ObsClient) -> None:
    item = colour(client, "A", "ground", RED)
    results = client.batch(
        request("GetSceneItemId", sceneName="A", sourceName="ground") | {"outputVariables": {"found": "sceneItemId"}},
        request("Sleep", sleepMillis=20),
        request("Sleep", sleepFrames=1),
        {
            "requestType": "SetSceneItemEnabled",
            "requestData": {"sceneName": "A", "sceneItemEnabled": False},
            "inputVariables": {"sceneItemId": "found"},
        },
    )
    assert [result["requestStatus"]["code"] for result in results] == [100, 100, 300, 100]
    assert client.must("GetSceneItemEnabled", sceneName="A", sceneItemId=item) == {"sceneItemEnabled": False}


def test_transition_and_take_in_one_batch(client: ObsClient) -> None:
    results = client.batch(
        request("SetCurrentSceneTransition", transitionName="Fade"),
        request("SetCurrentSceneTransitionDuration", transitionDuration=100),
        request("SetCurrentProgramScene", sceneName="B"),
    )
    assert [result["requestStatus"]["code"] for result in results] == [100, 100, 100]
    client.wait("SceneTransitionStarted", transitionName="Fade")
    client.wait("CurrentProgramSceneChanged", sceneName="B")


# --- on air ----------------------------------------------------------------------------------------------------


def test_a_cut_tells_its_start_and_its_end(client: ObsClient) -> None:
    take(client, "A")
    client.wait("SceneTransitionEnded", transitionName="Cut")
    client.wait("CurrentProgramSceneChanged", sceneName="A")
    told = order(client, *TRANSITION_EVENTS)
    assert told[0] == "SceneTransitionStarted"
    assert sorted(told) == sorted(TRANSITION_EVENTS)


def test_a_fade_names_its_target_at_once_and_changes_the_program_at_its_end(client: ObsClient) -> None:
    choose(client, "Fade", 600)
    take(client, "B")
    started = client.wait("SceneTransitionStarted", transitionName="Fade")
    assert "sceneName" not in started, "the event does not say which scene"
    assert client.must("GetCurrentProgramScene")["currentProgramSceneName"] == "B"
    assert 0 <= client.must("GetCurrentSceneTransitionCursor")["transitionCursor"] < 1
    assert client.must("GetSourceActive", sourceName="Scene")["videoActive"]
    assert client.must("GetSourceActive", sourceName="B")["videoActive"]
    assert "CurrentProgramSceneChanged" not in client.names()
    client.wait("CurrentProgramSceneChanged", sceneName="B")
    client.wait("SceneTransitionEnded")
    assert order(client, *TRANSITION_EVENTS)[0] == "SceneTransitionStarted"
    assert client.must("GetCurrentSceneTransitionCursor") == {"transitionCursor": 1.0}
    client.until_quiet(0.1)
    assert not client.must("GetSourceActive", sourceName="Scene")["videoActive"]


def test_the_start_of_a_fade_is_told_before_anything_of_its_end(client: ObsClient) -> None:
    """Before or after the take's answer: OBS sends the two from threads of their own."""
    choose(client, "Fade", 300)
    number = client.send("SetCurrentProgramScene", sceneName="B")
    client.wait_answer(number)
    client.wait("SceneTransitionStarted")
    assert client.names() == ["SceneTransitionStarted"]


@pytest.mark.parametrize("transition", ["Cut", "Fade"])
def test_taking_the_scene_on_air_succeeds_and_nothing_tells_of_it(client: ObsClient, transition: str) -> None:
    choose(client, transition, 100)
    take(client, "Scene")
    assert client.until_quiet(0.4) == []


def test_a_second_take_during_a_fade_ends_with_the_last_scene(client: ObsClient) -> None:
    begin_fade(client, "A")
    take(client, "B")
    client.wait("CurrentProgramSceneChanged", sceneName="B")
    client.wait("SceneTransitionEnded")
    told = order(client, *TRANSITION_EVENTS)
    assert told.count("SceneTransitionStarted") == 2
    assert told.count("SceneTransitionEnded") == 1
    assert ("CurrentProgramSceneChanged", {"sceneName": "A"}) not in client.events


def test_going_back_during_a_fade_by_the_same_fade_ends_where_it_began(client: ObsClient) -> None:
    begin_fade(client, "A")
    take(client, "Scene")
    client.wait("CurrentProgramSceneChanged", sceneName="Scene")
    client.wait("SceneTransitionEnded")


def test_choosing_another_transition_during_a_fade_breaks_it_off_untold(client: ObsClient) -> None:
    """The trap behind it: the air stays with the old scene while OBS says the new one is the program.

    A third scene heals it; going on to the same one does not.
    """
    begin_fade(client, "A")
    client.must("SetCurrentSceneTransition", transitionName="Cut")
    client.until_quiet(0.8)
    assert order(client, *TRANSITION_EVENTS) == ["SceneTransitionStarted"]
    assert client.must("GetCurrentProgramScene")["currentProgramSceneName"] == "A"
    assert client.must("GetCurrentSceneTransitionCursor") == {"transitionCursor": 1.0}
    for scene in ("Scene", "A"):
        assert client.must("GetSourceActive", sourceName=scene)["videoActive"]

    client.forget()
    take(client, "A")
    client.until_quiet(0.3)
    assert order(client, *TRANSITION_EVENTS) == ["SceneTransitionStarted"], "started, and never ended"
    client.forget()
    take(client, "Scene")
    client.until_quiet(0.3)
    assert order(client, *TRANSITION_EVENTS) == []
    take(client, "C")
    client.wait("CurrentProgramSceneChanged", sceneName="C")
    take(client, "A")
    client.wait("CurrentProgramSceneChanged", sceneName="A")


def test_cutting_to_a_third_scene_during_a_fade_is_told_like_any_cut(client: ObsClient) -> None:
    begin_fade(client, "A")
    client.must("SetCurrentSceneTransition", transitionName="Cut")
    take(client, "B")
    client.wait("SceneTransitionStarted", transitionName="Cut")
    client.wait("CurrentProgramSceneChanged", sceneName="B")
    client.wait("SceneTransitionEnded", transitionName="Cut")


def test_transitions_are_listed_with_their_kinds(client: ObsClient) -> None:
    listed = client.must("GetSceneTransitionList")
    kinds = {entry["transitionName"]: entry["transitionKind"] for entry in listed["transitions"]}
    assert kinds["Cut"] == "cut_transition"
    assert kinds["Fade"] == "fade_transition"
    assert client.must("GetCurrentSceneTransition")["transitionDuration"] is None, "a cut has none"
    choose(client, "Fade", 700)
    assert client.must("GetCurrentSceneTransition")["transitionDuration"] == 700


def test_removing_the_scene_on_air_moves_on(client: ObsClient) -> None:
    take(client, "A")
    client.wait("SceneTransitionEnded")
    client.must("RemoveScene", sceneName="A")
    client.wait("CurrentProgramSceneChanged", sceneName="B")
    assert client.must("GetCurrentProgramScene")["currentProgramSceneName"] == "B"


# --- studio mode -----------------------------------------------------------------------------------------------


def test_studio_mode_has_a_preview_and_takes_it(client: ObsClient) -> None:
    client.must("SetStudioModeEnabled", studioModeEnabled=True)
    client.wait("StudioModeStateChanged", studioModeEnabled=True)
    assert client.must("GetSceneList")["currentPreviewSceneName"] == "Scene"
    client.must("SetCurrentPreviewScene", sceneName="B")
    client.wait("CurrentPreviewSceneChanged", sceneName="B")
    choose(client, "Fade", 400)
    client.must("TriggerStudioModeTransition")
    client.wait("SceneTransitionStarted")
    client.wait("CurrentProgramSceneChanged", sceneName="B")
    client.wait("CurrentPreviewSceneChanged", sceneName="Scene")
    assert client.must("GetCurrentProgramScene")["currentProgramSceneName"] == "B"
    client.forget()
    client.must("SetStudioModeEnabled", studioModeEnabled=False)
    client.wait("StudioModeStateChanged", studioModeEnabled=False)
    assert client.must("GetSceneList")["currentPreviewSceneName"] is None
    changes = [data["sceneName"] for name, data in client.events if name == "CurrentProgramSceneChanged"]
    assert changes[-1:] == ["B"], "what is told last is true"


# --- nested scenes ---------------------------------------------------------------------------------------------


def test_scenes_in_a_scene_are_switched_by_enabling_them(client: ObsClient) -> None:
    """The projector scene of a laptop: one scene on the wall, its scenes inside it."""
    colour(client, "A", "red", RED)
    colour(client, "B", "blue", BLUE)
    client.must("CreateScene", sceneName="wall")
    first = client.must("CreateSceneItem", sceneName="wall", sourceName="A")["sceneItemId"]
    second = client.must("CreateSceneItem", sceneName="wall", sourceName="B", sceneItemEnabled=False)["sceneItemId"]
    inside = client.must("GetSceneItemList", sceneName="wall")["sceneItems"]
    assert [item["sourceType"] for item in inside] == ["OBS_SOURCE_TYPE_SCENE"] * 2
    assert client.ask("CreateSceneItem", sceneName="A", sourceName="wall")[0] == 700, "no rings"
    assert screenshot(client, "wall", imageWidth=64).convert("RGB").getpixel((32, 18)) == (255, 0, 0)
    client.forget()
    results = client.batch(
        request("SetSceneItemEnabled", sceneName="wall", sceneItemId=second, sceneItemEnabled=True),
        request("SetSceneItemEnabled", sceneName="wall", sceneItemId=first, sceneItemEnabled=False),
        request("SetSceneItemEnabled", sceneName="wall", sceneItemId=first, sceneItemEnabled=False),
        executionType=1,
    )
    assert all(result["requestStatus"]["result"] for result in results)
    client.wait("SceneItemEnableStateChanged", sceneName="wall", sceneItemId=second, sceneItemEnabled=True)
    client.wait("SceneItemEnableStateChanged", sceneName="wall", sceneItemId=first, sceneItemEnabled=False)
    client.until_quiet(0.2)
    assert client.names().count("SceneItemEnableStateChanged") == 2, "what is so already is not told"
    assert screenshot(client, "wall", imageWidth=64).convert("RGB").getpixel((32, 18)) == (0, 0, 255)


# --- clips -----------------------------------------------------------------------------------------------------

RESTART = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART"


def status(client: ObsClient, name: str = "clip") -> tuple[str, int | None, int | None]:
    data = client.must("GetMediaInputStatus", inputName=name)
    return data["mediaState"].removeprefix("OBS_MEDIA_STATE_"), data["mediaCursor"], data["mediaDuration"]


def act(client: ObsClient, action: str) -> None:
    client.must("TriggerMediaInputAction", inputName="clip", mediaAction=f"OBS_WEBSOCKET_MEDIA_INPUT_ACTION_{action}")


def until_cursor(client: ObsClient, at_least: int) -> int:
    def there() -> int | None:
        state, cursor, _ = status(client)
        return cursor if cursor is not None and state == "PLAYING" and cursor >= at_least else None

    return int(wait_until(there, lambda: f"{at_least} ms of the clip, which is {status(client)}"))


def test_a_clip_starts_with_the_take_and_ends_by_itself(client: ObsClient) -> None:
    make_clip(client, restart_on_activate=True, close_when_inactive=False)
    assert status(client) == ("NONE", None, None)
    client.must("CreateScene", sceneName="outer")
    client.must("CreateSceneItem", sceneName="outer", sourceName="A")
    assert "MediaInputPlaybackStarted" not in client.names()
    take(client, "outer")
    client.wait("MediaInputPlaybackStarted", inputName="clip")
    client.wait("MediaInputActionTriggered", inputName="clip", mediaAction=RESTART)
    first = until_cursor(client, 1)
    assert until_cursor(client, first + 100) < 4000
    assert status(client)[2] == 8000
    # Two seconds before its end: a busy machine may not ask in the last half second.
    client.must("SetMediaInputCursor", inputName="clip", mediaCursor=6000)
    until_cursor(client, 5900)
    client.wait("MediaInputPlaybackEnded", inputName="clip")
    assert status(client) == ("ENDED", None, None)
    assert client.ask("SetMediaInputCursor", inputName="clip", mediaCursor=0)[0] == 604


def test_a_clip_taken_off_air_is_over_and_begins_anew_when_it_comes_back(client: ObsClient) -> None:
    make_clip(client, restart_on_activate=True)
    take(client, "A")
    until_cursor(client, 300)
    take(client, "B")
    client.wait("MediaInputPlaybackEnded", inputName="clip")
    assert status(client) == ("ENDED", None, None)
    client.forget()
    take(client, "A")
    client.wait("MediaInputPlaybackStarted", inputName="clip")
    assert until_cursor(client, 1) < 4000


def test_pause_play_stop_and_restart(client: ObsClient) -> None:
    make_clip(client, restart_on_activate=True)
    take(client, "A")
    until_cursor(client, 200)
    act(client, "PAUSE")
    client.wait("MediaInputActionTriggered", mediaAction="OBS_WEBSOCKET_MEDIA_INPUT_ACTION_PAUSE")
    client.until_quiet(0.2)
    state, held, duration = status(client)
    assert (state, duration) == ("PAUSED", 8000)
    client.until_quiet(0.2)
    assert status(client)[1] == held
    act(client, "PLAY")
    assert held is not None
    until_cursor(client, held + 100)
    act(client, "STOP")
    client.wait("MediaInputPlaybackEnded", inputName="clip")
    assert status(client) == ("ENDED", None, None)
    client.forget()
    act(client, "RESTART")
    client.wait("MediaInputPlaybackStarted", inputName="clip")
    until_cursor(client, 1)


def test_a_clip_without_restart_on_activate_runs_off_air_at_once(client: ObsClient) -> None:
    make_clip(client, restart_on_activate=False)
    until_cursor(client, 200)


def test_settings_applied_again_start_the_clip_on_air_again(client: ObsClient) -> None:
    make_clip(client)
    take(client, "A")
    client.wait("MediaInputPlaybackStarted")
    before = until_cursor(client, 1500)
    client.forget()
    client.must("SetInputSettings", inputName="clip", inputSettings={"local_file": str(STING)})
    client.wait("MediaInputPlaybackStarted", inputName="clip")
    assert until_cursor(client, 1) < before


def test_a_clip_whose_file_is_missing_is_said_to_play_at_nought_of_nought(client: ObsClient, tmp_path: Path) -> None:
    make_clip(client, tmp_path / "none.mp4")
    client.until_quiet(0.2)
    assert status(client) == ("ENDED", None, None)
    client.forget()
    take(client, "A")
    client.wait("MediaInputPlaybackStarted", inputName="clip")
    assert "MediaInputPlaybackEnded" not in client.until_quiet(0.3)
    assert status(client) == ("PLAYING", 0, 0)


def test_what_is_no_clip_has_no_media_state(client: ObsClient) -> None:
    colour(client, "A", "ground", RED)
    assert status(client, "ground") == ("NONE", None, None)
    assert client.ask("TriggerMediaInputAction", inputName="ground", mediaAction=RESTART)[0] == 100


# --- pictures --------------------------------------------------------------------------------------------------


def test_a_screenshot_has_the_asked_size_and_the_right_colours(client: ObsClient, tmp_path: Path) -> None:
    colour(client, "A", "ground", BLUE)
    picture = tmp_path / "grün.png"
    Image.new("RGB", (200, 100), (10, 200, 30)).save(picture)
    item = make(client, "A", "slate", "image_source", {"file": str(picture)})
    assert place(client, "A", item, positionX=540, positionY=310)[0] == 100
    image = screenshot(client, "A", imageWidth=320, imageHeight=180)
    assert image.size == (320, 180)
    assert image.convert("RGB").getpixel((160, 90)) == (10, 200, 30)
    assert image.convert("RGB").getpixel((20, 20)) == (0, 0, 255)
    assert screenshot(client, "A", imageWidth=128).size == (128, 72)
    assert screenshot(client, "A", imageHeight=90).size == (160, 90)
    assert screenshot(client, "A").size == (1280, 720)
    photograph = screenshot(client, "A", "jpg", imageWidth=320, imageCompressionQuality=70).convert("RGB")
    assert photograph.getpixel((160, 90)) == pytest.approx((10, 200, 30), abs=12)
    assert screenshot(client, "slate").size == (200, 100)


def test_where_nothing_is_a_screenshot_is_clear_and_an_empty_source_has_none(client: ObsClient) -> None:
    assert screenshot(client, "A", imageWidth=64).convert("RGBA").getpixel((32, 18)) == (0, 0, 0, 0)
    make(client, "A", "slate", "image_source", {"file": "missing.png"})
    assert client.ask("GetSourceScreenshot", sourceName="slate", imageFormat="png")[0] == 702


def test_a_disabled_item_is_not_in_the_picture(client: ObsClient) -> None:
    colour(client, "A", "under", RED)
    over = colour(client, "A", "over", GREEN)
    assert screenshot(client, "A", imageWidth=64).convert("RGB").getpixel((32, 18)) == (0, 255, 0)
    client.must("SetSceneItemEnabled", sceneName="A", sceneItemId=over, sceneItemEnabled=False)
    client.until_quiet(0.1)
    assert screenshot(client, "A", imageWidth=64).convert("RGB").getpixel((32, 18)) == (255, 0, 0)


# --- collections, events, meters, the rest ---------------------------------------------------------------------


def test_changing_the_collection_is_told_from_its_beginning_to_its_end(client: ObsClient) -> None:
    colour(client, "A", "ground", RED)
    old = client.must("GetSceneCollectionList")["currentSceneCollectionName"]
    take(client, "A")
    client.wait("SceneTransitionEnded")
    client.wait("CurrentProgramSceneChanged")
    client.forget()
    new = f"Contract {next(_numbers)}"
    client.must("CreateSceneCollection", sceneCollectionName=new)
    client.wait("SceneCollectionListChanged")
    assert client.names()[0] == "CurrentSceneCollectionChanging"
    client.wait("CurrentSceneCollectionChanging", sceneCollectionName=old)
    client.wait("CurrentSceneCollectionChanged", sceneCollectionName=new)
    client.wait("SceneRemoved", sceneName="A")
    client.wait("InputRemoved", inputName="ground")
    scenes = client.must("GetSceneList")
    assert (scenes["currentProgramSceneName"], len(scenes["scenes"])) == ("Scene", 1)
    assert client.ask("CreateSceneCollection", sceneCollectionName=new)[0] == 601
    client.must("CreateScene", sceneName="here only")
    client.until_quiet(0.2)
    client.forget()

    client.must("SetCurrentSceneCollection", sceneCollectionName=old)
    client.wait("CurrentSceneCollectionChanged", sceneCollectionName=old)
    scenes = client.must("GetSceneList")
    assert scenes["currentProgramSceneName"] == "A"
    assert [scene["sceneName"] for scene in scenes["scenes"]] == ["C", "B", "A", "Scene"]
    assert client.must("GetInputSettings", inputName="ground")["inputSettings"]["color"] == RED
    told = order(client, "CurrentSceneCollectionChanging", "SceneCreated", "CurrentSceneCollectionChanged")
    assert (told[0], told[-1]) == ("CurrentSceneCollectionChanging", "CurrentSceneCollectionChanged")


def test_only_the_events_asked_for_are_told(obs: Obs, client: ObsClient) -> None:
    scenes, transitions = 1 << 2, 1 << 4
    with obs_client(obs.url, PASSWORD, scenes) as other:
        take(client, "A")
        other.wait("CurrentProgramSceneChanged", sceneName="A")
        assert set(other.until_quiet(0.3)) == {"CurrentProgramSceneChanged"}
        other.subscribe(transitions)
        other.forget()
        take(client, "B")
        other.wait("SceneTransitionEnded")
        assert "CurrentProgramSceneChanged" not in other.until_quiet(0.3)
        other.subscribe(0)
        other.forget()
        take(client, "C")
        assert other.until_quiet(0.3) == []


def test_moved_items_are_told_to_those_who_want_so_much(client: ObsClient) -> None:
    item = colour(client, "A", "ground", RED)
    place(client, "A", item, positionX=5)
    assert "SceneItemTransformChanged" not in client.until_quiet(0.3)
    client.subscribe(ALL_EVENTS | TRANSFORMS)
    place(client, "A", item, positionX=7)
    moved = client.wait("SceneItemTransformChanged", sceneName="A", sceneItemId=item)
    assert moved["sceneItemTransform"]["positionX"] == 7


def test_meters_tell_of_active_inputs_only(client: ObsClient) -> None:
    make_clip(client)
    client.subscribe(METERS)
    assert client.wait("InputVolumeMeters") == {"inputs": []}
    take(client, "A")

    def levels() -> tuple[float, float, float] | None:
        """Magnitude, peak and peak before the fader; None until it is heard.

        A real OBS may begin with numbers out of thin air: what is louder than full scale is not a level.
        """
        client.forget()
        inputs = client.wait("InputVolumeMeters")["inputs"]
        assert {entry["inputName"] for entry in inputs} <= {"clip"}
        for entry in inputs:
            for magnitude, peak, before_fader in entry["inputLevelsMul"][:1]:
                if 0 < before_fader <= 1 and magnitude <= peak <= 1:
                    return magnitude, peak, before_fader
        return None

    def heard() -> bool:
        found = levels()
        return found is not None and 0 < found[0] <= found[1]

    def muted() -> bool:
        found = levels()
        return found is not None and found[:2] == (0, 0)

    wait_until(heard)
    client.must("SetInputMute", inputName="clip", inputMuted=True)
    wait_until(muted)


def test_a_word_to_all_clients(obs: Obs, client: ObsClient) -> None:
    with obs_client(obs.url, PASSWORD) as other:
        client.must("BroadcastCustomEvent", eventData={"cue": "M10"})
        assert other.wait("CustomEvent") == {"cue": "M10"}


def test_slots_keep_what_other_programs_put_there(client: ObsClient) -> None:
    slot = {"realm": "OBS_WEBSOCKET_DATA_REALM_GLOBAL", "slotName": "studio-contract"}
    client.must("SetPersistentData", slotValue={"owned": ["A"]}, **slot)
    assert client.must("GetPersistentData", **slot) == {"slotValue": {"owned": ["A"]}}
    assert client.must("GetPersistentData", **{**slot, "slotName": "empty"}) == {"slotValue": None}


def test_recording_starts_and_stops_in_steps(client: ObsClient) -> None:
    states = "OBS_WEBSOCKET_OUTPUT_"
    client.must("StartRecord")
    client.wait("RecordStateChanged", outputState=states + "STARTING", outputActive=False)
    client.wait("RecordStateChanged", outputState=states + "STARTED", outputActive=True)
    assert client.must("GetRecordStatus")["outputActive"]
    assert client.ask("StartRecord")[0] == 500
    assert client.ask("SetVideoSettings", fpsNumerator=25, fpsDenominator=1)[0] == 500
    assert client.must("StopRecord")["outputPath"].endswith(".mkv")
    client.wait("RecordStateChanged", outputState=states + "STOPPING")
    client.wait("RecordStateChanged", outputState=states + "STOPPED", outputActive=False)


def outputs_of(client: ObsClient) -> dict[str, bool]:
    """By their kinds, whether each is active; OBS lists its stream from when it was first started."""
    return {entry["outputKind"]: entry["outputActive"] for entry in client.must("GetOutputList")["outputs"]}


def test_a_stream_starts_is_cut_connects_again_and_stops(obs: Obs, client: ObsClient, tmp_path: Path) -> None:
    """While it reconnects OBS goes on calling it active, and counts from nought when it is back."""
    states = "OBS_WEBSOCKET_OUTPUT_"
    require_rtmp()
    with RtmpServer(tmp_path / "rtmp") as server:
        settings = {"server": server.url, "key": "contract"}
        client.must("SetStreamServiceSettings", streamServiceType="rtmp_custom", streamServiceSettings=settings)
        assert not outputs_of(client).get("rtmp_output")
        client.must("StartStream")
        client.wait("StreamStateChanged", outputState=states + "STARTING", outputActive=False)
        client.wait("StreamStateChanged", outputState=states + "STARTED", outputActive=True)
        assert outputs_of(client)["rtmp_output"]
        wait_until(lambda: client.must("GetStreamStatus")["outputBytes"] > 0)
        if isinstance(obs, SimulatedObs):
            obs.cut_stream()
        else:
            server.cut()
        client.wait("StreamStateChanged", outputState=states + "RECONNECTING", outputActive=False)
        status = client.must("GetStreamStatus")
        assert (status["outputActive"], status["outputReconnecting"]) == (True, True)
        if isinstance(obs, SimulatedObs):
            obs.mend_stream()
        else:
            server.start()
        client.wait("StreamStateChanged", outputState=states + "RECONNECTED", outputActive=True)
        assert not client.must("GetStreamStatus")["outputReconnecting"]
        client.must("StopStream")
        client.wait("StreamStateChanged", outputState=states + "STOPPING", outputActive=False)
        client.wait("StreamStateChanged", outputState=states + "STOPPED", outputActive=False)
        # For a moment after it has said so a real OBS still answers that it is active.
        wait_until(lambda: not client.must("GetStreamStatus")["outputActive"])


def test_a_stream_whose_server_is_not_there_starts_and_is_stopped_at_once(obs: Obs, client: ObsClient) -> None:
    states = "OBS_WEBSOCKET_OUTPUT_"
    settings = {"server": f"rtmp://127.0.0.1:{free_port()}/live", "key": "contract"}
    client.must("SetStreamServiceSettings", streamServiceType="rtmp_custom", streamServiceSettings=settings)
    if isinstance(obs, SimulatedObs):
        obs.cut_stream()
    client.must("StartStream")
    client.wait("StreamStateChanged", outputState=states + "STARTING")
    client.wait("StreamStateChanged", outputState=states + "STOPPED", outputActive=False)
    if isinstance(obs, SimulatedObs):
        obs.mend_stream()


def test_the_canvas_and_its_limits(client: ObsClient) -> None:
    video = client.must("GetVideoSettings")
    assert (video["baseWidth"], video["baseHeight"]) == (1280, 720)
    assert video["fpsNumerator"] / video["fpsDenominator"] == 30
    assert client.ask("SetVideoSettings", baseWidth=5000, baseHeight=720)[0] == 402
    assert client.ask("SetVideoSettings", baseWidth=1920)[0] == 300
    assert client.ask("SetVideoSettings", baseWidth=1280, baseHeight=720)[0] == 100


def test_projectors_and_monitors(client: ObsClient) -> None:
    monitors = client.must("GetMonitorList")["monitors"]
    assert monitors
    assert {"monitorIndex", "monitorName", "monitorWidth", "monitorHeight"} <= set(monitors[0])
    assert client.ask("OpenVideoMixProjector", videoMixType="none")[0] == 400
    assert client.must("GetStats")["activeFps"] >= 0
    assert set(client.must("GetSpecialInputs")) >= {"desktop1", "mic1"}

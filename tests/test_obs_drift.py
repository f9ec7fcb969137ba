"""What a standby OBS has otherwise than the main one, in words that name the place and never a secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.studio import Size
from studio_console.devices.obs.diff import LIBRARY, REGISTER
from studio_console.devices.obs.drift import Known, drift
from studio_console.devices.obs.mirror import Mirror, ObsInput, ObsTransition, SceneItem

PLACED = {
    "positionX": 10.0,
    "positionY": 20.0,
    "boundsType": "OBS_BOUNDS_SCALE_INNER",
    "boundsWidth": 640.0,
    "boundsHeight": 360.0,
    "scaleX": 1.0,
    "scaleY": 1.0,
    "sourceWidth": 1920.0,
}
CAM = SceneItem(1, "cam", 0, True, PLACED)
PLATE = SceneItem(2, "plate", 1, True, PLACED)
MAIN = Mirror(
    canvas=Size(1280, 720),
    fps=30.0,
    collection="Summit",
    scenes={"M1": (CAM, PLATE), "wall (projector)": (SceneItem(1, "M1", 0),)},
    inputs={
        "cam": ObsInput("cam", "v4l2_input", "v4l2_input", {"device_id": "/dev/video0"}, False, 0.0),
        "plate": ObsInput("plate", "text_ft2_source_v2", "text_ft2_source", {"text": "Seoul"}),
    },
    transitions=(ObsTransition("Cut", "cut_transition", True), ObsTransition("Fade", "fade_transition")),
)


def lines(standby: Mirror, main: Mirror = MAIN, *projectors: str) -> list[str]:
    found = drift(main, standby, frozenset(projectors))
    assert all(line.ko != line.en for line in found)
    return [line.en for line in found]


def with_items(*items: SceneItem) -> Mirror:
    return replace(MAIN, scenes={**MAIN.scenes, "M1": items})


def with_input(name: str = "cam", **changes: object) -> Mirror:
    return replace(MAIN, inputs={**MAIN.inputs, name: replace(MAIN.inputs[name], **changes)})  # type: ignore[arg-type]


def test_two_alike_have_no_difference() -> None:
    assert lines(MAIN) == []


def test_ids_sizes_of_sources_and_more_scenes_are_no_difference() -> None:
    """The collections were built apart; what the standby has besides takes nothing from the air."""
    moved = replace(CAM, id=7, transform={**PLACED, "scaleX": 0.5, "sourceWidth": 1280.0, "positionX": 10.3})
    standby = with_items(moved, replace(PLATE, id=9))
    standby = replace(standby, scenes={**standby.scenes, "slate": ()}, program="slate")
    assert lines(standby) == []


def test_what_is_missing_is_said_scene_by_scene() -> None:
    assert lines(Mirror(canvas=MAIN.canvas, fps=30.0, collection="Summit", transitions=MAIN.transitions)) == [
        "scene ‘M1’ is missing",
        "scene ‘wall (projector)’ is missing",
        "source ‘cam’ is missing",
        "source ‘plate’ is missing",
    ]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((CAM,), "scene ‘M1’: ‘plate’ is missing"),
        ((CAM, PLATE, SceneItem(3, "logo", 2)), "scene ‘M1’: has a ‘logo’ more"),
        ((CAM, PLATE, SceneItem(3, "cam", 2, True, PLACED)), "scene ‘M1’: has a ‘cam’ more"),
        ((CAM, replace(PLATE, enabled=False)), "scene ‘M1’: ‘plate’ is hidden"),
        (
            (replace(CAM, transform={**PLACED, "positionX": 12.0}), PLATE),
            "scene ‘M1’: ‘cam’ lies elsewhere or in another size",
        ),
        ((replace(PLATE, index=0), replace(CAM, index=1)), "scene ‘M1’: its items lie in another order"),
    ],
)
def test_each_thing_in_a_scene_is_said_in_words(items: tuple[SceneItem, ...], said: str) -> None:
    assert lines(with_items(*items)) == [said]


def test_an_item_without_bounds_is_judged_by_its_scale() -> None:
    free = {"positionX": 0.0, "boundsType": "OBS_BOUNDS_NONE", "scaleX": 1.0}
    main = with_items(replace(CAM, transform=free), PLATE)
    standby = with_items(replace(CAM, transform={**free, "scaleX": 0.5}), PLATE)
    assert lines(standby, main) == ["scene ‘M1’: ‘cam’ lies elsewhere or in another size"]


def test_an_item_just_made_has_no_place_yet() -> None:
    """OBS tells of a new item before it tells where it lies."""
    assert lines(with_items(replace(CAM, transform={}), PLATE)) == []


def test_which_scene_a_projector_shows_is_a_takes_work() -> None:
    standby = replace(MAIN, scenes={**MAIN.scenes, "wall (projector)": (SceneItem(1, "M1", 0, False),)})
    assert lines(standby, MAIN, "wall (projector)") == []
    assert lines(standby) == ["scene ‘wall (projector)’: ‘M1’ is hidden"]


def test_a_setting_is_named_and_its_value_never_told() -> None:
    """An address of a feed has its passphrase in it."""
    standby = with_input(settings={"input": "srt://guest:9000?passphrase=opensesame", "device_id": "/dev/video1"})
    said = drift(MAIN, standby)
    assert [line.en for line in said] == ["source ‘cam’ settings differ: device_id, input"]
    assert all("opensesame" not in line.ko + line.en and "video1" not in line.ko + line.en for line in said)


@pytest.mark.parametrize(
    ("standby", "said"),
    [
        (with_input(family="dshow_input"), "source ‘cam’ is a dshow_input, not a v4l2_input"),
        (with_input(muted=True), "source ‘cam’ is muted"),
        (with_input(volume=-6.0), "source ‘cam’ is at -6.0 dB, the main one at 0.0 dB"),
        (with_input(muted=None, volume=None), None),
        (replace(MAIN, studio_mode=True), "studio mode is on"),
        (replace(MAIN, canvas=Size(1920, 1080)), "canvas 1920x1080, the main one has 1280x720"),
        (replace(MAIN, fps=60.0), "60 frames a second, the main one has 30"),
        (replace(MAIN, collection="Untitled"), "scene collection ‘Untitled’, the main one has ‘Summit’"),
        (replace(MAIN, transitions=MAIN.transitions[:1]), "the transition fade_transition is missing"),
    ],
)
def test_settings_sound_and_the_obs_itself(standby: Mirror, said: str | None) -> None:
    assert lines(standby) == ([said] if said is not None else [])


def test_the_consoles_own_book_keeping_is_no_difference() -> None:
    register = ObsInput(REGISTER, "color_source_v3", "color_source", {"studio_console": "…"})
    main = replace(MAIN, scenes={**MAIN.scenes, LIBRARY: (CAM,)}, inputs={**MAIN.inputs, REGISTER: register})
    standby = replace(main, scenes={**MAIN.scenes, LIBRARY: ()}, inputs=MAIN.inputs)
    assert lines(standby, main) == []


def test_what_was_compared_before_is_not_compared_again() -> None:
    """The same values give the same lines without a look; others are looked at, and what is gone is forgotten."""
    known = Known()
    standby = with_items(CAM)
    first = drift(MAIN, standby, known=known)
    lines_then = known.scenes["M1"][2]
    assert drift(MAIN, standby, known=known) == first
    assert known.scenes["M1"][2] is lines_then
    assert drift(MAIN, MAIN, known=known) == ()
    drift(Mirror(), Mirror(), known=known)
    assert known == Known()

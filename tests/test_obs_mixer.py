"""The sound and the words of an OBS: a take brings both with its scene, and what OBS tells of them is what is known.

A language's OBS: one scene with the clean picture, a text that says something else with each cue, the floor and a
booth. On a real OBS and on the simulated one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from studio_console.core.effects import SetSound, TakeScene
from studio_console.core.interpretation import Levels
from studio_console.core.picture import plan_day, projector_scene_of
from studio_console.core.reports import SceneSeen, Seen, SoundSeen, TakeFailed, WordsSeen
from studio_console.core.rundown import Event, Transition
from studio_console.core.studio import (
    AudioFeed,
    Colour,
    Destination,
    Feed,
    Fit,
    Input,
    Layout,
    Rect,
    Role,
    ShowsInput,
    ShowsLiveCaption,
    Size,
    Slot,
    Studio,
    Surface,
)
from studio_console.core.text import Text, same
from studio_console.core.units import CueId, InputId, LayoutId, PressId, SceneName, SurfaceId
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.inspection import inspect
from studio_console.devices.obs.provision import ProvisionReport, provision
from studio_console.devices.obs.wanted import SOUND_SCENE
from tests.builders import FIVE
from tests.obs_rigs import Posted, Rig, up
from tests.waiting import wait_until

KO, EN = SurfaceId("ko"), SurfaceId("en")
FULL = Rect(0, 0, 1280, 720)
SCENE = SceneName("ko captions")
TEXT = "live caption ko 34"
FLOOR, BOOTH = "sound floor (stand-in)", "sound booth-ko (stand-in)"
EVERYTHING_STANDS_IN = frozenset({InputId("sound floor"), InputId("sound booth-ko"), InputId("clean")})
_presses = itertools.count(1)


def hall(*names: SurfaceId, clean: bool = False) -> Studio:
    """A hall of language surfaces on one OBS; ``clean``: the floor comes with the composer's picture."""
    bar = Rect(64, 624, 1152, 60)
    slots = (
        Slot("clean", FULL, ShowsInput(InputId("clean"))),
        Slot("caption", bar, ShowsLiveCaption("ko", 34), Fit.CONTAIN),
    )
    carries = ("youtube-ko", "clean-sound" if clean else "floor", "booth-ko")
    layout = Layout(LayoutId("captions"), same("Captions"), Role.LANGUAGE, Size(1280, 720), slots)
    surfaces = {
        name: Surface(
            name,
            same(name),
            Role.LANGUAGE,
            Size(1280, 720),
            30,
            "ws://127.0.0.1:4457",
            carries,
            language="ko",
            layout=layout.id,
        )
        for name in names or (KO,)
    }
    ground = Input(InputId("ground"), same("Ground"), Colour("#203040"))
    source = Feed("srt://composer.example:9100") if clean else Colour("#304050")
    return Studio(
        same("hall"),
        "Asia/Seoul",
        500,
        50,
        surfaces,
        {ground.id: ground, InputId("clean"): Input(InputId("clean"), same("Clean"), source, audible=clean)},
        {layout.id: layout},
        audio={
            "floor": AudioFeed("floor", same("Floor"), "hw:CARD=Desk,DEV=0"),
            "booth-ko": AudioFeed("booth-ko", same("Korean"), "hw:CARD=Desk,DEV=1", "ko"),
            "clean-sound": AudioFeed("clean-sound", same("Clean"), input=InputId("clean")),
        },
        destinations={"youtube-ko": Destination("youtube-ko", Text("유튜브", "YouTube"), "ko")},
    )


def build(rig: Rig, studio: Studio, stand_ins: frozenset[InputId] = EVERYTHING_STANDS_IN) -> ProvisionReport:
    event = Event("summit", same("Summit"), "Asia/Seoul", {}, (FIVE,))
    plans = plan_day(event, FIVE, studio, stand_ins)
    with up(rig.link()) as link:
        return provision(link, list(plans.values()), folder=Path())


@contextmanager
def driving(rig: Rig, *names: SurfaceId) -> Iterator[list[tuple[ObsDriver, Posted]]]:
    """Started drivers, with what they posted; of a first surface its sound is known."""
    surfaces = [Surface(name, same(name), Role.LANGUAGE, Size(1280, 720), 30, rig.url) for name in names or (KO,)]
    drivers = drivers_for(surfaces, {}, lambda _: rig.password)
    started = [(driver, Posted()) for driver in drivers.values()]
    try:
        for driver, posted in started:
            driver.start(posted)
        started[0][1].wait_for(SoundSeen)
        yield started
    finally:
        for driver in drivers.values():
            driver.close()


def take(
    driver: ObsDriver,
    scene: str = SCENE,
    words: Mapping[str, str] | None = None,
    sound: Mapping[str, Any] | None = None,
) -> PressId:
    press = PressId(f"press {next(_presses)}")
    effect = TakeScene(
        driver.surface, SceneName(scene), Transition(), CueId("m1"), press, "GO", words or {}, sound or {}
    )
    driver.take(effect)
    return press


def heard(rig: Rig, name: str) -> int | None:
    """What is heard of an input, asked by hand."""
    if rig.hand.do("GetInputMute", inputName=name)["inputMuted"]:
        return None
    return round(rig.hand.do("GetInputVolume", inputName=name)["inputVolumeDb"])


def said(rig: Rig, name: str = TEXT) -> str:
    return str(rig.hand.do("GetInputSettings", inputName=name)["inputSettings"].get("text", ""))


def requests_of(driver: ObsDriver) -> list[str]:
    """Filled with the requests that the driver sends from now on."""
    sent: list[str] = []
    link = driver._connection._link
    assert link is not None
    send = link.send
    link.send = lambda requests, *rest: (sent.extend(entry.type for entry in requests), send(requests, *rest))[1]
    return sent


# --- built ------------------------------------------------------------------------------------------------------


def test_a_language_s_scene_is_built_with_its_sound_in_it(rig: Rig) -> None:
    """One scene for the whole day; the floor is heard from the start, the booth once a cue wants it."""
    report = build(rig, hall())
    assert report.ok, report.problems
    scenes = {entry["sceneName"] for entry in rig.hand.do("GetSceneList")["scenes"]}
    assert {SCENE, SOUND_SCENE} <= scenes
    items = rig.hand.do("GetSceneItemList", sceneName=SCENE)["sceneItems"]
    assert SOUND_SCENE in [item["sourceName"] for item in items]
    lines = rig.hand.do("GetSceneItemList", sceneName=SOUND_SCENE)["sceneItems"]
    assert {item["sourceName"] for item in lines if item["sceneItemEnabled"]} == {FLOOR, BOOTH}
    assert (heard(rig, FLOOR), heard(rig, BOOTH)) == (0, None)
    rig.hand.air(SCENE)
    wait_until(lambda: rig.hand.do("GetSourceActive", sourceName=FLOOR)["videoActive"])


def test_what_takes_have_set_is_no_drift(rig: Rig) -> None:
    """The second provisioning, in the middle of the show: neither the caption nor the levels are its business."""
    build(rig, hall())
    rig.hand.do("SetInputSettings", inputName=TEXT, inputSettings={"text": "런던 시장"})
    rig.hand.do("SetInputMute", inputName=BOOTH, inputMuted=False)
    rig.hand.do("SetInputVolume", inputName=FLOOR, inputVolumeDb=-18)
    report = build(rig, hall())
    assert (report.ok, report.changes, report.deferred) == (True, (), ())


def test_sound_that_comes_with_a_picture_is_the_take_s_too(rig: Rig) -> None:
    """The composer's picture brings its sound: its level is not what provisioning keeps, as with other inputs."""
    studio = hall(clean=True)
    stand_ins = frozenset({InputId("sound booth-ko")})
    build(rig, studio, stand_ins)
    assert heard(rig, "clean") == 0
    rig.hand.do("SetInputMute", inputName="clean", inputMuted=True)
    assert build(rig, studio, stand_ins).changes == ()


def test_preflight_tells_the_lines_as_they_are(rig: Rig) -> None:
    build(rig, hall())
    plan = plan_day(Event("summit", same("Summit"), "Asia/Seoul", {}, (FIVE,)), FIVE, hall(), EVERYTHING_STANDS_IN)[KO]

    def lines() -> dict[str, tuple[bool, bool]]:
        with up(rig.link()) as link:
            found = inspect(link, plan, folder=Path(), disk_needed=1)
        return {each.what.en: (each.ok, each.minor) for each in found if each.what.en.startswith("line of sound")}

    assert lines() == {"line of sound floor": (True, False), "line of sound booth-ko": (True, False)}
    rig.hand.do("SetInputMute", inputName=FLOOR, inputMuted=True)
    assert lines()["line of sound floor"] == (False, True)


def test_a_sound_card_that_is_not_there_is_found_before_the_day(rig: Rig) -> None:
    """OBS makes a line for any name of a device; its own list tells what there is."""
    studio = hall()
    assert build(rig, studio, frozenset()).ok
    made = {entry["inputName"]: entry["unversionedInputKind"] for entry in rig.hand.do("GetInputList")["inputs"]}
    assert made["sound floor"] == made["sound booth-ko"] == "alsa_input_capture"
    assert (heard(rig, "sound floor"), heard(rig, "sound booth-ko")) == (0, None)
    assert build(rig, studio, frozenset()).changes == ()
    plan = plan_day(Event("summit", same("Summit"), "Asia/Seoul", {}, (FIVE,)), FIVE, studio)[KO]
    with up(rig.link()) as link:
        found = inspect(link, plan, folder=Path(), disk_needed=1)
    devices = [each for each in found if each.what.en == "device sound floor"]
    assert [(each.ok, each.message.en) for each in devices] == [(False, "“hw:CARD=Desk,DEV=0” is not on this machine.")]


# --- taken ------------------------------------------------------------------------------------------------------

KOREAN: Levels = {FLOOR: -18, BOOTH: 0}  # type: ignore[dict-item]
ALONE: Levels = {FLOOR: 0, BOOTH: None}  # type: ignore[dict-item]


def test_a_take_brings_words_and_sound_with_its_scene(rig: Rig) -> None:
    build(rig, hall())
    with driving(rig) as [(driver, posted)]:
        press = take(driver, SCENE, {TEXT: "사례: 런던"}, KOREAN)
        assert posted.wait_for(SceneSeen, press=press).how is Seen.TRANSITION_STARTED
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.items() >= KOREAN.items())
        posted.wait_for(WordsSeen, words={TEXT: "사례: 런던"})
        assert (heard(rig, FLOOR), heard(rig, BOOTH), said(rig)) == (-18, 0, "사례: 런던")


def test_only_what_differs_is_sent(rig: Rig) -> None:
    build(rig, hall())
    rig.hand.scenes("other")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {}, KOREAN))
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.items() >= KOREAN.items())
        sent = requests_of(driver)
        posted.wait_for(SceneSeen, press=take(driver, "other", {}, KOREAN))
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {}, ALONE))
        takes = [name for name in sent if name.startswith("Set")]
        assert takes == ["SetCurrentProgramScene", "SetInputVolume", "SetInputMute", "SetCurrentProgramScene"]


def test_where_the_scene_stays_words_and_sound_change_and_obs_says_what_it_shows(rig: Rig) -> None:
    build(rig, hall())
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {TEXT: "하나"}, ALONE))
        seen = posted.wait_for(SceneSeen, press=take(driver, SCENE, {TEXT: "둘"}, KOREAN))
        assert seen.how is Seen.SNAPSHOT
        assert (said(rig), heard(rig, FLOOR), heard(rig, BOOTH)) == ("둘", -18, 0)
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.items() >= KOREAN.items())


def test_the_last_of_quick_takes_has_the_last_word(rig: Rig) -> None:
    """Three GOs faster than OBS answers: they are carried out one after the other."""
    build(rig, hall())
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {TEXT: "0"}, ALONE))
        presses = [
            take(driver, SCENE, {TEXT: words}, sound) for words, sound in (("1", KOREAN), ("2", ALONE), ("3", KOREAN))
        ]
        for press in presses:
            posted.wait_for(SceneSeen, press=press)
        assert posted.wait_for(WordsSeen, words={TEXT: "3"})
        assert (said(rig), heard(rig, FLOOR), heard(rig, BOOTH)) == ("3", -18, 0)


def test_a_scene_cut_away_by_hand_is_brought_back_by_the_take(rig: Rig) -> None:
    build(rig, hall())
    rig.hand.scenes("other")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {TEXT: "하나"}))
        rig.hand.air("other")
        posted.wait_for(SceneSeen, scene="other")
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {TEXT: "둘"}))
        assert (rig.hand.on_air(), said(rig)) == (SCENE, "둘")


@pytest.mark.expects_log("SetInputSettings was refused")
def test_a_text_that_obs_lacks_is_told_and_the_scene_is_taken_all_the_same(rig: Rig) -> None:
    rig.hand.scenes("one")
    rig.hand.do("CreateScene", sceneName=SOUND_SCENE)
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one", {TEXT: "하나"}))
        assert posted.wait_for(WordsSeen).words == {}
        assert posted.of(TakeFailed) == []


def test_sound_alone_leaves_the_picture(rig: Rig) -> None:
    build(rig, hall())
    with driving(rig) as [(driver, posted)]:
        before = rig.hand.on_air()
        driver.set_sound(SetSound(KO, KOREAN, "by hand"))
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.items() >= KOREAN.items())
        assert (heard(rig, FLOOR), heard(rig, BOOTH), rig.hand.on_air()) == (-18, 0, before)
        assert posted.of(SceneSeen) == []


# --- told -------------------------------------------------------------------------------------------------------


def test_a_fader_moved_by_hand_is_told_and_left(rig: Rig) -> None:
    build(rig, hall())
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, SCENE, {}, KOREAN))
        rig.hand.do("SetInputVolume", inputName=BOOTH, inputVolumeDb=-9)
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.get(BOOTH) == -9)
        rig.hand.do("SetInputVolume", inputName=BOOTH, inputVolumeMul=0)
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.get(BOOTH, 0) is None)
        assert heard(rig, BOOTH) == -100


def test_lines_that_are_made_meanwhile_are_asked_for(rig: Rig) -> None:
    """Provisioned while the console runs: OBS tells of a new input without its level."""
    with driving(rig) as [(_, posted)]:
        assert posted.of(SoundSeen)[-1].levels == {}
        build(rig, hall())
        wait_until(lambda: posted.of(SoundSeen)[-1].levels.items() >= {FLOOR: 0, BOOTH: None}.items())


def test_a_further_surface_of_an_obs_says_its_words_and_leaves_the_sound(rig: Rig) -> None:
    """Everything in one OBS, on a laptop: an OBS mixes once, so the second language is a picture with captions."""
    assert build(rig, hall(KO, EN)).ok
    with driving(rig, KO, EN) as [(first, first_posted), (second, posted)]:
        first_posted.wait_for(SceneSeen, press=take(first, SCENE, {}, KOREAN))
        scene = "en captions"
        for words in ("one", "two"):
            posted.wait_for(SceneSeen, press=take(second, scene, {TEXT: words}, ALONE))
            assert said(rig) == words
        second.set_sound(SetSound(EN, ALONE, "by hand"))
        enabled = rig.hand.do("GetSceneItemList", sceneName=projector_scene_of(EN))["sceneItems"]
        assert [item["sourceName"] for item in enabled if item["sceneItemEnabled"]] == [scene]
        assert (heard(rig, FLOOR), heard(rig, BOOTH)) == (-18, 0)
        assert posted.of(SoundSeen) == []

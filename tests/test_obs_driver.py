"""A surface on OBS: takes go out and OBS itself confirms them; whatever goes wrong is told, with what to do.

The conversations run on a real OBS and on the simulated one; OBS is killed, halted and started again where that is
the story.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio_console.core.effects import LeaveStudioMode, Reconnect, TakeScene
from studio_console.core.picture import projector_scene_of
from studio_console.core.reports import (
    ClipSeen,
    CollectionSeen,
    Playback,
    SceneSeen,
    Seen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
)
from studio_console.core.rundown import Transition, TransitionKind
from studio_console.core.studio import Role, Size, Surface, password_variable
from studio_console.core.text import same
from studio_console.core.units import CueId, Duration, PressId, SceneName, SurfaceId
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.drivers import drivers_for
from tests.obs_rigs import Hand, Posted, Rig, make_clip
from tests.ports import free_port
from tests.waiting import wait_until

PROGRAM = SurfaceId("program")
WALL = SurfaceId("wall")
_presses = itertools.count(1)


def surface(name: SurfaceId, url: str) -> Surface:
    return Surface(name, same(name), Role.PROGRAM if name == PROGRAM else Role.WALL, Size(1280, 720), 30, url)


@contextmanager
def driving(rig: Rig, *names: SurfaceId) -> Iterator[list[tuple[ObsDriver, Posted]]]:
    """Started drivers of surfaces that share the OBS of ``rig``, each connected, with what they posted since."""
    surfaces = [surface(name, rig.url) for name in names or (PROGRAM,)]
    drivers = drivers_for(surfaces, {}, lambda _: rig.password)
    started: list[tuple[ObsDriver, Posted]] = []
    try:
        for driver in drivers.values():
            posted = Posted()
            driver.start(posted)
            started.append((driver, posted))
        for _, posted in started:
            posted.wait_for(SurfaceConnected)
            posted.forget()
        yield started
    finally:
        for driver in drivers.values():
            driver.close()


def take(driver: ObsDriver, scene: str, kind: TransitionKind = TransitionKind.CUT, ms: int = 0) -> PressId:
    press = PressId(f"press {next(_presses)}")
    transition = Transition(kind, Duration(ms))
    driver.take(TakeScene(driver.surface, SceneName(scene), transition, CueId("m1"), press, "GO"))
    return press


# --- takes ------------------------------------------------------------------------------------------------------


def test_connecting_tells_the_whole_state(rig: Rig) -> None:
    rig.hand.scenes("one", "two")
    rig.hand.air("two")
    wait_until(lambda: rig.hand.on_air() == "two")
    posted = Posted()
    driver = drivers_for([surface(PROGRAM, rig.url)], {}, lambda _: rig.password)[PROGRAM]
    driver.start(posted)
    told = posted.wait_for(SurfaceConnected)
    driver.close()
    assert (told.scene, told.studio_mode) == ("two", False)
    assert {"one", "two"} <= told.scenes
    assert told.version.count(".") >= 1
    assert told.collection == rig.hand.do("GetSceneCollectionList")["currentSceneCollectionName"]


def test_a_cut_is_confirmed_by_its_own_transition(rig: Rig) -> None:
    rig.hand.scenes("one", "two")
    with driving(rig) as [(driver, posted)]:
        for scene in ("one", "two", "one"):
            press = take(driver, scene)
            seen = posted.wait_for(SceneSeen, press=press)
            assert (seen.scene, seen.how) == (scene, Seen.TRANSITION_STARTED)
            assert rig.hand.on_air() == scene
        assert posted.of(TakeFailed) == []


def test_a_fade_has_its_duration_and_the_cut_after_it_is_a_cut(rig: Rig) -> None:
    rig.hand.scenes("one", "two")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one", TransitionKind.FADE, 700))
        now = rig.hand.do("GetCurrentSceneTransition")
        assert (now["transitionKind"], now["transitionDuration"]) == ("fade_transition", 700)
        posted.wait_for(SceneSeen, press=take(driver, "two"))
        assert rig.hand.do("GetCurrentSceneTransition")["transitionKind"] == "cut_transition"
        assert rig.hand.on_air() == "two"


def test_the_same_fade_again_sends_the_scene_alone(rig: Rig) -> None:
    """Setting a transition costs a round through OBS's window; it is not sent where nothing changes."""
    rig.hand.scenes("one", "two", "three")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one", TransitionKind.FADE, 400))
        sent: list[str] = []
        link = driver._connection._link
        assert link is not None
        send = link.send
        link.send = lambda requests, *rest: (sent.extend(entry.type for entry in requests), send(requests, *rest))[1]
        posted.wait_for(SceneSeen, press=take(driver, "two", TransitionKind.FADE, 400))
        posted.wait_for(SceneSeen, press=take(driver, "three", TransitionKind.FADE, 500))
    takes = [name for name in sent if name.startswith("Set")]
    assert takes == ["SetCurrentProgramScene", "SetCurrentSceneTransitionDuration", "SetCurrentProgramScene"]


def test_a_take_during_a_running_fade_wins(rig: Rig) -> None:
    rig.hand.scenes("one", "two")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one", TransitionKind.FADE, 1500))
        posted.wait_for(SceneSeen, press=take(driver, "two"))
        assert rig.hand.on_air() == "two"
        assert [event.scene for event in posted.of(SceneSeen)] == ["one", "two"]


def test_the_scene_on_air_taken_again_is_confirmed_at_once(rig: Rig) -> None:
    rig.hand.scenes("one")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        press = take(driver, "one")
        assert posted.wait_for(SceneSeen, press=press).how is Seen.SNAPSHOT


@pytest.mark.expects_log("OBS has no transition “luma wipe”")
def test_a_transition_that_obs_lacks_becomes_a_fade(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """Said once, and not at each of a day's dozens of such takes."""
    rig.hand.scenes("one", "two")
    kinds = [entry["transitionKind"] for entry in rig.hand.do("GetSceneTransitionList")["transitions"]]
    assert "wipe_transition" not in kinds
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one", TransitionKind.LUMA_WIPE, 300))
        assert rig.hand.do("GetCurrentSceneTransition")["transitionKind"] == "fade_transition"
        posted.wait_for(SceneSeen, press=take(driver, "two", TransitionKind.LUMA_WIPE, 300))
    assert caplog.text.count("has no transition") == 1


def test_a_missing_scene_fails_with_its_name_and_what_to_do(rig: Rig) -> None:
    with driving(rig) as [(driver, posted)]:
        failed = posted.wait_for(TakeFailed, press=take(driver, "M99 nowhere"))
        for text in (failed.reason.ko, failed.reason.en):
            assert "M99 nowhere" in text
            assert "provision" in text
        assert posted.of(SceneSeen) == []


def test_takes_in_quick_succession_are_each_answered(rig: Rig) -> None:
    rig.hand.scenes("one", "two")
    with driving(rig) as [(driver, posted)]:
        presses = [take(driver, scene) for scene in ("one", "two", "one", "two")]
        for press in presses:
            wait_until(lambda press=press: [event for event in posted.events if getattr(event, "press", 0) == press])  # type: ignore[misc]
        last = wait_until(lambda: posted.of(SceneSeen))[-1]
        assert wait_until(lambda: rig.hand.on_air()) == last.scene


# --- other hands ------------------------------------------------------------------------------------------------


def test_a_switch_by_hand_is_seen_and_not_fought(rig: Rig) -> None:
    rig.hand.scenes("one", "two")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        rig.hand.air("two")
        seen = posted.wait_for(SceneSeen, scene="two")
        # A cut is over before OBS has answered what began: either may be how it is known.
        assert seen.press is None
        assert seen.how in (Seen.TRANSITION_STARTED, Seen.TRANSITION_ENDED)
        assert rig.hand.on_air() == "two"


def test_of_two_switches_in_one_breath_the_last_is_known(rig: Rig) -> None:
    """A script switches twice within a frame, of which OBS tells the first alone: what it shows is known."""
    rig.hand.scenes("one", "two", "three")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "three"))
        for first, last in (("one", "two"), ("three", "one"), ("two", "three"), ("one", "two"), ("three", "one")):
            posted.forget()
            rig.hand.air(first)
            rig.hand.air(last)
            posted.wait_for(SceneSeen, scene=last)
            assert rig.hand.on_air() == last


def test_a_switch_by_hand_with_a_long_fade_is_seen_as_it_starts(rig: Rig) -> None:
    rig.hand.scenes("one")
    fade = next(
        entry["transitionName"]
        for entry in rig.hand.do("GetSceneTransitionList")["transitions"]
        if entry["transitionKind"] == "fade_transition"
    )
    rig.hand.do("SetCurrentSceneTransition", transitionName=fade)
    rig.hand.do("SetCurrentSceneTransitionDuration", transitionDuration=5000)
    with driving(rig) as [(_, posted)]:
        rig.hand.air("one")
        posted.wait_for(SceneSeen, scene="one", how=Seen.TRANSITION_STARTED)


def test_studio_mode_is_told_refuses_takes_and_can_be_left(rig: Rig) -> None:
    rig.hand.scenes("one")
    with driving(rig) as [(driver, posted)]:
        rig.hand.do("SetStudioModeEnabled", studioModeEnabled=True)
        posted.wait_for(StudioModeSeen, on=True)
        failed = posted.wait_for(TakeFailed, press=take(driver, "one"))
        assert "studio mode" in failed.reason.en
        assert "스튜디오 모드" in failed.reason.ko
        driver.leave_studio_mode(LeaveStudioMode(PROGRAM, "asked for"))
        posted.wait_for(StudioModeSeen, on=False)
        posted.wait_for(SceneSeen, press=take(driver, "one"))


def test_scenes_that_come_and_go_are_told(rig: Rig) -> None:
    with driving(rig) as [(_, posted)]:
        rig.hand.scenes("late")
        wait_until(lambda: any("late" in event.scenes for event in posted.of(SurfaceConnected)))
        rig.hand.do("RemoveScene", sceneName="late")
        wait_until(lambda: "late" not in posted.of(SurfaceConnected)[-1].scenes)


def test_the_scene_on_air_renamed_by_hand_is_told(rig: Rig) -> None:
    rig.hand.scenes("one")
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        rig.hand.do("SetSceneName", sceneName="one", newSceneName="renamed")
        posted.wait_for(SceneSeen, scene="renamed")


def test_a_change_of_collection_holds_everything_and_tells_the_new_state(rig: Rig) -> None:
    rig.hand.scenes("one")
    before = rig.hand.do("GetSceneCollectionList")["currentSceneCollectionName"]
    with driving(rig) as [(driver, posted)]:
        rig.hand.do("CreateSceneCollection", sceneCollectionName=f"{before} other")
        assert posted.wait_for(CollectionSeen, changing=True)
        during = take(driver, "one")
        told = posted.wait_for(SurfaceConnected, collection=f"{before} other")
        assert "one" not in told.scenes
        # Refused while it changed; had it come after the change, the scene would be missing. Replayed it is never.
        posted.wait_for(TakeFailed, press=during)
        rig.hand.change_collection(before)
        posted.wait_for(SurfaceConnected, collection=before)
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        assert [event.press for event in posted.of(SceneSeen) if event.press == during] == []


def test_nothing_is_sent_from_the_moment_the_link_hears_of_the_change(simulated_rig: Rig) -> None:
    """The receiver knows of it before the event has had its turn in the connection's thread; GO comes in between."""
    simulated_rig.hand.scenes("one")
    with driving(simulated_rig) as [(driver, posted)]:
        link = driver._connection._link
        assert link is not None
        link._free.clear()
        press = take(driver, "one")
        assert [failed.press for failed in posted.of(TakeFailed)] == [press]
        link._free.set()
        posted.wait_for(SceneSeen, press=take(driver, "one"))


# --- the link ---------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_final_and_a_new_one_is_tried_on_demand(rig: Rig) -> None:
    passwords = ["wrong", rig.password]
    posted = Posted()
    driver = drivers_for([surface(PROGRAM, rig.url)], {}, lambda _: passwords[0])[PROGRAM]
    driver.start(posted)
    lost = posted.wait_for(SurfaceLost)
    assert lost.final
    assert "STUDIO_OBS_PASSWORD_PROGRAM" in lost.reason.ko
    assert "wrong" not in lost.reason.ko + repr(driver)
    failed = posted.wait_for(TakeFailed, press=take(driver, "one"))
    assert "STUDIO_OBS_PASSWORD_PROGRAM" in failed.reason.en
    del passwords[0]
    driver.reconnect(Reconnect(PROGRAM, "asked for"))
    posted.wait_for(SurfaceConnected)
    driver.close()


def test_no_obs_is_told_once_and_a_take_fails_at_once() -> None:
    posted = Posted()
    driver = drivers_for([surface(PROGRAM, f"ws://127.0.0.1:{free_port()}")], {}, lambda _: None)[PROGRAM]
    driver.start(posted)
    posted.wait_for(SurfaceLost, final=False)
    press = take(driver, "one")
    assert [failed.press for failed in posted.of(TakeFailed)] == [press]
    pause = threading.Event()
    pause.wait(1)  # several tries in vain: they are no news
    assert len(posted.of(SurfaceLost)) == 1
    driver.close()


def test_closing_leaves_no_thread(rig: Rig) -> None:
    before = set(threading.enumerate())
    with driving(rig, PROGRAM, WALL):
        assert len(set(threading.enumerate()) - before) == 2  # one for the connection, one to receive
    assert [thread for thread in set(threading.enumerate()) - before if "obs" in thread.name] == []


@pytest.mark.real_obs
def test_obs_is_killed_and_comes_back_and_nothing_is_replayed(own_rig: Rig) -> None:
    assert own_rig.real is not None
    own_rig.hand.scenes("one", "two")
    with driving(own_rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        own_rig.hand.close()
        begin = time.monotonic()
        own_rig.real.kill()
        assert not posted.wait_for(SurfaceLost).final
        assert posted.times[-1] - begin < 2
        missed = take(driver, "two")
        posted.wait_for(TakeFailed, press=missed)
        own_rig.real.start()
        told = posted.wait_for(SurfaceConnected)
        assert told.scene != "two"
        own_rig.hand = Hand(own_rig.url, own_rig.password)
        own_rig.hand.do("CreateScene", sceneName="after")
        posted.wait_for(SceneSeen, press=take(driver, "after"))
        assert [event for event in posted.of(SceneSeen) if event.scene == "two"] == []


@pytest.mark.real_obs
def test_a_halted_obs_is_lost_and_its_take_fails(own_rig: Rig) -> None:
    own_rig.hand.scenes("one", "two")
    with driving(own_rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        own_rig.freeze()
        press = take(driver, "two")
        posted.wait_for(TakeFailed, press=press)
        posted.wait_for(SurfaceLost)
        posted.forget()
        own_rig.thaw()
        # What had reached OBS before it was halted may still happen there: what it shows then is what is told.
        told = posted.wait_for(SurfaceConnected)
        assert told.scene in ("one", "two")
        assert own_rig.hand.on_air() == told.scene or posted.wait_for(SceneSeen, scene=own_rig.hand.on_air())


def test_an_obs_that_refuses_or_is_slow_is_told_and_never_asked_twice(simulated_rig: Rig) -> None:
    obs = simulated_rig.simulated
    simulated_rig.hand.scenes("one", "two")
    with driving(simulated_rig) as [(driver, posted)]:
        obs.refuse("SetCurrentProgramScene", 207)
        failed = posted.wait_for(TakeFailed, press=take(driver, "one"))
        assert "not ready" in failed.reason.en
        obs.refuse("SetCurrentProgramScene", 702, "the graphics are gone")
        failed = posted.wait_for(TakeFailed, press=take(driver, "one"))
        assert "702" in failed.reason.ko
        assert "the graphics are gone" in failed.reason.en
        obs.heal()
        obs.delay("SetCurrentProgramScene", 0.5)
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        obs.delay("SetCurrentProgramScene", 3)
        slow = take(driver, "two")
        waiting = take(driver, "one")
        failed = posted.wait_for(TakeFailed, press=slow)
        assert "in time" in failed.reason.en
        posted.wait_for(TakeFailed, press=waiting)
        # It happens late all the same: what OBS shows is told, and not as the take that was given up.
        late = posted.wait_for(SceneSeen, scene="two")
        assert late.press is None


def test_a_session_ended_in_obs_is_final(simulated_rig: Rig) -> None:
    with driving(simulated_rig) as [(driver, posted)]:
        simulated_rig.simulated.kick()
        assert posted.wait_for(SurfaceLost).final
        posted.wait_for(TakeFailed, press=take(driver, "one"))
        assert posted.of(SurfaceConnected) == []
        driver.reconnect(Reconnect(PROGRAM, "asked for"))
        posted.wait_for(SurfaceConnected)


# --- several surfaces, clips --------------------------------------------------------------------------------------


def projector(rig: Rig, *scenes: str) -> None:
    """A projector's scene as provision makes it: the first one enabled."""
    rig.hand.scenes(*scenes)
    name = projector_scene_of(WALL)
    rig.hand.do("CreateScene", sceneName=name)
    for number, scene in enumerate(scenes):
        rig.hand.do("CreateSceneItem", sceneName=name, sourceName=scene, sceneItemEnabled=number == 0)


def enabled_in(rig: Rig, scene: str) -> list[str]:
    items = rig.hand.do("GetSceneItemList", sceneName=scene)["sceneItems"]
    return [item["sourceName"] for item in items if item["sceneItemEnabled"]]


def test_a_second_surface_of_one_obs_switches_its_projector_scene(rig: Rig) -> None:
    projector(rig, "w1", "w2", "w3")
    rig.hand.scenes("one")
    with driving(rig, PROGRAM, WALL) as [(program, program_posted), (wall, wall_posted)]:
        program_posted.wait_for(SceneSeen, press=take(program, "one"))
        for scene in ("w2", "w3", "w1"):
            seen = wall_posted.wait_for(SceneSeen, press=take(wall, scene))
            assert (seen.scene, seen.how) == (scene, Seen.ITEMS_CHANGED)
            assert enabled_in(rig, projector_scene_of(WALL)) == [scene]
        again = wall_posted.wait_for(SceneSeen, press=take(wall, "w1"))
        assert again.how is Seen.SNAPSHOT
        assert rig.hand.on_air() == "one"
        assert [event.scene for event in program_posted.of(SceneSeen)] == ["one"]


def test_quick_takes_of_a_projector_end_with_one_scene(rig: Rig) -> None:
    projector(rig, "w1", "w2", "w3")
    with driving(rig, PROGRAM, WALL) as [_, (wall, posted)]:
        presses = [take(wall, scene) for scene in ("w2", "w3", "w1", "w3")]
        posted.wait_for(SceneSeen, press=presses[-1])
        wait_until(lambda: enabled_in(rig, projector_scene_of(WALL)) == ["w3"])


def test_a_projector_switched_by_hand_is_seen(rig: Rig) -> None:
    projector(rig, "w1", "w2")
    name = projector_scene_of(WALL)
    with driving(rig, PROGRAM, WALL) as [_, (_, posted)]:
        item = rig.hand.do("GetSceneItemId", sceneName=name, sourceName="w2")["sceneItemId"]
        rig.hand.do("SetSceneItemEnabled", sceneName=name, sceneItemId=item, sceneItemEnabled=True)
        seen = posted.wait_for(SceneSeen, scene="w2")
        assert (seen.how, seen.press) == (Seen.ITEMS_CHANGED, None)


def test_a_scene_that_the_projector_does_not_hold_fails(rig: Rig) -> None:
    projector(rig, "w1")
    with driving(rig, PROGRAM, WALL) as [_, (wall, posted)]:
        failed = posted.wait_for(TakeFailed, press=take(wall, "w9"))
        assert projector_scene_of(WALL) in failed.reason.en


def test_a_clip_is_followed_from_its_take_to_its_end(rig: Rig, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "opening.mp4", seconds=2)
    rig.hand.scenes("one")
    rig.hand.do("CreateScene", sceneName="vt")
    settings = {
        "local_file": str(clip),
        "is_local_file": True,
        "restart_on_activate": True,
        "close_when_inactive": True,
        "clear_on_media_end": False,
    }
    rig.hand.do("CreateInput", sceneName="vt", inputName="opening", inputKind="ffmpeg_source", inputSettings=settings)
    with driving(rig) as [(driver, posted)]:
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        assert posted.of(ClipSeen) == []
        posted.wait_for(SceneSeen, press=take(driver, "vt"))
        wait_until(lambda: [event for event in posted.of(ClipSeen) if event.playback is Playback.ENDED])
        playing = [event for event in posted.of(ClipSeen) if event.playback is Playback.PLAYING and event.duration]
        assert all(event.input == "opening" and event.surface == PROGRAM for event in posted.of(ClipSeen))
        assert len({event.position for event in playing}) >= 2
        assert all(abs((event.duration or 0) - 2000) < 150 for event in playing)
        posted.wait_for(SceneSeen, press=take(driver, "one"))
        count = len(posted.of(ClipSeen))
        threading.Event().wait(0.8)  # off air nothing more is told of it
        assert len(posted.of(ClipSeen)) == count


def test_two_obs_are_taken_together(rig: Rig, own_rig: Rig) -> None:
    """Each OBS has a thread of its own: neither take waits for the other's answer."""
    for one in (rig, own_rig):
        one.hand.scenes("one", "two")
    surfaces = [surface(PROGRAM, rig.url), surface(WALL, own_rig.url)]
    drivers = drivers_for(surfaces, {}, lambda name: rig.password if name == PROGRAM else own_rig.password)
    posted = {name: Posted() for name in drivers}
    try:
        for name, driver in drivers.items():
            driver.start(posted[name])
        for name in drivers:
            posted[name].wait_for(SurfaceConnected)
        own_rig.freeze()
        take(drivers[WALL], "one")
        posted[PROGRAM].wait_for(SceneSeen, press=take(drivers[PROGRAM], "one"))
        assert not posted[WALL].of(SceneSeen)
        own_rig.thaw()
        posted[WALL].wait_for(SceneSeen, scene="one")
    finally:
        for driver in drivers.values():
            driver.close()


def test_addresses_and_passwords_are_those_of_the_surface() -> None:
    surfaces = [surface(PROGRAM, "ws://a:4455"), surface(WALL, "ws://b:4455")]
    apart = drivers_for(surfaces, {}, lambda _: None)
    assert [type(driver).__name__ for driver in apart.values()] == ["ObsDriver", "ObsDriver"]
    together = drivers_for(surfaces, {WALL: "ws://a:4455"}, lambda _: None)
    assert [type(driver).__name__ for driver in together.values()] == ["ObsDriver", "ProjectorDriver"]
    assert password_variable(SurfaceId("led-wall")) == "STUDIO_OBS_PASSWORD_LED_WALL"

"""The second link to an OBS: what it sees and hears, that it comes back by itself, and that no take waits for it.

What OBS does is tried on the real one and the simulated one; faults are those of the simulated one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from studio_console.core.air_facts import Fault
from studio_console.core.effects import TakeScene
from studio_console.core.output_state import Measures
from studio_console.core.ports import Picture
from studio_console.core.reports import AirSeen, OutputsMeasured, SceneSeen, SurfaceConnected, SurfaceWatched
from studio_console.core.rundown import Transition
from studio_console.core.studio import DeadAirRules, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import CueId, Duration, PressId, SceneName, SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.simulated.world import PictureFault
from studio_console.devices.watching.measuring import Counters, counters, measures, recent
from studio_console.devices.watching.watch import Watches
from tests.obs_rigs import Posted, Rig, make_clip
from tests.waiting import wait_until

PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")
QUICK = DeadAirRules(Duration(400), Duration(800), Duration(500))


@contextmanager
def watching(rig: Rig, *names: SurfaceId) -> Iterator[tuple[Watches, Posted]]:
    """The watches of surfaces that are all on the OBS of ``rig``."""
    surfaces = [Surface(name, same(name), Role.PROGRAM, Size(1280, 720), 30, rig.url) for name in names or (PROGRAM,)]
    watches, posted = Watches(surfaces, lambda _: rig.password, QUICK, ["vt"]), Posted()
    watches.start(posted)
    try:
        yield watches, posted
    finally:
        watches.close()


def now_wrong(posted: Posted, surface: SurfaceId = PROGRAM) -> set[Fault]:
    told: dict[Fault, bool] = {event.fault: event.on for event in posted.of(AirSeen) if event.surface == surface}
    return {fault for fault, on in told.items() if on}


def colour(rig: Rig, scene: str, value: int) -> None:
    """A scene of one colour, 0xAABBGGRR."""
    kinds = rig.hand.do("GetInputKindList", unversioned=False)["inputKinds"]
    kind = next(kind for kind in kinds if kind.startswith("color_source"))
    rig.hand.do("CreateScene", sceneName=scene)
    settings = {"color": value, "width": 1280, "height": 720}
    rig.hand.do("CreateInput", sceneName=scene, inputName=f"ground of {scene}", inputKind=kind, inputSettings=settings)


def pixel(watches: Watches, surface: SurfaceId) -> tuple[int, ...] | None:
    return middle(watches.surface_picture(surface))


def middle(picture: Picture | None) -> tuple[int, ...] | None:
    if picture is None:
        return None
    at = picture.height // 2 * picture.stride + picture.width // 2 * 4
    return tuple(reversed(picture.data[at : at + 3]))


def near(found: tuple[int, ...] | None, wanted: tuple[int, ...]) -> bool:
    return found is not None and all(abs(a - b) <= 8 for a, b in zip(found, wanted, strict=True))


def test_a_surface_is_seen_and_what_is_black_or_stands_still_is_told(rig: Rig) -> None:
    colour(rig, "dark", 0xFF000000)
    colour(rig, "bright", 0xFF2040C0)
    rig.hand.air("dark")
    with watching(rig) as (watches, posted):
        posted.wait_for(SurfaceWatched, surface=PROGRAM, on=True)
        wait_until(lambda: now_wrong(posted) == {Fault.BLACK, Fault.FROZEN}, lambda: posted.of(AirSeen))
        assert min(event.ago for event in posted.of(AirSeen) if event.on) >= QUICK.black
        rig.hand.air("bright")
        wait_until(lambda: near(pixel(watches, PROGRAM), (0xC0, 0x40, 0x20)), lambda: pixel(watches, PROGRAM))
        wait_until(lambda: Fault.BLACK not in now_wrong(posted))
        measured = posted.wait_for(OutputsMeasured, surface=PROGRAM).measures
        assert measured.disk_free > 0
        assert not measured.stream.active


def test_a_clip_is_neither_still_nor_silent_until_somebody_mutes_it(rig: Rig, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", 8)
    rig.hand.do("CreateScene", sceneName="clips")
    settings = {"local_file": str(clip), "looping": True, "is_local_file": True}
    rig.hand.do("CreateInput", sceneName="clips", inputName="vt", inputKind="ffmpeg_source", inputSettings=settings)
    rig.hand.air("clips")
    with watching(rig) as (_, posted):
        posted.wait_for(SurfaceWatched, surface=PROGRAM, on=True)
        rig.hand.do("SetInputMute", inputName="vt", inputMuted=True)
        wait_until(lambda: Fault.SILENT in now_wrong(posted), lambda: posted.of(AirSeen))
        rig.hand.do("SetInputMute", inputName="vt", inputMuted=False)
        wait_until(lambda: Fault.SILENT not in now_wrong(posted))


def test_an_input_is_seen_that_is_not_on_air(rig: Rig) -> None:
    """The camera of the next cue, while another picture is on air; one that OBS does not have is none."""
    colour(rig, "dark", 0xFF000000)
    colour(rig, "bright", 0xFF2040C0)
    rig.hand.air("dark")
    with watching(rig) as (watches, posted):
        posted.wait_for(SurfaceWatched, surface=PROGRAM, on=True)

        def seen(name: str) -> tuple[int, ...] | None:
            return middle(watches.input_picture(PROGRAM, name))

        wait_until(lambda: near(seen("ground of bright"), (0xC0, 0x40, 0x20)), lambda: seen("ground of bright"))
        assert seen("no such camera") is None
        wait_until(lambda: near(pixel(watches, PROGRAM), (0, 0, 0)), lambda: pixel(watches, PROGRAM))
        rig.hand.do("SetInputName", inputName="ground of bright", newInputName="another")
        wait_until(lambda: seen("ground of bright") is None)
    assert watches.input_picture(SurfaceId("none"), "camera") is None


def test_a_surface_that_shares_its_obs_is_seen_by_its_projector_s_scene_and_is_not_heard(simulated_rig: Rig) -> None:
    rig = simulated_rig
    colour(rig, "bright", 0xFF2040C0)
    colour(rig, "wall (projector)", 0xFF108010)
    rig.hand.air("bright")
    with watching(rig, PROGRAM, WALL) as (watches, posted):
        wait_until(lambda: near(pixel(watches, WALL), (0x10, 0x80, 0x10)), lambda: pixel(watches, WALL))
        wait_until(lambda: near(pixel(watches, PROGRAM), (0xC0, 0x40, 0x20)), lambda: pixel(watches, PROGRAM))
        wait_until(lambda: now_wrong(posted, WALL) == {Fault.FROZEN})


def test_pictures_that_stand_still_are_told_and_that_they_move_again(simulated_rig: Rig) -> None:
    """A camera, which never shows the same twice, until the picture hangs."""
    rig = simulated_rig
    rig.hand.do("CreateScene", sceneName="stage")
    rig.hand.do("CreateInput", sceneName="stage", inputName="camera", inputKind="v4l2_input", inputSettings={})
    rig.hand.air("stage")
    with watching(rig) as (watches, posted):
        wait_until(lambda: watches.surface_picture(PROGRAM))
        rig.simulated.spoil_picture(PictureFault.STILL)
        wait_until(lambda: now_wrong(posted) == {Fault.FROZEN}, lambda: posted.of(AirSeen))
        rig.simulated.spoil_picture(None)
        wait_until(lambda: now_wrong(posted) == set())


def test_it_comes_back_by_itself_and_forgets_what_it_had_seen(simulated_rig: Rig) -> None:
    rig = simulated_rig
    colour(rig, "dark", 0xFF000000)
    rig.hand.air("dark")
    with watching(rig) as (watches, posted):
        wait_until(lambda: Fault.BLACK in now_wrong(posted))
        kept = watches.surface_picture(PROGRAM)
        rig.simulated.die()
        lost = posted.wait_for(SurfaceWatched, surface=PROGRAM, on=False)
        assert lost.reason is not None
        assert watches.surface_picture(PROGRAM) == kept
        posted.forget()
        rig.simulated.come_back()
        posted.wait_for(SurfaceWatched, surface=PROGRAM, on=True)
        posted.wait_for(AirSeen, surface=PROGRAM, fault=Fault.BLACK, on=True)


def test_a_take_does_not_wait_for_a_picture_that_does_not_come(simulated_rig: Rig) -> None:
    """OBS sits on a picture and on its figures; the take is seen to start before any of them is answered."""
    rig = simulated_rig
    rig.hand.scenes("A", "B")
    rig.hand.air("A")
    surface = Surface(PROGRAM, same("program"), Role.PROGRAM, Size(1280, 720), 30, rig.url)
    driver, seen = drivers_for([surface], {}, lambda _: rig.password)[PROGRAM], Posted()
    for request in ("GetSourceScreenshot", "GetStreamStatus", "GetStats"):
        rig.simulated.delay(request, 600)
    with watching(rig) as (_, posted):
        posted.wait_for(SurfaceWatched, surface=PROGRAM, on=True)
        wait_until(lambda: rig.simulated.requests_seen().get("GetStreamStatus"))
        driver.start(seen)
        try:
            seen.wait_for(SurfaceConnected)
            press = PressId("press")
            driver.take(TakeScene(PROGRAM, SceneName("B"), Transition(), CueId("c"), press, "a test"))
            seen.wait_for(SceneSeen, scene=SceneName("B"), press=press)
        finally:
            driver.close()
        assert posted.of(OutputsMeasured) == []


# --- figures, without any OBS ----------------------------------------------------------------------------------


def told(at: float, **more: Any) -> Counters:
    return Counters(at=at, **{"streams": True, "records": True, **more})


def played(*entries: Counters) -> Measures:
    history: tuple[Counters, ...] = ()
    for entry in entries:
        history = recent(history, entry)
    return measures(history)


def test_a_bitrate_is_what_was_sent_between_two_looks() -> None:
    found = played(*(told(float(at), stream_bytes=at * 312_500, record_bytes=at * 625_000) for at in range(5)))
    assert (found.stream.bitrate, found.record.bitrate) == (2_500, 5_000)
    assert played(told(0.0), told(1.0, stream_bytes=312_500)).stream.bitrate is None, "not for long enough"


def test_a_stream_that_connected_again_counts_from_nought() -> None:
    """OBS begins to count anew; nothing negative, and nothing of before."""
    before = [told(float(at), stream_bytes=at * 312_500, dropped=at, sent=at * 30) for at in range(4)]
    away = [told(float(at), reconnecting=True) for at in (4, 5)]
    again = [told(6.0 + at, stream_bytes=at * 100_000, sent=at * 30) for at in range(5)]
    assert played(*before, *away).stream.bitrate is None
    found = played(*before, *away, *again).stream
    assert (found.bitrate, found.dropped) == (800, 0.0)


def test_a_stream_that_waits_for_its_first_keyframe_is_not_slow_and_then_not_either() -> None:
    """Beside a recording on the same encoder it sends nothing for up to 8 s, and is well from the first byte on."""
    waiting = [told(float(at)) for at in range(8)]
    assert played(*waiting).stream.bitrate == 0
    begun = [told(8.0 + at, stream_bytes=(at + 1) * 312_500) for at in range(4)]
    assert played(*waiting, *begun[:2]).stream.bitrate is None
    assert played(*waiting, *begun).stream.bitrate == 2_500
    dry = [told(12.0 + at, stream_bytes=begun[-1].stream_bytes) for at in range(12)]
    assert played(*waiting, *begun, *dry).stream.bitrate == 0


def test_shares_are_of_the_last_seconds_and_go_when_their_cause_does() -> None:
    bad = [told(float(at), dropped=at * 3, sent=at * 30, late=at * 6, drawn=at * 30) for at in range(5)]
    found = played(*bad)
    assert (found.stream.dropped, found.lag) == (0.1, 0.2)
    after = [told(4.0 + at, dropped=12, sent=(4 + at) * 30, late=24, drawn=(4 + at) * 30) for at in range(1, 15)]
    found = played(*bad, *after)
    assert (found.stream.dropped, found.lag, found.stream.dropped_frames) == (0.0, 0.0, 12)


def test_the_disk_s_room_is_told_as_time_until_obs_ends_the_recording() -> None:
    """At its rate; OBS does not use the last 50 MB."""
    found = played(*(told(float(at), record_bytes=at * 625_000, disk_free=2_300) for at in range(5)))
    assert found.record.disk_left == 3_600_000
    full = played(*(told(float(at), record_bytes=at * 625_000, disk_free=12) for at in range(5)))
    assert full.record.disk_left == 0
    still = played(*(told(float(at), records=False, disk_free=2_250) for at in range(5)))
    assert still.record.disk_left is None


def test_answers_that_are_missing_or_make_no_sense_are_noughts() -> None:
    answers = {"GetStats": {"availableDiskSpace": float("nan"), "renderSkippedFrames": -1}, "GetStreamStatus": {}}
    assert counters(answers, 1.0) == Counters(at=1.0)


@pytest.mark.parametrize("outputs", [[], [{"outputActive": True, "outputKind": "ffmpeg_muxer"}]])
def test_a_recording_under_another_name_is_seen_in_the_list_of_outputs(outputs: list[dict[str, Any]]) -> None:
    assert counters({"GetOutputList": {"outputs": outputs}}, 0.0).records is bool(outputs)

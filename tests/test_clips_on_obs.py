"""Clips on a real OBS and on the simulated one, from the take to what follows: through driver and engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from studio_console.core.alarms import alarms
from studio_console.core.events import RundownLoaded
from studio_console.core.reports import ClipRanOut, ClipSeen, Playback
from studio_console.core.rundown import AtEnd, Kind
from studio_console.core.show import Show
from studio_console.core.studio import Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import CueId, InputId, PressId, SceneName
from studio_console.devices.obs.drivers import drivers_for
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.obs_rigs import Rig, make_clip
from tests.runtime_builders import PROGRAM, Screen, a_day, a_rundown, on_air, running
from tests.test_engine import go
from tests.waiting import wait_until

SECONDS = 2.0


def clip_day(at_end: AtEnd = AtEnd.NEXT) -> RundownLoaded:
    """One cue, a clip, and what follows it."""
    whole = a_day(3)
    (session,) = whole.sessions
    first, clip, after = session.cues
    clip = replace(clip, kind=Kind.CLIP, clip=InputId("opening"), at_end=at_end)
    day = replace(whole, sessions=(replace(session, cues=(first, clip, after)),))
    scenes = {
        name: {PROGRAM: SceneName(scene)} for name, scene in zip(("c0", "c1", "c2"), ("one", "vt", "two"), strict=True)
    }
    rundown = a_rundown(day=day, surfaces=(PROGRAM,))
    return replace(rundown, scenes={CueId(name): wanted for name, wanted in scenes.items()})


def prepare(rig: Rig, clip: Path) -> None:
    rig.hand.scenes("one", "two")
    rig.hand.do("CreateScene", sceneName="vt")
    settings = {
        "local_file": str(clip),
        "is_local_file": True,
        "restart_on_activate": True,
        "close_when_inactive": True,
        "clear_on_media_end": False,
    }
    rig.hand.do("CreateInput", sceneName="vt", inputName="opening", inputKind="ffmpeg_source", inputSettings=settings)


@contextmanager
def at_work(rig: Rig, journal: Journal, *first: RundownLoaded) -> Iterator[tuple[Engine, Screen]]:
    """A console on the OBS of ``rig`` that knows what is on air there."""
    surface = Surface(PROGRAM, same("program"), Role.PROGRAM, Size(1280, 720), 30, rig.url)
    drivers = drivers_for([surface], {}, lambda _: rig.password)
    with running(SystemClock(), journal, drivers, *first) as (engine, screen):
        screen.wait_for(lambda show: PROGRAM in show.surfaces and show.surfaces[PROGRAM].connected)
        yield engine, screen


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "day.journal")
    yield made
    made.close()


def moves(show: Show) -> bool:
    return show.clip is not None and show.clip.played_for is not None


def codes(show: Show) -> set[str]:
    return {alarm.code for alarm in alarms(show)}


def test_the_cue_after_a_clip_goes_to_air_when_the_clip_has_ended(rig: Rig, journal: Journal, tmp_path: Path) -> None:
    """Nobody presses: OBS says that the clip has ended, and the next scene is on air. Back brings the clip back."""
    seconds = 4 * SECONDS  # an OBS that stalls for most of a shorter one is not known to have played it to its end
    prepare(rig, make_clip(tmp_path / "opening.mp4", seconds))
    with at_work(rig, journal, clip_day()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        engine.post(go("c1"))
        screen.wait_for(on_air("c1"))
        show = screen.wait_for(on_air("c2"))
        took = show.runs[CueId("c1")].ended_at - show.runs[CueId("c1")].started_at
        assert took >= seconds * 1000 - 500, "not before its end"
        wait_until(lambda: rig.hand.on_air() == "two")
        assert codes(show) == set()
    follows = [entry.event for entry in journal.entries() if isinstance(entry.event, ClipRanOut)]
    assert [(event.cue, event.following) for event in follows] == [("c1", "c2")]
    assert not any(isinstance(entry.event, ClipSeen) for entry in journal.entries())


def test_a_clip_that_a_person_stops_in_obs_leaves_its_last_picture(rig: Rig, journal: Journal, tmp_path: Path) -> None:
    """Stopped within what would count as its end: OBS tells the stop and then the end, and nothing follows."""
    prepare(rig, make_clip(tmp_path / "opening.mp4", SECONDS))
    with at_work(rig, journal, clip_day()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        engine.post(go("c1"))
        screen.wait_for(lambda show: on_air("c1")(show) and moves(show) and (show.clip.position or 0) > 1_100)
        action = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_STOP"
        rig.hand.do("TriggerMediaInputAction", inputName="opening", mediaAction=action)
        screen.wait_for(lambda show: show.clip is not None and show.clip.playback is Playback.ENDED)
        engine.post(go("c2"))
        screen.wait_for(on_air("c2"))
    assert not any(isinstance(entry.event, ClipRanOut) for entry in journal.entries())


def test_a_clip_that_is_not_there_is_told_and_nothing_follows(rig: Rig, journal: Journal, tmp_path: Path) -> None:
    """The file was renamed an hour before air. OBS says PLAYING, or ENDED; the desk says that it has not started."""
    prepare(rig, tmp_path / "none.mp4")
    with at_work(rig, journal, clip_day()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        engine.post(go("c1"))
        show = screen.wait_for(lambda show: codes(show) == {"clip-not-started"})
        assert on_air("c1")(show)
        assert not moves(show)


def test_a_clip_that_stalls_is_told_until_it_moves_again(simulated_rig: Rig, journal: Journal, tmp_path: Path) -> None:
    """The disk does not keep up in the middle of the message; then it does, and the end is the end."""
    prepare(simulated_rig, make_clip(tmp_path / "opening.mp4", SECONDS))
    with at_work(simulated_rig, journal, clip_day()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        engine.post(go("c1"))
        screen.wait_for(lambda show: on_air("c1")(show) and moves(show))
        simulated_rig.simulated.stall("opening")
        show = screen.wait_for(lambda show: codes(show) == {"clip-stalled"})
        assert show.clip is not None
        assert show.clip.playback is Playback.PLAYING
        simulated_rig.simulated.stall("opening", False)
        show = screen.wait_for(on_air("c2"))
        assert codes(show) == set()


def test_what_ended_while_the_console_was_away_does_not_go_on_when_it_comes_back(
    simulated_rig: Rig, journal: Journal, tmp_path: Path
) -> None:
    """The console dies during the clip and comes back after its end: the last picture stays, one GO goes on."""
    prepare(simulated_rig, make_clip(tmp_path / "opening.mp4", SECONDS))
    with at_work(simulated_rig, journal, clip_day()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        engine.post(go("c1"))
        screen.wait_for(lambda show: on_air("c1")(show) and moves(show))
    ended = lambda: simulated_rig.hand.do("GetMediaInputStatus", inputName="opening")["mediaState"]  # noqa: E731
    wait_until(lambda: ended() == "OBS_MEDIA_STATE_ENDED")
    with at_work(simulated_rig, journal) as (engine, screen):
        screen.wait_for(lambda show: show.clip is not None and show.clip.playback is Playback.ENDED)
        engine.post(go("c2"))
        screen.wait_for(on_air("c2"))
    assert not any(isinstance(entry.event, ClipRanOut) for entry in journal.entries())
    presses = [entry.event.press for entry in journal.entries() if hasattr(entry.event, "press")]
    assert PressId(presses[-1]) == go("c2").press

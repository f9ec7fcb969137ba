"""A real OBS streams to a real server on loopback: armed, confirmed, cut, back, stopped; and its key stays in OBS."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from studio_console.core.events import ShowEvent
from studio_console.core.output_alarms import output_alarms
from studio_console.core.output_state import Output, Sending
from studio_console.core.outputs import OutputPhase, phase_of
from studio_console.core.ports import Post
from studio_console.core.presses import ArmPressed, Grave, StartOutputPressed, StopOutputPressed
from studio_console.core.reports import OutputSeen
from studio_console.core.show import Show
from studio_console.core.studio import DeadAirRules, OutputKind, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import PressId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.watching.watch import Watches
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.codec import event_to_json
from studio_console.runtime.journal import Journal
from tests.obs_rigs import Rig, real_rig
from tests.real_obs import RealObs
from tests.rtmp import RtmpServer, require_rtmp
from tests.runtime_builders import PROGRAM, Screen, a_rundown, running

KEY = "live-9f3c-never-leaves-obs"
YOUTUBE = Output("youtube", PROGRAM, OutputKind.STREAM)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RtmpServer]:
    require_rtmp()
    with RtmpServer(tmp_path / "rtmp") as server:
        yield server


@pytest.fixture
def streaming_rig(real_obs: RealObs, server: RtmpServer) -> Iterator[Rig]:
    rig = real_rig(real_obs)
    rig.fresh()
    settings = {"server": server.url, "key": KEY}
    rig.hand.do("SetStreamServiceSettings", streamServiceType="rtmp_custom", streamServiceSettings=settings)
    yield rig
    rig.hand.ask("StopStream")
    rig.close()


def phase(wanted: OutputPhase, alarm: str = "") -> Callable[[Show], bool]:
    """Whether the show says so of the stream, with that alarm and no other of an output."""

    def holds(show: Show) -> bool:
        codes = [entry.code for entry in output_alarms(show, SystemClock().now()) if entry.output is not None]
        return phase_of(show, YOUTUBE) is wanted and codes == ([alarm] if alarm else [])

    return holds


def test_a_stream_is_started_cut_comes_back_and_is_stopped_and_its_key_stays_in_obs(
    streaming_rig: Rig, server: RtmpServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The server dies: RECONNECTING is an alarm. It is back: LIVE, by OBS alone. Nothing here ever holds the key."""
    caplog.set_level(logging.DEBUG)
    surface = Surface(PROGRAM, same("program"), Role.PROGRAM, Size(1280, 720), 30, streaming_rig.url)
    drivers = drivers_for([surface], {}, lambda _: streaming_rig.password)
    watches = Watches([surface], lambda _: streaming_rig.password, DeadAirRules())
    told: list[ShowEvent] = []
    journal_file = tmp_path / "day.journal"
    rundown = replace(a_rundown(surfaces=(PROGRAM,)), outputs=(YOUTUBE,))
    clock = SystemClock()
    with closing(Journal(journal_file)) as journal, running(clock, journal, drivers, rundown) as (engine, screen):

        def post(event: ShowEvent) -> None:
            told.append(event)
            engine.post(event)

        watches.start(post)
        try:
            _play(screen, post, server)
        finally:
            watches.close()
        history = [entry.event for entry in journal.entries()]
        seen = [event.sending for event in history if isinstance(event, OutputSeen) and event.changed]
        assert seen[:2] == [Sending.STARTING, Sending.LIVE]
        assert Sending.RECONNECTING in seen
        assert seen[-1] is Sending.STOPPED
        words = [repr(show) for show in screen.shows]
        words += [event_to_json(event) for event in (*history, *told)]
    words += [record.getMessage() for record in caplog.records]
    assert not [text for text in words if KEY in text]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "rtmp"]
    assert files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def sends(show: Show) -> bool:
    measures = show.measures.get(PROGRAM)
    return measures is not None and bool(measures.stream.bitrate)


def _play(screen: Screen, post: Post, server: RtmpServer) -> None:
    screen.wait_for(phase(OutputPhase.STOPPED))
    post(ArmPressed(Grave.START_OUTPUT, "youtube", PressId("arm")))
    post(StartOutputPressed("youtube", PressId("start")))
    screen.wait_for(phase(OutputPhase.LIVE))
    screen.wait_for(sends)
    server.cut()
    screen.wait_for(phase(OutputPhase.RECONNECTING, "output-reconnecting"))
    server.start()
    screen.wait_for(phase(OutputPhase.LIVE))
    post(ArmPressed(Grave.STOP_OUTPUT, "youtube", PressId("arm again")))
    post(StopOutputPressed("youtube", PressId("stop")))
    screen.wait_for(phase(OutputPhase.STOPPED))

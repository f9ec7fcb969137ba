"""The stream and the recording of an OBS through its surface's driver: asked for, refused, and told of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from studio_console.core.effects import StartOutput, StopOutput
from studio_console.core.output_state import Sending
from studio_console.core.reports import OutputFailed, OutputSeen, SurfaceConnected, SurfaceLost
from studio_console.core.studio import OutputKind, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import PressId, SurfaceId
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.drivers import drivers_for
from tests.obs_rigs import Posted, Rig
from tests.waiting import wait_until

PROGRAM = SurfaceId("program")
STREAM, RECORDING = OutputKind.STREAM, OutputKind.RECORDING
PRESS = PressId("press")
START = StartOutput(PROGRAM, STREAM, PRESS, "a test")


@contextmanager
def driving(rig: Rig) -> Iterator[tuple[ObsDriver, Posted]]:
    surface = Surface(PROGRAM, same("program"), Role.PROGRAM, Size(1280, 720), 30, rig.url)
    driver, posted = drivers_for([surface], {}, lambda _: rig.password)[PROGRAM], Posted()
    driver.start(posted)
    try:
        posted.wait_for(SurfaceConnected)
        yield driver, posted
    finally:
        driver.close()


def seen(posted: Posted, kind: OutputKind, **fields: object) -> OutputSeen:
    """The first that was told of ``kind`` with these fields."""

    def found() -> OutputSeen | None:
        told = (event for event in posted.of(OutputSeen) if event.kind is kind)
        return next((event for event in told if all(getattr(event, name) == fields[name] for name in fields)), None)

    event = wait_until(found, lambda: posted.events)
    assert isinstance(event, OutputSeen)
    return event


def test_a_recording_is_started_and_stopped_and_each_step_is_told(rig: Rig) -> None:
    with driving(rig) as (driver, posted):
        seen(posted, STREAM, sending=Sending.STOPPED, changed=False)
        seen(posted, RECORDING, sending=Sending.STOPPED, changed=False)
        driver.start_output(StartOutput(PROGRAM, RECORDING, PRESS, "a test"))
        seen(posted, RECORDING, sending=Sending.LIVE, changed=True)
        driver.stop_output(StopOutput(PROGRAM, RECORDING, PRESS, "a test"))
        seen(posted, RECORDING, sending=Sending.STOPPED, changed=True)
        changed = [event.sending for event in posted.of(OutputSeen) if event.changed]
        assert changed == [Sending.STARTING, Sending.LIVE, Sending.STOPPING, Sending.STOPPED]
        assert posted.of(OutputFailed) == []


def test_what_runs_already_is_told_with_how_long_it_has(simulated_rig: Rig) -> None:
    rig = simulated_rig
    rig.hand.do("StartStream")
    wait_until(lambda: rig.hand.do("GetStreamStatus")["outputDuration"] > 200)
    with driving(rig) as (_, posted):
        told = seen(posted, STREAM)
        assert (told.sending, told.changed) == (Sending.LIVE, False)
        assert told.ago > 200


def test_a_recording_that_somebody_pauses_in_obs_is_told(simulated_rig: Rig) -> None:
    """A real OBS does that only where the recording has an encoder of its own."""
    rig = simulated_rig
    with driving(rig) as (_, posted):
        rig.hand.do("StartRecord")
        seen(posted, RECORDING, sending=Sending.LIVE)
        rig.hand.do("PauseRecord")
        seen(posted, RECORDING, sending=Sending.PAUSED)
    with driving(rig) as (_, posted):
        assert seen(posted, RECORDING).sending is Sending.PAUSED
        posted.forget()
        rig.hand.do("ResumeRecord")
        seen(posted, RECORDING, sending=Sending.LIVE)


def test_a_refusal_is_told_by_its_code_and_not_in_obs_s_words(simulated_rig: Rig) -> None:
    """What a person wrote into OBS's stream settings may stand in them."""
    rig = simulated_rig
    rig.simulated.refuse("StartStream", 500, "rtmp://server/live with key live-secret")
    with driving(rig) as (driver, posted):
        driver.start_output(START)
        failed = posted.wait_for(OutputFailed, press=PRESS)
        assert "500" in failed.reason.en
        assert "secret" not in failed.reason.ko + failed.reason.en


def test_without_a_link_nothing_is_started_later(simulated_rig: Rig) -> None:
    rig = simulated_rig
    with driving(rig) as (driver, posted):
        rig.simulated.die()
        posted.wait_for(SurfaceLost)
        driver.start_output(START)
        posted.wait_for(OutputFailed, press=PRESS)
        posted.forget()
        rig.simulated.come_back()
        told = seen(posted, STREAM)
        assert (told.sending, told.changed) == (Sending.STOPPED, False)
        assert "StartStream" not in rig.simulated.requests_seen()

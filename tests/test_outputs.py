"""Streams and recordings: armed, started, confirmed by OBS's own word, lost, and never started again by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.arming import NOT_ARMED
from studio_console.core.effects import StartOutput, StopOutput, WakeAt
from studio_console.core.events import ClockStepped, ConsoleStarted, DeadlinePassed
from studio_console.core.output_alarms import output_alarms
from studio_console.core.output_state import ALL, Measures, Output, RecordFacts, Sending, StreamFacts, outputs_of
from studio_console.core.outputs import (
    DID_NOT_START,
    FOLLOWS,
    NOTHING_TO_START,
    UNKNOWN_OUTPUT,
    OutputPhase,
    can_stop,
    phase_of,
    run_of,
)
from studio_console.core.presses import ArmPressed, Grave, StartOutputPressed, StopOutputPressed
from studio_console.core.reports import OutputFailed, OutputSeen, OutputsMeasured, SurfaceWatched
from studio_console.core.studio import Destination, OutputKind, OutputRules
from studio_console.core.text import same
from studio_console.core.units import MINUTE, Duration, PressId
from tests.builders import FIVE, PROGRAM, WALL, Run, connected, loaded
from tests.gui_story import small_studio

STREAM, RECORDING = OutputKind.STREAM, OutputKind.RECORDING
YOUTUBE = Output("youtube", PROGRAM, STREAM)
TAPE = Output("recording", PROGRAM, RECORDING)
SATELLITE = Output("satellite", PROGRAM, OutputKind.LINE)
ENGLISH = Output("youtube-en", WALL, STREAM)
RULES = OutputRules(bitrate_low=1_500, deadline=Duration(10_000))


class Studio(Run):
    """A show with four outputs on two surfaces, of which OBS has told that nothing runs."""

    def __init__(self) -> None:
        super().__init__(FIVE, surfaces=(PROGRAM, WALL), now="22:00")
        outputs = (YOUTUBE, ENGLISH, SATELLITE, TAPE)
        self.post(replace(loaded(FIVE, (PROGRAM, WALL)), outputs=outputs, output_rules=RULES))
        for surface in (PROGRAM, WALL):
            self.post(connected(self.show, surface, "holding"))
            for kind in (STREAM, RECORDING):
                self.post(OutputSeen(surface, kind, Sending.STOPPED, changed=False))

    def start(self, subject: str = "youtube") -> PressId:
        self.post(ArmPressed(Grave.START_OUTPUT, subject, PressId("arm")))
        press = self.press()
        self.post(StartOutputPressed(subject, press))
        return press

    def stop(self, subject: str = "youtube") -> PressId:
        self.post(ArmPressed(Grave.STOP_OUTPUT, subject, PressId("arm")))
        press = self.press()
        self.post(StopOutputPressed(subject, press))
        return press

    def see(self, *sending: Sending, output: Output = YOUTUBE) -> None:
        for state in sending:
            self.post(OutputSeen(output.surface, output.kind, state))

    def live(self, output: Output = YOUTUBE) -> None:
        self.start(output.id)
        self.see(Sending.STARTING, Sending.LIVE, output=output)

    def phase(self, output: Output = YOUTUBE) -> OutputPhase:
        return phase_of(self.show, output)

    def wrong(self) -> list[str]:
        return [alarm.code for alarm in output_alarms(self.show, self.now)]

    def measure(self, stream: StreamFacts | None = None, record: RecordFacts | None = None, **more: float) -> None:
        measures = replace(Measures(), stream=stream or StreamFacts(), record=record or RecordFacts(), **more)  # type: ignore[arg-type]
        self.post(OutputsMeasured(PROGRAM, measures))


def test_a_start_is_armed_confirmed_and_done_when_obs_says_so() -> None:
    """OBS answers before there is a stream: STARTING until its own word, then LIVE with its clock."""
    run = Studio()
    press = run.start()
    assert [effect for effect in run.effects if isinstance(effect, StartOutput)] == [
        StartOutput(PROGRAM, STREAM, press, "started by the operator")
    ]
    assert run.phase() is OutputPhase.STARTING
    run.see(Sending.STARTING)
    assert run.phase() is OutputPhase.STARTING
    run.wait(1_000)
    run.see(Sending.LIVE)
    assert run.phase() is OutputPhase.LIVE
    assert run_of(run.show, YOUTUBE).live_since == run.now
    run.post(DeadlinePassed(press))
    assert run.phase() is OutputPhase.LIVE
    assert run.wrong() == []


def test_nothing_starts_that_was_not_armed() -> None:
    run = Studio()
    run.post(StartOutputPressed("youtube", run.press()))
    assert run.refused == NOT_ARMED
    run.post(ArmPressed(Grave.STOP_OUTPUT, "youtube", PressId("arm")))
    run.post(StartOutputPressed("youtube", run.press()))
    assert run.refused is not None
    run.start()
    run.post(StartOutputPressed("youtube", run.press()))
    assert run.refused is not None, "one arming is good for one start"


def test_all_together_start_each_stream_and_recording_once_and_no_line() -> None:
    run = Studio()
    press = run.start(ALL)
    started = [(effect.surface, effect.kind) for effect in run.effects if isinstance(effect, StartOutput)]
    assert started == [(PROGRAM, STREAM), (WALL, STREAM), (PROGRAM, RECORDING)]
    assert [effect.press for effect in run.effects if isinstance(effect, WakeAt)] == [press]


def test_all_together_leave_out_what_runs_and_tell_of_what_has_no_link() -> None:
    run = Studio()
    run.live()
    run.lose(WALL)
    run.start(ALL)
    assert [effect.kind for effect in run.effects if isinstance(effect, StartOutput)] == [RECORDING]
    assert run.phase(ENGLISH) is OutputPhase.FAILED


def test_what_cannot_be_started_says_why() -> None:
    run = Studio()
    for subject, why in (("satellite", FOLLOWS), ("nowhere", UNKNOWN_OUTPUT)):
        run.start(subject)
        assert run.refused == why
    run.live()
    run.start()
    assert run.refused == NOTHING_TO_START


def test_a_start_that_is_not_confirmed_is_an_alarm_and_no_second_try() -> None:
    """Ten seconds without a word. OBS comes late: the alarm goes."""
    run = Studio()
    press = run.start()
    run.wait(10_000)
    run.post(DeadlinePassed(press))
    assert run.effects == []
    assert run.wrong() == ["output-overdue"]
    assert run.phase() is OutputPhase.FAILED
    run.see(Sending.LIVE)
    assert run.wrong() == []


def test_a_server_that_is_not_there_fails_at_once() -> None:
    """OBS says STARTING and then STOPPED: nobody waits for the deadline."""
    run = Studio()
    run.start()
    run.see(Sending.STARTING, Sending.STOPPED)
    assert run_of(run.show, YOUTUBE).failed == DID_NOT_START
    assert run.wrong() == ["output-failed"]
    run.live()
    assert run.wrong() == []


def test_a_refused_start_says_why() -> None:
    run = Studio()
    press = run.start()
    run.post(OutputFailed(PROGRAM, STREAM, PressId("another"), same("not this one")))
    assert run.phase() is OutputPhase.STARTING
    run.post(OutputFailed(PROGRAM, STREAM, press, same("code 500")))
    (alarm,) = output_alarms(run.show, run.now)
    assert "code 500" in alarm.text.show("en", **alarm.values)


def test_a_stop_is_armed_confirmed_and_no_alarm() -> None:
    run = Studio()
    run.live()
    press = run.stop()
    assert [effect for effect in run.effects if isinstance(effect, StopOutput)] == [
        StopOutput(PROGRAM, STREAM, press, "stopped by the operator")
    ]
    assert run.phase() is OutputPhase.STOPPING
    run.see(Sending.STOPPING, Sending.STOPPED)
    assert run.phase() is OutputPhase.STOPPED
    run.post(DeadlinePassed(press))
    assert run.wrong() == []


def test_a_stop_that_is_not_done_is_an_alarm_until_it_is() -> None:
    run = Studio()
    run.live()
    press = run.stop()
    run.post(DeadlinePassed(press))
    assert run.wrong() == ["output-overdue"]
    run.see(Sending.STOPPED)
    assert run.wrong() == []


@pytest.mark.parametrize("before", [(), (Sending.STOPPING,), (Sending.RECONNECTING,)])
def test_a_stream_that_stops_unasked_is_an_alarm_at_once(before: tuple[Sending, ...]) -> None:
    """By a hand in OBS, by OBS giving up: it stays until it runs again, or is stopped here too."""
    run = Studio()
    run.live()
    run.see(*before, Sending.STOPPED)
    assert run.wrong() == ["output-stopped"]
    assert run.phase() is OutputPhase.FAILED
    assert can_stop(run.show, YOUTUBE)
    run.stop()
    assert run.effects == [], "it is off already"
    assert run.wrong() == []
    assert run.phase() is OutputPhase.STOPPED


def test_a_stream_started_by_hand_in_obs_is_watched_all_the_same() -> None:
    run = Studio()
    run.see(Sending.STARTING, Sending.LIVE)
    assert run.phase() is OutputPhase.LIVE
    run.see(Sending.STOPPED)
    assert run.wrong() == ["output-stopped"]


def test_reconnecting_is_an_alarm_for_as_long_as_it_lasts_and_keeps_the_stream_s_clock() -> None:
    run = Studio()
    run.live()
    began = run.now
    run.wait(60_000)
    run.see(Sending.RECONNECTING)
    lost = run.now
    run.wait(2_000)
    run.see(Sending.RECONNECTING)
    (alarm,) = output_alarms(run.show, run.now)
    assert (alarm.code, alarm.since) == ("output-reconnecting", lost), "each try of OBS is told, and is no news"
    run.see(Sending.LIVE)
    assert run.wrong() == []
    assert run_of(run.show, YOUTUBE).live_since == began


def test_of_a_lost_obs_nothing_is_said_until_it_is_back() -> None:
    """It died with the stream: when it is back and does not stream, that is an alarm, and nothing is started."""
    run = Studio()
    run.live()
    run.lose(PROGRAM)
    assert run.phase() is OutputPhase.UNKNOWN
    assert run.wrong() == []
    run.post(connected(run.show, PROGRAM, "holding"))
    run.post(OutputSeen(PROGRAM, STREAM, Sending.STOPPED, changed=False))
    assert run.wrong() == ["output-stopped"]
    assert run.effects == []


def test_after_a_restart_what_runs_is_known_again_with_its_clock() -> None:
    run = Studio()
    run.live()
    run.post(ConsoleStarted())
    assert run.phase() is OutputPhase.UNKNOWN
    run.post(connected(run.show, PROGRAM, "holding"))
    run.post(OutputSeen(PROGRAM, STREAM, Sending.LIVE, Duration(90_000), changed=False))
    assert run.phase() is OutputPhase.LIVE
    assert run_of(run.show, YOUTUBE).live_since == run.now - 90_000


def test_a_clock_that_was_set_leaves_live_since_where_it_was() -> None:
    run = Studio()
    run.live()
    before = run_of(run.show, YOUTUBE).live_since
    assert before is not None
    run.post(ClockStepped(Duration(3_600_000)))
    assert run_of(run.show, YOUTUBE).live_since == before + 3_600_000


def test_figures_that_are_not_well_are_alarms_while_it_is_live_and_only_then() -> None:
    run = Studio()
    bad = StreamFacts(True, False, 300, dropped=0.05, dropped_frames=90, congestion=0.9)
    run.measure(bad, lag=0.2, skipped=0.3)
    assert run.wrong() == ["obs-lag", "obs-skipped"]
    run.live()
    assert "output-bitrate" not in run.wrong(), "it has only begun"
    run.wait(6_000)
    assert run.wrong() == ["output-bitrate", "output-dropped", "output-congestion", "obs-lag", "obs-skipped"]
    run.measure(StreamFacts(True, False, 2_400, dropped_frames=90))
    assert run.wrong() == []


def test_a_stream_that_has_sent_nothing_yet_has_time_until_the_next_keyframe() -> None:
    run = Studio()
    run.live()
    run.measure(StreamFacts(True, False, 0))
    run.wait(11_000)
    assert run.wrong() == []
    run.wait(1_000)
    assert run.wrong() == ["output-bitrate"]


def test_a_disk_that_is_nearly_full_is_told_as_time() -> None:
    run = Studio()
    run.live(TAPE)
    run.measure(record=RecordFacts(True, 2_500, Duration(29 * MINUTE)))
    (alarm,) = output_alarms(run.show, run.now)
    assert "29 min" in alarm.text.show("en", **alarm.values)
    assert alarm.severity == "warning"
    run.measure(record=RecordFacts(True, 2_500, Duration(4 * MINUTE)))
    assert [alarm.severity for alarm in output_alarms(run.show, run.now)] == ["error"]
    run.see(Sending.PAUSED, output=TAPE)
    assert run.wrong() == ["output-paused"]


def test_a_line_follows_its_surface() -> None:
    run = Studio()
    assert run.phase(SATELLITE) is OutputPhase.LIVE
    run.lose(PROGRAM)
    assert run.phase(SATELLITE) is OutputPhase.UNKNOWN


def test_not_being_watched_is_said_after_a_while_and_not_of_a_lost_surface() -> None:
    run = Studio()
    run.live()
    run.measure(StreamFacts(True, False, 2_400))
    run.post(SurfaceWatched(PROGRAM, False, same("gone")))
    assert run.wrong() == []
    run.wait(6_000)
    assert run.wrong() == ["unwatched"]
    run.lose(PROGRAM)
    assert run.wrong() == []


def test_outputs_are_what_surfaces_carry() -> None:
    studio = small_studio()
    program = replace(studio.surfaces[PROGRAM], carries=("youtube", "floor"))
    wall = replace(studio.surfaces[WALL], carries=("youtube", "tape"))
    destinations = {
        "youtube": Destination("youtube", same("YouTube")),
        "tape": Destination("tape", same("Tape"), output=RECORDING),
        "unused": Destination("unused", same("Nobody carries it")),
    }
    found = outputs_of(replace(studio, surfaces={PROGRAM: program, WALL: wall}, destinations=destinations))
    assert found == (YOUTUBE, Output("tape", WALL, RECORDING))

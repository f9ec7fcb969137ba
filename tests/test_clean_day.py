"""A minute of the sample's mayors' day on virtual OBS: no alarm while all is well, and one when it is not."""

from __future__ import annotations

from studio_console.core.output_state import Sending
from studio_console.core.studio import OutputKind
from studio_console.devices.simulated.world import PictureFault
from tests.builders import PROGRAM
from tests.clean_day import CleanDay


def codes(day: CleanDay, seconds: float) -> set[str]:
    return {alarm.code for _, alarm in day.play(seconds) if alarm is not None}


def test_a_clean_minute_has_no_alarm_and_a_black_one_has() -> None:
    day = CleanDay()
    assert codes(day, 60) == set()
    assert day.show.measures[PROGRAM].stream.bitrate == 6_000
    assert day.show.measures[PROGRAM].record.disk_left is not None
    day.obs[PROGRAM].world.picture_fault = PictureFault.BLACK
    day.obs[PROGRAM].world.disk_free = 500.0
    assert {"dead-air-black", "output-disk"} <= codes(day, 15)
    assert day.show.outputs[PROGRAM, OutputKind.STREAM].seen is Sending.LIVE

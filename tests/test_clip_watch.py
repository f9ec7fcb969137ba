"""Clips on air that do not do what they should, as the technical director is told of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.alarm import Alarm
from studio_console.core.clip_watch import CLIP_PATIENCE, clip_alarms, differs_from_file, holding_cue, unseen_clip
from studio_console.core.events import ConsoleStarted, RundownLoaded
from studio_console.core.reports import ClipMeasured, ClipSeen, Playback
from studio_console.core.rundown import Kind
from studio_console.core.units import Duration, InputId
from tests.builders import PROGRAM, WALL, Run, cue, day, edited, length, loaded

WHOLE = edited(
    day(cue("H1", end="22:00"), cue("V1", 1, clip="message"), cue("M1"), start="21:30"), "H1", kind=Kind.BREAK
)
POLL = Duration(250)


def opening() -> Run:
    run = Run(WHOLE, now="21:50")
    run.go("H1")
    run.until("22:00")
    run.go("V1")
    return run


def told(run: Run, position: int | None, playback: Playback = Playback.PLAYING, times: int = 1) -> None:
    for _ in range(times):
        run.post(ClipSeen(PROGRAM, "message", playback, None if position is None else Duration(position), None))
        run.wait(POLL)


def codes(run: Run) -> list[str]:
    return [alarm.code for alarm in clip_alarms(run.show)]


def play(run: Run, start: int, stop: int) -> None:
    for position in range(start, stop, POLL):
        told(run, position)


def test_a_clip_that_plays_is_no_alarm() -> None:
    run = opening()
    for position in range(0, 60_000, POLL):
        told(run, position)
        assert codes(run) == []
    told(run, None, Playback.ENDED)
    run.wait("1:00")
    assert codes(run) == []


@pytest.mark.parametrize("position", [0, None])
def test_a_missing_file_says_playing_at_nought_and_is_told_within_a_second_and_a_look(position: int | None) -> None:
    """OBS never says that there is no file: it says that it plays, at 0 of nothing, for ever."""
    run = opening()
    began = run.now
    while not codes(run):
        told(run, position)
        assert run.now - began <= CLIP_PATIENCE + 2 * POLL
    assert codes(run) == ["clip-not-started"]


def test_a_clip_that_stalls_is_told_and_forgiven_when_it_moves() -> None:
    run = opening()
    play(run, 0, 20_000)
    began = run.now
    while not codes(run):
        told(run, 20_000)
        assert run.now - began <= CLIP_PATIENCE + 2 * POLL
    (alarm,) = clip_alarms(run.show)
    assert (alarm.code, alarm.surface) == ("clip-stalled", PROGRAM)
    told(run, 20_250)
    assert codes(run) == []


def test_the_countdown_of_a_stalled_clip_stands() -> None:
    run = opening()
    run.post(ClipSeen(PROGRAM, "message", Playback.PLAYING, Duration(20_000), length("1:00")))
    for _ in range(20):
        run.wait(POLL)
        run.post(ClipSeen(PROGRAM, "message", Playback.PLAYING, Duration(20_000), length("1:00")))
    assert run.clock.remaining == 40_000


def test_a_short_hitch_is_no_alarm() -> None:
    run = opening()
    play(run, 0, 5_000)
    told(run, 5_000, times=3)
    assert codes(run) == []


def test_a_paused_clip_is_somebodys_wish() -> None:
    run = opening()
    play(run, 0, 5_000)
    told(run, 5_000, Playback.PAUSED, times=40)
    assert codes(run) == []


def test_a_clip_that_does_not_come_out_of_its_stop_is_told() -> None:
    run = opening()
    told(run, None, Playback.STOPPED, times=6)
    assert codes(run) == ["clip-not-started"]


def test_a_missing_file_that_ends_at_once_is_told() -> None:
    """The other thing that OBS says of a file that is not there: stopped, then ended, and no length."""
    run = opening()
    told(run, None, Playback.STOPPED)
    told(run, None, Playback.ENDED)
    assert codes(run) == ["clip-not-started"]


def test_a_clip_that_ended_while_nobody_listened_is_no_alarm() -> None:
    """The console comes back ten minutes later: its end is all that it hears of the clip."""
    run = opening()
    run.post(ConsoleStarted())
    run.connect(PROGRAM, "V1 program")
    run.wait("10:00")
    told(run, None, Playback.ENDED)
    assert codes(run) == []


def test_an_obs_that_says_nothing_more_raises_no_alarm_about_the_clip() -> None:
    """That it does not answer is an alarm of its own; of the clip nothing is known."""
    run = opening()
    play(run, 0, 5_000)
    run.wait("0:30")
    assert codes(run) == []


def test_the_alarm_names_cue_and_clip_and_offers_the_holding_slide() -> None:
    run = opening()
    told(run, 0, times=6)
    (alarm,) = clip_alarms(run.show)
    for language in ("ko", "en"):
        words = alarm.text.show(language, **alarm.values)  # type: ignore[arg-type]
        assert all(part in words for part in ("V1", "message", "H1", "Ctrl+B"))


def test_off_air_it_is_nobodys_worry() -> None:
    run = opening()
    told(run, 0, times=6)
    run.wait("0:01")
    run.go("M1")
    assert codes(run) == []


# --- a clip that OBS does not have -------------------------------------------------------------------------------


def rundown(*clips: str) -> RundownLoaded:
    return replace(loaded(WHOLE, (PROGRAM,)), clips=frozenset(InputId(clip) for clip in clips))


def unseen(run: Run) -> list[Alarm]:
    return unseen_clip(run.show, run.now)


def test_a_scene_without_its_clip_is_told() -> None:
    """Somebody deleted the input in OBS: the take is confirmed, and nothing plays."""
    run = Run(now="21:50", connect=False)
    run.post(rundown("message"))
    run.connect()
    run.standby("V1")
    run.go("V1")
    assert unseen(run) == []
    run.wait(2 * CLIP_PATIENCE)
    assert [alarm.code for alarm in unseen(run)] == ["clip-unseen"]
    told(run, 250)
    assert unseen(run) == []


def test_a_stand_in_is_not_waited_for() -> None:
    """In rehearsal the clip has not been delivered: a labelled stand-in is shown, and that is known."""
    run = Run(now="21:50", connect=False)
    run.post(rundown())
    run.connect()
    run.standby("V1")
    run.go("V1")
    run.wait("0:10")
    assert unseen(run) == []


def test_a_lost_link_is_not_a_missing_clip() -> None:
    run = Run(now="21:50", connect=False)
    run.post(rundown("message"))
    run.connect()
    run.standby("V1")
    run.go("V1")
    run.lose()
    run.wait("0:10")
    assert unseen(run) == []


# --- the slide that can cover, and lengths ------------------------------------------------------------------------


def test_the_holding_slide_is_the_last_break_without_anything_live() -> None:
    run = opening()
    holding = holding_cue(run.show)
    assert holding is not None
    assert holding.number == "H1"
    assert holding_cue(Run(day(cue("M1"), cue("M2"))).show) is None


def test_before_the_first_break_the_first_one_to_come() -> None:
    whole = edited(day(cue("M1"), cue("B1"), cue("M2"), cue("B2")), "B1", kind=Kind.BREAK)
    holding = holding_cue(Run(edited(whole, "B2", kind=Kind.BREAK)).show)
    assert holding is not None
    assert holding.number == "B1"


def test_a_clip_of_another_length_than_planned_is_marked() -> None:
    run = opening()
    clip = WHOLE.cues[1]
    run.post(ClipMeasured(InputId("message"), length("1:01")))
    assert differs_from_file(run.show, clip) is None, "a second more or less is nobody's business"
    run.post(ClipMeasured(InputId("message"), length("0:48")))
    assert differs_from_file(run.show, clip) == length("0:48")
    assert differs_from_file(run.show, WHOLE.cues[0]) is None


def test_both_surfaces_are_watched() -> None:
    """The programme's clip plays, the wall's has stalled."""
    run = Run(WHOLE, now="22:00", surfaces=(PROGRAM, WALL))
    run.standby("V1")
    run.go("V1")
    for position in range(0, 5_000, POLL):
        told(run, position)
        run.post(ClipSeen(WALL, "message", Playback.PLAYING, Duration(min(position, 1_000)), None))
    assert [(alarm.code, alarm.surface) for alarm in clip_alarms(run.show)] == [("clip-stalled", WALL)]

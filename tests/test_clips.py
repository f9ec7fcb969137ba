"""What follows a clip's end: the next cue by itself where the cue says so, and never in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core import refusals
from studio_console.core.effects import FollowClip
from studio_console.core.events import ConsoleStarted
from studio_console.core.presses import FollowingSet
from studio_console.core.reports import ClipMeasured, ClipRanOut, ClipSeen, Playback
from studio_console.core.rundown import AtEnd, Day, Kind
from studio_console.core.text import same
from studio_console.core.units import Duration, InputId, SurfaceId
from tests.builders import BOTH, PROGRAM, WALL, Run, at, cue, day, edited, length, name

CLIMATE = edited(day(cue("V1", 1, clip="message"), cue("M1"), cue("M2"), cue("M3")), "V1", at_end=AtEnd.NEXT)
LENGTH = length("1:00")


def seen(
    run: Run, playback: Playback = Playback.PLAYING, position: str | None = None, surface: SurfaceId = PROGRAM
) -> None:
    where = None if position is None else length(position)
    run.post(ClipSeen(surface, "message", playback, where, None if playback is Playback.ENDED else LENGTH))


def play(run: Run, start: str = "0:00", stop: str = "1:00", surface: SurfaceId = PROGRAM) -> None:
    """The clip plays from one place to another, told twice a second."""
    place = length(start)
    while place < length(stop):
        run.post(ClipSeen(surface, "message", Playback.PLAYING, place, LENGTH))
        run.wait(500)
        place = Duration(place + 500)


def follow(run: Run) -> bool:
    """What the engine does with the order to follow, if there is one: whether there was."""
    orders = [effect.event for effect in run.effects if isinstance(effect, FollowClip)]
    for order in orders:
        run.post(order)
    return bool(orders)


def opening(whole: Day = CLIMATE, surfaces: tuple[SurfaceId, ...] = (PROGRAM,)) -> Run:
    run = Run(whole, now="22:00", surfaces=surfaces)
    run.go("V1")
    return run


def ended(run: Run, surface: SurfaceId = PROGRAM) -> bool:
    seen(run, Playback.ENDED, surface=surface)
    return follow(run)


def test_the_next_cue_follows_the_end_of_the_message() -> None:
    """The climate session opens with a recorded message; when it is over the host is on air, nobody presses."""
    run = opening()
    play(run)
    assert ended(run)
    assert run.sent == {PROGRAM: "M1 program"}
    run.confirm()
    assert (run.on_air, run.next) == ("M1", "M2")
    assert [event for event, _ in run.journal if isinstance(event, ClipRanOut)] == [
        ClipRanOut(name("V1"), name("M1"), run.take.press)
    ]


def test_the_journal_alone_gives_the_same_show() -> None:
    """What OBS told of the clip is in no journal: the step that followed from it is, and is enough."""
    run = opening()
    play(run)
    ended(run)
    run.confirm()
    again = Run()
    for event, moment in run.journal:
        if not isinstance(event, ClipSeen):
            again.now = moment
            again.post(event)
    assert again.show.on_air == run.show.on_air
    assert again.show.runs == run.show.runs


def test_back_brings_the_clip_back_and_it_does_not_go_on_by_itself_again() -> None:
    """The host is not ready: Back. Now it is in a person's hands."""
    run = opening()
    play(run)
    ended(run)
    run.confirm()
    run.wait("0:02")
    run.back()
    assert run.on_air == "V1"
    play(run)
    assert not ended(run)
    assert run.on_air == "V1"


def test_without_a_word_in_the_cue_its_last_picture_stays() -> None:
    run = opening(edited(CLIMATE, "V1", at_end=AtEnd.FREEZE))
    play(run)
    assert not ended(run)
    assert (run.on_air, run.sent) == ("V1", {})


def test_one_press_keeps_it_from_going_on() -> None:
    run = opening()
    play(run, stop="0:50")
    run.post(FollowingSet(False))
    play(run, "0:50")
    assert not ended(run)
    run.post(FollowingSet(False))
    assert run.refused == refusals.FOLLOWING_IS_SO


def test_what_was_switched_off_stays_so_after_a_restart() -> None:
    run = opening()
    run.post(FollowingSet(False), ConsoleStarted())
    assert not run.show.follows_clips


def test_after_an_outage_nothing_follows_at_once() -> None:
    """The console was away while the clip ended: what it then hears is old. It waits for a person."""
    run = opening()
    play(run, stop="0:30")
    run.post(ConsoleStarted())
    run.wait("10:00")
    run.connect(PROGRAM, "V1 program")
    assert not ended(run)
    assert run.on_air == "V1"


def test_a_link_that_was_cut_while_it_ended_lets_nothing_follow() -> None:
    run = opening()
    play(run, stop="0:58")
    run.lose()
    run.wait("0:01")
    run.connect(PROGRAM, "V1 program")
    assert not ended(run)


def test_a_clip_that_plays_on_after_an_outage_is_followed_when_it_ends() -> None:
    run = opening()
    play(run, stop="0:30")
    run.post(ConsoleStarted())
    run.connect(PROGRAM, "V1 program")
    play(run, "0:32")
    assert ended(run)


def test_a_clip_that_was_never_seen_to_play_is_not_followed() -> None:
    """The file is missing: PLAYING at nought, then somebody stops it in OBS."""
    run = opening()
    for _ in range(200):
        run.post(ClipSeen(PROGRAM, "message", Playback.PLAYING, Duration(0), None))
        run.wait(500)
    assert not ended(run)


def test_a_clip_stopped_by_hand_in_obs_is_not_followed() -> None:
    """OBS says ENDED for that, too; but it cannot have come to its end yet."""
    run = opening()
    play(run, stop="0:30")
    assert not ended(run)


def test_a_clip_that_fell_behind_and_made_up_for_it_is_followed() -> None:
    """OBS had no processor for six seconds, played what was left in a moment, and said ENDED at the right time."""
    run = opening()
    play(run, stop="0:50")
    for _ in range(10):
        seen(run, position="0:50")
        run.wait(1_000)
    assert ended(run)
    assert run.sent == {PROGRAM: "M1 program"}


def test_a_clip_that_somebody_let_stand_and_then_stopped_is_not_followed() -> None:
    """Paused for a minute, played on, stopped: as much time has passed as it lasts, but it has not been played."""
    run = opening()
    play(run, stop="0:20")
    seen(run, Playback.PAUSED, "0:20")
    run.wait("1:00")
    play(run, "0:20", "0:30")
    assert not ended(run)


def test_a_clip_set_back_by_hand_counts_from_where_it_was_set_to() -> None:
    run = opening()
    play(run, stop="0:50")
    play(run, "0:05", "0:30")
    assert not ended(run)


def test_a_clip_set_to_its_last_seconds_by_hand_is_followed() -> None:
    """In rehearsal: the last ten seconds are enough."""
    run = opening()
    play(run, stop="0:03")
    play(run, "0:50")
    assert ended(run)


def test_a_stop_that_obs_tells_is_no_end_however_late_it_comes() -> None:
    """A person stops it within its last moment: what then ENDED was stopped."""
    run = opening()
    play(run, stop="1:00")
    seen(run, Playback.STOPPED)
    assert not ended(run)
    assert run.on_air == "V1"


def test_a_clip_of_the_take_before_is_not_this_ones() -> None:
    """Two cues with the same clip: that the first had played says nothing of the second."""
    whole = edited(day(cue("V1", 1, clip="message"), cue("V2", 1, clip="message"), cue("M1")), "V2", at_end=AtEnd.NEXT)
    run = opening(whole)
    play(run, stop="0:59")
    run.go("V2")
    assert not ended(run)


def test_while_a_take_is_on_its_way_nothing_follows() -> None:
    """The technical director was faster by half a second."""
    run = opening()
    play(run)
    run.press_go("M1")
    assert not ended(run)
    run.confirm()
    assert run.next == "M2"


@pytest.mark.parametrize("presses", ["go", "hold", "standby"])
def test_what_is_pressed_in_the_same_breath_counts_more(presses: str) -> None:
    """The end has been told, and a press came in before the step: the show does what the person wants."""
    run = opening()
    play(run)
    seen(run, Playback.ENDED)
    (order,) = [effect.event for effect in run.effects if isinstance(effect, FollowClip)]
    if presses == "go":
        run.press_go("M1")
    elif presses == "hold":
        run.hold()
    else:
        run.standby("M3")
    run.post(order)
    assert run.refused == refusals.OVERTAKEN
    assert run.sent == {}


def test_the_operators_go_for_the_same_cue_does_not_take_the_one_after_it() -> None:
    run = opening()
    play(run)
    ended(run)
    run.press_go("M1")
    assert run.refused is refusals.STALE


def test_the_same_end_is_never_two_steps() -> None:
    run = opening()
    play(run)
    seen(run, Playback.ENDED)
    (order,) = [effect.event for effect in run.effects if isinstance(effect, FollowClip)]
    run.post(order)
    run.confirm()
    run.post(order)
    assert run.refused == refusals.OVERTAKEN
    assert run.on_air == "M1"


def test_it_never_goes_on_to_what_takes_two_steps() -> None:
    run = opening(edited(CLIMATE, "M1", two_step=True))
    play(run)
    assert not ended(run)


def test_it_goes_on_past_what_is_skipped_and_to_where_the_standby_is() -> None:
    run = opening()
    run.skip("M1")
    play(run)
    ended(run)
    assert run.sent == {PROGRAM: "M2 program"}
    run = opening()
    run.standby("M3")
    play(run)
    ended(run)
    assert run.sent == {PROGRAM: "M3 program"}


def test_on_hold_it_waits() -> None:
    run = opening()
    play(run, stop="0:50")
    run.hold()
    play(run, "0:50")
    assert not ended(run)


def test_after_the_last_cue_nothing_follows() -> None:
    run = opening(edited(day(cue("V1", 1, clip="message")), "V1", at_end=AtEnd.NEXT))
    play(run)
    assert not ended(run)


def test_two_obs_that_play_it_make_one_step_by_the_first_of_them() -> None:
    """Programme and wall play the same clip: the wall is a little earlier, the programme's is the clock."""
    run = opening(surfaces=BOTH)
    for second in range(60):
        for surface in BOTH:
            run.post(ClipSeen(surface, "message", Playback.PLAYING, Duration(second * 1000 + 40), LENGTH))
        run.wait("0:01")
    assert not ended(run, WALL)
    assert ended(run, PROGRAM)


def test_clips_that_follow_each_other_each_play_first() -> None:
    """Three openers in a row: one end, one step."""
    whole = day(cue("V1", 1, clip="message"), cue("V2", 1, clip="other"), cue("V3", 1, clip="third"), cue("M1"))
    for number in ("V1", "V2", "V3"):
        whole = edited(whole, number, at_end=AtEnd.NEXT)
    run = opening(whole)
    play(run)
    assert ended(run)
    run.confirm()
    assert run.on_air == "V2"
    run.post(ClipSeen(PROGRAM, "other", Playback.ENDED))
    assert not follow(run)


# --- how long it is, before air ---------------------------------------------------------------------------------


def test_a_clip_cue_without_a_length_is_planned_as_long_as_its_file() -> None:
    """The file arrives an hour before: the plan of all that follows moves with it."""
    run = Run(day(cue("V1", None, clip="message"), cue("M1", 10), start="22:00"), now="21:00")
    assert run.row("M1").planned_start == at("22:00")
    run.post(ClipMeasured(InputId("message"), length("2:30")))
    assert run.row("M1").planned_start == at("22:02:30")
    run.load(day(cue("V1", None, clip="message"), cue("M1", 5), start="22:00"))
    assert run.row("M1").planned_start == at("22:02:30"), "a saved file changes nothing of what is known"


@pytest.mark.parametrize("minutes", [None, 3])
def test_no_time_is_added_to_what_lasts_as_long_as_its_clip(minutes: float | None) -> None:
    """The film goes on as it is: a minute more in the sheet would be one that no clock counts. A loop has no end."""
    whole = day(cue("V1", minutes, clip="message"), cue("M1", 10), start="22:00")
    run = Run(whole, now="21:00")
    run.post(ClipMeasured(InputId("message"), length("2:30")))
    for amount in ("1:00", "-1:00"):
        run.add("V1", amount)
        assert run.refused == refusals.CLIP_IS_CLOCK
    assert run.show.edits.added == {}


def test_time_is_added_to_a_break_with_a_film_behind_it() -> None:
    pause = replace(cue("B1", 10, clip="message"), kind=Kind.BREAK)
    run = Run(day(pause, cue("M1", 10), start="22:00"), now="21:00")
    run.add("B1", "1:00")
    assert run.refused is None
    assert run.row("M1").projected_start == at("22:11")


def test_the_sheets_own_length_is_what_is_planned() -> None:
    run = Run(day(cue("V1", 3, clip="message"), cue("M1", 10), start="22:00"), now="21:00")
    run.post(ClipMeasured(InputId("message"), length("2:30")))
    assert run.row("M1").planned_start == at("22:03")


def test_what_is_wrong_with_a_file_is_told_before_air_and_gone_when_it_is_mended() -> None:
    run = Run(CLIMATE, now="21:00")
    run.post(ClipMeasured(InputId("message"), None, same("There is no such file")))
    assert run.alarms == [("clip-file", None)]
    run.skip("V1")
    assert run.alarms == []
    run.skip("V1", skip=False)
    run.post(ClipMeasured(InputId("message"), length("1:00")))
    assert run.alarms == []

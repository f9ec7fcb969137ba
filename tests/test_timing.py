"""Projected and actual times, countdowns, over and under: what the screens show at an instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.clocktext import clock_text, countdown_text, over_text
from studio_console.core.reports import ClipSeen, Playback
from studio_console.core.rundown import Cue, Kind
from studio_console.core.timing import Countdown, CueState
from studio_console.core.units import MINUTE, Duration, InputId, Instant, SessionId
from tests.builders import GUARD, PROGRAM, SEOUL, Run, at, cue, day, edited, length, loaded, name, session, without

# --- lateness and what absorbs it ------------------------------------------------------------------------------


def test_before_the_show_everything_is_on_time() -> None:
    """Five minutes before the first cue nothing is late, and the first GO is what comes next."""
    run = Run(day(cue("M1", 10), cue("M2")), now="21:55")

    assert run.times.over == 0
    assert run.times.countdown is None
    assert run.states() == "M1 next, M2 upcoming"
    assert run.row("M2").projected_start == at("22:10")


def test_a_late_start_makes_everything_after_it_late() -> None:
    """The keynote begins two minutes late: so does the case after it, and the day ends two minutes over."""
    run = Run(day(cue("M1", 10), cue("M2", 5)), now="22:02")
    run.go("M1")

    assert run.times.over == 2 * MINUTE
    assert run.row("M1").late == 2 * MINUTE
    assert run.row("M2").projected_start == at("22:12")
    assert run.times.day is not None
    assert run.times.day.over == 2 * MINUTE


def test_a_hard_start_absorbs_lateness() -> None:
    """Two minutes late, and a gap of 2:30 before London: London begins on time."""
    run = Run(day(cue("M1", 10), cue("M2", 5, start="22:12:30"), cue("M3")), now="22:02")
    run.go("M1")

    assert run.row("M2").projected_start == at("22:12:30")
    assert run.times.over == 2 * MINUTE
    assert run.times.day is not None
    assert run.times.day.over == 0


def test_more_lateness_than_the_gap_holds_is_passed_on() -> None:
    """Three minutes late and a gap of 2:30: London is half a minute late, and so is all after it."""
    run = Run(day(cue("M1", 10), cue("M2", 5, start="22:12:30"), cue("M3")), now="22:03")
    run.go("M1")

    assert run.row("M2").late == length("0:30")
    assert run.row("M3").late == length("0:30")


def test_what_is_early_waits_for_the_published_start_of_the_next_session() -> None:
    """The morning is over ten minutes early; the afternoon begins at 13:00 all the same."""
    run = Run(
        day(
            session(cue("A1", 60), start="11:00", id="morning"),
            session(cue("B1", 30), start="13:00", end="13:30", id="afternoon"),
        ),
        now="10:50",
    )
    run.go("A1")

    assert run.times.over == -10 * MINUTE
    assert run.times.sessions[SessionId("morning")].over == -10 * MINUTE
    assert run.row("B1").projected_start == at("13:00")
    assert run.times.sessions[SessionId("afternoon")].over == 0


def test_overtime_pushes_the_rest_on() -> None:
    """The speaker will not stop: four minutes over, the countdown counts up and the next start moves with the clock."""
    run = Run(day(cue("M1", 10), cue("M2")), now="22:00")
    run.go("M1")
    run.until("22:14")

    clock = run.clock
    assert clock.remaining == -4 * MINUTE
    assert countdown_text(clock.remaining) == "+4:00"
    assert run.row("M2").projected_start == at("22:14")
    assert over_text(run.times.over) == "+4:00"


def test_over_and_under_relative_to_the_real_start() -> None:
    """The session began three minutes late because of the cities' roll call; the speakers since kept their times."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3", 5)), now="22:03")
    run.go("M1")
    run.until("22:13")
    run.go("M2")

    assert run.times.over == 3 * MINUTE
    assert run.times.over_relative == 0
    run.until("22:17")
    run.go("M3")
    assert run.times.over_relative == -1 * MINUTE


def test_relative_over_counts_from_the_start_of_the_session_not_of_the_day() -> None:
    """The morning was late and the afternoon is on its own."""
    run = Run(
        day(
            session(cue("A1", 60), start="11:00", id="morning"),
            session(cue("B1", 30), cue("B2", 10), start="13:00", id="afternoon"),
        ),
        now="11:20",
    )
    run.go("A1")
    run.until("13:05")
    run.go("B1")

    assert (run.times.over, run.times.over_relative) == (5 * MINUTE, 0)


def test_over_when_the_day_is_done() -> None:
    """The last cue has ended one minute late; that is what stays on the screen."""
    run = Run(day(cue("M1", 10)), now="22:00")
    run.go("M1")
    run.until("22:11")
    run.end()
    run.until("23:30")

    assert run.times.over == 1 * MINUTE
    assert run.times.day is not None
    assert (run.times.day.actual_start, run.times.day.actual_end) == (at("22:00"), at("22:11"))


def test_after_end_the_next_cue_is_late_by_the_clock() -> None:
    """The cue is over and nothing follows yet: until somebody presses GO the next start slides."""
    run = Run(day(cue("M1", 10), cue("M2", 5)), now="22:00")
    run.go("M1")
    run.until("22:08")
    run.end()

    assert run.states() == "M1 done, M2 next"
    assert run.times.over == -2 * MINUTE
    run.until("22:13")
    assert run.row("M2").projected_start == at("22:13")
    assert run.times.over == 3 * MINUTE


def test_nothing_jumps_while_a_take_waits_for_its_confirmation() -> None:
    """For the blink between GO and the picture the numbers are those of the cue that is coming, not of the old one."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3", 5)), now="22:00")
    run.go("M1")
    run.until("22:07")
    run.press_go("M2")
    taking = run.times
    run.confirm()

    assert taking.over == run.times.over == -3 * MINUTE
    assert taking.rows[2].projected_start == run.row("M3").projected_start == at("22:12")


# --- skipped cues ----------------------------------------------------------------------------------------------


def test_a_skipped_item_before_the_running_one_changes_nothing_ahead() -> None:
    """Skipping what was not run, behind the running cue, must not shift the projected end by its length."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3", 5), cue("M4", 5)), now="22:00")
    run.go("M1")
    run.until("22:10")
    run.standby("M3")
    run.go("M3")
    before = run.times
    run.skip("M2")

    assert run.states() == "M1 done, M2 skipped, M3 on air, M4 next"
    assert run.times.rows[3] == before.rows[3]
    assert run.times.day == before.day
    assert run.times.over == before.over


def test_skipping_a_future_cue_brings_the_end_forward_by_its_length() -> None:
    """Lima cannot be reached: five minutes less, exactly."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3", 5)), now="22:00")
    run.go("M1")
    before = run.times.day
    run.skip("M2")

    assert before is not None
    assert run.times.day is not None
    assert run.times.day.projected_end == before.projected_end - 5 * MINUTE
    assert run.row("M2").projected_start is None
    assert run.next == "M3"


def test_skipping_before_a_hard_start_leaves_a_gap() -> None:
    """The five minutes saved are waited out before the fixed start."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3", 5, start="22:15")), now="22:00")
    run.go("M1")
    run.skip("M2")

    assert run.row("M3").projected_start == at("22:15")


# --- deleted and skipped under air -----------------------------------------------------------------------------


def test_skipping_the_running_item_leaves_its_clock() -> None:
    """The cue on air is marked to be skipped in the sheet: its clock stays its own, and next is what comes after it."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3", 5)), now="22:00")
    run.go("M1")
    run.wait("4:00")
    before = run.times
    run.skip("M1")

    assert run.times.countdown == before.countdown == Countdown(4 * MINUTE, 6 * MINUTE, 10 * MINUTE)
    assert run.states() == "M1 on air, M2 next, M3 upcoming"
    assert run.row("M2") == before.rows[1]


def test_deleting_the_running_item_leaves_its_clock_and_its_place() -> None:
    """Somebody deletes the running row from the sheet: it runs on, and what came after it still comes after it."""
    whole = day(cue("M1", 10), cue("M2", 5), cue("M3", 5))
    run = Run(whole, now="22:00")
    run.go("M1")
    run.until("22:10")
    run.go("M2")
    run.wait("1:00")
    run.load(without(whole, "M2"))

    assert run.times.countdown == Countdown(1 * MINUTE, 4 * MINUTE, 5 * MINUTE)
    assert run.states() == "M1 done, M3 next"
    assert run.row("M3").projected_start == at("22:15")
    assert run.times.over == 5 * MINUTE


def test_deleting_the_running_first_item() -> None:
    """The same at the head of the day, where nothing stands before it."""
    whole = day(cue("M1", 10), cue("M2", 5))
    run = Run(whole, now="22:00")
    run.go("M1")
    run.load(without(whole, "M1"))

    assert run.states() == "M2 next"
    assert run.row("M2").projected_start == at("22:10")
    assert run.times.over == 10 * MINUTE


# --- counting to an end ----------------------------------------------------------------------------------------


def test_count_to_end_across_midnight() -> None:
    """Counting to 00:30 from 23:50: forty minutes, ten after midnight still twenty; never −72:01:10."""
    run = Run(day(cue("M1", start="23:50", end="24:30"), cue("M2")), now="23:50")
    run.go("M1")
    assert run.times.countdown == Countdown(Duration(0), 40 * MINUTE, 40 * MINUTE)

    run.until("24:10")
    clock = run.clock
    assert clock.remaining is not None
    assert countdown_text(clock.remaining) == "20:00"
    assert run.times.over == 0


def test_count_to_end_in_overtime() -> None:
    """At 00:32 the same cue is two minutes over and says so; the next start moves on."""
    run = Run(day(cue("M1", start="23:50", end="24:30"), cue("M2")), now="23:50")
    run.go("M1")
    run.until("24:32")

    clock = run.clock
    assert clock.remaining is not None
    assert countdown_text(clock.remaining) == "+2:00"
    assert run.row("M2").projected_start == at("24:32")


def test_a_late_start_makes_what_counts_to_its_end_shorter() -> None:
    """The discussion is elastic: five minutes late before it, still on time after it."""
    run = Run(day(cue("M1", 10), cue("M2", end="22:40"), cue("M3")), now="22:05")
    run.go("M1")

    assert run.row("M3").projected_start == at("22:40")
    run.until("22:15")
    run.go("M2")
    assert run.times.countdown == Countdown(Duration(0), 25 * MINUTE, 25 * MINUTE)
    assert run.times.over == 0


def test_time_added_to_what_counts_to_its_end_moves_that_end() -> None:
    """Five more minutes for the discussion, before it runs and while it runs alike."""
    run = Run(day(cue("M1", 10), cue("M2", end="22:40"), cue("M3")), now="22:00")
    run.go("M1")
    run.add("M2", "5:00")
    assert run.row("M2").projected_end == at("22:45")

    run.until("22:10")
    run.go("M2")
    assert run.clock.remaining == 35 * MINUTE
    assert run.row("M3").projected_start == at("22:45")


# --- open ends -------------------------------------------------------------------------------------------------


def test_an_open_item_stretches_to_the_next_hard_point() -> None:
    """On the free evening the calls last until ten minutes of wrap-up have to begin; they have no countdown."""
    run = Run(day(cue("F1", None), cue("F2", 10), end="23:00"), now="22:00")
    run.go("F1")

    clock = run.clock
    assert (clock.remaining, clock.total) == (None, None)
    assert run.row("F1").projected_end == at("22:50")
    assert run.times.over == 0
    run.until("22:55")
    assert run.row("F2").projected_start == at("22:55")
    assert run.times.over == 5 * MINUTE


def test_an_open_item_on_its_way_to_air_stretches_too() -> None:
    """Between GO and the picture it already reaches to where it will reach."""
    run = Run(day(cue("F0"), cue("F1", None), cue("F2", 10), end="23:00"), now="22:00")
    run.go("F0")
    run.until("22:05")
    run.press_go("F1")

    assert run.row("F1").projected_end == at("22:50")


# --- back-timing and hard points -------------------------------------------------------------------------------


def test_latest_start_is_backtimed_from_the_hard_end() -> None:
    """For the declaration to be over at 23:20, it has to begin by 23:10 and the discussion by 22:50."""
    run = Run(day(cue("M1", 10), cue("M2", 20), cue("M3", 10), end="23:20"), now="22:00")
    run.go("M1")

    assert run.row("M2").latest_start == at("22:50")
    assert run.row("M3").latest_start == at("23:10")
    assert run.row("M1").latest_start is None


def test_latest_start_follows_what_the_operators_change() -> None:
    """Five minutes added to the declaration have to be found before it; the skipped discussion frees twenty."""
    run = Run(day(cue("M1", 10), cue("M2", 20), cue("M3", 10), end="23:20"), now="22:00")
    run.add("M3", "5:00")
    assert run.row("M2").latest_start == at("22:45")

    run.skip("M2")
    assert run.row("M1").latest_start == at("22:55")


def test_the_next_hard_point() -> None:
    """What the show is heading for: a hard start, then the session's hard end, then the next session's start."""
    run = Run(
        day(
            session(cue("A1", 10), cue("A2", start="22:20"), start="22:00", end="22:30", id="one"),
            session(cue("B1", skip=True), cue("B2"), start="23:00", id="two"),
        ),
        now="22:00",
    )
    points = [run.times.hard]
    for number in ("A1", "A2"):
        run.go(number)
        points.append(run.times.hard)
        run.wait("10:00")
    run.end()
    points.append(run.times.hard)
    run.go("B2")

    assert [
        (clock_text(point.at, SEOUL, seconds=False), point.cue and point.cue.number) for point in points if point
    ] == [
        ("22:00", "A1"),
        ("22:20", "A2"),
        ("22:30", None),
        ("23:00", "B2"),
    ]
    assert run.times.hard is None


# --- added time ------------------------------------------------------------------------------------------------


def test_time_added_to_the_running_cue() -> None:
    """One minute more for the speaker: its countdown and all after it move by a minute."""
    run = Run(day(cue("M1", 10), cue("M2")), now="22:00")
    run.go("M1")
    run.wait("3:00")
    run.add("M1", "1:00")

    assert run.times.countdown == Countdown(3 * MINUTE, 8 * MINUTE, 11 * MINUTE)
    assert run.row("M2").projected_start == at("22:11")
    run.add("M1", "-5:00")
    assert run.times.countdown == Countdown(3 * MINUTE, 3 * MINUTE, 6 * MINUTE)
    assert run.times.over == -4 * MINUTE


def test_no_cue_becomes_shorter_than_nothing() -> None:
    """Taking ten minutes from five leaves none; giving seven back leaves two, as the sum says."""
    run = Run(day(cue("M1", 10), cue("M2", 5), cue("M3")), now="22:00")
    run.go("M1")
    run.add("M2", "-10:00")
    assert run.row("M2").projected_end == at("22:10")

    run.add("M2", "7:00")
    assert run.row("M2").projected_end == at("22:12")


# --- hold ------------------------------------------------------------------------------------------------------


def test_hold_and_resume() -> None:
    """The line to London drops after two minutes: three minutes of hold are not the speaker's."""
    run = Run(day(cue("M1", 10), cue("M2")), now="22:00")
    run.go("M1")
    run.until("22:02")
    run.hold()
    run.until("22:05")
    assert run.times.countdown == Countdown(2 * MINUTE, 8 * MINUTE, 10 * MINUTE)
    assert run.row("M2").projected_start == at("22:13")

    run.resume()
    run.until("22:06")
    assert run.times.countdown == Countdown(3 * MINUTE, 7 * MINUTE, 10 * MINUTE)
    assert run.row("M2").projected_start == at("22:13")


def test_hold_does_not_move_an_end_that_is_counted_to() -> None:
    """The clock on the wall does not wait: held for five minutes, the discussion still ends at 22:40."""
    run = Run(day(cue("M1", end="22:40"), cue("M2")), now="22:00")
    run.go("M1")
    run.until("22:10")
    run.hold()
    run.until("22:15")

    assert run.times.countdown == Countdown(10 * MINUTE, 25 * MINUTE, 40 * MINUTE)
    run.resume()
    run.until("22:20")
    assert run.times.countdown == Countdown(15 * MINUTE, 20 * MINUTE, 40 * MINUTE)
    assert run.row("M2").projected_start == at("22:40")


# --- clips -----------------------------------------------------------------------------------------------------


def clip_run(kind: Kind = Kind.CLIP, loops: frozenset[InputId] = frozenset()) -> Run:
    """The climate session opens with a recorded message of 2:30, of which the sheet says three minutes."""
    rundown = day(replace(cue("V1", 3, clip="clip-message"), kind=kind), cue("M1", 10))
    run = Run(rundown, now="22:00")
    run.post(replace(loaded(rundown, (PROGRAM,)), loops=loops))
    run.go("V1")
    return run


def clip_seen(run: Run, playback: Playback, position: str | None, whole: str | None = "2:30") -> None:
    run.post(
        ClipSeen(
            PROGRAM,
            "clip-message",
            playback,
            None if position is None else length(position),
            None if whole is None else length(whole),
        )
    )


def test_the_clips_own_clock_is_the_truth() -> None:
    """OBS says the file is 2:30 long and at 0:04 five seconds after the take: that is what is counted down."""
    run = clip_run()
    assert run.times.countdown == Countdown(Duration(0), 3 * MINUTE, 3 * MINUTE)
    run.wait("0:05")
    clip_seen(run, Playback.PLAYING, "0:04")

    assert run.times.countdown == Countdown(length("0:05"), length("2:26"), length("2:30"))
    run.wait("0:10")
    assert run.times.countdown == Countdown(length("0:15"), length("2:16"), length("2:30"))
    assert run.row("M1").projected_start == at("22:02:31")


def test_a_paused_clip_stands_still() -> None:
    """Its countdown waits, and what follows it is later by as much."""
    run = clip_run()
    run.wait("0:30")
    clip_seen(run, Playback.PAUSED, "0:30")
    run.wait("1:00")

    assert run.clock.remaining == length("2:00")
    assert run.row("M1").projected_start == at("22:03:30")


def test_an_ended_clip_counts_how_long_its_last_picture_stands() -> None:
    """OBS gives no cursor once it has ended, but it said when that was: twenty seconds ago. The next cue is due now."""
    run = clip_run()
    clip_seen(run, Playback.PLAYING, "0:00")
    run.wait("2:30")
    clip_seen(run, Playback.ENDED, None, None)
    assert run.clock.remaining == 0
    run.wait("0:20")

    assert run.clock.remaining == -length("0:20")
    assert run.row("M1").projected_start == run.now


def test_a_film_behind_a_break_is_not_the_breaks_clock() -> None:
    """Ten minutes of break with twenty seconds of city views: what counts is the break."""
    run = clip_run(Kind.BREAK)
    clip_seen(run, Playback.PLAYING, "0:10", "0:20")
    run.wait("1:00")
    assert run.times.countdown == Countdown(1 * MINUTE, 2 * MINUTE, 3 * MINUTE)


def test_a_clip_that_begins_again_at_its_end_has_none() -> None:
    """The slate with the moving ground is a clip cue: the sheet's three minutes count."""
    run = clip_run(loops=frozenset([InputId("clip-message")]))
    clip_seen(run, Playback.PLAYING, "0:10", "0:20")
    run.wait("1:00")
    assert run.times.countdown == Countdown(1 * MINUTE, 2 * MINUTE, 3 * MINUTE)


def test_a_clip_is_never_counted_past_its_own_end() -> None:
    """OBS has gone silent during the clip: 0:00 and not overtime, which nobody knows of."""
    run = clip_run()
    clip_seen(run, Playback.PLAYING, "0:00")
    run.wait("5:00")

    assert run.clock.remaining == 0


def test_a_clip_that_fails_leaves_the_sheets_time() -> None:
    """The file cannot be read: its clock means nothing any more, the three minutes of the sheet do."""
    run = clip_run()
    clip_seen(run, Playback.PLAYING, "0:00")
    run.wait("1:00")
    clip_seen(run, Playback.FAILED, None)

    assert run.times.countdown == Countdown(1 * MINUTE, 2 * MINUTE, 3 * MINUTE)


def test_another_clip_in_the_sheet_does_not_stop_the_running_ones_clock() -> None:
    """The row is given another file while its first one plays: what plays is counted down."""
    whole = day(cue("V1", 3, clip="clip-message"), cue("M1", 10))
    run = Run(whole, now="22:00")
    run.go("V1")
    clip_seen(run, Playback.PLAYING, "0:00")
    run.load(edited(whole, "V1", clip=InputId("clip-other")))

    assert run.clock.total == length("2:30")


# --- days, zones, sessions -------------------------------------------------------------------------------------


def test_the_right_day_of_several() -> None:
    """On the evening of 2 June the day of 3 June is seen as to come in eleven and a half hours, not as hours late."""
    run = Run(day(cue("C1"), start="33:30"), now="22:00")

    assert clock_text(run.row("C1").planned_start, SEOUL) == "09:30:00"
    assert run.times.over == 0
    assert run.row("C1").projected_start == at("09:30", date(2020, 6, 3))


def test_a_session_past_midnight() -> None:
    """The mayors' meeting runs from 22:00 until 00:20: one session, one day, no jump at midnight."""
    run = Run(day(cue("M1", 110), cue("M2", 30), end="24:20"), now="22:00")
    run.go("M1")
    run.until("23:50")
    run.go("M2")
    run.until("24:05")

    assert run.times.countdown == Countdown(15 * MINUTE, 15 * MINUTE, 30 * MINUTE)
    assert run.times.sessions[SessionId("talks")].projected_end == at("24:20")
    assert run.times.over == 0
    assert over_text(run.times.over) == "±0:00"


def test_spans_planned_projected_and_actual() -> None:
    """A session is projected until its last cue is over, and then it is history."""
    run = Run(
        day(
            session(cue("A1", 10), cue("A2", 10), start="22:00", end="22:20", id="one"),
            session(cue("B1", 10), start="22:30", id="two"),
        ),
        now="22:01",
    )
    one, two = SessionId("one"), SessionId("two")
    run.go("A1")
    assert run.times.sessions[one] == (at("22:00"), at("22:20"), at("22:01"), at("22:21"), at("22:01"), None)

    run.until("22:11")
    run.go("A2")
    run.until("22:22")
    run.end()
    assert run.times.sessions[one] == (at("22:00"), at("22:20"), at("22:01"), at("22:22"), at("22:01"), at("22:22"))
    assert run.times.sessions[one].over == 2 * MINUTE
    assert run.times.sessions[two] == (at("22:30"), at("22:40"), at("22:30"), at("22:40"), None, None)


def test_a_session_begins_with_what_was_on_air_first_not_with_its_first_row() -> None:
    """The second row was taken first; the session's real start is that one's."""
    run = Run(day(cue("M1", 10), cue("M2", 10), cue("M3")), now="22:00")
    run.standby("M2")
    run.go("M2")
    run.until("22:10")
    run.standby("M1")
    run.go("M1")

    assert run.times.sessions[SessionId("talks")].actual_start == at("22:00")


def test_a_mistaken_go_does_not_begin_a_session() -> None:
    """The afternoon's first cue was on air for five seconds by mistake; the afternoon has not begun."""
    run = Run(
        day(session(cue("A1", 60), start="11:00", id="morning"), session(cue("B1", 30), start="13:00", id="afternoon")),
        now="11:00",
    )
    run.go("A1")
    run.wait("5:00")
    run.go("B1")
    run.wait("0:05")
    run.back()

    assert run.times.sessions[SessionId("afternoon")].actual_start is None
    assert run.times.sessions[SessionId("afternoon")].projected_start == at("13:00")


def test_a_day_without_cues_has_no_times() -> None:
    """A sheet that is only begun is shown, empty."""
    times = Run(day(), now="22:00").times
    assert (times.rows, times.day, times.next, times.hard, times.over) == ((), None, None, None, 0)
    assert Run(None, connect=False).times.day is None


# --- what always holds -----------------------------------------------------------------------------------------

lengths = st.integers(0, 40)
minutes_later = st.integers(0, 90)


def chain(whole: list[int]) -> list[Cue]:
    return [cue(f"M{number}", minutes) for number, minutes in enumerate(whole, 1)]


@st.composite
def any_day(draw: st.DrawFn) -> Run:
    """A day of every sort of cue, some of them already run, at some moment."""
    cues: list[Cue] = []
    for number in range(1, draw(st.integers(2, 7)) + 1):
        sort = draw(st.sampled_from(["length", "length", "open", "counts", "fixed", "skipped"]))
        clock = f"22:{draw(st.integers(0, 59)):02}"
        cues.append(
            cue(
                f"M{number}",
                None if sort == "open" else draw(lengths),
                start=clock if sort == "fixed" else None,
                end=clock if sort == "counts" else None,
                skip=sort == "skipped",
            )
        )
    run = Run(day(*cues, start=draw(st.sampled_from(["22:00", None])), end=draw(st.sampled_from(["23:00", None]))))
    for _ in range(draw(st.integers(0, 3))):
        following = run.next
        if following is not None:
            run.wait(GUARD)
            run.go(following)
        run.wait(draw(minutes_later) * MINUTE // 3)
    for number in draw(st.lists(st.sampled_from(cues), max_size=2)):
        run.skip(number.number)
    return run


@given(any_day())
def test_projected_times_never_run_backwards(run: Run) -> None:
    """What comes later starts later, nothing starts in the past, and no hard start is early."""
    times = run.times
    cursor = run.now
    opens = {part.cues[0].id: part.start for part in run.show.day.sessions if part.cues} if run.show.day else {}
    for row in times.rows:
        if row.state not in (CueState.NEXT, CueState.UPCOMING):
            continue
        assert row.projected_start is not None
        assert row.projected_end is not None
        assert cursor <= row.projected_start <= row.projected_end
        fixed = row.cue.start or opens.get(row.cue.id)
        assert fixed is None or row.projected_start >= fixed
        cursor = row.projected_end


@given(any_day())
def test_rows_tell_one_story(run: Run) -> None:
    """At most one cue is on air and one is next; next is neither skipped nor on air, and comes after what is."""
    rows = run.times.rows
    on_air = [place for place, row in enumerate(rows) if row.state is CueState.ON_AIR]
    following = [place for place, row in enumerate(rows) if row.state is CueState.NEXT]
    assert len(on_air) <= 1
    assert len(following) <= 1
    assert [rows[place].cue for place in following] == ([run.times.next] if run.times.next else [])
    assert all(place < later for place in on_air for later in following)
    assert [rows[place].cue.number for place in on_air] == ([run.on_air] if run.on_air else [])


@given(st.lists(lengths, min_size=1, max_size=6), minutes_later, st.integers(-30, 90))
def test_without_gaps_the_day_ends_as_late_as_the_show_is(whole: list[int], waited: int, late: int) -> None:
    """Nothing absorbs anything: over is the same at the running cue and at the end of the day."""
    run = Run(day(*chain(whole)))
    run.now = Instant(at("22:00") + late * MINUTE)
    run.go("M1")
    run.wait(waited * MINUTE)

    times = run.times
    assert times.day is not None
    assert times.day.projected_end - times.day.planned_end == times.over == times.day.over


@given(lengths, minutes_later)
def test_elapsed_and_remaining_make_the_whole(minutes: int, waited: int) -> None:
    """Whatever the clock says, in overtime too."""
    run = Run(day(cue("M1", minutes)), now="22:00")
    run.go("M1")
    run.wait(waited * MINUTE)

    clock = run.clock
    assert clock.remaining is not None
    assert clock.elapsed + clock.remaining == clock.total == minutes * MINUTE


@given(st.lists(lengths, min_size=1, max_size=4), st.integers(0, 39), st.integers(0, 60))
def test_a_hold_moves_the_end_by_just_as_much(whole: list[int], before: int, held: int) -> None:
    """Held within its time, with nothing behind it to absorb it."""
    run = Run(day(cue("M0", 40), *chain(whole)), now="22:00")
    run.go("M0")
    run.wait(before * MINUTE)
    ends = [run.times.day]
    run.hold()
    run.wait(held * MINUTE)
    ends.append(run.times.day)
    run.resume()
    ends.append(run.times.day)

    first, during, after = [end.projected_end for end in ends if end is not None]
    assert during - first == after - first == held * MINUTE


@given(any_day(), st.integers(-60, 60), st.integers(0, 6))
def test_time_added_and_taken_away_again_is_as_if_nothing_had_been(run: Run, minutes: int, which: int) -> None:
    """For every time on the screen."""
    rows = run.times.rows
    number = rows[which % len(rows)].cue.number
    before = run.times
    sign, back = ("", "-") if minutes >= 0 else ("-", "")
    run.add(number, f"{sign}{abs(minutes)}:00")
    run.add(number, f"{back}{abs(minutes)}:00")

    assert run.times == before


@given(st.lists(lengths, min_size=2, max_size=6), st.integers(0, 5), minutes_later)
def test_a_skip_moves_the_end_by_exactly_its_length(whole: list[int], which: int, waited: int) -> None:
    """Of a cue that is to come, with no hard point after it."""
    run = Run(day(cue("M0", 5), *chain(whole)), now="22:00")
    run.go("M0")
    run.wait(waited * MINUTE)
    before = run.times.day
    skipped = which % len(whole)
    run.skip(f"M{skipped + 1}")

    assert before is not None
    assert run.times.day is not None
    left = [row for row in run.times.rows if row.state in (CueState.NEXT, CueState.UPCOMING)]
    assert len(left) == len(whole) - 1
    assert run.times.day.projected_end == before.projected_end - whole[skipped] * MINUTE


@pytest.mark.parametrize("hours", [0, 3, 9, 26])
def test_times_are_the_same_at_every_hour_of_the_day(hours: int) -> None:
    """The same show, hours later, past midnight: every difference is the same, to the millisecond."""
    shift = hours * 60 * MINUTE

    def differences(begin: str) -> list[int]:
        run = Run(day(cue("M1", 10), cue("M2", 15), cue("M3", None), start=begin, end=None), now=begin)
        zero = run.now
        run.go("M1")
        run.wait("12:34")
        run.go("M2")
        return [(row.projected_end or row.actual_end or zero) - zero for row in run.times.rows]

    assert differences("00:10") == differences(f"{hours:02}:10")
    assert at(f"{hours:02}:10") - at("00:10") == shift


def test_ids_not_numbers_hold_a_cue_together() -> None:
    """Renumbering the sheet under air changes what people read and no clock."""
    whole = day(cue("M1", 10), cue("M2", 5))
    run = Run(whole, now="22:00")
    run.go("M1")
    run.wait("2:00")
    before = run.times.countdown
    run.load(edited(whole, "M1", number="M07"))

    assert run.times.countdown == before
    assert run.times.rows[0].cue.id == name("M1")
    assert run.times.rows[0].state is CueState.ON_AIR

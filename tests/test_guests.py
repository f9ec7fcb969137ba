"""A day with guests from three cities: what is known of them, who is on air, whose turn comes, who is not ready."""

from __future__ import annotations

from dataclasses import replace

from studio_console.core.events import ClockStepped, ConsoleStarted, RundownLoaded
from studio_console.core.guests import (
    NO_CHECK,
    SIGNAL_WORDS,
    guest_of,
    guests_by_scene,
    is_ready,
    lacking,
    tally,
    turns,
)
from studio_console.core.presses import Check, GuestChecked, Verdict
from studio_console.core.refusals import NO_GUEST
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import Day
from studio_console.core.show import Checked, GuestState
from studio_console.core.text import Text, same
from studio_console.core.units import CueId, DayId, Duration, PersonId, SceneName
from tests.builders import BOTH, PROGRAM, WALL, Run, at, cue, day, edited, name, scenes_of, without

LIMA, KABUL, DELHI = PersonId("lima"), PersonId("kabul"), PersonId("delhi")
GUESTS = "lima kabul delhi"
DAY = day(
    cue("M1", speakers="seoul"),
    cue("M2", speakers="lima", needs="lima interpretation"),
    cue("M3", speakers="seoul", needs="kabul"),
    cue("M4", speakers="kabul lima"),
    cue("M5", speakers="seoul"),
)


def started(whole: Day = DAY, **options: object) -> Run:
    return Run(whole, surfaces=BOTH, guests=GUESTS, now="22:00", **options)  # type: ignore[arg-type]


def on_air(*numbers: str) -> Run:
    run = started()
    run.go_through(*numbers, each="1:00")
    return run


def checked(guest: PersonId, *checks: Check, verdict: Verdict | None = Verdict.GOOD) -> list[GuestChecked]:
    return [GuestChecked(guest, check, verdict, "director") for check in checks]


def say_ready(run: Run, *guests: PersonId) -> None:
    for guest in guests:
        run.post(GuestSeen(guest, Signal.LIVE), *checked(guest, *Check))


# --- what is known of them


def test_a_signal_counts_from_when_it_began() -> None:
    """It is told a little later than it happened; how often it is told does not matter."""
    run = started()
    assert guest_of(run.show, LIMA) == GuestState(Signal.CONNECTING, None)
    run.post(GuestSeen(LIMA, Signal.FROZEN, Duration(1_300)))
    assert guest_of(run.show, LIMA).since == at("22:00") - 1_300
    run.wait("0:10")
    run.post(GuestSeen(LIMA, Signal.FROZEN))
    assert guest_of(run.show, LIMA).since == at("22:00") - 1_300
    run.post(GuestSeen(LIMA, Signal.LIVE))
    assert guest_of(run.show, LIMA).since == at("22:00:10")


def test_a_signal_is_never_from_the_future() -> None:
    """Two clocks may differ by a millisecond."""
    run = started()
    run.post(GuestSeen(LIMA, Signal.LIVE, Duration(-5)))
    assert guest_of(run.show, LIMA).since == run.now


def test_a_new_reason_for_the_same_signal_is_kept_and_its_time_stays() -> None:
    """Refused first, then silent: lost since the first of them."""
    run = started()
    run.post(GuestSeen(LIMA, Signal.LOST, reason=same("refused")))
    run.wait("1:00")
    run.post(GuestSeen(LIMA, Signal.LOST, reason=same("no answer")))
    assert guest_of(run.show, LIMA) == GuestState(Signal.LOST, at("22:00"), same("no answer"))


def test_connecting_is_said_even_to_one_of_whom_nothing_was_heard() -> None:
    """So that it is known since when it has been tried."""
    run = started()
    run.post(GuestSeen(LIMA, Signal.CONNECTING))
    assert guest_of(run.show, LIMA).since == at("22:00")


def test_a_report_on_somebody_who_left_changes_nothing() -> None:
    """The worker had not heard of it yet."""
    run = started()
    before = run.show
    run.post(GuestSeen(PersonId("rome"), Signal.LIVE))
    assert run.show is before


def test_a_check_is_made_changed_and_taken_away() -> None:
    """By whom and when is kept with each mark."""
    run = started()
    run.post(*checked(LIMA, Check.SOUND, verdict=Verdict.BAD))
    assert guest_of(run.show, LIMA).checks == {Check.SOUND: Checked(Verdict.BAD, at("22:00"), "director")}
    run.wait("1:00")
    run.post(*checked(LIMA, Check.SOUND, Check.LIGHT))
    assert guest_of(run.show, LIMA).checks == {
        Check.SOUND: Checked(Verdict.GOOD, at("22:01"), "director"),
        Check.LIGHT: Checked(Verdict.GOOD, at("22:01"), "director"),
    }
    run.post(*checked(LIMA, Check.SOUND, verdict=None))
    assert list(guest_of(run.show, LIMA).checks) == [Check.LIGHT]


def test_only_a_remote_guest_of_the_day_can_be_checked() -> None:
    """The operator is told why nothing happened; the next good check takes the words away."""
    run = started()
    run.post(*checked(PersonId("seoul"), Check.SOUND))
    assert run.refused == NO_GUEST
    assert run.show.guests == {}
    run.post(*checked(LIMA, Check.SOUND))
    assert run.show.refusal is None


def test_a_restart_forgets_pictures_and_keeps_checks() -> None:
    """What the pictures do has to be seen anew; what a person found an hour ago still holds."""
    run = started()
    run.post(GuestSeen(KABUL, Signal.LIVE), GuestSeen(LIMA, Signal.LOST, reason=same("gone")), *checked(LIMA, *Check))
    checks = guest_of(run.show, LIMA).checks
    run.post(ConsoleStarted())
    assert run.show.guests == {LIMA: GuestState(checks=checks)}


def test_a_guest_who_leaves_the_rundown_and_comes_back_keeps_the_check_only() -> None:
    """A file saved in the middle of an edit; whoever stays does not notice."""
    run = started()
    say_ready(run, LIMA, KABUL)
    before = run.show.guests
    run.guests = "kabul"
    run.load(DAY)
    assert run.show.guests[KABUL] == before[KABUL]
    assert run.show.guests[LIMA] == GuestState(checks=before[LIMA].checks)
    assert LIMA not in turns(run.show)
    run.post(GuestSeen(LIMA, Signal.LOST))
    assert run.show.guests[LIMA].signal is Signal.CONNECTING
    run.guests = GUESTS
    run.load(DAY)
    run.post(GuestSeen(LIMA, Signal.LIVE))
    assert is_ready(run.show, LIMA)


def test_another_day_begins_without_checks() -> None:
    """Yesterday's tech check says nothing of today's line."""
    run = started()
    say_ready(run, LIMA)
    run.load(replace(DAY, id=DayId("tomorrow")))
    assert run.show.guests == {}


def test_a_clock_that_is_set_moves_all_marks_of_guests() -> None:
    """Frozen for so long stays frozen for so long."""
    run = started()
    run.post(GuestSeen(LIMA, Signal.FROZEN), *checked(LIMA, Check.SOUND), *checked(KABUL, Check.SOUND))
    run.post(ClockStepped(Duration(60_000)))
    assert guest_of(run.show, LIMA).since == at("22:01")
    assert guest_of(run.show, LIMA).checks[Check.SOUND].at == at("22:01")
    assert guest_of(run.show, KABUL).since is None


# --- who is on air


def test_tally_is_what_is_seen() -> None:
    """Green before, red with the first picture that a surface shows; the press alone changes no red."""
    run = on_air("M1")
    assert tally(run.show).on_air == frozenset()
    assert tally(run.show).next == {LIMA}
    run.press_go("M2")
    assert tally(run.show).on_air == frozenset()
    assert tally(run.show).next == {LIMA}
    run.confirm(PROGRAM)
    assert tally(run.show).on_air == {LIMA}
    assert tally(run.show).certain
    run.confirm(WALL)
    assert (tally(run.show).on_air, tally(run.show).next) == ({LIMA}, frozenset())


def test_who_was_on_air_stays_red_as_long_as_one_surface_shows_them() -> None:
    """The wall hangs: Lima is still to be seen on it."""
    run = on_air("M1", "M2")
    run.press_go("M3")
    run.confirm(PROGRAM)
    assert tally(run.show).on_air == {LIMA}
    run.confirm(WALL)
    assert tally(run.show).on_air == frozenset()


def test_a_cut_by_hand_is_seen() -> None:
    """Somebody at OBS puts another cue's scene on air: whoever is in it is red, whatever the rundown is at."""
    run = on_air("M1", "M2")
    run.see("M4 program")
    assert tally(run.show).on_air == {LIMA, KABUL}
    run.see("M5 program")
    run.see("M5 wall", WALL)
    assert tally(run.show).on_air == frozenset()
    assert tally(run.show).certain
    assert LIMA in tally(run.show).next  # their cue is on air, and they are not seen


def test_a_scene_that_no_cue_has_makes_the_tally_uncertain() -> None:
    """Nobody knows who is in it."""
    run = on_air("M1", "M2")
    run.see("made by hand")
    assert tally(run.show).on_air == {LIMA}  # on the wall
    assert not tally(run.show).certain


def test_without_any_surface_the_tally_is_what_was_wanted_and_uncertain() -> None:
    """OBS goes on without the console: they may well be on air."""
    run = on_air("M1", "M2")
    run.lose(PROGRAM)
    assert tally(run.show).certain  # the wall shows them, and nobody else was wanted
    run.lose(WALL)
    assert tally(run.show).on_air == {LIMA}
    assert not tally(run.show).certain
    silent = started(connect=False)
    assert not tally(silent.show).certain


def test_who_is_only_supposed_to_be_on_a_lost_surface_is_uncertain() -> None:
    """The programme shows the hall; the wall had Lima when its OBS went."""
    run = on_air("M1", "M2")
    run.lose(WALL)
    run.see("M5 program")
    assert tally(run.show).on_air == {LIMA}
    assert not tally(run.show).certain


def test_a_scene_that_cues_share_shows_only_whom_they_share() -> None:
    """The hall camera serves many cues: none of their remote speakers is seen by it."""
    hall = SceneName("hall")
    scenes = {**scenes_of(DAY, PROGRAM), name("M1"): {PROGRAM: hall}, name("M4"): {PROGRAM: hall}}
    run = Run(DAY, guests=GUESTS, scenes=scenes)
    run.go("M1")
    run.wait("1:00")
    run.standby("M4")
    run.go("M4")
    assert tally(run.show).on_air == frozenset()
    assert guests_by_scene(DAY, scenes, frozenset({LIMA, KABUL}))[PROGRAM] == {
        hall: frozenset(),
        "M2 program": {LIMA},
        "M3 program": frozenset(),
        "M5 program": frozenset(),
    }


def test_who_was_taken_is_seen_whatever_the_files_say_since() -> None:
    """The speaker is changed under air, the cue deleted: its picture is that of the take."""
    run = on_air("M1", "M2")
    run.load(edited(DAY, "M2", speakers=(KABUL,)))
    assert tally(run.show).on_air == {LIMA}
    run.load(without(DAY, "M2"))
    assert tally(run.show).on_air == {LIMA}
    assert tally(run.show).certain
    assert turns(run.show)[LIMA] == 0


# --- whose turn comes


def test_turns_count_the_presses_of_go() -> None:
    """0 on air, 1 next; who has no cue, or is done, has no turn."""
    run = started()
    assert turns(run.show) == {LIMA: 2, KABUL: 4}
    run.go_through("M1", "M2", each="1:00")
    assert turns(run.show) == {LIMA: 0, KABUL: 2}
    run.go_through("M3", "M4", each="1:00")
    assert turns(run.show) == {KABUL: 0, LIMA: 0}
    run.go("M5")
    assert turns(run.show) == {}


def test_turns_follow_skips_and_the_standby() -> None:
    """What is skipped takes no press; what the standby was put behind is passed."""
    run = on_air("M1")
    run.skip("M3")
    assert turns(run.show) == {LIMA: 1, KABUL: 2}
    run.standby("M4")
    assert turns(run.show) == {KABUL: 1, LIMA: 1}
    run.standby("M5")
    assert turns(run.show) == {}


def test_turns_come_in_their_order() -> None:
    """Of one cue in the order in which they speak."""
    run = on_air("M1")
    run.standby("M4")
    assert list(turns(run.show)) == [KABUL, LIMA]


def test_who_is_cut_to_by_hand_has_turn_0() -> None:
    run = on_air("M1")
    run.see("M4 program")
    assert turns(run.show) == {LIMA: 0, KABUL: 0}


def test_without_a_rundown_nobody_has_a_turn() -> None:
    run = Run()
    assert turns(run.show) == {}
    assert tally(run.show).next == frozenset()


# --- who is ready


def test_ready_is_a_good_picture_and_every_check() -> None:
    """Silent is good as well: who waits is muted."""
    run = started()
    assert not is_ready(run.show, LIMA)
    say_ready(run, LIMA)
    assert is_ready(run.show, LIMA)
    run.post(GuestSeen(LIMA, Signal.SILENT))
    assert is_ready(run.show, LIMA)
    run.post(GuestSeen(LIMA, Signal.FROZEN))
    assert not is_ready(run.show, LIMA)
    run.post(GuestSeen(LIMA, Signal.LIVE), *checked(LIMA, Check.LIGHT, verdict=Verdict.BAD))
    assert not is_ready(run.show, LIMA)
    run.post(*checked(LIMA, Check.LIGHT, verdict=None))
    assert not is_ready(run.show, LIMA)


def lacks(run: Run, number: str) -> list[tuple[PersonId, str]]:
    cue_asked = next(one for one in DAY.cues if one.number == number)
    return [(lack.guest, lack.text.en) for lack in lacking(run.show, cue_asked)]


def test_who_is_needed_has_to_have_passed_everything() -> None:
    """M2 names Lima and the interpretation; one word as long as nothing was checked, then each thing that is left."""
    run = started()
    assert lacks(run, "M2") == [(LIMA, "connecting"), (LIMA, NO_CHECK.en)]
    run.post(GuestSeen(LIMA, Signal.BLACK), *checked(LIMA, Check.PICTURE, Check.SOUND, Check.NETWORK))
    run.post(*checked(LIMA, Check.LIGHT, verdict=Verdict.BAD))
    assert lacks(run, "M2") == [(LIMA, "black"), (LIMA, "light bad"), (LIMA, "interpretation channel not checked")]
    say_ready(run, LIMA)
    assert lacks(run, "M2") == []


def test_who_only_speaks_needs_a_good_picture_and_no_bad_mark() -> None:
    """M4 names nobody: what was not checked is not asked for."""
    run = started()
    assert lacks(run, "M4") == [(KABUL, "connecting"), (LIMA, "connecting")]
    run.post(GuestSeen(LIMA, Signal.LIVE), GuestSeen(KABUL, Signal.LIVE))
    assert lacks(run, "M4") == []
    run.post(*checked(KABUL, Check.SOUND, verdict=Verdict.BAD))
    assert lacks(run, "M4") == [(KABUL, "sound bad")]


def test_a_check_named_as_a_need_is_asked_of_every_guest_who_speaks() -> None:
    """``interpretation`` for a cue whose speakers are not named."""
    panel = cue("M6", speakers="seoul kabul delhi", needs="stage interpretation")
    run = started(day(panel))
    for guest in (KABUL, DELHI):
        run.post(GuestSeen(guest, Signal.LIVE), *checked(guest, Check.SOUND))
    run.post(*checked(KABUL, Check.INTERPRETATION))
    assert [(lack.guest, lack.text.ko) for lack in lacking(run.show, panel)] == [(DELHI, "통역 채널 점검 전")]


def test_who_speaks_next_is_asked_for_where_a_cue_names_them() -> None:
    """M3 introduces Kabul: they have to be there before they speak."""
    run = started()
    assert lacks(run, "M3") == [(KABUL, "connecting"), (KABUL, NO_CHECK.en)]


def test_of_whom_there_is_no_preview_the_tech_check_alone_tells() -> None:
    """Lima is on the telephone: no picture is waited for, and what a cue needs of them is asked for all the same."""
    run = started()
    event, _ = run.journal[0]
    assert isinstance(event, RundownLoaded)
    run.post(replace(event, unwatched=frozenset({LIMA})))
    assert lacks(run, "M2") == [(LIMA, NO_CHECK.en)]
    assert lacks(run, "M4") == [(KABUL, "connecting")]
    run.post(*checked(LIMA, *Check))
    assert run.show.refusal is None
    assert lacks(run, "M2") == []
    assert is_ready(run.show, LIMA)


def test_nothing_is_asked_of_those_in_the_hall() -> None:
    assert lacks(started(), "M1") == []


def test_every_signal_has_its_word() -> None:
    """In both languages, without marks."""
    assert set(SIGNAL_WORDS) == set(Signal)
    for word in SIGNAL_WORDS.values():
        assert isinstance(word, Text)
        assert word.marks() == set()


def test_what_follows_from_the_files_is_made_when_they_are_loaded() -> None:
    """The lead time and the guests are those of the rundown as it is now."""
    run = started()
    run.post(RundownLoaded(DAY, {CueId("m2"): {PROGRAM: SceneName("x")}}, BOTH, Duration(1), Duration(2)))
    assert run.show.rundown.guests == frozenset()
    assert run.show.rundown.in_scene == {PROGRAM: {"x": frozenset()}}

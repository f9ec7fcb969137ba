"""What a press, a word from OBS or a missed deadline makes of the show, told as it happens in the control room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studio_console.core import refusals
from studio_console.core import step as step_module
from studio_console.core.alarms import alarms
from studio_console.core.clocktext import clock_text
from studio_console.core.edits import MOST_ADDED
from studio_console.core.effects import LeaveStudioMode, Reconnect, TakeScene, WakeAt
from studio_console.core.events import ClockStepped, ConsoleStarted, DeadlinePassed, JournalTroubled, ShowEvent
from studio_console.core.presses import (
    BackPressed,
    EditRedone,
    EditUndone,
    GoPressed,
    ReconnectPressed,
    StandbyCalled,
    StandbyMoved,
    StudioModeOffPressed,
    TimeAdded,
)
from studio_console.core.reports import (
    ClipSeen,
    CollectionSeen,
    Playback,
    SceneSeen,
    Seen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
)
from studio_console.core.rundown import Transition, TransitionKind
from studio_console.core.show import Phase, next_cue
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, Instant, PressId, SceneName, SurfaceId
from tests.builders import BOTH, DEADLINE, FIVE, PROGRAM, SEOUL, WALL, Run, at, cue, day, edited, length, name, without

BROKEN = Text("OBS가 거부했습니다", "OBS refused")


def five(*taken: str, each: str = "0:00") -> Run:
    """Five cues on two surfaces, a minute before the first; those ``taken`` have been on air for ``each``."""
    run = Run(FIVE, surfaces=BOTH)
    run.go_through(*taken, each=each)
    return run


def on_its_way() -> Run:
    """The first of the five was taken, and OBS has not said a word."""
    run = five()
    run.press_go("M1")
    return run


def interrupted(after: str) -> Run:
    """The first of the five was on air for ``after``, then came a mistaken GO, 30 s ago."""
    run = five("M1", each=after)
    run.go("M2")
    run.wait("0:30")
    return run


def showing(**scenes: dict[SurfaceId, str]) -> Run:
    """Cues by their number and the scenes they want, on two surfaces."""
    pictures = {
        name(number): {surface: SceneName(scene) for surface, scene in wanted.items()}
        for number, wanted in scenes.items()
    }
    return Run(day(*(cue(number) for number in scenes)), surfaces=BOTH, scenes=pictures)


def opening_clip() -> Run:
    """On air is a recorded message of which the sheet says three minutes; a speech follows."""
    run = Run(day(cue("V1", 3, clip="message"), cue("M1")))
    run.go("V1")
    return run


def playing(position: str) -> ClipSeen:
    return ClipSeen(PROGRAM, "message", Playback.PLAYING, length(position), length("2:30"))


# --- GO --------------------------------------------------------------------------------------------------------


def test_go_asks_every_surface_at_once() -> None:
    """One press, one scene change on the programme and one on the wall, and a time by which they are to be seen."""
    fade = Transition(TransitionKind.FADE, Duration(500))
    run = Run(edited(FIVE, "M1", transition=fade), surfaces=BOTH)
    run.press_go("M1")

    press = run.last_press
    assert run.effects == [
        TakeScene(PROGRAM, SceneName("M1 program"), fade, name("M1"), press, "GO M1"),
        TakeScene(WALL, SceneName("M1 wall"), fade, name("M1"), press, "GO M1"),
        WakeAt(Instant(run.now + DEADLINE), press, "confirmation of M1 is due"),
    ]
    assert run.states().startswith("M1 taking, M2 next")
    assert run.on_air is None


def test_on_air_is_what_obs_says_it_is() -> None:
    """The clock starts with OBS's word, not with the press."""
    run = on_its_way()
    run.wait("0:01")
    run.confirm(PROGRAM)

    assert run.on_air == "M1"
    assert run.take.started_at == run.now
    assert run.take.phase is Phase.ON_AIR
    assert run.take.open_surfaces == (WALL,)
    assert run.surface(PROGRAM).seen == run.surface(PROGRAM).wanted == "M1 program"
    assert run.surface(WALL).seen == "holding"


def test_the_second_surface_confirms_without_touching_the_clock() -> None:
    """The wall follows a moment later; while it may still do so there is nothing to be alarmed about."""
    run = on_its_way()
    run.confirm(PROGRAM)
    started = run.now
    run.wait("0:01")
    assert run.alarms == []
    run.confirm(WALL)

    assert run.take.started_at == started
    assert run.take.open_surfaces == ()


@pytest.mark.parametrize(
    ("spoil", "number", "reason"),
    [
        (lambda run: run.go("M1"), "M1", refusals.STALE),
        (lambda run: run.go("M1"), "M9", refusals.STALE),
        (lambda run: run.skip("M1"), "M1", refusals.CUE_SKIPPED),
        (lambda run: run.go("M1"), "M2", refusals.TOO_SOON),
        (lambda run: [run.skip(f"M{number}") for number in range(1, 6)], "M9", refusals.NOTHING_NEXT),
    ],
    ids=["stale", "not in the rundown", "skipped", "too soon", "nothing next"],
)
def test_a_go_that_is_refused_says_why_and_changes_nothing_on_air(
    spoil: Callable[[Run], object], number: str, reason: Text
) -> None:
    """The button flashes, the reason stands on the screen, and nothing is sent to any surface."""
    run = five()
    spoil(run)
    before = run.show
    run.press_go(number)

    assert run.refused == reason
    assert run.sent == {}
    assert run.show.refusal is not None
    assert (run.show.refusal.at, run.show.refusal.press) == (run.now, run.last_press)
    assert (run.show.on_air, run.show.taking, run.show.surfaces) == (before.on_air, before.taking, before.surfaces)
    for language in ("ko", "en"):
        assert "{" not in run.show.refusal.reason.show(language, **run.show.refusal.values)  # type: ignore[arg-type]


def test_go_without_a_rundown_is_refused() -> None:
    """No event is open yet."""
    run = Run()
    run.press_go("M1")
    assert run.refused == refusals.NO_RUNDOWN


def test_a_stale_go_names_what_is_next_now() -> None:
    """The stage manager skipped London while the finger was on its way down: the press for London takes nothing."""
    run = five("M1", each="1:00")
    run.standby("M3")
    run.press_go("M2")

    assert run.refused == refusals.STALE
    assert run.show.refusal is not None
    assert run.show.refusal.values == {"now": "M3"}
    assert run.on_air == "M1"


def test_the_same_press_twice_is_one_press() -> None:
    """A remote key that was sent again because its answer got lost does not take the next cue."""
    run = five()
    press = run.press()
    run.post(GoPressed(name("M1"), press))
    run.confirm()
    run.wait("1:00")
    run.post(GoPressed(name("M2"), press))

    assert run.refused == refusals.ALREADY_DONE
    assert run.on_air == "M1"


def test_the_guard_between_two_gos_ends() -> None:
    """After half a second the next GO is meant."""
    run = five("M1")
    run.wait(499)
    run.press_go("M2")
    assert run.refused == refusals.TOO_SOON
    run.wait(1)
    run.go("M2")
    assert run.on_air == "M2"
    assert run.show.refusal is None


def test_a_clock_set_back_does_not_lock_the_operator_out() -> None:
    """Even if nobody told of the step."""
    run = five("M1")
    run.wait("-1:00:00")
    run.go("M2")
    assert run.on_air == "M2"


def test_go_while_the_last_take_has_no_answer_yet() -> None:
    """OBS hangs; the operator goes on. What was taken counts as having been on air, unconfirmed."""
    run = five("M1", each="1:00")
    run.press_go("M2")
    pressed = run.now
    run.wait("0:01")
    run.press_go("M3")

    assert run.on_air == "M2"
    assert (run.take.phase, run.take.started_at) == (Phase.UNCONFIRMED, pressed)
    assert run.states() == "M1 done, M2 on air, M3 taking, M4 next, M5 upcoming"
    run.confirm()
    assert run.show.runs[name("M2")].confirmed is False
    assert run.show.runs[name("M1")].confirmed is True


def test_a_break_without_layouts_is_on_air_at_once() -> None:
    """Nothing is to be shown, so nobody has to confirm anything."""
    run = showing(M1={PROGRAM: "M1 program"}, B1={})
    run.go("M1")
    run.wait("5:00")
    run.press_go("B1")

    assert run.effects == []
    assert run.on_air == "B1"
    assert run.surface().wanted == "M1 program"
    assert run.alarms == []


def test_two_consecutive_cues_share_one_scene() -> None:
    """Questions follow the talk in the same two-shot. OBS starts no transition: the driver answers for the press."""
    run = showing(M1={PROGRAM: "two-shot"}, M2={PROGRAM: "two-shot"})
    run.go("M1")
    run.wait("5:00")
    run.press_go("M2")
    assert run.sent == {PROGRAM: "two-shot"}
    run.confirm()

    assert run.on_air == "M2"
    assert run.take.started_at == run.now


def test_what_an_earlier_press_brought_confirms_no_later_one() -> None:
    """OBS is slow and the third cue has the first one's scene: the first's late word is not the third's."""
    run = showing(M1={PROGRAM: "hall"}, M2={PROGRAM: "london"}, M3={PROGRAM: "hall"})
    for number in ("M1", "M2", "M3"):
        run.press_go(number)
        run.wait("0:01")
    run.see("hall", press=PressId("press 1"))
    assert run.show.taking is not None

    run.see("london", press=PressId("press 2"))
    run.see("hall", press=PressId("press 3"))
    assert run.on_air == "M3"
    assert run.show.taking is None


def test_standby_called_before_go_is_in_the_record() -> None:
    """ "Stand by" was said for the first cue and forgotten for the second."""
    run = five()
    run.post(StandbyCalled(name("M1")))
    run.go_through("M1", "M2", "M3", each="5:00")

    assert run.show.runs[name("M1")].standby_called is True
    assert run.show.runs[name("M2")].standby_called is False
    run.post(StandbyCalled(name("M9")))
    assert run.refused == refusals.UNKNOWN_CUE


# --- confirmation, late or never -------------------------------------------------------------------------------


def test_no_word_by_the_deadline_raises_the_alarm() -> None:
    """Two seconds and nothing: the clock runs from the press, the alarm names both surfaces, nothing is resent."""
    run = on_its_way()
    pressed = run.now
    run.miss_the_deadline()

    assert run.effects == []
    assert run.on_air == "M1"
    assert (run.take.phase, run.take.started_at) == (Phase.UNCONFIRMED, pressed)
    assert run.alarms == [("unconfirmed", PROGRAM), ("unconfirmed", WALL)]


def test_a_late_word_is_the_truth() -> None:
    """OBS was slow: three seconds after the press it does show the cue, which has been on air from then on."""
    run = on_its_way()
    run.miss_the_deadline()
    run.wait("0:01")
    run.confirm(PROGRAM)

    assert (run.take.phase, run.take.started_at) == (Phase.ON_AIR, run.now)
    assert run.alarms == [("unconfirmed", WALL)]
    run.wait("0:01")
    run.confirm(WALL)
    assert run.take.started_at == run.now - 1000
    assert run.alarms == []


def test_one_surface_says_nothing() -> None:
    """The programme is on air, the wall never answers: that is an alarm of its own, by its name, until it does."""
    run = on_its_way()
    run.confirm(PROGRAM)
    started = run.now
    run.miss_the_deadline()

    assert (run.take.phase, run.take.started_at) == (Phase.ON_AIR, started)
    assert run.alarms == [("unconfirmed", WALL)]
    run.confirm(WALL)
    assert run.alarms == []


def test_one_surface_confirms_and_the_other_fails() -> None:
    """The scene is missing in the wall's OBS: the cue is on air, and the wall's reason is shown."""
    run = on_its_way()
    run.post(TakeFailed(WALL, run.last_press, BROKEN))
    assert run.show.taking is not None
    run.confirm(PROGRAM)

    assert run.on_air == "M1"
    assert run.alarms == [("unconfirmed", WALL)]
    (alarm,) = alarms(run.show)
    assert "OBS refused" in alarm.text.show("en", **alarm.values)
    run.wait("1:00")
    run.go("M2")
    assert run.alarms == []
    assert run.show.runs[name("M1")].confirmed is False


def test_all_surfaces_fail() -> None:
    """Nothing is left to wait for: the cue counts from the press, as it would after the deadline."""
    run = on_its_way()
    for surface in BOTH:
        run.post(TakeFailed(surface, run.last_press, BROKEN))

    assert run.on_air == "M1"
    assert run.alarms == [("unconfirmed", PROGRAM), ("unconfirmed", WALL)]


def test_a_failure_of_an_earlier_take_is_not_held_against_this_one() -> None:
    """The answer to the first GO comes after the second."""
    run = five("M1", each="5:00")
    run.press_go("M2")
    before = run.show
    run.post(TakeFailed(WALL, PressId("press 1"), BROKEN))
    run.post(DeadlinePassed(PressId("press 1")))

    assert run.show == before


def test_a_hold_before_the_word_of_obs_counts_from_then() -> None:
    """GO and at once hold: the hold is the new cue's, and none of its time is lost or won by OBS being slow."""
    run = on_its_way()
    run.wait("0:01")
    run.hold()
    run.wait("0:01")
    run.confirm()
    run.wait("1:00")
    run.resume()
    run.wait("0:10")

    assert run.clock.elapsed == length("0:10")


def test_a_hold_that_is_over_before_the_late_word_of_obs_is_not_counted_after_it() -> None:
    """Held and resumed while nothing was on air: the clock that begins with OBS's word has no hold in it."""
    run = on_its_way()
    run.miss_the_deadline()
    run.hold()
    run.wait("0:10")
    run.resume()
    run.confirm()
    run.wait("0:05")

    assert run.clock.elapsed == length("0:05")


# --- links to OBS ----------------------------------------------------------------------------------------------


def test_a_surface_lost_while_taking() -> None:
    """The wall's OBS dies between GO and its word: the programme goes on, the wall is known to be lost."""
    run = on_its_way()
    run.lose(WALL)
    run.confirm(PROGRAM)

    assert run.on_air == "M1"
    assert run.surface(WALL).seen is None
    assert run.alarms == [("surface-lost", WALL)]


def test_the_only_surface_lost_while_taking() -> None:
    """Nobody is left to confirm; the cue counts from the press and the alarm is the lost link."""
    run = Run(FIVE)
    run.press_go("M1")
    run.lose()

    assert run.on_air == "M1"
    assert run.alarms == [("surface-lost", PROGRAM)]
    assert run.take.phase is Phase.UNCONFIRMED


def test_a_reconnect_shows_the_difference_and_sends_nothing() -> None:
    """OBS was restarted and shows its own first scene: the console says so. A person decides what to do."""
    run = five("M1")
    run.lose(WALL)
    assert run.alarms == [("surface-lost", WALL)]
    run.wait("0:20")
    run.connect(WALL, "Scene")

    assert run.effects == []
    assert run.surface(WALL).differs
    assert run.alarms == [("differs", WALL)]
    (alarm,) = alarms(run.show)
    assert "‘Scene’" in alarm.text.show("ko", **alarm.values)
    assert "‘M1 wall’" in alarm.text.show("ko", **alarm.values)


def test_the_cue_on_air_can_be_sent_again() -> None:
    """After that reconnect: standby on the cue on air, GO. Its picture is sent to all, its clock runs on."""
    run = five("M1")
    run.lose(WALL)
    run.wait("3:00")
    run.connect(WALL, "Scene")
    run.standby("M1")
    assert run.next == "M1"
    run.press_go("M1")
    assert run.sent == {PROGRAM: "M1 program", WALL: "M1 wall"}
    assert run.states() == "M1 taking, M2 next, M3 upcoming, M4 upcoming, M5 upcoming"
    run.confirm()

    assert run.alarms == []
    assert run.clock.elapsed == length("3:00")
    assert run.states().startswith("M1 on air, M2 next")
    assert run.show.history == ()
    assert run.show.runs == {}


def test_sending_again_brings_what_the_files_say_now() -> None:
    """The wrong plate was seen on air and mended in the file; the cue is sent again with its new scene."""
    run = five("M1")
    scenes = {**run.show.rundown.scenes, name("M1"): {PROGRAM: SceneName("M1 mended"), WALL: SceneName("M1 wall")}}
    run.load(edited(FIVE, "M1", floor="en"), scenes)
    assert run.alarms == [("scenes-missing", PROGRAM), ("cue-edited", None)]
    run.connect(PROGRAM, "M1 program")
    assert run.alarms == [("cue-edited", None)]
    run.wait("1:00")
    run.standby("M1")
    run.go("M1")

    assert run.surface(PROGRAM).seen == "M1 mended"
    assert run.alarms == []


def test_a_lost_surface_that_never_left_the_picture() -> None:
    """Only the network was gone: what it shows is what is wanted, and the take in between is confirmed by that."""
    run = on_its_way()
    pressed = run.now
    run.confirm(PROGRAM)
    run.lose(WALL)
    run.wait("0:05")
    run.connect(WALL, "M1 wall")

    assert run.alarms == []
    assert run.take.open_surfaces == ()
    assert run.take.started_at == pressed


def test_a_surface_that_was_never_there() -> None:
    """At the start: connecting is a warning; being refused is an error with its reason, from the first time on."""
    run = Run(day(cue("M1")), connect=False)
    assert run.alarms == [("surface-connecting", PROGRAM)]
    run.lose()
    first = run.now
    run.wait("0:30")
    run.lose()

    (alarm,) = alarms(run.show)
    assert (alarm.code, alarm.since) == ("surface-lost", first)


# --- by hand, and other people's buttons ------------------------------------------------------------------------


def test_switched_by_hand() -> None:
    """Somebody cuts in OBS: the tally shows what is seen, the difference is said, and nothing fights the hand."""
    run = five("M1", each="1:00")
    run.see("holding", WALL)

    assert run.effects == []
    assert (run.surface(WALL).seen, run.surface(WALL).wanted) == ("holding", "M1 wall")
    assert run.alarms == [("differs", WALL)]
    assert run.on_air == "M1"
    run.see("M1 wall", WALL)
    assert run.alarms == []


def test_a_cue_that_obs_refused_is_cut_by_hand() -> None:
    """The operator helps himself in OBS half a minute later: the cue has been on air from then."""
    run = Run(FIVE)
    run.press_go("M1")
    run.post(TakeFailed(PROGRAM, run.last_press, BROKEN))
    run.wait("0:30")
    run.see("M1 program")

    assert run.alarms == []
    assert run.take.started_at == run.now


def test_studio_mode_is_told_and_can_be_switched_off() -> None:
    """Somebody switched studio mode on in the wall's OBS; one press asks to have it off, OBS's word ends the alarm."""
    run = five()
    run.post(StudioModeSeen(WALL, on=True))
    assert run.alarms == [("studio-mode", WALL)]

    run.post(StudioModeOffPressed(WALL))
    assert run.effects == [LeaveStudioMode(WALL, "asked for by the operator")]
    assert run.alarms == [("studio-mode", WALL)]
    run.post(StudioModeSeen(WALL, on=False))
    assert run.alarms == []

    run.post(StudioModeOffPressed(WALL))
    assert run.refused == refusals.STUDIO_MODE_IS_OFF
    run.post(StudioModeOffPressed(SurfaceId("roof")))
    assert run.refused == refusals.UNKNOWN_SURFACE


def test_a_surface_that_was_given_up_is_tried_again_when_asked() -> None:
    """A wrong password is final; mended, one press has it tried again, and nothing is sent there by that."""
    run = five()
    run.post(SurfaceLost(WALL, same("wrong password"), final=True))
    assert ("surface-lost", WALL) in run.alarms

    run.post(ReconnectPressed(WALL))
    assert run.effects == [Reconnect(WALL, "asked for by the operator")]
    assert ("surface-connecting", WALL) in run.alarms
    run.post(ReconnectPressed(WALL))
    assert run.refused == refusals.NOT_GIVEN_UP
    run.post(ReconnectPressed(SurfaceId("roof")))
    assert run.refused == refusals.UNKNOWN_SURFACE


def test_the_scene_collection_changes() -> None:
    """While it does nothing can be sent there, which is said; then its name is known."""
    run = five()
    run.post(CollectionSeen(PROGRAM, "Untitled", changing=True))
    assert run.alarms == [("collection-changing", PROGRAM)]
    run.post(CollectionSeen(PROGRAM, "Summit", changing=False))
    assert run.alarms == []
    assert run.surface().collection == "Summit"


def test_a_journal_that_cannot_be_written_is_told() -> None:
    """The disk is full: cues still go to air, and the alarm stays until it can be written again."""
    run = five()
    run.post(JournalTroubled(Text("디스크가 가득 찼습니다", "the disk is full")))
    run.go("M1")
    assert run.alarms == [("journal", None)]
    run.post(JournalTroubled(None))
    assert run.alarms == []


# --- Back ------------------------------------------------------------------------------------------------------


def test_back_after_a_mistaken_go() -> None:
    """GO came 30 s early. Back: the speaker is on again with the clock run on, the mistake is to come, and marked."""
    run = interrupted("4:00")
    run.press_back()
    assert run.sent == {PROGRAM: "M1 program", WALL: "M1 wall"}
    assert run.states() == "M1 taking, M2 on air, M3 upcoming, M4 upcoming, M5 upcoming"
    run.confirm()

    assert run.states() == "M1 on air, M2 next, M3 upcoming, M4 upcoming, M5 upcoming"
    assert run.clock.elapsed == length("4:30")
    assert run.row("M2").projected_start == at("22:09")
    assert run.show.runs[name("M2")].backed_out is True
    assert name("M1") not in run.show.runs


def test_nothing_jumps_while_back_is_on_its_way() -> None:
    """The times on the screen are those that hold once the picture is back."""
    run = interrupted("4:00")
    run.press_back()
    going = run.times
    run.confirm()

    assert going.over == run.times.over
    assert [row.projected_start for row in going.rows] == [row.projected_start for row in run.times.rows]
    assert [row.projected_end for row in going.rows] == [row.projected_end for row in run.times.rows]


def test_back_to_a_cue_in_overtime() -> None:
    """It was two minutes over already: while it is on its way back its end is now, not two minutes ago."""
    run = interrupted("12:00")
    run.press_back()

    assert run.row("M1").projected_end == run.now
    assert run.row("M2").projected_start == run.now
    assert run.times.over == length("1:30")


def test_the_cue_that_is_leaving_ends_now() -> None:
    """While the next one is being taken the old row has no time of its own left."""
    run = five("M1", each="4:00")
    run.press_go("M2")
    assert run.row("M1").projected_end == run.now


def test_back_while_the_mistake_is_still_being_taken() -> None:
    """Back 200 ms after the mistaken GO: the old picture is asked for again; the mistake never was on air."""
    run = five("M1", each="4:00")
    run.press_go("M2")
    run.wait(200)
    run.press_back()
    assert run.sent == {PROGRAM: "M1 program", WALL: "M1 wall"}
    run.see("M2 program", press=PressId("press 2"))
    assert run.show.taking is not None
    run.confirm()

    assert run.states().startswith("M1 on air, M2 next")
    assert run.show.runs == {}
    assert run.clock.elapsed == 240_200
    run.wait("0:01")
    run.go("M2")
    assert run.on_air == "M2"


def test_back_twice_goes_back_twice() -> None:
    """And at the first cue there is nothing before it."""
    run = five("M1", "M2", "M3", each="1:00")
    run.back()
    run.back()
    assert run.states() == "M1 on air, M2 next, M3 upcoming, M4 upcoming, M5 upcoming"

    run.press_back()
    assert run.refused == refusals.NOTHING_BEFORE
    assert run.on_air == "M1"


def test_a_second_back_waits_for_the_first() -> None:
    """Back pressed twice in a hurry is one Back."""
    run = five("M1", "M2", "M3", each="1:00")
    run.press_back()
    run.press_back()
    assert run.refused == refusals.TOO_SOON
    run.confirm()
    assert run.on_air == "M2"


def test_back_with_nothing_on_air_is_refused() -> None:
    """Before the show, and with the first cue still on its way."""
    run = five()
    run.press_back()
    assert run.refused == refusals.NOTHING_ON_AIR
    run.press_go("M1")
    run.press_back()
    assert run.refused == refusals.NOTHING_BEFORE


def test_the_same_back_twice_is_one_back() -> None:
    """The press was sent again by the remote machine."""
    run = five("M1", "M2", "M3", each="1:00")
    run.back()
    run.post(BackPressed(run.last_press))
    assert run.refused == refusals.ALREADY_DONE
    assert run.on_air == "M2"


def test_back_takes_a_surface_back_that_the_mistake_used_first() -> None:
    """No cue had used the wall yet; the mistaken one put London on it. What was there before comes back."""
    run = showing(M1={PROGRAM: "hall"}, M2={PROGRAM: "a", WALL: "b"})
    run.go("M1")
    run.wait("1:00")
    run.go("M2")
    run.press_back()

    assert run.sent == {PROGRAM: "hall", WALL: "holding"}


def test_back_leaves_alone_what_no_cue_has_changed() -> None:
    """The wall was switched by hand all along; neither cue is about the wall, so neither is Back."""
    run = showing(M1={PROGRAM: "hall"}, M2={PROGRAM: "london"})
    run.go("M1")
    run.see("logo", WALL)
    run.wait("1:00")
    run.go("M2")
    run.press_back()

    assert run.sent == {PROGRAM: "hall"}


def test_back_to_a_cue_with_the_same_picture_needs_no_word() -> None:
    """Talk and questions share a scene; going back between them changes nothing on air and is done at once."""
    run = showing(M1={PROGRAM: "two-shot"}, M2={PROGRAM: "two-shot"})
    run.go("M1")
    run.wait("1:00")
    run.go("M2")
    run.wait("1:00")
    run.press_back()

    assert run.effects == []
    assert run.on_air == "M1"
    assert run.clock.elapsed == length("2:00")


def test_back_after_end_takes_the_cue_up_again() -> None:
    """End was pressed too early: the cue is on air again with its clock, its picture having stayed."""
    run = five("M1", each="4:00")
    run.end()
    run.wait("0:10")
    run.press_back()

    assert run.on_air == "M1"
    assert run.sent == {}
    assert run.clock.elapsed == length("4:10")


def test_back_when_the_mistake_followed_an_end() -> None:
    """Ended, then the wrong GO, caught before the picture came: the ended cue is what was there before."""
    run = five("M1", each="4:00")
    run.end()
    run.press_go("M2")
    run.back()

    assert run.on_air == "M1"
    assert run.next == "M2"


def test_back_from_a_mistaken_jump_to_what_had_been_run_before() -> None:
    """The jump to the first cue was a mistake: that cue keeps the time it really was on air."""
    run = five("M1", each="10:00")
    run.go("M2")
    run.wait("1:00")
    real = run.show.runs[name("M1")]
    run.standby("M1")
    run.go("M1")
    run.wait("0:05")
    run.back()

    assert run.states().startswith("M1 done, M2 on air, M3 next")
    assert run.show.runs[name("M1")] == real


def test_back_to_a_held_cue_finds_it_held() -> None:
    """A hold is ended by resume and by nothing else."""
    run = five("M1", each="2:00")
    run.hold()
    run.wait("1:00")
    run.go("M2")
    run.wait("0:05")
    run.back()

    assert run.clock.elapsed == length("2:00")
    assert run.take.held_since is not None


# --- standby and jumps -----------------------------------------------------------------------------------------


def test_moving_the_standby_changes_nothing_on_air() -> None:
    """Arrows move the standby, never the air."""
    run = five("M1", each="1:00")
    run.standby("M4")
    assert run.effects == []
    assert run.on_air == "M1"
    assert run.next == "M4"
    run.post(StandbyMoved(None))
    assert run.next == "M2"


def test_go_after_moving_the_standby_is_a_jump() -> None:
    """Two cities are not there: standby on the third, GO. The two are passed, next is what follows."""
    run = five("M1", each="10:00")
    run.standby("M4")
    run.go("M4")

    assert run.states() == "M1 done, M2 passed, M3 passed, M4 on air, M5 next"


def test_a_jump_back_to_an_earlier_cue() -> None:
    """The keynote is repeated for the record: it is on air again with a new clock, and all after it comes again."""
    run = five("M1", "M2", "M3", each="5:00")
    run.standby("M1")
    run.go("M1")

    assert run.states() == "M1 on air, M2 next, M3 upcoming, M4 upcoming, M5 upcoming"
    assert run.clock.elapsed == 0
    assert run.row("M2").projected_start == run.now + length("10:00")


def test_standby_on_what_cannot_be_taken_is_refused() -> None:
    """A skipped cue, a cue that is not there."""
    run = five()
    run.skip("M3")
    run.standby("M3")
    assert run.refused == refusals.CUE_SKIPPED
    run.standby("M9")
    assert run.refused == refusals.UNKNOWN_CUE
    assert run.next == "M1"


def test_standby_on_a_cue_that_is_skipped_then_follows_the_order_again() -> None:
    """GO must never take what the sheet says is skipped."""
    run = five("M1")
    run.standby("M3")
    run.skip("M3")
    assert run.next == "M2"
    run.skip("M3", skip=False)
    assert run.next == "M2"


def test_standby_on_a_cue_that_is_deleted_then_follows_the_order_again() -> None:
    """The same when it goes from the file."""
    run = five("M1")
    run.standby("M3")
    run.load(without(FIVE, "M3"))
    assert run.next == "M2"


# --- edits -----------------------------------------------------------------------------------------------------


def test_undo_and_redo() -> None:
    """A minute added, a cue skipped; both taken back, both made again, in order."""
    run = five("M1")
    first = run.times
    run.add("M1", "1:00")
    second = run.times
    run.skip("M2")
    third = run.times

    run.post(EditUndone())
    assert run.times == second
    run.post(EditUndone())
    assert run.times == first
    run.post(EditUndone())
    assert run.refused == refusals.NOTHING_TO_UNDO
    run.post(EditRedone())
    assert run.times == second
    assert run.show.refusal is None
    run.post(EditRedone())
    assert run.times == third
    run.post(EditRedone())
    assert run.refused == refusals.NOTHING_TO_REDO


def test_a_new_edit_after_undo_ends_what_could_be_redone() -> None:
    """As everywhere else."""
    run = five()
    run.add("M1", "1:00")
    run.post(EditUndone())
    run.add("M1", "2:00")
    run.post(EditRedone())
    assert run.refused == refusals.NOTHING_TO_REDO
    assert run.show.edits.added == {name("M1"): length("2:00")}


def test_edits_that_make_no_sense_are_refused() -> None:
    """Time for an unknown cue, for one that has no end to move, and more of it than a day has."""
    run = Run(day(cue("M1"), cue("M2", None)))
    run.add("M9", "1:00")
    assert run.refused == refusals.UNKNOWN_CUE
    run.skip("M9")
    assert run.refused == refusals.UNKNOWN_CUE
    run.add("M2", "1:00")
    assert run.refused == refusals.NO_LENGTH
    run.post(TimeAdded(name("M1"), Duration(MOST_ADDED + 1)))
    assert run.refused == refusals.TOO_MUCH_TIME
    assert run.show.edits.done == ()


# --- hold, resume, end -----------------------------------------------------------------------------------------


def test_hold_and_resume_where_they_mean_nothing() -> None:
    """Each says so, and changes no clock."""
    run = five()
    for press in (run.hold, run.resume, run.end):
        press()
        assert run.refused == refusals.NOTHING_ON_AIR
    run.go("M1")
    run.resume()
    assert run.refused == refusals.NOT_HELD
    run.hold()
    held = run.show.on_air
    run.wait("1:00")
    run.hold()
    assert run.refused == refusals.ALREADY_HELD
    assert run.show.on_air == held


def test_end_stops_the_clock_and_leaves_the_picture() -> None:
    """The talk is over and the next is not ready: nothing is sent, the run is recorded, next stays next."""
    run = Run(day(cue("M1", clip="message"), cue("M2")))
    run.go("M1")
    run.post(playing("0:00"))
    run.wait("8:00")
    run.end()

    assert run.effects == []
    assert run.on_air is None
    assert run.times.countdown is None
    assert run.show.clip is None
    assert run.surface().wanted == "M1 program"
    assert run.alarms == []
    assert (run.show.runs[name("M1")].ended_at, run.next) == (run.now, "M2")


# --- clips -----------------------------------------------------------------------------------------------------


def test_a_clip_that_starts_before_the_word_of_the_take() -> None:
    """OBS tells of the clip first and of the transition after: the clip's clock is not lost."""
    run = Run(day(cue("M1"), cue("V1", 3, clip="message")))
    run.go("M1")
    run.wait("5:00")
    run.press_go("V1")
    run.post(playing("0:00"))
    assert run.clock.total == length("5:00")
    run.confirm()

    assert run.clock.total == length("2:30")


def test_other_peoples_clips_are_nobodys_clock() -> None:
    """A logo loop that happens to play in OBS; and the clip of a cue that is over."""
    run = opening_clip()
    run.post(ClipSeen(PROGRAM, "logo loop", Playback.PLAYING, length("0:01"), length("0:10")))
    assert run.show.clip is None
    run.post(playing("0:00"))
    run.wait("2:30")
    run.go("M1")
    run.post(playing("0:05"))
    assert run.show.clip is None


def test_a_clip_that_does_not_play_is_an_alarm() -> None:
    """The file is broken: said at once, gone with the cue."""
    run = opening_clip()
    run.post(ClipSeen(PROGRAM, "message", Playback.FAILED))
    assert run.alarms == [("clip-failed", PROGRAM)]
    run.wait("0:05")
    run.go("M1")
    assert run.alarms == []


# --- the clock and restarts ------------------------------------------------------------------------------------


def test_a_wall_clock_that_is_set_does_not_touch_what_has_elapsed() -> None:
    """The time server corrects the hall's clock by seven minutes: countdown, hold, guard and record stay whole."""
    run = five("M1", "M2", each="2:00")
    run.hold()
    run.wait("1:00")
    before = run.times.countdown
    relative = run.times.over_relative
    run.wait("-7:00")
    run.post(ClockStepped(length("-7:00")))

    assert run.times.countdown == before
    assert run.show.runs[name("M1")].ended_at == run.take.started_at
    assert run.take.confirmed[PROGRAM] == run.take.started_at
    assert run.times.over_relative == relative
    assert run.surface().seen_at == run.take.started_at


def test_a_wall_clock_that_is_set_does_not_touch_a_clip_or_the_guard() -> None:
    """The clip plays on from where it was, and a second GO within the half second is still too soon."""
    run = opening_clip()
    run.post(playing("0:10"))
    for amount in ("7:00", "-9:00"):
        run.wait(amount)
        run.post(ClockStepped(length(amount)))
        assert run.clock.remaining == length("2:20")
        run.press_go("M1")
        assert run.refused == refusals.TOO_SOON


def test_a_restart_forgets_what_only_the_devices_know() -> None:
    """A clip's cursor, a disk that did not answer: both are told again, and until then not known."""
    run = opening_clip()
    run.post(playing("0:10"), JournalTroubled(Text("디스크 오류", "disk error")))
    run.wait("0:30")
    run.post(ConsoleStarted())

    assert run.clock.total == length("3:00")
    run.connect(PROGRAM, "V1 program")
    assert run.alarms == []


def test_a_restart_knows_nothing_of_the_surfaces_and_sends_nothing() -> None:
    """The console comes back after a kill: the cue and its clock are there, OBS is asked what it shows."""
    run = five("M1")
    run.post(StudioModeSeen(WALL, on=True), ClipSeen(PROGRAM, "x", Playback.PLAYING))
    run.wait("3:00")
    run.post(ConsoleStarted())

    assert run.effects == []
    assert run.on_air == "M1"
    assert run.clock.elapsed == length("3:00")
    assert [run.surface(name).connected for name in BOTH] == [False, False]
    assert [run.surface(name).wanted for name in BOTH] == ["M1 program", "M1 wall"]
    assert run.alarms == [("surface-connecting", PROGRAM), ("surface-connecting", WALL)]
    run.connect(PROGRAM, "M1 program")
    run.connect(WALL, "Scene")
    assert run.effects == []
    assert run.alarms == [("differs", WALL)]


def test_killed_between_go_and_the_word_of_obs() -> None:
    """The take did reach OBS. Two seconds later the console is back, sees it there, and its clock is the press's."""
    run = on_its_way()
    pressed = run.now
    run.wait("0:02")
    run.post(ConsoleStarted())
    assert run.effects == []
    for surface in BOTH:
        run.connect(surface, f"M1 {surface}")

    assert run.on_air == "M1"
    assert (run.take.phase, run.take.started_at) == (Phase.ON_AIR, pressed)
    assert run.alarms == []
    assert run.next == "M2"


def test_killed_between_the_words_of_two_surfaces() -> None:
    """The programme confirmed, the wall had not: the console comes back, and the wall shows the cue before."""
    run = five("M1")
    run.wait("3:00")
    run.press_go("M2")
    run.post(SceneSeen(PROGRAM, SceneName("M2 program"), Seen.TRANSITION_STARTED))
    run.post(ConsoleStarted())
    run.connect(PROGRAM, "M2 program")
    run.connect(WALL, "M1 wall")
    assert run.effects == []
    assert run.alarms == [("unconfirmed", WALL)]
    run.post(SceneSeen(WALL, SceneName("M2 wall"), Seen.TRANSITION_STARTED))
    assert run.alarms == []


def test_a_take_confirmed_by_a_reconnect() -> None:
    """The link drops between GO and OBS's word, and is back at once: what OBS shows is the confirmation."""
    run = Run(FIVE)
    run.press_go("M1")
    pressed = run.now
    run.wait("0:01")
    run.post(SurfaceConnected(PROGRAM, SceneName("M1 program"), False, "Untitled", "29.0.2"))

    assert run.on_air == "M1"
    assert run.take.started_at == pressed
    assert run.surface().how is Seen.SNAPSHOT


def test_a_scene_that_ends_its_transition_is_still_the_same_scene() -> None:
    """OBS tells twice of every take, when the transition starts and when it ends: one clock, one start."""
    run = Run(FIVE)
    run.go("M1")
    started = run.now
    run.wait("0:01")
    run.post(SceneSeen(PROGRAM, SceneName("M1 program"), Seen.TRANSITION_ENDED, PressId("press 1")))

    assert run.take.started_at == started
    assert clock_text(run.take.started_at, SEOUL) == "21:59:00"


def test_next_is_where_the_pointer_is() -> None:
    """The helper used everywhere and the projection agree."""
    run = five()
    run.standby("M2")
    following = next_cue(run.show)
    assert following is not None
    assert following.number == run.next == "M2"


def test_every_event_has_its_place() -> None:
    """None of them is forgotten by step, which knows each by its name."""
    for kind in ShowEvent.__args__:
        assert kind.__name__ in step_module.__dict__, kind

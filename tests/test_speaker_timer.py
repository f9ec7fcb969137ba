"""What stands in front of the speaker, as a function of show, settings and instant."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.events import ClockStepped
from studio_console.core.presses import HoldPressed, ResumePressed, TimeAdded
from studio_console.core.reports import ClipSeen, Playback
from studio_console.core.rundown import Day, Kind, Person, Thresholds, Where
from studio_console.core.show import Show
from studio_console.core.speaker import FreeTimerHeld, FreeTimerStarted, MessageSent, TimerBlackedOut, TimerBlinked
from studio_console.core.speaker_timer import BLINK, Mode, Pitch, SpeakerView, language_of, speaker_view
from studio_console.core.step import step
from studio_console.core.studio import TimerRules
from studio_console.core.text import Text, same
from studio_console.core.units import MINUTE, Duration, Instant, PersonId, PressId
from tests.builders import FIVE, PROGRAM, Run, at, cue, day, length, name, session
from tests.gui_story import PEOPLE
from tests.test_show import HAPPENINGS, Happening, play

RULES = TimerRules(length("2:00"), length("0:30"))
EVERYBODY = {person.id: person for person in PEOPLE}


def on_air(*numbers: str, whole: Day = FIVE, now: str = "22:00") -> Run:
    """The last of ``numbers`` just on air."""
    run = Run(whole, now=now)
    for place, number in enumerate(numbers):
        run.wait("0:01" if place else "0:00")
        run.go(number)
    return run


def seen(run: Run) -> SpeakerView:
    return speaker_view(run.show, RULES, run.now, EVERYBODY)


def says(run: Run) -> str:
    """Digits and stage."""
    view = seen(run)
    return f"{view.digits} {view.urgency.name.lower()}"


# --- the countdown


def test_a_speech_from_its_beginning_into_overtime() -> None:
    """Ten minutes, with the cue's own thresholds: one minute, half a minute."""
    run = on_air("M1")
    told = []
    for wait in ("0:00", "8:59", "0:01", "0:29", "0:01", "0:29", "0:01", "0:01", "1:11"):
        run.wait(wait)
        told.append(says(run))
    assert told == [
        "10:00 normal",
        "1:01 normal",
        "1:00 warning",
        "0:31 warning",
        "0:30 danger",
        "0:01 danger",
        "0:00 danger",
        "+0:01 overtime",
        "+1:12 overtime",
    ]


def test_held_it_stands_and_goes_on_from_there() -> None:
    run = on_air("M1")
    run.wait("4:00")
    run.post(HoldPressed(PressId("hold")))
    run.wait("9:00")
    assert (says(run), seen(run).held) == ("6:00 normal", True)
    run.post(ResumePressed(PressId("resume")))
    run.wait("1:00")
    assert (says(run), seen(run).held) == ("5:00 normal", False)


def test_added_time_is_there_at_once() -> None:
    run = on_air("M1")
    run.wait("9:50")
    assert says(run) == "0:10 danger"
    run.post(TimeAdded(name("M1"), Duration(2 * MINUTE)))
    assert says(run) == "2:10 normal"


def test_an_open_end_counts_up() -> None:
    """A free conversation: how long it has been, and no bar."""
    run = on_air("M1", whole=day(cue("M1", None), cue("M2")))
    run.wait("1:02:05")
    assert says(run) == "1:02:05 open"
    assert seen(run).left is None


def test_a_fixed_end_across_midnight() -> None:
    """From 23:50 to 00:20: never −72 hours, and the same on both sides of midnight."""
    run = on_air("M1", whole=day(cue("M1", end="24:20"), start="23:50"), now="23:50")
    run.wait("9:59")
    assert says(run) == "20:01 normal"
    run.wait("0:02")
    assert says(run) == "19:59 normal"
    run.wait("20:00")
    assert says(run) == "+0:01 overtime"


def test_a_clip_has_a_clock_of_its_own() -> None:
    """The film of a minute has stalled at forty seconds: so has the timer."""
    run = on_air("M1", whole=day(cue("M1", 1, clip="film"), cue("M2")))
    run.post(ClipSeen(PROGRAM, "film", Playback.PLAYING, length("0:40"), length("1:00")))
    run.wait("0:05")
    assert says(run) == "0:15 danger"
    run.post(ClipSeen(PROGRAM, "film", Playback.PAUSED, length("0:45"), length("1:00")))
    run.wait("0:30")
    assert says(run) == "0:15 danger"


def test_what_is_left_is_a_share_for_the_bar() -> None:
    run = on_air("M1")
    assert seen(run).left == 1
    run.wait("7:30")
    assert seen(run).left == 0.25
    run.wait("30:00")
    assert seen(run).left == 0


# --- pitches


def test_a_pitch_says_which_it_is_and_how_long_the_questions_are() -> None:
    """Three companies, five minutes and three minutes of questions each; the second rings at one minute."""
    cues = []
    for number in (1, 2, 3):
        pitch = replace(cue(f"P{number}", 5), kind=Kind.PITCH, bells=(Duration(MINUTE),))
        cues += [pitch, replace(cue(f"Q{number}", 3), kind=Kind.QUESTIONS)]
    run = on_air("T1", "P1", "Q1", "P2", whole=day(cue("T1", 1), *cues))
    run.wait("4:01")
    view = seen(run)
    assert (view.mode, view.pitch, view.bell) == (Mode.PITCH, Pitch(2, 3, length("3:00")), MINUTE)
    run.go("Q2")
    assert seen(run).pitch == Pitch(2, 3, None)
    run.skip("P1")
    assert seen(run).pitch == Pitch(1, 2, None)


# --- a free timer


def test_a_free_timer_stands_in_the_place_of_the_cue() -> None:
    """One minute for a question: it warns in its last third, whatever the studio's warning is."""
    run = on_air("M1")
    run.wait("2:00")
    run.post(FreeTimerStarted(Duration(MINUTE), PressId("free")))
    assert (says(run), seen(run).mode) == ("1:00 normal", Mode.FREE)
    run.wait("0:40")
    assert says(run) == "0:20 warning"
    run.post(FreeTimerHeld(True))
    run.wait("3:00")
    assert (says(run), seen(run).held) == ("0:20 warning", True)
    run.post(FreeTimerHeld(False))
    run.wait("0:25")
    assert says(run) == "+0:05 overtime"


def test_a_free_timer_with_nothing_on_air() -> None:
    """Ten minutes of break before the doors open."""
    run = Run(FIVE, now="21:40")
    run.post(FreeTimerStarted(length("10:00"), PressId("free")))
    assert says(run) == "10:00 normal"


# --- nothing on air


def test_before_the_first_cue_who_speaks_first_and_when() -> None:
    """A slate comes first, where nobody speaks; the host has twelve minutes."""
    slate, host = cue("M1", 2), cue("M2", speakers="host")
    run = Run(day(slate, host), now="21:50")
    view = seen(run)
    assert view.cue is not None
    assert (view.cue.number, view.digits, view.mode) == ("M2", "12:00", Mode.IDLE)
    assert (view.session_left, view.left) == (None, None)


def test_in_a_gap_only_what_is_fixed_is_counted_to() -> None:
    """Between two sessions: the next one's published start is known; after a cue that was ended by hand nothing is."""
    talks, late = session(cue("M1"), cue("M2"), start="22:00"), session(cue("N1"), start="23:00", id="late")
    run = Run(day(talks, late), now="22:00")
    run.go("M1")
    run.wait("4:00")
    run.end()
    assert (says(run), seen(run).remaining) == (" idle", None)
    run.go("M2")
    run.wait("4:00")
    run.end()
    run.wait("0:30")
    assert says(run) == "51:30 idle"


def test_a_start_that_is_late_is_not_the_speakers_fault() -> None:
    """At 22:03 nothing is on air yet: no overtime, no minus, nothing."""
    assert says(Run(FIVE, now="22:03")) == " idle"


def test_the_day_is_over() -> None:
    run = on_air("M1", "M2", "M3", "M4", "M5")
    run.end()
    view = seen(run)
    assert (view.cue, view.digits) == (None, "")


def test_an_empty_show() -> None:
    assert speaker_view(Show(), RULES, at("22:00")).digits == ""


# --- what stands around it


def test_what_is_left_of_the_session() -> None:
    """Until its hard end; after it, how long ago that was."""
    run = on_air("M1", whole=day(cue("M1", 90), end="23:00"))
    run.wait("50:00")
    assert seen(run).session_left == length("10:00")
    run.wait("12:00")
    assert seen(run).session_left == length("-2:00")


def test_the_clock_of_the_one_remote_guest() -> None:
    """Of one remote guest the local time is shown; of two in different places neither."""
    whole = day(cue("M1", speakers="host london"), cue("M2", speakers="lima auckland"))
    run = on_air("M1", whole=whole)
    assert seen(run).guest == "london"
    run.wait("0:01")
    run.go("M2")
    assert seen(run).guest is None


def test_the_language_that_the_speakers_read() -> None:
    """What they share; where they do not, what is spoken on the floor; else what the files leave open."""
    whole = day(
        replace(cue("M1", speakers="london"), floor="ko"),
        cue("M2", speakers="host"),
        cue("M3", speakers="host london"),
        replace(cue("M4"), floor="en"),
        replace(cue("M5", speakers="host london"), floor="fr"),
    )
    run = on_air("M1", whole=whole)
    found = [seen(run).language]
    for number in ("M2", "M3", "M4", "M5"):
        run.wait("0:01")
        run.go(number)
        found.append(seen(run).language)
    assert found == ["en", "ko", "ko", "en", None]


def test_the_language_of_a_person() -> None:
    """What the files say; Korean in the hall, English elsewhere; who speaks a third language reads English."""

    def person(where: Where, language: str) -> Person:
        return Person(PersonId("x"), same("x"), same("x"), "Asia/Seoul", where, language=language)

    assert language_of(person(Where.HALL, "")) == "ko"
    assert language_of(person(Where.REMOTE, "")) == "en"
    assert language_of(person(Where.REMOTE, "ko")) == "ko"
    assert language_of(person(Where.HALL, "ru")) == "en"


def test_blink_and_blackout() -> None:
    """Dark and light by turns, at last light; a blackout is dark all the time. The message is there underneath."""
    run = on_air("M1")
    run.post(MessageSent(Text("빨리", "Quick"), False, PressId("m")), TimerBlinked(PressId("b")))
    halves = []
    for _ in range(16):
        halves.append(seen(run).dark)
        run.wait(BLINK)
    assert halves == [True, False] * 8
    run.post(TimerBlackedOut(True))
    view = seen(run)
    assert view.dark
    assert view.message is not None


# --- whatever happens

DIGITS = re.compile(r"(\+?([1-9][0-9]?:[0-5][0-9]|[0-9]{1,2}):[0-5][0-9])?")


@given(HAPPENINGS, st.integers(-200_000_000, 200_000_000))
def test_no_garbage_whatever_happens_and_whenever_somebody_looks(happenings: list[Happening], off: int) -> None:
    """Any events in any order, looked at also from the wrong day: figures, or nothing; a share between 0 and 1."""
    run = play(happenings)
    for moment in (run.now, Instant(run.now + off)):
        view = speaker_view(run.show, RULES, moment, EVERYBODY)
        assert DIGITS.fullmatch(view.digits), view.digits
        assert view.left is None or 0 <= view.left <= 1
        assert view.elapsed >= 0


@given(st.integers(1_000, 20_000_000), st.integers(0, 30_000_000), st.integers(0, 600_000), st.integers(-(9**9), 9**9))
def test_elapsed_and_left_are_the_length(total: int, until: int, held: int, stepped: int) -> None:
    """Whatever was held, whenever the clock was set, and across midnight: they never part."""
    run = on_air("M1", whole=day(replace(cue("M1"), duration=Duration(total))))
    run.wait(Duration(until // 2))
    run.post(HoldPressed(PressId("h")))
    run.wait(Duration(held))
    run.post(ResumePressed(PressId("r")))
    run.wait(Duration(until - until // 2))
    before = seen(run)
    assert before.remaining is not None
    assert (before.elapsed, before.elapsed + before.remaining) == (until, total)
    show, _ = step(run.show, ClockStepped(Duration(stepped)), run.now)
    after = speaker_view(show, RULES, Instant(run.now + stepped), EVERYBODY)
    assert (after.elapsed, after.remaining, after.digits) == (before.elapsed, before.remaining, before.digits)


@given(st.integers(0, 7_200_000), st.integers(1, 50))
def test_a_countdown_never_jumps(begin: int, each: int) -> None:
    """Looked at again a moment later it has gone on by just that; over midnight, over the end, in every stage."""
    run = on_air("M1", whole=day(cue("M1", 60), start="23:30"), now="23:30")
    run.wait(Duration(begin))
    first = seen(run)
    run.wait(Duration(each))
    second = seen(run)
    assert first.remaining is not None
    assert second.remaining is not None
    assert first.remaining - second.remaining == each


def test_thresholds_of_a_cue_are_its_own() -> None:
    run = on_air("M1", whole=day(replace(cue("M1", 10), timer=Thresholds(length("5:00"), length("2:00")))))
    run.wait("5:00")
    assert says(run) == "5:00 warning"
    run.wait("3:00")
    assert says(run) == "2:00 danger"

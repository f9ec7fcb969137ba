"""Speaking to the speaker: messages, the free timer, blink and blackout, and when each of them is over."""

from __future__ import annotations

import pytest

from studio_console.core.events import ClockStepped, ConsoleStarted, ShowEvent
from studio_console.core.messages import (
    BLACK_ALREADY,
    BLINKS,
    HELD_ALREADY,
    LIT_ALREADY,
    LONGEST_MESSAGE,
    NO_FREE_TIMER,
    NO_MESSAGE,
    NO_WORDS,
    RUNS_ALREADY,
    TIMER_LENGTH,
    TOO_LONG,
)
from studio_console.core.presses import GoPressed
from studio_console.core.refusals import ALREADY_DONE
from studio_console.core.speaker import (
    FreeTimer,
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    SpeakerState,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.speaker_timer import free_elapsed
from studio_console.core.text import Text, same
from studio_console.core.units import MINUTE, Duration, PressId
from tests.builders import FIVE, Run, length, name

WRAP_UP = Text("마무리해 주세요", "Please wrap up")


def told(words: Text = WRAP_UP, urgent: bool = False, press: str = "m") -> MessageSent:
    return MessageSent(words, urgent, PressId(press))


def on_air(*numbers: str) -> Run:
    run = Run(FIVE, now="22:00")
    run.go_through(*numbers, each="1:00")
    return run


def message_of(run: Run) -> str:
    message = run.show.speaker.message
    return message.text.en if message is not None else ""


def test_a_message_stays_until_it_is_cleared() -> None:
    run = on_air("M1")
    run.post(told(urgent=True))
    run.wait("3:00")
    assert message_of(run) == "Please wrap up"
    assert run.show.speaker.message is not None
    assert run.show.speaker.message.urgent
    run.post(MessageCleared())
    assert message_of(run) == ""


def test_a_new_message_takes_the_place_of_the_old_one() -> None:
    run = on_air("M1")
    run.post(told(), told(same("Stop"), press="n"))
    assert message_of(run) == "Stop"


def test_nobody_is_told_to_wrap_up_who_has_just_begun() -> None:
    """The message and the free timer were for the speaker before: they end with the cue."""
    run = on_air("M1")
    run.post(told(), FreeTimerStarted(MINUTE, PressId("free")))
    run.wait("0:10")
    run.press_go("M2")
    assert message_of(run) == "Please wrap up"  # GO is pressed, and what is seen is still the speaker before
    run.confirm()
    assert run.show.speaker == SpeakerState()


def test_what_is_sent_between_go_and_obs_is_for_the_next_speaker() -> None:
    """The stage manager writes while OBS has not answered yet."""
    run = on_air("M1")
    run.press_go("M2")
    run.wait("0:01")
    run.post(told(same("Please begin")))
    run.confirm()
    assert (run.on_air, message_of(run)) == ("M2", "Please begin")


def test_back_takes_the_message_with_it() -> None:
    """Back brings the speaker before; what the wrong one was told is not for them."""
    run = on_air("M1", "M2")
    run.post(told())
    run.wait("0:05")
    run.back()
    assert (run.on_air, message_of(run)) == ("M1", "")


def test_the_same_cue_taken_again_keeps_its_message() -> None:
    """Its picture is sent again after a cut by hand: the speaker is the same."""
    run = on_air("M1", "M2")
    run.post(told())
    run.wait("0:05")
    run.standby("M2")
    run.go("M2")
    assert (run.on_air, message_of(run)) == ("M2", "Please wrap up")


def test_the_end_of_a_cue_is_the_end_of_its_message() -> None:
    run = on_air("M1")
    run.post(told())
    run.wait("0:05")
    run.end()
    assert message_of(run) == ""


def test_a_message_before_the_first_cue() -> None:
    """Somebody waits on stage: told so, and not after GO."""
    run = Run(FIVE, now="21:55")
    run.post(told(same("One moment")))
    run.wait("1:00")
    assert message_of(run) == "One moment"
    run.go("M1")
    assert message_of(run) == ""


def test_the_blackout_is_for_the_room_and_lasts() -> None:
    """A performance of several cues; it is taken away by hand, and until then nobody can forget it."""
    run = on_air("M1")
    run.post(TimerBlackedOut(True))
    run.go("M2")
    assert run.show.speaker.black
    assert run.alarms == [("timer-black", None)]
    run.post(TimerBlackedOut(False))
    assert not run.show.speaker.black
    assert run.alarms == []


def test_blinking_ends_by_itself() -> None:
    run = on_air("M1")
    run.post(TimerBlinked(PressId("b")))
    assert run.show.speaker.blinks_until == run.now + BLINKS


def test_a_free_timer_is_held_goes_on_and_is_lengthened() -> None:
    """Two minutes for a question; a pause, a minute more."""
    run = on_air("M1")
    run.post(FreeTimerStarted(length("2:00"), PressId("free")))
    run.wait("0:30")
    run.post(FreeTimerHeld(True))
    run.wait("5:00")
    run.post(FreeTimerChanged(MINUTE), FreeTimerHeld(False))
    run.wait("0:20")
    free = run.show.speaker.free
    assert free is not None
    assert (free_elapsed(free, run.now), free.length) == (length("0:50"), length("3:00"))
    run.post(FreeTimerEnded())
    assert run.show.speaker.free is None


@pytest.mark.parametrize("event", [told(), FreeTimerStarted(MINUTE, PressId("m"))])
def test_a_press_counts_once(event: ShowEvent) -> None:
    """The same press comes a second time, by another way."""
    run = on_air("M1")
    run.post(event)
    before = run.show.speaker
    run.wait("0:01")
    run.post(event)
    assert run.show.speaker == before
    assert run.show.refusal is not None
    assert run.show.refusal.reason == ALREADY_DONE


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((told(same("  ")),), NO_WORDS),
        ((told(same("가" * (LONGEST_MESSAGE + 1))),), TOO_LONG),
        ((MessageCleared(),), NO_MESSAGE),
        ((TimerBlackedOut(False),), LIT_ALREADY),
        ((TimerBlackedOut(True), TimerBlackedOut(True)), BLACK_ALREADY),
        ((FreeTimerStarted(Duration(0), PressId("f")),), TIMER_LENGTH),
        ((FreeTimerStarted(length("13:00:00"), PressId("f")),), TIMER_LENGTH),
        ((FreeTimerStarted(MINUTE, PressId("f")), FreeTimerChanged(Duration(-MINUTE))), TIMER_LENGTH),
        ((FreeTimerHeld(True),), NO_FREE_TIMER),
        ((FreeTimerChanged(MINUTE),), NO_FREE_TIMER),
        ((FreeTimerEnded(),), NO_FREE_TIMER),
        ((FreeTimerStarted(MINUTE, PressId("f")), FreeTimerHeld(False)), RUNS_ALREADY),
        ((FreeTimerStarted(MINUTE, PressId("f")), FreeTimerHeld(True), FreeTimerHeld(True)), HELD_ALREADY),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(events: tuple[ShowEvent, ...], reason: Text) -> None:
    run = on_air("M1")
    run.post(*events)
    assert run.show.refusal is not None
    assert run.show.refusal.reason == reason


def test_a_restart_leaves_everything_as_it_was() -> None:
    """The console dies in the middle of a question: the speaker's timer comes back as it was."""
    run = on_air("M1")
    run.post(told(), FreeTimerStarted(MINUTE, PressId("free")), TimerBlackedOut(True))
    before = run.show.speaker
    run.post(ConsoleStarted())
    assert run.show.speaker == before


def test_a_clock_that_was_set_moves_all_of_it() -> None:
    """An hour forward: what has elapsed stays, and the message is still that of this cue."""
    run = on_air("M1")
    run.post(told(), FreeTimerStarted(MINUTE, PressId("free")), FreeTimerHeld(True), TimerBlinked(PressId("b")))
    before, then = run.show.speaker, run.now
    run.post(ClockStepped(length("1:00:00")))
    run.wait("1:00:00")
    after = run.show.speaker
    assert isinstance(before.free, FreeTimer)
    assert isinstance(after.free, FreeTimer)
    assert free_elapsed(after.free, run.now) == free_elapsed(before.free, then)
    assert before.message is not None
    assert after.message is not None
    assert after.message.at - before.message.at == length("1:00:00")
    assert before.blinks_until is not None
    assert after.blinks_until == before.blinks_until + length("1:00:00")
    run.post(GoPressed(name("M2"), PressId("go")))
    run.confirm()
    assert run.show.speaker.message is None

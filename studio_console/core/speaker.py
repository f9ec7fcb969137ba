"""What a speaker is told on the timer in front of them: the events, and what the show keeps of them.

By the ``press`` of an event the window it was made in knows its refusal; journals of earlier versions lack some.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.change import replace
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PressId


@dataclass(frozen=True, slots=True)
class MessageSent:
    """``text`` is to be read by whoever speaks; what was typed is the same in both languages."""

    text: Text
    urgent: bool
    press: PressId


@dataclass(frozen=True, slots=True)
class MessageCleared:
    """The message is not to be seen any more."""

    press: PressId | None = None


@dataclass(frozen=True, slots=True)
class TimerBlinked:
    """The timer is to blink for a moment, so that somebody looks up."""

    press: PressId


@dataclass(frozen=True, slots=True)
class TimerBlackedOut:
    """``on``: the timer shows nothing, for a film or a performance."""

    on: bool
    press: PressId | None = None


@dataclass(frozen=True, slots=True)
class FreeTimerStarted:
    """A countdown of ``length`` ms is to stand in the place of the cue's, from now on."""

    length: Duration
    press: PressId


@dataclass(frozen=True, slots=True)
class FreeTimerHeld:
    """The free countdown was stopped where it is (``on``), or goes on from there."""

    on: bool
    press: PressId | None = None


@dataclass(frozen=True, slots=True)
class FreeTimerChanged:
    """``amount`` ms more, or less, on the free countdown."""

    amount: Duration
    press: PressId | None = None


@dataclass(frozen=True, slots=True)
class FreeTimerEnded:
    """The cue's countdown is to be seen again."""

    press: PressId | None = None


@dataclass(frozen=True, slots=True)
class Message:
    text: Text
    urgent: bool
    press: PressId
    at: Instant


@dataclass(frozen=True, slots=True)
class FreeTimer:
    """A countdown apart from the cue's. ``held`` are the holds that are over, in ms."""

    length: Duration
    started_at: Instant
    held_since: Instant | None = None
    held: Duration = Duration(0)


@dataclass(frozen=True, slots=True)
class SpeakerState:
    """What was sent to the speaker's timer and still counts."""

    message: Message | None = None
    free: FreeTimer | None = None
    blinks_until: Instant | None = None
    black_since: Instant | None = None
    """Since when nothing is shown; None while it is lit."""

    @property
    def black(self) -> bool:
        return self.black_since is not None


def told_until(speaker: SpeakerState, moment: Instant) -> SpeakerState:
    """What is left when a cue is over for which GO was pressed at ``moment``: what was sent before is over with it."""
    message, free = speaker.message, speaker.free
    if message is not None and message.at <= moment:
        message = None
    if free is not None and free.started_at <= moment:
        free = None
    return (
        speaker if (message, free) == (speaker.message, speaker.free) else replace(speaker, message=message, free=free)
    )

"""Messages to whoever speaks, the free timer, blink and blackout.

A message and a free timer are for one speaker: they end when another cue comes on air, so that nobody is told to wrap
up who has just begun. What was sent after GO, while OBS had not answered yet, is meant for the next one and stays.
The blackout is for the room and lasts until it is taken away.
"""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.refusals import ALREADY_DONE, Outcome, refuse
from studio_console.core.show import Show, remembered
from studio_console.core.speaker import (
    FreeTimer,
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    Message,
    MessageCleared,
    MessageSent,
    SpeakerState,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.text import Text
from studio_console.core.units import HOUR, SECOND, Duration, Instant, moved

BLINKS = Duration(6 * SECOND)
LONGEST_MESSAGE = 120
"""Letters: what is longer cannot be read from ten metres."""
LONGEST_TIMER = Duration(12 * HOUR)

NO_WORDS = Text("보낼 글이 없습니다", "There is nothing to send")
TOO_LONG = Text(
    "{most}자보다 긴 글은 멀리서 읽을 수 없습니다. 줄이세요", "More than {most} letters cannot be read from afar"
)
NO_MESSAGE = Text("연사에게 보이는 메시지가 없습니다", "The speaker sees no message")
BLACK_ALREADY = Text("타이머가 이미 꺼져 있습니다", "The timer is dark already")
LIT_ALREADY = Text("타이머가 이미 켜져 있습니다", "The timer is lit already")
TIMER_LENGTH = Text("타이머는 1초에서 12시간까지입니다", "A timer runs from 1 second to 12 hours")
NO_FREE_TIMER = Text("자유 타이머가 없습니다", "No free timer is running")
HELD_ALREADY = Text("자유 타이머가 이미 멈춰 있습니다", "The free timer is stopped already")
RUNS_ALREADY = Text("자유 타이머가 이미 가고 있습니다", "The free timer is running already")


def send_message(show: Show, event: MessageSent, now: Instant) -> Outcome:
    if event.press in show.presses:
        return refuse(show, event.press, now, ALREADY_DONE)
    if not (event.text.ko.strip() and event.text.en.strip()):
        return refuse(show, event.press, now, NO_WORDS)
    if max(len(event.text.ko), len(event.text.en)) > LONGEST_MESSAGE:
        return refuse(show, event.press, now, TOO_LONG, {"most": LONGEST_MESSAGE})
    message = Message(event.text, event.urgent, event.press, now)
    told = replace(show.speaker, message=message)
    return replace(show, speaker=told, presses=remembered(show, event.press), refusal=None), ()


def clear_message(show: Show, event: MessageCleared, now: Instant) -> Outcome:
    if show.speaker.message is None:
        return refuse(show, event.press, now, NO_MESSAGE)
    return _told(show, replace(show.speaker, message=None))


def blink(show: Show, event: TimerBlinked, now: Instant) -> Outcome:
    return _told(show, replace(show.speaker, blinks_until=Instant(now + BLINKS)))


def black_out(show: Show, event: TimerBlackedOut, now: Instant) -> Outcome:
    if show.speaker.black is event.on:
        return refuse(show, event.press, now, BLACK_ALREADY if event.on else LIT_ALREADY)
    return _told(show, replace(show.speaker, black_since=now if event.on else None))


def start_free_timer(show: Show, event: FreeTimerStarted, now: Instant) -> Outcome:
    if event.press in show.presses:
        return refuse(show, event.press, now, ALREADY_DONE)
    if not SECOND <= event.length <= LONGEST_TIMER:
        return refuse(show, event.press, now, TIMER_LENGTH)
    told = replace(show.speaker, free=FreeTimer(event.length, now))
    return replace(show, speaker=told, presses=remembered(show, event.press), refusal=None), ()


def hold_free_timer(show: Show, event: FreeTimerHeld, now: Instant) -> Outcome:
    free = show.speaker.free
    if free is None:
        return refuse(show, event.press, now, NO_FREE_TIMER)
    if event.on is (free.held_since is not None):
        return refuse(show, event.press, now, HELD_ALREADY if event.on else RUNS_ALREADY)
    if event.on:
        free = replace(free, held_since=now)
    else:
        free = replace(free, held_since=None, held=Duration(free.held + max(0, now - (free.held_since or now))))
    return _told(show, replace(show.speaker, free=free))


def change_free_timer(show: Show, event: FreeTimerChanged, now: Instant) -> Outcome:
    free = show.speaker.free
    if free is None:
        return refuse(show, event.press, now, NO_FREE_TIMER)
    length = Duration(free.length + event.amount)
    if not SECOND <= length <= LONGEST_TIMER:
        return refuse(show, event.press, now, TIMER_LENGTH)
    return _told(show, replace(show.speaker, free=replace(free, length=length)))


def end_free_timer(show: Show, event: FreeTimerEnded, now: Instant) -> Outcome:
    if show.speaker.free is None:
        return refuse(show, event.press, now, NO_FREE_TIMER)
    return _told(show, replace(show.speaker, free=None))


def _told(show: Show, speaker: SpeakerState) -> Outcome:
    return replace(show, speaker=speaker, refusal=None), ()


def shifted_speaker(speaker: SpeakerState, amount: Duration) -> SpeakerState:
    """The wall clock was set by ``amount``: what has elapsed stays."""
    message, free = speaker.message, speaker.free
    if message is not None:
        message = replace(message, at=Instant(message.at + amount))
    if free is not None:
        free = replace(
            free,
            started_at=Instant(free.started_at + amount),
            held_since=moved(free.held_since, amount),
        )
    return SpeakerState(message, free, moved(speaker.blinks_until, amount), moved(speaker.black_since, amount))

"""What a tile says, as values to compare: a tile that says the same is not painted again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

from studio_console.core.clocktext import clock_text, length_text
from studio_console.core.guests import GOOD, SIGNAL_WORDS, Tally, guest_of
from studio_console.core.presses import Check, Verdict
from studio_console.core.reports import Signal
from studio_console.core.rundown import Person, Where
from studio_console.core.show import GuestState, Show
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, Instant, PersonId, datetime_of
from studio_console.gui.context import Context, short_date, zone_of

NO_PREVIEW = Text("그림 없음", "no preview")
TURN = Text("{count}큐 뒤", "in {count} cues")


class Air(Enum):
    """Where a guest is seen, now or next."""

    NONE = auto()
    NEXT = auto()
    ON_AIR = auto()
    PERHAPS = auto()
    """On air as far as is known: a surface's link is lost, or a hand is in its OBS."""


AIR_WORDS = {Air.NEXT: same("NEXT"), Air.ON_AIR: same("ON AIR"), Air.PERHAPS: same("ON AIR ?")}

ARMED_WORD = same("ARMED")
"""The wall as a hand has prepared it."""


class TileWords(NamedTuple):
    guest: PersonId
    city: str
    role: str
    time: str
    """With the date where it is another one than in the hall."""
    air: Air
    turn: str
    signal: Signal
    state: str
    """The signal's word, with how long it has been so where it is no good one."""
    reason: str
    marks: tuple[Verdict | None, ...]
    heard: bool
    """On the headphones."""

    @property
    def timeless(self) -> TileWords:
        """All but the time."""
        return self._replace(time="")

    @property
    def dim(self) -> bool:
        """Whether the picture is an old one."""
        return self.signal not in GOOD


class Board(NamedTuple):
    """What all tiles have in common."""

    context: Context
    show: Show
    now: Instant
    tally: Tally
    turns: Mapping[PersonId, int]
    watched: frozenset[PersonId]
    """The guests that there is a preview of."""
    heard: PersonId | None


def tile_words(board: Board, guest: PersonId) -> TileWords:
    context, person, state = board.context, board.context.person(guest), guest_of(board.show, guest)
    air = air_of(board.tally, guest)
    turn = board.turns.get(guest)
    return TileWords(
        guest,
        context.say(person.city) if person is not None else guest,
        context.say(person.role) if person is not None else "",
        local_clock(context, person, board.now) if person is not None else "",
        air,
        context.say(TURN, count=turn) if turn is not None and turn > 1 and air is Air.NONE else "",
        state.signal,
        state_word(context, state, board.now) if guest in board.watched else context.say(NO_PREVIEW),
        context.say(state.reason) if state.reason is not None else "",
        tuple(mark.verdict if (mark := state.checks.get(check)) is not None else None for check in Check),
        guest == board.heard,
    )


def air_of(tally: Tally, guest: PersonId) -> Air:
    if guest in tally.on_air:
        return Air.ON_AIR if tally.certain else Air.PERHAPS
    return Air.NEXT if guest in tally.next else Air.NONE


def state_word(context: Context, state: GuestState, now: Instant) -> str:
    word = context.say(SIGNAL_WORDS[state.signal])
    if state.since is None or state.signal in (Signal.LIVE, Signal.STILL, Signal.UNPLAYABLE):
        return word
    return f"{word} {length_text(Duration(max(0, now - state.since)))}"


def checked_words(context: Context, state: GuestState, check: Check) -> str:
    """When a thing was checked and by whom; empty where it was not."""
    mark = state.checks.get(check)
    if mark is None:
        return ""
    return f"{clock_text(mark.at, context.zone, seconds=False)} {context.say(ROLES.get(mark.by, same(mark.by)))}"


TECHNICAL_DIRECTOR = "technical director"
ROLES = {TECHNICAL_DIRECTOR: Text("기술감독", "TD")}
"""Who checks guests, as it stands in the journal and as it is said."""


def local_clock(context: Context, person: Person, now: Instant) -> str:
    """The time where a guest sits, and the date where it is another one; short enough for the smallest tile."""
    zone = zone_of(person.time_zone) if person.where is Where.REMOTE else None
    if zone is None:
        return ""
    clock, there = clock_text(now, zone, seconds=False), datetime_of(now, zone).date()
    if there == datetime_of(now, context.zone).date():
        return clock
    return f"{clock} {context.say(short_date(there))}"


def old_pictures(show: Show) -> frozenset[PersonId]:
    """The guests of the day whose picture is an old one, or none."""
    return frozenset(guest for guest in show.rundown.guests if guest_of(show, guest).signal not in GOOD)

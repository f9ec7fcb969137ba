"""Which player of a guest runs in which lane: small pictures for the wall, large ones with sound to look at closely.

Pure. ``steps`` is asked again after every change and says what to do next; when nothing is left to do it says nothing.
A guest changes lanes by make before break: the old picture goes only when the new one is there. Where a sender takes
one connection at a time, the guest is moved by stopping first, and only for somebody who is looking.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.previews import waits_for_sender
from studio_console.core.reports import Signal
from studio_console.core.units import PersonId

CLOSE_AT_MOST = 4
"""So many guests are seen closely at once: the one who is looked at, and the next three."""

WITH_PICTURE = frozenset({Signal.LIVE, Signal.SILENT, Signal.FROZEN, Signal.BLACK})


class Lane(StrEnum):
    WALL = "wall"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, repr=False)
class Playing:
    """What a player plays. Has no repr: an address may carry a passphrase."""

    kind: str
    """As in ``protocol.Play``."""
    location: str


@dataclass(frozen=True, slots=True)
class Want:
    """What one guest is to have."""

    playing: Playing
    close: bool = False
    looked_at: bool = False
    """Somebody looks or listens: it may cost a moment without a picture."""


@dataclass(frozen=True, slots=True)
class Running:
    """A player as it is."""

    playing: Playing
    steady: bool = False
    """It brings pictures, and is past the hiccups of its beginning."""
    signal: Signal = Signal.CONNECTING


@dataclass(frozen=True, slots=True)
class Begin:
    guest: PersonId
    lane: Lane


@dataclass(frozen=True, slots=True)
class Finish:
    guest: PersonId
    lane: Lane


Step: TypeAlias = Begin | Finish
Players: TypeAlias = Mapping[PersonId, Mapping[Lane, Running]]


def single(playing: Playing) -> bool:
    """Whether only one player at a time can have it: who waits at a port for the sender, and a capture device."""
    return playing.kind == "device" or (playing.kind == "url" and waits_for_sender(playing.location))


def steps(
    wants: Mapping[PersonId, Want],
    players: Players,
    places: int,
    alone: Collection[Playing] = (),
    barred: Collection[tuple[Playing, Lane]] = (),
) -> list[Step]:
    """What to do now, in this order. ``places`` are the close lane's.

    ``alone`` are sources that turned out to take one connection only. What is in ``barred`` is not begun.
    """
    done: list[Step] = []
    now: dict[PersonId, dict[Lane, Running]] = {}
    for guest, had in players.items():
        want = wants.get(guest)
        now[guest] = {}
        for lane, running in had.items():
            if want is None or running.playing != want.playing or (running.playing, lane) in barred:
                done.append(Finish(guest, lane))
            else:
                now[guest][lane] = running
    close = _close_ones(wants, alone, barred)
    free = places - sum(Lane.CLOSE in had for had in now.values())
    waiting = sum(Lane.CLOSE not in now.get(guest, {}) for guest in close)
    for guest, want in wants.items():
        had = now.get(guest, {})
        lane, other = (Lane.CLOSE, Lane.WALL) if guest in close else (Lane.WALL, Lane.CLOSE)
        lonely = single(want.playing) or want.playing in alone
        if other in had:
            needed = other is Lane.CLOSE and free < waiting
            if (lane in had and had[lane].steady) or lonely or needed:
                done.append(Finish(guest, other))
                free += other is Lane.CLOSE
        if lane not in had and (want.playing, lane) not in barred:
            done.append(Begin(guest, lane))
    return _with_places(done, free)


def _close_ones(
    wants: Mapping[PersonId, Want], alone: Collection[Playing], barred: Collection[tuple[Playing, Lane]]
) -> frozenset[PersonId]:
    """Who belongs into the close lane: who is looked at first, the others in the order of the wishes."""
    able = [
        guest
        for guest, want in wants.items()
        if (want.looked_at or (want.close and not single(want.playing) and want.playing not in alone))
        and (want.playing, Lane.CLOSE) not in barred
    ]
    able.sort(key=lambda guest: not wants[guest].looked_at)
    return frozenset(able[:CLOSE_AT_MOST])


def _with_places(done: list[Step], free: int) -> list[Step]:
    """Ends before beginnings, so that a place or a port is free; no more beginnings in the close lane than places."""
    ends = [step for step in done if isinstance(step, Finish)]
    begins: list[Step] = []
    for step in done:
        if isinstance(step, Begin):
            if step.lane is Lane.CLOSE:
                if free <= 0:
                    continue
                free -= 1
            begins.append(step)
    return [*ends, *begins]


def shown(had: Mapping[Lane, Running]) -> Lane | None:
    """The lane whose picture and state stand for the guest."""
    close = had.get(Lane.CLOSE)
    wall = had.get(Lane.WALL)
    if close is not None and (wall is None or (close.steady and (close.signal in WITH_PICTURE or not wall.steady))):
        return Lane.CLOSE
    return Lane.WALL if wall is not None else None

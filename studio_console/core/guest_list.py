"""Which guests the wall shows, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from studio_console.core.guests import involved, is_ready, turns
from studio_console.core.hangul import matches
from studio_console.core.rundown import Person
from studio_console.core.show import Show, next_cue, position
from studio_console.core.units import PersonId

SOON = 3


class Filter(StrEnum):
    TODAY = "today"
    SESSION = "session"
    """Of the session that is running, or else of the one that comes."""
    NEXT_THREE = "next three"
    """Who is on air or speaks in one of the next three cues."""
    NOT_READY = "not ready"


def listed(show: Show, people: Mapping[PersonId, Person], which: Filter, typed: str) -> tuple[PersonId, ...]:
    """The guests that ``which`` and ``typed`` leave, in running order.

    Who is on air comes first, then who is still to come, then who is done, and last who has no cue of their own.
    """
    coming = turns(show)
    match which:
        case Filter.TODAY:
            wanted = show.rundown.guests
        case Filter.SESSION:
            wanted = _of_session(show)
        case Filter.NEXT_THREE:
            wanted = frozenset(guest for guest, turn in coming.items() if turn <= SOON)
        case Filter.NOT_READY:
            wanted = frozenset(guest for guest in show.rundown.guests if not is_ready(show, guest))
    if not wanted:
        return ()
    order = [*coming, *_without_turn(show, show.rundown.guests - coming.keys())]
    return tuple(guest for guest in order if guest in wanted and _found(guest, people.get(guest), typed))


def _without_turn(show: Show, guests: frozenset[PersonId]) -> list[PersonId]:
    """``guests`` in the order in which they spoke or would have, then those who have no cue of their own."""
    found: dict[PersonId, None] = {}
    for cue in show.plan.cues if guests else ():
        for guest in cue.speakers:
            if guest in guests:
                found[guest] = None
        if len(found) == len(guests):
            break
    return [*found, *sorted(guests - found.keys())]


def _of_session(show: Show) -> frozenset[PersonId]:
    place = position(show) if show.current is not None else -1
    if place < 0:
        following = next_cue(show)
        found = show.plan.place(following.id) if following is not None else None
        place = position(show) if found is None else found
    part = next((part for part in show.plan.parts if part.first <= place < part.stop), None)
    if part is None:
        return frozenset()
    return frozenset(guest for cue in show.plan.cues[part.first : part.stop] for guest in involved(show, cue))


def _found(guest: PersonId, person: Person | None, typed: str) -> bool:
    """Whether every word typed is in the guest's role, city or id."""
    texts = [str(guest)]
    if person is not None:
        texts += [person.label.ko, person.label.en]
    return all(any(matches(word, text) for text in texts) for word in typed.split())


def pages(guests: Sequence[PersonId], per_page: int) -> tuple[tuple[PersonId, ...], ...]:
    """``guests`` in pages of ``per_page``; one empty page where there are none."""
    per_page = max(1, per_page)
    return tuple(tuple(guests[first : first + per_page]) for first in range(0, len(guests), per_page)) or ((),)

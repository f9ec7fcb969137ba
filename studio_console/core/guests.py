"""Remote guests: what is seen and checked of them, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping

from studio_console.core.change import replace
from studio_console.core.events import GuestChecked, GuestSeen
from studio_console.core.refusals import NO_GUEST, Outcome, refuse
from studio_console.core.show import Checked, GuestState, Show
from studio_console.core.units import Instant, PersonId


def guest_of(show: Show, guest: PersonId) -> GuestState:
    """What is known of ``guest``; that nothing was heard yet, of one of whom it was not."""
    return show.guests.get(guest) or GuestState()


def see_guest(show: Show, event: GuestSeen, now: Instant) -> Show:
    """A report on somebody who is no guest of the day is late: they left the rundown meanwhile."""
    if event.guest not in show.rundown.guests:
        return show
    state = guest_of(show, event.guest)
    since = state.since
    if event.signal is not state.signal or since is None:
        since = Instant(now - max(0, event.ago))
    elif event.reason == state.reason:
        return show
    return _put(show, event.guest, replace(state, signal=event.signal, since=since, reason=event.reason))


def check_guest(show: Show, event: GuestChecked, now: Instant) -> Outcome:
    if event.guest not in show.rundown.guests:
        return refuse(show, None, now, NO_GUEST)
    state = guest_of(show, event.guest)
    checks = {check: mark for check, mark in state.checks.items() if check is not event.check}
    if event.verdict is not None:
        checks[event.check] = Checked(event.verdict, now, event.by)
    return replace(_put(show, event.guest, replace(state, checks=checks)), refusal=None), ()


def _put(show: Show, guest: PersonId, state: GuestState) -> Show:
    return replace(show, guests={**show.guests, guest: state})


def without_signals(guests: Mapping[PersonId, GuestState]) -> dict[PersonId, GuestState]:
    """``guests`` as if no picture had been heard of yet. What a person checked stays."""
    return {guest: GuestState(checks=state.checks) for guest, state in guests.items() if state.checks}


def staying(guests: Mapping[PersonId, GuestState], today: frozenset[PersonId]) -> dict[PersonId, GuestState]:
    """``guests`` under a new rundown. Of who is not in it any more the checks are kept, and nothing else.

    A file saved halfway through an edit lacks a guest for a minute: that must not cost them the check of an hour ago.
    Their picture is not watched any more, so nothing is known of it.
    """
    stay = {guest: state for guest, state in guests.items() if guest in today}
    gone = {guest: state for guest, state in guests.items() if guest not in today}
    return {**stay, **without_signals(gone)}

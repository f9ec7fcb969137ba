"""Remote guests: what is seen and checked of them, who is on air, whose turn comes, and who is not ready for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio_console.core.change import replace
from studio_console.core.presses import Check, GuestChecked, Verdict
from studio_console.core.refusals import NO_GUEST, Outcome, refuse
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import Cue, Day
from studio_console.core.show import Checked, GuestState, Mark, Show, is_skipped, next_cue
from studio_console.core.text import Text
from studio_console.core.units import CueId, Instant, PersonId, SceneName, SurfaceId
from studio_console.core.wall_state import people_in

GOOD = frozenset({Signal.LIVE, Signal.SILENT})
"""The signals of a picture that can go on air."""

SIGNAL_WORDS: Mapping[Signal, Text] = {
    Signal.CONNECTING: Text("연결 중", "connecting"),
    Signal.LOST: Text("끊김", "lost"),
    Signal.UNPLAYABLE: Text("재생 불가", "cannot be played"),
    Signal.STILL: Text("사진", "still picture"),
    Signal.LIVE: Text("정상", "live"),
    Signal.FROZEN: Text("화면 멈춤", "frozen"),
    Signal.BLACK: Text("검은 화면", "black"),
    Signal.SILENT: Text("소리 없음", "silent"),
}
CHECK_WORDS: Mapping[Check, Text] = {
    Check.PICTURE: Text("화면", "picture"),
    Check.SOUND: Text("소리", "sound"),
    Check.LIGHT: Text("조명", "light"),
    Check.NETWORK: Text("네트워크", "network"),
    Check.INTERPRETATION: Text("통역 채널", "interpretation channel"),
}
NOT_CHECKED = {check: Text(f"{word.ko} 점검 전", f"{word.en} not checked") for check, word in CHECK_WORDS.items()}
FOUND_BAD = {check: Text(f"{word.ko} 불량", f"{word.en} bad") for check, word in CHECK_WORDS.items()}
NO_CHECK = Text("기술 점검 전", "no tech check yet")


# --- what happens to them


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


# --- who is seen, and who comes


@dataclass(frozen=True, slots=True)
class Tally:
    """Who is on air and who comes next, by what the surfaces are seen to show and not by what is wanted of them."""

    on_air: frozenset[PersonId]
    certain: bool
    """Whether that is all known. It is not while no surface answers, while somebody is in ``on_air`` only because it
    was wanted of a surface that does not answer, or while a surface shows a scene that no cue has."""
    next: frozenset[PersonId]
    """Who speaks in the cue that GO takes, and who should be on air by now and is not seen there."""


def guests_by_scene(
    day: Day, scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]], guests: frozenset[PersonId]
) -> dict[SurfaceId, dict[SceneName, frozenset[PersonId]]]:
    """Which guests are seen in each scene of the day.

    Cues that look alike share a scene, so in it are only those who speak in all of them: a hall camera that serves
    ten cues shows none of their remote speakers.
    """
    found: dict[SurfaceId, dict[SceneName, frozenset[PersonId]]] = {}
    for cue in day.cues:
        speaking = guests.intersection(cue.speakers)
        for surface, scene in scenes.get(cue.id, {}).items():
            there = found.setdefault(surface, {})
            there[scene] = there.get(scene, speaking) & speaking
    return found


def tally(show: Show) -> Tally:
    on_air: frozenset[PersonId] = frozenset()
    supposed: frozenset[PersonId] = frozenset()
    answers = False
    unknown = False
    for surface, state in show.surfaces.items():
        if state.connected and state.seen is not None:
            answers = True
            there = _in_scene(show, surface, state.seen)
            unknown = unknown or there is None
            on_air |= there or frozenset()
        elif state.wanted is not None:
            supposed |= _in_scene(show, surface, state.wanted) or frozenset()
    certain = answers and not unknown and supposed <= on_air
    on_air |= supposed
    following = next_cue(show)
    coming = _speaking(show, following) if following is not None else ()
    missing = [guest for guest in _current(show) if guest not in on_air]
    return Tally(on_air, certain, frozenset((*coming, *missing)))


def _in_scene(show: Show, surface: SurfaceId, scene: SceneName) -> frozenset[PersonId] | None:
    """Who is seen in ``scene``; None if no cue of the day has it."""
    for take in (show.taking, show.on_air):
        # Its picture is as it was when it was taken, whatever became of the cue in the files since.
        if take is not None and take.mark is not Mark.NONE and take.wanted.get(surface) == scene:
            return show.rundown.guests.intersection(take.cue.speakers)
    there = show.rundown.in_scene.get(surface, {}).get(scene)
    if there is None and surface in show.rundown.walls:
        by_hand = people_in(show, surface, scene)
        there = by_hand & show.rundown.guests if by_hand is not None else None
    return there


def _current(show: Show) -> tuple[PersonId, ...]:
    """Who speaks in the cue on air, or on its way there."""
    return _speaking(show, show.current.cue) if show.current is not None else ()


def _speaking(show: Show, cue: Cue) -> tuple[PersonId, ...]:
    return tuple(guest for guest in cue.speakers if guest in show.rundown.guests)


def involved(show: Show, cue: Cue) -> tuple[PersonId, ...]:
    """The guests who speak in ``cue``, and those who have to be ready for it; each once."""
    named = (*cue.speakers, *map(PersonId, cue.needs))
    return tuple(dict.fromkeys(guest for guest in named if guest in show.rundown.guests))


def turns(show: Show) -> Mapping[PersonId, int]:
    """How many GOs there are until a guest speaks: 0 on air, 1 next; in that order, without those who are done.

    Whoever is seen on air is on air, whichever cue that scene belongs to.
    """
    found = dict.fromkeys(_current(show), 0)
    found |= dict.fromkeys(sorted(tally(show).on_air - found.keys()), 0)
    following = next_cue(show)
    place = show.plan.place(following.id) if following is not None else None
    if place is None:
        return found
    turn = 0
    wanted = len(show.rundown.guests)
    for cue in show.plan.cues[place:]:
        # What GO takes is taken even where the pointer was put on it by hand.
        if turn and is_skipped(show, cue):
            continue
        turn += 1
        for guest in cue.speakers:
            if guest in show.rundown.guests:
                found.setdefault(guest, turn)
        if len(found) >= wanted:
            break
    return found


# --- who is ready


def is_ready(show: Show, guest: PersonId) -> bool:
    """Whether the picture is good, as far as there is a preview of it, and the whole tech check was passed."""
    state = guest_of(show, guest)
    good = state.signal in GOOD or guest in show.rundown.unwatched
    return good and all(_verdict(state, check) is Verdict.GOOD for check in Check)


def _verdict(state: GuestState, check: Check) -> Verdict | None:
    mark = state.checks.get(check)
    return mark.verdict if mark is not None else None


@dataclass(frozen=True, slots=True)
class Lack:
    """What ``guest`` is missing, in a word or two."""

    guest: PersonId
    text: Text


def lacking(show: Show, cue: Cue) -> tuple[Lack, ...]:
    """What speaks against ``cue`` from its guests' side.

    Who speaks in it or is named in ``needs`` has to have a good picture and no bad mark. Who is named has to have
    passed the whole tech check. Where ``needs`` has the name of a check (``interpretation``), every guest who speaks
    has to have passed that one. Of whom there is no preview the tech check alone tells.
    """
    named = frozenset(cue.needs)
    found: list[Lack] = []
    for guest in involved(show, cue):
        state = guest_of(show, guest)
        if state.signal not in GOOD and guest not in show.rundown.unwatched:
            found.append(Lack(guest, SIGNAL_WORDS[state.signal]))
        if guest in named and not state.checks:
            found.append(Lack(guest, NO_CHECK))
            continue
        for check in Check:
            verdict = _verdict(state, check)
            if verdict is Verdict.BAD:
                found.append(Lack(guest, FOUND_BAD[check]))
            elif verdict is None and (guest in named or check in named):
                found.append(Lack(guest, NOT_CHECKED[check]))
    return tuple(found)

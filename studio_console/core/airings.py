"""Every take of a show with what became of it, gathered while a journal is replayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio_console.core.rundown import Cue
from studio_console.core.show import Mark, Phase, Show, Take
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant, PressId, SurfaceId


@dataclass(frozen=True, slots=True)
class Airing:
    """One time that a cue was taken. ``started`` is None if nothing showed it before something else was taken."""

    cue: CueId
    number: str
    title: Text
    pressed: Instant
    planned_start: Instant | None
    """Of the plan as it was when it was taken; None if the rundown did not have it."""
    planned_end: Instant | None
    planned_length: Duration | None
    started: Instant | None = None
    ended: Instant | None = None
    held: Duration = Duration(0)
    added: Duration = Duration(0)
    wanted: tuple[SurfaceId, ...] = ()
    confirmed: Mapping[SurfaceId, Duration] = field(default_factory=dict)
    """How long after the press each surface said that it shows it, in ms of real time."""
    unconfirmed: Mapping[SurfaceId, Text | None] = field(default_factory=dict)
    """The surfaces that never said so, and why as far as is known."""
    standby_called: Instant | None = None
    backed_out: bool = False
    returned: int = 0
    """How often Back brought it on air again."""
    sent_again: int = 0
    """How often its picture was sent again while it was on air."""
    mark: Mark = Mark.NONE


@dataclass(slots=True)
class _Draft:
    """An airing that is still being told of."""

    cue: Cue
    pressed: Instant
    key: Instant
    """Its start as the show has it, by which Back's take is known to be this one."""
    planned: tuple[Instant, Instant, Duration | None] | None
    started: Instant | None = None
    ended: Instant | None = None
    held: Duration = Duration(0)
    added: Duration = Duration(0)
    wanted: dict[SurfaceId, None] = field(default_factory=dict)
    confirmed: dict[SurfaceId, Duration] = field(default_factory=dict)
    unconfirmed: dict[SurfaceId, Text | None] = field(default_factory=dict)
    standby_called: Instant | None = None
    backed_out: bool = False
    returned: int = 0
    sent_again: int = 0
    mark: Mark = Mark.NONE

    def done(self) -> Airing:
        start, end, length = self.planned or (None, None, None)
        return Airing(
            cue=self.cue.id,
            number=self.cue.number,
            title=self.cue.title,
            pressed=self.pressed,
            planned_start=start,
            planned_end=end,
            planned_length=length,
            started=self.started,
            ended=self.ended,
            held=self.held,
            added=self.added,
            wanted=tuple(self.wanted),
            confirmed=dict(self.confirmed),
            unconfirmed=dict(self.unconfirmed),
            standby_called=self.standby_called,
            backed_out=self.backed_out,
            returned=self.returned,
            sent_again=self.sent_again,
            mark=self.mark,
        )


class Airings:
    """Told of every step of a show, it knows every take."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._drafts: list[_Draft] = []
        self._open: list[_Draft] = []
        self._by_press: dict[PressId, _Draft] = {}
        self._moved = Duration(0)

    def see(self, before: Show, after: Show, now: Instant, move: Duration) -> None:
        """The show became ``after`` at ``now``; ``move`` is what the clock of then lacks to the one set last."""
        if move != self._moved:
            # The show's marks were moved by as much as the clock was set.
            for draft in self._drafts:
                draft.key = Instant(draft.key + self._moved - move)
            self._moved = move
        if before.on_air is after.on_air and before.taking is after.taking and before.edits is after.edits:
            return
        current: list[_Draft] = []
        for take in (after.on_air, after.taking):
            if take is not None:
                current.append(self._note(before, after, take, now, move))
        for draft in self._open:
            if not any(draft is other for other in current):
                self._close(draft, before, after, now, move)
        self._open = current

    def all(self, until: Instant | None, show: Show) -> tuple[Airing, ...]:
        """Every take in the order in which it was first made. ``until``: the end of the journal, by the last clock."""
        take = show.current
        for draft in self._open:
            if take is not None and take.held_since is not None and until is not None and draft.started is not None:
                draft.held = Duration(take.held + max(0, until - take.held_since - self._moved))
        return tuple(draft.done() for draft in self._drafts)

    def _note(self, before: Show, after: Show, take: Take, now: Instant, move: Duration) -> _Draft:
        draft = self._by_press.get(take.press)
        if draft is None:
            draft = self._found(before, take, move) if take.returned else None
            if draft is None:
                draft = self._new(after, take, move)
            self._by_press[take.press] = draft
        on_air = take.phase is not Phase.TAKING
        if on_air or not take.returned:
            draft.key = take.started_at
        if on_air:
            draft.started, draft.ended = Instant(take.started_at + move), None
        held = max(0, now - take.held_since) if take.held_since is not None else 0
        draft.held = Duration(take.held + held)
        draft.added = after.edits.added.get(take.cue.id, Duration(0))
        draft.mark = take.mark
        called = take.standby_called_at
        draft.standby_called = None if called is None else Instant(called + move)
        for surface in take.wanted:
            draft.wanted[surface] = None
            told = take.confirmed.get(surface)
            if told is not None:
                draft.confirmed[surface] = Duration(round(max(0, told - take.pressed_at) / self._speed))
                draft.unconfirmed.pop(surface, None)
            else:
                draft.unconfirmed[surface] = take.failed.get(surface)
        return draft

    def _new(self, show: Show, take: Take, move: Duration) -> _Draft:
        plan, place = show.plan, show.plan.place(take.cue.id)
        planned = None
        if place is not None:
            begin, end = plan.start[place], plan.end[place]
            is_open = plan.lengths[place] is None and plan.counts_to[place] is None
            planned = (begin, end, None if is_open else Duration(end - begin))
        draft = _Draft(take.cue, Instant(take.pressed_at + move), take.started_at, planned)
        self._drafts.append(draft)
        return draft

    def _found(self, before: Show, take: Take, move: Duration) -> _Draft | None:
        """What ``take`` brings back, or sends again while it is on air."""
        of_cue = [draft for draft in reversed(self._drafts) if draft.cue.id == take.cue.id]
        draft = next((draft for draft in of_cue if draft.key == take.started_at), of_cue[0] if of_cue else None)
        if draft is not None:
            on_air = any(draft is other for other in self._open) and before.taking is None
            if on_air:
                draft.sent_again += 1
            else:
                draft.returned += 1
                draft.backed_out = False
        return draft

    def _close(self, draft: _Draft, before: Show, after: Show, now: Instant, move: Duration) -> None:
        cue = draft.cue.id
        run = after.runs.get(cue)
        if run is not None and run is not before.runs.get(cue):
            draft.started, draft.ended = Instant(run.started_at + move), Instant(run.ended_at + move)
            draft.backed_out = run.backed_out
        elif draft.started is not None:
            draft.ended = max(draft.started, Instant(now + move))
        following = after.on_air
        if following is not None and following.returned and draft.started is not None:
            draft.backed_out = True

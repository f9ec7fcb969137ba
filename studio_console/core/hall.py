"""Who may come into the hall: the rules, what speaks against somebody at the door, and an entry of the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from studio_console.core.change import replace
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, Duration, Instant, PersonId


class HallReason(StrEnum):
    """Why somebody is not let in."""

    FULL = "full"
    FEVER = "fever"
    UNMEASURED = "not measured"
    NO_MASK = "no mask"


REASON_WORDS: Mapping[HallReason, Text] = {
    HallReason.FULL: Text("홀이 찼습니다 {inside}/{limit}", "the hall is full, {inside}/{limit}"),
    HallReason.FEVER: Text("발열 {temperature}℃ (기준 {fever}℃)", "fever {temperature} ℃ (limit {fever} ℃)"),
    HallReason.UNMEASURED: Text("체온을 재지 않았습니다", "temperature not taken"),
    HallReason.NO_MASK: Text("마스크가 없습니다", "no mask"),
}

SHORT_REASONS: Mapping[HallReason, Text] = {
    HallReason.FULL: Text("만원", "full"),
    HallReason.FEVER: Text("발열", "fever"),
    HallReason.UNMEASURED: Text("미측정", "not measured"),
    HallReason.NO_MASK: Text("마스크 없음", "no mask"),
}
"""In a word, for tables."""
DEGREES = re.compile(r"(?P<whole>3[0-9]|4[0-5])(?:[.,]?(?P<tenth>[0-9]))?")


@dataclass(frozen=True, slots=True)
class HallRules:
    """``fever`` in tenths of a degree Celsius, from which on it is one."""

    fever: int = 375
    keep_days: int = 14
    """For so many days entries are kept; then they are deleted."""
    amber: int | None = None
    """From so many people on the count is amber; nine tenths of the limit where it is left out."""
    call: Duration = Duration(30 * MINUTE)
    """So long before their planned time speakers are called, where their cue does not say when, in ms."""
    routes: Mapping[str, Text] = field(default_factory=dict)
    """The ways in, the usual one first."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door. ``temperature`` in tenths of a degree Celsius; None where it was not taken."""

    name: str
    party: str
    route: str
    temperature: int | None
    mask: bool
    person: PersonId | None = None
    """Who it is among the people of the event."""


class TakenBack(NamedTuple):
    """A going-out that was none: they never left at ``left``, as was found at ``at``."""

    left: Instant
    at: Instant


@dataclass(frozen=True, slots=True)
class Visit:
    """One entry of the ledger."""

    id: str
    visitor: Visitor
    day: str
    entered: Instant
    left: Instant | None = None
    allowed_by: str = ""
    """Who allowed it against ``reasons``."""
    reasons: tuple[HallReason, ...] = ()
    corrected: Instant | None = None
    """When it was last put right."""
    taken_back: tuple[TakenBack, ...] = ()
    """Going-outs by mistake."""

    @property
    def unallowed(self) -> tuple[HallReason, ...]:
        """What speaks against it and nobody has allowed."""
        return () if self.allowed_by else self.reasons


class Crowd(StrEnum):
    """How full the hall is."""

    ROOM = "room"
    NEARLY = "nearly full"
    FULL = "full"


def crowd(inside: int, limit: int, rules: HallRules) -> Crowd:
    if inside >= limit:
        return Crowd.FULL
    return Crowd.NEARLY if inside >= amber_from(limit, rules) else Crowd.ROOM


def amber_from(limit: int, rules: HallRules) -> int:
    return rules.amber if rules.amber is not None else limit * 9 // 10


def reasons_against(visitor: Visitor, inside: int, limit: int, rules: HallRules) -> tuple[HallReason, ...]:
    """What speaks against letting ``visitor`` in while ``inside`` are there; nothing: they may."""
    full = (HallReason.FULL,) if inside >= limit else ()
    return *full, *_against(visitor, rules)


def corrected(visit: Visit, visitor: Visitor, at: Instant, rules: HallRules, allowed_by: str = "") -> Visit:
    """``visit`` as it really was. Whoever is in is not refused any more: what speaks against them is written down, and
    who allows it. Whoever allowed something else before has not allowed that.
    """
    full = tuple(reason for reason in visit.reasons if reason is HallReason.FULL)
    reasons = (*full, *_against(visitor, rules))
    if not allowed_by and set(reasons) <= set(visit.reasons):
        allowed_by = visit.allowed_by
    return replace(visit, visitor=visitor, corrected=at, reasons=reasons, allowed_by=allowed_by if reasons else "")


def stayed(visit: Visit, at: Instant) -> Visit:
    """``visit`` of somebody who was written down as gone and is in, as is found ``at``."""
    if visit.left is None:
        return visit
    return replace(visit, left=None, taken_back=(*visit.taken_back, TakenBack(visit.left, at)))


def in_anew(visit: Visit, visits: Iterable[Visit]) -> bool:
    """Whether the same person of the event has come in again by another entry, and would be counted twice."""
    there = {other.visitor.person for other in inside(visits, visit.day) if other.id != visit.id}
    return visit.visitor.person is not None and visit.visitor.person in there


def _against(visitor: Visitor, rules: HallRules) -> tuple[HallReason, ...]:
    found: list[HallReason] = []
    if visitor.temperature is None:
        found.append(HallReason.UNMEASURED)
    elif visitor.temperature >= rules.fever:
        found.append(HallReason.FEVER)
    if not visitor.mask:
        found.append(HallReason.NO_MASK)
    return tuple(found)


def inside(visits: Iterable[Visit], day: str) -> list[Visit]:
    """Who came in on ``day`` and has not left."""
    return [visit for visit in visits if visit.day == day and visit.left is None]


def gone(visits: Iterable[Visit], day: str) -> list[Visit]:
    """Who came in on ``day`` and has left, the latest first."""
    left = [(visit.left, visit) for visit in visits if visit.day == day and visit.left is not None]
    return [visit for _, visit in sorted(left, key=lambda pair: pair[0], reverse=True)]


def tenths(typed: str) -> int | None:
    """A temperature as it is typed, ``36.5``, ``365`` or ``36``, in tenths; None where it is none a person has."""
    found = DEGREES.fullmatch(typed.strip())
    return int(found["whole"]) * 10 + int(found["tenth"] or 0) if found is not None else None


def degrees(temperature: int) -> str:
    """``36.5`` of 365 tenths."""
    return f"{temperature // 10}.{temperature % 10}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the ledger says to somebody at the door: in, with ``visit``; or not, and why.

    Of an entry that was corrected: how it stands now in ``visit``, and ``reasons`` that nobody has allowed.
    """

    visit: Visit | None
    reasons: tuple[HallReason, ...] = ()
    inside: int = 0
    """How many were in when it was decided."""
    trouble: Text | None = None
    """It could not be written: nothing was entered."""


def reason_text(reason: HallReason, visitor: Visitor, inside: int, limit: int, rules: HallRules) -> Text:
    """Why ``visitor`` is not let in, in words."""
    measured = degrees(visitor.temperature) if visitor.temperature is not None else ""
    return REASON_WORDS[reason].filled(inside=inside, limit=limit, temperature=measured, fever=degrees(rules.fever))


def counts(visits: Iterable[Visit], day: str, rules: HallRules) -> tuple[int, int, int, int]:
    """Of ``day``: how many are in, of them with a fever and not measured, and how many came at all."""
    today = [visit for visit in visits if visit.day == day]
    there = [visit.visitor for visit in today if visit.left is None]
    fevers = sum(one.temperature is not None and one.temperature >= rules.fever for one in there)
    return len(there), fevers, sum(one.temperature is None for one in there), len(today)

"""The roll call: a list of cities, each marked as present and as having agreed, and how a wall shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio_console.core.rundown import Cue, Event
from studio_console.core.text import Text
from studio_console.core.units import Instant, PersonId, SurfaceId


class RollMark(StrEnum):
    PRESENT = "present"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Marked:
    """When a mark was set, and by whom."""

    at: Instant
    by: str


Marks = Mapping[PersonId, Mapping[RollMark, Marked]]

SIGNS = {RollMark.PRESENT: "✓", RollMark.AGREED: "◎"}
NO_SIGN = "·"
WORDS = {RollMark.PRESENT: Text("참석", "Present"), RollMark.AGREED: Text("동의", "Agreed")}


@dataclass(frozen=True, slots=True)
class RollEntry:
    person: PersonId
    name: str
    """The city in both languages, as it stands in the list."""


@dataclass(frozen=True, slots=True)
class RollColumn:
    """One column of a list on a surface: the text in OBS that holds it, and who stands in it from top to bottom."""

    surface: SurfaceId
    input: str
    entries: tuple[RollEntry, ...]


def entries_of(cue: Cue, event: Event) -> tuple[RollEntry, ...]:
    """The cue's list in its order; who is no person of the event any more is left out."""
    people = (event.people.get(person) for person in cue.roll_call)
    return tuple(RollEntry(person.id, person.city.both(" ")) for person in people if person is not None)


def columns_of(entries: Sequence[RollEntry], columns: int) -> tuple[tuple[RollEntry, ...], ...]:
    """``entries`` down the first column, then down the next; the columns as equal as can be, none of them empty."""
    height = max(1, -(-len(entries) // max(1, columns)))
    return tuple(tuple(entries[start : start + height]) for start in range(0, len(entries), height))


def column_text(entries: Sequence[RollEntry], marks: Marks) -> str:
    """The lines as the wall shows them; a sign and a word, never a colour alone."""
    return "\n".join(line_of(entry, marks) for entry in entries)


def line_of(entry: RollEntry, marks: Marks) -> str:
    mark = standing(marks, entry.person)
    if mark is None:
        return f"{NO_SIGN} {entry.name}"
    return f"{SIGNS[mark]} {entry.name}  {WORDS[mark].both(' ')}"


def standing(marks: Marks, person: PersonId) -> RollMark | None:
    """The mark that says most: who has agreed is present."""
    given = marks.get(person, {})
    return next((mark for mark in (RollMark.AGREED, RollMark.PRESENT) if mark in given), None)


def is_marked(marks: Marks, person: PersonId, mark: RollMark) -> bool:
    return mark in marks.get(person, {})


def counts(people: Sequence[PersonId], marks: Marks) -> Mapping[RollMark, int]:
    """How many of ``people`` have each mark."""
    return {mark: sum(is_marked(marks, person, mark) for person in people) for mark in RollMark}

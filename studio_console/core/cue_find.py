"""Finding cues by typing: number, titles in both languages, who speaks, captions, notes and free columns.

A day may have two thousand cues, and every stroke is to be answered within one picture of the screen. So what a cue
says is folded once, and most of it is ruled out by its initial consonants alone, which is one search in a string.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import NamedTuple

from studio_console.core.hangul import Pattern, folded, initials
from studio_console.core.rundown import Cue, Person
from studio_console.core.units import CueId, PersonId

GAP = "\n"
"""Between two texts: nothing typed has it, so nothing is found across them."""


class _Folded(NamedTuple):
    cue: Cue
    words: str
    initials: str


class CueIndex:
    """What every cue says, ready to be searched. Cues that stay the same are not read again."""

    def __init__(self) -> None:
        self._people: Mapping[PersonId, Person] | None = None
        self._of: dict[CueId, _Folded] = {}
        self._cues: Sequence[Cue] = ()

    def read(self, cues: Sequence[Cue], people: Mapping[PersonId, Person]) -> None:
        """Takes over the running order; costs nothing where it is the one it has."""
        if cues is self._cues and people is self._people:
            return
        known = self._of if people is self._people else {}
        self._people, self._cues = people, cues
        self._of = {}
        for cue in cues:
            before = known.get(cue.id)
            self._of[cue.id] = before if before is not None and before.cue is cue else _read(cue, people)

    def find(self, typed: str) -> tuple[CueId, ...]:
        """The cues in running order that have every word of ``typed``; none where nothing was typed."""
        patterns = [Pattern(word) for word in typed.split() if folded(word)]
        if not patterns:
            return ()
        return tuple(
            one.cue.id
            for one in self._of.values()
            if all(pattern.is_in(one.words, one.initials) for pattern in patterns)
        )


def _read(cue: Cue, people: Mapping[PersonId, Person]) -> _Folded:
    texts = [cue.number, cue.title.ko, cue.title.en]
    for name in cue.speakers:
        person = people.get(name)
        texts += [str(name)] if person is None else [person.label.ko, person.label.en]
    if cue.captions is not None:
        texts += [cue.captions.ko, cue.captions.en]
    texts += [note for note in astuple(cue.notes) if note]
    texts += [f"{head} {text}" for head, text in cue.extra.items()]
    words = GAP.join(folded(text) for text in texts)
    return _Folded(cue, words, initials(words))

"""Finding cues by typing: number, titles in both languages, who speaks, captions, notes and free columns.

A day may have two thousand cues, and every stroke is to be answered within one picture of the screen. So what a cue
says is folded once, and most of it is ruled out by its initial consonants alone, which is one search in a string.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from studio_console.core.hangul import Pattern, folded, initials
from studio_console.core.rundown import Cue, Person
from studio_console.core.units import CueId, PersonId

GAP = "\n"
"""Between two texts: nothing typed has it, so nothing is found across them."""


class _Said(NamedTuple):
    cue: Cue
    words: str
    initials: str


class CueIndex:
    """What every cue says, ready to be searched. Cues that stay the same are not read again."""

    def __init__(self) -> None:
        self._people: Mapping[PersonId, Person] | None = None
        self._cues: Sequence[Cue] = ()
        self._before: Mapping[CueId, _Said] = {}
        self._of: dict[CueId, _Said] = {}

    def take(self, cues: Sequence[Cue], people: Mapping[PersonId, Person]) -> bool:
        """Takes over the running order, and reads nothing of it yet. Whether it is another one than before."""
        if cues is self._cues and people is self._people:
            return False
        self._before = {**self._before, **self._of} if people is self._people else {}
        self._people, self._cues, self._of = people, cues, {}
        return True

    def read(self, most: int | None = None) -> bool:
        """Reads up to ``most`` cues further, or all; whether all are read."""
        people = self._people or {}
        stop = len(self._cues) if most is None else min(len(self._cues), len(self._of) + most)
        for cue in self._cues[len(self._of) : stop]:
            before = self._before.get(cue.id)
            self._of[cue.id] = before if before is not None and before.cue is cue else _read(cue, people)
        if len(self._of) < len(self._cues):
            return False
        self._before = {}
        return True

    def find(self, typed: str) -> tuple[CueId, ...]:
        """The cues in running order that have every word of ``typed``; none where nothing was typed."""
        self.read()
        patterns = [Pattern(word) for word in typed.split() if folded(word)]
        if not patterns:
            return ()
        return tuple(
            one.cue.id
            for one in self._of.values()
            if all(pattern.is_in(one.words, one.initials) for pattern in patterns)
        )


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    """The same note stands at many cues, and a speaker's name wherever they speak."""
    return folded(text)


def _read(cue: Cue, people: Mapping[PersonId, Person]) -> _Said:
    texts = [cue.number, cue.title.ko, cue.title.en]
    for name in cue.speakers:
        person = people.get(name)
        texts += [str(name)] if person is None else [person.label.ko, person.label.en]
    if cue.captions is not None:
        texts += [cue.captions.ko, cue.captions.en]
    notes = cue.notes
    texts += (notes.camera, notes.sound, notes.light, notes.caption, notes.interpretation, notes.stage)
    texts += [f"{head} {text}" for head, text in cue.extra.items()]
    words = GAP.join(_folded(text) for text in texts if text)
    return _Said(cue, words, initials(words))

"""Where decoders say what is wrong: one reader a file, one list of problems for all."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from studio_console.core.problems import Place, Problem, Severity
from studio_console.core.rundown import Person
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.written import Wrong
from studio_console.files.tree import Node, position

MEANT = Text("혹시 ‘{meant}’?", "did you mean ‘{meant}’?")
KNOWN = Text("쓸 수 있는 것: {known}", "known here: {known}")
LISTED = 14
"""More names than these are not listed in a hint."""


class Reader:
    """Collects the problems of one file."""

    __slots__ = ("file", "people", "problems")

    def __init__(self, file: str, problems: list[Problem], people: Mapping[PersonId, Person] | None = None) -> None:
        """``people`` are those of the event, for what is filled in from them."""
        self.file = file
        self.problems = problems
        self.people: Mapping[PersonId, Person] = people or {}

    def place(self, node: Node) -> Place:
        return Place(self.file, *position(node))

    def error(self, node: Node, code: str, message: Text, hint: Text | None = None, **values: object) -> None:
        self.problems.append(Problem(self.place(node), code, Severity.ERROR, message, hint, values))

    def warn(self, node: Node, code: str, message: Text, hint: Text | None = None, **values: object) -> None:
        self.problems.append(Problem(self.place(node), code, Severity.WARNING, message, hint, values))

    def error_at(self, place: Place, code: str, message: Text, hint: Text | None = None, **values: object) -> None:
        self.problems.append(Problem(place, code, Severity.ERROR, message, hint, values))

    def wrong(self, node: Node, wrong: Wrong) -> None:
        """The same problem with a place, as an error."""
        self.error(node, wrong.code, wrong.message, wrong.hint, **wrong.values)


def suggestion(word: str, known: list[str]) -> tuple[Text | None, dict[str, object]]:
    """A hint for a word that is none of ``known``, and the values that it shows."""
    lowered = {name.casefold(): name for name in known}
    close = get_close_matches(word[:80].casefold(), list(lowered), 1, 0.55)
    if close:
        return MEANT, {"meant": lowered[close[0]]}
    if known and len(known) <= LISTED:
        return KNOWN, {"known": ", ".join(known)}
    return None, {}

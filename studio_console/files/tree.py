"""The tree of a YAML file: texts, lists and mappings that know their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

EMPTY_WORDS = frozenset(("", "~", "null", "Null", "NULL"))


# Not frozen: a long day has a hundred thousand of these, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Scalar:
    """A text as it was written; ``plain`` without quotes. Line and column count from 1."""

    text: str
    line: int
    column: int
    plain: bool

    @property
    def empty(self) -> bool:
        return self.plain and self.text in EMPTY_WORDS


@dataclass(slots=True)
class Listing:
    items: list[Node]
    line: int
    column: int


@dataclass(slots=True)
class Mapping:
    """Values by their keys, in the file's order, and the nodes of the keys themselves in the same order."""

    entries: dict[str, Node]
    keys: list[Scalar]
    line: int
    column: int

    def key(self, name: str) -> Node:
        """The node of the key ``name``, or the mapping where it has none."""
        return next((key for key in self.keys if key.text == name), self)

    def value(self, name: str) -> Node:
        """The node of the value at ``name``, or the mapping where it has none."""
        return self.entries.get(name, self)


Node: TypeAlias = Scalar | Listing | Mapping

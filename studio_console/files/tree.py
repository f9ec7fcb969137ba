"""The tree of a YAML file: texts, lists and mappings that know their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from yaml.error import Mark
from yaml.events import ScalarEvent

EMPTY_WORDS = frozenset(("", "~", "null", "Null", "NULL"))

# The parser's own event: ``value`` is the text as it was written. A long day has seventy thousand of them, and
# copying each into a class of ours takes as long as checking all that they say.
Scalar: TypeAlias = ScalarEvent


@dataclass(slots=True)
class Listing:
    items: list[Node]
    start_mark: Mark


@dataclass(slots=True)
class Mapping:
    """Values by their keys, in the file's order, and the nodes of the keys themselves in the same order."""

    entries: dict[str, Node]
    keys: list[Scalar]
    start_mark: Mark

    def key(self, name: str) -> Node:
        """The node of the key ``name``, or the mapping where it has none."""
        return next((key for key in self.keys if key.value == name), self)

    def value(self, name: str) -> Node:
        """The node of the value at ``name``, or the mapping where it has none."""
        return self.entries.get(name, self)


Node: TypeAlias = Scalar | Listing | Mapping


def position(node: Node) -> tuple[int, int]:
    """Line and column of where the node begins, counted from 1."""
    mark = node.start_mark
    assert mark is not None, "the parsers give every node its marks"
    return mark.line + 1, mark.column + 1


def is_plain(scalar: Scalar) -> bool:
    """Whether the text stands without quotes, and is no block."""
    return not scalar.style


def is_empty(scalar: Scalar) -> bool:
    return not scalar.style and scalar.value in EMPTY_WORDS

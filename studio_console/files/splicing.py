"""Where things stand in a YAML text, for changing a part of it and leaving every other byte as it is.

Only texts come here that ``nodes.parse`` has read without an error: no anchors, no tags, not too deep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from studio_console.core.text import Text
from studio_console.files.garbage import no_garbage_collection
from studio_console.files.nodes import LOADER

BY_HAND = Text(
    "{line}번째 줄은 데스크에서 고칠 수 없는 모양으로 적혀 있습니다. 편집기에서 고치세요",
    "line {line} is written in a way that the desk cannot edit: use a text editor",
)


class _Loader(LOADER):  # type: ignore[misc]
    """Knows nothing of what texts stand for: that takes as long as all the rest, and only places are wanted."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return "text"


class CannotWrite(Exception):
    """This cannot be changed from the desk; ``why`` tells the operator."""

    def __init__(self, why: Text, **values: object) -> None:
        super().__init__(why.show("en", **values))
        self.why = why.filled(**values)


@dataclass(frozen=True, slots=True)
class Splice:
    """``text[start:end]`` becomes ``new``."""

    start: int
    end: int
    new: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """``text`` with the splices, which do not overlap; of those at one place the first comes first."""
    parts: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        assert splice.start >= at, "splices overlap"
        parts += [text[at : splice.start], splice.new]
        at = splice.end
    return "".join([*parts, text[at:]])


def compose(text: str) -> yaml.Node:
    """The nodes of ``text``, with their marks."""
    with no_garbage_collection():
        loader = _Loader(text)
        try:
            node: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    assert node is not None, "an event file is not empty"
    return node


def by_hand(text: str, at: int) -> CannotWrite:
    return CannotWrite(BY_HAND, line=text.count("\n", 0, at) + 1)


def line_break(text: str) -> str:
    """What ends the lines of ``text``."""
    return "\r\n" if "\r\n" in text else "\n"


def start_of(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def end_of(text: str, node: yaml.Node) -> int:
    """Just behind the last sign of ``node``; its mark may lie behind blank lines and comments that follow it."""
    if isinstance(node, yaml.ScalarNode):
        end = int(node.end_mark.index)
        if node.style in ("|", ">"):
            return start_of(node) + len(text[start_of(node) : end].rstrip())
        return end
    assert isinstance(node, yaml.CollectionNode)
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    if not isinstance(node, yaml.MappingNode):
        return end_of(text, last)
    key, value = last
    if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:
        return max(text.index(":", int(key.end_mark.index)) + 1, int(value.end_mark.index))
    return end_of(text, value)


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Just before the line break that ends the line of ``at``."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def next_line(text: str, at: int) -> int:
    """The start of the line behind that of ``at``; the text's end where there is none."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def column_of(text: str, at: int) -> int:
    return at - line_start(text, at)

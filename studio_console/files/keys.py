"""Setting and removing keys of one entry of a list in a YAML text: comments, order and quoting stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import yaml

from studio_console.core.text import Text
from studio_console.files.quoting import scalar
from studio_console.files.splicing import (
    CannotWrite,
    Splice,
    by_hand,
    compose,
    end_of,
    line_break,
    line_end,
    line_start,
    next_line,
    spliced,
    start_of,
)

Value: TypeAlias = "str | bool | Text | tuple[str, ...] | Mapping[str, str] | None"
"""What a key is to have; None: the key goes. A ``bool`` is written without quotation marks."""

Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a value."""

COMMENTED = Text(
    "‘{key}’의 괄호 안에 설명이 있어 데스크에서 고칠 수 없습니다. 편집기에서 고치세요",
    "there are comments inside the brackets of ‘{key}’: edit it in a text editor",
)


def item_of(text: str, path: Path = ()) -> yaml.Node | None:
    """What stands at ``path`` of the one entry that ``text``, a list, has; None where there is nothing."""
    listing = compose(text)
    assert isinstance(listing, yaml.SequenceNode), "the text of one entry, with its dash"
    node: yaml.Node | None = listing.value[0]
    for key in path:
        node = value_of(node, key) if isinstance(node, yaml.MappingNode) else None
    return node


def value_of(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def set_key(text: str, path: Path, value: Value, order: Sequence[str]) -> str:
    """``text``, the lines of one entry of a list, where ``path`` has ``value``.

    A key that comes new stands behind the one that precedes it in ``order``. Raises CannotWrite.
    """
    node, before = item_of(text, path[:-1]), item_of(text, path)
    key = path[-1]
    if not isinstance(node, yaml.MappingNode):
        raise by_hand(text, 0)
    if value is None or (isinstance(value, Mapping) and not value):
        return text if before is None else _without(text, node, key)
    if before is None:
        return _with_new(text, node, key, rendered(value), order)
    if isinstance(before, yaml.MappingNode) and isinstance(value, Text | Mapping):
        words = {"ko": value.ko, "en": value.en} if isinstance(value, Text) else value
        # Word by word, for what is said beside each. What comes first: the mapping is never to be empty.
        for name, word in words.items():
            text = set_key(text, (*path, name), word, list(words))
        for name in (name.value for name, _ in before.value if name.value not in words):
            text = set_key(text, (*path, name), None, ())
        return text
    return _replaced(text, key, before, value)


def rendered(value: Value) -> str:
    """The value on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return scalar(value)
        case Text(ko=ko, en=en):
            return scalar(ko) if ko == en else f"{{ko: {scalar(ko)}, en: {scalar(en)}}}"
        case tuple():
            return f"[{', '.join(map(scalar, value))}]"
        case None:
            return "null"
    return "{" + ", ".join(f"{scalar(name)}: {scalar(word)}" for name, word in value.items()) + "}"


def _replaced(text: str, key: str, old: yaml.Node, value: Value) -> str:
    if isinstance(old, yaml.SequenceNode) and isinstance(value, tuple) and not old.flow_style:
        return _relisted(text, old, value)
    if isinstance(value, Text) and value.ko == value.en:
        value = value.ko
    if isinstance(old, yaml.ScalarNode) and isinstance(value, str):
        if value == old.value:
            return text
        return spliced(text, [Splice(start_of(old), end_of(text, old), scalar(value, old.style))])
    start, end = start_of(old), end_of(text, old)
    if not isinstance(old, yaml.ScalarNode) and "#" in _outside_quotes(text[start:end], old, start):
        raise CannotWrite(COMMENTED, key=key)
    return spliced(text, [Splice(start, end, rendered(value))])


def _outside_quotes(text: str, node: yaml.Node, offset: int) -> str:
    """What lies between the scalars of ``node``: signs, blanks and comments."""
    if isinstance(node, yaml.ScalarNode):
        start, end = start_of(node) - offset, int(node.end_mark.index) - offset
        return text[:start] + " " * (end - start) + text[end:]
    children = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    for child in children:
        text = _outside_quotes(text, child, offset)
    return text


def _with_new(text: str, node: yaml.MappingNode, key: str, value: str, order: Sequence[str]) -> str:
    rank = {name: place for place, name in enumerate(order)}
    earlier = [pair for pair in node.value if rank.get(pair[0].value, -1) < rank.get(key, len(rank))]
    _, before = earlier[-1] if earlier else node.value[-1]
    at = end_of(text, before)
    if node.flow_style:
        return spliced(text, [Splice(at, at, f", {scalar(key)}: {value}")])
    column = start_of(node) - line_start(text, start_of(node))
    end = line_end(text, at)
    return spliced(text, [Splice(end, end, f"{line_break(text)}{' ' * column}{scalar(key)}: {value}")])


def _without(text: str, node: yaml.MappingNode, key: str) -> str:
    place = next(index for index, (name, _) in enumerate(node.value) if name.value == key)
    name, value = node.value[place]
    last = place + 1 == len(node.value)
    if node.flow_style:
        if place:
            start, end = end_of(text, node.value[place - 1][1]), end_of(text, value)
        else:
            start, end = start_of(name), end_of(text, value) if last else start_of(node.value[1][0])
        if "#" in _outside_quotes(text[start:end], value, start):
            raise CannotWrite(COMMENTED, key=key)
        return spliced(text, [Splice(start, end, "")])
    start, end = start_of(name), end_of(text, value)
    if text[line_start(text, start) : start].strip():
        # Its first key shares a line with the dash of its entry: that stays.
        return spliced(text, [Splice(start, line_end(text, end), "")])
    return spliced(text, [Splice(line_start(text, start), next_line(text, end), "")])


def _relisted(text: str, node: yaml.SequenceNode, words: tuple[str, ...]) -> str:
    """A list of one line an entry: each keeps its line with what is said beside it."""
    if not words or not all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return spliced(text, [Splice(start_of(node), end_of(text, node), rendered(words))])
    first = line_start(text, start_of(node))
    lead = text[first : start_of(node.value[0])]
    if lead.strip() != "-":
        return spliced(text, [Splice(start_of(node), end_of(text, node), rendered(words))])
    lines: dict[str, str] = {}
    at = first
    for item in node.value:
        end = line_end(text, end_of(text, item))
        lines[item.value] = text[at:end]
        at = next_line(text, end)
    whole = line_break(text).join(lines.get(word, f"{lead}{scalar(word)}") for word in words)
    return spliced(text, [Splice(first, line_end(text, end_of(text, node)), whole)])

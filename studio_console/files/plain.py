"""The plain part of YAML, read four times as fast: what nearly every event file consists of.

PyYAML makes three objects for every word, which for a day of 2,000 cues takes half of the time that loading may take.
Here are read: block mappings and lists, one key a line, and on the line a plain or quoted text without escapes or a
flow list or mapping. The answer to anything else, however harmless, is None, and PyYAML reads the file. So nothing is
ever judged here: a file with a mistake is PyYAML's. That both make the same tree is tested on thousands of files.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from studio_console.files.tree import Listing, Mapping, Node, Scalar

# No tab, no line break but \n, nothing that is not printable, no byte order mark inside.
_STRANGE = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_KEY = "[A-Za-z_가-힣][A-Za-z0-9_가-힣-]{0,79}(?: [A-Za-z가-힣][A-Za-z0-9_가-힣-]{0,79}){0,3}"
_LINE = re.compile(f"( *)(- )?(?:({_KEY}):(?: ([^ ].*))?|([^ ].*))$")
_SKIPPED = re.compile(" *(?:#.*)?$")
_TEXT = re.compile(r"[A-Za-z0-9가-힣(/](?:[^:#]|:(?=[^ :#]))*$")
_QUOTED = re.compile(r"\"[^\"\\]*\"$|'[^']*'$")
_FLOW = re.compile(
    rf"(?P<key>{_KEY}): (?=[^ ])"
    r"|(?P<text>[A-Za-z0-9가-힣(/][^,\[\]{}:?#]*)(?=[,\]}])"
    r"|(?P<quoted>\"[^\"\\]*\"|'[^']*')(?=[,\]}])"
    r"|(?P<open>[\[{])(?=[^ ,\]}])"
    r"|(?P<close>[\]}])(?=[,\]}]|$)"
    r"|(?P<comma>, )(?=[^ ,\]}])"
)
_MOST_OPEN = 12

_Line: TypeAlias = tuple[int, bool, str | None, Node | None]


class _NotPlain(Exception):
    """PyYAML has to read this one."""


def read_plain(text: str) -> Node | None:
    """The tree of a file that is plain throughout and has no mistake; None for any other."""
    if _STRANGE.search(text):
        return None
    try:
        return _blocks(text)
    except _NotPlain:
        return None


def _blocks(text: str) -> Node:
    """Line by line, with a stack of the open blocks and their indents.

    Most lines of a cue sheet are there many times: each is taken apart once, and copied with another line number.
    """
    root: Mapping | None = None
    stack: list[tuple[int, Mapping | Listing]] = []
    indent_of, block = -1, None
    waiting: Scalar | None = None
    known: dict[str, _Line | None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line in known:
            parts = known[line]
            value = None if parts is None or parts[3] is None else _copy(parts[3], number)
        else:
            parts = known[line] = _take_apart(line, number)
            value = None if parts is None else parts[3]
        if parts is None:
            continue
        indent, dash, key_text, _ = parts
        while indent < indent_of:
            if waiting is not None:
                raise _NotPlain  # a key without a value
            stack.pop()
            if not stack:
                raise _NotPlain
            indent_of, block = stack[-1]
        if indent > indent_of:
            opened = Listing([], number, indent + 1) if dash else Mapping({}, [], number, indent + 1)
            if type(block) is Mapping and waiting is not None:
                _put(block, waiting, opened)
                waiting = None
            elif block is None and type(opened) is Mapping:
                root = opened
            else:
                raise _NotPlain
            if len(stack) > _MOST_OPEN:
                raise _NotPlain
            stack.append((indent, opened))
            indent_of, block = indent, opened
        if waiting is not None:
            raise _NotPlain
        if dash:
            if type(block) is not Listing:
                raise _NotPlain
            if key_text is None:
                assert value is not None
                block.items.append(value)
                continue
            indent += 2
            inner = Mapping({}, [], number, indent + 1)
            block.items.append(inner)
            stack.append((indent, inner))
            indent_of, block = indent, inner
        if type(block) is not Mapping or key_text is None or key_text in block.entries:
            raise _NotPlain
        key = Scalar(key_text, number, indent + 1, True)
        if value is None:
            waiting = key
        else:
            block.entries[key_text] = value
            block.keys.append(key)
    if root is None or waiting is not None:
        raise _NotPlain
    return root


def _take_apart(line: str, number: int) -> _Line | None:
    """One line: its indent, whether it begins an item, its key and its value; None for an empty one or a comment."""
    found = _LINE.match(line)
    if found is None or (found[5] is not None and found[5][0] == "#"):
        if _SKIPPED.match(line):
            return None
        raise _NotPlain
    spaces, dash, key, rest, item = found.groups()
    if key is None:
        if not dash:
            raise _NotPlain
        return len(spaces), True, None, _value(item, number, found.start(5) + 1)
    if rest is None:
        if line[-1] != ":":
            raise _NotPlain
        return len(spaces), bool(dash), key, None
    return len(spaces), bool(dash), key, _value(rest, number, found.start(4) + 1)


def _copy(node: Node, line: int) -> Node:
    if type(node) is Scalar:
        return Scalar(node.text, line, node.column, node.plain)
    if type(node) is Listing:
        return Listing([_copy(item, line) for item in node.items], line, node.column)
    assert type(node) is Mapping
    entries = {key: _copy(value, line) for key, value in node.entries.items()}
    return Mapping(entries, [Scalar(key.text, line, key.column, True) for key in node.keys], line, node.column)


def _put(mapping: Mapping, key: Scalar, value: Node) -> None:
    if key.text in mapping.entries:
        raise _NotPlain
    mapping.entries[key.text] = value
    mapping.keys.append(key)


def _value(text: str, line: int, column: int) -> Node:
    first = text[0]
    if first in "{[":
        return _flow(text, line, column)
    if first in "\"'":
        if _QUOTED.match(text):
            return Scalar(text[1:-1], line, column, False)
    elif text[-1] != " " and _TEXT.match(text):
        return Scalar(text, line, column, True)
    raise _NotPlain


def _flow(text: str, line: int, column: int) -> Node:
    """A flow list or mapping that fills the rest of a line, in its usual spacing: ``[a, b]``, ``{k: v, l: w}``."""
    match = _FLOW.match
    outer: list[tuple[Mapping | Listing, Scalar | None]] = []
    holder: Mapping | Listing | None = None
    key: Scalar | None = None
    place, ready = 0, True
    while True:
        found = match(text, place)
        if found is None:
            raise _NotPlain
        kind, word = found.lastgroup, found[0]
        at = column + place
        place = found.end()
        node: Node
        if kind == "key":
            if not ready or key is not None or type(holder) is not Mapping:
                raise _NotPlain
            key = Scalar(word[:-2], line, at, True)
            continue
        if kind == "comma":
            if ready:
                raise _NotPlain
            ready = True
            continue
        if kind == "close":
            if ready or (word == "}") != (type(holder) is Mapping):
                raise _NotPlain
            assert holder is not None
            if not outer:
                if place != len(text):
                    raise _NotPlain
                return holder
            holder, key = outer.pop()
            continue
        if not ready:
            raise _NotPlain
        if kind == "text":
            if word[-1] == " ":
                raise _NotPlain
            node = Scalar(word, line, at, True)
        elif kind == "quoted":
            node = Scalar(word[1:-1], line, at, False)
        else:
            node = Mapping({}, [], line, at) if word == "{" else Listing([], line, at)
        if type(holder) is Mapping:
            if key is None:
                raise _NotPlain
            _put(holder, key, node)
            key = None
        elif type(holder) is Listing:
            holder.items.append(node)
        if kind == "open":
            if holder is not None:
                outer.append((holder, key))
                if len(outer) > _MOST_OPEN:
                    raise _NotPlain
            holder = node  # type: ignore[assignment]
        else:
            ready = False

"""YAML text → nodes that know their place: every scalar stays the text that was written.

PyYAML's resolvers turn 10:30 into 630, ``no`` into False and 1.10 into 1.1, and let the later of two equal keys win
silently; none of that happens here. The tree is built from parser events and not with ``yaml.compose``, whose
C version recurses: a few thousand open brackets overflow the stack and end the whole process.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from studio_console.core.problems import Place
from studio_console.core.text import Text
from studio_console.files import syntax
from studio_console.files.reader import Reader, shorten
from studio_console.files.tree import Listing, Mapping, Node, Scalar

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 40
MAX_BYTES = 20_000_000

EMPTY = Text("파일이 비어 있습니다", "the file is empty")
NOT_UTF8 = Text("UTF-8 문서가 아닙니다", "the file is not UTF-8")
SAVE_UTF8 = Text("편집기에서 UTF-8로 저장하세요", "save it as UTF-8 in the editor")
TOO_LARGE = Text("파일이 너무 큽니다", "the file is too large")
TOO_DEEP = Text("너무 깊이 중첩되었습니다", "nested too deeply")
TWO_DOCUMENTS = Text("한 파일에 YAML 문서가 둘 이상입니다", "more than one YAML document in the file")
REMOVE_DASHES = Text("‘---’ 줄을 지우거나 파일을 나누세요", "remove the line ‘---’ or split the file")
ALIAS = Text(
    "앵커와 별칭(&이름, *이름, <<)은 쓸 수 없습니다",
    "anchors and aliases (&name, *name, <<) are not used in event files",
)
ALIAS_HINT = Text(
    "내용을 그대로 적으세요. *나 &로 시작하는 글은 따옴표로 묶으세요",
    "write the content out, so that a change here changes nothing elsewhere; quote a text that begins with * or &",
)
TAG = Text("태그 ‘{tag}’은(는) 쓸 수 없습니다", "the tag ‘{tag}’ is not used in event files")
TAG_HINT = Text("!로 시작하는 글은 따옴표로 묶으세요", "remove it; quote a text that begins with !")
KEY_KIND = Text("키는 한 단어여야 합니다", "a key has to be a word")
DUPLICATE = Text("‘{key}’ 키가 두 번 나옵니다", "the key ‘{key}’ stands here twice")
DUPLICATE_HINT = Text("처음은 {line}번째 줄입니다. 하나만 남기세요", "first in line {line}; keep one of them")


class _Stop(Exception):
    """The rest of the file cannot be read; the problem has been said."""


def parse(data: bytes, reader: Reader) -> Node | None:
    """The tree of one file. None with at least one error said to ``reader`` if it cannot be read as a whole."""
    if len(data) > MAX_BYTES:
        reader.error_at(Place(reader.file), "file-size", TOO_LARGE)
        return None
    text = _decode(data, reader)
    if text is None:
        return None
    try:
        loader = LOADER(text)
        try:
            return _build(loader, reader)
        finally:
            loader.dispose()
    except _Stop:
        return None
    except yaml.YAMLError as error:
        syntax.report(error, text, reader)
        return None


def _decode(data: bytes, reader: Reader) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark.
        body = error.object
        before = body[: error.start].decode("utf-8", "replace")
        reader.error_at(Place(reader.file, *syntax.position(before, len(before))), "encoding", NOT_UTF8, SAVE_UTF8)
        return None


def _build(loader: Any, reader: Reader) -> Node | None:
    """One pass over the events with a stack of what is open; an open mapping awaits a key where ``key`` is None."""
    get_event = loader.get_event
    root: Node | None = None
    documents = 0
    stack: list[tuple[Listing | Mapping | None, Scalar | None]] = []
    holder: Listing | Mapping | None = None
    key: Scalar | None = None
    while True:
        event = get_event()
        kind = type(event)
        node: Node
        if kind is ScalarEvent:
            mark = event.start_mark
            node = Scalar(event.value, mark.line + 1, mark.column + 1, not event.style)
            if event.anchor is not None or event.tag is not None:
                _refuse(event, reader)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            node = Mapping({}, [], line, column) if kind is MappingStartEvent else Listing([], line, column)
            if event.anchor is not None or event.tag is not None:
                _refuse(event, reader)
        elif kind is AliasEvent:
            _refuse(event, reader)
            continue
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                reader.error_at(_place(event, reader), "documents", TWO_DOCUMENTS, REMOVE_DASHES)
                raise _Stop
            continue
        elif kind is StreamEndEvent:
            break
        elif kind is StreamStartEvent or not stack:
            continue
        else:
            holder, key = stack.pop()
            continue

        if type(holder) is Mapping:
            if key is None:
                if type(node) is not Scalar:
                    reader.error_at(_place(event, reader), "key", KEY_KIND)
                    raise _Stop
                key = node
                continue
            if key.text in holder.entries:
                first = holder.key(key.text).line
                reader.error(key, "duplicate-key", DUPLICATE, DUPLICATE_HINT, key=shorten(key.text), line=first)
            else:
                holder.entries[key.text] = node
                holder.keys.append(key)
            key = None
        elif type(holder) is Listing:
            holder.items.append(node)
        else:
            root = node
        if type(node) is not Scalar:
            if len(stack) >= MAX_DEPTH:
                reader.error_at(_place(event, reader), "nesting", TOO_DEEP)
                raise _Stop
            stack.append((holder, key))
            holder, key = node, None  # type: ignore[assignment]
    if root is None or (type(root) is Scalar and root.empty):
        reader.error_at(Place(reader.file), "empty-file", EMPTY)
        return None
    return root


def _refuse(event: Any, reader: Reader) -> None:
    place = _place(event, reader)
    if event.anchor is not None:
        reader.error_at(place, "alias", ALIAS, ALIAS_HINT)
    else:
        reader.error_at(place, "tag", TAG, TAG_HINT, tag=re.sub(r"^tag:yaml\.org,2002:", "!!", event.tag))
    raise _Stop


def _place(event: Any, reader: Reader) -> Place:
    return Place(reader.file, event.start_mark.line + 1, event.start_mark.column + 1)

"""YAML text → nodes that know their place: every scalar stays the text that was written.

PyYAML's resolvers turn 10:30 into 630, ``no`` into False and 1.10 into 1.1, and let the later of two equal keys win
silently; none of that happens here. The tree is built from parser events and not with ``yaml.compose``, whose
C version recurses: a few thousand open brackets overflow the stack and end the whole process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from studio_console.core.problems import Place
from studio_console.core.text import Text
from studio_console.core.written import shorten
from studio_console.files import syntax
from studio_console.files.reader import Reader
from studio_console.files.tree import Listing, Mapping, Node, Scalar, is_empty, position

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
    event = loader.get_event()
    while type(event) is StreamStartEvent or type(event) is DocumentStartEvent:
        event = loader.get_event()
    root = None if type(event) is StreamEndEvent else _Builder(loader.get_event, reader).node(event, 0)
    if root is None or (type(root) is Scalar and is_empty(root)):
        reader.error_at(Place(reader.file), "empty-file", EMPTY)
        return None
    loader.get_event()  # the document's end
    event = loader.get_event()
    if type(event) is DocumentStartEvent:
        _refuse(event, reader, "documents", TWO_DOCUMENTS, REMOVE_DASHES)
    return root


@dataclass(frozen=True, slots=True)
class _Builder:
    """Events → nodes. The inner loops are written out: most of the time of loading a long day is spent in them."""

    get_event: Callable[[], Any]
    reader: Reader

    def node(self, event: Any, depth: int) -> Node:
        """The node that ``event`` begins; it lies in ``depth`` others."""
        self._refuse_extras(event)
        if type(event) is Scalar:
            return event
        if depth >= MAX_DEPTH:
            _refuse(event, self.reader, "nesting", TOO_DEEP)
        return self._mapping(event, depth) if type(event) is MappingStartEvent else self._listing(event, depth)

    def _refuse_extras(self, event: Any) -> None:
        if type(event) is AliasEvent or event.anchor is not None:
            _refuse(event, self.reader, "alias", ALIAS, ALIAS_HINT)
        if event.tag is not None:
            tag = re.sub(r"^tag:yaml\.org,2002:", "!!", event.tag)
            _refuse(event, self.reader, "tag", TAG, TAG_HINT, tag=tag)

    def _listing(self, start: Any, depth: int) -> Listing:
        get_event = self.get_event
        items: list[Node] = []
        while True:
            event = get_event()
            if type(event) is Scalar and event.anchor is None and event.tag is None:
                items.append(event)
            elif type(event) is SequenceEndEvent:
                return Listing(items, start.start_mark)
            else:
                items.append(self.node(event, depth + 1))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        get_event = self.get_event
        entries: dict[str, Node] = {}
        keys: list[Scalar] = []
        while True:
            key = get_event()
            if type(key) is MappingEndEvent:
                return Mapping(entries, keys, start.start_mark)
            if type(key) is not Scalar or key.anchor is not None or key.tag is not None:
                self._refuse_extras(key)
                _refuse(key, self.reader, "key", KEY_KIND)
            event = get_event()
            if type(event) is Scalar and event.anchor is None and event.tag is None:
                node: Node = event
            else:
                node = self.node(event, depth + 1)
            name = key.value
            if name in entries:
                first, _ = position(next(other for other in keys if other.value == name))
                self.reader.error(key, "duplicate-key", DUPLICATE, DUPLICATE_HINT, key=shorten(name), line=first)
            else:
                entries[name] = node
                keys.append(key)


def _refuse(
    event: Any, reader: Reader, code: str, message: Text, hint: Text | None = None, **values: object
) -> NoReturn:
    """Says what ends the reading of this file."""
    reader.error(event, code, message, hint, **values)
    raise _Stop

"""What a value in a file may look like. One description serves both: the decoder and the JSON Schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol

from studio_console.core.text import Text
from studio_console.core.written import Wrong, shorten
from studio_console.files.reader import Reader, suggestion
from studio_console.files.tree import EMPTY_WORDS, Node, Scalar, is_empty, is_plain
from studio_console.files.values import ID_PATTERN, id_of


class Bad:
    """Stands for a value that could not be read; its problem has been said."""


BAD: Final = Bad()

Schema = dict[str, Any]

EMPTY = Text("값이 비어 있습니다", "the value is empty")
EMPTY_HINT = Text("값을 적거나 줄을 지우세요", "write a value or remove the line")
WANT_TEXT = Text("여기에는 글 하나가 와야 합니다", "a single text is wanted here")
NOT_A_CHOICE = Text("‘{text}’은(는) 여기에 쓸 수 없습니다", "‘{text}’ is not known here")
NOT_A_NUMBER = Text("‘{text}’은(는) 정수가 아닙니다", "‘{text}’ is not a whole number")
OUT_OF_RANGE = Text("{text}은(는) {least}~{most} 밖입니다", "{text} is outside {least} to {most}")
NOT_A_FLAG = Text("true 또는 false여야 합니다", "has to be true or false")


class Shape(Protocol):
    def read(self, node: Node, reader: Reader) -> Any:
        """The value, or BAD with at least one error said to ``reader``."""
        ...

    def schema(self, defs: Schema) -> Schema:
        """JSON Schema of the value as an editor sees it (YAML 1.2); shared parts go to ``defs``."""
        ...


def named(name: str, schema: Schema, defs: Schema) -> Schema:
    defs[name] = schema
    return {"$ref": f"#/$defs/{name}"}


def scalar_text(node: Node, reader: Reader) -> str | Bad:
    """The text of a scalar that is not empty."""
    if type(node) is not Scalar:
        reader.error(node, "type", WANT_TEXT)
        return BAD
    if is_empty(node):
        reader.error(node, "empty", EMPTY, EMPTY_HINT)
        return BAD
    return node.value


MOST_KEPT = 20_000
"""So many read values are kept for when the same text comes again."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with a form of its own, read by ``parse``, which raises Wrong and is a function of its text alone."""

    name: str
    parse: Callable[[str], Any]
    pattern: str
    numbers: bool = False
    """Whether an editor takes some of these texts for a number or for true."""
    examples: tuple[str, ...] = ()
    kept: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is Scalar:
            value = self.kept.get(node.value)
            if value is not None:
                return value
        text = scalar_text(node, reader)
        if type(text) is not str:
            return BAD
        try:
            value = self.parse(text)
        except Wrong as wrong:
            reader.wrong(node, wrong)
            return BAD
        if text not in EMPTY_WORDS and len(self.kept) < MOST_KEPT:
            self.kept[text] = value
        return value

    def schema(self, defs: Schema) -> Schema:
        schema: Schema = {
            "type": ["string", "number", "boolean"] if self.numbers else "string",
            "pattern": self.pattern,
        }
        if self.examples:
            schema["examples"] = list(self.examples)
        return named(self.name, schema, defs)


ID = Parsed("id", id_of, ID_PATTERN, numbers=True)


@dataclass(frozen=True, slots=True)
class Line:
    """Any text, kept as it was written."""

    one_line: bool = False
    blank: bool = False

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is Scalar:
            text = node.value
            if self.blank:
                return "" if is_empty(node) else text
            if text not in EMPTY_WORDS and text.isprintable() and not text.isspace():
                return text
        text_ = scalar_text(node, reader)
        if type(text_) is str and (not text_.strip() or (self.one_line and not text_.isprintable())):
            reader.error(node, "empty", EMPTY, EMPTY_HINT)
            return BAD
        return text_

    def schema(self, defs: Schema) -> Schema:
        if self.blank:
            return {"type": ["string", "number", "boolean", "null"]}
        return named("line", {"type": ["string", "number", "boolean"], "pattern": r"\S"}, defs)


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a few."""

    words: type[StrEnum]

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is Scalar and (word := self.words._value2member_map_.get(node.value)) is not None:
            return word
        text = scalar_text(node, reader)
        if type(text) is str:
            hint, values = suggestion(text, [word.value for word in self.words])
            reader.error(node, "choice", NOT_A_CHOICE, hint, text=shorten(text), **values)
        return BAD

    def schema(self, defs: Schema) -> Schema:
        return {"enum": [word.value for word in self.words]}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, node: Node, reader: Reader) -> Any:
        text = scalar_text(node, reader)
        if type(text) is not str:
            return BAD
        if not (text.isascii() and text.lstrip("-").isdigit() and len(text) < 12):
            reader.error(node, "number", NOT_A_NUMBER, text=shorten(text))
            return BAD
        try:
            number = int(text)
        except ValueError:
            reader.error(node, "number", NOT_A_NUMBER, text=shorten(text))
            return BAD
        if not self.least <= number <= self.most:
            reader.error(node, "range", OUT_OF_RANGE, text=number, least=self.least, most=self.most)
            return BAD
        return number

    def schema(self, defs: Schema) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Flag:
    def read(self, node: Node, reader: Reader) -> Any:
        text = scalar_text(node, reader)
        if type(text) is Bad:
            return BAD
        if type(node) is Scalar and is_plain(node) and text in ("true", "false", "True", "False", "TRUE", "FALSE"):
            return text in ("true", "True", "TRUE")
        reader.error(node, "flag", NOT_A_FLAG)
        return BAD

    def schema(self, defs: Schema) -> Schema:
        return {"type": "boolean"}

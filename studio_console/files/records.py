"""Lists, mappings and records of values; as in ``shapes``, one description serves decoder and JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from studio_console.core.problems import Place
from studio_console.core.text import Text, same
from studio_console.core.written import shorten
from studio_console.files.reader import Reader, suggestion
from studio_console.files.shapes import BAD, Bad, Flag, Line, Schema, Shape, named
from studio_console.files.tree import Listing, Mapping, Node, Scalar, is_empty

WANT_LIST = Text("여기에는 목록이 와야 합니다", "a list is wanted here")
WANT_LIST_HINT = Text("예: [하나, 둘]", "for example [one, two]")
WANT_MAP = Text("여기에는 ‘키: 값’ 묶음이 와야 합니다", "‘key: value’ lines are wanted here")
UNKNOWN_KEY = Text("알 수 없는 키 ‘{key}’", "unknown key ‘{key}’")
MISSING_KEY = Text("‘{key}’이(가) 없습니다", "‘{key}’ is missing")
ONE_OF_MISSING = Text("{keys} 중 하나가 있어야 합니다", "one of {keys} is needed")
ONE_OF_MANY = Text("{keys} 중 하나만 쓸 수 있습니다", "only one of {keys} can be given")
ONLY_WITH = Text("‘{key}’은(는) ‘{other}’와 함께만 쓸 수 있습니다", "‘{key}’ goes only with ‘{other}’")
TOO_FEW = Text("적어도 {least}개가 있어야 합니다", "at least {least} wanted here")
TOO_MANY = Text("{most}개까지만 올 수 있습니다", "at most {most} can stand here")
COMMA_HINT = Text("쉼표가 든 글은 따옴표로 묶으세요", "a text with a comma in it needs quotation marks")
KEYS = Text("키: {keys}", "keys: {keys}")


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; BAD stands where an item could not be read, so that places stay those of the file."""

    shape: Shape
    least: int = 0
    most: int = 100_000

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Listing:
            reader.error(node, "type", WANT_LIST, WANT_LIST_HINT)
            return BAD
        if len(node.items) < self.least:
            reader.error(node, "too-few", TOO_FEW, least=self.least)
            return BAD
        if len(node.items) > self.most:
            reader.error(node.items[self.most], "too-many", TOO_MANY, most=self.most)
            return BAD
        read = self.shape.read
        return tuple([read(item, reader) for item in node.items])

    def schema(self, defs: Schema) -> Schema:
        schema: Schema = {"type": "array", "items": self.shape.schema(defs)}
        if self.least:
            schema["minItems"] = self.least
        if self.most < 1000:
            schema["maxItems"] = self.most
        return schema


@dataclass(frozen=True, slots=True)
class FlagOr:
    """``true`` or ``false``, or else a list."""

    shape: ListOf

    def read(self, node: Node, reader: Reader) -> Any:
        return _FLAG.read(node, reader) if type(node) is Scalar else self.shape.read(node, reader)

    def schema(self, defs: Schema) -> Schema:
        return {"oneOf": [_FLAG.schema(defs), self.shape.schema(defs)]}


_FLAG = Flag()


@dataclass(frozen=True, slots=True)
class MapOf:
    """Any keys of one form, each with a value of one form."""

    key: Shape
    shape: Shape
    least: int = 0

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Mapping:
            reader.error(node, "type", WANT_MAP)
            return BAD
        if len(node.entries) < self.least:
            reader.error(node, "too-few", TOO_FEW, least=self.least)
        values: dict[str, Any] = {}
        for name, child in zip(node.keys, node.entries.values(), strict=True):
            key = self.key.read(name, reader)
            value = self.shape.read(child, reader)
            if key is not BAD and value is not BAD:
                values[key] = value
        return values

    def schema(self, defs: Schema) -> Schema:
        schema: Schema = {"type": "object", "additionalProperties": self.shape.schema(defs)}
        names = self.key.schema(defs)
        if "$ref" in names or "pattern" in names:
            schema["propertyNames"] = names
        if self.least:
            schema["minProperties"] = self.least
        return schema


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. ``about`` is what an editor shows."""

    key: str
    shape: Shape
    about: Text
    required: bool = False


@dataclass(slots=True)
class Row:
    """What was read of one record: good values by key, the keys of bad ones, and the node for their places."""

    values: dict[str, Any]
    bad: set[str]
    node: Mapping

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def value(self, key: str) -> Node:
        """The node of the value at ``key``, for its place."""
        return self.node.value(key)

    def item(self, key: str, index: int) -> Node:
        """The node of one item of the list at ``key``."""
        node = self.node.value(key)
        return node.items[index] if isinstance(node, Listing) and index < len(node.items) else node

    def place(self, reader: Reader) -> Place:
        return reader.place(self.node)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys."""

    name: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    """Exactly one of these keys is given."""
    only_with: tuple[tuple[str, str], ...] = ()
    """The first key of each pair is given only where the second is."""
    unless: str = ""
    """With this key none of ``one_of`` need be given."""
    by_key: dict[str, Shape] = field(init=False, default_factory=dict)
    required: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self.by_key.update((each.key, each.shape) for each in self.fields)
        object.__setattr__(self, "required", frozenset(each.key for each in self.fields if each.required))

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Mapping:
            keys = ", ".join(each.key for each in self.fields if each.required or not self.required)
            reader.error(node, "type", WANT_MAP, KEYS, keys=keys)
            return BAD
        values: dict[str, Any] = {}
        bad: set[str] = set()
        shapes = self.by_key
        for key, child in node.entries.items():
            shape = shapes.get(key)
            if shape is None:
                name = node.key(key)
                hint, shown = suggestion(key, [known for known in shapes if known not in node.entries])
                if type(child) is Scalar and is_empty(child) and "meant" not in shown:
                    hint = COMMA_HINT
                reader.error(name, "unknown-key", UNKNOWN_KEY, hint, key=shorten(key), **shown)
                bad.add("")
                continue
            value = shape.read(child, reader)
            if value is BAD:
                bad.add(key)
            else:
                values[key] = value
        if not self.required <= values.keys():
            for each in self.fields:
                if each.required and each.key not in node.entries:
                    reader.error(node, "missing-key", MISSING_KEY, key=each.key)
                    bad.add(each.key)
        if self.one_of:
            self._check_one_of(node, reader, bad)
        for key, other in self.only_with:
            if key in node.entries and other not in node.entries:
                reader.error(node.key(key), "only-with", ONLY_WITH, key=key, other=other)
                bad.add(key)
        return Row(values, bad, node)

    def _check_one_of(self, node: Mapping, reader: Reader, bad: set[str]) -> None:
        given = [key for key in self.one_of if key in node.entries]
        if len(given) == 1 or (not given and self.unless in node.entries):
            return
        keys = ", ".join(self.one_of)
        if given:
            reader.error(node.key(given[1]), "one-of", ONE_OF_MANY, keys=keys)
        else:
            reader.error(node, "one-of", ONE_OF_MISSING, keys=keys)
        bad.update(self.one_of)

    def schema(self, defs: Schema) -> Schema:
        if self.name in defs:
            return {"$ref": f"#/$defs/{self.name}"}
        properties = {each.key: {**each.shape.schema(defs), "description": each.about.both()} for each in self.fields}
        schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        if self.required:
            schema["required"] = [each.key for each in self.fields if each.required]
        if self.one_of:
            schema["oneOf"] = [{"required": [key]} for key in self.one_of]
            if self.unless:
                others = [{"required": [key]} for key in self.one_of]
                schema["oneOf"].append({"required": [self.unless], "not": {"anyOf": others}})
        if self.only_with:
            schema["dependentRequired"] = {key: [other] for key, other in self.only_with}
        return named(self.name, schema, defs)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """``{ko: …, en: …}``, or one text where both are the same."""

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is Scalar:
            line = _LINE.read(node, reader)
            return line if type(line) is Bad else same(line)
        value = _LANGUAGES.read(node, reader)
        if type(value) is Bad or value.bad:
            return BAD
        return Text(value.values["ko"], value.values["en"])

    def schema(self, defs: Schema) -> Schema:
        schema = {"oneOf": [_LINE.schema(defs), _LANGUAGES.schema(defs)]}
        return named("text", schema, defs)


_LINE = Line()
_LANGUAGES = Record(
    "languages",
    (
        Field("ko", _LINE, Text("한국어", "Korean"), required=True),
        Field("en", _LINE, Text("영어", "English"), required=True),
    ),
)

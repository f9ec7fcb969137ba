"""A block of cues that is written once and stands for many: every pitch of an afternoon, every city of a roll call.

``repeat`` says how often, or for whom; ``<words>`` in the block's cues are filled in for each round. What comes out are
cues as if each had been written out, whose problems are told at their place in the block, or in the list where the
value came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from yaml.error import Mark
from yaml.events import ScalarEvent

from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.written import shorten
from studio_console.files.reader import Reader, suggestion
from studio_console.files.records import Bilingual, Field, ListOf, Record, Row
from studio_console.files.shapes import BAD, ID, Line, Schema, Whole, named
from studio_console.files.tree import Listing, Mapping, Node, Scalar

MOST_ROUNDS = 500
COUNTED = ("n", "nn")
OF_A_PERSON = ("role", "city")
MARK = re.compile(r"<([a-z][a-z0-9_-]*)(?:\.(ko|en))?>")
COLUMN_PATTERN = r"^[a-z][a-z0-9_-]{0,39}$"
LANGUAGES = ("ko", "en")
A_MARK = {"type": "string", "pattern": MARK.pattern}

NESTED = Text("반복 안에 반복을 둘 수 없습니다", "a repeat cannot stand in a repeat")
RESERVED = Text("‘{key}’은(는) 저절로 정해지는 이름입니다", "‘{key}’ is worked out and cannot be given")
COLUMN = Text("열 이름은 소문자로 시작하는 한 단어입니다", "a column's name is one word in lower case")
UNKNOWN = Text("‘<{name}>’에 넣을 값이 없습니다", "nothing is known to put in for ‘<{name}>’")
LACKS = Text(
    "여기에 ‘{name}’이(가) 없습니다. 반복의 큐가 씁니다", "‘{name}’ is missing here, and the cues of the block use it"
)
TWO_LANGUAGES = Text("‘<{name}>’은(는) 두 언어입니다", "‘<{name}>’ is in two languages")
TWO_LANGUAGES_HINT = Text("<{name}.ko> 또는 <{name}.en>으로 적으세요", "write <{name}.ko> or <{name}.en>")
A_LIST = Text("‘<{name}>’은(는) 목록이라 글 속에 넣을 수 없습니다", "‘<{name}>’ is a list and cannot stand in a text")
SAME = Text("되풀이할 때마다 같은 {key}가 됩니다", "this {key} would be the same in every round")
SAME_HINT = Text("<id>나 <n>을 넣으세요", "put <id> or <n> into it")
NO_NUMBER = Text("큐 번호가 없습니다", "the cues have no number")
NO_NUMBER_HINT = Text(
    "반복에 number: A1처럼 첫 번호를 적으면 이어서 셉니다",
    "give the block its first one, such as number: A1; the rest is counted on",
)
NOT_COUNTED = Text("번호는 숫자로 끝나야 이어서 셀 수 있습니다", "it has to end in a figure, to be counted on")
BOTH = Text("‘{key}’이(가) 반복과 그 큐에 모두 있습니다", "‘{key}’ is given for the block and in its cue")

Value: TypeAlias = "str | Text | Node"
"""What is put in for a mark: counted, of a person, or as it stands in the list."""


@dataclass(frozen=True, slots=True)
class Round:
    """One time that the block's cues come: what is put in, and the node to point at."""

    node: Node
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Rounds:
    """``22``: so often. A list: once for each person, or for each line of columns."""

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Listing:
            count = WHOLE.read(node, reader)
            return count if count is BAD else tuple(Round(node, {}) for _ in range(count))
        entries = ENTRIES.read(node, reader)
        return BAD if entries is BAD or BAD in entries else entries

    def schema(self, defs: Schema) -> Schema:
        return {"oneOf": [WHOLE.schema(defs), ENTRIES.schema(defs)]}


@dataclass(frozen=True, slots=True)
class Entry:
    """A person's id, or columns by their names: texts, texts in two languages, or lists."""

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Mapping:
            person = ID.read(node, reader)
            return BAD if person is BAD else Round(node, {"id": node, "person": node})
        good = True
        values: dict[str, Value] = {}
        for key, (name, value) in zip(node.keys, node.entries.items(), strict=True):
            if name in COUNTED or name in OF_A_PERSON:
                reader.error(key, "reserved", RESERVED, key=name)
            elif not re.match(COLUMN_PATTERN, name):
                reader.error(key, "column", COLUMN)
            elif _read_column(name, value, reader) is not BAD:
                values[name] = value
                continue
            good = False
        if "person" in values:
            values.setdefault("id", values["person"])
        return Round(node, values) if good else BAD

    def schema(self, defs: Schema) -> Schema:
        column = {"oneOf": [BILINGUAL.schema(defs), {"type": "array"}]}
        columns: Schema = {
            "type": "object",
            "properties": {"id": ID.schema(defs), "person": ID.schema(defs)},
            "propertyNames": {"pattern": COLUMN_PATTERN, "not": {"enum": [*COUNTED, *OF_A_PERSON]}},
            "additionalProperties": column,
        }
        for name, about in ABOUT_COLUMNS.items():
            columns["properties"][name] = {**columns["properties"][name], "description": about.both()}
        return {"oneOf": [ID.schema(defs), named("repeat-columns", columns, defs)]}


def _read_column(name: str, value: Node, reader: Reader) -> Any:
    if name in ABOUT_COLUMNS:
        return ID.read(value, reader)
    return value if type(value) is Listing else BILINGUAL.read(value, reader)


ABOUT_COLUMNS = {
    "id": Text(
        "이 줄의 아이디. 큐의 아이디에 쓰면 줄이 늘어도 바뀌지 않음",
        "the line's id: put into a cue's id, that stays the same when lines are added",
    ),
    "person": Text("참가자. <role>과 <city>가 따라옴", "a person, whose <role> and <city> come with it"),
}
BILINGUAL = Bilingual()
WHOLE = Whole(1, MOST_ROUNDS)
ENTRIES = ListOf(Entry(), 1, MOST_ROUNDS)


@dataclass(frozen=True, slots=True)
class Template:
    """A cue of a block, as it is written: it is read round by round, when its marks are filled in."""

    cue: Record

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is Mapping and "repeat" in node.entries:
            reader.error(node.key("repeat"), "nested-repeat", NESTED)
            return BAD
        return node if type(node) is Mapping else self.cue.read(node, reader)

    def schema(self, defs: Schema) -> Schema:
        return named("repeated-cue", _with_marks(self.cue, defs), defs)


def repeat_fields(cue: Record, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The keys of a block; ``fields`` are those that it shares with a cue."""
    return (
        Field("repeat", Rounds(), Text("몇 번, 또는 누구마다", "how often, or for whom"), True),
        Field(
            "number",
            Line(True),
            Text("첫 큐의 번호. 나머지는 이어서 셈", "number of its first cue, counted on"),
        ),
        *fields,
        Field("cues", ListOf(Template(cue), 1, 50), Text("되풀이할 큐", "the cues of every round"), True),
    )


@dataclass(frozen=True, slots=True)
class CueList:
    """Cues in running order, and blocks of them; what is read are cues alone."""

    cue: Record
    repeat: Record
    most: int = 100_000

    def read(self, node: Node, reader: Reader) -> Any:
        if type(node) is not Listing:
            return ListOf(self.cue).read(node, reader)
        rows: list[Any] = []
        for item in node.items:
            if type(item) is Mapping and "repeat" in item.entries:
                rows += self._expand(item, reader)
            else:
                rows.append(self.cue.read(item, reader))
        return tuple(rows)

    def schema(self, defs: Schema) -> Schema:
        return {
            "type": "array",
            "items": {
                "if": {"required": ["repeat"]},
                "then": self.repeat.schema(defs),
                "else": self.cue.schema(defs),
            },
        }

    def _expand(self, node: Mapping, reader: Reader) -> list[Any]:
        before = len(reader.problems)
        block = self.repeat.read(node, reader)
        if block is BAD or block.bad or BAD in block.get("cues", ()):
            return [BAD]
        filling = _Filling(reader, block)
        written = list(filling.cues())
        if any(problem.severity == "error" for problem in reader.problems[before:]):
            return [BAD]
        return [self.cue.read(cue, reader) for cue in written]


@dataclass(slots=True)
class _Filling:
    """One block on its way to being cues."""

    reader: Reader
    block: Row
    said: set[tuple[int, str]] = field(default_factory=set)
    """What was said already: a mark that is wrong is so in every round."""

    def cues(self) -> Iterator[Mapping]:
        rounds: tuple[Round, ...] = self.block.get("repeat")
        templates: tuple[Mapping, ...] = self.block.get("cues")
        number = _counter(self.block, self.reader)
        for template in templates:
            self._check(template, len(rounds), "number" in self.block.values)
        known = set().union(*(each.values for each in rounds)) | {*COUNTED}
        if "person" in known:
            known |= {*OF_A_PERSON}
        for place, each in enumerate(rounds):
            values = {**each.values, **self._of_the_person(each), "n": str(place + 1), "nn": f"{place + 1:02}"}
            for row, template in enumerate(templates):
                cue = self._fill(template, values, each, known, None)
                assert type(cue) is Mapping
                if number is not None:
                    count = place * len(templates) + row
                    _put(cue, "number", _text(self.block.value("number"), number(count)), self.block)
                if place == row == 0:
                    self._begin(cue)
                yield cue

    def _begin(self, cue: Mapping) -> None:
        """The block's own start is that of its very first cue, and assumed with it."""
        if "start" not in self.block.values:
            return
        if "start" in cue.entries:
            self.reader.error(cue.key("start"), "repeat-twice", BOTH, key="start")
            return
        _put(cue, "start", self.block.value("start"), self.block)
        if "start" in self.block.get("assumed", ()):
            listed = cue.entries.get("assumed")
            more = _text(self.block.node.key("start"), "start")
            items: list[Node] = [*listed.items, more] if type(listed) is Listing else [more]
            _put(cue, "assumed", Listing(items, cue.start_mark), self.block)

    def _check(self, template: Mapping, rounds: int, counted: bool) -> None:
        """What would come out the same in every round, or with no number at all."""
        for key in ("id",) if counted else ("id", "number"):
            node = template.entries.get(key)
            if type(node) is Scalar and rounds > 1 and not MARK.search(node.value):
                self.reader.error(node, "repeat-same", SAME, SAME_HINT, key=key)
        if counted and "number" in template.entries:
            self.reader.error(template.key("number"), "repeat-twice", BOTH, key="number")
        elif not counted and "number" not in template.entries:
            self.reader.error(template, "repeat-number", NO_NUMBER, NO_NUMBER_HINT)

    def _of_the_person(self, each: Round) -> dict[str, Value]:
        person = each.values.get("person")
        if type(person) is not Scalar:
            return {}
        found = self.reader.people.get(PersonId(person.value))
        if found is None:
            # That there is nobody of that id is said where the cue refers to them.
            return dict.fromkeys(OF_A_PERSON, "?")
        return {"role": found.role, "city": found.city}

    def _fill(self, node: Node, values: dict[str, Value], each: Round, known: set[str], language: str | None) -> Node:
        if type(node) is Scalar:
            return self._fill_text(node, values, each, known, language)
        if type(node) is Listing:
            items = [self._fill(item, values, each, known, language) for item in node.items]
            return Listing(items, node.start_mark)
        assert type(node) is Mapping
        entries = {
            name: self._fill(child, values, each, known, name if name in LANGUAGES else language)
            for name, child in node.entries.items()
        }
        return Mapping(entries, list(node.keys), node.start_mark)

    def _fill_text(
        self, node: Scalar, values: dict[str, Value], each: Round, known: set[str], language: str | None
    ) -> Node:
        text: str = node.value
        if "<" not in text:
            return node
        whole = MARK.fullmatch(text)
        if whole is not None and whole[2] is None and language is None:
            value = values.get(whole[1])
            if isinstance(value, Scalar | Listing | Mapping):
                return value
            if isinstance(value, Text):
                return _both(node, value)
        parts: list[str] = []
        end = 0
        for mark in MARK.finditer(text):
            found = self._text_of(node, mark, values, each, known, language)
            if found is None:
                return node
            parts += [text[end : mark.start()], found]
            end = mark.end()
        return _text(node, "".join([*parts, text[end:]]))

    def _text_of(
        self,
        node: Scalar,
        mark: re.Match[str],
        values: dict[str, Value],
        each: Round,
        known: set[str],
        language: str | None,
    ) -> str | None:
        name, language = mark[1], mark[2] or language
        value = values.get(name)
        if value is None:
            if name in known:
                self._say(each.node, name, "repeat-column", LACKS)
            else:
                hint, more = suggestion(name, sorted(known))
                self._say(node, name, "repeat-mark", UNKNOWN, hint, **more)
            return None
        if isinstance(value, str):
            return value
        if isinstance(value, Text):
            if value.ko == value.en or language is not None:
                return value.ko if language != "en" else value.en
        elif type(value) is Scalar:
            return str(value.value)
        elif type(value) is Mapping:
            spoken = value.entries.get(language) if language is not None else None
            if type(spoken) is Scalar:
                return str(spoken.value)
        else:
            self._say(node, name, "repeat-mark", A_LIST)
            return None
        self._say(node, name, "repeat-mark", TWO_LANGUAGES, TWO_LANGUAGES_HINT)
        return None

    def _say(self, node: Node, mark: str, code: str, message: Text, hint: Text | None = None, **more: object) -> None:
        if (id(node), mark) not in self.said:
            self.said.add((id(node), mark))
            self.reader.error(node, code, message, hint, name=shorten(mark), **more)


def _counter(block: Row, reader: Reader) -> Any:
    """What gives the number of the block's cue at a place, where the block counts them."""
    first = block.get("number")
    if first is None:
        return None
    found = re.fullmatch(r"(.*?)([0-9]{1,9})", first)
    if found is None:
        reader.error(block.value("number"), "repeat-number", NOT_COUNTED, NO_NUMBER_HINT)
        return None
    return lambda place: f"{found[1]}{int(found[2]) + place:0{len(found[2])}}"


def _text(node: Node, text: str) -> Scalar:
    """``text`` at the place of ``node``."""
    style = node.style if type(node) is Scalar else None
    return ScalarEvent(None, None, (True, False), text, node.start_mark, node.start_mark, style)


def _both(node: Scalar, text: Text) -> Mapping:
    """``text`` in both its languages, at the place of ``node``."""
    keys = [_text(node, name) for name in LANGUAGES]
    return Mapping(dict(zip(LANGUAGES, (_text(node, text.ko), _text(node, text.en)), strict=True)), keys, _start(node))


def _start(node: Scalar) -> Mark:
    mark: Any = node.start_mark
    assert mark is not None, "the parsers give every node its marks"
    return mark  # type: ignore[no-any-return]


def _put(cue: Mapping, key: str, value: Node, block: Row) -> None:
    if key not in cue.entries:
        cue.keys.append(_text(block.node.key(key), key))
    cue.entries[key] = value


# --- the schema of a cue with marks in it ------------------------------------------------------------------------


def _with_marks(cue: Record, defs: Schema) -> Schema:
    """The cue's schema in which every text may also be, or hold, a mark; its number may be the block's."""
    own: Schema = {}
    cue.schema(own)
    for name, part in own.items():
        if name != cue.name:
            defs[f"repeated-{name}"] = _marked(part)
    top: Schema = _marked(own[cue.name])
    top["required"] = [key for key in top["required"] if key != "number"]
    return top


def _marked(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_marked(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {**schema, "$ref": schema["$ref"].replace("#/$defs/", "#/$defs/repeated-")}
    if "enum" in schema or "pattern" in schema or schema.get("type") in ("string", "integer", "boolean"):
        about = {key: schema[key] for key in ("description",) if key in schema}
        rest = {key: value for key, value in schema.items() if key != "description"}
        return {"anyOf": [rest, A_MARK], **about}
    kept = ("required", "dependentRequired", "propertyNames")
    marked = {key: value if key in kept else _marked(value) for key, value in schema.items()}
    if schema.get("type") not in ("array", "object") or "properties" in marked:
        return marked
    # A whole list, or a text in two languages, may come from a column.
    about = {"description": marked.pop("description")} if "description" in marked else {}
    return {"anyOf": [marked, A_MARK], **about}

"""The published JSON Schemas are those of the decoders' tables, and an editor judges by them as the decoder does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from studio_console.core.problems import Problem
from studio_console.files.nodes import parse
from studio_console.files.reader import Reader
from studio_console.files.schema import KINDS, file_name, main, schema
from studio_console.files.tree import Listing, Node, Scalar, is_empty, is_plain
from tests.event_texts import FILES
from tests.mutations import mutated

REPOSITORY = Path(__file__).parents[1]
KIND_OF = {
    "layouts/studio.yaml": "studio",
    "layouts/all.yaml": "layouts",
    "rundown/event.yaml": "event",
    "rundown/people.yaml": "people",
    "rundown/day-2.yaml": "day",
}


def as_editors_see(node: Node) -> Any:
    """The value by the core schema of YAML 1.2, which editors' YAML services go by."""
    if isinstance(node, Scalar):
        if not is_plain(node):
            return node.value
        if is_empty(node):
            return None
        if re.fullmatch("true|True|TRUE|false|False|FALSE", node.value):
            return node.value.lower() == "true"
        if re.fullmatch(r"[-+]?[0-9]+", node.value):
            return int(node.value)
        if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.value):
            return float(node.value)
        return node.value
    if isinstance(node, Listing):
        return [as_editors_see(item) for item in node.items]
    return {key: as_editors_see(value) for key, value in node.entries.items()}


def judged(kind: str, data: bytes) -> tuple[bool, bool] | None:
    """Whether the schema and whether the decoder of that kind of file take ``data``; None if it is no YAML."""
    problems: list[Problem] = []
    reader = Reader("file.yaml", problems)
    node = parse(data, reader)
    if node is None or problems:
        return None
    KINDS[kind][0].read(node, reader)
    return VALIDATORS[kind].is_valid(as_editors_see(node)), not problems


VALIDATORS = {kind: jsonschema.Draft202012Validator(schema(kind)) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_schema_is_the_one_of_the_code(kind: str, tmp_path: Path) -> None:
    """If this fails: python -m studio_console.files.schema docs/schema."""
    main(tmp_path)
    published = REPOSITORY / "docs/schema" / file_name(kind)
    assert published.read_text(encoding="utf-8") == (tmp_path / file_name(kind)).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_and_every_key_is_described_in_both_languages(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    text = json.loads((REPOSITORY / "docs/schema" / file_name(kind)).read_text(encoding="utf-8"))
    for part in [text, *text["$defs"].values()]:
        for name, described in part.get("properties", {}).items():
            assert " · " in described["description"], name


@pytest.mark.parametrize("file", KIND_OF)
def test_schema_and_decoder_take_the_whole_example(file: str) -> None:
    assert judged(KIND_OF[file], FILES[file].encode()) == (True, True)


@pytest.mark.parametrize("path", sorted((REPOSITORY / "rundown").glob("*.yaml")), ids=lambda path: str(path.name))
def test_schema_and_decoder_take_the_sample_event(path: Path) -> None:
    kind = path.stem.split("-")[0]
    assert judged(kind, path.read_bytes()) == (True, True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rundown/day-2.yaml", "kind: panel", "kind: pannel"),
        ("rundown/day-2.yaml", "duration: 5m", "duration: 5"),
        ("rundown/day-2.yaml", "duration: 5m", "duration: 5 minutes"),
        ("rundown/day-2.yaml", "duration: 5m", "duration:"),
        ("rundown/day-2.yaml", "        duration: 5m\n", ""),
        ("rundown/day-2.yaml", "        duration: 5m\n", '        duration: 5m\n        end: "23:00"\n'),
        ("rundown/day-2.yaml", "        duration: 5m\n", "        duration: 5m\n        lenght: 5m\n"),
        ("rundown/day-2.yaml", "start: 22:00", "start: 49:00"),
        ("rundown/day-2.yaml", "speakers: [london]", "speakers: london"),
        ("rundown/day-2.yaml", "skip: false", "skip: no"),
        ("rundown/day-2.yaml", "colour: ", "colour: x"),
        ("rundown/day-2.yaml", "id: m12", "id: M 12"),
        ("rundown/day-2.yaml", "{ko: 자유, en: Free}", "{ko: 자유}"),
        ("rundown/day-2.yaml", "assumed: [end]", "assumed: [finish]"),
        ("rundown/day-2.yaml", "date: 2020-06-02", "date: 2.6.2020"),
        ("layouts/studio.yaml", "fps: 30", "fps: fast"),
        ("layouts/studio.yaml", "device: /dev/video0", "device: /dev/video0, loop: true"),
        ("layouts/studio.yaml", 'fill: "#101820"', 'fill: "#101820", text: x'),
        ("layouts/studio.yaml", "ws://127.0.0.1:4455", "ws://:secret@127.0.0.1:4455"),
        ("layouts/studio.yaml", "srt://0", "strt://0"),
        ("layouts/studio.yaml", 'url: "srt://0.0.0.0:9000"', 'obs: ""'),
        ("layouts/studio.yaml", 'url: "srt://0.0.0.0:9000"', "obs: NDI, size: 60"),
        ("layouts/all.yaml", "[5%, 80%, 60%, 10%]", "[5%, 80%, 60%]"),
        ("layouts/all.yaml", "shows: input blue", "shows: blue"),
        ("layouts/all.yaml", "columns: 3", "columns: 0"),
        ("rundown/people.yaml", "where: hall", "where: here"),
        ("rundown/people.yaml", "{obs: cam-stage, surface: program}", "{surface: program}"),
        ("rundown/people.yaml", "{picture: assets/holding.png}", "{picture: a.png, url: srt://a:1}"),
        ("rundown/people.yaml", "{picture: assets/holding.png}", "{picture: a.png, surface: program}"),
        ("rundown/people.yaml", "rtmp://lima", "rtpm://lima"),
        ("layouts/studio.yaml", "lead: 3m", "lead: soon"),
        ("layouts/studio.yaml", "lead: 3m", "leed: 3m"),
        ("layouts/studio.yaml", "danger: 45s", "danger: late"),
        ("layouts/studio.yaml", "messages: [", "mesages: ["),
        ("rundown/event.yaml", "  id: summit\n", ""),
    ],
)
def test_schema_and_decoder_refuse_the_same(file: str, old: str, new: str) -> None:
    assert old in FILES[file]
    assert judged(KIND_OF[file], FILES[file].replace(old, new, 1).encode()) == (False, False)


def test_no_editor_marks_what_the_decoder_takes() -> None:
    """Over broken files: the schema may know less than the decoder, and never more."""
    took = refused = 0
    for seed in range(400):
        for file, data in mutated(seed, FILES).items():
            if data == FILES[file].encode():
                continue
            verdict = judged(KIND_OF[file], data)
            if verdict is not None:
                by_schema, by_decoder = verdict
                assert by_schema or not by_decoder, (seed, file)
                took += by_decoder
                refused += not by_schema
    assert took > 10
    assert refused > 50

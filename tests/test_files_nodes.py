"""YAML as people write it and as it goes wrong: texts stay texts, and what cannot be read has a place and a reason."""

from __future__ import annotations

import time

import pytest
import yaml

from studio_console.core.problems import Problem
from studio_console.files import nodes
from studio_console.files.nodes import parse
from studio_console.files.reader import Reader
from studio_console.files.tree import Listing, Mapping, Node, Scalar, is_empty, is_plain, position


@pytest.fixture(params=["C", "Python"], autouse=True)
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The C parser where PyYAML has one, the Python one elsewhere: both have to tell the same."""
    if request.param == "C":
        assert hasattr(yaml, "CSafeLoader")
        assert yaml.CSafeLoader is nodes.LOADER
    else:
        monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)


def read(data: bytes | str) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse(data.encode() if isinstance(data, str) else data, Reader("a.yaml", problems)), problems


def only(data: bytes | str) -> tuple[str, str]:
    """Code and place of the one problem that ``data`` has."""
    _, problems = read(data)
    assert len(problems) == 1, [problem.show("en") for problem in problems]
    assert problems[0].message.show("ko", **problems[0].values)
    return problems[0].code, str(problems[0].place)


@pytest.mark.parametrize("text", ["10:30", "no", "1.10", "012", "0x10", "1_000", "2020-06-02", "=", "on", "1e3"])
def test_what_a_resolver_would_change_stays_the_text_that_was_written(text: str) -> None:
    root, problems = read(f"key: {text}\n")
    assert problems == []
    assert isinstance(root, Mapping)
    value = root.entries["key"]
    assert isinstance(value, Scalar)
    assert (value.value, position(value), is_plain(value)) == (text, (1, 6), True)


def test_every_node_knows_its_place() -> None:
    root, _ = read('# first\na: [x, "y"]\n가나: {ko: 값}\n')
    assert isinstance(root, Mapping)
    listing, inner = root.entries["a"], root.entries["가나"]
    assert isinstance(listing, Listing)
    assert isinstance(inner, Mapping)
    assert [position(item) for item in listing.items] == [(2, 5), (2, 8)]
    assert position(root.key("가나")) == (3, 1)
    assert position(inner.value("ko")) == (3, 10)


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_a_missing_value_is_seen_as_empty_and_a_quoted_one_is_not(text: str) -> None:
    root, _ = read(f"a: {text}\nb: '{text}'\n")
    assert isinstance(root, Mapping)
    bare, quoted = root.entries["a"], root.entries["b"]
    assert isinstance(bare, Scalar)
    assert isinstance(quoted, Scalar)
    assert (is_empty(bare), is_empty(quoted)) == (True, False)


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        ("", "empty-file", "a.yaml:1:1"),
        ("# only a comment\n", "empty-file", "a.yaml:1:1"),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", "a.yaml:3:1"),
        ("x: {k: 1, k: 2}\n", "duplicate-key", "a.yaml:1:11"),
        ("a: &x 1\nb: *x\n", "alias", "a.yaml:1:4"),
        ("b: *x\n", "alias", "a.yaml:1:4"),
        ("a: &x [*x]\n", "alias", "a.yaml:1:4"),
        ("<<: *base\n", "alias", "a.yaml:1:5"),
        ("a: !!python/object:os.system x\n", "tag", "a.yaml:1:4"),
        ("a: !!int 3\n", "tag", "a.yaml:1:4"),
        ("a: 1\n---\nb: 2\n", "documents", "a.yaml:2:1"),
        ("[a]: 1\n", "key", "a.yaml:1:1"),
        ("? {a: b}\n: 1\n", "key", "a.yaml:1:3"),
        ("a: 1\nb: x\x00y\n", "character", "a.yaml:2:5"),
        (b"a: \xff\n", "encoding", "a.yaml:1:4"),
        ("a: 가".encode("cp949"), "encoding", "a.yaml:1:4"),
        ("a: 1\n".encode("utf-16"), "encoding", "a.yaml:1:1"),
        ("\ufeffa: 1\na: 2\n", "duplicate-key", "a.yaml:2:1"),
    ],
)
def test_each_mistake_has_its_code_and_place(data: bytes | str, code: str, place: str) -> None:
    assert only(data) == (code, place)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("a:\n\tb: 1\n", 2),
        ("a: b: c\n", 1),
        ("a: 1\n b: 2\n", 2),
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 'not closed\nb: 1\n", 2),
        ("a: {b: 1\n", 1),
        ('a: "\\q"\n', 1),
        ("a: @x\n", 1),
        ("a\nb: 1\n", 2),
        ("a: %x\n", 1),
    ],
)
def test_yaml_that_cannot_be_read_is_one_problem_near_the_mistake(data: str, line: int) -> None:
    root, problems = read(data)
    assert root is None
    assert [problem.code for problem in problems] == ["yaml"]
    assert abs(problems[0].place.line - line) <= 1
    assert problems[0].place.line <= data.count("\n")


def test_a_byte_order_mark_is_no_mistake() -> None:
    root, problems = read("\ufeffa: 1\n")
    assert problems == []
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["a"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_at_once_and_does_not_end_the_process(opening: str) -> None:
    begun = time.process_time()
    root, problems = read(opening * 100_000)
    assert root is None
    assert [problem.code for problem in problems] == ["key" if opening == "? " else "nesting"]
    assert time.process_time() - begun < 5


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    lines = ["a0: &a0 [x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert only("\n".join(lines)) == ("alias", "a.yaml:1:5")


def test_a_file_of_gigabytes_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_BYTES", 9)
    assert only("a: 1\nb: 2\n") == ("file-size", "a.yaml:1:1")


def test_a_tab_is_named_as_such() -> None:
    _, problems = read("a:\n\tb: 1\n")
    assert "tab" in problems[0].show("en")
    assert "탭" in problems[0].show("ko")

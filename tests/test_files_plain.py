"""What is read the fast way is what PyYAML reads: the same tree with the same places, or it is left to PyYAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.problems import Problem
from studio_console.files.nodes import parse_text
from studio_console.files.plain import read_plain
from studio_console.files.reader import Reader
from tests.bench_event import write_event
from tests.event_texts import FILES
from tests.mutations import mutated


def agrees(text: str) -> bool:
    """Whether ``text`` was read the fast way; then PyYAML has to agree in everything and to find no mistake."""
    tree = read_plain(text)
    if tree is None:
        return False
    problems: list[Problem] = []
    assert parse_text(text, Reader("file.yaml", problems)) == tree, text
    assert problems == [], text
    return True


def test_a_long_day_is_read_the_fast_way(tmp_path: Path) -> None:
    write_event(tmp_path, cues=60)
    for path in sorted(tmp_path.glob("*/*.yaml")):
        assert agrees(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: two words\nc: 22:00\n",
        "a:\n  b:\n    c: x\n  d: y\ne: z\n",
        "a:\n  - b: 1\n    c: 2\n  - b: 3\nd: 4\n",
        "a:\n  - one\n  - [two, three]\n  - {four: five}\n",
        "a: {b: [c, {d: \"e: f\"}], g: 'h'}\n",
        "# first\n\na: 1\n\n  # between\nb: 2",
        "가나: 다라\nx: ('30)\n",
        "현지 시각: 00:50\nx: {현지 시각: 낮}\n",
        "a: it's\nb: x, [y] {z} & *w !v\n",
    ],
)
def test_what_is_plain(text: str) -> None:
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a:\n",
        "a:\nb: 1\n",
        "a:\n- b\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: 1 # comment\n",
        "a: 1 \n",
        "a:  1\n",
        "a: one\n  two\n",
        "a: |\n  text\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: b: c\n",
        "a: b:\n",
        'a: "b\\n"\n',
        "a: 'it''s'\n",
        "a: [b,\n  c]\n",
        "a: [b, c\n",
        "a: [b}]\n",
        "a: [b c: d]\n",
        "a: [b, ]\n",
        "a: {b}\n",
        "a: {b: }\n",
        "a: {}\n",
        "a: -1\n",
        "a: ~\n",
        "a:\n  b: 1\n c: 2\n",
        "  a: 1\nb: 2\n",
        "a: 1\n---\nb: 2\n",
        "a:\tb\n",
        "a: b\r\n",
        "a: \ufeffb\n",
        "- a\n",
        "a: x\x00\n",
    ],
)
def test_what_is_left_to_pyyaml(text: str) -> None:
    assert read_plain(text) is None


@pytest.mark.parametrize("block", range(4))
def test_both_agree_on_broken_files(block: int) -> None:
    """The event's texts with what is not plain taken out, so that a change is all there is."""
    plain = {name: text.replace(", 비고: }", "}").replace("hw:1", "hw1") for name, text in FILES.items()}
    assert all(agrees(text) for text in plain.values())
    fast = 0
    for seed in range(block * 150, block * 150 + 150):
        for name, data in mutated(seed, plain).items():
            if data != plain[name].encode():
                fast += agrees(data.decode("utf-8", "ignore"))
    assert fast > 10


WORDS = st.sampled_from(["a", "b1", "가", "x y", "it's", "10:30", "a:b", "5%", "?", "-", "~", "{", "}", "[", "]", ","])
GLUE = st.sampled_from([": ", ", ", " ", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", '"', "'", "#", ":", "\n- "])


@given(st.lists(st.one_of(WORDS, GLUE), max_size=24).map("".join))
def test_both_agree_on_anything_that_looks_like_yaml(text: str) -> None:
    agrees(f"k: {text}\n")
    agrees(text)

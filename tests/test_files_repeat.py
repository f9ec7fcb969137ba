"""A block of cues written once: what comes out, whose ids stay, and where each mistake is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio_console.core.rundown import Cue
from studio_console.core.text import Text
from studio_console.files.load import Loaded, load
from tests import event_texts
from tests.event_texts import FILES
from tests.mutations import mutated, run_mutation
from tests.test_files_schema import judged

HEAD = """\
day: {id: day4, date: 2020-06-04, title: IR}
sessions:
  - id: pitches
    title: {ko: 발표, en: Pitches}
    start: "13:30"
    cues:
"""
BLOCK = """\
      - repeat:
          - {id: kit, person: mayor, what: {ko: 진단키트, en: Test kits}, asks: [london]}
          - {id: ward, person: london, what: {ko: 음압병실, en: Wards}, asks: [mayor, lima]}
        number: I7
        start: "14:00"
        assumed: [start]
        cues:
          - id: pitch-<id>
            title: {ko: "발표 <n>: <what>", en: "Pitch <nn>: <what>"}
            kind: pitch
            duration: 5m
            speakers: [<person>]
            layouts: {program: keynote}
            captions: <what>
            needs: [<person>, interpretation]
            bells: [1m, 0s, +1m]
            notes: {stage: "<city.ko> <role.ko> 다음"}
            assumed: [speakers]
          - id: questions-<id>
            title: {ko: <what> 질문, en: Questions on <what>}
            kind: questions
            duration: 3m
            speakers: <asks>
"""
BLOCK_LINE = HEAD.count("\n") + 1

Change = Callable[[str, str], Loaded]


def loaded(folder: Path, block: str) -> Loaded:
    return load(event_texts.write(folder, {**FILES, "rundown/day-4.yaml": HEAD + block}))


@pytest.fixture
def cues(tmp_path: Path) -> tuple[Cue, ...]:
    found = loaded(tmp_path, BLOCK)
    assert [problem.show("en") for problem in found.problems if problem.place.file.endswith("day-4.yaml")] == []
    assert found.event is not None
    return found.event.days[-1].cues


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    def change(old: str, new: str) -> Loaded:
        assert old in BLOCK
        return loaded(tmp_path, BLOCK.replace(old, new, 1))

    return change


def said(found: Loaded) -> list[str]:
    """Line in the block, column, code, of the errors in the day."""
    return [
        f"{problem.place.line - BLOCK_LINE + 1}:{problem.place.column} {problem.code}"
        for problem in found.problems
        if problem.place.file == "rundown/day-4.yaml" and problem.severity == "error"
    ]


def test_every_line_has_its_cues_with_ids_of_its_own_and_numbers_counted_on(cues: tuple[Cue, ...]) -> None:
    assert [(cue.id, cue.number) for cue in cues] == [
        ("pitch-kit", "I7"),
        ("questions-kit", "I8"),
        ("pitch-ward", "I9"),
        ("questions-ward", "I10"),
    ]
    assert [cue.duration for cue in cues] == [300_000, 180_000] * 2, "each with its own timer"


def test_marks_are_filled_in_in_the_language_around_them(cues: tuple[Cue, ...]) -> None:
    pitch, questions, second, last = cues
    assert pitch.title == Text("발표 1: 진단키트", "Pitch 01: Test kits")
    assert second.captions == Text("음압병실", "Wards"), "a mark alone takes both languages"
    assert questions.title == Text("진단키트 질문", "Questions on Test kits")
    assert (pitch.speakers, last.speakers) == (("mayor",), ("mayor", "lima")), "and a whole list"
    assert second.notes.stage == "런던 시장 다음"


def test_a_fixed_start_is_that_of_the_first_cue_alone(cues: tuple[Cue, ...]) -> None:
    assert [cue.start is not None for cue in cues] == [True, False, False, False]
    assert (cues[0].assumed, cues[2].assumed) == (("speakers", "start"), ("speakers",))


def test_bells_are_time_left_and_in_overtime_less_than_none(cues: tuple[Cue, ...]) -> None:
    assert cues[0].bells == (60_000, 0, -60_000)


def test_a_line_put_in_before_changes_no_id_of_the_others(tmp_path: Path, cues: tuple[Cue, ...]) -> None:
    """A company is put first an hour before the session: what was marked and edited for the others stays theirs."""
    more = "      - repeat:\n          - {id: mask, person: lima, what: Masks, asks: [mayor]}\n"
    found = loaded(tmp_path, BLOCK.replace("      - repeat:\n", more, 1))
    assert found.event is not None
    after = found.event.days[-1].cues
    assert [cue.id for cue in after[2:]] == [cue.id for cue in cues]
    assert [cue.number for cue in after] == ["I7", "I8", "I9", "I10", "I11", "I12"]


COUNTED = """\
      - repeat: 3
        cues:
          - {id: call-<n>, number: R<nn>, title: "Call <n>", kind: ceremony, duration: 48s}
"""
PEOPLE = """\
      - repeat: [london, lima]
        number: R01
        cues:
          - id: call-<person>
            title: {ko: <city>, en: "<role>, <city>"}
            kind: ceremony
            duration: 8s
            speakers: [<id>]
"""


def test_so_often(tmp_path: Path) -> None:
    found = loaded(tmp_path, COUNTED)
    assert found.event is not None
    assert [(cue.id, cue.number) for cue in found.event.days[-1].cues] == [
        ("call-1", "R01"),
        ("call-2", "R02"),
        ("call-3", "R03"),
    ]


def test_for_each_person(tmp_path: Path) -> None:
    found = loaded(tmp_path, PEOPLE)
    assert found.event is not None
    first, second = found.event.days[-1].cues
    assert (first.id, first.number, first.title, second.number) == (
        "call-london",
        "R01",
        Text("런던", "Mayor, London"),
        "R02",
    )


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("- id: pitch-<id>", "- id: pitch-<nr>", ["8:17 repeat-mark"]),
        ("<city.ko>", "<town>", ["17:28 repeat-mark"]),
        ("<city.ko> <role.ko>", "<what>", ["17:28 repeat-mark"]),
        ("{ko: <what> 질문", "{ko: <asks> 질문", ["20:25 repeat-mark"]),
        ("- id: pitch-<id>", "- id: pitch", ["8:17 repeat-same"]),
        ("        number: I7\n", "", ["7:13 repeat-number", "18:13 repeat-number"]),
        ("number: I7", "number: first", ["4:17 repeat-number"]),
        ("          - id: pitch-<id>\n", "          - id: pitch-<id>\n            number: I7\n", ["9:13 repeat-twice"]),
        ("            kind: pitch\n", '            kind: pitch\n            start: "14:00"\n', ["11:13 repeat-twice"]),
        ("          - id: pitch-<id>\n", "          - repeat: 2\n            id: pitch-<id>\n", ["8:13 nested-repeat"]),
        ("what: {ko: 음압병실, en: Wards}, ", "", ["3:13 repeat-column"]),
        ("asks: [london]", "asks: [london], n: 4", ["2:87 reserved"]),
        ("asks: [london]", "As ks: [london]", ["2:71 column"]),
        ("kind: pitch", "kind: pich", ["10:19 choice"]),
        ("duration: 5m", "durration: 5m", ["8:13 one-of", "11:13 unknown-key"]),
        ("layouts: {program: keynote}", "layouts: {program: keynoot}", ["13:32 layout"]),
    ],
)
def test_a_mistake_is_told_once_at_its_place_in_the_block(
    changed: Change, old: str, new: str, wanted: list[str]
) -> None:
    found = changed(old, new)
    assert found.event is None
    assert said(found) == wanted


def test_a_person_who_is_not_there_is_told_in_the_list_that_names_them(changed: Change) -> None:
    found = changed("person: london", "person: londno")
    assert sorted(said(found)) == ["3:32 need", "3:32 person"]
    assert any("did you mean" in problem.show("en") for problem in found.problems)


@pytest.mark.parametrize("often", ["0", "501", "-1", "[]", "often", "{}"])
def test_not_so_often(tmp_path: Path, often: str) -> None:
    found = loaded(tmp_path, COUNTED.replace("repeat: 3", f"repeat: {often}"))
    assert len(said(found)) == 1
    assert said(found)[0].startswith("1:17 ")


def test_the_same_id_in_two_lines_is_told(changed: Change) -> None:
    found = changed("id: ward", "id: kit")
    assert {line.split()[1] for line in said(found)} == {"cue-twice"}


@pytest.mark.parametrize("block", [BLOCK, COUNTED, PEOPLE])
def test_an_editor_takes_a_block(block: str) -> None:
    assert judged("day", (HEAD + block).encode()) == (True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: pitch", "kind: pich"),
        ("number: I7", "numbr: I7"),
        ("duration: 5m", "duration: 5"),
        ("bells: [1m", "bells: [1"),
        ("        cues:\n", "        cue:\n"),
        ("id: kit", "id: A kit"),
        ("asks: [london]", "role: x"),
    ],
)
def test_an_editor_refuses_what_the_decoder_does(old: str, new: str) -> None:
    assert old in BLOCK
    assert judged("day", (HEAD + BLOCK.replace(old, new, 1)).encode()) == (False, False)


def test_no_editor_marks_what_the_decoder_takes_in_a_block() -> None:
    """Over broken blocks: the schema may know less than the decoder, and never more."""
    name = "rundown/day-4.yaml"
    took = refused = 0
    for seed in range(300):
        verdict = judged("day", mutated(seed, {"a": "a", name: HEAD + BLOCK + PEOPLE})[name])
        if verdict is not None:
            by_schema, by_decoder = verdict
            assert by_schema or not by_decoder, seed
            took, refused = took + by_decoder, refused + (not by_schema)
    assert took > 5
    assert refused > 20


@pytest.mark.parametrize("seed", range(40))
def test_a_broken_block_breaks_nothing_but_itself(seed: int) -> None:
    """Any mutation: every problem has its place and its words, and nothing is half loaded."""
    run_mutation(seed, {**FILES, "rundown/day-4.yaml": HEAD + BLOCK + COUNTED.replace("call", "roll")})

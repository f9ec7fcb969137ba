"""Finding cues by typing, as a director in a hurry types: numbers, half syllables, initials, a speaker, a note."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from studio_console.core.cue_find import CueIndex
from studio_console.core.rundown import Notes
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from tests.builders import cue
from tests.gui_story import PEOPLE, small_day

PEOPLE_BY_ID = {person.id: person for person in PEOPLE}
DAY = small_day()
FIND = CueIndex()
FIND.take(DAY.cues, PEOPLE_BY_ID)


def found(typed: str) -> str:
    return " ".join(str(name) for name in FIND.find(typed))


@pytest.mark.parametrize(
    ("typed", "cues"),
    [
        ("M2", "m2"),
        ("m", "m1 m2 m3 m4 m5"),
        ("런던", "m2"),
        ("ㄹㄷ", "m2 m3"),
        ("러", "m2"),
        ("london", "m2"),
        ("Case", "m2 m3"),
        ("case lima", "m3"),
        ("ㅅㅇ", "m1"),
        ("오클", "m3"),
        ("카메라", "m2"),
        ("영어 ㅎㄱㅇ", "m2"),
        ("뒤풀잉", ""),
        ("nowhere", ""),
        ("", ""),
        ("  ", ""),
        ("·", ""),
    ],
)
def test_what_is_typed_is_found(typed: str, cues: str) -> None:
    """Number, titles in both languages, who speaks by city and role, notes; every word has to be there."""
    assert found(typed) == cues


def test_a_syllable_that_is_being_composed_is_found_already() -> None:
    """ㅌ, 토, 톨 (the beginning of 토론), 토론."""
    for typed in ("ㅌ", "토", "톨", "토로", "토론"):
        assert "m4" in found(typed).split(), typed


def test_words_are_not_found_across_two_texts() -> None:
    """The end of the Korean title and the beginning of the English one are no word."""
    assert found("런던Case") == ""


def test_free_columns_and_captions_are_found() -> None:
    one = replace(
        cue("A1"), captions=Text("평화 선언", "Peace"), extra={"콜타임": "20:30"}, notes=Notes(stage="서명대")
    )
    index = CueIndex()
    index.take((one,), {})
    for typed in ("ㅍㅎ", "peace", "콜타임", "2030", "서명"):
        assert index.find(typed) == (one.id,), typed


def test_somebody_who_is_not_in_the_files_is_found_by_id() -> None:
    one = replace(cue("A1"), speakers=(PersonId("stranger"),))
    index = CueIndex()
    index.take((one,), {})
    assert index.find("strang") == (one.id,)


def test_a_saved_file_reads_only_the_cues_that_changed() -> None:
    index = CueIndex()
    index.take(DAY.cues, PEOPLE_BY_ID)
    index.read()
    kept = dict(index._of)
    changed = tuple(replace(one, title=Text("새 제목", "New title")) if one.number == "M3" else one for one in DAY.cues)
    index.take(changed, PEOPLE_BY_ID)
    index.read()
    assert [name for name, one in index._of.items() if one is not kept[name]] == ["m3"]
    assert index.find("ㅅㅈㅁ") == ("m3",)


def test_two_thousand_cues_are_searched_within_a_picture_of_the_screen() -> None:
    """Measured in processor time, against the time that one folding of the same texts takes: no machine is too slow."""
    cues = tuple(
        replace(
            cue(f"C{number}", title=Text(f"{number}번째 도시 사례 발표", f"Case of city number {number}")),
            notes=Notes(stage="1분 전 원격 메시지로 남은 시간 안내", interpretation="영→한"),
        )
        for number in range(2_000)
    )
    began = time.process_time()
    index = CueIndex()
    index.take(cues, {})
    assert not index.read(500)
    assert index.read()
    read = time.process_time() - began
    began = time.process_time()
    assert len(index.find("ㄷㅅ ㅅㄹ 199")) == 12
    searched = time.process_time() - began
    assert searched < read, "what was folded is not folded again"


def test_the_same_running_order_is_not_taken_twice() -> None:
    index = CueIndex()
    cues = DAY.cues
    assert index.take(cues, PEOPLE_BY_ID)
    assert not index.take(cues, PEOPLE_BY_ID)


def test_a_running_order_that_is_replaced_before_it_was_read() -> None:
    """Two files saved in the same second: nothing of the first is missing or found twice."""
    index = CueIndex()
    index.take(DAY.cues, PEOPLE_BY_ID)
    index.read(2)
    index.take(tuple(reversed(DAY.cues)), PEOPLE_BY_ID)
    assert index.find("m") == ("m5", "m4", "m3", "m2", "m1")

"""Edits of the event files: what is edited is in them, and every other byte is as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_console.core.editing import (
    CueDeleted,
    CueDuplicated,
    CueEdited,
    CueInserted,
    CueShifted,
    Edit,
    SessionEdited,
    applied,
    new_cue,
)
from studio_console.core.rundown import Cue, Day, Event, Kind, Notes
from studio_console.core.text import Text, same
from studio_console.core.units import CueId, Duration, LayoutId, PersonId, PressId, SurfaceId, instant_at
from studio_console.files.load import Loaded, load
from studio_console.files.rewriting import rewrite
from studio_console.files.splicing import CannotWrite
from tests.small_event import write_small_event

PRESS = PressId("press 1")
DAY_FILE = "rundown/day-1.yaml"
ZONE = ZoneInfo("Asia/Seoul")
DATE = date(2020, 6, 2)

COMMENTED = """\
# The evening. Known: the start.
day: {id: evening, date: 2020-06-02, title: {ko: 저녁, en: Evening}}   # one evening
sessions:
  - id: meeting          # the first half
    title: {ko: 시장 회의, en: Mayors' meeting}
    start: "22:00"
    cues:
      # The opening is fixed.
      - id: opening
        number: M1
        title: {ko: 여는 화면, en: Opening title}  # as printed
        kind: title
        start: "22:00"     # hard
        duration: 30s
        layouts: {program: title, wall: wall-words}

      - id: keynote
        number: M2
        title: 기조연설
        kind: speech
        # ten minutes were agreed
        duration: 5'30"
        speakers:
          # the host comes first
          - seoul    # in the hall
          - london   # by line
        layouts:
          program: one       # her picture
          wall: wall-words
        notes:
          camera: |
            # not a comment
            두 줄
          stage: "마이크: 두 개"  # two of them
        # out: she thanks the nurses

      # ---- afterwards ----

      - {id: case-london, number: M3, title: {ko: "사례: 런던", en: "Case: London"}, kind: remote speech, duration: 5m, speakers: [london]}
      - repeat: [seoul, london]    # everybody once
        number: R1
        cues:
          - {id: word-<id>, title: "<city>", kind: speech, duration: 1m, speakers: [<person>]}
  - id: late
    title: {ko: 뒤풀이, en: Afterwards}
    cues:
      - id: pause
        number: M4
        title: {ko: 휴식, en: Break}
        kind: break
        duration: 10m
# the end
"""  # noqa: E501 - as long as the lines of real files are


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_event(tmp_path_factory.mktemp("event"))


def read(folder: Path, text: str) -> Loaded:
    return load(folder, {DAY_FILE: text.encode()})


def the_event(folder: Path, text: str) -> Event:
    loaded = read(folder, text)
    assert loaded.event is not None, [problem.show("en") for problem in loaded.problems]
    return loaded.event


def cue_in(day: Day, id: str) -> Cue:
    return next(cue for cue in day.cues if cue.id == id)


def edit_of(day: Day, id: str, **changes: object) -> CueEdited:
    was = cue_in(day, id)
    return CueEdited(was, replace(was, **changes), PRESS)  # type: ignore[arg-type]


def rewritten(folder: Path, text: str, edit: Edit) -> str:
    """The text with the edit, after looking that it says what is meant, and nothing else."""
    day = the_event(folder, text).days[0]
    new = rewrite(text, edit, day, ZONE)
    assert the_event(folder, new.text).days[0] == applied(day, edit, new.steps)
    return new.text


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """What went and what came, in lines."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [line.strip() for line in old if line not in new], [line.strip() for line in new if line not in old]


@pytest.mark.parametrize(
    ("cue", "changes", "went", "came"),
    [
        (
            "opening",
            {"title": Text("문을 엽니다: 하나", "Doors open")},
            ["title: {ko: 여는 화면, en: Opening title}  # as printed"],
            ['title: {ko: "문을 엽니다: 하나", en: Doors open}  # as printed'],
        ),
        ("keynote", {"title": same("연설")}, ["title: 기조연설"], ["title: 연설"]),
        ("keynote", {"title": Text("연설", "Speech")}, ["title: 기조연설"], ["title: {ko: 연설, en: Speech}"]),
        (
            "opening",
            {"start": instant_at(DATE, Duration(79_260_000), ZONE)},
            ['start: "22:00"     # hard'],
            ['start: "22:01"     # hard'],
        ),
        ("opening", {"start": None}, ['start: "22:00"     # hard'], []),
        ("keynote", {"duration": Duration(90_000)}, ["duration: 5'30\""], ["duration: 1m30s"]),
        ("keynote", {"duration": None}, ["duration: 5'30\""], ["duration: open"]),
        (
            "keynote",
            {"duration": None, "end": instant_at(DATE, Duration(90_000_000), ZONE)},
            ["duration: 5'30\""],
            ['end: "25:00"'],
        ),
        ("keynote", {"speakers": (PersonId("london"),)}, ["- seoul    # in the hall"], []),
        (
            "keynote",
            {"layouts": {SurfaceId("program"): LayoutId("title")}},
            ["program: one       # her picture", "wall: wall-words"],
            ["program: title       # her picture"],
        ),
        (
            "keynote",
            {"notes": Notes(camera="# not a comment\n두 줄\n", stage="마이크 하나", sound="no")},
            ['stage: "마이크: 두 개"  # two of them'],
            ['sound: "no"', 'stage: "마이크 하나"  # two of them'],
        ),
        ("keynote", {"skip": True}, [], ["skip: true"]),
        ("pause", {"notes": Notes(stage="문을 연다")}, [], ["notes: {stage: 문을 연다}"]),
        ("pause", {"speakers": (PersonId("seoul"),)}, [], ["speakers: [seoul]"]),
    ],
)
def test_an_edit_changes_its_own_words_alone(
    folder: Path, cue: str, changes: dict[str, object], went: list[str], came: list[str]
) -> None:
    """One field is corrected at the desk; the comments, the order and the quoting of all else stay."""
    day = the_event(folder, COMMENTED).days[0]
    after = rewritten(folder, COMMENTED, edit_of(day, cue, **changes))
    assert changed_lines(COMMENTED, after) == (went, came)


def test_a_cue_on_one_line_is_edited_there(folder: Path) -> None:
    """A whole cue between braces: the value changes, a new key comes between the braces, an old one goes."""
    day = the_event(folder, COMMENTED).days[0]
    edit = edit_of(day, "case-london", speakers=(), skip=True, duration=Duration(240_000))
    after = rewritten(folder, COMMENTED, edit)
    assert changed_lines(COMMENTED, after)[1] == [
        '- {id: case-london, number: M3, title: {ko: "사례: 런던", en: "Case: London"}, kind: remote speech,'
        " duration: 4m, speakers: [], skip: true}"
    ]


def test_a_list_of_lines_keeps_what_is_said_beside_them(folder: Path) -> None:
    """The two speakers change places, and each takes the remark beside the name along."""
    day = the_event(folder, COMMENTED).days[0]
    edit = edit_of(day, "keynote", speakers=(PersonId("london"), PersonId("seoul")))
    after = rewritten(folder, COMMENTED, edit)
    margin = "\n          "
    assert f"{margin}# the host comes first{margin}- london   # by line{margin}- seoul    # in the hall\n" in after


def test_a_shifted_cue_takes_its_comments_along(folder: Path) -> None:
    """Down past its neighbour and up again: the same bytes as before."""
    down = rewritten(folder, COMMENTED, CueShifted(CueId("opening"), True, PRESS))
    assert down.index("- id: keynote") < down.index("# The opening is fixed.") < down.index("- id: opening")
    assert "# out: she thanks the nurses\n\n      # The opening is fixed." in down
    assert rewritten(folder, down, CueShifted(CueId("opening"), False, PRESS)) == COMMENTED


def test_a_cue_goes_past_a_block_as_a_whole(folder: Path) -> None:
    """Behind M3 stand two cues that are written once: one press, and M3 is behind both."""
    day = the_event(folder, COMMENTED).days[0]
    edit = CueShifted(CueId("case-london"), True, PRESS)
    new = rewrite(COMMENTED, edit, day, ZONE)
    assert new.steps == 2
    assert [cue.number for cue in the_event(folder, new.text).days[0].cues] == ["M1", "M2", "R1", "R2", "M3", "M4"]


def test_a_cue_crosses_into_the_next_session_and_back(folder: Path) -> None:
    """The last of one session becomes the first of the next; what lies between them stays there."""
    there = rewritten(folder, COMMENTED, CueShifted(CueId("pause"), False, PRESS))
    assert "    cues: []\n# the end\n" in there
    back = rewritten(folder, there, CueShifted(CueId("pause"), True, PRESS))
    assert back == COMMENTED


@pytest.mark.parametrize("down", [True, False])
def test_at_the_end_of_the_day_there_is_no_further(folder: Path, down: bool) -> None:
    """The first cue cannot go up, the last not down."""
    with pytest.raises(CannotWrite, match="no place further"):
        rewritten(folder, COMMENTED, CueShifted(CueId("pause" if down else "opening"), down, PRESS))


def test_a_cue_of_a_block_is_refused_with_its_place(folder: Path) -> None:
    """R2 is made from a block: whoever wants it otherwise has to know where that stands."""
    loaded = read(folder, COMMENTED)
    assert loaded.event is not None
    day = loaded.event.days[0]
    edit = edit_of(day, "word-london", duration=Duration(1000))
    with pytest.raises(CannotWrite, match=r"R2 comes from a block.*rundown/day-1.yaml:43"):
        rewrite(COMMENTED, edit, day, ZONE, loaded.places[CueId("word-london")])


def test_inserting_duplicating_deleting(folder: Path) -> None:
    """A cue is put in, one is copied with all that is said in it, one is taken out: the rest does not move."""
    event = the_event(folder, COMMENTED)
    day = event.days[0]
    new = new_cue(event, day, cue_in(day, "opening"))
    after = rewritten(folder, COMMENTED, CueInserted(new, CueId("opening"), PRESS))
    assert (
        after.replace(
            "\n\n      - id: opening-2\n        number: M1-2\n        title: {ko: 새 큐, en: New cue}\n"
            "        kind: free\n        duration: 1m",
            "",
        )
        == COMMENTED
    )
    after = rewritten(folder, COMMENTED, CueDuplicated(CueId("keynote"), CueId("again"), "M9", PRESS))
    assert after.count("# not a comment") == 2
    after = rewritten(folder, COMMENTED, CueDeleted(cue_in(day, "keynote"), PRESS))
    assert "nurses" not in after
    assert "# ---- afterwards ----" in after
    for id in ("opening", "case-london", "pause"):
        rewritten(folder, COMMENTED, CueDeleted(cue_in(day, id), PRESS))


def test_a_session_is_edited_and_its_cues_stay(folder: Path) -> None:
    """Another start, an end that is new, another title: three lines, and not one of its cues is touched."""
    day = the_event(folder, COMMENTED).days[0]
    was = replace(day.sessions[0], cues=())
    now = replace(
        was,
        title=Text("시장: 회의", "Mayors' meeting"),
        start=instant_at(DATE, Duration(79_500_000), ZONE),
        end=instant_at(DATE, Duration(86_400_000), ZONE),
    )
    after = rewritten(folder, COMMENTED, SessionEdited(was, now, CueId("opening"), PRESS))
    assert changed_lines(COMMENTED, after) == (
        ["title: {ko: 시장 회의, en: Mayors' meeting}", 'start: "22:00"'],
        ['title: {ko: "시장: 회의", en: Mayors\' meeting}', 'start: "22:05"', 'end: "24:00"'],
    )
    late = replace(day.sessions[1], cues=())
    named = SessionEdited(late, replace(late, title=same("After")), CueId("pause"), PRESS)
    assert changed_lines(COMMENTED, rewritten(folder, COMMENTED, named))[1] == ["title: {ko: After, en: After}"]


ODD = ["10:30", "no", "1.10", "a # b", "a: b", " 앞뒤 ", "한글", "😀", "두 줄\n셋째: 줄\n", "'", '"', "\\", "-", "~",
       "null", "yes", "0x1F", "1_000", "2020-06-02", "<<", "=", "*a", "&a", "!a", "%a", "@a", "`a", "[a", "{a", "a, b",
       "a]", "}", "?", "? a", "|", ">", "#", "a\ttab", "\u2028", "\u00a0", "e\u0301", "\u200b", "0o17", "1e3", ".5",
       "+1", "a:", ":a", "- a", "---", "...", "\x07", "\ufeff", "=", "a  b", "it's"]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)).filter(
    str.strip
)
ENDS = ["\n", "\r\n"]
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.builds(Text, TEXTS, TEXTS) | TEXTS.map(same),
        "captions": st.none() | st.builds(Text, TEXTS, TEXTS),
        "kind": st.sampled_from([Kind.SPEECH, Kind.BREAK, Kind.REMOTE_SPEECH]),
        "duration": st.integers(1, 100_000_000).map(Duration),
        "start": st.none()
        | st.integers(80_000, 120_000).map(lambda second: instant_at(DATE, Duration(second * 1000), ZONE)),
        "speakers": st.lists(st.sampled_from([PersonId("seoul"), PersonId("london")]), unique=True).map(tuple),
        "layouts": st.dictionaries(
            st.just(SurfaceId("program")), st.sampled_from([LayoutId("one"), LayoutId("title")])
        ),
        "notes": st.builds(Notes, *[st.just("") | TEXTS] * 6),
        "colour": st.sampled_from(["", "#102030"]),
        "skip": st.booleans(),
    },
)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["opening", "keynote", "case-london", "pause"]), CHANGES, st.sampled_from(["\n", "\r\n"]), CHANGES
)
def test_whatever_is_typed_is_read_back_as_it_was_typed(
    folder: Path, cue: str, first: dict[str, object], end: str, second: dict[str, object]
) -> None:
    """Any text in any field, twice over, in files of either kind of lines: it comes back, and no comment is lost."""
    text = COMMENTED.replace("\n", end)
    for changes in (first, second):
        day = the_event(folder, text).days[0]
        before = text
        text = rewritten(folder, text, edit_of(day, cue, **changes))
        assert end == "\r\n" or "\r\n" not in text
        assert text.count("\n") == text.count("\r\n") or end == "\n"
        remarks = {line for line in before.split(end) if line.lstrip().startswith("#")}
        assert remarks - {"            # not a comment"} <= set(text.split(end))

"""What the stage says of its speakers: marks, a standby heard, notes; over restarts, edits and a clock that is set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.events import ClockStepped, ConsoleStarted
from studio_console.core.presses import StandbyCalled
from studio_console.core.refusals import ALREADY_DONE, UNKNOWN_CUE
from studio_console.core.rundown import Day
from studio_console.core.show import Show
from studio_console.core.stage import (
    NOTES_KEPT,
    HallCounted,
    SpeakerMark,
    SpeakerMarked,
    StageNoteWritten,
    StageStandbyAcknowledged,
    StageState,
)
from studio_console.core.stage_marks import (
    EMPTY_NOTE,
    HEARD_ALREADY,
    NOT_CALLED,
    NOT_IN_CUE,
    acknowledged_at,
    awaits_stage,
    is_ready,
    marked,
    not_ready,
)
from studio_console.core.units import DayId, Duration, PersonId
from tests.builders import Run, at, cue, day, edited, name, without

HOST, LIMA, KABUL = PersonId("host"), PersonId("lima"), PersonId("kabul")
EVENING = day(
    cue("M1", 10, speakers="host"),
    cue("M2", speakers="lima"),
    cue("M3", speakers="lima kabul host"),
    cue("M4"),
)


class Stage(Run):
    """An evening with somebody at the stage."""

    def __init__(self, rundown: Day = EVENING) -> None:
        super().__init__(rundown, now="22:00", guests="lima kabul")

    def mark(self, number: str, mark: SpeakerMark, *people: str, on: bool = True) -> None:
        names = tuple(PersonId(person) for person in people)
        self.post(SpeakerMarked(name(number), names, mark, on, "stage manager", self.press()))

    def call(self, number: str) -> None:
        self.post(StandbyCalled(name(number)))

    def hear(self, number: str) -> None:
        self.post(StageStandbyAcknowledged(name(number), "stage manager", self.press()))

    def note(self, text: str, by: str = "stage manager") -> None:
        self.post(StageNoteWritten(text, by, self.press()))

    def since(self, number: str, mark: SpeakerMark, person: PersonId) -> int | None:
        entry = marked(self.show, name(number), person, mark)
        return entry.at if entry is not None else None

    @property
    def awaited(self) -> str | None:
        return awaits_stage(self.show)

    def unready(self, number: str) -> tuple[PersonId, ...]:
        return not_ready(self.show, next(one for one in self.show.plan.cues if one.number == number))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_standby_is_called_heard_and_everybody_gets_ready(stage: Stage) -> None:
    """The TD says stand by for M1; the stage hears it, sends the host to their place, and says ready."""
    stage.call("M1")
    assert stage.awaited == name("M1")
    stage.wait("0:05")
    stage.hear("M1")
    assert stage.awaited is None
    assert acknowledged_at(stage.show, name("M1")) == at("22:00:05")
    assert stage.unready("M1") == (HOST,)
    stage.mark("M1", SpeakerMark.STANDBY, "host")
    stage.wait("0:20")
    stage.mark("M1", SpeakerMark.READY, "host")
    assert stage.since("M1", SpeakerMark.READY, HOST) == at("22:00:25")
    assert stage.unready("M1") == ()
    assert is_ready(stage.show, stage.show.plan.cues[0])


def test_sending_the_speaker_of_the_called_cue_to_standby_says_that_it_was_heard(stage: Stage) -> None:
    """One press less in a hurry."""
    stage.call("M2")
    stage.mark("M1", SpeakerMark.READY, "host")
    assert stage.awaited == name("M2")
    stage.mark("M2", SpeakerMark.CALLED, "lima")
    assert stage.awaited == name("M2")
    stage.mark("M2", SpeakerMark.STANDBY, "lima")
    assert stage.awaited is None


def test_a_standby_called_again_is_to_be_heard_again(stage: Stage) -> None:
    """After a break the TD calls the same cue once more."""
    stage.call("M1")
    stage.hear("M1")
    stage.wait("5:00")
    stage.call("M1")
    assert stage.awaited == name("M1")
    assert acknowledged_at(stage.show, name("M1")) is None


def test_a_take_ends_the_waiting(stage: Stage) -> None:
    """The TD went on without the stage's word: nobody is asked for it any more."""
    stage.call("M1")
    stage.go("M1")
    assert stage.awaited is None


def test_what_was_not_called_cannot_be_heard(stage: Stage) -> None:
    """The standby moved on while the stage manager reached for the key: refused with a reason, nothing changes."""
    stage.hear("M1")
    assert stage.refused == NOT_CALLED
    stage.call("M1")
    stage.call("M2")
    stage.hear("M1")
    assert stage.refused == NOT_CALLED
    stage.hear("M2")
    stage.hear("M2")
    assert stage.refused == HEARD_ALREADY


def test_arrived_is_for_the_day_and_ready_for_one_cue(stage: Stage) -> None:
    """The host who came at ten has come for all cues; ready they are for each of them anew."""
    stage.mark("M1", SpeakerMark.ARRIVED, "host")
    stage.mark("M1", SpeakerMark.READY, "host")
    assert stage.since("M3", SpeakerMark.ARRIVED, HOST) == at("22:00")
    assert stage.since("M3", SpeakerMark.READY, HOST) is None
    stage.mark("M3", SpeakerMark.ARRIVED, "host", on=False)
    assert stage.since("M1", SpeakerMark.ARRIVED, HOST) is None


def test_several_are_marked_with_one_press(stage: Stage) -> None:
    """A row of many cities; whoever does not speak in the cue is left out."""
    stage.mark("M3", SpeakerMark.READY, "lima", "kabul", "nobody")
    assert stage.unready("M3") == (HOST,)
    assert "nobody" not in stage.show.stage.cues[name("M3")]


def test_marks_that_mean_nobody_are_refused(stage: Stage) -> None:
    stage.mark("M9", SpeakerMark.READY, "host")
    assert stage.refused == UNKNOWN_CUE
    stage.mark("M1", SpeakerMark.READY, "lima")
    assert stage.refused == NOT_IN_CUE
    assert not stage.show.stage.at_work


def test_a_hall_without_a_stage_manager_is_not_told_who_is_not_ready(stage: Stage) -> None:
    """One person runs a small event alone: GO does not nag about a window that nobody has."""
    assert stage.unready("M3") == ()
    assert not is_ready(stage.show, stage.show.plan.cues[2])
    stage.note("anybody there?")
    assert stage.unready("M3") == ()
    stage.mark("M1", SpeakerMark.CALLED, "host")
    assert stage.unready("M3") == (LIMA, KABUL, HOST)


def test_a_cue_without_speakers_has_nobody_to_be_ready(stage: Stage) -> None:
    stage.mark("M1", SpeakerMark.CALLED, "host")
    assert stage.unready("M4") == ()
    assert not is_ready(stage.show, stage.show.plan.cues[3])


def test_notes_are_short_words_between_both_and_the_latest_are_kept(stage: Stage) -> None:
    stage.note("  통역 부스\n 2분 ", "technical director")
    assert [(note.text, note.by, note.at) for note in stage.show.stage.notes] == [
        ("통역 부스 2분", "technical director", at("22:00"))
    ]
    stage.note(" \n ")
    assert stage.refused == EMPTY_NOTE
    for number in range(NOTES_KEPT + 5):
        stage.note(f"note {number}")
    assert [note.text for note in stage.show.stage.notes] == [f"note {number}" for number in range(5, NOTES_KEPT + 5)]


def test_a_note_that_comes_twice_is_one_note(stage: Stage) -> None:
    """The line to another machine was slow, and what was sent was sent again."""
    event = StageNoteWritten("booth: two minutes", "stage manager", stage.press())
    stage.post(event)
    stage.post(event)
    assert stage.refused == ALREADY_DONE
    assert len(stage.show.stage.notes) == 1


def test_a_restart_keeps_what_people_said_and_counts_the_hall_anew(stage: Stage) -> None:
    """The console dies: called, ready, heard and the notes are as they were; how many are in the ledger says again."""
    stage.mark("M1", SpeakerMark.READY, "host")
    stage.call("M2")
    stage.hear("M2")
    stage.post(HallCounted(37, 0, 1, 40))
    before = stage.show.stage
    stage.post(ConsoleStarted())
    assert stage.effects == []
    assert stage.show.stage == replace(before, hall=None)


def test_another_day_begins_with_nobody_marked_and_an_edit_loses_nothing(stage: Stage) -> None:
    stage.mark("M1", SpeakerMark.READY, "host")
    stage.note("see you tomorrow")
    stage.load(edited(EVENING, "M1", duration=Duration(60_000)))
    stage.load(without(EVENING, "M1"))
    stage.load(EVENING)
    assert stage.since("M1", SpeakerMark.READY, HOST) == at("22:00")
    stage.load(replace(EVENING, id=DayId("tomorrow")))
    assert not stage.show.stage.at_work
    assert [note.text for note in stage.show.stage.notes] == ["see you tomorrow"]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["mark", "take back", "call", "hear", "note", "wait", "go"]),
        st.sampled_from(["M1", "M2", "M3", "M9"]),
        st.sampled_from(SpeakerMark),
        st.sampled_from(["host", "lima", "kabul"]),
    ),
    max_size=20,
)


def played(moves: list[tuple[str, str, SpeakerMark, str]]) -> Stage:
    stage = Stage()
    for what, number, mark, person in moves:
        match what:
            case "mark" | "take back":
                stage.mark(number, mark, person, on=what == "mark")
            case "call":
                stage.call(number)
            case "hear":
                stage.hear(number)
            case "note":
                stage.note(f"{number} {person}")
            case "wait":
                stage.wait("0:07")
            case _:
                stage.press_go(number)
        look(stage.show)
    return stage


def look(show: Show) -> None:
    """What holds whatever was pressed."""
    awaited = awaits_stage(show)
    if awaited is not None:
        assert awaited == show.pointer.called
        assert acknowledged_at(show, awaited) is None
    for one in show.plan.cues:
        assert set(not_ready(show, one)) <= set(one.speakers)
        assert not (is_ready(show, one) and not_ready(show, one))
    for marks in show.stage.cues.values():
        for given_marks in marks.values():
            assert not given_marks.keys() & {SpeakerMark.ARRIVED, SpeakerMark.CHECKED}


@given(MOVES, st.integers(-7_200_000, 7_200_000).map(Duration))
def test_a_clock_that_is_set_moves_every_time_and_nothing_else(
    moves: list[tuple[str, str, SpeakerMark, str]], amount: Duration
) -> None:
    """Back by the same amount everything is as it was; who waits and who is ready never changes."""
    stage = played(moves)
    before = stage.show
    stage.post(ClockStepped(amount))
    assert awaits_stage(stage.show) == awaits_stage(before)
    assert [not_ready(stage.show, one) for one in stage.show.plan.cues] == [
        not_ready(before, one) for one in before.plan.cues
    ]
    stage.post(ClockStepped(Duration(-amount)))
    assert stage.show.stage == before.stage


@given(MOVES)
def test_the_same_journal_gives_the_same_stage(moves: list[tuple[str, str, SpeakerMark, str]]) -> None:
    stage = played(moves)
    again = Run()
    for event, when in stage.journal:
        again.now = when
        again.post(event)
    assert again.show.stage == stage.show.stage
    assert again.show.stage.hall is None
    assert StageState() == Show().stage

"""The next speakers as the stage manager sees them: who and when, what is missing by now, and what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.guests import NOT_CHECKED, SIGNAL_WORDS
from studio_console.core.presses import Check, GuestChecked, Verdict
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import Day, Person, Where
from studio_console.core.speaker_rows import Act, ChipState, SpeakerRow, marks_of, speaker_rows
from studio_console.core.stage import SpeakerMark
from studio_console.core.text import same
from studio_console.core.units import MINUTE, Duration, PersonId
from tests.builders import at, cue, day, edited
from tests.test_stage_marks import Stage

CALLED, ARRIVED, CHECKED, STANDBY, READY = SpeakerMark
CITIES = "lima kabul athens bilbao odense kyiv"
EVENING = day(
    cue("M1", 10, speakers="host"),
    cue("M2", speakers="lima", needs="interpretation"),
    cue("M3", speakers="host kabul"),
    cue("M4", speakers=f"host {CITIES}"),
    cue("M5"),
)
LEAD = Duration(30 * MINUTE)


def person(name: str, where: Where) -> Person:
    return Person(PersonId(name), same("Mayor"), same(name.title()), "Europe/Athens", where)


PEOPLE = {
    PersonId("host"): person("host", Where.HALL),
    **{PersonId(city): person(city, Where.REMOTE) for city in CITIES.split()},
}


class Watched(Stage):
    def __init__(self, rundown: Day = EVENING) -> None:
        super().__init__(rundown)
        self.guests = CITIES
        self.load(rundown)

    @property
    def rows(self) -> tuple[SpeakerRow, ...]:
        return speaker_rows(self.show, self.times, PEOPLE, LEAD)

    def row_of(self, number: str, who: str) -> SpeakerRow:
        return next(row for row in self.rows if row.cue.number == number and row.people[0] == who)

    def chip(self, number: str, who: str, mark: SpeakerMark) -> str:
        chip = next(chip for chip in self.row_of(number, who).chips if chip.mark is mark)
        return chip.state.value

    def seen(self, who: str, signal: Signal = Signal.LIVE) -> None:
        self.post(GuestSeen(PersonId(who), signal, Duration(0)))

    def passed(self, who: str, *checks: Check, verdict: Verdict = Verdict.GOOD) -> None:
        for check in checks or tuple(Check):
            self.post(GuestChecked(PersonId(who), check, verdict, "technician"))


@pytest.fixture
def stage() -> Watched:
    return Watched()


def test_the_rows_are_in_running_order_with_their_projected_times(stage: Watched) -> None:
    """On air, next, then so many GOs away; a show that is late moves them, the call time stays."""
    stage.go("M1")
    stage.wait("3:00")
    rows = [(row.cue.number, row.people[0], row.turn, row.until) for row in stage.rows]
    assert rows == [
        ("M1", "host", 0, 420),
        ("M2", "lima", 1, 420),
        ("M3", "host", 2, 720),
        ("M3", "kabul", 2, 720),
        ("M4", "host", 3, 1020),
        ("M4", "lima", 3, 1020),
    ]
    stage.wait("9:00")
    assert [(row.turn, row.until) for row in stage.rows[:2]] == [(0, -120), (1, 0)]
    assert stage.row_of("M2", "lima").call == at("21:40")


def test_many_remote_speakers_are_one_row_and_the_hall_has_its_own(stage: Watched) -> None:
    """Six cities are counted; who stands in the hall is called by name."""
    row = stage.row_of("M4", "lima")
    assert (len(row.people), row.remote) == (6, True)
    stage.seen("lima")
    stage.seen("kabul")
    assert [chip.done for chip in stage.row_of("M4", "lima").chips if chip.mark is ARRIVED] == [2]
    assert stage.row_of("M4", "host").people == ("host",)


def test_a_speaker_in_the_hall_step_by_step(stage: Watched) -> None:
    """Called, arrived, checked, at standby, ready: Enter each time, and the time beside it."""
    done: list[str] = []
    while (act := stage.row_of("M3", "host").act) is not None:
        done.append(act.value)
        stage.wait("0:10")
        stage.mark("M3", marks_of(act), "host")
    assert done == ["call", "arrived", "checked", "standby", "ready"]
    row = stage.row_of("M3", "host")
    assert [chip.state for chip in row.chips] == [ChipState.DONE] * 5
    assert row.chips[-1].at == at("22:00:50")
    assert row.ready


def test_a_remote_speaker_is_called_until_their_picture_is_there(stage: Watched) -> None:
    """Called, called again, then their picture comes by itself; the tech check is another's work."""
    assert stage.row_of("M2", "lima").act is Act.CALL
    stage.mark("M2", CALLED, "lima")
    assert stage.row_of("M2", "lima").act is Act.CALL_AGAIN
    stage.seen("lima")
    assert stage.chip("M2", "lima", ARRIVED) == "done"
    assert stage.row_of("M2", "lima").act is Act.STANDBY
    stage.passed("lima")
    assert stage.chip("M2", "lima", CHECKED) == "done"


def test_a_speaker_nobody_can_see_is_marked_by_hand(stage: Watched) -> None:
    """One joins by telephone: without a preview the stage manager's word is what there is."""
    told = replace(stage.show.rundown, unwatched=frozenset({PersonId("lima")}))
    stage.show = replace(stage.show, rundown=told)
    stage.mark("M2", CALLED, "lima")
    assert stage.row_of("M2", "lima").act is Act.ARRIVED
    stage.mark("M2", ARRIVED, "lima")
    assert stage.chip("M2", "lima", ARRIVED) == "done"


def test_what_is_missing_by_now_is_due(stage: Watched) -> None:
    """At the call time the call; five minutes before the cue that they are here and checked; then standby and ready."""
    assert stage.chip("M4", "host", CALLED) == "due"
    assert stage.chip("M4", "host", ARRIVED) == "open"
    stage.until("21:40")
    assert stage.chip("M4", "host", CALLED) == "open"
    stage.until("22:00")
    stage.go("M1")
    assert stage.chip("M2", "lima", ARRIVED) == "due"
    assert stage.chip("M2", "lima", STANDBY) == "open"
    stage.call("M2")
    assert (stage.chip("M2", "lima", STANDBY), stage.chip("M2", "lima", READY)) == ("due", "due")


def test_a_lost_picture_and_a_bad_check_say_what_they_are(stage: Watched) -> None:
    stage.seen("lima")
    stage.seen("lima", Signal.LOST)
    lost = stage.row_of("M2", "lima").chips[1]
    assert (lost.state, lost.lack) == (ChipState.DUE, SIGNAL_WORDS[Signal.LOST])
    stage.passed("lima", Check.SOUND, verdict=Verdict.BAD)
    assert stage.chip("M2", "lima", CHECKED) == "due"


def test_what_the_cue_needs_of_them_is_told_when_it_is_near(stage: Watched) -> None:
    """The interpreters' channel was not tried with the speaker who is next."""
    stage.seen("lima")
    assert stage.row_of("M2", "lima").lacks == ()
    stage.go("M1")
    assert stage.row_of("M2", "lima").lacks == (NOT_CHECKED[Check.INTERPRETATION],)
    stage.passed("lima", Check.INTERPRETATION)
    assert stage.row_of("M2", "lima").lacks == ()


def test_the_call_time_of_the_cue_goes_before_the_halls(stage: Watched) -> None:
    """The declaration's signatories are called an hour before."""
    stage.load(edited(EVENING, "M4", call=at("21:15")))
    assert stage.row_of("M4", "host").call == at("21:15")
    assert stage.row_of("M3", "host").call == at("21:45")


def test_who_has_been_on_air_is_here(stage: Watched) -> None:
    """The stage manager came late: nobody has to mark as arrived whom everybody has seen."""
    stage.go("M1")
    stage.wait("1:00")
    stage.go("M2")
    row = stage.row_of("M3", "host")
    assert stage.chip("M3", "host", ARRIVED) == "done"
    assert row.chips[1].at == at("22:00")


def test_who_is_over_is_seen_once_more_and_who_is_on_air_has_nothing_left_to_do(stage: Watched) -> None:
    stage.go("M1")
    stage.wait("1:00")
    stage.go("M2")
    over, air, *_ = stage.rows
    assert (over.cue.number, over.turn, over.start, over.act) == ("M1", -1, at("22:01"), None)
    assert (air.cue.number, air.turn, air.act) == ("M2", 0, None)


def test_skipped_cues_are_left_out_and_a_standby_put_elsewhere_leads(stage: Watched) -> None:
    stage.skip("M2")
    stage.go("M1")
    assert [(row.cue.number, row.turn) for row in stage.rows][:2] == [("M1", 0), ("M3", 1)]
    stage.standby("M4")
    assert [(row.cue.number, row.turn) for row in stage.rows][:2] == [("M1", 0), ("M4", 1)]


def test_who_went_back_sees_every_speaker_once(stage: Watched) -> None:
    """What is over lies ahead again; then the standby is put on what is on air."""
    for number in ("M1", "M3", "M2"):
        stage.wait("0:05")
        stage.standby(number)
        stage.go(number)
    keys = [row.key for row in stage.rows]
    assert keys == ["m2 lima", "m3 host", "m3 kabul", "m4 host", "m4 lima"]
    stage.standby("M1")
    keys = [row.key for row in stage.rows]
    assert len(keys) == len(set(keys))
    assert keys[:2] == ["m2 lima", "m1 host"]


def test_without_a_rundown_or_after_the_last_cue_there_are_no_rows() -> None:
    stage = Watched()
    for number in ("M1", "M2", "M3", "M4", "M5"):
        stage.go(number)
        stage.wait("1:00")
    assert {row.turn for row in stage.rows} == {-1}
    stage.end()
    assert stage.rows == ()

"""The day as a line: what was planned and what is coming of it, what is fixed, and which of that will be missed."""

from __future__ import annotations

from studio_console.core.day_line import DayLine, day_line
from studio_console.core.show import Show
from studio_console.core.timing import CueState, project
from studio_console.core.units import SessionId
from tests.builders import Run, at, cue, day, length, session


def evening() -> Run:
    """Talks from 22:00, a fixed discussion at 22:20, the session's hard end at 22:40; after it a break that is open."""
    talks = session(
        *(cue("M1", 5), cue("M2", 5), cue("M3", 5, skip=True), cue("M4", 20, start="22:20")),
        start="22:00",
        end="22:40",
    )
    return Run(day(talks, session(cue("B1", 10), start="22:40", id="break")), now="22:00")


def line_of(run: Run) -> DayLine:
    line = day_line(run.show, project(run.show, run.now))
    assert line is not None
    return line


def test_before_the_show_all_is_as_planned() -> None:
    line = line_of(evening())
    assert (line.start, line.end) == (at("22:00"), at("22:50"))
    assert [(block.id, block.start, block.end, block.over) for block in line.sessions] == [
        (SessionId("talks"), at("22:00"), at("22:40"), 0),
        (SessionId("break"), at("22:40"), at("22:50"), 0),
    ]
    assert [block.cue.number for block in line.cues] == ["M1", "M2", "M4", "B1"]
    assert line.cues[0].state is CueState.NEXT
    assert [(mark.at, mark.cue and mark.cue.number, mark.missed) for mark in line.hard] == [
        (at("22:20"), "M4", False),
        (at("22:40"), None, False),
    ]
    assert line.sessions[0].first == "m1"


def test_late_it_is_seen_what_moves_and_what_will_be_missed() -> None:
    """M1 begins a quarter of an hour late: M2 follows it, the fixed discussion will be late, and so the session."""
    run = evening()
    run.until("22:15")
    run.go("M1")
    run.wait("2:00")
    line = line_of(run)
    on_air, following, discussion, _ = line.cues
    assert (on_air.state, on_air.start, on_air.end) == (CueState.ON_AIR, at("22:15"), at("22:20"))
    assert (following.state, following.start, following.end) == (CueState.NEXT, at("22:20"), at("22:25"))
    assert discussion.start == at("22:25")
    assert [mark.missed for mark in line.hard] == [True, True]
    assert line.sessions[0].over == length("5:00")


def test_what_is_done_keeps_its_real_times_and_what_was_jumped_over_has_none() -> None:
    run = evening()
    run.go("M1")
    run.until("22:04")
    run.standby("M4")
    run.go("M4")
    line = line_of(run)
    assert [(block.cue.number, block.state) for block in line.cues] == [
        ("M1", CueState.DONE),
        ("M4", CueState.ON_AIR),
        ("B1", CueState.NEXT),
    ]
    assert (line.cues[0].start, line.cues[0].end) == (at("22:00"), at("22:04"))


def test_without_a_day_there_is_no_line() -> None:
    assert day_line(Show(), project(Show(), at("22:00"))) is None

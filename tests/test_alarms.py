"""What is wrong right now, and that it goes when its cause goes. How it comes about is told in test_step.py."""

from __future__ import annotations

from studio_console.core.alarms import alarms
from studio_console.core.events import JournalTroubled
from studio_console.core.problems import Severity
from studio_console.core.reports import CollectionSeen, SceneSeen, Seen, StudioModeSeen
from studio_console.core.text import Text
from studio_console.core.units import SceneName
from tests.builders import BOTH, PROGRAM, WALL, Run, cue, day


def started() -> Run:
    run = Run(day(cue("M1"), cue("M2")), surfaces=BOTH)
    run.go("M1")
    return run


def lines(run: Run, language: str = "en") -> list[str]:
    return [alarm.text.show(language, **alarm.values) for alarm in alarms(run.show)]  # type: ignore[arg-type]


def test_a_show_that_runs_well_has_no_alarms() -> None:
    """Silence means that all is well, from the first cue on and between two takes."""
    run = started()
    assert run.alarms == []
    run.wait("1:00")
    run.press_go("M2")
    assert run.alarms == []
    run.confirm(PROGRAM)
    assert run.alarms == []


def test_errors_come_before_warnings() -> None:
    """What needs a hand now stands on top."""
    run = started()
    run.post(StudioModeSeen(PROGRAM, on=True))
    run.skip("M1")
    run.lose(WALL)
    assert [(alarm.severity, alarm.code) for alarm in alarms(run.show)] == [
        (Severity.ERROR, "surface-lost"),
        (Severity.WARNING, "studio-mode"),
        (Severity.WARNING, "cue-skipped"),
    ]


def test_a_lost_surface_has_only_that_alarm() -> None:
    """What it shows is not known, so nothing is said of it: no tally of yesterday, no difference of guesses."""
    run = started()
    run.post(StudioModeSeen(WALL, on=True), SceneSeen(WALL, SceneName("logo"), Seen.TRANSITION_STARTED))
    run.lose(WALL)
    assert lines(run) == ["wall: no link to OBS. it does not answer"]
    assert lines(run, "ko") == ["wall: OBS 연결 끊김. 응답 없음"]


def test_an_unconfirmed_take_is_one_alarm_not_two() -> None:
    """That the wall shows something else and that it did not confirm is one thing to look at."""
    run = started()
    run.wait("1:00")
    run.press_go("M2")
    run.confirm(PROGRAM)
    run.miss_the_deadline()
    assert lines(run) == ["wall did not confirm M2: look at its OBS. OBS did not answer in time"]


def test_the_difference_tells_what_is_seen_and_what_is_wanted_and_what_to_do() -> None:
    """In the words on the rows and buttons."""
    run = started()
    run.see("logo", WALL)
    (line,) = lines(run)
    assert line == (
        "wall shows ‘logo’, the cue wants ‘M1 wall’. Leave it if that was by hand, else standby on it and GO"
    )


def test_a_surface_that_was_never_taken_to_cannot_differ() -> None:
    """Before the first GO whatever OBS shows is right."""
    run = Run(day(cue("M1")))
    run.see("anything")
    assert run.alarms == []


def test_alarms_say_since_when() -> None:
    """A link that is lost, a take that was not confirmed, a difference."""
    run = started()
    run.wait("1:00")
    run.see("logo", WALL)
    assert [alarm.since for alarm in alarms(run.show)] == [run.now]
    run.wait("1:00")
    run.lose(WALL)
    assert [alarm.since for alarm in alarms(run.show)] == [run.now]


def test_every_alarm_reads_well_in_both_languages() -> None:
    """With nothing left to fill in."""
    run = started()
    run.skip("M1")
    run.post(JournalTroubled(Text("디스크 오류", "disk error")), CollectionSeen(WALL, "x", changing=True))
    run.see("logo", WALL)
    for language in ("ko", "en"):
        assert len(lines(run, language)) == 4
        assert all("{" not in line for line in lines(run, language))

"""As-run: what a journal says of a day, planned against actual, whatever was pressed and whatever broke."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from studio_console.core.as_run import AsRun, CueLine, Fate, as_run
from studio_console.core.event_words import Names
from studio_console.core.events import AlarmCleared, AlarmRaised, ClockStepped, ConsoleStarted, ShowEvent
from studio_console.core.output_state import ALL
from studio_console.core.presses import (
    AlarmAcknowledged,
    GoPressed,
    ShowLockSet,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
)
from studio_console.core.problems import Severity
from studio_console.core.reports import SceneSeen, Seen
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PressId, SceneName
from tests.builders import BOTH, FIVE, PROGRAM, WALL, Run, at, cue, day, length, name, session, without

NAMES = Names(surfaces={PROGRAM: Text("송출", "Program"), WALL: Text("LED 월", "LED wall")})


@dataclass(frozen=True)
class Written:
    """An entry as a journal has it."""

    at: Instant
    event: ShowEvent
    outcome: str = ""


def told(run: Run, speed: float = 1.0) -> AsRun:
    return as_run([Written(now, event) for event, now in run.journal], NAMES, speed)


def line(report: AsRun, number: str, which: int = 0) -> CueLine:
    return [line for line in report.lines if line.number == number][which]


def fates(report: AsRun) -> str:
    return ", ".join(f"{line.number} {line.fate}" for line in report.lines)


def test_a_day_that_goes_as_planned() -> None:
    """Five cues, each as long as it should be: nothing differs, nothing is late."""
    run = Run(FIVE, now="22:00")
    for one in FIVE.cues:
        run.go(one.number)
        assert one.duration is not None
        run.wait(one.duration)
    run.end()
    report = told(run)
    assert fates(report) == "M1 aired, M2 aired, M3 aired, M4 aired, M5 aired"
    assert {(line.late, line.longer, line.over) for line in report.lines} == {(0, 0, 0)}
    assert (report.unconfirmed, report.refused, report.over) == (0, 0, 0)
    (meeting,) = report.sessions
    assert (meeting.started, meeting.ended, meeting.over) == (at("22:00"), at("22:30"), 0)


def test_the_first_cue_runs_over_and_the_second_gains_on_it() -> None:
    run = Run(FIVE, now="22:00")
    run.go("M1")
    run.wait("12:00")
    run.go("M2")
    run.wait("4:00")
    run.go("M3")
    report = told(run)
    first, second, third = (line(report, number) for number in ("M1", "M2", "M3"))
    assert (first.late, first.length, first.longer, first.over) == (0, *map(length, ("12:00", "2:00", "2:00")))
    assert (second.late, second.longer, second.over) == tuple(map(length, ("2:00", "-1:00", "1:00")))
    assert (third.late, third.fate, third.length) == (length("1:00"), Fate.ON_AIR, None)
    assert fates(report).endswith("M4 not reached, M5 not reached")


def test_what_was_asked_of_a_cue_stands_with_it() -> None:
    """Standby was called, a minute was added, it was held for half of one; how fast each surface confirmed it."""
    run = Run(FIVE, now="22:00", surfaces=BOTH)
    run.post(StandbyCalled(name("M1")))
    run.wait("0:05")
    run.press_go("M1")
    run.wait(120)
    run.confirm(PROGRAM)
    run.wait(80)
    run.confirm(WALL)
    run.wait("1:00")
    run.hold()
    run.wait("0:30")
    run.resume()
    run.add("M1", "1:00")
    run.wait("9:30")
    run.go("M2")
    airing = line(told(run), "M1").airing
    assert airing is not None
    assert airing.confirmed == {PROGRAM: 120, WALL: 200}
    assert (airing.standby_called, airing.pressed, airing.started) == (
        at("22:00"),
        at("22:00:05"),
        at("22:00:05") + 120,
    )
    assert (airing.added, airing.held, airing.unconfirmed) == (length("1:00"), length("0:30"), {})
    again = line(told(run, speed=10), "M1").airing
    assert again is not None
    assert again.confirmed == {PROGRAM: 12, WALL: 20}, "a rehearsal ten times as fast: in real time"


def test_a_surface_that_never_confirmed() -> None:
    """The wall does not answer: the cue counts as on air, and the report names the wall and the reason."""
    run = Run(FIVE, now="22:00", surfaces=BOTH)
    run.press_go("M1")
    run.confirm(PROGRAM)
    run.miss_the_deadline()
    run.wait("5:00")
    report = told(run)
    airing = line(report, "M1").airing
    assert airing is not None
    assert (list(airing.confirmed), list(airing.unconfirmed)) == ([PROGRAM], [WALL])
    assert report.unconfirmed == 1
    (alarm,) = (alarm for alarm in report.alarms if alarm.code == "unconfirmed")
    assert (alarm.surface, alarm.until) == (WALL, None)
    assert "LED 월" in alarm.text.ko
    assert "LED wall" in alarm.text.en


def test_nothing_answers_and_the_next_go_comes() -> None:
    run = Run(FIVE, now="22:00")
    run.press_go("M1")
    run.wait("0:01")
    run.go("M2")
    run.wait("1:00")
    report = told(run)
    assert (line(report, "M1").started, line(report, "M1").ended) == (at("22:00"), at("22:00:01"))
    assert report.unconfirmed == 1


def test_a_go_by_mistake_is_backed_out() -> None:
    """M3 was four seconds on air; M2 runs on all along, and M3's real time comes later: it has two lines."""
    run = Run(FIVE, now="22:00")
    run.go_through("M1", "M2", each="5:00")
    run.go("M3")
    run.wait("0:04")
    run.back()
    run.wait("0:56")
    run.go("M3")
    run.wait("5:00")
    run.end()
    report = told(run)
    assert fates(report) == "M1 aired, M2 aired, M3 backed out, M3 aired, M4 not reached, M5 not reached"
    assert line(report, "M2").length == length("6:00")
    assert line(report, "M3", 0).length == length("0:04")
    assert line(report, "M3", 1).length == length("5:00")
    returned = line(report, "M2").airing
    assert returned is not None
    assert returned.returned == 1
    assert line(report, "M3", 0).over is None, "what was a mistake is not late"


def test_a_go_that_is_taken_back_before_anything_shows_it() -> None:
    run = Run(FIVE, now="22:00")
    run.go("M1")
    run.wait("1:00")
    run.press_go("M2")
    run.press_back()
    run.confirm()
    run.wait("1:00")
    assert fates(told(run)).startswith("M1 on air, M2 never seen, M3 not reached")


def test_a_picture_that_is_sent_again_is_the_same_airing() -> None:
    """Standby on the cue on air, GO: it is sent once more, its clock runs on."""
    run = Run(FIVE, now="22:00")
    run.go("M1")
    run.wait("1:00")
    run.standby("M1")
    run.go("M1")
    run.wait("9:00")
    run.end()
    report = told(run)
    airing = line(report, "M1").airing
    assert airing is not None
    assert (airing.sent_again, airing.returned, line(report, "M1").length) == (1, 0, length("10:00"))
    assert len([one for one in report.lines if one.number == "M1"]) == 1


def test_skipped_jumped_over_and_never_reached() -> None:
    run = Run(day(cue("M1"), cue("M2"), cue("M3"), cue("M4", skip=True), cue("M5"), cue("M6")), now="22:00")
    run.go("M1")
    run.wait("1:00")
    run.skip("M2")
    run.standby("M5")
    run.go("M5")
    assert fates(told(run)) == "M1 aired, M2 skipped live, M3 passed, M4 skipped, M5 on air, M6 not reached"


def test_a_cue_that_is_deleted_stands_where_it_was_taken() -> None:
    run = Run(FIVE, now="22:00")
    run.go_through("M1", "M2", each="1:00")
    run.load(without(FIVE, "M2"))
    run.go("M3")
    report = told(run)
    assert fates(report) == "M1 aired, M2 aired, M3 on air, M4 not reached, M5 not reached"
    assert line(report, "M2").session is None
    assert line(report, "M2").planned_start == at("22:10"), "as it was planned when it was taken"


def test_a_session_past_midnight() -> None:
    """Instants know no midnight: 23:55 and ten minutes."""
    run = Run(day(cue("M1", 10), cue("M2", 10), start="23:55"), now="23:55")
    run.go("M1")
    run.wait("12:00")
    run.go("M2")
    run.wait("7:00")
    run.end()
    report = told(run)
    assert (line(report, "M1").length, line(report, "M2").late) == (length("12:00"), length("2:00"))
    assert line(report, "M2").ended == at("24:14")
    assert report.over == length("-1:00")


def test_the_console_dies_and_comes_back() -> None:
    """The cue's clock runs on; the restart is marked with what was on air and for how long nobody wrote."""
    run = Run(FIVE, now="22:00")
    run.journal.insert(0, (ConsoleStarted(), at("22:00")))
    run.go("M1")
    run.wait("4:00")
    run.post(ConsoleStarted())
    run.wait("0:01")
    run.connect(scene="M1 program")
    run.wait("5:59")
    run.go("M2")
    report = told(run)
    assert [(start.away, start.on_air) for start in report.starts] == [(None, ""), (length("4:00"), "M1")]
    assert line(report, "M1").length == length("10:00")
    spans = [(span.scene, span.since, span.until) for span in report.seen if span.surface == PROGRAM]
    assert (None, at("22:04"), at("22:04:01")) in spans, "for a second nothing was known of it"


def test_the_wall_clock_is_set() -> None:
    """It was a minute slow: all that was before is told as the right clock would have, lengths stay."""
    run = Run(FIVE, now="21:59")
    run.go("M1")
    run.wait("4:00")
    run.wait("1:00")  # the clock jumps ahead
    run.post(ClockStepped(length("1:00")))
    run.wait("6:00")
    run.go("M2")
    report = told(run)
    first = line(report, "M1")
    assert (first.started, first.ended, first.length, first.late) == (at("22:00"), at("22:10"), length("10:00"), 0)
    assert [(step.at, step.amount) for step in report.steps] == [(at("22:04"), length("1:00"))]
    assert [one.at for one in report.log] == sorted(one.at for one in report.log)
    assert max(point.over for point in report.drift) == 0


def test_who_pressed_what_when_and_why_it_was_refused() -> None:
    run = Run(FIVE, now="22:00")
    run.go("M1")
    entries = [Written(now, event) for event, now in run.journal]
    entries.append(Written(at("22:00"), GoPressed(name("M3"), PressId("x")), "Next has meanwhile become M2"))
    entries.append(Written(at("22:01"), ShowLockSet(True)))
    entries.append(Written(at("22:02"), StandbyMoved(None)))
    report = as_run(entries, NAMES)
    words = [(one.words.ko, one.words.en) for one in report.log]
    assert ("M1 ‘Item M1’ GO 누름", "GO pressed for M1 ‘Item M1’") in words
    assert ("쇼 잠금 켬", "Show lock on") in words
    assert ("스탠바이를 순서대로", "Standby in running order again") in words
    (refused,) = (one for one in report.log if one.refused is not None)
    assert refused.refused is not None
    assert "M2" in refused.refused.ko, "in Korean too, though the journal has it in English"
    assert report.refused == 1


def test_all_outputs_at_once_have_a_name() -> None:
    report = as_run([Written(at("22:00"), StartOutputPressed(ALL, PressId("x")))], NAMES)
    assert report.log[0].words == Text("송출 시작: 모든 송출", "Start all outputs")


def test_what_each_surface_showed() -> None:
    """What came by hand is marked, what came with a cue names it; while the link is gone nothing is known."""
    run = Run(FIVE, now="22:00", surfaces=BOTH)
    run.go("M1")
    run.wait("1:00")
    run.see("Test card", WALL)
    run.wait("1:00")
    run.lose(WALL)
    run.wait("1:00")
    run.connect(WALL, "M1 wall")
    run.wait("1:00")
    report = told(run)
    on_wall = [(span.scene, span.cue, span.by_hand) for span in report.seen if span.surface == WALL]
    assert on_wall == [("M1 wall", "M1", False), ("Test card", "", True), (None, "", False), ("M1 wall", "", False)]
    (lost,) = (alarm for alarm in report.alarms if alarm.code == "surface-lost")
    assert (lost.since, lost.until) == (at("22:02"), at("22:03"))


def test_the_drift_grows_only_while_a_cue_runs_over() -> None:
    """On time for ten minutes, then two of overtime; the next cue is two shorter, and the day is on time again."""
    run = Run(FIVE, now="22:00")
    run.go("M1")
    run.wait("12:00")
    run.go("M2")
    run.wait("3:00")
    run.go("M3")
    points = [(point.at, point.over) for point in told(run).drift]
    assert (at("22:10"), 0) in points, "where the line bends"
    assert (at("22:12"), length("2:00")) in points
    assert points[-1] == (at("22:15"), 0)


def test_nobody_waits_for_the_end_of_the_last_cue() -> None:
    """The closing slate stays on air for an hour after its planned end: that is no lateness."""
    run = Run(day(cue("M1", 10)), now="22:00")
    run.go("M1")
    run.wait("1:10:00")
    run.see("M1 program")
    assert max(point.over for point in told(run).drift) == 0


def test_two_sessions_and_a_gap_that_absorbs() -> None:
    whole = day(session(cue("M1", 30), start="22:00", id="one"), session(cue("C1", 30), start="23:00", id="two"))
    run = Run(whole, now="22:05")
    run.go("M1")
    run.wait("30:00")
    run.end()
    run.until("23:00")
    run.go("C1")
    run.wait("30:00")
    run.end()
    one, two = told(run).sessions
    assert (one.over, two.started, two.over) == (length("5:00"), at("23:00"), 0)


def test_an_empty_journal_and_one_without_a_rundown() -> None:
    assert as_run([]) == AsRun()
    report = as_run([Written(at("22:00"), ConsoleStarted())])
    assert (report.day, report.lines, report.begun) == (None, (), at("22:00"))


# --- anything that may be pressed


DONE = "go, go unseen, go half, back, back unseen, again, hold, resume, end, skip, jump, add, hand, wait, go, go, go"
BROKEN = "lose, connect, deadline, restart, step, delete, reload"
ACTS = st.sampled_from([*DONE.split(", "), *BROKEN.split(", ")])


def act(run: Run, what: str, whole: int) -> None:
    """Does one thing, if it can be done now."""
    following = run.show.plan.cues[whole % len(run.show.plan.cues)]
    next_one = run.next
    match what:
        case "go" | "go unseen" | "go half" if next_one is not None:
            run.press_go(next_one)
            if run.show.current is not None and run.show.taking is not None and what != "go unseen":
                run.wait(whole % 300)
                run.confirm(*([PROGRAM] if what == "go half" and PROGRAM in run.show.taking.wanted else []))
        case "back" | "back unseen":
            run.press_back()
            if run.show.taking is not None and what == "back":
                run.confirm()
        case "again" if run.show.on_air is not None:
            run.post(StandbyMoved(run.show.on_air.cue.id))
            run.post(GoPressed(run.show.on_air.cue.id, run.press()))
        case "hold":
            run.hold()
        case "resume":
            run.resume()
        case "end":
            run.end()
        case "skip":
            run.skip(following.number, whole % 2 == 0)
        case "jump":
            run.standby(following.number)
        case "lose":
            run.lose(WALL)
        case "connect":
            run.connect(WALL, "M1 wall")
        case "deadline":
            run.miss_the_deadline()
        case "restart":
            run.post(ConsoleStarted())
        case "step":
            amount = Duration((whole % 7 - 3) * 20_000)
            run.wait(amount)
            run.post(ClockStepped(amount))
        case "add":
            run.add(following.number, "1:00")
        case "delete":
            run.load(without(FIVE, "M2"))
        case "reload":
            run.load(FIVE)
        case "hand":
            run.post(SceneSeen(WALL, SceneName("Test card"), Seen.TRANSITION_STARTED))
        case _:
            run.wait(whole * 1_000)
    run.wait(whole * 500)


DEEDS = st.lists(st.tuples(ACTS, st.integers(1, 90)), max_size=25)


def done(deeds: list[tuple[str, int]]) -> Run:
    run = Run(FIVE, now="21:59", surfaces=BOTH)
    for what, whole in deeds:
        act(run, what, whole)
    return run


@settings(max_examples=150)
@given(DEEDS)
def test_every_take_appears_once_whatever_is_pressed(deeds: list[tuple[str, int]]) -> None:
    run = Run(FIVE, now="21:59", surfaces=BOTH)
    takes: set[str] = set()
    for what, whole in deeds:
        act(run, what, whole)
        for take in (run.show.on_air, run.show.taking):
            if take is not None and not take.returned:
                takes.add(take.press)
        takes |= {take.press for take in run.show.history if not take.returned}
    report = told(run)
    aired = [one for one in report.lines if one.airing is not None]
    assert len(aired) == len(takes)
    assert {one.cue for one in report.lines} >= {one.id for one in run.show.plan.cues}
    assert sum(one.fate is Fate.ON_AIR for one in report.lines) == (run.show.on_air is not None)


@settings(max_examples=150)
@given(DEEDS)
def test_times_agree_whatever_is_pressed(deeds: list[tuple[str, int]]) -> None:
    """Nothing ends before it begins; what was meant so was never on air beside another; the show's own runs agree."""
    run = done(deeds)
    report = told(run)
    assert report.unusable == 0
    kept = [one for one in report.lines if one.started is not None and one.fate in (Fate.AIRED, Fate.ON_AIR)]
    for one in kept:
        assert one.ended is None or one.started is None or one.started <= one.ended
    for cue_id, ran in run.show.runs.items():
        if ran.backed_out:
            continue
        mine = [one for one in report.lines if one.cue == cue_id and one.fate is Fate.AIRED]
        assert (ran.started_at, ran.ended_at) in {(one.started, one.ended) for one in mine}
    assert all(span.until is None or span.until >= span.since for span in report.seen)
    assert all(alarm.until is None or alarm.until >= alarm.since for alarm in report.alarms)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["go", "back", "hold", "resume", "wait", "end"]), st.integers(1, 90)), max_size=15
    )
)
def test_a_clock_that_was_set_changes_no_length(deeds: list[tuple[str, int]]) -> None:
    """The same evening on a clock that is right, and on one that was slow for half of it."""
    right = done(deeds)
    half = len(deeds) // 2
    slow = Run(FIVE, now="21:58", surfaces=BOTH)
    for number, (what, whole) in enumerate(deeds):
        if number == half:
            slow.wait("1:00")
            slow.post(ClockStepped(length("1:00")))
        act(slow, what, whole)
    if not deeds:
        return
    times = [[(one.number, one.started, one.ended, one.fate) for one in told(run).lines] for run in (right, slow)]
    assert times[0] == times[1]


def test_reading_on_changes_nothing_of_what_is_told() -> None:
    """A report of half the evening is the beginning of the report of the whole."""
    run = Run(FIVE, now="22:00")
    run.go_through("M1", "M2", each="5:00")
    half = told(run)
    run.go_through("M3", each="5:00")
    whole = told(run)
    assert whole.log[: len(half.log)] == half.log
    assert replace(line(half, "M1")) == line(whole, "M1")


def test_alarms_that_were_written_down_are_told_with_who_saw_to_them() -> None:
    """The wall is lost, acknowledged, and is back; what cannot be derived again is told as it was written down."""
    run = Run(FIVE, now="22:00", surfaces=BOTH)
    run.go("M1")
    run.wait("1:00")
    run.lose(WALL)
    run.wait("0:01")
    run.post(AlarmRaised("surface-lost", WALL, Severity.ERROR, Text("wall 끊김", "wall is lost")))
    run.wait("0:10")
    run.post(AlarmAcknowledged("surface-lost", WALL, Severity.ERROR, "TD"))
    run.wait("0:20")
    run.connect(WALL, "M1 wall")
    run.post(AlarmCleared("surface-lost", WALL))
    run.post(AlarmRaised("sound-differs", PROGRAM, Severity.WARNING, Text("소리가 다름", "sound differs")))
    report = told(run)
    lost, sound = report.alarms
    assert (lost.since, lost.until) == (at("22:01:01"), at("22:01:31"))
    assert (lost.acknowledged, lost.by) == (at("22:01:11"), "TD")
    assert "LED 월" in lost.text.ko, "by its name, not its id"
    assert (sound.text.en, sound.surface, sound.until) == ("sound differs", PROGRAM, None)
    assert any(one.by == "TD" and "LED wall" in one.words.en for one in report.log)

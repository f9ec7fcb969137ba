"""Alarms are written down once: when they have lasted a moment, when they are gone, and who has seen them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.alarm_book import is_acknowledged, key_of
from studio_console.core.alarm_clerk import GONE, LASTS, AlarmClerk, every_alarm
from studio_console.core.alarms import Alarm, alarms
from studio_console.core.events import AlarmCleared, AlarmRaised, ClockStepped, ConsoleStarted, ShowEvent
from studio_console.core.presses import AlarmAcknowledged
from studio_console.core.problems import Severity
from studio_console.core.show import Noted
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant
from tests.builders import BOTH, PROGRAM, WALL, Run, cue, day

LOST = "surface-lost"


class Desk:
    """A show, and somebody who looks at it once a second and has written down what is wrong."""

    def __init__(self) -> None:
        self.run = Run(day(cue("M1"), cue("M2")), surfaces=BOTH)
        self.clerk = AlarmClerk()
        self.told: list[ShowEvent] = []
        self.run.go("M1")

    def look(self, seconds: int = 1) -> None:
        for _ in range(seconds):
            self.run.wait(1_000)
            for event in self.clerk.look(self.run.show.noted, every_alarm(self.run.show, self.run.times), self.run.now):
                self.told.append(event)
                self.run.post(event)

    @property
    def story(self) -> list[str]:
        return [f"{type(event).__name__} {getattr(event, 'subject', '')}" for event in self.told]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_alarm_is_written_down_once_and_once_when_it_is_over(desk: Desk) -> None:
    """The wall is lost for a minute: two lines, not sixty."""
    desk.run.lose(WALL)
    desk.look(60)
    desk.run.connect(WALL, "M1 wall")
    desk.look(60)
    assert desk.story == ["AlarmRaised wall", "AlarmCleared wall"]
    raised = desk.told[0]
    assert isinstance(raised, AlarmRaised)
    assert (raised.code, raised.severity) == (LOST, Severity.ERROR)
    assert raised.what.en == "wall: no link to OBS. it does not answer"
    assert raised.what.ko == "wall: OBS 연결 끊김. 응답 없음"


def test_what_lasts_no_second_is_not_written_down(desk: Desk) -> None:
    """A picture that differs between two words of one transition."""
    desk.run.see("logo", WALL)
    desk.run.wait(200)
    desk.run.see("M1 wall", WALL)
    desk.look(5)
    assert desk.story == []


def test_coming_and_going_is_one_alarm(desk: Desk) -> None:
    """A plug with a loose contact: lost and back every second for a minute."""
    for _ in range(30):
        desk.run.lose(WALL)
        desk.look(2)
        desk.run.connect(WALL, "M1 wall")
        desk.look(2)
    desk.look(10)
    assert desk.story == ["AlarmRaised wall", "AlarmCleared wall"]


def test_coming_again_after_it_was_over_it_is_new(desk: Desk) -> None:
    """Acknowledged, mended, and lost again: somebody has to look at it again."""
    desk.run.lose(WALL)
    desk.look(3)
    desk.run.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "TD"))
    (alarm,) = alarms(desk.run.show)
    assert is_acknowledged(desk.run.show, alarm)
    desk.run.connect(WALL, "M1 wall")
    desk.look(10)
    desk.run.lose(WALL)
    (alarm,) = alarms(desk.run.show)
    assert not is_acknowledged(desk.run.show, alarm)
    desk.look(3)
    assert desk.story == ["AlarmRaised wall", "AlarmCleared wall", "AlarmRaised wall"]


def test_one_acknowledged_before_it_was_written_down_stays_so(desk: Desk) -> None:
    """The hand is quicker than the second: nothing is told twice."""
    desk.run.lose(WALL)
    desk.run.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "TD"))
    desk.look(5)
    (alarm,) = alarms(desk.run.show)
    assert is_acknowledged(desk.run.show, alarm)
    assert desk.story == []


def test_the_first_who_acknowledges_counts(desk: Desk) -> None:
    """Two windows at the same time."""
    desk.run.lose(WALL)
    desk.look(3)
    desk.run.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "TD"))
    desk.run.wait("0:05")
    desk.run.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "stage"))
    noted = desk.run.show.noted[LOST, WALL]
    assert (noted.by, noted.acknowledged_at) == ("TD", desk.run.now - 5_000)


def test_one_that_becomes_worse_has_to_be_seen_again(desk: Desk) -> None:
    """The disk: twenty minutes left was acknowledged; four minutes are another thing."""

    def disk(severity: Severity) -> Alarm:
        return Alarm("output-disk", severity, Text("디스크", "disk"), output="recording")

    def look(severity: Severity) -> list[tuple[str, Severity]]:
        told = []
        for _ in range(3):
            desk.run.wait(1_000)
            for event in desk.clerk.look(desk.run.show.noted, [disk(severity)], desk.run.now):
                assert isinstance(event, AlarmRaised)
                told.append((event.subject, event.severity))
                desk.run.post(event)
        return told

    assert look(Severity.WARNING) == [("recording", Severity.WARNING)]
    desk.run.post(AlarmAcknowledged("output-disk", "recording", Severity.WARNING, "TD"))
    assert is_acknowledged(desk.run.show, disk(Severity.WARNING))
    assert not is_acknowledged(desk.run.show, disk(Severity.ERROR)), "at once, before anything was written down"
    assert look(Severity.ERROR) == [("recording", Severity.ERROR)]
    assert not is_acknowledged(desk.run.show, disk(Severity.ERROR))
    desk.run.post(AlarmAcknowledged("output-disk", "recording", Severity.ERROR, "TD"))
    assert is_acknowledged(desk.run.show, disk(Severity.ERROR))
    assert look(Severity.WARNING) == [], "better is not new"


def test_two_surfaces_are_two_alarms(desk: Desk) -> None:
    desk.run.lose(WALL)
    desk.run.lose(PROGRAM)
    desk.look(3)
    assert sorted(desk.story) == ["AlarmRaised program", "AlarmRaised wall"]
    desk.run.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "TD"))
    assert [is_acknowledged(desk.run.show, alarm) for alarm in alarms(desk.run.show)] == [False, True]


def test_a_clock_that_was_set_neither_raises_nor_clears(desk: Desk) -> None:
    """Set back by an hour in the middle of it: what was seen since then is not doubted."""
    desk.run.lose(WALL)
    desk.look(3)
    before = desk.run.show.noted[LOST, WALL]
    desk.run.wait(-3_600_000)
    desk.run.post(ClockStepped(Duration(-3_600_000)))
    assert desk.run.show.noted[LOST, WALL].at == before.at - 3_600_000
    desk.look(5)
    assert desk.story == ["AlarmRaised wall"]


def test_after_a_restart_everything_is_new(desk: Desk) -> None:
    """What was acknowledged before the crash may be something else by now."""
    desk.run.lose(WALL)
    desk.look(3)
    desk.run.post(AlarmAcknowledged(LOST, WALL, Severity.ERROR, "TD"), ConsoleStarted())
    assert desk.run.show.noted == {}


def test_a_word_that_takes_its_time_is_not_repeated(desk: Desk) -> None:
    """The engine has not come to it yet: it is not told again at the next look."""
    desk.run.lose(WALL)
    wrong = alarms(desk.run.show)
    told: list[AlarmRaised | AlarmCleared] = []
    for _ in range(10):
        desk.run.wait(1_000)
        told += desk.clerk.look({}, wrong, desk.run.now)
    assert len(told) == 1


@given(st.lists(st.sets(st.sampled_from(["a", "b", "c"])), max_size=60))
def test_raised_and_cleared_take_turns(wrong_at: list[set[str]]) -> None:
    """Whatever comes and goes: never raised twice, never cleared before it was raised, and at least so far apart."""
    desk = Desk()
    desk.run.lose(WALL)
    (lost,) = alarms(desk.run.show)
    noted: dict[tuple[str, str], Noted] = {}
    last: dict[tuple[str, str], int] = {}
    for at, wrong in enumerate(wrong_at):
        found = [Alarm(code, lost.severity, lost.text, lost.values) for code in wrong]
        now = Instant(desk.run.now + at * 500)
        for event in desk.clerk.look(noted, found, now):
            key = event.code, event.subject
            assert (key in noted) is isinstance(event, AlarmCleared)
            least = GONE if isinstance(event, AlarmCleared) else LASTS
            assert at * 500 - last.get(key, -GONE) >= least
            last[key] = at * 500
            if isinstance(event, AlarmRaised):
                noted[key] = Noted(now, event.severity)
            else:
                del noted[key]


def test_every_alarm_has_a_name_of_its_own(desk: Desk) -> None:
    desk.run.lose(WALL)
    desk.run.lose(PROGRAM)
    keys = [key_of(alarm) for alarm in every_alarm(desk.run.show, desk.run.times)]
    assert len(keys) == len(set(keys)) == 2

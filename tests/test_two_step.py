"""The declaration: two different presses by the technical director, and its moment read back from the journal."""

from __future__ import annotations

from pathlib import Path

from studio_console.core import refusals
from studio_console.core.arming import NOT_ARMED_CUE, STAYS_ARMED, armed_for
from studio_console.core.events import ClockStepped, ConsoleStarted, ShowEvent
from studio_console.core.moments import Moment, moments, taken_at
from studio_console.core.presses import ArmPressed, GoPressed, Grave
from studio_console.core.units import Instant, PressId
from studio_console.runtime.codec import event_from_json, event_to_json, kind_of
from studio_console.runtime.journal import Entry, Journal
from tests.builders import FIVE, Run, at, edited, name, without

DECLARATION = edited(FIVE, "M3", two_step=True)


def evening() -> Run:
    """M2 is on air, the declaration is next."""
    run = Run(DECLARATION, now="23:30")
    run.go_through("M1", "M2", each="5:00")
    return run


def arm(run: Run, number: str = "M3") -> None:
    run.post(ArmPressed(Grave.TAKE, name(number), run.press()))
    assert run.refused is None


def is_armed(run: Run) -> bool:
    return armed_for(run.show, Grave.TAKE, name("M3"), run.now) is not None


def test_go_alone_does_not_take_it() -> None:
    """A hand falls on the space bar: nothing goes out, and what is to be pressed is said."""
    run = evening()
    run.press_go("M3")
    assert run.refused == NOT_ARMED_CUE
    assert (run.on_air, run.sent) == ("M2", {})
    assert "Ctrl+G" in NOT_ARMED_CUE.ko


def test_armed_it_is_taken_once() -> None:
    run = evening()
    arm(run)
    run.wait("0:04")
    run.go("M3")
    assert run.on_air == "M3"
    assert run.show.armed is None, "one arming is good for one GO"


def test_it_is_armed_for_a_moment_only() -> None:
    run = evening()
    arm(run)
    run.wait(STAYS_ARMED)
    run.press_go("M3")
    assert run.refused == NOT_ARMED_CUE


def test_the_same_press_is_not_both() -> None:
    """A remote that sends one press twice, as an arming and as a GO, takes nothing."""
    run = evening()
    arm(run)
    press = run.last_press
    run.wait("0:01")
    run.post(GoPressed(name("M3"), press))
    assert run.refused == refusals.ALREADY_DONE
    assert run.on_air == "M2"


def test_moving_the_standby_away_drops_it() -> None:
    run = evening()
    arm(run)
    run.standby("M4")
    assert not is_armed(run)
    run.standby("M3")
    run.press_go("M3")
    assert run.refused == NOT_ARMED_CUE


def test_putting_the_standby_where_it_is_keeps_it() -> None:
    run = evening()
    arm(run)
    run.standby("M3")
    assert is_armed(run)


def test_another_go_drops_it() -> None:
    """Armed at one desk; at another the standby of an earlier look is taken."""
    run = evening()
    run.standby("M5")
    arm(run)
    run.go("M5")
    assert not is_armed(run)


def test_back_drops_it() -> None:
    run = evening()
    arm(run)
    run.back()
    assert not is_armed(run)


def test_a_saved_file_in_which_it_is_no_longer_next_drops_it() -> None:
    run = evening()
    arm(run)
    run.load(DECLARATION)
    assert is_armed(run)
    run.load(without(DECLARATION, "M3"))
    assert run.show.armed is None


def test_skipping_it_drops_it() -> None:
    run = evening()
    arm(run)
    run.skip("M3")
    run.skip("M3", skip=False)
    assert not is_armed(run)


def test_after_a_restart_it_has_to_be_armed_again() -> None:
    run = evening()
    arm(run)
    run.post(ConsoleStarted())
    run.connect()
    run.press_go("M3")
    assert run.refused == NOT_ARMED_CUE


def declared() -> Run:
    run = evening()
    arm(run)
    run.until("23:41:07")
    run.post(ArmPressed(Grave.TAKE, name("M3"), run.press()))
    run.wait("0:02")
    run.press_go("M3")
    run.wait(300)
    run.confirm()
    return run


MOMENT = Moment(name("M3"), "M3", at("23:41:07"), at("23:41:09"), Instant(at("23:41:09") + 300))


def test_its_moment_is_read_back_from_the_presses() -> None:
    """Who asks the next morning is told to the millisecond: armed, taken, seen on air."""
    run = declared()
    run.wait("1:00")
    run.go("M4")
    assert moments(run.journal) == (MOMENT,)


def test_its_moment_is_shown_while_it_is_on_air_and_after() -> None:
    run = declared()
    cue = run.take.cue
    assert taken_at(run.show, cue) == MOMENT.on_air_at
    run.wait("1:00")
    run.go("M4")
    assert taken_at(run.show, cue) == MOMENT.on_air_at
    assert taken_at(run.show, run.take.cue) is None, "any other cue has no such moment"


def test_a_mistake_taken_back_is_marked_as_one() -> None:
    run = declared()
    run.wait("0:02")
    run.back()
    assert taken_at(run.show, next(cue for cue in DECLARATION.cues if cue.number == "M3")) is None
    (moment,) = moments(run.journal)
    assert (moment.taken_at, moment.backed_out) == (MOMENT.taken_at, True)


def test_its_moment_outlives_a_clock_that_is_set_and_a_restart() -> None:
    """The journal has the instants as they were, whatever the clock shows later."""
    run = declared()
    run.post(ClockStepped(run.times.countdown.elapsed if run.times.countdown else run.show.rundown.go_guard))
    run.post(ConsoleStarted())
    assert moments(run.journal) == (MOMENT,)


def test_its_moment_is_read_from_the_journal_on_the_disk(tmp_path: Path) -> None:
    run = declared()
    journal = Journal(tmp_path / "day.journal")
    journal.append([Entry(when, again(event), "") for event, when in run.journal])
    assert moments((entry.event, entry.at) for entry in journal.entries()) == (MOMENT,)
    journal.close()


def again(event: ShowEvent) -> ShowEvent:
    return event_from_json(kind_of(event), event_to_json(event))


def test_a_press_has_one_meaning() -> None:
    """Both presses are kept, each with its own id."""
    run = declared()
    presses = [event.press for event, _ in run.journal if isinstance(event, ArmPressed)]
    assert len(set(presses)) == len(presses) == 2
    assert PressId(run.take.press) not in presses

"""The show lock: on before the doors open or with the first GO, off on purpose only, and never lost by a crash."""

from __future__ import annotations

from dataclasses import replace

from studio_console.core.arming import JUMP_NOT_ARMED, STAYS_ARMED
from studio_console.core.clip_watch import holding_cue
from studio_console.core.events import ConsoleStarted
from studio_console.core.presses import ArmPressed, Grave, ShowLockSet
from studio_console.core.refusals import STALE
from studio_console.core.rundown import Kind
from studio_console.core.show_lock import LOCKED_ALREADY, SHOW, UNLOCK_NOT_ARMED, UNLOCKED_ALREADY
from tests.builders import Run, cue, day, loaded, name, session

EVENING = day(
    session(cue("M1"), cue("M2"), cue("M3"), start="22:00", id="mayors"),
    session(cue("C1"), cue("C2"), id="climate"),
    session(cue("U1"), id="sharing"),
)


def evening(show: bool = True) -> Run:
    """The day is open, on air or in rehearsal."""
    run = Run(EVENING)
    run.post(replace(loaded(EVENING, run.surfaces), locks=show))
    return run


def unlock(run: Run) -> None:
    run.post(ArmPressed(Grave.UNLOCK, SHOW, run.press()))
    run.post(ShowLockSet(False))


def test_the_lock_goes_on_with_one_press_and_off_with_two() -> None:
    """The director locks the show before air, and unlocks it in the break."""
    run = Run()
    run.post(ShowLockSet(True))
    assert run.show.locked
    run.post(ShowLockSet(False))
    assert run.refused == UNLOCK_NOT_ARMED
    assert run.show.locked
    unlock(run)
    assert not run.show.locked
    assert run.show.armed is None


def test_unlocking_that_was_armed_runs_out() -> None:
    run = Run()
    run.post(ShowLockSet(True), ArmPressed(Grave.UNLOCK, SHOW, run.press()))
    run.wait(STAYS_ARMED)
    run.post(ShowLockSet(False))
    assert run.refused == UNLOCK_NOT_ARMED


def test_a_lock_set_twice_says_so() -> None:
    """Two windows lock at the same time: the second press is told that it was done already."""
    run = Run()
    run.post(ShowLockSet(False))
    assert run.refused == UNLOCKED_ALREADY
    run.post(ShowLockSet(True), ShowLockSet(True))
    assert run.show.locked
    assert run.refused == LOCKED_ALREADY


def test_a_restart_leaves_the_lock_as_it_was() -> None:
    """The console comes back after a crash in the middle of the show: it is still locked."""
    run = Run()
    run.post(ShowLockSet(True), ConsoleStarted())
    assert run.show.locked


# --- by itself


def test_the_first_go_of_a_show_locks_it() -> None:
    """Nobody has to remember it in the minute before air."""
    run = evening()
    assert not run.show.locked
    run.go("M1")
    assert run.show.locked


def test_a_rehearsal_stays_open() -> None:
    run = evening(show=False)
    run.go("M1")
    assert not run.show.locked


def test_a_refused_go_locks_nothing() -> None:
    run = evening()
    run.press_go("M3")
    assert run.refused is not None
    assert not run.show.locked


def test_taken_off_on_purpose_it_stays_off() -> None:
    """A late change in the break: the GO after it does not lock again what somebody opened."""
    run = evening()
    run.go("M1")
    unlock(run)
    run.wait("1:00")
    run.go("M2")
    run.end()
    run.wait("1:00")
    run.go("M3")
    assert not run.show.locked


# --- jumping past a session


def on_air(locked: bool = True) -> Run:
    """M1 is on air; two cues of its session are still to come."""
    run = evening(show=locked)
    run.go("M1")
    run.wait("1:00")
    return run


def test_a_jump_past_the_session_takes_one_more_press() -> None:
    """The standby slipped to the next session: GO says how much it would leave out, and takes nothing."""
    run = on_air()
    run.standby("C1")
    run.press_go("C1")
    assert run.refused == JUMP_NOT_ARMED
    assert run.show.refusal is not None
    assert run.show.refusal.values == {"cue": "C1", "count": 2}
    assert run.sent == {}
    run.post(ArmPressed(Grave.TAKE, name("C1"), run.press()))
    run.go("C1")
    assert run.on_air == "C1"


def test_unlocked_a_jump_is_one_press() -> None:
    run = on_air(locked=False)
    run.standby("C1")
    run.go("C1")
    assert run.on_air == "C1"


def test_within_the_session_nothing_has_to_be_armed() -> None:
    """The discussion runs late and one item is left out: that is everyday work."""
    run = on_air()
    run.standby("M3")
    run.go("M3")
    assert run.on_air == "M3"


def test_the_running_order_leads_into_the_next_session_without_arming() -> None:
    """After the last cue, and also where the rest was marked to be skipped."""
    run = on_air()
    run.go("M2")
    run.wait("1:00")
    run.skip("M3")
    run.go("C1")
    assert run.on_air == "C1"


def test_a_later_cue_of_the_next_session_is_no_jump_past_one() -> None:
    """From the last of the mayors straight to the second of the climate: nobody's session is lost."""
    run = on_air()
    run.standby("M3")
    run.go("M3")
    run.wait("1:00")
    run.standby("C2")
    run.go("C2")
    run.wait("1:00")
    run.standby("M2")
    run.go("M2")
    assert run.on_air == "M2", "and the way back is free"


def test_a_whole_session_left_out_is_a_jump_too() -> None:
    run = on_air()
    run.standby("M3")
    run.go("M3")
    run.wait("1:00")
    run.standby("U1")
    run.press_go("U1")
    assert run.refused == JUMP_NOT_ARMED


def test_the_holding_picture_is_never_one_press_away() -> None:
    """The standby on it and GO are two presses: GO for it alone is refused, from another machine too."""
    run = Run(day(cue("M1"), cue("M2"), replace(cue("B1"), kind=Kind.BREAK)))
    run.post(ShowLockSet(True))
    run.go("M1")
    run.wait("1:00")
    holding = holding_cue(run.show)
    assert holding is not None
    run.press_go(holding.number)
    assert run.refused == STALE
    run.standby(holding.number)
    run.go(holding.number)
    assert run.on_air == "B1"

"""The show lock: on before the doors open, off again for a late change, and never lost by a crash."""

from __future__ import annotations

from studio_console.core.events import ConsoleStarted
from studio_console.core.presses import ShowLockSet
from studio_console.core.show_lock import LOCKED_ALREADY, UNLOCKED_ALREADY
from tests.builders import Run


def test_the_lock_goes_on_and_off() -> None:
    """The director locks the show before air, and unlocks it in the break."""
    run = Run()
    run.post(ShowLockSet(True))
    assert run.show.locked
    run.post(ShowLockSet(False))
    assert not run.show.locked


def test_a_lock_set_twice_says_so() -> None:
    """Two windows lock at the same time: the second press is told that it was done already."""
    run = Run()
    run.post(ShowLockSet(False))
    assert run.show.refusal is not None
    assert run.show.refusal.reason == UNLOCKED_ALREADY
    run.post(ShowLockSet(True), ShowLockSet(True))
    assert run.show.locked
    assert run.show.refusal is not None
    assert run.show.refusal.reason == LOCKED_ALREADY


def test_a_restart_leaves_the_lock_as_it_was() -> None:
    """The console comes back after a crash in the middle of the show: it is still locked."""
    run = Run()
    run.post(ShowLockSet(True), ConsoleStarted())
    assert run.show.locked

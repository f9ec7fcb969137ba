"""To whom guests' workers give way, and when not."""

from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from studio_console.devices import manners
from studio_console.devices.manners import APART, FED_FOR, HUNGRY_LATE, Manners, give_way, share
from tests.sessions import autogroup, shares_by_session
from tests.waiting import wait_until

NICE = 10
WAITS = [sys.executable, "-c", "input()"]
LOOK = 0.25
"""Seconds between two signs of life."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority")
def test_who_is_apart_gives_way_to_other_sessions_too_and_the_console_does_not() -> None:
    """OBS is in another session than the console; niceness alone would count among the console's own processes."""
    own = autogroup(psutil.Process().pid)
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE, start_new_session=APART) as child:
        give_way(child.pid, NICE)
        wait_until(lambda: share(child.pid, NICE))
        assert psutil.Process(child.pid).nice() == NICE
        if shares_by_session():
            theirs = autogroup(child.pid)
            assert theirs is not None
            assert theirs[1] == NICE
            assert own is None or theirs[0] != own[0]
        child.communicate(b"\n")
    with subprocess.Popen(WAITS, stdin=subprocess.PIPE) as together:
        give_way(together.pid, NICE)
        assert autogroup(psutil.Process().pid) == own
        together.communicate(b"\n")
    assert share(together.pid, NICE), "who has ended has nothing to give"


class Shares:
    """What sessions were told, as the system takes it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[int] = []
        self.puts_off = 0
        monkeypatch.setattr(manners, "share", self.share)
        monkeypatch.setattr(manners, "give_way", lambda pid, nice: None)

    def share(self, pid: int, nice: int) -> bool:
        if self.puts_off:
            self.puts_off -= 1
            return False
        self.told.append(nice)
        return True


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> Shares:
    return Shares(monkeypatch)


def test_what_the_system_puts_off_is_tried_again_at_the_next_sign_of_life(shares: Shares) -> None:
    """Linux does it for one session in a tenth of a second, and seven workers start at once."""
    shares.puts_off = 2
    worker = Manners(1, NICE)
    worker.heard(0, 0.25)
    assert shares.told == []
    for look in range(2, 10):
        worker.heard(0, look * LOOK)
    assert shares.told == [NICE]


def test_a_worker_that_is_left_too_little_is_nice_no_more_until_it_has_been_well_for_a_while(shares: Shares) -> None:
    """Two programs keep both processors busy: at a nice of 10 all 42 guests would stand still."""
    worker = Manners(1, NICE)
    now = 100.0
    for late in (HUNGRY_LATE, HUNGRY_LATE + 40):
        now += LOOK
        worker.heard(late, now)
    assert shares.told == [NICE, 0]
    hungry = now
    while now < hungry + FED_FOR - LOOK:
        now += LOOK
        worker.heard(10, now)
    assert shares.told == [NICE, 0]
    worker.heard(10, hungry + FED_FOR)
    assert shares.told == [NICE, 0, NICE]


def test_one_late_moment_is_a_take_and_no_hunger(shares: Shares) -> None:
    worker = Manners(1, NICE)
    for look in range(100):
        worker.heard(HUNGRY_LATE + 200 if look % 2 else 10, look * LOOK)
    assert shares.told == [NICE]

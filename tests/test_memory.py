"""What is there when the desk is up is not looked at again and again by the collector of cycles."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from studio_console.app.memory import keep, let_go, settle


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


class Thing:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_kept_out_and_what_comes_later_is_still_collected() -> None:
    there = [Thing() for _ in range(1_000)]
    settle()
    assert gc.get_freeze_count() > len(there)
    looked_at = len(gc.get_objects())
    assert looked_at < gc.get_freeze_count() / 2
    for _ in range(100):
        Thing()
    assert gc.collect() >= 100, "a cycle of later is found"


def test_a_new_rundown_is_kept_out_too() -> None:
    settle()
    before = gc.get_freeze_count()
    rundown = [Thing() for _ in range(500)]
    keep()
    assert gc.get_freeze_count() >= before + len(rundown)


def test_what_is_in_cycles_goes_once_the_desk_is_closed() -> None:
    """Pictures of guests hang on it, megabytes of them: the next desk of this process begins without."""
    thing = Thing()
    gone = weakref.ref(thing)
    settle()
    del thing
    gc.collect()
    assert gone() is not None
    let_go()
    gc.collect()
    assert gone() is None

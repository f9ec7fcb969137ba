"""A full machine goes without pictures in steps, gets them back in steps, and never swings between the two."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.ports import Load
from studio_console.devices.previews.shedding import (
    HUNG_AFTER,
    HUNG_AFTER_WHEN_FULL,
    LOOP_HUNG_AFTER,
    OPENING,
    RELIEF,
    RELIEF_AT_MOST,
    START_AT_MOST,
    Patience,
    Pressure,
    is_full,
    measured,
    patience,
)

CALM = (40.0, 5.0)
FULL = (100.0, 300.0)


def after(pressure: Pressure, begin: float, seconds: int, cpu: float, late_ms: float) -> Pressure:
    for second in range(seconds + 1):
        pressure = measured(pressure, begin + second, cpu, late_ms)
    return pressure


def test_a_hiccup_costs_nothing() -> None:
    pressure = after(Pressure(), 0, 2, *FULL)
    assert pressure.load is Load.FULL
    assert after(pressure, 3, 60, *CALM).load is Load.FULL


def test_lasting_pressure_first_takes_pictures_and_only_much_later_all_but_keyframes() -> None:
    pressure = after(Pressure(), 0, 3, *FULL)
    assert pressure.load is Load.FEWER
    assert after(pressure, 4, 6, *FULL).load is Load.FEWER
    pressure = after(pressure, 4, 8, *FULL)
    assert pressure.load is Load.KEYFRAMES
    assert after(pressure, 13, 1000, *FULL).load is Load.KEYFRAMES


def test_a_full_machine_whose_workers_are_in_time_is_put_to_good_use() -> None:
    assert after(Pressure(), 0, 600, 100.0, 10.0).load is Load.FULL


def test_a_full_machine_that_falls_behind_sheds_though_its_loops_are_in_time() -> None:
    """Decoding takes all there is: the loops of the workers need little and get it, and no new pictures come."""
    pressure = Pressure()
    for second in range(4):
        pressure = measured(pressure, float(second), 100.0, 5.0, 0.4)
    assert pressure.load is Load.FEWER


def test_pictures_that_do_not_come_on_a_machine_with_room_are_the_guests_own() -> None:
    """Half of the senders froze."""
    pressure = Pressure()
    for second in range(60):
        pressure = measured(pressure, float(second), 60.0, 5.0, 0.4)
    assert pressure.load is Load.FULL


def test_late_loops_count_also_where_the_load_does_not_show() -> None:
    assert after(Pressure(), 0, 5, 60.0, 400.0).load is Load.FEWER


def test_relief_comes_step_by_step_and_not_at_once() -> None:
    pressure = after(after(Pressure(), 0, 3, *FULL), 4, 8, *FULL)
    assert after(pressure, 13, int(RELIEF) - 1, *CALM).load is Load.KEYFRAMES
    pressure = after(pressure, 13, int(RELIEF), *CALM)
    assert pressure.load is Load.FEWER
    assert after(pressure, 24, int(RELIEF), *CALM).load is Load.FULL


def test_a_load_between_full_and_eased_changes_nothing() -> None:
    pressure = after(Pressure(), 0, 3, *FULL)
    assert after(pressure, 4, 1000, 90.0, 40.0).load is Load.FEWER


def test_pressure_that_comes_back_makes_the_next_step_back_wait_longer() -> None:
    pressure = after(Pressure(), 0, 3, *FULL)
    pressure = after(pressure, 4, int(RELIEF), *CALM)
    assert pressure.load is Load.FULL
    pressure = after(pressure, 16, 4, *FULL)
    assert pressure.load is Load.FEWER
    assert pressure.relief == 2 * RELIEF
    assert after(pressure, 21, int(RELIEF) + 2, *CALM).load is Load.FEWER
    assert after(pressure, 21, 2 * int(RELIEF), *CALM).load is Load.FULL


def test_a_machine_at_its_limit_never_flaps() -> None:
    """An hour in which everything that is given back makes the machine full again."""
    pressure, changes = Pressure(), 0
    for second in range(3600):
        before = pressure.load
        pressure = measured(pressure, float(second), *(FULL if before is Load.FULL else CALM))
        changes += pressure.load is not before
    assert pressure.relief == RELIEF_AT_MOST
    assert changes <= 2 * 3600 / RELIEF_AT_MOST + 12


def test_a_noisy_machine_never_flaps() -> None:
    pressure, changes = Pressure(), 0
    noise = random.Random(3)
    for second in range(3600):
        before = pressure.load
        pressure = measured(pressure, float(second), noise.uniform(50, 100), noise.choice((5.0, 30.0, 90.0, 200.0)))
        changes += pressure.load is not before
    assert changes <= 4


@pytest.mark.parametrize(
    ("cpu", "silent", "workers", "full"),
    [
        (40.0, 1, 1, False),
        (40.0, 1, 6, False),
        (40.0, 2, 6, False),
        (40.0, 3, 6, True),
        (40.0, 6, 6, True),
        (92.0, 0, 6, True),
    ],
)
def test_when_it_is_the_machine_that_is_slow(cpu: float, silent: int, workers: int, full: bool) -> None:
    assert is_full(cpu, silent, workers) is full


def test_a_silent_worker_is_given_up_soon_but_not_where_it_is_only_slow() -> None:
    assert patience(full=False, opening=False, hung_before=0) == Patience(HUNG_AFTER, LOOP_HUNG_AFTER)
    assert patience(full=True, opening=False, hung_before=0).silent == HUNG_AFTER_WHEN_FULL
    assert patience(full=False, opening=True, hung_before=0).silent == OPENING


@given(st.booleans(), st.booleans(), st.integers(0, 20))
def test_patience_grows_with_every_worker_given_up_and_never_without_end(full: bool, opening: bool, hung: int) -> None:
    before, after = patience(full, opening, hung), patience(full, opening, hung + 1)
    assert HUNG_AFTER <= before.silent <= before.loop <= START_AT_MOST
    assert after.silent == min(START_AT_MOST, 2 * before.silent)

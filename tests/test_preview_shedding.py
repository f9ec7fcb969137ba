"""A full machine goes without pictures in steps, gets them back in steps, and never swings between the two."""

from __future__ import annotations

import random

import pytest

from studio_console.core.ports import Load
from studio_console.devices.previews.shedding import (
    HUNG_AFTER,
    HUNG_AFTER_WHEN_FULL,
    RELIEF,
    RELIEF_AT_MOST,
    Pressure,
    hung_after,
    measured,
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
    ("cpu", "silent", "workers", "seconds"),
    [
        (40.0, 1, 1, HUNG_AFTER),
        (40.0, 1, 6, HUNG_AFTER),
        (40.0, 2, 6, HUNG_AFTER),
        (40.0, 3, 6, HUNG_AFTER_WHEN_FULL),
        (40.0, 6, 6, HUNG_AFTER_WHEN_FULL),
        (100.0, 1, 6, HUNG_AFTER_WHEN_FULL),
    ],
)
def test_a_silent_worker_counts_as_hung_unless_the_machine_is_slow(
    cpu: float, silent: int, workers: int, seconds: float
) -> None:
    assert hung_after(cpu, silent, workers) == seconds

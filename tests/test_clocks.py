"""The wall clock is set forwards and back while a cue runs: times go on evenly, and the step is told once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.units import HOUR, Duration, Instant
from studio_console.runtime.clocks import STEP_NOTICED, ManualClock, ScaledClock, SystemClock
from tests.runtime_builders import EVENING


class Machine:
    """A machine's two clocks: one that can be set, one that cannot."""

    def __init__(self, wall: int = 1_591_102_800_000, steady: float = 1_000.0) -> None:
        self._wall, self._steady = wall, steady

    def wall(self) -> int:
        return self._wall

    def steady(self) -> float:
        return self._steady

    def run(self, ms: float) -> None:
        self._wall += int(ms)
        self._steady += ms

    def set_wall(self, by: int) -> None:
        self._wall += by


def test_system_clock_tells_the_time() -> None:
    before = time.time_ns() // 1_000_000
    now = SystemClock().now()
    after = time.time_ns() // 1_000_000
    assert before - 1 <= now <= after + 1


def test_system_clock_goes_on_evenly_while_the_wall_clock_is_set() -> None:
    machine = Machine()
    clock = SystemClock(machine.wall, machine.steady)
    began = clock.now()
    machine.run(10_000)
    machine.set_wall(-HOUR)
    assert clock.now() == began + 10_000


@pytest.mark.parametrize("step", [HOUR, -HOUR, STEP_NOTICED, -STEP_NOTICED])
def test_a_step_is_told_once_and_then_the_clock_has_the_new_time(step: int) -> None:
    machine = Machine()
    clock = SystemClock(machine.wall, machine.steady)
    began = clock.now()
    assert clock.stepped() is None
    machine.run(5_000)
    machine.set_wall(step)
    assert clock.stepped() == step
    assert clock.stepped() is None
    assert clock.now() == began + 5_000 + step


def test_small_differences_are_no_step() -> None:
    machine = Machine()
    clock = SystemClock(machine.wall, machine.steady)
    machine.set_wall(STEP_NOTICED - 1)
    assert clock.stepped() is None


def test_drift_that_adds_up_is_told_in_the_end() -> None:
    machine = Machine()
    clock = SystemClock(machine.wall, machine.steady)
    told = []
    for _ in range(100):
        machine.run(60_000)
        machine.set_wall(10)
        told.append(clock.stepped() or 0)
    assert 1_000 - STEP_NOTICED < sum(told) <= 1_000


happenings = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.floats(0, 1e7)),
        st.tuples(st.just("set"), st.integers(-10 * HOUR, 10 * HOUR)),
    )
)


@given(happenings)
def test_system_clock_never_goes_back_but_by_the_step_it_told(story: list[tuple[str, float]]) -> None:
    machine = Machine()
    clock = SystemClock(machine.wall, machine.steady)
    before = clock.now()
    for what, amount in story:
        if what == "run":
            machine.run(amount)
            assert clock.now() >= before
        else:
            machine.set_wall(int(amount))
            assert clock.now() == before, "setting the wall clock is not to be noticed by itself"
            step = clock.stepped() or 0
            assert abs(clock.now() - (before + step)) <= 1
        before = clock.now()


@given(happenings, st.floats(0.1, 1_000))
def test_scaled_clock_never_goes_back_and_does_not_know_the_wall_clock(
    story: list[tuple[str, float]], speed: float
) -> None:
    machine = Machine()
    clock = ScaledClock(EVENING, speed, wall=machine.wall, steady=machine.steady)
    ran = 0.0
    for what, amount in story:
        before = clock.now()
        if what == "run":
            machine.run(amount)
            ran += amount
        else:
            machine.set_wall(int(amount))
        assert clock.now() >= before
        assert clock.stepped() is None
    assert clock.now() == pytest.approx(EVENING + ran * speed, abs=2 + abs(ran * speed) * 1e-6)


def test_scaled_clock_shows_the_set_time_and_runs_faster() -> None:
    machine = Machine()
    clock = ScaledClock(EVENING, 60, wall=machine.wall, steady=machine.steady)
    assert clock.now() == EVENING
    machine.run(1_000)
    assert clock.now() == EVENING + 60_000
    assert clock.real_delay(Instant(EVENING + 120_000)) == pytest.approx(1.0)
    assert clock.real_delay(EVENING) < 0


def test_scaled_clock_goes_on_after_a_crash_as_if_never_away() -> None:
    machine = Machine()
    clock = ScaledClock(EVENING, 10, wall=machine.wall, steady=machine.steady)
    machine.run(4_000)
    again = Machine(machine.wall(), steady=7.0)  # the console is new, maybe the machine too
    again.run(1_000)
    after = ScaledClock(clock.start, clock.speed, clock.begun_wall, again.wall, again.steady)
    assert after.now() == EVENING + 50_000


def test_scaled_clock_is_not_taken_before_its_start_by_a_wall_clock_set_back_meanwhile() -> None:
    machine = Machine()
    clock = ScaledClock(EVENING, 1, wall=machine.wall, steady=machine.steady)
    machine.run(4_000)
    machine.set_wall(-HOUR)
    after = ScaledClock(clock.start, clock.speed, clock.begun_wall, machine.wall, machine.steady)
    assert after.now() == EVENING


@pytest.mark.parametrize("speed", [0, -1])
def test_a_clock_has_to_run_forwards(speed: float) -> None:
    with pytest.raises(ValueError, match="forwards"):
        ScaledClock(EVENING, speed)


def test_system_clock_counts_the_seconds_until_an_instant() -> None:
    machine = Machine()
    clock = SystemClock(machine.wall, machine.steady)
    assert clock.real_delay(Instant(clock.now() + 1_500)) == pytest.approx(1.5)


def test_manual_clock_stands_until_it_is_moved() -> None:
    clock = ManualClock(EVENING)
    later = Instant(EVENING + 10)
    assert clock.now() == EVENING
    assert clock.real_delay(later) == float("inf")
    clock.advance(Duration(10))
    assert clock.now() == later
    assert clock.real_delay(later) == 0
    clock.set(EVENING)
    assert clock.now() == EVENING
    assert clock.stepped() is None

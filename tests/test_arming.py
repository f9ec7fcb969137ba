"""What cannot be taken back: armed by one press, done by another, soon."""

from __future__ import annotations

from studio_console.core.arming import STAYS_ARMED, armed_now, is_armed
from studio_console.core.events import ClockStepped, ConsoleStarted
from studio_console.core.presses import ArmPressed, Disarmed, Grave
from studio_console.core.show import Show
from studio_console.core.step import step
from studio_console.core.units import Duration, Instant, PressId

NOON = Instant(1_591_066_800_000)


def armed(subject: str = "declaration", at: Instant = NOON, show: Show | None = None) -> Show:
    show, effects = step(show or Show(), ArmPressed(Grave.TAKE, subject, PressId("p1")), at)
    assert effects == ()
    return show


def test_the_declaration_is_armed_for_a_moment_and_then_no_more() -> None:
    show = armed()
    assert is_armed(show, Grave.TAKE, "declaration", NOON)
    assert is_armed(show, Grave.TAKE, "declaration", Instant(NOON + STAYS_ARMED - 1))
    assert not is_armed(show, Grave.TAKE, "declaration", Instant(NOON + STAYS_ARMED))


def test_what_is_armed_is_that_one_thing() -> None:
    show = armed()
    assert not is_armed(show, Grave.TAKE, "another cue", NOON)
    assert not is_armed(show, Grave.STOP_OUTPUT, "declaration", NOON)


def test_arming_another_thing_drops_the_first() -> None:
    show = armed("another cue", show=armed())
    assert not is_armed(show, Grave.TAKE, "declaration", NOON)
    assert is_armed(show, Grave.TAKE, "another cue", NOON)


def test_it_can_be_let_go_again() -> None:
    show, _ = step(armed(), Disarmed(), NOON)
    assert armed_now(show, NOON) is None


def test_a_clock_that_was_set_makes_it_neither_longer_nor_shorter() -> None:
    """The wall clock jumps ten minutes on: what was armed a second ago still is. Set back, it is not armed for ever."""
    show, _ = step(armed(), ClockStepped(Duration(600_000)), Instant(NOON + 601_000))
    assert is_armed(show, Grave.TAKE, "declaration", Instant(NOON + 601_000))
    assert armed_now(armed(), Instant(NOON - 1)) is None


def test_nothing_is_armed_after_a_restart() -> None:
    show, _ = step(armed(), ConsoleStarted(), NOON)
    assert show.armed is None

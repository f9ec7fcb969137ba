"""Arm and confirm: what cannot be taken back needs two different presses, the second soon after the first."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.events import ArmPressed, Grave
from studio_console.core.refusals import Outcome
from studio_console.core.show import Armed, Show
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant

STAYS_ARMED = Duration(15_000)
"""ms. Long enough to look once more, too short to be forgotten."""

NOT_ARMED = Text("먼저 준비(arm)한 뒤 15초 안에 다시 누르세요", "Arm it first, then press within 15 s")


def arm(show: Show, event: ArmPressed, now: Instant) -> Outcome:
    """One thing is armed at a time: arming another drops the one before."""
    return replace(show, armed=Armed(event.act, event.subject, now), refusal=None), ()


def disarm(show: Show) -> Show:
    """Also what follows once the armed act was done: one arming is good for one act."""
    return show if show.armed is None else replace(show, armed=None)


def is_armed(show: Show, act: Grave, subject: str, now: Instant) -> bool:
    armed = armed_now(show, now)
    return armed is not None and (armed.act, armed.subject) == (act, subject)


def armed_now(show: Show, now: Instant) -> Armed | None:
    """What is armed and has not run out. A clock that was set back does not make it last longer."""
    armed = show.armed
    return armed if armed is not None and 0 <= now - armed.at < STAYS_ARMED else None

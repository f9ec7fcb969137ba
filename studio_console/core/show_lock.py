"""The show lock: while it is on nothing of the event is edited. A restart leaves it as it was."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.presses import ShowLockSet
from studio_console.core.refusals import Outcome, refuse
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import Instant

LOCKED_ALREADY = Text("쇼 잠금이 이미 켜져 있습니다", "The show lock is on already")
UNLOCKED_ALREADY = Text("쇼 잠금이 이미 꺼져 있습니다", "The show lock is off already")


def set_show_lock(show: Show, event: ShowLockSet, now: Instant) -> Outcome:
    if show.locked is event.on:
        return refuse(show, None, now, LOCKED_ALREADY if event.on else UNLOCKED_ALREADY)
    return replace(show, locked=event.on, refusal=None), ()

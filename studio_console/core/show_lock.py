"""The show lock: while it is on nothing of the event is edited, and a jump past a session is armed first.

In a show it comes on with the first GO of the day. A restart leaves it as it was.
"""

from __future__ import annotations

from studio_console.core.arming import disarm, is_armed
from studio_console.core.change import replace
from studio_console.core.presses import Grave, ShowLockSet
from studio_console.core.refusals import Outcome, refuse
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import Instant

LOCKED_ALREADY = Text("쇼 잠금이 이미 켜져 있습니다", "The show lock is on already")
UNLOCK_NOT_ARMED = Text(
    "쇼 잠금: 먼저 해제 준비(Ctrl+Shift+L)하고 15초 안에 Ctrl+Shift+Enter를 누르세요",
    "Show lock: arm it first (Ctrl+Shift+L), then press Ctrl+Shift+Enter within 15 s",
)
SHOW = "show"
"""The subject that is armed."""
UNLOCKED_ALREADY = Text("쇼 잠금이 이미 꺼져 있습니다", "The show lock is off already")


def set_show_lock(show: Show, event: ShowLockSet, now: Instant) -> Outcome:
    if show.locked is event.on:
        return refuse(show, None, now, LOCKED_ALREADY if event.on else UNLOCKED_ALREADY)
    if not event.on:
        if not is_armed(show, Grave.UNLOCK, SHOW, now):
            return refuse(show, None, now, UNLOCK_NOT_ARMED)
        show = disarm(show)
    return replace(show, locked=event.on, refusal=None), ()

"""How a countdown stands, the same on the desk and in front of the speaker."""

from __future__ import annotations

from enum import Enum

from studio_console.core.rundown import Thresholds
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Duration


class Urgency(Enum):
    """Each has its word: the colour alone says nothing."""

    IDLE = Text("송출 없음", "nothing on air")
    NORMAL = Text("남음", "left")
    OPEN = Text("경과", "elapsed")
    WARNING = Text("마무리 준비", "warning")
    DANGER = Text("마무리", "wrap up")
    OVERTIME = Text("초과", "overtime")


def urgency_of(remaining: Duration | None, timer: Thresholds) -> Urgency:
    """``remaining`` in ms, negative in overtime, None where the end is open."""
    if remaining is None:
        return Urgency.OPEN
    if remaining <= -SECOND:  # until then it reads 0:00
        return Urgency.OVERTIME
    if remaining <= timer.danger:
        return Urgency.DANGER
    return Urgency.WARNING if remaining <= timer.warning else Urgency.NORMAL

"""What is armed to be started or stopped, and which key does it: at the outputs and below the desk's keys."""

from __future__ import annotations

from typing import NamedTuple

from studio_console.core.arming import armed_for
from studio_console.core.output_state import ALL
from studio_console.core.presses import Grave
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Instant
from studio_console.gui.context import Context
from studio_console.gui.keys import Act, key_text

ALL_OF_THEM = Text("모두", "all")
ARMED = {
    Grave.START_OUTPUT: Text("▲ 시작 준비: {what}", "▲ start {what}?"),
    Grave.STOP_OUTPUT: Text("▲ 정지 준비: {what}", "▲ stop {what}?"),
}
DO_IT = Text("{key} 실행 · {left}초", "{key} does it · {left} s")


class ArmedWords(NamedTuple):
    what: str
    how: str
    """The key, and for how many s."""


def armed_words(context: Context, show: Show, now: Instant) -> ArmedWords | None:
    """None where no output is armed."""
    armed = show.armed
    left = armed_for(show, armed.act, armed.subject, now) if armed is not None and armed.act in ARMED else None
    if armed is None or left is None:
        return None
    what = ALL_OF_THEM if armed.subject == ALL else context.output(armed.subject)
    seconds = max(1, -(-left // SECOND))
    return ArmedWords(
        context.say(ARMED[armed.act], what=context.say(what)),
        context.say(DO_IT, key=key_text(Act.CONFIRM), left=seconds),
    )

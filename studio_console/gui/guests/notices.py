"""What is said above the wall, and in its place where there is nobody to be seen."""

from __future__ import annotations

from studio_console.core.guest_list import Filter
from studio_console.core.ports import Load
from studio_console.core.reports import Signal
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.painting import Line
from studio_console.gui.problem_list import MACHINE_FULL

TYPING = Text(
    "입력 중: GO와 모든 단축키가 멈춰 있습니다 · Enter 끝, Esc 지우고 끝",
    "Typing: GO and all keys are letters now · Enter ends it, Esc clears it too",
)
NOT_HEARD = Text("▲ PFL이 들리지 않습니다: {reason}", "▲ PFL is not heard: {reason}")
NO_PREVIEWS = Text("미리보기를 쓰지 않습니다: 그림 없이 상태만 보입니다", "Previews are off: words without pictures")
NO_MATCH = Text("‘{typed}’에 맞는 참가자가 없습니다 · Esc로 지우기", "Nobody matches ‘{typed}’ · Esc clears it")
NOBODY = {
    Filter.TODAY: Text("오늘은 원격 참가자가 없습니다", "There are no remote guests today"),
    Filter.SESSION: Text("이 세션에는 원격 참가자가 없습니다", "There are no remote guests in this session"),
    Filter.NEXT_THREE: Text("다음 세 큐에는 원격 참가자가 없습니다", "No remote guests in the next three cues"),
    Filter.NOT_READY: Text("✓ 모두 준비됐습니다", "✓ Everybody is ready"),
}


def nobody(context: Context, which: Filter, typed: str) -> str:
    """Why the wall is empty."""
    return context.say(NO_MATCH, typed=typed) if typed else context.say(NOBODY[which])


def notices(
    context: Context, show: Show, typing: bool, load: Load, previews: bool, not_heard: Text | None = None
) -> list[Line]:
    """``previews``: whether there are any; ``not_heard``: why nobody is on the headphones."""
    words = [context.say(TYPING)] if typing else []
    if load in MACHINE_FULL:
        words.append(f"▲ {context.say(MACHINE_FULL[load])}")
    if not previews and show.rundown.guests:
        words.append(context.say(NO_PREVIEWS))
    if not_heard is not None:
        words.append(context.say(NOT_HEARD, reason=not_heard))
    reason = _commonest_reason(show)
    if reason is not None:
        words.append(f"▲ {context.say(reason)}")
    return [Line(said, 0.94, True, theme.AMBER, most=2) for said in words]


def _commonest_reason(show: Show) -> Text | None:
    """Why guests cannot be played: where it is the same for many, something is not installed."""
    states = (state for guest, state in show.guests.items() if guest in show.rundown.guests)
    reasons = [state.reason for state in states if state.signal is Signal.UNPLAYABLE and state.reason is not None]
    return max(reasons, key=reasons.count) if reasons else None

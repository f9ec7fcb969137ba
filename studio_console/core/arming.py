"""Arm and confirm: what cannot be taken back needs two different presses, the second soon after the first."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.presses import ArmPressed, Grave
from studio_console.core.refusals import Outcome
from studio_console.core.rundown import Cue
from studio_console.core.show import Armed, Show, is_skipped, next_cue, position, remembered
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant

STAYS_ARMED = Duration(15_000)
"""ms of real time. Long enough to look once more, too short to be forgotten."""

NOT_ARMED_CUE = Text(
    "{cue}: 두 단계 큐입니다. 먼저 준비(Ctrl+G)하고 15초 안에 GO를 누르세요",
    "{cue} takes two steps: arm it first (Ctrl+G), then press GO within 15 s",
)
JUMP_NOT_ARMED = Text(
    "{cue}: 이 세션의 남은 큐 {count}개를 건너뜁니다. 쇼 잠금 중이니 먼저 준비(Ctrl+G)하고 15초 안에 GO를 누르세요",
    "{cue} jumps past {count} cues of the session, and the show is locked: arm it (Ctrl+G), then GO within 15 s",
)
NOT_ARMED = Text("먼저 준비(arm)한 뒤 15초 안에 다시 누르세요", "Arm it first, then press within 15 s")


def arm(show: Show, event: ArmPressed, now: Instant) -> Outcome:
    """One thing is armed at a time: arming another drops the one before. The same press does not do it, too."""
    armed = Armed(event.act, event.subject, now)
    return replace(show, armed=armed, presses=remembered(show, event.press), refusal=None), ()


def why_to_arm(show: Show, cue: Cue) -> tuple[Text, dict[str, object]] | None:
    """Why GO takes ``cue`` only where it was armed, and with which values that is said; None where it need not be."""
    if cue.two_step:
        return NOT_ARMED_CUE, {"cue": cue.number}
    count = jumped_in_session(show, cue) if show.locked else 0
    return (JUMP_NOT_ARMED, {"cue": cue.number, "count": count}) if count else None


def jumped_in_session(show: Show, cue: Cue) -> int:
    """How many cues of earlier sessions GO on ``cue`` would leave out. None where the running order leads to it."""
    place, sessions = show.plan.place(cue.id), show.plan.session_of
    if place is None or show.pointer.cue != cue.id:
        return 0
    between = range(position(show) + 1, place)
    return sum(sessions[at] < sessions[place] and not is_skipped(show, show.plan.cues[at]) for at in between)


def let_go_of_take(show: Show, unless: CueId | None = None) -> Show:
    """An armed cue is armed no more, unless it is ``unless``: GO is meant for something else now, or was done."""
    armed = show.armed
    if armed is None or armed.act is not Grave.TAKE or armed.subject == unless:
        return show
    return replace(show, armed=None)


def keep_only_next(show: Show) -> Show:
    """What GO takes may have become another cue: arming was for the one that was seen."""
    if show.armed is None:
        return show
    following = next_cue(show)
    return let_go_of_take(show, following.id if following is not None else None)


def disarm(show: Show) -> Show:
    """Also what follows once the armed act was done: one arming is good for one act."""
    return show if show.armed is None else replace(show, armed=None)


def armed_for(show: Show, act: Grave, subject: str, now: Instant) -> Duration | None:
    """How much longer it stays armed; None if it is not."""
    armed = armed_now(show, now)
    if armed is None or (armed.act, armed.subject) != (act, subject):
        return None
    return Duration(show.rundown.stays_armed - (now - armed.at))


def is_armed(show: Show, act: Grave, subject: str, now: Instant) -> bool:
    return armed_for(show, act, subject, now) is not None


def armed_now(show: Show, now: Instant) -> Armed | None:
    """What is armed and has not run out. A clock that was set back does not make it last longer."""
    armed = show.armed
    return armed if armed is not None and 0 <= now - armed.at < show.rundown.stays_armed else None

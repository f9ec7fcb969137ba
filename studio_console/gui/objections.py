"""What speaks against pressing GO now. It can be pressed all the same: the operator knows more than the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from studio_console.core.arming import jumped_in_session
from studio_console.core.clocktext import clock_text, length_text
from studio_console.core.guests import SIGNAL_WORDS, guest_of, lacking
from studio_console.core.reports import Signal
from studio_console.core.rundown import Cue
from studio_console.core.show import Pointer, Show, is_skipped, next_cue, position
from studio_console.core.stage_marks import not_ready
from studio_console.core.text import Text, same
from studio_console.core.units import SECOND, Duration, Instant, PersonId
from studio_console.gui.context import AND_MORE, Context

NO_LINK = Text("{surface} 연결 끊김", "no link to {surface}")
CHANGING = Text("{surface} 장면 모음 바뀌는 중", "{surface} is changing collection")
OLD_SCENE = Text("{surface} 장면이 옛것", "{surface}: scene is older than the cue")
NO_SCENE = Text("{surface}에 장면 없음", "{surface} lacks the scene")
STUDIO_MODE = Text("{surface} 스튜디오 모드", "studio mode on {surface}")
BACKWARDS = Text("지난 큐로 돌아감", "goes back in the order")
JUMP = Text("{count}개 큐를 건너뜀", "{count} cue(s) jumped over")
HOLD = Text("홀드 중", "on hold")
EARLY = Text("고정 {clock} {left} 전", "hard {clock}, {left} early")
GUEST = Text("{guest}: {lack}", "{guest}: {lack}")
NO_STANDBY = Text("스탠바이 전", "standby not called")
NOT_READY = Text("준비 안 됨: {who}", "not ready: {who}")
WRONG = (Signal.LOST, Signal.FROZEN, Signal.BLACK)
"""What a guest's picture does where something is wrong with it, and not only with what the desk can see."""


@dataclass(frozen=True, slots=True)
class Objection:
    """``grave`` ones mean that the picture will not get out as wanted."""

    text: Text
    grave: bool
    values: Mapping[str, object] = field(default_factory=dict)


def objections(context: Context, show: Show, cue: Cue, now: Instant) -> tuple[Objection, ...]:
    """What speaks against taking ``cue`` now, the gravest first."""
    found: list[Objection] = []
    for surface, scene in show.rundown.scenes.get(cue.id, {}).items():
        state = show.surfaces.get(surface)
        values = {"surface": context.surface(surface)}
        if state is None or not state.connected:
            found.append(Objection(NO_LINK, True, values))
            continue
        if state.changing:
            found.append(Objection(CHANGING, True, values))
        if scene not in state.present:
            found.append(Objection(NO_SCENE, True, values))
        elif scene in state.stale:
            found.append(Objection(OLD_SCENE, True, values))
        if state.studio_mode:
            found.append(Objection(STUDIO_MODE, True, values))
    found += _guests(context, show, cue)
    found += _order(show, cue)
    if show.on_air is not None and show.on_air.held_since is not None:
        found.append(Objection(HOLD, False))
    if cue.start is not None and cue.start - now >= SECOND:
        clock = clock_text(cue.start, context.zone, seconds=False)
        left = length_text(Duration(cue.start - now))
        found.append(Objection(EARLY, False, {"clock": clock, "left": left}))
    unready = not_ready(show, cue)
    if unready:
        found.append(Objection(NOT_READY, False, {"who": _names(context, unready)}))
    if show.pointer.called != cue.id:
        found.append(Objection(NO_STANDBY, False))
    return tuple(sorted(found, key=lambda objection: not objection.grave))


def _names(context: Context, people: tuple[PersonId, ...]) -> Text:
    """``서울 시장``; of several the first and how many more."""
    first = context.person(people[0])
    name = first.label if first is not None else same(people[0])
    if len(people) == 1:
        return name
    more = AND_MORE.filled(count=len(people) - 1)
    return Text(f"{name.ko} {more.ko}", f"{name.en} {more.en}")


def _guests(context: Context, show: Show, cue: Cue) -> list[Objection]:
    """What the guests of ``cue`` lack. Grave is what is known to be wrong; what is merely not known need not be."""
    found = []
    for lack in lacking(show, cue):
        signal, person = guest_of(show, lack.guest).signal, context.person(lack.guest)
        grave = signal in WRONG and lack.text == SIGNAL_WORDS[signal]
        values = {"guest": person.city if person is not None else lack.guest, "lack": lack.text}
        found.append(Objection(GUEST, grave, values))
    return found


def _order(show: Show, cue: Cue) -> list[Objection]:
    """Whether the standby was put somewhere else than the running order has it."""
    if show.pointer.cue is None or natural_next(show) == cue:
        return []
    if show.locked and jumped_in_session(show, cue):
        return []  # that it has to be armed says so already
    place, reached = show.plan.place(cue.id), position(show)
    if place is None:
        return []
    if place <= reached:
        return [Objection(BACKWARDS, False)]
    jumped = [other for other in show.plan.cues[reached + 1 : place] if not is_skipped(show, other)]
    return [Objection(JUMP, False, {"count": len(jumped)})]


def natural_next(show: Show) -> Cue | None:
    """What would be next if nobody had moved the standby."""
    return next_cue(replace(show, pointer=Pointer()))

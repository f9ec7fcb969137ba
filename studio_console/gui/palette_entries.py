"""What the command palette lists: every act, what else a button does, and the sessions to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtGui import QAction

from studio_console.core.outputs import can_stop
from studio_console.core.show import Show
from studio_console.core.standby import standby_differs
from studio_console.core.studio import OutputKind
from studio_console.core.text import LANGUAGES, Text
from studio_console.core.units import CueId
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.keys import KEYS, WALL_ACTS, Act, key_text
from studio_console.gui.palette_model import Entry
from studio_console.gui.trial import Reason

ONLY_GUESTS = Text("원격 참가자 화면에서만 됩니다(F3)", "only while the guests are shown (F3)")
TO_SESSION = Text("세션 보기: {session}", "Look at: {session}")
STUDIO_MODE_OFF = Text("스튜디오 모드 끄기: {surface}", "Studio mode off: {surface}")
RECONNECT = Text("다시 연결: {surface}", "Reconnect: {surface}")
ALIGN = Text("대기 OBS 맞추기: {surface}", "Align the standby: {surface}")
ARM_PROMOTE = Text("대기 OBS 승격 준비: {surface}", "Arm: promote the standby of {surface}")
ARM_START = Text("시작 준비: {output}", "Arm start: {output}")
ARM_STOP = Text("정지 준비: {output}", "Arm stop: {output}")


def entries(
    context: Context,
    show: Show,
    actions: Mapping[Act, QAction],
    controls: Controls,
    against: Mapping[Act, Reason],
    look_at: Callable[[CueId], None],
) -> tuple[Entry, ...]:
    """``against`` is what speaks against acts now; ``look_at`` shows a cue without putting the standby there."""
    return (
        *_acts(context, actions, against),
        *_of_surfaces(context, show, controls),
        *_of_outputs(context, show, controls),
        *_sessions(show, look_at),
    )


def _acts(context: Context, actions: Mapping[Act, QAction], against: Mapping[Act, Reason]) -> Iterator[Entry]:
    for act in Act:
        shut = act in WALL_ACTS and not actions[act].isEnabled()
        text, values = against.get(act, (ONLY_GUESTS, {}))
        why = context.say(text, **values) if shut or act in against else ""
        # What the engine would refuse may be tried: it is refused there, seen and written down.
        yield Entry(KEYS[act].name, key_text(act), act, why_not=why, possible=not shut, run=actions[act].trigger)


def _of_surfaces(context: Context, show: Show, controls: Controls) -> Iterator[Entry]:
    """What the buttons beside the surfaces do, where there is something for them to do."""
    for name, state in show.surfaces.items():
        standby, title = state.standby, context.surface(name)
        if state.studio_mode or (standby is not None and standby.studio_mode):
            yield Entry(_filled(STUDIO_MODE_OFF, surface=title), run=partial(controls.leave_studio_mode, name))
        if state.final or (standby is not None and standby.final):
            yield Entry(_filled(RECONNECT, surface=title), run=partial(controls.reconnect, name))
        if standby is not None and standby.connected:
            if standby_differs(show, name):
                yield Entry(_filled(ALIGN, surface=title), run=partial(controls.align, name))
            yield Entry(_filled(ARM_PROMOTE, surface=title), run=partial(controls.arm_promote, name))


def _of_outputs(context: Context, show: Show, controls: Controls) -> Iterator[Entry]:
    """One stream or recording alone."""
    for output in show.rundown.outputs:
        if output.kind is not OutputKind.LINE:
            text = ARM_STOP if can_stop(show, output) else ARM_START
            title = context.output(output.id)
            yield Entry(_filled(text, output=title), run=partial(controls.arm_output, output.id))


def _sessions(show: Show, look_at: Callable[[CueId], None]) -> Iterator[Entry]:
    for session in show.day.sessions if show.day is not None else ():
        if session.cues:
            first = session.cues[0].id
            yield Entry(_filled(TO_SESSION, session=session.title), run=partial(look_at, first))


def _filled(text: Text, **values: object) -> Text:
    return Text(*(text.show(language, **values) for language in LANGUAGES))

"""What helps the director to look at the right thing: show lock, alarms, commands, and finding in the cue sheet."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studio_console.core.events import ShowEvent
from studio_console.core.presses import AlarmAcknowledged
from studio_console.core.problems import Severity
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, Instant
from studio_console.gui.alarm_sound import AlarmSound
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.cue_find import CueFind
from studio_console.gui.cue_sheet import CueSheet
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.problem_list import ProblemList
from studio_console.gui.state_buttons import HEARD, NOT_HEARD, StateButtons

if TYPE_CHECKING:
    from studio_console.gui.palette import Palette
    from studio_console.gui.palette_model import Entry

NOTHING_TO_ACKNOWLEDGE = Text("확인할 알림이 없습니다", "No alarm waits to be acknowledged")
NOTHING_FOUND = Text("찾은 큐가 없습니다. / 로 찾으세요", "Nothing was looked for: press / first")
SOUND_ON = Text("알림 소리를 냅니다", "alarms are heard")
SOUND_OFF = Text("알림은 화면에만 보입니다", "alarms are seen only")

Say = Callable[[Text, Text, Mapping[str, object]], None]
"""Shows a line for a moment: its head, the text and its values."""


class Attention(QObject):
    """Does the acts that are about seeing, and none that reaches the air."""

    def __init__(
        self,
        actions: Mapping[Act, QAction],
        sheet: CueSheet,
        problems: ProblemList,
        post: Callable[[ShowEvent], None],
        controls: Controls,
        say: Say,
        show_sheet: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._sheet, self._problems = sheet, problems
        self._post, self._controls, self._say = post, controls, say
        self._show_sheet = show_sheet
        self._actions = actions
        self._context = sheet.cues.context
        self._show, self._now = Show(), Instant(0)
        self._window = window
        self._palette: Palette | None = None
        self.sound = AlarmSound()
        self._not_heard: Text | None = None
        self.find = CueFind(sheet, actions[Act.HERE].trigger)
        self.buttons = StateButtons(actions)

    @property
    def palette(self) -> Palette:
        """Made when it is first asked for: the desk comes up without it."""
        if self._palette is None:
            from studio_console.gui.palette import Palette

            self._palette = Palette(self._window, self.entries)
        return self._palette

    def show_state(self, context: Context, show: Show, now: Instant) -> None:
        problems = self._problems
        self._context, self._show, self._now = context, show, now
        if self._palette is not None:
            self._palette.set_context(context)
        self.find.show_state(context, show)
        sound = "" if not self.sound.on else NOT_HEARD if self.sound.not_heard else HEARD
        self.buttons.show_state(context, show, now, problems.waiting_count, problems.seen_count, sound)
        if self.sound.not_heard is not self._not_heard:
            self._not_heard = self.sound.not_heard
            if self._not_heard is not None:
                self._refuse(Act.ALARM_SOUND, self._not_heard)
        errors = {key for key, severity in problems.waiting.items() if severity is Severity.ERROR}
        self.sound.look(errors, time.monotonic() * 1000)

    def perform(self, act: Act) -> bool:
        """Does ``act`` if it is one of these; whether it was."""
        match act:
            case Act.ACKNOWLEDGE:
                self._acknowledge(act, 1)
            case Act.ACKNOWLEDGE_ALL:
                self._acknowledge(act, len(self._problems.waiting))
            case Act.ALARM_SOUND:
                self.sound.switch()
                self._say(KEYS[act].name, SOUND_ON if self.sound.on else SOUND_OFF, {})
            case Act.PALETTE:
                self.palette.open(self._context)
            case Act.NOTES | Act.SESSION_BEFORE | Act.SESSION_AFTER | Act.HIT_BEFORE | Act.HIT_AFTER | Act.FIND:
                self._show_sheet()
                self._in_sheet(act)
            case Act.FOLLOW if not self.find.isHidden():
                # It ends the finding and nothing else: the standby may just have been put on what was found.
                self.find.end()
            case _:
                return False
        return True

    def entries(self) -> tuple[Entry, ...]:
        """What can be done, and what would be said against it if it were pressed now."""
        from studio_console.gui.palette_entries import entries
        from studio_console.gui.trial import refusals

        against = dict(refusals(self._show, self._now, self._sheet.selected_cue))
        if not self._problems.waiting:
            against |= dict.fromkeys((Act.ACKNOWLEDGE, Act.ACKNOWLEDGE_ALL), (NOTHING_TO_ACKNOWLEDGE, {}))
        if not self.find.hits:
            against |= dict.fromkeys((Act.HIT_BEFORE, Act.HIT_AFTER), (NOTHING_FOUND, {}))
        return entries(self._context, self._show, self._actions, self._controls, against, self._look_at)

    def _look_at(self, cue: CueId) -> None:
        self._show_sheet()
        self._sheet.select(cue, on_top=1)

    def _in_sheet(self, act: Act) -> None:
        match act:
            case Act.NOTES:
                self._sheet.fold_notes(self._sheet.shows_notes)
            case Act.SESSION_BEFORE | Act.SESSION_AFTER:
                self._sheet.select_session(-1 if act is Act.SESSION_BEFORE else 1)
            case Act.HIT_BEFORE | Act.HIT_AFTER:
                if self.find.hits:
                    self.find.step(-1 if act is Act.HIT_BEFORE else 1)
                else:
                    self._refuse(act, NOTHING_FOUND)
            case _:
                self.find.enter()

    def _acknowledge(self, act: Act, most: int) -> None:
        """The uppermost ones of the list: what the eye has just read."""
        keys = list(self._problems.waiting.items())[:most]
        if not keys:
            self._refuse(act, NOTHING_TO_ACKNOWLEDGE)
        for (code, subject), severity in keys:
            self._post(AlarmAcknowledged(code, subject, severity, TECHNICAL_DIRECTOR))

    def _refuse(self, act: Act, why: Text) -> None:
        self._controls.refused.emit(act, why, {})

"""What helps the director to look at the right thing: show lock, alarms, commands, and finding in the cue sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from studio_console.core.events import ShowEvent
from studio_console.core.presses import AlarmAcknowledged
from studio_console.core.problems import Severity
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import Instant
from studio_console.gui.alarm_sound import AlarmSound
from studio_console.gui.context import Context
from studio_console.gui.cue_sheet import CueSheet
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.problem_list import ProblemList
from studio_console.gui.state_buttons import StateButtons

NOTHING_TO_ACKNOWLEDGE = Text("확인할 알림이 없습니다", "No alarm waits to be acknowledged")
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
        refused: Callable[[Act, Text], None],
        say: Say,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheet, self._problems = sheet, problems
        self._post, self._refused, self._say = post, refused, say
        self.sound = AlarmSound()
        self.buttons = StateButtons(actions)

    def show_state(self, context: Context, show: Show, now: Instant) -> None:
        problems = self._problems
        self.buttons.show_state(context, show, now, problems.waiting_count, problems.seen_count, self.sound.on)
        errors = {key for key, severity in problems.waiting.items() if severity is Severity.ERROR}
        self.sound.look(errors, now)

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
            case _:
                return False
        return True

    def _acknowledge(self, act: Act, most: int) -> None:
        """The uppermost ones of the list: what the eye has just read."""
        keys = list(self._problems.waiting)[:most]
        if not keys:
            self._refused(act, NOTHING_TO_ACKNOWLEDGE)
        for code, subject in keys:
            self._post(AlarmAcknowledged(code, subject, TECHNICAL_DIRECTOR))

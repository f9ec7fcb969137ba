"""Two buttons that are states: whether the show is locked, and how many alarms wait for somebody to look at them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.arming import armed_for
from studio_console.core.presses import Grave
from studio_console.core.problems import Severity
from studio_console.core.show import Show
from studio_console.core.show_lock import SHOW
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Instant
from studio_console.gui import theme
from studio_console.gui.buttons import KeyButton
from studio_console.gui.context import Context
from studio_console.gui.keys import KEYS, Act

LOCKED = Text("쇼 잠금 중", "SHOW LOCKED")
OPEN = Text("쇼 잠금 꺼짐", "Show lock off")
UNLOCKING = Text("잠금 해제 {seconds}초", "UNLOCK {seconds} s")
NO_ALARMS = Text("✓ 알림 없음", "✓ No alarms")
ALARMS = Text("▲ 알림 {count}", "▲ Alarms {count}")
ALL_SEEN = Text("✓ 알림 {count} 확인함", "✓ Alarms seen {count}")
HEARD, NOT_HEARD = "♪", "♪✕"
"""Alarms are heard, too; or are meant to be, and no device plays them."""

COLOURS: Mapping[str, tuple[QColor, QColor, QColor, QColor | None]] = {
    "quiet": (theme.PANEL, theme.QUIET, theme.QUIET, None),
    "blue": (theme.BLUE_GROUND, theme.BLUE, theme.TEXT, theme.BLUE),
    "amber": (theme.AMBER_GROUND, theme.AMBER, theme.TEXT, theme.AMBER),
    "red": (theme.RED_GROUND, theme.RED, theme.TEXT, theme.RED),
}
"""Ground, letters, small letters, frame."""


class StateButton(KeyButton):
    """A key button in the colour of its state."""

    def __init__(self, act: Act, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(act, action, parent)
        self._look = "quiet"
        self._keys = self.key

    @property
    def key(self) -> str:
        return getattr(self, "_keys", "") or super().key

    @property
    def look(self) -> str:
        return self._look

    def set_state(self, label: str, look: str, keys: str = "") -> None:
        """``keys``: what to press now, where it is something else than the act's own."""
        if (look, keys) != (self._look, self._keys):
            self._look, self._keys = look, keys
            self.update()
        self.set_label(label)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 30)

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor | None]:
        return super()._colours() if self.flashing else COLOURS[self._look]


class StateButtons(QWidget):
    """One below the other, at the right end of the headline."""

    def __init__(self, actions: Mapping[Act, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lock = StateButton(Act.LOCK, actions[Act.LOCK], self)
        self.alarms = StateButton(Act.ACKNOWLEDGE, actions[Act.ACKNOWLEDGE], self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.lock)
        column.addWidget(self.alarms)

    def show_state(
        self, context: Context, show: Show, now: Instant, waiting: Mapping[Severity, int], seen: int, sound: str
    ) -> None:
        """``waiting`` alarms of each severity nobody has acknowledged, ``seen`` somebody has."""
        say = context.say
        left = armed_for(show, Grave.UNLOCK, SHOW, now)
        if left is not None:
            words = say(UNLOCKING, seconds=-(-left // SECOND))
            self.lock.set_state(words, "amber", KEYS[Act.CONFIRM].shown)
        else:
            self.lock.set_state(say(LOCKED if show.locked else OPEN), "blue" if show.locked else "quiet")
        count = sum(waiting.values())
        tail = f" {sound}" if sound else ""
        if count:
            look = "red" if waiting.get(Severity.ERROR) else "amber"
            self.alarms.set_state(say(ALARMS, count=count) + tail, look)
        else:
            self.alarms.set_state((say(ALL_SEEN, count=seen) if seen else say(NO_ALARMS)) + tail, "quiet")

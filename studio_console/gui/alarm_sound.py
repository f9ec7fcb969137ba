"""When the desk rings for alarms: once for each new error, and again while nobody has acknowledged it."""

from __future__ import annotations

from collections.abc import Set

from studio_console.core.alarm_book import AlarmKey
from studio_console.core.ports import Chime, Remembered
from studio_console.core.text import Text

AGAIN = 15_000
"""ms between two tones for what still stands; real time, also where a rehearsal runs faster."""
ON = "on"


class AlarmSound:
    """Off until somebody switches it on; that is remembered."""

    def __init__(self, chime: Chime | None = None, remembered: Remembered | None = None) -> None:
        self._chime, self._remembered = chime, remembered
        self.on = remembered is not None and remembered.read() == ON
        self._known: Set[AlarmKey] = frozenset()
        self._rang_at: float | None = None

    @property
    def not_heard(self) -> Text | None:
        """Why the last tone was not heard, while tones are wanted."""
        return self._chime.not_heard if self.on and self._chime is not None else None

    def switch(self) -> None:
        """Switched on it is heard once, so that one knows how loud it is."""
        self.on = not self.on
        if self._remembered is not None:
            self._remembered.write(ON if self.on else "")
        if self.on and self._chime is not None:
            self._chime.ring()

    def look(self, errors: Set[AlarmKey], now: float) -> None:
        """``errors`` are those that nobody has acknowledged; ``now`` in ms of a clock that nobody sets."""
        new, self._known = errors - self._known, errors
        due = self._rang_at is None or now - self._rang_at >= AGAIN
        if not errors or not (new or due):
            return
        self._rang_at = now
        if self.on and self._chime is not None:
            self._chime.ring()

"""The speaker's timer beside the desk: opened by a key, closed with it, on the screen where it was last."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot

from studio_console.app.console import Console
from studio_console.app.places import Mode
from studio_console.app.remembered import timer_screen
from studio_console.core.rundown import Event
from studio_console.core.studio import Studio
from studio_console.core.text import Language
from studio_console.gui.desk import Desk
from studio_console.gui.timer.window import TimerWindow

NAME = "timer"


def make_timer(console: Console, language: Language, beside: Desk | None = None) -> TimerWindow:
    """The window on ``console``, not shown yet; the screen of ``beside`` is left alone."""
    opened = console.opened
    rehearsal = console.mode is Mode.REHEARSAL
    window = TimerWindow(
        console.engine, opened.event, opened.studio, opened.zone, language, rehearsal, timer_screen(), beside
    )
    # The program ends with the desk.
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    return window


class TimerBeside(QObject):
    """At most one timer for a desk. Lives in the main thread."""

    def __init__(self, console: Console, desk: Desk) -> None:
        super().__init__()
        self._console, self._desk = console, desk
        self.window: TimerWindow | None = None
        desk.role_wanted.connect(self.open)
        desk.closed.connect(self.end)

    @Slot(str)
    def open(self, role: str) -> None:
        """Puts the timer up; one that is up already is put where it belongs."""
        if role != NAME:
            return
        if self.window is None:
            self.window = make_timer(self._console, self._desk.language, self._desk)
            self.window.ended.connect(self._forget)
        self.window.put_up()

    def show_files(self, event: Event, studio: Studio) -> None:
        if self.window is not None:
            self.window.show_files(event, studio)

    @Slot()
    def end(self) -> None:
        if self.window is not None:
            self.window.close()

    @Slot()
    def _forget(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None

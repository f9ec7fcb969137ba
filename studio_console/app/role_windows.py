"""The windows of the other roles: beside the desk in the same program, and talking to the engine alone.

One that is closed ends nothing but itself. When the desk is closed all are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import NamedTuple, Protocol, TypeAlias, cast
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from studio_console.app.console import Console
from studio_console.app.places import Mode
from studio_console.app.remembered import timer_screen
from studio_console.core.ports import HallLedger, ShowService
from studio_console.core.rundown import Event
from studio_console.core.studio import Studio
from studio_console.core.text import Language
from studio_console.gui.desk import Desk


class RoleName(StrEnum):
    """The windows there are; each is a command of that name too."""

    STAGE = "stage"
    TIMER = "timer"


class RoleWindow(Protocol):
    """What the window of a role, a ``QWidget``, has to offer besides."""

    def put_up(self) -> None:
        """Shows it where it belongs; one that is up already is brought to the front."""
        ...

    def set_language(self, language: Language) -> None: ...

    def show_files(self, event: Event, studio: Studio) -> None: ...

    def end(self) -> None:
        """Lets go of the service; a second time does nothing."""
        ...


Maker: TypeAlias = Callable[[ShowService, Event, Studio, ZoneInfo, Language, bool], QWidget]
"""Makes a window of service, event, studio, hall's zone, language, and whether it is a rehearsal."""


class Parts(NamedTuple):
    """What a window may need besides what all are made with."""

    desk: Desk
    ledger: HallLedger


def _stage(parts: Parts) -> Maker:
    from studio_console.gui.stage.window import StageWindow

    return partial(StageWindow, ledger=parts.ledger)


def _timer(parts: Parts) -> Maker:
    from studio_console.gui.timer.window import TimerWindow

    return partial(TimerWindow, screens=timer_screen(), beside=parts.desk)


MAKERS: Mapping[RoleName, Callable[[Parts], Maker]] = {
    RoleName.STAGE: _stage,
    RoleName.TIMER: _timer,
}
"""Each window is imported when it is first opened."""


class RoleWindows(QObject):
    """At most one window a role. Lives in the main thread."""

    def __init__(self, console: Console, parts: Parts) -> None:
        super().__init__()
        self._console, self._parts = console, parts
        self._windows: dict[RoleName, QWidget] = {}

    @property
    def opened(self) -> Mapping[RoleName, QWidget]:
        return self._windows

    def open(self, role: RoleName, language: Language) -> QWidget:
        """Shows the window of ``role``, in front."""
        window = self._windows.get(role)
        if window is None:
            opened, rehearsal = self._console.opened, self._console.mode is Mode.REHEARSAL
            make = MAKERS[role](self._parts)
            window = make(self._console.engine, opened.event, opened.studio, opened.zone, language, rehearsal)
            # The program ends with the desk.
            window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            window.installEventFilter(self)
            self._windows[role] = window
        _role(window).put_up()
        if role is RoleName.TIMER:
            # It is only looked at; whatever the window system made of it: Space is still GO.
            self._parts.desk.activateWindow()
        return window

    def show_files(self, event: Event, studio: Studio) -> None:
        """The files changed."""
        for window in self._windows.values():
            _role(window).show_files(event, studio)

    def end(self) -> None:
        """Closes all of them."""
        for window in list(self._windows.values()):
            window.close()
            self._forget(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            # Whether it closes is the window's to say; afterwards it is seen. One that is hidden for want of a screen
            # was not closed.
            window = cast("QWidget", watched)
            QTimer.singleShot(0, self, lambda: self._forget(window))
        return False

    def _forget(self, window: QWidget) -> None:
        role = next((role for role, known in self._windows.items() if known is window), None)
        if role is not None and not window.isVisible():
            del self._windows[role]
            _role(window).end()
            window.deleteLater()


def _role(window: QWidget) -> RoleWindow:
    return cast("RoleWindow", window)

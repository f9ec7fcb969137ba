"""The windows of the other roles: beside the desk in the same program, and talking to the engine alone.

One that is closed ends nothing but itself. When the desk is closed all are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Protocol, TypeAlias, cast
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from studio_console.app.console import Console
from studio_console.app.places import Mode
from studio_console.core.ports import HallLedger, ShowService
from studio_console.core.rundown import Event
from studio_console.core.studio import Studio
from studio_console.core.text import Language


class RoleName(StrEnum):
    """The windows there are; each is a command of that name too."""

    STAGE = "stage"


class RoleWindow(Protocol):
    """What the window of a role, a ``QWidget``, has to offer besides."""

    def set_language(self, language: Language) -> None: ...

    def show_files(self, event: Event, studio: Studio) -> None: ...

    def end(self) -> None:
        """Lets go of the service; a second time does nothing."""
        ...


Maker: TypeAlias = Callable[[ShowService, Event, Studio, ZoneInfo, Language, bool], QWidget]
"""Makes a window of service, event, studio, hall's zone, language, and whether it is a rehearsal."""


def _stage(ledger: HallLedger) -> Maker:
    from studio_console.gui.stage.window import StageWindow

    return partial(StageWindow, ledger=ledger)


MAKERS: Mapping[RoleName, Callable[[HallLedger], Maker]] = {
    RoleName.STAGE: _stage,
}
"""Each window is imported when it is first opened."""


class RoleWindows(QObject):
    """At most one window a role. Lives in the main thread."""

    def __init__(self, console: Console, ledger: HallLedger) -> None:
        super().__init__()
        self._console, self._ledger = console, ledger
        self._windows: dict[RoleName, QWidget] = {}

    @property
    def opened(self) -> Mapping[RoleName, QWidget]:
        return self._windows

    def open(self, role: RoleName, language: Language) -> QWidget:
        """Shows the window of ``role``, in front."""
        window = self._windows.get(role)
        if window is None:
            opened, rehearsal = self._console.opened, self._console.mode is Mode.REHEARSAL
            make = MAKERS[role](self._ledger)
            window = make(self._console.engine, opened.event, opened.studio, opened.zone, language, rehearsal)
            window.installEventFilter(self)
            self._windows[role] = window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.activateWindow()
        return window

    def show_files(self, event: Event, studio: Studio) -> None:
        """The files changed."""
        for window in self._windows.values():
            _role(window).show_files(event, studio)

    def end(self) -> None:
        """Closes all of them."""
        for window in list(self._windows.values()):
            window.close()
        self._forget_closed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            # Whether it closes is the window's to say; afterwards it is seen.
            QTimer.singleShot(0, self, self._forget_closed)
        return False

    def _forget_closed(self) -> None:
        for role, window in list(self._windows.items()):
            if not window.isVisible():
                del self._windows[role]
                _role(window).end()
                window.deleteLater()


def _role(window: QWidget) -> RoleWindow:
    return cast("RoleWindow", window)

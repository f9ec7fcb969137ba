"""The Qt side of the desk: the window on an open day, and what the file watcher tells it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from studio_console.app.console import Console, Opened, stand_ins_for
from studio_console.app.devices import Devices
from studio_console.app.places import Mode
from studio_console.app.previews import sources_for
from studio_console.app.remembered import headphones
from studio_console.core.problems import Problem
from studio_console.core.text import Language
from studio_console.files.load import load
from studio_console.files.watch import watch
from studio_console.gui import application as gui
from studio_console.gui.desk import Desk


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What came of a change of the files: the good event, the new or the old one, and what is wrong in them."""

    opened: Opened
    problems: tuple[Problem, ...]
    not_taken: tuple[Problem, ...]
    taken: bool


class FileChanges(QObject):
    """Brings what the watching thread read into the main thread."""

    read = Signal(object)

    def __init__(self, console: Console, desk: Desk, devices: Devices) -> None:
        super().__init__()
        self._console = console
        self._desk = desk
        self._devices = devices
        self.read.connect(self._take)

    def changed(self) -> None:
        """Called in the watching thread: reading and planning are kept out of the window's."""
        loaded = load(self._console.opened.folder)
        taken = self._console.reload(loaded)
        if taken:
            self._devices.provision()
        self.read.emit(FilesRead(self._console.opened, loaded.problems, self._console.not_taken, taken))

    @Slot(object)
    def _take(self, read: FilesRead) -> None:
        problems = (*self._console.notices, *read.not_taken, *read.problems)
        self._desk.show_files(read.opened.event, read.opened.studio, problems, not read.taken)


class AfterFirstPaint(QObject):
    """Does something once the window has been painted for the first time."""

    def __init__(self, window: QMainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return False


def create_application() -> QApplication:
    return gui.create_application(sys.argv[:1])


@contextmanager
def open_window(console: Console, devices: Devices, language: Language) -> Iterator[Desk]:
    """The desk on ``console``, following its files; ended behind it. Devices start when it is on the screen."""
    opened = console.opened
    rehearsal = console.mode is Mode.REHEARSAL
    problems = (*console.notices, *opened.problems)
    desk = Desk(
        console.engine,
        opened.event,
        opened.studio,
        opened.zone,
        language,
        rehearsal,
        problems,
        devices.previews,
        sources_for(console.mode),
        lambda: stand_ins_for(console.opened, console.mode),
        headphones(),
    )
    with ExitStack() as stack:
        stack.callback(desk.end)
        changes = FileChanges(console, desk, devices)
        stack.callback(watch(opened.folder, changes.changed, opened.files).close)
        AfterFirstPaint(desk, devices.start)
        yield desk


def show_until_closed(application: QApplication, desk: Desk) -> int:
    """Shows the window and runs until it is closed, or the process is asked to end; the exit status."""
    end_on_signals(application.quit)
    desk.show()
    return application.exec()


def end_on_signals(end: Callable[[], object]) -> None:
    """A closed terminal ends the desk as Ctrl-C does, so that a rehearsal is over with it; nohup's wish stays."""
    # Python sees a signal when its own code runs next, which the desk's timer sees to.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            signal.signal(number, lambda *_: end())

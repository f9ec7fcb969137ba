"""The Qt side of the desk: the window on an open day, and what the file watcher tells it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QMainWindow

from studio_console.app.console import Console, Opened, stand_ins_for
from studio_console.app.devices import Devices
from studio_console.app.editing import Editor
from studio_console.app.memory import be_lean, keep, let_go, settle
from studio_console.app.places import Mode, journal_path
from studio_console.app.previews import sources_for
from studio_console.app.remembered import alarm_sound, desk_layouts, headphones
from studio_console.app.report_saver import ReportSaver
from studio_console.app.role_windows import Parts, RoleName, RoleWindows
from studio_console.app.running_desk import Answer, DeskLine, line_name
from studio_console.core.ports import HallLedger
from studio_console.core.problems import Problem
from studio_console.core.text import LANGUAGES, Language
from studio_console.devices.chime import Chime
from studio_console.files.folder import snapshot
from studio_console.files.load import Loaded, load
from studio_console.files.watch import watch
from studio_console.gui import application as gui
from studio_console.gui.alarm_sound import AlarmSound
from studio_console.gui.desk import Desk

UP = 4_000
"""ms after the first picture by which all is imported and connected."""


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

    def __init__(self, console: Console, desk: Desk, roles: RoleWindows, devices: Devices) -> None:
        super().__init__()
        self._console = console
        self._desk = desk
        self._roles = roles
        self._devices = devices
        self._lock = threading.Lock()
        self._ended = False
        self._taken = console.opened.files
        """The files as they were when they were last read."""
        self.read.connect(self._take)

    def changed(self) -> None:
        """Called in the watching thread: reading and planning are kept out of the window's."""
        with self._lock:
            folder = self._console.opened.folder
            # What the desk wrote it has read already.
            if snapshot(folder) != self._taken:
                self._read(load(folder))

    def written(self, loaded: Loaded) -> None:
        """Called in the editing thread: the desk wrote the files, and this is what they say."""
        with self._lock:
            self._read(loaded)

    def _read(self, loaded: Loaded) -> None:
        self._taken = loaded.files
        taken = self._console.reload(loaded)
        if taken:
            self._devices.provision()
        if not self._ended:
            self.read.emit(FilesRead(self._console.opened, loaded.problems, self._console.not_taken, taken))

    def end(self) -> None:
        """Nothing is shown any more; what is still written is in the files."""
        self._ended = True

    @Slot(object)
    def _take(self, read: FilesRead) -> None:
        problems = (*self._console.notices, *read.not_taken, *read.problems)
        self._desk.show_files(read.opened.event, read.opened.studio, problems, not read.taken)
        self._roles.show_files(read.opened.event, read.opened.studio)
        if read.taken:
            keep()


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
    be_lean()
    return gui.create_application(sys.argv[:1])


@contextmanager
def open_window(
    console: Console, devices: Devices, editor: Editor, ledger: HallLedger, language: Language
) -> Iterator[Desk]:
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
        devices,
        devices,
        desk_layouts(),
    )
    chime = Chime()
    desk.attention.sound = AlarmSound(chime, alarm_sound())
    with ExitStack() as stack:
        stack.callback(let_go)
        stack.callback(chime.close)
        stack.callback(desk.end)
        stack.callback(ReportSaver(console, desk).close)
        roles = RoleWindows(console, Parts(desk, ledger))
        stack.callback(roles.end)
        desk.role_wanted.connect(lambda role: roles.open(RoleName(role), desk.language))
        desk.closed.connect(roles.end)
        line = DeskLine(line_of(console), lambda request: answer_request(console, desk, roles, request))
        line.listen()
        stack.callback(line.close)
        changes = FileChanges(console, desk, roles, devices)
        stack.callback(watch(opened.folder, changes.changed, opened.files).close)
        stack.callback(changes.end)
        editor.start(changes.written)

        def begin() -> None:
            devices.start()
            QTimer.singleShot(UP, desk, settle)

        AfterFirstPaint(desk, begin)
        yield desk


def line_of(console: Console) -> str:
    """Where other commands reach this desk."""
    opened = console.opened
    return line_name(journal_path(opened.folder, opened.event, console.day, console.mode), console.mode)


def answer_request(console: Console, desk: Desk, roles: RoleWindows, request: Answer) -> Answer:
    """Another command asks for the window of a role."""
    day = console.day.id
    if request.get("day") not in (None, "", day):
        return {"ok": False, "day": day}
    role, language = request.get("open"), request.get("language")
    if role in list(RoleName):
        roles.open(RoleName(role), language if language in LANGUAGES else desk.language)
        return {"ok": True, "day": day}
    return {"ok": role is None, "day": day}


def show_until_closed(application: QApplication, desk: Desk, role: str = "") -> int:
    """Shows the window, as large as its screen, until it is closed or the process is asked to end; the exit status.

    ``role``: a window that is opened with it.
    """
    end_on_signals(application.quit)
    desk.showMaximized()
    if role:
        desk.role_wanted.emit(role)
    return application.exec()


def end_on_signals(end: Callable[[], object]) -> None:
    """A closed terminal ends the desk as Ctrl-C does, so that a rehearsal is over with it; nohup's wish stays."""
    # Python sees a signal when its own code runs next, which the desk's timer sees to.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            signal.signal(number, lambda *_: end())

"""``desk``: the technical director's window on a day, on air or in rehearsal.

The window comes first and the devices after it, in a thread: a slow OBS or a long rundown must not keep the
operator waiting in front of an empty screen.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from studio_console.app.addresses import with_addresses
from studio_console.app.console import Console, open_event, open_journal, rehearsal_clock
from studio_console.app.days import choose_day, today_in
from studio_console.app.obs import Passwords, connect_drivers, provision_all
from studio_console.app.options import clock_start, speed_of
from studio_console.app.passwords import password_of
from studio_console.app.places import Mode
from studio_console.app.rehearsal import Simulation, simulate
from studio_console.core.ports import Clock
from studio_console.core.problems import UserError
from studio_console.files.load import Loaded, load
from studio_console.files.watch import watch
from studio_console.gui.application import create_application, screen_problem
from studio_console.gui.desk import Desk
from studio_console.runtime.clocks import SystemClock

log = logging.getLogger(__name__)


class FileChanges(QObject):
    """Brings what the watching thread read into the main thread. One reading at a time, the latest wins."""

    read = Signal(object)

    def __init__(self, console: Console, desk: Desk, devices: Devices) -> None:
        super().__init__()
        self._console = console
        self._desk = desk
        self._devices = devices
        self.read.connect(self._take)

    def changed(self) -> None:
        """Called in the watching thread: reading the files is kept out of the window's."""
        self.read.emit(load(self._console.opened.folder))

    @Slot(object)
    def _take(self, loaded: Loaded) -> None:
        taken = self._console.reload(loaded)
        opened = self._console.opened
        self._desk.show_files(opened.event, opened.studio, loaded.problems, not taken)
        if taken:
            self._devices.provision()


class Devices:
    """Connects the surfaces, in a thread of its own; in rehearsal builds the day's scenes in the simulation first."""

    def __init__(self, console: Console, simulation: Simulation | None) -> None:
        self._console = console
        self._simulation = simulation
        self._wanted = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="devices", daemon=True)

    def start(self) -> None:
        self.provision()
        self._thread.start()

    def provision(self) -> None:
        """Asks for the scenes to be brought up to date. On air nothing is: that is ``provision``'s work."""
        self._wanted.set()

    def close(self) -> None:
        self._closing = True
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        started = False
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._closing:
                return
            if self._simulation is not None:
                folder = self._console.opened.folder
                try:
                    provision_all(self._console.plans, self._simulation.studio, self._simulation.password_of, folder)
                except UserError as error:
                    log.error("the rehearsal's pictures could not be built: %s", error)
            if not started:
                started = True
                self._console.engine.start_drivers()


@contextmanager
def open_desk(options: argparse.Namespace) -> Iterator[tuple[Console, Desk]]:
    """The day, open and in a window that is not shown yet; all of it is ended behind it, nothing on air changed.

    Raises UserError where the event, the day or the journal cannot be opened.
    """
    opened = open_event(Path(options.event))
    opened = replace(opened, studio=with_addresses(opened.studio, options.obs_url))
    day = choose_day(opened.event, options.day, today_in(opened.zone))
    mode = Mode.REHEARSAL if options.rehearse else Mode.SHOW
    start = clock_start(options.clock, opened.zone) if options.clock else None
    speed = speed_of(options.speed) if mode is Mode.REHEARSAL else 1.0
    with ExitStack() as stack:
        journal = open_journal(opened.event, day, mode, options.fresh)
        stack.callback(journal.close)
        simulation: Simulation | None = None
        clock: Clock = SystemClock()
        passwords: Passwords = password_of
        if mode is Mode.REHEARSAL:
            rehearsed = rehearsal_clock(journal, day, start, speed)
            clock, speed = rehearsed, rehearsed.speed
            simulation = simulate(opened.studio, speed)
            stack.callback(simulation.close)
            opened = replace(opened, studio=simulation.studio)
            passwords = simulation.password_of
        console = Console(opened, day, mode, clock, speed, journal, connect_drivers(opened.studio, passwords))
        stack.callback(console.close)
        console.engine.start()
        rehearsal = mode is Mode.REHEARSAL
        desk = Desk(console.engine, opened.event, opened.studio, opened.zone, options.lang, rehearsal, opened.problems)
        stack.callback(desk.end)
        devices = Devices(console, simulation)
        stack.callback(devices.close)
        changes = FileChanges(console, desk, devices)
        stack.callback(watch(opened.folder, changes.changed).close)
        devices.start()
        yield console, desk


def run(options: argparse.Namespace) -> int:
    problem = screen_problem()
    if problem is not None:
        raise UserError(problem)
    application = create_application(sys.argv[:1])
    with open_desk(options) as (_console, desk):
        # Python sees a signal when its own code runs next, which the desk's timer sees to.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: application.quit())
        desk.show()
        status: int = application.exec()
    return status

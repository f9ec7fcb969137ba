"""``desk``: the technical director's window on a day, on air or in rehearsal.

The window comes first and the devices after it: nobody waits in front of an empty screen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studio_console.app.console import Console, Opened, open_day
from studio_console.app.devices import Devices
from studio_console.app.editing import open_editor
from studio_console.app.journals import open_journal, rehearsal_clock
from studio_console.app.options import clock_start, speed_of
from studio_console.app.places import Mode, documents_folder, journal_path, ledger_path, ledgers
from studio_console.app.priority import come_first
from studio_console.core.ports import Clock, SurfaceDriver
from studio_console.core.previews import guests_of
from studio_console.core.problems import UserError
from studio_console.core.rundown import Day
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId
from studio_console.files.folder import has_event
from studio_console.gui.screen import screen_problem
from studio_console.runtime.alarm_watch import AlarmWatch
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.hall_ledger import Hall, Ledger

HERE = "."
"""The event folder where none is named."""
ONLY_REHEARSED = Text(
    "{option} 옵션은 리허설에서만 씁니다. --rehearse를 더하세요", "{option} is for rehearsals: add --rehearse"
)

if TYPE_CHECKING:
    from studio_console.app.guest_script import Turn
    from studio_console.gui.desk import Desk


@contextmanager
def open_desk(options: argparse.Namespace) -> Iterator[tuple[Console, Desk]]:
    """The day, open and in a window that is not shown yet; all of it is ended behind it, nothing on air changed.

    Raises UserError where the event, the day or the journal cannot be opened.
    """
    opened, day = open_day(options)
    mode = Mode.REHEARSAL if options.rehearse else Mode.SHOW
    if mode is Mode.SHOW:
        _refuse_rehearsals_options(options)
    start = clock_start(options.clock, opened.zone) if options.clock is not None else None
    speed = speed_of(options.speed) if options.speed is not None else 1.0
    turns = _script(options.guests, opened, day) if options.guests is not None else ()
    # A clock that is set begins another rehearsal: what an unfinished one has on air would lie in its future or past.
    anew = options.fresh or start is not None or options.speed is not None
    path = journal_path(opened.folder, opened.event, day, mode)
    with ExitStack() as stack:
        journal = open_journal(path, mode, anew)
        stack.callback(journal.close)
        clock: Clock = SystemClock()
        if mode is Mode.REHEARSAL:
            rehearsed = rehearsal_clock(journal, day, start, speed)
            clock, speed = rehearsed, rehearsed.speed
        drivers: dict[SurfaceId, SurfaceDriver] = {}
        console = Console(opened, day, mode, clock, speed, journal, drivers)
        devices = Devices(console, drivers, speed, turns)
        stack.callback(devices.close)
        editor = open_editor(console)
        stack.callback(editor.close)
        stack.callback(console.close)
        stack.callback(devices.stop)
        # Nobody who was in the hall of an earlier rehearsal is in that of a new one.
        fresh = mode is Mode.REHEARSAL and journal.last_at() is None
        ledger = Ledger(
            ledger_path(path, mode),
            documents_folder(),
            day.id,
            opened.zone,
            clock,
            lambda: Hall(console.opened.studio.limit, console.opened.studio.hall),
            ledgers,
            fresh,
        )
        stack.callback(ledger.close)
        console.engine.start()
        ledger.start(console.engine.post)
        alarms = AlarmWatch(console.engine)
        stack.callback(alarms.close)
        alarms.start()
        # Qt comes last: its import hook reads the source of every module that is imported after it.
        from studio_console.app.window import open_window

        desk = stack.enter_context(open_window(console, devices, editor, ledger, options.lang))
        yield console, desk


def remember(opened: Opened) -> None:
    """Puts the event first among the recent ones."""
    from studio_console.app.recent import RecentEvents

    RecentEvents().add(opened.folder, opened.event.title)


def _refuse_rehearsals_options(options: argparse.Namespace) -> None:
    """Whoever sets the clock means to rehearse: the desk must not open on air. Raises UserError."""
    given = {"--clock": options.clock, "--speed": options.speed, "--guests": options.guests}
    for option, value in given.items():
        if value is not None:
            raise UserError(ONLY_REHEARSED, option=option)


def _script(file: str, opened: Opened, day: Day) -> tuple[Turn, ...]:
    """What the rehearsal's guests are to do. Raises UserError where that cannot be read."""
    from studio_console.app.guest_script import read_script

    return read_script(Path(file), guests_of(opened.event, day, opened.studio).keys())


def run(options: argparse.Namespace, role: str = "") -> int:
    """``role``: a window that is opened with the desk."""
    problem = screen_problem()
    if problem is not None:
        raise UserError(problem)
    # What there is to import without Qt is there by now.
    from studio_console.app.window import AfterFirstPaint, create_application, show_until_closed

    come_first()
    application = create_application()
    if options.event == HERE and not has_event(Path(HERE)):
        from studio_console.app import welcome

        return welcome.run(application, options)
    with open_desk(options) as (console, desk):
        AfterFirstPaint(desk, partial(remember, console.opened))
        return show_until_closed(application, desk, role)

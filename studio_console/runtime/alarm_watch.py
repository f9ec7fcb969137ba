"""Has alarms written down, once a console: a thread that looks once a second at what is wrong.

It is a watcher of the engine as a window is, and not part of it: a GO never waits for it.
"""

from __future__ import annotations

import logging
import threading

from studio_console.core.alarm_clerk import AlarmClerk, every_alarm
from studio_console.core.ports import ShowService
from studio_console.core.show import Show
from studio_console.core.timing import project

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds of real time between two looks."""


class AlarmWatch:
    """``start`` it once the engine runs, ``close`` it before the engine is closed."""

    def __init__(self, service: ShowService, every: float = LOOK) -> None:
        self._service = service
        self._every = every
        self._show = Show()
        self._closed = threading.Event()
        self._clerk = AlarmClerk()
        self._thread = threading.Thread(target=self._run, name="alarms", daemon=True)
        self._end = service.watch(self._take)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ends the thread; returns when it is gone."""
        self._closed.set()
        self._end()
        if self._thread.ident is not None:
            self._thread.join()

    def _take(self, show: Show) -> None:
        self._show = show

    def _run(self) -> None:
        broken = False
        while not self._closed.wait(self._every):
            try:
                self._look()
            except Exception:
                # A defect here must not end the watch for the rest of the show; it is told once.
                if not broken:
                    log.exception("the alarms could not be looked at")
                broken = True

    def _look(self) -> None:
        show, now = self._show, self._service.clock.now()
        for news in self._clerk.look(show.noted, every_alarm(show, project(show, now)), now):
            self._service.post(news)

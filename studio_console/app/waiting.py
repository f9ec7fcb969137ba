"""Waiting for the show to come to something, for commands that have no window."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition

from studio_console.core.ports import ShowService
from studio_console.core.show import Show


class ShowWatch:
    """The latest show of a service, and a way to wait for the one that is wanted."""

    def __init__(self, service: ShowService) -> None:
        self._changed = Condition()
        self._show = Show()
        self._end = service.watch(self._take)

    def _take(self, show: Show) -> None:
        with self._changed:
            self._show = show
            self._changed.notify_all()

    @property
    def show(self) -> Show:
        with self._changed:
            return self._show

    def wait_for(self, wanted: Callable[[Show], bool], seconds: float) -> bool:
        """Whether ``wanted`` came true within ``seconds`` of real time."""
        until = time.monotonic() + seconds
        with self._changed:
            while not wanted(self._show):
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            return True

    def close(self) -> None:
        self._end()

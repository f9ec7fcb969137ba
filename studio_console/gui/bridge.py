"""The one way from the engine's thread to the windows and back.

A show arrives in the engine's thread and is handed to the main thread. Only the newest one is: a window that was busy
catches up at once instead of working through a backlog. Refused presses are kept, each of them has to be seen.
"""

from __future__ import annotations

import threading
import uuid

from PySide6.QtCore import QObject, Qt, Signal

from studio_console.core.events import ShowEvent
from studio_console.core.ports import ShowService
from studio_console.core.show import Refusal, Show
from studio_console.core.units import Instant, PressId


class Bridge(QObject):
    """Lives in the main thread; both signals are emitted there."""

    changed = Signal(object)
    """The newest ``Show``."""
    refused = Signal(object)
    """A ``Refusal`` that is new."""
    _arrived = Signal()

    def __init__(self, service: ShowService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._lock = threading.Lock()
        self._newest: Show | None = None
        self._waiting = False
        self._refusals: list[Refusal] = []
        self._last_refusal: Refusal | None = None
        self._first = True
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._end = service.watch(self._on_show)

    def post(self, event: ShowEvent) -> None:
        """Hands ``event`` to the engine; returns at once."""
        self._service.post(event)

    def now(self) -> Instant:
        """The instant that the show's clock shows."""
        return self._service.clock.now()

    def close(self) -> None:
        """Nothing is delivered any more. A second time does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._end()
        with self._lock:
            self._newest = None
            self._refusals.clear()

    def _on_show(self, show: Show) -> None:
        # In the engine's thread. The lock is held while emitting so that close() cannot come between.
        with self._lock:
            if self._closed:
                return
            # What was refused before this window was opened is nothing it has to show.
            if show.refusal is not None and show.refusal != self._last_refusal and not self._first:
                self._refusals.append(show.refusal)
            self._first = False
            self._last_refusal = show.refusal
            self._newest = show
            if not self._waiting:
                self._waiting = True
                self._arrived.emit()

    def _deliver(self) -> None:
        with self._lock:
            self._waiting = False
            show, refusals = self._newest, self._refusals[:]
            self._newest = None
            self._refusals.clear()
        if show is not None:
            self.changed.emit(show)
        for refusal in refusals:
            self.refused.emit(refusal)


def new_press() -> PressId:
    """An id that no other press has, on this machine or another."""
    return PressId(uuid.uuid4().hex)

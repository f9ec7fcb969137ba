"""The one way from the ledger's thread to the window and back."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from studio_console.core.hall import Visit, Visitor
from studio_console.core.ports import HallLedger
from studio_console.gui.stage.keys import STAGE_MANAGER


class HallBridge(QObject):
    """Lives in the main thread; what it signals arrives there."""

    changed = Signal(object)
    """All entries, a tuple of ``Visit``."""
    decided = Signal(object)
    """The ``Decision`` on an entry that was asked for."""
    corrected = Signal(object)
    """The ``Decision`` on an entry that was put right."""
    left = Signal(object)
    """Why somebody's leaving could not be written; None if it was."""
    taken_back = Signal(object)
    """Why somebody's leaving could not be taken back; None if it was."""
    exported = Signal(object)
    """The Text that says where the table is, or why there is none."""
    _arrived = Signal(object, object)

    def __init__(self, ledger: HallLedger, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._lock = threading.Lock()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._end = ledger.watch(self._to(self.changed))

    @property
    def day(self) -> str:
        return self._ledger.day

    def enter(self, visitor: Visitor, allowed_by: str = "") -> None:
        self._ledger.enter(visitor, STAGE_MANAGER, self._to(self.decided), allowed_by)

    def correct(self, visit: Visit, visitor: Visitor, allowed_by: str = "") -> None:
        self._ledger.correct(visit.id, visitor, STAGE_MANAGER, self._to(self.corrected), allowed_by)

    def leave(self, visit: Visit) -> None:
        self._ledger.leave(visit.id, self._to(self.left))

    def take_back(self, visit: Visit) -> None:
        self._ledger.take_back(visit.id, STAGE_MANAGER, self._to(self.taken_back))

    def export(self) -> None:
        self._ledger.export(self._to(self.exported))

    def close(self) -> None:
        """Nothing is delivered any more. A second time does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._end()

    def _to(self, signal: SignalInstance) -> Callable[[object], None]:
        """Called in the ledger's thread. The lock is held while emitting so that close() cannot come between."""

        def tell(news: object) -> None:
            with self._lock:
                if not self._closed:
                    self._arrived.emit(signal, news)

        return tell

    def _deliver(self, signal: SignalInstance, news: object) -> None:
        if not self._closed:
            signal.emit(news)

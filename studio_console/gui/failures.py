"""Errors inside the program: logged, and shown in the desk instead of dying unseen."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

EACH = 1000
"""The same error is logged with its traceback the first time and every so many times, not at every tick."""


class Failures(QObject):
    """Lives in the main thread; may be told of an error in any thread."""

    happened = Signal(object)
    """The dict of everything that happened: what, and how often."""
    _told = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[str, int] = {}
        self._told.connect(self._count)

    def tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Records an exception that nobody caught."""
        what = _describe(kind, trace)
        if self.counts.get(what, 0) % EACH == 0:
            log.error("not caught: %s", what, exc_info=(kind, error, trace))
        self._told.emit(what)

    def install(self) -> None:
        """From now on every exception that nobody catches ends up here."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.tell(kind, error, trace)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit and args.exc_value is not None:
            self.tell(args.exc_type, args.exc_value, args.exc_traceback)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        self.happened.emit(self.counts)


def _describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """``KeyError in desk.py:120``: no message, it could hold what is secret."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return kind.__name__
    name = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{kind.__name__} ({name}:{trace.tb_lineno})"


def failures() -> Failures | None:
    """The application's, if it has one."""
    app = QApplication.instance()
    found = app.findChild(Failures) if app is not None else None
    return found if isinstance(found, Failures) else None

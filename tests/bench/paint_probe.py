"""Runs the desk as a person would, notes when its first picture is on the screen, prints that, and ends it.

The program is the real one, through its command line; only the application object is given an ear for paint events.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from studio_console import cli
from studio_console.gui import application


class FirstPaint(QObject):
    """Hears the first paint event of a main window; when what it drew has been handed to the screen, it is over."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._done = False
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._done and event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            self._done = True
            self._app.removeEventFilter(self)
            # All widgets of the window are painted in one go; what waits in the queue comes after that.
            QTimer.singleShot(0, self, self._over)
        return False

    def _over(self) -> None:
        print(f"painted {time.time_ns()}", flush=True)  # noqa: T201
        self._app.exit(0)


make = application.create_application


def make_with_an_ear(argv: Sequence[str]) -> QApplication:
    app = make(argv)
    FirstPaint(app)
    return app


if __name__ == "__main__":
    application.create_application = make_with_an_ear
    sys.exit(cli.main([sys.argv[1], "--rehearse", "--day", "2", "--lang", "ko"]))

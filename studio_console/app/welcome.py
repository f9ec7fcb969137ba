"""The first window, and the desk behind it: for a console that was started where there is no event."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from studio_console.app.console import BadFiles
from studio_console.app.desk import open_desk, remember
from studio_console.app.first_start import StudioFirstStart
from studio_console.app.window import AfterFirstPaint, end_on_signals, show_until_closed
from studio_console.core.first_start import Chosen, FirstStart
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.gui.welcome.window import WelcomeWindow

PULSE = 200
"""ms in which a signal from outside, such as Ctrl-C, is noticed: Python sees one only when code of its own runs."""
SYSTEM = Text(
    "데스크를 열 수 없습니다. 시스템이 거부했습니다: {detail}",
    "The desk cannot be opened. The system refused: {detail}",
)


def run(application: QApplication, options: argparse.Namespace, service: FirstStart | None = None) -> int:
    """Asks what is to be opened, and opens it; the exit status."""
    window = WelcomeWindow(service if service is not None else StudioFirstStart(), options.lang)
    pulse = QTimer()
    pulse.start(PULSE)
    pulse.timeout.connect(lambda: None)
    try:
        window.show()
        # Not the application's quit: that is for its own loop, which runs only behind this window.
        end_on_signals(window.close)
        while (chosen := wait_for_choice(window)) is not None:
            try:
                with open_desk(desk_options(options, chosen)) as (console, desk):
                    AfterFirstPaint(desk, partial(remember, console.opened))
                    # One window is always there: the last one that closes ends the program.
                    desk.showMaximized()
                    window.close()
                    status = show_until_closed(application, desk)
                # What is connected to it goes with it.
                desk.deleteLater()
                return status
            except BadFiles:
                # They were good a moment ago: now they are shown with what is wrong in them.
                window.open_folder(chosen.folder)
            except UserError as error:
                window.show_trouble(error)
            except OSError as error:
                window.show_trouble(UserError(SYSTEM, detail=error.strerror or type(error).__name__))
        return 0
    finally:
        pulse.stop()
        window.close()
        window.deleteLater()


def wait_for_choice(window: WelcomeWindow) -> Chosen | None:
    """What was chosen in the window; None once it is closed."""
    found: list[Chosen] = []
    loop = QEventLoop()

    def chosen(choice: Chosen) -> None:
        found.append(choice)
        loop.quit()

    window.chosen.connect(chosen)
    window.closed.connect(loop.quit)
    if window.isVisible():
        loop.exec()
    window.chosen.disconnect(chosen)
    window.closed.disconnect(loop.quit)
    return found[0] if found else None


def desk_options(options: argparse.Namespace, chosen: Chosen) -> argparse.Namespace:
    """What the command line would have said; what it did say of a rehearsal's clock counts for a rehearsal."""
    values = {**vars(options), "event": str(Path(chosen.folder)), "day": chosen.day, "rehearse": chosen.rehearse}
    if not chosen.rehearse:
        values |= {"clock": None, "speed": None, "guests": None}
    return argparse.Namespace(**{**values, "lang": chosen.language})

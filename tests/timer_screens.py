"""A desk and a timer on two screens, for test_timer_screens.py: tells where the timer is after each key."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from studio_console.gui.application import create_application
from studio_console.gui.desk import Desk
from studio_console.gui.timer.window import TimerWindow
from tests.builders import SEOUL
from tests.gui_story import small_event, small_service, small_studio
from tests.test_gui_timer import Screens


def main() -> None:
    app = create_application(sys.argv[:1])
    service, screens = small_service("22:00"), Screens(sys.argv[1])
    desk = Desk(service, small_event(), small_studio(), SEOUL, "en", True)
    desk.show()
    timer = TimerWindow(service, small_event(), small_studio(), SEOUL, "en", True, screens, desk)
    timer.put_up()

    def tell() -> None:
        QCoreApplication.processEvents()
        size = timer.geometry()
        full = "away" if not timer.isVisible() else "full" if timer.isFullScreen() else "small"
        print(timer.screen().name(), full, f"{size.width()}x{size.height()}", f"remembered {screens.word or '-'}")

    tell()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_F):
        QTest.keyClick(timer, key)
        tell()
    stage = timer.screen()
    app.screenRemoved.emit(stage)
    tell()
    app.screenAdded.emit(stage)
    tell()
    timer.end()
    desk.end()


if __name__ == "__main__":
    main()

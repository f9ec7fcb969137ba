"""A desk in a process of its own, for ``test_gui_real_window.py``: says on standard output what reaches it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from studio_console.core.edit_reports import EditWritten
from studio_console.core.editing import CueEdited
from studio_console.core.events import ShowEvent
from studio_console.core.presses import GoPressed
from studio_console.gui.application import create_application
from studio_console.gui.desk import Desk
from tests.builders import SEOUL
from tests.gui_story import FakeService, small_event, small_service, small_studio


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


class Teller(QObject):
    """Tells of the repeats of keys that the window system delivers, before anything else sees them."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.isAutoRepeat():
            say("repeat")
        return False


def main() -> int:
    app = create_application(["studio-console"])
    service: FakeService = small_service("22:00")
    post = service.post

    def told(event: ShowEvent) -> None:
        post(event)
        say(type(event).__name__, event.cue if isinstance(event, GoPressed) else "")
        if isinstance(event, GoPressed) and service.show.taking is not None:
            service.confirm()
            service.wait("0:05")
        if isinstance(event, CueEdited):
            say("title", event.now.title.en.replace(" ", "_"))
            service.happen(EditWritten(event.press, event.now.title))

    service.post = told  # type: ignore[method-assign]
    desk = Desk(service, small_event(), small_studio(), SEOUL, "en", True)
    field = QLineEdit(desk)
    field.setGeometry(200, 60, 200, 30)
    field.textChanged.connect(lambda text: say("typed", text.replace(" ", "_")))
    desk.show()
    field.raise_()
    teller = Teller(app)
    handle = desk.windowHandle()
    assert handle is not None
    handle.installEventFilter(teller)
    app.focusObjectChanged.connect(lambda thing: say("focus", type(thing).__name__))
    say("window", str(int(desk.winId())))
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())

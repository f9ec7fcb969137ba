"""Somebody at the keys of the running program: takes cues at their time, waits for what is to come, keeps pictures."""

from __future__ import annotations

import io
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from studio_console.core.guests import guest_of
from studio_console.core.reports import Signal
from studio_console.core.show import next_cue
from studio_console.core.units import PersonId
from studio_console.gui import theme
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from studio_console.gui.stage.keys import StageAct
from studio_console.gui.stage.window import StageWindow

PATIENCE = 60.0
PULSE = 30
"""ms after which whoever waits looks again."""
ROUNDS = 10
"""Turns of the event loop, each with something in it, after which what was laid out is painted too."""
DISC = 34
"""px of a number that explains a picture."""
COLOURS = 256
"""Of a picture that is kept: letters stay sharp, and a picture of the desk takes a third of the room."""

Window = TypeVar("Window", bound=QWidget)


def keep_awake(application: QApplication) -> None:
    """From now on there is always something next, also where no window has a timer."""
    pulse = QTimer(application)
    pulse.start(PULSE)


def look(application: QApplication) -> None:
    """Lets the program do what is next."""
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def wait_in(application: QApplication, true: Callable[[], object], said: Callable[[], str] = str) -> None:
    """RuntimeError with what is ``said`` then, if it does not come to be so."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise RuntimeError(f"what is to be drawn did not come to be: {said()}")
        look(application)


def keep_picture(
    application: QApplication, window: QWidget, file: Path, size: QSize, numbered: Sequence[QWidget] = ()
) -> None:
    """Saves what ``window`` shows at ``size``, with the numbers from 1 at the parts ``numbered``."""
    window.resize(size)
    window.show()
    for _ in range(ROUNDS):
        look(application)
    grabbed = window.grab()
    put_numbers(grabbed, [part.mapTo(window, QPoint(part.width(), part.height())) for part in numbered])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grabbed.save(buffer, "PNG")  # type: ignore[call-overload]
    save_small(Image.open(io.BytesIO(bytes(buffer.data().data()))), file)


def put_numbers(picture: QPixmap, places: Sequence[QPoint]) -> None:
    """A disc with its number, from 1, left of and above each of ``places``."""
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.sized(theme.plain_font(DISC), 0.62, bold=True))
    for number, place in enumerate(places, 1):
        disc = QRect(place.x() - DISC, place.y() - DISC, DISC, DISC)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.BLUE)
        painter.drawEllipse(disc)
        painter.setPen(theme.GROUND)
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(number))
    painter.end()


def keep_page(content: bytes, file: Path, wide: int) -> None:
    """Saves the first page of a PDF, ``wide`` px."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.pdf"
        paper.write_bytes(content)
        page = Path(folder) / "page"
        options = ["-png", "-singlefile", "-scale-to-x", str(wide), "-scale-to-y", "-1"]
        subprocess.run(["pdftoppm", *options, str(paper), str(page)], check=True, timeout=PATIENCE)
        with Image.open(page.with_suffix(".png")) as image:
            save_small(image, file)


def save_small(image: Image.Image, file: Path) -> None:
    few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


class Session:
    """The desk in rehearsal, and somebody at its keys."""

    def __init__(self, application: QApplication, desk: Desk, folder: Path) -> None:
        self.application, self.desk, self.folder = application, desk, folder

    def wait(self, true: Callable[[], object]) -> None:
        desk = self.desk
        wait_in(self.application, true, lambda: f"{desk.on_air.words}\n{desk.go_panel.notice.words}")

    def reach(self, instant: int) -> None:
        """ms of the show's clock."""
        self.wait(lambda: self.desk.bridge.now() >= instant)

    def planned(self, number: str) -> int:
        """When that cue is to begin."""
        plan = self.desk.shown.plan
        return next(start for start, cue in zip(plan.start, plan.cues, strict=True) if cue.number == number)

    def take(self, number: str, late: int = 0) -> None:
        """GO on that cue, ``late`` ms after its planned time, unless it has followed a clip by itself."""
        show = self.desk.shown
        # As a finger: a rehearsal's clock runs on while the guard against a second GO lasts as long as ever.
        free = (show.last_go_at or 0) + show.rundown.go_guard
        self.reach(max(free, self.planned(number) + late))
        self.wait(lambda: self.is_due(number) or self.has_been(number))
        if not self.has_been(number):
            self.desk.perform(Act.STANDBY)
            self.desk.perform(Act.GO)
        self.wait(lambda: self.has_been(number))

    def is_due(self, number: str) -> bool:
        due = next_cue(self.desk.shown)
        return due is not None and due.number == number

    def has_been(self, number: str) -> bool:
        """Whether that cue is on air, or was."""
        show = self.desk.shown
        return any(take is not None and take.cue.number == number for take in (show.on_air, *show.history))

    def ready(self, stage: StageWindow) -> None:
        """The stage manager hears the standby and brings its speaker to ready, step by step."""
        stage.perform(StageAct.NEXT)
        for act in (StageAct.ACKNOWLEDGE, StageAct.ARRIVED, StageAct.CHECKED, StageAct.STANDBY, StageAct.READY):
            stage.perform(act)

    def all_live(self) -> None:
        self.wait(lambda: self.desk.shown.surfaces and all(s.connected for s in self.desk.shown.surfaces.values()))
        guests = self.desk.shown.rundown.guests - self.desk.shown.rundown.unwatched
        self.wait(lambda: all(self.signal(guest) in (Signal.LIVE, Signal.SILENT) for guest in guests))

    def signal(self, guest: PersonId) -> Signal:
        return guest_of(self.desk.shown, guest).signal

    def window(self, kind: type[Window]) -> Window:
        """The window that a key of the desk has opened."""
        found: list[Window] = []

        def there() -> bool:
            found[:] = [window for window in self.application.topLevelWidgets() if isinstance(window, kind)]
            return bool(found) and found[0].isVisible()

        self.wait(there)
        return found[0]

    def picture(self, name: str, size: QSize, window: QWidget | None = None, numbered: Sequence[QWidget] = ()) -> None:
        """Of a window, the desk if none is named; every picture in it that is seen is the one of now."""
        shown = window or self.desk
        shown.resize(size)
        pictures = self.desk.pictures
        self.wait(lambda: pictures is not None and not any(t.is_dim and t.isVisible() for t in pictures.now.values()))
        keep_picture(self.application, shown, self.folder / f"{name}.png", size, numbered)

    def both(self, name: str, size: QSize, numbered: Sequence[QWidget] = ()) -> None:
        """The desk in Korean and in English."""
        for language in ("ko", "en"):
            self.desk.set_language(language)
            self.picture(f"{name}-{language}", size, numbered=numbered)
        self.desk.set_language("ko")

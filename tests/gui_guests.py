"""Guests for the desk: previews whose pictures a test writes, and evenings with guests in them."""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from studio_console.core.picture import plan_day, scenes_by_cue
from studio_console.core.ports import Load, Picture, Post, Remembered
from studio_console.core.presses import Check, GuestChecked, Verdict
from studio_console.core.previews import DrawnPreview, Source, Wish
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import Day, Event
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text
from studio_console.core.units import MINUTE, Duration, PersonId
from studio_console.gui.desk import Desk
from studio_console.gui.guests.area import GuestArea
from studio_console.gui.guests.tile import Tile
from tests.builders import SEOUL, loaded, with_walls
from tests.gui_story import AtDesk, FakeService, sample_service

SLOTS = 3
WIDTH, HEIGHT = 64, 36


class FakePreviews:
    """Implements ``Previews``: pictures in memory of its own, three places a guest, as workers write them."""

    def __init__(self, guests: tuple[PersonId, ...] = (), width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.wished: list[Mapping[PersonId, Wish]] = []
        self.listened: list[tuple[PersonId | None, str]] = []
        self.asked: list[PersonId] = []
        """Whose picture was asked for, in order."""
        self.levels: dict[PersonId, float] = {}
        self.load_now = Load.FULL
        self.not_heard: Text | None = None
        self.devices = ("Front jack", "USB headset")
        self._known: tuple[str, ...] = ()
        self._place = {guest: number for number, guest in enumerate(guests)}
        self._size = width * height * 4
        self._map = mmap.mmap(-1, max(1, len(guests)) * SLOTS * self._size)
        self._view = memoryview(self._map)
        self._slices: dict[int, memoryview] = {}
        self._sequence: dict[PersonId, int] = {}

    # --- what a worker does

    def write(self, guest: PersonId, colour: str) -> None:
        """A picture of one colour; its unused bytes are 0."""
        wanted = QColor(colour)
        self._next(guest)[:] = bytes((wanted.blue(), wanted.green(), wanted.red(), 0)) * (self._size // 4)

    def draw(self, guest: PersonId, hue: int) -> None:
        """Somebody sitting before a camera."""
        image = QImage(self._next(guest), self.width, self.height, self.width * 4, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(hue % 360, 60, 60))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor.fromHsv(hue % 360, 110, 150))
        painter.drawEllipse(QPointF(self.width / 2, self.height), self.width * 0.26, self.height * 0.5)
        painter.drawEllipse(QPointF(self.width / 2, self.height * 0.38), self.width * 0.09, self.height * 0.17)
        painter.end()

    def vanish(self, guest: PersonId) -> None:
        """There is no picture of them any more."""
        del self._sequence[guest]

    def _next(self, guest: PersonId) -> memoryview:
        self._sequence[guest] = self._sequence.get(guest, 0) + 1
        return self._slice(self._key(guest))

    def _key(self, guest: PersonId) -> int:
        return self._place[guest] * SLOTS + self._sequence[guest] % SLOTS

    def _slice(self, key: int) -> memoryview:
        if key not in self._slices:
            self._slices[key] = self._view[key * self._size : (key + 1) * self._size]
        return self._slices[key]

    # --- the port

    def start(self, post: Post) -> None: ...

    def show(self, wishes: Mapping[PersonId, Wish]) -> None:
        self.wished.append(dict(wishes))

    def listen(self, guest: PersonId | None, device: str = "") -> None:
        self.listened.append((guest, device))

    def picture(self, guest: PersonId) -> Picture | None:
        self.asked.append(guest)
        if guest not in self._sequence:
            return None
        key = self._key(guest)
        return Picture(self._sequence[guest], key, self.width, self.height, self.width * 4, self._slice(key))

    def level(self, guest: PersonId) -> float | None:
        return self.levels.get(guest)

    @property
    def load(self) -> Load:
        return self.load_now

    def outputs(self) -> tuple[str, ...]:
        """As the real ones: what is not known yet is found out for the next time."""
        known, self._known = self._known, self.devices
        return known

    def act(self, guest: PersonId, trick: str) -> None:
        raise AssertionError("the desk plays no tricks")

    def close(self) -> None:
        """Raises BufferError if somebody still holds the memory."""
        for piece in self._slices.values():
            piece.release()
        self._view.release()
        self._map.close()


def drawn(event: Event, day: Day, studio: Studio) -> Mapping[PersonId, Source]:
    """A test picture for every remote person of the day."""
    speakers = dict.fromkeys(guest for cue in day.cues for guest in cue.speakers)
    people = (event.people[guest] for guest in speakers if guest in event.people)
    return {person.id: DrawnPreview(person.label.en) for person in people if person.where == "remote"}


def with_guests(service: FakeService, event: Event, studio: Studio) -> tuple[PersonId, ...]:
    """Loads the day of ``service`` again, now with its remote guests; they are returned in running order."""
    rundown = service.show.day
    assert rundown is not None
    guests = tuple(drawn(event, rundown, studio))
    plans = plan_day(event, rundown, studio)
    scenes = scenes_by_cue(plans) or service.show.rundown.scenes
    news = with_walls(loaded(rundown, tuple(service.show.surfaces), scenes), plans)
    service.happen(replace(news, guests=frozenset(guests), guest_lead=Duration(5 * MINUTE)))
    for surface in tuple(service.show.surfaces):
        service.connect(surface)
    return guests


def seen(service: FakeService, signal: Signal, *guests: PersonId, ago: int = 0) -> None:
    service.happen(*(GuestSeen(guest, signal, Duration(ago)) for guest in guests))


def check_all(service: FakeService, guest: PersonId, by: str = "technical director") -> None:
    service.happen(*(GuestChecked(guest, check, Verdict.GOOD, by) for check in Check))


def sample_guests(event: Event, studio: Studio, which: int) -> tuple[FakeService, tuple[PersonId, ...]]:
    """Day number ``which`` of the sample event with its guests, all of them live."""
    service = sample_service(event, studio, which)
    guests = with_guests(service, event, studio)
    seen(service, Signal.LIVE, *guests)
    return service, guests


# --- at the desk


class AtWall(AtDesk):
    """Somebody at the desk who looks at the guests."""

    def __init__(self, qtbot: QtBot, service: FakeService, desk: Desk, previews: FakePreviews) -> None:
        super().__init__(qtbot, service, desk)
        self.previews = previews

    @property
    def area(self) -> GuestArea:
        return self.desk.guests

    def tile(self, guest: PersonId) -> Tile:
        tile = self.area.wall.tile(guest)
        assert tile is not None
        return tile

    def peek(self) -> None:
        """The paint timer's turn."""
        self.area.look()
        QCoreApplication.processEvents()


def sit_down_at_wall(
    qtbot: QtBot,
    service: FakeService,
    previews: FakePreviews,
    event: Event,
    studio: Studio,
    language: Language = "en",
    headphones: Remembered | None = None,
) -> AtWall:
    desk = Desk(service, event, studio, SEOUL, language, True, (), previews, drawn, headphones=headphones)
    qtbot.addWidget(desk, before_close_func=lambda _: desk.end())
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    at_wall = AtWall(qtbot, service, desk, previews)
    at_wall.look()
    return at_wall


def pixel(picture: QPixmap, x: float, y: float) -> str:
    """The colour there, in the picture's own px."""
    return picture.toImage().pixelColor(round(x), round(y)).name()


def middle(rect: QRect) -> tuple[int, int]:
    return rect.center().x(), rect.center().y()

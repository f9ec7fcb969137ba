"""The guests' pictures on an open day. What makes them is loaded when the window is on the screen, not before."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from studio_console.app.places import Mode
from studio_console.core.ports import Load, Picture, Post, Previews
from studio_console.core.previews import DrawnPreview, Source, Sources, Wish, guests_of
from studio_console.core.rundown import Day, Event
from studio_console.core.studio import Studio
from studio_console.core.text import Text
from studio_console.core.units import PersonId


def sources_for(mode: Mode) -> Sources:
    """Where guests' pictures come from: in the show as the files say, in rehearsal drawn, without any network."""
    return drawn_guests if mode is Mode.REHEARSAL else guests_of


def drawn_guests(event: Event, day: Day, studio: Studio) -> Mapping[PersonId, Source]:
    """Every remote guest of ``day`` who has a picture, as a moving test picture with their city on it."""
    return {name: DrawnPreview(event.people[name].city.en) for name in guests_of(event, day, studio)}


class LatePreviews:
    """Meets core.ports.Previews before there are any: what is asked for meanwhile is passed on when they arrive."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._real: Previews | None = None
        self._wishes: Mapping[PersonId, Wish] = {}
        self._heard: tuple[PersonId | None, str] | None = None
        self._closed = False

    def arrive(self, previews: Previews, post: Post) -> None:
        """Starts ``previews``, unless it is too late for that, and from now on hands everything to them."""
        with self._lock:
            if self._closed:
                return
            previews.start(post)
            previews.show(self._wishes)
            if self._heard is not None:
                previews.listen(*self._heard)
            self._real = previews

    def start(self, post: Post) -> None:
        """Nothing is there to start yet."""

    def show(self, wishes: Mapping[PersonId, Wish]) -> None:
        with self._lock:
            self._wishes = wishes
            if self._real is not None:
                self._real.show(wishes)

    def listen(self, guest: PersonId | None, device: str = "") -> None:
        with self._lock:
            self._heard = (guest, device)
            if self._real is not None:
                self._real.listen(guest, device)

    @property
    def not_heard(self) -> Text | None:
        return self._real.not_heard if self._real is not None else None

    def picture(self, guest: PersonId) -> Picture | None:
        return self._real.picture(guest) if self._real is not None else None

    def level(self, guest: PersonId) -> float | None:
        return self._real.level(guest) if self._real is not None else None

    @property
    def load(self) -> Load:
        return self._real.load if self._real is not None else Load.FULL

    def outputs(self) -> tuple[str, ...]:
        return self._real.outputs() if self._real is not None else ()

    def act(self, guest: PersonId, trick: str) -> None:
        if self._real is not None:
            self._real.act(guest, trick)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            real, self._real = self._real, None
        if real is not None:
            real.close()

"""The guests' newest pictures, wrapped for painting without being copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QImage

from studio_console.core.ports import Picture, Previews
from studio_console.core.units import PersonId

KEPT = 3
"""So many wrapped places a guest: a picture's memory has three that are written in turn."""


class Pictures:
    """Asks for pictures only where ``look`` is called, which must be in the window's thread.

    A picture's memory is sure to be there until the next one of that guest is asked for: only the newest is handed out.
    """

    def __init__(self, previews: Previews | None) -> None:
        self._previews = previews
        self._newest: dict[PersonId, tuple[int, QImage]] = {}
        self._wrapped: dict[PersonId, dict[int, QImage]] = {}

    def look(self, guests: Iterable[PersonId]) -> set[PersonId]:
        """Those of ``guests`` who have another picture than at the last look, or none any more."""
        if self._previews is None:
            return set()
        return {guest for guest in guests if self._moved(guest, self._previews.picture(guest))}

    def image(self, guest: PersonId) -> QImage | None:
        """The picture as of the last look."""
        newest = self._newest.get(guest)
        return newest[1] if newest is not None else None

    def level(self, guest: PersonId) -> float | None:
        """Peak of the sound in dBFS."""
        return self._previews.level(guest) if self._previews is not None else None

    def keep_only(self, guests: frozenset[PersonId]) -> None:
        """Lets go of the pictures of everybody else: nothing may paint what is not looked at."""
        for guest in self._wrapped.keys() - guests:
            del self._wrapped[guest]
            self._newest.pop(guest, None)

    def close(self) -> None:
        """Nothing is looked at or held any more."""
        self._previews = None
        self._newest.clear()
        self._wrapped.clear()

    def _moved(self, guest: PersonId, picture: Picture | None) -> bool:
        known = self._newest.get(guest)
        if picture is None:
            self._newest.pop(guest, None)
            self._wrapped.pop(guest, None)
            return known is not None
        wrapped = self._wrapped.setdefault(guest, {})
        image = wrapped.pop(picture.key, None)
        if image is None or (image.width(), image.height()) != (picture.width, picture.height):
            image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
        wrapped[picture.key] = image  # the newest last
        while len(wrapped) > KEPT:
            del wrapped[next(iter(wrapped))]
        self._newest[guest] = (picture.sequence, image)
        return known is None or known[0] != picture.sequence or known[1] is not image

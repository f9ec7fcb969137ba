"""The newest pictures of guests and surfaces, wrapped for painting without being copied."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from PySide6.QtGui import QImage

from studio_console.core.ports import FilePictures, Picture, Previews, SurfacePictures
from studio_console.core.units import PersonId
from studio_console.core.wall_picture import InObs

Name = TypeVar("Name", bound=Hashable)

KEPT = 3
"""So many wrapped places a picture: its memory has three that are written in turn."""


class Newest(Generic[Name]):
    """Asks for pictures only where ``look`` is called, which must be in the window's thread.

    A picture's memory is sure to be there until the next one of that name is asked for: only the newest is handed out.
    """

    def __init__(self, newest: Callable[[Name], Picture | None] | None) -> None:
        """``newest`` gives the picture of a guest, a surface, a file …; None: there are no pictures at all."""
        self._ask = newest
        self._newest: dict[Name, tuple[int, QImage]] = {}
        self._wrapped: dict[Name, dict[int, QImage]] = {}

    def look(self, names: Iterable[Name]) -> set[Name]:
        """Those of ``names`` that have another picture than at the last look, or none any more."""
        ask = self._ask
        if ask is None:
            return set()
        return {name for name in names if self._moved(name, ask(name))}

    def image(self, name: Name) -> QImage | None:
        """The picture as of the last look."""
        newest = self._newest.get(name)
        return newest[1] if newest is not None else None

    def keep_only(self, names: frozenset[Name]) -> None:
        """Lets go of the pictures of everybody else: nothing may paint what is not looked at."""
        for name in self._wrapped.keys() - names:
            del self._wrapped[name]
            self._newest.pop(name, None)

    def close(self) -> None:
        """Nothing is looked at or held any more."""
        self._ask = None
        self._newest.clear()
        self._wrapped.clear()

    def _moved(self, name: Name, picture: Picture | None) -> bool:
        known = self._newest.get(name)
        if picture is None:
            self._newest.pop(name, None)
            self._wrapped.pop(name, None)
            return known is not None
        wrapped = self._wrapped.setdefault(name, {})
        image = wrapped.pop(picture.key, None)
        if image is None or (image.width(), image.height()) != (picture.width, picture.height):
            image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
        wrapped[picture.key] = image  # the newest last
        while len(wrapped) > KEPT:
            del wrapped[next(iter(wrapped))]
        self._newest[name] = (picture.sequence, image)
        return known is None or known[0] != picture.sequence or known[1] is not image


class Pictures(Newest[str]):
    """Those of the guests. Of files, and of what OBS has, each who draws them has a ``Newest`` of its own."""

    def __init__(
        self, previews: Previews | None, files: FilePictures | None = None, surfaces: SurfacePictures | None = None
    ) -> None:
        super().__init__((lambda guest: previews.picture(PersonId(guest))) if previews is not None else None)
        self._previews, self._files, self._surfaces = previews, files, surfaces
        self._others: WeakSet[Newest[Any]] = WeakSet()

    def level(self, guest: PersonId) -> float | None:
        """Peak of the sound in dBFS."""
        return self._previews.level(guest) if self._previews is not None else None

    def of_files(self) -> Newest[str]:
        """Those of the event's files, by their names."""
        made: Newest[str] = Newest(self._files.file_picture if self._files is not None else None)
        self._others.add(made)
        return made

    def of_inputs(self) -> Newest[InObs]:
        """Those of inputs of which only OBS has a picture."""
        surfaces = self._surfaces
        ask = (lambda entry: surfaces.input_picture(entry.surface, entry.name)) if surfaces is not None else None
        made: Newest[InObs] = Newest(ask)
        self._others.add(made)
        return made

    def close(self) -> None:
        super().close()
        for other in self._others:
            other.close()
        self._previews = self._files = self._surfaces = None

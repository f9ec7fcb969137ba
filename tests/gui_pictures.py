"""The surfaces' pictures as a window gets them, from memory instead of from OBS."""

from __future__ import annotations

from collections.abc import Iterable

from studio_console.core.ports import Picture
from studio_console.core.units import PersonId, SurfaceId
from tests.gui_guests import FakePreviews


class FakeSurfacePictures:
    """Meets ``SurfacePictures``; what is written is new at once, and as old as ``ages`` says."""

    def __init__(self, surfaces: Iterable[SurfaceId], width: int = 320, height: int = 180) -> None:
        self._pictures = FakePreviews(tuple(PersonId(name) for name in surfaces), width, height)
        self.ages: dict[SurfaceId, float] = {}
        """Seconds since OBS last gave a picture, of those that it gave one of."""
        self.inputs: dict[tuple[SurfaceId, str], Picture] = {}
        """What an OBS shows of an input."""
        self.closely: list[frozenset[SurfaceId]] = []
        """Which ones the window asked to look at closely, each time that it did."""

    def write(self, surface: SurfaceId, colour: str) -> None:
        self._pictures.write(PersonId(surface), colour)
        self.ages[surface] = 0.0

    def draw(self, surface: SurfaceId, hue: int) -> None:
        self._pictures.draw(PersonId(surface), hue)
        self.ages[surface] = 0.0

    def surface_picture(self, surface: SurfaceId) -> Picture | None:
        return self._pictures.picture(PersonId(surface))

    def surface_age(self, surface: SurfaceId) -> float | None:
        return self.ages.get(surface)

    def input_picture(self, surface: SurfaceId, name: str) -> Picture | None:
        return self.inputs.get((surface, name))

    def look_closely(self, surfaces: frozenset[SurfaceId]) -> None:
        self.closely.append(surfaces)

    def close(self) -> None:
        """Raises BufferError if somebody still holds the pictures."""
        self._pictures.close()

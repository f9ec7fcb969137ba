"""Small pictures of what an OBS has under a name: asked for, decoded, and looked at."""

from __future__ import annotations

import base64
import io

from studio_console.core.change import replace
from studio_console.core.signals import Look
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.previews.board import Board
from studio_console.devices.previews.look import look, sample

WIDTH = 320
"""Px. A picture takes OBS's graphics lock for some ms; larger ones would be felt on air."""
QUALITY = 70


def ask_shot(link: ObsLink, source: str) -> str:
    """OBS's picture of an input or scene, as ``data:image/…;base64,…``. Raises ObsError, ObsTimeout or LinkDown."""
    wanted = {"sourceName": source, "imageFormat": "jpg", "imageWidth": WIDTH, "imageCompressionQuality": QUALITY}
    return str(link.call("GetSourceScreenshot", wanted)["imageData"])


class Shots:
    """The pictures of one source, one after another. ``board`` has the newest for whoever paints."""

    def __init__(self) -> None:
        self.board = Board()
        self._shot = ""
        self._points: bytes | None = None
        self._size = (0, 0)

    def take_in(self, shot: str, now: float) -> Look:
        """Looks at the next picture. Raises ValueError or OSError for what is none."""
        same = shot == self._shot
        picture = self.board.newest()
        if not same or picture is None:
            picture = self.board.put(*decoded(shot))
        size = (picture.width, picture.height)
        before = self._points if size == self._size else None
        points = sample(picture.data, picture.width, picture.height, picture.stride)
        seen = look(points, before, now)
        if before is not None and not same:
            # What lies between the sampled points moved.
            seen = replace(seen, difference=max(0.01, seen.difference))
        self._shot, self._points, self._size = shot, points, size
        return seen

    def forget(self) -> None:
        """The next picture has none before it."""
        self._points = None


def decoded(shot: str) -> tuple[int, int, bytes]:
    """Width, height and pixels, as a Picture has them, of OBS's ``data:image/…;base64,…``. ValueError or OSError."""
    # Here and not above: what reads pictures is loaded only where somebody needs it.
    from PIL import Image

    with Image.open(io.BytesIO(base64.b64decode(shot.partition(",")[2], validate=True))) as image:
        return image.width, image.height, image.convert("RGB").tobytes("raw", "BGRX")

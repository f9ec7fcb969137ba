"""A guest of the rehearsal: a moving test picture with their label, drawn without VLC, that does what a script says."""

from __future__ import annotations

import colorsys
import math
import random
import zlib
from array import array
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from studio_console.devices.previews.memory import PIXEL, SILENCE
from studio_console.devices.previews.places import Places
from studio_console.devices.previews.protocol import Trick

LARGEST = (640, 360)
FONTS = ("NotoSansCJK-Regular.ttc", "malgun.ttf", "AppleSDGothicNeo.ttc", "NanumGothic.ttf", "DejaVuSans.ttf")
ROUND = 4.0
"""Seconds that the bar takes from one side to the other."""
NOISE = 8
"""Lines of noise at the foot, as of a sensor: no two pictures are ever the same."""
PULSE = 1.7
"""Seconds from one loud syllable to the next."""


class DrawnGuest:
    """Draws into a stream's places whenever it is told to. ``present`` is False while it has dropped out."""

    def __init__(self, label: str, places: Places, began: float) -> None:
        self.present = True
        self.silent = False
        self._frozen: tuple[bytes, int, int] | None = None
        self._freezes = False
        self._black = False
        self._places = places
        self._began = began
        self._width, self._height = min(places.width, LARGEST[0]), min(places.height, LARGEST[1])
        # The same label always looks and sounds the same.
        self._seed = zlib.crc32(label.encode())
        self._ground = _ground(label, self._seed, self._width, self._height)
        self._noise = random.Random(self._seed).randbytes(4 * NOISE * self._width * PIXEL)
        self._chance = random.Random(self._seed)
        self._bar = bytes((255, 255, 255, 0)) * max(1, self._width // 12)

    def act(self, trick: Trick) -> None:
        match trick:
            case Trick.FREEZE:
                self._freezes = True
            case Trick.BLACK:
                self._black = True
            case Trick.SILENT:
                self.silent = True
            case Trick.DROP:
                self.present = False
            case Trick.BACK:
                self.present, self.silent = True, False
                self._freezes, self._black, self._frozen = False, False, None

    def draw(self, now: float) -> None:
        """The picture of this moment, published."""
        slot = self._places.next()
        place = self._places.slots[slot]
        size = self._width * self._height * PIXEL
        if self._freezes and self._frozen is not None:
            place[:size] = self._frozen[0]
        elif self._black:
            place[:size] = bytes(size)
        else:
            self._draw_moving(place, now)
        if self._freezes and self._frozen is None:
            self._frozen = (bytes(place[:size]), self._width, self._height)
        self._places.publish(slot, self._width, self._height)

    def _draw_moving(self, place: memoryview, now: float) -> None:
        line = self._width * PIXEL
        place[: len(self._ground)] = self._ground
        bar = len(self._bar)
        turn = ((now - self._began) / ROUND) % 2
        left = round((1 - abs(1 - turn)) * (line - bar) / PIXEL) * PIXEL
        for row in range(self._height * 3 // 4, self._height * 7 // 8):
            place[row * line + left : row * line + left + bar] = self._bar
        band = NOISE * line
        begin = self._chance.randrange((len(self._noise) - band) // PIXEL) * PIXEL
        end = self._height * line
        place[end - band : end] = self._noise[begin : begin + band]

    def level(self, now: float) -> float:
        """The peak of its voice at this moment in dBFS: it rises and falls as speech does."""
        if self.silent or not self.present:
            return SILENCE
        return -24 + 14 * abs(math.sin((now - self._began + self._seed % 7) * math.pi / PULSE))

    def speak(self, begin: float, count: int, rate: int, hear: Callable[[bytes, float], None]) -> None:
        """``count`` moments of its voice from ``begin`` on, 16 bits and two channels, to be heard at once."""
        peak = 32767 * 10 ** (self.level(begin) / 20)
        turn = 2 * math.pi * (220 + self._seed % 12 * 20) / rate
        first = round((begin - self._began) * rate)
        tone = array("h", (round(peak * math.sin(turn * (first + moment))) for moment in range(count)))
        both = array("h", bytes(4 * count))
        both[0::2] = both[1::2] = tone
        hear(both.tobytes(), 0.0)


def _ground(label: str, seed: int, width: int, height: int) -> bytes:
    """What stays the same: a colour of one's own, a head with shoulders, the label."""
    hue = seed % 360 / 360
    colours = [
        tuple(round(255 * part) for part in colorsys.hls_to_rgb(hue, light, 0.35)) for light in (0.22, 0.34, 0.5)
    ]
    picture = Image.new("RGB", (width, height), colours[0])
    draw = ImageDraw.Draw(picture)
    unit, middle = height / 12, width / 2
    draw.rectangle((0, 0, width, height / 2), fill=colours[1])
    draw.ellipse((middle - 2 * unit, 2.2 * unit, middle + 2 * unit, 6.6 * unit), fill=colours[2])
    draw.ellipse((middle - 4 * unit, 7 * unit, middle + 4 * unit, 16 * unit), fill=colours[2])
    font = _font(label, max(10, round(1.2 * unit)))
    draw.text((unit / 2, unit / 2), label, font=font, fill=(255, 255, 255))
    return picture.tobytes("raw", "BGRX")


def _font(label: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)

"""Opens a clip with libvlc and says what it begins with: ``clip_picture`` asks.

As a program, ``python -m studio_console.devices.previews.clip_opener FILE WIDTH HEIGHT``, it writes the picture's size
in px on a line and then its pixels, and nothing for what is no clip. A file that libvlc cannot bear ends it alone.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from studio_console.core.signals import is_dark
from studio_console.devices.previews import vlc
from studio_console.devices.previews.look import look, sample
from studio_console.devices.previews.media import instance_options, make_media
from studio_console.devices.previews.memory import PIXEL, PictureMemory, Shape
from studio_console.devices.previews.places import Places
from studio_console.devices.previews.player import Player, State
from studio_console.devices.previews.protocol import Play

OPENS_WITHIN = 200
"""Glances, and not seconds: who gets little of the processor glances as seldom as libvlc decodes."""
BRIGHT_WITHIN = 2.0
"""Seconds. Many clips begin black: the first picture of these that is not is the one to know it by."""
GLANCE = 0.02
"""Seconds."""


def picture_of(path: Path, width: int, height: int) -> tuple[int, int, bytes] | None:
    """The first picture, no larger than that, or soon after it the first that is not black; None where there is none.

    Raises NoVlc.
    """
    places = Places(PictureMemory(Shape(1, width, height)), 0)
    instance = vlc.make_instance(*instance_options(close=False))
    media = make_media(instance, Play(0, 0, "file", str(path)), close=False, keyframes=False)
    player = Player(instance, media, places, {}, interval=0.0)
    player.play()
    glances = 0
    first_at: float | None = None
    while player.state() is not State.FAILED and glances < OPENS_WITHIN:
        if (newest := places.newest) is None:
            glances += 1
        else:
            now = time.monotonic()
            first_at = first_at if first_at is not None else now
            points = sample(places.slots[newest.slot], newest.width, newest.height, newest.width * PIXEL)
            if now - first_at >= BRIGHT_WITHIN or not is_dark(look(points, None, now)):
                whole = newest.width * newest.height * PIXEL
                return newest.width, newest.height, bytes(places.slots[newest.slot][:whole])
        time.sleep(GLANCE)
    return None


def main(path: str, width: str, height: str) -> int:
    try:
        found = picture_of(Path(path), int(width), int(height))
    except vlc.NoVlc:
        return 1
    if found is None:
        return 1
    sys.stdout.buffer.write(b"%d %d\n" % found[:2] + found[2])
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    # Said is said: libvlc's threads are not waited for.
    os._exit(main(*sys.argv[1:]))

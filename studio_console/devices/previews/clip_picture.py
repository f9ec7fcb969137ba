"""The picture that a clip begins with, asked of libvlc.

As a program, ``python -m studio_console.devices.previews.clip_picture FILE WIDTH HEIGHT``, it writes its size in px on
a line and then its pixels, and nothing for what is no clip: a file that libvlc cannot bear ends that process alone.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from studio_console.core.signals import is_dark
from studio_console.devices.errand import Errand
from studio_console.devices.previews import vlc
from studio_console.devices.previews.look import look, sample
from studio_console.devices.previews.media import instance_options, make_media
from studio_console.devices.previews.memory import PIXEL, PictureMemory, Shape
from studio_console.devices.previews.places import Places
from studio_console.devices.previews.player import Player, State
from studio_console.devices.previews.protocol import Play

PROGRAM = (sys.executable, "-m", "studio_console.devices.previews.clip_picture")
AT_MOST = 60.0
"""Seconds for one clip where the processor is full; elsewhere it takes one."""
OPENS_WITHIN = 200
"""Glances, and not seconds: who gets little of the processor glances as seldom as libvlc decodes."""
BRIGHT_WITHIN = 2.0
"""Seconds. Many clips begin black: the first picture of these that is not is the one to know it by."""
GLANCE = 0.02
"""Seconds."""


def ask(
    errand: Errand, path: Path, largest: tuple[int, int], program: Sequence[str] = PROGRAM
) -> tuple[int, int, bytes]:
    """Width, height and pixels of where the clip begins. Raises ValueError for what is none, and OSError."""
    said = errand.run([*program, str(path), *map(str, largest)], AT_MOST)
    size, separator, data = said.partition(b"\n")
    with contextlib.suppress(ValueError):
        width, height = map(int, size.split())
        if separator and width > 0 and len(data) == width * height * PIXEL:
            return width, height, data
    raise ValueError(f"no picture of {path.name}")


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

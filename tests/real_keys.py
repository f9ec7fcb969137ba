"""A screen in memory and a keyboard on it: what is pressed goes the way of a real key, through the X server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from tests.waiting import PATIENCE

needs_a_screen = (
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is for Linux"),
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"),
)


HANGUL = "런던"
"""The syllables that the keyboard has keys for. Others would be bound to a key only while they are pressed, and a
window that reads the binding a little later reads another one."""
KEYMAP = """xkb_keymap {
  xkb_keycodes { include "evdev+aliases(qwerty)" };
  xkb_types { include "complete" };
  xkb_compat { include "complete" };
  xkb_symbols { include "pc+us+inet(evdev)" %s };
};"""


def hangul_keys(display: str) -> None:
    """Gives the keyboard a key for each of the syllables."""
    keys = " ".join(f"key <FK{13 + at}> {{ [ U{ord(sign):04X} ] }};" for at, sign in enumerate(HANGUL))
    command = ["xkbcomp", "-w", "0", "-", display]
    subprocess.run(command, input=KEYMAP % keys, text=True, check=True, timeout=PATIENCE, stderr=subprocess.DEVNULL)


@contextmanager
def screen(size: str = "1366x768") -> Iterator[str]:
    """The name of a display of its own."""
    # Without -noreset it begins anew, and refuses everybody meanwhile, whenever its only client goes.
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def on_screen(display: str, **more: str) -> dict[str, str]:
    """The environment of a window on ``display``."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "compose", **more}
    environment.pop("WAYLAND_DISPLAY", None)
    return environment


def press(environment: Mapping[str, str], *words: str) -> None:
    """What xdotool does with ``words``."""
    subprocess.run(["xdotool", *words], env=environment, check=True, timeout=PATIENCE)

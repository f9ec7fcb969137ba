"""Keys of a real keyboard, as the X server sees them: through its test extension, without a process for each."""

from __future__ import annotations

import os
from ctypes import CDLL, c_char_p, c_int, c_ulong, c_void_p

SPACE = 0x20
REVERT_TO_PARENT = 2


class Keyboard:
    """On the display of the environment. Use it in one thread. Raises RuntimeError where there is none."""

    def __init__(self) -> None:
        self._x, self._test = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XOpenDisplay.argtypes = [c_char_p]
        self._display = c_void_p(self._x.XOpenDisplay(os.environ["DISPLAY"].encode()))
        if not self._display:
            raise RuntimeError("no X display")
        self._space = self._x.XKeysymToKeycode(self._display, c_ulong(SPACE))

    def focus(self, window: int) -> None:
        """Gives the keys to ``window``: without a window manager nobody else does."""
        self._x.XSetInputFocus(self._display, c_ulong(window), c_int(REVERT_TO_PARENT), c_ulong(0))
        self._x.XSync(self._display, c_int(0))

    def space(self, down: bool) -> None:
        self._test.XTestFakeKeyEvent(self._display, c_int(self._space), c_int(down), c_ulong(0))
        self._x.XFlush(self._display)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

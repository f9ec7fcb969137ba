"""Whether there is a screen to draw on. Asked before Qt is: without one Qt ends the process, and says little."""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Mapping
from ctypes import CDLL
from pathlib import Path

from studio_console.core.text import Text

WITHOUT_A_SCREEN = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs", "minimalegl")
PATIENCE = 2.0
"""Seconds in which a display has to answer."""

NO_SCREEN = Text(
    "화면이 없습니다(DISPLAY, WAYLAND_DISPLAY가 비어 있음). 데스크톱에서 실행하거나, SSH라면 ssh -X로 접속하거나, "
    "화면 없이 보려면 xvfb-run studio-console … 을 쓰세요. "
    "new, check, provision, preflight, dry-run은 화면 없이도 됩니다",
    "There is no screen (DISPLAY and WAYLAND_DISPLAY are empty). Start it on a desktop; over SSH use ssh -X; to try it "
    "without a screen use xvfb-run studio-console …. new, check, provision, preflight and dry-run need no screen",
)
CANNOT_OPEN = Text(
    "화면 ‘{display}’을(를) 열 수 없습니다: {reason}. 로그인한 사용자의 데스크톱에서 실행하거나 DISPLAY를 바로잡으세요",
    "The display ‘{display}’ cannot be opened: {reason}. "
    "Start it on the desktop of the user who is logged in, or correct DISPLAY",
)
NO_ANSWER = Text("응답 없음", "no answer")
NOT_ALLOWED = Text("접근이 거부됨(xauth)", "access denied (xauth)")
NOT_A_DISPLAY = Text("화면 이름이 아님", "not the name of a display")
NO_LIBRARY = Text(
    "Qt가 필요로 하는 라이브러리 {library}이(가) 없습니다. Debian·Ubuntu: apt install {package}",
    "Qt needs the library {library}, which is not installed. Debian, Ubuntu: apt install {package}",
)
X11_LIBRARY = ("libxcb-cursor.so.0", "libxcb-cursor0")


class ScreenProblem(Exception):
    """There is no screen; ``text`` and ``values`` say why and what to do."""

    def __init__(self, text: Text, **values: object) -> None:
        super().__init__(text.show("en", **values))
        self.text = Text(text.show("ko", **values), text.show("en", **values))


def screen_problem(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Text | None:
    """Why no window can be opened here and what to do about it; None if one can, as far as can be told."""
    try:
        _look(os.environ if environment is None else environment, platform)
    except ScreenProblem as problem:
        return problem.text
    return None


def _look(environment: Mapping[str, str], platform: str) -> None:
    if not platform.startswith(("linux", "freebsd")):
        return
    chosen = environment.get("QT_QPA_PLATFORM", "").split(";")[0].partition(":")[0]
    if chosen in WITHOUT_A_SCREEN:
        return
    display = environment.get("DISPLAY", "")
    if chosen != "xcb" and _wayland_answers(environment):
        return
    if not display:
        raise ScreenProblem(NO_SCREEN)
    _open_display(display, environment)
    library, package = X11_LIBRARY
    try:
        CDLL(library)
    except OSError:
        raise ScreenProblem(NO_LIBRARY, library=library, package=package) from None


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", "")) / name
    try:
        _unix(str(path)).close()
    except OSError:
        return False
    return True


def _open_display(display: str, environment: Mapping[str, str]) -> None:
    """Says hello to the X server as a client would, and goes again."""
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdigit():
        raise ScreenProblem(CANNOT_OPEN, display=display, reason=NOT_A_DISPLAY)
    host = host.strip("[]")
    try:
        with _connect(host, int(number)) as connection:
            connection.settimeout(PATIENCE)
            connection.sendall(_hello(_cookie(number, environment)))
            answer = connection.recv(1)
    except (OSError, ValueError):
        raise ScreenProblem(CANNOT_OPEN, display=display, reason=NO_ANSWER) from None
    if answer != b"\x01":
        raise ScreenProblem(CANNOT_OPEN, display=display, reason=NOT_ALLOWED if answer else NO_ANSWER)


def _connect(host: str, number: int) -> socket.socket:
    if host not in ("", "unix"):
        return socket.create_connection((host, 6000 + number), timeout=PATIENCE)
    path = f"/tmp/.X11-unix/X{number}"
    try:
        return _unix(f"\0{path}")
    except OSError:
        return _unix(path)


def _unix(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)  # type: ignore[attr-defined,unused-ignore]
    connection.settimeout(PATIENCE)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _hello(cookie: tuple[bytes, bytes]) -> bytes:
    """The set-up request of the X11 protocol, version 11.0, least significant byte first."""
    name, data = cookie
    padded = name + b"\0" * (-len(name) % 4) + data + b"\0" * (-len(data) % 4)
    return struct.pack("<BxHHHHxx", 0x6C, 11, 0, len(name), len(data)) + padded


def _cookie(number: str, environment: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What proves to the server of display ``number`` that we may connect; nothing if there is nothing."""
    file = environment.get("XAUTHORITY") or str(Path(environment.get("HOME", "~")).expanduser() / ".Xauthority")
    try:
        left = Path(file).read_bytes()
    except OSError:
        return b"", b""
    while len(left) > 4:
        fields: list[bytes] = []
        left = left[2:]
        for _ in range(4):
            size = int.from_bytes(left[:2], "big")
            fields.append(left[2 : 2 + size])
            left = left[2 + size :]
        _, shown, name, data = fields
        if shown in (b"", number.encode()) and name == b"MIT-MAGIC-COOKIE-1":
            return name, data
    return b"", b""

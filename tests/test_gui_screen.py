"""Without a screen Qt ends the process; so it is asked before, and said in words what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio_console.core.text import Text
from studio_console.gui import screen
from studio_console.gui.screen import screen_problem

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a screen")
FREE = 87
"""The number of a display that these tests play themselves."""


def asked(**environment: str) -> str:
    problem = screen_problem(environment, "linux")
    return "" if problem is None else problem.en


@contextmanager
def display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> Iterator[list[bytes]]:
    """A server that gets the greeting of a client and answers it."""
    heard: list[bytes] = []
    server = socket.socket(socket.AF_UNIX)
    path = str(tmp_path / "x")
    server.bind(path)
    server.listen(1)

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            heard.append(connection.recv(1024))
            if answer:
                connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    real = screen._unix
    monkeypatch.setattr(screen, "_unix", lambda wanted: real(path if wanted.endswith(f"/X{FREE}") else wanted))
    try:
        yield heard
    finally:
        thread.join()
        server.close()


@LINUX
def test_without_a_display_it_says_what_to_do() -> None:
    said = asked()
    assert "There is no screen" in said
    assert "xvfb-run" in said
    assert "check, provision" in said


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc", "vnc:size=800x600", "linuxfb"])
def test_platforms_that_need_no_display_pass(platform: str) -> None:
    assert asked(QT_QPA_PLATFORM=platform) == ""


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_have_a_screen(system: str) -> None:
    assert screen_problem({}, system) is None


@LINUX
@pytest.mark.parametrize("name", [":4711", "localhost:4711", "nonsense", ":x"])
def test_a_display_that_nobody_answers_for_is_named(name: str) -> None:
    said = asked(DISPLAY=name)
    assert f"‘{name}’ cannot be opened" in said
    assert "correct DISPLAY" in said


@LINUX
def test_a_display_that_lets_us_in_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "CDLL", lambda name: None)
    with display(tmp_path, monkeypatch, b"\x01") as heard:
        assert asked(DISPLAY=f":{FREE}", HOME=str(tmp_path)) == ""
    assert heard[0][:4] == b"l\0\x0b\0"


@LINUX
def test_the_right_to_come_in_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry of our display among those of others in the authority file."""
    monkeypatch.setattr(screen, "CDLL", lambda name: None)

    def entry(number: bytes, cookie: bytes) -> bytes:
        fields = (b"host", number, b"MIT-MAGIC-COOKIE-1", cookie)
        return b"\x01\x00" + b"".join(len(field).to_bytes(2, "big") + field for field in fields)

    authority = tmp_path / "authority"
    authority.write_bytes(entry(b"1", b"wrong---wrong---") + entry(str(FREE).encode(), b"right---right---"))
    with display(tmp_path, monkeypatch, b"\x01") as heard:
        assert asked(DISPLAY=f":{FREE}.0", XAUTHORITY=str(authority)) == ""
    assert heard[0].endswith(b"MIT-MAGIC-COOKIE-1\0\0right---right---")


@LINUX
@pytest.mark.parametrize(
    ("answer", "words"), [(b"\x00", "access denied"), (b"\x02", "access denied"), (b"", "no answer")]
)
def test_a_display_that_keeps_us_out_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, words: str
) -> None:
    with display(tmp_path, monkeypatch, answer):
        assert words in asked(DISPLAY=f":{FREE}", HOME=str(tmp_path))


@LINUX
def test_a_missing_library_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "X11_LIBRARY", ("libnot-there.so.0", "libnot-there0"))
    with display(tmp_path, monkeypatch, b"\x01"):
        said = asked(DISPLAY=f":{FREE}", HOME=str(tmp_path))
    assert "libnot-there.so.0" in said
    assert "apt install libnot-there0" in said


@LINUX
def test_a_wayland_session_passes_and_a_dead_one_does_not(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen(1)
        assert asked(WAYLAND_DISPLAY="wayland-7", XDG_RUNTIME_DIR=str(tmp_path)) == ""
    assert "There is no screen" in asked(WAYLAND_DISPLAY="wayland-7", XDG_RUNTIME_DIR=str(tmp_path))


def test_both_languages_are_filled_in() -> None:
    problem = screen_problem({"DISPLAY": "nonsense"}, "linux")
    assert isinstance(problem, Text)
    assert "{" not in problem.ko + problem.en
    assert "nonsense" in problem.ko


APPLICATION = """
import sys
from studio_console.gui.application import create_application
from studio_console.gui.failures import failures
from PySide6.QtCore import QTimer
app = create_application(["studio-console"])
def fail():
    raise ValueError("secret words")
for delay in (0, 0, 0):
    QTimer.singleShot(delay, fail)
def report():
    print(failures().counts)
    app.quit()
QTimer.singleShot(50, report)
sys.exit(app.exec())
"""


def test_an_error_in_a_slot_is_logged_once_and_counted_and_does_not_end_the_program() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", APPLICATION], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ValueError (<string>:8)': 3" in done.stdout
    assert done.stderr.count("Traceback") == 1

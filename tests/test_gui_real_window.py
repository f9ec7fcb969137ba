"""A real window on a real X server, and real keys: Space is GO once, held or not, and a space where text is typed."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.real_keys import needs_a_screen, on_screen, press, screen
from tests.waiting import PATIENCE

pytestmark = [*needs_a_screen]


class RealDesk:
    """The desk's process, its display, and a keyboard."""

    def __init__(self, display: str) -> None:
        self._environment = on_screen(display)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.gui_real_desk"], env=self._environment, stdout=subprocess.PIPE, text=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.heard: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.window = self.wait_for("window").split()[1]

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.strip())

    def wait_for(self, words: str, times: int = 1) -> str:
        """Waits until the desk has said ``words`` so many times in all; returns the last one."""
        deadline = time.monotonic() + PATIENCE
        while len(found := [line for line in self.heard if line.startswith(words)]) < times:
            try:
                self.heard.append(self._lines.get(timeout=max(0.01, deadline - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"the desk did not say {words!r} {times} times in {PATIENCE} s: {self.heard}")
        return found[-1]

    def said(self, words: str) -> int:
        return len([line for line in self.heard if line.startswith(words)])

    def do(self, *words: str) -> None:
        press(self._environment, *words)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen() as name:
        yield name


@pytest.fixture(scope="module")
def running(display: str) -> Iterator[RealDesk]:
    desk = RealDesk(display)
    try:
        # No window manager here gives the keys to anybody.
        desk.do("windowfocus", "--sync", desk.window)
        desk.wait_for("focus Desk")
        yield desk
    finally:
        desk.close()


@pytest.fixture
def desk(running: RealDesk) -> RealDesk:
    running.heard.clear()
    return running


def test_space_is_go_once_however_long_it_is_held(desk: RealDesk) -> None:
    desk.do("key", "space")
    desk.wait_for("GoPressed m1")
    desk.do("keydown", "space")
    desk.wait_for("GoPressed m2")
    desk.wait_for("repeat", times=5)
    desk.do("keyup", "space")
    desk.do("key", "space")
    desk.wait_for("GoPressed m3")
    assert desk.said("GoPressed") == 3
    desk.do("key", "Return")
    desk.wait_for("StandbyCalled")
    desk.do("key", "Down")
    desk.wait_for("StandbyMoved")
    desk.do("key", "ctrl+z")
    desk.wait_for("EditUndone")


def test_enter_in_the_editor_saves_and_calls_no_standby(desk: RealDesk) -> None:
    """Space is a space in it; Enter, held until the editor has closed over it, is not the desk's Enter as well."""
    desk.do("key", "e")
    desk.wait_for("focus TextInput")
    desk.do("key", "x", "space", "y")
    desk.do("keydown", "Return")
    assert desk.wait_for("title") == "title x_y"
    desk.wait_for("focus Desk")
    held = desk.said("repeat")
    desk.wait_for("repeat", times=held + 5)
    desk.do("keyup", "Return")
    assert not [line for line in desk.heard if line.startswith(("GoPressed", "Standby", "Hold"))]
    desk.do("key", "Return")
    desk.wait_for("StandbyCalled")


def test_in_a_text_field_space_is_a_space(desk: RealDesk) -> None:
    desk.do("mousemove", "--window", desk.window, "300", "75", "click", "1")
    desk.wait_for("focus QLineEdit")
    desk.do("key", "h", "space", "s")
    desk.wait_for("typed h_s")
    desk.do("key", "Return", "Escape", "Down")
    desk.do("key", "x")
    desk.wait_for("typed h_sx")
    assert not [line for line in desk.heard if line.startswith(("GoPressed", "HoldPressed", "Standby", "SkipSet"))]

"""The program as it is started by a double click: no event anywhere, a real screen, a real keyboard."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_keys import screen
from tests.waiting import PATIENCE, wait_until

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is for Linux"),
    pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"),
]
PACKAGE = Path(__file__).parents[1]


@pytest.fixture
def display() -> Iterator[str]:
    with screen("1920x1080") as name:
        yield name


def test_from_a_double_click_to_a_rehearsal(display: str, tmp_path: Path) -> None:
    """Enter for the sample, Enter for its rehearsal: a copy lies in the documents, and a journal is being written.

    The desk has the whole screen.
    """
    home, state, here = tmp_path / "home", tmp_path / "state", tmp_path / "here"
    for folder in (home, here):
        folder.mkdir()
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": str(home),
        "STUDIO_STATE_DIR": str(state),
        "PYTHONPATH": str(PACKAGE),
    }
    for name in ("WAYLAND_DISPLAY", "XDG_DOCUMENTS_DIR"):
        environment.pop(name, None)

    def do(*words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout.strip()

    command = [sys.executable, "-m", "studio_console", "--lang", "ko"]
    # Its session comes first; the tests are not to.
    process = subprocess.Popen(command, cwd=here, env=environment, start_new_session=True)
    try:
        window = wait_until(lambda: do("search", "--onlyvisible", "--name", "^Studio Console$").split())[-1]
        sample = home / "Documents" / "Studio Console" / "Sample"

        def desk_is_open() -> bool:
            # Enter does nothing before a window has the keys and while files are being checked; at the desk it only
            # calls a standby.
            do("windowfocus", window, "key", "Return")
            return (state / "recent-events.json").is_file()

        wait_until(desk_is_open, lambda: process.poll())
        whole = do("getdisplaygeometry").split()

        def desk_sizes() -> list[list[str]]:
            found = [do("getwindowgeometry", "--shell", each) for each in do("search", "--name", "REHEARSAL").split()]
            return [
                [dict(line.split("=") for line in one.split())[key] for key in ("WIDTH", "HEIGHT")] for one in found
            ]

        wait_until(lambda: whole in desk_sizes(), lambda: (whole, desk_sizes()))
        assert (sample / "rundown" / "event.yaml").is_file()
        assert list(state.rglob("*-rehearsal.journal"))
        assert not list(state.rglob("*-show.journal"))
        assert str(sample) in (state / "recent-events.json").read_text("utf-8")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert list(here.iterdir()) == []

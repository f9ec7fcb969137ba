"""The whole way: a real key, a real window, a real OBS. Space takes; a held Space and typed Hangul do not."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from studio_console.app.addresses import with_addresses
from studio_console.app.console import open_event, plans_for
from studio_console.app.obs import provision_all
from studio_console.app.places import Mode
from studio_console.devices.simulated.server import SimulatedObs
from tests.obs_client import obs_client
from tests.real_keys import HANGUL, hangul_keys, needs_a_screen, on_screen, press, screen
from tests.real_obs import PASSWORD, start_real_obs
from tests.small_event import write_small_event
from tests.sources import REPOSITORY
from tests.waiting import PATIENCE

pytestmark = [*needs_a_screen, pytest.mark.real_obs, pytest.mark.timeout(240)]

LONG = 30
"""So many states of the desk, 20 a second, a key is held: the X server repeats it dozens of times by then."""
MOST = 800
"""So many states are waited for one that is wanted."""


class Desk:
    """The desk's process on a display, and a hand on its keyboard."""

    def __init__(self, display: str, folder: Path, urls: tuple[str, str], state: Path) -> None:
        self._environment = on_screen(
            display,
            STUDIO_STATE_DIR=str(state),
            STUDIO_OBS_PASSWORD_PROGRAM=PASSWORD,
            STUDIO_OBS_PASSWORD_WALL=PASSWORD,
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desk_process", str(folder), "0", *urls],
            stdout=subprocess.PIPE,
            text=True,
            env=self._environment,
            cwd=REPOSITORY,
        )
        self._states: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._states.put(json.loads(line))

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first state that is as ``wanted``."""
        seen: dict[str, Any] = {}
        for _ in range(MOST):
            try:
                seen = self._states.get(timeout=PATIENCE)
            except queue.Empty:
                break
            if wanted(seen):
                return seen
        pytest.fail(f"never came; last {seen}")

    def rest(self) -> dict[str, Any]:
        """The state after a while, as the desk tells them."""
        while not self._states.empty():
            self._states.get()
        told = [self.until(lambda _: True) for _ in range(LONG)]
        return told[-1]

    def do(self, *words: str) -> None:
        press(self._environment, *words)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def hall(tmp_path: Path) -> Iterator[tuple[Desk, Callable[[], str]]]:
    """The desk on a real programme and a simulated wall; and what the programme's OBS says that it shows."""
    folder = write_small_event(tmp_path / "event")
    with (
        start_real_obs(tmp_path / "obs", canvas=(640, 360)) as program,
        SimulatedObs(password=PASSWORD) as wall,
        screen() as display,
    ):
        urls = program.url, wall.url
        opened = open_event(folder)
        studio = with_addresses(opened.studio, [f"program={urls[0]}", f"wall={urls[1]}"])
        plans = plans_for(opened, opened.event.days[0], Mode.REHEARSAL)
        provision_all(plans, studio, lambda _surface: PASSWORD, folder)
        hangul_keys(display)
        desk = Desk(display, folder, urls, tmp_path / "state")

        def shown() -> str:
            with obs_client(program.url, PASSWORD, 0) as client:
                return str(client.must("GetCurrentProgramScene")["currentProgramSceneName"])

        try:
            yield desk, shown
        finally:
            desk.close()


@pytest.mark.expects_log("OBS has no transition")
def test_space_takes_on_a_real_obs_and_held_or_among_letters_it_does_not(tmp_path: Path) -> None:
    with hall(tmp_path) as (desk, shown):
        window = desk.until(lambda state: state["connected"] == ["program", "wall"])["window"]
        before = shown()
        assert not before.startswith("M")
        desk.do("windowfocus", "--sync", window)
        desk.until(lambda state: state["focus"] == "Desk")

        desk.do("key", "space")
        desk.until(lambda state: state["on_air"] == "M1" and state["confirmed"] == ["program", "wall"])
        assert shown() == "M1 title"
        assert desk.rest()["locked"], "the first GO of a show has locked it"

        desk.do("keydown", "space")
        desk.until(lambda state: state["on_air"] == "M2" and "program" in state["confirmed"])
        assert desk.rest()["on_air"] == "M2"
        desk.do("keyup", "space")
        assert shown() == "M2 one"

        desk.do("key", "slash")
        desk.until(lambda state: state["focus"] == "CueField")
        desk.do("key", *(f"U{ord(sign):04X}" for sign in HANGUL))
        desk.until(lambda state: state["found"] == HANGUL and state["selected"] == "case-london")
        desk.do("key", "space", "space", "h")
        desk.until(lambda state: state["found"] == f"{HANGUL}  h")
        assert desk.rest()["on_air"] == "M2"
        assert shown() == "M2 one"

        desk.do("key", "Escape")
        desk.until(lambda state: state["focus"] == "Desk")
        desk.do("key", "space")
        desk.until(lambda state: state["on_air"] == "M3" and "program" in state["confirmed"])
        assert shown() == "M3 one"

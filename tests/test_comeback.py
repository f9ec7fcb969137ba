"""The console is killed on air and comes back: to the same cue and clock, and without touching what is on air."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from studio_console.app.addresses import with_addresses
from studio_console.app.console import open_event, plans_for
from studio_console.app.obs import provision_all
from studio_console.app.places import Mode
from studio_console.core.units import SurfaceId
from studio_console.devices.simulated.server import SimulatedObs
from tests.small_event import write_small_event
from tests.waiting import PATIENCE

PASSWORD = "correct-horse-battery"
READS_ONLY = ("Get", "Sleep")


class DeskProcess:
    """A desk in a process of its own and the states that it tells."""

    def __init__(self, folder: Path, gos: int, urls: tuple[str, str], state: Path) -> None:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "STUDIO_STATE_DIR": str(state),
            "STUDIO_OBS_PASSWORD_PROGRAM": PASSWORD,
            "STUDIO_OBS_PASSWORD_WALL": PASSWORD,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desk_process", str(folder), str(gos), *urls],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parent.parent,
        )
        self._states: Queue[dict[str, Any]] = Queue()
        self._readers = [
            threading.Thread(target=self._read_states, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        self.errors = ""
        for reader in self._readers:
            reader.start()

    def _read_states(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._states.put(json.loads(line))

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()

    def wait_for(self, wanted: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
        """The first state that is as ``wanted``."""
        seen: dict[str, Any] | None = None
        while True:
            try:
                seen = self._states.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError(f"never came, last {seen}; {self.errors}") from None
            if wanted(seen):
                return seen

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@contextmanager
def running(folder: Path, gos: int, urls: tuple[str, str], state: Path) -> Iterator[DeskProcess]:
    desk = DeskProcess(folder, gos, urls, state)
    try:
        yield desk
    finally:
        desk.kill()


def provisioned(folder: Path, urls: tuple[str, str]) -> None:
    opened = open_event(folder)
    studio = with_addresses(opened.studio, [f"program={urls[0]}", f"wall={urls[1]}"])
    plans = plans_for(opened, opened.event.days[0], Mode.REHEARSAL)
    provision_all(plans, studio, lambda _surface: PASSWORD, folder)


def test_a_killed_console_comes_back_to_the_same_cue_and_sends_nothing(tmp_path: Path) -> None:
    """kill -9 during the keynote: the next start shows the keynote with its clock, OBS was only asked, never told."""
    folder, state = write_small_event(tmp_path / "event"), tmp_path / "state"
    with SimulatedObs(password=PASSWORD) as program, SimulatedObs(password=PASSWORD) as wall:
        urls = (program.url, wall.url)
        provisioned(folder, urls)
        with running(folder, 2, urls, state) as first:
            before = first.wait_for(lambda shown: shown["on_air"] == "M2" and len(shown["confirmed"]) == 2)
        asked = [server.requests_seen() for server in (program, wall)]
        with running(folder, 0, urls, state) as second:
            after = second.wait_for(lambda shown: shown["connected"] == ["program", "wall"])
        assert (after["on_air"], after["started_at"]) == ("M2", before["started_at"])
        assert after["seen"] == {SurfaceId("program"): "M2 one", SurfaceId("wall"): "M1 wall-words"}
        assert (program.on_air, wall.on_air) == ("M2 one", "M1 wall-words")
        for server, earlier in zip((program, wall), asked, strict=True):
            since = {name: count - earlier.get(name, 0) for name, count in server.requests_seen().items()}
            told = {name: count for name, count in since.items() if count and not name.startswith(READS_ONLY)}
            assert told == {}


def test_the_password_is_in_no_file_and_no_message(tmp_path: Path) -> None:
    """A show with a password, and a start with a wrong one: neither is in the journal or in what is printed."""
    folder, state = write_small_event(tmp_path / "event"), tmp_path / "state"
    with SimulatedObs(password=PASSWORD) as program, SimulatedObs(password="another") as wall:
        urls = (program.url, wall.url)
        with running(folder, 0, urls, state) as desk:
            desk.wait_for(lambda shown: "program" in shown["connected"])
        written = b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert written
    assert PASSWORD.encode() not in written
    assert PASSWORD not in desk.errors

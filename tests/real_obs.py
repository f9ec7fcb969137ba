"""A real OBS Studio for the tests: its own settings folder, screen and port, ready once it has answered an Identify.

Start one with ``with start_real_obs(folder) as obs:``, or take the fixture ``real_obs`` (one for the whole run).
Where OBS is missing, tests that ask for it are skipped; with ``CI=true`` in the environment they fail.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.ports import free_port

PASSWORD = "studio-tests"
RECORDINGS = "recordings"
BALLAST = "ballast"
READY_WITHIN = 60.0
"""Seconds. A cold start on two busy cores with software rendering takes several."""


def answer_challenge(password: str, salt: str, challenge: str) -> str:
    """The authentication string of the obs-websocket protocol, chapter "Creating an authentication string"."""
    secret = base64.b64encode(hashlib.sha256((password + salt).encode()).digest()).decode()
    return base64.b64encode(hashlib.sha256((secret + challenge).encode()).digest()).decode()


@contextlib.contextmanager
def identified(url: str, password: str | None, events: int = 0, timeout: float = 5.0) -> Iterator[ClientConnection]:
    """A bare websocket on which Hello and Identify are done. Raises what ``websockets`` raises, or TimeoutError."""
    with connect(url, open_timeout=timeout, close_timeout=1, max_size=None, compression=None) as link:
        hello = json.loads(link.recv(timeout=timeout))["d"]
        identify: dict[str, Any] = {"rpcVersion": 1, "eventSubscriptions": events}
        if "authentication" in hello and password is not None:
            asked = hello["authentication"]
            identify["authentication"] = answer_challenge(password, asked["salt"], asked["challenge"])
        link.send(json.dumps({"op": 1, "d": identify}))
        answer = json.loads(link.recv(timeout=timeout))
        if answer["op"] != 2:
            raise RuntimeError(f"expected Identified, got {answer}")
        yield link


class RealObs:
    """One OBS Studio that runs. Its settings and collections live in ``folder`` and outlast ``restart``."""

    def __init__(
        self,
        folder: Path,
        port: int | None,
        password: str,
        canvas: tuple[int, int],
        fps: int,
        collection: str,
        disk: int = 0,
    ) -> None:
        """``disk``: recordings go to a file system of their own of so many MB, which can be filled; 0: to the folder's.

        It lives in the memory, is seen by this OBS alone and is gone with it.
        """
        self.folder = folder
        self.port = port or free_port()
        self.password = password
        self._screen: subprocess.Popen[bytes] | None = None
        self._display = ""
        self._obs: subprocess.Popen[bytes] | None = None
        self._disk = disk
        _known.add(self)
        self.collection_file = folder / "obs-studio" / "basic" / "scenes" / f"{collection}.json"
        _write_settings(folder, self.port, password, canvas, fps, collection)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._obs is not None, "OBS was not started"
        return self._obs.pid

    @property
    def alive(self) -> bool:
        return self._obs is not None and self._obs.poll() is None

    def start(self) -> RealObs:
        """Start OBS and wait until it has answered an Identify. AssertionError with OBS's log if it does not."""
        if self.alive:
            return self
        atexit.register(self.close)
        try:
            self._start_screen()
            self._start_obs()
            self._wait_until_ready()
        except BaseException:
            self.close()
            raise
        return self

    @property
    def fell(self) -> bool:
        """Whether it has ended by a fault of its own."""
        return self._obs is not None and self._obs.poll() in (-signal.SIGABRT, -signal.SIGSEGV)

    def kill(self) -> None:
        """End OBS at once, as a crash or a power cut would: it saves nothing."""
        self._end(self._obs, signal.SIGKILL)

    def stop(self) -> None:
        """End OBS as a person would: it saves its collection. Killed if it is not gone after some seconds."""
        self.thaw()
        self._end(self._obs, signal.SIGINT)

    def restart(self) -> None:
        """Come up again in the same folder and on the same port, whether OBS still runs or was killed."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Halt OBS: its port goes on accepting, nothing is answered. Returns when its last thread stands still."""
        self._signal(signal.SIGSTOP)
        deadline, pause = time.monotonic() + 10, threading.Event()
        while any(state != "T" for state in self._thread_states()):
            assert time.monotonic() < deadline, "OBS does not halt"
            pause.wait(0.002)

    def _thread_states(self) -> list[str]:
        """One letter a thread, as proc(5) has it; the signal is sent long before the last of them has heard of it."""
        stats = [task.read_text() for task in Path(f"/proc/{self.pid}/task").glob("*/stat")]
        return [stat.rpartition(")")[2].split()[0] for stat in stats]

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def fill_disk(self, left: int) -> None:
        """Of the recordings' own file system ``left`` MB stay free."""
        found = os.statvfs(self._recordings)
        ballast = max(0, found.f_bavail * found.f_frsize - left * 1_000_000)
        with contextlib.suppress(OSError), (self._recordings / BALLAST).open("ab") as file:
            # What is recorded meanwhile may have taken the rest.
            os.posix_fallocate(file.fileno(), 0, file.tell() + ballast)

    def empty_disk(self) -> None:
        """The ballast goes, and all recordings but the newest, which may be under way."""
        (self._recordings / BALLAST).unlink(missing_ok=True)
        for file in sorted(self._recordings.iterdir(), key=lambda file: file.stat().st_mtime)[:-1]:
            file.unlink()

    @property
    def _recordings(self) -> Path:
        assert self._disk, "this OBS has no file system of its own for recordings"
        return Path(f"/proc/{self.pid}/root{self.folder / RECORDINGS}")

    def close(self) -> None:
        atexit.unregister(self.close)
        self._signal(signal.SIGCONT)
        self.kill()
        self._end(self._screen, signal.SIGTERM)
        self._screen = None

    def log_tail(self, lines: int = 40) -> str:
        logs = sorted((self.folder / "obs-studio" / "logs").glob("*.txt"))
        texts = [self.folder / "obs.out", *logs[-1:]]
        return "\n".join(
            f"--- {text.name}\n" + "\n".join(text.read_text("utf-8", errors="replace").splitlines()[-lines:])
            for text in texts
            if text.is_file()
        )

    def __enter__(self) -> RealObs:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start_screen(self) -> None:
        if self._screen is not None and self._screen.poll() is None:
            return
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"]
        with (self.folder / "xvfb.out").open("wb") as out:
            self._screen = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, pass_fds=[writer], start_new_session=True
            )
        os.close(writer)
        with os.fdopen(reader, "rb") as answer:
            number = answer.readline().decode().strip()  # an empty line: Xvfb ended without a display
        assert number, f"Xvfb found no display: {(self.folder / 'xvfb.out').read_text()}"
        self._display = f":{number}"

    def _start_obs(self) -> None:
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        places = {"HOME": self.folder, "XDG_CONFIG_HOME": self.folder, "XDG_RUNTIME_DIR": runtime}
        environment = {
            **os.environ,
            **{name: str(place) for name, place in places.items()},
            "DISPLAY": self._display,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
        }
        # A desk under test may have set these for itself; OBS's own Qt must not see them.
        for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "LD_LIBRARY_PATH", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        command = ["obs", "--multi", "--minimize-to-tray", "--disable-updater", "--disable-missing-files-check"]
        if self._disk:
            mount = f'mount -t tmpfs -o size={self._disk}m tmpfs "$1" && shift && exec "$@"'
            place = str(self.folder / RECORDINGS)
            command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh", place, *command]
        with (self.folder / "obs.out").open("wb") as out:
            self._obs = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        why = "it never answered"
        pause = threading.Event()
        while time.monotonic() < deadline:
            if not self.alive:
                assert self._obs is not None
                raise AssertionError(f"OBS ended with status {self._obs.returncode}\n{self.log_tail()}")
            try:
                with identified(self.url, self.password, timeout=5) as link:
                    # Identified alone is not enough: OBS answers it while the frontend is still loading.
                    link.send(json.dumps({"op": 6, "d": {"requestType": "GetSceneList", "requestId": "ready"}}))
                    answer = json.loads(link.recv(timeout=5))["d"]
                    if answer["requestStatus"]["result"]:
                        return
                    why = f"GetSceneList: {answer['requestStatus']}"
            except Exception as error:  # noqa: BLE001 - whatever it is, OBS is not up yet; told at the deadline
                why = f"{type(error).__name__}: {error}"
            pause.wait(0.1)
        raise AssertionError(f"OBS was not ready within {READY_WITHIN:.0f} s ({why})\n{self.log_tail()}")

    def _signal(self, number: int) -> None:
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    @staticmethod
    def _end(process: subprocess.Popen[bytes] | None, number: int) -> None:
        """Signal the process's whole group and wait; its children (muxers, browsers) go with it."""
        if process is None or process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(15)


_known: weakref.WeakSet[RealObs] = weakref.WeakSet()


FALLS_WITHIN = 2.0
"""Seconds from the end of its connections to the end of an OBS that falls over."""


def one_fell() -> bool:
    """Whether any OBS lies where it fell, not started again since, or is falling."""
    deadline, pause = time.monotonic() + FALLS_WITHIN, threading.Event()
    while not (fell := any(obs.fell for obs in _known)) and time.monotonic() < deadline:
        pause.wait(0.05)
    return fell


def start_real_obs(
    folder: Path,
    port: int | None = None,
    password: str = PASSWORD,
    canvas: tuple[int, int] = (1280, 720),
    fps: int = 30,
    collection: str = "Untitled",
    disk: int = 0,
) -> RealObs:
    """An OBS that is ready to be asked. Use it with ``with``, or ``close()`` it.

    ``folder`` holds its settings and outlasts it; another OBS started there later finds the same collections.
    ``disk`` as in ``RealObs``.
    """
    require_obs()
    folder.mkdir(parents=True, exist_ok=True)
    return RealObs(folder, port, password, canvas, fps, collection, disk).start()


def require_obs() -> None:
    """Skip the test where OBS or Xvfb is missing; with ``CI=true`` fail instead."""
    missing = [tool for tool in ("obs", "Xvfb") if shutil.which(tool) is None]
    if not missing:
        return
    message = f"needs a real OBS Studio; not installed: {', '.join(missing)}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def real_obs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealObs]:
    """One OBS for the whole run. Tests make a scene collection of their own in it, and do not stop or kill it."""
    with start_real_obs(tmp_path_factory.mktemp("real-obs")) as obs:
        yield obs


def _write_settings(folder: Path, port: int, password: str, canvas: tuple[int, int], fps: int, collection: str) -> None:
    """OBS's settings files, once: what OBS or a test wrote there later stays, except for the port and password."""
    settings = folder / "obs-studio"
    profile = settings / "basic" / "profiles" / "Untitled"
    recordings = folder / RECORDINGS
    for place in (profile, settings / "basic" / "scenes", recordings):
        place.mkdir(parents=True, exist_ok=True)
    _write_ini(
        settings / "global.ini",
        {
            "General": {"FirstRun": "true", "LastVersion": "486539266", "EnableAutoUpdates": "false"},
            "OBSWebSocket": {
                "FirstLoad": "false",
                "ServerEnabled": "true",
                "ServerPort": str(port),
                "AlertsEnabled": "false",
                "AuthRequired": "true" if password else "false",
                "ServerPassword": password,
            },
            "Basic": {
                "Profile": "Untitled",
                "ProfileDir": "Untitled",
                "SceneCollection": collection,
                "SceneCollectionFile": collection,
                "ConfigOnNewProfile": "false",
            },
            # Its own preview in its window is nothing a test looks at, and without a graphics card it takes a core.
            "BasicWindow": {"PreviewEnabled": "false"},
        },
    )
    width, height = (str(side) for side in canvas)
    _write_ini(
        profile / "basic.ini",
        {
            "General": {"Name": "Untitled"},
            "Video": {
                "BaseCX": width,
                "BaseCY": height,
                "OutputCX": width,
                "OutputCY": height,
                "FPSType": "1",
                "FPSInt": str(fps),
            },
            "Output": {"Mode": "Simple"},
            "SimpleOutput": {"FilePath": str(recordings), "StreamEncoder": "x264", "RecQuality": "Stream"},
        },
    )


def _write_ini(path: Path, sections: dict[str, dict[str, str]]) -> None:
    text = "\n".join(
        f"[{section}]\n" + "".join(f"{key}={value}\n" for key, value in entries.items())
        for section, entries in sections.items()
    )
    path.write_text(text, "utf-8")

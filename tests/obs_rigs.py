"""An OBS for a test, real or simulated, and a hand at it: a bare client that does what a person would do in OBS."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from studio_console.core.events import ShowEvent
from studio_console.devices.obs.link import SETTLE, ObsLink
from tests.real_obs import PASSWORD, RealObs, identified, start_real_obs
from tests.waiting import PATIENCE, wait_until

_collections = itertools.count(1)


@contextmanager
def up(link: ObsLink) -> Iterator[ObsLink]:
    """``link``, connected for as long as the block lasts."""
    link.connect()
    try:
        yield link
    finally:
        link.disconnect()


class Hand:
    """A client of its own at an OBS, which knows nothing of the console's code."""

    def __init__(self, url: str, password: str) -> None:
        self._stack = ExitStack()
        self._link: ClientConnection = self._stack.enter_context(identified(url, password, timeout=PATIENCE))
        self._numbers = itertools.count()

    def ask(self, request: str, **data: Any) -> tuple[int, dict[str, Any]]:
        """Status code and answer of one request."""
        number = str(next(self._numbers))
        body = {"requestType": request, "requestId": number, "requestData": data}
        self._link.send(json.dumps({"op": 6, "d": body}))
        while True:
            answer = json.loads(self._link.recv(timeout=PATIENCE))
            if answer["op"] == 7 and answer["d"]["requestId"] == number:
                return answer["d"]["requestStatus"]["code"], answer["d"].get("responseData") or {}

    def do(self, request: str, **data: Any) -> dict[str, Any]:
        """The answer of a request that must succeed."""
        code, answer = self.ask(request, **data)
        assert code == 100, f"{request} {data}: {code}"
        return answer

    def change_collection(self, name: str) -> None:
        """Makes or chooses the collection ``name``; returns when OBS can be asked again."""
        known = self.do("GetSceneCollectionList")
        if name == known["currentSceneCollectionName"]:
            return
        request = "SetCurrentSceneCollection" if name in known["sceneCollections"] else "CreateSceneCollection"
        self.do(request, sceneCollectionName=name)
        threading.Event().wait(SETTLE)

    def scenes(self, *names: str) -> None:
        """Makes scenes, each with a colour of its own in it."""
        kinds = self.do("GetInputKindList", unversioned=False)["inputKinds"]
        colour = next(kind for kind in kinds if kind.startswith("color_source"))
        for number, name in enumerate(names):
            self.do("CreateScene", sceneName=name)
            settings = {"color": 0xFF000000 + 0x403020 * (number + 1)}
            self.do("CreateInput", sceneName=name, inputName=f"{name} ground", inputKind=colour, inputSettings=settings)

    def air(self, scene: str) -> None:
        self.do("SetCurrentProgramScene", sceneName=scene)

    def on_air(self) -> str:
        return str(self.do("GetCurrentProgramScene")["currentProgramSceneName"])

    def close(self) -> None:
        self._stack.close()


class Rig:
    """An OBS with an empty scene collection, on air with its one scene, a cut as its transition."""

    def __init__(self, url: str, password: str, real: RealObs | None = None, simulated: Any = None) -> None:
        self.url = url
        self.password = password
        self.real = real
        self.simulated = simulated
        self.hand = Hand(url, password)

    def link(self, **options: Any) -> ObsLink:
        """A link to it, not connected yet."""
        return ObsLink(self.url, self.password, **options)

    def fresh(self) -> None:
        """Gives the test a collection of its own and the settings that tests count on."""
        if self.real is not None:
            self._own_collection()
        cut = next(
            entry["transitionName"]
            for entry in self.hand.do("GetSceneTransitionList")["transitions"]
            if entry["transitionKind"] == "cut_transition"
        )
        self.hand.do("SetCurrentSceneTransition", transitionName=cut)

    def _own_collection(self) -> None:
        """A collection that no other test has seen."""
        self.hand.do("SetStudioModeEnabled", studioModeEnabled=False)
        self.hand.change_collection(f"test {os.getpid()} {next(_collections)}")

    def freeze(self) -> None:
        (self.real or self.simulated).freeze()

    def thaw(self) -> None:
        (self.real or self.simulated).thaw()

    def close(self) -> None:
        self.hand.close()


def real_rig(obs: RealObs) -> Rig:
    """At ``obs``, which is started again if the test before brought it down: that test has failed already."""
    return Rig(obs.start().url, obs.password, real=obs)


@pytest.fixture(params=["real", "simulated"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    """The same test on the real OBS and on the simulated one. It is shared: a test neither stops nor freezes it."""
    with ExitStack() as stack:
        if request.param == "real":
            made = real_rig(request.getfixturevalue("real_obs"))
        else:
            made = stack.enter_context(_simulated())
        stack.callback(made.close)
        made.fresh()
        yield made


@pytest.fixture
def simulated_rig() -> Iterator[Rig]:
    """A simulated OBS, for the faults that a real one cannot be asked to have."""
    with _simulated() as made:
        made.fresh()
        yield made
        made.close()


@pytest.fixture
def own_rig(tmp_path: Path) -> Iterator[Rig]:
    """A real OBS of the test's own, to kill, halt and start again."""
    with start_real_obs(tmp_path / "obs") as obs:
        made = real_rig(obs)
        made.fresh()
        yield made
        obs.thaw()
        made.close()


class _simulated:
    """A simulated OBS as a context."""

    def __enter__(self) -> Rig:
        from studio_console.devices.simulated.server import SimulatedObs

        self._server = SimulatedObs(port=0, password=PASSWORD, canvas=(1280, 720))
        self._server.start()
        return Rig(self._server.url, PASSWORD, simulated=self._server)

    def __exit__(self, *_: object) -> None:
        self._server.close()


def make_clip(path: Path, seconds: float, size: str = "320x180") -> Path:
    """A film of moving bars with a tone, of that length."""
    source = f"testsrc=size={size}:rate=30:duration={seconds}"
    tone = f"sine=frequency=440:duration={seconds}"
    command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i", source, "-f", "lavfi", "-i", tone]
    subprocess.run([*command, "-pix_fmt", "yuv420p", "-shortest", str(path)], check=True, timeout=60)
    return path


def make_tone(path: Path, seconds: float) -> Path:
    """A tone alone, of that length."""
    tone = f"sine=frequency=440:duration={seconds}"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i", tone, str(path)], check=True, timeout=60)
    return path


class Posted:
    """The events that a driver posted, in order, with the time of each. Call it to post."""

    def __init__(self) -> None:
        self.events: list[ShowEvent] = []
        self.times: list[float] = []

    def __call__(self, event: ShowEvent) -> None:
        self.times.append(time.monotonic())
        self.events.append(event)

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait_for(self, kind: type, **fields: Any) -> Any:
        """The first event of that kind whose fields are as given."""

        def found() -> Any:
            for event in self.of(kind):
                if all(getattr(event, name) == value for name, value in fields.items()):
                    return event
            return None

        return wait_until(found, lambda: f"{kind.__name__} {fields} in {self.events}")

    def forget(self) -> None:
        self.events.clear()
        self.times.clear()

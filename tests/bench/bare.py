"""A bare websocket client of OBS: nothing but a socket and JSON. What the console is measured against, and with."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import websocket

from tests.real_obs import answer_challenge

SCENES_AND_TRANSITIONS = (1 << 2) | (1 << 4)
PATIENCE = 10.0


class BareClient:
    """Events are read by whoever waits for one, and timed as they are read."""

    def __init__(self, url: str, password: str, events: int = SCENES_AND_TRANSITIONS) -> None:
        self.url = url
        self._ws = websocket.create_connection(url, timeout=PATIENCE)
        hello = self._read()["d"]
        identify: dict[str, Any] = {"rpcVersion": 1, "eventSubscriptions": events}
        asked = hello["authentication"]
        identify["authentication"] = answer_challenge(password, asked["salt"], asked["challenge"])
        self._send(1, identify)
        assert self._read()["op"] == 2

    def close(self) -> None:
        self._ws.close()

    def do(self, request: str, **data: Any) -> dict[str, Any]:
        """The answer of a request that must succeed; events on the way are dropped."""
        self.send(request, **data)
        while (message := self._read())["op"] != 7:
            pass
        status = message["d"]["requestStatus"]
        assert status["result"], f"{request} {data}: {status}"
        answer: dict[str, Any] = message["d"].get("responseData") or {}
        return answer

    def send(self, request: str, **data: Any) -> None:
        self._send(6, {"requestType": request, "requestId": request, "requestData": data})

    def send_batch(self, *requests: tuple[str, dict[str, Any]]) -> None:
        """All of them in one message, carried out one after the other."""
        entries = [{"requestType": name, "requestData": data} for name, data in requests]
        self._send(8, {"requestId": "batch", "requests": entries, "executionType": 0})

    def starts(self, over: Callable[[], bool]) -> Iterator[int]:
        """When each transition began, as ``monotonic_ns``, until ``over``; it is asked after every message."""
        while not over():
            try:
                message = self._read()
            except websocket.WebSocketTimeoutException:
                continue
            came = time.monotonic_ns()
            if message["op"] == 5 and message["d"]["eventType"] == "SceneTransitionStarted":
                yield came

    def heard(self, over: Callable[[], bool]) -> Iterator[tuple[bytes, float]]:
        """What comes from OBS as it comes, and when, in ``monotonic`` seconds, until ``over``.

        It is not taken apart: OBS tells the next thing sooner than Python has read this one.
        """
        while not over():
            piece = self._ws.sock.recv(1 << 20)
            yield piece, time.monotonic()

    def see_take(self, ours: bool) -> None:
        """Reads to the end of a take, and of its answer where it was ours."""
        ended, answered = False, not ours
        while not ended or not answered:
            message = self._read()
            ended = ended or (message["op"] == 5 and message["d"]["eventType"] == "SceneTransitionEnded")
            answered = answered or message["op"] in (7, 9)

    def make_scenes(self, names: tuple[str, ...]) -> None:
        """Scenes with a colour each, and a cut as the transition."""
        kinds = self.do("GetInputKindList", unversioned=False)["inputKinds"]
        colour = next(kind for kind in kinds if kind.startswith("color_source"))
        for number, name in enumerate(names):
            self.do("CreateScene", sceneName=name)
            settings = {"color": 0xFF000000 + 0x403020 * (number + 1)}
            self.do("CreateInput", sceneName=name, inputName=f"{name} ground", inputKind=colour, inputSettings=settings)
        transitions = self.do("GetSceneTransitionList")["transitions"]
        cut = next(entry["transitionName"] for entry in transitions if entry["transitionKind"] == "cut_transition")
        self.do("SetCurrentSceneTransition", transitionName=cut)

    def _send(self, op: int, body: dict[str, Any]) -> None:
        self._ws.send(json.dumps({"op": op, "d": body}))

    def _read(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._ws.recv())
        return message

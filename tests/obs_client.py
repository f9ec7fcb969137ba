"""A bare obs-websocket client for tests: no thread, no retry; what comes is read when the test waits for it."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection

from tests.real_obs import identified
from tests.waiting import PATIENCE

Data = dict[str, Any]
ALL_EVENTS = 2047


class ObsClient:
    """Events are kept in ``events``, in the order they came, until ``forget`` is called."""

    def __init__(self, link: ClientConnection) -> None:
        self._link = link
        self._numbers = itertools.count(1)
        self._answers: dict[str, Data] = {}
        self.events: list[tuple[str, Data]] = []

    def ask(self, request: str, **data: Any) -> tuple[int, Data]:
        """The status code and the response data."""
        answer = self.wait_answer(self.send(request, **data))
        return int(answer["requestStatus"]["code"]), answer.get("responseData") or {}

    def must(self, request: str, **data: Any) -> Data:
        """The response data of a request that has to succeed."""
        answer = self.wait_answer(self.send(request, **data))
        assert answer["requestStatus"]["result"], (request, data, answer["requestStatus"])
        return answer.get("responseData") or {}

    def comment(self, request: str, **data: Any) -> tuple[int, str | None]:
        status = self.wait_answer(self.send(request, **data))["requestStatus"]
        return status["code"], status.get("comment")

    def send(self, request: str, **data: Any) -> str:
        """Send it and do not wait; returns the id to wait for."""
        number = str(next(self._numbers))
        body: Data = {"requestType": request, "requestId": number}
        if data:
            body["requestData"] = data
        self._link.send(json.dumps({"op": 6, "d": body}))
        return number

    def batch(self, *requests: Data, **options: Any) -> list[Data]:
        number = str(next(self._numbers))
        self._link.send(json.dumps({"op": 8, "d": {"requestId": number, "requests": list(requests), **options}}))
        results: list[Data] = self.wait_answer(number)["results"]
        return results

    def subscribe(self, events: int) -> None:
        self._link.send(json.dumps({"op": 3, "d": {"eventSubscriptions": events}}))
        self._read_until(lambda op: op == 2)

    def wait_answer(self, number: str) -> Data:
        if number not in self._answers:  # OBS may answer those that were sent together in any order
            self._read_until(lambda _: number in self._answers)
        return self._answers.pop(number)

    def wait(self, event: str, timeout: float = PATIENCE, **fields: Any) -> Data:
        """The data of the first event of that name and with those fields; what came before it stays known."""

        def found() -> Data | None:
            for name, data in self.events:
                if name == event and all(data.get(key) == value for key, value in fields.items()):
                    return data
            return None

        if (data := found()) is None:
            self._read_until(lambda _: found() is not None, timeout, f"{event} {fields}")
            data = found()
        assert data is not None
        return data

    def names(self) -> list[str]:
        return [name for name, _ in self.events]

    def until_quiet(self, seconds: float) -> list[str]:
        """The names of the events that come before none has come for ``seconds``."""
        while True:
            try:
                self._read(seconds)
            except TimeoutError:
                return self.names()

    def forget(self) -> None:
        self.events.clear()

    def _read_until(self, done: Any, timeout: float = PATIENCE, what: str = "an answer") -> None:
        deadline = time.monotonic() + timeout
        while True:
            try:
                op = self._read(max(0.001, deadline - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"waited {timeout} s for {what}; events: {self.names()}") from None
            if done(op):
                return

    def _read(self, timeout: float) -> int:
        message = json.loads(self._link.recv(timeout=timeout))
        data = message["d"]
        if message["op"] in (7, 9):
            self._answers[data["requestId"]] = data
        elif message["op"] == 5:
            self.events.append((data["eventType"], data.get("eventData") or {}))
        return int(message["op"])


@contextmanager
def obs_client(url: str, password: str | None, events: int = ALL_EVENTS) -> Iterator[ObsClient]:
    with identified(url, password, events) as link:
        yield ObsClient(link)


def request(name: str, **data: Any) -> Data:
    """One entry of a batch."""
    return {"requestType": name, "requestId": name, **({"requestData": data} if data else {})}

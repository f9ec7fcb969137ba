"""A simulated OBS without server, thread and clock: time passes when it is told to, so that a day can be a minute."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studio_console.devices.obs.messages import SUCCESS, Execution, ObsError, ObsEvent, Reply, Request
from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.kinds import TRANSITION_KINDS
from studio_console.devices.simulated.protocol import Data, Intent, Refusal
from studio_console.devices.simulated.requests import ANSWERS
from studio_console.devices.simulated.world import World


class _Timer:
    def __init__(self, due: float, call: Callable[[], None]) -> None:
        self.due, self.call = due, call

    def cancel(self) -> None:
        self.call = lambda: None


class VirtualObs:
    """Stands for the link to it as well: what the console's code asks a link, it answers at once."""

    address = "virtual"
    is_local = True
    holding = False
    down = None

    def __init__(self, canvas: tuple[int, int], fps: int) -> None:
        self.time = 0.0
        self.inbox: Callable[[ObsEvent], None] | None = None
        self._timers: list[tuple[float, int, _Timer]] = []
        self._numbers = itertools.count()
        self.world = World(canvas, fps, "5.1.0", lambda: self.time, self._later, self._emit, TRANSITION_KINDS)

    def advance(self, until: float) -> None:
        """Everything that comes due happens, each at its time."""
        while self._timers and self._timers[0][0] <= until:
            due, _, timer = heapq.heappop(self._timers)
            self.time = max(self.time, due)
            timer.call()
        self.time = max(self.time, until)

    def call(self, request: str, data: Mapping[str, Any] | None = None, timeout: float | None = None) -> Data:
        reply = self._answer(Request(request, data or {}))
        if not reply.ok:
            raise ObsError(reply.code, reply.comment, request)
        return dict(reply.data)

    def batch(
        self, requests: Sequence[Request], execution: Execution | None = None, timeout: float | None = None
    ) -> tuple[Reply, ...]:
        return tuple(self._answer(request) for request in requests)

    def _answer(self, request: Request) -> Reply:
        if request.type == "Sleep":
            return Reply(request.type, SUCCESS)
        try:
            return Reply(request.type, SUCCESS, "", ANSWERS[request.type](self.world, Fields(dict(request.data))) or {})
        except Refusal as refused:
            return Reply(request.type, refused.status, refused.comment or "")

    def _later(self, seconds: float, call: Callable[[], None]) -> _Timer:
        timer = _Timer(self.time + seconds, call)
        heapq.heappush(self._timers, (timer.due, next(self._numbers), timer))
        return timer

    def _emit(self, intent: Intent, event: str, data: Data | None) -> None:
        if self.inbox is not None:
            self.inbox(ObsEvent(event, data or {}))

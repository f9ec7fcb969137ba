"""Carrying requests out: one, or a batch in its order with its pauses and variables."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Any

from studio_console.devices.simulated.faults import Faults
from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import (
    Close,
    CloseSession,
    Data,
    Refusal,
    Status,
    is_number,
    status_of,
)
from studio_console.devices.simulated.requests import ANSWERS
from studio_console.devices.simulated.world import World


class BatchType(IntEnum):
    REALTIME = 0
    FRAME = 1
    PARALLEL = 2


class Executor:
    """``pause`` waits that many seconds of the world's clock."""

    def __init__(self, world: World, faults: Faults, pause: Callable[[float], Awaitable[None]]) -> None:
        self._world = world
        self._faults = faults
        self._pause = pause
        self.seen: Counter[str] = Counter()
        """How often each request came in."""

    async def request(self, data: Data) -> Data:
        """The response to one request. Raises CloseSession where it is not of the protocol's form."""
        if data.get("requestId") is None:
            raise CloseSession(Close.MISSING_FIELD, "Your payload data is missing a `requestId`.")
        if "requestType" not in data:
            raise CloseSession(Close.MISSING_FIELD, "Your payload's data is missing an `requestType`.")
        if not isinstance(data["requestType"], str):
            raise CloseSession(Close.FIELD_TYPE, "Your `requestType` is not a string.")
        if data["requestType"] == "Sleep":
            result = _result("Sleep", Refusal(Status.WRONG_BATCH_TYPE), None)
        else:
            result = await self._carry_out(data["requestType"], data.get("requestData"))
        return {**result, "requestId": data["requestId"]}

    async def batch(self, data: Data) -> Data:
        """The results of a batch, in order; after a failure with ``haltOnFailure`` there are no more."""
        kind, halt, requests = _checked_batch(data)
        given = data.get("variables")
        variables: Data = dict(given) if isinstance(given, dict) else {}
        results: list[Data] = []
        if kind is BatchType.FRAME:
            await self._next_frame()
        for request in requests:
            if not isinstance(request, dict):
                raise CloseSession(Close.FIELD_TYPE, "Your `requests` hold something that is not an object.")
            result = await self._one_of_batch(request, kind, variables)
            results.append(result)
            if halt and kind is not BatchType.PARALLEL and not result["requestStatus"]["result"]:
                break
        return {"requestId": data["requestId"], "results": results}

    async def _one_of_batch(self, request: Data, kind: BatchType, variables: Data) -> Data:
        name = request.get("requestType")
        data = _with_variables(request, variables)
        if not isinstance(name, str) or not name:
            comment = "Your request's `requestType` may not be empty."
            result = _result("", Refusal(Status.MISSING_TYPE, comment), None)
        elif name == "Sleep":
            result = await self._sleep(kind, Fields(data))
        else:
            result = await self._carry_out(name, data)
        names = request.get("outputVariables")
        answer = result.get("responseData") or {}
        for variable, field in (names if isinstance(names, dict) else {}).items():
            if isinstance(field, str) and field in answer:
                variables[variable] = answer[field]
        if request.get("requestId") is not None:
            result["requestId"] = request["requestId"]
        return result

    async def _carry_out(self, name: str, data: object) -> Data:
        self.seen[name] += 1
        if delay := self._faults.delay_of(name):
            await self._pause(delay)
        refusal = self._faults.refusal(name)
        if refusal is not None:
            return _result(name, refusal, None)
        answer = ANSWERS.get(name)
        if answer is None:
            return _result(name, Refusal(Status.UNKNOWN_TYPE, "Your request type is not valid."), None)
        try:
            return _result(name, None, answer(self._world, Fields(data)))
        except Refusal as refused:
            return _result(name, refused, None)

    async def _sleep(self, kind: BatchType, fields: Fields) -> Data:
        try:
            match kind:
                case BatchType.REALTIME:
                    await self._pause(fields.number("sleepMillis", 0, 50_000) / 1000)
                case BatchType.FRAME:
                    frames = fields.integer("sleepFrames", 0, 10_000)
                    await self._pause(frames * self._world.frame)
                case BatchType.PARALLEL:
                    raise Refusal(Status.WRONG_BATCH_TYPE)
        except Refusal as refused:
            return _result("Sleep", refused, None)
        return _result("Sleep", None, None)

    async def _next_frame(self) -> None:
        frame = self._world.frame
        await self._pause(frame - self._world.now() % frame)


def _checked_batch(data: Data) -> tuple[BatchType, bool, list[Any]]:
    if data.get("requestId") is None:
        raise CloseSession(Close.MISSING_FIELD, "Your payload data is missing a `requestId`.")
    if "requests" not in data:
        raise CloseSession(Close.MISSING_FIELD, "Your payload data is missing a `requests`.")
    if not isinstance(data["requests"], list):
        raise CloseSession(Close.FIELD_TYPE, "Your `requests` is not an array.")
    kind = data.get("executionType")
    if kind is not None and not is_number(kind):
        raise CloseSession(Close.FIELD_TYPE, "Your `executionType` is not a number.")
    if kind not in (None, *BatchType):
        raise CloseSession(Close.FIELD_VALUE, "Your `executionType` has an invalid value.")
    halt = data.get("haltOnFailure")
    if halt is not None and not isinstance(halt, bool):
        raise CloseSession(Close.FIELD_TYPE, "Your `haltOnFailure` is not a boolean.")
    return BatchType(int(kind or 0)), bool(halt), data["requests"]


def _with_variables(request: Data, variables: Data) -> object:
    names = request.get("inputVariables")
    if not isinstance(names, dict):
        return request.get("requestData")
    known = {field: variables[name] for field, name in names.items() if isinstance(name, str) and name in variables}
    data = request.get("requestData")
    return {**(data if isinstance(data, dict) else {}), **known}


def _result(name: str, refusal: Refusal | None, answer: Data | None) -> Data:
    result: Data = {"requestType": name, "requestStatus": status_of(refusal)}
    if answer is not None:
        result["responseData"] = answer
    return result


async def pause(seconds: float) -> None:
    """Wait; for no time at all, let the others go first."""
    await asyncio.sleep(max(0.0, seconds))

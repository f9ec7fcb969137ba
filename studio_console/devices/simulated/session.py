"""One client's session: identify, then requests in and answers and events out, in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from studio_console.devices.simulated.execution import Executor
from studio_console.devices.simulated.protocol import (
    JSON,
    MESSAGEPACK,
    RPC_VERSION,
    Close,
    CloseSession,
    Data,
    Encoding,
    Intent,
    Op,
    check_identify,
    wanted_events,
)

log = logging.getLogger(__name__)
MOST_WAITING = 20_000
"""Messages held for a client that does not read; then it is cut off, as it would be by a full socket in the end."""


class Session:
    """``on_events`` is called when the client has said which events it wants."""

    def __init__(
        self,
        connection: ServerConnection,
        executor: Executor,
        version: str,
        password: str | None,
        on_events: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._executor = executor
        self._version = version
        self._password = password
        self._on_events = on_events
        self.encoding: Encoding = MESSAGEPACK if connection.subprotocol == MESSAGEPACK.subprotocol else JSON
        self._challenge, self._salt = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._events = 0
        self._identified = False
        self._out: asyncio.Queue[str | bytes] = asyncio.Queue()
        self._work: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until the client goes or breaks the protocol."""
        writer = asyncio.create_task(self._write())
        try:
            self._send(Op.HELLO, self._hello())
            async for message in self._connection:
                await self._take_in(message)
        except CloseSession as end:
            await self._close(end)
        except ConnectionClosed:
            pass
        finally:
            for task in [*self._work, writer]:
                task.cancel()
            await asyncio.gather(*self._work, writer, return_exceptions=True)

    def wants(self, intent: Intent) -> bool:
        return self._identified and bool(self._events & intent)

    def tell(self, message: str | bytes) -> None:
        """Pass on an event, in the session's encoding."""
        self._queue(message)

    def cut(self) -> None:
        """End the connection without a word, as a pulled cable or a dead process would."""
        self._connection.transport.abort()

    async def kick(self, code: int) -> None:
        await self._close(CloseSession(code, "You were disconnected by the server."))

    def _hello(self) -> Data:
        hello: Data = {"obsWebSocketVersion": self._version, "rpcVersion": RPC_VERSION}
        if self._password:
            hello["authentication"] = {"challenge": self._challenge, "salt": self._salt}
        return hello

    async def _take_in(self, message: str | bytes) -> None:
        op, data = self.encoding.decode(message)
        if not self._identified and op != Op.IDENTIFY:
            raise CloseSession(
                Close.NOT_IDENTIFIED, "You attempted to send a non-Identify message while not identified."
            )
        match op:
            case Op.IDENTIFY:
                if self._identified:
                    reason = "You are already Identified with the obs-websocket server."
                    raise CloseSession(Close.ALREADY_IDENTIFIED, reason)
                check_identify(data, self._challenge, self._salt, self._password)
                self._events = wanted_events(data, Intent.ALL)
                self._identified = True
                self._send(Op.IDENTIFIED, {"negotiatedRpcVersion": RPC_VERSION})
                self._on_events()
            case Op.REIDENTIFY:
                self._events = wanted_events(data, self._events)
                self._send(Op.IDENTIFIED, {"negotiatedRpcVersion": RPC_VERSION})
                self._on_events()
            case Op.REQUEST | Op.BATCH:
                # A slow one does not hold up those behind it; quick ones are answered in their order.
                task = asyncio.create_task(self._answer(Op(op), data))
                self._work.add(task)
                task.add_done_callback(self._work.discard)
            case _:
                raise CloseSession(Close.UNKNOWN_OP, f"Unknown OpCode: {op}")

    async def _answer(self, op: Op, data: Data) -> None:
        try:
            if op is Op.BATCH:
                self._send(Op.BATCH_RESPONSE, await self._executor.batch(data))
            else:
                self._send(Op.RESPONSE, await self._executor.request(data))
        except CloseSession as end:
            await self._close(end)
        except Exception:
            # In a task nobody looks at it: the client would wait for ever.
            log.exception("the simulated OBS could not answer %s", data.get("requestType", "a batch"))
            await self._close(CloseSession(1011, "internal error"))

    def _send(self, op: Op, data: Data) -> None:
        self._queue(self.encoding.encode(op, data))

    def _queue(self, message: str | bytes) -> None:
        if self._out.qsize() >= MOST_WAITING:
            self.cut()
            return
        self._out.put_nowait(message)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._connection.send(await self._out.get())

    async def _close(self, end: CloseSession) -> None:
        reason = end.reason.encode()[:120].decode(errors="ignore")
        await self._connection.close(end.code, reason)

"""The simulated OBS as a server: one thread with an event loop, and a handle for tests and rehearsals to upset it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Any, TypeVar

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.typing import Subprotocol

from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.devices.simulated.execution import Executor, pause
from studio_console.devices.simulated.faults import Faults
from studio_console.devices.simulated.kinds import TRANSITION_KINDS
from studio_console.devices.simulated.protocol import JSON, MESSAGEPACK, Close, Data, Intent, Op
from studio_console.devices.simulated.session import Session
from studio_console.devices.simulated.world import PictureFault, Timer, World

T = TypeVar("T")

# Clients that vanish or knock with something else are everyday life to a server, not worth a line in anybody's log.
_wire = logging.getLogger(f"{__name__}.wire")
_wire.setLevel(logging.CRITICAL)

METERS_EVERY = 0.05
PATIENCE = 10.0
"""Seconds that a call into the server's thread may take."""
PORT_TAKEN = Text(
    "포트 {port}을(를) 열 수 없습니다. 다른 프로그램이 쓰고 있는지 보고, 다른 --port로 다시 실행하세요",
    "Port {port} cannot be opened: see whether another program uses it, or choose another --port",
)


class SimulatedObs:
    """An OBS that is none. ``start()`` it, connect to ``url``, ``close()`` it; or use it with ``with``.

    ``speed`` lets its clips, transitions and outputs run that many times faster. ``transitions`` are the kinds in a
    new scene collection; a fresh OBS has only cut and fade.
    """

    def __init__(
        self,
        port: int = 0,
        password: str | None = None,
        host: str = "127.0.0.1",
        canvas: tuple[int, int] = (1920, 1080),
        fps: int = 30,
        version: str = "5.1.0",
        *,
        speed: float = 1.0,
        transitions: Iterable[str] = ("cut_transition", "fade_transition"),
    ) -> None:
        self._port = port
        self._password = password
        self._host = host
        self._canvas, self._fps, self._version = canvas, fps, version
        self._speed = speed
        self._transitions = tuple(transitions)
        self._faults = Faults()
        self._sessions: set[Session] = set()
        self._thread: threading.Thread | None = None
        self._thawed = threading.Event()
        self._thawed.set()
        self._meters_run = False

    # --- life -------------------------------------------------------------------------------------------------

    def start(self) -> SimulatedObs:
        """Listen; returns when clients can connect. Raises OSError where the port cannot be had."""
        if self._thread is not None:
            return self
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="simulated-obs", daemon=True)
        self._thread.start()
        try:
            ready.result(PATIENCE)
        except BaseException:
            self._thread.join(PATIENCE)
            self._thread = None
            raise
        return self

    def close(self) -> None:
        """End it: clients hear ExitStarted and are disconnected. Returns when its thread is gone."""
        thread = self._thread
        if thread is None:
            return
        self.thaw()
        with contextlib.suppress(RuntimeError):  # its loop has ended by itself
            self._loop.call_soon_threadsafe(self._stop.set)
        thread.join(PATIENCE)
        self._thread = None

    def __enter__(self) -> SimulatedObs:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"ws://{host}:{self._port}"

    # --- seeing what goes on ----------------------------------------------------------------------------------

    @property
    def on_air(self) -> str:
        """The scene that the hall would see; not always the one that OBS says is the program."""
        return self._ask(lambda: self._world.air.on_air.name)

    @property
    def clients(self) -> int:
        return self._ask(lambda: len(self._sessions))

    def requests_seen(self) -> dict[str, int]:
        """How often each request came in, alone or in a batch."""
        return self._ask(lambda: dict(self._executor.seen))

    # --- faults -----------------------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Hang like a stopped process: connections are still accepted by the system, nothing is answered."""
        if not self._thawed.is_set():
            return
        self._thawed.clear()
        frozen = threading.Event()

        def hang() -> None:
            frozen.set()
            self._thawed.wait()

        self._loop.call_soon_threadsafe(hang)
        frozen.wait(PATIENCE)

    def thaw(self) -> None:
        self._thawed.set()

    def drop(self) -> None:
        """Cut all connections without a word; new ones are welcome."""
        self._ask(self._cut_all)

    def die(self) -> None:
        """As if OBS had crashed: connections cut, nobody listens. ``come_back`` ends it."""
        self._await(self._stop_listening)

    def come_back(self) -> None:
        """Listen again on the same port; scenes are as they were, as OBS would have loaded them."""
        self._await(self._listen)

    def kick(self, code: int = Close.KICKED) -> None:
        """Close all connections with ``code``."""

        async def kick() -> None:
            await asyncio.gather(*(session.kick(code) for session in list(self._sessions)))

        self._await(kick)

    def refuse(self, request_type: str, code: int | None, comment: str | None = None) -> None:
        """Answer every such request with ``code``; None lets it through again."""
        self._faults.refuse(request_type, code, comment)

    def delay(self, request_type: str, seconds: float) -> None:
        """Carry every such request out that much later; 0 is at once."""
        self._faults.delay(request_type, seconds)

    def stall(self, clip: str, stalled: bool = True) -> None:
        """The clip in the input of that name stands still and says that it plays."""
        self._ask(lambda: self._world.players.stall(self._world.input(clip), stalled))

    def heal(self) -> None:
        """No refusals and no delays any more."""
        self._faults.heal()

    def cut_stream(self) -> None:
        """The stream's server is gone: OBS tries again until ``mend_stream``, and starts none meanwhile."""
        self._ask(lambda: self._world.stream.cut())

    def mend_stream(self) -> None:
        self._ask(lambda: self._world.stream.mend())

    def spoil_picture(self, fault: PictureFault | None) -> None:
        """Every picture is black or stands still; None: as they are again."""

        def spoil() -> None:
            self._world.picture_fault = fault
            self._world.held.clear()

        self._ask(spoil)

    # --- what somebody at OBS's own window might do -----------------------------------------------------------

    def switch_by_hand(self, scene: str) -> None:
        """Raises Refusal where there is no such scene."""
        self._ask(lambda: self._world.air.take(self._world.scene(scene)))

    def set_studio_mode(self, on: bool) -> None:
        self._ask(lambda: self._world.air.set_studio_mode(on))

    def change_collection(self, name: str) -> None:
        """Change to the scene collection ``name``, a new one if there is none of that name."""

        def change() -> None:
            if name in self._world.collections:
                self._world.change_collection(name)
            else:
                self._world.create_collection(name)

        self._ask(change)

    # --- the server's own thread ------------------------------------------------------------------------------

    def _run(self, ready: Future[None]) -> None:
        try:
            asyncio.run(self._main(ready))
        except OSError as error:
            if ready.done():
                raise
            ready.set_exception(error)

    async def _main(self, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._world = World(
            self._canvas, self._fps, self._version, self._now, self._later, self._emit, self._transitions
        )
        self._executor = Executor(self._world, self._faults, lambda seconds: pause(seconds / self._speed))
        self._server: Server | None = None
        await self._listen()
        ready.set_result(None)
        await self._stop.wait()
        self._emit(Intent.GENERAL, "ExitStarted", None)
        await asyncio.sleep(0)  # let the sessions write it
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _listen(self) -> None:
        if self._server is not None:
            return
        # A session ends by its client; half-open ones cost nothing here, so no pings, as in OBS.
        self._server = await serve(
            self._welcome,
            self._host,
            self._port,
            select_subprotocol=_subprotocol,
            compression=None,
            ping_interval=None,
            max_size=2**26,
            close_timeout=0.5,
            logger=_wire,
        )
        self._port = next(iter(self._server.sockets)).getsockname()[1]

    async def _stop_listening(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            self._cut_all()
            server.close()
            await server.wait_closed()

    async def _welcome(self, connection: ServerConnection) -> None:
        session = Session(connection, self._executor, self._version, self._password, self._events_changed)
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.discard(session)

    def _show_meters(self) -> None:
        """Tell the levels 20 times a second, for as long as somebody wants them."""
        self._meters_run = any(session.wants(Intent.INPUT_VOLUME_METERS) for session in self._sessions)
        if self._meters_run:
            about = {"inputs": self._world.players.levels()}
            self._emit(Intent.INPUT_VOLUME_METERS, "InputVolumeMeters", about)
            self._loop.call_later(METERS_EVERY, self._show_meters)

    def _events_changed(self) -> None:
        if not self._meters_run:
            self._show_meters()

    def _cut_all(self) -> None:
        for session in list(self._sessions):
            session.cut()

    def _now(self) -> float:
        return self._loop.time() * self._speed

    def _later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        return self._loop.call_later(seconds / self._speed, callback)

    def _emit(self, intent: Intent, event: str, data: Data | None) -> None:
        about: Data = {"eventType": event, "eventIntent": int(intent)}
        if data is not None:
            about["eventData"] = data
        messages = {}  # each event is encoded once for all that want it
        for session in self._sessions:
            if session.wants(intent):
                if session.encoding not in messages:
                    messages[session.encoding] = session.encoding.encode(Op.EVENT, about)
                session.tell(messages[session.encoding])

    def _ask(self, question: Callable[[], T]) -> T:
        """Run ``question`` in the server's thread. RuntimeError while it is frozen or closed."""

        async def answer() -> T:
            return question()

        return self._await(answer)

    def _await(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        if self._thread is None or not self._thawed.is_set():
            raise RuntimeError("the simulated OBS is frozen or closed")
        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(PATIENCE)


def _subprotocol(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """One of the two that OBS knows; a client that offers neither gets JSON all the same."""
    return next((name for name in offered if name in (JSON.subprotocol, MESSAGEPACK.subprotocol)), None)


def run_forever(
    port: int, password: str | None, canvas: tuple[int, int], ready: Callable[[SimulatedObs], None]
) -> None:
    """Serve until interrupted by the keyboard, with a transition of every kind. ``ready`` is called when it listens.

    Raises UserError if the port is taken.
    """
    server = SimulatedObs(port, password, canvas=canvas, transitions=TRANSITION_KINDS)
    try:
        server.start()
    except OSError:
        raise UserError(PORT_TAKEN, port=port) from None
    ready(server)
    idle = threading.Event()
    try:
        while not idle.wait(1.0):  # without a limit Windows would not hear Ctrl+C
            pass
    except KeyboardInterrupt:
        pass
    finally:
        server.close()

"""One connection to one OBS, on obs-websocket-py with what a live console needs added to it.

The receiver thread does three things and no more: it hands answers to whoever waits, puts events in an inbox, and
notices silence. It never runs the show's code, and nothing that arrives can end it but the end of the link.
"""

from __future__ import annotations

import json
import logging
import queue
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import websocket
from obswebsocket import base_classes, events, obsws

from studio_console.core.obs_address import DEFAULT_PORT
from studio_console.devices.obs.messages import Execution, ObsError, ObsEvent, ObsTimeout, Outcome, Reply, Request
from studio_console.devices.obs.trouble import CLOSE_CODES, LinkDown, Trouble, obs_runs_here

LOG = logging.getLogger(__name__)

LOW_VOLUME_EVENTS = 2047
"""Every event but meters, active and show states and transforms; includes Ui, which tells of studio mode."""

TRANSFORM_EVENTS = 1 << 19
"""Told besides where items moved by hand have to be noticed."""
CONFIG_EVENTS = 1 << 1
"""What every link has to hear, to hold its requests while the scene collection changes."""

CONNECT_TIMEOUT = 1.5
REQUEST_TIMEOUT = 2.0
TICK = 0.2
PING_EVERY = 0.4
SILENCE_LIMIT = 1.2
"""Seconds without a sign of life after a ping: with PING_EVERY and TICK a dead link is known within 1.8 s."""
PROBE_EVERY = 0.5
PROBE_LIMIT = 2.5
"""Seconds an OBS whose network thread still answers pings may leave the smallest request unanswered."""
SETTLE = 0.5
"""Seconds after a change of the scene collection in which requests are still held."""


class _Secret(str):
    """A password that does not show itself where objects are printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


class _Waiting(NamedTuple):
    name: str
    until: float
    timeout: float
    done: Callable[[Outcome], None]


def parse_url(url: str) -> tuple[str, int]:
    """Host and port of ``ws://host:port``. Raises LinkDown(BAD_ADDRESS)."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORT
    except ValueError:
        raise LinkDown(Trouble.BAD_ADDRESS, "?") from None
    if parts.scheme != "ws" or not parts.hostname or parts.username or parts.password:
        raise LinkDown(Trouble.BAD_ADDRESS, parts.hostname or "?")
    return parts.hostname, port


class ObsLink(obsws):  # type: ignore[misc]
    """A connection that is up from ``connect()`` until it is lost once; a new try is a new object.

    ``inbox`` gets every event and ``on_lost`` the reason, once; both are called in the receiver thread, must return
    at once and must not call back into the link. ``probe`` also watches that OBS still answers requests.
    """

    ws: Any  # the package leaves its attributes untyped

    def __init__(
        self,
        url: str,
        password: str | None = None,
        *,
        events: int = LOW_VOLUME_EVENTS,
        timeout: float = REQUEST_TIMEOUT,
        inbox: Callable[[ObsEvent], None] | None = None,
        on_lost: Callable[[LinkDown], None] | None = None,
        probe: bool = True,
    ) -> None:
        host, port = parse_url(url)
        super().__init__(host, port, _Secret(password or ""), legacy=False, timeout=timeout)
        self.address = f"{host}:{port}" if ":" not in host else f"[{host}]:{port}"
        self.mask = events
        self.close_code: int | None = None
        self.down: LinkDown | None = None
        """Why the link is gone; None while it is up or before it was."""
        self.inbox = inbox
        self._on_lost = on_lost
        self._probe = probe
        self._id_lock = threading.Lock()
        self._waiting: dict[str, _Waiting] = {}
        self._identified: queue.SimpleQueue[LinkDown | None] = queue.SimpleQueue()
        self._closing = False
        self._life = threading.Lock()
        """Held while the receiver is started: a link that is closed meanwhile must not leave it behind."""
        self._free = threading.Event()
        """Clear while the scene collection changes: a request then can crash OBS."""
        self._free.set()
        self._free_at = 0.0

    def __repr__(self) -> str:
        return f"<ObsLink {self.address} {'up' if self.up else 'down'}>"

    @property
    def is_local(self) -> bool:
        """Whether the OBS runs on this machine."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    @property
    def up(self) -> bool:
        return self.thread_recv is not None and self.down is None

    # --- coming up and going down -------------------------------------------------------------------------------

    def connect(self) -> None:
        """Connects and identifies. Raises LinkDown, with everything closed again."""
        if self.ws is not None:
            raise RuntimeError("a link is used once; make a new one")
        try:
            sock = socket.create_connection((self.host, self.port), CONNECT_TIMEOUT)
        except socket.gaierror as error:
            raise LinkDown(Trouble.UNKNOWN_HOST, self.address) from error
        except ConnectionRefusedError as error:
            trouble = Trouble.NO_SOCKET if self.is_local and obs_runs_here() else Trouble.REFUSED
            raise LinkDown(trouble, self.address) from error
        except (OSError, UnicodeError) as error:
            raise LinkDown(Trouble.UNREACHABLE, self.address) from error
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(CONNECT_TIMEOUT)
        self.ws = websocket.WebSocket(skip_utf8_validation=True)
        try:
            if self._closing:
                raise LinkDown(Trouble.CLOSED, self.address)
            self._handshake(sock)
            sock.settimeout(TICK)
        except BaseException:
            sock.close()
            raise
        with self._life:
            if self._closing:
                sock.close()
                raise LinkDown(Trouble.CLOSED, self.address)
            self.thread_recv = threading.Thread(target=self._receive, name=f"obs {self.address} receiver", daemon=True)
            self.thread_recv.start()

    def _handshake(self, sock: socket.socket) -> None:
        try:
            self.ws.connect(f"ws://{self.address}", socket=sock, timeout=CONNECT_TIMEOUT)
            hello = self._next_message(Trouble.NOT_OBS)
            asked = hello.get("authentication")
            identify: dict[str, Any] = {"rpcVersion": 1, "eventSubscriptions": self.mask}
            if asked:
                if not self.password:
                    raise LinkDown(Trouble.PASSWORD_NEEDED, self.address)
                identify["authentication"] = self._build_auth_string(asked["salt"], asked["challenge"])
            self.server_version = hello.get("obsWebSocketVersion")
            self._send(1, identify)
            if self._next_message(Trouble.CLOSED, op=2).get("negotiatedRpcVersion") != 1:
                raise LinkDown(Trouble.OTHER_PROTOCOL, self.address)
        except websocket.WebSocketTimeoutException as error:
            raise LinkDown(Trouble.NO_HELLO, self.address) from error
        except (websocket.WebSocketBadStatusException, ValueError, KeyError, TypeError) as error:
            raise LinkDown(Trouble.NOT_OBS, self.address) from error
        except websocket.WebSocketConnectionClosedException as error:
            raise LinkDown(Trouble.CLOSED, self.address) from error
        except websocket.WebSocketException as error:
            raise LinkDown(Trouble.NOT_OBS, self.address) from error
        except OSError as error:
            raise LinkDown(Trouble.CLOSED, self.address) from error

    def _next_message(self, otherwise: Trouble, op: int = 0) -> dict[str, Any]:
        opcode, frame = self.ws.recv_data_frame()
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            self.close_code = _close_code(frame.data)
            trouble = CLOSE_CODES.get(self.close_code or 0, otherwise)
            raise LinkDown(trouble, self.address, self.close_code)
        message = json.loads(frame.data)
        if message["op"] != op:
            raise LinkDown(otherwise, self.address)
        data: dict[str, Any] = message["d"]
        return data

    def disconnect(self) -> None:
        """Says goodbye and ends the receiver; returns when it is gone. Safe from any thread but the receiver."""
        with self._life:
            self._closing = True
        if self.ws is None:
            return
        if self.up:
            try:
                self.ws.send(struct.pack("!H", 1000), websocket.ABNF.OPCODE_CLOSE)
            except (websocket.WebSocketException, OSError):
                LOG.debug("%s: no goodbye, the link is down already", self.address)
        receiver = self.thread_recv
        if receiver is None:
            self._cut()  # whoever is in the middle of the handshake is not to wait for its end
        elif receiver is not threading.current_thread():
            receiver.join(0.3)
            self._cut()
            receiver.join()

    close = disconnect

    def _cut(self) -> None:
        sock = self.ws.sock if self.ws is not None else None
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                LOG.debug("%s: already cut", self.address)

    # --- asking -------------------------------------------------------------------------------------------------

    def call(
        self,
        request: str | base_classes.Baserequests,
        data: Mapping[str, Any] | None = None,
        timeout: float | None = None,
    ) -> Any:
        """OBS's answer to one request, as a dict. Raises ObsError, ObsTimeout or LinkDown.

        Waits while OBS changes its scene collection. A request object of obs-websocket-py is filled in and returned.
        """
        if isinstance(request, base_classes.Baserequests):
            request.input(self.call(request.name, request.data(), timeout), True)
            return request
        (reply,) = self._wait([Request(request, data or {})], None, timeout)
        if not reply.ok:
            raise ObsError(reply.code, reply.comment, request)
        return dict(reply.data)

    def batch(
        self,
        requests: Sequence[Request],
        execution: Execution = Execution.SERIAL_REALTIME,
        timeout: float | None = None,
    ) -> tuple[Reply, ...]:
        """The answers to ``requests``, in their order; the failed ones too. Raises ObsTimeout or LinkDown."""
        return self._wait(requests, execution, timeout) if requests else ()

    def _wait(
        self, requests: Sequence[Request], execution: Execution | None, timeout: float | None
    ) -> tuple[Reply, ...]:
        if threading.current_thread() is self.thread_recv:
            raise RuntimeError("a call from the receiver thread would wait for itself")
        seconds = self.timeout if timeout is None else timeout
        until = time.monotonic() + seconds
        while self.holding:
            if self.down is not None:
                raise self.down
            if time.monotonic() >= until:
                raise ObsTimeout(requests[0].type, seconds)
            if self._free.wait(0.1):
                time.sleep(max(0.0, min(self._free_at, until) - time.monotonic()))
        box: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._submit(requests, execution, seconds, box.put)
        outcome = box.get()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def send(
        self,
        requests: Sequence[Request],
        done: Callable[[Outcome], None],
        execution: Execution | None = None,
        timeout: float | None = None,
    ) -> None:
        """Sends at once and does not wait: one request, or a batch where ``execution`` is given.

        ``done`` gets the outcome exactly once, in the receiver thread or in this one if the link is down. The caller
        looks at ``holding``: this method does not wait for it.
        """
        self._submit(requests, execution, self.timeout if timeout is None else timeout, done)

    @property
    def holding(self) -> bool:
        """True while the scene collection changes, and shortly after."""
        return not self._free.is_set() or time.monotonic() < self._free_at

    def subscribe(self, mask: int) -> None:
        """Changes which events OBS sends (Reidentify). Raises ObsTimeout or LinkDown."""
        if self.down is not None:
            raise self.down
        self._send_or_cut(3, {"eventSubscriptions": mask})
        try:
            outcome = self._identified.get(timeout=self.timeout)
        except queue.Empty:
            raise ObsTimeout("Reidentify", self.timeout) from None
        if outcome is not None:
            raise outcome
        self.mask = mask

    def _submit(
        self, requests: Sequence[Request], execution: Execution | None, timeout: float, done: Callable[[Outcome], None]
    ) -> None:
        with self._id_lock:
            number = str(self.id)
            self.id += 1
        name = requests[0].type if len(requests) == 1 else f"batch of {len(requests)}"
        self._waiting[number] = _Waiting(name, time.monotonic() + timeout, timeout, done)
        if execution is None:
            (request,) = requests
            body: dict[str, Any] = {"requestType": request.type, "requestId": number, "requestData": request.data}
            self._send_or_cut(6, body)
        else:
            listed = [{"requestType": request.type, "requestData": request.data} for request in requests]
            body = {"requestId": number, "haltOnFailure": False, "executionType": int(execution), "requests": listed}
            self._send_or_cut(8, body)
        # The link may have gone down between the entry above and the sweep that fails the waiting ones.
        if self.down is not None:
            self._answer(number, self.down)

    def _send(self, op: int, body: Mapping[str, Any]) -> None:
        self.ws.send(json.dumps({"op": op, "d": body}, separators=(",", ":")))

    def _send_or_cut(self, op: int, body: Mapping[str, Any]) -> None:
        """A frame that went out in part leaves the stream useless: the link then ends."""
        try:
            self._send(op, body)
        except (websocket.WebSocketException, OSError, AttributeError):
            self._cut()

    def _answer(self, number: str, outcome: Outcome) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is not None:
            self._guarded(waiting.done, outcome)

    # --- the receiver -------------------------------------------------------------------------------------------

    def _receive(self) -> None:
        down = LinkDown(Trouble.CLOSED, self.address)
        try:
            down = self._receive_until_down()
        except (websocket.WebSocketException, OSError) as error:
            LOG.info("%s: link lost (%s)", self.address, type(error).__name__)
        except Exception:
            # Whoever waits for an answer, or for the link to come back, has to be told all the same.
            LOG.exception("%s: the receiver failed; the link is given up", self.address)
        finally:
            self.down = down
            self.ws.shutdown()
            self._free.set()
            self._identified.put(down)
            for number in list(self._waiting):
                self._answer(number, down)
            if self._on_lost is not None and not self._closing:
                self._guarded(self._on_lost, down)

    def _receive_until_down(self) -> LinkDown:
        watch = _Watch(time.monotonic())
        while True:
            try:
                opcode, frame = self.ws.recv_data_frame(True)
            except websocket.WebSocketTimeoutException:
                if self._quiet(watch):
                    return LinkDown(Trouble.SILENT, self.address)
                continue
            now = time.monotonic()
            watch.asked_at = None
            if opcode == websocket.ABNF.OPCODE_TEXT:
                self._take_in(frame.data, watch)
            elif opcode == websocket.ABNF.OPCODE_CLOSE:
                self.close_code = _close_code(frame.data)
                return LinkDown(CLOSE_CODES.get(self.close_code or 0, Trouble.CLOSED), self.address, self.close_code)
            if now - watch.looked_at > TICK and self._look_after(watch, now):
                return LinkDown(Trouble.SILENT, self.address)

    def _quiet(self, watch: _Watch) -> bool:
        """Nothing came for a tick. Silence counts only here, so that a console that slept reads first, then judges."""
        now = time.monotonic()
        if watch.asked_at is not None and now - watch.asked_at > SILENCE_LIMIT:
            return True
        return self._look_after(watch, now)

    def _look_after(self, watch: _Watch, now: float) -> bool:
        """Timeouts, pings and the probe; True if OBS lives but has stopped to answer requests."""
        watch.looked_at = now
        for number, waiting in list(self._waiting.items()):
            if waiting.until <= now:
                watch.deaf = watch.deaf or watch.answered_at < waiting.until - waiting.timeout
                self._answer(number, ObsTimeout(waiting.name, waiting.timeout))
        if now - watch.pinged_at >= PING_EVERY:
            watch.pinged_at = now
            watch.asked_at = watch.asked_at or now
            self.ws.ping()
        if self.holding or (self._waiting and not watch.deaf) or not self._probe:
            # Who waits has a timeout of their own, and long work may keep OBS from answering anything else. But where
            # requests run out one after another and none is answered, somebody always waits.
            watch.probe_sent = None
            watch.probed_at = now
        elif watch.probe_sent is not None:
            return now - watch.probe_sent > PROBE_LIMIT
        elif now - watch.probed_at >= PROBE_EVERY:
            watch.probe_sent = watch.probed_at = now
            self._send(6, {"requestType": "GetStudioModeEnabled", "requestId": "probe"})
        return False

    def _take_in(self, text: bytes, watch: _Watch) -> None:
        try:
            message = json.loads(text)
            op, body = message["op"], message["d"]
            if op == 5:
                self._take_event(ObsEvent(body["eventType"], body.get("eventData") or {}))
            elif op in (7, 9):
                watch.answered_at, watch.deaf = time.monotonic(), False
            if op == 7:
                if body["requestId"] == "probe":
                    watch.probe_sent = None
                else:
                    self._answer(body["requestId"], (_reply(body),))
            elif op == 9:
                self._answer(body["requestId"], tuple(_reply(result) for result in body["results"]))
            elif op == 2:
                self._identified.put(None)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            LOG.warning("%s: a message that makes no sense was dropped (%s)", self.address, type(error).__name__)

    def _take_event(self, event: ObsEvent) -> None:
        if event.name == "CurrentSceneCollectionChanging":
            self._free.clear()
        elif event.name == "CurrentSceneCollectionChanged":
            self._free_at = time.monotonic() + SETTLE
            self._free.set()
        if self.inbox is not None:
            self._guarded(self.inbox, event)
        if self.eventmanager.functions:
            self._guarded(self.eventmanager.trigger, _packaged(event))

    def _guarded(self, function: Callable[[Any], None], value: object) -> None:
        """Calls back; what breaks there must not end the link for everyone else."""
        try:
            function(value)
        except Exception:
            LOG.exception("%s: a callback failed; the link goes on", self.address)


@dataclass(slots=True)
class _Watch:
    """What the receiver remembers to notice silence; times are monotonic seconds."""

    looked_at: float
    pinged_at: float = 0.0
    asked_at: float | None = None
    """The first ping since the last sign of life."""
    probed_at: float = 0.0
    probe_sent: float | None = None
    answered_at: float = 0.0
    deaf: bool = False
    """A request ran out, and since it was sent nothing was answered."""


def _close_code(data: bytes) -> int | None:
    return struct.unpack("!H", data[:2])[0] if len(data) >= 2 else None


def _reply(body: Mapping[str, Any]) -> Reply:
    status = body["requestStatus"]
    return Reply(body["requestType"], status["code"], status.get("comment") or "", body.get("responseData") or {})


def _packaged(event: ObsEvent) -> object:
    """The event as obs-websocket-py's ``register`` hands it out."""
    made = getattr(events, event.name)()
    made.input(dict(event.data))
    return made

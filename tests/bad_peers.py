"""Peers that are worse than none, on loopback: they are silent, hang up, refuse, or send what is no stream."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.ports import free_udp_port

PACKET = 1316
"""Bytes: seven packets of a transport stream, as senders put them into one datagram."""
PAUSE = 0.01
"""Seconds between two portions of garbage: about 1 Mb/s."""


@dataclass(slots=True)
class Peer:
    """Where it is, and how often somebody came."""

    port: int
    visits: int = 0

    def url(self, scheme: str) -> str:
        return f"{scheme}://127.0.0.1:{self.port}" + ("/live" if scheme == "rtmp" else "")


@contextlib.contextmanager
def silent_peer() -> Iterator[Peer]:
    """Takes every connection and never says a word."""
    with _listening() as socket_:
        yield Peer(socket_.getsockname()[1])


@contextlib.contextmanager
def silent_udp_peer() -> Iterator[Peer]:
    """Has the port, as an SRT listener would, and never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as socket_:
        socket_.bind(("127.0.0.1", 0))
        yield Peer(socket_.getsockname()[1])


@contextlib.contextmanager
def refusing_peer() -> Iterator[Peer]:
    """Holds the port, so that nobody else gets it, and refuses every connection."""
    with socket.socket() as socket_:
        socket_.bind(("127.0.0.1", 0))
        yield Peer(socket_.getsockname()[1])


@contextlib.contextmanager
def hanging_up_peer() -> Iterator[Peer]:
    """Takes a connection and ends it at once."""
    with _answering(lambda connection, over: None) as peer:
        yield peer


@contextlib.contextmanager
def garbage_peer(hello: bytes = b"") -> Iterator[Peer]:
    """Says ``hello`` and then sends what is no stream, on and on."""

    def send(connection: socket.socket, over: threading.Event) -> None:
        chance = random.Random(1)
        connection.sendall(hello)
        while not over.wait(PAUSE):
            connection.sendall(chance.randbytes(PACKET))

    with _answering(send) as peer:
        yield peer


@contextlib.contextmanager
def garbage_http_peer() -> Iterator[Peer]:
    """A web server that says it has a transport stream, and has none."""
    with garbage_peer(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n") as peer:
        yield peer


@contextlib.contextmanager
def garbage_over_udp(like_a_stream: bool = False) -> Iterator[Peer]:
    """Sends it to a port. ``like_a_stream``: every packet begins as one of a transport stream does."""
    over = threading.Event()
    peer = Peer(free_udp_port())

    def send() -> None:
        chance = random.Random(1)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            while not over.wait(PAUSE):
                words = bytearray(chance.randbytes(PACKET))
                if like_a_stream:
                    words[::188] = b"\x47" * (PACKET // 188)
                with contextlib.suppress(OSError):  # told that nobody listens
                    out.sendto(words, ("127.0.0.1", peer.port))

    thread = threading.Thread(target=send, name="garbage over UDP")
    thread.start()
    try:
        yield peer
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server


@contextlib.contextmanager
def _answering(answer: Callable[[socket.socket, threading.Event], None]) -> Iterator[Peer]:
    """Every connection gets a thread with ``answer`` and is closed after it."""
    over = threading.Event()
    threads: list[threading.Thread] = []

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(1)
            answer(connection, over)

    def accept() -> None:
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = server.accept()
                peer.visits += 1
                threads.append(threading.Thread(target=serve, args=(connection,), name="bad peer"))
                threads[-1].start()

    with _listening() as server:
        server.settimeout(0.1)
        peer = Peer(server.getsockname()[1])
        accepting = threading.Thread(target=accept, name="bad peer accepts")
        accepting.start()
        try:
            yield peer
        finally:
            over.set()
            accepting.join()
            for thread in threads:
                thread.join()

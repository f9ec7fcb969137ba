"""One desk an event and mode on a machine: another command asks it for a window instead of starting a second one.

The line between them is a local socket that the same user alone can connect to. A request and its answer are one line
of JSON each.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

PATIENCE = 10_000
"""ms for an answer: a desk that is just starting may take a while."""
LONGEST = 4096
"""Bytes of a request; more is nobody of ours."""
Answer = dict[str, Any]


def line_name(journal: Path, mode: str) -> str:
    """The name of the line to the desk whose journals lie where ``journal`` does, whatever the day."""
    where = f"{os.path.normcase(journal.parent.resolve())} {mode}"
    mark = hashlib.sha256(where.encode(errors="surrogateescape")).hexdigest()[:16]
    name = f"studio-console-{mark}"
    if sys.platform == "win32":
        return name  # a named pipe, of this user's session
    # The user's own folder, where nobody else can put a socket of that name. A path of a socket is short.
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = own if own and len(own) < 60 and Path(own).is_dir() else tempfile.gettempdir()
    return str(Path(folder) / (name if folder == own else f"{name}-{os.getuid()}"))


class DeskLine(QObject):
    """The running desk's end of the line. Lives in the main thread."""

    def __init__(self, name: str, answer: Callable[[Answer], Answer], parent: QObject | None = None) -> None:
        """``answer`` does what a request asks for and says what came of it."""
        super().__init__(parent)
        self._answer = answer
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        self._name = name

    def listen(self) -> bool:
        """False where another desk of this event and mode, on another day, is listening already."""
        if self._server.listen(self._name):
            return True
        if ask(self._name, {}, patience=1_000) is not None:
            log.info("another desk of this event answers at %s", self._name)
            return False
        # What a killed desk left behind.
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        self._server.close()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            self._serve(socket)

    def _read(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._serve(socket)

    def _serve(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                socket.abort()
            return
        request = _decoded(bytes(socket.readLine(LONGEST).data()))
        answer = self._answer(request) if request is not None else {"ok": False}
        socket.write(_encoded(answer))
        socket.flush()
        socket.disconnectFromServer()


def ask(name: str, request: Answer, patience: int = PATIENCE) -> Answer | None:
    """What the desk at the other end says to ``request``; None where there is none, or it says nothing in time (ms)."""
    socket = QLocalSocket()
    with contextlib.closing(socket):
        socket.connectToServer(name)
        if not socket.waitForConnected(patience):
            return None
        socket.write(_encoded(request))
        socket.waitForBytesWritten(patience)
        while not socket.canReadLine():
            if not socket.waitForReadyRead(patience):
                return None
        return _decoded(bytes(socket.readLine(LONGEST).data()))


def _encoded(words: Answer) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode() + b"\n"


def _decoded(line: bytes) -> Answer | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None

"""An RTMP server on loopback, for an OBS to stream to: nginx with its own settings, folder and port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from types import TracebackType

import pytest

from tests.ports import free_port
from tests.waiting import wait_until

MODULE = "ngx_rtmp_module.so"
FOLDERS = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))


class RtmpServer:
    """Takes whatever is published under ``url`` and throws it away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._nginx: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "nginx.conf").write_text(_settings(folder, self.port), "utf-8")

    @property
    def url(self) -> str:
        return f"rtmp://127.0.0.1:{self.port}/live"

    def start(self) -> None:
        command = [_nginx(), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "errors.log"]
        with (self.folder / "nginx.out").open("wb") as out:
            self._nginx = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        wait_until(self._listens, lambda: (self.folder / "nginx.out").read_text("utf-8"))

    def cut(self) -> None:
        """As a pulled cable at the far end: connections are gone, nobody listens."""
        nginx, self._nginx = self._nginx, None
        if nginx is not None:
            nginx.send_signal(signal.SIGKILL)
            nginx.wait(10)

    def __enter__(self) -> RtmpServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()

    def _listens(self) -> bool:
        assert self._nginx is not None
        assert self._nginx.poll() is None, (self.folder / "nginx.out").read_text("utf-8")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _nginx() -> str:
    return shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))) or ""


def _module() -> Path | None:
    return next((folder / MODULE for folder in FOLDERS if (folder / MODULE).is_file()), None)


def require_rtmp() -> None:
    """Skip the test where nginx or its RTMP module is missing; with ``CI=true`` fail instead."""
    if _nginx() and _module() is not None:
        return
    message = "needs nginx with its RTMP module"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)


def _settings(folder: Path, port: int) -> str:
    """One process and no master: what is started is what is ended."""
    return f"""
load_module {_module()};
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/errors.log;
events {{ worker_connections 64; }}
rtmp {{
  server {{
    listen 127.0.0.1:{port};
    application live {{ live on; record off; }}
  }}
}}
"""

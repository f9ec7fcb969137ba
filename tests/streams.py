"""Guests' streams as they come over a network: ffmpeg sends small clips over loopback, in every protocol.

A clip is encoded once and then sent without encoding, so that a sender costs next to nothing. A ``Sender`` can be
frozen, killed and started again on the same port; ``many_over_udp`` feeds any number of ports from one process. Peers
that do worse than send nothing are in ``bad_peers.py``.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType

import psutil
import pytest

from tests.ports import free_port, free_udp_port

WIDTH, HEIGHT, RATE = 640, 360, 25
READY_WITHIN = 10.0
"""Seconds until a sender has its port."""
BOUND = 45 * 60
"""Seconds after which a sender ends by itself, should nobody end it."""


# --- what is sent ----------------------------------------------------------------------------------------------

# About 900 kb/s with B-frames. A keyframe twice a second, as encoders that talk to a studio are set: whoever joins a
# stream in its middle has to wait for one. Where the picture needs less it gets less: an encoder that is told to fill
# its line goes on polishing a picture that stands, and no two are the same.
_ENCODED = (
    *("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "12", "-keyint_min", "12", "-pix_fmt", "yuv420p"),
    *("-crf", "26", "-maxrate", "900k", "-bufsize", "900k", "-c:a", "aac", "-b:a", "96k", "-ar", "48000"),
)
_OPEN = (
    *("-x264-params", "open-gop=1:scenecut=0:bframes=8:b-adapt=0:keyint=50:min-keyint=50"),
    *("-bsf:v", "filter_units=remove_types=6"),
)
"""Without the messages that tell a decoder where such a group begins: not every encoder sends them."""
_AT_ONCE = ("-c", "copy", "-muxdelay", "0", "-muxpreload", "0")
"""Without encoding, and to be shown when it arrives; ffmpeg would else have a player hold every picture for 0.7 s."""
_GRAIN = "noise=alls=6:allf=t"
"""What a camera's sensor adds: without it, a test picture is far too easy to encode and to decode."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip of ``seconds``, as ffmpeg's filters draw it: sources of picture and sound, then a graph for each."""

    seconds: int
    picture: str
    sound: str | None = "sine=f=440:r=48000"
    sizes: tuple[tuple[int, int], ...] = ((WIDTH, HEIGHT),)
    """Of one size, or of several one after the other, in px."""
    open_groups: bool = False
    """Pictures just before a keyframe are made of the group before, as broadcast encoders have it: whoever joins
    at that keyframe cannot have them."""

    @property
    def path(self) -> Path:
        """Its file; encoded on first use, and kept in the temporary folder for the next run."""
        require_ffmpeg()
        return _encoded(self)


def moving(seconds: int = 8) -> Clip:
    """A test picture with everything in it that moves."""
    return Clip(seconds, f"testsrc2=s={WIDTH}x{HEIGHT}:r={RATE},{_GRAIN}")


def plain(colour: int, seconds: int = 4) -> Clip:
    """A ground of one colour, 0xRRGGBB, on which a small square wanders: its mean is known, and it does not freeze."""
    square = f"color=white:s=40x40:r={RATE}[square]"
    ground = f"color=0x{colour:06x}:s={WIDTH}x{HEIGHT}:r={RATE}[ground]"
    return Clip(seconds, f"{square};{ground};[ground][square]overlay=x=mod(t*280\\,560):y=mod(t*160\\,320):eval=frame")


def open_groups(colour: int) -> Clip:
    return replace(plain(colour), open_groups=True)


def then_frozen(move: int = 4, stand: int = 4) -> Clip:
    """Moves for ``move`` s and stands for ``stand`` s, encoded: the bytes go on, as those of a camera that hangs."""
    picture = f"{moving().picture},trim=end={move},tpad=stop_mode=clone:stop_duration={stand}"
    return Clip(move + stand, picture)


def then_black(move: int = 4, dark: int = 4) -> Clip:
    black = f"drawbox=color=black:t=fill:enable=gte(t\\,{move})"
    return Clip(move + dark, f"{moving().picture},{black}")


def then_mute(speak: int = 3, mute: int = 5) -> Clip:
    return Clip(speak + mute, moving().picture, f"sine=f=440:r=48000,volume=0:enable=gte(t\\,{speak})")


def of_sizes(*sizes: tuple[int, int]) -> Clip:
    """2 s of each size, in one stream."""
    return Clip(2, moving().picture, sizes=sizes)


MOVING = moving()


def require_ffmpeg() -> None:
    """Skip the test where ffmpeg is missing; with ``CI=true`` fail instead."""
    if shutil.which("ffmpeg") is None:
        message = "needs ffmpeg to send streams"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)


def _encoded(clip: Clip) -> Path:
    """The file of ``clip``. Its name tells all that it was made from, so what is there is never another one."""
    key = hashlib.sha256(repr((clip, _ENCODED, _OPEN)).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"studio-console-clips-{getattr(os, 'getuid', lambda: 0)()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{key}.ts"
    if not path.is_file():
        with tempfile.TemporaryDirectory(dir=folder) as name:
            parts = [_encode(clip, size, Path(name) / f"{number}.ts") for number, size in enumerate(clip.sizes)]
            made = parts[0] if len(parts) == 1 else _joined(parts, Path(name))
            made.replace(path)
    return path


def _encode(clip: Clip, size: tuple[int, int], path: Path) -> Path:
    picture = f"{clip.picture},scale={size[0]}:{size[1]}"
    sources = ["-f", "lavfi", "-i", picture]
    if clip.sound is not None:
        sources += ["-f", "lavfi", "-i", clip.sound]
    _ffmpeg(*sources, "-t", str(clip.seconds), *_ENCODED, *(_OPEN if clip.open_groups else ()), str(path))
    return path


def _joined(parts: Sequence[Path], folder: Path) -> Path:
    listed = folder / "parts.txt"
    listed.write_text("".join(f"file '{part}'\n" for part in parts), "utf-8")
    path = folder / "joined.ts"
    _ffmpeg("-f", "concat", "-safe", "0", "-i", str(listed), "-c", "copy", str(path))
    return path


def _ffmpeg(*arguments: str) -> None:
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"ffmpeg {' '.join(arguments)}: {done.stderr}"


# --- who sends it ----------------------------------------------------------------------------------------------


class Way(StrEnum):
    UDP = "udp"
    SRT = "srt"
    RTMP = "rtmp"
    HTTP = "http"
    TCP = "tcp"

    @property
    def waits(self) -> bool:
        """It listens and sends to who connects; UDP sends, whether somebody listens or not."""
        return self is not Way.UDP


_TARGETS = {
    Way.UDP: ("-f", "mpegts", "udp://127.0.0.1:{port}?pkt_size=1316"),
    Way.SRT: ("-f", "mpegts", "srt://127.0.0.1:{port}?mode=listener"),
    Way.RTMP: ("-f", "flv", "-listen", "1", "rtmp://127.0.0.1:{port}/live"),
    Way.HTTP: ("-f", "mpegts", "-listen", "1", "http://127.0.0.1:{port}"),
    Way.TCP: ("-f", "mpegts", "tcp://127.0.0.1:{port}?listen=1"),
}
_ADDRESSES = {
    Way.UDP: "udp://@127.0.0.1:{port}",
    Way.SRT: "srt://127.0.0.1:{port}",
    Way.RTMP: "rtmp://127.0.0.1:{port}/live",
    Way.HTTP: "http://127.0.0.1:{port}",
    Way.TCP: "tcp://127.0.0.1:{port}",
}


class Sender:
    """One guest's encoder, round and round. It listens again after a player has left, as encoders do.

    Use it with ``with``: it is ready then, and gone afterwards.
    """

    def __init__(self, way: Way, clip: Clip = MOVING, port: int | None = None) -> None:
        self.way = way
        self.port = port or (free_port() if way in (Way.RTMP, Way.HTTP, Way.TCP) else free_udp_port())
        self.url = _ADDRESSES[way].format(port=self.port)
        self.starts = 0
        self._target = [word.format(port=self.port) for word in _TARGETS[way]]
        self._clip = clip
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted = False
        self._lock = threading.Lock()
        self._keeper: threading.Thread | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the sender was not started"
        return self._process.pid

    def start(self, clip: Clip | None = None) -> Sender:
        """Sends, ``clip`` from now on if one is given; returns when a player can connect. Again after ``kill``."""
        self._clip = clip or self._clip
        file = self._clip.path
        atexit.register(self.close)
        self._wanted = True
        self._spawn(file)
        self._keeper = threading.Thread(target=self._keep, args=(file,), name=f"sender {self.url}")
        self._keeper.start()
        self._wait_until_ready()
        return self

    def kill(self) -> None:
        """Gone at once and without a word, as when the guest's network or power goes."""
        self._wanted = False
        with self._lock:
            if self._process is not None:
                self._process.kill()
        if self._keeper is not None:
            self._keeper.join()
            self._keeper = None

    def freeze(self) -> None:
        """Its connections stay, and nothing comes any more."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def close(self) -> None:
        atexit.unregister(self.close)
        self.kill()

    def __enter__(self) -> Sender:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _spawn(self, file: Path) -> None:
        with self._lock:
            if self._wanted:
                self._process = _send(file, self._target)
                self.starts += 1

    def _keep(self, file: Path) -> None:
        pause = threading.Event()
        while self._wanted:
            assert self._process is not None
            self._process.wait()
            if self._wanted:
                pause.wait(0.02)  # it may end because of its port: not as fast as the processor can
                self._spawn(file)
        assert self._process is not None
        self._process.wait()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        pause = threading.Event()
        while self.way.waits and not self._listens():
            assert time.monotonic() < deadline, f"the sender of {self.url} did not listen"
            pause.wait(0.01)

    def _listens(self) -> bool:
        try:
            found = psutil.Process(self.pid).net_connections("inet4")
        except psutil.Error:
            return False
        return any(found.laddr and found.laddr.port == self.port for found in found)


@contextlib.contextmanager
def many_over_udp(ports: Sequence[int], clip: Clip = MOVING) -> Iterator[psutil.Process]:
    """One process that sends ``clip`` to every port of this machine at once; whoever cannot hear it disturbs nobody."""
    outputs = "|".join(f"[f=mpegts:onfail=ignore]udp://127.0.0.1:{port}?pkt_size=1316" for port in ports)
    process = _send(clip.path, ["-map", "0", "-f", "tee", outputs])
    atexit.register(process.kill)
    try:
        yield psutil.Process(process.pid)
    finally:
        atexit.unregister(process.kill)
        process.kill()
        process.wait()


def udp_address(port: int) -> str:
    """What a player opens to hear what is sent to ``port``."""
    return _ADDRESSES[Way.UDP].format(port=port)


def _send(file: Path, target: Sequence[str]) -> subprocess.Popen[bytes]:
    command = ["ffmpeg", "-v", "quiet", "-nostdin", "-re", "-stream_loop", "-1", "-i", str(file), "-t", str(BOUND)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*command, *_AT_ONCE, *target], stdin=quiet, stdout=quiet, stderr=quiet)

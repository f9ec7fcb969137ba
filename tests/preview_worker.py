"""A real preview worker for tests: started as the console does, spoken to in lines, its pictures read from memory."""

from __future__ import annotations

import contextlib
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PIL import Image

from studio_console.core.reports import Signal
from studio_console.devices.previews.memory import Header, PictureMemory, Shape
from studio_console.devices.previews.protocol import Alive, Order, Play, Report, Said, from_line, to_line
from studio_console.devices.previews.setup import Setup
from tests.waiting import PATIENCE

WALL = Setup(
    "", streams=3, width=640, height=360, fps=10, sound=False, frozen_after=600, black_after=600, silent_after=1500
)
Kind = TypeVar("Kind", bound=Said)


def ffmpeg(*arguments: str) -> None:
    program = shutil.which("ffmpeg")
    assert program, "ffmpeg is missing"
    subprocess.run([program, "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)


def encode(path: Path, size: str, *more: str, seconds: int = 3) -> Path:
    """Blue on the left, red on the right, with the noise of a sensor; a tone of -15 dBFS in both channels."""
    width, height = (int(side) for side in size.split("x"))
    sides = f"color=red:s={size}:r=25,drawbox=w={width // 2}:h={height}:color=blue:t=fill,noise=alls=16:allf=t"
    tone = "aevalsrc=0.25*sin(2*PI*440*t):s=48000"
    ffmpeg(
        *("-f", "lavfi", "-i", sides, "-f", "lavfi", "-i", tone, "-t", str(seconds)),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac", "-ac", "2"),
        *(*more, str(path)),
    )
    return path


class RealWorker:
    """``said`` has everything but the signs of life, which are in ``alive``, in order."""

    def __init__(self, setup: Setup, environment: Mapping[str, str] | None, program: list[str]) -> None:
        self.memory = PictureMemory(Shape(setup.streams, setup.width, setup.height))
        fields = {name: getattr(setup, name) for name in Setup.__slots__}
        argument = Setup(**{**fields, "memory": self.memory.name}).to_argument()
        self.process = subprocess.Popen(
            [sys.executable, *program, argument],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=Path(__file__).parents[1],
            pass_fds=self.memory.handles,
        )
        self.memory.handed_over()
        self.said: list[Said] = []
        self.alive: list[tuple[float, Alive]] = []
        self.complaints = ""
        self._news: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=each) for each in (self._read, self._complain)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            message = from_line(line.decode())
            if isinstance(message, Alive):
                self.alive.append((time.monotonic(), message))
            else:
                self.said.append(message)  # type: ignore[arg-type]
            self._news.put(None)

    def _complain(self) -> None:
        assert self.process.stderr is not None
        self.complaints = self.process.stderr.read().decode()

    def write(self, words: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words)
        self.process.stdin.flush()

    def order(self, order: Order) -> None:
        self.write(to_line(order).encode())

    def play(self, location: object, stream: int = 0, job: int = 1, kind: str = "file", sound: bool = False) -> None:
        self.order(Play(stream, job, kind, str(location), sound))

    def until(self, done: Callable[[], bool], what: str = "") -> None:
        """Signs of life come four times a second: that is how often it is looked at, if nothing else happens."""
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"in vain: {what}; said: {self.said[-8:]}; {self.complaints[-2000:]}")
            with contextlib.suppress(queue.Empty):
                self._news.get(timeout=0.1)

    def heard(self, kind: type[Kind], count: int = 1) -> Kind:
        """The ``count``-th message of a kind."""

        def messages() -> list[Kind]:
            return [message for message in self.said if isinstance(message, kind)]

        self.until(lambda: len(messages()) >= count, f"{kind.__name__} {count}")
        return messages()[count - 1]

    def reports(self, job: int = 1) -> list[Report]:
        return [said for said in self.said if isinstance(said, Report) and said.job == job]

    def report(self, signal: Signal, job: int = 1, after: int = 0) -> Report:
        """The first report of ``signal`` among those of ``job``, from the ``after``-th on."""

        def found() -> Report | None:
            return next((report for report in self.reports(job)[after:] if report.signal is signal), None)

        self.until(lambda: found() is not None, f"{signal} of {job}")
        report = found()
        assert report is not None
        return report

    def header(self, stream: int = 0) -> Header:
        return self.memory.header(stream)

    def new_pictures(self, count: int, stream: int = 0) -> None:
        begun = self.header(stream).sequence
        self.until(lambda: self.header(stream).sequence >= begun + count, f"{count} pictures of {stream}")

    def until_aspect(self, aspect: float, stream: int = 0) -> None:
        def seen() -> bool:
            header = self.header(stream)
            return header.sequence > 0 and abs(header.width / header.height - aspect) < 0.02

        self.until(seen, f"an aspect of {aspect}")

    def picture(self, stream: int = 0) -> Image.Image:
        header = self.header(stream)
        slot = self.memory.slot(stream, header.slot)
        data = bytes(slot)
        slot.release()
        return Image.frombuffer("RGB", (header.width, header.height), data, "raw", "BGRX", header.stride, 1)

    def ended(self, within: float) -> int:
        return self.process.wait(within)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        self.memory.close()


@contextmanager
def worker(
    setup: Setup = WALL, environment: Mapping[str, str] | None = None, program: list[str] | None = None
) -> Iterator[RealWorker]:
    made = RealWorker(setup, environment, program or ["-m", "studio_console.devices.previews.worker"])
    try:
        yield made
    finally:
        made.close()

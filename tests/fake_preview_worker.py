"""A preview worker without VLC: speaks the protocol, writes small plain pictures, and misbehaves where it is told to.

Run as a worker is, with the setup as its first argument. A second one names a mode of the whole process: ``no-vlc``,
``never-ready``, ``exits``. What a guest's location contains decides what becomes of them: ``die`` and ``hang`` as soon
as they are played, ``garbage`` on the worker's output, ``nothing`` ever comes, ``only-once`` comes only
on the wall, ``slow`` takes half a second, ``stands`` freezes after ten pictures. Every picture carries who made it and
for whom: see ``Mark``.
"""

from __future__ import annotations

import os
import queue
import struct
import sys
import threading
import time
import zlib
from dataclasses import dataclass
from typing import NamedTuple

from studio_console.core.reports import Signal
from studio_console.devices.previews.memory import SLOTS, PictureMemory
from studio_console.devices.previews.protocol import (
    Act,
    Alive,
    End,
    Hello,
    Listen,
    Play,
    Report,
    Said,
    Shed,
    Stop,
    Trick,
    from_line,
    to_line,
)
from studio_console.devices.previews.setup import from_argument

WIDTH, HEIGHT = 32, 18
EVERY = 0.02
ALIVE_EVERY = 0.1
_MARK = struct.Struct("<7I")


class Mark(NamedTuple):
    """What stands in the first pixels of a picture."""

    pid: int
    job: int
    stream: int
    location: int
    """``zlib.crc32`` of it."""
    heard: int
    shed: int
    fps: int

    @staticmethod
    def of(data: memoryview) -> Mark:
        return Mark._make(_MARK.unpack_from(data))


def place_of(location: str) -> int:
    return zlib.crc32(location.encode())


TRICKS = {
    Trick.FREEZE: Signal.FROZEN,
    Trick.BLACK: Signal.BLACK,
    Trick.SILENT: Signal.SILENT,
    Trick.DROP: Signal.LOST,
    Trick.BACK: Signal.LIVE,
}


@dataclass
class Playing:
    order: Play
    since: float
    slot: int = 0
    pictures: int = 0
    signal: Signal = Signal.CONNECTING


class Worker:
    def __init__(self, argument: str, mode: str) -> None:
        self.setup = from_argument(argument)
        self.mode = mode
        self.memory = PictureMemory(self.setup.shape, self.setup.memory)
        self.orders: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.playing: dict[int, Playing] = {}
        self.heard: int | None = None
        self.shed = 0
        self.shown = 0

    def run(self) -> None:
        threading.Thread(target=self.read, daemon=True).start()
        self.say(Hello("" if self.mode == "no-vlc" else "3.0 fake", "no-vlc" if self.mode == "no-vlc" else ""))
        alive_at = 0.0
        while True:
            try:
                line = self.orders.get(timeout=EVERY)
                if not line:
                    return
                order = from_line(line)
                if isinstance(order, End):
                    return
                self.follow(order)
            except queue.Empty:
                pass
            now = time.monotonic()
            for stream, playing in self.playing.items():
                self.draw(stream, playing, now)
            if now - alive_at >= ALIVE_EVERY:
                alive_at = now
                self.say(Alive(0, self.shown, self.shown))
                self.shown = 0

    def read(self) -> None:
        for line in sys.stdin:
            self.orders.put(line)
        self.orders.put("")

    def say(self, said: Said) -> None:
        sys.stdout.write(to_line(said))
        sys.stdout.flush()

    def follow(self, order: object) -> None:
        match order:
            case Play():
                self.play(order)
            case Stop(stream):
                self.playing.pop(stream, None)
            case Listen(stream):
                self.heard = stream
            case Shed(level):
                self.shed = level
            case Act(stream, trick):
                self.turn(self.playing[stream], TRICKS[trick])

    def play(self, order: Play) -> None:
        if "die" in order.location:
            os._exit(7)
        if "hang" in order.location:
            threading.Event().wait()
        if "garbage" in order.location:
            for words in ("", "{}", '{"is": "Play"}', '{"is": "Alive", "late_ms": "x", "due": []}', "[" * 3000, "é"):
                sys.stdout.write(words + "\n")
        self.playing[order.stream] = Playing(order, time.monotonic())

    def draw(self, stream: int, playing: Playing, now: float) -> None:
        order = playing.order
        wait = 0.5 if "slow" in order.location else 0.0
        close = self.setup.sound
        if "nothing" in order.location or now - playing.since < wait or ("only-once" in order.location and close):
            return
        if playing.signal in (Signal.LOST, Signal.FROZEN):
            return
        playing.slot = (playing.slot + 1) % SLOTS
        heard = int(self.heard == stream)
        mark = Mark(os.getpid(), order.job, stream, place_of(order.location), heard, self.shed, self.setup.fps)
        _MARK.pack_into(self.memory.slot(stream, playing.slot), 0, *mark)
        self.memory.put_level(stream, -20.0 if order.sound else float("nan"))
        self.memory.publish(stream, playing.slot, WIDTH, HEIGHT, WIDTH * 4)
        self.shown += 1
        playing.pictures += 1
        if playing.signal is Signal.CONNECTING:
            doubted = order.was is not Signal.CONNECTING
            self.turn(playing, order.was if doubted else Signal.LIVE, order.was_for_ms)
        elif playing.signal is Signal.LIVE and "stands" in order.location and playing.pictures > 10:
            self.turn(playing, Signal.FROZEN)

    def turn(self, playing: Playing, signal: Signal, ago_ms: int = 0) -> None:
        playing.signal = signal
        self.say(Report(playing.order.stream, playing.order.job, signal, ago_ms))


if __name__ == "__main__":
    mode = sys.argv[2] if len(sys.argv) > 2 else ""
    if mode == "exits":
        sys.exit(3)
    if mode == "never-ready":
        threading.Event().wait()
    Worker(sys.argv[1], mode).run()

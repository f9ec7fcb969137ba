"""A process that plays some guests' streams into memory that the console reads: ``… worker '<Setup.to_argument()>'``.

Orders come on its input, reports go to its output, one JSON object a line. It ends when told to, when its input ends
(the console is gone), or with the status TOO_MANY_STUCK when too many of its players hang; always within a second,
whatever VLC does. How nice it is to others is set by who starts it.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO, TypeAlias

from studio_console.core.signals import Rules
from studio_console.devices.previews import media, vlc
from studio_console.devices.previews.memory import PictureMemory
from studio_console.devices.previews.places import Places
from studio_console.devices.previews.protocol import (
    TOO_MANY_STUCK,
    Act,
    Alive,
    End,
    Hello,
    Listen,
    Order,
    Play,
    Said,
    Shed,
    Stop,
    from_line,
    to_line,
)
from studio_console.devices.previews.setup import Setup, from_argument
from studio_console.devices.previews.sound import Headphones
from studio_console.devices.previews.stream import Stream, Workshop

TICK = 0.05
"""Seconds between two looks at everything, at most."""
ALIVE_EVERY = 0.25
GRACE = 0.7
"""Seconds that everything has to stop once the end has come."""
STUCK_AT_MOST = 3
LINE_AT_MOST = 65_536

Say: TypeAlias = Callable[[Said], None]
Orders: TypeAlias = queue.SimpleQueue[Order | None]
"""None: nothing more will come."""


class Worker:
    """All streams of the process, and the loop that looks after them."""

    def __init__(self, setup: Setup, memory: PictureMemory, orders: Orders, say: Say) -> None:
        self._say = say
        self._orders = orders
        instance, version, problem = _open_vlc(setup)
        self._workshop = Workshop(
            instance=instance,
            problem=problem,
            close=setup.sound,
            fps=setup.fps,
            rules=Rules(
                frozen_after=setup.frozen_after / 1000,
                black_after=setup.black_after / 1000,
                silent_after=setup.silent_after / 1000,
            ),
            headphones=Headphones(say),
            report=say,
        )
        self._streams = [Stream(index, Places(memory, index), self._workshop) for index in range(setup.streams)]
        self._tick = min(TICK, 1 / setup.fps)
        say(Hello(version, problem))

    def run(self) -> int:
        """Until the end; the process's status."""
        next_tick = next_alive = ticked_at = time.monotonic()
        late = due = 0.0
        fresh = 0
        while True:
            now = time.monotonic()
            if now < next_tick:
                with contextlib.suppress(queue.Empty):
                    order = self._orders.get(timeout=next_tick - now)
                    if order is None or isinstance(order, End):
                        return 0
                    self._obey(order)
                continue
            late = max(late, now - next_tick)
            # What was missed is not made up for, or one hiccup would be followed by a run.
            next_tick = max(next_tick + self._tick, now + self._tick / 2)
            for stream in self._streams:
                stream.tick(time.monotonic())
            due += sum(stream.due for stream in self._streams) * (time.monotonic() - ticked_at)
            ticked_at = time.monotonic()
            self._restart_one(now)
            if sum(len(stream.stuck) for stream in self._streams) >= STUCK_AT_MOST:
                return TOO_MANY_STUCK
            if now >= next_alive:
                next_alive = max(next_alive + ALIVE_EVERY, now + ALIVE_EVERY / 2)
                total = sum(stream.fresh for stream in self._streams)
                self._say(Alive(round(late * 1000), round(due), total - fresh))
                late, due, fresh = 0.0, 0.0, total

    def close(self) -> None:
        """Says good-bye to every peer; one that does not want to hear it is left after GRACE."""
        deadline = time.monotonic() + GRACE
        players = []
        for stream in self._streams:
            stream.stop()
            players += stream.players()
        for player in players:
            player.gone.wait(max(0.0, deadline - time.monotonic()))
        self._workshop.headphones.close(max(0.0, deadline - time.monotonic()))

    def _obey(self, order: Order) -> None:
        now = time.monotonic()
        match order:
            case Play():
                if (stream := self._stream(order.stream)) is not None:
                    stream.start(order, now)
            case Stop():
                if (stream := self._stream(order.stream)) is not None:
                    stream.stop()
            case Act():
                if (stream := self._stream(order.stream)) is not None:
                    stream.act(order.trick, now)
            case Listen():
                self._workshop.headphones.listen(order.stream, order.device)
            case Shed():
                self._workshop.shed = order.level
            case _:
                # A report is no order.
                pass

    def _stream(self, index: int) -> Stream | None:
        return self._streams[index] if 0 <= index < len(self._streams) else None

    def _restart_one(self, now: float) -> None:
        """Another way of decoding needs a new connection: one stream after the other, so that most are always there."""
        if all(stream.settled for stream in self._streams):
            waiting = next((stream for stream in self._streams if stream.wants_restart()), None)
            if waiting is not None:
                waiting.restart(now)


def _open_vlc(setup: Setup) -> tuple[Any, str, str]:
    """libvlc, its version, and what keeps it from working."""
    try:
        version = vlc.version()
        return vlc.make_instance(*media.instance_options(setup.sound)), version, ""
    except vlc.NoVlc as no_vlc:
        return None, "", no_vlc.code


def read_orders(pipe: BinaryIO, orders: Orders, gone: Callable[[], None]) -> None:
    """Until ``pipe`` ends, and then calls ``gone``. What is no order is left out: it has no answer and no echo."""
    with contextlib.suppress(OSError, ValueError):
        while line := pipe.readline(LINE_AT_MOST):
            with contextlib.suppress(ValueError):
                orders.put(from_line(line.decode()))  # type: ignore[arg-type]
    orders.put(None)
    gone()


def sayer(pipe: BinaryIO) -> Say:
    """Says reports from any thread. A console that is gone hears nothing, and its end is noticed elsewhere."""
    lock = threading.Lock()

    def say(said: Said) -> None:
        with lock, contextlib.suppress(OSError, ValueError):
            pipe.write(to_line(said).encode())
            pipe.flush()

    return say


def main(argv: list[str]) -> int:
    """2 where the setup is none or the memory cannot be opened."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints is kept away from the reports.
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        setup = from_argument(argv[1])
        memory = PictureMemory(setup.shape, setup.memory)
    except (IndexError, ValueError, TypeError, OSError):
        return 2
    ended = threading.Event()

    def gone() -> None:
        if not ended.wait(GRACE + 0.1):
            os._exit(0)

    orders: Orders = queue.SimpleQueue()
    # Before VLC is opened, which takes its time: the console may be gone by then.
    threading.Thread(target=read_orders, args=(sys.stdin.buffer, orders, gone), name="orders", daemon=True).start()
    worker = Worker(setup, memory, orders, sayer(reports))
    status = worker.run()
    # From here on nothing takes longer than GRACE, not even if this thread hung.
    threading.Thread(target=gone, name="end", daemon=True).start()
    worker.close()
    ended.set()
    return status


if __name__ == "__main__":
    status = 1
    try:
        status = main(sys.argv)
    except Exception:  # noqa: BLE001 - whatever it was: the process ends, and is replaced
        traceback.print_exc()
    finally:
        # Not by way of the interpreter's end: threads of VLC may still call back into it.
        os._exit(status)

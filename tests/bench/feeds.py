"""The 42 guests of the previews' benchmarks: their streams, what decoding them costs at least, what processes use."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import psutil

from studio_console.core.ports import Previews
from studio_console.core.previews import Source
from studio_console.core.reports import Signal
from studio_console.core.rundown import StreamPreview
from studio_console.core.units import PersonId
from studio_console.devices.previews.wall import PreviewWall
from tests.ports import free_udp_ports
from tests.preview_watch import Reports, previews, wished
from tests.streams import MOVING, many_over_udp, udp_address

GUESTS = int(os.environ.get("PREVIEWS_GUESTS", "42"))
"""Fewer for a trial, on a machine that cannot even decode so many."""
LOOK = 1 / 12
"""Seconds between two looks of the window at the pictures."""


def guests(count: int = GUESTS) -> list[PersonId]:
    return [PersonId(f"guest-{number}") for number in range(count)]


@contextmanager
def sent(names: Sequence[PersonId]) -> Iterator[dict[PersonId, Source]]:
    """A stream for each, over UDP, all from one process, whose cost is nobody's."""
    ports = free_udp_ports(len(names))
    with many_over_udp(ports):
        yield {name: StreamPreview(udp_address(port)) for name, port in zip(names, ports, strict=True)}


@contextmanager
def all_live(sources: Mapping[PersonId, Source]) -> Iterator[tuple[PreviewWall, Reports]]:
    """The console's previews with everybody live, and looked at as often as the window does."""
    with previews() as (wall, reports):
        wall.show(wished(sources))
        reports.wait(list(sources), {Signal.LIVE}, within=30)
        with looked_at(wall, list(sources)):
            yield wall, reports


@contextmanager
def looked_at(wall: Previews, names: Sequence[PersonId]) -> Iterator[None]:
    """Somebody asks for every picture, as the window's timer does."""

    def look() -> None:
        for name in names:
            wall.picture(name)

    with again_and_again(look, LOOK):
        yield


@contextmanager
def again_and_again(look: Callable[[], object], every: float = 0.5) -> Iterator[None]:
    """Calls ``look`` in a thread of its own, every so many s."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(every):
            look()

    thread = threading.Thread(target=run, name="looks again and again")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def decoded_only(count: int) -> Iterator[list[psutil.Process]]:
    """So many streams decoded in real time and thrown away: what seeing them costs at the very least."""
    command = ["ffmpeg", "-v", "quiet", "-nostdin", "-threads", "1", "-re", "-stream_loop", "-1"]
    command += ["-i", str(MOVING.path), "-an", "-f", "null", "-"]
    quiet = subprocess.DEVNULL
    processes = [subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) for _ in range(count)]
    try:
        yield [psutil.Process(process.pid) for process in processes]
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def used(processes: Iterable[psutil.Process]) -> float:
    """Seconds of a processor that they have used so far, in all."""
    return float(sum(times.user + times.system for times in (process.cpu_times() for process in processes)))


def used_in(seconds: float, processes: Sequence[psutil.Process]) -> float:
    """How many processors they keep busy, over so many s."""
    before, began = used(processes), time.monotonic()
    pause(seconds)
    return (used(processes) - before) / (time.monotonic() - began)


def memory(processes: Iterable[psutil.Process]) -> float:
    """MB that are theirs; what several of them share is counted once (on Linux, elsewhere as often as it is used)."""
    total = 0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            info = process.memory_full_info()
            total += getattr(info, "pss", info.uss)
    return total / 1e6


def pictures(wall: Previews, names: Iterable[PersonId]) -> dict[PersonId, int]:
    """The number of everybody's newest picture; -1 where there is none."""
    newest = {name: wall.picture(name) for name in names}
    return {name: picture.sequence if picture is not None else -1 for name, picture in newest.items()}


def pause(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """So long, or until that is so."""
    never, end = threading.Event(), time.monotonic() + seconds
    while not until() and (left := end - time.monotonic()) > 0:
        never.wait(min(left, 0.1))

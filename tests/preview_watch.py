"""A wall of previews for tests and benchmarks: the real one, with real workers and VLC, and what it says, timed."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from studio_console.core.events import ShowEvent
from studio_console.core.ports import Picture, Previews
from studio_console.core.previews import Source, Wish
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import StreamPreview
from studio_console.core.studio import GuestRules
from studio_console.core.units import PersonId
from studio_console.devices.previews.wall import PreviewWall
from tests.waiting import PATIENCE

LIVE = frozenset({Signal.LIVE, Signal.SILENT})
GONE = frozenset({Signal.FROZEN, Signal.LOST, Signal.BLACK})
WORKER = "studio_console.devices.previews.worker"


def undisturbed(signals: Sequence[Signal]) -> bool:
    """Whether a guest of whom this was said connected once and never again.

    On a machine that is full a picture may come late, and is called frozen for a moment: that is the truth.
    """
    return list(signals[:2]) == [Signal.CONNECTING, Signal.LIVE] and set(signals[2:]) <= {Signal.LIVE, Signal.FROZEN}


class Said(NamedTuple):
    at: float
    """When it was told, in s as ``time.monotonic`` counts them."""
    guest: PersonId
    signal: Signal
    ago: int
    why: str = ""


class Reports:
    """Takes the place of the engine: keeps every ``GuestSeen``, and waits for one."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.events: list[ShowEvent] = []
        self._now: dict[PersonId, Said] = {}
        self._told = threading.Condition()

    def __call__(self, event: ShowEvent) -> None:
        with self._told:
            self.events.append(event)
            if isinstance(event, GuestSeen):
                why = event.reason.en if event.reason is not None else ""
                said = Said(time.monotonic(), event.guest, event.signal, event.ago, why)
                self.said.append(said)
                self._now[event.guest] = said
                self._told.notify_all()

    def signal(self, guest: PersonId) -> Signal | None:
        """What it is now; None if nothing was said of the guest."""
        with self._told:
            return self._now[guest].signal if guest in self._now else None

    def signals(self, guest: PersonId, since: float = 0.0) -> list[Signal]:
        """All that was said of a guest, in order."""
        with self._told:
            return [said.signal for said in self.said if said.guest == guest and said.at >= since]

    def wait(
        self, guests: Collection[PersonId], wanted: Collection[Signal], since: float = 0.0, within: float = PATIENCE
    ) -> float:
        """Until each of ``guests`` is one of ``wanted``, told at ``since`` or later; when the last of them was.

        AssertionError with what they are instead if that does not come within so many s.
        """

        def those() -> list[PersonId]:
            return [
                guest
                for guest in guests
                if guest not in self._now or self._now[guest].signal not in wanted or self._now[guest].at < since
            ]

        with self._told:
            came = self._told.wait_for(lambda: not those(), within)
            wrong = {guest: self._now[guest][2:] if guest in self._now else None for guest in those()}
            assert came, f"not {'/'.join(sorted(wanted))} within {within:g} s: {wrong}"
            return max((self._now[guest].at for guest in guests), default=since)


def streams(addresses: Mapping[str, str]) -> dict[PersonId, Source]:
    return {PersonId(guest): StreamPreview(url) for guest, url in addresses.items()}


def wished(sources: Mapping[PersonId, Source], *closely: str) -> dict[PersonId, Wish]:
    """All of them on the wall, and those of ``closely`` at full rate and with sound."""
    return {guest: Wish(source, guest in closely, guest in closely) for guest, source in sources.items()}


@contextmanager
def previews(rules: GuestRules = GuestRules(), folder: Path = Path()) -> Iterator[tuple[PreviewWall, Reports]]:
    """A wall that was started, for files in ``folder``; closed at the end."""
    reports = Reports()
    wall = PreviewWall(rules, folder)
    wall.start(reports)
    try:
        yield wall, reports
    finally:
        wall.close()


def workers() -> list[psutil.Process]:
    """The worker processes of this process, the oldest first."""
    found = []
    for child in psutil.Process().children():
        try:
            if any(WORKER in word for word in child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return sorted(found, key=lambda process: process.create_time())


def busy_workers() -> list[psutil.Process]:
    """Those that receive streams, the oldest first; a spare one that waits for its turn does not."""
    return [worker for worker in workers() if worker.net_connections("inet")]


def newest(wall: Previews, guest: str) -> Picture:
    """AssertionError if there is none."""
    picture = wall.picture(PersonId(guest))
    assert picture is not None, f"there is no picture of {guest}"
    return picture


def mean_colour(picture: Picture) -> tuple[int, int, int]:
    """Red, green and blue of the whole picture."""
    rows = [
        bytes(picture.data[row * picture.stride : row * picture.stride + picture.width * 4])
        for row in range(0, picture.height, 8)
    ]
    every = b"".join(rows)
    blue, green, red = (sum(every[channel::4]) / (len(every) // 4) for channel in range(3))
    return round(red), round(green), round(blue)

"""A day on its OBS as the desk runs it, without a window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from studio_console.app.addresses import with_addresses
from studio_console.app.console import Console, open_event
from studio_console.app.devices import Devices
from studio_console.app.places import Mode
from studio_console.core.ports import SurfaceDriver
from studio_console.core.show import Show
from studio_console.core.units import SurfaceId
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.journal import Journal
from tests.waiting import wait_until


@contextmanager
def open_day(folder: Path, urls: Mapping[str, str], state: Path) -> Iterator[tuple[Console, Devices, Sequence[Show]]]:
    """The first day of the event in ``folder`` on these OBS, and all that the show was; its journal in ``state``."""
    opened = open_event(folder)
    studio = with_addresses(opened.studio, [f"{name}={url}" for name, url in urls.items()])
    opened = replace(opened, studio=studio)
    drivers: dict[SurfaceId, SurfaceDriver] = {}
    journal = Journal(state / "show.journal")
    console = Console(opened, opened.event.days[0], Mode.SHOW, SystemClock(), 1.0, journal, drivers)
    devices = Devices(console, drivers, 1.0)
    shows: list[Show] = []
    console.engine.watch(shows.append)
    console.engine.start()
    devices.start()
    try:
        wait_until(lambda: shows and shows[-1].surfaces)
        yield console, devices, shows
    finally:
        devices.stop()
        console.close()
        devices.close()
        journal.close()

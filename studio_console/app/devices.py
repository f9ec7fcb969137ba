"""The surfaces of an open day, in a thread of their own: a slow OBS must not keep the operator from the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio_console.app.console import Console, played_clips
from studio_console.app.places import Mode
from studio_console.app.previews import LatePreviews
from studio_console.core.ports import Picture, SurfaceDriver
from studio_console.core.problems import UserError
from studio_console.core.show import Show
from studio_console.core.studio import Clip, Studio, Surface, standby_id, standby_studio
from studio_console.core.text import Text
from studio_console.core.units import InputId, SurfaceId

if TYPE_CHECKING:
    from studio_console.app.guest_script import GuestScript, Turn
    from studio_console.app.obs import Passwords
    from studio_console.devices.clip_lengths import ClipLengths, WantedClip
    from studio_console.devices.previews.files import FilePictures
    from studio_console.devices.watching.watch import Watches

log = logging.getLogger(__name__)

LOOK_AGAIN = 60.0
"""Seconds until what was found stale is compared again: somebody may have run ``provision`` meanwhile."""

CLOSING = Text("콘솔을 닫는 중입니다", "The console is being closed")


class Devices:
    """Connects the surfaces; in rehearsal starts the simulation first and builds the day's scenes in it.

    ``drivers`` is the mapping that the engine was made with, filled here.
    """

    def __init__(
        self,
        console: Console,
        drivers: dict[SurfaceId, SurfaceDriver],
        speed: float,
        turns: Sequence[Turn] = (),
    ) -> None:
        """``turns`` is what the guests of a rehearsal are to do."""
        self._console = console
        self._turns = turns
        self._script: GuestScript | None = None
        self._lengths: ClipLengths | None = None
        self._watches: Watches | None = None
        self._files: FilePictures | None = None
        self._looked_at: frozenset[SurfaceId] = frozenset()
        self.previews = LatePreviews()
        """The guests' pictures; none yet until ``start``."""
        self._drivers = drivers
        self._speed = speed
        self._wanted = threading.Event()
        self._collections: Mapping[SurfaceId, object] = {}
        self._mains: Mapping[SurfaceId, str] = {}
        """The addresses of the OBS that were promoted, by the show; and those of them that are watched."""
        self._watched: Mapping[SurfaceId, str] = {}
        self._closing = False
        self._end: Callable[[], None] = _nothing
        self._thread = threading.Thread(target=self._run, name="devices", daemon=True)

    def start(self) -> None:
        """Does nothing once it was stopped: a window can be closed before it was ever painted."""
        if self._closing:
            return
        self.provision()
        self._thread.start()

    def provision(self) -> None:
        """Asks for the simulation's scenes to be brought up to date; real ones, the ``provision`` command's work, are
        compared with the rundown."""
        self._wanted.set()

    def stop(self) -> None:
        """Ends the thread, also in the middle of building, and the previews. Call it before the engine is closed."""
        self._closing = True
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._script is not None:
            self._script.close()
        if self._lengths is not None:
            self._lengths.close()
        self.previews.close()
        if self._watches is not None:
            self._watches.close()
        if self._files is not None:
            self._files.close()

    def surface_picture(self, surface: SurfaceId) -> Picture | None:
        """The newest small picture of a surface. With those below it meets core.ports.SurfacePictures."""
        return self._watches.surface_picture(surface) if self._watches is not None else None

    def surface_age(self, surface: SurfaceId) -> float | None:
        return self._watches.surface_age(surface) if self._watches is not None else None

    def input_picture(self, surface: SurfaceId, name: str) -> Picture | None:
        return self._watches.input_picture(surface, name) if self._watches is not None else None

    def file_picture(self, file: str) -> Picture | None:
        """Of a file of the event. Meets core.ports.FilePictures."""
        return self._files.file_picture(file) if self._files is not None else None

    def look_closely(self, surfaces: frozenset[SurfaceId]) -> None:
        """Counts also for what is watched later: the devices come after the window, and a standby may be promoted."""
        self._looked_at = surfaces
        if self._watches is not None:
            self._watches.look_closely(surfaces)

    def close(self) -> None:
        """Ends the simulation. Call it when the engine, and with it the drivers, is closed."""
        self._end()

    def _run(self) -> None:
        # Imported here because reading all of it takes as long as the window takes to come up.
        from studio_console.app.obs import connect_drivers, provision_all
        from studio_console.app.passwords import password_of
        from studio_console.app.rehearsal import simulate

        console = self._console
        studio = console.opened.studio
        passwords: Passwords = password_of
        if console.mode is Mode.REHEARSAL:
            simulation = simulate(studio, self._speed)
            studio, passwords, self._end = simulation.studio, simulation.password_of, simulation.close
        self._drivers.update(connect_drivers(studio, passwords, console.opened.folder))
        started = False
        stop_watching = console.engine.watch(self._look)
        stale = False
        while not self._closing:
            self._wanted.wait(LOOK_AGAIN if stale else None)
            if self._closing:
                break
            self._wanted.clear()
            if console.mode is Mode.SHOW and started:
                stale = self._compare(studio, passwords)
            if console.mode is Mode.REHEARSAL:
                try:
                    provision_all(console.plans, studio, passwords, console.opened.folder, progress=self._follow)
                except UserError as error:
                    if not self._closing:
                        log.error("the rehearsal's pictures could not be built: %s", error)
            if started and self._watched != self._mains:
                self._start_watches(studio, passwords)
            if not started and not self._closing:
                started = True
                console.engine.start_drivers()
                self._start_watches(studio, passwords)
                self._start_previews(studio, passwords)
                self._start_lengths()
        stop_watching()

    def _look(self, show: Show) -> None:
        """In the engine's thread: whether there is a reason to compare OBS with the rundown, or to watch another."""
        from studio_console.app.staleness import collections

        mains = {name: state.main for name, state in show.surfaces.items() if state.main}
        now = collections(show) if self._console.mode is Mode.SHOW else {}
        if (mains, now) != (self._mains, self._collections):
            self._mains, self._collections = mains, now
            self._wanted.set()

    def _compare(self, studio: Studio, passwords: Passwords) -> bool:
        """Whether something on a surface is older than the rundown; the show is told of each."""
        from studio_console.app.staleness import compared

        stale = False
        for event in compared(self._console, studio, passwords):
            if self._closing:
                break
            self._console.engine.post(event)
            stale = stale or bool(event.stale)
        return stale

    def _start_watches(self, studio: Studio, passwords: Passwords) -> None:
        from studio_console.devices.watching.watch import Watches

        if self._watches is not None:
            self._watches.close()
        self._watched = self._mains
        promoted = promoted_surfaces(studio, self._watched)
        surfaces = {**studio.surfaces, **promoted}.values()
        audible = [entry.in_obs for entry in studio.inputs.values() if entry.audible]

        def password(name: SurfaceId) -> str | None:
            return passwords(standby_id(name) if name in promoted else name)

        self._watches = Watches(surfaces, password, studio.dead_air, audible)
        self._watches.look_closely(self._looked_at)
        self._watches.start(self._console.engine.post)

    def _start_previews(self, studio: Studio, passwords: Passwords) -> None:
        """Behind the surfaces: what is on air comes first."""
        from studio_console.app.guest_script import GuestScript
        from studio_console.devices.previews.files import FilePictures
        from studio_console.devices.previews.wall import PreviewWall

        folder = self._console.opened.folder
        self._files = FilePictures(folder)
        wall = PreviewWall(studio.guests, folder, studio.surfaces.values(), passwords)
        self.previews.arrive(wall, self._console.engine.post)
        if self._turns:
            self._script = GuestScript(self._turns, self.previews, self._console.engine.clock)

    def _start_lengths(self) -> None:
        from studio_console.devices.clip_lengths import ClipLengths

        self._lengths = ClipLengths(partial(wanted_clips, self._console), self._console.engine.post)
        self._lengths.start()

    def _follow(self, _surfaces: str) -> Callable[[int, int, Text], None]:
        def told(_done: int, _total: int, _doing: Text) -> None:
            if self._closing:
                raise UserError(CLOSING)

        return told


def promoted_surfaces(studio: Studio, mains: Mapping[SurfaceId, str]) -> Mapping[SurfaceId, Surface]:
    """The surfaces whose standby is the main one now, with its address; ``mains`` has ``host:port``."""
    paired = standby_studio(studio).surfaces
    return {
        name: paired[name]
        for name, main in mains.items()
        if name in paired and urlsplit(paired[name].obs_url).netloc == main
    }


def wanted_clips(console: Console) -> Mapping[InputId, WantedClip]:
    """The day's clips as they are to be looked into, by the files as they are now."""
    from studio_console.devices.clip_lengths import WantedClip

    opened = console.opened
    found: dict[InputId, WantedClip] = {}
    for name in sorted(played_clips(console.day, console.plans)):
        entry = opened.studio.inputs.get(name)
        if entry is not None and isinstance(entry.source, Clip):
            found[name] = WantedClip(opened.folder / entry.source.file, entry.source.file, entry.source.loop)
    return found


def _nothing() -> None:
    return None

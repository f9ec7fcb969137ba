"""The second connection to each OBS, by which it is watched: a take never waits behind a picture or a figure."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from functools import partial

from studio_console.core.picture import projector_scene_of
from studio_console.core.ports import Picture, Post
from studio_console.core.studio import DeadAirRules, Surface, password_variable
from studio_console.core.units import SceneName, SurfaceId
from studio_console.devices.obs.connection import BACK_OFF
from studio_console.devices.obs.driver import Passwords
from studio_console.devices.obs.drivers import first_password
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import NOT_READY, ObsError, ObsTimeout
from studio_console.devices.obs.trouble import LinkDown, Trouble
from studio_console.devices.watching.watching import EVENTS, Watching

LOG = logging.getLogger(__name__)

FINAL_AGAIN = 30.0
"""Seconds until the next try after a wrong password, or when OBS's operator ended the session."""
TIMEOUT = 3.0
"""Seconds that an OBS may take for a picture or its figures."""


class ObsWatch:
    """Watches the OBS at ``url`` in a thread of its own, and connects again by itself until it is stopped."""

    def __init__(self, url: str, password: Callable[[], str | None], password_name: str, watching: Watching) -> None:
        self.url = url
        self.watching = watching
        self._password = password
        self._password_name = password_name
        self._stopping = threading.Event()
        self._link: ObsLink | None = None
        self._thread = threading.Thread(target=self._run, name=f"watch {url}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Does not wait; ``join`` does."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        link = self._link
        if link is not None:
            link.disconnect()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            final = False
            try:
                link = self._connect()
                failures = 0
                self._serve(link)
            except LinkDown as down:
                final = down.final
                self._end(down)
            except Exception:
                # A password that could not be looked up, an answer of an unknown form: the next try may do better.
                LOG.exception("%s: watching failed", self.url)
                self._end(None)
            finally:
                self._hang_up()
            # What somebody has to mend first, or ended on purpose, is not tried hard.
            self._stopping.wait(FINAL_AGAIN if final else BACK_OFF[min(failures, len(BACK_OFF) - 1)])
            failures += 1

    def _end(self, down: LinkDown | None) -> None:
        if not self._stopping.is_set():
            self.watching.end(down.explain(self._password_name) if down is not None else None)

    def _connect(self) -> ObsLink:
        link = ObsLink(
            self.url, self._password(), events=EVENTS, timeout=TIMEOUT, inbox=self.watching.heard, probe=False
        )
        self._link = link
        link.connect()
        return link

    def _hang_up(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.disconnect()

    def _serve(self, link: ObsLink) -> None:
        """Until it is to stop. Raises LinkDown."""
        try:
            self._begin(link)
            while not self._stopping.is_set():
                due = self.watching.turn(link, time.monotonic())
                if link.down is not None:
                    raise link.down
                self._stopping.wait(max(0.0, due - time.monotonic()))
        except ObsTimeout as error:
            raise LinkDown(Trouble.SILENT, link.address, detail=str(error)) from error

    def _begin(self, link: ObsLink) -> None:
        while True:
            try:
                self.watching.begin(link)
            except ObsError as error:
                if error.code != NOT_READY:
                    raise LinkDown(Trouble.REQUEST_FAILED, link.address, detail=str(error)) from error
                if self._stopping.wait(0.2):
                    raise LinkDown(Trouble.LOADING, link.address) from error
            else:
                return


class Watches:
    """All of them. Meets core.ports.SurfacePictures."""

    def __init__(
        self,
        surfaces: Iterable[Surface],
        passwords: Passwords,
        rules: DeadAirRules,
        audible: Collection[str] = (),
    ) -> None:
        """``passwords`` is asked at every try. ``audible``: inputs, by their names in OBS, that bring sound."""
        self._post: Post = lambda event: None
        at: dict[str, list[SurfaceId]] = {}
        for surface in surfaces:
            at.setdefault(surface.obs_url, []).append(surface.id)
        self._watches: list[ObsWatch] = []
        self._by_surface: dict[SurfaceId, Watching] = {}
        for url, sharing in at.items():
            scenes: list[tuple[SurfaceId, SceneName | None]] = [(sharing[0], None)]
            scenes += [(name, projector_scene_of(name)) for name in sharing[1:]]
            watching = Watching(scenes, audible, rules, lambda event: self._post(event))
            self._by_surface |= dict.fromkeys(sharing, watching)
            password = partial(first_password, passwords, tuple(sharing))
            self._watches.append(ObsWatch(url, password, password_variable(sharing[0]), watching))

    def start(self, post: Post) -> None:
        self._post = post
        for watch in self._watches:
            watch.start()

    def surface_picture(self, surface: SurfaceId) -> Picture | None:
        watching = self._by_surface.get(surface)
        return watching.picture(surface) if watching is not None else None

    def surface_age(self, surface: SurfaceId) -> float | None:
        watching = self._by_surface.get(surface)
        seen_at = watching.seen_at(surface) if watching is not None else None
        return max(0.0, time.monotonic() - seen_at) if seen_at is not None else None

    def input_picture(self, surface: SurfaceId, name: str) -> Picture | None:
        watching = self._by_surface.get(surface)
        return watching.input_picture(name, time.monotonic()) if watching is not None else None

    def look_closely(self, surfaces: frozenset[SurfaceId]) -> None:
        for watch in self._watches:
            watch.watching.look_closely(surfaces)

    def close(self) -> None:
        """Ends every thread; returns when they are gone, within 3 s."""
        for watch in self._watches:
            watch.stop()
        until = time.monotonic() + 3
        for watch in self._watches:
            watch.join(max(0.0, until - time.monotonic()))

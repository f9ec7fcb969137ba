"""Which OBS each guest is looked for in: the one of their surface, or one after the other until one has the input.

All of it is the supervisor's; nothing here waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from studio_console.core.reports import Signal
from studio_console.core.rundown import ObsPreview
from studio_console.core.signals import Rules
from studio_console.core.studio import Surface, password_variable, standby_id
from studio_console.core.text import Text
from studio_console.core.units import PersonId, SurfaceId
from studio_console.devices.previews import words
from studio_console.devices.previews.board import Board, Tell
from studio_console.devices.previews.lanes import WITH_PICTURE
from studio_console.devices.previews.obs_pictures import ObsPictures

ROUND_AGAIN = 2.0
"""Seconds between two tries once every OBS was asked in vain."""

Passwords = Callable[[SurfaceId], str | None]


@dataclass(slots=True)
class _Sought:
    preview: ObsPreview
    urls: tuple[str, ...]
    at: int = 0
    failed: set[str] = field(default_factory=set)
    moves_at: float | None = None
    seen: bool = False
    """Its picture was the last that was told."""

    @property
    def url(self) -> str:
        return self.urls[self.at]


class ObsGuests:
    """``later`` has work done by the supervisor; ``tell`` and ``pictured`` are called by it."""

    def __init__(
        self,
        surfaces: Iterable[Surface],
        passwords: Passwords,
        rules: Rules,
        later: Callable[[Callable[[], None]], None],
        tell: Tell,
        pictured: Callable[[PersonId, Board], None],
    ) -> None:
        self._surfaces = {surface.id: surface for surface in surfaces}
        self._passwords = passwords
        self._rules = rules
        self._later = later
        self._tell = tell
        self._pictured = pictured
        self._sought: dict[PersonId, _Sought] = {}
        self._at: dict[str, ObsPictures] = {}

    def watch(self, previews: Mapping[PersonId, ObsPreview]) -> None:
        """From now on these guests, each by their input."""
        for guest in [guest for guest, sought in self._sought.items() if previews.get(guest) != sought.preview]:
            del self._sought[guest]
        for guest, preview in previews.items():
            if guest in self._sought:
                continue
            urls = self._urls(preview)
            if urls:
                self._sought[guest] = _Sought(preview, urls)
            else:
                self._tell(guest, Signal.UNPLAYABLE, 0, words.NO_OBS)
        self._hand_out()

    def look(self, now: float) -> None:
        """Goes on to the next OBS where one was asked in vain."""
        moved = False
        for sought in self._sought.values():
            if sought.moves_at is not None and now >= sought.moves_at:
                sought.moves_at = None
                sought.at = (sought.at + 1) % len(sought.urls)
                moved = True
        if moved:
            self._hand_out()

    def stop(self) -> None:
        for pictures in self._at.values():
            pictures.stop()

    def join(self, until: float) -> None:
        for pictures in self._at.values():
            pictures.join(max(0.0, until - time.monotonic()))

    def _urls(self, preview: ObsPreview) -> tuple[str, ...]:
        if preview.surface is not None:
            surface = self._surfaces.get(preview.surface)
            return () if surface is None else tuple(_addresses([surface]))
        return tuple(_addresses(self._surfaces.values()))

    def _hand_out(self) -> None:
        for url in {sought.url for sought in self._sought.values()} | set(self._at):
            inputs = {guest: sought.preview.in_obs for guest, sought in self._sought.items() if sought.url == url}
            if url not in self._at:
                self._at[url] = self._pictures(url)
            self._at[url].watch(inputs)

    def _pictures(self, url: str) -> ObsPictures:
        sharing = _addresses(self._surfaces.values())[url]

        def password() -> str | None:
            return next((found for name in sharing if (found := self._passwords(name)) is not None), None)

        def told(guest: PersonId, signal: Signal, ago: int, reason: Text | None) -> None:
            self._later(partial(self._told, url, guest, signal, ago, reason))

        def pictured(guest: PersonId, board: Board) -> None:
            self._later(partial(self._has_picture, url, guest, board))

        return ObsPictures(url, password, password_variable(sharing[0]), self._rules, told, pictured)

    def _told(self, url: str, guest: PersonId, signal: Signal, ago: int, reason: Text | None) -> None:
        sought = self._sought.get(guest)
        if sought is None or sought.url != url:
            return
        if signal in WITH_PICTURE:
            sought.failed.clear()
            sought.moves_at, sought.seen = None, True
        elif signal is Signal.CONNECTING:
            if sought.failed:
                return
        elif len(sought.urls) > 1:
            # One that fails is no news as long as others were not asked, nor once all of them were asked in vain.
            new = url not in sought.failed
            sought.failed.add(url)
            everywhere = len(sought.failed) == len(sought.urls)
            sought.moves_at = time.monotonic() + (ROUND_AGAIN if everywhere else 0.0)
            if not everywhere and sought.seen:
                signal = Signal.CONNECTING
            elif not (everywhere and new):
                return
            sought.seen = False
        self._tell(guest, signal, ago, reason)

    def _has_picture(self, url: str, guest: PersonId, board: Board) -> None:
        sought = self._sought.get(guest)
        if sought is not None and sought.url == url:
            self._pictured(guest, board)


def _addresses(surfaces: Iterable[Surface]) -> Mapping[str, Sequence[SurfaceId]]:
    """The OBS of ``surfaces``, each with the names of its password; the standbys, which have the same inputs, last."""
    there = list(surfaces)
    found: dict[str, list[SurfaceId]] = {}
    for surface in there:
        found.setdefault(surface.obs_url, []).append(surface.id)
    for surface in there:
        if surface.standby_url is not None:
            found.setdefault(surface.standby_url, []).append(standby_id(surface.id))
    return found

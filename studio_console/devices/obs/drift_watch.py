"""Compares the two OBS of a surface whenever one of them has changed and then stood still for a moment."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from studio_console.core.text import Text
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.drift import Known, drift
from studio_console.devices.obs.messages import ObsEvent
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.trouble import LinkDown

LOG = logging.getLogger(__name__)

QUIET = 0.5
"""Seconds of standing still: a take is seen in one OBS before the other, and provisioning is thousands of changes."""
AT_LATEST = 5.0
"""Seconds after which it is compared although something still changes."""
FIRST = 12
"""How many differences are told in words; the rest is a number."""

Tell = Callable[[int, tuple[Text, ...]], None]


class DriftWatch:
    """A listener at both connections, with a thread of its own: comparing is nothing a take should wait behind."""

    def __init__(self, main: ObsConnection, standby: ObsConnection, projectors: frozenset[str] = frozenset()) -> None:
        self._main, self._standby = main, standby
        self._projectors = projectors
        self._tell: Tell = _nobody
        self._known = Known()
        self._told: tuple[int, tuple[Text, ...]] = (0, ())
        self._changed = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"drift {standby.address}", daemon=True)

    def start(self, tell: Tell) -> None:
        """``tell`` gets the number of differences and the first of them whenever they are others; in its own thread."""
        self._tell = tell
        self._thread.start()
        for connection in (self._main, self._standby):
            connection.join(self)

    def exchange(self) -> None:
        """The standby is the main one now. From any thread."""
        self._main, self._standby = self._standby, self._main
        self._known = Known()
        self._changed.set()

    def close(self) -> None:
        self._closing.set()
        self._changed.set()
        for connection in (self._main, self._standby):
            connection.leave(self)
        if self._thread.ident is not None:
            self._thread.join(2)

    # --- a listener at both connections -------------------------------------------------------------------------

    def came_up(self, mirror: Mirror) -> None:
        self._changed.set()

    def went_down(self, down: LinkDown) -> None:
        """What is known of the two stays: nothing else can be said of one that is not there."""

    def collection_changing(self, name: str) -> None:
        """It comes up again when that is over."""

    def happened(self, event: ObsEvent, before: Mirror, after: Mirror) -> None:
        if after is not before:
            self._changed.set()

    # --- its thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while self._changed.wait() and not self._closing.is_set():
            self._settle()
            if self._closing.is_set():
                return
            try:
                self._compare()
            except Exception:
                # A form of OBS's state that is not known here must not end the comparing for good.
                LOG.exception("%s and its standby cannot be compared", self._main.address)

    def _settle(self) -> None:
        rounds = round(AT_LATEST / QUIET)
        for _ in range(rounds):
            self._changed.clear()
            if self._closing.wait(QUIET) or not self._changed.is_set():
                return

    def _compare(self) -> None:
        main, standby, known = self._main, self._standby, self._known
        if not (main.ready and standby.ready):
            return
        found = drift(main.mirror, standby.mirror, self._projectors, known)
        told = (len(found), found[:FIRST])
        if told != self._told and main is self._main:
            self._told = told
            self._tell(*told)


def _nobody(count: int, first: tuple[Text, ...]) -> None:
    return None

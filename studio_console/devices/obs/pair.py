"""A surface on two OBS: the main one, whose word counts, and a standby that is given everything and never waited for.

What the main one says are the surface's events; what the standby says becomes ``StandbySeen``. Promoting exchanges the
two, and sends nothing.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from studio_console.core.change import replace
from studio_console.core.effects import (
    AlignStandby,
    ArrangeScene,
    LeaveStudioMode,
    PromoteStandby,
    Reconnect,
    SetSound,
    StartOutput,
    StopOutput,
    TakeScene,
    WriteText,
)
from studio_console.core.events import ShowEvent
from studio_console.core.picture import projector_scene_of
from studio_console.core.ports import Post, SurfaceDriver
from studio_console.core.reports import (
    ArrangeFailed,
    CollectionSeen,
    DriftSeen,
    OutputFailed,
    SceneArranged,
    SceneSeen,
    StandbySeen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
    TextWritten,
)
from studio_console.core.rundown import Transition
from studio_console.core.studio import Surface, standby_id
from studio_console.core.text import Text
from studio_console.core.units import CueId, PressId, SurfaceId
from studio_console.devices.obs.drift_watch import DriftWatch
from studio_console.devices.obs.driver import ObsDriver, Passwords
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.link import LOW_VOLUME_EVENTS, TRANSFORM_EVENTS

LOG = logging.getLogger(__name__)

_Effect = TypeVar("_Effect")
_Act = Callable[[], None]

LOOK_EVERY = 0.01
"""Seconds between two looks for orders to the standby; a third of a frame."""
CLOSE_PATIENCE = 2.0
"""Seconds for which closing waits for an order that the standby has not taken."""


@dataclass(eq=False, slots=True)
class _Side:
    """One of the two OBS, and what it has said that still holds."""

    driver: ObsDriver
    address: str
    link: SurfaceConnected | SurfaceLost | None = None
    """The last of its kind, kept up by what came after it."""
    changing: CollectionSeen | None = None
    others: dict[tuple[type, object], ShowEvent] = field(default_factory=dict)
    """The latest of everything else that it told, for the moment it is promoted."""
    seen: StandbySeen | None = None
    """It as a standby."""
    aligning: PressId | None = None
    """The press that brings it into line: no take, and no answer to one."""


class PairDriver(SurfaceDriver):
    """Meets core.ports.SurfaceDriver for a surface with a standby.

    The standby's orders are given by a thread of its own: an OBS that hangs holds up nothing but itself.
    """

    def __init__(self, main: ObsDriver, standby: ObsDriver, watch: DriftWatch | None = None) -> None:
        """``watch`` compares the two; None where another surface of the same two OBS does."""
        self.surface = main.surface
        self._main = _Side(main, main.connection.address)
        self._standby = _Side(standby, standby.connection.address)
        self._as_configured = self._main
        self._watch = watch
        self._post: Post = _nobody
        self._lock = threading.Lock()
        """Who is the main one, and the order of what is posted."""
        self._orders: deque[tuple[_Side, _Act]] = deque()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._give_orders, name=f"standby {self.surface}", daemon=True)

    def __repr__(self) -> str:
        return f"<PairDriver {self._main.driver} with {self._standby.driver}>"

    # --- the port -----------------------------------------------------------------------------------------------

    def start(self, post: Post) -> None:
        self._post = post
        self._thread.start()
        for side in (self._main, self._standby):
            side.driver.start(partial(self._hear, side))
        if self._watch is not None:
            self._watch.start(self._tell_drift)

    def take(self, effect: TakeScene) -> None:
        self._both(ObsDriver.take, effect)

    def arrange(self, effect: ArrangeScene) -> None:
        self._both(ObsDriver.arrange, effect)

    def write_text(self, effect: WriteText) -> None:
        self._both(ObsDriver.write_text, effect)

    def set_sound(self, effect: SetSound) -> None:
        self._both(ObsDriver.set_sound, effect)

    def start_output(self, effect: StartOutput) -> None:
        """On the main one alone: a channel takes one stream."""
        self._main.driver.start_output(effect)

    def stop_output(self, effect: StopOutput) -> None:
        self._main.driver.stop_output(effect)

    def leave_studio_mode(self, effect: LeaveStudioMode) -> None:
        self._both(ObsDriver.leave_studio_mode, effect)

    def reconnect(self, effect: Reconnect) -> None:
        with self._lock:
            seen = self._standby.seen
            if seen is not None and seen.final:
                # The same reason again is an answer, and has to be told.
                self._standby.seen = replace(seen, final=False, reason=None)
        self._both(ObsDriver.reconnect, effect)

    def align_standby(self, effect: AlignStandby) -> None:
        take = TakeScene(effect.surface, effect.scene, Transition(), CueId(""), effect.press, effect.reason)
        self._standby.aligning = effect.press
        self._orders.append((self._standby, partial(self._standby.driver.take, take)))

    def promote(self, effect: PromoteStandby) -> None:
        """Does nothing where the one at that address is the main one already, or is none of the two."""
        with self._lock:
            if self._standby.address != effect.address:
                return
            self._main, self._standby = self._standby, self._main
            main = self._main
            if self._watch is not None:
                self._watch.exchange()
            if main.link is None:
                return
            self._post(main.link)
            if main.changing is not None:
                self._post(main.changing)
            for event in main.others.values():
                self._post(event)
            self._tell_standby(self._standby, None)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._closing.set()
        for side in (self._main, self._standby):
            side.driver.close()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_PATIENCE)

    def _both(self, act: Callable[[ObsDriver, _Effect], None], effect: _Effect) -> None:
        """The main one here and now, the standby behind it."""
        act(self._main.driver, effect)
        standby = self._standby
        self._orders.append((standby, partial(act, standby.driver, effect)))

    # --- the standby's orders -----------------------------------------------------------------------------------

    def _give_orders(self) -> None:
        """Looks by itself, a hundred times a second: waking this thread for an order would cost the take some time."""
        while not self._closing.wait(LOOK_EVERY):
            while self._orders:
                side, act = self._orders.popleft()
                if side is not self._standby:
                    continue  # it was promoted meanwhile: what is sent to it now goes there without this detour
                try:
                    act()
                except Exception:
                    # The main one is not to lose its standby for good by one order.
                    LOG.exception("%s: an order to the standby failed", self.surface)

    # --- what the two say ---------------------------------------------------------------------------------------

    def _hear(self, side: _Side, event: ShowEvent) -> None:
        with self._lock:
            _remember(side, event)
            if side is self._main:
                self._post(event)
            else:
                self._tell_standby(side, event)

    def _tell_standby(self, side: _Side, event: ShowEvent | None) -> None:
        """How it stands after ``event``, if that is news; None tells it in any case."""
        seen = self._standing(side, event)
        if event is None or seen != side.seen:
            self._post(seen)
        side.seen = seen

    def _standing(self, side: _Side, event: ShowEvent | None) -> StandbySeen:
        link, before = side.link, side.seen
        former = side is self._as_configured
        if link is None:
            return StandbySeen(self.surface, side.address, False, former_main=former)
        if isinstance(link, SurfaceLost):
            return StandbySeen(
                self.surface, side.address, False, reason=link.reason, final=link.final, former_main=former
            )
        answered = before.answered if before is not None else None
        reason = before.reason if before is not None and before.connected else None
        if isinstance(event, SceneSeen | TakeFailed):
            if event.press not in (None, side.aligning):
                answered = event.press
            reason = event.reason if isinstance(event, TakeFailed) else None
        return StandbySeen(
            self.surface,
            side.address,
            True,
            link.scene,
            reason,
            studio_mode=link.studio_mode,
            changing=side.changing is not None and side.changing.changing,
            answered=answered,
            former_main=former,
        )

    def _tell_drift(self, count: int, first: tuple[Text, ...]) -> None:
        self._post(DriftSeen(self.surface, count, first))


def _remember(side: _Side, event: ShowEvent) -> None:
    """A surface that is told of later has to hear the same as one that was told all along."""
    link = side.link
    match event:
        case SurfaceConnected() | SurfaceLost():
            side.link, side.changing = event, None
            if isinstance(event, SurfaceLost):
                side.others.clear()
        case SceneSeen(scene=scene):
            if isinstance(link, SurfaceConnected):
                side.link = replace(link, scene=scene)
        case StudioModeSeen(on=on):
            if isinstance(link, SurfaceConnected):
                side.link = replace(link, studio_mode=on)
        case CollectionSeen():
            side.changing = event
        case TakeFailed() | OutputFailed() | SceneArranged() | ArrangeFailed() | TextWritten():
            pass  # an answer to somebody's press, and no state
        case _:
            key = (type(event), getattr(event, "input", None) or getattr(event, "kind", None))
            side.others.pop(key, None)
            side.others[key] = event


def _nobody(event: ShowEvent) -> None:
    return None


def pairs_for(
    surfaces: Iterable[Surface], passwords: Passwords, folder: Path = Path()
) -> Mapping[SurfaceId, SurfaceDriver]:
    """A driver for every surface, a pair for those that have a standby. ``folder`` is the event's.

    Surfaces that share both OBS are compared once.
    """
    everything = list(surfaces)
    paired = {surface.id: surface.standby_url for surface in everything if surface.standby_url is not None}
    mask = LOW_VOLUME_EVENTS | TRANSFORM_EVENTS
    mains = drivers_for(
        everything, {}, passwords, folder, events=lambda surface: mask if surface in paired else LOW_VOLUME_EVENTS
    )
    standbys = drivers_for(
        [surface for surface in everything if surface.id in paired],
        paired,
        passwords,
        folder,
        account=standby_id,
        events=lambda _: mask,
    )
    drivers: dict[SurfaceId, SurfaceDriver] = dict(mains)
    projectors = frozenset(map(projector_scene_of, mains))
    compared: set[tuple[int, int]] = set()
    for name, standby in standbys.items():
        main = mains[name]
        both = (id(main.connection), id(standby.connection))
        watch = DriftWatch(main.connection, standby.connection, projectors) if both not in compared else None
        compared.add(both)
        drivers[name] = PairDriver(main, standby, watch)
    return drivers

"""The live pictures of all remote guests, behind the core's port.

One thread, the supervisor, decides; it works off a queue and never waits for a worker, an OBS or a disk. What a window
asks for at every repaint is read without it: where a guest's picture is now is one entry of a dict, put there whole.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from studio_console.core.ports import Load, Picture, Post
from studio_console.core.previews import DrawnPreview, Source, Wish
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import DevicePreview, FilePreview, ObsPreview, PicturePreview, StreamPreview
from studio_console.core.signals import Rules
from studio_console.core.studio import GuestRules, Surface
from studio_console.core.text import Text
from studio_console.core.units import Duration, PersonId, SurfaceId
from studio_console.devices.previews import words
from studio_console.devices.previews.board import Board
from studio_console.devices.previews.cell import Player
from studio_console.devices.previews.lanes import Begin, Finish, Lane, Playing, Want, shown, steps
from studio_console.devices.previews.memory import Shape, sweep
from studio_console.devices.previews.obs_guests import ObsGuests
from studio_console.devices.previews.outputs import Outputs
from studio_console.devices.previews.pool import Pool
from studio_console.devices.previews.process import Command, worker_command
from studio_console.devices.previews.protocol import Trick
from studio_console.devices.previews.screen import Screen, copied
from studio_console.devices.previews.shedding import Pressure, measured
from studio_console.devices.previews.stills import Stills
from studio_console.devices.previews.workers import LaneRules

LOG = logging.getLogger(__name__)

TICK = 0.1
MEASURE_EVERY = 1.0
WALL_FPS, CLOSE_FPS = 10, 25
WALL_NICE, CLOSE_NICE = 10, 5
CLOSE_PLACES = 6
"""The four who are seen closely, and two who are just coming or going."""
CLOSE_WITHIN = 5.0
"""Seconds after which a sender that gives no second connection is taken for one who cannot."""
STILL_PAINTED = 5.0
"""Seconds for which the picture of a guest who is no longer wanted stays in memory: a window may be painting it."""
POLITE = 1.0
GONE_WITHIN = 2.8
"""Seconds of closing: workers may end by themselves until POLITE, then they are killed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """Where a guest's picture is to be found. ``epoch`` is higher than that of every sight before."""

    epoch: int
    look: Callable[[], Picture | None]
    level: Callable[[], float | None]
    player: Player | None = None
    screen: Screen | None = None


class PreviewWall:
    """Meets core.ports.Previews. ``surfaces`` are those whose OBS may be asked for pictures, ``folder`` the event's."""

    def __init__(
        self,
        rules: GuestRules,
        folder: Path,
        surfaces: Iterable[Surface] = (),
        passwords: Callable[[SurfaceId], str | None] = lambda surface: None,
        *,
        streams_per_worker: int = 8,
        command: Command = worker_command,
        spare: bool = True,
    ) -> None:
        self._folder = folder
        self._post: Post = lambda event: None
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._wished: Mapping[PersonId, Wish] = {}
        self._wishes: Mapping[PersonId, Wish] = {}
        self._listening: PersonId | None = None
        self._sights: dict[PersonId, _Sight] = {}
        self._handed: dict[PersonId, Picture] = {}
        """What ``picture`` last gave for each guest: it stays in memory until the next call, whatever dies."""
        self._dirty: dict[PersonId, None] = {}
        self._let_go: list[tuple[float, Picture | None]] = []
        self._told: dict[PersonId, tuple[Signal, Text | None]] = {}
        self._epochs = itertools.count(1)
        self._alone: set[Playing] = set()
        self._barred: frozenset[tuple[Playing, Lane]] = frozenset()
        self._pressure = Pressure()
        self._cpu = 0.0
        self._measured_at = 0.0
        lanes = {
            Lane.WALL: LaneRules(Shape(streams_per_worker, 640, 360), WALL_FPS, False, WALL_NICE),
            Lane.CLOSE: LaneRules(Shape(CLOSE_PLACES, 1280, 720), CLOSE_FPS, True, CLOSE_NICE),
        }
        self._pool = Pool(lanes, rules, command, self._work.put, self._changed, self._keep, spare)
        judged = Rules(frozen_after=rules.frozen_after / 1000, black_after=rules.black_after / 1000)
        self._obs = ObsGuests(surfaces, passwords, judged, self._work.put, self._say, self._pictured)
        self._stills = Stills(
            folder,
            lambda *told: self._work.put(partial(self._say, *told)),
            lambda guest, board: self._work.put(partial(self._pictured, guest, board)),
        )
        self._outputs = Outputs()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="previews", daemon=True)

    # --- the port, from any thread ------------------------------------------------------------------------------

    def start(self, post: Post) -> None:
        self._post = post
        self._thread.start()

    def show(self, wishes: Mapping[PersonId, Wish]) -> None:
        if wishes == self._wished:
            return
        self._wished = dict(wishes)
        self._work.put(partial(self._show, self._wished))

    def listen(self, guest: PersonId | None, device: str = "") -> None:
        self._work.put(partial(self._listen, guest, device))

    def picture(self, guest: PersonId) -> Picture | None:
        sight = self._sights.get(guest)
        if sight is None:
            self._handed.pop(guest, None)
            return None
        picture = sight.look()
        if picture is None:
            return self._handed.get(guest)
        picture = picture._replace(sequence=sight.epoch << 32 | picture.sequence & 0xFFFFFFFF)
        self._handed[guest] = picture
        return picture

    def level(self, guest: PersonId) -> float | None:
        sight = self._sights.get(guest)
        return None if sight is None else sight.level()

    @property
    def load(self) -> Load:
        return self._pressure.load

    def outputs(self) -> tuple[str, ...]:
        return self._outputs.names()

    def act(self, guest: PersonId, trick: str) -> None:
        """Raises ValueError for a trick that there is not."""
        self._work.put(partial(self._pool.act, guest, Trick(trick)))

    @property
    def not_heard(self) -> Text | None:
        """Why the one who is listened to is not on the headphones; None while all is well."""
        return self._pool.not_heard

    def close(self) -> None:
        self._closing = True
        self._work.put(_nothing)
        if self._thread.is_alive():
            self._thread.join()
        elif self._thread.ident is None:
            self._end()

    # --- the supervisor -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._guarded(sweep)
        psutil.cpu_percent()
        looked_at = 0.0
        while not self._closing:
            with contextlib.suppress(queue.Empty):
                self._guarded(self._work.get(timeout=TICK))
            now = time.monotonic()
            if now - looked_at >= TICK:
                looked_at = now
                self._guarded(partial(self._look, now))
        self._end()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Does ``work``; what goes wrong with one guest must not take the others along."""
        try:
            work()
            self._follow()
        except Exception:
            LOG.exception("previews: a piece of work failed")

    def _look(self, now: float) -> None:
        if now - self._measured_at >= MEASURE_EVERY:
            self._measured_at = now
            self._cpu = psutil.cpu_percent()
            before = self._pressure.load
            self._pressure = measured(self._pressure, now, self._cpu, self._pool.late_ms(), self._pool.fluency())
            if self._pressure.load is not before:
                LOG.warning("previews: load %s → %s", before.name, self._pressure.load.name)
                self._pool.shed(self._pressure.load)
        self._pool.look(now, self._cpu)
        self._obs.look(now)
        self._find_lonely(now)
        self._let_go = [(until, picture) for until, picture in self._let_go if now < until]
        if self._pool.barred(now) != self._barred:
            self._settle()

    def _find_lonely(self, now: float) -> None:
        """A close player that gets nothing while the wall's goes on: this sender takes one connection only."""
        for guest, lanes in list(self._pool.players.items()):
            wall, close = lanes.get(Lane.WALL), lanes.get(Lane.CLOSE)
            if wall is None or close is None or close.seen or not wall.seen or now - close.begun_at < CLOSE_WITHIN:
                continue
            ready = close.cell.worker is not None and close.cell.worker.ready
            if ready and wall.signal in (Signal.LIVE, Signal.SILENT) and wall.begun_at < close.begun_at:
                LOG.info("previews: %s sends to one player at a time", guest)
                self._alone.add(close.playing)
                self._settle()

    def _show(self, wishes: Mapping[PersonId, Wish]) -> None:
        for guest in self._wishes.keys() - wishes.keys():
            self._pool.forget(guest)
        self._wishes = wishes
        self._settle()
        self._obs.watch({g: w.source for g, w in wishes.items() if isinstance(w.source, ObsPreview)})
        self._stills.watch({g: w.source.file for g, w in wishes.items() if isinstance(w.source, PicturePreview)})
        for guest in [guest for guest in self._sights if guest not in wishes]:
            del self._sights[guest]
        for guest in [guest for guest in self._told if guest not in wishes]:
            del self._told[guest]
        now = time.monotonic()
        for guest in [guest for guest in list(self._handed) if guest not in wishes]:
            self._let_go.append((now + STILL_PAINTED, self._handed.pop(guest, None)))
        for guest in wishes:
            if guest not in self._told:
                self._say(guest, Signal.CONNECTING, 0, None)

    def _listen(self, guest: PersonId | None, device: str) -> None:
        self._listening = guest
        self._settle()
        wish = self._wishes.get(guest) if guest is not None else None
        self._pool.listen(guest, device, wish is None or self._playing(wish.source) is not None)

    def _settle(self) -> None:
        """Begins and ends players until everyone has what is wanted of them."""
        now = time.monotonic()
        self._barred = self._pool.barred(now)
        wants = {
            guest: Want(playing, wish.fast or wish.sound, wish.looked_at or guest == self._listening)
            for guest, wish in self._wishes.items()
            if (playing := self._playing(wish.source)) is not None
        }
        players = {
            guest: {lane: player.running for lane, player in lanes.items()}
            for guest, lanes in self._pool.players.items()
        }
        todo = steps(wants, players, CLOSE_PLACES, self._alone, self._barred)
        left = {}
        for step in todo:
            match step:
                case Finish(guest, lane):
                    left[guest] = lane
                    self._pool.finish(self._pool.players[guest][lane], now)
                case Begin(guest, lane):
                    player = self._pool.begin(guest, lane, wants[guest].playing, now)
                    if left.get(guest, lane) is not lane:
                        player.reason = words.MOVING
        for guest in dict.fromkeys(step.guest for step in todo):
            self._retell(guest)

    def _playing(self, source: Source) -> Playing | None:
        match source:
            case StreamPreview(url):
                return Playing("url", url)
            case FilePreview(file):
                return Playing("file", str((self._folder / file).absolute()))
            case DevicePreview(device):
                return Playing("device", device)
            case DrawnPreview(label):
                return Playing("drawn", label)
            case ObsPreview() | PicturePreview():
                return None

    # --- what becomes of it -------------------------------------------------------------------------------------

    def _changed(self, guest: PersonId) -> None:
        """A player of this guest is in another state. Told when the work at hand is done: it may change players."""
        self._dirty[guest] = None

    def _follow(self) -> None:
        """What changed is told, and lanes may change by it."""
        while self._dirty:
            changed = list(self._dirty)
            self._dirty.clear()
            for guest in changed:
                self._retell(guest)
            self._settle()

    def _retell(self, guest: PersonId) -> None:
        wish = self._wishes.get(guest)
        if wish is None or (playing := self._playing(wish.source)) is None:
            return
        lanes = self._pool.players.get(guest, {})
        lane = shown({lane: player.running for lane, player in lanes.items()})
        if lane is None:
            barred = any(playing == what for what, _ in self._pool.barred(time.monotonic()))
            self._say(guest, *((Signal.LOST, 0, words.CRASHES) if barred else (Signal.CONNECTING, 0, None)))
            return
        player = lanes[lane]
        if player.seen:
            self._point_at(player)
        self._say(guest, player.signal, player.ago, player.reason)

    def _point_at(self, player: Player) -> None:
        worker, stream = player.cell.worker, player.stream
        if worker is None:
            return
        screen = worker.screen
        sight = self._sights.get(player.guest)
        if sight is not None and sight.player is player and sight.screen is screen:
            return
        self._sights[player.guest] = _Sight(
            next(self._epochs), partial(screen.newest, stream), partial(screen.level, stream), player, screen
        )

    def _keep(self, player: Player) -> None:
        """The place of this player's picture goes: its last picture stays, in memory of its own."""
        sight = self._sights.get(player.guest)
        if sight is None or sight.player is not player:
            return
        picture = sight.look()
        if picture is None:
            del self._sights[player.guest]
            return
        last = copied(picture)
        self._sights[player.guest] = _Sight(next(self._epochs), lambda: last, _no_level)

    def _pictured(self, guest: PersonId, board: Board) -> None:
        wish = self._wishes.get(guest)
        if wish is not None and self._playing(wish.source) is None:
            self._sights[guest] = _Sight(next(self._epochs), board.newest, _no_level)

    def _say(self, guest: PersonId, signal: Signal, ago: int, reason: Text | None) -> None:
        """Posts what is new."""
        if guest in self._wishes and self._told.get(guest) != (signal, reason):
            self._told[guest] = (signal, reason)
            self._post(GuestSeen(guest, signal, Duration(ago), reason))

    def _end(self) -> None:
        begun = time.monotonic()
        self._outputs.stop()
        self._obs.stop()
        self._stills.stop()
        self._pool.end(begun)
        pause = threading.Event()
        killed = False
        while not self._pool.workers.gone() and (spent := time.monotonic() - begun) < GONE_WITHIN:
            if spent > POLITE and not killed:
                self._pool.workers.kill_leaving()
                killed = True
            pause.wait(0.01)
        self._obs.join(begun + GONE_WITHIN)
        self._stills.join(max(0.0, begun + GONE_WITHIN - time.monotonic()))
        self._outputs.join(max(0.0, begun + GONE_WITHIN - time.monotonic()))
        # Work that nobody will do any more holds on to those who asked for it.
        while not self._work.empty():
            self._work.get()
        # What was handed out stays until the wall itself goes: a window may paint a last time.
        self._sights.clear()


def _no_level() -> float | None:
    return None


def _nothing() -> None:
    return None

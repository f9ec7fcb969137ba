"""Who plays in which worker. One that dies or hangs is replaced at once, with everyone who was in it.

Where one dies again and again, somebody in it kills it: each of its guests gets a worker alone, and who is alone in one
that dies is left out, and tried again rarely. All of it is the supervisor's; nothing here waits.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio_console.core.ports import Load
from studio_console.core.reports import Signal
from studio_console.core.studio import GuestRules
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.previews import words
from studio_console.devices.previews.cell import Cell, Player
from studio_console.devices.previews.lanes import WITH_PICTURE, Lane, Playing
from studio_console.devices.previews.process import Command, News
from studio_console.devices.previews.protocol import Act, Hello, Listen, NotHeard, Play, Report, Shed, Stop, Trick
from studio_console.devices.previews.reasons import NO_SOUND, NO_VLC, REASONS, reason_of
from studio_console.devices.previews.shedding import HUNG_AFTER, UNHEARD_AFTER, is_full, patience
from studio_console.devices.previews.workers import LaneRules, Worker, Workers

LOG = logging.getLogger(__name__)

DEATHS_IN = 30.0
"""Seconds in which DEATHS of a worker are too many."""
DEATHS = 3
DEATHS_ALONE = 2
BARRED_FOR = (30.0, 60.0, 120.0, 300.0)
"""Seconds until a guest who killed workers is tried again; the last one from then on."""
FORGIVEN_AFTER = 60.0
START_BACK_OFF = (0.0, 0.5, 1.0, 2.0, 5.0)
LINGER = 10.0
"""Seconds that a worker without guests is kept."""
HEARD_WITHIN = 1.0
"""Seconds until who is to be heard has a player with sound, or it is said that they have none."""
STALL = 0.3
"""Seconds between two looks after which nothing is concluded: it was the console that stood still."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A guest whose picture stands or is black, whichever player says so. ``since`` in s."""

    playing: Playing
    signal: Signal
    since: float


@dataclass(slots=True)
class Bar:
    """Why a source is not played in a lane: it killed its worker ``times`` times."""

    times: int
    until: float


class Pool:
    """``later`` has work done by the supervisor; ``changed`` hears of a player whose state is another one;
    ``keep`` is called while the picture of a player is still there, and its place about to go."""

    def __init__(
        self,
        lanes: Mapping[Lane, LaneRules],
        rules: GuestRules,
        command: Command,
        later: Callable[[Callable[[], None]], None],
        changed: Callable[[PersonId], None],
        keep: Callable[[Player], None],
        spare: bool = True,
    ) -> None:
        self.players: dict[PersonId, dict[Lane, Player]] = {}
        self.cells: list[Cell] = []
        self.workers = Workers(lanes, rules, command, later, self._said, self._ended, spare)
        self.not_heard: Text | None = None
        """Why the one who is listened to is not on the headphones."""
        self._caching = rules.caching
        self._changed = changed
        self._keep = keep
        self._jobs = itertools.count(1)
        self._by_job: dict[int, Player] = {}
        self._bars: dict[tuple[Playing, Lane], Bar] = {}
        self._tricks: dict[PersonId, Trick] = {}
        self._standing: dict[PersonId, Standing] = {}
        self._listener: tuple[PersonId, str] | None = None
        self._heard: tuple[Worker, Listen] | None = None
        self._unheard_at: float | None = None
        """When it is said that the one who is listened to is not heard, if that goes on."""
        self._looked_at = 0.0
        self._trusted_from = 0.0

    # --- guests -------------------------------------------------------------------------------------------------

    def begin(self, guest: PersonId, lane: Lane, playing: Playing, now: float) -> Player:
        """Gives the guest a player in ``lane``."""
        suspect = (playing, lane) in self._bars
        cell, stream = self._place(lane, suspect, now)
        player = Player(guest, lane, playing, next(self._jobs), cell, stream, now)
        cell.players[stream] = player
        cell.idle_since = None
        if suspect:
            cell.alone_until = now + FORGIVEN_AFTER
        self.players.setdefault(guest, {})[lane] = player
        self._by_job[player.job] = player
        if cell.worker is not None:
            self._play(player)
        elif cell.retry_at is None:
            self._start(cell, now)
        return player

    def finish(self, player: Player, now: float) -> None:
        """The player stops; its last picture was kept."""
        self._keep(player)
        self._unseat(player, now)
        player.cell.send(Stop(player.stream))
        self._hear()

    def barred(self, now: float) -> frozenset[tuple[Playing, Lane]]:
        """What is left out for now, since it kills workers."""
        return frozenset(what for what, bar in self._bars.items() if now < bar.until)

    def listen(self, guest: PersonId | None, device: str, comes: bool = True) -> None:
        """On the headphones from now on: this guest, as soon as they are in the close lane, if they ever ``comes``."""
        self._listener = None if guest is None else (guest, device)
        self._hear()
        if guest is not None and self._heard is None and not comes:
            self.not_heard = REASONS[NO_SOUND]

    def act(self, guest: PersonId, trick: Trick) -> None:
        """Remembered, so that a guest who changes workers goes on with it."""
        self._tricks[guest] = trick
        for player in self.players.get(guest, {}).values():
            player.cell.send(Act(player.stream, trick))

    def forget(self, guest: PersonId) -> None:
        self._tricks.pop(guest, None)
        self._standing.pop(guest, None)

    def shed(self, load: Load) -> None:
        self.workers.load = load
        for cell in self.cells:
            cell.send(Shed(int(load)))

    # --- from time to time --------------------------------------------------------------------------------------

    def look(self, now: float, cpu: float) -> None:
        """Replaces who hangs, starts who waits, ends who is not needed. ``cpu``: the machine's load in per cent."""
        if now - self._looked_at > STALL:
            self._trusted_from = now + STALL
        self._looked_at = now
        at_work = [cell.worker for cell in self.cells if cell.worker is not None and cell.worker.ready]
        silent = sum(worker.silent_for(now) > HUNG_AFTER for worker in at_work)
        full = is_full(cpu, silent, len(at_work))
        for cell in list(self.cells):
            if cell.worker is None:
                if cell.retry_at is not None and now >= cell.retry_at and cell.guests:
                    self._start(cell, now)
            elif wrong := cell.worker.fails(now, patience(full, cell.worker.opening, cell.hung_lately(now))):
                if now >= self._trusted_from:
                    cell.hangs.append(now)
                    self._lost(cell, now, wrong)
            else:
                self._look_at_players(cell, now)
            self._rest(cell, now)
        if self._unheard_at is not None and now >= self._unheard_at:
            self._unheard_at, self.not_heard = None, REASONS[NO_SOUND]
        settled = all(cell.worker is not None and cell.worker.ready for cell in self.cells)
        self.workers.look(now, {cell.lane for cell in self.cells}, settled)

    def late_ms(self) -> float:
        """How late the workers' loops typically are: the median, for one alone may be a hiccup of its own."""
        workers = [cell.worker for cell in self.cells if cell.worker is not None and cell.worker.ready]
        late = sorted(worker.process.late_ms for worker in workers)
        return float(late[len(late) // 2]) if late else 0.0

    def fluency(self) -> float:
        """The share of the pictures that come which should, typically: a guest's own line may lose some."""
        workers = [cell.worker for cell in self.cells if cell.worker is not None and cell.worker.ready]
        shares = sorted(share for worker in workers if (share := worker.process.fluency) is not None)
        return shares[len(shares) // 2] if shares else 1.0

    def end(self, now: float) -> None:
        """Asks every worker to end; ``workers.gone`` tells when they have."""
        for cell in self.cells:
            self._dismiss(cell, now)
        self.workers.end(now)
        self.cells.clear()
        self.players.clear()
        self._by_job.clear()
        self._heard = None

    def _look_at_players(self, cell: Cell, now: float) -> None:
        silent = cell.worker.silent_for(now) if cell.worker is not None else 0.0
        for player in cell.guests:
            if silent < UNHEARD_AFTER:
                news = player.heard_again()
            else:
                news = now >= self._trusted_from and player.unheard(silent, words.NO_SIGN)
            if news:
                self._changed(player.guest)
            if player.steadied(now):
                self._changed(player.guest)
            if player.seen_at is not None and now - player.seen_at > FORGIVEN_AFTER:
                self._bars.pop((player.playing, player.lane), None)

    def _rest(self, cell: Cell, now: float) -> None:
        if cell.guests:
            return
        if cell.idle_since is None:
            cell.idle_since = now
        if now - cell.idle_since >= LINGER or cell.worker is None:
            self._dismiss(cell, now)
            self.cells.remove(cell)

    def _dismiss(self, cell: Cell, now: float) -> None:
        if cell.worker is not None:
            self.workers.dismiss(cell.worker, now)
        cell.worker = None

    # --- what workers say ---------------------------------------------------------------------------------------

    def _said(self, worker: Worker, said: News) -> None:
        match said:
            case Hello():
                for cell in self.cells:
                    if cell.worker is worker:
                        self._greeted(cell, worker)
            case Report():
                self._reported(worker, said)
            case NotHeard(stream=stream, problem=problem):
                if self._heard is not None and self._heard[0] is worker and self._heard[1].stream == stream:
                    self.not_heard = reason_of(problem)

    def _greeted(self, cell: Cell, worker: Worker) -> None:
        cell.failed_starts = 0
        for player in cell.guests:
            if _cannot(worker, player):
                self._say_cannot(worker, player)

    def _reported(self, worker: Worker, said: Report) -> None:
        player = self._by_job.get(said.job)
        if player is None or player.cell.worker is not worker or player.stream != said.stream:
            return
        reason = reason_of(said.reason)
        if _cannot(worker, player) or (said.signal is player.signal is Signal.CONNECTING and reason is None):
            # That it connects is known, and why it does so again is not to be forgotten.
            return
        if said.signal in WITH_PICTURE:
            player.has_picture(time.monotonic())
        player.turned(said.signal, reason, max(0, said.ago_ms))
        self._remember(player)
        self._changed(player.guest)

    def _remember(self, player: Player) -> None:
        """Who stands is not live just because another player has a first picture of them."""
        if player.signal in (Signal.FROZEN, Signal.BLACK):
            since = time.monotonic() - player.ago / 1000
            self._standing[player.guest] = Standing(player.playing, player.signal, since)
        elif player.signal is not Signal.CONNECTING:
            self._standing.pop(player.guest, None)

    def _say_cannot(self, worker: Worker, player: Player) -> None:
        player.turned(Signal.UNPLAYABLE, reason_of(worker.problem) or REASONS[NO_VLC])
        self._changed(player.guest)

    def _ended(self, worker: Worker) -> None:
        for cell in self.cells:
            if cell.worker is worker:
                self._lost(cell, time.monotonic(), "ended")

    # --- workers ------------------------------------------------------------------------------------------------

    def _place(self, lane: Lane, suspect: bool, now: float) -> tuple[Cell, int]:
        if not suspect:
            for cell in self.cells:
                if cell.lane is lane and (stream := cell.free_stream(now)) is not None:
                    return cell, stream
        return self._new_cell(lane), 0

    def _new_cell(self, lane: Lane) -> Cell:
        cell = Cell(lane, [None] * self.workers.lanes[lane].shape.streams)
        self.cells.append(cell)
        return cell

    def _unseat(self, player: Player, now: float) -> None:
        player.cell.leave(player, now)
        self._by_job.pop(player.job, None)
        had = self.players.get(player.guest, {})
        if had.get(player.lane) is player:
            del had[player.lane]
        if not had:
            self.players.pop(player.guest, None)

    def _start(self, cell: Cell, now: float) -> None:
        """A worker for the cell, with everyone in it."""
        cell.retry_at = None
        try:
            cell.worker = self.workers.take(cell.lane)
        except OSError as error:
            LOG.warning("a preview worker cannot be started: %s", error)
            self._start_failed(cell, now, None)
            return
        if cell.worker.ready:
            cell.failed_starts = 0
        for player in cell.guests:
            self._play(player)

    def _play(self, player: Player) -> None:
        worker = player.cell.worker
        assert worker is not None
        if _cannot(worker, player):
            self._say_cannot(worker, player)
            return
        worker.played_at = time.monotonic()
        standing = self._standing.get(player.guest)
        if standing is None or standing.playing != player.playing:
            standing = Standing(player.playing, Signal.CONNECTING, worker.played_at)
        worker.process.send(
            Play(
                stream=player.stream,
                job=player.job,
                kind=player.playing.kind,
                location=player.playing.location,
                sound=self.workers.lanes[player.lane].sound,
                caching_ms=self._caching,
                was=standing.signal,
                was_for_ms=round((worker.played_at - standing.since) * 1000),
            )
        )
        if (trick := self._tricks.get(player.guest)) is not None:
            worker.process.send(Act(player.stream, trick))
        self._hear()

    def _hear(self) -> None:
        """Lets exactly the one be heard who is listened to."""
        wanted: tuple[Worker, Listen] | None = None
        if self._listener is not None:
            player = self.players.get(self._listener[0], {}).get(Lane.CLOSE)
            if player is not None and player.cell.worker is not None:
                wanted = player.cell.worker, Listen(player.stream, self._listener[1])
        if wanted is not None or self._listener is None:
            self._unheard_at = None
        elif self._unheard_at is None and self.not_heard is None:
            self._unheard_at = time.monotonic() + HEARD_WITHIN
        if wanted == self._heard and self._listener is not None:
            return
        self.not_heard = None
        if self._heard is not None and (wanted is None or wanted[0] is not self._heard[0]):
            self._heard[0].process.send(Listen(None))
        if wanted is not None:
            wanted[0].process.send(wanted[1])
        self._heard = wanted

    def _lost(self, cell: Cell, now: float, how: str) -> None:
        """The worker is no more, or as good as: its guests say so at once, and another one takes over."""
        worker = cell.worker
        assert worker is not None
        for player in cell.guests:
            self._keep(player)
            player.lost_picture()
            player.turned(Signal.CONNECTING, words.RESTARTING)
            self._changed(player.guest)
        self.workers.kill(worker, now)
        cell.worker = None
        code = worker.process.exit_code if how == "ended" else None
        LOG.warning("preview worker %d %s%s", worker.process.pid, how, "" if code is None else f" ({code})")
        if self._heard is not None and self._heard[0] is worker:
            self._heard = None
        if worker.ready:
            self._replace(cell, now)
        else:
            self._start_failed(cell, now, code)

    def _replace(self, cell: Cell, now: float) -> None:
        cell.deaths.append(now)
        while now - cell.deaths[0] > DEATHS_IN:
            cell.deaths.popleft()
        guests = cell.guests
        alone = now < cell.alone_until
        if not guests:
            return
        if len(cell.deaths) < (DEATHS_ALONE if alone else DEATHS):
            self._start(cell, now)
        elif len(guests) == 1:
            self._bar(guests[0], now)
        else:
            self._put_apart(cell, guests, now)

    def _put_apart(self, cell: Cell, guests: list[Player], now: float) -> None:
        LOG.warning("a preview worker died %d times in %g s: its guests are put apart", len(cell.deaths), DEATHS_IN)
        cell.deaths.clear()
        for player in guests[1:]:
            cell.leave(player, now)
            player.cell, player.stream = self._new_cell(cell.lane), 0
            player.cell.players[0] = player
        for player in guests:
            player.cell.alone_until = now + DEATHS_IN
            self._start(player.cell, now)

    def _bar(self, player: Player, now: float) -> None:
        what = (player.playing, player.lane)
        times = self._bars[what].times + 1 if what in self._bars else 1
        wait = BARRED_FOR[min(times, len(BARRED_FOR)) - 1]
        self._bars[what] = Bar(times, now + wait)
        LOG.warning("what %s plays kills its preview worker: left out for %g s", player.guest, wait)
        player.cell.deaths.clear()
        player.cell.alone_until = 0.0
        self._unseat(player, now)

    def _start_failed(self, cell: Cell, now: float, code: int | None) -> None:
        """Not the guests' fault. Told only when it is no longer a mere hiccup."""
        cell.retry_at = now + START_BACK_OFF[min(cell.failed_starts, len(START_BACK_OFF) - 1)]
        cell.failed_starts += 1
        for player in cell.guests:
            if cell.failed_starts >= DEATHS:
                player.turned(Signal.LOST, words.workers_do_not_start(code))
            self._changed(player.guest)


def _cannot(worker: Worker, player: Player) -> bool:
    """Whether it takes a VLC that this worker does not have."""
    return worker.vlc == "" and player.playing.kind != "drawn"

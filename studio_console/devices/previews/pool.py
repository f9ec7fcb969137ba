"""The workers, and who plays in which. One that dies or hangs is replaced at once, with everyone who was in it.

Where one dies again and again, somebody in it kills it: each of its guests gets a worker alone, and who is alone in one
that dies is left out, and tried again rarely. All of it is the supervisor's; nothing here waits.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio_console.core.events import Signal
from studio_console.core.ports import Load
from studio_console.core.studio import GuestRules
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.devices.previews import words
from studio_console.devices.previews.cell import Cell, LaneRules, Player
from studio_console.devices.previews.lanes import WITH_PICTURE, Lane, Playing
from studio_console.devices.previews.process import Command, News, WorkerProcess
from studio_console.devices.previews.protocol import (
    Act,
    Hello,
    Listen,
    NotHeard,
    Order,
    Play,
    Report,
    Shed,
    Stop,
    Trick,
)
from studio_console.devices.previews.reasons import NO_VLC, REASONS, reason_of
from studio_console.devices.previews.screen import Screen
from studio_console.devices.previews.setup import Setup
from studio_console.devices.previews.shedding import START_AT_MOST, hung_after

LOG = logging.getLogger(__name__)

DEATHS_IN = 10.0
"""Seconds in which DEATHS of a worker are too many."""
DEATHS = 3
DEATHS_ALONE = 2
BARRED_FOR = (30.0, 60.0, 120.0, 300.0)
"""Seconds until a guest who killed workers is tried again; the last one from then on."""
FORGIVEN_AFTER = 60.0
START_BACK_OFF = (0.0, 0.5, 1.0, 2.0, 5.0)
LINGER = 10.0
"""Seconds that a worker without guests is kept."""
END_AT_MOST = 1.0
"""Seconds that a worker has to end by itself."""
STALL = 0.3
"""Seconds between two looks after which nothing is concluded: it was the console that stood still."""


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
    ) -> None:
        self.players: dict[PersonId, dict[Lane, Player]] = {}
        self.cells: list[Cell] = []
        self._lanes = lanes
        self._rules = rules
        self._command = command
        self._later = later
        self._changed = changed
        self._keep = keep
        self._jobs = itertools.count(1)
        self._by_job: dict[int, Player] = {}
        self._bars: dict[tuple[Playing, Lane], Bar] = {}
        self._leaving: list[tuple[float, WorkerProcess]] = []
        self._load = Load.FULL
        self._tricks: dict[PersonId, Trick] = {}
        self._listener: tuple[PersonId, str] | None = None
        self._heard: tuple[WorkerProcess, Listen] | None = None
        self.not_heard: Text | None = None
        """Why the one who is listened to is not on the headphones."""
        self._looked_at = 0.0
        self._trusted_from = 0.0

    # --- guests -------------------------------------------------------------------------------------------------

    def begin(self, guest: PersonId, lane: Lane, playing: Playing, now: float) -> Player:
        """Gives the guest a player in ``lane``."""
        suspect = (playing, lane) in self._bars
        cell, stream = self._place(lane, suspect, now)
        player = Player(guest, lane, playing, next(self._jobs), cell, stream, now)
        self._seat(player)
        if cell.process is not None:
            self._play(player)
        elif cell.retry_at is None:
            self._start(cell, now)
        return player

    def finish(self, player: Player, now: float) -> None:
        """The player stops; its last picture was kept."""
        self._keep(player)
        self._unseat(player, now)
        if player.cell.process is not None:
            player.cell.process.send(Stop(player.stream))
        self._hear()

    def barred(self, now: float) -> frozenset[tuple[Playing, Lane]]:
        """What is left out for now, since it kills workers."""
        return frozenset(what for what, bar in self._bars.items() if now < bar.until)

    def listen(self, guest: PersonId | None, device: str) -> None:
        """On the headphones from now on: this guest, as soon as they are in the close lane."""
        self._listener = None if guest is None else (guest, device)
        self._hear()

    def act(self, guest: PersonId, trick: Trick) -> None:
        """Remembered, so that a guest who changes workers goes on with it."""
        self._tricks[guest] = trick
        for player in self.players.get(guest, {}).values():
            self._send(player.cell, Act(player.stream, trick))

    def forget(self, guest: PersonId) -> None:
        self._tricks.pop(guest, None)

    def shed(self, load: Load) -> None:
        self._load = load
        for cell in self.cells:
            self._send(cell, Shed(int(load)))

    # --- from time to time --------------------------------------------------------------------------------------

    def look(self, now: float, cpu: float) -> None:
        """Replaces who hangs, starts who waits, ends who is not needed. ``cpu``: the machine's load in per cent."""
        if now - self._looked_at > STALL:
            self._trusted_from = now + STALL
        self._looked_at = now
        at_work = [cell for cell in self.cells if cell.process is not None and cell.ready]
        silent = sum(now - cell.process.alive_at > hung_after(0, 0, 1) for cell in at_work if cell.process is not None)
        limit = hung_after(cpu, silent, len(at_work))
        for cell in list(self.cells):
            process = cell.process
            if process is None:
                if cell.retry_at is not None and now >= cell.retry_at and cell.guests:
                    self._start(cell, now)
            elif process.mad or now - process.alive_at > (limit if cell.ready else START_AT_MOST):
                if now >= self._trusted_from:
                    self._lost(cell, now, "makes no sense" if process.mad else "hangs")
            elif cell.ready and now - process.started_at > FORGIVEN_AFTER:
                for player in cell.guests:
                    self._bars.pop((player.playing, player.lane), None)
            self._rest(cell, now)
        self._sweep_up(now)

    def late_ms(self) -> float:
        """How late the workers' loops typically are: the median, for one alone may be a hiccup of its own."""
        late = sorted(cell.process.late_ms for cell in self.cells if cell.process is not None and cell.ready)
        return float(late[len(late) // 2]) if late else 0.0

    def end(self) -> None:
        """Asks every worker to end; ``gone`` tells when they have."""
        for cell in self.cells:
            for player in cell.guests:
                self._keep(player)
            self._dismiss(cell, time.monotonic())
        self.cells.clear()
        self.players.clear()
        self._by_job.clear()
        self._heard = None

    def kill(self) -> None:
        """Whoever has not ended yet."""
        for _, process in self._leaving:
            process.kill()

    def gone(self) -> bool:
        self._leaving = [(until, process) for until, process in self._leaving if not process.gone]
        return not self._leaving

    # --- what workers say ---------------------------------------------------------------------------------------

    def _said(self, cell: Cell, process: WorkerProcess, said: News) -> None:
        if cell.process is not process:
            return
        match said:
            case Hello():
                self._ready(cell, said)
            case Report():
                self._reported(cell, said)
            case NotHeard(stream=stream, problem=problem):
                if self._heard is not None and self._heard[0] is process and self._heard[1].stream == stream:
                    self.not_heard = reason_of(problem)

    def _ready(self, cell: Cell, said: Hello) -> None:
        cell.ready = True
        cell.failed_starts = 0
        cell.vlc, cell.problem = said.vlc, said.problem
        if cell.screen is not None:
            cell.screen.memory.forget_name()
        if not said.vlc:
            for player in cell.guests:
                self._cannot(player)

    def _reported(self, cell: Cell, said: Report) -> None:
        player = self._by_job.get(said.job)
        if player is None or player.cell is not cell or player.stream != said.stream:
            return
        if cell.vlc == "" and player.playing.kind != "drawn":
            return
        player.seen = player.seen or said.signal in WITH_PICTURE
        player.turned(said.signal, reason_of(said.reason), max(0, said.ago_ms))
        self._changed(player.guest)

    def _cannot(self, player: Player) -> None:
        if player.playing.kind != "drawn":
            player.turned(Signal.UNPLAYABLE, reason_of(player.cell.problem) or REASONS[NO_VLC])
            self._changed(player.guest)

    def _ended(self, cell: Cell, process: WorkerProcess) -> None:
        if cell.process is process:
            self._lost(cell, time.monotonic(), "ended")

    # --- workers ------------------------------------------------------------------------------------------------

    def _place(self, lane: Lane, suspect: bool, now: float) -> tuple[Cell, int]:
        if not suspect:
            for cell in self.cells:
                if cell.lane is lane and (stream := cell.free_stream(now)) is not None:
                    return cell, stream
        return self._new_cell(lane), 0

    def _new_cell(self, lane: Lane) -> Cell:
        cell = Cell(lane, [None] * self._lanes[lane].shape.streams)
        self.cells.append(cell)
        return cell

    def _seat(self, player: Player) -> None:
        player.cell.players[player.stream] = player
        player.cell.idle_since = None
        if (player.playing, player.lane) in self._bars:
            player.cell.alone_until = time.monotonic() + FORGIVEN_AFTER
        self.players.setdefault(player.guest, {})[player.lane] = player
        self._by_job[player.job] = player

    def _unseat(self, player: Player, now: float) -> None:
        player.cell.leave(player, now)
        self._by_job.pop(player.job, None)
        had = self.players.get(player.guest, {})
        if had.get(player.lane) is player:
            del had[player.lane]
        if not had:
            self.players.pop(player.guest, None)

    def _start(self, cell: Cell, now: float) -> None:
        """A new worker for the cell, with everyone in it."""
        lane = self._lanes[cell.lane]
        cell.ready, cell.vlc, cell.retry_at = False, None, None
        try:
            cell.screen = Screen(lane.shape)
            setup = Setup(
                memory=cell.screen.memory.name,
                streams=lane.shape.streams,
                width=lane.shape.width,
                height=lane.shape.height,
                fps=lane.fps,
                sound=lane.sound,
                frozen_after=self._rules.frozen_after,
                black_after=self._rules.black_after,
                silent_after=self._rules.silent_after,
            )
            box: list[WorkerProcess] = []
            cell.process = WorkerProcess(
                self._command(setup),
                lane.nice,
                lambda said: self._later(lambda: self._said(cell, box[0], said)),
                lambda: self._later(lambda: self._ended(cell, box[0])),
            )
            box.append(cell.process)
        except OSError as error:
            LOG.warning("a preview worker cannot be started: %s", error)
            self._drop_memory(cell)
            self._start_failed(cell, now, None)
            return
        if self._load is not Load.FULL:
            cell.process.send(Shed(int(self._load)))
        for player in cell.guests:
            self._play(player)

    def _play(self, player: Player) -> None:
        if player.cell.vlc == "" and player.playing.kind != "drawn":
            self._cannot(player)
            return
        playing = player.playing
        self._send(
            player.cell,
            Play(
                stream=player.stream,
                job=player.job,
                kind=playing.kind,
                location=playing.location,
                sound=self._lanes[player.lane].sound,
                caching_ms=self._rules.caching,
            ),
        )
        if (trick := self._tricks.get(player.guest)) is not None:
            self._send(player.cell, Act(player.stream, trick))
        self._hear()

    def _send(self, cell: Cell, order: Order) -> None:
        if cell.process is not None:
            cell.process.send(order)

    def _hear(self) -> None:
        """Lets exactly the one be heard who is listened to."""
        wanted: tuple[WorkerProcess, Listen] | None = None
        if self._listener is not None:
            player = self.players.get(self._listener[0], {}).get(Lane.CLOSE)
            if player is not None and player.cell.process is not None:
                wanted = player.cell.process, Listen(player.stream, self._listener[1])
        if wanted == self._heard:
            return
        self.not_heard = None
        if self._heard is not None and (wanted is None or wanted[0] is not self._heard[0]):
            self._heard[0].send(Listen(None))
        if wanted is not None:
            wanted[0].send(wanted[1])
        self._heard = wanted

    def _lost(self, cell: Cell, now: float, how: str) -> None:
        """The worker is no more, or as good as: its guests say so at once, and another one takes over."""
        process = cell.process
        assert process is not None
        was_ready = cell.ready
        process.kill()
        code = process.exit_code if how == "ended" else None
        LOG.warning("preview worker %d %s%s", process.pid, how, "" if code is None else f" ({code})")
        for player in cell.guests:
            self._keep(player)
            player.seen = False
            player.turned(Signal.CONNECTING, words.RESTARTING)
        self._leaving.append((now, process))
        cell.process, cell.ready = None, False
        self._drop_memory(cell)
        if self._heard is not None and self._heard[0] is process:
            self._heard = None
        told = cell.guests
        if not was_ready:
            self._start_failed(cell, now, code)
        else:
            self._replace(cell, now)
        for player in told:
            self._changed(player.guest)

    def _replace(self, cell: Cell, now: float) -> None:
        cell.deaths.append(now)
        while now - cell.deaths[0] > DEATHS_IN:
            cell.deaths.popleft()
        guests = cell.guests
        alone = now < cell.alone_until
        if len(cell.deaths) < (DEATHS_ALONE if alone else DEATHS) or not guests:
            if guests:
                self._start(cell, now)
            return
        if len(guests) == 1:
            (player,) = guests
            self._bar(player, now)
            return
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

    def _rest(self, cell: Cell, now: float) -> None:
        if cell.guests:
            cell.idle_since = None
            return
        if cell.idle_since is None:
            cell.idle_since = now
        if now - cell.idle_since >= LINGER or cell.process is None:
            self._dismiss(cell, now)
            self.cells.remove(cell)

    def _dismiss(self, cell: Cell, now: float) -> None:
        if cell.process is not None:
            cell.process.end()
            self._leaving.append((now + END_AT_MOST, cell.process))
        cell.process = None
        self._drop_memory(cell)

    def _drop_memory(self, cell: Cell) -> None:
        """Its name goes at once; the pictures when nobody holds one any more."""
        if cell.screen is not None:
            cell.screen.memory.forget_name()
            cell.screen = None

    def _sweep_up(self, now: float) -> None:
        for until, process in self._leaving:
            if now >= until and process.running:
                process.kill()
        self.gone()

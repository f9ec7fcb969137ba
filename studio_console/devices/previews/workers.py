"""Workers from their start to their end, and for each lane in use a spare one that is ready when another dies.

A start takes most of a second, most of it for reading VLC. A spare has that behind it: who was in a worker that died
is played again at once. All of it is the supervisor's; nothing here waits.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from studio_console.core.ports import Load
from studio_console.core.studio import GuestRules
from studio_console.devices.previews.lanes import Lane
from studio_console.devices.previews.memory import Shape
from studio_console.devices.previews.process import Command, News, WorkerProcess
from studio_console.devices.previews.protocol import Hello, Shed
from studio_console.devices.previews.screen import Screen
from studio_console.devices.previews.setup import Setup
from studio_console.devices.previews.shedding import OPENING, START_AT_MOST, Patience

LOG = logging.getLogger(__name__)

END_AT_MOST = 1.0
"""Seconds that a worker has to end by itself."""
SPARE_AGAIN = 5.0
"""Seconds until another spare is tried where one could not be kept."""


@dataclass(frozen=True, slots=True)
class LaneRules:
    """What the workers of a lane are like."""

    shape: Shape
    fps: int
    sound: bool
    nice: int
    """Whatever the console's own is; Windows knows only "below normal"."""


@dataclass(slots=True, eq=False)
class Worker:
    """A process, its memory, and what it said of itself."""

    lane: Lane
    process: WorkerProcess
    screen: Screen
    ready: bool = False
    """It has said Hello."""
    vlc: str | None = None
    """The version of its VLC; empty where it has none, None before it is known."""
    problem: str = ""
    """Why it has none, as it says it."""

    played_at: float = 0.0
    """When it last was told to play something, or began to listen."""
    _pictures: int = 0
    _moved_at: float = 0.0

    def silent_for(self, now: float) -> float:
        """Seconds without a word and without a picture. Pictures that come are a sign of life, too: where the machine
        is full, they do while the worker's loop is late. Has to be asked often."""
        pictures = sum(map(self.screen.sequence, range(self.screen.memory.shape.streams)))
        if pictures != self._pictures:
            self._pictures, self._moved_at = pictures, now
        return now - max(self.process.alive_at, self._moved_at)

    @property
    def opening(self) -> bool:
        """Whether it fell silent soon after it was told to play something."""
        return self.process.alive_at - self.played_at < OPENING

    def fails(self, now: float, patience: Patience) -> str:
        """What is wrong with it, in a word; empty while it works."""
        if self.process.mad:
            return "makes no sense"
        if not self.ready:
            return "hangs" if now - self.process.started_at > START_AT_MOST else ""
        late = self.silent_for(now) > patience.silent or now - self.process.alive_at > patience.loop
        return "hangs" if late else ""


class Workers:
    """``later`` has work done by the supervisor; ``on_said`` and ``on_end`` are called by it. ``spare``: keep them."""

    def __init__(
        self,
        lanes: Mapping[Lane, LaneRules],
        rules: GuestRules,
        command: Command,
        later: Callable[[Callable[[], None]], None],
        on_said: Callable[[Worker, News], None],
        on_end: Callable[[Worker], None],
        spare: bool = True,
    ) -> None:
        self.lanes = lanes
        self.load = Load.FULL
        self._rules = rules
        self._command = command
        self._later = later
        self._on_said = on_said
        self._on_end = on_end
        self._with_spare = spare
        self._spares: dict[Lane, Worker] = {}
        self._spare_again: dict[Lane, float] = {}
        self._leaving: list[tuple[float, WorkerProcess]] = []

    def take(self, lane: Lane) -> Worker:
        """The spare if it is ready, else a new one. Raises OSError."""
        spare = self._spares.get(lane)
        if spare is not None and spare.ready:
            del self._spares[lane]
            worker = spare
        else:
            worker = self._start(lane)
        if self.load is not Load.FULL:
            worker.process.send(Shed(int(self.load)))
        return worker

    def dismiss(self, worker: Worker, now: float) -> None:
        """Asks it to end; it is killed if it does not."""
        worker.process.end()
        self._part(worker, now + END_AT_MOST)

    def kill(self, worker: Worker, now: float) -> None:
        worker.process.kill()
        self._part(worker, now)

    def look(self, now: float, used: Collection[Lane], settled: bool) -> None:
        """Keeps a spare for every lane that is ``used``, and sees to it that who is to leave leaves.

        A spare is for later: it is started when all others are at work, ``settled``.
        """
        for lane in Lane:
            self._look_at_spare(lane, now, lane in used, settled)
        for until, process in self._leaving:
            if now >= until and process.running:
                process.kill()
        self.gone()

    def end(self, now: float) -> None:
        """Asks the spares to end, too."""
        for spare in self._spares.values():
            self.dismiss(spare, now)
        self._spares.clear()

    def kill_leaving(self) -> None:
        for _, process in self._leaving:
            process.kill()

    def gone(self) -> bool:
        """Whether everyone who was to leave has left, without a trace."""
        self._leaving = [(until, process) for until, process in self._leaving if not process.gone]
        return not self._leaving

    def _start(self, lane: Lane) -> Worker:
        rules = self.lanes[lane]
        screen = Screen(rules.shape)
        setup = Setup(
            memory=screen.memory.name,
            streams=rules.shape.streams,
            width=rules.shape.width,
            height=rules.shape.height,
            fps=rules.fps,
            sound=rules.sound,
            frozen_after=self._rules.frozen_after,
            black_after=self._rules.black_after,
            silent_after=self._rules.silent_after,
        )
        box: list[Worker] = []
        try:
            process = WorkerProcess(
                self._command(setup),
                rules.nice,
                lambda said: self._later(lambda: self._said(box[0], said)),
                lambda: self._later(lambda: self._ended(box[0])),
                screen.memory.handles,
            )
        finally:
            screen.memory.handed_over()
        box.append(Worker(lane, process, screen))
        return box[0]

    def _said(self, worker: Worker, said: News) -> None:
        if isinstance(said, Hello):
            worker.ready = True
            worker.played_at = time.monotonic()
            worker.vlc, worker.problem = said.vlc, said.problem
        self._on_said(worker, said)

    def _ended(self, worker: Worker) -> None:
        if worker is self._spares.get(worker.lane):
            LOG.warning("the spare preview worker %d ended", worker.process.pid)
            self._drop_spare(worker, time.monotonic())
        self._on_end(worker)

    def _look_at_spare(self, lane: Lane, now: float, wanted: bool, settled: bool) -> None:
        spare = self._spares.get(lane)
        if spare is not None:
            if wrong := spare.fails(now, Patience(OPENING, OPENING)):
                LOG.warning("the spare preview worker %d %s", spare.process.pid, wrong)
                self._drop_spare(spare, now)
            elif not wanted:
                del self._spares[lane]
                self.dismiss(spare, now)
        elif wanted and settled and self._with_spare and now >= self._spare_again.get(lane, 0.0):
            try:
                self._spares[lane] = self._start(lane)
            except OSError as error:
                LOG.warning("no spare preview worker can be kept: %s", error)
                self._spare_again[lane] = now + SPARE_AGAIN

    def _drop_spare(self, spare: Worker, now: float) -> None:
        del self._spares[spare.lane]
        self.kill(spare, now)
        self._spare_again[spare.lane] = now + SPARE_AGAIN

    def _part(self, worker: Worker, until: float) -> None:
        """Its pictures go when nobody holds one any more."""
        self._leaving.append((until, worker.process))

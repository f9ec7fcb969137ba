"""The engine: one queue of events, one thread that changes the show, effects out at once.

The wire does not wait for the disk and the disk does not hold up the next press: a second thread makes the journal
durable and only then tells the windows. If the disk hangs, the windows are told anyway, with that as an alarm.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from studio_console.core.effects import Effect, LeaveStudioMode, Refuse, TakeScene, WakeAt
from studio_console.core.events import (
    ClipSeen,
    ClockStepped,
    ConsoleStarted,
    DeadlinePassed,
    JournalTroubled,
    ShowEvent,
    TakeFailed,
)
from studio_console.core.ports import Clock, SurfaceDriver
from studio_console.core.show import Show
from studio_console.core.step import step
from studio_console.core.text import Text
from studio_console.core.units import Instant, PressId, SurfaceId
from studio_console.runtime.clocks import steady_ms
from studio_console.runtime.journal import Entry, Journal

log = logging.getLogger(__name__)

CLOCK_CHECK = 1.0
"""Seconds between looks at whether the wall clock was set."""
DISK_PATIENCE = 0.25
"""Seconds after which the windows are told of a change that the disk has not taken yet."""
DISK_RETRY = 1.0

NO_DRIVER = Text("연결된 OBS가 없습니다", "No OBS belongs to it")
DRIVER_BROKE = Text(
    "내부 오류로 보내지 못했습니다. 다시 시도하세요", "It could not be sent (internal error): try again"
)
DISK_SLOW = Text("디스크가 응답하지 않습니다", "The disk does not answer")
DISK_ERROR = Text("디스크 오류. 남은 공간과 권한을 확인하세요", "Disk error: check free space and permissions")

NOT_JOURNALLED = (ClipSeen, JournalTroubled)
"""What devices tell anew after a restart, and what cannot be written because writing is what fails."""


def replay(entries: Iterable[Entry]) -> Show:
    """The show as the journal has it."""
    show = Show()
    for entry in entries:
        show, _ = step(show, entry.event, entry.at)
    return show


@dataclass(frozen=True, slots=True)
class _Written:
    """What the journal thread is to write, and the show to publish when it has."""

    entries: tuple[Entry, ...]
    show: Show
    number: int


class Engine:
    """Runs one show. Implements ``ShowService``."""

    def __init__(self, clock: Clock, journal: Journal, drivers: Mapping[SurfaceId, SurfaceDriver]) -> None:
        self._clock = clock
        self._journal = journal
        self._drivers = drivers
        self._queue: queue.SimpleQueue[tuple[ShowEvent, Instant] | None] = queue.SimpleQueue()
        self._to_write: queue.SimpleQueue[_Written | None] = queue.SimpleQueue()
        self._wakes: dict[PressId, Instant] = {}
        self._watchers: list[Callable[[Show], None]] = []
        self._watch_lock = threading.RLock()
        self._published = replay(journal.entries())
        self._published_number = 0
        self._show = self._published
        self._number = 0
        self._written = 0
        self._unwritten_since = 0.0
        self._disk_slow = False
        self._threads = (
            threading.Thread(target=self._run, name="engine", daemon=True),
            threading.Thread(target=self._write, name="journal", daemon=True),
        )

    @property
    def clock(self) -> Clock:
        return self._clock

    @property
    def recovered(self) -> Show:
        """The show as the journal had it when the engine was made."""
        return self._published

    def start(self) -> None:
        """Starts the threads. Nothing is known of the surfaces until ``start_drivers`` and their own reports."""
        self.post(ConsoleStarted())
        for thread in self._threads:
            thread.start()

    def start_drivers(self) -> None:
        """Lets the drivers connect and report what the surfaces show."""
        for driver in self._drivers.values():
            driver.start(self.post)

    def post(self, event: ShowEvent) -> None:
        """Hands ``event`` over with the instant it happened; returns at once, from any thread."""
        self._queue.put((event, self._clock.now()))

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        with self._watch_lock:
            self._watchers.append(on_show)
            on_show(self._published)

        def end() -> None:
            with self._watch_lock:
                if on_show in self._watchers:
                    self._watchers.remove(on_show)

        return end

    def close(self) -> None:
        """Writes what is still unwritten, ends the threads and the drivers. Nothing on air changes.

        The journal stays open: it is the caller's.
        """
        self._queue.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join()
        for driver in self._drivers.values():
            driver.close()

    # --- the engine's thread

    def _run(self) -> None:
        while True:
            try:
                waiting: tuple[ShowEvent, Instant] | None = self._queue.get(timeout=self._patience())
            except queue.Empty:
                self._look_around()
                continue
            entries: list[Entry] = []
            closing = False
            while True:
                if waiting is None:
                    closing = True
                    break
                entry = self._step(*waiting)
                if entry is not None:
                    entries.append(entry)
                try:
                    waiting = self._queue.get_nowait()
                except queue.Empty:
                    break
            if self._written == self._number:
                self._unwritten_since = steady_ms()
            self._number += 1
            self._to_write.put(_Written(tuple(entries), self._show, self._number))
            if closing:
                self._to_write.put(None)
                return
            self._look_around()

    def _patience(self) -> float:
        waits = [CLOCK_CHECK]
        if self._written < self._number:
            waits.append(DISK_PATIENCE)
        waits += [self._clock.real_delay(due) for due in self._wakes.values()]
        return max(0.0, min(waits))

    def _look_around(self) -> None:
        """What comes due without anybody saying so: deadlines, a clock that was set, a disk that hangs."""
        now = self._clock.now()
        for press, due in list(self._wakes.items()):
            if due <= now:
                del self._wakes[press]
                self._queue.put((DeadlinePassed(press), now))
        behind = self._written < self._number and steady_ms() - self._unwritten_since > DISK_PATIENCE * 1000
        if behind and not self._disk_slow:
            self._disk_slow = True
            self._step(JournalTroubled(DISK_SLOW), now)
        if behind:
            self._publish(self._show, self._number)
        amount = self._clock.stepped()
        if amount is not None:
            log.info("the wall clock was set by %d ms", amount)
            self._queue.put((ClockStepped(amount), self._clock.now()))

    def _step(self, event: ShowEvent, now: Instant) -> Entry | None:
        try:
            self._show, effects = step(self._show, event, now)
        except Exception:
            # A defect must not take the show down: what is on air stays, the next press still works.
            log.exception("the show could not take %s", type(event).__name__)
            return None
        outcome = ""
        for effect in effects:
            if isinstance(effect, Refuse):
                outcome = effect.reason.show("en", **effect.values)
            else:
                self._carry_out(effect)
        return None if isinstance(event, NOT_JOURNALLED) else Entry(now, event, outcome)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case WakeAt(instant=instant, press=press):
                self._wakes[press] = instant
            case TakeScene(surface=surface, press=press):
                driver = self._drivers.get(surface)
                if driver is None:
                    self.post(TakeFailed(surface, press, NO_DRIVER))
                    return
                try:
                    driver.take(effect)
                except Exception:
                    log.exception("the driver of %s broke", surface)
                    self.post(TakeFailed(surface, press, DRIVER_BROKE))
            case LeaveStudioMode(surface=surface):
                driver = self._drivers.get(surface)
                if driver is not None:
                    driver.leave_studio_mode(effect)
            case Refuse():
                pass

    # --- the journal's thread

    def _write(self) -> None:
        unwritten: list[Entry] = []
        trouble: Text | None = None
        closing = False
        while not closing:
            try:
                work = self._to_write.get(timeout=DISK_RETRY if unwritten else None)
            except queue.Empty:
                work = None
            else:
                closing = work is None
            if work is not None:
                unwritten += work.entries
            now_troubled = self._append(unwritten)
            if now_troubled is None:
                unwritten.clear()
            if now_troubled is not trouble or self._disk_slow:
                trouble, self._disk_slow = now_troubled, False
                self.post(JournalTroubled(trouble))
            if work is not None:
                self._written = work.number
                self._publish(work.show, work.number)

    def _append(self, entries: list[Entry]) -> Text | None:
        if not entries:
            return None
        try:
            self._journal.append(entries)
        except (sqlite3.Error, OSError) as error:
            log.error("the journal cannot be written: %s", error)
            return DISK_ERROR
        return None

    def _publish(self, show: Show, number: int) -> None:
        with self._watch_lock:
            if number <= self._published_number:
                return
            self._published, self._published_number = show, number
            for watcher in list(self._watchers):
                try:
                    watcher(show)
                except Exception:
                    log.exception("a window could not be told of the show")

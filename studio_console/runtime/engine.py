"""The engine: one queue of events, one thread that changes the show, effects out at once.

The wire does not wait for the disk and the disk does not hold up the next press: a second thread makes the journal
durable and only then tells the windows. That a take is on its way they are told at once: it has been sent, and nothing
is done yet. If the disk hangs, the windows are told anyway, with that as an alarm.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from studio_console.core.edit_reports import DraftFound, DraftKept, EditKept, EditRefused, RevertFailed
from studio_console.core.effects import (
    AlignStandby,
    ArrangeScene,
    DropEdit,
    EditOrder,
    Effect,
    FollowClip,
    KeepDraft,
    LeaveStudioMode,
    PromoteStandby,
    Reconnect,
    Refuse,
    RevertEdit,
    SetSound,
    StartOutput,
    StopOutput,
    TakeScene,
    WakeAt,
    WriteEdit,
    WriteText,
)
from studio_console.core.events import ClockStepped, ConsoleStarted, DeadlinePassed, JournalTroubled, ShowEvent
from studio_console.core.ports import Clock, FileEditor, SurfaceDriver
from studio_console.core.reports import (
    ArrangeFailed,
    ClipMeasured,
    ClipSeen,
    DriftSeen,
    OutputFailed,
    OutputsMeasured,
    ScenesCompared,
    SoundSeen,
    SurfaceLost,
    TakeFailed,
    TextWritten,
    WordsSeen,
)
from studio_console.core.show import Refusal, Show
from studio_console.core.step import step
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PressId, SurfaceId
from studio_console.runtime.clocks import steady_ms
from studio_console.runtime.journal import Entry, Journal

log = logging.getLogger(__name__)

CLOCK_CHECK = 1.0
"""Seconds between looks at whether the wall clock was set."""
DISK_PATIENCE = 0.25
"""Seconds after which the windows are told of a change that the disk has not taken yet."""
DISK_RETRY = 1.0
"""Seconds between tries to write what could not be written."""
CLOSE_PATIENCE = 5.0
"""Seconds for which ``close`` waits for a disk that does not answer."""
AT_ONCE = 200
"""The most events taken together: under a flood of them the windows are still told and deadlines still seen."""

NO_DRIVER = Text("연결된 OBS가 없습니다", "No OBS belongs to it")
DRIVER_BROKE = Text(
    "내부 오류로 보내지 못했습니다. 다시 시도하세요", "It could not be sent (internal error): try again"
)
NOT_STARTED = Text("내부 오류로 연결을 시작하지 못했습니다", "The connection could not be started (internal error)")
NO_EDITOR = Text("이 콘솔에서는 파일을 고칠 수 없습니다", "The files cannot be edited from this console")
STEP_BROKE = Text("내부 오류로 처리하지 못했습니다", "It could not be carried out (internal error)")
DISK_SLOW = Text("디스크가 응답하지 않습니다", "The disk does not answer")
DISK_ERROR = Text("디스크 오류. 남은 공간과 권한을 확인하세요", "Disk error: check free space and permissions")

NOT_JOURNALLED = (
    ClipMeasured,
    ClipSeen,
    DraftFound,
    DraftKept,
    DriftSeen,
    EditKept,
    JournalTroubled,
    OutputsMeasured,
    ScenesCompared,
    SoundSeen,
    WordsSeen,
)
"""What devices tell anew after a restart, and what cannot be written because writing is what fails."""


def replay(entries: Iterable[Entry]) -> Show:
    """The show as the journal has it. An entry that the show cannot take is passed over, as it was on air."""
    show = Show()
    for entry in entries:
        try:
            show, _ = step(show, entry.event, entry.at)
        except Exception:
            log.exception("the show could not take %s from the journal", type(entry.event).__name__)
    return show


@dataclass(frozen=True, slots=True)
class _Written:
    """What the journal thread is to write, and the show to publish when it has."""

    entries: tuple[Entry, ...]
    show: Show
    number: int
    told_first: bool = False
    """It is shown before it is saved: a take on its way or a clock that was set, and nothing else."""


class Engine:
    """Runs one show. Implements ``ShowService``."""

    def __init__(self, clock: Clock, journal: Journal, drivers: Mapping[SurfaceId, SurfaceDriver]) -> None:
        self._clock = clock
        self._journal = journal
        self._drivers = drivers
        self._editor: FileEditor | None = None
        self._queue: queue.SimpleQueue[tuple[ShowEvent, Instant] | None] = queue.SimpleQueue()
        self._to_write: queue.SimpleQueue[_Written | None] = queue.SimpleQueue()
        self._wakes: dict[PressId, Instant] = {}
        self._watchers: list[Callable[[Show], None]] = []
        self._watch_lock = threading.RLock()
        self._recovered = replay(journal.entries())
        self._show = self._recovered
        # No window is to see for a moment what the surfaces showed when the console ended.
        self._published, _ = step(self._recovered, ConsoleStarted(), clock.now())
        self._published_number = 0
        self._number = 0
        self._unwritten: deque[tuple[int, float]] = deque()
        """Numbers of changes handed to the journal's thread, and when; the engine's thread's own."""
        self._written = 0
        """The last number that the journal's thread is done with; written by it alone."""
        self._disk_trouble: Text | None = None
        """Why its last try failed; written by it alone."""
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
        return self._recovered

    def start(self) -> None:
        """Starts the threads. Nothing is known of the surfaces until ``start_drivers`` and their own reports."""
        self.post(ConsoleStarted())
        for thread in self._threads:
            thread.start()

    def start_drivers(self) -> None:
        """Lets the drivers connect and report what the surfaces show.

        Until now the mapping that the engine was made with may still be filled: a window need not wait for devices.
        """
        for surface, driver in self._drivers.items():
            known = self._recovered.surfaces.get(surface)
            if known is not None and known.main:
                again = PromoteStandby(surface, known.main, "promoted before the console was started again")
                _drive(surface, partial(driver.promote, again))
            if not _drive(surface, partial(driver.start, self.post)):
                self.post(SurfaceLost(surface, NOT_STARTED, final=True))

    def use_editor(self, editor: FileEditor) -> None:
        """Edits of the files go to ``editor`` from now on; without one they are refused."""
        self._editor = editor

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

    def close(self) -> bool:
        """Writes what is still unwritten, ends the threads and the drivers. Nothing on air changes.

        The journal stays open: it is the caller's. False if not everything is on the disk; where that is because it
        has not answered for CLOSE_PATIENCE s, the journal's thread still waits for it, and using the journal would too.
        """
        self._queue.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(CLOSE_PATIENCE)
        for surface, driver in self._drivers.items():
            _drive(surface, driver.close)
        stuck = [thread.name for thread in self._threads if thread.is_alive()]
        if stuck:
            log.error("closed without waiting any longer for: %s", ", ".join(stuck))
        return not stuck and self._disk_trouble is None

    # --- the engine's thread

    def _run(self) -> None:
        closing = False
        while not closing:
            try:
                waiting: tuple[ShowEvent, Instant] | None = self._queue.get(timeout=self._patience())
            except queue.Empty:
                self._look_around()
                continue
            entries: list[Entry] = []
            told_first = False
            for taken in range(1, AT_ONCE + 1):
                if waiting is None:
                    closing = True
                    break
                before = self._show.taking
                entry = self._step(*waiting)
                if entry is not None:
                    entries.append(entry)
                taking = self._show.taking
                begun = taking is not None and (before is None or before.press != taking.press)
                # A take is told of before what comes of it. When the clock was set every figure on the screens is wrong
                # until they have the show that was moved with it.
                told_first = begun or isinstance(waiting[0], ClockStepped)
                if told_first or taken == AT_ONCE:
                    break
                try:
                    waiting = self._queue.get_nowait()
                except queue.Empty:
                    break
            self._hand_over(tuple(entries), told_first and len(entries) == 1)
            self._look_around()
        self._to_write.put(None)

    def _hand_over(self, entries: tuple[Entry, ...], told_first: bool = False) -> None:
        self._number += 1
        self._unwritten.append((self._number, steady_ms()))
        self._to_write.put(_Written(entries, self._show, self._number, told_first))

    def _patience(self) -> float:
        waits = [CLOCK_CHECK]
        if self._unwritten:
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
        self._look_at_disk(now)
        amount = self._clock.stepped()
        if amount is not None:
            log.info("the wall clock was set by %d ms", amount)
            self._wakes = {press: Instant(due + amount) for press, due in self._wakes.items()}
            self._queue.put((ClockStepped(Duration(amount)), self._clock.now()))

    def _look_at_disk(self, now: Instant) -> None:
        while self._unwritten and self._unwritten[0][0] <= self._written:
            self._unwritten.popleft()
        hangs = bool(self._unwritten) and steady_ms() - self._unwritten[0][1] > DISK_PATIENCE * 1000
        trouble = DISK_SLOW if hangs else self._disk_trouble
        if trouble is not self._show.journal_trouble:
            self._step(JournalTroubled(trouble), now)
            self._hand_over(())
        if hangs and self._watch_lock.acquire(blocking=False):
            # Not waited for: a window that is being told, and takes its time, must not keep a GO from the wire.
            try:
                self._publish(self._show, self._number)
            finally:
                self._watch_lock.release()

    def _step(self, event: ShowEvent, now: Instant) -> Entry | None:
        try:
            self._show, effects = step(self._show, event, now)
        except Exception:
            # A defect must not take the show down: what is on air stays, the next press still works.
            log.exception("the show could not take %s", type(event).__name__)
            self._show = replace(self._show, refusal=Refusal(getattr(event, "press", None), now, STEP_BROKE))
            return None
        outcome = ""
        for effect in effects:
            if isinstance(effect, Refuse):
                outcome = _told(effect)
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
                elif not _drive(surface, partial(driver.take, effect)):
                    self.post(TakeFailed(surface, press, DRIVER_BROKE))
            case SetSound(surface=surface):
                driver = self._drivers.get(surface)
                if driver is not None:
                    _drive(surface, partial(driver.set_sound, effect))
            case ArrangeScene(surface=surface, press=press):
                driver = self._drivers.get(surface)
                if driver is None:
                    self.post(ArrangeFailed(surface, press, NO_DRIVER))
                elif not _drive(surface, partial(driver.arrange, effect)):
                    self.post(ArrangeFailed(surface, press, DRIVER_BROKE))
            case WriteText(surface=surface):
                driver = self._drivers.get(surface)
                if driver is None or not _drive(surface, partial(driver.write_text, effect)):
                    self.post(TextWritten(surface, NO_DRIVER if driver is None else DRIVER_BROKE))
            case LeaveStudioMode(surface=surface):
                driver = self._drivers.get(surface)
                if driver is not None:
                    _drive(surface, partial(driver.leave_studio_mode, effect))
            case Reconnect(surface=surface):
                driver = self._drivers.get(surface)
                if driver is not None:
                    _drive(surface, partial(driver.reconnect, effect))
            case FollowClip(event=event):
                self.post(event)
            case PromoteStandby(surface=surface):
                driver = self._drivers.get(surface)
                if driver is not None:
                    _drive(surface, partial(driver.promote, effect))
            case AlignStandby(surface=surface):
                driver = self._drivers.get(surface)
                if driver is not None:
                    _drive(surface, partial(driver.align_standby, effect))
            case StartOutput() | StopOutput():
                self._order_output(effect)
            case WriteEdit() | DropEdit() | RevertEdit() | KeepDraft():
                self._order_edit(effect)
            case Refuse():
                pass

    def _order_output(self, effect: StartOutput | StopOutput) -> None:
        driver = self._drivers.get(effect.surface)
        if driver is None:
            self.post(OutputFailed(effect.surface, effect.kind, effect.press, NO_DRIVER))
            return
        if isinstance(effect, StartOutput):
            sent = _drive(effect.surface, partial(driver.start_output, effect))
        else:
            sent = _drive(effect.surface, partial(driver.stop_output, effect))
        if not sent:
            self.post(OutputFailed(effect.surface, effect.kind, effect.press, DRIVER_BROKE))

    def _order_edit(self, effect: EditOrder) -> None:
        if self._editor is not None:
            self._editor.order(effect)
        elif isinstance(effect, WriteEdit):
            self.post(EditRefused(effect.edit.press, NO_EDITOR))
        elif isinstance(effect, RevertEdit):
            self.post(RevertFailed(effect.press, NO_EDITOR, lasting=False))

    # --- the journal's thread

    def _write(self) -> None:
        unwritten: list[Entry] = []
        closing = False
        while not closing:
            works: list[_Written | None] = []
            try:
                works.append(self._to_write.get(timeout=DISK_RETRY if unwritten else None))
                while True:
                    works.append(self._to_write.get_nowait())
            except queue.Empty:
                pass
            closing = None in works
            changes = [work for work in works if work is not None]
            if not unwritten:
                self._tell_first(changes)
            unwritten += [entry for work in changes for entry in work.entries]
            trouble = self._save(unwritten)
            turned = trouble is not self._disk_trouble
            self._disk_trouble = trouble
            if changes:
                last = changes[-1]
                self._written = last.number
                # What is told as done tells in the same breath if it is not saved.
                show = last.show if trouble is None else replace(last.show, journal_trouble=trouble)
                self._publish(show, last.number)
            if turned:
                self.post(JournalTroubled(trouble))

    def _tell_first(self, changes: Iterable[_Written]) -> None:
        """What does not wait for the disk, unless there is something before it that is to be durable first."""
        for change in changes:
            if change.told_first:
                self._publish(change.show, change.number)
            if change.entries:
                return

    def _save(self, entries: list[Entry]) -> Text | None:
        """Writes ``entries`` and takes out of the list what is written; the trouble if not all of it is."""
        portion = len(entries)
        while entries:
            try:
                self._journal.append(entries[:portion])
            except (sqlite3.Error, OSError) as error:
                if self._disk_trouble is None:
                    log.error("the journal cannot be written: %s", error)
                return DISK_ERROR
            except Exception:
                # One entry that cannot be put into words must not keep all others from the disk.
                if portion > 1:
                    portion = 1
                    continue
                log.exception("%s cannot be written to the journal", type(entries[0].event).__name__)
            del entries[:portion]
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
                    # A window that breaks must not keep the show from the others.
                    log.exception("a window could not be told of the show")


def _drive(surface: SurfaceId, act: Callable[[], None]) -> bool:
    """Whether the surface's driver did ``act``. One that breaks must not take the show or other surfaces along."""
    try:
        act()
    except Exception:
        log.exception("the driver of %s broke", surface)
        return False
    return True


def _told(refused: Refuse) -> str:
    """The reason as the journal has it; a text whose values do not fit is better than no line at all."""
    try:
        return refused.reason.show("en", **refused.values)
    except (LookupError, ValueError, AttributeError):
        return refused.reason.en

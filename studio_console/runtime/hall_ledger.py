"""The hall's ledger: one thread that writes who comes and goes, says who may not, and forgets in time.

What the show hears of it are counts, reasons and the numbers of entries. Implements ``HallLedger``.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from studio_console.core.clocktext import clock_text
from studio_console.core.hall import (
    Decision,
    HallRules,
    Visit,
    Visitor,
    corrected,
    counts,
    in_anew,
    inside,
    reasons_against,
    stayed,
)
from studio_console.core.ports import Clock, Post
from studio_console.core.stage import HallCounted, HallEntryOverridden, HallEntryRefused, HallExitTakenBack
from studio_console.core.text import Text
from studio_console.core.units import datetime_of
from studio_console.runtime.clocks import wall_ms
from studio_console.runtime.hall_csv import csv_text, write_whole
from studio_console.runtime.hall_store import DAY, HallStore, set_aside, sweep

log = logging.getLogger(__name__)

LOOK_AGAIN = 3_600.0
"""Seconds from one look for what is too old to the next: often, so that a machine that slept is not a day late."""
CLOSE_PATIENCE = 3.0

NOT_WRITTEN = Text(
    "명부에 쓰지 못했습니다. 디스크를 확인하고 다시 등록하세요: {detail}",
    "The ledger could not be written; check the disk and enter it again: {detail}",
)
GONE = Text("그 항목이 명부에 없습니다", "That entry is not in the ledger any more")
IN_ANEW = Text(
    "다시 입장한 항목이 있습니다. 그 항목으로 세고 있습니다",
    "They have come in anew since, and are counted by that entry",
)
EXPORTED = Text(
    "명부를 저장했습니다: {path} (개인정보입니다. 쓰고 나면 지우세요)",
    "The ledger is in {path} (personal data: delete it when it has been used)",
)
NOT_EXPORTED = Text("명부를 저장하지 못했습니다: {detail}", "The ledger could not be exported: {detail}")


class Hall(NamedTuple):
    """What the files say of the hall."""

    limit: int
    rules: HallRules


class Ledger:
    """The ledger of one event and mode, with the entries of ``day`` counting."""

    def __init__(
        self,
        path: Path,
        exports: Path,
        day: str,
        zone: ZoneInfo,
        clock: Clock,
        hall: Callable[[], Hall],
        others: Callable[[], Iterable[Path]] = tuple,
        fresh: bool = False,
    ) -> None:
        """``exports`` is the folder for CSV files, ``hall`` tells the rules as the files have them now, ``others`` the
        ledgers of other events, from which what is too old goes too. ``fresh``: nobody of an earlier time is kept.
        """
        self._path, self._exports = path, exports
        self._day, self._zone, self._clock, self._hall = day, zone, clock, hall
        self._others, self._fresh = others, fresh
        self._post: Post = _nobody
        self._store: HallStore | None = None
        self._visits: tuple[Visit, ...] = ()
        self._watchers: list[Callable[[tuple[Visit, ...]], None]] = []
        self._lock = threading.Lock()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hall-ledger", daemon=True)

    @property
    def day(self) -> str:
        return self._day

    def start(self, post: Post) -> None:
        """Opens the file and tells the show how many are in the hall."""
        self._post = post
        self._jobs.put(self._begin)
        self._thread.start()

    def enter(self, visitor: Visitor, by: str, told: Callable[[Decision], None], allowed_by: str = "") -> None:
        self._jobs.put(lambda: told(self._enter(visitor, by, allowed_by)))

    def correct(
        self, visit: str, visitor: Visitor, by: str, told: Callable[[Decision], None], allowed_by: str = ""
    ) -> None:
        self._jobs.put(lambda: told(self._correct(visit, visitor, by, allowed_by)))

    def leave(self, visit: str, told: Callable[[Text | None], None]) -> None:
        self._jobs.put(lambda: told(self._leave(visit)))

    def take_back(self, visit: str, by: str, told: Callable[[Text | None], None]) -> None:
        self._jobs.put(lambda: told(self._take_back(visit, by)))

    def export(self, told: Callable[[Text], None]) -> None:
        self._jobs.put(lambda: told(self._export()))

    def watch(self, on_visits: Callable[[tuple[Visit, ...]], None]) -> Callable[[], None]:
        with self._lock:
            self._watchers.append(on_visits)
            on_visits(self._visits)

        def end() -> None:
            with self._lock:
                if on_visits in self._watchers:
                    self._watchers.remove(on_visits)

        return end

    def close(self) -> None:
        """Writes what is still to be written and ends the thread."""
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(CLOSE_PATIENCE)

    # --- the ledger's thread

    def _run(self) -> None:
        while True:
            job: Callable[[], None] | None = self._forget
            with suppress(queue.Empty):
                job = self._jobs.get(timeout=LOOK_AGAIN)
            if job is None:
                break
            try:
                job()
            except Exception:
                # A window that breaks must not keep the next visitor out of the ledger.
                log.exception("the ledger could not do what was asked")
        if self._store is not None:
            self._store.close()

    def _begin(self) -> None:
        self._forget()
        self._tell()

    def _open(self) -> HallStore:
        """The store, opened when it is first needed and again after it failed. Raises sqlite3.Error, OSError."""
        if self._store is None:
            days = self._hall().rules.keep_days
            try:
                store = HallStore(self._path, days)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                log.error("the ledger is damaged and was put away as %s: %s", set_aside(self._path, wall_ms()), error)
                store = HallStore(self._path, days)
            if self._fresh:
                store.forget(1 << 62)
                self._fresh = False
            self._visits = store.visits()
            self._store = store
        return self._store

    def _enter(self, visitor: Visitor, by: str, allowed_by: str) -> Decision:
        hall = self._hall()
        try:
            store = self._open()
            there = len(inside(self._visits, self._day))
            reasons = reasons_against(visitor, there, hall.limit, hall.rules)
            if reasons and not allowed_by:
                self._post(HallEntryRefused(reasons, visitor.route, by))
                return Decision(None, reasons, there)
            visit = Visit(
                uuid.uuid4().hex,
                visitor,
                self._day,
                self._clock.now(),
                allowed_by=allowed_by if reasons else "",
                reasons=reasons,
            )
            store.add(visit, wall_ms())
        except (sqlite3.Error, OSError) as error:
            return Decision(None, trouble=NOT_WRITTEN.filled(detail=error))
        if reasons:
            self._post(HallEntryOverridden(visit.id, reasons, visitor.route, by))
        self._tell(store.visits)
        return Decision(visit, reasons, there)

    def _correct(self, visit: str, visitor: Visitor, by: str, allowed_by: str) -> Decision:
        try:
            store = self._open()
            before = next((entry for entry in self._visits if entry.id == visit), None)
            if before is None:
                return Decision(None, trouble=GONE)
            after = corrected(before, visitor, self._clock.now(), self._hall().rules, allowed_by)
            store.correct(after)
        except (sqlite3.Error, OSError) as error:
            return Decision(None, trouble=NOT_WRITTEN.filled(detail=error))
        if after.reasons and allowed_by:
            self._post(HallEntryOverridden(after.id, after.reasons, visitor.route, by))
        self._tell(store.visits)
        return Decision(after, after.unallowed, len(inside(self._visits, self._day)))

    def _leave(self, visit: str) -> Text | None:
        try:
            store = self._open()
            store.set_left(visit, self._clock.now())
        except (sqlite3.Error, OSError) as error:
            return NOT_WRITTEN.filled(detail=error)
        self._tell(store.visits)
        return None

    def _take_back(self, visit: str, by: str) -> Text | None:
        try:
            store = self._open()
            before = next((entry for entry in self._visits if entry.id == visit), None)
            if before is None:
                return GONE
            if in_anew(before, self._visits):
                return IN_ANEW
            after = stayed(before, self._clock.now())
            store.set_stayed(after)
        except (sqlite3.Error, OSError) as error:
            return NOT_WRITTEN.filled(detail=error)
        if after != before:
            self._post(HallExitTakenBack(visit, by))
        self._tell(store.visits)
        return None

    def _export(self) -> Text:
        now = self._clock.now()
        stamp = f"{datetime_of(now, self._zone):%Y%m%d}-{clock_text(now, self._zone).replace(':', '')}"
        path = self._exports / f"hall-ledger-{stamp}.csv"
        try:
            write_whole(path, csv_text(self._open().visits(), self._hall().rules, self._zone))
        except (sqlite3.Error, OSError) as error:
            return NOT_EXPORTED.filled(detail=error)
        return EXPORTED.filled(path=path)

    def _forget(self) -> None:
        """What is older than the files allow is deleted, here and in the ledgers of other events."""
        wall = wall_ms()
        try:
            store = self._open()
            store.keep(self._hall().rules.keep_days)
            if store.forget(wall - self._hall().rules.keep_days * DAY):
                self._tell(store.visits)
        except (sqlite3.Error, OSError) as error:
            log.error("the ledger cannot be read: %s", error)
        sweep((path for path in self._others() if path != self._path), wall)

    def _tell(self, read: Callable[[], tuple[Visit, ...]] | None = None) -> None:
        """The windows get the entries, the show how many they are."""
        visits = read() if read is not None else self._visits
        with self._lock:
            self._visits = visits
            for watcher in list(self._watchers):
                watcher(self._visits)
        if self._store is not None:
            self._post(HallCounted(*counts(self._visits, self._day, self._hall().rules)))


def _nobody(_event: object) -> None: ...

"""The stage manager's window for tests: a ledger that answers at once, and somebody who presses real keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from studio_console.core.hall import (
    Decision,
    HallRules,
    Visit,
    Visitor,
    corrected,
    counts,
    inside,
    reasons_against,
    stayed,
)
from studio_console.core.rundown import Event
from studio_console.core.speaker_rows import SpeakerRow
from studio_console.core.stage import HallCounted, HallEntryOverridden, HallEntryRefused, HallExitTakenBack
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text
from studio_console.gui.keys import NO_FINGER
from studio_console.gui.stage.window import StageWindow
from studio_console.gui.stage.words import button_words, chip_words, who_words
from tests.builders import SEOUL
from tests.gui_story import FakeService, small_event, small_studio

ROUTES = {"a": Text("동선 A", "Route A"), "b": Text("동선 B", "Route B")}
DAY = "day"


def hall_studio(limit: int = 50) -> Studio:
    """The small hall with its ways in, for so many people."""
    return replace(small_studio(), limit=limit, hall=HallRules(routes=ROUTES))


class FakeLedger:
    """Implements ``HallLedger`` without a disk or a thread, by the same rules, telling ``service`` the same."""

    def __init__(self, service: FakeService, studio: Studio) -> None:
        self.service, self.studio = service, studio
        self.visits: tuple[Visit, ...] = ()
        self.trouble: Text | None = None
        """What the disk says to everything that is to be written."""
        self.exported = 0
        self._watchers: list[Callable[[tuple[Visit, ...]], None]] = []
        self.count()

    @property
    def day(self) -> str:
        return DAY

    @property
    def watched(self) -> bool:
        return bool(self._watchers)

    def enter(self, visitor: Visitor, by: str, told: Callable[[Decision], None], allowed_by: str = "") -> None:
        there = len(inside(self.visits, DAY))
        reasons = reasons_against(visitor, there, self.studio.limit, self.studio.hall)
        if self.trouble is not None:
            told(Decision(None, trouble=self.trouble))
        elif reasons and not allowed_by:
            self.service.happen(HallEntryRefused(reasons, visitor.route, by))
            told(Decision(None, reasons, there))
        else:
            number = f"entry {len(self.visits)}"
            visit = Visit(number, visitor, DAY, self.service.clock.now(), None, allowed_by if reasons else "", reasons)
            if reasons:
                self.service.happen(HallEntryOverridden(number, reasons, visitor.route, by))
            self.visits = (*self.visits, visit)
            self.count()
            told(Decision(visit, reasons, there))

    def correct(
        self, visit: str, visitor: Visitor, by: str, told: Callable[[Decision], None], allowed_by: str = ""
    ) -> None:
        if self.trouble is not None:
            told(Decision(None, trouble=self.trouble))
            return
        (before,) = (each for each in self.visits if each.id == visit)
        after = corrected(before, visitor, self.service.clock.now(), self.studio.hall, allowed_by)
        if after.reasons and allowed_by:
            self.service.happen(HallEntryOverridden(visit, after.reasons, visitor.route, by))
        self.visits = tuple(after if each.id == visit else each for each in self.visits)
        self.count()
        told(Decision(after, after.unallowed, len(inside(self.visits, DAY))))

    def leave(self, visit: str, told: Callable[[Text | None], None]) -> None:
        now = self.service.clock.now()
        self.visits = tuple(replace(each, left=now) if each.id == visit else each for each in self.visits)
        self.count()
        told(None)

    def take_back(self, visit: str, by: str, told: Callable[[Text | None], None]) -> None:
        if self.trouble is not None:
            told(self.trouble)
            return
        now = self.service.clock.now()
        self.visits = tuple(stayed(each, now) if each.id == visit else each for each in self.visits)
        self.service.happen(HallExitTakenBack(visit, by))
        self.count()
        told(None)

    def watch(self, on_visits: Callable[[tuple[Visit, ...]], None]) -> Callable[[], None]:
        self._watchers.append(on_visits)
        on_visits(self.visits)
        return lambda: self._watchers.remove(on_visits)

    def export(self, told: Callable[[Text], None]) -> None:
        self.exported += 1
        told(Text("저장했습니다", "saved"))

    def count(self) -> None:
        for watcher in list(self._watchers):
            watcher(self.visits)
        self.service.happen(HallCounted(*counts(self.visits, DAY, self.studio.hall)))

    def fill(self, count: int) -> None:
        """So many healthy people come in."""
        for _ in range(count):
            self.enter(Visitor("스태프", "서울시", "a", 365, True), "stage manager", lambda _: None)


class AtStage:
    """A stage manager's window with somebody at it."""

    def __init__(self, qtbot: QtBot, service: FakeService, ledger: FakeLedger, window: StageWindow) -> None:
        self.qtbot, self.service, self.ledger, self.window = qtbot, service, ledger, window

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, as the window system delivers it: shortcuts, guards and focus included."""
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, modifier)
        released = time.monotonic()
        self.look()
        self.qtbot.waitUntil(lambda: (time.monotonic() - released) * 1000 > 2 * NO_FINGER)

    def type(self, words: str) -> None:
        """Into the field that has the focus, as an input method commits them."""
        field = self.window.focusWidget()
        assert isinstance(field, QLineEdit)
        field.insert(words)
        self.look()

    def look(self) -> None:
        """Waits until the window shows what the service last told."""
        QCoreApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.window.shown is self.service.show)
        self.window.tick()

    @property
    def rows(self) -> list[SpeakerRow]:
        speakers = self.window.list.speakers
        return [speakers.row_at(place) for place in range(speakers.rowCount())]

    @property
    def chosen(self) -> str:
        """``M2 Mayor, London``: the row that the keys act on."""
        row = self.window.list.chosen
        assert row is not None
        return f"{row.cue.number} {who_words(self.window.list.context, row)[0]}"

    def chips(self, number: str) -> list[str]:
        row = next(row for row in self.rows if row.cue.number == number)
        return [word for word, _ in chip_words(self.window.list.context, row)]

    def button(self, number: str) -> str:
        row = next(row for row in self.rows if row.cue.number == number)
        said = button_words(self.window.list.context, row)
        return said[0] if said is not None else ""


def go_to_stage(
    qtbot: QtBot,
    service: FakeService,
    *,
    event: Event | None = None,
    studio: Studio | None = None,
    language: Language = "en",
) -> AtStage:
    """Opens the window on ``service`` and waits until it is up and has the keys."""
    studio = studio or hall_studio()
    ledger = FakeLedger(service, studio)
    window = StageWindow(service, event or small_event(), studio, SEOUL, language, True, ledger)
    qtbot.addWidget(window, before_close_func=lambda _: window.end())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    at_stage = AtStage(qtbot, service, ledger, window)
    at_stage.look()
    return at_stage

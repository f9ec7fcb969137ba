"""How long the window's thread stands still while two thousand cues are paged through and searched.

``python -m tests.bench.sheet_probe CUES`` opens the desk on a day of so many cues, does with real key events what a
hand would do, and prints one JSON line: the longest gap between two turns of the event loop, for each thing done.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest

from studio_console.app.memory import settle
from studio_console.app.priority import come_first
from studio_console.app.window import create_application
from studio_console.cli import SWITCH_INTERVAL
from studio_console.core.rundown import Day, Notes
from studio_console.core.text import Text
from studio_console.core.units import CueId
from studio_console.gui.desk import Desk
from tests.builders import PROGRAM, SEOUL, WALL, cue, day, session
from tests.gui_story import PEOPLE, FakeService, small_event, small_studio

TICK = 2
"""ms. A timer that comes later than this by so much was kept from coming."""


def long_day(count: int) -> Day:
    """A day of sessions of fifty cues, each with titles, a speaker and notes as the sample event has them."""
    people = [person.id for person in PEOPLE]
    cues = [
        replace(
            cue(f"C{number}", 0.4, title=Text(f"{number}번째 도시 사례 발표", f"Case of city number {number}")),
            speakers=(people[number % len(people)],),
            notes=Notes(stage="1분 전 원격 메시지로 남은 시간 안내", interpretation="영→한", camera="2번 카메라 대기"),
        )
        for number in range(count)
    ]
    parts = [cues[first : first + 50] for first in range(0, count, 50)]
    return day(
        *(session(*part, start="06:00" if number == 0 else None, id=f"s{number}") for number, part in enumerate(parts))
    )


class Gaps(QObject):
    """The longest time between two turns of the event loop, and how much of that the thread itself was busy."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.busiest = 0.0
        self._busy = time.thread_time()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._came)
        self._timer.start(TICK)

    def _came(self) -> None:
        gap = self._clock.nsecsElapsed() / 1e6
        self._clock.restart()
        self.longest = max(self.longest, gap - TICK)
        busy, self._busy = time.thread_time() - self._busy, time.thread_time()
        self.busiest = max(self.busiest, busy * 1e3)

    def take(self) -> tuple[float, float]:
        """The longest and the busiest one since the last call, in ms."""
        taken = self.longest, self.busiest
        self.longest = self.busiest = 0.0
        return taken


def strokes(desk: Desk, window: QWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done, and under which name its gap is reported."""
    control = Qt.KeyboardModifier.ControlModifier
    bar = desk.sheet.verticalScrollBar()
    page = desk.sheet.viewport().height()
    for _ in range(60):
        yield "page", lambda: bar.setValue(bar.value() + page)
    for _ in range(30):
        yield "wheel", lambda: bar.setValue(bar.value() - page // 9)
    for _ in range(20):
        yield "session", lambda: QTest.keyClick(window, Qt.Key.Key_PageDown, control)
    yield "find", lambda: QTest.keyClick(window, Qt.Key.Key_Slash)
    for typed in ("case", "number 19"):
        for letter in typed:
            yield "type", lambda letter=letter: QTest.keyClick(window, Qt.Key(ord(letter.upper())))
        for _ in range(12):
            yield "hit", lambda: QTest.keyClick(window, Qt.Key.Key_Return)
        for _ in typed:
            yield "type", lambda: QTest.keyClick(window, Qt.Key.Key_Backspace)
    for letter in "ㄷㅅ ㅅㄹ":
        yield "hangul", lambda letter=letter: desk.attention.find.field.insert(letter)
    yield "esc", lambda: QTest.keyClick(window, Qt.Key.Key_Escape)
    for _ in range(5):
        yield "notes", lambda: QTest.keyClick(window, Qt.Key.Key_N)
    for _ in range(30):
        yield "page of notes", lambda: bar.setValue(bar.value() - page)
    yield "notes", lambda: QTest.keyClick(window, Qt.Key.Key_N)
    yield "palette", lambda: QTest.keyClick(window, Qt.Key.Key_K, control)
    for letter in "hold":
        yield "palette", lambda letter=letter: QTest.keyClick(window, Qt.Key(ord(letter.upper())))
    yield "palette", lambda: QTest.keyClick(window, Qt.Key.Key_Escape)


def main(count: int) -> dict[str, object]:
    sys.setswitchinterval(SWITCH_INTERVAL)  # as the program has it
    come_first()
    application = create_application()
    service = FakeService("06:00")
    rundown = long_day(count)
    service.load(rundown)
    for surface in (PROGRAM, WALL):
        service.connect(surface)
    service.go(CueId(f"c{count // 3}"))
    desk = Desk(service, small_event(rundown), small_studio(), SEOUL, "ko", True)
    desk.resize(1920, 1080)
    desk.show()
    window = desk.windowHandle()
    assert window is not None
    window.requestActivate()
    desk.activateWindow()
    gaps = Gaps()
    found: dict[str, tuple[float, float]] = {}
    settled: list[bool] = []
    todo = strokes(desk, window)
    last = ""

    def stroke() -> None:
        nonlocal last
        if last:
            gap, busy = gaps.take()
            before = found.get(last, (0.0, 0.0))
            found[last] = max(before[0], gap), max(before[1], busy)
        if time.monotonic() < warm:
            return  # the first pictures of a window are not what is measured
        if not settled:
            settled.append(True)
            settle()  # as the program does by then
            return
        gaps.take()
        try:
            last, act = next(todo)
        except StopIteration:
            application.quit()
            return
        act()

    warm = time.monotonic() + 2.0
    timer = QTimer()
    timer.timeout.connect(stroke)
    timer.start(60)
    application.exec()
    report: dict[str, object] = {"gaps": found, "platform": application.platformName()}
    timer.stop()
    desk.end()
    return report


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))), flush=True)

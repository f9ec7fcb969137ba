"""From the engine's thread to the window: only the newest show arrives, in the main thread, and every refusal does."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from studio_console.core.events import ShowEvent
from studio_console.core.presses import GoPressed
from studio_console.core.show import Refusal, Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, Instant, PressId
from studio_console.gui.bridge import Bridge, new_press
from studio_console.runtime.clocks import ManualClock
from tests.builders import at


class ThreadedService:
    """Tells its watchers from a thread of its own, as the engine does."""

    def __init__(self) -> None:
        self.clock = ManualClock(at("22:00"))
        self.posted: list[ShowEvent] = []
        self.watchers: list[Callable[[Show], None]] = []

    def post(self, event: ShowEvent) -> None:
        self.posted.append(event)

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        self.watchers.append(on_show)
        return lambda: self.watchers.remove(on_show)

    def tell(self, *shows: Show) -> None:
        """Returns when all have been handed over."""

        def run() -> None:
            for show in shows:
                for watcher in list(self.watchers):
                    watcher(show)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()


class Listener(QObject):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.shows: list[Show] = []
        self.refusals: list[Refusal] = []
        self.threads: set[QThread] = set()
        bridge.changed.connect(self.take)
        bridge.refused.connect(self.refuse)

    @Slot(object)
    def take(self, show: Show) -> None:
        self.shows.append(show)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def refuse(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)
        self.threads.add(QThread.currentThread())


def show_of(number: int, refused: int | None = None) -> Show:
    """A show told apart by the time of its last GO; ``refused`` numbers its refusal."""
    refusal = None
    if refused is not None:
        refusal = Refusal(PressId(str(refused)), Instant(refused), Text("거부", "refused"))
    return Show(last_go_at=Instant(number), refusal=refusal)


def test_only_the_newest_show_is_delivered_and_in_the_main_thread(qtbot: QtBot) -> None:
    service = ThreadedService()
    bridge = Bridge(service)
    listener = Listener(bridge)
    service.tell(*(show_of(number) for number in range(1000)))
    assert listener.shows == []
    qtbot.waitUntil(lambda: bool(listener.shows))
    QCoreApplication.processEvents()
    assert listener.shows == [show_of(999)]
    assert listener.threads == {QThread.currentThread()}
    service.tell(show_of(1000))
    qtbot.waitUntil(lambda: listener.shows[-1] == show_of(1000))
    assert len(listener.shows) == 2
    bridge.close()


def test_every_refusal_is_delivered_once(qtbot: QtBot) -> None:
    """Two presses refused before the window came to look, then one that was carried out."""
    service = ThreadedService()
    bridge = Bridge(service)
    listener = Listener(bridge)
    service.tell(show_of(0), show_of(1, refused=1), show_of(1, refused=1), show_of(2, refused=2), show_of(3))
    qtbot.waitUntil(lambda: len(listener.refusals) == 2)
    assert [refusal.press for refusal in listener.refusals] == ["1", "2"]
    assert listener.shows == [show_of(3)]
    bridge.close()


def test_what_was_refused_before_the_window_was_opened_is_not_shown(qtbot: QtBot) -> None:
    service = ThreadedService()
    bridge = Bridge(service)
    listener = Listener(bridge)
    service.tell(show_of(1, refused=1))
    qtbot.waitUntil(lambda: bool(listener.shows))
    assert listener.refusals == []
    bridge.close()


def test_after_closing_nothing_arrives(qtbot: QtBot) -> None:
    service = ThreadedService()
    bridge = Bridge(service)
    listener = Listener(bridge)
    late = service.watchers[0]
    service.tell(show_of(1))
    bridge.close()
    bridge.close()
    assert service.watchers == []
    late(show_of(2))  # the engine was just about to call when the watch ended
    QCoreApplication.processEvents()
    assert listener.shows == []


def test_a_post_goes_straight_to_the_service(qtbot: QtBot) -> None:
    service = ThreadedService()
    bridge = Bridge(service)
    event = GoPressed(CueId("m1"), new_press())
    bridge.post(event)
    assert service.posted == [event]
    assert bridge.now() == at("22:00")
    bridge.close()

"""One OBS and the one thread that works for it: comes up, takes snapshots, hands out events, comes back after a loss.

Everything that belongs to an OBS is done in this thread, in the order it came, except that takes go before all else;
where the thread is at rest, a take is sent by whoever asks for it.
The thread never waits for an answer while it is ready: replies come back to it as further work. After a loss nothing
is sent again that was asked for before it: an old take would put an old picture on air.
"""

from __future__ import annotations

import heapq
import itertools
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeAlias

from studio_console.devices.obs.link import LOW_VOLUME_EVENTS, SETTLE, ObsLink, parse_url
from studio_console.devices.obs.messages import (
    NOT_READY,
    Execution,
    ObsError,
    ObsEvent,
    ObsTimeout,
    Outcome,
    Request,
)
from studio_console.devices.obs.mirror import Mirror, apply
from studio_console.devices.obs.snapshot import take_snapshot
from studio_console.devices.obs.trouble import LinkDown, Trouble

LOG = logging.getLogger(__name__)

BACK_OFF = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
"""Seconds between tries, the last one from then on."""

Work: TypeAlias = Callable[[], None]


class Listener(Protocol):
    """A surface on this OBS. All of it is called in the connection's thread."""

    def came_up(self, mirror: Mirror) -> None:
        """The whole state is known, after connecting or after a change of collection."""

    def went_down(self, down: LinkDown) -> None: ...

    def collection_changing(self, name: str) -> None: ...

    def happened(self, event: ObsEvent, before: Mirror, after: Mirror) -> None: ...


class ObsConnection:
    """The OBS at ``url``. ``password`` is asked for at every try, so that a changed one counts.

    ``events`` is the mask of what OBS is to tell.
    """

    def __init__(self, url: str, password: Callable[[], str | None], events: int = LOW_VOLUME_EVENTS) -> None:
        self.url = url
        self._events = events
        try:
            self.address = "{}:{}".format(*parse_url(url))
        except LinkDown as down:
            self.address = down.address
        self._password = password
        self._lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._greeted: list[Listener] = []
        """Who has been told that the link is up; nobody while it is not."""
        self._lock = threading.Lock()
        self._busy = threading.RLock()
        """Held while a piece of work is done: one at a time, whichever thread does it."""
        self._thread: threading.Thread | None = None
        self._link: ObsLink | None = None
        self._urgent: deque[Work] = deque()
        self._work: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._timers: list[tuple[float, int, Work]] = []
        self._numbers = itertools.count()
        self._stopping = threading.Event()
        self._retry = threading.Event()
        self.mirror = Mirror()
        self.ready = False
        """True while the link is up, its state is known and its collection stands still. Any thread may look."""
        self.why_not: LinkDown | None = None
        """Why it is not ready, where that is known."""

    # --- from any thread ----------------------------------------------------------------------------------------

    def join(self, listener: Listener) -> None:
        """``listener`` hears from here on; the first one starts the thread."""
        with self._lock:
            self._listeners.append(listener)
            if self._thread is None:
                self._stopping.clear()
                self._thread = threading.Thread(target=self._run, name=f"obs {self.address}", daemon=True)
                self._thread.start()
            else:
                self.do(partial(self._greet, listener))

    def leave(self, listener: Listener) -> None:
        """``listener`` hears no more; after the last one the thread ends, and this returns when it has."""
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)
            if listener in self._greeted:
                self._greeted.remove(listener)
            thread = self._thread
            if self._listeners or thread is None:
                return
            self._thread = None
            self._stopping.set()
            self._retry.set()
            self._work.put(None)
            link = self._link
            if link is not None:
                link.disconnect()
        if thread is not threading.current_thread():
            thread.join(3)

    def do(self, work: Work, *, urgent: bool = False) -> None:
        """``work`` is done in the connection's thread; urgent work before all that waits there."""
        if urgent:
            self._urgent.append(work)
            self._work.put(None)
        else:
            self._work.put(work)

    def at_once(self, work: Work) -> None:
        """``work`` is done here and now where the connection's thread is at rest, else there before all that waits.

        A take is on the wire before another thread would have woken up. Sending does not wait: what a stopped OBS
        does not read fits into the socket's buffer long after the link is known to be dead.
        """
        if self._busy.acquire(blocking=False):
            try:
                if self.ready and not self._urgent:
                    waiting = len(self._timers)
                    self._guarded(work)
                    if len(self._timers) != waiting:
                        self._work.put(None)
                    return
            finally:
                self._busy.release()
        self.do(work, urgent=True)

    def try_again(self) -> None:
        """Tries at once, also after a refusal that the console does not get over by itself."""
        self._retry.set()
        self._work.put(None)

    @property
    def holding(self) -> bool:
        """True from the moment the link hears that the collection changes, before this thread has come to it."""
        link = self._link
        return link is not None and link.holding

    # --- from the connection's thread ---------------------------------------------------------------------------

    def send(
        self,
        requests: Sequence[Request],
        done: Callable[[Outcome], None],
        execution: Execution | None = None,
        timeout: float | None = None,
    ) -> None:
        """Sends now; ``done`` gets the outcome in this thread. While the collection changes nothing goes out."""
        link = self._link
        if link is None:
            done(self.why_not or LinkDown(Trouble.CLOSED, self.address))
            return
        if link.holding:
            done(LinkDown(Trouble.LOADING, self.address))
            return
        link.send(requests, lambda outcome: self._work.put(partial(done, outcome)), execution, timeout)

    def later(self, seconds: float, work: Work) -> None:
        """``work`` is done in this thread after ``seconds``, unless the link goes down before."""
        heapq.heappush(self._timers, (time.monotonic() + seconds, next(self._numbers), work))

    def believe(self, mirror: Mirror) -> None:
        """Takes ``mirror`` for true until OBS's events say otherwise: what was just sent."""
        self.mirror = mirror

    # --- the thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                link = self._connect()
                failures = 0
                down = self._serve(link)
                if not self._stopping.is_set():
                    # Asked for while all was well: it is no order for a day on which OBS says no.
                    self._retry.clear()
            except LinkDown as trouble:
                down = trouble
            except Exception as error:
                # A state of an unknown form, a password that could not be looked up: the next try may do better.
                LOG.exception("%s: connecting failed", self.address)
                down = LinkDown(Trouble.REQUEST_FAILED, self.address, detail=type(error).__name__)
            self._go_down(down)
            self._idle(None if down.final else BACK_OFF[min(failures, len(BACK_OFF) - 1)])
            failures += 1

    def _connect(self) -> ObsLink:
        lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()

        def gone(down: LinkDown) -> None:
            lost.put(down)
            self._work.put(None)

        def arrived(event: ObsEvent) -> None:
            self._work.put(partial(self._event, link, event))

        self._lost = lost
        link = ObsLink(self.url, self._password(), events=self._events, inbox=arrived, on_lost=gone)
        self._link = link
        link.connect()
        self._look(link)
        return link

    def _look(self, link: ObsLink) -> None:
        """A full snapshot, then everyone is told. Raises LinkDown."""
        while True:
            try:
                self.mirror = take_snapshot(link)
                break
            except ObsError as error:
                if error.code != NOT_READY:
                    raise LinkDown(Trouble.REQUEST_FAILED, link.address, detail=str(error)) from error
                self.why_not = LinkDown(Trouble.LOADING, link.address)
                if self._stopping.wait(0.2):
                    raise self.why_not from error
            except ObsTimeout as error:
                raise LinkDown(Trouble.SILENT, link.address, detail=str(error)) from error
        with self._busy:
            self.ready = True
            self.why_not = None
            self._greeted = [*self._listeners]
            for listener in tuple(self._greeted):
                self._guarded(partial(listener.came_up, self.mirror))

    def _serve(self, link: ObsLink) -> LinkDown:
        """Works until the link is lost, and says why, or until the connection is to end."""
        while not self._stopping.is_set():
            if not self._lost.empty():
                return self._lost.get()
            while self._urgent:
                self._in_turn(self._urgent.popleft())
            wait = max(0.0, self._timers[0][0] - time.monotonic()) if self._timers else None
            try:
                work = self._work.get(timeout=wait)
            except queue.Empty:
                work = None
            if work is not None:
                self._in_turn(work)
            while self._timers and self._timers[0][0] <= time.monotonic():
                self._in_turn(heapq.heappop(self._timers)[2])
        return LinkDown(Trouble.CLOSED, link.address)

    def _go_down(self, down: LinkDown) -> None:
        """Everything that was under way is over. Work that still waits is done now and finds nobody ready."""
        with self._busy:
            self.ready = False
        self._greeted = []
        self.why_not = down
        link, self._link = self._link, None
        if link is not None:
            link.disconnect()
        self._timers.clear()
        for listener in tuple(self._listeners):
            self._guarded(partial(listener.went_down, down))
        self._drain()

    def _drain(self) -> None:
        while self._urgent:
            self._guarded(self._urgent.popleft())
        with_work = True
        while with_work:
            try:
                work = self._work.get_nowait()
            except queue.Empty:
                with_work = False
            else:
                if work is not None:
                    self._guarded(work)

    def _idle(self, seconds: float | None) -> None:
        """Waits before the next try, without end for None; surfaces that come or go meanwhile are heard."""
        until = None if seconds is None else time.monotonic() + seconds
        while not self._stopping.is_set() and not self._retry.is_set():
            wait = None if until is None else until - time.monotonic()
            if wait is not None and wait <= 0:
                break
            try:
                work = self._work.get(timeout=wait)
            except queue.Empty:
                break
            if work is not None:
                self._guarded(work)
            self._drain()
        self._retry.clear()

    def _greet(self, listener: Listener) -> None:
        """Tells a surface that came later how things are, unless it has heard since."""
        if listener not in self._listeners or listener in self._greeted:
            return
        if self.ready:
            self._greeted.append(listener)
            listener.came_up(self.mirror)
        elif self.why_not is not None:
            listener.went_down(self.why_not)

    def _event(self, link: ObsLink, event: ObsEvent) -> None:
        if link is not self._link:
            return
        if event.name == "CurrentSceneCollectionChanging":
            self.ready = False
            self._timers.clear()
            name = event.data.get("sceneCollectionName", "")
            for listener in tuple(self._listeners):
                self._guarded(partial(listener.collection_changing, name))
        elif event.name == "CurrentSceneCollectionChanged":
            self.later(SETTLE + 0.05, partial(self._look_again, link))
        before = self.mirror
        try:
            self.mirror = apply(before, event.name, event.data)
        except (KeyError, TypeError, IndexError) as error:
            LOG.warning("%s: an event of an unknown form was ignored: %s (%r)", self.address, event.name, error)
            return
        if self.ready:
            for listener in tuple(self._listeners):
                self._guarded(partial(listener.happened, event, before, self.mirror))

    def _look_again(self, link: ObsLink) -> None:
        try:
            self._look(link)
        except LinkDown as down:
            LOG.info("%s: no state after a change of collection: %s", self.address, down)
            self._lost.put(down)

    def _in_turn(self, work: Work) -> None:
        with self._busy:
            self._guarded(work)

    def _guarded(self, work: Work) -> None:
        """Does ``work``; what it gets wrong must not take the other surfaces along."""
        try:
            work()
        except Exception:
            LOG.exception("%s: a piece of work failed", self.address)

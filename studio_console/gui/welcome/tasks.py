"""Work that takes its time, done in threads; what comes of it is told in the window's."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from studio_console.core.problems import UserError
from studio_console.core.text import Text

Result = TypeVar("Result")
LOOK_EVERY = 20
"""ms between two looks for what is done, while something is being done."""
INTERNAL = Text("프로그램 내부 오류입니다({kind}). 다시 해 보세요", "An error inside the program ({kind}): try again")

log = logging.getLogger(__name__)


class Tasks(QObject):
    """The threads never touch Qt: they put what they have into a queue, and a timer of the window fetches it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: queue.SimpleQueue[tuple[Callable[[Any], None], object]] = queue.SimpleQueue()
        self._open = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        return self._open > 0

    def run(self, work: Callable[[], Result], then: Callable[[Result | UserError], None]) -> None:
        """Does ``work`` in a thread and hands its result, or why there is none, to ``then`` in this one."""
        self._open += 1
        self._timer.start()
        threading.Thread(target=self._do, args=(work, then), name="first start", daemon=True).start()

    def end(self) -> None:
        """What is not done yet is told to nobody."""
        self._timer.stop()
        self._open = 0
        self._done = queue.SimpleQueue()

    def _do(self, work: Callable[[], object], then: Callable[[Any], None]) -> None:
        done = self._done
        try:
            outcome: object = work()
        except UserError as error:
            outcome = error
        except Exception as error:
            log.exception("the first window could not do what it was asked for")
            outcome = UserError(INTERNAL, kind=type(error).__name__)
        done.put((then, outcome))

    def _look(self) -> None:
        while not self._done.empty():
            then, outcome = self._done.get()
            self._open -= 1
            then(outcome)
        if self._open <= 0:
            self._timer.stop()

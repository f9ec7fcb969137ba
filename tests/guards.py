"""Guards around every test, loaded by ``conftest.py``; ``test_guards.py`` proves that each of them bites.

A test that means to cause a warning says so: ``@pytest.mark.expects_log("regex")`` for log records,
``@pytest.mark.qt_log_ignore("regex")`` (of pytest-qt) for what Qt says. Nothing excuses a thread, a timer or a window
left behind: close it in the test or in the fixture that made it.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any

import psutil
import pytest

PATIENCE = 10.0
"""Seconds that a thread, a timer or a process which is about to end has for it."""

OF_A_BUSY_MACHINE = (r"^previews: load [A-Z]+ → [A-Z]+$", r"^(the spare )?preview worker \d+ hangs$")
"""What any test may log: it is said of the machine, which others use as well, and not of the program."""

_FAILED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_log(regex): the test may log records of WARNING or above that match")


def pytest_collection_finish() -> None:
    _leave_out_what_is_there()


def _leave_out_what_is_there() -> None:
    """What is there now stays for the whole run; left out of every search for what a test leaves, it costs nothing."""
    gc.collect()
    gc.freeze()


# --- what a test leaves ----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def searches_stay_short() -> Iterator[None]:
    """A desk that is closed brings everything back into the collector's sight."""
    yield
    if gc.get_freeze_count() == 0:
        _leave_out_what_is_there()


@pytest.fixture(autouse=True)
def leaves_nothing(request: pytest.FixtureRequest, searches_stay_short: None) -> Iterator[None]:
    """Fails a test that leaves a thread, a running QThread or QTimer, or a top-level widget behind."""
    before = _alive()
    known = {id(thing) for thing in before}

    def left() -> list[Any]:
        return [thing for thing in _alive() if id(thing) not in known]

    yield
    if request.node.stash.get(_FAILED, False):
        return  # its traceback keeps its variables alive, and it is red already
    _delete_what_qt_has_put_off()
    if not left():
        return
    gc.collect()  # what only refers to itself is not left, merely not yet swept up
    if things := _wait_for_end(left):
        pytest.fail("left alive: " + ", ".join(sorted(map(_describe, things))), pytrace=False)


def _alive() -> list[Any]:
    # Python sees a thread that Qt started as a dummy, which it never forgets; the QThread itself is looked at below.
    threads = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    return [*threads, *_qt_things()]


def _qt_things() -> Iterable[Any]:
    if (core := sys.modules.get("PySide6.QtCore")) is None or (app := core.QCoreApplication.instance()) is None:
        return
    import shiboken6

    timers, threads = _kinds(core.QTimer), _kinds(core.QThread)
    # Not isinstance(): a proxy would answer for what it stands for.
    found = [thing for thing in gc.get_objects() if type(thing) in timers or type(thing) in threads]
    for thing in filter(shiboken6.isValid, found):
        if thing.isActive() if type(thing) in timers else thing.isRunning() and thing is not app.thread():
            yield thing
    if (widgets := sys.modules.get("PySide6.QtWidgets")) is not None and isinstance(app, widgets.QApplication):
        for widget in widgets.QApplication.topLevelWidgets():
            # Qt keeps the one window of its tool tips for the next time.
            if widget.metaObject().className() != "QTipLabel":
                yield widget


def _kinds(kind: type) -> set[type]:
    return {kind}.union(*map(_kinds, kind.__subclasses__()))


def _delete_what_qt_has_put_off() -> None:
    if (core := sys.modules.get("PySide6.QtCore")) is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.processEvents()
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


def _wait_for_end(left: Callable[[], list[Any]]) -> list[Any]:
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while (things := left()) and time.monotonic() < deadline:
        del things  # nothing is to stay alive because it was looked at
        pause.wait(0.02)
        _delete_what_qt_has_put_off()
    return things


def _describe(thing: Any) -> str:
    if isinstance(thing, threading.Thread):
        return f"thread {thing.name}"
    name = f" {thing.objectName()}" if thing.objectName() else ""
    parent = f" of {thing.parent()!r}" if thing.parent() is not None else ""
    return f"{thing.metaObject().className()}{name}{parent}"


@pytest.fixture(scope="session", autouse=True)
def leaves_no_process() -> Iterator[None]:
    """Fails the run (at its last test) if a program started by it is still there, and ends that program."""
    yield
    this = psutil.Process()
    children = [child for child in this.children(recursive=True) if "resource_tracker" not in _command(child)]
    _, left = psutil.wait_procs(children, timeout=PATIENCE)
    left = [child for child in left if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    commands = [_command(child) for child in left]
    for child in left:
        child.kill()
    if commands:
        pytest.fail("left running: " + "; ".join(commands), pytrace=False)


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


# --- what a test says unseen -----------------------------------------------------------------------------------


class _Heard(logging.Handler):
    """What was logged, and what Qt said, at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.logged: list[logging.LogRecord] = []
        self.from_qt: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.logged.append(record)

    def hear_qt(self, kind: Any, context: Any, message: str) -> None:
        if kind not in (type(kind).QtDebugMsg, type(kind).QtInfoMsg):
            self.from_qt.append(message)


_HEARD = pytest.StashKey[_Heard]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    heard = item.stash[_HEARD] = _Heard()
    logging.getLogger().addHandler(heard)
    if (core := sys.modules.get("PySide6.QtCore")) is not None:
        # Beneath the handler of pytest-qt, which takes over until the test function ends and fails the test itself
        # (qt_log_level_fail); what Qt says while fixtures end comes here.
        core.qInstallMessageHandler(heard.hear_qt)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Fails a test during which something was logged, or said by Qt, at WARNING or above that it does not expect."""
    try:
        yield
    finally:
        heard = item.stash[_HEARD]
        logging.getLogger().removeHandler(heard)
        if (core := sys.modules.get("PySide6.QtCore")) is not None:
            core.qInstallMessageHandler(None)
    said = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in heard.logged
        if not _expected(item, "expects_log", record.getMessage())
    ]
    said += [f"Qt: {message}" for message in heard.from_qt if not _expected(item, "qt_log_ignore", message)]
    if said:
        pytest.fail("unexpected: " + "; ".join(said), pytrace=False)


def _expected(item: pytest.Item, marker: str, message: str) -> bool:
    if marker == "expects_log" and any(re.search(pattern, message) for pattern in OF_A_BUSY_MACHINE):
        return True
    return any(re.search(pattern, message) for mark in item.iter_markers(marker) for pattern in mark.args)


# --- what a run leaves out -------------------------------------------------------------------------------------


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    if report.skipped and not hasattr(report, "wasxfail") and _in_ci():
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and _in_ci():
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"in CI a skip is a failure: {reason}"

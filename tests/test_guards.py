"""Each guard of the tests bites: small tests that do what is forbidden are run by a pytest of their own.

The innocent twin of each is run beside it, so that a guard which fails everything is found out as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import psutil
import pytest

REPOSITORY = Path(__file__).parents[1]

SUSPECTS = """
import logging, os, subprocess, sys, threading
import keyring, pytest
from hypothesis import given, strategies
from PySide6.QtCore import QObject, QThread, QTimer, Signal, qWarning
from PySide6.QtWidgets import QLabel, QWidget

kept = []

@pytest.fixture(scope="module", autouse=True)
def end_what_was_kept():
    yield
    for thing in kept:
        if isinstance(thing, QThread):
            thing.quit()
            thing.wait()
        elif isinstance(thing, threading.Event):
            thing.set()
    kept.clear()

def test_leaves_a_thread():
    stop = threading.Event()
    kept.append(stop)
    threading.Thread(target=stop.wait, name="left over", daemon=True).start()

def test_ends_its_thread_late():
    threading.Timer(0.2, int).start()

def test_leaves_a_timer(qapp):
    timer = QTimer()
    timer.start(1000)
    kept.append(timer)

def test_leaves_a_timer_of_an_object(qapp):
    owner = QObject()
    timer = QTimer(owner)
    timer.start(1000)
    kept.append(owner)

def test_stops_its_timer(qapp):
    timer = QTimer()
    timer.start(1000)
    timer.stop()
    kept.append(timer)

def test_leaves_a_qthread(qapp):
    thread = QThread()
    thread.start()
    kept.append(thread)

def test_ends_its_qthread(qapp):
    thread = QThread()
    thread.start()
    thread.quit()
    assert thread.wait(5000)
    kept.append(thread)

def test_leaves_a_window(qapp):
    kept.append(QWidget())

def test_leaves_its_window_to_qtbot(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    timer = QTimer(window)
    timer.start(10)
    kept.append(timer)

def test_forgets_a_window_that_refers_to_itself(qapp):
    window = QWidget()
    window.itself = window

def test_logs_a_warning():
    logging.getLogger("studio").warning("the wall is %s", "dark")

def test_logs_a_word():
    logging.getLogger("studio").info("the wall is bright")

@pytest.mark.expects_log("wall is dark")
def test_logs_an_expected_warning():
    logging.getLogger("studio").warning("the wall is %s", "dark")

@pytest.mark.expects_log("wall is dark")
def test_logs_another_warning_than_expected():
    logging.getLogger("studio").error("the desk is dark")

@pytest.fixture
def warns_at_its_end(qapp):
    yield
    qWarning("too late")

def test_makes_qt_warn(qapp):
    qWarning("too many")

def test_makes_qt_warn_while_a_fixture_ends(warns_at_its_end):
    pass

@pytest.mark.qt_log_ignore("too many")
def test_makes_qt_warn_as_expected(qapp):
    qWarning("too many")

def test_raises_in_a_thread():
    def fall():
        raise ValueError("fell in a thread")
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()

class Bell(QObject):
    rings = Signal()

def test_raises_in_a_slot(qapp):
    bell = Bell()
    def fall():
        raise ValueError("fell in a slot")
    bell.rings.connect(fall)
    bell.rings.emit()

def test_skips():
    pytest.skip("no reason at all")

def test_finds_surroundings_of_its_own(tmp_path):
    assert [name for name in os.environ if name.startswith("STUDIO_")] == ["STUDIO_STATE_DIR"]
    assert os.environ["STUDIO_STATE_DIR"] == str(tmp_path / "state")
    keyring.set_password("studio-console", "wall", "secret")
    assert keyring.get_password("studio-console", "wall") is None
    command = "import keyring; assert type(keyring.get_keyring()).__module__ == 'keyring.backends.null'"
    subprocess.run([sys.executable, "-c", command], check=True)

@given(strategies.integers())
def test_holds_for_all(number):
    assert isinstance(number, int)

def test_draws_off_screen(qapp):
    assert qapp.platformName() == "offscreen"
"""

GUILTY = {
    "test_leaves_a_thread": "left alive: thread left over",
    "test_leaves_a_timer": "left alive: QTimer",
    "test_leaves_a_timer_of_an_object": "left alive: QTimer of",
    "test_leaves_a_qthread": "left alive: QThread",
    "test_leaves_a_window": "left alive: QWidget",
    "test_logs_a_warning": "unexpected: WARNING studio: the wall is dark",
    "test_logs_another_warning_than_expected": "unexpected: ERROR studio: the desk is dark",
    "test_makes_qt_warn": "too many",
    "test_makes_qt_warn_while_a_fixture_ends": "unexpected: Qt: too late",
    "test_raises_in_a_thread": "fell in a thread",
    "test_raises_in_a_slot": "fell in a slot",
    "test_skips": "in CI a skip is a failure: Skipped: no reason at all",
}
INNOCENT = [
    "test_ends_its_thread_late",
    "test_stops_its_timer",
    "test_ends_its_qthread",
    "test_leaves_its_window_to_qtbot",
    "test_forgets_a_window_that_refers_to_itself",
    "test_logs_a_word",
    "test_logs_an_expected_warning",
    "test_makes_qt_warn_as_expected",
    "test_finds_surroundings_of_its_own",
    "test_holds_for_all",
    "test_draws_off_screen",
]


CONFTEST = """
import sys

pytest_plugins = ["tests.conftest"]

def pytest_sessionstart():
    sys.modules["tests.guards"].PATIENCE = 0.5
"""


def judge(folder: Path, suspects: str, **surroundings: str) -> dict[str, str]:
    """Runs ``suspects`` under the project's own conftest and settings: for every test what spoke against it, or ""."""
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    (folder / "test_suspects.py").write_text(suspects, "utf-8")
    options = ["-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    results = ["--junitxml", str(folder / "results.xml"), "--basetemp", str(folder / "temporary")]
    surroundings = {"STUDIO_OBS_PASSWORD_WALL": "of the person who runs this", **surroundings}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *results, str(folder / "test_suspects.py")],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "QT_QPA_PLATFORM": "offscreen", **surroundings},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
    )
    assert run.returncode in (0, 1, 2), run.stdout + run.stderr
    against: dict[str, str] = {}
    for case in ElementTree.parse(folder / "results.xml").iter("testcase"):
        words = "".join(
            f"{finding.get('message')} {finding.text}" for finding in case if finding.tag in ("failure", "error")
        )
        against[case.get("name", "")] = against.get(case.get("name", ""), "") + words
    assert (run.returncode != 0) == any(against.values()), run.stdout + run.stderr
    return against


@pytest.fixture(scope="module")
def against(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return judge(tmp_path_factory.mktemp("suspects"), SUSPECTS, CI="true")


@pytest.mark.parametrize(("name", "words"), GUILTY.items(), ids=GUILTY)
def test_the_guilty_fail_and_are_told_why(against: dict[str, str], name: str, words: str) -> None:
    assert words in against[name]


@pytest.mark.parametrize("name", INNOCENT)
def test_the_innocent_pass(against: dict[str, str], name: str) -> None:
    assert against[name] == ""


def test_nobody_was_forgotten(against: dict[str, str]) -> None:
    assert sorted(against) == sorted([*GUILTY, *INNOCENT])


def test_a_file_that_skips_itself_fails_in_ci(tmp_path: Path) -> None:
    (words,) = judge(tmp_path, 'import pytest\npytest.importorskip("no_such_module")', CI="true").values()
    assert "in CI a skip is a failure" in words


def test_a_skip_elsewhere_is_a_skip(tmp_path: Path) -> None:
    assert judge(tmp_path, 'import pytest\ndef test_x(): pytest.skip("not here")', CI="") == {"test_x": ""}


def test_a_program_left_running_fails_the_run_and_is_ended(tmp_path: Path) -> None:
    suspects = """
import os, subprocess, sys
started = []
def test_starts_one():
    started.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
    with open("pid", "w") as note:
        note.write(str(started[0].pid))
"""
    assert "left running: " in judge(tmp_path, suspects)["test_starts_one"]
    pid = int((tmp_path / "pid").read_text())
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE

"""From a folder without an event to the desk, in one process: the command line, the first window, the desk."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.app import desk as desk_command
from studio_console.app import welcome
from studio_console.app.first_start import StudioFirstStart
from studio_console.app.places import Mode
from studio_console.app.recent import RecentEvents
from studio_console.cli import main
from studio_console.core.first_start import Chosen
from studio_console.core.text import same
from studio_console.gui.desk import Desk
from studio_console.gui.welcome.window import WelcomeWindow
from tests.small_event import write_small_event
from tests.waiting import PATIENCE

PACKAGE = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """What the program does about signals is its own affair, and not that of the tests after it."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def options(**given: object) -> argparse.Namespace:
    usual = {
        "event": ".",
        "day": None,
        "lang": "en",
        "rehearse": False,
        "clock": None,
        "speed": None,
        "guests": None,
        "fresh": False,
        "obs_url": [],
    }
    return argparse.Namespace(**{**usual, **given})


class Somebody(QTimer):
    """Looks at what is on the screen again and again, and does the next thing as soon as it can be done."""

    def __init__(self, *steps: Callable[[], bool]) -> None:
        super().__init__()
        self._steps = list(steps)
        self._until = time.monotonic() + PATIENCE
        self.timeout.connect(self._look)
        self.start(10)

    def _look(self) -> None:
        if time.monotonic() > self._until:
            # A test that fails is to end all the same.
            QApplication.closeAllWindows()
        elif self._steps and self._steps[0]():
            self._steps.pop(0)

    @property
    def done(self) -> bool:
        return not self._steps


def window_of(kind: type) -> object:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found[0] if found else None


def enter(page: str) -> Callable[[], bool]:
    """Presses Enter once that page is up and nothing is being done."""

    def pressed() -> bool:
        window = window_of(WelcomeWindow)
        if not isinstance(window, WelcomeWindow) or window.tasks.busy:
            return False
        if window.pages.currentWidget() is not getattr(window, page):
            return False
        handle = window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_Return)
        return True

    return pressed


def test_from_nothing_to_a_rehearsal_of_the_sample(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """Enter, Enter: the sample's copy is open in rehearsal, in the same process; the desk closed, all is over."""
    seen: list[tuple[str, bool]] = []

    def desk_is_up() -> bool:
        desk = window_of(Desk)
        if not isinstance(desk, Desk) or desk.shown.day is None or not desk.shown.surfaces:
            return False
        if window_of(WelcomeWindow) is not None or not RecentEvents().read():
            return False
        seen.append((desk.shown.day.id, all(state.connected for state in desk.shown.surfaces.values())))
        desk.close()
        return True

    somebody = Somebody(enter("start"), enter("event_page"), desk_is_up)
    assert welcome.run(qapp, options(), StudioFirstStart(tmp_path / "documents")) == 0
    somebody.stop()
    assert somebody.done
    assert [day for day, _ in seen] == ["day1"]
    (recent,) = RecentEvents().read()
    assert Path(recent.folder) == (tmp_path / "documents" / "Studio Console" / "Sample").resolve()
    assert list((tmp_path / "state").rglob(f"day1-{Mode.REHEARSAL}.journal"))


def test_a_desk_that_cannot_be_opened_leaves_the_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """The event was broken in the editor meanwhile: what is wrong is shown, and the window can be closed."""
    folder = write_small_event(tmp_path / "event")
    RecentEvents().add(folder, same("Small summit"))
    said: list[str] = []

    def broken_meanwhile() -> bool:
        window = window_of(WelcomeWindow)
        if isinstance(window, WelcomeWindow) and window.pages.currentWidget() is window.event_page:
            (folder / "rundown" / "day-1.yaml").write_text("sessions: [", "utf-8")
            return True
        return False

    def told() -> bool:
        window = window_of(WelcomeWindow)
        if not isinstance(window, WelcomeWindow) or window.pages.currentWidget() is not window.problems:
            return False
        said.append(window.problems.words)
        window.close()
        return True

    somebody = Somebody(enter("start"), broken_meanwhile, enter("event_page"), told)
    assert welcome.run(qapp, options(), StudioFirstStart(tmp_path / "documents")) == 0
    somebody.stop()
    assert somebody.done
    assert "rundown/day-1.yaml:" in said[0]


def test_ctrl_c_on_the_terminal_ends_the_first_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """Nobody touches the window: it is ended all the same."""

    def interrupted() -> bool:
        if window_of(WelcomeWindow) is None or signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            return False
        os.kill(os.getpid(), signal.SIGINT)
        return True

    somebody = Somebody(interrupted)
    assert welcome.run(qapp, options(), StudioFirstStart(tmp_path)) == 0
    somebody.stop()
    assert somebody.done


def test_a_state_folder_that_cannot_be_written_is_said_in_the_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    folder = write_small_event(tmp_path / "event")
    RecentEvents().add(folder, same("Small summit"))

    def refused(_options: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(welcome, "open_desk", refused)

    def told() -> bool:
        window = window_of(WelcomeWindow)
        if not isinstance(window, WelcomeWindow) or not window.event_page.trouble.text():
            return False
        said.append(window.event_page.trouble.text())
        window.close()
        return True

    somebody = Somebody(enter("start"), enter("event_page"), told)
    assert welcome.run(qapp, options(), StudioFirstStart(tmp_path / "documents")) == 0
    somebody.stop()
    assert somebody.done
    assert said == ["▲ The desk cannot be opened. The system refused: Permission denied"]


def test_what_the_line_said_of_a_rehearsal_counts_for_one_alone() -> None:
    given = options(clock="2020-06-02 21:55", speed="10", fresh=True)
    rehearsal = welcome.desk_options(given, Chosen("event", "day2", True, "ko"))
    assert (rehearsal.clock, rehearsal.speed, rehearsal.day, rehearsal.lang) == ("2020-06-02 21:55", "10", "day2", "ko")
    show = welcome.desk_options(given, Chosen("event", "day2", False, "ko"))
    assert (show.clock, show.speed, show.rehearse, show.fresh) == (None, None, False, True)


@pytest.mark.parametrize("there", [True, False])
def test_the_first_window_is_for_a_folder_without_an_event(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an event the desk opens as ever, without one more click."""
    if there:
        write_small_event(tmp_path)
    monkeypatch.chdir(tmp_path)
    began: list[str] = []

    def first_window(*_arguments: object) -> int:
        began.append("first window")
        return 0

    def desk(_options: object) -> object:
        began.append("desk")
        raise KeyboardInterrupt

    monkeypatch.setattr(welcome, "run", first_window)
    monkeypatch.setattr(desk_command, "open_desk", desk)
    monkeypatch.setattr("studio_console.app.window.create_application", lambda: None)
    main(["--lang", "en"])
    assert began == (["desk"] if there else ["first window"])


def test_a_folder_that_was_named_and_is_no_event_is_an_error_as_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who named it on a terminal is told on the terminal."""
    monkeypatch.setattr("studio_console.app.window.create_application", lambda: None)
    assert main([str(tmp_path / "nothing"), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "no-folder" in said
    assert "studio-console new" in said


def test_without_a_screen_it_is_said_on_the_terminal_and_what_needs_none(tmp_path: Path) -> None:
    """Over a bare ssh line, in a folder without an event."""
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in without}
    done = subprocess.run(
        [sys.executable, "-m", "studio_console", "--lang", "en"],
        capture_output=True,
        text=True,
        env={**environment, "PYTHONPATH": str(PACKAGE)},
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "There is no screen" in done.stderr
    assert "new" in done.stderr


def test_the_desk_s_start_imports_nothing_of_the_first_window(tmp_path: Path) -> None:
    """It would be paid for at every start of a show."""
    code = (
        "import sys; import studio_console.app.desk, studio_console.app.window; "
        "print([name for name in sys.modules if 'welcome' in name or 'first_start' in name or name == 'keyring'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PACKAGE)},
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"

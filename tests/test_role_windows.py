"""Several windows of one program: opened by a key or by another command, all on one engine, ended with the desk."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.app.console import Console, open_event
from studio_console.app.desk import open_desk
from studio_console.app.places import Mode, journal_path, ledger_path
from studio_console.app.role_windows import MAKERS, RoleName
from studio_console.app.running_desk import DeskLine, ask, line_name
from studio_console.app.window import line_of
from studio_console.cli import COMMANDS, WINDOWS, main
from studio_console.gui.desk import Desk
from studio_console.gui.keys import ROLE_ACTS, Act
from studio_console.gui.stage.window import StageWindow
from tests.small_event import write_small_event
from tests.test_comeback import running
from tests.test_desk_session import options
from tests.waiting import wait_until

PATIENCE = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_event(tmp_path / "event")


@pytest.fixture
def session(folder: Path, qtbot: QtBot) -> Iterator[tuple[Console, Desk]]:
    with open_desk(options(folder)) as (console, desk):
        qtbot.addWidget(desk)
        desk.show()
        yield console, desk


def stages() -> list[StageWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, StageWindow) and each.isVisible()]


def test_two_windows_on_one_engine_see_the_same_show(qtbot: QtBot, session: tuple[Console, Desk]) -> None:
    """Ctrl+Shift+M opens the stage window; standby at the desk is heard at the stage and seen at the desk; closed and
    opened again it knows everything."""
    console, desk = session
    desk.perform(Act.STAGE_WINDOW)
    (stage,) = stages()
    qtbot.waitUntil(lambda: desk.shown.day is not None and stage.shown.day is not None, timeout=PATIENCE)
    desk.perform(Act.HERE)
    desk.controls.put_standby(console.day.cues[1].id)
    qtbot.waitUntil(lambda: stage.list.speakers.rowCount() > 0 and desk.shown.pointer.cue is not None, timeout=PATIENCE)
    desk.perform(Act.STANDBY)
    qtbot.waitUntil(lambda: stage.banner.isVisible(), timeout=PATIENCE)
    qtbot.mouseClick(stage.banner, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "stage heard" in desk.next.words, timeout=PATIENCE)

    stage.hall.open(out=False)
    stage.hall.name.setText("somebody")
    stage.hall.temperature.setText("36.5")
    stage.hall.temperature.entered.emit()
    qtbot.waitUntil(lambda: desk.headline.clock.face.word == "hall 1/50", timeout=PATIENCE)

    stage.close()
    qtbot.waitUntil(lambda: stages() == [], timeout=PATIENCE)
    assert desk.isVisible()
    desk.perform(Act.STAGE_WINDOW)
    (again,) = stages()
    qtbot.waitUntil(lambda: "1 / 50" in again.header.words, timeout=PATIENCE)
    desk.perform(Act.STAGE_WINDOW)
    assert stages() == [again]
    desk.close()
    assert stages() == []


def test_a_changed_file_reaches_every_window(qtbot: QtBot, folder: Path, session: tuple[Console, Desk]) -> None:
    _, desk = session
    desk.perform(Act.STAGE_WINDOW)
    (stage,) = stages()
    qtbot.waitUntil(lambda: "/ 50" in stage.header.words, timeout=PATIENCE)
    studio = folder / "layouts" / "studio.yaml"
    studio.write_text(studio.read_text("utf-8").replace("limit: 50", "limit: 30"), "utf-8")
    qtbot.waitUntil(lambda: "/ 30" in stage.header.words, timeout=PATIENCE)


def test_nobody_of_an_earlier_rehearsal_is_in_the_hall(qtbot: QtBot, folder: Path) -> None:
    """A rehearsal that is begun anew begins with an empty hall; its ledger is not the show's."""
    for _ in range(2):
        with open_desk(options(folder)) as (console, desk):
            qtbot.addWidget(desk)
            desk.perform(Act.STAGE_WINDOW)
            (stage,) = stages()
            qtbot.waitUntil(lambda: "0 / 50" in stage.header.words, timeout=PATIENCE)  # noqa: B023
            stage.hall.open(out=False)
            stage.hall.name.setText("somebody")
            stage.hall.temperature.setText("36.5")
            stage.hall.temperature.entered.emit()
            qtbot.waitUntil(lambda: "1 / 50" in stage.header.words, timeout=PATIENCE)  # noqa: B023
            journal = journal_path(console.opened.folder, console.opened.event, console.day, Mode.REHEARSAL)
        assert ledger_path(journal, Mode.REHEARSAL).exists()
        assert not ledger_path(journal, Mode.SHOW).exists()


# --- the line between commands


def test_a_command_opens_the_window_in_the_desk_that_runs(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``studio-console stage`` beside a desk: the desk's process shows the window, the command is done. Killed, the
    desk leaves a dead line behind, and the next desk takes it over."""
    state = tmp_path / "desk-state"
    monkeypatch.setenv("STUDIO_STATE_DIR", str(state))
    urls = ("ws://127.0.0.1:9", "ws://127.0.0.1:9")
    with running(folder, 0, urls, state) as desk:
        desk.wait_for(lambda seen: "Desk" in seen["windows"])
        assert main(["stage", str(folder), "--lang", "en"]) == 0
        assert "The desk that is open (evening) shows the window ‘stage’" in capsys.readouterr().out
        desk.wait_for(lambda seen: "StageWindow" in seen["windows"])
        assert main(["stage", str(folder), "--lang", "en", "--fresh"]) == 2
        assert "--fresh counts when one is started" in capsys.readouterr().err
    with running(folder, 0, urls, state) as desk:
        desk.wait_for(lambda seen: "Desk" in seen["windows"])
        assert main(["stage", str(folder), "--lang", "ko"]) == 0
        desk.wait_for(lambda seen: "StageWindow" in seen["windows"])


def test_without_a_desk_the_command_is_the_desk_with_that_window(folder: Path, tmp_path: Path) -> None:
    """The same answer comes from a program that was started as ``stage``."""
    program = subprocess.Popen(
        [sys.executable, "-m", "studio_console", "stage", str(folder), "--rehearse", "--lang", "en"],
        cwd=Path(__file__).parent.parent,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # which comes first; the tests are not to
    )
    try:
        opened = open_event(folder)
        journal = journal_path(folder, opened.event, opened.event.days[0], Mode.REHEARSAL)
        name = line_name(journal, Mode.REHEARSAL)
        answer = wait_until(lambda: ask(name, {}, patience=1_000))
        assert answer == {"ok": True, "day": "evening"}
    finally:
        program.terminate()
        assert program.wait(60) == 0


def test_what_another_command_may_ask(qtbot: QtBot, session: tuple[Console, Desk]) -> None:
    """Another day, or a window this version does not have, is told and nothing opens."""
    console, _ = session
    name = line_of(console)
    answers = [
        answered(qtbot, name, request)
        for request in (b'{"open":"stage","day":"other"}', b'{"open":"kitchen"}', b"no json", b"[1]", b"{}")
    ]
    assert answers == [
        b'{"ok": false, "day": "evening"}\n',
        b'{"ok": false, "day": "evening"}\n',
        b'{"ok": false}\n',
        b'{"ok": false}\n',
        b'{"ok": true, "day": "evening"}\n',
    ]
    assert stages() == []
    assert answered(qtbot, name, b'{"open":"stage","language":"ko","day":""}') == b'{"ok": true, "day": "evening"}\n'
    (stage,) = stages()
    assert stage.language == "ko"


def answered(qtbot: QtBot, name: str, request: bytes) -> bytes:
    socket = QLocalSocket()
    socket.connectToServer(name)
    socket.write(request + b"\n")
    qtbot.waitUntil(socket.canReadLine, timeout=PATIENCE)
    line = bytes(socket.readLine().data())
    socket.abort()
    return line


def test_a_line_takes_no_more_than_a_request(qtbot: QtBot, tmp_path: Path) -> None:
    """A megabyte without an end is nobody of ours."""
    line = DeskLine(str(tmp_path / "line"), lambda request: {"ok": True})
    assert line.listen()
    socket = QLocalSocket()
    socket.connectToServer(str(tmp_path / "line"))
    socket.write(b"x" * 10_000)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=PATIENCE)
    line.close()


@pytest.mark.skipif(os.name == "nt", reason="a named pipe has other rights")
def test_only_the_same_user_may_connect_and_a_dead_line_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    name = str(tmp_path / "line")
    line = DeskLine(name, lambda request: {"ok": True})
    assert line.listen()
    assert stat.S_IMODE(Path(name).stat().st_mode) & 0o077 == 0
    second = DeskLine(name, lambda request: {"ok": True})
    line.close()
    (tmp_path / "line").write_bytes(b"")
    assert ask(name, {}, patience=100) is None
    assert second.listen()
    second.close()


def test_the_line_is_of_one_event_and_mode_whatever_the_day(tmp_path: Path) -> None:
    show, rehearsal, other = (
        line_name(tmp_path / event / "day1-show.journal", mode)
        for event, mode in (("one", Mode.SHOW), ("one", Mode.REHEARSAL), ("two", Mode.SHOW))
    )
    assert len({show, rehearsal, other}) == 3
    assert line_name(tmp_path / "one" / "day2-show.journal", Mode.SHOW) == show
    assert len(show) < 100


def test_every_role_is_a_window_a_key_and_a_command() -> None:
    """A role that is added in one table is added in all."""
    assert set(MAKERS) == set(RoleName)
    assert {role.value for role in RoleName} == set(ROLE_ACTS.values()) == set(WINDOWS) - {"desk"}
    assert set(WINDOWS) <= set(COMMANDS)

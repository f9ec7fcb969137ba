"""Editing at the desk: real keys, the editor over the cue sheet, what is said and what is sent."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.app.desk import open_desk
from studio_console.core.edit_reports import DraftFound, DraftKept, EditKept, EditRefused, EditWritten, UnsavedSettled
from studio_console.core.editing import CueDeleted, CueDuplicated, CueEdited, CueInserted, CueShifted, Draft
from studio_console.core.effects import WriteEdit
from studio_console.core.presses import GoPressed, ShowLockSet
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, PersonId, PressId
from studio_console.gui.desk import Desk
from tests.gui_story import AtDesk, FakeService, sit_down, small_service
from tests.small_event import write_small_event

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
M1, M2 = CueId("m1"), CueId("m2")


@pytest.fixture
def service() -> FakeService:
    return small_service("22:00")


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def type_into(desk: AtDesk, field: str, text: str) -> None:
    """The field is emptied and ``text`` typed into it, key by key."""
    entry = desk.desk.editing.panel.inputs[field]
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(entry, text)


def enter(desk: AtDesk) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_a_title_and_a_length_are_corrected_with_the_keyboard(desk: AtDesk, service: FakeService) -> None:
    """E, the title, the length, Enter. Space and the other keys are letters meanwhile; after it they act again."""
    panel = desk.desk.editing.panel
    desk.press(Qt.Key.Key_E)
    assert panel.isVisible()
    assert panel.cue is not None
    assert panel.cue.id == M1
    type_into(desk, "title_en", "A warm welcome")
    type_into(desk, "length", "4m30s")
    assert desk.posted(GoPressed) == []
    enter(desk)
    (edit,) = desk.posted(CueEdited)
    assert (edit.now.title.en, edit.now.duration) == ("A warm welcome", Duration(270_000))
    assert edit.now == replace(edit.was, title=edit.now.title, duration=edit.now.duration)
    assert panel.isVisible()
    assert "being written" in panel.words
    service.happen(EditWritten(edit.press, Text("고침", "edited")))
    desk.look()
    assert not panel.isVisible()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


# --- the whole desk, on files ------------------------------------------------------------------------------------


def options(folder: Path) -> argparse.Namespace:
    return argparse.Namespace(
        event=str(folder),
        day=None,
        rehearse=True,
        lang="en",
        clock=None,
        speed=None,
        fresh=False,
        guests=None,
        obs_url=[],
    )


def keys_to(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window = desk.windowHandle()
    assert window is not None
    QTest.keyClick(window, key, modifier)


def test_from_the_key_to_the_file_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    """E, a title, Enter: it is in the YAML with its comments kept, and on the desk; Ctrl+Z takes it out again."""
    folder = write_small_event(tmp_path / "event")
    day = folder / "rundown" / "day-1.yaml"
    before = "# the evening\n" + day.read_text("utf-8").replace("number: M1\n", "number: M1   # first\n")
    day.write_text(before, "utf-8")
    with open_desk(options(folder)) as (_, desk):
        qtbot.addWidget(desk)
        keys_to(qtbot, desk)
        qtbot.waitUntil(lambda: desk.shown.day is not None, timeout=20_000)
        qtbot.waitUntil(lambda: desk.guests.isVisible() and desk.sheet.isVisible(), timeout=20_000)
        press(desk, Qt.Key.Key_E)
        assert desk.editing.panel.isVisible(), desk.go_panel.notice.words
        QTest.keyClicks(desk.editing.panel.inputs["title_en"], "Doors: open")
        press(desk, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not desk.editing.panel.isVisible(), timeout=20_000)
        assert day.read_text("utf-8") == before.replace("en: Opening title", 'en: "Doors: open"')
        assert desk.shown.plan.cues[0].title.en == "Doors: open"
        press(desk, Qt.Key.Key_Z, CONTROL)
        qtbot.waitUntil(lambda: desk.shown.plan.cues[0].title.en == "Opening title", timeout=20_000)
        assert day.read_text("utf-8") == before

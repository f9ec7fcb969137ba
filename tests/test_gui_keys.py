"""Keys: one press is one act, held or not; where text is typed they are letters; no widget swallows GO."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.presses import GoPressed, SkipSet, StandbyCalled, StandbyMoved
from studio_console.core.units import CueId
from studio_console.gui.keys import KEYS, Act
from tests.gui_story import AtDesk, FakeService, sit_down, small_service


@pytest.fixture
def service() -> FakeService:
    return small_service("22:00")


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def hold_down(desk: AtDesk, key: Qt.Key) -> None:
    """The key goes down; nothing says yet whether it is a repeat."""
    QTest.keyPress(desk.window, key)
    desk.look()


def let_go(desk: AtDesk, key: Qt.Key) -> None:
    QTest.keyRelease(desk.window, key)
    desk.look()


def repeat(desk: AtDesk, key: Qt.Key) -> None:
    """What the window system sends while a key is held: an override asked for, then a press, marked as repeats."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, " ", True)
        QGuiApplication.sendEvent(desk.window, event)
    desk.look()


def put_focus(desk: AtDesk, widget: QWidget) -> None:
    widget.setParent(desk.desk)
    widget.setGeometry(10, 10, 200, 60)
    widget.show()
    widget.raise_()
    widget.setFocus()
    desk.qtbot.waitUntil(widget.hasFocus)


def test_a_held_space_fires_one_go(desk: AtDesk, service: FakeService) -> None:
    """Whether its repeats are marked as such, or come as presses without a release in between."""
    hold_down(desk, Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1
    for _ in range(5):
        repeat(desk, Qt.Key.Key_Space)
    for _ in range(5):
        hold_down(desk, Qt.Key.Key_Space)
    service.wait("0:05")
    hold_down(desk, Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1
    assert not desk.desk.go_panel.go.flashing
    let_go(desk, Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1
    desk.press(Qt.Key.Key_Space)
    assert [event.cue for event in desk.posted(GoPressed)] == [CueId("m1"), CueId("m2")]


def test_a_release_and_a_press_of_the_same_instant_are_a_key_that_is_held(desk: AtDesk) -> None:
    """So X servers repeat keys; where Qt reads the one before the other has come, it marks neither as a repeat."""

    def send(kind: QEvent.Type, instant: int) -> bool:
        """Whether the key was kept from the shortcuts."""
        event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
        event.setTimestamp(instant)
        event.ignore()
        QGuiApplication.sendEvent(desk.window, event)
        return event.isAccepted()

    hold_down(desk, Qt.Key.Key_Space)
    for instant in (100_000, 100_040, 100_080):
        send(QEvent.Type.KeyRelease, instant)
        assert send(QEvent.Type.ShortcutOverride, instant)
    send(QEvent.Type.KeyRelease, 100_500)
    assert not send(QEvent.Type.ShortcutOverride, 100_600)


def test_a_release_that_nobody_saw_does_not_leave_go_dead(desk: AtDesk, service: FakeService) -> None:
    """Space was held while another window came up: its release went there."""
    hold_down(desk, Qt.Key.Key_Space)
    QGuiApplication.sendEvent(desk.window, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    service.wait("0:05")
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 2


def test_no_two_presses_have_the_same_id(desk: AtDesk) -> None:
    for _ in range(20):
        desk.press(Qt.Key.Key_Space)
    assert len({event.press for event in desk.posted(GoPressed)}) == 20


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit, QSpinBox])
def test_in_a_text_field_every_key_is_a_letter(desk: AtDesk, make: type[QWidget]) -> None:
    field = make()
    put_focus(desk, field)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_H, Qt.Key.Key_S, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        desk.press(key)
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.service.posted == []
    desk.desk.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


def test_what_is_typed_arrives_in_the_field(desk: AtDesk) -> None:
    field = QLineEdit()
    put_focus(desk, field)
    for key in (Qt.Key.Key_H, Qt.Key.Key_Space, Qt.Key.Key_S):
        desk.press(key)
    assert field.text() == "h s"
    assert desk.service.posted == []


def test_while_hangul_is_composed_space_is_not_go(desk: AtDesk) -> None:
    field = QLineEdit()
    put_focus(desk, field)
    QGuiApplication.sendEvent(field, QInputMethodEvent("한", []))
    desk.press(Qt.Key.Key_Space)
    assert desk.service.posted == []
    committed = QInputMethodEvent("", [])
    committed.setCommitString("한")
    QGuiApplication.sendEvent(field, committed)
    assert "한" in field.text()


def test_no_hangul_can_be_composed_where_keys_act(desk: AtDesk) -> None:
    """Else the input method would take the letters away from the desk."""
    inputs = [
        widget
        for widget in [desk.desk, *desk.desk.findChildren(QWidget)]
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert inputs == []


@pytest.mark.parametrize("make", [QPushButton, QComboBox, QListWidget])
def test_nothing_with_the_focus_eats_space_or_enter(desk: AtDesk, make: type[QWidget]) -> None:
    widget = make()
    clicked = []
    if isinstance(widget, QPushButton):
        widget.clicked.connect(lambda: clicked.append(1))
    widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    put_focus(desk, widget)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(StandbyCalled)) == 1
    assert len(desk.posted(GoPressed)) == 1
    assert clicked == []


def test_a_read_only_text_is_no_text_field(desk: AtDesk) -> None:
    field = QPlainTextEdit()
    field.setReadOnly(True)
    put_focus(desk, field)
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


def test_no_button_of_the_desk_takes_the_focus(desk: AtDesk) -> None:
    for button in desk.desk.go_panel.buttons.values():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.focusObject() is desk.desk


def test_held_arrows_go_on_and_other_keys_do_not(desk: AtDesk) -> None:
    hold_down(desk, Qt.Key.Key_Down)
    hold_down(desk, Qt.Key.Key_Down)
    assert len(desk.posted(StandbyMoved)) == 2
    hold_down(desk, Qt.Key.Key_S)
    hold_down(desk, Qt.Key.Key_S)
    assert len(desk.posted(SkipSet)) == 1


def test_a_korean_keyboard_that_sends_jamo_holds_and_skips_too(desk: AtDesk) -> None:
    """On macOS the key of H says ㅗ while Korean is typed; QTest can press no such key, so its place is looked at."""
    for act, jamo in ((Act.HOLD, "ㅗ"), (Act.SKIP, "ㄴ")):
        assert QKeySequence(ord(jamo)) in desk.desk.acts[act].shortcuts()


def test_every_act_has_one_action_and_no_two_share_a_key(desk: AtDesk) -> None:
    assert set(desk.desk.acts) == set(Act)
    keys = [key.lower() for act in Act for key in KEYS[act].keys]
    assert len(keys) == len(set(keys))
    for act, action in desk.desk.acts.items():
        assert len(action.shortcuts()) == len(KEYS[act].keys), act
        assert action.autoRepeat() == KEYS[act].repeats, act

"""Speaking to the speaker from the desk: with keys, in Hangul, by number, and nothing of it reaches the air."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.messages import NO_MESSAGE
from studio_console.core.presses import GoPressed
from studio_console.core.speaker import (
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.studio import PREPARED, TimerRules
from studio_console.core.text import LANGUAGES, Language, Text, same
from studio_console.core.units import MINUTE
from studio_console.gui.keys import Act
from studio_console.gui.timer.face import face_of
from studio_console.gui.timer.message_bar import SPEAKER_ACTS, MessageBar
from tests.builders import length
from tests.gui_story import AtDesk, FakeService, sit_down, small_service, small_studio

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def service() -> FakeService:
    service = small_service("22:00")
    service.go(service.show.plan.cues[0].id)
    return service


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def bar(desk: AtDesk) -> MessageBar:
    return desk.desk.messages


def type_in(desk: AtDesk, words: str) -> None:
    """What a keyboard and an input method make of it, into the field that has the focus."""
    desk.press(Qt.Key.Key_M)
    assert bar(desk).field.hasFocus()
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QGuiApplication.sendEvent(bar(desk).field, event)


def sent(desk: AtDesk) -> list[tuple[Text, bool]]:
    return [(event.text, event.urgent) for event in desk.posted(MessageSent)]


def test_a_message_is_typed_in_hangul_and_sent(desk: AtDesk) -> None:
    """M, a sentence, Enter; the speaker sees it as it was typed, and the keys act again."""
    type_in(desk, "2번 마이크를 쓰세요")
    assert bar(desk).isVisible()
    desk.press(Qt.Key.Key_Return)
    assert sent(desk) == [(same("2번 마이크를 쓰세요"), False)]
    assert "2번 마이크를 쓰세요" in bar(desk).status.words
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


def test_while_it_is_typed_no_key_acts(desk: AtDesk) -> None:
    """Space between two words, a syllable half composed: nothing goes to air."""
    type_in(desk, "조금")
    desk.press(Qt.Key.Key_Space)
    QGuiApplication.sendEvent(bar(desk).field, QInputMethodEvent("천", []))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_H, Qt.Key.Key_S):
        desk.press(key)
    assert not [event for event in desk.service.posted if not isinstance(event, MessageSent)]
    desk.press(Qt.Key.Key_Escape)
    assert (bar(desk).field.text(), sent(desk)) == ("", [])


def test_a_number_alone_chooses_a_prepared_message(desk: AtDesk) -> None:
    """M, 1, Enter: what it will be stands there before Enter, and the speaker has it in their language."""
    type_in(desk, "1")
    assert "Please wrap up" in bar(desk).hint.words
    desk.press(Qt.Key.Key_Return)
    assert sent(desk) == [(PREPARED[0], False)]
    type_in(desk, "10")
    assert bar(desk).hint.words == ""
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert sent(desk)[1:] == [(same("10"), True)]


def test_a_studio_with_messages_of_its_own(qtbot: QtBot, service: FakeService) -> None:
    """Two of them: they are on the buttons, and 3 is a number like others."""
    own = (Text("앉아 주세요", "Please sit down"), same("Stop"))
    studio = replace(small_studio(), timer=TimerRules(messages=own))
    desk = sit_down(qtbot, service, studio=studio)
    type_in(desk, "3")
    assert [chip.words for chip in bar(desk).texts.chips] == ["1  Please sit down", "2  Stop"]
    desk.press(Qt.Key.Key_Return)
    QTest.mouseClick(bar(desk).texts.chips[0], Qt.MouseButton.LeftButton)
    assert sent(desk) == [(same("3"), False), (own[0], False)]
    desk.desk.show_files(desk.desk._context.event, small_studio(), (), False)
    assert len(bar(desk).texts.chips) == 9


def test_send_and_urgent_by_mouse(desk: AtDesk) -> None:
    type_in(desk, "Stop")
    QTest.mouseClick(bar(desk).urgent, Qt.MouseButton.LeftButton)
    assert sent(desk) == [(same("Stop"), True)]
    QTest.mouseClick(bar(desk).send, Qt.MouseButton.LeftButton)
    assert len(sent(desk)) == 1


def test_esc_in_an_empty_line_puts_the_panel_away(desk: AtDesk) -> None:
    type_in(desk, "x")
    desk.press(Qt.Key.Key_Escape)
    assert bar(desk).isVisible()
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_Escape)
    assert not bar(desk).isVisible()


def test_cleared_blinking_and_black(desk: AtDesk, service: FakeService) -> None:
    """Each by one key; the blackout says that nothing is seen until it is taken away."""
    desk.press(Qt.Key.Key_M, ALT)
    assert service.show.refusal is not None
    assert service.show.refusal.reason == NO_MESSAGE
    desk.qtbot.waitUntil(lambda: NO_MESSAGE.en in desk.notice)
    desk.look()
    assert NO_MESSAGE.en in bar(desk).status.words
    desk.press(Qt.Key.Key_M, CTRL)
    desk.press(Qt.Key.Key_B, ALT)
    assert len(desk.posted(TimerBlinked)) == 1
    assert [event.on for event in desk.posted(TimerBlackedOut)] == [True]
    bar(desk)._forget_refusal()
    desk.look()
    assert "sees nothing" in bar(desk).status.words
    assert bar(desk).preview.face is not None
    assert bar(desk).preview.face.words == ""
    desk.press(Qt.Key.Key_B, ALT)
    assert not service.show.speaker.black
    type_in(desk, "1")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_M, ALT)
    assert len(desk.posted(MessageCleared)) == 2
    assert service.show.speaker.message is None


def test_a_free_timer_from_the_keys(desk: AtDesk, service: FakeService) -> None:
    """Ctrl+T starts five minutes, a minute more, a pause, and away with it."""
    desk.press(Qt.Key.Key_T, CTRL)
    desk.press(Qt.Key.Key_BracketRight, ALT)
    desk.press(Qt.Key.Key_T, ALT)
    assert service.show.speaker.free is not None
    assert service.show.speaker.free.length == 6 * MINUTE
    assert bar(desk).chips[Act.FREE_HOLD].on
    desk.press(Qt.Key.Key_T, ALT)
    desk.press(Qt.Key.Key_BracketLeft, ALT)
    desk.press(Qt.Key.Key_T, CTRL)
    assert [event.on for event in desk.posted(FreeTimerHeld)] == [True, False]
    assert [event.amount for event in desk.posted(FreeTimerChanged)] == [MINUTE, -MINUTE]
    assert len(desk.posted(FreeTimerEnded)) == 1


@pytest.mark.parametrize(("words", "wanted"), [("7", "7:00"), ("1:30", "1:30"), ("5분", "5:00"), ("90s", "1:30")])
def test_a_free_timer_of_a_length_that_is_typed(desk: AtDesk, words: str, wanted: str) -> None:
    """The same line, Ctrl+T: minutes, or as in the files. The next one is as long."""
    type_in(desk, words)
    desk.press(Qt.Key.Key_T, CTRL)
    assert [event.length for event in desk.posted(FreeTimerStarted)] == [length(wanted)]
    desk.press(Qt.Key.Key_T, CTRL)
    desk.press(Qt.Key.Key_T, CTRL)
    assert [event.length for event in desk.posted(FreeTimerStarted)] == [length(wanted)] * 2


def test_what_is_no_length_says_how_to_write_one(desk: AtDesk) -> None:
    type_in(desk, "soon")
    desk.press(Qt.Key.Key_T, CTRL)
    desk.look()
    assert desk.posted(FreeTimerStarted) == []
    assert "for example 30s, 5m" in bar(desk).status.words


def test_the_preview_is_what_the_speaker_sees(desk: AtDesk, service: FakeService) -> None:
    type_in(desk, "1")
    desk.press(Qt.Key.Key_Return)
    service.wait("4:10")
    desk.look()
    face = bar(desk).preview.face
    assert face == face_of(desk.desk._context, service.show, service.clock.now())
    assert face is not None
    assert (face.digits, face.message) == ("0:50", "마무리해 주세요")


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1600, 900), QSize(1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_prepared_messages_are_read_whole_before_they_are_sent(desk: AtDesk, size: QSize, language: Language) -> None:
    """A long one takes a second line and no room from its neighbours; all buttons are as wide."""
    desk.desk.resize(size)
    desk.desk.set_language(language)
    desk.press(Qt.Key.Key_M)
    desk.look()
    panel = bar(desk)
    for chip in panel.texts.chips:
        assert "".join(chip.lines(chip.width())).replace(" ", "") == chip.words.replace(" ", "")
        assert chip.height() >= chip.heightForWidth(chip.width())
        assert panel.rect().contains(chip.rect().translated(chip.mapTo(panel, QPoint())))
    widths = {chip.width() for chip in panel.texts.chips}
    assert max(widths) - min(widths) <= 1


def test_its_own_screen_is_asked_for_by_a_key(desk: AtDesk) -> None:
    with desk.qtbot.waitSignal(desk.desk.role_wanted) as wanted:
        desk.press(Qt.Key.Key_T, SHIFT)
    assert wanted.args == ["timer"]


@pytest.mark.parametrize("size", [QSize(1340, 148), QSize(420, 420), QSize(620, 320)])
def test_the_panel_stands_wide_or_tall(desk: AtDesk, size: QSize) -> None:
    """In any dock all of it is there, and nothing reaches out of it."""
    panel, dock = bar(desk), QWidget()
    dock.resize(size)
    dock.setFont(desk.desk.font())
    desk.qtbot.addWidget(dock)
    desk.press(Qt.Key.Key_M)
    panel.setParent(dock)
    panel.setGeometry(dock.rect())
    panel.show()
    dock.show()
    QCoreApplication.processEvents()
    parts = [panel.preview, panel.field, panel.send, panel.texts, panel.controls, *panel.chips.values()]
    reaching_out = [
        part for part in parts if not panel.rect().contains(part.rect().translated(part.mapTo(panel, QPoint())))
    ]
    # The desk goes on with it, and is closed after the dock.
    panel.setParent(desk.desk)
    assert set(SPEAKER_ACTS[1:]) < panel.chips.keys()
    assert reaching_out == []

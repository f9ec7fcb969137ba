"""The desk's panels: moved, floated, closed and brought back; kept for each set-up of screens, and never lost."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from studio_console.core.presses import GoPressed, ShowLockSet
from studio_console.core.text import Language
from studio_console.gui.desk import Desk
from studio_console.gui.desk_memory import MOST, DeskMemory, Layout, screens_word
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.panels import CUES, OUTPUTS, PICTURES, SOUND, TODAY
from studio_console.gui.start_layouts import Start
from tests.builders import SEOUL
from tests.gui_story import (
    AtDesk,
    FakeService,
    sample_event,
    sample_service,
    small_event,
    small_service,
    small_studio,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)", extend=True)
"""What Qt says of windows where there is no screen."""

LAPTOP, DESK = QRect(0, 0, 1366, 768), QRect(0, 0, 1920, 1080)
SECOND = QRect(1920, 0, 1920, 1080)
F1, F12 = Qt.Key.Key_F1, Qt.Key.Key_F12
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Drawer:
    """A remembered word, in memory."""

    def __init__(self, word: str = "") -> None:
        self.word = word
        self.written = 0

    def read(self) -> str:
        return self.word

    def write(self, word: str) -> None:
        self.word = word
        self.written += 1


class AtDocks(AtDesk):
    def __init__(self, qtbot: QtBot, service: FakeService, desk: Desk, screens: list[QRect]) -> None:
        super().__init__(qtbot, service, desk)
        self.screens = screens

    def place(self, name: str) -> QRect:
        """Where a panel is, in the desk's own px."""
        widget = self.desk.docks.docks[name].widget()
        return QRect(widget.mapTo(self.desk, QPoint(0, 0)), widget.size())

    def seen(self) -> set[str]:
        return {name for name, dock in self.desk.docks.docks.items() if not dock.visibleRegion().isEmpty()}

    def unplug(self, *left: QRect) -> None:
        self.screens[:] = left
        self.desk.docks.screens_changed()


def sit_down(
    qtbot: QtBot,
    drawer: Drawer | None = None,
    screens: Sequence[QRect] = (DESK,),
    small: bool = False,
    language: Language = "en",
) -> AtDocks:
    """A desk as large as the first of ``screens``, which can be changed while it runs."""
    there = list(screens)
    if small:
        service, event, studio = small_service(), small_event(), small_studio()
    else:
        event, studio = sample_event()
        service = sample_service(event, studio, 1)
    desk = Desk(service, event, studio, SEOUL, language, True, layouts=drawer, screens=lambda: there)
    desk.setGeometry(there[0])
    qtbot.addWidget(desk, before_close_func=lambda _: desk.end())
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    at_desk = AtDocks(qtbot, service, desk, there)
    at_desk.look()
    assert desk.guests is not None
    at_desk.look()
    return at_desk


@pytest.mark.parametrize("screen", [LAPTOP, DESK])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_at_the_start_all_panels_stand_beside_each_other_below_the_figures(
    qtbot: QtBot, screen: QRect, language: Language
) -> None:
    desk = sit_down(qtbot, screens=(screen,), language=language)
    window = desk.desk
    assert window.size() == screen.size()
    seen = {PICTURES, CUES} | ({TODAY, SOUND, OUTPUTS} if screen == DESK else set())
    assert desk.seen() == seen, "on a laptop the height is for the cue sheet, and the rest behind the words' tabs"
    boxes = [desk.place(name) for name in sorted(seen)]
    boxes += [
        QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        for part in (window.headline, window.guests, window.go_panel, window.surfaces, window.problem_list)
    ]
    for number, box in enumerate(boxes):
        assert window.rect().contains(box)
        assert not [other for other in boxes[number + 1 :] if other.intersects(box)]
    assert desk.place(PICTURES).width() >= screen.width() // 3


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_laptop_ten_rows_of_the_cue_sheet_are_seen(qtbot: QtBot, language: Language) -> None:
    """What has been, what is on air, and half an hour ahead."""
    sheet = sit_down(qtbot, screens=(LAPTOP,), language=language).desk.sheet
    assert sheet.viewport().height() // sheet.verticalHeader().defaultSectionSize() >= 10


def test_what_a_hall_has_no_use_for_has_no_panel(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, small=True)
    assert desk.seen() == {PICTURES, CUES, TODAY}


def test_the_layout_follows_the_size_of_the_window_until_it_is_the_user_s_own(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, screens=(LAPTOP,))
    assert desk.desk.docks.start is Start.LAPTOP
    desk.desk.resize(1920, 1080)
    desk.look()
    assert desk.desk.docks.start is Start.DESK
    assert OUTPUTS in desk.seen()


def test_the_wall_of_guests_gets_the_room_it_needs_and_gives_it_back(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, screens=(LAPTOP,))
    before = {name: desk.place(name) for name in desk.seen()}
    desk.press(Qt.Key.Key_F3)
    assert desk.desk.guests.width() > 800
    assert {PICTURES, CUES} <= desk.seen()
    desk.press(Qt.Key.Key_F3)
    assert {name: desk.place(name) for name in desk.seen()} == before


def test_a_panel_is_closed_and_brought_back_by_its_key_and_stays_so(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, drawer)
    desk.press(F1, SHIFT)
    assert PICTURES not in desk.seen()
    again = sit_down(qtbot, drawer)
    assert PICTURES not in again.seen()
    assert again.desk.docks.start is Start.DESK, "it still follows the window"
    again.press(F1, SHIFT)
    assert PICTURES in again.seen()
    assert PICTURES in sit_down(qtbot, drawer).seen()


def test_a_panel_behind_a_tab_comes_to_the_front_by_its_key(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, screens=(LAPTOP,))
    (tabs,) = (bar for bar in desk.desk.docks.findChildren(QTabBar) if bar.isVisible())
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["Cues", "Today", "Interpretation", "Outputs"]
    assert tabs.focusPolicy() is Qt.FocusPolicy.NoFocus
    desk.press(Qt.Key.Key_F5, SHIFT)
    assert OUTPUTS in desk.seen()
    assert CUES not in desk.seen()
    desk.press(Qt.Key.Key_F2, SHIFT)
    assert CUES in desk.seen()
    assert all(bar.focusPolicy() is Qt.FocusPolicy.NoFocus for bar in desk.desk.docks.findChildren(QTabBar))
    desk.desk.set_language("ko")
    assert "스트림·녹화" in [tabs.tabText(place) for place in range(tabs.count())]


def test_what_was_floated_is_there_again_after_a_restart(qtbot: QtBot) -> None:
    drawer, screens = Drawer(), (DESK, SECOND)
    desk = sit_down(qtbot, drawer, screens)
    desk.press(F12)
    assert desk.desk.arranging.bar.isVisible()
    dock = desk.desk.docks.docks[TODAY]
    dock.setFloating(True)
    dock.setGeometry(2000, 100, 800, 300)
    desk.press(F12)
    assert not desk.desk.arranging.bar.isVisible()
    again = sit_down(qtbot, drawer, screens).desk.docks.docks[TODAY]
    assert again.isFloating()
    assert again.geometry().intersects(SECOND)


def test_every_set_up_of_screens_has_a_layout_of_its_own(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, drawer, (DESK, SECOND))
    desk.press(F1, SHIFT)
    assert PICTURES in sit_down(qtbot, drawer, (LAPTOP,)).seen()
    assert PICTURES not in sit_down(qtbot, drawer, (DESK, SECOND)).seen()


def test_arranging_without_moving_anything_keeps_nothing(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, drawer)
    desk.press(F12)
    desk.press(F12)
    assert drawer.written == 0
    assert desk.desk.docks.start is Start.DESK


def test_pictures_go_to_the_second_screen_when_asked_and_never_by_themselves(qtbot: QtBot) -> None:
    """The second screen may be what the hall sees."""
    drawer, screens = Drawer(), (DESK, SECOND)
    desk = sit_down(qtbot, drawer, screens)
    assert not desk.desk.docks.docks[PICTURES].isFloating()
    desk.press(F12, CONTROL | SHIFT)
    pictures = desk.desk.docks.docks[PICTURES]
    assert pictures.isFloating()
    assert pictures.geometry() == SECOND
    assert sit_down(qtbot, drawer, screens).desk.docks.docks[PICTURES].isFloating()
    desk.desk.perform(Act.START_LAYOUT)
    assert not pictures.isFloating()


def test_with_one_screen_there_is_no_second_and_that_is_said(qtbot: QtBot) -> None:
    desk = sit_down(qtbot)
    desk.press(F12, CONTROL | SHIFT)
    assert "There is only one screen" in desk.notice
    assert not desk.desk.docks.docks[PICTURES].isFloating()


def test_when_the_second_screen_is_gone_what_was_on_it_is_on_the_desk(qtbot: QtBot) -> None:
    """And there again when the screen is back."""
    desk = sit_down(qtbot, Drawer(), (DESK, SECOND))
    desk.press(F12, CONTROL | SHIFT)
    pictures = desk.desk.docks.docks[PICTURES]
    desk.unplug(DESK)
    assert not pictures.isFloating()
    desk.look()
    assert PICTURES in desk.seen()
    desk.unplug(DESK, SECOND)
    assert pictures.isFloating()


def test_a_layout_that_was_kept_off_screen_is_brought_in(qtbot: QtBot) -> None:
    """The set-up has the same name, and yet what floated lies where there is nothing."""
    drawer, screens = Drawer(), (DESK, SECOND)
    desk = sit_down(qtbot, drawer, screens)
    desk.press(F12)
    dock = desk.desk.docks.docks[TODAY]
    dock.setFloating(True)
    dock.setGeometry(9000, 5000, 800, 300)
    desk.press(F12)
    desk.unplug(DESK, SECOND)
    assert not dock.isFloating()
    assert not sit_down(qtbot, drawer, screens).desk.docks.docks[TODAY].isFloating()


@pytest.mark.parametrize(
    "word",
    [
        "no json",
        "[]",
        '{"1920x1080+0+0": 7}',
        '{"1920x1080+0+0": {"panels": ["pictures"], "closed": [], "start": "", "floating": {}, "state": "AAAA"}}',
        '{"1920x1080+0+0": {"panels": PANELS, "closed": [], "start": "", "floating": {}, "state": "AAAA"}}',
        '{"1920x1080+0+0": {"panels": PANELS, "closed": [], "start": "", "floating": {}, "state": "§§"}}',
        '{"1920x1080+0+0": {"panels": PANELS, "floating": [], "state": "AAAA"}}',
        '{"1920x1080+0+0": {"panels": PANELS, "closed": [], "start": "", "floating": {"today": [1]}, "state": "AAAA"}}',
    ],
)
def test_a_broken_layout_is_the_start_layout(qtbot: QtBot, word: str) -> None:
    panels = json.dumps(sorted((PICTURES, CUES, TODAY, SOUND, OUTPUTS)))
    desk = sit_down(qtbot, Drawer(word.replace("PANELS", panels)))
    assert desk.desk.docks.start is Start.DESK
    assert desk.seen() == {PICTURES, CUES, TODAY, SOUND, OUTPUTS}


def test_the_layout_as_at_the_start_forgets_the_other_one(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, drawer)
    before = desk.seen()
    pictures = desk.place(PICTURES)
    desk.press(F1, SHIFT)
    desk.press(F12, CONTROL)
    assert desk.seen() == before
    assert desk.place(PICTURES) == pictures
    assert sit_down(qtbot, drawer).desk.docks.start is Start.DESK


def test_under_the_show_lock_nothing_moves(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, drawer)
    desk.press(F12)
    assert desk.desk.docks.arranging
    desk.service.happen(ShowLockSet(True))
    desk.look()
    assert not desk.desk.docks.arranging
    assert not desk.desk.arranging.bar.isVisible()
    for key, modifier in ((F12, Qt.KeyboardModifier.NoModifier), (F12, CONTROL), (F1, SHIFT)):
        desk.press(key, modifier)
        assert "Panels stay where they are under the show lock" in desk.notice
    assert PICTURES in desk.seen()
    dock = desk.desk.docks.docks[PICTURES]
    assert dock.bar.height() == 0
    dock.close()
    qtbot.waitUntil(lambda: not dock.isHidden())


def test_gaps_are_dragged_only_while_the_desk_is_arranged(qtbot: QtBot) -> None:
    desk = sit_down(qtbot)
    docks = desk.desk.docks
    gap = QPoint(docks.docks[PICTURES].geometry().left() - 3, docks.height() // 2)

    def drag() -> None:
        QTest.mousePress(docks, Qt.MouseButton.LeftButton, pos=gap)
        QTest.mouseMove(docks, gap - QPoint(80, 0))
        QCoreApplication.processEvents()
        QTest.mouseRelease(docks, Qt.MouseButton.LeftButton, pos=gap - QPoint(80, 0))
        desk.look()

    before = desk.place(PICTURES)
    drag()
    assert desk.place(PICTURES) == before
    desk.press(F12)
    drag()
    assert desk.place(PICTURES).width() > before.width()


def test_what_was_dragged_wider_is_as_wide_after_a_restart(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, drawer)
    desk.press(F12)
    docks = desk.desk.docks
    docks.resizeDocks([docks.docks[PICTURES], docks.docks[CUES]], [900, 300], Qt.Orientation.Horizontal)
    docks.docks[OUTPUTS].bar.close_button.click()
    assert desk.desk.arranging.bar.buttons[Act.PANEL_OUTPUTS].text().startswith("○")
    desk.press(F12)
    wide = desk.place(PICTURES).width()
    assert wide > 800
    again = sit_down(qtbot, drawer)
    assert again.desk.docks.start is None
    assert again.place(PICTURES).width() == pytest.approx(wide, abs=4)
    assert OUTPUTS not in again.seen()


def test_keys_work_in_a_floating_panel_and_hold_as_on_the_desk(qtbot: QtBot) -> None:
    """Space in the window on the second screen is GO, once until it is let go."""
    desk = sit_down(qtbot, Drawer(), (DESK, SECOND))
    desk.press(F12, CONTROL | SHIFT)
    pictures = desk.desk.docks.docks[PICTURES]
    handle = pictures.windowHandle()
    assert handle is not None
    pictures.activateWindow()
    qtbot.waitUntil(pictures.isActiveWindow)
    QTest.keyPress(handle, Qt.Key.Key_Space)
    QTest.keyPress(handle, Qt.Key.Key_Space)
    QTest.keyRelease(handle, Qt.Key.Key_Space)
    desk.look()
    assert len(desk.posted(GoPressed)) == 1


def test_every_panel_is_named_in_the_strip_with_its_key(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, screens=(LAPTOP,), language="ko")
    desk.press(F12)
    bar = desk.desk.arranging.bar
    for panel in desk.desk.panels:
        button = bar.buttons[panel.act]
        assert button.text() == f"✓ {panel.title.ko} {KEYS[panel.act].shown}"
        assert bar.rect().contains(button.geometry())
    QTest.mouseClick(bar.buttons[Act.PANEL_PICTURES], Qt.MouseButton.LeftButton)
    desk.look()
    assert bar.buttons[Act.PANEL_PICTURES].text().startswith("○")
    assert PICTURES not in desk.seen()


def test_a_click_in_the_day_moves_the_view_and_nothing_else(qtbot: QtBot) -> None:
    desk = sit_down(qtbot)
    today, sheet = desk.desk.today, desk.desk.sheet
    today.grab()
    line = today.line
    assert line is not None
    block = line.cues[-3]
    before = list(desk.service.posted)
    at = QPoint(round((today.x_of(block.start) + today.x_of(block.end)) / 2), round(today.height() * 0.7))
    rect, _ = next(entry for entry in reversed(today._places) if entry[1] == block.cue.id)
    QTest.mouseClick(today, Qt.MouseButton.LeftButton, pos=QPoint(at.x(), round(rect.center().y())))
    row = sheet.cues.row_of(block.cue.id)
    assert row is not None
    assert sheet.viewport().rect().contains(sheet.visualRect(sheet.cues.index(row, 0)).center())
    assert desk.service.posted == before


# --- what is kept -----------------------------------------------------------------------------------------------


def test_set_ups_are_known_by_their_screens_in_whatever_order() -> None:
    assert screens_word([DESK, SECOND]) == screens_word([SECOND, DESK]) == "1920x1080+0+0 1920x1080+1920+0"
    assert screens_word([LAPTOP]) != screens_word([DESK])


def test_the_newest_set_ups_are_remembered(qtbot: QtBot) -> None:
    drawer = Drawer()
    desk = sit_down(qtbot, small=True)
    layout = Layout(("a",), (), "", {"a": SECOND}, desk.desk.docks.saveState())
    memory = DeskMemory(drawer)
    for number in range(MOST + 2):
        memory.keep(f"set-up {number}", layout)
    again = DeskMemory(drawer)
    assert again.find("set-up 1") is None
    assert again.find("set-up 2") == layout == again.find(f"set-up {MOST + 1}")
    assert DeskMemory(None).find("set-up 2") is None

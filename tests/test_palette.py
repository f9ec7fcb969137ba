"""The command palette: everything that can be done is in it, found in both languages, and done without a mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from studio_console.core.output_state import Output, Sending
from studio_console.core.presses import (
    BackPressed,
    GoPressed,
    Grave,
    HoldPressed,
    ReconnectPressed,
    ShowLockSet,
    StudioModeOffPressed,
)
from studio_console.core.reports import OutputSeen, StandbySeen, StudioModeSeen, SurfaceLost
from studio_console.core.studio import OutputKind
from studio_console.core.text import LANGUAGES, Text, same
from studio_console.core.units import CueId, SceneName
from studio_console.gui.keys import KEYS, WALL_ACTS, Act
from studio_console.gui.palette_model import Entry, Found, PaletteModel
from studio_console.gui.trial import refusals
from tests.builders import PROGRAM, WALL, loaded
from tests.gui_story import AtDesk, FakeService, sit_down, small_day, small_service

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def service() -> FakeService:
    return small_service("22:00")


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service)


def open_it(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_K, CONTROL)
    assert not desk.desk.attention.palette.isHidden()


def key(desk: AtDesk, which: Qt.Key) -> None:
    QTest.keyClick(desk.window, which)
    desk.look()


def compose(desk: AtDesk, words: str) -> None:
    QGuiApplication.sendEvent(desk.desk.attention.palette.field, QInputMethodEvent(words, []))


def names(desk: AtDesk) -> list[str]:
    found = desk.desk.attention.palette.found
    return [found.entry(row).name.en for row in range(found.rowCount())]


def test_every_act_is_in_it_with_its_key_and_both_names(desk: AtDesk) -> None:
    open_it(desk)
    model = desk.desk.attention.palette.model
    entries = [model.entry(row) for row in range(model.rowCount())]
    assert [entry.act for entry in entries if entry.act is not None] == list(Act)
    assert all(entry.key for entry in entries if entry.act is not None)
    assert [entry.name.en for entry in entries if entry.act is None] == ["Look at: evening", "Look at: late"]


def test_every_act_is_found_and_done_without_a_mouse(desk: AtDesk) -> None:
    """By its name in either language as it is composed, then with Enter; what is not possible says why and stays."""
    triggered: list[Act] = []
    for each, action in desk.desk.acts.items():
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, each=each: triggered.append(each))
    attention = desk.desk.attention
    palette = attention.palette
    for act in Act:
        triggered.clear()
        palette.open(attention._context)
        for language in LANGUAGES:
            compose(desk, KEYS[act].name.show(language))
            rows = [row for row in range(palette.found.rowCount()) if palette.found.entry(row).act is act]
            assert rows, (act, language)
        for _ in range(rows[0]):
            QTest.keyClick(desk.window, Qt.Key.Key_Down)
        QTest.keyClick(desk.window, Qt.Key.Key_Return)
        if act in WALL_ACTS:
            assert triggered == [], act
            assert "while the guests are shown" in palette.notice.words, act
            palette.close_it()
        else:
            assert triggered == [act]
            assert palette.isHidden(), act


def test_the_acts_of_the_guests_are_possible_there(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_F3)
    open_it(desk)
    model = desk.desk.attention.palette.model
    entries = {entry.act: entry for entry in map(model.entry, range(model.rowCount()))}
    assert all(entries[act].possible for act in WALL_ACTS)


def test_typing_finds_by_name_initials_and_key(desk: AtDesk) -> None:
    open_it(desk)
    for words, wanted in (("hold", "Hold"), ("ㅎㄷ", "Hold"), ("홀ㄷ", "Hold"), ("Ctrl+E", "End cue"), ("]", "+1:00")):
        compose(desk, words)
        assert wanted in names(desk), words
    compose(desk, "쇼 ㅈㄱ")
    assert names(desk) == ["Show lock"]
    compose(desk, "nothing of the kind")
    assert names(desk) == []
    assert "no such command" in desk.desk.attention.palette.notice.words
    key(desk, Qt.Key.Key_Return)


def test_enter_does_it_and_the_keys_act_again(desk: AtDesk, service: FakeService) -> None:
    service.go(CueId("m1"))
    service.wait("0:05")
    desk.look()
    open_it(desk)
    for letter in (Qt.Key.Key_H, Qt.Key.Key_O, Qt.Key.Key_L, Qt.Key.Key_D, Qt.Key.Key_Space):
        key(desk, letter)
    assert desk.posted(GoPressed) == [], "a space is a space"
    assert desk.posted(HoldPressed) == []
    key(desk, Qt.Key.Key_Return)
    assert len(desk.posted(HoldPressed)) == 1
    assert desk.desk.attention.palette.isHidden()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


def test_opened_and_enter_does_nothing(desk: AtDesk) -> None:
    """The first of the list is GO: nobody takes a cue by opening the palette and pressing Enter out of habit."""
    open_it(desk)
    key(desk, Qt.Key.Key_Return)
    assert desk.service.posted == []
    assert not desk.desk.attention.palette.isHidden()
    key(desk, Qt.Key.Key_Down)
    key(desk, Qt.Key.Key_Down)
    compose(desk, "go")
    compose(desk, "")
    key(desk, Qt.Key.Key_Return)
    assert desk.service.posted == []


def test_esc_closes_it_and_does_nothing_else(desk: AtDesk) -> None:
    open_it(desk)
    key(desk, Qt.Key.Key_Escape)
    assert desk.desk.attention.palette.isHidden()
    assert desk.service.posted == []


def test_a_click_beside_it_closes_it(desk: AtDesk) -> None:
    open_it(desk)
    QTest.mouseClick(desk.desk.headline, Qt.MouseButton.LeftButton)
    assert desk.desk.attention.palette.isHidden()


def test_a_click_on_a_row_does_it(desk: AtDesk) -> None:
    open_it(desk)
    palette = desk.desk.attention.palette
    compose(desk, "show lock")
    middle = palette.list.visualRect(palette.found.index(0, 0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert desk.service.show.locked


def test_what_would_be_refused_says_so_beforehand(desk: AtDesk, service: FakeService) -> None:
    """Nothing is on air: Back and Hold are shown with the engine's own reason, and nothing was posted to know it."""
    open_it(desk)
    model = desk.desk.attention.palette.model
    entries = {entry.act: entry for entry in map(model.entry, range(model.rowCount()))}
    assert entries[Act.BACK].why_not == "Nothing is on air"
    assert entries[Act.HOLD].why_not == "Nothing is on air"
    assert entries[Act.GO].why_not == ""
    assert service.posted == []
    compose(desk, "back")
    key(desk, Qt.Key.Key_Return)
    assert len(desk.posted(BackPressed)) == 1, "it may be tried: it is refused there, and written down"
    assert "Nothing is on air" in desk.notice


def test_the_reasons_are_those_of_the_engine(service: FakeService) -> None:
    service.go(CueId("m1"))
    service.happen(ShowLockSet(True))
    against = refusals(service.show, service.clock.now(), None)
    assert Act.HOLD not in against
    assert against[Act.GO][0].en == "Too soon after the last GO"
    assert against[Act.UNDO][0].en == "There is no edit to undo"
    assert Act.LOCK not in against


def test_a_session_is_looked_at(desk: AtDesk) -> None:
    open_it(desk)
    compose(desk, "look at late")
    key(desk, Qt.Key.Key_Return)
    assert desk.desk.sheet.selected_cue == CueId("m5")


def test_what_only_buttons_do_is_in_it_where_there_is_something_to_do(desk: AtDesk, service: FakeService) -> None:
    """Studio mode at one surface, another that was given up, a recording that runs, a standby that lags."""
    recording = Output("tape", PROGRAM, OutputKind.RECORDING)
    told = replace(loaded(small_day(), (PROGRAM, WALL)), outputs=(recording,))
    service.happen(
        told,
        StudioModeSeen(PROGRAM, True),
        SurfaceLost(WALL, Text("비밀번호가 다릅니다", "wrong password"), final=True),
        StandbySeen(PROGRAM, "standby:4455", True, SceneName("old")),
        OutputSeen(PROGRAM, OutputKind.RECORDING, Sending.LIVE),
    )
    for words, event in (
        ("studio mode off", StudioModeOffPressed(PROGRAM)),
        ("reconnect", ReconnectPressed(WALL)),
    ):
        open_it(desk)
        compose(desk, words)
        key(desk, Qt.Key.Key_Return)
        assert event in service.posted, words
    for words, act, subject in (
        ("arm promote standby of", Grave.PROMOTE_STANDBY, PROGRAM),
        ("arm stop tape", Grave.STOP_OUTPUT, "tape"),
    ):
        open_it(desk)
        compose(desk, words)
        key(desk, Qt.Key.Key_Return)
        armed = service.show.armed
        assert armed is not None, words
        assert (armed.act, armed.subject) == (act, subject)


def test_another_language_closes_it(desk: AtDesk) -> None:
    open_it(desk)
    desk.desk.set_language("ko")
    assert desk.desk.attention.palette.isHidden()


# --- the models


class Watched:
    def __init__(self) -> None:
        self.model = PaletteModel()
        self.found = Found(self.model, self.model)
        for model in (self.model, self.found):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
        self.said: list[str] = []
        self.model.dataChanged.connect(lambda top, bottom: self.said.append(f"changed {top.row()}-{bottom.row()}"))
        for name, model in (("", self.model), ("found ", self.found)):
            model.rowsInserted.connect(self._told(f"{name}inserted"))
            model.rowsRemoved.connect(self._told(f"{name}removed"))
            model.modelReset.connect(lambda name=name: self.said.append(f"{name}reset"))

    def _told(self, what: str):  # type: ignore[no-untyped-def]
        return lambda _parent, first, last: self.said.append(f"{what} {first}-{last}")

    def take(self) -> list[str]:
        said, self.said = self.said, []
        return said


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    return Watched()


ENTRIES = (
    Entry(same("GO"), "Space", Act.GO),
    Entry(Text("홀드", "Hold"), "H", Act.HOLD),
    Entry(Text("이전", "Back"), "Bksp", Act.BACK),
)


def test_entries_come_change_and_go_with_exactly_these_signals(watched: Watched) -> None:
    watched.model.set_entries(ENTRIES)
    assert watched.take() == ["found inserted 0-2", "inserted 0-2"]
    watched.model.set_entries(ENTRIES)
    assert watched.take() == []
    watched.model.set_entries((ENTRIES[0], Entry(Text("재개", "Resume"), "H", Act.HOLD)))
    assert watched.take() == ["found removed 2-2", "removed 2-2", "changed 1-1"]
    assert watched.model.data(watched.model.index(1), Qt.ItemDataRole.DisplayRole) == "재개 · Resume"
    assert watched.model.rowCount(watched.model.index(0)) == 0
    assert watched.model.data(QModelIndex()) is None


def test_typing_takes_out_the_rows_that_do_not_fit(watched: Watched) -> None:
    watched.model.set_entries(ENTRIES)
    watched.take()
    watched.found.set_typed("ㅎㄷ")
    assert watched.take() == ["found removed 2-2", "found removed 0-0"]
    watched.found.set_typed("")
    assert watched.take() == ["found inserted 0-0", "found inserted 2-2"] or watched.found.rowCount() == 3

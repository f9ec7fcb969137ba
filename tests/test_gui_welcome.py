"""Somebody sits down in front of the console for the first time, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.first_start import Chosen, EventLook, Hall, NewEvent, ObsAnswer, PasswordPlace, Recent
from studio_console.core.problems import UserError
from studio_console.core.studio import Size
from studio_console.core.text import Language, Text, same
from studio_console.core.units import SurfaceId
from studio_console.gui.welcome.obs_row import ObsRow
from studio_console.gui.welcome.page import homely
from studio_console.gui.welcome.window import WelcomeWindow
from tests.waiting import PATIENCE
from tests.welcome_story import BAD, SUMMIT, FakeFirstStart, choosing, good_look

PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")
SECRET = "open sesame"


class AtWindow:
    """The window with somebody at it."""

    def __init__(self, qtbot: QtBot, window: WelcomeWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.chosen: list[Chosen] = []
        window.chosen.connect(self.chosen.append)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Keys as the window system delivers them."""
        for key in keys:
            handle = self.window.windowHandle()
            assert handle is not None
            QTest.keyClick(handle, key, modifier)
            QApplication.processEvents()

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        if words.isascii():
            QTest.keyClicks(focus, words)
        else:
            focus.insert(words)  # as an input method hands it over

    def settle(self) -> None:
        """Waits until nothing is being done any more."""
        self.until(lambda: not self.window.tasks.busy)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=round(PATIENCE * 1000))

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(60):
            if widget.hasFocus():
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no Tab leads to {widget.accessibleName() or widget}")

    @property
    def page(self) -> QWidget:
        page = self.window.pages.currentWidget()
        assert page is not None
        return page


Sit = Callable[..., AtWindow]


@pytest.fixture
def sit(qtbot: QtBot) -> Sit:
    def sit_down(
        service: FakeFirstStart, language: Language = "en", choose: Callable[..., str] = choosing("")
    ) -> AtWindow:
        window = WelcomeWindow(service, language, choose)
        qtbot.addWidget(window)
        at_window = AtWindow(qtbot, window)
        with qtbot.waitActive(window, timeout=round(PATIENCE * 1000)):
            window.show()
            window.activateWindow()
        at_window.settle()
        return at_window

    return sit_down


def at_event(sit: Sit, service: FakeFirstStart, folder: str = "summit") -> AtWindow:
    at_window = sit(service, choose=choosing(folder))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    assert at_window.page is at_window.window.event_page
    return at_window


# --- the ways in -------------------------------------------------------------------------------------------------


def test_enter_twice_rehearses_the_sample(sit: Sit) -> None:
    """Who presses Enter and Enter again is in a rehearsal of the sample, on its next day, with nothing on air."""
    at_window = sit(FakeFirstStart())
    assert at_window.window.start.cards[0].hasFocus()
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert at_window.window.event_page.open.text() == "Open the desk for rehearsal (Enter)"
    at_window.press(Qt.Key.Key_Return)
    assert at_window.chosen == [Chosen("Documents/Studio Console/Sample", "day2", True, "en")]


def test_a_held_enter_does_not_run_through_the_pages(sit: Sit) -> None:
    at_window = sit(FakeFirstStart())
    at_window.press(Qt.Key.Key_1)
    at_window.settle()
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(at_window.window.event_page.open, repeat)
    assert at_window.chosen == []


def test_a_folder_is_chosen_checked_and_opened(sit: Sit) -> None:
    asked: list[str] = []
    at_window = sit(FakeFirstStart(), choose=choosing("summit", asked))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    assert asked == ["Choose an event folder"]
    page = at_window.window.event_page
    assert page.title.text() == SUMMIT.en
    assert [page.days.item(row).text() for row in range(2)] == [
        "Mon 1 Jun 2020  Day 1: Pre-summit",
        "Tue 2 Jun 2020  Day 2: Mayors' Meeting",
    ]
    assert page.days.currentRow() == 1


def test_who_thinks_better_of_it_stays_where_they_were(sit: Sit) -> None:
    at_window = sit(FakeFirstStart(), choose=choosing(""))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    assert at_window.page is at_window.window.start


def test_an_event_with_errors_says_where_and_is_looked_at_again(sit: Sit) -> None:
    """The window stays open beside the editor; F5 once the file is saved."""
    service = FakeFirstStart()
    service.looks["summit"] = EventLook("summit", SUMMIT, problems=BAD)
    at_window = sit(service, choose=choosing("summit"))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    page = at_window.window.problems
    assert at_window.page is page
    assert page.note.text().startswith("2 errors, 1 warnings.")
    assert "✕ there is no person ‘londno’" in page.words
    assert "rundown/day-2.yaml:118:17" in page.words
    assert "→ did you mean ‘london’?" in page.words
    del service.looks["summit"]
    at_window.press(Qt.Key.Key_F5)
    at_window.settle()
    assert at_window.page is at_window.window.event_page


def test_a_folder_that_is_no_event_says_what_one_has(sit: Sit) -> None:
    service = FakeFirstStart()
    service.looks["pictures"] = EventLook("pictures", same("pictures"), problems=BAD, is_event=False)
    at_window = sit(service, choose=choosing("pictures"))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    page = at_window.window.problems
    assert page.title.text() == "There is no event in this folder"
    assert "layouts/studio.yaml" in page.note.text()
    assert page.list.isHidden()
    assert page.make_here.isHidden()
    at_window.press(Qt.Key.Key_Escape)
    assert at_window.page is at_window.window.start


def test_in_an_empty_folder_a_new_event_can_be_made_at_once(sit: Sit) -> None:
    service = FakeFirstStart()
    service.looks["empty"] = EventLook("empty", same("empty"), is_event=False, is_empty=True)
    at_window = sit(service, choose=choosing("empty"))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    at_window.press(Qt.Key.Key_Return)
    del service.looks["empty"]
    at_window.type("Talks")
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert [folder for folder, _ in service.made] == ["empty"]


def test_what_cannot_be_done_is_said_and_the_window_stays(sit: Sit) -> None:
    service = FakeFirstStart()
    service.refuses = UserError(Text("디스크가 가득 찼습니다", "The disk is full"))
    at_window = sit(service)
    at_window.press(Qt.Key.Key_1)
    at_window.settle()
    assert at_window.page is at_window.window.start
    assert at_window.window.start.trouble.text() == "▲ The disk is full"
    at_window.press(Qt.Key.Key_F2)
    assert at_window.window.start.trouble.text() == "▲ 디스크가 가득 찼습니다"
    assert at_window.window.start.isEnabled()
    assert at_window.window.start.cards[0].hasFocus()


# --- recent events -----------------------------------------------------------------------------------------------

RECENT = (Recent("summit", SUMMIT), Recent("gone", same("Concert"), there=False))


def test_what_lies_in_one_s_own_folder_is_written_short(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path.cwd() / "td"
    monkeypatch.setattr(Path, "home", lambda: home)
    assert homely(str(home / "Sample")) == str(Path("~") / "Sample")
    assert homely(f"{home}2") == f"{home}2"


def test_who_comes_back_presses_enter(sit: Sit) -> None:
    at_window = sit(FakeFirstStart(*RECENT))
    assert at_window.window.start.list.hasFocus()
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert at_window.window.event_page.look.folder == "summit"


def test_one_that_is_gone_is_dim_says_so_and_can_be_taken_off(sit: Sit) -> None:
    service = FakeFirstStart(*RECENT)
    at_window = sit(service)
    page = at_window.window.start
    assert page.list.item(1).text() == "Concert  ✕ not there\ngone"
    assert page.list.item(1).foreground().color() != page.list.item(0).foreground().color()
    at_window.press(Qt.Key.Key_Down)
    assert not page.open.isEnabled()
    at_window.press(Qt.Key.Key_Return)
    assert "gone is not there" in page.trouble.text()
    assert at_window.page is page
    at_window.press(Qt.Key.Key_Delete)
    at_window.settle()
    assert [entry.folder for entry in service.recents] == ["summit"]
    assert page.list.count() == 1


# --- a new event -------------------------------------------------------------------------------------------------


def test_a_new_event_is_made_and_is_ready_to_be_opened(sit: Sit) -> None:
    """Title, two days, a wall; its folder is suggested from the title."""
    service = FakeFirstStart()
    at_window = sit(service)
    at_window.press(Qt.Key.Key_3)
    page = at_window.window.new
    at_window.type("시민 토론회")
    at_window.press(Qt.Key.Key_Tab)
    at_window.type("Debate")
    at_window.press(Qt.Key.Key_Tab)
    at_window.settle()
    assert page.folder.text() == "Documents/Studio Console/시민 토론회"
    page.first.setDate(QDate(2026, 6, 2))
    at_window.tab_to(page.days)
    at_window.press(Qt.Key.Key_Up)
    at_window.tab_to(page.hall_cards[Hall.ONE])
    at_window.press(Qt.Key.Key_Down)
    assert page.hall is Hall.TWO
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    days = (date(2026, 6, 2), date(2026, 6, 2) + timedelta(days=1))
    zone = page.zone.currentText()
    new = NewEvent(Text("시민 토론회", "Debate"), days, "14:00", zone, Hall.TWO)
    assert service.made == [("Documents/Studio Console/시민 토론회", new)]
    assert at_window.page is at_window.window.event_page


def test_without_a_title_nothing_is_made(sit: Sit) -> None:
    service = FakeFirstStart()
    at_window = sit(service)
    at_window.press(Qt.Key.Key_3, Qt.Key.Key_Return)
    page = at_window.window.new
    assert page.trouble.text() == "▲ Give the event a title"
    at_window.type("Debate")
    page.folder.clear()
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert service.made == []
    at_window.press(Qt.Key.Key_Escape)
    assert at_window.page is at_window.window.start


def test_a_folder_that_was_chosen_is_not_changed_by_the_title(sit: Sit) -> None:
    at_window = sit(FakeFirstStart(), choose=choosing("mine"))
    at_window.press(Qt.Key.Key_3)
    page = at_window.window.new
    page.choose.click()
    page.title_ko.setFocus()
    at_window.type("Debate")
    at_window.press(Qt.Key.Key_Tab)
    at_window.settle()
    assert page.folder.text() == "mine"


def test_a_folder_that_is_refused_is_said_beside_the_form(sit: Sit) -> None:
    service = FakeFirstStart()
    service.refuses = UserError(Text("비어 있지 않습니다", "It is not empty"))
    at_window = sit(service)
    at_window.press(Qt.Key.Key_3)
    at_window.type("Debate")
    at_window.press(Qt.Key.Key_Tab)
    at_window.settle()
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert at_window.page is at_window.window.new
    assert at_window.window.new.trouble.text() == "▲ It is not empty"
    assert at_window.window.new.isEnabled()
    assert at_window.window.new.folder.hasFocus()


# --- which day, rehearsal or show --------------------------------------------------------------------------------


def test_the_show_has_to_be_chosen_and_says_what_it_is(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    page = at_window.window.event_page
    assert page.rehearsal.isChecked()
    assert "Nothing is sent to real devices" in page.rehearsal.words
    at_window.tab_to(page.days)
    at_window.press(Qt.Key.Key_Down)
    at_window.tab_to(page.rehearsal)
    at_window.press(Qt.Key.Key_Down)
    assert page.show_mode.isChecked()
    assert page.open.text() == "Open the desk for the show (Enter)"
    at_window.press(Qt.Key.Key_Return)
    assert at_window.chosen == [Chosen("summit", "day3", False, "en")]


def test_arrows_choose_the_day_where_enter_opens_it(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    page = at_window.window.event_page
    assert page.open.hasFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        at_window.press(key)
    at_window.press(Qt.Key.Key_Return)
    assert at_window.chosen == [Chosen("summit", "day2", True, "en")]


def test_the_next_event_is_a_rehearsal_again(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    at_window.window.event_page.show_mode.setChecked(True)
    at_window.press(Qt.Key.Key_Escape, Qt.Key.Key_2)
    at_window.settle()
    assert at_window.window.event_page.rehearse


def test_a_desk_that_could_not_be_opened_says_why_in_the_window(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    at_window.press(Qt.Key.Key_Return)
    assert not at_window.window.event_page.isEnabled()
    at_window.window.show_trouble(UserError(Text("다른 데스크가 열려 있습니다", "Another desk has it open")))
    assert at_window.window.event_page.trouble.text() == "▲ Another desk has it open"
    assert at_window.window.event_page.isEnabled()


# --- which OBS ---------------------------------------------------------------------------------------------------


def row_of(at_window: AtWindow, surface: SurfaceId) -> ObsRow:
    return next(row for row in at_window.window.event_page.rows if row.surface.id == surface)


def test_a_test_says_who_answers(sit: Sit) -> None:
    """Address and password by the keyboard, Enter tests; what came is said in words."""
    service = FakeFirstStart()
    service.answer = ObsAnswer(None, "29.0.2", True, Size(1920, 1080), 30, "Hall", (same("Studio mode is on"),))
    at_window = at_event(sit, service)
    row = row_of(at_window, PROGRAM)
    at_window.tab_to(row.password)
    at_window.type(SECRET)
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert [(surface.address, password) for surface, password in service.tested] == [("ws://127.0.0.1:4455", SECRET)]
    assert row.words.splitlines() == [
        "✓ OBS 29.0.2 · canvas 1920x1080, 30 fps · scene collection ‘Hall’ · studio mode on",
        "▲ Studio mode is on",
        "▲ This password is not kept yet: press ‘Keep in keyring’, and the desk has it",
    ]
    assert at_window.chosen == []


def test_trouble_is_said_with_a_mark(sit: Sit) -> None:
    service = FakeFirstStart()
    service.answer = ObsAnswer(trouble=Text("비밀번호가 맞지 않습니다", "The password is wrong"))
    at_window = at_event(sit, service)
    row = row_of(at_window, WALL)
    row.test_button.click()
    at_window.settle()
    assert row.words == "▲ The password is wrong"
    at_window.press(Qt.Key.Key_F2)
    assert row.words == "▲ 비밀번호가 맞지 않습니다"


def test_a_test_can_be_stopped_and_begun_again(sit: Sit) -> None:
    """Esc stops the test and does not leave the page."""
    service = FakeFirstStart()
    service.answer = None
    at_window = at_event(sit, service)
    row = row_of(at_window, WALL)
    at_window.tab_to(row.address)
    at_window.press(Qt.Key.Key_Return)
    assert row.testing
    assert row.test_button.text() == "Stop"
    at_window.press(Qt.Key.Key_Escape)
    assert not row.testing
    assert row.words == "The test was stopped"
    assert at_window.page is at_window.window.event_page
    service.answer = ObsAnswer(None, "30.0", False, Size(1280, 720), 30, "Again")
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert "OBS 30.0" in row.words
    assert service.tests[0].cancelled


def test_leaving_the_page_or_the_window_cancels_its_tests(sit: Sit) -> None:
    service = FakeFirstStart()
    service.answer = None
    at_window = at_event(sit, service)
    row_of(at_window, PROGRAM).test_button.click()
    at_window.press(Qt.Key.Key_Escape)
    at_window.press(Qt.Key.Key_2)
    at_window.until(lambda: at_window.page is at_window.window.event_page)
    row_of(at_window, WALL).test_button.click()
    at_window.window.close()
    at_window.until(lambda: all(test.cancelled for test in service.tests))
    assert len(service.tests) == 2


def test_an_address_is_written_by_enter_in_its_field(sit: Sit) -> None:
    service = FakeFirstStart()
    at_window = at_event(sit, service)
    row = row_of(at_window, WALL)
    assert not row.write_button.isEnabled()
    at_window.tab_to(row.address)
    row.address.selectAll()
    at_window.type("ws://10.0.0.5:4455")
    assert row.write_button.isEnabled()
    at_window.press(Qt.Key.Key_Return)
    at_window.settle()
    assert service.look("summit").surfaces[1].address == "ws://10.0.0.5:4455"
    assert row.words == "✓ The address is written to studio.yaml"
    assert not row.write_button.isEnabled()
    assert service.tested == []


def test_a_changed_address_is_never_lost_on_the_way_to_the_desk(sit: Sit) -> None:
    """Typed, not written, and Open pressed: it is written first, and the desk opens with it."""
    service = FakeFirstStart()
    at_window = at_event(sit, service)
    for row in at_window.window.event_page.rows:
        row.address.setText(f"ws://10.0.0.5:{row.surface.address[-4:]}")
    at_window.window.event_page.open.click()
    at_window.until(lambda: bool(at_window.chosen))
    assert [each.address for each in service.look("summit").surfaces] == ["ws://10.0.0.5:4455", "ws://10.0.0.5:4456"]


def test_an_address_that_cannot_be_written_keeps_the_desk_closed(sit: Sit) -> None:
    service = FakeFirstStart()
    at_window = at_event(sit, service)
    service.refuses = UserError(Text("주소가 아닙니다", "That is no address"))
    row = row_of(at_window, PROGRAM)
    row.address.setText("nonsense")
    at_window.window.event_page.open.click()
    at_window.settle()
    assert row.words == "▲ That is no address"
    assert row.address.hasFocus()
    assert at_window.chosen == []


# --- passwords ---------------------------------------------------------------------------------------------------


def test_a_password_is_put_into_the_keyring_and_leaves_the_window(sit: Sit) -> None:
    service = FakeFirstStart()
    at_window = at_event(sit, service)
    row = row_of(at_window, PROGRAM)
    assert row.password.echoMode() is QLineEdit.EchoMode.Password
    assert row.password.placeholderText() == "none yet – put it in here"
    at_window.tab_to(row.password)
    at_window.type(SECRET)
    assert SECRET not in row.password.displayText()
    at_window.tab_to(row.keep_button)
    at_window.press(Qt.Key.Key_Space)
    at_window.settle()
    assert service.kept == {PROGRAM: SECRET}
    assert row.password.text() == ""
    assert row.password.placeholderText() == "in the keyring"
    assert row.words == "✓ The password is in the system's keyring"


def test_a_variable_that_goes_before_the_keyring_is_named(sit: Sit) -> None:
    """It would be a riddle why the password that was just kept is not used."""
    service = FakeFirstStart()
    service.places[WALL] = PasswordPlace.ENVIRONMENT
    at_window = at_event(sit, service)
    row = row_of(at_window, WALL)
    assert row.password.placeholderText() == "from the environment"
    service.keep_password = lambda surface, password: service.passwords((surface,))  # type: ignore[method-assign]
    row.password.setText(SECRET)
    row.keep_button.click()
    at_window.settle()
    assert "▲ The environment variable STUDIO_OBS_PASSWORD_WALL is used before the keyring" in row.words


def test_where_there_is_no_keyring_the_variables_are_named(sit: Sit) -> None:
    service = FakeFirstStart()
    service.keyring = False
    at_window = at_event(sit, service)
    page = at_window.window.event_page
    assert "STUDIO_OBS_PASSWORD_PROGRAM, STUDIO_OBS_PASSWORD_WALL" in page.no_keyring.text()
    row = row_of(at_window, PROGRAM)
    assert row.password.placeholderText() == "none yet – put it in to test"
    row.password.setText(SECRET)
    assert not row.keep_button.isEnabled()
    row.test_button.click()
    at_window.settle()
    assert "environment variable STUDIO_OBS_PASSWORD_PROGRAM" in row.words


def test_a_show_without_the_password_that_was_typed_is_asked_about_once(sit: Sit) -> None:
    """Typed, not kept, and Open pressed: the desk would be refused by OBS. Who insists is let through."""
    at_window = at_event(sit, FakeFirstStart())
    page = at_window.window.event_page
    page.show_mode.setChecked(True)
    row = row_of(at_window, WALL)
    row.password.setText(SECRET)
    page.open.click()
    assert at_window.chosen == []
    assert row.words == "▲ This password is not kept yet: press ‘Keep in keyring’, and the desk has it"
    assert row.keep_button.hasFocus()
    page.open.click()
    assert [chosen.rehearse for chosen in at_window.chosen] == [False]


def test_a_password_that_was_not_kept_does_not_outlive_the_page(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    row = row_of(at_window, PROGRAM)
    row.password.setText(SECRET)
    at_window.press(Qt.Key.Key_Escape)
    assert row.password.text() == ""


# --- words and keys ----------------------------------------------------------------------------------------------


def test_the_language_is_switched_at_once_and_goes_on_to_the_desk(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    page = at_window.window.event_page
    at_window.press(Qt.Key.Key_F2)
    assert page.title.text() == SUMMIT.ko
    assert page.days.item(1).text() == "2020년 6월 2일 화  둘째 날: 도시정부 시장 회의"
    assert page.days.currentRow() == 1
    assert at_window.window.switch.text() == "English (F2)"
    at_window.press(Qt.Key.Key_Return)
    assert at_window.chosen[0].language == "ko"


def test_everything_on_a_page_is_reached_by_tab(sit: Sit) -> None:
    at_window = at_event(sit, FakeFirstStart())
    page = at_window.window.event_page
    rows = page.rows
    for row in rows:
        row.address.setText("ws://10.0.0.5:1")
        row.password.setText("x")
    for widget in (page.days, page.rehearsal, rows[0].address, rows[0].write_button, rows[0].test_button):
        at_window.tab_to(widget)
    for widget in (rows[0].password, rows[0].keep_button, rows[1].address, page.go_back, page.open):
        at_window.tab_to(widget)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_wider_than_a_laptop_s_screen(language: Language, sit: Sit) -> None:
    """Also with long titles and paths that have no space in them."""
    folder = "/" + "/".join(["long-folder-name"] * 20)
    service = FakeFirstStart(Recent(folder, same("W" * 200)))
    at_window = sit(service, language, choosing(folder))
    service.looks[folder] = EventLook(folder, same("W" * 200), *_parts(good_look(folder, 4)))
    at_window.press(Qt.Key.Key_2)
    at_window.settle()
    at_window.window.new.show_trouble(UserError(Text("{x} 없음", "no {x}"), x=folder))
    at_window.window.resize(1366, 768)
    QApplication.processEvents()
    assert (at_window.window.width(), at_window.window.height()) == (1366, 768)
    page = at_window.window.event_page
    for widget in (at_window.window.switch, page.days, page.show_mode, page.area, page.go_back, page.open):
        corner = widget.mapTo(at_window.window, widget.rect().bottomRight())
        assert at_window.window.rect().contains(corner), widget


def _parts(look: EventLook) -> tuple[object, ...]:
    return look.days, look.today, look.surfaces


@pytest.mark.expects_log("could not do what it was asked for")
def test_an_error_inside_is_said_and_the_window_goes_on(sit: Sit) -> None:
    service = FakeFirstStart()

    def broken() -> str:
        raise KeyError("sample")

    service.sample = broken  # type: ignore[method-assign]
    at_window = sit(service)
    at_window.press(Qt.Key.Key_1)
    at_window.settle()
    assert at_window.window.start.trouble.text() == "▲ An error inside the program (KeyError): try again"

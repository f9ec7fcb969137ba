"""The first window: from nothing to a desk that opens, page by page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio_console.core.first_start import (
    Chosen,
    EventLook,
    FirstStart,
    NewEvent,
    ObsAnswer,
    ObsTest,
    Passwords,
    Recent,
    SurfaceChoice,
)
from studio_console.core.problems import UserError
from studio_console.core.text import Language, Text, same
from studio_console.core.units import SurfaceId
from studio_console.gui import theme
from studio_console.gui.welcome.event_page import EventPage
from studio_console.gui.welcome.new_page import NewPage
from studio_console.gui.welcome.page import Page
from studio_console.gui.welcome.problems_page import ProblemsPage
from studio_console.gui.welcome.start_page import StartPage
from studio_console.gui.welcome.style import STYLE
from studio_console.gui.welcome.tasks import Tasks

ChooseFolder = Callable[[QWidget, str, str], str]
"""Parent, title and where to begin → a folder, or nothing where the person thought better of it."""

NAME: Final = same("Studio Console")
CHOOSE: Final = Text("행사 폴더 고르기", "Choose an event folder")
OTHER_LANGUAGE: Final[dict[Language, str]] = {"ko": "English (F2)", "en": "한국어 (F2)"}
"""Said in the language that it leads to, for who cannot read the other."""
COPYING: Final = Text("견본을 내 문서에 복사하는 중…", "Copying the sample to your documents …")
LOOKING: Final = Text("파일을 검사하는 중…", "Checking the files …")
MAKING: Final = Text("만드는 중…", "Making it …")
OPENING: Final = Text("데스크를 여는 중…", "Opening the desk …")
SIZE = QSize(1120, 700)
WIDEST = 1400
"""px of the pages: longer lines would be hard to read."""


def native_folder_dialog(parent: QWidget, title: str, begin: str) -> str:
    return QFileDialog.getExistingDirectory(parent, title, begin)


class WelcomeWindow(QWidget):
    """Talks to ``FirstStart`` in threads. ``chosen`` says what is to be opened, ``closed`` that nothing is."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(
        self, service: FirstStart, language: Language, choose_folder: ChooseFolder = native_folder_dialog
    ) -> None:
        super().__init__()
        self._service = service
        self._choose = choose_folder
        self._tests: dict[SurfaceId, ObsTest] = {}
        self.language: Language = language
        self.tasks = Tasks(self)
        self._busy: Text | None = None
        self.setWindowTitle(NAME.en)
        self.setStyleSheet(STYLE)
        self.head = Page(self)
        self.name = self.head.label(NAME, 1.0, bold=True, colour=theme.QUIET)
        self.name.setWordWrap(False)
        self.busy = self.head.label(colour=theme.BLUE)
        self.switch = self.head.button(same(""), self.toggle_language)
        self.start, self.problems = StartPage(self), ProblemsPage(self)
        self.new, self.event_page = NewPage(choose_folder, self), EventPage(self)
        self.pages = QStackedWidget(self)
        for page in self._pages:
            self.pages.addWidget(page)
        self._lay_out()
        self._connect()
        self.set_language(language)
        self._fit_screen()
        self.go_to(self.start)
        self.tasks.run(service.recent, self._show_recent)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name)
        row.addWidget(self.busy, 1)
        row.addWidget(self.switch)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addWidget(self.head)
        column.addWidget(self.pages, 1)
        self._middle = QWidget(self)
        self._middle.setLayout(column)
        self._middle.setMaximumWidth(WIDEST)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(28, 18, 28, 20)
        # As small as its screen, whatever its words would like.
        outer.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        outer.addWidget(self._middle)

    def _connect(self) -> None:
        shortcut = QShortcut(QKeySequence("F2"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.toggle_language)
        self.start.sample.connect(self.open_sample)
        self.start.folder.connect(self.choose_folder)
        self.start.new.connect(lambda: self.make_new(""))
        self.start.opened.connect(self.open_folder)
        self.start.forgotten.connect(self._forget)
        self.problems.again.connect(self.open_folder)
        self.problems.make.connect(self.make_new)
        self.problems.back.connect(self.go_back)
        self.new.back.connect(self.go_back)
        self.new.titled.connect(self._suggest)
        self.new.asked.connect(self._make)
        self.event_page.back.connect(self.go_back)
        self.event_page.write.connect(self._write)
        self.event_page.test.connect(self._test)
        self.event_page.stop.connect(self._stop)
        self.event_page.keep.connect(self._keep)
        self.event_page.chosen.connect(self._open)

    @property
    def _pages(self) -> tuple[StartPage, NewPage, ProblemsPage, EventPage]:
        return self.start, self.new, self.problems, self.event_page

    # --- language, letters, size

    def set_language(self, language: Language) -> None:
        self.language = language
        for page in (self.head, *self._pages):
            page.set_language(language)
        self.switch.setText(OTHER_LANGUAGE[language])
        self._tell_busy()

    def toggle_language(self) -> None:
        self.set_language("en" if self.language == "ko" else "ko")

    def resizeEvent(self, event: QResizeEvent) -> None:
        base = theme.plain_font(round(theme.base_pixels(self.size()) * 1.06))
        if base != self.font():
            self.setFont(base)
            for page in (self.head, *self._pages):
                page.set_letters(base)
        super().resizeEvent(event)

    def _fit_screen(self) -> None:
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry().size() if screen is not None else SIZE
        share = max(1.0, min(1.6, room.height() / 1000))
        self.resize((SIZE * share).boundedTo(room))

    # --- from page to page

    def go_to(self, page: Page) -> None:
        self.pages.setCurrentWidget(page)
        if page is self.start:
            self.start.begin()

    def go_back(self) -> None:
        """To the first page; what was begun on this one is dropped."""
        for surface in list(self._tests):
            self._drop_test(surface)
        self.event_page.forget_passwords()
        self.start.show_trouble(None)
        self._be_busy(None)
        self.go_to(self.start)
        self.tasks.run(self._service.recent, self._show_recent)

    def open_sample(self) -> None:
        self._be_busy(COPYING)
        self.tasks.run(self._service.sample, self._sample_is_there)

    def choose_folder(self) -> None:
        folder = self._choose(self, CHOOSE.show(self.language), self.start.newest)
        if folder:
            self.open_folder(folder)

    def open_folder(self, folder: str) -> None:
        self._be_busy(LOOKING)
        self.tasks.run(partial(self._service.look, folder), self._looked)

    def make_new(self, folder: str) -> None:
        self.go_to(self.new)
        self.new.begin(folder)

    def show_trouble(self, error: UserError) -> None:
        """The desk could not be opened after all."""
        self._be_busy(None)
        self.event_page.show_trouble(error)
        self.event_page.open.setFocus()

    # --- what was asked for has come

    def _show_recent(self, recent: tuple[Recent, ...] | UserError) -> None:
        if isinstance(recent, UserError):
            self.start.show_trouble(recent)
            return
        had = self.start.list.isVisible()
        self.start.show_recent(recent)
        if recent and not had and self.pages.currentWidget() is self.start:
            self.start.begin()

    def _sample_is_there(self, folder: str | UserError) -> None:
        self._be_busy(None)
        if isinstance(folder, UserError):
            self.start.show_trouble(folder)
            self.start.begin()
        else:
            self.open_folder(folder)

    def _looked(self, look: EventLook | UserError) -> None:
        self._be_busy(None)
        if isinstance(look, UserError):
            self.start.show_trouble(look)
            self.go_to(self.start)
        elif not look.good:
            self.problems.show_look(look)
            self.go_to(self.problems)
        else:
            self.go_to(self.event_page)
            self.event_page.show_look(look)
            names = tuple(surface.id for surface in look.surfaces)
            self.tasks.run(partial(self._service.passwords, names), self._show_passwords)

    def _show_passwords(self, passwords: Passwords | UserError) -> None:
        if not isinstance(passwords, UserError):
            self.event_page.show_passwords(passwords)

    def _forget(self, folder: str) -> None:
        self.tasks.run(partial(self._service.forget, folder), self._show_recent)

    def _suggest(self, title: Text) -> None:
        def suggested(folder: str | UserError) -> None:
            if not isinstance(folder, UserError):
                self.new.suggest_folder(folder)

        self.tasks.run(partial(self._service.suggested_folder, title), suggested)

    def _make(self, folder: str, new: NewEvent) -> None:
        def made(where: str | UserError) -> None:
            self._be_busy(None)
            if isinstance(where, UserError):
                self.new.show_trouble(where)
                self.new.folder.setFocus()
            else:
                self.open_folder(where)

        self._be_busy(MAKING)
        self.tasks.run(partial(self._service.make, folder, new), made)

    # --- which OBS

    def _write(self, surface: SurfaceChoice) -> None:
        folder = self.event_page.look.folder

        def written(look: EventLook | UserError) -> None:
            if self.event_page.look.folder != folder:
                return  # another event has been opened meanwhile
            if isinstance(look, UserError):
                self.event_page.show_not_written(surface, look)
            else:
                self.event_page.show_written(surface, look)

        self.tasks.run(partial(self._service.set_address, folder, surface.id, surface.address), written)

    def _test(self, surface: SurfaceChoice, password: str) -> None:
        row = self.event_page.row(surface)
        if row is None or surface.id in self._tests:
            return
        try:
            test = self._service.test(surface, password)
        except UserError as error:
            row.show_trouble(error)
            return

        def answered(answer: ObsAnswer | UserError) -> None:
            # Another one may have been begun, after this one was stopped.
            if self._tests.get(surface.id) is test:
                del self._tests[surface.id]
                if isinstance(answer, UserError):
                    row.show_trouble(answer)
                else:
                    row.show_answer(answer)

        self._tests[surface.id] = test
        row.show_testing(surface.address)
        self.tasks.run(test.run, answered)

    def _stop(self, surface: SurfaceChoice) -> None:
        self._drop_test(surface.id)
        if (row := self.event_page.row(surface)) is not None:
            row.show_answer(None)

    def _drop_test(self, surface: SurfaceId) -> None:
        test = self._tests.pop(surface, None)
        if test is not None:
            # Saying goodbye to an OBS that hangs takes a moment.
            self.tasks.run(test.cancel, lambda _nothing: None)

    def _keep(self, surface: SurfaceChoice, password: str) -> None:
        row = self.event_page.row(surface)

        def kept(passwords: Passwords | UserError) -> None:
            if row is None:
                return
            if isinstance(passwords, UserError):
                row.show_trouble(passwords)
            else:
                row.show_passwords(passwords)
                row.show_kept()

        self.tasks.run(partial(self._service.keep_password, surface.id, password), kept)

    # --- the end

    def _open(self, chosen: Chosen) -> None:
        for surface in list(self._tests):
            self._drop_test(surface)
        self._be_busy(OPENING)
        self.repaint()
        self.chosen.emit(chosen)

    def _be_busy(self, text: Text | None) -> None:
        self._busy = text
        for page in self._pages:
            page.setEnabled(text is None)
        self._tell_busy()

    def _tell_busy(self) -> None:
        self.busy.setText(self._busy.show(self.language) if self._busy is not None else "")

    def closeEvent(self, event: QCloseEvent) -> None:
        for surface in list(self._tests):
            self._drop_test(surface)
        self.tasks.end()
        super().closeEvent(event)
        self.closed.emit()

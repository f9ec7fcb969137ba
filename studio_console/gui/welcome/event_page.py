"""An event is there: which day, rehearsal or show, and which OBS."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio_console.core.first_start import Chosen, EventLook, Passwords, SurfaceChoice
from studio_console.core.problems import UserError
from studio_console.core.text import Language, Text, same
from studio_console.gui import theme
from studio_console.gui.context import date_text
from studio_console.gui.welcome.obs_row import ObsRow
from studio_console.gui.welcome.page import WRONG, Page, breakable, homely, tell, tell_trouble

DAY: Final = Text("어느 날입니까?", "Which day?")
MODE: Final = Text("리허설입니까, 방송입니까?", "Rehearsal or show?")
REHEARSAL: Final = Text("리허설", "Rehearsal")
REHEARSAL_NOTE: Final = Text(
    "가상 OBS와 대체 화면으로 연습합니다. 실제 장비에는 아무것도 보내지 않습니다",
    "Practise with simulated OBS and stand-in pictures. Nothing is sent to real devices",
)
SHOW: Final = Text("방송", "Show")
SHOW_NOTE: Final = Text(
    "오른쪽의 OBS에 연결합니다. GO를 누르면 실제로 나갑니다. 여는 것만으로는 아무것도 바뀌지 않습니다",
    "Connects to the OBS on the right. GO is on air. Opening the desk alone changes nothing there",
)
OBS: Final = Text("어느 OBS입니까?", "Which OBS?")
OBS_REHEARSAL: Final = Text(
    "리허설에는 필요 없습니다. 방송 전에 맞추고 시험해 두세요. 시험은 OBS에서 아무것도 바꾸지 않습니다",
    "Not needed for a rehearsal. Set and test them before the show; a test changes nothing in OBS",
)
OBS_SHOW: Final = Text(
    "각 OBS의 도구 → WebSocket 서버 설정에서 서버를 켜고, 그 비밀번호로 시험하세요",
    "In each OBS switch the server on under Tools → WebSocket Server Settings, and test with its password",
)
NO_KEYRING: Final = Text(
    "이 시스템에는 안전한 키링이 없습니다. 비밀번호는 환경 변수에 넣고 콘솔을 시작하세요: {variables}",
    "This system has no safe keyring. Put each password into the environment, and start again: {variables}",
)
WARNINGS: Final = Text(
    "▲ 주의 {count}개: 데스크의 알림에 자리와 함께 나옵니다",
    "▲ {count} warnings: the desk lists them, with their places",
)
BACK: Final = Text("뒤로 (Esc)", "Back (Esc)")
OPEN_REHEARSAL: Final = Text("리허설로 데스크 열기 (Enter)", "Open the desk for rehearsal (Enter)")
OPEN_SHOW: Final = Text("방송으로 데스크 열기 (Enter)", "Open the desk for the show (Enter)")
MANY_DAYS = 5
"""So many days are seen without scrolling."""


class EventPage(Page):
    chosen = Signal(object)
    """A core.first_start.Chosen, once every address that was changed is written."""
    write = Signal(object)
    test = Signal(object, str)
    stop = Signal(object)
    keep = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = EventLook("", same(""))
        self._trouble: UserError | None = None
        self._passwords = Passwords(keyring=True)
        self._no_keyring = ""
        self._opens = False
        """To be opened once what was changed is written."""
        self.rows: tuple[ObsRow, ...] = ()
        self.title = self.label(size=1.5, bold=True)
        self.folder = self.label(colour=theme.QUIET)
        self.warnings = self.label(colour=theme.AMBER)
        self.days = QListWidget(self)
        self.days.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.days.itemDoubleClicked.connect(lambda _item: self.enter())
        self.says(self.days.setAccessibleName, DAY)
        self.rehearsal = self.card(REHEARSAL, REHEARSAL_NOTE, checkable=True)
        self.show_mode = self.card(SHOW, SHOW_NOTE, checkable=True)
        self.show_mode.set_warning(True)
        self.modes = QButtonGroup(self)
        self.modes.addButton(self.rehearsal)
        self.modes.addButton(self.show_mode)
        self.rehearsal.toggled.connect(lambda _on: self._follow())
        self.obs_note = self.label(colour=theme.QUIET)
        self.no_keyring = self.label()
        self.surfaces = QWidget(self)
        self.surface_column = QVBoxLayout(self.surfaces)
        self.surface_column.setContentsMargins(10, 8, 10, 8)
        self.area = QScrollArea(self)
        self.area.setWidget(self.surfaces)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trouble = self.label()
        self.go_back = self.button(BACK, self.back.emit)
        self.open = self.button(OPEN_REHEARSAL, self.enter, main="go")
        self.open.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.label(DAY, 1.18, bold=True))
        left.addWidget(self.days)
        left.addSpacing(8)
        left.addWidget(self.label(MODE, 1.18, bold=True))
        left.addWidget(self.rehearsal)
        left.addWidget(self.show_mode)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.label(OBS, 1.18, bold=True))
        right.addWidget(self.obs_note)
        right.addWidget(self.no_keyring)
        right.addWidget(self.area, 1)
        acts = QHBoxLayout()
        acts.addWidget(self.go_back)
        acts.addStretch(1)
        acts.addWidget(self.open)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(8)
        for row, widget in enumerate((self.title, self.folder, self.warnings)):
            grid.addWidget(widget, row, 0, 1, 2)
        grid.addLayout(left, 3, 0)
        grid.addLayout(right, 3, 1)
        grid.addWidget(self.trouble, 4, 0, 1, 2)
        grid.addLayout(acts, 5, 0, 1, 2)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 6)
        grid.setRowStretch(3, 1)

    # --- what is there

    @property
    def look(self) -> EventLook:
        return self._look

    def show_look(self, look: EventLook) -> None:
        """Another event: its days and surfaces, and a rehearsal until somebody says otherwise."""
        self._look = look
        self._opens = False
        self.rehearsal.setChecked(True)
        self._make_rows(look.surfaces)
        self.retell()
        self.days.setCurrentRow(look.today)
        self.show_trouble(None)
        self.open.setFocus()

    def _make_rows(self, surfaces: tuple[SurfaceChoice, ...]) -> None:
        for row in self.rows:
            self.surface_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self.surface_column.count():
            self.surface_column.takeAt(0)
        made = []
        for surface in surfaces:
            row = ObsRow(surface, self.surfaces)
            row.set_language(self.language)
            row.set_letters(self.font())
            for mine, theirs in ((row.test, self.test), (row.stop, self.stop), (row.keep, self.keep)):
                mine.connect(theirs)
            row.write.connect(self.write)
            self.surface_column.addWidget(row)
            made.append(row)
        self.surface_column.addStretch(1)
        self.rows = tuple(made)
        # By Tab: the day, the mode, then each OBS, and at last what opens the desk.
        before: QWidget = self.show_mode
        for row in self.rows:
            for widget in (row.address, row.write_button, row.test_button, row.password, row.keep_button):
                QWidget.setTabOrder(before, widget)
                before = widget
        QWidget.setTabOrder(before, self.go_back)
        QWidget.setTabOrder(self.go_back, self.open)

    def row(self, surface: SurfaceChoice) -> ObsRow | None:
        return next((row for row in self.rows if row.surface.id == surface.id), None)

    def show_passwords(self, passwords: Passwords) -> None:
        self._passwords = passwords
        for row in self.rows:
            row.show_passwords(passwords)
        self.retell()

    def show_written(self, surface: SurfaceChoice, look: EventLook) -> None:
        """An address was written; ``look`` is the event with it."""
        self._look = look
        fresh = next((entry for entry in look.surfaces if entry.id == surface.id), None)
        if (row := self.row(surface)) is not None and fresh is not None:
            row.show_surface(fresh)
        if self._opens:
            self.enter()

    def show_not_written(self, surface: SurfaceChoice, error: UserError) -> None:
        self._opens = False
        if (row := self.row(surface)) is not None:
            row.show_trouble(error)
            row.address.setFocus()

    def show_trouble(self, error: UserError | None) -> None:
        self._trouble = error
        tell_trouble(self.trouble, error, self.language)

    # --- what is chosen

    @property
    def rehearse(self) -> bool:
        return self.rehearsal.isChecked()

    def enter(self) -> None:
        """Opens the desk; an address that was changed and not written is written first, so that it counts.

        A password that the show would lack is said once, before.
        """
        self.show_trouble(None)
        if not self.rehearse:
            for row in self.rows:
                if row.warns:
                    row.warn()
                    return
        for row in self.rows:
            if row.changed:
                self._opens = True
                self.write.emit(row.typed)
                return
        self._opens = False
        day = self._look.days[max(0, self.days.currentRow())]
        self.chosen.emit(Chosen(self._look.folder, day.id, self.rehearse, self.language))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where Enter opens the day, arrows choose it; a button of its own would hand the focus to what is near."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in steps:
            step = steps[Qt.Key(event.key())]
            self.days.setCurrentRow(max(0, min(self.days.currentRow() + step, self.days.count() - 1)))
            return True
        return super().eventFilter(watched, event)

    def forget_passwords(self) -> None:
        for row in self.rows:
            row.forget_password()

    # --- words and letters

    def set_language(self, language: Language) -> None:
        for row in self.rows:
            row.set_language(language)
        super().set_language(language)

    def set_letters(self, base: QFont) -> None:
        super().set_letters(base)
        for row in self.rows:
            row.set_letters(base)
        self._fit_days()

    def retell(self) -> None:
        look, language = self._look, self.language
        self.title.setText(look.title.show(language))
        self.folder.setText(breakable(homely(look.folder)))
        self.warnings.setText(WARNINGS.show(language, count=len(look.problems)))
        self.warnings.setVisible(bool(look.problems))
        chosen = self.days.currentRow()
        self.days.clear()
        for day in look.days:
            self.days.addItem(f"{_dated(day.date).show(language)}  {day.title.show(language)}")
        self.days.setCurrentRow(chosen)
        variables = ", ".join(entry.variable for entry in look.surfaces)
        self._no_keyring = NO_KEYRING.show(language, variables=variables) if not self._passwords.keyring else ""
        self.no_keyring.setVisible(not self._passwords.keyring)
        tell_trouble(self.trouble, self._trouble, language)
        self._follow()
        self._fit_days()

    def _follow(self) -> None:
        rehearse = self.rehearse
        self.obs_note.setText((OBS_REHEARSAL if rehearse else OBS_SHOW).show(self.language))
        # In a rehearsal nobody needs a password, and nothing is to be looked at.
        words = self._no_keyring if rehearse else WRONG.format(words=self._no_keyring)
        tell(self.no_keyring, words, theme.QUIET if rehearse else theme.AMBER)
        self.open.setText((OPEN_REHEARSAL if rehearse else OPEN_SHOW).show(self.language))
        main = "go" if rehearse else "air"
        if self.open.property("main") != main:
            self.open.setProperty("main", main)
            self.open.style().unpolish(self.open)
            self.open.style().polish(self.open)

    def _fit_days(self) -> None:
        """The list is as high as its days, up to a few."""
        if self.days.count():
            row = self.days.sizeHintForRow(0)
            shown = min(MANY_DAYS, self.days.count())
            self.days.setFixedHeight(row * shown + 2 * self.days.frameWidth() + 6)


def _dated(day: date) -> Text:
    text = date_text(day)
    return Text(f"{day.year}년 {text.ko}", f"{text.en} {day.year}")

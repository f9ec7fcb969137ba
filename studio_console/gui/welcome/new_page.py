"""A new event: its title, its days, its surfaces and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, Qt, QTime, QTimeZone, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from studio_console.core.first_start import Hall, NewEvent
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.welcome.page import Page, tell_trouble

HEADING: Final = Text("새 행사", "A new event")
TITLE_KO: Final = Text("행사 이름 (한국어)", "Title in Korean")
TITLE_EN: Final = Text("행사 이름 (영어)", "Title in English")
TITLE_HINT: Final = Text("예: 시민 토론회", "for example 시민 토론회")
SAME_HINT: Final = Text("비우면 한국어와 같습니다", "the same as in Korean if left empty")
FIRST_DAY: Final = Text("첫날", "First day")
DAYS: Final = Text("며칠", "Days")
START: Final = Text("시작 시각", "Starts at")
ZONE: Final = Text("시간대", "Time zone")
FOLDER: Final = Text("만들 폴더", "Folder")
CHOOSE: Final = Text("고르기…", "Choose…")
CHOOSE_TITLE: Final = Text("새 행사를 만들 빈 폴더", "An empty folder for the new event")
SURFACES: Final = Text("어떤 화면이 있습니까?", "Which surfaces are there?")
HALLS: Final = {
    Hall.ONE: (
        Text("송출 하나", "The programme"),
        Text("노트북의 OBS 하나면 됩니다", "One OBS on a laptop is enough"),
    ),
    Hall.TWO: (
        Text("송출 + LED 월", "Programme + LED wall"),
        Text("OBS 둘. 월은 송출과 함께 바뀝니다", "Two OBS. The wall changes with the programme"),
    ),
    Hall.FOUR: (
        Text("송출 + LED 월 + 두 언어", "Programme + LED wall + two languages"),
        Text(
            "OBS 넷. 한국어와 영어의 자막과 동시통역을 따로 보냅니다",
            "Four OBS. Korean and English each with captions and interpretation",
        ),
    ),
}
LATER: Final = Text("모두 나중에 파일에서 바꿀 수 있습니다", "All of it can be changed in the files later")
BACK: Final = Text("뒤로 (Esc)", "Back (Esc)")
MAKE: Final = Text("만들기 (Enter)", "Make it (Enter)")
NO_TITLE: Final = Text("행사 이름을 적으세요", "Give the event a title")
NO_FOLDER: Final = Text("만들 폴더를 정하세요", "Say which folder it goes to")
MOST_DAYS = 14


class NewPage(Page):
    asked = Signal(str, object)
    """The folder and the NewEvent that is to be made there."""
    titled = Signal(object)
    """A title was given: which folder would that be?"""

    def __init__(self, choose: Callable[[QWidget, str, str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self._own_folder = False
        self._trouble: UserError | None = None
        self._make_fields()
        self._make_halls()
        self.trouble = self.label()
        self.go_back = self.button(BACK, self.back.emit)
        self.make = self.button(MAKE, self.enter, main="go")
        self._lay_out()

    def _make_fields(self) -> None:
        self.title_ko, self.title_en, self.folder = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.says(self.title_ko.setPlaceholderText, TITLE_HINT)
        self.says(self.title_en.setPlaceholderText, SAME_HINT)
        for field in (self.title_ko, self.title_en):
            field.setMaxLength(200)
            field.editingFinished.connect(self._suggest)
        self.folder.textEdited.connect(self._folder_typed)
        today = date.today()  # noqa: DTZ011 - the date where the console stands
        self.first = QDateEdit(QDate(today.year, today.month, today.day), self)
        self.first.setDisplayFormat("yyyy-MM-dd")
        self.first.setCalendarPopup(True)
        self.first.setDateRange(QDate(2000, 1, 1), QDate(2099, 12, 1))
        self.days = QSpinBox(self)
        self.days.setRange(1, MOST_DAYS)
        self.start = QTimeEdit(QTime(14, 0), self)
        self.start.setDisplayFormat("HH:mm")
        self.zone = QComboBox(self)
        zones = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
        self.zone.addItems(zones)
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(zones, self.zone)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.zone.setCompleter(completer)
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        self.zone.setCurrentText(here if here in zones else "Asia/Seoul")
        self.choose = self.button(CHOOSE, self._choose_folder)

    def _make_halls(self) -> None:
        self.halls = QButtonGroup(self)
        self.hall_cards = {hall: self.card(title, note, checkable=True) for hall, (title, note) in HALLS.items()}
        for place, card in enumerate(self.hall_cards.values()):
            self.halls.addButton(card, place)
        self.hall_cards[Hall.ONE].setChecked(True)

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(9)
        rows: tuple[tuple[Text, QWidget], ...] = (
            (TITLE_KO, self.title_ko),
            (TITLE_EN, self.title_en),
            (FIRST_DAY, self.first),
            (DAYS, self.days),
            (START, self.start),
            (ZONE, self.zone),
        )
        for row, (text, field) in enumerate(rows):
            form.addWidget(self._caption(text, field), row, 0)
            form.addWidget(field, row, 1, 1, 2)
        form.addWidget(self._caption(FOLDER, self.folder), len(rows), 0)
        form.addWidget(self.folder, len(rows), 1)
        form.addWidget(self.choose, len(rows), 2)
        form.setColumnStretch(1, 1)
        for box in (self.first, self.days, self.start, self.zone):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form.setRowStretch(len(rows) + 1, 1)
        halls = QVBoxLayout()
        halls.setSpacing(8)
        halls.addWidget(self.label(SURFACES, 1.18, bold=True))
        for card in self.hall_cards.values():
            halls.addWidget(card)
        halls.addWidget(self.label(LATER, 0.92, colour=theme.QUIET))
        halls.addStretch(1)
        acts = QHBoxLayout()
        acts.addWidget(self.go_back)
        acts.addStretch(1)
        acts.addWidget(self.make)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(12)
        grid.addWidget(self.label(HEADING, 1.5, bold=True), 0, 0, 1, 2)
        grid.addLayout(form, 1, 0)
        grid.addLayout(halls, 1, 1)
        grid.addWidget(self.trouble, 2, 0, 1, 2)
        grid.addLayout(acts, 3, 0, 1, 2)
        grid.setColumnStretch(0, 6)
        grid.setColumnStretch(1, 5)
        grid.setRowStretch(1, 1)

    def _caption(self, text: Text, field: QWidget) -> QWidget:
        label = self.label(text)
        label.setWordWrap(False)
        self.says(field.setAccessibleName, text)
        return label

    # --- what is filled in

    def begin(self, folder: str = "") -> None:
        """``folder`` where the place is settled already."""
        self._own_folder = bool(folder)
        self.folder.setText(folder)
        self.show_trouble(None)
        self.title_ko.setFocus()
        self._suggest()

    @property
    def title(self) -> Text:
        ko, en = self.title_ko.text().strip(), self.title_en.text().strip()
        return Text(ko or en, en or ko)

    @property
    def hall(self) -> Hall:
        return list(HALLS)[self.halls.checkedId()]

    def suggest_folder(self, folder: str) -> None:
        if not self._own_folder:
            self.folder.setText(folder)

    def show_trouble(self, error: UserError | None) -> None:
        self._trouble = error
        tell_trouble(self.trouble, error, self.language)

    def retell(self) -> None:
        tell_trouble(self.trouble, self._trouble, self.language)

    def enter(self) -> None:
        folder = self.folder.text().strip()
        first = self.first.date()
        begin = date(first.year(), first.month(), first.day())
        if not self.title.ko:
            self.title_ko.setFocus()
            self.show_trouble(UserError(NO_TITLE))
        elif not folder:
            self.folder.setFocus()
            self.show_trouble(UserError(NO_FOLDER))
        else:
            self.show_trouble(None)
            dates = tuple(begin + timedelta(days=place) for place in range(self.days.value()))
            start = self.start.time().toString("HH:mm")
            self.asked.emit(folder, NewEvent(self.title, dates, start, self.zone.currentText().strip(), self.hall))

    def _suggest(self) -> None:
        if not self._own_folder and self.title.ko:
            self.titled.emit(self.title)

    def _folder_typed(self, folder: str) -> None:
        self._own_folder = bool(folder)

    def _choose_folder(self) -> None:
        folder = self._choose(self, CHOOSE_TITLE.show(self.language), self.folder.text())
        if folder:
            self._own_folder = True
            self.folder.setText(folder)

"""The first page: the sample, a folder, a new event, or one of those that were open before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.first_start import Recent
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.welcome.page import Page, homely, tell_trouble

QUESTION: Final = Text("무엇으로 시작할까요?", "What would you like to start with?")
SAMPLE: Final = Text("견본 행사 열기", "Open the sample event")
SAMPLE_NOTE: Final = Text(
    "닷새짜리 온라인 회의의 큐시트. 내 문서에 복사해 열므로 마음대로 고쳐도 되고, OBS나 카메라 없이 리허설됩니다",
    "The cue sheets of a five-day online summit. You get a copy in your documents, to change as you like; "
    "it is rehearsed without any OBS or camera",
)
FOLDER: Final = Text("행사 폴더 열기…", "Open an event folder…")
FOLDER_NOTE: Final = Text(
    "layouts와 rundown이 든 폴더를 고릅니다. 파일을 검사하고, 틀린 곳이 있으면 자리까지 보여 줍니다",
    "Choose the folder that has layouts and rundown in it. Its files are checked; what is wrong is shown where it is",
)
NEW: Final = Text("새 행사 만들기", "Make a new event")
NEW_NOTE: Final = Text(
    "이름, 날짜, 화면을 정하면 설명이 달린 작은 큐시트가 만들어집니다. 있는 파일은 덮어쓰지 않습니다",
    "Title, dates and surfaces make a small cue sheet with comments, ready to be changed. Nothing is overwritten",
)
RECENT: Final = Text("최근 행사", "Recent events")
NONE_YET: Final = Text(
    "아직 없습니다. 한 번 연 행사가 여기에 나옵니다", "None yet. Events that you open are listed here"
)
NOT_THERE: Final = Text("✕ 폴더 없음", "✕ not there")
OPEN: Final = Text("열기 (Enter)", "Open (Enter)")
FORGET: Final = Text("목록에서 빼기 (Del)", "Take off the list (Del)")
KEYS: Final = Text(
    "Tab 다음 · Enter 선택 · 1 2 3 바로 가기 · F2 한국어/English",
    "Tab: next · Enter: choose · 1 2 3: at once · F2: 한국어/English",
)
GONE: Final = Text(
    "{folder} 폴더가 없습니다. 드라이브를 연결하거나, 옮겼다면 ‘행사 폴더 열기’로 찾으세요",
    "{folder} is not there. Connect its drive; if it was moved, find it with ‘Open an event folder’",
)


class StartPage(Page):
    sample = Signal()
    folder = Signal()
    new = Signal()
    opened = Signal(str)
    """The folder of a recent event."""
    forgotten = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent: tuple[Recent, ...] = ()
        self._trouble: UserError | None = None
        self.cards = (
            self.card(SAMPLE, SAMPLE_NOTE, "1"),
            self.card(FOLDER, FOLDER_NOTE, "2"),
            self.card(NEW, NEW_NOTE, "3"),
        )
        cards = QVBoxLayout()
        for card, signal, key in zip(self.cards, (self.sample, self.folder, self.new), "123", strict=True):
            card.clicked.connect(signal)
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(card.click)
            cards.addWidget(card)
        cards.addStretch(1)
        self.list = QListWidget(self)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemDoubleClicked.connect(lambda _item: self._open())
        self.list.currentRowChanged.connect(lambda _row: self._follow())
        self.says(self.list.setAccessibleName, RECENT)
        self.none = self.label(NONE_YET, colour=theme.QUIET)
        self.none.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.open = self.button(OPEN, self._open)
        self.forget = self.button(FORGET, self._forget)
        drop = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        drop.activated.connect(self._forget)
        self.trouble = self.label()
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.open, 1)
        acts.addWidget(self.forget, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.label(QUESTION, 1.5, bold=True), 0, 0)
        grid.addWidget(self.label(RECENT, 1.18, bold=True), 0, 1, Qt.AlignmentFlag.AlignBottom)
        cards.setSpacing(12)
        grid.addLayout(cards, 1, 0, 2, 1)
        grid.addWidget(self.none, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.list, 1, 1)
        grid.addLayout(acts, 2, 1)
        grid.addWidget(self.trouble, 3, 0, 1, 2)
        grid.addWidget(self.label(KEYS, 0.92, colour=theme.QUIET), 4, 0, 1, 2)
        grid.setColumnStretch(0, 6)
        grid.setColumnStretch(1, 5)
        grid.setRowStretch(1, 1)
        self.show_recent(())

    def show_recent(self, recent: Sequence[Recent]) -> None:
        row = max(0, self.list.currentRow())
        self._recent = tuple(recent)
        for widget in (self.list, self.open, self.forget):
            widget.setVisible(bool(recent))
        self.none.setVisible(not recent)
        self.retell()
        self.list.setCurrentRow(min(row, len(recent) - 1))
        self._follow()

    def show_trouble(self, error: UserError | None) -> None:
        self._trouble = error
        tell_trouble(self.trouble, error, self.language)

    @property
    def newest(self) -> str:
        """The folder that was open last, for the dialog to begin there; empty if there is none."""
        return next((entry.folder for entry in self._recent if entry.there), "")

    def begin(self) -> None:
        """The keys go where somebody who comes back most likely wants them."""
        (self.list if self._recent else self.cards[0]).setFocus()

    def retell(self) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for recent in self._recent:
            title = recent.title.show(self.language)
            gone = "" if recent.there else f"  {NOT_THERE.show(self.language)}"
            item = QListWidgetItem(f"{title}{gone}\n{homely(recent.folder)}")
            item.setToolTip(recent.folder)
            if not recent.there:
                item.setForeground(theme.DIM)
            self.list.addItem(item)
        self.list.setCurrentRow(row)
        tell_trouble(self.trouble, self._trouble, self.language)

    def enter(self) -> None:
        if self.list.hasFocus():
            self._open()

    def _current(self) -> Recent | None:
        row = self.list.currentRow()
        return self._recent[row] if 0 <= row < len(self._recent) else None

    def _follow(self) -> None:
        recent = self._current()
        self.open.setEnabled(recent is not None and recent.there)
        self.forget.setEnabled(recent is not None)

    def _open(self) -> None:
        recent = self._current()
        if recent is None:
            return
        if recent.there:
            self.opened.emit(recent.folder)
        else:
            self.show_trouble(UserError(GONE, folder=recent.folder))

    def _forget(self) -> None:
        recent = self._current()
        if recent is not None:
            self.show_trouble(None)
            self.forgotten.emit(recent.folder)

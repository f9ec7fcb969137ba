"""What keeps a folder from being opened, every problem with its place; the window stays, and looks again when asked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio_console.core.first_start import EventLook
from studio_console.core.problems import Severity
from studio_console.core.text import Text, same
from studio_console.gui import theme
from studio_console.gui.painting import Line, Lines
from studio_console.gui.welcome.page import Page, breakable, homely

NO_EVENT: Final = Text("이 폴더에는 행사가 없습니다", "There is no event in this folder")
NO_EVENT_NOTE: Final = Text(
    "행사 폴더에는 layouts/studio.yaml과 rundown/event.yaml이 있습니다. 한 단계 위나 아래 폴더는 아닌지 보세요",
    "An event folder has layouts/studio.yaml and rundown/event.yaml in it. See whether it is the folder above or below",
)
MAKE_HERE: Final = Text("여기에 새 행사 만들기", "Make a new event here")
BROKEN: Final = Text("오류가 있어 열 수 없습니다", "It has errors and cannot be opened")
BROKEN_NOTE: Final = Text(
    "오류 {errors}개, 주의 {warnings}개. 파일을 고쳐 저장한 뒤 다시 검사하세요. 이 창은 그대로 두면 됩니다",
    "{errors} errors, {warnings} warnings. Mend the files, save them and look again; this window can stay open",
)
AGAIN: Final = Text("다시 검사 (F5)", "Look again (F5)")
BACK: Final = Text("뒤로 (Esc)", "Back (Esc)")
MOST = 200
"""So many problems are listed: whoever has more mends these first."""


class ProblemsPage(Page):
    again = Signal(str)
    make = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = EventLook("", same(""))
        self.title = self.label(size=1.5, bold=True)
        self.folder = self.label(colour=theme.QUIET)
        self.note = self.label()
        self.lines = Lines(self, margin=10)
        self.list = QScrollArea(self)
        self.list.setWidget(self.lines)
        self.list.setWidgetResizable(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.go_back = self.button(BACK, self.back.emit)
        self.make_here = self.button(MAKE_HERE, lambda: self.make.emit(self._look.folder))
        self.look_again = self.button(AGAIN, lambda: self.again.emit(self._look.folder), main="go")
        shortcut = QShortcut(QKeySequence("F5"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.look_again.click)
        acts = QHBoxLayout()
        acts.addWidget(self.go_back)
        acts.addStretch(1)
        acts.addWidget(self.make_here)
        acts.addWidget(self.look_again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.title, self.folder, self.note):
            column.addWidget(widget)
        column.addWidget(self.list, 100)
        column.addStretch(1)
        column.addLayout(acts)

    @property
    def words(self) -> str:
        """What is listed."""
        return self.lines.words

    def show_look(self, look: EventLook) -> None:
        self._look = look
        self.retell()
        (self.make_here if look.is_empty else self.look_again).setFocus()

    def enter(self) -> None:
        (self.make_here if self._look.is_empty else self.look_again).click()

    def set_letters(self, base: QFont) -> None:
        super().set_letters(base)
        self.lines.setFont(base)

    def retell(self) -> None:
        look, language = self._look, self.language
        errors = sum(problem.severity is Severity.ERROR for problem in look.problems)
        self.title.setText((BROKEN if look.is_event else NO_EVENT).show(language))
        self.folder.setText(breakable(homely(look.folder)))
        counted = {"errors": errors, "warnings": len(look.problems) - errors}
        self.note.setText(BROKEN_NOTE.show(language, **counted) if look.is_event else NO_EVENT_NOTE.show(language))
        self.make_here.setVisible(look.is_empty)
        self.list.setVisible(look.is_event)
        lines: list[Line] = []
        for problem in look.problems[:MOST]:
            error = problem.severity is Severity.ERROR
            mark, colour = ("✕", theme.RED) if error else ("▲", theme.AMBER)
            said = problem.message.show(language, **problem.values)
            lines.append(Line(said, bold=True, head=mark, head_colour=colour, most=4, gap=0.5 if lines else 0.0))
            lines.append(Line(str(problem.place), colour=theme.BLUE, head="  "))
            if problem.hint is not None:
                hint = problem.hint.show(language, **problem.values)
                lines.append(Line(f"→ {hint}", colour=theme.QUIET, head="  ", most=4))
        self.lines.set_lines(lines)

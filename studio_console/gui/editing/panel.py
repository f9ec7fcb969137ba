"""An editor over the right of the cue sheet: fields, what is wrong with each, never in the way of the show's keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from studio_console.core.rundown import Cue, Day, Session
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import AND_MORE, Context
from studio_console.gui.editing.fields import Read
from studio_console.gui.editing.inputs import STYLE, ChoiceInput, FlagInput, Keys, TextInput
from studio_console.gui.editing.under import Under

if TYPE_CHECKING:
    from typing import TypeAlias

    Input: TypeAlias = TextInput | ChoiceInput | FlagInput

HELP = Text("Tab: 다음 칸", "Tab goes on")
SAVE = Text("저장 Enter", "Save Enter")
LEAVE = Text("닫기 Esc", "Close Esc")
WRITING = Text("쓰는 중…", "being written …")


class EditorPanel(QFrame):
    """What is common to editors. A subclass says which fields there are and what they mean."""

    saved = Signal(object, object)
    """What was edited, as it was when the editor was opened, and as it is wanted."""
    left = Signal()
    typed = Signal()

    def __init__(self, sheet: QAbstractScrollArea, context: Context) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._context = context
        self._day: Day | None = None
        self._was: Cue | Session | None = None
        self._busy = False
        self._remarks: Mapping[str, Text] = {}
        self._refusal: Text | None = None
        self._locked: Text | None = None
        self._keys = Keys(self)
        self._keys.save.connect(self.save)
        self._keys.leave.connect(self.left)
        self._labels: dict[str, QLabel] = {}
        self._under: dict[str, Under] = {}
        self.inputs: dict[str, Input] = {}
        self.setObjectName("editor")
        self.setStyleSheet(
            f"#editor {{ background: {theme.PANEL.name()}; border: 2px solid {theme.BLUE.name()}; }}{STYLE}"
        )
        self._head, self._help, self._said = QLabel(self), QLabel(self), QLabel(self)
        self._head.setWordWrap(True)
        self._said.setWordWrap(True)
        self._buttons = {SAVE: QPushButton(self), LEAVE: QPushButton(self)}
        self._buttons[SAVE].clicked.connect(self.save)
        self._buttons[LEAVE].clicked.connect(self.left)
        self._build()
        self.set_context(context)
        sheet.installEventFilter(self)
        self._let_type(False)
        self.hide()

    # --- what a subclass says

    def rows(self) -> Sequence[Sequence[str]]:
        """The names of the fields, one or two a row."""
        raise NotImplementedError

    def make_input(self, name: str, keys: Keys) -> Input:
        return TextInput(keys, self)

    def label_of(self, name: str) -> Text:
        raise NotImplementedError

    def hint_of(self, name: str) -> Text | None:
        return None

    def heading(self, was: Cue | Session) -> Text:
        raise NotImplementedError

    def texts_of(self, was: Cue | Session, day: Day) -> Mapping[str, str]:
        raise NotImplementedError

    def read(self, was: Cue | Session, day: Day) -> Read:
        raise NotImplementedError

    def names_in(self, name: str) -> Sequence[str]:
        """Who is meant by what stands in a field that is right."""
        return ()

    # --- what it is asked

    @property
    def subject(self) -> Cue | Session | None:
        """What is being edited, as it was when the editor was opened."""
        return self._was

    @property
    def texts(self) -> dict[str, str]:
        return {name: entry.value for name, entry in self.inputs.items()}

    @property
    def typed_texts(self) -> dict[str, str]:
        """The texts of the fields that are other than when it was opened."""
        if self._was is None or self._day is None:
            return {}
        before = self.texts_of(self._was, self._day)
        return {name: text for name, text in self.texts.items() if before.get(name, "") != text}

    @property
    def words(self) -> str:
        """What it says of itself and under its fields."""
        labels = [self._head, self._said, *self._under.values()]
        return "\n".join(label.text() for label in labels if not label.isHidden() and label.text())

    def open(
        self,
        was: Cue | Session,
        day: Day,
        texts: Mapping[str, str] | None = None,
        remarks: Mapping[str, Text] | None = None,
    ) -> None:
        """Shows the fields of ``was``; ``texts`` is what was being typed in some of them, ``remarks`` stand below."""
        self._remarks = remarks or {}
        self._was, self._day, self._busy, self._refusal = was, day, False, None
        for name, text in {**self.texts_of(was, day), **(texts or {})}.items():
            if name in self.inputs:
                self.inputs[name].set_value(text)
        self._let_type(True)
        self._place()
        self.show()
        self.raise_()
        self._refresh()
        first = self.inputs["title_ko" if self._context.language == "ko" else "title_en"]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(first, TextInput):
            first.selectAll()

    def shut(self) -> None:
        """Closes it; the keys are the desk's again."""
        if self._was is None:
            return
        self._was = None
        # First the focus: hidden with it, it would pass it to the sheet, which then goes to its first row.
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self._let_type(False)

    def save(self) -> None:
        """Hands over what the fields say, unless something in them is wrong."""
        if self._busy or self._locked is not None or self._was is None or self._day is None:
            return
        found = self.read(self._was, self._day)
        if found.now is None:
            return
        if found.now == self._was:
            self.left.emit()
            return
        self._busy, self._refusal = True, None
        self._refresh()
        self.saved.emit(self._was, found.now)

    def refuse(self, why: Text) -> None:
        """What was saved was refused: it says why and stays open."""
        self._busy, self._refusal = False, why
        self._refresh()

    def set_locked(self, why: Text | None) -> None:
        if why != self._locked:
            self._locked = why
            for entry in self.inputs.values():
                entry.setEnabled(why is None)
            self._refresh()

    def set_day(self, day: Day | None) -> None:
        self._day = day or self._day

    def set_context(self, context: Context) -> None:
        self._context = context
        for name, entry in self.inputs.items():
            text = context.say(self.label_of(name))
            hint = self.hint_of(name)
            if isinstance(entry, FlagInput):
                entry.setText(text)
            else:
                self._labels[name].setText(text)
                entry.setAccessibleName(text)
            if hint is not None and isinstance(entry, TextInput):
                entry.setPlaceholderText(context.say(hint))
        for name_of_button, button in self._buttons.items():
            button.setText(context.say(name_of_button))
        self._refresh()

    # --- putting it together

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for row, names in enumerate(self.rows()):
            for place, name in enumerate(names):
                self._add(grid, row * 2, place * 2, name, 1 if len(names) > 1 else 3)
        foot = QHBoxLayout()
        foot.addWidget(self._help)
        foot.addStretch(1)
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addLayout(grid)
        column.addWidget(self._said)
        column.addStretch(1)
        column.addLayout(foot)

    def _add(self, grid: QGridLayout, row: int, column: int, name: str, span: int) -> None:
        self._under[name] = Under(self)
        entry = self.inputs[name] = self.make_input(name, self._keys)
        entry.changed.connect(self._typed)
        if not isinstance(entry, FlagInput):
            self._labels[name] = QLabel(self)
            grid.addWidget(self._labels[name], row, column)
        grid.addWidget(entry, row, column + 1, 1, span)
        grid.addWidget(self._under[name], row + 1, column + 1, 1, span)

    def _let_type(self, on: bool) -> None:
        """Where keys act no field may have the focus, or an input method would compose Hangul from them."""
        for entry in self.inputs.values():
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)

    # --- while it is open

    def _typed(self) -> None:
        self._refusal = None
        self._refresh()
        self.typed.emit()

    def _refresh(self) -> None:
        if self._was is None or self._day is None:
            return
        say = self._context.say
        found = self.read(self._was, self._day)
        for name, under in self._under.items():
            wrong = found.wrong.get(name)
            self.inputs[name].set_wrong(wrong is not None)
            self._look(under, theme.QUIET if wrong is None else theme.AMBER, 0.88)
            if wrong is not None:
                under.say(f"▲ {say(wrong)}")
            elif name in self._remarks:
                under.say(say(self._remarks[name]))
            else:
                under.list_names(self.names_in(name), lambda count: say(AND_MORE, count=count))
            under.setVisible(bool(under.text()))
        self._say(self._head, say(self.heading(self._was)), theme.BLUE, 1.1, bold=True)
        self._say(self._help, say(HELP), theme.QUIET, 0.88)
        why = self._locked or self._refusal
        if why is not None:
            self._say(self._said, f"▲ {say(why)}", theme.AMBER, 1.0, bold=True)
        else:
            self._say(self._said, say(WRITING) if self._busy else "", theme.QUIET, 1.0)
        self._buttons[SAVE].setEnabled(found.now is not None and not self._busy and self._locked is None)

    def _say(self, label: QLabel, text: str, colour: theme.Shade, size: float, bold: bool = False) -> None:
        label.setText(text)
        self._look(label, colour, size, bold)
        label.setVisible(bool(text))

    def _look(self, label: QLabel, colour: theme.Shade, size: float, bold: bool = False) -> None:
        label.setFont(theme.sized(self._sheet.font(), size, bold))
        label.setStyleSheet(f"color: {colour.name()}")

    # --- where it is

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # not for the row that lies under it

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        sheet = self._sheet
        self._take_font()
        room = sheet.viewport().geometry().right() + 1  # the scroll bar lies over all that is in it
        letter = QFontMetricsF(sheet.font()).horizontalAdvance("가")
        width = min(room, max(round(letter * 36), round(room * 0.55)))
        self.setGeometry(room - width, 0, width, sheet.height())

    def _take_font(self) -> None:
        """Letters follow the window's; with a style sheet of one's own they do not by themselves."""
        font = self._sheet.font()
        for widget in (*self.inputs.values(), *self._labels.values(), *self._buttons.values()):
            if widget.font().pixelSize() != font.pixelSize() or widget.font().family() != font.family():
                widget.setFont(font)
        self._refresh()

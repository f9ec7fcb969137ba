"""The editor of one cue: over the right of the cue sheet, never in the way of a key that belongs to the show."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QGridLayout, QLabel, QVBoxLayout

from studio_console.core.rundown import Cue, Day
from studio_console.core.text import Text, same
from studio_console.core.units import SurfaceId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.editing.fields import LAYOUT, NOTE, POSTS, Read, layouts_for, person_meant, read, texts_of
from studio_console.gui.editing.inputs import STYLE, ChoiceInput, FlagInput, Keys, TextInput
from studio_console.gui.on_air import DEPARTMENTS

TITLE = Text("{cue} 고치기", "Edit {cue}")
KEYS = Text("Enter 저장 · Esc 닫기 · Tab 다음 칸", "Enter saves · Esc closes · Tab goes on")
WRITING = Text("쓰는 중…", "being written …")
NAMES: Mapping[str, Text] = {
    "title_ko": Text("제목", "Korean title"),
    "title_en": Text("영어 제목", "Title"),
    "number": Text("번호", "Number"),
    "start": Text("고정 시작", "Fixed start"),
    "length": Text("길이", "Length"),
    "end": Text("고정 끝", "Fixed end"),
    "speakers": Text("출연", "Speakers"),
    "skip": Text("건너뜀", "Skip"),
}
HINTS: Mapping[str, Text] = {
    "start": Text("없음", "none"),
    "end": Text("없음", "none"),
    "length": same("5m, 30s, open"),
    "speakers": Text("london, 리마", "london, lima"),
}
AS_IT_IS = Text("그대로 둠", "leave as it is")
PAIRED = (("title_ko",), ("title_en",), ("number", "start"), ("length", "end"), ("speakers",))


class EditorPanel(QFrame):
    """Fields with a line under each for what is wrong with it, as it is typed."""

    saved = Signal(object, object)
    """The cue as it was when the editor was opened, and as it is wanted."""
    left = Signal()
    typed = Signal()

    def __init__(self, sheet: QAbstractScrollArea, context: Context) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._context = context
        self._day: Day | None = None
        self._was: Cue | None = None
        self._busy = False
        self._refusal: Text | None = None
        self._locked: Text | None = None
        self._keys = Keys(self)
        self._keys.save.connect(self.save)
        self._keys.leave.connect(self.left)
        self._labels: dict[str, QLabel] = {}
        self._under: dict[str, QLabel] = {}
        self.inputs: dict[str, TextInput | ChoiceInput | FlagInput] = {}
        self.setObjectName("editor")
        self.setStyleSheet(
            f"#editor {{ background: {theme.PANEL.name()}; border: 2px solid {theme.BLUE.name()}; }}{STYLE}"
        )
        self._head = QLabel(self)
        self._help = QLabel(self)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._build()
        self.set_context(context)
        sheet.installEventFilter(self)
        self._let_type(False)
        self.hide()

    # --- what it is asked

    @property
    def cue(self) -> Cue | None:
        """The cue that is being edited, as it was when the editor was opened."""
        return self._was

    @property
    def texts(self) -> dict[str, str]:
        return {name: entry.value for name, entry in self.inputs.items()}

    @property
    def touched(self) -> bool:
        """Whether anything in it is other than when it was opened."""
        if self._was is None or self._day is None:
            return False
        before = texts_of(self._was, self._context, self._day)
        return any(before.get(name, "") != text for name, text in self.texts.items())

    @property
    def words(self) -> str:
        """What it says of itself and under its fields."""
        labels = [self._head, self._said, *self._under.values()]
        return "\n".join(label.text() for label in labels if not label.isHidden() and label.text())

    def open(self, cue: Cue, day: Day, texts: Mapping[str, str] | None = None) -> None:
        """Shows the fields of ``cue``; ``texts`` is what was being typed in some of them."""
        self._was, self._day, self._busy, self._refusal = cue, day, False, None
        for name, text in {**texts_of(cue, self._context, day), **(texts or {})}.items():
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

    def _let_type(self, on: bool) -> None:
        """Where keys act no field may have the focus, or an input method would compose Hangul from them."""
        for entry in self.inputs.values():
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.NoFocus)

    def save(self) -> None:
        """Hands over what the fields say, unless something in them is wrong."""
        found = self._read()
        if self._busy or self._locked is not None or found.cue is None or self._was is None:
            return
        if found.cue == self._was:
            self.left.emit()
            return
        self._busy, self._refusal = True, None
        self._refresh()
        self.saved.emit(self._was, found.cue)

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
        for name, text in NAMES.items():
            entry = self.inputs[name]
            if isinstance(entry, FlagInput):
                entry.setText(context.say(text))
            else:
                self._labels[name].setText(context.say(text))
                entry.setAccessibleName(context.say(text))
        for name, text in HINTS.items():
            self.inputs[name].setPlaceholderText(context.say(text))  # type: ignore[union-attr]
        for post, text in DEPARTMENTS:
            self._labels[f"{NOTE}{post}"].setText(context.say(text))
        for surface in context.arranged:
            self._offer(surface)
        self._refresh()

    # --- putting it together

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        row = 0
        for pair in PAIRED:
            for place, name in enumerate(pair):
                self._add(grid, row, place * 2, name, TextInput(self._keys, self), 1 if len(pair) > 1 else 3)
            row += 2
        surfaces = [f"{LAYOUT}{surface}" for surface in self._context.arranged]
        notes = [f"{NOTE}{post}" for post, _ in DEPARTMENTS if post in POSTS]
        for names in (surfaces, notes):
            for place, name in enumerate(names):
                made = ChoiceInput(self._keys, self) if name.startswith(LAYOUT) else TextInput(self._keys, self)
                self._add(grid, row + place // 2 * 2, place % 2 * 2, name, made, 1)
            row += (len(names) + 1) // 2 * 2
        self.inputs["skip"] = FlagInput(self._keys, self)
        self.inputs["skip"].changed.connect(self._typed)
        grid.addWidget(self.inputs["skip"], row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self._help)
        column.addLayout(grid)
        column.addWidget(self._said)
        column.addStretch(1)

    def _add(
        self, grid: QGridLayout, row: int, column: int, name: str, entry: TextInput | ChoiceInput, span: int
    ) -> None:
        self._labels[name], self._under[name] = QLabel(self), QLabel(self)
        self._under[name].setWordWrap(True)
        self._under[name].hide()
        self.inputs[name] = entry
        entry.changed.connect(self._typed)
        grid.addWidget(self._labels[name], row, column)
        grid.addWidget(entry, row, column + 1, 1, span)
        grid.addWidget(self._under[name], row + 1, column + 1, 1, span)

    def _offer(self, surface: SurfaceId) -> None:
        name = f"{LAYOUT}{surface}"
        self._labels[name].setText(self._context.say(self._context.surface(surface)))
        entry = self.inputs[name]
        assert isinstance(entry, ChoiceInput)
        choices = [(str(layout.id), self._context.say(layout.title)) for layout in layouts_for(surface, self._context)]
        entry.offer([("", self._context.say(AS_IT_IS)), *choices])

    # --- while it is open

    def _typed(self) -> None:
        self._refusal = None
        self._refresh()
        self.typed.emit()

    def _read(self) -> Read:
        assert self._was is not None
        assert self._day is not None
        return read(self.texts, self._was, self._context, self._day)

    def _refresh(self) -> None:
        if self._was is None or self._day is None:
            return
        say = self._context.say
        found = self._read()
        for name, under in self._under.items():
            wrong = found.wrong.get(name)
            self.inputs[name].set_wrong(wrong is not None)
            text, colour = (f"▲ {say(wrong)}", theme.AMBER) if wrong is not None else ("", theme.QUIET)
            if name == "speakers" and wrong is None:
                text = self._people()
            self._say(under, text, colour, 0.88)
        self._say(self._head, say(TITLE, cue=self._was.number), theme.BLUE, 1.1, bold=True)
        self._say(self._help, say(KEYS), theme.QUIET, 0.88)
        why = self._locked or self._refusal
        if why is not None:
            self._say(self._said, f"▲ {say(why)}", theme.AMBER, 1.0, bold=True)
        else:
            self._say(self._said, say(WRITING) if self._busy else "", theme.QUIET, 1.0)

    def _people(self) -> str:
        words = (word.strip() for word in self.inputs["speakers"].value.split(","))
        people = [person for word in words if word and (person := person_meant(word, self._context)) is not None]
        return " · ".join(self._context.say(person.label) for person in people)

    def _say(self, label: QLabel, text: str, colour: theme.Shade, size: float, bold: bool = False) -> None:
        label.setText(text)
        label.setFont(theme.sized(self.font(), size, bold))
        label.setStyleSheet(f"color: {colour.name()}")
        label.setVisible(bool(text))

    # --- where it is

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # not for the row that lies under it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        sheet = self._sheet
        room = sheet.viewport().geometry().right() + 1  # the scroll bar lies over all that is in it
        letter = QFontMetricsF(self.font()).horizontalAdvance("가")
        width = min(room, max(round(letter * 36), round(room * 0.55)))
        self.setGeometry(room - width, 0, width, sheet.height())

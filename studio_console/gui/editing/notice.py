"""What was edited and is not in the files: why, what stands there instead, and the two things that can be done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout

from studio_console.core.clocktext import clock_text
from studio_console.core.editing import FIELDS, Editing, Unsaved, clashes_of, label_of, wanted_of
from studio_console.core.rundown import KIND_NAMES, Cue, Day, Kind, Notes, Session
from studio_console.core.text import Text, same
from studio_console.core.written import format_duration
from studio_console.gui import theme
from studio_console.gui.buttons import KeyButton
from studio_console.gui.context import Context
from studio_console.gui.keys import Act
from studio_console.gui.painting import Line, Lines, rounded

NOT_SAVED = Text("▲ 저장 안 됨", "▲ Not saved")
MORE = Text("외 {count}건", "+{count} more")
MINE = Text("내 것으로", "Keep mine")
THEIRS = Text("파일 것으로", "Keep theirs")
AGAIN = Text("다시 쓰기", "Write it")
DROP = Text("버리기", "Drop it")
GO_ON = Text("이어서 고치기", "Go on editing")
DRAFT = Text("▲ {cue}: 콘솔이 꺼질 때 고치던 내용이 있습니다", "▲ {cue}: it was being edited when the console ended")
SIDES = Text("{field}  내 것: {mine}  ·  파일: {theirs}", "{field}  mine: {mine}  ·  file: {theirs}")
NONE = Text("없음", "none")


class UnsavedNotice(Lines):
    """Along the foot of the cue sheet, only while there is something to settle. Takes no focus, stops nothing."""

    def __init__(self, sheet: QAbstractScrollArea, actions: Mapping[Act, QAction], context: Context) -> None:
        super().__init__(sheet, margin=8)
        self._sheet = sheet
        self._context = context
        self.buttons = {act: KeyButton(act, actions[act], self) for act in (Act.EDIT_MINE, Act.EDIT_THEIRS)}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 8, 8, 8)
        self._row.addStretch(1)
        for button in self.buttons.values():
            self._row.addWidget(button)
        sheet.installEventFilter(self)
        self.hide()

    def show_state(self, context: Context, editing: Editing, day: Day | None) -> None:
        self._context = context
        waiting = [unsaved for unsaved in editing.unsaved if unsaved.why is not None]
        if not waiting and editing.draft is None:
            self.hide()
            return
        say = context.say
        if waiting:
            lines = self._unsaved(waiting[0], len(waiting) - 1, day)
            clash = waiting[0].theirs is not None
            names = (MINE, THEIRS) if clash else (AGAIN, DROP)
        else:
            assert editing.draft is not None
            cue = next((cue for cue in (day.cues if day else ()) if cue.id == editing.draft.cue), None)
            number = cue.number if cue is not None else str(editing.draft.cue)
            lines, names = [Line(say(DRAFT, cue=number), 1.0, True, theme.AMBER, most=2)], (GO_ON, DROP)
        self.set_lines(lines)
        for button, name in zip(self.buttons.values(), names, strict=True):
            button.set_label(say(name))
        if self.isHidden():
            self.show()
        self._place()

    def _unsaved(self, unsaved: Unsaved, more: int, day: Day | None) -> list[Line]:
        say = self._context.say
        assert unsaved.why is not None
        what = say(label_of(unsaved.edit, day))
        count = f"  {say(MORE, count=more)}" if more else ""
        lines = [
            Line(f"{what}{count}", 1.0, True, theme.AMBER, head=say(NOT_SAVED), head_colour=theme.AMBER),
            Line(say(unsaved.why), 0.95, most=2),
        ]
        now, theirs = wanted_of(unsaved.edit), unsaved.theirs
        if theirs is not None and now is not None:
            for name in clashes_of(unsaved.edit, theirs):
                sides = {"mine": self._value(now, name), "theirs": self._value(theirs, name)}
                lines.append(Line(say(SIDES, field=FIELDS[name], **sides), 0.95, most=2))
        return lines

    def _value(self, cue: Cue | Session, name: str) -> Text:
        """A field of the cue as the operator reads it."""
        value = getattr(cue, name)
        if isinstance(value, Text):
            return same(value.both(" / "))
        if isinstance(value, Kind):
            return KIND_NAMES[value]
        if name in ("start", "end"):
            return NONE if value is None else same(clock_text(value, self._context.zone))
        if name == "duration":
            return same("open" if value is None else format_duration(value))
        if isinstance(value, Notes):
            return same(" / ".join(text for post in Notes.__slots__ if (text := getattr(value, post)))) or NONE
        if isinstance(value, Mapping):
            return same(", ".join(map(str, value.values()))) if value else NONE
        if isinstance(value, tuple):
            return same(", ".join(value)) if value else NONE
        return same(str(value))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.AMBER_GROUND, theme.AMBER, 2)
        room = sum(button.width() + 8 for button in self.buttons.values())
        self.paint_lines(painter, QRectF(self.rect()).adjusted(10, 8, -10 - room, -8))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        sheet = self._sheet
        pixels = self.font().pixelSize()
        for button in self.buttons.values():
            button.setFixedWidth(round(pixels * 8.5))
        room = sheet.viewport().geometry().right() + 1
        height = max(round(pixels * 4.4), self.heightForWidth(room - round(pixels * 18.5)) + 8)
        self.setGeometry(0, sheet.height() - height, room, height)
        self.raise_()

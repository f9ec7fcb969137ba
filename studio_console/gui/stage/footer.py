"""The foot of the stage manager's window: notes for the stage, the last words from and to the TD, and the keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.show import Show, cue_of
from studio_console.core.speaker_rows import SpeakerRow
from studio_console.core.stage_marks import acknowledged_at
from studio_console.core.text import Text, same
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR
from studio_console.gui.keys import KEYS, Act, written
from studio_console.gui.painting import Line, Lines, rounded
from studio_console.gui.stage.keys import STAGE_KEYS, STAGE_MANAGER, StageAct

STAGE = Text("무대", "Stage")
NO_NOTES = Text("{cue}에 무대 메모 없음", "no stage notes for {cue}")
CALLED = Text("{cue} 스탠바이 {clock}", "{cue} standby {clock}")
HEARD = Text("확인 {clock}", "heard {clock}")
QUIET = Text("TD의 스탠바이를 기다립니다", "waiting for the TD's standby")
NOTE = Text("“{text}” {by} {clock}", "“{text}” {by} {clock}")
NOTES_SHOWN = 2
BY = {TECHNICAL_DIRECTOR: same("TD"), STAGE_MANAGER: STAGE}
"""Who wrote a note, as it is shown."""
HINTS = (
    StageAct.DO,
    StageAct.CALLED,
    StageAct.ARRIVED,
    StageAct.CHECKED,
    StageAct.STANDBY,
    StageAct.READY,
    StageAct.TAKE_BACK,
    StageAct.NOTE,
    StageAct.HALL,
    StageAct.HALL_EXIT,
)


class StageFooter(QWidget):
    """Three lines on a panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines(self, margin=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 2)
        column.addWidget(self.lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), theme.PANEL)

    def show_state(self, context: Context, show: Show, row: SpeakerRow | None) -> None:
        hints = [*(STAGE_KEYS[act] for act in HINTS), KEYS[Act.MESSAGE]]
        keys = " · ".join(f"{written(key)} {context.say(key.name)}" for key in hints)
        self.lines.set_lines([
            stage_line(context, row),
            Line(td_words(context, show), 1.0, head="TD", head_colour=theme.BLUE),
            Line(f"↑↓ {keys}", 0.86, colour=theme.QUIET),
        ])  # fmt: skip


def stage_line(context: Context, row: SpeakerRow | None) -> Line:
    """The note for the stage of the chosen row's cue."""
    head = context.say(STAGE)
    if row is None:
        return Line("", head=head, head_colour=theme.BLUE)
    note = row.cue.notes.stage
    words = f"{row.cue.number}  {note}" if note else context.say(NO_NOTES, cue=row.cue.number)
    return Line(words, 1.0, bool(note), theme.TEXT if note else theme.QUIET, head=head, head_colour=theme.BLUE)


def td_words(context: Context, show: Show) -> str:
    """The standby that was called, when it was heard, and the latest notes of both sides."""
    parts: list[str] = []
    called, at = show.pointer.called, show.pointer.called_at
    cue = cue_of(show, called) if called is not None else None
    if cue is not None and at is not None:
        parts.append(context.say(CALLED, cue=cue.number, clock=clock_text(at, context.zone)))
        heard = acknowledged_at(show, cue.id)
        if heard is not None:
            parts.append(context.say(HEARD, clock=clock_text(heard, context.zone)))
    else:
        parts.append(context.say(QUIET))
    parts += note_words(context, show, NOTES_SHOWN)
    return " · ".join(parts)


def note_words(context: Context, show: Show, most: int) -> list[str]:
    """The latest notes between stage and control room, the newest first."""
    return [
        context.say(
            NOTE,
            text=note.text,
            by=BY.get(note.by, same(note.by)),
            clock=clock_text(note.at, context.zone, seconds=False),
        )
        for note in reversed(show.stage.notes[-most:])
    ]

"""GO and the other buttons, each with its key, and the line that says what was refused and why."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio_console.core.show import Show, is_skipped
from studio_console.core.text import Text
from studio_console.core.timing import Projection
from studio_console.core.wall_state import wall_of
from studio_console.gui import buttons, theme
from studio_console.gui.armed_words import ArmedWords, armed_words
from studio_console.gui.buttons import GoButton, KeyButton
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.keys import KEYS, Act, key_text
from studio_console.gui.note_field import NoteField
from studio_console.gui.objections import objections
from studio_console.gui.painting import Line, Lines
from studio_console.gui.stage.footer import note_words
from studio_console.gui.two_step import two_step_words

GRID: tuple[tuple[Act, ...], ...] = (
    (Act.STANDBY, Act.HOLD, Act.MORE, Act.LESS, Act.SKIP, Act.END, Act.WALL_HOLDING),
    (Act.BACK, Act.FOLLOW, Act.UNDO, Act.REDO, Act.HERE, Act.LANGUAGE, Act.WALL_BACK),
)
RESUME = Text("재개", "Resume")
RESTORE = Text("되살리기", "Restore")
NO_NAMES: Mapping[Act, Text] = {}
NOTHING_NEXT = Text("다음 큐 없음", "nothing next")
MORE_DOUBTS = Text(" 외 {count}", " +{count}")
NOTE_HINT = Text("무대에 메모 · Enter 보내기, Esc 취소", "A note to the stage · Enter sends it, Esc does not")
HINT = Text(
    "↑↓ 스탠바이 옮기기 · / 찾기 · E 고치기 · N 부서 메모 · Ctrl+K 모든 명령",
    "↑↓ move the standby · / find · E edit · N notes · Ctrl+K all commands",
)


class GoPanel(QWidget):
    """GO at the left, the rest in a grid, one line below."""

    def __init__(
        self, actions: Mapping[Act, QAction], controls: Controls, context: Context, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self._context = context
        self.go = GoButton(Act.GO, actions[Act.GO], self)
        self.buttons: dict[Act, KeyButton] = {Act.GO: self.go}
        self.notice = Lines(self)
        self.note = NoteField(NOTE_HINT, self)
        """What is typed for the stage; in the place of the line below the buttons."""
        self.note.typing.connect(self.notice.setHidden)
        self._heard: list[str] = []
        self._armed: ArmedWords | None = None
        self._said: tuple[Text, Text, Mapping[str, object], bool] | None = None
        grid = QGridLayout()
        grid.setSpacing(6)
        for row, acts in enumerate(GRID):
            for column, act in enumerate(acts):
                self.buttons[act] = KeyButton(act, actions[act], self)
                grid.addWidget(self.buttons[act], row, column)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(grid, 1)
        right.addWidget(self.notice)
        right.addWidget(self.note)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.go, 32)
        line.addLayout(right, 68)
        self._notice_over = QTimer(self)
        self._notice_over.setSingleShot(True)
        self._notice_over.timeout.connect(self._clear_notice)
        controls.refused.connect(self.show_refusal)
        controls.moved_on.connect(self._forget_refusal)
        self._write_notice()

    def show_state(
        self, context: Context, show: Show, projection: Projection, names: Mapping[Act, Text] = NO_NAMES
    ) -> None:
        """Says what each button would do now; ``names`` are of those that just now do something else than usual."""
        heard, armed = note_words(context, show, 1), armed_words(context, show, projection.now)
        if (context.language, heard, armed) != (self._context.language, self._heard, self._armed):
            self._context, self._heard, self._armed = context, heard, armed
            self.note.set_context(context)
            self._write_notice()
        self._context = context
        say = context.say
        for act, button in self.buttons.items():
            if act not in (Act.GO, Act.HOLD, Act.SKIP):
                on = act is Act.FOLLOW and show.pointer.cue is not None
                button.set_label(say(names.get(act, KEYS[act].name)), on=on)
        self._say_wall(show)
        held = show.on_air is not None and show.on_air.held_since is not None
        self.buttons[Act.HOLD].set_label(say(RESUME) if held else say(KEYS[Act.HOLD].name), on=held)
        target = self._controls.skip_target()
        skip = RESTORE if target is not None and is_skipped(show, target) else KEYS[Act.SKIP].name
        self.buttons[Act.SKIP].set_label(say(skip), target.number if target is not None else "")
        following = projection.next
        called = following is not None and show.pointer.called == following.id
        self.buttons[Act.STANDBY].set_label(say(KEYS[Act.STANDBY].name), on=called)
        self.go.set_label("GO")
        if following is None:
            self.go.set_target("", say(NOTHING_NEXT), False)
            return
        found = objections(context, show, following, projection.now)
        doubts = " · ".join(say(doubt.text, **doubt.values) for doubt in found[:2])
        if len(found) > 2:
            doubts += say(MORE_DOUBTS, count=len(found) - 2)
        grave = any(doubt.grave for doubt in found)
        doubts = f"{'▲ ' if grave else ''}{doubts}"
        steps, locked = two_step_words(show, following, projection.now)
        if steps is not None:
            doubts = " · ".join(part for part in (say(steps[0], **steps[1]), doubts) if part)
        keys = f"{KEYS[Act.ARM].shown}, {self.go.key}" if locked else self.go.key
        title = f"{keys} → {following.number} {say(following.title)}"
        self.go.set_target(title, doubts, grave, locked, steps is not None and not locked)

    def _say_wall(self, show: Show) -> None:
        """The two keys of the wall, where there is one; the one that is on says so."""
        walls = show.rundown.walls
        wall = wall_of(show, walls[0]) if walls else None
        self.buttons[Act.WALL_HOLDING].setVisible(wall is not None)
        self.buttons[Act.WALL_BACK].setVisible(wall is not None)
        if wall is not None:
            say = self._context.say
            self.buttons[Act.WALL_HOLDING].set_label(
                say(KEYS[Act.WALL_HOLDING].name), on=wall.holding_since is not None
            )
            self.buttons[Act.WALL_BACK].set_label(say(KEYS[Act.WALL_BACK].name), on=wall.covered)

    def show_refusal(self, act: Act, reason: Text, values: Mapping[str, object]) -> None:
        """The button flashes and the reason stands below for 3 s, or until something else is done."""
        if act in self.buttons:
            self.buttons[act].flash()
        if act is Act.GO:
            self.go.set_refusal(self._context.say(reason, **values))
        self.say(KEYS[act].name, reason, values, refused=True)

    def say(self, head: Text, text: Text, values: Mapping[str, object], refused: bool = False) -> None:
        """Shows ``text`` for 3 s; what was ``refused`` or went wrong is marked."""
        self._said = (head, text, values, refused)
        self._notice_over.start(buttons.REFUSAL_SHOWN)
        self._write_notice()

    def _forget_refusal(self) -> None:
        for button in self.buttons.values():
            button.calm()
        if self._said is not None and self._said[-1]:
            self._clear_notice()

    def _clear_notice(self) -> None:
        self._said = None
        self._write_notice()

    def _write_notice(self) -> None:
        say = self._context.say
        if self._said is None and self._armed is not None:
            # The outputs may lie behind another panel: whoever armed them sees it wherever they look.
            self.notice.set_lines([Line(self._armed.how, 1.0, True, head=self._armed.what, head_colour=theme.AMBER)])
            return
        if self._said is None and self._heard:
            name = f"{key_text(Act.STAGE_NOTE)} {say(KEYS[Act.STAGE_NOTE].name)}"
            self.notice.set_lines([Line(self._heard[0], 1.0, True, head=name)])
            return
        if self._said is None:
            self.notice.set_lines([Line(say(HINT), 0.88, colour=theme.DIM)])
            return
        head, text, values, refused = self._said
        sign, colour = ("✕ ", theme.AMBER) if refused else ("", theme.BLUE)
        words = say(text, **values)
        self.notice.set_lines([Line(words, 1.0, True, colour, head=f"{sign}{say(head)}", head_colour=colour)])

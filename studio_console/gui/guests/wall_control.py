"""The LED wall by hand: live and armed side by side, and a button with its key for all that can be done there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.wall_state import wall_of
from studio_console.gui import theme
from studio_console.gui.buttons import KeyButton
from studio_console.gui.guests.led_panel import LedPanel
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.wall_hand import WallHand, wall_in
from studio_console.gui.guests.words import Board
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.painting import Line, Lines

GRID = (
    (Act.ARM_WALL, Act.SWAP, Act.LARGE, Act.LAYOUT, Act.PAGE_DOWN),
    (Act.DISARM_WALL, Act.MOVE_UP, Act.SLATE, Act.WALL_TAKE, Act.WALL_HOLDING, Act.WALL_BACK),
)
NEXT_PAGE = Text("다음 쪽", "Next page")
CHOSEN = Text("고른 자리: {who}", "Chosen: {who}")
FIRST = Text("{who}과(와) 맞바꿀 자리를 고르고 X", "Choose who changes places with {who}, then X")
CHOOSE = Text(
    "A로 지금 화면을 준비하고 ←→ Alt+↑↓로 자리를 고릅니다. 송출 중인 화면은 Shift+W까지 그대로입니다",
    "A arms what is on the wall now; ← → Alt+↑↓ choose a place. What is on air stays until Shift+W",
)


class WallControl(QWidget):
    def __init__(
        self, pictures: Pictures, actions: Mapping[Act, QAction], hand: WallHand, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.hand = hand
        self.led = LedPanel(pictures, self, beside=True)
        self.notice = Lines(self)
        self.buttons: dict[Act, KeyButton] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for row, acts in enumerate(GRID):
            for column, act in enumerate(acts):
                button = self.buttons[act] = KeyButton(act, actions[act], self)
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                grid.addWidget(button, row, column)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(6)
        column_.addWidget(self.led, 1)
        column_.addWidget(self.notice)
        column_.addLayout(grid)

    def say(self, board: Board) -> None:
        context, show = board.context, board.show
        self.led.say(board)
        surface = wall_in(context)
        wall = wall_of(show, surface.id) if surface is not None else None
        on = {
            Act.ARM_WALL: wall is not None and wall.armed is not None,
            Act.WALL_HOLDING: wall is not None and wall.holding_since is not None,
            Act.WALL_BACK: wall is not None and wall.covered,
            Act.WALL_TAKE: wall is not None and wall.armed is not None and wall.armed.built,
            Act.SWAP: self.hand.first is not None,
        }
        for act, button in self.buttons.items():
            name = NEXT_PAGE if act is Act.PAGE_DOWN else KEYS[act].name
            button.set_label(context.say(name), on=on.get(act, False))
        self._say_notice(board)
        self.led.next.mark(self.hand.selected, self.hand.first)
        if wall is None or wall.armed is None:
            self.led.now.mark(self.hand.selected, self.hand.first)
        else:
            self.led.now.mark(None, None)

    def _say_notice(self, board: Board) -> None:
        context = board.context
        first, chosen = self.hand.first, self.hand.selected
        surface = wall_in(context)
        wall = wall_of(board.show, surface.id) if surface is not None else None
        if wall is not None and wall.armed is not None and wall.armed.failed is not None:
            line = Line(context.say(wall.armed.failed), 0.94, True, theme.AMBER, most=2)
        elif first is not None:
            line = Line(context.say(FIRST, who=_name(board, first)), 0.94, True, theme.AMBER)
        elif chosen is not None:
            line = Line(context.say(CHOSEN, who=_name(board, chosen)), 0.94, colour=theme.TEXT)
        else:
            line = Line(context.say(CHOOSE), 0.88, colour=theme.QUIET, most=2)
        self.notice.set_lines([line])

    @property
    def guests(self) -> frozenset[PersonId]:
        return self.led.guests

    def look(self, moved: Collection[str]) -> None:
        self.led.look(moved)

    def step(self, across: int, down: int) -> None:
        """Chooses a place in the picture that the next key changes."""
        self.hand.step(self.led.next.picture if self.led.armed else self.led.now.picture, across, down)


def _name(board: Board, person: PersonId) -> str | Text:
    found = board.context.person(person)
    return found.city if found is not None else person

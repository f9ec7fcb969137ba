"""One guest large: 25 pictures a second, and their sound on the headphones."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.chip import Chip
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.tile import Tile
from studio_console.gui.guests.words import TileWords
from studio_console.gui.keys import KEYS, Act

BACK = Text("참가자로", "To guests")
PFL_ON = Text("PFL 듣는 중", "PFL on")
PFL_OFF = Text("PFL 듣기", "PFL off")
HEADPHONES = Text("헤드폰: {device}", "Headphones: {device}")
USUAL = Text("시스템 기본", "system default")


class CloseView(QWidget):
    def __init__(self, pictures: Pictures, actions: Mapping[Act, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile = Tile(pictures, self)
        self.back, self.listen, self.output = Chip(self), Chip(self), Chip(self)
        for chip, act in ((self.back, Act.CLOSE_UP), (self.listen, Act.LISTEN), (self.output, Act.OUTPUT)):
            chip.clicked.connect(actions[act].trigger)
        self.tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.listen)
        line.addWidget(self.output)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tile, 1)
        column.addLayout(line)

    def say(self, context: Context, words: TileWords, device: str) -> None:
        """``device`` is where the sound is heard; the system's usual one if empty."""
        self.tile.set_words(words, False)
        self.back.set_label(context.say(BACK), f"Esc · {KEYS[Act.CLOSE_UP].shown}")
        heard = context.say(PFL_ON if words.heard else PFL_OFF)
        self.listen.set_label(heard, KEYS[Act.LISTEN].shown, words.heard)
        name = device or context.say(USUAL)
        self.output.set_label(context.say(HEADPHONES, device=name), KEYS[Act.OUTPUT].shown)
        self.listen.set_colours(theme.BLUE, theme.BLUE_GROUND)

    def look(self, moved: Collection[str]) -> None:
        """Repaints the picture if its guest ``moved``, and the level."""
        if self.tile.words is not None and self.tile.words.guest in moved:
            self.tile.picture_moved()
        self.tile.look_at_level()

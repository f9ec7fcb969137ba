"""Arranging the desk: the keys that move, close and bring back panels, and the strip that says so meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.docks import Docks
from studio_console.gui.keys import Act, key_text
from studio_console.gui.painting import elided, rounded
from studio_console.gui.panels import Panel
from studio_console.gui.standby_row import QuietButton
from studio_console.gui.start_layouts import Start

LOCKED = Text("쇼 잠금 중에는 패널을 옮기지 않습니다", "Panels stay where they are under the show lock")
ONE_SCREEN = Text("화면이 하나뿐입니다", "There is only one screen")
HOW = Text("배치 바꾸는 중: 제목을 끌어 옮깁니다", "Arranging: drag a panel by its title")
DONE = Text("{key} 끝", "{key} done")
ANEW = Text("{key} 처음대로", "{key} as at the start")
ON, OFF = "✓", "○"

Say = Callable[[Act, Text], None]


class ArrangeBar(QWidget):
    """What can be done while the desk is arranged: every panel with its key, open or closed."""

    pressed = Signal(object)
    """An ``Act``."""

    def __init__(self, panels: tuple[Panel, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        self._how = ""
        self.buttons: dict[Act, QuietButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(6)
        row.addStretch(1)
        for act in (*(panel.act for panel in panels), Act.START_LAYOUT, Act.ARRANGE):
            button = self.buttons[act] = QuietButton(self, 1.7)
            button.clicked.connect(lambda _=False, act=act: self.pressed.emit(act))
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, context: Context, docks: Docks) -> None:
        self._how = context.say(HOW)
        for panel in self._panels:
            sign = ON if docks.is_open(panel.id) else OFF
            self.buttons[panel.act].set_text(f"{sign} {context.say(panel.title)} {key_text(panel.act)}")
        self.buttons[Act.START_LAYOUT].set_text(context.say(ANEW, key=key_text(Act.START_LAYOUT)))
        self.buttons[Act.ARRANGE].set_text(context.say(DONE, key=key_text(Act.ARRANGE)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, round(self.font().pixelSize() * 2.4))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.BLUE_GROUND, theme.BLUE, 1.5)
        font = theme.sized(self.font(), 0.96, bold=True)
        painter.setFont(font)
        painter.setPen(theme.BLUE)
        room = min(button.x() for button in self.buttons.values()) - 24
        baseline = self.height() / 2 + font.pixelSize() * 0.36
        painter.drawText(12, round(baseline), elided(QFontMetricsF(font), self._how, room))


class Arranging:
    """Does the acts that are about panels."""

    def __init__(self, docks: Docks, panels: tuple[Panel, ...], screens: Callable[[], int], refuse: Say) -> None:
        """``screens`` counts them; ``refuse`` shows why something is not done."""
        self._docks, self._screens, self._refuse = docks, screens, refuse
        self._panels: Mapping[Act, str] = {panel.act: panel.id for panel in panels}
        self.bar = ArrangeBar(panels)
        self.bar.hide()

    def perform(self, act: Act, context: Context, locked: bool) -> bool:
        """Does ``act`` if it is about panels; whether it was."""
        docks = self._docks
        if act not in (Act.ARRANGE, Act.START_LAYOUT, Act.TWO_SCREENS) and act not in self._panels:
            return False
        if locked:
            self._refuse(act, LOCKED)
        elif act is Act.ARRANGE:
            docks.arrange(not docks.arranging, context)
        elif act is Act.START_LAYOUT:
            docks.begin_anew()
        elif act is Act.TWO_SCREENS and self._screens() < 2:
            self._refuse(act, ONE_SCREEN)
        elif act is Act.TWO_SCREENS:
            docks.begin_anew(Start.TWO_SCREENS)
        else:
            docks.toggle(self._panels[act])
        self.say(context, locked)
        return True

    def say(self, context: Context, locked: bool) -> None:
        """The lock ends the arranging; what was moved by then is kept."""
        if locked and self._docks.arranging:
            self._docks.arrange(False, context)
        self._docks.set_context(context)
        self.bar.setVisible(self._docks.arranging)
        if self._docks.arranging:
            self.bar.say(context, self._docks)

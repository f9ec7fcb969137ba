"""How the link to every surface's OBS stands, in a sign, a word and a colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.show import Show, SurfaceState, missing_scenes
from studio_console.core.text import Text
from studio_console.core.units import Instant, SurfaceId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.on_air import on_its_way
from studio_console.gui.painting import Line, Lines, elided, rounded
from studio_console.gui.standby_row import SmallButton, StandbyRow

TITLE = Text("출력면", "Surfaces")
CONNECTED = Text("● 연결됨", "● connected")
CONNECTING = Text("○ 연결 중", "○ connecting")
LOST = Text("✕ 끊김 {since}", "✕ lost {since}")
GIVEN_UP = Text("✕ 끊김, 다시 시도 안 함", "✕ lost, not tried again")
DIFFERS = Text("▲ 큐와 다름", "▲ differs from cue")
STUDIO_MODE = Text("▲ 스튜디오 모드", "▲ studio mode")
CHANGING = Text("▲ 장면 모음 바뀌는 중", "▲ collection changing")
MISSING = Text("▲ 장면 {count}개 없음", "▲ {count} scenes missing")
NOTHING_SEEN = Text("아직 송출 없음", "nothing seen yet")
SWITCH_OFF = Text("끄기", "Turn off")
RECONNECT = Text("다시 연결", "Reconnect")
ROOMY = 2
"""So many surfaces have two lines each; more have one."""


class SurfaceTile(QWidget):
    """One surface: its title, how it stands, what it shows or why not, and below or beside it its standby."""

    studio_mode_off = Signal(object)
    reconnect = Signal(object)

    def __init__(self, name: SurfaceId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.lines = Lines(self)
        self.button = SmallButton(self)
        self.button.hide()
        self.standby = StandbyRow(name, self)
        self.standby.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.lines, 1)
        row.addWidget(self.button)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(1)
        self._both.addLayout(row, 1)
        self._both.addWidget(self.standby, 1)
        self._wanted = self.studio_mode_off
        self.button.clicked.connect(self._clicked)

    def show_state(self, context: Context, show: Show, state: SurfaceState, now: Instant, narrow: bool) -> None:
        """``narrow``: there is one line for it."""
        word, colour = link_word(context, show, self.name, state)
        if narrow and colour is theme.GREEN and state.standby is not None:
            word = word[:1]
        detail = context.say(NOTHING_SEEN)
        if not state.connected:
            detail = context.say(state.lost_reason) if state.lost_reason is not None else ""
        elif state.seen is not None:
            detail = f"‘{state.seen}’"
        one_line = narrow or state.standby is not None
        lines = [
            Line(
                word,
                1.0,
                True,
                colour,
                head=context.say(context.surface(self.name)),
                head_colour=theme.TEXT,
                most=1 if one_line else 2,
            )
        ]
        if not one_line:
            lines.append(Line(detail, 0.9, False, theme.QUIET, most=1 if state.connected else 2))
        self.lines.set_lines(lines)
        self.lines.setToolTip(f"{word}\n{detail}" if one_line else detail)
        standby = state.standby
        given_up = (state.final and not state.connected) or (standby is not None and standby.final)
        studio_mode = (state.connected and state.studio_mode) or (standby is not None and standby.studio_mode)
        self._wanted = self.reconnect if given_up else self.studio_mode_off
        self.button.height_factor = 1.5 if one_line else 1.9
        self.button.set_text(context.say(RECONNECT if given_up else SWITCH_OFF))
        self.button.setVisible(given_up or studio_mode)
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if narrow else directions.TopToBottom)
        self._both.setSpacing(8 if narrow else 1)
        self._both.setStretch(0, 1)
        self._both.setStretch(1, 2 if narrow else 1)
        self.standby.setVisible(standby is not None)
        if standby is not None:
            self.standby.show_state(context, show, standby, now, narrow)

    def _clicked(self) -> None:
        self._wanted.emit(self.name)


class SurfacesBar(QWidget):
    """All surfaces, below each other."""

    studio_mode_off = Signal(object)
    """The ``SurfaceId`` whose studio mode is to be switched off."""
    reconnect = Signal(object)
    """The ``SurfaceId`` that was given up and is to be tried again."""
    align = Signal(object)
    """The ``SurfaceId`` whose standby is to be brought into line."""
    arm_promote = Signal(object)
    """The ``SurfaceId`` whose standby is to be promoted soon."""
    let_go = Signal()
    """Nothing is to be armed any more."""
    promote = Signal(object)
    """The ``SurfaceId`` whose standby, armed, is to be promoted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[SurfaceId, SurfaceTile] = {}
        self._title = ""
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def show_state(self, context: Context, show: Show, now: Instant) -> None:
        title = context.say(TITLE)
        if title != self._title:
            self._title = title
            self.update()
        for name in [name for name in self.tiles if name not in show.surfaces]:
            tile = self.tiles.pop(name)
            self._column.removeWidget(tile)
            tile.deleteLater()
        for name, state in show.surfaces.items():
            if name not in self.tiles:
                self.tiles[name] = tile = SurfaceTile(name, self)
                tile.studio_mode_off.connect(self.studio_mode_off)
                tile.reconnect.connect(self.reconnect)
                tile.standby.align.connect(self.align)
                tile.standby.arm.connect(self.arm_promote)
                tile.standby.let_go.connect(self.let_go)
                tile.standby.promote.connect(self.promote)
                self._column.insertWidget(self._column.count() - 1, tile)
            self.tiles[name].show_state(context, show, state, now, len(show.surfaces) > ROOMY)
        self._column.setContentsMargins(14, round(self.font().pixelSize() * 2.1), 12, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        paint_heading(painter, self, self._title)


def paint_heading(painter: QPainter, widget: QWidget, title: str, tail: str = "") -> None:
    """A panel's quiet title; ``tail`` stands at the right."""
    font = theme.sized(widget.font(), 0.92)
    painter.setFont(font)
    painter.setPen(theme.QUIET)
    metrics = QFontMetricsF(font)
    taken = metrics.horizontalAdvance(tail) + 10 if tail else 0.0
    shown = elided(metrics, title, widget.width() - 28 - taken)
    painter.drawText(QPointF(14, font.pixelSize() * 1.6), shown)
    painter.drawText(QPointF(widget.width() - 4 - taken, font.pixelSize() * 1.6), tail)


def link_word(context: Context, show: Show, name: SurfaceId, state: SurfaceState) -> tuple[str, QColor]:
    """How the surface stands, the worst first."""
    say = context.say
    if not state.connected:
        if state.lost_reason is None:
            return say(CONNECTING), theme.QUIET
        if state.final:
            return say(GIVEN_UP), theme.RED
        since = clock_text(state.lost_at, context.zone) if state.lost_at is not None else ""
        return say(LOST, since=since), theme.RED
    if state.changing:
        return say(CHANGING), theme.AMBER
    if state.studio_mode:
        return say(STUDIO_MODE), theme.AMBER
    missing = missing_scenes(show, name)
    if missing:
        return say(MISSING, count=len(missing)), theme.AMBER
    if state.differs and not on_its_way(show, name):
        return say(DIFFERS), theme.AMBER
    return say(CONNECTED), theme.GREEN

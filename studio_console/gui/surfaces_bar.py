"""How the link to every surface's OBS stands, in a sign, a word and a colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.show import Show, SurfaceState, missing_scenes
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.on_air import on_its_way
from studio_console.gui.painting import Line, Lines, elided, rounded

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


IN_FULL = 2
"""So many surfaces have room for two lines each."""


class SmallButton(QAbstractButton):
    """A word to click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        font = theme.sized(self.font(), 0.94, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self.text()) + self.font().pixelSize() * 1.6
        return QSize(round(width), round(self.font().pixelSize() * 1.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.AMBER_GROUND, theme.AMBER, 1.5)
        painter.setFont(theme.sized(self.font(), 0.94, bold=True))
        painter.setPen(theme.AMBER)
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self.text())


class SurfaceTile(QWidget):
    """One surface: its title, how it stands, what it shows or why not."""

    studio_mode_off = Signal(object)
    reconnect = Signal(object)

    def __init__(self, name: SurfaceId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.lines = Lines(self)
        self.button = SmallButton(self)
        self.button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.lines, 1)
        row.addWidget(self.button)
        self._wanted = self.studio_mode_off
        self.button.clicked.connect(self._clicked)

    def show_state(self, context: Context, show: Show, state: SurfaceState, short: bool = False) -> None:
        """``short``: in one line, what it shows where all is well, else what is wrong."""
        word, colour = link_word(context, show, self.name, state)
        detail = context.say(NOTHING_SEEN)
        if not state.connected:
            detail = context.say(state.lost_reason) if state.lost_reason is not None else ""
        elif state.seen is not None:
            detail = f"‘{state.seen}’"
        title = context.say(context.surface(self.name))
        if short:
            well = state.connected and colour == theme.GREEN and state.seen is not None
            words = f"● {state.seen}" if well else word
            lines = [Line(words, 1.0, not well, colour, head=title, head_colour=theme.TEXT)]
        else:
            lines = [
                Line(word, 1.0, True, colour, head=title, head_colour=theme.TEXT, most=2),
                Line(detail, 0.9, False, theme.QUIET, most=1 if state.connected else 2),
            ]
        self.lines.set_lines(lines)
        self.lines.setToolTip(detail)
        given_up = state.final and not state.connected
        self._wanted = self.reconnect if given_up else self.studio_mode_off
        self.button.setText(context.say(RECONNECT if given_up else SWITCH_OFF))
        self.button.setVisible(given_up or (state.connected and state.studio_mode))

    def _clicked(self) -> None:
        self._wanted.emit(self.name)


class SurfacesBar(QWidget):
    """All surfaces, below each other."""

    studio_mode_off = Signal(object)
    """The ``SurfaceId`` whose studio mode is to be switched off."""
    reconnect = Signal(object)
    """The ``SurfaceId`` that was given up and is to be tried again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[SurfaceId, SurfaceTile] = {}
        self._title = ""
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def show_state(self, context: Context, show: Show) -> None:
        title = context.say(TITLE)
        if title != self._title:
            self._title = title
            self.update()
        for name in [name for name in self.tiles if name not in show.surfaces]:
            tile = self.tiles.pop(name)
            self._column.removeWidget(tile)
            tile.deleteLater()
        short = len(show.surfaces) > IN_FULL
        for name, state in show.surfaces.items():
            if name not in self.tiles:
                self.tiles[name] = SurfaceTile(name, self)
                self.tiles[name].studio_mode_off.connect(self.studio_mode_off)
                self.tiles[name].reconnect.connect(self.reconnect)
                self._column.insertWidget(self._column.count() - 1, self.tiles[name])
            self.tiles[name].show_state(context, show, state, short)
        self._column.setContentsMargins(14, round(self.font().pixelSize() * 2.1), 12, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        paint_heading(painter, self, self._title)


def paint_heading(painter: QPainter, widget: QWidget, title: str) -> None:
    """A panel's quiet title."""
    font = theme.sized(widget.font(), 0.92)
    painter.setFont(font)
    painter.setPen(theme.QUIET)
    shown = elided(QFontMetricsF(font), title, widget.width() - 28)
    painter.drawText(QPointF(14, font.pixelSize() * 1.6), shown)


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

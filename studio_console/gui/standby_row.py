"""How a surface's standby OBS stands, and the presses that bring it into line and promote it.

Promoting is armed by one button and done by another at another place: a double click arms and lets go again.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from studio_console.core.arming import armed_for
from studio_console.core.presses import Grave
from studio_console.core.show import Show, StandbyState
from studio_console.core.standby import standby_differs
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Instant, SurfaceId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.painting import Line, Lines, rounded

STANDBY = Text("대기", "Standby")
SHORT = Text("대기", "Stby")
FORMER = Text("대기(전 본 OBS)", "Standby (was main)")
SHORT_FORMER = Text("대기⇄", "Stby⇄")
IN_LINE = Text("✓ 같음", "✓ in line")
CONNECTING = Text("○ 연결 중", "○ connecting")
LOST = Text("✕ 끊김", "✕ lost")
CHANGING = Text("▲ 장면 모음", "▲ collection")
STUDIO_MODE = Text("▲ 스튜디오 모드", "▲ studio mode")
FAILED = Text("▲ 전환 실패", "▲ did not take")
DIFFERS = Text("▲ 다른 장면", "▲ other scene")
DRIFT = Text("▲ 차이 {count}", "▲ {count} differ")
ALIGN = Text("맞추기", "Align")
ARM = Text("승격 준비", "Arm promote")
SHORT_ARM = Text("승격…", "Promote…")
LET_GO = Text("취소", "Cancel")
PROMOTE = Text("승격 {left}", "Promote {left}")
ALIGN_TIP = Text("대기 OBS를 본 OBS의 장면으로 맞춥니다", "Takes the main OBS's scene to the standby")
ARM_TIP = Text(
    "대기 OBS를 본 OBS로 바꿀 준비({arm}). 15초 안에 ‘승격’({promote})을 누르면 바뀝니다. OBS에 보내는 것은 없습니다",
    "Arms making the standby the main OBS ({arm}); Promote ({promote}) within 15 s does it, and sends nothing to OBS",
)
SHOWS = Text("{address} · 화면 ‘{scene}’", "{address} · shows ‘{scene}’")
MORE = Text("… 외 {count}개", "… and {count} more")


class SmallButton(QAbstractButton):
    """A word to click."""

    def __init__(self, parent: QWidget | None = None, height: float = 1.9) -> None:
        """``height`` is a multiple of the letters' size."""
        super().__init__(parent)
        self.height_factor = height
        self.solid = False
        """It does at once what cannot be taken back."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        font = theme.sized(self.font(), 0.94, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self.text()) + self.font().pixelSize() * 1.3
        return QSize(round(width), round(self.font().pixelSize() * self.height_factor))

    def set_text(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, letters = (theme.RED_SOLID, theme.WHITE) if self.solid else (theme.AMBER_GROUND, theme.AMBER)
        rounded(painter, QRectF(self.rect()), ground, theme.AMBER, 1.5)
        painter.setFont(theme.sized(self.font(), 0.94, bold=True))
        painter.setPen(letters)
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self.text())


class QuietButton(SmallButton):
    """For what is seldom wanted: it must be there and not be loud."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.LINE if self.underMouse() else theme.RAISED)
        painter.setFont(theme.sized(self.font(), 0.94, bold=True))
        painter.setPen(theme.TEXT)
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self.text())


class StandbyRow(QWidget):
    """One line: a word on the standby, and its buttons."""

    align = Signal(object)
    arm = Signal(object)
    let_go = Signal()
    promote = Signal(object)

    def __init__(self, name: SurfaceId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.lines = Lines(self)
        self.align_button = SmallButton(self, 1.5)
        self.promote_button = SmallButton(self, 1.5)
        self.promote_button.solid = True
        self.arm_button = QuietButton(self, 1.5)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.lines, 1)
        for button in (self.align_button, self.promote_button, self.arm_button):
            button.hide()
            row.addWidget(button)
        self._armed = False
        self.align_button.clicked.connect(self._align)
        self.promote_button.clicked.connect(self._promote)
        self.arm_button.clicked.connect(self._arm)

    def show_state(self, context: Context, show: Show, standby: StandbyState, now: Instant, narrow: bool) -> None:
        """``narrow``: beside its surface's words, and not below them."""
        say = context.say
        word, colour = standby_word(context, show, self.name, standby)
        if narrow:
            word = word if colour is theme.AMBER and not standby_differs(show, self.name) else word[:1]
            head = say(SHORT_FORMER if standby.former_main else SHORT)
        else:
            head = say(FORMER if standby.former_main else STANDBY)
        self.lines.set_lines([Line(word, 1.0, True, colour, head=head, head_colour=theme.TEXT)])
        self.lines.setToolTip(_tip(context, standby))
        left = armed_for(show, Grave.PROMOTE_STANDBY, self.name, now)
        self._armed = left is not None
        self.align_button.set_text(say(ALIGN))
        self.align_button.setToolTip(say(ALIGN_TIP))
        self.align_button.setVisible(not self._armed and standby_differs(show, self.name))
        self.promote_button.set_text(say(PROMOTE, left=-(-(left or 0) // SECOND)))
        self.promote_button.setVisible(self._armed)
        tip = say(ARM_TIP, arm=KEYS[Act.ARM_PROMOTE].shown, promote=KEYS[Act.CONFIRM].shown)
        self.promote_button.setToolTip(tip)
        self.arm_button.set_text(say(LET_GO if self._armed else SHORT_ARM if narrow else ARM))
        self.arm_button.setToolTip(tip)
        self.arm_button.setVisible(self._armed or standby.connected)

    def _align(self) -> None:
        self.align.emit(self.name)

    def _arm(self) -> None:
        if self._armed:
            self.let_go.emit()
        else:
            self.arm.emit(self.name)

    def _promote(self) -> None:
        self.promote.emit(self.name)


def standby_word(context: Context, show: Show, name: SurfaceId, standby: StandbyState) -> tuple[str, QColor]:
    """How the standby stands, the worst first."""
    say = context.say
    if not standby.connected:
        return (say(CONNECTING), theme.QUIET) if standby.reason is None else (say(LOST), theme.AMBER)
    for wrong, word in (
        (standby.changing, CHANGING),
        (standby.studio_mode, STUDIO_MODE),
        (standby.reason is not None, FAILED),
        (standby_differs(show, name), DIFFERS),
    ):
        if wrong:
            return say(word), theme.AMBER
    if standby.drift_count:
        return say(DRIFT, count=standby.drift_count), theme.AMBER
    return say(IN_LINE), theme.GREEN


def _tip(context: Context, standby: StandbyState) -> str:
    lines = [context.say(SHOWS, address=standby.address, scene=standby.scene or "?")]
    if standby.reason is not None:
        lines.append(context.say(standby.reason))
    lines += [context.say(line) for line in standby.drift]
    if standby.drift_count > len(standby.drift):
        lines.append(context.say(MORE, count=standby.drift_count - len(standby.drift)))
    return "\n".join(lines)

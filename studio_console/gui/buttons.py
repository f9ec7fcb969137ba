"""A button that carries its key, and shows when what it stands for was refused."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio_console.gui import theme
from studio_console.gui.keys import Act, key_text
from studio_console.gui.painting import elided, fitted, rounded, shrunk, wrapped

REFUSAL_SHOWN = 3000
"""How long a refusal is to be seen, in ms."""
BLINK = 150
BLINKS = 6
LEAST = 0.8
"""So much smaller letters may become before words are cut."""


class KeyButton(QAbstractButton):
    """Label above, key below. Never takes the focus, so that no key is swallowed by it."""

    def __init__(self, act: Act, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.act = act
        self._label = ""
        self._note = ""
        self._on = False
        self._bright = False
        self._blinks = 0
        self._flash = QTimer(self)
        self._flash.setInterval(BLINK)
        self._flash.timeout.connect(self._blink)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.calm)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(action.trigger)

    @property
    def label(self) -> str:
        return self._label

    @property
    def flashing(self) -> bool:
        """Whether a refusal is being shown."""
        return self._over.isActive()

    @property
    def key(self) -> str:
        """The key as this system writes it."""
        return key_text(self.act)

    def set_label(self, label: str, note: str = "", on: bool = False) -> None:
        """``note`` says more in small; ``on`` marks a state that holds, such as a hold."""
        if (label, note, on) != (self._label, self._note, self._on):
            self._label, self._note, self._on = label, note, on
            self.setAccessibleName(f"{label} {note} ({self.key})")
            self.setToolTip("")
            self.update()

    def flash(self) -> None:
        """Shows for 3 s that this was refused; blinks first, to be seen from the corner of the eye."""
        self._bright, self._blinks = True, BLINKS
        self._flash.start()
        self._over.start(REFUSAL_SHOWN)
        self.update()

    def _blink(self) -> None:
        self._blinks -= 1
        self._bright = not self._bright or self._blinks <= 0
        if self._blinks <= 0:
            self._flash.stop()
        self.update()

    def calm(self) -> None:
        """What was refused is shown no longer."""
        self._flash.stop()
        self._over.stop()
        self._bright = False
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(90, 56)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, colour, quiet, frame = self._colours()
        box = (
            QRectF(self.rect()).adjusted(0, 1, 0, -1)
            if not self.isDown()
            else QRectF(self.rect()).adjusted(2, 3, -2, -1)
        )
        rounded(painter, box, ground, frame, 3 if self.flashing else 2)
        self.paint_words(painter, box, colour, quiet)

    def paint_words(self, painter: QPainter, box: QRectF, colour: QColor, quiet: QColor) -> None:
        base = self.font()
        inner = box.adjusted(5, 3, -5, -3)
        name = f"✕ {self._label}" if self.flashing else self._label
        font = theme.sized(base, 1.0, bold=True)
        _centred(painter, font, colour, inner, inner.center().y() - base.pixelSize() * 0.22, name)
        note = f"{self._note} · {self.key}" if self._note else self.key
        _centred(painter, theme.sized(base, 0.84), quiet, inner, inner.center().y() + base.pixelSize() * 1.12, note)

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor | None]:
        if self.flashing:
            ground = theme.AMBER_GROUND if self._bright else theme.RAISED
            return ground, theme.AMBER, theme.TEXT, theme.AMBER
        if self._on:
            return theme.BLUE_GROUND, theme.BLUE, theme.TEXT, theme.BLUE
        if self.underMouse():
            return theme.LINE, theme.WHITE, theme.TEXT, None
        return theme.RAISED, theme.TEXT, theme.QUIET, None


class GoButton(KeyButton):
    """Says what GO will do and what speaks against it."""

    def __init__(self, act: Act, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(act, action, parent)
        self._target = ""
        self._doubts = ""
        self._grave = False
        self._locked = False
        self._armed = False
        self._refusal = ""

    @property
    def target(self) -> str:
        return self._target

    @property
    def doubts(self) -> str:
        return self._doubts

    @property
    def locked(self) -> bool:
        """Whether it has to be armed first."""
        return self._locked

    def set_target(self, target: str, doubts: str, grave: bool, locked: bool = False, armed: bool = False) -> None:
        """``target`` is what Space does; ``grave`` if the picture will not get out as wanted.

        ``locked`` until it is ``armed``, where it has to be.
        """
        state = (target, doubts, grave, locked, armed)
        if state != (self._target, self._doubts, self._grave, self._locked, self._armed):
            self._target, self._doubts, self._grave, self._locked, self._armed = state
            self.setAccessibleName(f"{self.label} {target} {doubts}")
            self.update()

    def set_refusal(self, reason: str) -> None:
        self._refusal = reason
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(170, 90)

    def paint_words(self, painter: QPainter, box: QRectF, colour: QColor, quiet: QColor) -> None:
        base = self.font()
        inner = box.adjusted(10, 6, -10, -6)
        small = theme.sized(base, 0.96, bold=True)
        step = base.pixelSize() * 1.36
        words = self._refusal if self.flashing and self._refusal else self._doubts
        lines = wrapped(small, words, inner.width(), 2) if words else []
        bottom = inner.bottom() - base.pixelSize() * 0.3
        for line in reversed(lines):
            _centred(painter, small, theme.AMBER if self.flashing else colour, inner, bottom, line)
            bottom -= step
        target = theme.sized(base, 1.05, bold=True)
        for line in reversed(wrapped(target, self._target, inner.width(), 2) if self._target else []):
            _centred(painter, target, colour, inner, bottom, line)
            bottom -= step
        bottom += step
        room = QRectF(inner.left(), inner.top(), inner.width(), bottom - target.pixelSize() * 1.15 - inner.top())
        font = fitted(base, "GO", room.width() * 0.8, min(room.height(), base.pixelSize() * 3.2))
        cap = QFontMetricsF(font).capHeight()
        _centred(painter, font, colour, inner, room.center().y() + cap / 2, "✕ GO" if self.flashing else "GO")

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor | None]:
        if self.flashing:
            return (theme.AMBER_GROUND if self._bright else theme.RAISED), theme.WHITE, theme.TEXT, theme.AMBER
        if not self._target:
            return theme.RAISED, theme.QUIET, theme.QUIET, None
        if self._locked:
            return theme.AMBER_GROUND, theme.AMBER, theme.TEXT, theme.AMBER
        frame = theme.AMBER if self._grave else theme.WHITE if self._armed else None
        return theme.GREEN_SOLID, theme.WHITE, theme.WHITE, frame


def _centred(painter: QPainter, font: QFont, colour: QColor, box: QRectF, baseline: float, text: str) -> None:
    font = shrunk(font, text, box.width(), LEAST)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    shown = elided(metrics, text, box.width())
    painter.drawText(QPointF(box.center().x() - metrics.horizontalAdvance(shown) / 2, baseline), shown)

"""The TD's "stand by": over the whole width, until the stage says that it was heard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.show import Show
from studio_console.core.speaker_rows import unheard
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.keys import written
from studio_console.gui.painting import elided, rounded
from studio_console.gui.stage.keys import STAGE_KEYS, StageAct

STANDBY = Text("▲ TD 스탠바이 {clock} · {cue} {title}", "▲ TD says stand by {clock} · {cue} {title}")
HEAR = Text("{key} 확인", "{key} heard")


class StandbyBanner(QAbstractButton):
    """A button: pressing it is saying that it was heard."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = self._tail = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(action.trigger)
        self.hide()

    @property
    def words(self) -> str:
        return self._words

    def show_state(self, context: Context, show: Show) -> None:
        cue = unheard(show)
        at = show.pointer.called_at
        self.setVisible(cue is not None)
        if cue is None or at is None:
            return
        say = context.say
        words = say(STANDBY, clock=clock_text(at, context.zone), cue=cue.number, title=cue.title)
        tail = say(HEAR, key=written(STAGE_KEYS[StageAct.ACKNOWLEDGE]))
        if (words, tail) != (self._words, self._tail):
            self._words, self._tail = words, tail
            self.setAccessibleName(f"{words} {tail}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, round(self.font().pixelSize() * 2.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        letters = self.font().pixelSize()
        box = QRectF(self.rect())
        rounded(painter, box, theme.AMBER_GROUND, theme.AMBER, 3)
        inner = box.adjusted(letters, 0, -letters, 0)
        font = theme.sized(self.font(), 1.25, True)
        metrics = QFontMetricsF(font)
        baseline = inner.center().y() + letters * 0.42
        painter.setFont(font)
        painter.setPen(theme.AMBER)
        tail = metrics.horizontalAdvance(self._tail)
        painter.drawText(QPointF(inner.right() - tail, baseline), self._tail)
        painter.setPen(theme.TEXT)
        room = inner.width() - tail - letters
        painter.drawText(QPointF(inner.left(), baseline), elided(metrics, self._words, room))

"""오늘 Today: the day as a line, planned above, projected below. A click moves the view and never the air."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.clocktext import clock_text, over_text
from studio_console.core.day_line import CueBlock, DayLine, HardMark, SessionBlock, day_line
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.timing import CueState, Projection
from studio_console.core.units import MINUTE, SECOND, CueId, Instant
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.painting import elided, rounded
from studio_console.gui.surfaces_bar import paint_heading

TITLE = Text("오늘", "Today")
LEGEND = Text("위 계획 · 아래 예상 · ◷ 고정", "above planned · below projected · ◷ fixed")
NOW = Text("지금 {clock}", "now {clock}")
NO_DAY = Text("열린 날이 없습니다", "no day is open")
LOOKS: dict[CueState, tuple[QColor, QColor]] = {
    CueState.ON_AIR: (theme.RED_SOLID, theme.WHITE),
    CueState.TAKING: (theme.AMBER_GROUND, theme.AMBER),
    CueState.NEXT: (theme.GREEN_SOLID, theme.WHITE),
    CueState.UPCOMING: (theme.LINE, theme.TEXT),
}
LOUD = (CueState.NEXT, CueState.TAKING, CueState.ON_AIR)
OVER = (theme.RAISED, theme.DIM)
PAD = 12


class Today(QWidget):
    wanted = Signal(object)
    """The ``CueId`` of the first cue of a session that was clicked, or of a cue: the view is to go there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._line: DayLine | None = None
        self._now = Instant(0)
        self._said: tuple[object, ...] = ()
        self._places: list[tuple[QRectF, CueId]] = []
        self._small = self.font()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_state(self, context: Context, show: Show, projection: Projection) -> None:
        """Painted again when something of it moved by what can be seen: at most once a second."""
        if not self.isVisible():
            return
        # What devices report moves nothing here.
        moves = (show.plan, show.on_air, show.taking, show.pointer, show.edits, show.runs)
        said = (context, *moves, projection.now // SECOND)
        if said == self._said:
            return
        self._said = said
        self._context, self._line, self._now = context, day_line(show, projection), projection.now
        self.setAccessibleName(self.words)
        self.update()

    @property
    def line(self) -> DayLine | None:
        return self._line

    @property
    def words(self) -> str:
        """What it says, a line each session."""
        context, line = self._context, self._line
        if context is None:
            return ""
        if line is None:
            return context.say(NO_DAY)
        return "\n".join([context.say(TITLE), *(self._session_words(context, entry) for entry in line.sessions)])

    def x_of(self, at: Instant) -> float:
        """Where an instant is drawn."""
        line = self._line
        assert line is not None
        margin = max(MINUTE, (line.end - line.start) // 50)
        share = (at - line.start + margin) / (line.end - line.start + 2 * margin)
        return PAD + share * (self.width() - 2 * PAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 60)

    def sizeHint(self) -> QSize:
        return QSize(480, 130)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for rect, cue in self._places:
            if rect.contains(event.position()):
                self.wanted.emit(cue)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        context, line = self._context, self._line
        self._places = []
        self._small = theme.sized(self.font(), 0.86)
        if context is None:
            return
        paint_heading(painter, self, context.say(TITLE))
        size = self.font().pixelSize()
        if line is None:
            painter.drawText(QPointF(14, size * 3.4), context.say(NO_DAY))
            return
        legend = theme.sized(self.font(), 0.82)
        painter.setFont(legend)
        painter.setPen(theme.DIM)
        wide = QFontMetricsF(legend).horizontalAdvance(context.say(LEGEND))
        if wide < self.width() * 0.7:
            painter.drawText(QPointF(self.width() - 14 - wide, size * 1.5), context.say(LEGEND))
        top = size * 3.5  # above: the words of what is fixed
        room = self.height() - top - size * 1.9  # below: the words of now
        high = max(8.0, min(size * 2.4, (room - 4) / 2))
        planned = QRectF(0, top, self.width(), high)
        projected = planned.translated(0, high + 4)
        for entry in line.sessions:
            rect = self._span(entry.start, entry.end, planned)
            painter.fillRect(rect, theme.LINE if entry.start <= self._now < entry.end else theme.RAISED)
            self._places.append((rect, entry.first))
        # What is on air and what is next lie on top: they are never too short to be seen.
        for block in sorted(line.cues, key=lambda block: block.state in LOUD):
            self._paint_cue(painter, block, projected)
        self._paint_hard(painter, context, line, planned, projected)
        self._paint_now(painter, context, planned, projected)
        for entry in line.sessions:
            rect = self._span(entry.start, entry.end, planned)
            running = entry.start <= self._now < entry.end
            words = self._session_words(context, entry)
            self._letters(painter, rect, words, theme.TEXT if running else theme.QUIET)

    # --- its parts

    def _session_words(self, context: Context, entry: SessionBlock) -> str:
        times = "–".join(clock_text(at, context.zone, seconds=False) for at in (entry.start, entry.end))
        late = f" · {over_text(entry.over)}" if abs(entry.over) >= MINUTE else ""
        return f"{context.say(entry.title)} {times}{late}"

    def _paint_cue(self, painter: QPainter, block: CueBlock, row: QRectF) -> None:
        rect = self._span(block.start, block.end, row)
        ground, letters = LOOKS.get(block.state, OVER)
        if block.state in LOUD:
            rect.setWidth(max(rect.width(), 5.0))
        painter.fillRect(rect, ground)
        self._letters(painter, rect, block.cue.number, letters, whole=True)
        self._places.append((rect, block.cue.id))

    def _paint_hard(
        self, painter: QPainter, context: Context, line: DayLine, planned: QRectF, projected: QRectF
    ) -> None:
        font = theme.sized(self.font(), 0.84)
        metrics = QFontMetricsF(font)
        taken = -1e9
        for mark in sorted(line.hard, key=lambda mark: mark.at):
            x = self.x_of(mark.at)
            colour = theme.AMBER if mark.at > self._now else theme.DIM
            pen = QPen(colour, 1.5)
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            # Not through the words of the sessions.
            painter.drawLine(QPointF(x, planned.top() - 3), QPointF(x, planned.top() + 3))
            painter.drawLine(QPointF(x, projected.top() - 3), QPointF(x, projected.bottom()))
            words = self._hard_words(context, mark, mark.missed and mark.at > self._now)
            width = metrics.horizontalAdvance(words)
            left = min(max(4.0, x - width / 2), self.width() - width - 4)
            if left < taken:
                continue
            taken = left + width + 8
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(QPointF(left, planned.top() - 6), words)

    @staticmethod
    def _hard_words(context: Context, mark: HardMark, missed: bool) -> str:
        sign = "▲" if missed else "◷"
        return f"{sign} {clock_text(mark.at, context.zone, seconds=False)}"

    def _paint_now(self, painter: QPainter, context: Context, planned: QRectF, projected: QRectF) -> None:
        x = self.x_of(self._now)
        if not PAD <= x <= self.width() - PAD:
            return
        painter.setPen(QPen(theme.RED, 2))
        painter.drawLine(QPointF(x, planned.top() - 2), QPointF(x, projected.bottom() + 4))
        font = theme.sized(self.font(), 0.84, bold=True)
        words = context.say(NOW, clock=clock_text(self._now, context.zone, seconds=False))
        width = QFontMetricsF(font).horizontalAdvance(words)
        painter.setFont(font)
        left = min(max(4.0, x - width / 2), self.width() - width - 4)
        painter.drawText(QPointF(left, projected.bottom() + 5 + font.pixelSize()), words)

    def _span(self, start: Instant, end: Instant, row: QRectF) -> QRectF:
        left, right = self.x_of(start), self.x_of(end)
        # A gap between neighbours, and never nothing at all.
        return QRectF(left, row.top(), max(1.5, right - left - 1), row.height())

    def _letters(self, painter: QPainter, rect: QRectF, words: str, colour: QColor, whole: bool = False) -> None:
        """Nothing where there is hardly room for a letter: on a long day that is most of it."""
        font = self._small
        if rect.width() < font.pixelSize() * (1.5 if whole else 3):
            return
        metrics = QFontMetricsF(font)
        if whole and metrics.horizontalAdvance(words) + 4 > rect.width():
            return
        painter.setFont(font)
        painter.setPen(colour)
        shown = elided(metrics, words, rect.width() - 8)
        flags = Qt.AlignmentFlag.AlignCenter if whole else Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(2 if whole else 6, 0, -2, 0), int(flags), words if whole else shown)

"""The head of the stage manager's window: the session, the hall's clock, how many are in the hall."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.hall import Crowd, crowd
from studio_console.core.show import Show, position
from studio_console.core.text import Text
from studio_console.core.timing import Projection
from studio_console.gui import theme
from studio_console.gui.context import Context, session_of
from studio_console.gui.headline import HALL_CLOCK, REHEARSAL, REHEARSAL_CLOCK
from studio_console.gui.painting import elided, rounded

TITLE = Text("무대감독", "Stage manager")
IN_HALL = Text("홀 인원", "In the hall")
FEVERS = Text("발열 {count}", "fever {count}")
UNMEASURED = Text("미확인 {count}", "not measured {count}")
NEARLY = Text("▲ 곧 참", "▲ nearly full")
FULL = Text("✕ 참", "✕ FULL")
NOT_COUNTED = Text("명부 없음", "no ledger")


class StageHeader(QWidget):
    """Three parts side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._note = self._clock = self._place = ""
        self._hall: tuple[str, str, str, QColor] = ("", "", "", theme.TEXT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        return " ".join((self._title, self._note, self._clock, self._place, *self._hall[:3]))

    def show_state(self, context: Context, show: Show, projection: Projection) -> None:
        say = context.say
        place = position(show)
        if show.current is None and projection.next is not None:
            place = show.plan.place(projection.next.id) or 0
        session = session_of(show, place)
        title = say(TITLE) if session is None else f"{say(TITLE)} · {say(session.title)}"
        note = say(REHEARSAL) if context.rehearsal else ""
        clock = clock_text(projection.now, context.zone)
        where = say(REHEARSAL_CLOCK if context.rehearsal else HALL_CLOCK)
        fresh = (title, note, clock, where, hall_words(context, show))
        if fresh != (self._title, self._note, self._clock, self._place, self._hall):
            self._title, self._note, self._clock, self._place, self._hall = fresh
            self.setAccessibleName(self.words)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, round(self.font().pixelSize() * 4.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, theme.PANEL)
        base, letters = self.font(), self.font().pixelSize()
        inner = whole.adjusted(letters, 0, -letters, 0)
        clock = theme.sized(base, 2.4, True)
        small = theme.sized(base, 0.95)
        clock_width = QFontMetricsF(clock).horizontalAdvance(self._clock)
        place_width = QFontMetricsF(small).horizontalAdvance(self._place)
        left = inner.center().x() - (clock_width + letters * 0.7 + place_width) / 2
        _draw(painter, clock, theme.WHITE, left, inner.center().y() + letters * 0.86, self._clock)
        _draw(painter, small, theme.QUIET, left + clock_width + letters * 0.7, inner.center().y() + letters * 0.86,
              self._place)  # fmt: skip
        title = theme.sized(base, 1.35, True)
        room = left - inner.left() - letters
        lift = letters * 0.55 if self._note else 0.0
        _draw(painter, title, theme.TEXT, inner.left(), inner.center().y() + letters * 0.5 - lift,
              elided(QFontMetricsF(title), self._title, room))  # fmt: skip
        if self._note:
            _draw(painter, theme.sized(base, 0.9, True), theme.AMBER, inner.left(), inner.center().y() + letters * 1.35,
                  self._note)  # fmt: skip
        right = left + clock_width + letters * 0.7 + place_width + letters
        self._paint_hall(painter, QRectF(right, inner.top(), inner.right() - right, inner.height()))

    def _paint_hall(self, painter: QPainter, box: QRectF) -> None:
        """The count is always there; what is said beside it becomes smaller, and is cut at last."""
        base, letters = self.font(), self.font().pixelSize()
        label, count, rest, colour = self._hall
        plain = colour is theme.TEXT
        big, small = theme.sized(base, 2.0, True), theme.sized(base, 0.95, not plain)
        gap = letters * 0.45
        room = box.width() - QFontMetricsF(big).horizontalAdvance(count) - 2 * gap
        wanted = QFontMetricsF(small).horizontalAdvance(label + rest)
        if wanted > room > 0:
            small = theme.sized(small, max(0.72, room / wanted), not plain)
        room -= QFontMetricsF(small).horizontalAdvance(label)
        rest = elided(QFontMetricsF(small), rest, max(0.0, room))
        baseline = box.center().y() + letters * 0.7
        right = box.right()
        for text, font, ink in (
            (rest, small, theme.QUIET if plain else colour),
            (count, big, colour),
            (label, small, theme.QUIET),
        ):
            width = QFontMetricsF(font).horizontalAdvance(text)
            _draw(painter, font, ink, right - width, baseline, text)
            right -= width + gap


def _draw(painter: QPainter, font: QFont, colour: QColor, left: float, baseline: float, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, baseline), text)


def hall_words(context: Context, show: Show) -> tuple[str, str, str, QColor]:
    """A label, the count, what is said beside it, and the colour that says how full it is, which the words say too."""
    say, count, limit = context.say, show.stage.hall, context.studio.limit
    if count is None:
        return say(IN_HALL), "—", say(NOT_COUNTED), theme.QUIET
    parts = [f"/ {limit}", say(FEVERS, count=count.fevers), say(UNMEASURED, count=count.unmeasured)]
    state = crowd(count.inside, limit, context.studio.hall)
    colour: QColor = theme.TEXT
    if state is Crowd.FULL:
        colour = theme.RED
        parts.insert(1, say(FULL))
    elif state is Crowd.NEARLY:
        colour = theme.AMBER
        parts.insert(1, say(NEARLY))
    return say(IN_HALL), str(count.inside), " · ".join(parts), colour

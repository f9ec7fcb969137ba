"""The four figures that lead: time left on air, over and under, time to the next hard point, the hall's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio_console.core.bells import ringing
from studio_console.core.clocktext import clock_text, countdown_text, length_text, over_text
from studio_console.core.hall import Crowd, crowd
from studio_console.core.reports import Playback
from studio_console.core.show import Phase, Show, cue_of, position
from studio_console.core.text import Text
from studio_console.core.timing import Projection
from studio_console.core.units import SECOND, Duration, datetime_of
from studio_console.core.urgency import Urgency, urgency_of
from studio_console.gui import theme
from studio_console.gui.clip_lines import mark_text
from studio_console.gui.context import Context, date_text, session_of
from studio_console.gui.painting import Line, Lines, elided, fitted, line_height, rounded

HELD = Text("‖ 홀드", "‖ HOLD")
BELL = Text("♪ 종 {mark}", "♪ bell {mark}")
FLASH = 1000
"""ms from one flash of a bell to the next."""
TAKING = Text("전환 중 {cue}", "TAKING {cue}")
UNCONFIRMED = Text("▲ 확인 안 됨", "▲ unconfirmed")
PAUSED = Text("‖ 영상 정지", "‖ clip paused")
ENDED = Text("{cue} 끝남 {clock} · 화면은 그대로", "{cue} ended {clock}, picture stays")
NEVER = Text("첫 큐를 기다립니다", "waiting for the first cue")
OVER_LABEL = Text("지연·여유", "Over/under")
LATE = Text("늦음", "late")
EARLY = Text("빠름", "early")
ON_TIME = Text("정시", "on time")
RELATIVE = Text("시작 기준 {over}", "since start {over}")
HARD_LABEL = Text("고정까지", "To hard time")
HARD_MISSED = Text("▲ 고정 지남", "▲ hard time passed")
NO_HARD = Text("고정 시각 없음", "no hard time ahead")
HARD_END = Text("◷ {clock} 세션 종료", "◷ {clock} session ends")
HALL_CLOCK = Text("홀 시계", "Hall clock")
REHEARSAL_CLOCK = Text("리허설 시계", "Rehearsal clock")
REHEARSAL = Text("◆ 리허설 REHEARSAL", "◆ REHEARSAL 리허설")
ON_AIR_MODE = Text("● 본방 SHOW", "● SHOW 본방")
HALL_COUNT = Text("홀 {inside}/{limit}", "hall {inside}/{limit}")
CROWDS: dict[Crowd, tuple[str, QColor]] = {
    Crowd.ROOM: ("", theme.QUIET),
    Crowd.NEARLY: ("▲ ", theme.AMBER),
    Crowd.FULL: ("✕ ", theme.RED),
}
NO_SESSION = Text("열린 세션 없음", "No session")
SESSION_TIMES = Text("종료 예정 {projected} · 계획 {planned}", "ends {projected} · planned {planned}")


@dataclass(frozen=True, slots=True)
class Face:
    """What one figure shows."""

    label: str
    figure: str
    note: str = ""
    word: str = ""
    """What the colour says, in a word."""
    colour: QColor = theme.TEXT
    ground: QColor = theme.PANEL
    edge: QColor | None = None
    word_colour: QColor | None = None
    """Of the word, where it says something else than the figure."""
    small: bool = False
    """The figure is a dash or a word: nothing to read from afar."""


class Figure(QWidget):
    """A label, one big figure, and a note."""

    def __init__(self, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self._face = Face("", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    @property
    def face(self) -> Face:
        return self._face

    def set_face(self, face: Face) -> None:
        if face != self._face:
            self._face = face
            self.setAccessibleName(" ".join(part for part in (face.label, face.word, face.figure, face.note) if part))
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        face, base = self._face, self.font()
        whole = QRectF(self.rect())
        rounded(painter, whole, face.ground)
        if face.edge is not None:
            painter.fillRect(QRectF(0, 3, 5, whole.height() - 6), face.edge)
        pad = base.pixelSize() * 0.85
        inner = whole.adjusted(pad, pad * 0.4, -pad * 0.7, -pad * 0.35)
        label_font = theme.sized(base, 0.92, bold=face.edge is not None)
        word_font = theme.sized(base, 0.92, bold=True)
        word_width = QFontMetricsF(word_font).horizontalAdvance(face.word)
        top = inner.top() + label_font.pixelSize()
        painter.setFont(word_font)
        painter.setPen(face.word_colour or face.colour)
        painter.drawText(inner.topRight() + QPointF(-word_width, label_font.pixelSize()), face.word)
        painter.setFont(label_font)
        painter.setPen(theme.QUIET if face.edge is None else face.colour)
        room = inner.width() - word_width - pad * 0.5
        painter.drawText(inner.topLeft() + QPointF(0, label_font.pixelSize()),
                         elided(QFontMetricsF(label_font), face.label, room))  # fmt: skip
        note_font = theme.sized(base, 0.92)
        note_height = line_height(note_font)
        box = QRectF(inner.left(), top + pad * 0.2, inner.width(), inner.bottom() - note_height - top - pad * 0.2)
        widest = max(self._widest, face.figure, key=len)
        font = fitted(base, widest, box.width(), box.height())
        if face.small:
            font.setPixelSize(round(font.pixelSize() * 0.6))
        painter.setFont(font)
        painter.setPen(face.colour)
        baseline = box.center().y() + QFontMetricsF(font).capHeight() / 2
        painter.drawText(box.topLeft() + QPointF(0, baseline - box.top()), face.figure)
        painter.setFont(note_font)
        painter.setPen(theme.QUIET if face.ground in (theme.PANEL, theme.RED_GROUND) else face.colour)
        note = elided(QFontMetricsF(note_font), face.note, inner.width())
        painter.drawText(inner.bottomLeft() + QPointF(0, -note_height * 0.22), note)


class Headline(QWidget):
    """The top of the desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Lines(self)
        self.left = Figure("+0:00:00", self)
        self.over = Figure("+00:00", self)
        self.hard = Figure("0:00:00", self)
        self.clock = Figure("00:00:00", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._box = TitleBox(self.title, self)
        for widget, stretch in ((self._box, 30), (self.left, 25), (self.over, 17), (self.hard, 18), (self.clock, 22)):
            row.addWidget(widget, stretch)

    def add_states(self, states: QWidget) -> None:
        """``states`` stand at the right end."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(states, 11)

    def show_state(self, context: Context, show: Show, projection: Projection) -> None:
        self.title.set_lines(title_lines(context, show, projection))
        self.left.set_face(left_face(context, show, projection))
        self.over.set_face(over_face(context, projection))
        self.hard.set_face(hard_face(context, projection))
        self.clock.set_face(clock_face(context, show, projection))


class TitleBox(QWidget):
    """The session's title on a panel."""

    def __init__(self, lines: Lines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines.setParent(self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(lines)
        self._row.setContentsMargins(12, 8, 10, 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 80)

    def sizeHint(self) -> QSize:
        return QSize(200, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), theme.PANEL)


def urgency(show: Show, projection: Projection) -> Urgency:
    """How the countdown of the cue on air stands."""
    clock, take = projection.countdown, show.on_air
    if clock is None or take is None:
        return Urgency.IDLE
    # As the files have it now: its thresholds may have been edited.
    return urgency_of(clock.remaining, (cue_of(show, take.cue.id) or take.cue).timer)


URGENT_LOOKS: dict[Urgency, tuple[QColor, QColor, QColor | None]] = {
    Urgency.IDLE: (theme.QUIET, theme.PANEL, None),
    Urgency.NORMAL: (theme.WHITE, theme.RED_GROUND, theme.RED),
    Urgency.OPEN: (theme.WHITE, theme.RED_GROUND, theme.RED),
    Urgency.WARNING: (theme.AMBER, theme.RED_GROUND, theme.AMBER),
    Urgency.DANGER: (theme.GROUND, theme.AMBER, theme.RED),
    Urgency.OVERTIME: (theme.WHITE, theme.RED_SOLID, theme.WHITE),
}


def left_face(context: Context, show: Show, projection: Projection) -> Face:
    """How much time the cue on air has left."""
    say, clock, take = context.say, projection.countdown, show.on_air
    state = urgency(show, projection)
    colour, ground, edge = URGENT_LOOKS[state]
    if take is None or clock is None:
        return Face(
            say(TAKING, cue=show.taking.cue.number) if show.taking is not None else say(Urgency.IDLE.value),
            "—",
            _idle_note(context, show),
            colour=theme.AMBER if show.taking is not None else colour,
            small=True,
        )
    label = f"ON AIR · {take.cue.number} {say(take.cue.title)}"
    if show.taking is not None:
        label = f"{say(TAKING, cue=show.taking.cue.number)} ← {take.cue.number}"
    if clock.remaining is None:
        return Face(
            label, length_text(clock.elapsed), say(Urgency.OPEN.value), _take_word(context, show), colour, ground, edge
        )
    total = length_text(clock.total) if clock.total is not None else ""
    note = f"{length_text(clock.elapsed)} / {total}"
    word = _take_word(context, show)
    mark = ringing(cue_of(show, take.cue.id) or take.cue, clock.remaining)
    if mark is not None and take.held_since is None:
        # A bell is seen as well as heard: light for half a second, then as before, and again.
        word = say(BELL, mark=mark_text(mark))
        if (mark - clock.remaining) % FLASH < FLASH // 2:
            colour, ground, edge = theme.GROUND, theme.WHITE, theme.AMBER
        return Face(label, countdown_text(clock.remaining), note, word, colour, ground, edge)
    if not word or state is not Urgency.NORMAL:
        word = " · ".join(part for part in (word, say(state.value)) if part)
    return Face(label, countdown_text(clock.remaining), note, word, colour, ground, edge)


def _take_word(context: Context, show: Show) -> str:
    take = show.on_air
    assert take is not None
    if take.held_since is not None:
        return context.say(HELD)
    if take.phase is Phase.UNCONFIRMED:
        return context.say(UNCONFIRMED)
    if show.clip is not None and show.clip.playback is Playback.PAUSED:
        return context.say(PAUSED)
    return ""


def _idle_note(context: Context, show: Show) -> str:
    last = show.history[-1] if show.history else None
    run = show.runs.get(last.cue.id) if last is not None else None
    if run is None:
        return context.say(NEVER)
    return context.say(ENDED, cue=run.number, clock=clock_text(run.ended_at, context.zone, seconds=False))


def over_face(context: Context, projection: Projection) -> Face:
    """Late is plus and amber, early is minus and blue; small, the same since the session's real start."""
    say, over = context.say, projection.over
    note = say(RELATIVE, over=over_text(projection.over_relative))
    if abs(over) < SECOND:
        return Face(say(OVER_LABEL), over_text(over), note, say(ON_TIME))
    word, colour = (LATE, theme.AMBER) if over > 0 else (EARLY, theme.BLUE)
    return Face(say(OVER_LABEL), over_text(over), note, say(word), colour)


def hard_face(context: Context, projection: Projection) -> Face:
    """How long until the next fixed time."""
    say, hard = context.say, projection.hard
    if hard is None:
        return Face(say(HARD_LABEL), "—", say(NO_HARD), small=True, colour=theme.QUIET)
    clock = clock_text(hard.at, context.zone, seconds=False)
    note = say(HARD_END, clock=clock) if hard.cue is None else f"◷ {clock} {hard.cue.number} {say(hard.cue.title)}"
    left = Duration(hard.at - projection.now)
    if left <= -SECOND:
        return Face(say(HARD_LABEL), countdown_text(left), note, say(HARD_MISSED), theme.AMBER)
    return Face(say(HARD_LABEL), countdown_text(left), note)


def clock_face(context: Context, show: Show, projection: Projection) -> Face:
    """What the clock in the hall shows, with its date (after midnight it is another one than the day's), and how many
    are in the hall."""
    label = REHEARSAL_CLOCK if context.rehearsal else HALL_CLOCK
    today = datetime_of(projection.now, context.zone).date()
    word, colour = hall_count(context, show)
    return Face(
        context.say(label),
        clock_text(projection.now, context.zone),
        context.say(date_text(today)) + f" {today.year}",
        word,
        colour=theme.TEXT,
        word_colour=colour,
    )


def hall_count(context: Context, show: Show) -> tuple[str, QColor]:
    """``홀 46/50``, amber and red as the hall fills, with a sign; nothing while nobody has come in today."""
    count = show.stage.hall
    if count is None or not count.visits:
        return "", theme.QUIET
    sign, colour = CROWDS[crowd(count.inside, context.studio.limit, context.studio.hall)]
    return sign + context.say(HALL_COUNT, inside=count.inside, limit=context.studio.limit), colour


def title_lines(context: Context, show: Show, projection: Projection) -> Sequence[Line]:
    """The session, event and day, and whether this is a rehearsal."""
    say = context.say
    place = position(show)
    if show.current is None and projection.next is not None:
        place = show.plan.place(projection.next.id) or 0
    session = session_of(show, place)
    title = session.title if session is not None else NO_SESSION
    mode = (say(REHEARSAL), theme.AMBER) if context.rehearsal else (say(ON_AIR_MODE), theme.RED)
    day = show.day
    lines = [
        Line(title.ko, 1.3, True),
        Line(title.en if title.en != title.ko else "", 1.05, False, theme.TEXT),
        Line(say(day.title if day is not None else context.event.title), 0.92, False, theme.QUIET),
    ]
    span = projection.sessions.get(session.id) if session is not None else None
    times = ""
    if span is not None:
        times = say(
            SESSION_TIMES,
            projected=clock_text(span.projected_end, context.zone, seconds=False),
            planned=clock_text(span.planned_end, context.zone, seconds=False),
        )
    lines.append(Line(times, 0.92, False, theme.QUIET, tail=mode[0], tail_colour=mode[1]))
    return lines

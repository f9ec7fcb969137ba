"""ON AIR and NEXT: what goes out now and what GO brings, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text, length_text, over_text
from studio_console.core.moments import taken_at
from studio_console.core.rundown import TRANSITION_NAMES, Cue, Transition, TransitionKind, Where
from studio_console.core.show import Mark, Phase, Show, SurfaceState, Take
from studio_console.core.stage_marks import acknowledged_at, is_ready
from studio_console.core.text import Text, same
from studio_console.core.timing import CueTime, Projection, counted_end, length_of
from studio_console.core.units import Duration, Instant, PersonId, SurfaceId
from studio_console.gui import theme
from studio_console.gui.clip_lines import clip_lines_next, clip_lines_on_air
from studio_console.gui.context import HALL, Context, local_time
from studio_console.gui.painting import Keep, Line, Lines, rounded
from studio_console.gui.two_step import TAKEN, two_step_words

NOTHING_ON_AIR = Text("송출 중인 큐가 없습니다", "Nothing is on air")
PICTURE_STAYS = Text("{cue} 끝남. 마지막 화면이 그대로 나갑니다", "{cue} is over; its picture stays on")
NOTHING_NEXT = Text("다음 큐가 없습니다", "Nothing is next")
AS_WANTED = Text("✓ 나가는 중", "✓ on air")
UNKNOWN = Text("▲ 알 수 없음, 연결 끊김", "▲ not known, no link")
OTHER = Text("▲ 나가는 화면 ‘{seen}’ ≠ 큐 ‘{wanted}’", "▲ shows ‘{seen}’ ≠ cue ‘{wanted}’")
ON_ITS_WAY = Text("… 전환 중 → {wanted}", "… taking → {wanted}")
KEEPS = Text("바꾸지 않음", "unchanged")
STARTED = Text("시작 {clock}", "since {clock}")
PLANNED = Text("계획 {clock}", "planned {clock}")
PROJECTED = Text("예상 {over}", "projected {over}")
CALLED = Text("✓ 스탠바이 {clock}", "✓ standby {clock}")
READY = Text("준비 Ready ✓", "Ready 준비 ✓")
HEARD = Text("✓ 무대 확인", "✓ stage heard")
NOT_CALLED = Text("스탠바이 전", "no standby yet")
ADDED = Text("시간 {over}", "time {over}")
OPEN_END = Text("열린 길이", "open end")
UNTIL = Text("{clock}까지", "until {clock}")
NEEDS = Text("필요", "Needs")
SPEAKERS = Text("{count}명", "{count} speakers")
MARKS = {
    Mark.EDITED: Text("▲ 송출 중에 큐시트에서 수정됨. 화면은 그대로", "▲ edited while on air; the picture stays"),
    Mark.SKIPPED: Text("▲ 송출 중에 건너뛰기로 표시됨. 화면은 그대로", "▲ set to skip while on air; the picture stays"),
    Mark.DELETED: Text("▲ 송출 중에 큐시트에서 삭제됨. 화면은 그대로", "▲ deleted while on air; the picture stays"),
}
UNCONFIRMED = Text("▲ OBS가 확인하지 않음", "▲ not confirmed by OBS")
SECONDS = Text("{seconds:g}초", "{seconds:g} s")
DEPARTMENTS = (
    ("camera", Text("카메라", "Camera")),
    ("sound", Text("음향", "Sound")),
    ("light", Text("조명", "Light")),
    ("caption", Text("자막", "Caption")),
    ("interpretation", Text("통역", "Interp.")),
    ("stage", Text("무대", "Stage")),
)
POSTS = dict(DEPARTMENTS)
NAMED = 12


class CuePanel(QWidget):
    """A framed panel with a word at its head: red ON AIR or green NEXT."""

    def __init__(self, word: str, colour: QColor, ground: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._colour, self._ground = word, colour, ground
        self._lit = False
        self._head = ""
        self._head_note = ""
        self.body = Lines(self, grow=1.5)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def words(self) -> str:
        return "\n".join((self._word, self._head, self._head_note, self.body.words))

    def set_content(self, lit: bool, head: str, note: str, lines: Sequence[Line]) -> None:
        """``lit`` while there is a cue; ``head`` is its number, ``note`` stands at the right."""
        if (lit, head, note) != (self._lit, self._head, self._head_note):
            self._lit, self._head, self._head_note = lit, head, note
            self.update()
        self.body.set_lines(lines)

    def sizeHint(self) -> QSize:
        return QSize(300, self._head_height() * 7)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._head_height() * 3)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._column.setContentsMargins(16, self._head_height() + 4, 14, 8)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        frame = self._colour if self._lit else theme.LINE
        rounded(painter, whole, theme.PANEL, frame, 3)
        head = QRectF(3, 3, whole.width() - 6, self._head_height() - 3)
        painter.fillRect(head, self._ground if self._lit else theme.RAISED)
        font = theme.sized(self.font(), 1.05, bold=True)
        painter.setFont(font)
        painter.setPen(frame if self._lit else theme.QUIET)
        baseline = head.center().y() + font.pixelSize() * 0.36
        painter.drawText(QPointF(16, baseline), self._word)
        left = 16 + QFontMetricsF(font).horizontalAdvance(self._word) + font.pixelSize() * 0.8
        painter.setPen(theme.WHITE if self._lit else theme.QUIET)
        painter.drawText(QPointF(left, baseline), self._head)
        note_font = theme.sized(self.font(), 0.94)
        painter.setFont(note_font)
        painter.setPen(theme.TEXT)
        width = QFontMetricsF(note_font).horizontalAdvance(self._head_note)
        painter.drawText(QPointF(whole.width() - 14 - width, baseline), self._head_note)

    def _head_height(self) -> int:
        return round(self.font().pixelSize() * 1.9)


def show_on_air(panel: CuePanel, context: Context, show: Show, projection: Projection) -> None:
    """Fills the ON AIR panel."""
    take = show.on_air
    if take is None:
        last = show.history[-1] if show.history else None
        lines = [Line(context.say(NOTHING_ON_AIR), 1.1, True, theme.QUIET)]
        if last is not None:
            lines.append(Line(context.say(PICTURE_STAYS, cue=last.cue.number), colour=theme.QUIET, most=2))
        lines += _surface_lines(context, show)
        panel.set_content(False, "", "", lines)
        return
    note = context.say(STARTED, clock=clock_text(take.started_at, context.zone))
    panel.set_content(True, take.cue.number, note, on_air_lines(context, show, take, projection.now))


def show_next(panel: CuePanel, context: Context, show: Show, projection: Projection) -> None:
    """Fills the NEXT panel."""
    cue = projection.next
    if cue is None:
        panel.set_content(False, "", "", [Line(context.say(NOTHING_NEXT), 1.1, True, theme.QUIET)])
        return
    time = next((row for row in projection.rows if row.cue.id == cue.id), None)
    called_at = show.pointer.called_at if show.pointer.called == cue.id else None
    note = context.say(NOT_CALLED)
    if called_at is not None:
        note = context.say(CALLED, clock=clock_text(called_at, context.zone))
    note = " · ".join((*stage_marks(context, show, cue), note))
    panel.set_content(True, cue.number, note, next_lines(context, show, cue, time, projection.now))


def stage_marks(context: Context, show: Show, cue: Cue) -> list[str]:
    """That the stage has heard the standby, and then that its speakers are ready."""
    if is_ready(show, cue):
        return [context.say(READY)]
    return [context.say(HEARD)] if acknowledged_at(show, cue.id) is not None else []


def on_air_lines(context: Context, show: Show, take: Take, now: Instant) -> list[Line]:
    """Title, marks, speakers, and per surface what is wanted and what is seen."""
    lines = _title_lines(take.cue)
    if take.mark is not Mark.NONE:
        lines.append(Line(context.say(MARKS[take.mark]), 1.0, True, theme.AMBER, most=2))
    if take.phase is Phase.UNCONFIRMED:
        lines.append(Line(context.say(UNCONFIRMED), 1.0, True, theme.AMBER))
    taken = taken_at(show, take.cue)
    if taken is not None:
        lines.append(Line(context.say(TAKEN, clock=clock_text(taken, context.zone)), 1.15, True, theme.WHITE))
    lines += _speaker_lines(context, take.cue, now)
    lines += clip_lines_on_air(context, show, take, now)
    lines += _surface_lines(context, show)
    return lines + _note_lines(context, take.cue, Keep.IF_ROOM)


def next_lines(context: Context, show: Show, cue: Cue, time: CueTime | None, now: Instant) -> list[Line]:
    """Title, times, speakers, layouts, what is needed, and the notes of the departments."""
    lines = _title_lines(cue)
    steps, locked = two_step_words(show, cue, now)
    if steps is not None:
        lines.append(Line(context.say(steps[0], **steps[1]), 1.1, True, theme.AMBER if locked else theme.WHITE, most=2))
    lines.append(Line(" · ".join(_times(context, show, cue, time)), colour=theme.TEXT, most=2, keep=Keep.IF_ROOM))
    lines += _speaker_lines(context, cue, now)
    lines += clip_lines_next(context, show, cue)
    seen = [
        f"{context.say(context.surface(surface))} {context.say(layout if layout is not None else KEEPS)}"
        for surface in context.arranged
        for layout in (context.layout(cue, surface),)
    ]
    lines.append(Line(" · ".join(seen), most=2, gap=0.35))
    needs = [_need(context, need) for need in cue.needs]
    if needs:
        lines.append(Line(" · ".join(needs), head=context.say(NEEDS), most=2, keep=Keep.IF_ROOM))
    return lines + _note_lines(context, cue, Keep.ALWAYS)


def _note_lines(context: Context, cue: Cue, keep: Keep) -> list[Line]:
    lines: list[Line] = []
    for name, department in DEPARTMENTS:
        words = getattr(cue.notes, name)
        if words:
            gap = 0.0 if lines else 0.35
            head = context.say(department)
            lines.append(Line(words, 0.96, head=head, head_colour=theme.BLUE, most=2, gap=gap, keep=keep))
    return lines


def transition_text(transition: Transition) -> Text:
    """``페이드 0.5초`` and ``fade 0.5 s``."""
    name = TRANSITION_NAMES[transition.kind]
    if transition.kind is TransitionKind.CUT:
        return name
    seconds = transition.duration / 1000
    return Text(f"{name.ko} {SECONDS.show('ko', seconds=seconds)}", f"{name.en} {SECONDS.show('en', seconds=seconds)}")


def _title_lines(cue: Cue) -> list[Line]:
    lines = [Line(cue.title.ko, 1.4, True, theme.WHITE, most=2)]
    if cue.title.en != cue.title.ko:
        lines.append(Line(cue.title.en, 1.1, False, theme.TEXT, most=2))
    return lines


def _times(context: Context, show: Show, cue: Cue, time: CueTime | None) -> list[str]:
    say = context.say
    parts: list[str] = []
    if time is not None:
        parts.append(say(PLANNED, clock=clock_text(time.planned_start, context.zone)))
        if time.projected_start is not None:
            parts.append(say(PROJECTED, over=over_text(time.late)))
    length, until = length_of(show, cue), counted_end(show, cue)
    if until is not None:
        parts.append(say(UNTIL, clock=clock_text(until, context.zone, seconds=False)))
    else:
        parts.append(say(OPEN_END) if length is None else length_text(length))
    added = show.edits.added.get(cue.id, Duration(0))
    if added:
        parts.append(say(ADDED, over=over_text(added)))
    parts.append(say(transition_text(cue.transition)))
    return parts


def _speaker_lines(context: Context, cue: Cue, now: Instant) -> list[Line]:
    people = list(cue.speakers)
    if not people:
        return []
    if len(people) <= 2:
        lines = []
        for place, name in enumerate(people):
            label, where, remote = _person(context, name, now)
            colour = theme.BLUE if remote else theme.QUIET
            lines.append(Line(label, 1.05, tail=where, tail_colour=colour, gap=0.0 if place else 0.3))
        return lines
    # How many they are comes first: at the end it would be cut where there is less room.
    parts = [context.say(SPEAKERS, count=len(people))]
    for name in people[:NAMED]:
        person = context.person(name)
        city = context.say(person.city) if person is not None else name
        time = local_time(person, now, context.zone) if person is not None else None
        # A city and its time stay on one line.
        parts.append(f"{city} {context.say(time)}".replace(" ", "\u00a0") if time is not None else city)
    if len(people) > NAMED:
        parts.append("…")
    return [Line(" · ".join(parts), 1.0, most=3, gap=0.3)]


def _person(context: Context, name: PersonId, now: Instant) -> tuple[str, str, bool]:
    person = context.person(name)
    if person is None:
        return name, "", False
    time = local_time(person, now, context.zone)
    if person.where is Where.HALL or time is None:
        return context.say(person.label), context.say(HALL), False
    return context.say(person.label), context.say(Text("원격 {time}", "remote {time}"), time=time), True


def _need(context: Context, need: str) -> str:
    post = POSTS.get(need)
    if post is not None:
        return context.say(post)
    person = context.person(PersonId(need))
    return context.say(person.label if person is not None else same(need))


def _surface_lines(context: Context, show: Show) -> list[Line]:
    lines: list[Line] = []
    for name, state in show.surfaces.items():
        text, colour = surface_words(show, name, state)
        if name in context.studio.surfaces and name not in context.arranged and colour in (theme.GREEN, theme.QUIET):
            continue  # the surfaces' own panel has it; what is wrong is said here too
        head = context.say(context.surface(name))
        said = context.say(text, seen=state.seen or "?", wanted=state.wanted or "?")
        lines.append(Line(said, colour=colour, head=head, most=2, gap=0.0 if lines else 0.35))
    return lines


def on_its_way(show: Show, name: SurfaceId) -> bool:
    """Whether the surface has been asked for the current take and has still time to confirm it."""
    take = show.current
    return take is not None and take.phase is not Phase.UNCONFIRMED and name in take.open_surfaces


def surface_words(show: Show, name: SurfaceId, state: SurfaceState) -> tuple[Text, QColor]:
    """What a surface shows against what is wanted there; ``{seen}`` and ``{wanted}`` are to be filled in."""
    if not state.connected:
        return UNKNOWN, theme.AMBER
    if on_its_way(show, name):
        return ON_ITS_WAY, theme.AMBER
    if state.differs:
        return OTHER, theme.AMBER
    if state.wanted is None:
        return same("{seen}"), theme.QUIET
    return Text(f"{AS_WANTED.ko} · {{seen}}", f"{AS_WANTED.en} · {{seen}}"), theme.GREEN

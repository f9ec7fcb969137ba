"""The one place for what is wrong: alarms of the show, problems of the files, failures of the program itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio_console.core.alarm_book import AlarmKey, is_acknowledged, key_of
from studio_console.core.alarms import Alarm, alarms
from studio_console.core.clocktext import clock_text
from studio_console.core.ports import Load
from studio_console.core.problems import Problem, Severity
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.words import ROLES
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.painting import Line, Lines, rounded
from studio_console.gui.surfaces_bar import paint_heading

TITLE = Text("알림", "Alarms")
COUNTED = Text("알림 · 오류 {errors} · 주의 {warnings}", "Alarms · errors {errors} · warnings {warnings}")
SEEN = Text(" · 확인 {count}", " · seen {count}")
HOW = Text("{one} 확인 · {all} 모두", "{one} seen · {all} all")
NOTHING = Text("✓ 문제 없음", "✓ Nothing is wrong")
TAKEN = Text("{clock} {cue} 송출 확인 {surfaces}", "{clock} {cue} confirmed on air {surfaces}")
KEPT = Text(
    "▲ 저장한 큐시트에 오류가 있어 직전의 올바른 큐시트를 그대로 씁니다. 오른쪽 아래 목록을 보고 고치세요",
    "▲ The saved rundown has errors; the last good one is kept and runs on. Mend what is listed at the lower right",
)
MACHINE_FULL = {
    Load.FEWER: Text("컴퓨터가 바빠 참가자 그림을 줄였습니다", "The computer is busy: guests move less smoothly"),
    Load.KEYFRAMES: Text(
        "컴퓨터가 가득 차 참가자 그림이 띄엄띄엄 나옵니다",
        "The computer is full: pictures of guests come only now and then",
    ),
}
FAILURE = Text("프로그램 내부 오류: {what}. 송출은 계속됩니다", "Internal error: {what}. What is on air goes on")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One entry of the list, ready to be said."""

    severity: Severity
    text: str
    place: str = ""
    hint: str = ""
    since: str = ""
    key: AlarmKey | None = None
    """Of an alarm of the show: it can be acknowledged."""
    seen_by: str = ""
    """Who acknowledged it."""


class ProblemList(QWidget):
    """Scrolls where there is more than fits; errors first, and what was acknowledged dim and last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._how = ""
        self.waiting: Mapping[AlarmKey, Severity] = {}
        """The alarms that nobody has acknowledged, as they stand in the list."""
        self.seen_count = 0
        self._worst: Severity | None = None
        self.body = Lines()
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self.body)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().setStyleSheet(theme.SCROLL_BAR)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._scroll)

    @property
    def words(self) -> str:
        return f"{self._title} {self._how}\n{self.body.words}"

    @property
    def waiting_count(self) -> Mapping[Severity, int]:
        """How many alarms wait for somebody to look at them. What is wrong in files is mended, and not acknowledged."""
        return Counter(self.waiting.values())

    def show_state(
        self,
        context: Context,
        show: Show,
        problems: Sequence[Problem],
        extra: Sequence[Trouble] = (),
        timed: Sequence[Alarm] = (),
    ) -> None:
        """Lists everything; ``extra`` are failures that neither the show nor the files know of.

        ``timed`` are the alarms about guests and outputs: they come with the time too, and not only with the show.
        """
        found = sorted(
            [*extra, *_alarms(context, show, (*alarms(show), *timed)), *_problems(context, problems)],
            key=lambda trouble: (bool(trouble.seen_by), trouble.severity is not Severity.ERROR),
        )
        waiting = [trouble for trouble in found if not trouble.seen_by]
        self.waiting = {trouble.key: trouble.severity for trouble in waiting if trouble.key is not None}
        self.seen_count = len(found) - len(waiting)
        counts = Counter(trouble.severity for trouble in waiting)
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        title = context.say(COUNTED, errors=errors, warnings=warnings) if found else context.say(TITLE)
        if self.seen_count:
            title += context.say(SEEN, count=self.seen_count)
        keys = {"one": KEYS[Act.ACKNOWLEDGE].shown, "all": KEYS[Act.ACKNOWLEDGE_ALL].shown}
        how = context.say(HOW, **keys) if self.waiting else ""
        worst = waiting[0].severity if waiting else None
        if (title, how, worst) != (self._title, self._how, self._worst):
            self._title, self._how, self._worst = title, how, worst
            self.update()
        lines: list[Line] = []
        for trouble in found:
            lines += _lines(trouble)
        if not found:
            lines.append(Line(context.say(NOTHING), 1.0, True, theme.GREEN))
        lines += _confirmed(context, show)
        self._column.setContentsMargins(14, round(self.font().pixelSize() * 2.1), 4, 6)
        self.body.set_lines(lines)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame: QColor | None = None
        if self._worst is not None:
            frame = theme.RED if self._worst is Severity.ERROR else theme.AMBER
        rounded(painter, QRectF(self.rect()), theme.PANEL, frame, 2)
        paint_heading(painter, self, self._title, self._how)

    def _fit(self) -> None:
        width = self._scroll.width() - 16  # with room for its scroll bar, there or not
        if width > 0:
            self.body.resize(width, max(self.body.heightForWidth(width), 1))


def problem_trouble(context: Context, problem: Problem) -> Trouble:
    """A file's problem: what is wrong, where, and what to do."""
    hint = context.say(problem.hint, **problem.values) if problem.hint is not None else ""
    return Trouble(problem.severity, context.say(problem.message, **problem.values), str(problem.place), hint)


def _problems(context: Context, problems: Sequence[Problem]) -> list[Trouble]:
    return [problem_trouble(context, problem) for problem in problems]


def _alarms(context: Context, show: Show, wrong: Sequence[Alarm]) -> list[Trouble]:
    found = []
    for alarm in wrong:
        values = dict(alarm.values)
        if alarm.surface is not None and "surface" in values:
            values["surface"] = context.surface(alarm.surface)
        feed = context.studio.audio.get(str(values.get("feed")))
        if feed is not None:
            values["feed"] = feed.title
        if alarm.output is not None:
            values["output"] = context.output(alarm.output)
        person = context.person(alarm.guest) if alarm.guest is not None else None
        if person is not None:
            values["guest"] = person.label
        key = key_of(alarm)
        noted = show.noted.get(key)
        began = alarm.since if alarm.since is not None or noted is None else noted.at
        since = clock_text(began, context.zone) if began is not None else ""
        by = ""
        if noted is not None and is_acknowledged(show, alarm):
            by = context.say(ROLES[noted.by]) if noted.by in ROLES else noted.by or "✓"
        found.append(Trouble(alarm.severity, context.say(alarm.text, **values), since=since, key=key, seen_by=by))
    return found


def _lines(trouble: Trouble) -> list[Line]:
    if trouble.seen_by:
        tail = f"{trouble.since} ✓ {trouble.seen_by}".strip()
        return [Line(trouble.text, 0.92, colour=theme.DIM, head="✓", head_colour=theme.DIM, tail=tail,
                     tail_colour=theme.DIM, most=2, gap=0.1)]  # fmt: skip
    grave = trouble.severity is Severity.ERROR
    sign, colour = ("✕", theme.RED) if grave else ("▲", theme.AMBER)
    lines = [
        Line(trouble.text, 1.0, grave, theme.TEXT, head=sign, head_colour=colour, tail=trouble.since, most=4, gap=0.1)
    ]
    detail = "  ".join(part for part in (trouble.hint, trouble.place) if part)
    if detail:
        lines.append(Line(detail, 0.92, False, theme.QUIET, head="  ", most=3))
    return lines


def _confirmed(context: Context, show: Show) -> list[Line]:
    """How the take on air was confirmed, surface by surface."""
    take = show.on_air
    if take is None or not take.confirmed:
        return []
    parts = [
        f"{context.say(context.surface(name))} {max(0, at - take.pressed_at)} ms" for name, at in take.confirmed.items()
    ]
    clock = clock_text(take.pressed_at, context.zone)
    words = context.say(TAKEN, clock=clock, cue=take.cue.number, surfaces=" · ".join(parts))
    return [Line(words, 0.92, False, theme.QUIET, most=2, gap=0.2)]

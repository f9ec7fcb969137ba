"""The one place for what is wrong: alarms of the show, problems of the files, failures of the program itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio_console.core.alarms import Alarm, alarms
from studio_console.core.clocktext import clock_text
from studio_console.core.ports import Load
from studio_console.core.problems import Problem, Severity
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.painting import Line, Lines, rounded
from studio_console.gui.surfaces_bar import paint_heading

TITLE = Text("알림", "Alarms and problems")
COUNTED = Text("알림 · 오류 {errors} · 주의 {warnings}", "Alarms and problems · {errors} errors · {warnings} warnings")
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


class ProblemList(QWidget):
    """Scrolls where there is more than fits; errors first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._worst: Severity | None = None
        self.counts = (0, 0)
        """Errors and warnings that are listed."""
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
        return f"{self._title}\n{self.body.words}"

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
            [*extra, *_alarms(context, (*alarms(show), *timed)), *_problems(context, problems)],
            key=lambda trouble: trouble.severity is not Severity.ERROR,
        )
        errors = sum(trouble.severity is Severity.ERROR for trouble in found)
        self.counts = (errors, len(found) - errors)
        title = context.say(COUNTED, errors=errors, warnings=len(found) - errors) if found else context.say(TITLE)
        worst = found[0].severity if found else None
        if (title, worst) != (self._title, self._worst):
            self._title, self._worst = title, worst
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
        paint_heading(painter, self, self._title)

    def _fit(self) -> None:
        width = self._scroll.viewport().width() - 6
        if width > 0:
            self.body.resize(width, max(self.body.heightForWidth(width), 1))


def problem_trouble(context: Context, problem: Problem) -> Trouble:
    """A file's problem: what is wrong, where, and what to do."""
    hint = context.say(problem.hint, **problem.values) if problem.hint is not None else ""
    return Trouble(problem.severity, context.say(problem.message, **problem.values), str(problem.place), hint)


def _problems(context: Context, problems: Sequence[Problem]) -> list[Trouble]:
    return [problem_trouble(context, problem) for problem in problems]


def _alarms(context: Context, wrong: Sequence[Alarm]) -> list[Trouble]:
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
        since = clock_text(alarm.since, context.zone) if alarm.since is not None else ""
        found.append(Trouble(alarm.severity, context.say(alarm.text, **values), since=since))
    return found


def _lines(trouble: Trouble) -> list[Line]:
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

"""Where the surfaces go to: a line for every output, and what is armed to be started or stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.alarms import Alarm
from studio_console.core.clocktext import length_text
from studio_console.core.output_state import Output
from studio_console.core.outputs import OutputPhase, phase_of, run_of
from studio_console.core.show import Show
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text
from studio_console.core.units import HOUR, MINUTE, Duration, Instant
from studio_console.gui import theme
from studio_console.gui.armed_words import armed_words
from studio_console.gui.context import Context
from studio_console.gui.keys import Act, key_text
from studio_console.gui.painting import Line, Lines, line_height, rounded
from studio_console.gui.surfaces_bar import paint_heading

TITLE = Text("스트림·녹화", "Outputs")
WORDS: dict[OutputPhase, tuple[Text, QColor]] = {
    OutputPhase.UNKNOWN: (Text("? 모름", "? unknown"), theme.QUIET),
    OutputPhase.STOPPED: (Text("○ 꺼짐", "○ off"), theme.QUIET),
    OutputPhase.STARTING: (Text("… 시작 중", "… starting"), theme.BLUE),
    OutputPhase.LIVE: (Text("● 나감", "● live"), theme.RED),
    OutputPhase.RECONNECTING: (Text("▲ 재연결 중", "▲ reconnecting"), theme.AMBER),
    OutputPhase.PAUSED: (Text("▲ 일시 정지", "▲ paused"), theme.AMBER),
    OutputPhase.STOPPING: (Text("… 정지 중", "… stopping"), theme.BLUE),
    OutputPhase.FAILED: (Text("▲ 안 나감", "▲ not sending"), theme.AMBER),
}
LINE = Text("→ 회선", "→ line")
RECORDS = Text("● 녹화", "● recording")
LOOK = Text("▲ 확인", "▲ look")
LEFT = Text("{time} 남음", "{time} left")
HOURS = Text("{hours}시간", "{hours} h")
MINUTES = Text("{minutes}분", "{minutes} min")
HINT = Text("{start} 모두 시작 · {stop} 모두 정지 · 줄: 하나", "{start} start all · {stop} stop all · click for one")
UNWATCHED = "unwatched"
"""The alarm that tells nothing of how an output does."""
LONGEST_TOLD = Duration(99 * HOUR)


class _Clickable(Lines):
    """Lines that can be pressed."""

    clicked = Signal()

    def hasHeightForWidth(self) -> bool:
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class OutputRow(_Clickable):
    """One output. Pressed, it is armed to be started or stopped."""

    wanted = Signal(str)
    """The id of the output that was pressed."""

    def __init__(self, output: Output, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.output = output
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if output.kind is not OutputKind.LINE:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._pressed)

    def sizeHint(self) -> QSize:
        return QSize(120, round(line_height(self.font())) + 2)

    minimumSizeHint = sizeHint

    def _pressed(self) -> None:
        self.wanted.emit(self.output.id)


class ArmedBar(_Clickable):
    """What is armed, how it is done, and for how long it still can be. Pressed, it is done."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, theme.AMBER_GROUND, theme.AMBER, 1.5)
        self.paint_lines(painter, whole.adjusted(8, 2, -8, -2))

    def sizeHint(self) -> QSize:
        return QSize(120, round(2 * line_height(self.font())) + 6)

    minimumSizeHint = sizeHint


class OutputsPanel(QWidget):
    """All outputs, below each other; hidden where the hall has none."""

    wanted = Signal(str)
    """The id of an output that is to be armed, or let go if it was."""
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, OutputRow] = {}
        self.armed = ArmedBar()
        self.hint = Lines()
        self._outputs: tuple[Output, ...] = ()
        self._title = ""
        self._column = QVBoxLayout(self)
        self._column.setSpacing(1)
        self._column.addWidget(self.armed)
        self._column.addWidget(self.hint)
        self._column.addStretch(1)
        self.armed.hide()
        self.armed.clicked.connect(self.confirmed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    @property
    def words(self) -> str:
        """Everything it says, a line each."""
        foot = self.armed if not self.armed.isHidden() else self.hint
        return "\n".join([self._title, *(row.words for row in self.rows.values()), foot.words])

    def show_state(self, context: Context, show: Show, now: Instant, alarms: Sequence[Alarm]) -> None:
        """``alarms`` are those of the outputs, at ``now``."""
        self._build(show.rundown.outputs)
        self.setVisible(bool(self.rows))
        title = context.say(TITLE)
        if title != self._title:
            self._title = title
            self.update()
        wrong = {output.id for output in self._outputs for alarm in alarms if _is_about(alarm, output, self._outputs)}
        for row in self.rows.values():
            row.set_lines([_line(context, show, row.output, now, row.output.id in wrong)])
        armed = armed_words(context, show, now)
        if armed is not None:
            how = Line(armed.how, 0.92, False, theme.TEXT)
            self.armed.set_lines([Line(armed.what, 1.0, True, theme.AMBER), how])
            self.armed.show()
            self.hint.hide()
        else:
            keys = {"start": key_text(Act.ARM_START), "stop": key_text(Act.ARM_STOP)}
            self.hint.set_lines([Line(context.say(HINT, **keys), 0.82, colour=theme.DIM, most=2)])
            self.hint.show()
            self.armed.hide()
        self._column.setContentsMargins(14, round(self.font().pixelSize() * 2.1), 12, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        paint_heading(painter, self, self._title)

    def _build(self, outputs: tuple[Output, ...]) -> None:
        if outputs == self._outputs:
            return
        self._outputs = outputs
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = {output.id: OutputRow(output, self) for output in outputs}
        for place, row in enumerate(self.rows.values()):
            row.wanted.connect(self.wanted)
            self._column.insertWidget(place, row)


def _is_about(alarm: Alarm, output: Output, outputs: Sequence[Output]) -> bool:
    """Whether the alarm is of this stream or recording, by whichever destination, or of what its surface shows."""
    if alarm.output is None:
        return alarm.surface == output.surface and alarm.code != UNWATCHED
    return any(other.id == alarm.output and other.key == output.key for other in outputs)


def _line(context: Context, show: Show, output: Output, now: Instant, wrong: bool) -> Line:
    phase = phase_of(show, output)
    word, colour = WORDS[phase]
    if phase is OutputPhase.LIVE:
        if output.kind is OutputKind.LINE:
            word, colour = LINE, theme.QUIET
        elif output.kind is OutputKind.RECORDING:
            word = RECORDS
        if wrong:
            word, colour = LOOK, theme.AMBER
    name = context.say(context.output(output.id))
    figures = " · ".join(_figures(context, show, output, phase, now))
    return Line(figures, 0.92, False, theme.QUIET, head=name, head_colour=theme.TEXT,
                tail=context.say(word), tail_colour=colour)  # fmt: skip


def _figures(context: Context, show: Show, output: Output, phase: OutputPhase, now: Instant) -> list[str]:
    """For how long it has been live, and how it does; of a line nothing is known."""
    run, measures = run_of(show, output), show.measures.get(output.surface)
    if output.kind is OutputKind.LINE or phase is not OutputPhase.LIVE or run.live_since is None:
        return []
    found = [length_text(Duration(now - run.live_since))]
    if measures is None:
        return found
    if output.kind is OutputKind.STREAM and measures.stream.bitrate is not None:
        found.append(f"{measures.stream.bitrate / 1000:.1f} Mb/s")
        if measures.stream.dropped_frames:
            found.append(f"−{measures.stream.dropped_frames}")
    left = measures.record.disk_left
    if output.kind is OutputKind.RECORDING and left is not None:
        hours, minutes = divmod(min(left, LONGEST_TOLD), HOUR)
        time = context.say(HOURS, hours=hours) if hours else context.say(MINUTES, minutes=minutes // MINUTE)
        found.insert(0, context.say(LEFT, time=time))
    return found

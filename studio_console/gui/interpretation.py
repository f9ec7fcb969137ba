"""The interpretation panel: outputs by lines of sound, wanted and seen; an operator's hand; the booths' clocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio_console.core.clocktext import length_text
from studio_console.core.interpretation import Heard, Under
from studio_console.core.presses import InterpreterChanged, SoundOverridden, SoundReleased
from studio_console.core.show import Show
from studio_console.core.text import Text, same
from studio_console.core.units import Instant
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.interpretation_rows import ORIGINAL, SHORT_MARKS, Cell, Matrix, Row, Sign, matrix
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.painting import elided, rounded, shrunk

TITLE = Text("통역", "Interpretation")
FLOOR = Text("플로어 {language}", "floor {language}")
BY_HAND = Text("수동", "By hand")
HAND_OVER = Text("교대", "hand over")
NOT_BEGUN = same("–:–")
CLOSER = {Under.DUCKED: Under.FULL, Under.FULL: Under.OFF, Under.OFF: Under.DUCKED}
"""What the floor under an interpreter becomes at each press."""
VOICES = (Act.SOUND_FIRST, Act.SOUND_SECOND)
HAND_OVERS = (Act.HAND_OVER_FIRST, Act.HAND_OVER_SECOND)
SOUND_ACTS = (
    *(Act.SOUND_ROW, Act.SOUND_FLOOR, *VOICES, Act.SOUND_UNDER, Act.SOUND_KEEP, Act.SOUND_RELEASE),
    *HAND_OVERS,
)
NOTHING_MIXED = Text("콘솔이 소리를 맞추는 출력이 없습니다", "The console mixes the sound of no output")
NOT_BY_HAND = Text("손으로 바꾼 소리가 없습니다", "Nothing was set by hand")
NO_VOICE = Text("통역이 나가고 있지 않습니다", "No interpreter is heard")
LEAST = 0.75
"""So much smaller letters may become before words are cut."""
CAPTIONS = Text("{title} · 자막 {language}", "{title} · captions {language}")
ROW_IN_EMS = 1.5
NARROW_IN_EMS = 30
"""Narrower than this it says everything in short."""
Press = Callable[[], None]


class InterpretationPanel(QWidget):
    """Hidden where the hall has no sound to mix. The marked row is the one that keys are about."""

    def __init__(self, controls: Controls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self._matrix = Matrix((), (), (), "")
        self._context: Context | None = None
        self._row = 0
        self._places: list[tuple[QRectF, Press, str]] = []
        """Where a click does what, and what is told there."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_state(self, context: Context, show: Show, now: Instant) -> None:
        fresh = matrix(context, show, now)
        if fresh == self._matrix and context is self._context:
            return
        resized = len(fresh.rows) != len(self._matrix.rows)
        self._matrix, self._context = fresh, context
        self._row = min(self._row, max(0, len(fresh.rows) - 1))
        self.setVisible(bool(fresh.rows))
        self.setAccessibleName(self.words)
        if resized:
            self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """Everything it says, a line each row."""
        context = self._context
        if context is None:
            return ""
        lines = [self._heading(context)]
        for row in self._matrix.rows:
            parts = [context.say(row.title), *(self._said(context, cell) for cell in row.cells)]
            lines.append(" ".join([*parts, context.say(row.mark)] if row.mark is not None else parts))
        lines += [self._booth(context, place)[0] for place in range(len(self._matrix.booths))]
        return "\n".join(lines)

    def _heading(self, context: Context) -> str:
        floor = self._matrix.floor.upper() or "–"
        return f"{context.say(TITLE)} · {context.say(FLOOR, language=floor)}"

    @staticmethod
    def _said(context: Context, cell: Cell) -> str:
        return f"▲ {context.say(cell.text)}" if cell.wrong else context.say(cell.text)

    def _booth(self, context: Context, place: int) -> tuple[str, bool]:
        booth = self._matrix.booths[place]
        spoken = context.say(NOT_BEGUN) if booth.speaking is None else length_text(booth.speaking)
        key = f" {KEYS[HAND_OVERS[place]].shown}" if place < len(HAND_OVERS) else ""
        sign = "▲ " if booth.due else ""
        return f"{sign}{booth.language.upper()} {spoken} · {context.say(HAND_OVER)}{key}", booth.due

    # --- what is pressed

    def perform(self, act: Act) -> None:
        """What a key does; with what the row shows now."""
        rows = self._matrix.rows
        if act in HAND_OVERS:
            self._hand_over(HAND_OVERS.index(act), act)
        elif not rows:
            self._controls.refused.emit(act, NOTHING_MIXED, {})
        elif act is Act.SOUND_ROW:
            self._row = (self._row + 1) % len(rows)
            self.update()
        elif act is Act.SOUND_FLOOR:
            self._choose(rows[self._row], Heard(), act)
        elif act in VOICES:
            place = VOICES.index(act)
            languages = self._matrix.languages
            voice = languages[place] if place < len(languages) else "?"
            self._choose(rows[self._row], Heard(voice), act)
        elif act is Act.SOUND_UNDER:
            self._under(rows[self._row], act)
        elif act is Act.SOUND_KEEP:
            self._keep(rows[self._row], act)
        else:
            self._release(rows[self._row], act)

    def _choose(self, row: Row, heard: Heard, act: Act, kept: bool = False) -> None:
        self._controls.press(act, lambda press: SoundOverridden(row.surface, heard.voice, heard.under, kept, press))

    def _under(self, row: Row, act: Act) -> None:
        if row.heard.voice:
            self._choose(row, Heard(row.heard.voice, CLOSER[row.heard.under]), act)
        else:
            self._controls.refused.emit(act, NO_VOICE, {})

    def _keep(self, row: Row, act: Act) -> None:
        if row.mark is None:
            self._controls.refused.emit(act, NOT_BY_HAND, {})
        else:
            self._choose(row, row.heard, act, not row.kept)

    def _release(self, row: Row, act: Act) -> None:
        self._controls.press(act, lambda press: SoundReleased(row.surface, press))

    def _hand_over(self, place: int, act: Act) -> None:
        if place < len(self._matrix.booths):
            feed = self._matrix.booths[place].feed
            self._controls.press(act, lambda press: InterpreterChanged(feed, press))

    def _clicked(self, row: Row, column: int) -> None:
        """The floor: what is left of it under the interpreter. A booth: heard, or no longer."""
        if column == 0:
            if row.heard.voice:
                self._under(row, Act.SOUND_UNDER)
            else:
                self._choose(row, Heard(), Act.SOUND_FLOOR)
            return
        voice = self._matrix.languages[column - 1]
        act = VOICES[column - 1] if column <= len(VOICES) else Act.SOUND_FIRST
        self._choose(row, Heard() if row.heard.voice == voice else Heard(voice), act)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        for rect, press, _ in self._places:
            if rect.contains(event.position()):
                press()
                return

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            tip = next((tip for rect, _, tip in self._places if rect.contains(event.pos().toPointF())), "")
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    # --- painting

    @property
    def _narrow(self) -> bool:
        return self.width() < NARROW_IN_EMS * self.font().pixelSize()

    def sizeHint(self) -> QSize:
        rows = len(self._matrix.rows) + 2
        return QSize(300, round((rows * ROW_IN_EMS + 1.0) * self.font().pixelSize()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        self._places.clear()
        context = self._context
        if context is None:
            return
        em = self.font().pixelSize()
        step, left, width = em * ROW_IN_EMS, 12.0, self.width() - 22.0
        top = em * 0.4
        columns = self._columns(left, width)
        self._paint_head(painter, context, columns, top, step)
        top += step
        for place, row in enumerate(self._matrix.rows):
            self._paint_row(painter, context, columns, place, row, top, step)
            top += step
        self._paint_booths(painter, context, left, top + em * 0.15, width, step)

    def _columns(self, left: float, width: float) -> list[tuple[float, float]]:
        """Left edge and width: titles, the floor and each language, what was set by hand."""
        cells = 1 + len(self._matrix.languages)
        title, hand = (width * 0.3, width * 0.24) if self._narrow else (width * 0.32, width * 0.22)
        each = (width - title - hand) / cells
        edges = [left, *(left + title + place * each for place in range(cells)), left + title + cells * each]
        return list(zip(edges, [title, *[each] * cells, hand], strict=True))

    def _paint_head(
        self, painter: QPainter, context: Context, columns: list[tuple[float, float]], top: float, step: float
    ) -> None:
        names: list[tuple[str, Act | None]] = [(context.say(ORIGINAL), Act.SOUND_FLOOR)]
        names += [
            (language.upper(), VOICES[place] if place < len(VOICES) else None)
            for place, language in enumerate(self._matrix.languages)
        ]  # fmt: skip
        names.append((context.say(BY_HAND), Act.SOUND_RELEASE))
        floor = context.say(FLOOR, language=self._matrix.floor.upper() or "–")
        self._text(painter, columns[0], top, step, floor if self._narrow else self._heading(context), theme.QUIET, 0.92)
        for column, (name, act) in zip(columns[1:], names, strict=True):
            with_key = f"{name} {KEYS[act].shown}" if act is not None else name
            font = theme.sized(self.font(), 0.84)
            fits = QFontMetricsF(font).horizontalAdvance(with_key) <= column[1] - 4
            self._text(painter, column, top, step, with_key if fits else name, theme.QUIET, 0.84, centred=True)

    def _paint_row(
        self,
        painter: QPainter,
        context: Context,
        columns: list[tuple[float, float]],
        place: int,
        row: Row,
        top: float,
        step: float,
    ) -> None:
        is_marked = place == self._row and len(self._matrix.rows) > 1
        title = context.say(context.surface(row.surface) if self._narrow else row.title)
        colour = theme.WHITE if is_marked else theme.TEXT
        self._text(
            painter,
            columns[0],
            top,
            step,
            f"▸ {title}" if is_marked else title,
            colour,
            0.96,
            is_marked and not self._narrow,
        )
        rect = QRectF(columns[0][0], top, columns[0][1], step)
        tip = context.say(CAPTIONS, title=context.say(row.title), language=row.captions.upper() or "–")
        self._places.append((rect, partial(self._mark, place), tip))
        for column, cell in enumerate(row.cells):
            x, width = columns[column + 1]
            box = QRectF(x + 2, top + 1, width - 4, step - 2)
            self._paint_cell(painter, context, cell, box)
            if cell.sign is not Sign.ABSENT:
                self._places.append((box, partial(self._clicked, row, column), context.say(cell.tip)))
        if row.mark is not None:
            self._paint_mark(painter, context, row, QRectF(columns[-1][0] + 2, top + 1, columns[-1][1] - 4, step - 2))

    def _mark(self, place: int) -> None:
        self._row = place
        self.update()

    def _paint_cell(self, painter: QPainter, context: Context, cell: Cell, box: QRectF) -> None:
        ground, colour = {
            Sign.HEARD: (theme.BLUE_GROUND, theme.BLUE),
            Sign.LOWERED: (theme.RAISED, theme.BLUE),
            Sign.SILENT: (theme.PANEL, theme.DIM),
            Sign.UNKNOWN: (theme.PANEL, theme.QUIET),
            Sign.ABSENT: (theme.PANEL, theme.DIM),
        }[cell.sign]
        frame: QColor | None = theme.AMBER if cell.wrong else None
        if cell.sign is not Sign.ABSENT:
            rounded(
                painter, box, theme.AMBER_GROUND if cell.wrong else ground, frame or theme.LINE, 1.5 if frame else 1
            )
        text = context.say(cell.short if self._narrow else cell.text)
        words = f"▲{text}" if cell.wrong and self._narrow else f"▲ {text}" if cell.wrong else text
        heavy = cell.sign is Sign.HEARD or cell.wrong
        place = (box.left(), box.width())
        self._text(
            painter,
            place,
            box.top(),
            box.height(),
            words,
            frame or colour,
            0.84 if self._narrow else 0.92,
            heavy,
            centred=True,
        )

    def _paint_mark(self, painter: QPainter, context: Context, row: Row, box: QRectF) -> None:
        """Its left side keeps it or ends it with the next take, the cross takes it back."""
        assert row.mark is not None
        cross = QRectF(box.right() - box.height(), box.top(), box.height(), box.height())
        words = QRectF(box.left(), box.top(), box.width() - cross.width() - 2, box.height())
        mark = SHORT_MARKS[row.mark] if self._narrow else row.mark
        for rect, text in ((words, context.say(mark)), (cross, "✕")):
            rounded(painter, rect, theme.AMBER_GROUND, theme.AMBER, 1.5)
            place = (rect.left(), rect.width())
            self._text(painter, place, rect.top(), rect.height(), text, theme.AMBER, 0.84, True, centred=True)
        keep, back = KEYS[Act.SOUND_KEEP], KEYS[Act.SOUND_RELEASE]
        self._places += [
            (words, lambda: self._keep(row, Act.SOUND_KEEP), f"{context.say(keep.name)} ({keep.shown})"),
            (cross, lambda: self._release(row, Act.SOUND_RELEASE), f"{context.say(back.name)} ({back.shown})"),
        ]

    def _paint_booths(
        self, painter: QPainter, context: Context, left: float, top: float, width: float, step: float
    ) -> None:
        booths = self._matrix.booths
        each = width / max(1, len(booths))
        for place, booth in enumerate(booths):
            text, due = self._booth(context, place)
            if self._narrow:
                text = text.replace(f"· {context.say(HAND_OVER)} ", "")
            box = QRectF(left + place * each, top, each - 4, step - 2)
            rounded(painter, box, theme.AMBER_GROUND if due else theme.RAISED, theme.AMBER if due else None, 1.5)
            colour = theme.AMBER if due else theme.TEXT
            self._text(painter, (box.left(), box.width()), top, step - 2, text, colour, 0.88, due, centred=True)
            act = HAND_OVERS[min(place, len(HAND_OVERS) - 1)]
            self._places.append((box, partial(self._hand_over, place, act), context.say(booth.title)))

    def _text(
        self,
        painter: QPainter,
        column: tuple[float, float],
        top: float,
        height: float,
        text: str,
        colour: QColor,
        size: float,
        bold: bool = False,
        centred: bool = False,
    ) -> None:
        box = QRectF(column[0] + 2, top, column[1] - 4, height)
        font = shrunk(theme.sized(self.font(), size, bold), text, box.width(), LEAST)
        painter.setFont(font)
        painter.setPen(QPen(colour))
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        shown = elided(QFontMetricsF(font), text, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

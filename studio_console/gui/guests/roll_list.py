"""The roll call: who is called, and what was marked; a person marks, the picture's signal only suggests."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio_console.core.events import ShowEvent
from studio_console.core.guests import GOOD, guest_of
from studio_console.core.presses import RollCallMarked
from studio_console.core.roll_call import NO_SIGN, SIGNS, WORDS, RollMark, counts, is_marked, standing
from studio_console.core.rundown import Cue
from studio_console.core.show import Show, next_cue
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.chip import Chip
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR, Board
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.painting import elided, rounded

HEADING = Text("호명 {cue} · {title}", "Roll call {cue} · {title}")
COUNTS = Text("참석 {present}/{all} · 동의 {agreed}/{all}", "Present {present}/{all} · agreed {agreed}/{all}")
NONE = Text("이 날에는 호명이 없습니다(큐의 roll_call)", "No cue of this day has a roll call (roll_call)")
LIVE = Text("연결됨", "live")
NOT_LIVE = Text("연결 안 됨", "not live")
LISTS = Text("다른 명단", "Other list")
MARKS = {Act.GOOD_PICTURE: RollMark.PRESENT, Act.GOOD_SOUND: RollMark.AGREED}
ROWS = 14
"""So many stand one above the other before a further column begins."""
ROW_IN_EMS, TALL_ROW_IN_EMS = 2.1, 3.0
"""Height of a row in plain letters, and of one that has as much room as it can use; its letters grow with it."""
COLUMN_IN_EMS = 14
"""Width that a sign, a city and a word need."""


class RollView(QWidget):
    """One cue's list: that of the cue on air, else of the next one that has one, until another is chosen."""

    def __init__(
        self, actions: Mapping[Act, QAction], post: Callable[[ShowEvent], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._post = post
        self._turned = 0
        self.list = RollList(self)
        self.chips = {act: Chip(self) for act in MARKS}
        self.other = Chip(self)
        for act, chip in self.chips.items():
            chip.clicked.connect(actions[act].trigger)
            chip.set_colours(theme.GREEN, theme.GREEN_GROUND)
        self.other.clicked.connect(actions[Act.PAGE_DOWN].trigger)
        line = QHBoxLayout()
        line.setSpacing(6)
        for chip in self.chips.values():
            line.addWidget(chip)
        line.addStretch(1)
        line.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addLayout(line)
        self.list.chosen.connect(self._choose)

    def say(self, board: Board) -> None:
        cue = self._cue(board.show)
        self.list.say(board, cue)
        marks, selected = board.show.roll_call, self.list.selected
        for number, (act, mark) in enumerate(MARKS.items(), 1):
            on = selected is not None and is_marked(marks, selected, mark)
            self.chips[act].set_label(f"{SIGNS[mark]} {board.context.say(WORDS[mark])}", str(number), on)
            self.chips[act].setEnabled(selected is not None)
        self.other.set_label(board.context.say(LISTS), KEYS[Act.PAGE_DOWN].shown)
        self.other.setVisible(len(_lists(board.show)) > 1)

    def perform(self, act: Act, show: Show) -> None:
        selected = self.list.selected
        if act in (Act.PAGE_UP, Act.PAGE_DOWN):
            self._turned += -1 if act is Act.PAGE_UP else 1
        elif act in MARKS and selected is not None:
            mark = MARKS[act]
            on = not is_marked(show.roll_call, selected, mark)
            self._post(RollCallMarked(selected, mark, on, TECHNICAL_DIRECTOR))

    def step(self, across: int, down: int) -> None:
        self.list.step(across + down)

    def _choose(self, person: str) -> None:
        self.list.selected = PersonId(person)
        self.list.update()

    def _cue(self, show: Show) -> Cue | None:
        lists = _lists(show)
        if not lists:
            return None
        running = show.current.cue.id if show.current is not None else None
        following = next_cue(show)
        coming = show.plan.place(following.id) if following is not None else None
        at = next((place for place, cue in enumerate(lists) if cue.id == running), None)
        if at is None and coming is not None:
            later = (place for place, cue in enumerate(lists) if (show.plan.place(cue.id) or 0) >= coming)
            at = next(later, None)
        return lists[((at or 0) + self._turned) % len(lists)]


class RollList(QWidget):
    """Painted: a sign, the city, a word. A guest who is not live stands dim, and says so."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selected: PersonId | None = None
        self._said: tuple[object, ...] = ()
        self._context: Context | None = None
        self._title = self._counts = ""
        self._rows: tuple[tuple[PersonId, str, RollMark | None, bool | None], ...] = ()

    @property
    def words(self) -> str:
        lines = (f"{SIGNS.get(mark, NO_SIGN) if mark else NO_SIGN} {name}" for _, name, mark, _ in self._rows)
        return "\n".join((self._title, self._counts, *lines))

    def say(self, board: Board, cue: Cue | None) -> None:
        context, show = board.context, board.show
        self._context = context
        people = cue.roll_call if cue is not None else ()
        rows = tuple(_row(board, person) for person in people)
        title = context.say(HEADING, cue=cue.number, title=cue.title) if cue is not None else context.say(NONE)
        given = counts(people, show.roll_call)
        words = {"present": given[RollMark.PRESENT], "agreed": given[RollMark.AGREED], "all": len(people)}
        said = (title, rows, tuple(words.values()), context.language)
        if said != self._said:
            self._said = said
            self._title, self._rows = title, rows
            self._counts = context.say(COUNTS, **words) if people else ""
            if self.selected not in people:
                self.selected = people[0] if people else None
            self.update()

    def step(self, by: int) -> None:
        people = [row[0] for row in self._rows]
        if people:
            place = people.index(self.selected) if self.selected in people else 0
            self.selected = people[max(0, min(len(people) - 1, place + by))]
            self.update()

    @property
    def least_width(self) -> int:
        """px in which every row can still be read."""
        return round(self._columns * COLUMN_IN_EMS * self.font().pixelSize())

    @property
    def _columns(self) -> int:
        return max(1, -(-len(self._rows) // ROWS))

    def row_rect(self, place: int) -> QRectF:
        """Where the row number ``place`` is painted."""
        letters = self.font().pixelSize()
        top = letters * 3.6
        width = (self.width() - 16) / self._columns
        height = min(letters * TALL_ROW_IN_EMS, (self.height() - top - 8) / max(1, min(ROWS, len(self._rows))))
        return QRectF(8 + place // ROWS * width, top + place % ROWS * height, width - 6, height - 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, row in enumerate(self._rows):
            if self.row_rect(place).contains(event.position()):
                self.chosen.emit(row[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        bold = theme.sized(self.font(), 1.0, bold=True)
        self._text(painter, bold, theme.TEXT, QPointF(10, bold.pixelSize() * 1.5), self._title, self.width() - 20)
        plain = theme.sized(self.font(), 0.94)
        at = QPointF(10, bold.pixelSize() * 1.5 + plain.pixelSize() * 1.5)
        self._text(painter, plain, theme.QUIET, at, self._counts, self.width() - 20)
        for place, row in enumerate(self._rows):
            self._paint_row(painter, self.row_rect(place), *row)

    def _paint_row(
        self, painter: QPainter, rect: QRectF, person: PersonId, name: str, mark: RollMark | None, live: bool | None
    ) -> None:
        assert self._context is not None
        say = self._context.say
        chosen = person == self.selected
        grown = max(1.0, rect.height() / (self.font().pixelSize() * ROW_IN_EMS))
        ground = theme.GREEN_GROUND if mark is not None else theme.RAISED
        rounded(painter, rect, ground, theme.WHITE if chosen else None, 2)
        colour = theme.GREEN if mark is not None else theme.TEXT
        font = theme.sized(self.font(), grown, bold=mark is not None)
        baseline = rect.center().y() + font.pixelSize() * 0.36
        sign = SIGNS[mark] if mark is not None else NO_SIGN
        self._text(painter, font, colour, QPointF(rect.left() + 8, baseline), sign, 1.5 * font.pixelSize())
        small = theme.sized(self.font(), 0.84 * grown)
        word = say(WORDS[mark]) if mark is not None else "" if live is None else say(LIVE if live else NOT_LIVE)
        width = QFontMetricsF(small).horizontalAdvance(word)
        right = QPointF(rect.right() - 8 - width, baseline)
        self._text(painter, small, colour if mark is not None else theme.QUIET, right, word, width + 1)
        room = rect.width() - 16 - width - font.pixelSize() * 2
        at = QPointF(rect.left() + 8 + font.pixelSize() * 1.5, baseline)
        self._text(painter, font, theme.QUIET if live is False and mark is None else theme.TEXT, at, name, room)

    def _text(self, painter: QPainter, font: QFont, colour: theme.Shade, at: QPointF, words: str, width: float) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(at, elided(QFontMetricsF(font), words, width))


def _lists(show: Show) -> tuple[Cue, ...]:
    return tuple(cue for cue in show.plan.cues if cue.roll_call)


def _row(board: Board, person: PersonId) -> tuple[PersonId, str, RollMark | None, bool | None]:
    """``live`` is None of somebody in the hall."""
    found = board.context.person(person)
    name = board.context.say(found.city) if found is not None else person
    remote = person in board.show.rundown.guests
    live = guest_of(board.show, person).signal in GOOD if remote else None
    return person, name, standing(board.show.roll_call, person), live

"""The tech check of the selected guest: five things, good, bad or not looked at yet, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from studio_console.core.guests import CHECK_WORDS, guest_of
from studio_console.core.presses import Check, Verdict
from studio_console.core.show import GuestState
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.gui import theme
from studio_console.gui.guests.chip import Chip
from studio_console.gui.guests.words import Board, checked_words
from studio_console.gui.keys import Act
from studio_console.gui.painting import Line, Lines, elided, rounded

HEADING = Text("점검 · {guest}", "Tech check · {guest}")
NOBODY = Text("점검 · ←→로 고르기", "Tech check · ←→ chooses")
LABELS = {**CHECK_WORDS, Check.INTERPRETATION: Text("통역 채널", "interp. channel")}
GOOD_ACTS = {
    Act.GOOD_PICTURE: Check.PICTURE,
    Act.GOOD_SOUND: Check.SOUND,
    Act.GOOD_LIGHT: Check.LIGHT,
    Act.GOOD_NETWORK: Check.NETWORK,
    Act.GOOD_INTERPRETATION: Check.INTERPRETATION,
}
BAD_ACTS = {
    Act.BAD_PICTURE: Check.PICTURE,
    Act.BAD_SOUND: Check.SOUND,
    Act.BAD_LIGHT: Check.LIGHT,
    Act.BAD_NETWORK: Check.NETWORK,
    Act.BAD_INTERPRETATION: Check.INTERPRETATION,
}


def verdict_after(state: GuestState, act: Act) -> tuple[Check, Verdict | None]:
    """What pressing ``act`` makes of a mark: the verdict that is there already is taken away."""
    good = act in GOOD_ACTS
    check = GOOD_ACTS[act] if good else BAD_ACTS[act]
    wanted = Verdict.GOOD if good else Verdict.BAD
    mark = state.checks.get(check)
    return check, None if mark is not None and mark.verdict is wanted else wanted


class TechCheck(QWidget):
    def __init__(self, actions: Mapping[Act, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chips: dict[Act, Chip] = {}
        self.notes: dict[Check, Lines] = {}
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(3)
        for row, (good, bad) in enumerate(zip(GOOD_ACTS, BAD_ACTS, strict=True)):
            self.notes[GOOD_ACTS[good]] = Lines(self)
            self._grid.addWidget(self.notes[GOOD_ACTS[good]], row, 0)
            for column, (act, colours) in enumerate(
                ((good, (theme.GREEN, theme.GREEN_GROUND)), (bad, (theme.AMBER, theme.AMBER_GROUND))), 1
            ):
                chip = self.chips[act] = Chip(self)
                chip.set_colours(*colours)
                chip.clicked.connect(actions[act].trigger)
                self._grid.addWidget(chip, row, column)
        self._grid.setColumnStretch(0, 1)
        self._measure()

    @property
    def words(self) -> str:
        return "\n".join((self._title, *(note.words for note in self.notes.values())))

    def say(self, board: Board, guest: PersonId | None) -> None:
        context = board.context
        person = context.person(guest) if guest is not None else None
        state = guest_of(board.show, guest) if guest is not None else GuestState()
        title = context.say(NOBODY)
        if guest is not None:
            name: str | Text = person.city if person is not None else guest
            title = context.say(HEADING, guest=name)
        if title != self._title:
            self._title = title
            self.update()
        for act, chip in self.chips.items():
            good = act in GOOD_ACTS
            check = GOOD_ACTS[act] if good else BAD_ACTS[act]
            mark = state.checks.get(check)
            on = mark is not None and mark.verdict is (Verdict.GOOD if good else Verdict.BAD)
            chip.set_label("✓" if good else "✕", str(list(Check).index(check) + 1) if good else "Alt", on)
            chip.setEnabled(guest is not None)
        for check, lines in self.notes.items():
            colour = theme.TEXT if guest is not None else theme.DIM
            name = context.say(LABELS[check])
            name = name[:1].upper() + name[1:]
            done = checked_words(context, state, check)
            below = [Line(done, 0.8, colour=theme.QUIET)] if done else []
            lines.set_lines([Line(name, 0.94, colour=colour, gap=0.0 if done else 0.4), *below])

    def sizeHint(self) -> QSize:
        letters = self.font().pixelSize()
        return QSize(round(letters * 14), round(letters * (2.3 + 5 * 2.62)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """Also at the start: where the letters are right from then on, no change of them is ever told."""
        letters = self.fontInfo().pixelSize()
        self._grid.setContentsMargins(8, round(letters * 1.9), 8, 6)
        for row in range(len(Check)):
            self._grid.setRowMinimumHeight(row, round(letters * 2.42))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        font = theme.sized(self.font(), 0.94, bold=True)
        painter.setFont(font)
        painter.setPen(theme.QUIET)
        title = elided(QFontMetricsF(font), self._title, self.width() - 18)
        painter.drawText(QPointF(9, font.pixelSize() * 1.45), title)

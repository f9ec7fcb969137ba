"""The cue sheet on the screen: its columns, its rows, and what is kept in view of them."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QItemSelectionModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from studio_console.core.plan import Plan
from studio_console.core.show import Show
from studio_console.core.timing import Projection
from studio_console.core.units import CueId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.cue_cells import ABOVE_NOTES_IN_EMS, EDGE, PAD, STATE_NOTE, CueDelegate
from studio_console.gui.cue_model import STATE_NOTES, STATES, Column, CueModel, Index
from studio_console.gui.note_lines import NoteLines
from studio_console.gui.painting import LEADING, elided
from studio_console.gui.rows import CueRow, SessionRow
from studio_console.gui.two_step import SIGN

ROW_IN_EMS = 3.5
NOTED_ROW_IN_EMS = 4.4
"""With notes in columns: those need a third line."""
NOTE_LINES, NOTE_SIZE = 2, 0.9
"""Of the notes below a row's titles, and the size of their letters."""
UNFOLDED_ROW_IN_EMS = ABOVE_NOTES_IN_EMS + NOTE_LINES * NOTE_SIZE * LEADING + 0.5
"""Of a row with both."""
NARROW_IN_EMS, PER_SURFACE = 19, 4.6
"""So much room titles and speakers need, and so much each surface's column, in widths of a letter."""
NOTE_SHARES = (0.65, 0.65, 0.65, 1.1, 1.2)
"""How wide the departments' columns are to each other: captions and what the stage is told are the longest."""
TITLE_SHARE, LEAST_SHARE_IN_EMS = 2.3, 9.4
"""Of the titles beside notes in columns; and the least width of a whole share, so that every column can be read.

Where there is less room notes take the speakers' place, and where that is not enough, lines below the titles.
"""


class Heading(QHeaderView):
    """The column titles, in the console's colours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(20)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(self.font().pixelSize() * 2))

    def paintSection(self, painter: QPainter, rect: object, logical: int) -> None:
        area = QRectF(rect)  # type: ignore[call-overload]
        painter.save()
        painter.fillRect(area, theme.PANEL)
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.LINE)
        font = theme.sized(self.font(), 0.88)
        pad = self.font().pixelSize() * PAD
        inner = area.adjusted(pad + (EDGE if logical == 0 else 0), 0, -pad * 0.3, 0)
        painter.setFont(font)
        painter.setPen(theme.QUIET)
        title = self.model().headerData(logical, Qt.Orientation.Horizontal)
        painter.drawText(
            inner,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            elided(QFontMetricsF(font), str(title or ""), inner.width()),
        )
        painter.restore()


class CueSheet(QTableView):
    """Keeps the running row about a third from the top whenever another one begins to run."""

    standby_wanted = Signal(object)
    """A ``CueId``: a row was double-clicked."""
    selected = Signal(object)
    """The ``CueId`` of the selected row, or None."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cues = CueModel(context, self)
        self._current: CueId | None = None
        self._next: CueId | None = None
        self._noted = False
        self._plan = Plan()
        self.setModel(self._cues)
        self.setHorizontalHeader(Heading(self))
        self._delegate = CueDelegate(self._cues, self)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # No focus: keys belong to the desk, and no input method is to compose Hangul from them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCornerButtonEnabled(False)
        self.verticalScrollBar().setStyleSheet(theme.SCROLL_BAR)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.PANEL)
        self.setPalette(palette)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self._lay_out()

    @property
    def cues(self) -> CueModel:
        return self._cues

    @property
    def selected_cue(self) -> CueId | None:
        rows = self.selectionModel().selectedRows()
        return self._cue_at(rows[0]) if rows else None

    def show_state(self, show: Show, projection: Projection) -> None:
        """Takes over the newest state and keeps the rows that matter in view."""
        self._cues.show_state(show, projection)
        if self._noted and show.plan is not self._plan:
            self._lay_out()
        self._plan = show.plan
        following = projection.next.id if projection.next is not None else None
        current = show.current.cue.id if show.current is not None else following
        moved_on = current != self._current
        pointed = following != self._next
        self._current, self._next = current, following
        if moved_on:
            self.follow()
        elif pointed and following is not None:
            self._reveal(following)

    def set_context(self, context: Context) -> None:
        self._cues.set_context(context)
        self._lay_out()

    def follow(self) -> None:
        """Brings the running row back to its place, a third from the top."""
        if self._current is None or (row := self._cues.row_of(self._current)) is None:
            return
        height = self.verticalHeader().defaultSectionSize()
        above = round(self.viewport().height() / 3 / height - 0.5)
        self.verticalScrollBar().setValue((row - above) * height)

    def bring_in(self, cue: CueId) -> None:
        """Scrolls to ``cue``, which stays what it is: the standby does not move."""
        row = self._cues.row_of(cue)
        if row is not None:
            self.verticalScrollBar().setValue((row - 1) * self.verticalHeader().defaultSectionSize())

    def select_step(self, step: int) -> None:
        """Moves the selection by ``step`` cues; it begins at the next cue."""
        start = self.selected_cue or self._next
        row = self._cues.row_of(start) if start is not None else None
        row = -1 if row is None else row
        if self.selected_cue is not None or row < 0:
            row += step
        while 0 <= row < self._cues.rowCount() and isinstance(self._cues.row_at(row), SessionRow):
            row += step
        cue = self._cue_at(self._cues.index(row, 0)) if 0 <= row < self._cues.rowCount() else None
        if cue is not None:
            self.select(cue)

    @property
    def current(self) -> CueId | None:
        """The running cue, else the next one."""
        return self._current

    @property
    def shows_notes(self) -> bool:
        return self._noted

    def fold_notes(self, folded: bool) -> None:
        """The departments' notes are seen, in the place of what the surfaces show, or not."""
        self._noted = not folded
        self._lay_out()
        self.follow()

    def mark(self, hits: frozenset[CueId]) -> None:
        """These cues were found."""
        self._delegate.mark(hits)
        self.viewport().update()

    def select(self, cue: CueId, on_top: int | None = None) -> None:
        """Selects ``cue`` and brings it into view; with ``on_top`` so many rows stand above it."""
        row = self._cues.row_of(cue)
        if row is None:
            return
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self._cues.index(row, 0), flags.ClearAndSelect | flags.Rows)
        if on_top is None:
            self._bring_in(row)
        else:
            self.verticalScrollBar().setValue((row - on_top) * self.verticalHeader().defaultSectionSize())

    def select_session(self, step: int) -> None:
        """Selects the first cue of the session before (-1) or after (1) what is selected, running or next."""
        start = self.selected_cue or self._current
        at = self._cues.row_of(start) if start is not None else None
        at = -1 if at is None else at
        firsts = [row for row in range(1, self._cues.rowCount()) if isinstance(self._cues.row_at(row - 1), SessionRow)]
        found = [row for row in firsts if (row > at if step > 0 else row < at)]
        cue = self._cue_at(self._cues.index(found[0 if step > 0 else -1], 0)) if found else None
        if cue is not None:
            self.select(cue, on_top=1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self.follow()

    def _reveal(self, cue: CueId) -> None:
        row = self._cues.row_of(cue)
        if row is not None:
            self._bring_in(row)

    def _bring_in(self, row: int) -> None:
        """Scrolls as little as is needed to see the row, by whole rows."""
        height = self.verticalHeader().defaultSectionSize()
        first = self.verticalScrollBar().value() // height
        seen = max(1, self.viewport().height() // height)
        if row < first:
            self.verticalScrollBar().setValue(row * height)
        elif row >= first + seen:
            self.verticalScrollBar().setValue((row - seen + 1) * height)

    def _double_clicked(self, index: Index) -> None:
        cue = self._cue_at(index)
        if cue is not None:
            self.standby_wanted.emit(cue)

    def _selection_changed(self) -> None:
        self.viewport().update()
        self.selected.emit(self.selected_cue)

    def _cue_at(self, index: Index) -> CueId | None:
        row = self._cues.row_at(index.row())
        return row.cue.id if isinstance(row, CueRow) else None

    def _lay_out(self) -> None:
        """Heights and widths from the font: figures get what they need, titles what is left."""
        base = self.font()
        size = base.pixelSize()
        if size <= 0:
            return
        if self.horizontalHeader().font() != base:
            self.horizontalHeader().setFont(base)
        room = self._fit_figures(base)
        used = self._cues.notes_used() if self._noted else frozenset()
        shares = self._note_shares(used, room)
        below = bool(used) and not shares
        self._fit_rows(UNFOLDED_ROW_IN_EMS if below else NOTED_ROW_IN_EMS if shares else ROW_IN_EMS)
        self._fit_words(shares or self._shares(room), room)
        left = self.columnViewportPosition(Column.PLANNED) + 2 * PAD * size
        font = theme.sized(base, NOTE_SIZE)
        self._delegate.unfold(NoteLines(font, self.viewport().width() - left, NOTE_LINES) if below else None)
        self.viewport().update()

    def _fit_figures(self, base: QFont) -> int:
        """The columns of figures and of states are as wide as they need; what is left for words, in px."""
        pad = 2 * PAD * base.pixelSize()
        bold, note = (QFontMetricsF(theme.sized(base, share, bold=True)) for share in (1.0, STATE_NOTE))
        wide: Callable[[str], float] = lambda text: bold.horizontalAdvance(text) + pad  # noqa: E731
        say = self._cues.context.say
        notes = max(note.horizontalAdvance(words) for words in (f"{SIGN} 00:00:00", *map(say, STATE_NOTES)))
        widths = {
            Column.NUMBER: wide("M00b") + EDGE,
            Column.PLANNED: wide("00:00:00"),
            Column.PROJECTED: wide("+00:00:00"),
            Column.DURATION: wide("→ 00:00"),
            self._cues.state_column: max(notes + pad, *(wide(say(text)) for text in STATES.values())),
        }
        for column, width in widths.items():
            self.setColumnWidth(column, ceil(width))
        return self.viewport().width() - sum(map(ceil, widths.values()))

    def _fit_rows(self, ems: float) -> None:
        """Whole rows only: a row cut in half at the foot reads as something that is missing."""
        size = self.font().pixelSize()
        room = self.height() - 2 * size
        rows = max(1, round(room / (size * ems)))
        row = max(3 * size, room // rows)
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setFixedHeight(max(2 * size, self.height() - rows * row))

    def _shares(self, room: int) -> dict[int, float]:
        """In a narrow sheet titles come first: what a cue is seen in is written under its pictures too."""
        surfaces = range(Column.FIRST_SURFACE, self._cues.note_columns.start)
        narrow = room < (NARROW_IN_EMS + len(surfaces) * PER_SURFACE) * self.font().pixelSize()
        return {Column.SPEAKERS: 1.35} | dict.fromkeys(() if narrow else surfaces, 1.0)

    def _note_shares(self, used: frozenset[int], room: int) -> dict[int, float]:
        """Of the departments' columns where every one of them can be read, with the speakers if there is room."""
        first = self._cues.note_columns.start
        notes = {column: NOTE_SHARES[column - first] for column in sorted(used)}
        for shares in ({Column.SPEAKERS: 1.1, **notes}, notes):
            least = (TITLE_SHARE + sum(shares.values())) * LEAST_SHARE_IN_EMS * self.font().pixelSize()
            if notes and room >= least:
                return shares
        return {}

    def _fit_words(self, shares: dict[int, float], room: int) -> None:
        each = room / (TITLE_SHARE + sum(shares.values()))
        for place in range(Column.SPEAKERS, self._cues.state_column):
            self.setColumnHidden(place, place not in shares)
            if place in shares:
                self.setColumnWidth(place, round(shares[place] * each))
        self.setColumnWidth(Column.TITLE, room - sum(round(share * each) for share in shares.values()))

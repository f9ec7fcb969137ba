"""The cue sheet as a Qt model. A change of the show becomes exactly the row signals that say what changed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio_console.core.clocktext import clock_text, length_text, over_text
from studio_console.core.rundown import Cue, Where
from studio_console.core.show import Mark, Show
from studio_console.core.text import Text, same
from studio_console.core.timing import CueState, Projection
from studio_console.core.units import CueId, Duration, SurfaceId
from studio_console.gui.context import AND_MORE, HALL, REMOTE, Context, day_shift
from studio_console.gui.rows import EMPTY, CueRow, Row, SessionRow, cue_key, sheet
from studio_console.gui.two_step import SIGN

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

HEADINGS = {
    "number": Text("순서", "No."),
    "planned": Text("계획", "Planned"),
    "projected": Text("예상±", "Proj. ±"),
    "duration": Text("길이", "Length"),
    "title": Text("내용", "Title"),
    "speakers": Text("출연", "Speakers"),
    "state": Text("상태", "State"),
}
NOTE_HEADINGS = (
    Text("카메라", "Camera"),
    Text("오디오", "Audio"),
    Text("조명", "Light"),
    Text("자막·CG", "CG"),
    Text("무대·비고", "Stage, notes"),
)
"""What each department is told about a cue: the columns behind those of the surfaces."""
STATES = {
    CueState.DONE: Text("완료", "done"),
    CueState.PASSED: Text("지나감", "passed"),
    CueState.SKIPPED: Text("건너뜀", "skipped"),
    CueState.ON_AIR: same("ON AIR"),
    CueState.TAKING: Text("전환 중", "TAKING"),
    CueState.NEXT: same("NEXT"),
    CueState.UPCOMING: same(""),
}
MARKS = {
    Mark.NONE: same(""),
    Mark.EDITED: Text("▲ 수정됨", "▲ edited"),
    Mark.SKIPPED: Text("▲ 건너뛰기", "▲ skip set"),
    Mark.DELETED: Text("▲ 삭제됨", "▲ deleted"),
}
HELD = Text("‖ 홀드", "‖ HOLD")
CALLED = Text("✓ 스탠바이", "✓ standby")
READY = Text("✓ 준비", "✓ ready")
AIMED = Text("직접 지정", "by hand")
OPEN_END = Text("열림", "open")
DAYS_LATER = Text("{days:+}일", "{days:+} d")
NO_CLIP = Text("✕ 영상", "✕ clip")
CLIP_LENGTH = Text("≠ {length}", "≠ {length}")
STATE_NOTES = (*MARKS.values(), HELD, CALLED, READY, AIMED)
"""What may be said with a state, besides when a cue was taken that cannot be taken back."""
HARD = Text("◷ 고정", "◷ fixed")
MOST_NAMED = 3


class Column(IntEnum):
    """The columns before the surfaces; the departments' notes and the state come after them."""

    NUMBER = 0
    PLANNED = auto()
    PROJECTED = auto()
    DURATION = auto()
    TITLE = auto()
    SPEAKERS = auto()
    FIRST_SURFACE = auto()


class CueModel(QAbstractTableModel):
    """Rows are sessions and cues in running order, see ``rows.py``."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._surfaces = context.arranged
        self._sheet = EMPTY
        self._rows: list[Row] = []

    # --- what a view asks

    @property
    def surfaces(self) -> tuple[SurfaceId, ...]:
        """The surfaces that have a column, in the order of the columns."""
        return self._surfaces

    @property
    def note_columns(self) -> range:
        first = Column.FIRST_SURFACE + len(self._surfaces)
        return range(first, first + len(NOTE_HEADINGS))

    @property
    def state_column(self) -> int:
        return self.note_columns.stop

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self.state_column + 1

    def row_at(self, row: int) -> Row:
        return self._rows[row]

    def row_of(self, cue: CueId) -> int | None:
        """Where ``cue`` stands; None if it does not."""
        key = cue_key(cue)
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        lines = self.lines(index.row(), index.column())
        text = "\n".join(line for line in lines if line)
        return (text or None) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        say = self.context.say
        if section < Column.FIRST_SURFACE:
            return say(HEADINGS[Column(section).name.lower()])
        if section == self.state_column:
            return say(HEADINGS["state"])
        if section in self.note_columns:
            return say(NOTE_HEADINGS[section - self.note_columns.start])
        return say(self.context.surface(self._surfaces[section - Column.FIRST_SURFACE]))

    def lines(self, row: int, column: int) -> tuple[str, ...]:
        """What a cell says: one line or two; of a state one, and each thing that is to be said with it."""
        entry = self._rows[row]
        if isinstance(entry, SessionRow):
            return self._session_lines(entry) if column == 0 else ()
        return self._cue_lines(entry, column)

    # --- what changes it

    def show_state(self, show: Show, projection: Projection) -> None:
        """Takes over the newest state; signals what is different about which rows."""
        fresh = sheet(show, projection, self._sheet)
        if fresh is self._sheet:
            return
        self._sheet = fresh
        rows = fresh.rows
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self._restructure(rows)
        self._replace(rows)

    def set_context(self, context: Context) -> None:
        """Another language, or other names from the files: every text may differ, the rows stay."""
        before, self.context = self.context, context
        if context.arranged != self._surfaces:
            self.beginResetModel()
            self._surfaces = context.arranged
            self.endResetModel()
            return
        if context == before:
            return
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.state_column)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.state_column))

    def _restructure(self, rows: Sequence[Row]) -> None:
        """Removes, reorders and inserts until the keys are those of ``rows``; selections follow their rows."""
        wanted = {row.key for row in rows}
        for first, last in reversed(_runs([place for place, row in enumerate(self._rows) if row.key not in wanted])):
            self.beginRemoveRows(NO_PARENT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        kept = {row.key: row for row in self._rows}
        order = [kept[row.key] for row in rows if row.key in kept]
        if [row.key for row in order] != [row.key for row in self._rows]:
            self._reorder(order)
        for first, last in _runs([place for place, row in enumerate(rows) if row.key not in kept]):
            self.beginInsertRows(NO_PARENT, first, last)
            self._rows[first:first] = rows[first : last + 1]
            self.endInsertRows()

    def _reorder(self, order: list[Row]) -> None:
        self.layoutAboutToBeChanged.emit()
        places = {row.key: place for place, row in enumerate(order)}
        before = self.persistentIndexList()
        after = [self.index(places[self._rows[index.row()].key], index.column()) for index in before]
        self._rows = order
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _replace(self, rows: Sequence[Row]) -> None:
        """The keys are the same; says which cells of which rows differ, neighbours in one signal."""
        runs: list[tuple[int, int, tuple[int, int]]] = []
        for place, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old is new or old == new:
                continue
            columns = self._columns(old, new)
            if runs and runs[-1][1] == place - 1 and runs[-1][2] == columns:
                runs[-1] = (runs[-1][0], place, columns)
            else:
                runs.append((place, place, columns))
        self._rows = list(rows)
        for top, bottom, (left, right) in runs:
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right))

    def _columns(self, old: Row, new: Row) -> tuple[int, int]:
        """First and last column that differ between two states of a row."""
        if isinstance(old, CueRow) and isinstance(new, CueRow) and old._replace(late=new.late, tight=new.tight) == new:
            return Column.PROJECTED, Column.PROJECTED
        return 0, self.state_column

    # --- the texts

    def _session_lines(self, row: SessionRow) -> tuple[str, ...]:
        return row.title.both(), self.session_times(row)

    def session_times(self, row: SessionRow) -> str:
        """``22:00 – 23:20   +0:42`` of a session's line."""
        if row.start is None or row.end is None:
            return ""
        zone = self.context.zone
        times = f"{clock_text(row.start, zone, seconds=False)} – {clock_text(row.end, zone, seconds=False)}"
        return f"{times}   {over_text(Duration(row.over * 1000))}" if row.over or row.begun else times

    def _cue_lines(self, row: CueRow, column: int) -> tuple[str, ...]:
        cue, say = row.cue, self.context.say
        if column == Column.NUMBER:
            return (cue.number, SIGN) if cue.two_step else (cue.number,)
        if column == Column.PLANNED:
            return self._planned_lines(row)
        if column == Column.PROJECTED:
            late = "" if row.late is None else over_text(Duration(row.late * 1000))
            return (late, self.context.say(HARD)) if row.fixed else (late,)
        if column == Column.DURATION:
            return self._length_lines(row)
        if column == Column.TITLE:
            return (cue.title.ko,) if cue.title.ko == cue.title.en else (cue.title.ko, cue.title.en)
        if column == Column.SPEAKERS:
            return self._speaker_lines(cue)
        if column == self.state_column:
            return self._state_lines(row)
        if column in self.note_columns:
            return self._note_lines(cue, column - self.note_columns.start)
        layout = self.context.layout(cue, self._surfaces[column - Column.FIRST_SURFACE])
        return (say(layout),) if layout is not None else ()

    def _planned_lines(self, row: CueRow) -> tuple[str, ...]:
        if row.planned is None:
            return ("—",)
        clock = clock_text(row.planned, self.context.zone)
        day = self._sheet.show.day if self._sheet.show is not None else None
        shift = day_shift(row.planned, self.context.zone, day.date) if day is not None else 0
        return (clock, self.context.say(DAYS_LATER, days=shift)) if shift else (clock,)

    def _length_lines(self, row: CueRow) -> tuple[str, ...]:
        added = (over_text(row.added),) if row.added else ()
        if row.clip_trouble:
            added = (self.context.say(NO_CLIP),)
        elif row.clip is not None and not added:
            added = (self.context.say(CLIP_LENGTH, length=length_text(row.clip)),)
        if row.until is not None:
            until = clock_text(row.until, self.context.zone, seconds=False)
            return (f"→ {until}", *added)
        if row.length is None:
            return (self.context.say(OPEN_END), *added)
        return (length_text(row.length), *added)

    def _speaker_lines(self, cue: Cue) -> tuple[str, ...]:
        say = self.context.say
        people = [(name, self.context.person(name)) for name in cue.speakers]
        if not people:
            return ()
        if len(people) == 1:
            name, person = people[0]
            if person is None:
                return (name,)
            where = HALL if person.where is Where.HALL else REMOTE
            return (f"{say(person.label)} ({say(where)})",)
        cities = [say(person.city) if person is not None else name for name, person in people]
        if len(cities) <= MOST_NAMED:
            return (", ".join(cities),)
        return ", ".join(cities[:2]), say(AND_MORE, count=len(cities) - 2)

    def notes_used(self) -> frozenset[int]:
        """The departments, by their columns, that are told anything in this rundown."""
        first, last = self.note_columns.start, len(NOTE_HEADINGS)
        found: set[int] = set()
        for row in self._rows:
            if isinstance(row, CueRow):
                found |= {place for place in range(last) if place not in found and self._note_lines(row.cue, place)}
            if len(found) == last:
                break
        return frozenset(first + place for place in found)

    def notes(self, cue: Cue) -> tuple[tuple[str, str], ...]:
        """The departments that are told anything about ``cue``, and what."""
        told = ((heading, self._note_lines(cue, place)) for place, heading in enumerate(NOTE_HEADINGS))
        return tuple((self.context.say(heading), lines[0]) for heading, lines in told if lines)

    def _note_lines(self, cue: Cue, department: int) -> tuple[str, ...]:
        """What a department is told: one line, however many notes it is made of."""
        notes = cue.notes
        captions = self.context.say(cue.captions) if cue.captions is not None else ""
        extra = " · ".join(f"{head} {text}" for head, text in cue.extra.items())
        told = (
            (notes.camera,),
            (notes.sound, notes.interpretation),
            (notes.light,),
            (captions, notes.caption),
            (notes.stage, extra),
        )[department]
        line = " · ".join(" ".join(part.split()) for part in told if part)
        return (line,) if line else ()

    def _state_lines(self, row: CueRow) -> tuple[str, ...]:
        say = self.context.say
        second: list[str] = []
        if row.mark is not Mark.NONE:
            second.append(say(MARKS[row.mark]))
        if row.held:
            second.append(say(HELD))
        if row.state in (CueState.NEXT, CueState.UPCOMING) and (row.called or row.ready):
            second.append(say(READY if row.ready else CALLED))
        if row.aimed:
            second.append(say(AIMED))
        if row.taken_at is not None:
            second.append(f"{SIGN} {clock_text(row.taken_at, self.context.zone)}")
        return say(STATES[row.state]), *second


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending places as (first, last) of what is contiguous."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs

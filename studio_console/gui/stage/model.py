"""The next speakers as a Qt model. A change of the show becomes exactly the row signals that say what changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio_console.core.speaker_rows import SpeakerRow
from studio_console.gui.context import Context
from studio_console.gui.stage.words import button_words, chip_words, time_words, who_words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class SpeakerModel(QAbstractListModel):
    """One row a speaker and cue, in running order."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._rows: list[SpeakerRow] = []

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, place: int) -> SpeakerRow:
        return self._rows[place]

    def place_of(self, key: str) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def place_of_turn(self, turn: int) -> int | None:
        """Where the first speaker stands who is so many GOs away, or further."""
        return next((place for place, row in enumerate(self._rows) if row.turn >= turn), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        button = button_words(self.context, row)
        words = [*time_words(self.context, row), *who_words(self.context, row)]
        words += [word for word, _ in chip_words(self.context, row)]
        return " · ".join([*words, *((button[0],) if button is not None else ())])

    def set_context(self, context: Context) -> None:
        """Another language, or other names: every word may differ, the rows stay."""
        self.context = context
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def show_rows(self, rows: tuple[SpeakerRow, ...]) -> None:
        """Takes over the newest rows."""
        keys = [row.key for row in rows]
        if keys != [row.key for row in self._rows]:
            self._remove_gone(set(keys))
            self._bring_in(rows)
        first = last = None
        for place, row in enumerate(rows):
            if self._rows[place] != row:
                self._rows[place] = row
                first, last = (place if first is None else first), place
        if first is not None and last is not None:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _remove_gone(self, keys: set[str]) -> None:
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].key not in keys:
                self.beginRemoveRows(NO_PARENT, place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _bring_in(self, rows: tuple[SpeakerRow, ...]) -> None:
        """Puts each row in its place: moved there if it stood elsewhere, inserted if it is new."""
        for place, row in enumerate(rows):
            if place < len(self._rows) and self._rows[place].key == row.key:
                continue
            at = self.place_of(row.key)
            if at is None:
                self.beginInsertRows(NO_PARENT, place, place)
                self._rows.insert(place, row)
                self.endInsertRows()
            else:
                self.beginMoveRows(NO_PARENT, at, at, NO_PARENT, place)
                self._rows.insert(place, self._rows.pop(at))
                self.endMoveRows()

"""A list whose rows have keys, as a Qt model. New rows become exactly the signals that say what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
Row = TypeVar("Row")
TIME_ROLE = int(Qt.ItemDataRole.UserRole)
"""Given as the role that changed where nothing but the time that goes by did."""


class KeyedModel(QAbstractListModel, Generic[Row]):
    def __init__(
        self,
        key: Callable[[Row], str],
        words: Callable[[Row], str],
        parent: QObject | None = None,
        same_but_time: Callable[[Row, Row], bool] = lambda before, now: False,
    ) -> None:
        """``words`` is what a row says when it is read aloud. Where two rows are ``same_but_time``, ``TIME_ROLE`` is
        all that changed.
        """
        super().__init__(parent)
        self._key, self._words, self._same_but_time = key, words, same_but_time
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, place: int) -> Row:
        return self._rows[place]

    def place_of(self, key: str) -> int | None:
        return next((place for place, row in enumerate(self._rows) if self._key(row) == key), None)

    def place_where(self, true: Callable[[Row], bool]) -> int | None:
        """The first row for which it is so."""
        return next((place for place, row in enumerate(self._rows) if true(row)), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self._words(self._rows[index.row()])

    def say_anew(self) -> None:
        """Every word may differ, the rows stay: another language."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Takes over the newest rows."""
        keys = [self._key(row) for row in rows]
        if keys != [self._key(row) for row in self._rows]:
            self._remove_gone(set(keys))
            self._bring_in(rows)
        changed = [place for place, row in enumerate(rows) if self._rows[place] != row]
        only_time = all(self._same_but_time(self._rows[place], rows[place]) for place in changed)
        for place in changed:
            self._rows[place] = rows[place]
        if changed:
            roles = [TIME_ROLE] if only_time else []
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]), roles)

    def _remove_gone(self, keys: set[str]) -> None:
        for place in range(len(self._rows) - 1, -1, -1):
            if self._key(self._rows[place]) not in keys:
                self.beginRemoveRows(NO_PARENT, place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _bring_in(self, rows: Sequence[Row]) -> None:
        """Puts each row in its place: moved there if it stood elsewhere, inserted if it is new."""
        for place, row in enumerate(rows):
            key = self._key(row)
            if place < len(self._rows) and self._key(self._rows[place]) == key:
                continue
            at = self.place_of(key)
            if at is None:
                self.beginInsertRows(NO_PARENT, place, place)
                self._rows.insert(place, row)
                self.endInsertRows()
            else:
                self.beginMoveRows(NO_PARENT, at, at, NO_PARENT, place)
                self._rows.insert(place, self._rows.pop(at))
                self.endMoveRows()

"""Everything that can be done, as a list to be searched: each act with its names, its key and what is against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from studio_console.core.hangul import Pattern, folded, initials
from studio_console.core.text import Text
from studio_console.gui.keys import Act

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """An act, or something else that can be done."""

    name: Text
    key: str = ""
    act: Act | None = None
    why_not: str = ""
    """What speaks against it now, in the window's language; empty where nothing does."""
    possible: bool = True
    run: Callable[[], object] | None = field(default=None, compare=False)


class PaletteModel(QAbstractListModel):
    """All entries, in the order of the acts; ``set_entries`` says which rows are other ones than before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def entry(self, row: int) -> Entry:
        return self._entries[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._entries[index.row()].name.both()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Rows at the end come or go; of the others those change that say something else."""
        before, after = self._entries, tuple(entries)
        if len(after) < len(before):
            self.beginRemoveRows(NO_PARENT, len(after), len(before) - 1)
            self._entries = before[: len(after)]
            self.endRemoveRows()
        elif len(after) > len(before):
            self.beginInsertRows(NO_PARENT, len(before), len(after) - 1)
            self._entries = (*before, *after[len(before) :])
            self.endInsertRows()
        differ = [row for row, (old, new) in enumerate(zip(self._entries, after, strict=True)) if old != new]
        self._entries = after
        for row in differ:
            self.dataChanged.emit(self.index(row), self.index(row))


class Found(QSortFilterProxyModel):
    """The entries that have every word that was typed, in either language, or their key."""

    def __init__(self, model: PaletteModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._patterns: list[Pattern] = []
        self._typed = ""
        self.setSourceModel(model)

    def set_typed(self, typed: str) -> None:
        self.beginFilterChange()
        self._typed = typed.strip()
        self._patterns = [Pattern(word) for word in typed.split() if folded(word)]
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def entry(self, row: int) -> Entry:
        return self._model.entry(self.mapToSource(self.index(row, 0)).row())

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        entry = self._model.entry(row)
        if self._typed and self._typed.casefold() == entry.key.casefold():
            return True
        if self._typed and not self._patterns:
            return False
        texts = [(words, initials(words)) for words in map(folded, (entry.name.ko, entry.name.en, entry.key))]
        return all(any(pattern.is_in(*text) for text in texts) for pattern in self._patterns)

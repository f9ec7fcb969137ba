"""Tables as data: columns with a kind and rows of values, the same ones for a spreadsheet, a text file and paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from studio_console.core.text import Text


class Kind(StrEnum):
    """What the values of a column are; None is an empty cell in all of them."""

    TEXT = auto()
    """Text or str."""
    TIME = auto()
    """Instants."""
    LENGTH = auto()
    """Durations that are not negative."""
    OVER = auto()
    """Durations with a sign: late is +."""
    NUMBER = auto()
    """int."""


class Tone(StrEnum):
    """What a row is to the reader. Never told by a colour alone: the words of the row say it too."""

    PLAIN = auto()
    HEAD = auto()
    """A heading between rows, such as a session."""
    QUIET = auto()
    """Nothing happened here."""
    LOOK = auto()
    """Something was not as it should be."""


@dataclass(frozen=True, slots=True)
class Column:
    head: Text
    kind: Kind = Kind.TEXT
    width: int = 12
    """In letters, in a spreadsheet."""
    paper: float = 0.0
    """Its share of a page's width; 0: not on paper."""
    sheet: bool = True
    """Whether it is in a spreadsheet and a text file."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[object, ...]
    """One a column; of a HEAD row the first one is its words, and others may be filled in."""
    tone: Tone = Tone.PLAIN
    kinds: tuple[Kind, ...] = ()
    """Of each cell, where they are not those of the columns."""

    def kind(self, place: int, column: Column) -> Kind:
        return self.kinds[place] if self.kinds else column.kind


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Text = Text("없음", "none")
    """What is said in place of rows."""

"""The entries of a list in a YAML text as lines: taken out, put in, exchanged, each with the comments that are its own.

Comments right above an entry's dash belong to it, and so do those below it that are indented further than the dash.
What else lies between two entries, blank lines and other comments, stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from studio_console.files.splicing import (
    Splice,
    by_hand,
    column_of,
    end_of,
    line_break,
    line_end,
    line_start,
    next_line,
    start_of,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one entry: ``lead`` is where its own comments begin, ``dash`` its line, ``end`` its last sign."""

    node: yaml.Node
    lead: int
    dash: int
    end: int


@dataclass(frozen=True, slots=True)
class Entries:
    """A list with one entry under the other, or an empty one."""

    text: str
    key: yaml.Node
    """The node of the key that has the list."""
    node: yaml.Node
    rows: tuple[Entry, ...]

    @property
    def column(self) -> int:
        """Where the dashes stand."""
        if self.rows:
            return self.rows[0].dash - line_start(self.text, self.rows[0].dash)
        return column_of(self.text, start_of(self.key)) + 2

    def lines(self, place: int) -> str:
        return self.text[self.rows[place].lead : self.rows[place].end]

    @property
    def gap(self) -> str:
        """What usually lies between two entries: a line break, or a blank line."""
        text = self.text
        if len(self.rows) > 1:
            between = text[self.rows[0].end : self.rows[1].lead]
            return line_break(text) * (2 if between.count("\n") > 1 else 1)
        return line_break(text)


def entries_of(text: str, key: yaml.Node, node: yaml.Node) -> Entries:
    """Raises CannotWrite for a list that is written between brackets."""
    if not isinstance(node, yaml.SequenceNode) or (node.flow_style and node.value):
        raise by_hand(text, start_of(node))
    rows: list[Entry] = []
    floor = next_line(text, int(key.end_mark.index))
    for item in node.value:
        at = start_of(item)
        dash = text.rfind("-", 0, at)
        if dash < 0 or text[line_start(text, dash) : dash].strip() or text[dash + 1 : at].strip():
            raise by_hand(text, at)
        column = column_of(text, dash)
        end = line_end(text, end_of(text, item))
        while (line := _comment_below(text, end)) is not None and column_of(text, line) > column:
            end = line_end(text, line)
        lead = line_start(text, dash)
        while lead > floor and text[line_start(text, lead - 1) : lead].lstrip(" ").startswith("#"):
            lead = line_start(text, lead - 1)
        rows.append(Entry(item, max(lead, floor), dash, end))
        floor = next_line(text, end)
    return Entries(text, key, node, tuple(rows))


def _comment_below(text: str, end: int) -> int | None:
    """Where the comment on the line behind ``end`` begins, if there is nothing but one."""
    at = next_line(text, end)
    line = text[at : line_end(text, at)] if at < len(text) else ""
    return at + len(line) - len(line.lstrip(" ")) if line.lstrip(" ").startswith("#") else None


def exchanged(entries: Entries, place: int) -> list[Splice]:
    """The entries at ``place`` and behind it change their places."""
    first, second = entries.rows[place], entries.rows[place + 1]
    return [
        Splice(first.lead, first.end, entries.lines(place + 1)),
        Splice(second.lead, second.end, entries.lines(place)),
    ]


def removed(entries: Entries, place: int) -> list[Splice]:
    """Without the entry at ``place``; comments that are not its own stay."""
    text, rows = entries.text, entries.rows
    row = rows[place]
    if len(rows) == 1:
        colon = text.index(":", int(entries.key.end_mark.index)) + 1
        return [Splice(colon, colon, " []"), Splice(row.lead, next_line(text, row.end), "")]
    if place and not text[rows[place - 1].end : row.lead].strip():
        return [Splice(rows[place - 1].end, row.end, "")]
    if place + 1 < len(rows) and not text[row.end : rows[place + 1].lead].strip():
        return [Splice(row.lead, rows[place + 1].lead, "")]
    return [Splice(row.lead, next_line(text, row.end), "")]


def inserted(entries: Entries, place: int, lines: str, column: int, gap: str | None = None) -> list[Splice]:
    """With ``lines``, an entry whose dash stands in ``column``, as the entry number ``place``."""
    text, rows = entries.text, entries.rows
    lines = indented(lines, entries.column - column)
    gap = entries.gap if len(rows) > 1 or gap is None else gap
    if not rows:
        start, end = start_of(entries.node), int(entries.node.end_mark.index)
        while text[start - 1] == " ":
            start -= 1
        after = text[end : line_end(text, end)]
        return [Splice(start, line_end(text, end), f"{after}{line_break(text)}{lines}")]
    if place:
        return [Splice(rows[place - 1].end, rows[place - 1].end, gap + lines)]
    return [Splice(rows[0].lead, rows[0].lead, lines + gap)]


def indented(lines: str, by: int) -> str:
    """The lines so many columns further to the right, or to the left; blank ones stay."""
    if not by:
        return lines
    moved = []
    for line in lines.split("\n"):
        if by > 0:
            moved.append(" " * by + line if line.strip() else line)
        else:
            moved.append(line[min(-by, len(line) - len(line.lstrip(" "))) :])
    return "\n".join(moved)

"""An edit of a cue → the text of its day's file with that edit, everything else in it byte for byte as it was."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import yaml

from studio_console.core.editing import (
    CUE_GONE,
    FIELDS,
    ID_TAKEN,
    NO_FURTHER,
    SESSION_GONE,
    CueDeleted,
    CueDuplicated,
    CueEdited,
    CueInserted,
    CueShifted,
    Edit,
    SessionEdited,
    changed_fields,
    changed_in_session,
)
from studio_console.core.problems import Place
from studio_console.core.rundown import Cue, Day, Notes
from studio_console.core.text import Text
from studio_console.core.units import CueId
from studio_console.core.written import format_duration, format_time, since_midnight
from studio_console.files.entries import Entries, entries_of, exchanged, inserted, removed
from studio_console.files.keys import Value, rendered, set_key, value_of
from studio_console.files.rundown_tables import CUE, SESSION
from studio_console.files.splicing import CannotWrite, by_hand, compose, line_break, line_start, spliced, start_of

IN_A_BLOCK = Text(
    "{cue}: 반복 블록의 큐입니다. {place}에서 블록을 고치세요",
    "{cue} comes from a block that stands for many cues: edit the block, {place}",
)

ORDER = tuple(field.key for field in CUE.fields)
"""The keys of a cue, in the order in which new ones are put in."""
SESSION_ORDER = tuple(field.key for field in SESSION.fields)
DEPARTMENTS = tuple(Notes.__slots__)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file's text with the edit. ``steps``: so many cues stood between a shifted cue and its new place."""

    text: str
    steps: int = 1


def rewrite(text: str, edit: Edit, day: Day, zone: ZoneInfo, block: Place | None = None) -> Rewritten:
    """The text of the file of ``day`` with ``edit``. Raises CannotWrite with the reason for the operator.

    ``day`` is what ``text`` says; ``block`` where the edit's cue stands if it has no entry of its own.
    """
    lists = _lists(text)
    match edit:
        case CueEdited(was=was, now=now):
            entries, place = _find(text, lists, now.id, now.number, block)
            start, lines = _lines(entries, place)
            end = entries.rows[place].end
            return Rewritten(text[:start] + edited(lines, was, now, day, zone) + text[end:])
        case SessionEdited():
            return Rewritten(_with_session(text, edit, day, zone))
        case CueShifted():
            return _shifted(text, lists, edit, day, block)
        case CueInserted(new=new, after=after):
            entries, place = _find(text, lists, after, _number(day, after), block)
            _refuse_taken(day, new.id)
            lines = new_entry(new, day, zone, entries.column, line_break(text))
            return Rewritten(spliced(text, inserted(entries, place + 1, lines, entries.column)))
        case CueDuplicated(source=source):
            entries, place = _find(text, lists, source, _number(day, source), block)
            _refuse_taken(day, edit.copy_id)
            _, lines = _lines(entries, place)
            for key, value in (("id", str(edit.copy_id)), ("number", edit.copy_number), ("start", None)):
                lines = set_key(lines, (key,), value, ORDER)
            return Rewritten(spliced(text, inserted(entries, place + 1, lines.rstrip("\r\n"), entries.column)))
        case CueDeleted(gone=gone):
            entries, place = _find(text, lists, gone.id, gone.number, block)
            return Rewritten(spliced(text, removed(entries, place)))


def edited(lines: str, was: Cue, now: Cue, day: Day, zone: ZoneInfo) -> str:
    """The lines of one cue's entry, from its dash's line on, with what of ``now`` differs from ``was``."""
    whole = lines.endswith("\n")
    for name in changed_fields(was, now):
        lines = set_key(lines, (name,), _value(now, name, day, zone), ORDER)
    return lines if whole else lines.rstrip("\r\n")


def _with_session(text: str, edit: SessionEdited, day: Day, zone: ZoneInfo) -> str:
    root = compose(text)
    assert isinstance(root, yaml.MappingNode), "the day was read from this text"
    key, node = next(pair for pair in root.value if pair[0].value == "sessions")
    entries = entries_of(text, key, node)
    place = next((place for place, row in enumerate(entries.rows) if _id(row.node) == edit.session_now.id), None)
    if place is None:
        raise CannotWrite(SESSION_GONE)
    start, lines = _lines(entries, place)
    last = entries.rows[place].node.value[-1][0]
    if last.value == "cues" and not text[line_start(text, start_of(last)) : start_of(last)].strip():
        # Its cues, which may be thousands, need not be looked through.
        lines = text[start : line_start(text, start_of(last))]
    end = start + len(lines)
    for name in changed_in_session(edit.session_was, edit.session_now):
        value = getattr(edit.session_now, name)
        if name != "title" and value is not None:
            value = format_time(since_midnight(value, day.date, zone))
        lines = set_key(lines, (name,), value, SESSION_ORDER)
    return text[:start] + lines + text[end:]


def new_entry(cue: Cue, day: Day, zone: ZoneInfo, column: int, end: str) -> str:
    """The lines of an entry for ``cue``, its dash in ``column``."""
    values = {name: _value(cue, name, day, zone) for name in FIELDS}
    given = {name: value for name, value in values.items() if value not in (None, {}, (), False)}
    written = {"id": str(cue.id), **given}
    lines = [f"{name}: {rendered(written[name])}" for name in ORDER if name in written]
    margin = " " * column
    return f"{margin}- " + f"{end}{margin}  ".join(lines)


def _value(cue: Cue, name: str, day: Day, zone: ZoneInfo) -> Value:
    """What stands in the file for a field of ``cue``."""
    value = getattr(cue, name)
    match name:
        case "start" | "end":
            return None if value is None else format_time(since_midnight(value, day.date, zone))
        case "duration":
            if value is not None:
                return format_duration(value)
            return None if cue.end is not None or cue.clip is not None else "open"
        case "notes":
            return {post: getattr(value, post) for post in DEPARTMENTS if getattr(value, post)}
        case "speakers":
            return tuple(map(str, value))
        case "layouts":
            return {str(surface): str(layout) for surface, layout in value.items()}
        case "kind":
            return str(value.value)
        case "colour":
            return value or None
    return value  # type: ignore[no-any-return]


def _lists(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """The key and the list of the cues of every session."""
    root = compose(text)
    sessions = value_of(root, "sessions") if isinstance(root, yaml.MappingNode) else None
    if not isinstance(sessions, yaml.SequenceNode):
        raise by_hand(text, start_of(root))
    return [pair for session in sessions.value for pair in session.value if pair[0].value == "cues"]


def _find(
    text: str, lists: list[tuple[yaml.Node, yaml.Node]], cue: CueId, number: str, block: Place | None
) -> tuple[Entries, int]:
    """The list that has the cue's own entry, and its place in it."""
    for key, node in lists:
        for place, item in enumerate(node.value):
            if _is_entry_of(item, cue):
                return entries_of(text, key, node), place
    if block is not None:
        raise CannotWrite(IN_A_BLOCK, cue=number, place=f"{block.file}:{block.line}")
    raise CannotWrite(CUE_GONE)


def _number(day: Day, id: CueId) -> str:
    return next((cue.number for cue in day.cues if cue.id == id), str(id))


def _is_entry_of(item: yaml.Node, cue: CueId) -> bool:
    return _id(item) == cue and value_of(item, "repeat") is None  # type: ignore[arg-type]


def _id(item: yaml.Node) -> str | None:
    found = value_of(item, "id") if isinstance(item, yaml.MappingNode) else None
    return str(found.value) if isinstance(found, yaml.ScalarNode) else None


def _lines(entries: Entries, place: int) -> tuple[int, str]:
    """Where the line of an entry's dash begins, and the lines from there to the entry's end."""
    start = entries.rows[place].dash - entries.column
    return start, entries.text[start : entries.rows[place].end]


def _refuse_taken(day: Day, id: CueId) -> None:
    if any(cue.id == id for cue in day.cues):
        raise CannotWrite(ID_TAKEN, id=id)


def _shifted(
    text: str, lists: list[tuple[yaml.Node, yaml.Node]], edit: CueShifted, day: Day, block: Place | None
) -> Rewritten:
    entries, place = _find(text, lists, edit.cue, _number(day, edit.cue), block)
    beside = place + 1 if edit.down else place - 1
    which = next(index for index, (key, _) in enumerate(lists) if key is entries.key)
    if 0 <= beside < len(entries.rows):
        steps = _stands_for(entries, beside, day.sessions[which].cues)
        return Rewritten(spliced(text, exchanged(entries, min(place, beside))), steps)
    there = which + 1 if edit.down else which - 1
    if not 0 <= there < len(lists):
        raise CannotWrite(NO_FURTHER)
    target = entries_of(text, *lists[there])
    at = 0 if edit.down else len(target.rows)
    lines = inserted(target, at, entries.lines(place), entries.column, entries.gap)
    return Rewritten(spliced(text, [*removed(entries, place), *lines]))


def _stands_for(entries: Entries, place: int, cues: tuple[Cue, ...]) -> int:
    """How many cues the entry at ``place`` stands for: one, or those of a block."""
    ids = [_id(row.node) for row in entries.rows]
    order = [str(cue.id) for cue in cues]
    if ids[place] in order:
        return 1
    before = [order.index(id) for id in ids[:place] if id in order]
    behind = [order.index(id) for id in ids[place + 1 :] if id in order]
    # Two blocks side by side have nothing between them to count from: each is passed with the other.
    return (behind[0] if behind else len(order)) - (before[-1] + 1 if before else 0)

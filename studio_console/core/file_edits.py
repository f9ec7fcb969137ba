"""Edits of the files in the show: wanted, written, kept, taken back. Nothing is edited while the show is locked.

There is one history: added time, live skips and edits of the files lie in it in order, and undo takes back the last,
whatever it is. Where that is an edit of the files and the show is locked, undo is refused; it never goes past it.
"""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.edit_reports import (
    DraftFound,
    DraftKept,
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
    UnsavedSettled,
)
from studio_console.core.editing import (
    CueDeleted,
    Edit,
    Editing,
    FileEdit,
    Unsaved,
    onto,
)
from studio_console.core.effects import DropEdit, KeepDraft, RevertEdit, WriteEdit
from studio_console.core.refusals import ALREADY_DONE, NO_RUNDOWN, Outcome, refuse
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import Instant, PressId

LOCKED = Text("쇼 잠금 중입니다. 잠금을 풀고 고치세요", "The show is locked: unlock it to edit")
ON_AIR = Text("송출 중인 큐는 지울 수 없습니다", "The cue on air cannot be deleted")
NOT_UNSAVED = Text("저장되지 않은 그런 편집이 없습니다", "There is no such unsaved edit")
REMEMBERED = 32
"""So many settled edits are remembered by their presses."""


def want(show: Show, edit: Edit, now: Instant) -> Outcome:
    if show.locked:
        return refuse(show, edit.press, now, LOCKED)
    if show.day is None:
        return refuse(show, edit.press, now, NO_RUNDOWN)
    if edit.press in show.editing.settled or _unsaved(show, edit.press) is not None:
        return refuse(show, edit.press, now, ALREADY_DONE)
    on_air = {take.cue.id for take in (show.taking, show.on_air) if take is not None}
    if isinstance(edit, CueDeleted) and edit.gone.id in on_air:
        return refuse(show, edit.press, now, ON_AIR)
    editing = replace(show.editing, unsaved=(*show.editing.unsaved, Unsaved(edit)))
    return replace(show, editing=editing, refusal=None), (WriteEdit(edit, "an operator edited"),)


def written(show: Show, event: EditWritten) -> Show:
    done = (*show.edits.done, FileEdit(event.press, event.label))
    edits = replace(show.edits, done=done, undone=())
    return replace(show, edits=edits, editing=_settled(show.editing, event.press))


def kept(show: Show, event: EditKept) -> Show:
    """The edit stays, in its place among the others if it was known, until it is settled."""
    new = Unsaved(event.edit, event.why, event.cue, event.session, event.found)
    before = show.editing.unsaved
    if _unsaved(show, event.edit.press) is None:
        return replace(show, editing=replace(show.editing, unsaved=(*before, new)))
    unsaved = tuple(new if each.edit.press == event.edit.press else each for each in before)
    return replace(show, editing=replace(show.editing, unsaved=unsaved))


def refused(show: Show, event: EditRefused, now: Instant) -> Outcome:
    return refuse(replace(show, editing=_without(show.editing, event.press)), event.press, now, event.why)


def dropped(show: Show, event: EditDropped) -> Show:
    return replace(show, editing=_settled(show.editing, event.press))


def settle(show: Show, event: UnsavedSettled, now: Instant) -> Outcome:
    known = _unsaved(show, event.of)
    if known is None or known.why is None:
        return refuse(show, event.press, now, NOT_UNSAVED)
    if not event.write:
        return replace(show, refusal=None), (DropEdit(event.of, "an operator dropped it"),)
    if show.locked:
        return refuse(show, event.press, now, LOCKED)
    edit = known.edit
    if known.theirs is not None:
        edit = onto(known.theirs, edit)
    unsaved = tuple(Unsaved(edit) if each is known else each for each in show.editing.unsaved)
    show = replace(show, editing=replace(show.editing, unsaved=unsaved), refusal=None)
    return show, (WriteEdit(edit, "an operator wants it all the same"),)


def revert(show: Show, edit: FileEdit, redo: bool, now: Instant) -> Outcome:
    """Undo and redo of an edit of the files: the history follows when the files have changed."""
    if show.locked:
        return refuse(show, None, now, LOCKED)
    return replace(show, refusal=None), (RevertEdit(edit.press, redo, "an operator took it back"),)


def reverted(show: Show, event: EditReverted) -> Show:
    done, undone = show.edits.done, show.edits.undone
    here, there = (undone, done) if event.redone else (done, undone)
    moved = tuple(each for each in here if _is(each, event.press))
    here = tuple(each for each in here if not _is(each, event.press))
    done, undone = ((*there, *moved), here) if event.redone else (here, (*there, *moved))
    return replace(show, edits=replace(show.edits, done=done, undone=undone))


def not_reverted(show: Show, event: RevertFailed, now: Instant) -> Outcome:
    if event.lasting:
        edits = show.edits
        done = tuple(each for each in edits.done if not _is(each, event.press))
        undone = tuple(each for each in edits.undone if not _is(each, event.press))
        show = replace(show, edits=replace(edits, done=done, undone=undone))
    return refuse(show, None, now, event.why)


def keep_draft(show: Show, event: DraftKept) -> Outcome:
    editing = replace(show.editing, draft=None)
    return replace(show, editing=editing), (KeepDraft(event.draft, "an operator is typing"),)


def found_draft(show: Show, event: DraftFound) -> Show:
    return replace(show, editing=replace(show.editing, draft=event.draft))


def _unsaved(show: Show, press: PressId) -> Unsaved | None:
    return next((each for each in show.editing.unsaved if each.edit.press == press), None)


def _without(editing: Editing, press: PressId) -> Editing:
    return replace(editing, unsaved=tuple(each for each in editing.unsaved if each.edit.press != press))


def _settled(editing: Editing, press: PressId) -> Editing:
    return replace(_without(editing, press), settled=(*editing.settled[-REMEMBERED + 1 :], press))


def _is(edit: object, press: PressId) -> bool:
    return isinstance(edit, FileEdit) and edit.press == press

"""Editing the event from the desk: what an edit says, what it means for a day, and what becomes of it.

The files are the event: an edit is done when it is in them. Each edit carries the cue as the operator saw it, so that
what somebody else saved meanwhile is never overwritten: another field is merged, the same one is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from studio_console.core.change import replace
from studio_console.core.rundown import Cue, Day, Event, Kind, Session
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, CueId, PressId

FIELDS: Mapping[str, Text] = {
    "number": Text("번호", "number"),
    "title": Text("제목", "title"),
    "kind": Text("종류", "kind"),
    "start": Text("고정 시작", "fixed start"),
    "duration": Text("길이", "length"),
    "end": Text("고정 끝", "fixed end"),
    "speakers": Text("출연", "speakers"),
    "layouts": Text("화면 구성", "layouts"),
    "captions": Text("자막", "caption"),
    "notes": Text("메모", "notes"),
    "colour": Text("색", "colour"),
    "skip": Text("건너뜀", "skip"),
}
"""What of a cue can be edited, by the names of its fields."""

SESSION_FIELDS: Mapping[str, Text] = {
    "title": Text("제목", "title"),
    "start": Text("시작", "start"),
    "end": Text("끝", "end"),
}
"""What of a session can be edited."""

NEW_TITLE = Text("새 큐", "New cue")
EDITED = Text("{cue} 고침: {fields}", "{cue} edited: {fields}")
SHIFTED_UP = Text("{cue} 위로", "{cue} moved up")
SHIFTED_DOWN = Text("{cue} 아래로", "{cue} moved down")
INSERTED = Text("{cue} 넣음", "{cue} inserted")
DUPLICATED = Text("{cue} 복제", "{cue} duplicated")
DELETED = Text("{cue} 지움", "{cue} deleted")

SESSION_GONE = Text("그 세션이 파일에서 없어졌습니다", "the session is gone from the files")
CUE_GONE = Text("그 큐가 파일에서 없어졌습니다", "the cue is gone from the files")
NO_FURTHER = Text("더 옮길 자리가 없습니다", "there is no place further in that direction")
ID_TAKEN = Text("아이디 ‘{id}’인 큐가 이미 있습니다", "there is a cue with the id ‘{id}’ already")


@dataclass(frozen=True, slots=True)
class CueEdited:
    """``now`` is wanted where ``was`` was seen; they differ in some of ``FIELDS`` and have one id."""

    was: Cue
    now: Cue
    press: PressId


@dataclass(frozen=True, slots=True)
class CueShifted:
    """``cue`` goes past its neighbour in the files, or at a session's edge into the session beside it."""

    cue: CueId
    down: bool
    press: PressId


@dataclass(frozen=True, slots=True)
class CueInserted:
    """``new`` comes behind the cue ``after``, in its session."""

    new: Cue
    after: CueId
    press: PressId


@dataclass(frozen=True, slots=True)
class CueDuplicated:
    """A copy of ``source`` as the files have it comes behind it, with its own id and number and no fixed start."""

    source: CueId
    copy_id: CueId
    copy_number: str
    press: PressId


@dataclass(frozen=True, slots=True)
class CueDeleted:
    """``gone`` is as it was seen."""

    gone: Cue
    press: PressId


@dataclass(frozen=True, slots=True)
class SessionEdited:
    """A session otherwise than it was seen: its title, its published start, its hard end. Both come without cues.

    ``anchor`` is one of its cues, by which it is found in the files.
    """

    session_was: Session
    session_now: Session
    anchor: CueId
    press: PressId


Edit: TypeAlias = SessionEdited | CueEdited | CueShifted | CueInserted | CueDuplicated | CueDeleted


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in an open editor and is not saved yet: the texts of its fields, as they were typed."""

    cue: CueId
    texts: Mapping[str, str]
    session: bool = False
    """It is the session of ``cue`` that is edited."""


@dataclass(frozen=True, slots=True)
class FileEdit:
    """An edit that is in the files, as the history of edits has it."""

    press: PressId
    label: Text


@dataclass(frozen=True, slots=True)
class Unsaved:
    """An edit that is wanted and not in the files, and why not; ``why`` None while it is being written.

    ``cue`` or ``session`` is what the files have where somebody else changed the same field. ``found``: it was left
    over when the console ended.
    """

    edit: Edit
    why: Text | None = None
    cue: Cue | None = None
    session: Session | None = None
    found: bool = False

    @property
    def theirs(self) -> Cue | Session | None:
        return self.cue or self.session


@dataclass(frozen=True, slots=True)
class Editing:
    """What is known of edits that are not in the files."""

    unsaved: tuple[Unsaved, ...] = ()
    draft: Draft | None = None
    """What was being typed when the console ended without being closed."""
    settled: tuple[PressId, ...] = ()
    """The latest edits that came into the files or were dropped, so that an editor knows of its own."""


def changed_fields(was: Cue, now: Cue) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(was, name) != getattr(now, name))


def changed_in_session(was: Session, now: Session) -> tuple[str, ...]:
    return tuple(name for name in SESSION_FIELDS if getattr(was, name) != getattr(now, name))


def merged(theirs: Cue, edit: CueEdited) -> tuple[Cue, tuple[str, ...]]:
    """``theirs`` with the fields of ``edit``, and those of them that ``theirs`` has otherwise than either side."""
    wanted = changed_fields(edit.was, edit.now)
    taken = {name: getattr(edit.now, name) for name in wanted}
    return replace(theirs, **taken), clashing(theirs, edit.was, edit.now, wanted)


def merged_session(theirs: Session, edit: SessionEdited) -> tuple[Session, tuple[str, ...]]:
    """The same for a session; its cues are those of ``theirs``."""
    wanted = changed_in_session(edit.session_was, edit.session_now)
    taken = {name: getattr(edit.session_now, name) for name in wanted}
    return replace(theirs, **taken), clashing(theirs, edit.session_was, edit.session_now, wanted)


def clashing(theirs: object, was: object, now: object, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The fields among ``wanted`` that ``theirs`` has otherwise than either side."""
    return tuple(name for name in wanted if getattr(theirs, name) not in (getattr(was, name), getattr(now, name)))


def onto(theirs: Cue | Session, edit: Edit) -> Edit:
    """The edit as if it had been made on ``theirs``: what was asked about is wanted all the same."""
    if isinstance(theirs, Cue) and isinstance(edit, CueEdited):
        return replace(edit, was=theirs, now=merged(theirs, edit)[0])
    if isinstance(theirs, Session) and isinstance(edit, SessionEdited):
        now = merged_session(theirs, edit)[0]
        return replace(edit, session_was=replace(theirs, cues=()), session_now=replace(now, cues=()))
    if isinstance(theirs, Cue) and isinstance(edit, CueDeleted):
        return replace(edit, gone=theirs)
    return edit


def wanted_of(edit: Edit) -> Cue | Session | None:
    """What an edit of fields wants; None for one that is none."""
    if isinstance(edit, CueEdited):
        return edit.now
    return edit.session_now if isinstance(edit, SessionEdited) else None


def clashes_of(edit: Edit, theirs: Cue | Session) -> tuple[str, ...]:
    """The fields that both sides changed, otherwise; of a cue that is to be deleted, all that the others changed."""
    if isinstance(edit, CueDeleted) and isinstance(theirs, Cue):
        return changed_fields(edit.gone, theirs)
    if isinstance(edit, CueEdited):
        return clashing(theirs, edit.was, edit.now, changed_fields(edit.was, edit.now))
    if isinstance(edit, SessionEdited):
        wanted = changed_in_session(edit.session_was, edit.session_now)
        return clashing(theirs, edit.session_was, edit.session_now, wanted)
    return ()


def turned_round(edit: Edit) -> Edit | None:
    """The edit that takes a change of fields back; None for one that is none."""
    if isinstance(edit, CueEdited):
        return replace(edit, was=edit.now, now=edit.was)
    if isinstance(edit, SessionEdited):
        return replace(edit, session_was=edit.session_now, session_now=edit.session_was)
    return None


def applied(day: Day, edit: Edit, steps: int = 1) -> Day | Text:
    """The day as it is meant to be with ``edit``, or why it cannot be.

    ``steps``: so many cues the neighbour in the files stands for that a shifted cue goes past.
    """
    if isinstance(edit, CueEdited):
        return _with_cues(day, lambda cue: (merged(cue, edit)[0],) if cue.id == edit.now.id else (cue,), edit.now.id)
    if isinstance(edit, CueInserted):
        return _with_cues(day, lambda cue: (cue, edit.new) if cue.id == edit.after else (cue,), edit.after)
    if isinstance(edit, CueDuplicated):
        return _with_cues(
            day,
            lambda cue: (
                (cue, replace(cue, id=edit.copy_id, number=edit.copy_number, start=None))
                if cue.id == edit.source
                else (cue,)
            ),
            edit.source,
        )
    if isinstance(edit, CueDeleted):
        return _with_cues(day, lambda cue: () if cue.id == edit.gone.id else (cue,), edit.gone.id)
    if isinstance(edit, SessionEdited):
        return _with_session(day, edit)
    return _shifted(day, edit, steps)


def _with_session(day: Day, edit: SessionEdited) -> Day | Text:
    id = edit.session_now.id
    if all(session.id != id for session in day.sessions):
        return SESSION_GONE
    sessions = (merged_session(part, edit)[0] if part.id == id else part for part in day.sessions)
    return replace(day, sessions=tuple(sessions))


def _with_cues(day: Day, become: Callable[[Cue], tuple[Cue, ...]], needed: CueId) -> Day | Text:
    if all(cue.id != needed for cue in day.cues):
        return CUE_GONE
    sessions = tuple(
        replace(session, cues=tuple(new for cue in session.cues for new in become(cue))) for session in day.sessions
    )
    return replace(day, sessions=sessions)


def _shifted(day: Day, edit: CueShifted, steps: int) -> Day | Text:
    sessions = [list(session.cues) for session in day.sessions]
    for place, cues in enumerate(sessions):
        at = next((index for index, cue in enumerate(cues) if cue.id == edit.cue), None)
        if at is None:
            continue
        cue = cues.pop(at)
        if edit.down and at < len(cues):
            cues.insert(at + steps, cue)
        elif not edit.down and at > 0:
            cues.insert(at - steps, cue)
        else:
            beside = place + (1 if edit.down else -1)
            if not 0 <= beside < len(sessions):
                return NO_FURTHER
            sessions[beside].insert(0 if edit.down else len(sessions[beside]), cue)
        return replace(day, sessions=tuple(map(_with, day.sessions, sessions)))
    return CUE_GONE


def _with(session: Session, cues: list[Cue]) -> Session:
    return replace(session, cues=tuple(cues))


def label_of(edit: Edit, day: Day | None) -> Text:
    """What was done, for the history: ``M12 edited: title``."""
    if isinstance(edit, CueEdited):
        names = [FIELDS[name] for name in changed_fields(edit.was, edit.now)]
        fields = Text(", ".join(name.ko for name in names), ", ".join(name.en for name in names))
        return EDITED.filled(cue=edit.now.number, fields=fields)
    if isinstance(edit, SessionEdited):
        names = [SESSION_FIELDS[name] for name in changed_in_session(edit.session_was, edit.session_now)]
        fields = Text(", ".join(name.ko for name in names), ", ".join(name.en for name in names))
        return EDITED.filled(cue=edit.session_now.title, fields=fields)
    if isinstance(edit, CueInserted):
        return INSERTED.filled(cue=edit.new.number)
    if isinstance(edit, CueDuplicated):
        return DUPLICATED.filled(cue=edit.copy_number)
    if isinstance(edit, CueDeleted):
        return DELETED.filled(cue=edit.gone.number)
    number = next((cue.number for cue in (day.cues if day else ()) if cue.id == edit.cue), str(edit.cue))
    return (SHIFTED_DOWN if edit.down else SHIFTED_UP).filled(cue=number)


def cue_of_edit(edit: Edit) -> CueId:
    """The cue that the edit is about; for one that comes new, itself. For a session, one that stands in it."""
    match edit:
        case SessionEdited():
            return edit.anchor
        case CueEdited():
            return edit.now.id
        case CueShifted():
            return edit.cue
        case CueInserted():
            return edit.new.id
        case CueDuplicated():
            return edit.copy_id
        case CueDeleted():
            return edit.gone.id


def free_name(event: Event, day: Day, beside: Cue) -> tuple[CueId, str]:
    """An id that no cue of the event has and a number that none of the day has, made from those of ``beside``."""
    ids = {cue.id for each in (*event.days, day) for cue in each.cues}
    numbers = {cue.number for cue in day.cues}
    count = 2
    while CueId(f"{beside.id[:72]}-{count}") in ids or f"{beside.number}-{count}" in numbers:
        count += 1
    return CueId(f"{beside.id[:72]}-{count}"), f"{beside.number}-{count}"


def new_cue(event: Event, day: Day, beside: Cue) -> Cue:
    """What is put into the rundown behind ``beside``, to be filled in: a minute, with nothing seen of it."""
    id, number = free_name(event, day, beside)
    return Cue(id=id, number=number, title=NEW_TITLE, kind=Kind.FREE, duration=MINUTE)

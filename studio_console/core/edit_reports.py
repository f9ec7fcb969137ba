"""What is said about edits of the files, in the past tense: by operators, and by what writes the files."""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.editing import Draft, Edit
from studio_console.core.rundown import Cue, Session
from studio_console.core.text import Text
from studio_console.core.units import PressId


@dataclass(frozen=True, slots=True)
class DraftKept:
    """What is being typed in an editor; None: it was closed, and nothing of it is wanted any more."""

    draft: Draft | None


@dataclass(frozen=True, slots=True)
class UnsavedSettled:
    """The unsaved edit of the press ``of`` is to be written after all, also over what others saved; or dropped."""

    of: PressId
    write: bool
    press: PressId


@dataclass(frozen=True, slots=True)
class EditWritten:
    """The edit of ``press`` is in the files."""

    press: PressId
    label: Text


@dataclass(frozen=True, slots=True)
class EditKept:
    """The edit is kept and not in the files; ``cue``, ``session``: others changed the same field. See ``Unsaved``."""

    edit: Edit
    why: Text
    cue: Cue | None = None
    session: Session | None = None
    found: bool = False


@dataclass(frozen=True, slots=True)
class EditRefused:
    """The edit of ``press`` cannot be made and nothing was written."""

    press: PressId
    why: Text


@dataclass(frozen=True, slots=True)
class EditDropped:
    """The edit of ``press``, which was unsaved, is not wanted any more."""

    press: PressId


@dataclass(frozen=True, slots=True)
class EditReverted:
    """What the edit of ``press`` wrote was taken out of the files again; ``redone``: it was put back into them."""

    press: PressId
    redone: bool


@dataclass(frozen=True, slots=True)
class RevertFailed:
    """The edit could not be taken back, or made again. ``lasting``: it never will be, and leaves the history."""

    press: PressId
    why: Text
    lasting: bool


@dataclass(frozen=True, slots=True)
class DraftFound:
    """What was being typed when the console ended without being closed."""

    draft: Draft

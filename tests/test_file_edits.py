"""Edits of the files as the show has them: wanted, kept, written, taken back. What writes them only reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.edit_alarms import edit_alarms
from studio_console.core.edit_reports import (
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
    UnsavedSettled,
)
from studio_console.core.editing import (
    CUE_GONE,
    NO_FURTHER,
    CueEdited,
    CueShifted,
    FileEdit,
    applied,
    clashes_of,
    free_name,
    merged,
    onto,
)
from studio_console.core.effects import DropEdit, RevertEdit, WriteEdit
from studio_console.core.events import ConsoleStarted
from studio_console.core.presses import EditRedone, EditUndone, ShowLockSet, TimeAdded
from studio_console.core.rundown import Event
from studio_console.core.text import Text, same
from studio_console.core.units import CueId, Duration, PressId
from tests.builders import FIVE, Run, cue, day, name, session

WHY = Text("디스크가 가득 찼습니다", "the disk is full")
M2 = FIVE.cues[1]
LATER = replace(M2, title=same("Another"))
EDIT = CueEdited(M2, LATER, PressId("edit 1"))
DONE = FileEdit(EDIT.press, same("M2 edited"))
WRITTEN = EditWritten(EDIT.press, DONE.label)


@pytest.fixture
def run() -> Run:
    return Run(FIVE)


def test_an_edit_is_ordered_once_and_known_until_it_is_written(run: Run) -> None:
    """Pressed twice by a bouncing key it is written once; written, it lies in the history."""
    run.post(EDIT)
    assert run.effects == [WriteEdit(EDIT, "an operator edited")]
    assert [each.edit for each in run.show.editing.unsaved] == [EDIT]
    run.post(EDIT)
    assert run.refused is not None
    run.post(WRITTEN)
    assert (run.show.editing.unsaved, run.show.edits.done) == ((), (DONE,))
    run.post(EDIT)
    assert run.refused is not None


def test_undo_waits_for_the_files(run: Run) -> None:
    """The history follows what is in the files: taken back when that is reported, made again when that is."""
    run.post(EDIT, WRITTEN, EditUndone())
    assert run.effects == [RevertEdit(EDIT.press, False, "an operator took it back")]
    assert run.show.edits.done == (DONE,)
    run.post(EditReverted(EDIT.press, redone=False))
    assert (run.show.edits.done, run.show.edits.undone) == ((), (DONE,))
    run.post(EditRedone())
    assert run.effects == [RevertEdit(EDIT.press, True, "an operator took it back")]
    run.post(EditReverted(EDIT.press, redone=True))
    assert (run.show.edits.done, run.show.edits.undone) == ((DONE,), ())


def test_added_time_lies_in_the_same_history(run: Run) -> None:
    """A minute added after the edit is taken back first, and a new edit ends what could be made again."""
    added = TimeAdded(name("M2"), Duration(60_000))
    run.post(EDIT, WRITTEN, added, EditUndone())
    assert (run.show.edits.done, run.show.edits.undone) == ((DONE,), (added,))
    run.post(replace(EDIT, press=PressId("edit 2")), EditWritten(PressId("edit 2"), same("again")))
    assert run.show.edits.undone == ()


@pytest.mark.parametrize("lasting", [True, False])
def test_what_cannot_be_taken_back_does_not_stop_undo_for_ever(run: Run, lasting: bool) -> None:
    """A full disk may have room again; a place that somebody else rewrote never comes back."""
    run.post(EDIT, WRITTEN, EditUndone(), RevertFailed(EDIT.press, WHY, lasting))
    assert run.refused == WHY
    assert run.show.edits.done == (() if lasting else (DONE,))


def test_a_locked_show_refuses_edits_and_their_undo(run: Run) -> None:
    """Also of an edit that waits: it may be dropped, and not written."""
    run.post(EDIT, EditKept(EDIT, WHY), ShowLockSet(True))
    run.post(CueShifted(name("M3"), True, PressId("edit 2")))
    assert run.refused is not None
    run.post(UnsavedSettled(EDIT.press, True, PressId("settle 1")))
    assert run.refused is not None
    run.post(UnsavedSettled(EDIT.press, False, PressId("settle 2")))
    assert run.effects == [DropEdit(EDIT.press, "an operator dropped it")]
    run.post(EditDropped(EDIT.press))
    assert run.show.editing.unsaved == ()


def test_what_is_kept_is_an_alarm_until_it_is_settled(run: Run) -> None:
    """Refused it is gone; kept it waits, in its place among the others, and one alarm tells of all."""
    other = CueShifted(name("M3"), True, PressId("edit 2"))
    run.post(EDIT, other, EditKept(other, WHY), EditKept(EDIT, WHY))
    assert [each.edit for each in run.show.editing.unsaved] == [EDIT, other]
    (alarm,) = edit_alarms(run.show)
    assert alarm.text.show("en", **alarm.values) == (
        "2 edits are not saved: M2 edited: title …; the disk is full. Ctrl+M writes the first, Ctrl+T drops it"
    )
    run.post(EditRefused(EDIT.press, WHY), EditDropped(other.press))
    assert edit_alarms(run.show) == ()
    run.post(UnsavedSettled(EDIT.press, True, PressId("settle 1")))
    assert run.refused is not None


def test_after_a_restart_nothing_is_known_until_it_is_told(run: Run) -> None:
    """What was unsaved is told anew by what keeps it, and not by the journal; the history stays."""
    run.post(EDIT, WRITTEN, replace(EDIT, press=PressId("edit 2")), ConsoleStarted())
    assert run.show.editing.unsaved == ()
    assert run.show.edits.done == (DONE,)


def test_another_field_is_merged_and_the_same_one_clashes() -> None:
    """Theirs has another length: both are kept. Theirs has another title: that is a question."""
    longer = replace(M2, duration=Duration(1))
    assert merged(longer, EDIT) == (replace(LATER, duration=Duration(1)), ())
    theirs = replace(M2, title=same("Theirs"))
    assert clashes_of(EDIT, theirs) == ("title",)
    mine = onto(theirs, EDIT)
    assert isinstance(mine, CueEdited)
    assert clashes_of(mine, theirs) == ()
    assert merged(theirs, mine)[0] == LATER
    assert clashes_of(EDIT, LATER) == ()


def test_a_shift_means_the_same_for_the_day_as_for_the_file() -> None:
    """Down, up, over a block of two, into the session beside it; at the day's ends there is no further."""
    two = day(session(*FIVE.cues[:4], id="one"), session(FIVE.cues[4], id="two"))

    def order(which: str, down: bool, steps: int = 1) -> str:
        shifted = applied(two, CueShifted(name(which), down, PressId("shift")), steps)
        assert not isinstance(shifted, Text)
        return " | ".join(" ".join(each.number for each in part.cues) for part in shifted.sessions)

    assert order("M2", True) == "M1 M3 M2 M4 | M5"
    assert order("M2", False) == "M2 M1 M3 M4 | M5"
    assert order("M1", True, 2) == "M2 M3 M1 M4 | M5"
    assert order("M4", True) == "M1 M2 M3 | M4 M5"
    assert order("M5", False) == "M1 M2 M3 M4 M5 | "
    assert applied(two, CueShifted(name("M1"), False, PressId("shift"))) == NO_FURTHER
    assert applied(two, CueShifted(CueId("gone"), False, PressId("shift"))) == CUE_GONE


def test_a_new_name_is_nobody_elses() -> None:
    """A third copy of M2 gets the next number that is free in the day, and an id that is free in the event."""
    copied = day(M2, cue("M2-2"))
    event = Event("event", same("Event"), "Asia/Seoul", {}, (copied,))
    assert free_name(event, copied, M2) == (CueId("m2-3"), "M2-3")

"""Edits from the desk on a real event folder: written, merged, asked about, kept, taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from studio_console.app.console import Opened, open_event, opened, plans_for, rundown_event
from studio_console.app.editing import Editor
from studio_console.app.places import Mode
from studio_console.core.edit_alarms import edit_alarms
from studio_console.core.edit_reports import DraftKept, UnsavedSettled
from studio_console.core.editing import (
    CueDeleted,
    CueEdited,
    CueInserted,
    CueShifted,
    Draft,
    Edit,
    SessionEdited,
    Unsaved,
    new_cue,
)
from studio_console.core.events import RundownLoaded, ShowEvent
from studio_console.core.presses import EditRedone, EditUndone, GoPressed, ShowLockSet, TimeAdded
from studio_console.core.rundown import Cue, Notes
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant, PersonId, PressId
from studio_console.files import saving
from studio_console.files.folder import State
from studio_console.files.load import Loaded
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.small_event import write_small_event

DAY = "rundown/day-1.yaml"
KEYNOTE, CLOSING = CueId("keynote"), CueId("closing")


class AtTheFiles:
    """An engine with an editor on an event folder, and somebody who edits."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder = folder
        self.first = open_event(folder)
        self.journal = Journal(state / "show.journal")
        self.engine = Engine(SystemClock(), self.journal, {})
        self.told = threading.Condition()
        self.shows: list[Show] = []
        self.editor = Editor(folder, self.first.event.days[0].id, state / "show.edits", self.engine.post)
        self.engine.use_editor(self.editor)
        self.engine.watch(self._see)
        self.engine.post(self._rundown(self.first))
        self.engine.start()
        self.editor.start(self._reload)
        self._presses = 0

    def _rundown(self, event: Opened) -> RundownLoaded:
        day = event.event.days[0]
        return rundown_event(event, day, plans_for(event, day, Mode.REHEARSAL), 1.0)

    def _reload(self, loaded: Loaded) -> None:
        self.engine.post(self._rundown(opened(self.folder, loaded)))

    def _see(self, show: Show) -> None:
        with self.told:
            self.shows.append(show)
            self.told.notify_all()

    def close(self) -> None:
        self.engine.close()
        self.editor.close()
        self.journal.close()

    @property
    def show(self) -> Show:
        return self.shows[-1]

    def until(self, holds: Callable[[Show], bool]) -> Show:
        """The first show, from the newest on, for which ``holds``."""
        with self.told:
            assert self.told.wait_for(lambda: holds(self.shows[-1]), 20), self.shows[-1].editing
            return self.shows[-1]

    def press(self) -> PressId:
        self._presses += 1
        return PressId(f"press {self._presses}")

    def post(self, event: ShowEvent) -> None:
        self.engine.post(event)

    def cue(self, id: str) -> Cue:
        show = self.until(lambda show: show.day is not None)
        return next(cue for cue in show.plan.cues if cue.id == id)

    def edit(self, id: str, **changes: object) -> Edit:
        was = self.cue(id)
        edit = CueEdited(was, replace(was, **changes), self.press())  # type: ignore[arg-type]
        self.post(edit)
        return edit

    def written(self, edit: Edit) -> Show:
        return self.until(lambda show: edit.press in show.editing.settled)

    def kept(self, edit: Edit) -> Unsaved:
        show = self.until(lambda show: any(u.edit.press == edit.press and u.why for u in show.editing.unsaved))
        return next(each for each in show.editing.unsaved if each.edit.press == edit.press)

    def refused(self, edit: Edit) -> str:
        show = self.until(lambda show: show.refusal is not None and show.refusal.press == edit.press)
        assert show.refusal is not None
        return show.refusal.reason.show("en", **show.refusal.values)

    @property
    def text(self) -> str:
        return (self.folder / DAY).read_bytes().decode()

    def save(self, text: str) -> None:
        """Somebody saves the day in another program."""
        (self.folder / DAY).write_bytes(text.encode())


@contextmanager
def sitting(folder: Path, state: Path) -> Iterator[AtTheFiles]:
    state.mkdir(exist_ok=True)
    at = AtTheFiles(folder, state)
    try:
        yield at
    finally:
        at.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_event(tmp_path / "event")


@pytest.fixture
def at(folder: Path, tmp_path: Path) -> Iterator[AtTheFiles]:
    with sitting(folder, tmp_path / "state") as somebody:
        yield somebody


def test_a_title_is_corrected_and_the_files_say_so(at: AtTheFiles) -> None:
    """The mayor's title has a slip. It is corrected at the desk, is in the file at once, and in the rundown."""
    before = at.text
    show = at.written(at.edit("keynote", title=Text("기조 연설", "Keynote speech")))
    assert at.text == before.replace("{ko: 기조연설, en: Keynote}", "{ko: 기조 연설, en: Keynote speech}")
    assert next(cue.title.en for cue in show.plan.cues if cue.id == KEYNOTE) == "Keynote speech"
    assert show.edits.done[-1].label.en == "M2 edited: title"  # type: ignore[union-attr]


def titles(at: AtTheFiles) -> list[str]:
    return [cue.title.en for cue in at.show.plan.cues]


def test_what_somebody_else_saved_is_merged(at: AtTheFiles) -> None:
    """While the TD types a new title, a colleague saves another length of the same cue: both are kept."""
    was = at.cue("keynote")
    at.save(at.text.replace("duration: 10m\n        speakers", "duration: 12m  # agreed\n        speakers"))
    edit = CueEdited(was, replace(was, title=Text("인사말", "A word")), at.press())
    at.post(edit)
    show = at.written(edit)
    cue = next(cue for cue in show.plan.cues if cue.id == KEYNOTE)
    assert (cue.title.en, cue.duration) == ("A word", 720_000)
    assert "duration: 12m  # agreed" in at.text


@pytest.mark.parametrize("mine", [True, False])
def test_the_same_field_changed_twice_is_asked_about(at: AtTheFiles, mine: bool) -> None:
    """Both changed the title. Nothing is written until the TD says whose it is to be; theirs stays if theirs."""
    was = at.cue("keynote")
    theirs = at.text.replace("en: Keynote", "en: Theirs")
    at.save(theirs)
    edit = CueEdited(was, replace(was, title=Text("기조연설", "Mine")), at.press())
    at.post(edit)
    kept = at.kept(edit)
    assert kept.why is not None
    assert kept.theirs is not None
    assert kept.theirs.title.en == "Theirs"
    assert [alarm.code for alarm in edit_alarms(at.show)] == ["edit-unsaved"]
    assert at.text == theirs
    at.post(UnsavedSettled(edit.press, mine, at.press()))
    show = at.until(lambda show: not show.editing.unsaved)
    assert edit_alarms(show) == ()
    assert at.text == (theirs.replace("Theirs", "Mine") if mine else theirs)
    assert bool(show.edits.done) is mine


def test_what_the_files_say_already_is_no_edit(at: AtTheFiles) -> None:
    """A colleague has corrected the same slip in the same way: nothing is written, asked or left to be undone."""
    was = at.cue("keynote")
    theirs = at.text.replace("en: Keynote", "en: Key note")
    at.save(theirs)
    edit = CueEdited(was, replace(was, title=Text("기조연설", "Key note")), at.press())
    at.post(edit)
    show = at.until(lambda show: edit.press in show.editing.settled)
    assert show.editing.unsaved == ()
    assert show.edits.done == ()
    assert at.text == theirs


def test_an_edit_that_makes_an_error_is_refused_and_nothing_is_written(at: AtTheFiles) -> None:
    """A speaker whom nobody knows: the reason has the place, the file is untouched, and so is the history."""
    before = at.text
    edit = at.edit("keynote", speakers=(PersonId("atlantis"),))
    assert "there is no person ‘atlantis’" in at.refused(edit)
    assert "rundown/day-1.yaml:" in at.refused(edit)
    assert at.text == before
    assert at.show.editing.unsaved == ()
    assert at.show.edits.done == ()


def test_nothing_is_edited_while_the_show_is_locked(at: AtTheFiles) -> None:
    """Neither a new edit nor one taken back; added time is, and its undo too: that is the show's own."""
    edit = at.edit("keynote", skip=True)
    at.written(edit)
    before = at.text
    at.post(ShowLockSet(True))
    locked = at.edit("keynote", skip=False)
    assert "locked" in at.refused(locked)
    at.post(TimeAdded(KEYNOTE, Duration(60_000)))
    at.until(lambda show: len(show.edits.done) == 2)
    at.post(EditUndone())
    at.until(lambda show: len(show.edits.done) == 1 and show.refusal is None)
    at.post(EditUndone())
    show = at.until(lambda show: show.refusal is not None)
    assert show.refusal is not None
    assert "locked" in show.refusal.reason.en
    assert at.text == before


def test_one_history_for_the_files_and_the_show(at: AtTheFiles) -> None:
    """A title, a minute more, an order: undone one after the other, latest first, and made again."""
    before = at.text
    at.written(at.edit("keynote", title=Text("가", "A")))
    first = at.text
    at.post(TimeAdded(KEYNOTE, Duration(60_000)))
    shift = CueShifted(KEYNOTE, True, at.press())
    at.post(shift)
    at.written(shift)
    second = at.text
    assert [cue.number for cue in at.show.plan.cues] == ["M1", "M3", "M2", "M4", "M5"]
    for left, text in ((2, first), (1, first), (0, before)):
        at.post(EditUndone())
        at.until(lambda show, left=left: len(show.edits.done) == left)  # type: ignore[misc]
        assert at.text == text
    assert at.show.edits.added == {}
    for done, text in ((1, first), (2, first), (3, second)):
        at.post(EditRedone())
        at.until(lambda show, done=done: len(show.edits.done) == done)  # type: ignore[misc]
        assert at.text == text


def test_undo_finds_its_place_after_somebody_else_edited(at: AtTheFiles) -> None:
    """Lines came in above since: the edit is taken back where it now stands, and the others' lines stay."""
    at.written(at.edit("keynote", duration=Duration(90_000)))
    at.save("# one more line\n# and another\n" + at.text)
    at.post(EditUndone())
    at.until(lambda show: show.edits.done == ())
    assert at.text.startswith("# one more line\n")
    assert "duration: 10m\n        speakers" in at.text


def test_what_was_changed_since_is_not_undone_over(at: AtTheFiles) -> None:
    """Somebody has changed the very field since. Undo says so and leaves it, and the next undo goes on before it."""
    at.written(at.edit("closing", skip=True))
    at.written(at.edit("keynote", duration=Duration(90_000)))
    at.save(at.text.replace("duration: 1m30s", "duration: 2m"))
    at.post(EditUndone())
    show = at.until(lambda show: show.refusal is not None)
    assert show.refusal is not None
    assert "changed since" in show.refusal.reason.en
    assert "duration: 2m" in at.text
    at.post(EditUndone())
    at.until(lambda show: show.edits.done == ())
    assert "skip" not in at.text


def test_a_cue_is_put_in_and_deleted_and_comes_back_with_its_comments(at: AtTheFiles) -> None:
    """Insert, delete another with a remark in it, undo: the remark is there again."""
    at.save(at.text.replace("kind: break\n", "kind: break   # coffee\n"))
    before = at.text
    day = at.first.event.days[0]
    new = new_cue(at.first.event, day, day.cues[0])
    insert = CueInserted(new, day.cues[0].id, at.press())
    at.post(insert)
    show = at.written(insert)
    assert [cue.number for cue in show.plan.cues] == ["M1", "M1-2", "M2", "M3", "M4", "M5"]
    delete = CueDeleted(at.cue("pause"), at.press())
    at.post(delete)
    at.written(delete)
    assert "coffee" not in at.text
    for _ in range(2):
        known = len(at.show.edits.done)
        at.post(EditUndone())
        at.until(lambda show, known=known: len(show.edits.done) == known - 1)  # type: ignore[misc]
    assert at.text == before


@pytest.mark.parametrize("mine", [True, False])
def test_what_others_just_edited_is_not_deleted_unasked(at: AtTheFiles, mine: bool) -> None:
    """A colleague has put new notes to the cue that the TD deletes: it is asked about first."""
    gone = at.cue("pause")
    at.save(at.text.replace("kind: break\n", "kind: break\n        notes: {stage: 커피}\n"))
    delete = CueDeleted(gone, at.press())
    at.post(delete)
    kept = at.kept(delete)
    assert kept.why is not None
    assert "edited it meanwhile" in kept.why.en
    assert "커피" in at.text
    at.post(UnsavedSettled(delete.press, mine, at.press()))
    at.until(lambda show: not show.editing.unsaved)
    assert ("커피" in at.text) is not mine


def test_the_cue_on_air_keeps_its_clock_and_cannot_be_deleted(at: AtTheFiles) -> None:
    """Its notes may be corrected while it runs; it is marked as edited, and stays."""
    at.until(lambda show: show.day is not None)
    at.post(GoPressed(CueId("opening"), at.press()))
    show = at.until(lambda show: show.on_air is not None or show.taking is not None)
    take = show.current
    assert take is not None
    delete = CueDeleted(at.cue("opening"), at.press())
    at.post(delete)
    assert "on air" in at.refused(delete)
    show = at.written(at.edit("opening", notes=Notes(stage="박수")))
    assert show.current is not None
    assert show.current.cue.id == take.cue.id
    assert "notes: {stage: 박수}" in at.text


# --- files that will not do --------------------------------------------------------------------------------------


def test_a_file_that_may_not_be_written_keeps_the_edit(at: AtTheFiles) -> None:
    """The day's file is read-only: it says so, nothing is lost; when it may be written again the edit goes in."""
    path = at.folder / DAY
    path.chmod(0o444)
    edit = at.edit("keynote", title=Text("가", "A"))
    why = at.kept(edit).why
    assert why is not None
    assert why.en.startswith("rundown/day-1.yaml cannot be written: ")
    path.chmod(0o644)
    at.post(UnsavedSettled(edit.press, True, at.press()))
    at.written(edit)
    assert "{ko: 가, en: A}" in at.text


def test_a_full_disk_keeps_the_edit_and_the_file(at: AtTheFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for the new file: the old one is whole, and no leftover lies beside it."""
    before = at.text

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("studio_console.files.saving._synced", full)
        edit = at.edit("keynote", title=Text("가", "A"))
        why = at.kept(edit).why
    assert why is not None
    assert "No space left" in why.en
    assert at.text == before
    assert sorted(path.name for path in (at.folder / "rundown").iterdir()) == [
        "day-1.yaml",
        "event.yaml",
        "people.yaml",
    ]


def test_a_deleted_file_is_not_made_again(at: AtTheFiles) -> None:
    """Somebody deletes the day's file: an edit waits, and is written once the file is back."""
    path = at.folder / DAY
    text = at.text
    was = at.cue("keynote")
    path.unlink()
    edit = CueEdited(was, replace(was, skip=True), at.press())
    at.post(edit)
    assert at.kept(edit).why is not None
    assert not path.exists()
    at.save(text)
    at.post(UnsavedSettled(edit.press, True, at.press()))
    at.written(edit)
    assert "skip: true" in at.text


@pytest.mark.parametrize("broken", [b"day: {id: evening", "# 서울\n".encode("euc-kr")])
def test_files_with_errors_are_not_written(at: AtTheFiles, broken: bytes) -> None:
    """A colleague is in the middle of something, or saved in another encoding: not a byte of it is touched."""
    was = at.cue("keynote")
    path = at.folder / DAY
    path.write_bytes(broken)
    edit = CueEdited(was, replace(was, skip=True), at.press())
    at.post(edit)
    why = at.kept(edit).why
    assert why is not None
    assert "have errors" in why.en
    assert path.read_bytes() == broken


def test_windows_line_ends_and_a_byte_order_mark_stay(at: AtTheFiles) -> None:
    """A file from Windows' editor: CRLF and BOM before, CRLF and BOM behind; and the permissions are as before."""
    path = at.folder / DAY
    before = b"\xef\xbb\xbf" + at.text.replace("\n", "\r\n").encode()
    path.write_bytes(before)
    path.chmod(0o640)
    at.written(at.edit("keynote", title=Text("가", "A"), notes=Notes(stage="하나")))
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbfday:")
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 1
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_save_in_the_very_moment_is_not_written_over(at: AtTheFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves between our reading and our writing: seen, read again, and both are in the file."""
    seen: list[int] = []
    real = saving.save

    def slow(path: Path, data: bytes, expected: bytes) -> State | None:
        seen.append(1)
        if len(seen) == 1:
            at.save(at.text.replace("duration: 1m\n", "duration: 2m\n"))
        return real(path, data, expected)

    monkeypatch.setattr("studio_console.app.editing.save", slow)
    at.written(at.edit("keynote", title=Text("가", "A")))
    assert len(seen) == 2
    assert "duration: 2m" in at.text
    assert "{ko: 가, en: A}" in at.text


# --- the console ends ------------------------------------------------------------------------------------------


def test_an_unsaved_edit_and_a_draft_are_there_after_a_crash(folder: Path, tmp_path: Path) -> None:
    """The console ends with an edit that could not be written and a title half typed: both are offered again."""
    state = tmp_path / "state"
    path = folder / DAY
    with sitting(folder, state) as at:
        path.chmod(0o444)
        edit = at.edit("keynote", title=Text("가", "A"))
        at.kept(edit)
        at.post(DraftKept(Draft(CLOSING, {"title_ko": "닫는 ㅎ"})))
    path.chmod(0o644)
    with sitting(folder, state) as at:
        show = at.until(lambda show: bool(show.editing.unsaved) and show.editing.draft is not None)
        assert show.editing.draft == Draft(CLOSING, {"title_ko": "닫는 ㅎ"})
        assert show.editing.unsaved[0].found
        assert show.editing.unsaved[0].edit == edit
        at.until(lambda show: show.day is not None)
        at.post(UnsavedSettled(edit.press, True, at.press()))
        at.written(edit)
        assert "{ko: 가, en: A}" in at.text
        at.post(DraftKept(None))
        at.until(lambda show: show.editing.draft is None)
    with sitting(folder, state) as at:
        show = at.until(lambda show: show.day is not None)
        assert show.editing.unsaved == ()
        assert show.editing.draft is None


def test_what_was_edited_before_a_restart_can_be_undone_after_it(folder: Path, tmp_path: Path) -> None:
    """The history lies in the journal and beside it: Ctrl+Z after a restart takes back the edit of before."""
    with sitting(folder, tmp_path / "state") as at:
        before = at.text
        at.written(at.edit("keynote", title=Text("가", "A")))
    with sitting(folder, tmp_path / "state") as at:
        at.until(lambda show: show.day is not None and len(show.edits.done) == 1)
        at.post(EditUndone())
        at.until(lambda show: show.edits.done == ())
        assert at.text == before


@pytest.mark.expects_log("is not readable and was passed over")
def test_a_log_that_was_cut_off_is_read_as_far_as_it_goes(folder: Path, tmp_path: Path) -> None:
    """The power went while a line was written: what is before it counts."""
    with sitting(folder, tmp_path / "state") as at:
        at.post(DraftKept(Draft(CLOSING, {"title_ko": "닫"})))
    log = tmp_path / "state" / "show.edits"
    log.write_text(log.read_text("utf-8") + '{"do": "draft", "cue": "clo', "utf-8")
    with sitting(folder, tmp_path / "state") as at:
        show = at.until(lambda show: show.editing.draft is not None)
        assert show.editing.draft == Draft(CLOSING, {"title_ko": "닫"})


@pytest.mark.expects_log("the log of edits cannot be written")
def test_no_edit_is_made_that_a_crash_would_lose(at: AtTheFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk of the log is full: the event's file is left alone, the edit waits and is written when there is room."""
    before = at.text

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("studio_console.app.edit_log.EditLog._append", full)
        edit = at.edit("keynote", title=Text("가", "A"))
        why = at.kept(edit).why
    assert why is not None
    assert why.en == "show.edits cannot be written: No space left on device"
    assert at.text == before
    at.post(UnsavedSettled(edit.press, True, at.press()))
    at.written(edit)
    assert "{ko: 가, en: A}" in at.text


def test_a_session_starts_later_and_back_again(at: AtTheFiles) -> None:
    """The start moves by ten minutes; a colleague adds an end meanwhile; undo takes back the start alone."""
    show = at.until(lambda show: show.day is not None)
    assert show.day is not None
    was = replace(show.day.sessions[0], cues=())
    assert was.start is not None
    edit = SessionEdited(was, replace(was, start=Instant(was.start + 600_000)), CueId("opening"), at.press())
    at.save(at.text.replace('start: "22:00"\n', 'start: "22:00"   # as published\n    end: "24:00"\n'))
    at.post(edit)
    show = at.written(edit)
    assert show.day is not None
    assert show.day.sessions[0].start == was.start + 600_000
    assert 'start: "22:10"   # as published\n    end: "24:00"\n' in at.text
    at.save("# seen by the mayor\n" + at.text.replace("24:00", "24:30"))
    at.post(EditUndone())
    at.until(lambda show: show.edits.done == ())
    assert 'start: "22:00"   # as published\n    end: "24:30"\n' in at.text

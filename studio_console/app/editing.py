"""Writes edits into the event files: checked as a whole before, all or nothing, never over what others saved.

An edit is on the disk in the log of edits before the files are touched, and the whole event is read with it before
anything is written: what would be an error, or would say something else than was meant, is refused.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.app.console import Console
from studio_console.app.edit_log import EditLog, Patch, patch_of, patched, turned
from studio_console.app.places import edits_path
from studio_console.core.edit_reports import (
    DraftFound,
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
)
from studio_console.core.editing import (
    CUE_GONE,
    SESSION_GONE,
    CueDeleted,
    CueDuplicated,
    CueEdited,
    CueInserted,
    Edit,
    SessionEdited,
    applied,
    clashes_of,
    cue_of_edit,
    label_of,
    onto,
    turned_round,
    wanted_of,
)
from studio_console.core.effects import DropEdit, EditOrder, KeepDraft, RevertEdit, WriteEdit
from studio_console.core.ports import Post
from studio_console.core.problems import Severity, UserError
from studio_console.core.rundown import Cue, Day, Session
from studio_console.core.text import Text
from studio_console.core.units import CueId, DayId, PressId
from studio_console.files.folder import Snapshot, State, files, is_day, snapshot
from studio_console.files.load import Loaded, load
from studio_console.files.rewriting import rewrite
from studio_console.files.saving import clear_leftovers, save
from studio_console.files.splicing import CannotWrite

log = logging.getLogger(__name__)

TRIES = 5
"""So often an edit is made anew because somebody else saved at that very moment."""
BOM = b"\xef\xbb\xbf"

NO_LOG = Text("편집 기록을 열 수 없습니다({file}): {reason}", "The log of edits {file} cannot be opened: {reason}")
BROKEN = Text(
    "행사 파일에 오류가 있어 쓰지 않았습니다. 고친 뒤 다시 쓰세요: {problem}",
    "the event files have errors, nothing was written; mend them and write again: {problem}",
)
NOT_GOOD = Text("이렇게 쓰면 오류가 됩니다: {problem}", "with this the files would have an error: {problem}")
OTHERWISE = Text(
    "이 자리는 데스크에서 고칠 수 없게 적혀 있습니다. 편집기에서 고치세요: {place}",
    "this is written in a way that the desk cannot edit; use a text editor: {place}",
)
DAY_GONE = Text("이 날이 행사 파일에 없습니다", "this day is not in the event files")
CLASH = Text("그사이 다른 곳에서 같은 칸을 고쳤습니다", "somebody else changed the same field meanwhile")
EDITED_TOO = Text("지우려는 큐를 그사이 다른 곳에서 고쳤습니다", "somebody else edited it meanwhile")
NOT_SAVED = Text("{file}에 쓸 수 없습니다: {reason}", "{file} cannot be written: {reason}")
BUSY = Text("다른 프로그램이 파일을 계속 고치고 있습니다", "another program keeps changing the file")
FOUND = Text("콘솔이 꺼질 때 저장되지 않은 편집입니다", "not saved when the console ended")
NOT_TEXT = Text("파일에 쓸 수 없는 글자가 있습니다", "there is a character that a file cannot hold")
BROKE = Text("내부 오류로 쓰지 못했습니다", "it could not be written (internal error)")
UNKNOWN = Text("더 되돌릴 수 없는 오래된 편집입니다", "this edit is too old to be taken back")
CHANGED = Text(
    "그 뒤 같은 자리가 바뀌어 되돌릴 수 없습니다. 파일은 그대로입니다",
    "the same place was changed since, so it cannot be taken back; the files stay as they are",
)


class _Kept(Exception):
    """The edit cannot be written now and waits."""

    def __init__(self, why: Text, theirs: Cue | Session | None = None) -> None:
        super().__init__(why.en)
        self.why, self.theirs = why, theirs


class Editor:
    """Meets core.ports.FileEditor, with a thread of its own.

    ``close`` it behind the engine: what was typed last is still on its way to the log.
    """

    def __init__(self, folder: Path, day: DayId, path: Path, post: Post) -> None:
        """``path`` is that of the log of edits. Raises OSError."""
        self._folder = folder
        self._day = day
        self._log = EditLog(path)
        self._post = post
        self._on_written: Callable[[Loaded], None] = lambda _: None
        self._last: tuple[Snapshot, Mapping[str, bytes], Loaded] | None = None
        self._orders: queue.SimpleQueue[EditOrder | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="editing", daemon=True)

    def start(self, on_written: Callable[[Loaded], None]) -> None:
        """Tells what was left over when the console ended, and takes orders from now on.

        ``on_written`` gets the event as it is after an edit, in the thread.
        """
        self._on_written = on_written
        clear_leftovers(self._folder / "rundown")
        self._thread.start()

    def order(self, effect: EditOrder) -> None:
        self._orders.put(effect)

    def close(self) -> None:
        """Writes what was ordered and ends the thread."""
        self._orders.put(None)
        if self._thread.ident is not None:
            self._thread.join()
        self._log.close()

    # --- the thread

    def _run(self) -> None:
        self._tell_leftovers()
        while (effect := self._orders.get()) is not None:
            try:
                self._carry_out(effect)
            except OSError as error:
                log.error("the log of edits cannot be written: %s", error)
                if isinstance(effect, WriteEdit):
                    reason = error.strerror or type(error).__name__
                    self._post(EditKept(effect.edit, NOT_SAVED.filled(file=self._log.path.name, reason=reason)))
            except Exception:
                # A defect must not end the editing: what was wanted is in the log, and is said to be unsaved.
                log.exception("an edit broke")
                if isinstance(effect, WriteEdit):
                    self._post(EditKept(effect.edit, BROKE))

    def _tell_leftovers(self) -> None:
        known = self._log.known
        for press, edit in list(known.wanted.items()):
            patch = known.begun.get(press)
            if patch is not None and self._is_in_file(patch):
                self._log.done(press)
                self._post(EditWritten(press, label_of(edit, None)))
            else:
                self._post(EditKept(edit, FOUND, found=True))
        if known.draft is not None:
            self._post(DraftFound(known.draft))

    def _is_in_file(self, patch: Patch) -> bool:
        try:
            text = (self._folder / patch.file).read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return False
        return patched(text, turned(patch)) is not None and patched(text, patch) is None

    def _carry_out(self, effect: EditOrder) -> None:
        match effect:
            case WriteEdit(edit=edit):
                self._log.want(edit)
                self._write(edit)
            case DropEdit(press=press):
                self._log.drop(press)
                self._post(EditDropped(press))
            case RevertEdit(press=press, redo=redo):
                self._revert(press, redo)
            case KeepDraft(draft=draft):
                self._log.draft(draft)

    def _write(self, edit: Edit) -> None:
        try:
            for _ in range(TRIES):
                if self._write_once(edit):
                    return
            raise _Kept(BUSY)
        except _Kept as kept:
            theirs = kept.theirs
            cue, session = (theirs, None) if isinstance(theirs, Cue) else (None, theirs)
            self._post(EditKept(edit, kept.why, cue, session))
        except CannotWrite as refused:
            self._log.drop(edit.press)
            self._post(EditRefused(edit.press, refused.why))

    def _write_once(self, edit: Edit) -> bool:
        """False if somebody else saved in this very moment. Raises _Kept and CannotWrite."""
        state, texts, loaded = self._read()
        day = self._day_of(loaded)
        made = _made_on(day, edit)
        if made is None:
            self._log.drop(edit.press)
            self._post(EditDropped(edit.press))
            return True
        edit = made
        place = loaded.places.get(_anchor(edit))
        if place is None:
            raise _Kept(CUE_GONE)
        before = texts[place.file].decode("utf-8-sig")
        new = rewrite(before, edit, day, _zone(loaded), place)
        data = _encoded(new.text, texts[place.file])
        check = load(self._folder, {**texts, place.file: data})
        _refuse_errors(check)
        wanted = applied(day, edit, new.steps)
        if isinstance(wanted, Text):
            raise CannotWrite(wanted)
        if not _says(self._day_of(check), wanted, cue_of_edit(edit)):
            log.error("%s would not say what was meant: %r", place.file, edit)
            raise CannotWrite(OTHERWISE, place=f"{place.file}:{place.line}")
        patch = patch_of(place.file, before, new.text)
        self._log.begin(edit.press, patch)
        written = self._save(place.file, data, texts[place.file])
        if written is None:
            return False
        self._log.done(edit.press)
        self._tell_written(check, {**state, place.file: written}, {**texts, place.file: data})
        self._post(EditWritten(edit.press, label_of(edit, day)))
        return True

    def _revert(self, press: PressId, redo: bool) -> None:
        known = self._log.known.written.get(press)
        if known is None:
            self._post(RevertFailed(press, UNKNOWN, lasting=True))
            return
        edit, patch = known
        try:
            for _ in range(TRIES):
                if self._revert_once(patch if redo else turned(patch), edit, redo):
                    self._post(EditReverted(press, redo))
                    return
            raise _Kept(BUSY)
        except _Kept as kept:
            self._post(RevertFailed(press, kept.why, lasting=False))
        except CannotWrite as refused:
            self._post(RevertFailed(press, refused.why, lasting=True))

    def _revert_once(self, patch: Patch, edit: Edit, redo: bool) -> bool:
        state, texts, loaded = self._read()
        if patch.file not in texts:
            raise CannotWrite(CHANGED)
        before = _decoded(texts[patch.file])
        after = patched(before, patch)
        if after is None:
            after = self._by_meaning(texts, loaded, patch.file, edit, redo)
        data = _encoded(after, texts[patch.file])
        check = load(self._folder, {**texts, patch.file: data})
        _refuse_errors(check)
        self._day_of(check)
        written = self._save(patch.file, data, texts[patch.file])
        if written is None:
            return False
        self._tell_written(check, {**state, patch.file: written}, {**texts, patch.file: data})
        return True

    def _by_meaning(self, texts: Mapping[str, bytes], loaded: Loaded, file: str, edit: Edit, redo: bool) -> str:
        """Where the text around has changed, a field can still be set back if it has what the edit gave it."""
        day = self._day_of(loaded)
        back = edit if redo else turned_round(edit)
        try:
            made = _made_on(day, back) if back is not None else None
        except _Kept as kept:
            raise CannotWrite(CHANGED) from kept
        place = loaded.places.get(_anchor(made)) if made is not None else None
        if made is None or place is None or place.file != file:
            raise CannotWrite(CHANGED)
        return rewrite(_decoded(texts[file]), made, day, _zone(loaded), place).text

    def _read(self) -> tuple[Snapshot, Mapping[str, bytes], Loaded]:
        """The files as they are now, the day files' bytes, and what they say. Raises _Kept.

        What was read for the last edit counts as long as no file has changed since.
        """
        state = snapshot(self._folder)
        if self._last is None or self._last[0] != state:
            texts = self._texts()
            self._last = state, texts, load(self._folder, texts)
        return self._last

    def _texts(self) -> dict[str, bytes]:
        """The day files as they are now. Raises _Kept."""
        texts: dict[str, bytes] = {}
        for file in files(self._folder, "rundown", is_day):
            try:
                texts[file] = (self._folder / file).read_bytes()
            except OSError as error:
                raise _Kept(NOT_SAVED.filled(file=file, reason=error.strerror or type(error).__name__)) from error
        return texts

    def _day_of(self, loaded: Loaded) -> Day:
        """Raises _Kept where the files are not good, or the day is gone from them."""
        if loaded.event is None:
            raise _Kept(BROKEN.filled(problem=_first_error(loaded)))
        day = loaded.event.day(self._day)
        if day is None:
            raise _Kept(DAY_GONE)
        return day

    def _save(self, file: str, data: bytes, expected: bytes) -> State | None:
        self._last = None
        try:
            return save(self._folder / file, data, expected)
        except OSError as error:
            raise _Kept(NOT_SAVED.filled(file=file, reason=error.strerror or type(error).__name__)) from error

    def _tell_written(self, check: Loaded, state: Snapshot, texts: Mapping[str, bytes]) -> None:
        """What was read with the edit is what the files are now, but for what others saved since ``state``."""
        self._last = state, texts, check
        self._on_written(replace(check, files=state))


def open_editor(console: Console) -> Editor:
    """The editor of the day that is open; its engine sends edits there from now on. Raises UserError."""
    opened = console.opened
    path = edits_path(opened.folder, opened.event, console.day, console.mode)
    try:
        editor = Editor(opened.folder, console.day.id, path, console.engine.post)
    except OSError as error:
        raise UserError(NO_LOG, file=path, reason=error.strerror or type(error).__name__) from error
    console.engine.use_editor(editor)
    return editor


def _zone(loaded: Loaded) -> ZoneInfo:
    assert loaded.event is not None, "only what was read as a whole is rewritten"
    return ZoneInfo(loaded.event.time_zone)


def _made_on(day: Day, edit: Edit) -> Edit | None:
    """The edit as if it had been made on what the files have now; None where they say so already.

    Raises _Kept where what it edits is gone, or somebody else changed the same field.
    """
    theirs: Cue | Session | None
    if isinstance(edit, CueEdited | CueDeleted):
        theirs = next((cue for cue in day.cues if cue.id == cue_of_edit(edit)), None)
    elif isinstance(edit, SessionEdited):
        found = next((session for session in day.sessions if session.id == edit.session_now.id), None)
        theirs = replace(found, cues=()) if found is not None else None
    else:
        return edit
    if theirs is None:
        raise _Kept(SESSION_GONE if isinstance(edit, SessionEdited) else CUE_GONE)
    if clashes_of(edit, theirs):
        raise _Kept(EDITED_TOO if isinstance(edit, CueDeleted) else CLASH, theirs)
    made = onto(theirs, edit)
    return made if wanted_of(made) != theirs else None


def _anchor(edit: Edit) -> CueId:
    """The cue whose entry is looked for in the files."""
    if isinstance(edit, CueInserted):
        return edit.after
    return edit.source if isinstance(edit, CueDuplicated) else cue_of_edit(edit)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Kept(BROKEN.filled(problem="UTF-8")) from error


def _encoded(text: str, like: bytes) -> bytes:
    """With a byte order mark where ``like`` has one."""
    try:
        return (BOM if like.startswith(BOM) else b"") + text.encode()
    except UnicodeEncodeError as error:
        raise CannotWrite(NOT_TEXT) from error


def _refuse_errors(check: Loaded) -> None:
    if check.event is None:
        raise CannotWrite(NOT_GOOD, problem=_first_error(check))


def _first_error(loaded: Loaded) -> Text:
    problem = next(problem for problem in loaded.problems if problem.severity is Severity.ERROR)
    return Text(problem.show("ko"), problem.show("en"))


def _says(day: Day, wanted: Day, cue: CueId) -> bool:
    """Whether ``day`` is what was meant; a roll call of a cue's speakers follows from them."""
    return _without_roll_call(day, cue) == _without_roll_call(wanted, cue)


def _without_roll_call(day: Day, id: CueId) -> Day:
    sessions = tuple(
        replace(part, cues=tuple(replace(cue, roll_call=()) if cue.id == id else cue for cue in part.cues))
        for part in day.sessions
    )
    return replace(day, sessions=sessions)

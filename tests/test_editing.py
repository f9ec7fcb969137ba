"""Edits from the desk on a real event folder: written, merged, asked about, kept, taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from studio_console.app.console import open_event, opened, plans_for, rundown_event
from studio_console.app.editing import Editor
from studio_console.app.places import Mode
from studio_console.core.editing import CueEdited, Edit
from studio_console.core.events import ShowEvent
from studio_console.core.rundown import Cue
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, PressId
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
        self.editor = Editor(folder, self.first.event.days[0].id, state / "show.edits", self.engine.post, self._reload)
        self.engine.use_editor(self.editor)
        self.engine.watch(self._see)
        self.engine.post(self._rundown(self.first))
        self.engine.start()
        self.editor.start()
        self._presses = 0

    def _rundown(self, event):  # type: ignore[no-untyped-def]
        day = event.event.days[0]
        return rundown_event(event, day, plans_for(event, day, Mode.REHEARSAL), 1.0)

    def _reload(self, loaded: Loaded) -> None:
        self.engine.post(self._rundown(opened(self.folder, loaded)))

    def _see(self, show: Show) -> None:
        with self.told:
            self.shows.append(show)
            self.told.notify_all()

    def close(self) -> None:
        self.editor.close()
        self.engine.close()
        self.journal.close()

    @property
    def show(self) -> Show:
        return self.shows[-1]

    def until(self, holds) -> Show:  # type: ignore[no-untyped-def]
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
        return self.until(lambda show: edit.press in show.editing.written)

    def kept(self, edit: Edit):  # type: ignore[no-untyped-def]
        show = self.until(lambda show: any(u.edit.press == edit.press and u.why for u in show.editing.unsaved))
        return next(each for each in show.editing.unsaved if each.edit.press == edit.press)

    def refused(self, edit: Edit) -> str:
        show = self.until(lambda show: show.refusal is not None and show.refusal.press == edit.press)
        return str(show.refusal.reason.en)

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

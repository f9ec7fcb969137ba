"""A desk in a process of its own at which somebody edits without pause, for tests that kill it.

``python -m tests.edit_process FOLDER SEED``; every line it prints is one thing that was done, as JSON, with ``at`` in
seconds of the system's steady clock.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio_console.app.desk import open_desk
from studio_console.core.editing import CueEdited, Edit
from studio_console.core.rundown import Cue
from studio_console.core.show import Show
from studio_console.gui.application import create_application
from studio_console.gui.desk import Desk
from studio_console.gui.editing.inputs import TextInput
from studio_console.gui.keys import Act

FIELDS = ("title_ko", "title_en", "note stage", "note camera")
LETTERS = ["시장", "인사", "말", "a", "b", "7", "#", ":", "'", '"', "-", " 그리고 ", "😀"]
OTHERS = (Act.CUE_UP, Act.CUE_DOWN, Act.CUE_COPY, Act.UNDO, Act.REDO)
STEP = 15
"""ms between two things that are done."""
MOST_CUES = 14


def say(**line: object) -> None:
    print(json.dumps({**line, "at": time.monotonic()}), flush=True)


class Somebody:
    """Types, saves, leaves, shifts, copies, deletes, undoes; at the start writes what was left over."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.chance = desk, random.Random(seed)
        self.seed, self.edits = seed, 0
        self.field = ""
        self.left = 0
        self.told = False
        self.rest = 0.0

    def act(self) -> None:
        show = self.desk.shown
        if show.day is None or not self.desk.sheet.isVisible() or time.monotonic() < self.rest:
            return
        if not self.told:
            self.told = True
            found = [text for each in show.editing.unsaved for text in _texts(each.edit)]
            say(found=found, draft=_draft(show))
        elif any(each.why is not None for each in show.editing.unsaved):
            self.desk.perform(Act.EDIT_MINE)
        elif show.editing.draft is not None:
            self.desk.perform(Act.EDIT_THEIRS)
        elif not self.desk.editing.panel.isVisible():
            self._begin(show)
        elif self.left > 0:
            self._type()
        elif self.left == 0:
            self._finish()

    def _begin(self, show: Show) -> None:
        copies = [cue for cue in show.plan.cues if cue.id[-1].isdigit()]
        much = len(show.plan.cues) > MOST_CUES
        self.desk.controls.selected = self.chance.choice(copies if much else show.plan.cues).id
        if much or self.chance.random() < 0.3:
            act = Act.CUE_DELETE if much else self.chance.choice(OTHERS)
            say(did=act.name)
            self.desk.perform(act)
        else:
            self.desk.perform(Act.EDIT)
            self.field = self.chance.choice(FIELDS)
            self.left = self.chance.randrange(2, 20)
            self.edits += 1
            entry = self._entry()
            entry.setFocus()
            entry.selectAll()
            self._commit(f"e{self.seed}-{self.edits} ")
        self.rest = time.monotonic() + self.chance.choice([0, 0, 0.05])

    def _entry(self) -> TextInput:
        entry = self.desk.editing.panel.inputs[self.field]
        assert isinstance(entry, TextInput)
        return entry

    def _type(self) -> None:
        self.left -= 1
        self._commit(self.chance.choice(LETTERS))
        if self.chance.random() < 0.05:
            self.rest = time.monotonic() + self.chance.uniform(0, 2.5)

    def _commit(self, text: str) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self._entry(), event)
        cue = self.desk.editing.panel.subject
        say(typed=self._entry().value, field=self.field, cue=cue.id if cue is not None else "")

    def _finish(self) -> None:
        self.left = -1
        if self.chance.random() < 0.8:
            cue = self.desk.editing.panel.subject
            say(saved=self._entry().value, field=self.field, cue=cue.id if cue is not None else "")
            QTest.keyClick(self._entry(), Qt.Key.Key_Return)
        else:
            say(left=self._entry().value)
            QTest.keyClick(self._entry(), Qt.Key.Key_Escape)


def texts_of(cue: Cue) -> list[str]:
    """What is typed into cues."""
    return [cue.title.ko, cue.title.en, cue.notes.stage, cue.notes.camera]


def _texts(edit: Edit) -> list[str]:
    return texts_of(edit.now) if isinstance(edit, CueEdited) else []


def _draft(show: Show) -> dict[str, object] | None:
    draft = show.editing.draft
    return None if draft is None else {"cue": draft.cue, "texts": dict(draft.texts)}


def main() -> int:
    folder, seed = sys.argv[1:3]
    options = argparse.Namespace(
        event=folder,
        day="1",
        rehearse=True,
        lang="ko",
        clock=None,
        speed=None,
        fresh=False,
        guests=None,
        obs_url=[],
    )
    application = create_application(sys.argv[:1])
    with open_desk(options) as (_, desk):
        desk.show()
        somebody = Somebody(desk, int(seed))
        timer = QTimer()
        timer.timeout.connect(somebody.act)
        timer.start(STEP)
        application.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main())

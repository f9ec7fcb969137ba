"""What must not be lost of edits: those that are not in the files yet, what is being typed, and what undo needs.

A file of JSON lines beside the day's journal. Each line is on the disk before anything else happens; a line that a kill
cut off is passed over.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from studio_console.core.editing import Draft, Edit
from studio_console.core.units import CueId, PressId
from studio_console.runtime.codec import event_from_json, event_to_json, kind_of

log = logging.getLogger(__name__)

KEPT = 300
"""So many written edits can be taken back."""
AROUND = 160
"""Letters before and behind what was changed, to find the place again after somebody else edited the file."""


@dataclass(frozen=True, slots=True)
class Patch:
    """What an edit changed in a file: at ``start`` ``old`` became ``new``; what stood ``before`` and ``behind`` it."""

    file: str
    start: int
    old: str
    new: str
    before: str
    behind: str


@dataclass(slots=True)
class Known:
    """What the log says, read from its start to its end."""

    wanted: dict[PressId, Edit] = field(default_factory=dict)
    begun: dict[PressId, Patch] = field(default_factory=dict)
    written: dict[PressId, tuple[Edit, Patch]] = field(default_factory=dict)
    draft: Draft | None = None


class EditLog:
    """One console writes it at a time: that of the day's journal."""

    def __init__(self, path: Path) -> None:
        """Reads what is there and begins a tidy file. Raises OSError."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.known = read(path)
        while len(self.known.written) > KEPT:
            del self.known.written[next(iter(self.known.written))]
        tidy = path.with_suffix(".tidy")
        with tidy.open("w", encoding="utf-8") as file:
            for line in _lines(self.known):
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
        tidy.replace(path)
        self._file = path.open("a", encoding="utf-8")

    def want(self, edit: Edit) -> None:
        self.known.wanted[edit.press] = edit
        self._append(do="want", kind=kind_of(edit), edit=json.loads(event_to_json(edit)))

    def begin(self, press: PressId, patch: Patch) -> None:
        """The files are about to be written."""
        self.known.begun[press] = patch
        self._append(do="begin", press=press, **asdict(patch))

    def done(self, press: PressId) -> None:
        """The files were written as was begun."""
        self._append(do="done", press=press)
        _done(self.known, press)

    def drop(self, press: PressId) -> None:
        self._append(do="drop", press=press)
        _drop(self.known, press)

    def draft(self, draft: Draft | None) -> None:
        if draft == self.known.draft:
            return
        self.known.draft = draft
        if draft is None:
            self._append(do="draft")
        else:
            self._append(**_draft_line(draft))

    def close(self) -> None:
        self._file.close()

    def _append(self, **line: Any) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def read(path: Path) -> Known:
    """What the log at ``path`` says; nothing where there is none."""
    known = Known()
    try:
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return known
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _take(known, json.loads(line))
        except (ValueError, KeyError, TypeError):
            log.warning("line %d of the log of edits is not readable and was passed over", number)
    return known


def _take(known: Known, line: Mapping[str, Any]) -> None:
    press = PressId(line.get("press", ""))
    match line["do"]:
        case "want":
            edit: Any = event_from_json(line["kind"], json.dumps(line["edit"]))
            known.wanted[edit.press] = edit
        case "begin":
            known.begun[press] = Patch(**{name: line[name] for name in Patch.__slots__})
        case "done":
            _done(known, press)
        case "drop":
            _drop(known, press)
        case "draft":
            known.draft = Draft(CueId(line["cue"]), line["texts"], line["session"]) if "cue" in line else None


def _draft_line(draft: Draft) -> dict[str, Any]:
    return {"do": "draft", "cue": draft.cue, "texts": dict(draft.texts), "session": draft.session}


def _done(known: Known, press: PressId) -> None:
    edit, patch = known.wanted.pop(press, None), known.begun.pop(press, None)
    if edit is not None and patch is not None:
        known.written[press] = edit, patch


def _drop(known: Known, press: PressId) -> None:
    for kept in (known.wanted, known.begun, known.written):
        with contextlib.suppress(KeyError):
            del kept[press]


def _lines(known: Known) -> list[str]:
    """The shortest log that says the same."""
    lines: list[dict[str, Any]] = []
    for edit, patch in known.written.values():
        lines.append({"do": "want", "kind": kind_of(edit), "edit": json.loads(event_to_json(edit))})
        lines.append({"do": "begin", "press": edit.press, **asdict(patch)})
        lines.append({"do": "done", "press": edit.press})
    for press, edit in known.wanted.items():
        lines.append({"do": "want", "kind": kind_of(edit), "edit": json.loads(event_to_json(edit))})
        if press in known.begun:
            lines.append({"do": "begin", "press": press, **asdict(known.begun[press])})
    if known.draft is not None:
        lines.append(_draft_line(known.draft))
    return [json.dumps(line) + "\n" for line in lines]


def patch_of(file: str, before: str, after: str) -> Patch:
    """The one stretch in which the two texts differ."""
    start = _common(before, after)
    rest = min(len(before), len(after)) - start
    same = _common(before[::-1][:rest], after[::-1][:rest])
    end = len(before) - same
    return Patch(
        file,
        start,
        before[start:end],
        after[start : len(after) - same],
        before[max(0, start - AROUND) : start],
        before[end : end + AROUND],
    )


def _common(one: str, other: str) -> int:
    """How many letters both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        half = (least + most + 1) // 2
        if one[least:half] == other[least:half]:
            least = half
        else:
            most = half - 1
    return least


def turned(patch: Patch) -> Patch:
    """What takes the patch back."""
    return Patch(patch.file, patch.start, patch.new, patch.old, patch.before, patch.behind)


def patched(text: str, patch: Patch) -> str | None:
    """The text with the patch, found by what stands around it; None where that is not there, or more than once."""
    whole = patch.before + patch.old + patch.behind
    if text.startswith(whole, patch.start - len(patch.before)):
        at = patch.start
    else:
        at = text.find(whole)
        if at < 0 or text.find(whole, at + 1) >= 0:
            return None
        at += len(patch.before)
    return text[:at] + patch.new + text[at + len(patch.old) :]

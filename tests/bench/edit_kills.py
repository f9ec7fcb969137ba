"""A hundred kills while somebody edits at the desk: what was typed two seconds before is there, no file is broken."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio_console.files.load import load
from tests.bench.progress import steps
from tests.bench.result import Result, at_most, not_measured
from tests.edit_process import texts_of
from tests.small_event import write_small_event

KILLS = int(os.environ.get("EDIT_KILLS", "100"))
LIFE = 5.0
"""Seconds of editing, at most, before a kill."""
WRITING = 0.15
"""Seconds after Enter, at most, in which every other kill comes: the files are being written then."""
PATIENCE = 60.0
OLD = 2.0
"""Seconds after which what was typed may not be lost any more."""
HERE = Path(__file__).parents[2]
DAY = "rundown/day-1.yaml"


@dataclass(slots=True)
class Life:
    """What one desk said it did before it was killed, and when that was."""

    said: list[dict[str, Any]] = field(default_factory=list)
    killed_at: float = 0.0


def measure_edit_kills() -> list[Result]:
    chance = random.Random(5)
    lost: list[str] = []
    broken: list[str] = []
    edits = typed = offered = 0
    with tempfile.TemporaryDirectory() as name, steps("edit-kills", KILLS) as step:
        folder, state = Path(name) / "event", Path(name) / "state"
        write_small_event(folder)
        remarks = _remark(folder / DAY)
        before: Life | None = None
        for number in range(KILLS + 1):
            texts = _texts(folder)
            seconds = chance.uniform(0.0, LIFE) if number < KILLS else 0.0
            life = _live(folder, state, number, seconds, chance.uniform(0.0, WRITING) if number % 2 else None)
            if not any("found" in line for line in life.said):
                return [not_measured("edit-kills", "faults", 0, f"desk {number} did not come up")]
            if before is not None:
                lost += _lost(before, life, texts)
            broken += _broken(folder, remarks)
            edits += sum("saved" in line for line in life.said)
            typed += sum("typed" in line for line in life.said)
            offered += any(line.get("found") or line.get("draft") for line in life.said)
            before = life
            step()
    note = f"{KILLS} kills, {edits} edits saved, {typed} letters typed, {offered} desks that offered something again"
    if edits < KILLS // 2:
        return [not_measured("edit-kills", "faults", 0, f"too little was edited to prove anything: {note}")]
    faults = len(lost) + len(broken)
    if faults:
        note = f"lost {lost[:2]}, broken {broken[:2]}; {note}"
    return [at_most("edit-kills", faults, "faults", 0, note)]


def _remark(path: Path) -> list[str]:
    """Gives every cue a remark of its own, above it and beside its number; those are what has to stay."""
    lines: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n")):
        if line.lstrip().startswith("- id:") and line.startswith("      "):
            lines.append(f"      # remark {number}")
        lines.append(f"{line}   # beside {number}" if line.lstrip().startswith("kind:") else line)
    path.write_text("\n".join(lines), "utf-8")
    return [line.strip() for line in lines if line.lstrip().startswith("# remark")]


def _live(folder: Path, state: Path, seed: int, seconds: float, behind: float | None) -> Life:
    """A desk, killed after so many seconds; where ``behind`` is given, so long behind the next edit that is saved."""
    life = Life()
    command = [sys.executable, "-m", "tests.edit_process", str(folder), str(seed)]
    environment = {**os.environ, "STUDIO_STATE_DIR": str(state), "QT_QPA_PLATFORM": "offscreen"}
    up, saved = threading.Event(), threading.Event()
    with subprocess.Popen(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        output = process.stdout

        def read() -> None:
            for line in output:
                if line.endswith("\n"):
                    life.said.append(json.loads(line))
                    up.set()
                    if "saved" in life.said[-1]:
                        saved.set()

        reader = threading.Thread(target=read)
        reader.start()
        if up.wait(PATIENCE):
            time.sleep(seconds)
            saved.clear()
            if behind is not None and saved.wait(LIFE):
                time.sleep(behind)
        life.killed_at = time.monotonic()
        process.kill()
        reader.join()
    return life


def _texts(folder: Path) -> list[str]:
    """What is typed into cues, as the files have it."""
    event = load(folder).event
    return [text for cue in event.days[0].cues for text in texts_of(cue)] if event is not None else []


def _lost(before: Life, after: Life, texts: list[str]) -> list[str]:
    """What was typed or saved OLD seconds before the kill, and is neither in the file nor offered again."""
    found = next(line for line in after.said if "found" in line)
    there = [*texts, *found["found"]]
    faults = []
    saved = [line for line in before.said if "saved" in line and line["at"] <= before.killed_at - OLD]
    if saved and saved[-1]["saved"] not in there and not _undone_since(before, saved[-1]):
        faults.append(f"saved {saved[-1]['saved']!r}")
    open_since = [line for line in before.said if "typed" in line or "saved" in line or "left" in line]
    if open_since and "typed" in open_since[-1]:
        session = _last_session(open_since)
        old = [place for place, line in enumerate(session) if line["at"] <= before.killed_at - OLD]
        if old:
            draft = (found["draft"] or {}).get("texts", {}).get(session[0]["field"])
            if draft not in [line["typed"] for line in session[old[-1] :]]:
                faults.append(f"typed {session[old[-1]]['typed']!r}, offered {draft!r}")
    return faults


def _last_session(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The letters of the editor that was open at the kill."""
    session: list[dict[str, Any]] = []
    for line in reversed(lines):
        if "typed" not in line:
            break
        session.insert(0, line)
    return session


def _undone_since(life: Life, line: dict[str, Any]) -> bool:
    """Whether something was done since that may have taken the edit back, written over it, or taken its cue away."""
    since = [other for other in life.said if other["at"] > line["at"]]
    return any(
        other.get("did") in ("UNDO", "REDO", "CUE_DELETE")
        or ("saved" in other and (other["cue"], other["field"]) == (line["cue"], line["field"]))
        for other in since
    )


def _broken(folder: Path, remarks: list[str]) -> list[str]:
    loaded = load(folder)
    faults = [problem.show("en") for problem in loaded.problems if problem.severity == "error"]
    text = (folder / DAY).read_text("utf-8")
    return faults + [f"gone: {remark}" for remark in remarks if remark not in text]

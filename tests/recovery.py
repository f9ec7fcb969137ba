"""A console that is killed: ``run_console`` is the one that dies, ``Witness`` judges what the next one finds.

The console runs a simulated day as fast as it goes and reports every show that its windows are told of as saved, after
they are told: by then it is on the disk, or the promise is broken. Only a take on its way promises nothing yet.
``python -m tests.recovery JOURNAL SEED CUES`` runs one.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from studio_console.core.events import ConsoleStarted, ShowEvent
from studio_console.core.presses import (
    BackPressed,
    EndPressed,
    GoPressed,
    HoldPressed,
    ResumePressed,
    StandbyCalled,
    StandbyMoved,
    TimeAdded,
)
from studio_console.core.show import Loaded, Show, next_cue
from studio_console.core.step import step
from studio_console.core.units import Duration, PressId
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine, replay
from studio_console.runtime.journal import Entry, Journal
from tests.runtime_builders import PROGRAM, WALL, Driver, a_rundown

Report: TypeAlias = dict[str, Any]


def digest(show: Show) -> str:
    """Names a state of the show; the rundown is left out, being the same all day, and what only this life knows."""
    state = replace(show, rundown=Loaded(), journal_trouble=None, started_at=None)
    return hashlib.sha256(repr(state).encode()).hexdigest()


def run_console(path: Path, seed: int, cues: int, report: Callable[[Report], None]) -> None:
    """Runs the day from where the journal has it, with an operator in a hurry, until killed or the day is over."""
    chance = random.Random(seed)
    journal = Journal(path)
    drivers = {surface: Driver(surface) for surface in (PROGRAM, WALL)}
    engine = Engine(SystemClock(), journal, drivers)
    told = threading.Condition()
    shows: list[Show] = []

    def on_show(show: Show) -> None:
        with told:
            shows.append(show)
            told.notify_all()
        if show.journal_trouble is not None:
            return  # the window says itself that it is not saved
        if show.taking is None:
            report({"presses": show.presses, "edits": len(show.edits.done), "digest": digest(show)})
        else:  # sent, and not told as done
            before = [press for press in show.presses if press != show.taking.press]
            report({"presses": before, "edits": len(show.edits.done), "digest": None})

    if engine.recovered.day is None:
        engine.post(a_rundown(cues))
    engine.start()
    engine.start_drivers()
    engine.watch(on_show)
    with told:
        told.wait_for(lambda: shows and shows[-1].day and all(s.connected for s in shows[-1].surfaces.values()))
        show = shows[-1]
    take = show.on_air
    report(
        {
            "back": len([take for driver in drivers.values() for take in driver.takes]),
            "recovered": digest(engine.recovered),
            "cue": take.cue.id if take else None,
            "started_at": take.started_at if take else None,
        }
    )
    for number in range(10_000):
        with told:
            known, show = len(shows), shows[-1]
        if next_cue(show) is None:
            break
        for event in _what_an_operator_does(show, f"{seed}-{number}", chance):
            engine.post(event)
        with told:
            told.wait_for(lambda known=known: len(shows) > known)  # type: ignore[misc]
    engine.close()
    journal.close()
    report({"over": True})


def _what_an_operator_does(show: Show, press: str, chance: random.Random) -> list[ShowEvent]:
    cue = next_cue(show)
    assert cue is not None
    pressed = PressId(press)
    what = chance.random()
    if what < 0.6:
        return [GoPressed(cue.id, pressed)]
    if what < 0.7:
        return [GoPressed(cue.id, pressed), GoPressed(cue.id, PressId(press + "-twice"))]
    if what < 0.75:
        return [BackPressed(pressed)]
    if what < 0.8:
        return [HoldPressed(pressed), ResumePressed(pressed)]
    if what < 0.9:
        return [TimeAdded(cue.id, Duration(chance.randrange(-60_000, 60_000)))]
    if what < 0.95:
        return [StandbyCalled(cue.id), StandbyMoved(cue.id)]
    return [HoldPressed(pressed)] if what < 0.98 else [EndPressed(pressed)]


@dataclass
class Witness:
    """Follows one journal over many lives of the console and says what was lost."""

    path: Path
    lost: list[str] = field(default_factory=list)
    """Actions that were told as done and are not in the journal, or no longer."""
    unrebuildable: list[str] = field(default_factory=list)
    """States that were told and that the journal does not give again."""
    takes: int = 0
    """Scenes taken by nothing but coming back."""
    over: bool = False
    _entries: list[Entry] = field(default_factory=list)
    _show: Show = Show()
    _states: set[str] = field(default_factory=lambda: {digest(Show())})

    def look(self, reports: list[Report]) -> None:
        """After a life of the console that said ``reports`` before it was killed."""
        before, before_show = self._entries, self._show
        # What the windows see first: told before the journal has that the console started.
        self._states.add(digest(_started(before_show)))
        self._entries = self._read()
        if self._entries[: len(before)] != before:
            self.lost.append("the journal lost what it had before")
        self._fold(self._entries[len(before) :])
        pressed = {getattr(entry.event, "press", None) for entry in self._entries if not entry.outcome}
        edits = sum(isinstance(entry.event, TimeAdded) for entry in self._entries)
        for report in reports:
            if "back" in report:
                self._came_back(before_show, report)
            elif "digest" in report:
                self.lost += [f"press {press}" for press in report["presses"] if press not in pressed]
                if report["edits"] > edits:
                    self.lost.append(f"{report['edits'] - edits} edits")
                if report["digest"] is not None and report["digest"] not in self._states:
                    self.unrebuildable.append(f"a state with the presses {report['presses'][-2:]}")
            self.over = self.over or "over" in report

    def settle(self) -> None:
        """At the end: another reading, replayed at one go, gives the show that was folded event by event."""
        if replay(self._read()) != self._show:
            self.unrebuildable.append("replay and the fold of the events differ")

    def _read(self) -> list[Entry]:
        journal = Journal(self.path)
        try:
            if journal.set_aside is not None:
                self.lost.append(f"the journal was set aside: {journal.set_aside}")
            entries = list(journal.entries())
            if journal.unread:
                self.lost.append(f"{journal.unread} entries cannot be read")
            return entries
        finally:
            journal.close()

    def _fold(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._show, _ = step(self._show, entry.event, entry.at)
            self._states.add(digest(self._show))

    def _came_back(self, before: Show, report: Report) -> None:
        """Its replay gave the show as it was; it was the same cue with the same clock; and nothing was sent."""
        self.takes += report["back"]
        if report["recovered"] != digest(before):
            self.unrebuildable.append("a fresh replay differs from the fold of the events")
        show = _started(before)
        expected = (show.on_air.cue.id, show.on_air.started_at) if show.on_air else (None, None)
        if (report["cue"], report["started_at"]) != expected:
            self.unrebuildable.append(f"came back with {report['cue']} of {report['started_at']}, not {expected}")


def _started(show: Show) -> Show:
    return step(show, ConsoleStarted(), SystemClock().now())[0]


def main() -> None:
    path, seed, cues = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    one_line = threading.Lock()

    def report(said: Report) -> None:
        with one_line:
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()

    run_console(path, seed, cues, report)


if __name__ == "__main__":
    main()

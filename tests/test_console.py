"""What the show is told of a day's files: its guests, and which times run with a rehearsal's clock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio_console.app.console import Console, Opened, open_event, plans_for, rundown_event
from studio_console.app.places import Mode
from studio_console.core.events import RundownLoaded
from studio_console.core.show import Show
from studio_console.core.studio import GuestRules
from studio_console.core.units import MINUTE, DayId, Duration
from studio_console.files.load import Loaded
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import replay
from studio_console.runtime.journal import Journal
from tests import event_texts


@pytest.fixture
def small(tmp_path: Path) -> Opened:
    return open_event(event_texts.write(tmp_path))


def told(opened: Opened, speed: float = 1.0) -> RundownLoaded:
    (day,) = opened.event.days
    return rundown_event(opened, day, plans_for(opened, day, Mode.REHEARSAL), speed)


def test_the_guests_are_the_remote_people_of_the_days_cues(small: Opened) -> None:
    """Four others who joined from abroad are in the people file, and in no cue."""
    assert told(small).guests == {"london"}
    assert not told(small).unwatched


def test_a_guest_without_a_preview_is_a_guest_all_the_same(tmp_path: Path) -> None:
    """They have a tile and a tech check, and ``needs`` asks for it."""
    people = "rundown/people.yaml"
    files = {**event_texts.FILES, people: event_texts.FILES[people].replace(", input: feed-london", "")}
    event = told(open_event(event_texts.write(tmp_path, files)))
    assert event.guests == event.unwatched == {"london"}


def test_a_guest_needs_to_be_live_so_long_before_their_cue_also_where_the_clock_runs_faster(small: Opened) -> None:
    """The cue comes by that clock as well; how fast a finger and OBS are does not change."""
    usual, faster = told(small), told(small, speed=10)
    assert usual.guest_lead == faster.guest_lead == 3 * MINUTE
    assert (usual.go_guard, faster.go_guard) == (500, 5_000)
    assert (usual.take_deadline, faster.take_deadline) == (2_000, 20_000)


def run_of(opened: Opened, folder: Path) -> tuple[Show, int]:
    """The show that a console comes to with ``opened``, and how many entries its journal then has."""
    journal = Journal(folder / "journal.db")
    try:
        console = Console(opened, opened.event.days[0], Mode.SHOW, SystemClock(), 1.0, journal, {})
        console.engine.start()
        console.close()
        return replay(journal.entries()), len(list(journal.entries()))
    finally:
        journal.close()


def test_a_console_that_comes_back_is_told_of_the_guests_only_where_they_have_changed(
    small: Opened, tmp_path: Path
) -> None:
    first, entries = run_of(small, tmp_path)
    assert first.rundown.guests == {"london"}
    again, same_entries = run_of(small, tmp_path)
    earlier = replace(small, studio=replace(small.studio, guests=GuestRules(lead=Duration(10 * MINUTE))))
    changed, more_entries = run_of(earlier, tmp_path)
    assert (again.rundown.guest_lead, changed.rundown.guest_lead) == (3 * MINUTE, 10 * MINUTE)
    # Each start is an entry of its own.
    assert (same_entries - entries, more_entries - same_entries) == (1, 2)


def reloaded(opened: Opened, folder: Path, loaded: Loaded) -> tuple[bool, list[str], Console]:
    """What a console says of files that were read again: whether they are taken, and what it found good and did not."""
    journal = Journal(folder / "journal.db")
    try:
        console = Console(opened, opened.event.days[0], Mode.SHOW, SystemClock(), 1.0, journal, {})
        return console.reload(loaded), [problem.code for problem in console.not_taken], console
    finally:
        journal.close()


def test_a_day_that_is_gone_from_the_files_runs_on_and_is_said(small: Opened, tmp_path: Path) -> None:
    """Somebody gave the day another id while it is on air."""
    day = replace(small.event.days[0], id=DayId("another"))
    loaded = Loaded(replace(small.event, days=(day,)), small.studio, ())
    assert reloaded(small, tmp_path, loaded)[:2] == (False, ["day-gone"])


def test_changed_surfaces_wait_for_the_next_start_and_that_is_said(small: Opened, tmp_path: Path) -> None:
    """The address of an OBS was changed in studio.yaml: the rundown comes in, the connections stay as they are."""
    name, surface = next(iter(small.studio.surfaces.items()))
    moved = replace(small.studio, surfaces={**small.studio.surfaces, name: replace(surface, fps=surface.fps + 1)})
    taken, told, console = reloaded(small, tmp_path, Loaded(small.event, moved, ()))
    assert (taken, told) == (True, ["surfaces-changed"])
    assert console.opened.studio.surfaces == small.studio.surfaces


def test_files_that_change_nothing_of_the_surfaces_say_nothing(small: Opened, tmp_path: Path) -> None:
    """Also where the command line gave a surface another address than the files."""
    name, surface = next(iter(small.studio.surfaces.items()))
    elsewhere = replace(surface, obs_url="ws://127.0.0.1:4999")
    given = replace(small, studio=replace(small.studio, surfaces={**small.studio.surfaces, name: elsewhere}))
    assert reloaded(given, tmp_path, Loaded(small.event, small.studio, ()))[:2] == (True, [])

"""What event files say of an LED wall: cabinets, holding slide, grids by count, roll calls; and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from studio_console.core.studio import Cabinets, Rect, ShowsRollCall, ShowsSpeakers, Size
from studio_console.core.units import CueId, LayoutId, SurfaceId
from studio_console.files.load import Loaded, load
from tests import event_texts
from tests.event_texts import FILES

STUDIO, LAYOUTS, DAY = "layouts/studio.yaml", "layouts/all.yaml", "rundown/day-2.yaml"
WALL = 'fps: 30, obs: "ws://127.0.0.1:4456"'
GRID = "{columns: 3, rows: 2, gap: 8, margin: 2%, at: [0, 0, 100%, 100%]}"
CABINETS = "cabinets: {columns: 3, rows: 3, size: 640x360, pitch: 1.25}"
LONDON = "layouts: {program: keynote, wall: grid-6}"


def loaded(folder: Path, changes: Mapping[str, tuple[str, str]]) -> Loaded:
    files = dict(FILES)
    for file, (old, new) in changes.items():
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    return load(event_texts.write(folder, files))


def codes(found: Loaded) -> list[tuple[str, str]]:
    return [(problem.place.file, problem.code) for problem in found.problems]


def test_a_wall_with_cabinets_and_a_holding_slide(tmp_path: Path) -> None:
    found = loaded(tmp_path, {STUDIO: (WALL, f"{WALL}, {CABINETS}, holding: grid-6"), LAYOUTS: (GRID, "{fill: true}")})
    assert codes(found) == []
    assert found.studio is not None
    wall = found.studio.surfaces[SurfaceId("wall")]
    assert (wall.cabinets, wall.holding) == (Cabinets(3, 3, Size(640, 360), 1.25), "grid-6")


def test_a_grid_by_count_keeps_its_area(tmp_path: Path) -> None:
    found = loaded(tmp_path, {LAYOUTS: (GRID, "{fill: true, gap: 8, margin: 20, at: [0, 80, 1920, 1000]}")})
    assert found.studio is not None
    (slot,) = found.studio.layouts[LayoutId("grid-6")].slots
    assert (slot.rect, slot.shows) == (Rect(20, 100, 1880, 960), ShowsSpeakers(0, 8, True, None))


@pytest.mark.parametrize("grid", ["{columns: 3}", "{gap: 8}", "{fill: true, columns: 2}", "{fill: false}"])
def test_a_grid_says_one_way_how_many_cells_it_has(tmp_path: Path, grid: str) -> None:
    assert codes(loaded(tmp_path, {LAYOUTS: (GRID, grid)})) == [(LAYOUTS, "grid-shape")]


@pytest.mark.parametrize(
    ("cabinets", "code"),
    [
        ("cabinets: {columns: 4, rows: 3, size: 640x360}", "cabinets"),
        ("cabinets: {columns: 0, rows: 3, size: 640x360}", "range"),
        ("cabinets: {columns: 3, rows: 3}", "missing-key"),
        ("cabinets: {columns: 3, rows: 3, size: 640x360, pitch: wide}", "pitch"),
        ("holding: nothing", "layout"),
        ("holding: keynote", "layout-role"),
    ],
)
def test_what_is_wrong_with_a_wall_is_told_at_its_place(tmp_path: Path, cabinets: str, code: str) -> None:
    found = loaded(tmp_path, {STUDIO: (WALL, f"{WALL}, {cabinets}"), LAYOUTS: (GRID, "{fill: true}")})
    assert codes(found) == [(STUDIO, code)]


def test_cabinets_and_holding_are_for_walls(tmp_path: Path) -> None:
    carries = "carries: [youtube-ko, tape, floor]"
    found = loaded(tmp_path, {STUDIO: (carries, f"{carries}, {CABINETS}, holding: keynote")})
    assert [code for _, code in codes(found)] == ["only-with", "only-with"]


def test_a_face_across_a_seam_is_a_warning_at_its_grid(tmp_path: Path) -> None:
    """Three columns on three cabinets: the faces are in the middle of each. Two rows on three: the lower one is cut."""
    grid = "{columns: 3, rows: 2, at: [0, 0, 1920, 1080]}"
    found = loaded(tmp_path, {STUDIO: (WALL, f"{WALL}, {CABINETS}"), LAYOUTS: (GRID, grid)})
    (problem,) = found.problems
    assert (problem.place.file, problem.code, problem.severity.value) == (LAYOUTS, "seam", "warning")
    assert FILES[LAYOUTS].splitlines()[problem.place.line - 1].lstrip().startswith("- {name: cities")
    assert "3 of its places" in problem.show("en")
    assert "72 px down" in problem.show("en")


def test_a_grid_by_count_is_looked_at_for_every_cue_that_uses_it(tmp_path: Path) -> None:
    """London alone fills the wall, and no cabinet could hold that face; four in two rows lie across the seams."""
    wall = {STUDIO: (WALL, f"{WALL}, {CABINETS}"), LAYOUTS: (GRID, "{fill: true, at: [0, 0, 1920, 1080]}")}
    assert codes(loaded(tmp_path / "one", wall)) == []
    four = "speakers: [london, lima, mayor, moderator]"
    found = loaded(tmp_path / "four", {**wall, DAY: ("speakers: [london]", four)})
    (problem,) = [problem for problem in found.problems if problem.code == "seam"]
    assert (problem.place.file, problem.severity.value) == (DAY, "warning")
    assert "with 4 speakers" in problem.show("en")


def test_the_roll_call_of_a_cue(tmp_path: Path) -> None:
    shows = "shows: roll-call, columns: 3, size: 30"
    list_slot = ("shows: clip", shows)
    for key, called in (("true", ("london",)), ("[lima, mayor]", ("lima", "mayor")), ("false", ())):
        found = loaded(tmp_path, {LAYOUTS: list_slot, DAY: (LONDON, f"{LONDON}\n        roll_call: {key}")})
        assert found.event is not None, found.problems
        cue = next(cue for cue in found.event.days[0].cues if cue.id == CueId("m11-london"))
        assert cue.roll_call == called
        assert found.studio is not None
        assert found.studio.layouts[LayoutId("full-clip")].slots[0].shows == ShowsRollCall(3, 30)


@pytest.mark.parametrize(
    ("key", "code"),
    [("[londno]", "person"), ("[lima, lima]", "twice"), ("maybe", "flag"), ("{lima: 1}", "type")],
)
def test_what_is_wrong_with_a_roll_call(tmp_path: Path, key: str, code: str) -> None:
    found = loaded(tmp_path, {DAY: (LONDON, f"{LONDON}\n        roll_call: {key}")})
    assert codes(found) == [(DAY, code)]


def test_a_list_without_anybody_is_a_warning(tmp_path: Path) -> None:
    found = loaded(tmp_path, {LAYOUTS: ("shows: speaker 1, fit: cover", "shows: roll-call")})
    assert {code for _, code in codes(found)} == {"empty-slot"}


def test_columns_are_for_roll_calls(tmp_path: Path) -> None:
    assert codes(loaded(tmp_path, {LAYOUTS: ("shows: clip", "shows: clip, columns: 2")})) == [(LAYOUTS, "only-with")]

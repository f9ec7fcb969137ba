"""Grids that fill by count: as large as they get, and never over the edge, over one another, or out of shape."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.grid import ASPECT, filled
from studio_console.core.studio import Rect

WALL = Rect(0, 0, 1920, 1080)
SIDES = st.floats(200, 8_000)
AREAS = st.builds(Rect, st.floats(-100, 500), st.floats(-100, 500), SIDES, SIDES)


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (9, 3), (16, 4), (42, 7)])
def test_a_wall_of_sixteen_to_nine(count: int, columns: int) -> None:
    cells = filled(WALL, count)
    assert len(cells) == count
    assert len({cell.x for cell in cells if cell.y == cells[0].y}) == columns


def test_one_fills_a_wall_of_its_own_shape() -> None:
    assert filled(WALL, 1) == (WALL,)


def test_the_last_row_stands_in_the_middle() -> None:
    above, below = filled(WALL, 5)[:3], filled(WALL, 5)[3:]
    assert above[0].x + above[2].x + above[2].width == pytest.approx(1920)
    assert below[0].x + below[1].x + below[1].width == pytest.approx(1920)
    assert below[0].x > above[0].x


def test_a_long_low_wall_has_one_row() -> None:
    cells = filled(Rect(0, 0, 7680, 540), 6)
    assert len({cell.y for cell in cells}) == 1


def test_nobody_and_no_room_are_no_cells() -> None:
    assert filled(WALL, 0) == ()
    assert filled(Rect(0, 0, 20, 20), 500, gap=5) == ()


@given(AREAS, st.integers(1, 60), st.floats(0, 3))
def test_cells_are_equal_apart_inside_and_in_shape(area: Rect, count: int, gap: float) -> None:
    cells = filled(area, count, gap)
    assert len(cells) == count
    first, slack = cells[0], 1e-6 * max(area.width, area.height) + 1e-6
    for cell in cells:
        assert (cell.width, cell.height) == (first.width, first.height)
        assert cell.width / cell.height == pytest.approx(ASPECT)
        assert area.x - slack <= cell.x
        assert cell.x + cell.width <= area.x + area.width + slack
        assert area.y - slack <= cell.y
        assert cell.y + cell.height <= area.y + area.height + slack
    for one, other in itertools.combinations(cells, 2):
        beside = abs(one.x - other.x) >= one.width + gap - slack
        above = abs(one.y - other.y) >= one.height + gap - slack
        assert beside or above


@given(AREAS, st.integers(1, 60))
def test_no_other_number_of_columns_shows_more(area: Rect, count: int) -> None:
    width = filled(area, count)[0].width
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        assert width >= min(area.width / columns, area.height / rows * ASPECT) - 0.001

"""Pictures find their place in a panel of any shape: inside it, side by side, and as large as they can be."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect

from studio_console.gui.guests.picture_places import LEAST, places

WIDE = 16 / 9
FOOT = 25


@pytest.mark.parametrize("size", [(722, 264), (655, 580), (300, 700), (1920, 1040), (420, 200), (1300, 180)])
@pytest.mark.parametrize("shapes", [[WIDE], [WIDE, WIDE], [WIDE, 3.0], [WIDE, 0.7]])
@pytest.mark.parametrize("languages", [0, 2, 4])
def test_nothing_is_cut_and_nothing_overlaps(size: tuple[int, int], shapes: list[float], languages: int) -> None:
    large, few = places(*size, FOOT, shapes, [WIDE] * languages)
    room = QRect(0, 0, *size)
    assert len(large) == 2 * len(shapes)
    assert len(few) in (0, languages)
    for rect in (*large, *few):
        assert rect.isValid()
        assert room.contains(rect)
    assert not [pair for pair in combinations((*large, *few), 2) if pair[0].intersects(pair[1])]
    for place, rect in enumerate(large):
        shape = shapes[place // 2]
        assert rect.width() == pytest.approx(shape * (rect.height() - FOOT), abs=3 * max(1.0, shape))
    for now, coming in zip(large[::2], large[1::2], strict=True):
        assert now.size() == coming.size(), "now and next are to be compared"


def test_the_programme_is_never_smaller_than_a_language() -> None:
    large, few = places(655, 580, FOOT, [WIDE, WIDE], [WIDE, WIDE])
    assert min(rect.width() for rect in large) > max(rect.width() for rect in few)


@pytest.mark.parametrize("size", [(722, 264), (655, 580), (1366, 740), (1920, 1040), (2560, 1400)])
@pytest.mark.parametrize("shape", [WIDE, 3.0, 0.7])
def test_the_wall_is_not_wider_and_higher_than_the_programme(size: tuple[int, int], shape: float) -> None:
    """On a screen of their own there was room to make the wall larger than what the world sees."""
    (programme, _, wall, _), _ = places(*size, FOOT, [WIDE, shape], [WIDE, WIDE])
    assert programme.width() >= 0.95 * wall.width() or programme.height() >= 0.95 * wall.height()


def test_languages_are_left_out_before_they_are_too_small_to_tell_anything() -> None:
    _, few = places(200, 120, FOOT, [WIDE, WIDE], [WIDE] * 4)
    assert few == []
    _, few = places(1920, 1040, FOOT, [WIDE, WIDE], [WIDE] * 4)
    assert min(rect.width() for rect in few) >= LEAST


def test_a_low_panel_has_the_languages_beside_the_wall_and_not_tiny_below_it() -> None:
    """The wall by hand takes the desk's left: there was free room beside languages of 84 px."""
    (programme, coming, *wall), few = places(575, 190, FOOT, [WIDE, WIDE], [WIDE, WIDE])
    assert min(rect.width() for rect in few) > 110
    assert programme.width() == coming.width() > 140
    assert programme.width() > max(rect.width() for rect in (*wall, *few))


def test_no_picture_is_so_narrow_that_it_cannot_say_what_it_is() -> None:
    """The message panel makes it lower still: the programme gives the wall some of its room."""
    large, _ = places(480, 140, FOOT, [WIDE, WIDE], [WIDE, WIDE])
    assert min(rect.width() for rect in large) >= LEAST


def test_a_hall_without_surfaces_has_no_pictures() -> None:
    assert places(600, 400, FOOT, [], []) == ([], [])

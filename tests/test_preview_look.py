"""A glance at a picture tells black from dark, still from moving, and costs next to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.devices.previews.look import ALL_NEW, POINTS, look, sample
from studio_console.devices.previews.memory import PIXEL

SIZES = [(640, 360), (1280, 720), (638, 358), (480, 360), (202, 360), (90, 160), (33, 17), (1, 1), (640, 1), (1, 360)]


def plain(width: int, height: int, pixel: bytes) -> bytearray:
    return bytearray(pixel * (width * height))


def glance(picture: bytearray, width: int, height: int) -> bytes:
    return sample(memoryview(picture), width, height, width * PIXEL)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_points_are_spread_over_the_whole_picture(width: int, height: int) -> None:
    """Whatever its size, each ninth of it has points in it, if it has that many px."""
    picture = plain(width, height, b"\0\0\0\0")
    for index in range(width * height):
        column, row = index % width, index // width
        picture[index * PIXEL] = 1 + 3 * (row * 3 // height) + column * 3 // width
    points = glance(picture, width, height)
    seen = set(points[::PIXEL])
    assert seen == set(picture[::PIXEL]) or width * height < 1000
    assert 1 <= len(points) // PIXEL <= 2 * POINTS or width * height < 1000


@pytest.mark.parametrize(
    ("pixel", "luma"),
    [
        (b"\0\0\0\xff", 0),
        (b"\xff\xff\xff\0", 255),
        (b"\xff\0\0\0", 29.07),
        (b"\0\xff\0\0", 149.7),
        (b"\0\0\xff\0", 76.2),
    ],
)
def test_brightness_is_that_of_the_eye(pixel: bytes, luma: float) -> None:
    """A screen of pure blue, as projectors send when they see nothing, is not black."""
    picture = plain(640, 360, pixel)
    seen = look(glance(picture, 640, 360), None, 7.0)
    assert seen.mean == pytest.approx(luma, abs=0.1)
    assert seen.deviation == pytest.approx(0, abs=0.01)
    assert (seen.at, seen.difference) == (7.0, ALL_NEW)


def test_deviation_tells_a_lit_window_in_a_dark_room() -> None:
    picture = plain(640, 360, b"\0\0\0\0")
    for row in range(60):
        begin = (row * 640) * PIXEL
        picture[begin : begin + 100 * PIXEL] = b"\xff" * (100 * PIXEL)
    assert look(glance(picture, 640, 360), None, 0).deviation > 20


def test_a_picture_that_is_the_same_differs_by_nothing() -> None:
    picture = plain(640, 360, b"\x10\x20\x30\0")
    points = glance(picture, 640, 360)
    assert look(points, bytes(points), 0).difference == 0


@pytest.mark.parametrize("colour", [0, 1, 2])
def test_one_step_of_one_colour_in_one_point_is_a_difference(colour: int) -> None:
    """The noise of a sensor in a dark and quiet room is no more than that."""
    points = bytearray(glance(plain(640, 360, b"\x10\x20\x30\0"), 640, 360))
    before = bytes(points)
    points[200 * PIXEL + colour] += 1
    assert 0 < look(bytes(points), before, 0).difference < 1


def test_a_change_of_all_points_differs_by_as_much() -> None:
    before = glance(plain(640, 360, b"\x10\x20\x30\0"), 640, 360)
    points = glance(plain(640, 360, b"\x10\x2a\x30\0"), 640, 360)
    assert look(points, before, 0).difference == pytest.approx(10)


@given(st.integers(1, 1400), st.integers(1, 800))
def test_no_size_is_read_beyond_its_picture(width: int, height: int) -> None:
    """What another picture left in the rest of the slot is not looked at."""
    slot = memoryview(bytearray(width * height * PIXEL + 4096))
    slot[width * height * PIXEL :] = b"\xff" * 4096
    assert set(sample(slot, width, height, width * PIXEL)) == {0}


@pytest.mark.parametrize(("width", "height"), [(64, 36), (640, 360), (1280, 720), (3840, 2160)])
def test_it_is_cheap(width: int, height: int) -> None:
    """However large the picture is, some hundred points of it are looked at."""
    assert len(glance(plain(width, height, b"\x10\x20\x30\0"), width, height)) // PIXEL < 2 * POINTS

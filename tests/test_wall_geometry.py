"""Seams: no face across one where a cabinet could hold it, and how far to move it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.studio import Cabinets, Rect, ShowsInput, ShowsSpeaker, Size, Slot
from studio_console.core.units import InputId
from studio_console.core.wall_geometry import cut_faces, face_of

CABINETS = Cabinets(3, 3, Size(640, 360), 0.9375)


def speaker(x: float, y: float, width: float = 480, height: float = 270) -> Slot:
    return Slot("one", Rect(x, y, width, height), ShowsSpeaker(0))


def test_the_face_is_in_the_middle_third_and_above() -> None:
    assert face_of(Rect(300, 100, 300, 100)) == Rect(400, 120, 100, pytest.approx(40))  # type: ignore[arg-type]


def test_the_canvas_is_that_of_all_cabinets() -> None:
    assert CABINETS.canvas == Size(1920, 1080)


def test_a_face_across_a_seam_is_told_with_the_nearer_way_out() -> None:
    """Its face is from 640 - 100 to 640 + 60 px: 60 to the left is nearer than 100 to the right."""
    (cut,) = cut_faces([speaker(380, 40)], CABINETS)
    assert (cut.slot, round(cut.across), round(cut.down)) == ("one", -60, 0)
    (cut,) = cut_faces([speaker(420, 40)], CABINETS)
    assert round(cut.across) == 60
    (cut,) = cut_faces([speaker(60, 260)], CABINETS)
    assert (round(cut.across), round(cut.down)) == (0, 46)


def test_a_face_at_a_seam_is_not_cut() -> None:
    assert list(cut_faces([speaker(480, 40), speaker(320, 40), speaker(60, 306)], CABINETS)) == []


def test_a_face_larger_than_a_cabinet_cannot_avoid_seams() -> None:
    assert list(cut_faces([speaker(0, 0, 1920, 1080)], Cabinets(8, 8, Size(240, 135)))) == []


def test_what_is_no_speaker_has_no_face() -> None:
    assert list(cut_faces([Slot("ground", Rect(380, 40, 480, 270), ShowsInput(InputId("blue")))], CABINETS)) == []


@given(st.floats(0, 1400), st.floats(0, 800), st.floats(50, 900), st.floats(50, 700))
def test_moved_as_told_no_seam_is_left(x: float, y: float, width: float, height: float) -> None:
    for cut in cut_faces([speaker(x, y, width, height)], CABINETS):
        assert list(cut_faces([speaker(x + cut.across, y + cut.down, width, height)], CABINETS)) == []

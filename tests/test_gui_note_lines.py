"""Notes one after the other: each behind its department's name, on as few lines as they need."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from studio_console.gui import theme
from studio_console.gui.note_lines import NoteLines, Notes, Piece

NOTES: Notes = (
    ("Camera", "wide, then slowly on the wall"),
    ("Light", "lower at the front"),
    ("Stage", "42 are counted"),
)

NOTE = st.lists(st.text("가나다 abc", min_size=1, max_size=30).filter(str.strip), min_size=1).map(" ".join)


def laid(notes: Notes, width: float, most: int = 2) -> tuple[Piece, ...]:
    return NoteLines(theme.plain_font(13), width, most).pieces(notes)


def test_short_notes_share_a_line(qtbot: QtBot) -> None:
    pieces = laid(NOTES, 2000)
    assert [(piece.words, piece.is_name) for piece in pieces] == [
        ("Camera", True), ("wide, then slowly on the wall", False), ("Light", True), ("lower at the front", False),
        ("Stage", True), ("42 are counted", False)]  # fmt: skip
    assert {piece.line for piece in pieces} == {0}
    assert NoteLines(theme.plain_font(13), 2000, 2).height(()) == 0


def test_a_name_never_ends_a_line(qtbot: QtBot) -> None:
    """Nobody looks for what the camera is told at the beginning of a line, behind another's name at the end of one."""
    for width in range(120, 700, 7):
        pieces = laid(NOTES, width, 20)
        for piece, following in pairwise(pieces):
            assert not piece.is_name or piece.line == following.line, width


def test_what_there_is_no_room_for_is_said_to_be_left_out(qtbot: QtBot) -> None:
    pieces = laid(NOTES, 200)
    assert {piece.line for piece in pieces} == {0, 1}
    assert pieces[-1].words.endswith("…")
    assert not [piece for piece in pieces[:-1] if piece.words.endswith("…")]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_nothing_overlaps_and_nothing_stands_out(qtbot: QtBot, most: int) -> None:
    @given(st.lists(st.tuples(st.sampled_from(("Camera", "무대·비고")), NOTE), max_size=6), st.integers(120, 900))
    def look(notes: list[tuple[str, str]], width: int) -> None:
        pieces = laid(tuple(notes), width, most)
        for piece, following in pairwise(pieces):
            assert piece.line <= following.line < most
            assert piece.line < following.line or piece.left + piece.width <= following.left
        assert all(piece.left + piece.width <= width + 1 for piece in pieces)

    look()

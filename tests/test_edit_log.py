"""What undo needs of an edit: a stretch of text that is put back where it belongs, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio_console.app.edit_log import patch_of, patched, turned

WORDS = st.text(st.sampled_from("ab\n 가"), max_size=30)


@given(WORDS, WORDS)
def test_every_change_can_be_taken_back_and_made_again(before: str, after: str) -> None:
    """Whatever an edit made of a text, the text of before comes back byte for byte."""
    patch = patch_of("day.yaml", before, after)
    assert patched(before, patch) == after
    assert patched(after, turned(patch)) == before


def test_it_is_found_again_where_lines_came_in_above() -> None:
    before = "one: 1\ntwo: 2\nthree: 3\n"
    after = before.replace("two: 2", "two: 22")
    back = turned(patch_of("day.yaml", before, after))
    assert patched("# new\n" + after, back) == "# new\n" + before


def test_where_the_place_is_not_sure_nothing_is_put() -> None:
    """Changed since, or there twice and neither where it was: better not undone than undone elsewhere."""
    before, after = "a: 1\n", "a: 2\n"
    back = turned(patch_of("day.yaml", before, after))
    assert patched("a: 3\n", back) is None
    assert patched(f"# new\n{after}{after}", back) is None

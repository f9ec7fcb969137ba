"""What a spreadsheet would run if it opened a table of words as they are."""

from __future__ import annotations

BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What begins so is a formula to a spreadsheet, or hides one."""


def not_a_formula(words: str) -> str:
    """``words`` as they are, an apostrophe before what a spreadsheet would run, also behind blanks."""
    return f"'{words}" if words.startswith(BEGINS) or words.lstrip(" ").startswith(BEGINS) else words

"""The operator's guide and the README: every key is in the guide as the program has it, every picture exists."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from studio_console.core.text import LANGUAGES, Language
from studio_console.gui.keys import Act
from tests.key_tables import GROUPS, GUIDES, before_keys, table
from tests.sources import REPOSITORY, project_files

LINK = re.compile(r"\]\(([^)\s]+)\)")
KEY = re.compile(r"\*\*((?:(?:Ctrl|Alt|Shift)\+)+[\w←→↑↓\]\[/]+(?:\+[\w]+)*|F\d+)\*\*")


def linked() -> dict[str, list[str]]:
    """Of every page its links into the project, as paths from the top."""
    found: dict[str, list[str]] = {}
    for page in (path for path in project_files() if path.suffix == ".md"):
        links = (link.partition("#")[0] for link in LINK.findall(page.read_text("utf-8")))
        inside = [page.parent / link for link in links if link and "://" not in link]
        found[str(page.relative_to(REPOSITORY))] = [str(path.resolve().relative_to(REPOSITORY)) for path in inside]
    return found


def test_every_key_of_the_desk_is_in_one_group_of_the_table() -> None:
    counts = Counter(act for _, acts in GROUPS for act in acts)
    assert {act: counts[act] for act in Act if counts[act] != 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_ends_with_the_table_of_all_keys(language: Language) -> None:
    """``python -m tests.key_tables`` writes it anew."""
    assert GUIDES[language].read_text("utf-8").endswith(table(language))


def test_both_languages_tell_the_same_walk() -> None:
    """The same chapters, pictures and keys, in the same order."""
    korean, english = before_keys("ko"), before_keys("en")
    for what in (r"^## (\d+)\.", r"\]\(([\w-]+)-(?:ko|en)\.png\)", r"^```sh"):
        assert re.findall(what, korean, re.M) == re.findall(what, english, re.M)
    assert KEY.findall(korean) == KEY.findall(english)


def test_what_the_pages_refer_to_is_there() -> None:
    missing = {page: [link for link in links if not (REPOSITORY / link).exists()] for page, links in linked().items()}
    assert {page: links for page, links in missing.items() if links} == {}


def test_no_picture_of_the_pages_is_left_over() -> None:
    shown = {link for links in linked().values() for link in links}
    there = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "docs").glob("*.png")}
    assert sorted(there - shown) == []


def test_the_pictures_stay_small() -> None:
    pictures = list((REPOSITORY / "docs").glob("*.png"))
    assert sum(path.stat().st_size for path in pictures) < 4_000_000

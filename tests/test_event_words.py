"""Every event has words for the log of a report, in Korean and in English, whatever is in it."""

from __future__ import annotations

import string
from enum import Enum

import pytest
from hypothesis import given, settings

from studio_console.core import event_words
from studio_console.core.event_words import WORDS, words_of
from studio_console.core.events import ShowEvent
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.runtime.codec import EVENT_TYPES
from tests.test_codec import anything_of

KINDS = pytest.mark.parametrize("kind", sorted(EVENT_TYPES))


def test_every_event_has_words() -> None:
    """A new event needs a line in ``event_words.WORDS``."""
    assert sorted(kind for kind, made in EVENT_TYPES.items() if made not in WORDS) == []


@KINDS
def test_an_event_is_told_in_both_languages_whatever_is_in_it(kind: str) -> None:
    @settings(max_examples=15)
    @given(anything_of(EVENT_TYPES[kind]))
    def holds(event: ShowEvent) -> None:
        words = words_of(event, Show())
        assert isinstance(words, Text)
        assert words.ko.strip()
        assert words.en.strip()

    holds()


def test_every_choice_has_words() -> None:
    """A new kind of what is armed, checked or seen needs words as well; by chance alone it would be found too late."""
    choices = [words for words in vars(event_words).values() if isinstance(words, dict) and words is not WORDS]
    lacking = [set(type(next(iter(words)))) - set(words) for words in choices if isinstance(next(iter(words)), Enum)]
    assert [missing for missing in lacking if missing] == []
    assert len(lacking) > 3


def test_an_event_of_another_version_is_told_by_its_name() -> None:
    class LightsDimmed:
        pass

    strange: ShowEvent = LightsDimmed()  # type: ignore[assignment]
    assert words_of(strange, Show()).en == "Lights Dimmed"


@KINDS
def test_what_an_event_names_it_has(kind: str) -> None:
    wording = WORDS.get(EVENT_TYPES[kind])
    if isinstance(wording, Text):
        fields = set(getattr(EVENT_TYPES[kind], "__dataclass_fields__", ()))
        marks = {mark for _, mark, _, _ in string.Formatter().parse(wording.en) if mark}
        assert marks - {"output"} <= fields

"""Texts in Korean and English, those of the core above all."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import studio_console.core
from studio_console.core.text import Text, same

PARTICLES = re.compile(r"이\(가\)|가\(이\)|은\(는\)|는\(은\)|을\(를\)|를\(을\)|\(으\)로|와\(과\)|과\(와\)")
"""What a text says that does not know the word before it. Such a sentence is turned round instead."""


def texts_of_the_core() -> Iterator[tuple[str, Text]]:
    for module in pkgutil.iter_modules(studio_console.core.__path__, "studio_console.core."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for text in value.values() if isinstance(value, dict) else [value]:
                if isinstance(text, Text):
                    yield f"{module.name}.{name}", text


def test_a_text_is_shown_in_the_language_asked_for() -> None:
    """With its marks filled in; a text among the values speaks the same language."""
    text = Text("{surface}: 연결 끊김. {reason}", "{surface}: lost. {reason}")
    reason = Text("응답 없음", "it does not answer")
    assert text.show("ko", surface="wall", reason=reason) == "wall: 연결 끊김. 응답 없음"
    assert text.show("en", surface="wall", reason=reason) == "wall: lost. it does not answer"


def test_a_text_from_a_file_may_have_braces() -> None:
    """A title is shown as it is, not taken for a pattern."""
    title = same("{Cities} 100 %")
    assert title.show("ko") == "{Cities} 100 %"
    assert same("‘{title}’").show("en", title=title) == "‘{Cities} 100 %’"


def test_both_languages_side_by_side() -> None:
    """Once where they are the same."""
    assert Text("개막", "Opening").both() == "개막 · Opening"
    assert Text("개막", "Opening").both("\n") == "개막\nOpening"
    assert same("IR").both() == "IR"


def test_marks() -> None:
    """Both languages need the same values; a text that does not is found here and not on air."""
    assert Text("{a}의 {b}", "{b} of {a}").marks() == {"a", "b"}
    with pytest.raises(ValueError, match="Korean has"):
        Text("{a}", "{b}").marks()


def test_the_texts_of_the_core_are_whole() -> None:
    """Each in both languages, with the same marks, in Korean that needs no guess at a particle."""
    texts = dict(texts_of_the_core())
    assert len(texts) > 25
    for name, text in texts.items():
        text.marks()
        assert text.ko, name
        assert text.en, name
        assert not PARTICLES.search(text.ko), name
        assert text.ko == text.en or re.search("[가-힣]", text.ko), name
        assert not re.search("[가-힣]", text.en), name

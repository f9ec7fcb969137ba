"""Finding a guest by typing, stroke by stroke, in Korean and in Latin letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.hangul import ENDINGS, FINALS, INITIALS, MEDIALS, folded, matches


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("", "서울"),
        ("서울", "서울"),
        ("ㅅㅇ", "서울"),
        ("서ㅇ", "서울"),
        ("ㅅ울", "서울"),
        ("서우", "서울"),
        ("성", "서울"),
        ("울시", "서울 시장"),
        ("서울시장", "서울 시장"),
        ("모슼", "모스크바"),
        ("못", "모스크바"),
        ("모스ㅋ", "모스크바"),
        ("ㅁㅅㅋㅂ", "모스크바"),
        ("달", "닭"),
        ("닭", "달걀"),
        ("고", "과테말라"),
        ("구", "권한"),
        ("ㄱㅌ", "과테말라"),
        ("ㄳ", "가수"),
        ("ㅃ", "빨강"),
        ("뉴ㅇ", "뉴욕"),
    ],
)
def test_found_in_korean(typed: str, text: str) -> None:
    """Initials, whole syllables, a mixture, and whatever the input method shows halfway."""
    assert matches(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ㅇㅅ", "서울"),
        ("서울시", "서울"),
        ("소", "서울"),
        ("설", "서울"),
        ("서우ㄹ", "서울"),
        ("우서", "서울"),
        ("서운", "서울"),
        ("과", "고양"),
        ("닭", "달력"),
        ("ㅂ", "빨강"),
        ("ㅏ", "가나"),
        ("울ㅅ", "서울"),
        ("못", "모"),
    ],
)
def test_not_found_in_korean(typed: str, text: str) -> None:
    """What is typed in the middle has to be right; only its last syllable may still be on its way."""
    assert not matches(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("sao paulo", "São Paulo"),
        ("SÃO", "Sao Paulo"),
        ("lodz", "Łódź"),
        ("tromso", "Tromsø"),
        ("istanbul", "İstanbul"),
        ("ISTANBUL", "İstanbul"),
        ("danang", "Da Nang"),
        ("mayor, s", "Mayor Seoul"),
        ("strasse", "Straße"),
        ("Ａｂｃ", "abc"),
        ("12", "M12"),
    ],
)
def test_found_in_latin_letters(typed: str, text: str) -> None:
    """Without its case, accents, spaces and punctuation."""
    assert matches(typed, text)


def test_text_from_a_system_that_takes_syllables_apart_is_found() -> None:
    """File names of some systems have every letter by itself."""
    assert matches("서우", unicodedata.normalize("NFD", "서울"))
    assert matches(unicodedata.normalize("NFD", "서울"), "서울 시장")


SYLLABLES = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=6)


@given(SYLLABLES, st.data())
def test_every_part_of_a_word_is_found_in_it_whole_and_by_initials(word: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(word) - 1))
    part = word[begin : data.draw(st.integers(begin + 1, len(word)))]
    assert matches(part, word)
    assert matches("".join(INITIALS[(ord(sign) - ord("가")) // (MEDIALS * FINALS)] for sign in part), word)


@given(SYLLABLES)
def test_a_word_is_found_at_every_stroke_of_typing_it(word: str) -> None:
    """Initial, vowel, final: as the input method builds the last syllable up."""
    for end, sign in enumerate(word):
        rest = ord(sign) - ord("가")
        bare = rest - rest % FINALS
        assert matches(word[:end] + INITIALS[rest // (MEDIALS * FINALS)], word)
        assert matches(word[:end] + chr(ord("가") + bare), word)
        first = ENDINGS[rest % FINALS][:1]
        assert matches(word[:end] + chr(ord("가") + bare + ENDINGS.index(first)), word)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_can_be_typed(typed: str, text: str) -> None:
    """Nothing that a keyboard or a file can hold breaks it, and what is folded folds to itself."""
    matches(typed, text)
    assert matches(text, text)
    assert folded(folded(text)) == folded(text)
    assert len(ENDINGS) == FINALS

"""Finding by typing, in Korean and in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FIRST_SYLLABLE = ord("가")
LAST_SYLLABLE = ord("힣")
MEDIALS = 21
FINALS = 28
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""The initial consonants in the order of the code table."""
ENDINGS = (
    *("", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ"),
    *("ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"),
)
"""The final consonants in the order of the code table, as they are typed."""
GROWING_MEDIALS = {8: (9, 10, 11), 13: (14, 15, 16), 18: (19,)}
"""Vowels that are typed in two strokes, by what the first one makes: ㅗ → ㅘ ㅙ ㅚ, ㅜ → ㅝ ㅞ ㅟ, ㅡ → ㅢ."""
CLUSTERS = str.maketrans(
    dict(
        zip(
            "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
            ("ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"),
            strict=True,
        )
    )
)
"""Initials typed one after the other, which some input methods draw together."""
PLAIN = re.compile(r"[ -~가-힣ㄱ-ㅣ·\n]*")
UNSAID = re.compile("[^0-9A-Za-z가-힣ㄱ-ㅣ]+")
UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart into a plain one and its accent."""


def matches(typed: str, text: str) -> bool:
    """Whether ``typed`` is found in ``text``, whatever the case, the accents, the spaces and the punctuation.

    A single consonant stands for every syllable that begins with it (ㅅㅇ and 서ㅇ find 서울), and the last syllable
    may be half typed (서우, 모슼 for 모스크바). Nothing typed is found everywhere.
    """
    there = folded(text)
    return Pattern(typed).is_in(there, initials(there))


class Pattern:
    """What was typed, to be looked for in many texts."""

    def __init__(self, typed: str) -> None:
        self._wanted = folded(typed).translate(CLUSTERS)
        self._initials = initials(self._wanted)

    def is_in(self, there: str, there_initials: str) -> bool:
        """Whether it is in a text that is folded, given that text's initials too.

        The initials rule out most places without a look at the syllables.
        """
        start = there_initials.find(self._initials)
        while start >= 0:
            if _fits(self._wanted, there[start:]):
                return True
            start = there_initials.find(self._initials, start + 1)
        return False


def initials(there: str) -> str:
    """Folded text with every syllable as its initial consonant, everything else as it is."""
    return there.translate(_initial_of())


@lru_cache(maxsize=1)
def _initial_of() -> dict[int, str]:
    each = MEDIALS * FINALS
    return {code: INITIALS[(code - FIRST_SYLLABLE) // each] for code in range(FIRST_SYLLABLE, LAST_SYLLABLE + 1)}


def folded(text: str) -> str:
    """``text`` in small letters without accents, spaces and punctuation; Korean as syllables and single jamo."""
    if PLAIN.fullmatch(text):  # nearly all there is, and then nothing has to be taken apart
        return UNSAID.sub("", text).lower()
    letters: list[str] = []
    for sign in unicodedata.normalize("NFC", text):
        if _is_syllable(sign) or "ㄱ" <= sign <= "ㅣ":
            letters.append(sign)
        else:
            parts = unicodedata.normalize("NFKD", sign)
            letters += [part for part in parts.casefold() if part.isalnum()]
    return "".join(letters).translate(UNDECOMPOSED)


def _fits(wanted: str, there: str) -> bool:
    """Whether ``there``, which is not shorter, begins with ``wanted``."""
    last = len(wanted) - 1
    for place, (sign, letter) in enumerate(zip(wanted, there, strict=False)):
        if sign == letter or _begins_with(letter, sign):
            continue
        return place == last and _may_become(sign, letter, there[place + 1 :])
    return True


def _is_syllable(sign: str) -> bool:
    return FIRST_SYLLABLE <= ord(sign) <= LAST_SYLLABLE


def _parts(syllable: str) -> tuple[int, int, int]:
    """Initial, medial and final of a syllable, by their places in the code table."""
    rest, final = divmod(ord(syllable) - FIRST_SYLLABLE, FINALS)
    return *divmod(rest, MEDIALS), final


def _begins_with(letter: str, consonant: str) -> bool:
    return _is_syllable(letter) and INITIALS[_parts(letter)[0]] == consonant


def _may_become(typed: str, letter: str, following: str) -> bool:
    """Whether further strokes make ``typed`` into ``letter``, or into it and the beginning of what follows."""
    if not (_is_syllable(typed) and _is_syllable(letter)):
        return False
    initial, medial, final = _parts(typed)
    wanted_initial, wanted_medial, wanted_final = _parts(letter)
    if initial != wanted_initial:
        return False
    if not final:
        return medial == wanted_medial or wanted_medial in GROWING_MEDIALS.get(medial, ())
    if medial != wanted_medial:
        return False
    ending, wanted_ending = ENDINGS[final], ENDINGS[wanted_final]
    if wanted_ending.startswith(ending):
        return True
    # The last stroke is the beginning of the next syllable, drawn under this one until its vowel is typed.
    return ending[:-1] == wanted_ending and bool(following) and _begins_with(following[0], ending[-1])

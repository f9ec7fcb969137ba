"""What the windows really paint, in both languages: nothing Korean in English, nothing English in Korean.

The event speaks Greek here, so that every Hangul syllable and every Latin word on the screen is the console's own.
"""

from __future__ import annotations

import ast
import dataclasses
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio_console.core.rundown import Cue, Event, Notes
from studio_console.core.studio import Studio
from studio_console.core.text import LANGUAGES, Language, Text, same
from studio_console.gui.desk import Desk
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.palette_entries import TO_SESSION
from tests import screens
from tests.builders import SEOUL
from tests.gui_story import sample_event, sample_service
from tests.painted import painted_words, told_words
from tests.sources import REPOSITORY, calls, words_of

HANGUL = re.compile("[가-힣]+")
LATIN = re.compile("[A-Za-z]{2,}")
UNITS = {"ms", "dB", "kbit", "Mb", "px", "fps", "KO", "EN"}
"""Units and the codes of languages: the same in every language."""


# --- what may be said


@cache
def own_words() -> tuple[set[str], set[str]]:
    """The Hangul in the English sides of the console's texts, and the Latin words in the Korean ones."""
    hangul: set[str] = set()
    latin: set[str] = set()
    for path in (REPOSITORY / "studio_console").rglob("*.py"):
        for name, call in calls(ast.parse(path.read_text("utf-8"))):
            sides = [*call.args, *(word.value for word in call.keywords)]
            if name == "Text" and len(sides) == 2:
                latin |= set(LATIN.findall("\n".join(words_of(sides[0]))))
                hangul |= set(HANGUL.findall("\n".join(words_of(sides[1]))))
            elif name == "same" and sides:
                latin |= set(LATIN.findall("\n".join(words_of(sides[0]))))
                hangul |= set(HANGUL.findall("\n".join(words_of(sides[0]))))
    for key in KEYS.values():
        latin |= set(LATIN.findall(key.shown))
    return hangul, latin


def greek(value: Any, count: Iterator[int]) -> Any:
    """``value`` with every text for people in Greek: each another word, the same in both languages."""
    if isinstance(value, Text):
        return same(f"Ω{next(count)}") if value.ko or value.en else value
    if isinstance(value, Notes):
        told = [field.name for field in dataclasses.fields(value) if getattr(value, field.name)]
        return Notes(**{name: f"Ψ{next(count)}" for name in told})
    if isinstance(value, Cue) and value.extra:
        value = dataclasses.replace(value, extra={})  # free words, in whatever language somebody wrote them
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.init]
        return dataclasses.replace(value, **{name: greek(getattr(value, name), count) for name in names})
    if isinstance(value, tuple):
        return tuple(greek(each, count) for each in value)
    if isinstance(value, Mapping):
        return {key: greek(each, count) for key, each in value.items()}
    return value


def names_in(value: Any) -> set[str]:
    """Every Latin word among the ids, numbers and addresses of the event: those are nobody's to translate."""
    found: set[str] = set()
    if isinstance(value, str):
        return set(LATIN.findall(value))
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            found |= names_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            found |= names_in(key) | names_in(each)
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            found |= names_in(each)
    return found


@pytest.fixture(scope="module")
def speaking_greek() -> tuple[Event, Studio]:
    event, studio = sample_event()
    count = itertools.count(1)
    event, studio = greek(event, count), greek(studio, count)
    return event, studio


def foreign(words: list[str], language: Language, names: Set[str]) -> list[str]:
    """The pieces that have a word of the other language which no text of the console says."""
    hangul, latin = own_words()
    words = [re.sub(r"\S*…", "", piece) for piece in words]  # half a word is none
    if language == "en":
        return [piece for piece in words if set(HANGUL.findall(piece)) - hangul - names]
    return [piece for piece in words if set(LATIN.findall(piece)) - latin - names - UNITS]


# --- what is looked at


def nothing(desk: Desk) -> None: ...


def unfolded(desk: Desk) -> None:
    desk.sheet.fold_notes(False)
    desk.perform(Act.FIND)
    desk.attention.find.field.setText("1")


VIEWS: dict[str, tuple[str, Callable[[Desk], None]]] = {
    "troubled": ("troubled", nothing),
    "outputs": ("outputs-wrong", nothing),
    "interpreted": ("interpreted", nothing),
    "acknowledged": ("alarms-seen", nothing),
    "jump": ("jump", nothing),
    "notes and finding": ("running", unfolded),
    "palette": ("running", lambda desk: desk.perform(Act.PALETTE)),
    "guests": ("running", lambda desk: desk.perform(Act.GUESTS)),
    "wall by hand": ("running", lambda desk: desk.perform(Act.LED)),
    "roll call": ("running", lambda desk: desk.perform(Act.ROLL_CALL)),
}


@pytest.mark.parametrize("view", list(VIEWS))
def test_nothing_is_painted_in_the_other_language(
    qtbot: QtBot, speaking_greek: tuple[Event, Studio], view: str
) -> None:
    event, studio = speaking_greek
    scene, arrange = VIEWS[view]
    service = sample_service(event, studio, screens.DAY_OF.get(scene, screens.MAYORS))
    screens.SCENES[scene](service)
    desk = Desk(service, event, studio, SEOUL, "ko", True)
    qtbot.addWidget(desk, before_close_func=lambda _: desk.end())
    desk.resize(1920, 1080)
    with qtbot.waitExposed(desk):
        desk.show()
    names = names_in(event) | names_in(studio) | names_in(service.show.rundown.scenes) | names_in(service.show.surfaces)
    if view == "palette":
        # There each act is named in both languages, side by side.
        for key in KEYS.values():
            names |= set(LATIN.findall(key.name.en)) | set(HANGUL.findall(key.name.ko))
        names |= set(LATIN.findall(TO_SESSION.en)) | set(HANGUL.findall(TO_SESSION.ko))
    for language in LANGUAGES:
        desk.set_language(language)
        arrange(desk)
        desk.tick()
        QCoreApplication.processEvents()
        words = painted_words(desk)
        assert len(words) > 60, "it is painted"
        assert foreign(words, language, names) == [], language
        assert foreign(told_words(desk), language, names) == [], language


# --- the test itself


class Window(QWidget):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setFixedSize(300, 50)
        QLabel(words, self)


@pytest.mark.parametrize(
    ("words", "language"),
    [("Zurich calling", "ko"), ("결산 화면", "en"), ("쇼 잠금 해제함", "en"), ("Ω12 waiting for nobody", "ko")],
)
def test_a_foreign_word_is_found(qtbot: QtBot, words: str, language: Language) -> None:
    window = Window(words)
    qtbot.addWidget(window)
    assert foreign(painted_words(window), language, set())


@pytest.mark.parametrize(("words", "language"), [("ON AIR", "ko"), ("◆ REHEARSAL 리허설", "en"), ("Ω12 · 22:00", "ko")])
def test_what_the_console_says_passes(qtbot: QtBot, words: str, language: Language) -> None:
    window = Window(words)
    qtbot.addWidget(window)
    assert foreign(painted_words(window), language, set()) == []


def test_the_event_speaks_greek_only(speaking_greek: tuple[Event, Studio]) -> None:
    """Else what is found could be the event's, and what is the console's could hide behind it."""
    event, _ = speaking_greek
    assert not HANGUL.search(str(event))

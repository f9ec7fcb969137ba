"""What is heard on an output: the floor, or its interpreter with the floor lowered under them.

Seoul's mayors speak Korean, the guests English; some evening somebody speaks Spanish, and nobody interprets that.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.interpretation import (
    FULL,
    Heard,
    Interpretation,
    Line,
    Output,
    Under,
    booths,
    captioned,
    heard,
    interpretation_of,
    lacks_booth,
    levels,
    sound_languages,
)
from studio_console.core.studio import AudioFeed, Destination, Role, Size, Studio, Surface
from studio_console.core.text import same
from studio_console.core.units import Decibels, SurfaceId
from tests.builders import EN, KO, PROGRAM

LANGUAGES = st.sampled_from(["", "ko", "en", "es"])
BOOTHS = st.frozensets(st.sampled_from(["ko", "en"]))
DUCKS = st.integers(0, 60).map(Decibels)


@pytest.mark.parametrize(
    ("floor", "language", "voice"),
    [
        ("ko", "ko", ""),
        ("en", "ko", "ko"),
        ("ko", "en", "en"),
        ("es", "en", "en"),
        ("es", "ko", "ko"),
        ("en", "", ""),
        ("", "en", ""),
    ],
)
def test_listeners_hear_the_floor_in_their_language_or_its_interpreter(floor: str, language: str, voice: str) -> None:
    """An output without a language of its own, and a floor of which nothing is known, are heard as they come."""
    assert heard(floor, language, {"ko", "en"}) == Heard(voice)


def test_without_a_booth_the_floor_is_heard_and_that_is_a_lack() -> None:
    assert heard("en", "ko", {"en"}) == Heard()
    assert lacks_booth("en", "ko", {"en"})
    assert not lacks_booth("ko", "ko", {"en"})
    assert not lacks_booth("", "ko", {})


@given(LANGUAGES, LANGUAGES, BOOTHS)
def test_nobody_ever_hears_an_interpreter_of_another_language(floor: str, language: str, there: frozenset[str]) -> None:
    voice = heard(floor, language, there).voice
    assert voice in ("", language)
    assert not voice or (voice in there and voice != floor)
    assert not (voice and lacks_booth(floor, language, there))


LINES = st.frozensets(st.sampled_from(["", "ko", "en"])).map(
    lambda languages: tuple(Line(f"line {language}", f"in OBS {language}", language) for language in sorted(languages))
)


@given(st.builds(Heard, st.sampled_from(["", "ko", "en"]), st.sampled_from(Under)), LINES, DUCKS)
def test_every_line_has_a_level_and_one_voice_is_heard_at_most(
    choice: Heard, lines: tuple[Line, ...], duck: Decibels
) -> None:
    """Whatever is chosen: no interpreter over another, nothing louder than it comes, the floor lowered by the duck."""
    wanted = levels(choice, lines, duck)
    assert wanted.keys() == {line.input for line in lines}
    voices = [line.language for line in lines if line.language and wanted[line.input] is not None]
    assert voices in ([], [choice.voice])
    assert all(level is None or -duck <= level <= FULL for level in wanted.values())
    for line in lines:
        if not line.language:
            under = {Under.DUCKED: -duck, Under.FULL: FULL, Under.OFF: None}[choice.under]
            assert wanted[line.input] == (under if choice.voice else FULL)


def test_captions_are_those_of_the_output_s_language() -> None:
    assert [captioned(language) for language in ("ko", "en", "es", "")] == ["ko", "en", "", ""]


# --- what a hall has ---------------------------------------------------------------------------------------------


def surface(name: SurfaceId, carries: str, language: str = "") -> Surface:
    return Surface(
        name,
        same(name),
        Role.LANGUAGE,
        Size(1280, 720),
        30,
        "ws://127.0.0.1:4457",
        tuple(carries.split()),
        language=language,
    )


def studio(*surfaces: Surface) -> Studio:
    return Studio(
        same("hall"),
        "Asia/Seoul",
        500,
        50,
        {each.id: each for each in surfaces},
        {},
        {},
        audio={"floor": AudioFeed("floor", same("floor"))},
        destinations={
            "youtube-ko": Destination("youtube-ko", same("YouTube"), "ko"),
            "satellite": Destination("satellite", same("Satellite"), "en"),
            "recording": Destination("recording", same("Recording")),
        },
    )


def test_a_surface_speaks_its_own_language_or_that_of_its_destinations() -> None:
    """Where those differ, one mix cannot be right for all: the first one's it is, and check says so."""
    hall = studio()
    assert sound_languages(surface(KO, "youtube-ko", "en"), hall.destinations) == ("en",)
    assert sound_languages(surface(KO, "youtube-ko floor"), hall.destinations) == ("ko",)
    assert sound_languages(surface(PROGRAM, "satellite recording"), hall.destinations) == ("en",)
    assert sound_languages(surface(PROGRAM, "recording"), hall.destinations) == ("",)
    assert sound_languages(surface(PROGRAM, "floor"), hall.destinations) == ("",)


def test_the_hall_s_outputs_are_those_of_surfaces_that_mix() -> None:
    lines = {KO: (Line("floor", "sound floor"),), EN: ()}
    hall = studio(surface(KO, "youtube-ko floor"), surface(EN, "satellite"))
    made = interpretation_of(hall, lines)
    assert made == Interpretation((Output("youtube-ko", KO, "ko"),), {KO: "ko"}, {KO: lines[KO]}, hall.interpretation)
    assert booths(lines[KO]) == frozenset()

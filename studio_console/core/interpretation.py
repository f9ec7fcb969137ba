"""Interpretation (동시통역): what is heard on each output, and in which language it is captioned.

A pure function of three languages: the one spoken on the floor, the output's own, and those that have a booth. One OBS
has one mix, so outputs that come from the same surface are heard alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.studio import Destination, InterpretationRules, Studio, Surface
from studio_console.core.units import Decibels, SurfaceId

FULL = Decibels(0)
CAPTIONED = ("ko", "en")
"""Captions are written in these."""

Levels: TypeAlias = Mapping[str, Decibels | None]
"""What is heard of each input of an OBS, by its name there; None: it is muted."""


class Under(StrEnum):
    """What is left of the floor under an interpreter."""

    DUCKED = "ducked"
    FULL = "full"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Heard:
    """``voice`` is the interpreter's language; empty: the floor is heard as it comes."""

    voice: str = ""
    under: Under = Under.DUCKED


@dataclass(frozen=True, slots=True)
class Line:
    """A line of sound in the mix of a surface. ``language`` is empty for the floor."""

    feed: str
    input: str
    """Its name in OBS."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A destination, the surface it comes from, and the language its listeners speak (empty: whatever is spoken)."""

    id: str
    surface: SurfaceId
    language: str = ""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """All that is to be known of a hall to tell what is heard where."""

    outputs: tuple[Output, ...] = ()
    languages: Mapping[SurfaceId, str] = field(default_factory=dict)
    """The language of each surface's mix."""
    lines: Mapping[SurfaceId, tuple[Line, ...]] = field(default_factory=dict)
    """The lines of each surface that mixes any; the console leaves the sound of others alone."""
    rules: InterpretationRules = InterpretationRules()


def heard(floor: str, language: str, booths: Iterable[str]) -> Heard:
    """What listeners of ``language`` hear while ``floor`` is spoken, where ``booths`` interpret into those languages.

    Empty words mean: not known, or no language of its own. Without a booth they hear the floor.
    """
    if not language or not floor or floor == language or language not in booths:
        return Heard()
    return Heard(language)


def lacks_booth(floor: str, language: str, booths: Iterable[str]) -> bool:
    """Whether listeners of ``language`` hear a floor that they may not understand, for want of a booth."""
    return bool(floor and language) and floor != language and language not in booths


def captioned(language: str) -> str:
    """The language of the captions for listeners of ``language``; empty: those of the programme itself."""
    return language if language in CAPTIONED else ""


def booths(lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(line.language for line in lines if line.language)


def levels(choice: Heard, lines: Iterable[Line], duck: Decibels) -> Levels:
    """The level of every line for what is to be heard; each of ``lines`` is named."""
    if not choice.voice:
        return {line.input: None if line.language else FULL for line in lines}
    under = {Under.DUCKED: Decibels(-duck), Under.FULL: FULL, Under.OFF: None}[choice.under]
    spoken = {"": under, choice.voice: FULL}
    return {line.input: spoken.get(line.language) for line in lines}


def sound_languages(surface: Surface, destinations: Mapping[str, Destination]) -> tuple[str, ...]:
    """The languages that the surface's destinations ask of its one mix; more than one cannot all be had.

    A destination without one, such as a recording, takes what the others are given.
    """
    if surface.language:
        return (surface.language,)
    carried = (destinations[name].language for name in surface.carries if name in destinations)
    return tuple(dict.fromkeys(filter(None, carried))) or ("",)


def interpretation_of(studio: Studio, lines: Mapping[SurfaceId, tuple[Line, ...]]) -> Interpretation:
    """The hall's interpretation; ``lines`` are those that each surface mixes, with their names in its OBS."""
    mixing = {surface: found for surface, found in lines.items() if found}
    languages = {name: sound_languages(studio.surfaces[name], studio.destinations)[0] for name in mixing}
    outputs = tuple(
        Output(name, surface.id, studio.destinations[name].language)
        for name in studio.destinations
        for surface in studio.surfaces.values()
        if name in surface.carries and surface.id in mixing
    )
    return Interpretation(outputs, languages, mixing, studio.interpretation)

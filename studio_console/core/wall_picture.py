"""What a surface shows for a cue, as places with guests, cameras and words in them: to be drawn before it is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from studio_console.core.arrangement import NOBODY, Arrangement, as_cue
from studio_console.core.change import replace
from studio_console.core.picture import holding_cue, input_for, layout_for, slate_of, speaker_of, stand_in_colour
from studio_console.core.placing import placed_slots
from studio_console.core.roll_call import Marks, columns_of, entries_of, line_of
from studio_console.core.rundown import Cue, Event, Where
from studio_console.core.show import Show, surface_of
from studio_console.core.studio import (
    Clip,
    Colour,
    Fit,
    Rect,
    Role,
    ShowsCaption,
    ShowsClip,
    ShowsInput,
    ShowsLiveCaption,
    ShowsPlate,
    ShowsRollCall,
    ShowsSpeaker,
    ShowsSpeakers,
    Size,
    Slot,
    Still,
    Studio,
    Surface,
    Words,
)
from studio_console.core.text import Text, same
from studio_console.core.units import InputId, PersonId, SurfaceId
from studio_console.core.wall_geometry import cut_faces

NOTHING: frozenset[InputId] = frozenset()


@dataclass(frozen=True, slots=True)
class Guest:
    """The picture of a remote guest."""

    guest: PersonId
    label: Text


@dataclass(frozen=True, slots=True)
class StandIn:
    """A surface of one colour, ``#rrggbb``, with the name of what OBS does not have."""

    colour: str
    title: Text


@dataclass(frozen=True, slots=True)
class InObs:
    """An input whose picture only OBS has, such as a camera; ``name`` is its name there."""

    surface: SurfaceId
    """Whose OBS."""
    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class Filed:
    """A picture file of the event, or a clip of it, which begins with its first picture."""

    file: str
    title: Text
    plays: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A surface of one colour, ``#rrggbb``."""

    colour: str


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words, their letters ``size`` px high on the wall's canvas."""

    text: Text
    size: int
    colour: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Listing:
    """Columns of lines, their letters ``size`` px high on the wall's canvas."""

    columns: tuple[tuple[str, ...], ...]
    of: int
    """So many columns there is room for."""
    size: int


Shown: TypeAlias = Guest | StandIn | InObs | Filed | Plain | Lettering | Listing


@dataclass(frozen=True, slots=True)
class Place:
    """``rect`` is in px of the wall's canvas; later places lie on top."""

    rect: Rect
    fit: Fit
    shows: Shown
    person: PersonId | None = None
    """Who sits there, where it is a speaker's place."""
    cut: bool = False
    """A seam of the wall's cabinets runs through their face."""


@dataclass(frozen=True, slots=True)
class WallPicture:
    title: Text
    """The layout's."""
    canvas: Size
    places: tuple[Place, ...]

    @property
    def guests(self) -> frozenset[PersonId]:
        """Who is seen on it."""
        return frozenset(place.shows.guest for place in self.places if isinstance(place.shows, Guest))

    @property
    def cut(self) -> int:
        """How many faces a seam runs through."""
        return sum(place.cut for place in self.places)

    @property
    def files(self) -> frozenset[str]:
        """The files in it."""
        return frozenset(place.shows.file for place in self.places if isinstance(place.shows, Filed))

    @property
    def in_obs(self) -> frozenset[InObs]:
        """The inputs in it of which OBS has the picture."""
        return frozenset(place.shows for place in self.places if isinstance(place.shows, InObs))


def walls(studio: Studio) -> tuple[Surface, ...]:
    """The surfaces that are LED walls."""
    return tuple(surface for surface in studio.surfaces.values() if surface.role is Role.WALL)


def cue_seen(show: Show, surface: Surface) -> Cue | None:
    """The cue whose picture ``surface`` is seen to show; None where that is not known, or a hand put something else."""
    state = surface_of(show, surface.id)
    if not state.connected or state.seen is None:
        return None
    take = show.on_air
    if take is not None and take.wanted.get(surface.id) == state.seen:
        return take.cue
    scenes = show.rundown.scenes
    return next((cue for cue in show.plan.cues if scenes.get(cue.id, {}).get(surface.id) == state.seen), None)


@dataclass(frozen=True, slots=True)
class _Cast:
    """What a picture is made of."""

    surface: Surface
    event: Event
    studio: Studio
    marks: Marks
    stand_ins: frozenset[InputId]


def wall_picture(
    cue: Cue,
    surface: Surface,
    event: Event,
    studio: Studio,
    marks: Marks | None = None,
    stand_ins: frozenset[InputId] = NOTHING,
) -> WallPicture | None:
    """What ``surface`` shows once ``cue`` is on air; None where the cue leaves the surface as it is.

    Inputs in ``stand_ins`` are replaced by labelled surfaces, but for the guests': their pictures are live on the desk.
    """
    name = layout_for(cue, surface)
    layout = studio.layouts.get(name) if name is not None else None
    if layout is None:
        return None
    slots = placed_slots(layout, surface, len(cue.speakers))
    cut = {face.slot for face in cut_faces(slots, surface.cabinets)} if surface.cabinets is not None else set()
    cast = _Cast(surface, event, studio, marks or {}, stand_ins)
    places = [
        Place(slot.rect, slot.fit, shown, person, person is not None and slot.name in cut)
        for slot in slots
        for person in (_sits(slot, cue),)
        if (shown := _shown(slot, cue, cast)) is not None
    ]
    return WallPicture(layout.title, surface.canvas, tuple(places))


def holding_picture(
    surface: Surface, event: Event, studio: Studio, stand_ins: frozenset[InputId] = NOTHING
) -> WallPicture | None:
    """The surface's holding slide; None where it has none."""
    if surface.holding is None:
        return None
    slide = replace(holding_cue(event), layouts={surface.id: surface.holding})
    return wall_picture(slide, surface, event, studio, None, stand_ins)


def _sits(slot: Slot, cue: Cue) -> PersonId | None:
    if not isinstance(slot.shows, ShowsSpeaker) or slot.shows.index >= len(cue.speakers):
        return None
    return cue.speakers[slot.shows.index] or None


def arrangement_picture(
    arrangement: Arrangement,
    cue: Cue | None,
    surface: Surface,
    event: Event,
    studio: Studio,
    marks: Marks | None = None,
    stand_ins: frozenset[InputId] = NOTHING,
) -> WallPicture | None:
    """What ``surface`` shows once ``arrangement`` is taken; None where its ``cue`` or its layout is no longer there."""
    layout = studio.layouts.get(arrangement.layout)
    if cue is None or layout is None:
        return None
    return wall_picture(as_cue(arrangement, cue, layout, surface.id), surface, event, studio, marks, stand_ins)


def _shown(slot: Slot, cue: Cue, cast: _Cast) -> Shown | None:
    match slot.shows:
        case ShowsInput(input=name):
            return _input(name, cast)
        case ShowsClip():
            return _input(cue.clip, cast)
        case ShowsSpeaker(index=index) if cue.speakers[index : index + 1] == (NOBODY,):
            slate = slate_of(cast.surface, cast.studio)
            return _input(slate.id, cast) if slate is not None else None
        case ShowsSpeaker(index=index):
            person = speaker_of(cue, cast.event, index)
            if person is None:
                return None
            if person.where is Where.REMOTE and person.input in cast.studio.inputs:
                return Guest(person.id, person.label)
            camera = input_for(person, cast.studio)
            stand_in = StandIn(stand_in_colour(person.id), person.label)
            return _input(camera.id if camera else None, cast) or stand_in
        case ShowsPlate(index=index, size=size):
            person = speaker_of(cue, cast.event, index)
            return Lettering(same(person.label.both()), size) if person is not None else None
        case ShowsCaption(language=language, size=size) | ShowsLiveCaption(language=language, size=size):
            words = cue.captions or cue.title
            return Lettering(same(words.ko if language == "ko" else words.en), size)
        case ShowsRollCall(columns=columns, size=size):
            listed = columns_of(entries_of(cue, cast.event), columns)
            lines = tuple(tuple(line_of(entry, cast.marks) for entry in column) for column in listed)
            return Listing(lines, columns, size)
        case ShowsSpeakers():
            return None  # taken apart before


def _input(name: InputId | None, cast: _Cast) -> Shown | None:
    entry = cast.studio.inputs.get(name) if name is not None else None
    if entry is None:
        return None
    stand_in = StandIn(stand_in_colour(entry.id), entry.title) if entry.id in cast.stand_ins else None
    match entry.source:
        case Colour(colour=colour):
            return Plain(colour)
        case Still(file=file):
            return stand_in or Filed(file, entry.title)
        case Clip(file=file):
            return stand_in or Filed(file, entry.title, plays=True)
        case Words(text=text, size=size, colour=colour):
            return Lettering(same(text), size, colour)
        case _:
            remote = (person for person in cast.event.people.values() if person.where is Where.REMOTE)
            guest = next((person for person in remote if person.input == entry.id), None)
            if guest is not None:
                return Guest(guest.id, guest.label)
            return stand_in or InObs(cast.surface.id, entry.in_obs, entry.title)

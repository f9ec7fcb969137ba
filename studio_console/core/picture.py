"""The wanted picture: what each surface is to show for each cue, as data.

A day is planned ahead into one scene per distinct picture, so that a take on air is a single scene change and the
scene collection can be run by hand if the console is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from studio_console.core.arrangement import NOBODY, Arrangement, as_cue
from studio_console.core.change import replace
from studio_console.core.interpretation import Line
from studio_console.core.linebreaks import wrap
from studio_console.core.placing import placed_slots
from studio_console.core.roll_call import RollColumn, column_text, columns_of, entries_of
from studio_console.core.rundown import Cue, Day, Event, Kind, Person, Where
from studio_console.core.studio import (
    Capture,
    Colour,
    Feed,
    Fit,
    Input,
    Layout,
    LiveWords,
    MadeInObs,
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
    Silence,
    Slot,
    SoundDevice,
    Source,
    Studio,
    Surface,
    Words,
)
from studio_console.core.text import Text
from studio_console.core.units import CueId, InputId, LayoutId, PersonId, SceneName, SurfaceId

LABEL_SIZE = 64
"""px: the letters of a stand-in's name."""
STAND_IN_COLOURS = ("#24405c", "#4a3a5e", "#2f5146", "#5c4527", "#573044", "#34495e")


@dataclass(frozen=True, slots=True)
class Item:
    """One source in a scene, placed on the surface's canvas; later items lie on top."""

    input: str
    rect: Rect
    fit: Fit


@dataclass(frozen=True, slots=True)
class ScenePlan:
    name: SceneName
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class InputPlan:
    """An input that the scenes of a surface use, by its name in OBS."""

    name: str
    source: Source
    audible: bool = False
    mixed: bool = False
    """It is a line of the interpretation's mix: each take sets its level and mute."""
    waits: bool = False
    """Of those the ones that are not heard until a take wants them: interpreters' booths."""


@dataclass(frozen=True, slots=True)
class SurfacePlan:
    """All that one surface needs in OBS for one day, and which scene belongs to which cue."""

    surface: Surface
    scenes: tuple[ScenePlan, ...]
    inputs: tuple[InputPlan, ...]
    by_cue: Mapping[CueId, SceneName]
    _: KW_ONLY
    projector_scene: SceneName | None = None
    """Set where the surface shares its OBS: this scene holds all of its scenes, one of them enabled at a time."""
    words: Mapping[CueId, Mapping[str, str]] = field(default_factory=dict)
    """What the texts whose words come with the take are to say for each cue, by their names in OBS."""
    sound: tuple[Line, ...] = ()
    """The lines of sound that it mixes; none where it shares its OBS, which mixes once."""
    buffers: tuple[SceneName, ...] = ()
    """Scenes for what is arranged by hand while the show runs: they have to be there, whatever is in them."""
    holding: SceneName | None = None
    """The scene with the holding slide; one of ``scenes``."""
    roll_columns: Mapping[CueId, tuple[RollColumn, ...]] = field(default_factory=dict)
    """The texts in OBS that hold a cue's roll call."""


@dataclass(frozen=True, slots=True)
class ArrangedPicture:
    """What an arrangement looks like: its items, the words among them (by their input's name), and who is seen."""

    items: tuple[Item, ...]
    words: Mapping[str, Words]
    people: frozenset[PersonId]


def plan_day(
    event: Event, day: Day, studio: Studio, stand_ins: frozenset[InputId] = frozenset()
) -> Mapping[SurfaceId, SurfacePlan]:
    """The plan of every surface for ``day``; inputs in ``stand_ins`` are replaced by labelled placeholders."""
    cast = _Cast(event, studio, stand_ins, _labels(event, day))
    scenes_of: dict[str, dict[SceneName, tuple[Item, ...]]] = {}
    plans: dict[SurfaceId, SurfacePlan] = {}
    for surface in studio.surfaces.values():
        shares = surface.obs_url in scenes_of
        there = scenes_of.setdefault(surface.obs_url, {})
        plan = _plan_surface(day, surface, cast, there)
        if not shares:
            plan = _with_sound(plan, cast)
        there |= {scene.name: scene.items for scene in plan.scenes}
        projector = projector_scene_of(surface.id) if shares else None
        plans[surface.id] = replace(plan, projector_scene=projector)
    return plans


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who and what there is to be seen."""

    event: Event
    studio: Studio
    stand_ins: frozenset[InputId]
    labels: Mapping[CueId, str]
    """What a cue is called in the names of scenes and captions."""


HOLDING = CueId("")
"""Stands for no cue at all: the holding slide is there before the first one and after the last."""


def _labels(event: Event, day: Day) -> Mapping[CueId, str]:
    """A cue's number; with its day where another day has that number too: both may lie in one scene collection."""
    elsewhere = {cue.number for other in event.days if other.id != day.id for cue in other.cues}
    labels = {cue.id: f"{day.id} {cue.number}" if cue.number in elsewhere else cue.number for cue in day.cues}
    return {**labels, HOLDING: "(holding)"}


def projector_scene_of(surface: SurfaceId) -> SceneName:
    """The scene in which a further surface of an OBS is shown."""
    return SceneName(f"{surface} (projector)")


def live_scenes_of(surface: SurfaceId) -> tuple[SceneName, SceneName]:
    """The two scenes in which a wall's picture is arranged by hand, in turns: one of them is never on air."""
    return SceneName(f"{surface} (live A)"), SceneName(f"{surface} (live B)")


def holding_scene_of(surface: SurfaceId) -> SceneName:
    return SceneName(f"{surface} (holding)")


def scenes_by_cue(plans: Mapping[SurfaceId, SurfacePlan]) -> Mapping[CueId, Mapping[SurfaceId, SceneName]]:
    """For every cue the scene wanted on each surface that the cue changes."""
    wanted: dict[CueId, dict[SurfaceId, SceneName]] = {}
    for surface, plan in plans.items():
        for cue, scene in plan.by_cue.items():
            wanted.setdefault(cue, {})[surface] = scene
    return wanted


def words_by_cue(plans: Mapping[SurfaceId, SurfacePlan]) -> Mapping[CueId, Mapping[SurfaceId, Mapping[str, str]]]:
    """For every cue the words that it brings to each surface."""
    wanted: dict[CueId, dict[SurfaceId, Mapping[str, str]]] = {}
    for surface, plan in plans.items():
        for cue, words in plan.words.items():
            wanted.setdefault(cue, {})[surface] = words
    return wanted


def roll_columns(plans: Mapping[SurfaceId, SurfacePlan]) -> Mapping[CueId, tuple[RollColumn, ...]]:
    """For every cue the texts that show its roll call, on all surfaces."""
    found: dict[CueId, tuple[RollColumn, ...]] = {}
    for plan in plans.values():
        for cue, columns in plan.roll_columns.items():
            found[cue] = (*found.get(cue, ()), *columns)
    return found


def stand_in_inputs(studio: Studio) -> frozenset[InputId]:
    """What a laptop in rehearsal does not have: cameras, network feeds, what is made in OBS by hand, lines of sound."""
    return frozenset(
        name for name, entry in studio.inputs.items() if isinstance(entry.source, Capture | Feed | MadeInObs)
    ) | frozenset(sound_name(feed) for feed in studio.audio)


def sound_name(feed: str) -> InputId:
    """What the input of a line of sound is called in OBS; no other input's id has a space in it."""
    return InputId(f"sound {feed}")


def _with_sound(plan: SurfacePlan, cast: _Cast) -> SurfacePlan:
    """``plan`` with the lines of sound that its surface mixes."""
    inputs = {entry.name: entry for entry in plan.inputs}
    lines: list[Line] = []
    for name in plan.surface.carries:
        feed = cast.studio.audio.get(name)
        if feed is None:
            continue
        waits = bool(feed.language)
        picture = cast.studio.inputs.get(feed.input) if feed.input is not None else None
        if picture is not None and picture.id not in cast.stand_ins:
            if picture.in_obs in inputs:
                inputs[picture.in_obs] = replace(inputs[picture.in_obs], mixed=True, waits=waits)
                lines.append(Line(feed.id, picture.in_obs, feed.language))
            continue
        in_obs = sound_name(feed.id)
        source: Source = SoundDevice(feed.device)
        if picture is not None or in_obs in cast.stand_ins or not feed.device:
            in_obs, source = InputId(f"{in_obs} (stand-in)"), Silence()
        inputs[in_obs] = InputPlan(in_obs, source, mixed=True, waits=waits)
        lines.append(Line(feed.id, in_obs, feed.language))
    return replace(plan, inputs=tuple(inputs.values()), sound=tuple(lines))


def _plan_surface(day: Day, surface: Surface, cast: _Cast, there: Mapping[SceneName, tuple[Item, ...]]) -> SurfacePlan:
    """The plan of one surface; ``there`` are the scenes that other surfaces have in the same OBS."""
    scenes: list[ScenePlan] = []
    inputs: dict[str, InputPlan] = {}
    by_cue: dict[CueId, SceneName] = {}
    words: dict[CueId, Mapping[str, str]] = {}
    columns: dict[CueId, tuple[RollColumn, ...]] = {}
    known: dict[tuple[Item, ...], SceneName] = {}
    placed: dict[tuple[LayoutId, int], tuple[Slot, ...]] = {}

    def items_of(cue: Cue, layout: Layout) -> tuple[Item, ...]:
        key = layout.id, len(cue.speakers)
        if key not in placed:
            placed[key] = placed_slots(layout, surface, len(cue.speakers))
        seen = [made for slot in placed[key] for made in _fill(slot, cue, surface, cast)]
        for plan, _ in seen:
            inputs.setdefault(plan.name, plan)
        return tuple(item for _, item in seen)

    for cue in day.cues:
        layout = _layout_of(cue, surface, cast)
        if layout is None:
            continue
        key = items_of(cue, layout)
        columns[cue.id] = _roll_columns(cue, layout, surface, cast)
        if live := _live_words(placed[layout.id, len(cue.speakers)], cue):
            words[cue.id] = live
        if key not in known:
            # What is the same for all cues is not called after the first of them.
            called = surface.id if _is_for_every_cue(layout) else cast.labels[cue.id]
            name = SceneName(f"{called} {layout.id}")
            if there.get(name, key) != key:
                name = SceneName(f"{name} ({surface.id})")
            known[key] = name
            scenes.append(ScenePlan(name, key))
        by_cue[cue.id] = known[key]
    columns = {cue: found for cue, found in columns.items() if found}
    plan = SurfacePlan(surface, (), (), by_cue, words=words, roll_columns=columns)
    if surface.role is not Role.WALL:
        return replace(plan, scenes=tuple(scenes), inputs=tuple(inputs.values()))
    # Whoever speaks while the wall is used can be put on it by hand: what shows them is there ahead of air.
    for entry in _speaking(day, surface, cast):
        inputs.setdefault(entry.name, entry)
    holding = None
    slide = cast.studio.layouts.get(surface.holding) if surface.holding is not None else None
    if slide is not None:
        holding = holding_scene_of(surface.id)
        scenes.append(ScenePlan(holding, items_of(holding_cue(cast.event), slide)))
    return replace(
        plan,
        scenes=tuple(scenes),
        inputs=tuple(inputs.values()),
        buffers=live_scenes_of(surface.id),
        holding=holding,
    )


def _is_for_every_cue(layout: Layout) -> bool:
    shown = [slot.shows for slot in layout.slots]
    live = any(isinstance(each, ShowsLiveCaption) for each in shown)
    return live and all(isinstance(each, ShowsInput | ShowsLiveCaption) for each in shown)


def _live_words(slots: tuple[Slot, ...], cue: Cue) -> Mapping[str, str]:
    """What the texts that take their words from the cue are to say."""
    return {
        _live_name(slot.shows): wrap(_caption(cue, slot.shows.language), slot.shows.size, slot.rect.width)
        for slot in slots
        if isinstance(slot.shows, ShowsLiveCaption)
    }


def _live_name(shows: ShowsLiveCaption) -> str:
    return f"live caption {shows.language} {shows.size}"


def _caption(cue: Cue, language: str) -> str:
    words = cue.captions or cue.title
    return words.ko if language == "ko" else words.en


def layout_for(cue: Cue, surface: Surface) -> LayoutId | None:
    """What ``cue`` is seen in on ``surface``; None where it leaves the surface as it is."""
    return cue.layouts.get(surface.id, surface.layout)


def _layout_of(cue: Cue, surface: Surface, cast: _Cast) -> Layout | None:
    name = layout_for(cue, surface)
    return cast.studio.layouts.get(name) if name is not None else None


def holding_cue(event: Event) -> Cue:
    """Stands for a cue where the holding slide is drawn: its captions are the event's title."""
    return Cue(HOLDING, "", event.title, Kind.TITLE)


def _speaking(day: Day, surface: Surface, cast: _Cast) -> list[InputPlan]:
    """What shows the people who speak while the wall is used."""
    cues = (cue for cue in day.cues if _layout_of(cue, surface, cast) is not None)
    speakers = dict.fromkeys(person for cue in cues for person in cue.speakers)
    people = (cast.event.people.get(person) for person in speakers)
    anywhere = Slot("", Rect(0, 0, 0, 0), ShowsSpeaker(0))
    return [plan for person in people if person is not None for plan, _ in _see_person(person, anywhere, cast)]


def arranged_picture(
    arrangement: Arrangement,
    surface: Surface,
    event: Event,
    day: Day,
    studio: Studio,
    stand_ins: frozenset[InputId] = frozenset(),
) -> ArrangedPicture | None:
    """What ``arrangement`` looks like on ``surface``; None where its cue or its layout is no longer there."""
    cue = next((cue for cue in day.cues if cue.id == arrangement.cue), None)
    layout = studio.layouts.get(arrangement.layout)
    if cue is None or layout is None:
        return None
    cast = _Cast(event, studio, stand_ins, _labels(event, day))
    seated = as_cue(arrangement, cue, layout, surface.id)
    slots = placed_slots(layout, surface, len(seated.speakers))
    seen = [made for slot in slots for made in _fill(slot, seated, surface, cast)]
    words = {plan.name: plan.source for plan, _ in seen if isinstance(plan.source, Words)}
    shown = (slot.shows.index for slot in slots if isinstance(slot.shows, ShowsSpeaker))
    people = frozenset(seated.speakers[index] for index in shown if index < len(seated.speakers))
    return ArrangedPicture(tuple(item for _, item in seen), words, people & event.people.keys())


def _fill(slot: Slot, cue: Cue, surface: Surface, cast: _Cast) -> list[tuple[InputPlan, Item]]:
    """What is seen in one slot for one cue; nothing where the cue has nobody and nothing for it."""
    match slot.shows:
        case ShowsInput(input=name):
            return _see_input(cast.studio.inputs.get(name), slot, cast)
        case ShowsClip():
            return _see_input(cast.studio.inputs.get(cue.clip) if cue.clip else None, slot, cast)
        case ShowsSpeaker(index=index) if cue.speakers[index : index + 1] == (NOBODY,):
            return _see_input(slate_of(surface, cast.studio), slot, cast)
        case ShowsSpeaker(index=index):
            person = speaker_of(cue, cast.event, index)
            return _see_person(person, slot, cast) if person else []
        case ShowsPlate(index=index, size=size):
            person = speaker_of(cue, cast.event, index)
            if person is None:
                return []
            plate = InputPlan(f"plate {person.id} {size}", Words(person.label.both(), size))
            return [(plate, Item(plate.name, slot.rect, Fit.CONTAIN))]
        case ShowsCaption(language=language, size=size):
            line = _caption(cue, language)
            caption = InputPlan(f"caption {cast.labels[cue.id]} {language} {size}", Words(line, size))
            return [(caption, Item(caption.name, slot.rect, Fit.CONTAIN))]
        case ShowsLiveCaption(size=size):
            live = InputPlan(_live_name(slot.shows), LiveWords(size))
            return [(live, Item(live.name, slot.rect, Fit.CONTAIN))]
        case ShowsRollCall():
            return _see_roll_call(slot, slot.shows, cue, cast)
        case ShowsSpeakers():
            return []  # taken apart before


def slate_of(surface: Surface, studio: Studio) -> Input | None:
    """The picture of the surface's holding slide, for a place whose guest has dropped out."""
    slide = studio.layouts.get(surface.holding) if surface.holding is not None else None
    shown = (slot.shows.input for slot in slide.slots if isinstance(slot.shows, ShowsInput)) if slide else ()
    return next((studio.inputs[name] for name in shown if name in studio.inputs), None)


def _see_roll_call(slot: Slot, shows: ShowsRollCall, cue: Cue, cast: _Cast) -> list[tuple[InputPlan, Item]]:
    """One text a column, with nobody marked yet: what has been marked is written while the show runs."""
    columns = columns_of(entries_of(cue, cast.event), shows.columns)
    width = slot.rect.width / max(1, shows.columns)
    found: list[tuple[InputPlan, Item]] = []
    for place, entries in enumerate(columns):
        name = _roll_name(cue, place, shows, cast)
        rect = Rect(round(slot.rect.x + place * width, 2), slot.rect.y, round(width, 2), slot.rect.height)
        plan = InputPlan(name, Words(column_text(entries, {}), shows.size, live=True))
        found.append((plan, Item(name, rect, Fit.CONTAIN)))
    return found


def _roll_columns(cue: Cue, layout: Layout, surface: Surface, cast: _Cast) -> tuple[RollColumn, ...]:
    slots = placed_slots(layout, surface, 0) if cue.roll_call else ()
    return tuple(
        RollColumn(surface.id, _roll_name(cue, place, slot.shows, cast), entries)
        for slot in slots
        if isinstance(slot.shows, ShowsRollCall)
        for place, entries in enumerate(columns_of(entries_of(cue, cast.event), slot.shows.columns))
    )


def _roll_name(cue: Cue, place: int, shows: ShowsRollCall, cast: _Cast) -> str:
    return f"roll call {cast.labels[cue.id]} {place + 1}of{shows.columns} {shows.size}"


def speaker_of(cue: Cue, event: Event, index: int) -> Person | None:
    return event.people.get(cue.speakers[index]) if index < len(cue.speakers) else None


def input_for(person: Person, studio: Studio) -> Input | None:
    """What shows ``person``: an input of their own, else the hall's camera where they are in the hall."""
    name = person.input or (studio.hall_input if person.where is Where.HALL else None)
    return studio.inputs.get(name) if name else None


def stood_in(event: Event, day: Day, studio: Studio) -> Mapping[PersonId, Sequence[Cue]]:
    """The people whom no input shows, with the cues in which a stand-in is seen for them; skipped cues left out."""
    found: dict[PersonId, list[Cue]] = {}
    for cue in day.cues:
        if cue.skip:
            continue
        named = (name for surface, name in cue.layouts.items() if surface in studio.surfaces)
        layouts = [studio.layouts[name] for name in named if name in studio.layouts]
        slots = [slot.shows for layout in layouts for slot in layout.slots]
        shown = [shows.index for shows in slots if isinstance(shows, ShowsSpeaker)]
        for index in dict.fromkeys(shown):
            person = speaker_of(cue, event, index)
            if person is not None and input_for(person, studio) is None:
                found.setdefault(person.id, []).append(cue)
    return found


def _see_person(person: Person, slot: Slot, cast: _Cast) -> list[tuple[InputPlan, Item]]:
    entry = input_for(person, cast.studio)
    if entry is None:
        return _stand_in(InputId(person.id), person.label, slot)
    return _see_input(entry, slot, cast)


def _see_input(entry: Input | None, slot: Slot, cast: _Cast) -> list[tuple[InputPlan, Item]]:
    if entry is None:
        return []
    if entry.id in cast.stand_ins:
        return _stand_in(entry.id, entry.title, slot)
    plan = InputPlan(entry.in_obs, entry.source, entry.audible)
    return [(plan, Item(plan.name, slot.rect, slot.fit))]


def _stand_in(name: InputId, title: Text, slot: Slot) -> list[tuple[InputPlan, Item]]:
    """A coloured surface with the name of what is missing, so that nobody takes it for the real picture."""
    ground = InputPlan(f"{name} (stand-in)", Colour(stand_in_colour(name)))
    label = InputPlan(f"{name} (label)", Words(title.both("\n"), LABEL_SIZE))
    return [
        (ground, Item(ground.name, slot.rect, Fit.STRETCH)),
        (label, Item(label.name, label_rect(slot.rect), Fit.CONTAIN)),
    ]


def stand_in_colour(name: str) -> str:
    """``#rrggbb``: the same for the same input or person."""
    return STAND_IN_COLOURS[sum(name.encode()) % len(STAND_IN_COLOURS)]


def label_rect(rect: Rect) -> Rect:
    """Where on a stand-in its name is."""
    return Rect(
        round(rect.x + rect.width * 0.08, 2),
        round(rect.y + rect.height * 0.3, 2),
        round(rect.width * 0.84, 2),
        round(rect.height * 0.4, 2),
    )

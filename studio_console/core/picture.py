"""The wanted picture: what each surface is to show for each cue, as data.

A day is planned ahead into one scene per distinct picture, so that a take on air is a single scene change and the
scene collection can be run by hand if the console is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from studio_console.core.interpretation import Line
from studio_console.core.linebreaks import wrap
from studio_console.core.rundown import Cue, Day, Event, Person, Where
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
    Shows,
    ShowsCaption,
    ShowsClip,
    ShowsInput,
    ShowsLiveCaption,
    ShowsPlate,
    ShowsSpeaker,
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
    projector_scene: SceneName | None = None
    """Set where the surface shares its OBS: this scene holds all of its scenes, one of them enabled at a time."""
    words: Mapping[CueId, Mapping[str, str]] = field(default_factory=dict)
    """What the texts whose words come with the take are to say for each cue, by their names in OBS."""
    sound: tuple[Line, ...] = ()
    """The lines of sound that it mixes; none where it shares its OBS, which mixes once."""


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


def _labels(event: Event, day: Day) -> Mapping[CueId, str]:
    """A cue's number; with its day where another day has that number too: both may lie in one scene collection."""
    elsewhere = {cue.number for other in event.days if other.id != day.id for cue in other.cues}
    return {cue.id: f"{day.id} {cue.number}" if cue.number in elsewhere else cue.number for cue in day.cues}


def projector_scene_of(surface: SurfaceId) -> SceneName:
    """The scene in which a further surface of an OBS is shown."""
    return SceneName(f"{surface} (projector)")


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
    known: dict[tuple[Item, ...], SceneName] = {}
    placed: dict[LayoutId, tuple[Slot, ...]] = {}
    for cue in day.cues:
        layout_id = layout_for(cue, surface)
        layout = cast.studio.layouts.get(layout_id) if layout_id is not None else None
        if layout is None:
            continue
        if layout.id not in placed:
            placed[layout.id] = placed_slots(layout, surface)
        items: list[Item] = []
        for slot in placed[layout.id]:
            for plan, item in _fill(slot, cue, cast):
                inputs.setdefault(plan.name, plan)
                items.append(item)
        key = tuple(items)
        if live := _live_words(placed[layout.id], cue):
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
    return SurfacePlan(surface, tuple(scenes), tuple(inputs.values()), by_cue, words=words)


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


def placed_slots(layout: Layout, surface: Surface) -> tuple[Slot, ...]:
    """The slots of ``layout`` on the canvas of ``surface``."""
    x = surface.canvas.width / layout.canvas.width
    y = surface.canvas.height / layout.canvas.height
    return tuple(replace(slot, rect=_scaled(slot.rect, x, y), shows=_sized(slot.shows, y)) for slot in layout.slots)


def _sized(shows: Shows, scale: float) -> Shows:
    """Letters grow with the canvas that they were laid out for."""
    if isinstance(shows, ShowsPlate | ShowsCaption | ShowsLiveCaption):
        return replace(shows, size=max(1, round(shows.size * scale)))
    return shows


def _scaled(rect: Rect, x: float, y: float) -> Rect:
    return Rect(round(rect.x * x, 2), round(rect.y * y, 2), round(rect.width * x, 2), round(rect.height * y, 2))


def _fill(slot: Slot, cue: Cue, cast: _Cast) -> list[tuple[InputPlan, Item]]:
    """What is seen in one slot for one cue; nothing where the cue has nobody and nothing for it."""
    match slot.shows:
        case ShowsInput(input=name):
            return _see_input(cast.studio.inputs.get(name), slot, cast)
        case ShowsClip():
            return _see_input(cast.studio.inputs.get(cue.clip) if cue.clip else None, slot, cast)
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
    colour = STAND_IN_COLOURS[sum(name.encode()) % len(STAND_IN_COLOURS)]
    ground = InputPlan(f"{name} (stand-in)", Colour(colour))
    label = InputPlan(f"{name} (label)", Words(title.both("\n"), 64))
    rect = slot.rect
    inner = Rect(
        round(rect.x + rect.width * 0.08, 2),
        round(rect.y + rect.height * 0.3, 2),
        round(rect.width * 0.84, 2),
        round(rect.height * 0.4, 2),
    )
    return [
        (ground, Item(ground.name, rect, Fit.STRETCH)),
        (label, Item(label.name, inner, Fit.CONTAIN)),
    ]

"""The scenes and inputs that the surfaces of one OBS want there, in OBS's own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from studio_console.core.picture import InputPlan, Item, ScenePlan, SurfacePlan
from studio_console.core.studio import (
    Colour,
    Fit,
    LiveWords,
    MadeInObs,
    Makeable,
    Rect,
    Silence,
    Size,
    SoundDevice,
    Source,
    Surface,
    Words,
)
from studio_console.core.text import Text, same
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.inputs import AUDIBLE_FAMILIES, family_of, settings_of
from studio_console.devices.obs.mirror import Mirror

TOP_LEFT = 5
CENTRE = 0
SOUND_SCENE = "studio-console sound"
"""Holds the lines of sound and lies in every scene of its surface: OBS mixes only what is in the program's scene."""
ODD_ASPECT = 0.01
"""Pictures whose shape differs less than this from their slot's are not cropped."""


@dataclass(frozen=True, slots=True)
class WantedInput:
    """``muted`` is None where the console leaves the sound alone; ``born_muted``: made so, and then left alone;
    ``once`` are settings that are given at the making and left alone later."""

    name: str
    kind: str
    family: str
    settings: Mapping[str, Any]
    muted: bool | None = None
    born_muted: bool = False
    once: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WantedItem:
    source: str
    transform: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WantedScene:
    """``projector`` marks a scene of scenes, one of them enabled: which one is the take's business.

    ``by_hand`` marks one that is arranged while the show runs: what it does not want is hidden and not removed, for it
    may be wanted again in a moment. Without ``items`` it only has to be there.
    """

    name: str
    items: tuple[WantedItem, ...]
    projector: bool = False
    nests: frozenset[str] = frozenset()
    """Scenes of ours that lie in it."""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    scenes: tuple[WantedScene, ...] = ()
    inputs: tuple[WantedInput, ...] = ()
    problems: tuple[Finding, ...] = ()
    by_hand: frozenset[str] = frozenset()
    """Names in OBS of what a person makes there, to be placed in the scenes."""


def wanted_in(mirror: Mirror, plans: Sequence[SurfacePlan], folder: Path) -> Wanted:
    """What ``plans`` want of the OBS that ``mirror`` shows. ``folder`` is the event's, where files are named from.

    Inputs that two plans want differently, and kinds that this OBS lacks, are problems; what needs them is left out.
    """
    inputs: dict[str, WantedInput] = {}
    scenes: dict[str, WantedScene] = {}
    problems: list[Finding] = []
    lacking: set[str] = set()
    by_hand: set[str] = set()
    sizes = source_sizes(mirror)
    room = _room(plans, mirror)
    wishes: dict[str, InputPlan] = {}
    for plan in plans:
        scale_x = mirror.canvas.width / plan.surface.canvas.width
        scale_y = mirror.canvas.height / plan.surface.canvas.height
        for entry in plan.inputs:
            if entry.name in wishes:
                # A text that two surfaces show has the size that the first one gives it.
                if _as_seen(wishes[entry.name]) != _as_seen(entry):
                    problems.append(_two_wishes(entry.name))
                continue
            wishes[entry.name] = entry
            if isinstance(entry.source, MadeInObs):
                by_hand.add(entry.name)
                continue
            made = _input(mirror, entry, entry.source, folder, min(scale_x, scale_y), room.get(entry.name, 0.0))
            if made is None:
                lacking.add(entry.name)
                problems.append(_no_kind(entry))
            else:
                inputs[entry.name] = made
        sources = {entry.name: entry.source for entry in plan.inputs}
        own: list[WantedScene] = []
        heard = tuple(WantedItem(line) for line in _apart(plan) if line not in lacking)
        nests = frozenset((SOUND_SCENE,) if heard else ())
        for scene in plan.scenes:
            items = tuple(
                WantedItem(item.input, _transform(item, sources[item.input], scale_x, scale_y, mirror, sizes))
                for item in scene.items
                if item.input not in lacking
            )
            own.append(WantedScene(scene.name, (*map(WantedItem, nests), *items), nests=nests))
        if heard:
            own.insert(0, WantedScene(SOUND_SCENE, heard))
        own += [WantedScene(name, (), by_hand=True) for name in plan.buffers]
        if plan.projector_scene is not None:
            nested = tuple(WantedItem(scene.name) for scene in own)
            names = frozenset(scene.name for scene in own)
            own.append(WantedScene(plan.projector_scene, nested, projector=True, nests=names))
        for made_scene in own:
            if scenes.setdefault(made_scene.name, made_scene) != made_scene:
                problems.append(_two_wishes(made_scene.name))
    return Wanted(tuple(scenes.values()), tuple(inputs.values()), tuple(problems), frozenset(by_hand))


def arranged_in(
    mirror: Mirror,
    surface: Surface,
    scene: ScenePlan,
    words: Mapping[str, Words],
    folder: Path,
    ours: frozenset[str],
) -> Wanted:
    """``scene`` alone, arranged by hand from what is in OBS already, which is placed and otherwise left as it is.

    Of ``words``, texts by their input's name, those are made that are missing. ``ours`` are the inputs that the console
    made: anything else is placed as what a person made.
    """
    scale_x, scale_y = mirror.canvas.width / surface.canvas.width, mirror.canvas.height / surface.canvas.height
    room = _room([SurfacePlan(surface, (scene,), (), {})], mirror)
    sizes = source_sizes(mirror)
    inputs: list[WantedInput] = []
    by_hand: set[str] = set()
    sources: dict[str, Source] = {}
    for name in dict.fromkeys(item.input for item in scene.items):
        known = mirror.inputs.get(name)
        colour = known is not None and known.family == "color_source"
        sources[name] = words.get(name) or (Colour("#000000") if colour else MadeInObs(name))
        if known is None and name in words:
            entry = InputPlan(name, words[name])
            made = _input(mirror, entry, words[name], folder, min(scale_x, scale_y), room[name])
            if made is not None:
                inputs.append(made)
        elif known is not None and name in ours:
            inputs.append(WantedInput(name, known.kind, known.family, {}))
        else:
            by_hand.add(name)
    items = tuple(
        WantedItem(item.input, _transform(item, sources[item.input], scale_x, scale_y, mirror, sizes))
        for item in scene.items
    )
    return Wanted((WantedScene(scene.name, items, by_hand=True),), tuple(inputs), (), frozenset(by_hand))


def source_sizes(mirror: Mirror) -> Mapping[str, tuple[float, float]]:
    """The size in px of every source that has one by now; a clip has none before it first plays."""
    sizes: dict[str, tuple[float, float]] = {}
    for items in mirror.scenes.values():
        for item in items:
            width, height = item.transform.get("sourceWidth") or 0, item.transform.get("sourceHeight") or 0
            if width > 0 and height > 0:
                sizes[item.source] = (width, height)
    return sizes


def _input(
    mirror: Mirror, entry: InputPlan, source: Makeable, folder: Path, scale: float, room: float
) -> WantedInput | None:
    family = family_of(source, mirror.kinds)
    if family is None:
        return None
    settings = settings_of(source, family, mirror.platform, folder, scale, room)
    muted = not entry.audible if family in AUDIBLE_FAMILIES and not entry.mixed else None
    once = frozenset({"text"}) if isinstance(source, Words) and source.live else frozenset()
    return WantedInput(entry.name, mirror.kinds[family], family, settings, muted, entry.waits, once)


def _as_seen(entry: InputPlan) -> InputPlan:
    """Whose mix it is in is the first surface's business: an OBS mixes once."""
    return replace(entry, mixed=False, waits=False)


def _apart(plan: SurfacePlan) -> list[str]:
    """The lines of sound that do not come with a picture."""
    return [entry.name for entry in plan.inputs if isinstance(entry.source, SoundDevice | Silence)]


def _room(plans: Sequence[SurfacePlan], mirror: Mirror) -> Mapping[str, float]:
    """The width of the narrowest slot that each input is seen in, in px of OBS's canvas."""
    room: dict[str, float] = {}
    for plan in plans:
        scale = mirror.canvas.width / plan.surface.canvas.width
        for scene in plan.scenes:
            for item in scene.items:
                width = item.rect.width * scale
                room[item.input] = min(room.get(item.input, width), width)
    return room


def _transform(
    item: Item,
    source: Source,
    scale_x: float,
    scale_y: float,
    mirror: Mirror,
    sizes: Mapping[str, tuple[float, float]],
) -> Mapping[str, Any]:
    rect = item.rect
    slot = Rect(rect.x * scale_x, rect.y * scale_y, max(1.0, rect.width * scale_x), max(1.0, rect.height * scale_y))
    crop = (0, 0, 0, 0)
    clips_itself = False
    # A list stays where its left edge is, however long its lines get.
    within = TOP_LEFT if isinstance(source, Words) and source.live else CENTRE
    match source, item.fit:
        case Words() | LiveWords(), _:
            bounds = "OBS_BOUNDS_MAX_ONLY"
        case (Colour(), _) | (_, Fit.STRETCH):
            bounds = "OBS_BOUNDS_STRETCH"
        case _, Fit.CONTAIN:
            bounds = "OBS_BOUNDS_SCALE_INNER"
        case _:
            bounds = "OBS_BOUNDS_SCALE_OUTER"
            clips_itself = crops_to_bounds(mirror)
            size = sizes.get(item.input)
            if clips_itself or _fills(slot, mirror.canvas):
                pass
            elif size is not None:
                crop = cover_crop(size, slot)
            else:
                # Of a picture whose size is not known yet, what stands out of its slot would lie on its neighbours.
                bounds = "OBS_BOUNDS_SCALE_INNER"
    left, top, right, bottom = crop
    return {
        "positionX": round(slot.x, 2),
        "positionY": round(slot.y, 2),
        "rotation": 0.0,
        "alignment": TOP_LEFT,
        "boundsType": bounds,
        "boundsAlignment": within,
        "boundsWidth": round(slot.width, 2),
        "boundsHeight": round(slot.height, 2),
        "cropLeft": left,
        "cropTop": top,
        "cropRight": right,
        "cropBottom": bottom,
        "cropToBounds": clips_itself,
    }


def cover_crop(size: tuple[float, float], slot: Rect) -> tuple[int, int, int, int]:
    """What to cut off a picture of ``size``, left, top, right and bottom in its own px, to give it the slot's shape."""
    width, height = size
    ratio = (width / height) / (slot.width / slot.height)
    if abs(ratio - 1) < ODD_ASPECT:
        return (0, 0, 0, 0)
    if ratio > 1:
        side = int((width - width / ratio) / 2)
        return (side, 0, side, 0)
    side = int((height - height * ratio) / 2)
    return (0, side, 0, side)


def crops_to_bounds(mirror: Mirror) -> bool:
    """OBS 31 and newer can cut off itself what stands out of the bounds."""
    major = mirror.version.split(".")[0]
    return major.isdigit() and int(major) >= 31


def _fills(slot: Rect, canvas: Size) -> bool:
    """Whether what stands out of the slot is off the canvas."""
    return slot.width >= canvas.width - 1 and slot.height >= canvas.height - 1


def _no_kind(entry: InputPlan) -> Finding:
    return Finding(
        same(entry.name),
        False,
        Text(
            f"이 OBS에는 '{entry.name}'에 필요한 종류의 소스가 없습니다.",
            f"This OBS has no kind of source that could show “{entry.name}”.",
        ),
        Text(
            "해당 OBS 플러그인을 설치하거나 studio.yaml에서 입력을 바꾸세요.",
            "Install the plugin in OBS, or change the input in studio.yaml.",
        ),
    )


def _two_wishes(name: str) -> Finding:
    return Finding(
        same(name),
        False,
        Text(
            f"같은 OBS를 쓰는 두 화면이 '{name}'을(를) 서로 다르게 원합니다.",
            f"Two surfaces that share this OBS want “{name}” differently.",
        ),
        Text(
            "둘 중 하나의 이름을 바꾸거나 화면마다 다른 OBS를 쓰세요.",
            "Rename one of them, or give each surface an OBS of its own.",
        ),
    )

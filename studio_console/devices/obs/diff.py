"""What has to be asked of an OBS so that it has what is wanted: the fewest requests, each with its reason.

Nothing is touched that the console did not make. What it made is written in a register inside the scene collection
itself, in the settings of an input of its own, so that it goes wherever the collection goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from studio_console.core.text import Text, same
from studio_console.devices.obs.by_hand import obstacles
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.messages import Request
from studio_console.devices.obs.mirror import Mirror, SceneItem
from studio_console.devices.obs.wanted import Wanted, WantedInput, WantedItem, WantedScene

LIBRARY = "studio-console"
"""A scene that holds every input of ours once, disabled: an input in no scene at all is thrown away by OBS."""
REGISTER = "studio-console register"
REGISTER_KEY = "studio_console"
REGISTER_FAMILY = "color_source"
TOLERANCE = 0.05
"""px; OBS keeps 32-bit numbers."""


class Stage(IntEnum):
    """Changes are sent stage by stage: an item needs its scene and its input."""

    LIBRARY = 0
    REGISTER = 1
    SCENES = 2
    INPUTS = 3
    SETTINGS = 4
    ITEMS = 5
    PLACES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One request and why. ``place`` and ``enable`` are set on the item that a CreateSceneItem makes."""

    stage: Stage
    request: Request
    reason: Text
    subject: str
    place: Mapping[str, Any] = field(default_factory=dict)
    enable: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """What the console made in this collection.

    ``placed``: which things of other people it put into which of its scenes, so that it can take them out again.
    """

    scenes: frozenset[str] = frozenset()
    inputs: frozenset[str] = frozenset()
    placed: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """``deferred`` would touch what is on air; ``clashes`` are names that somebody else uses, or has to make."""

    changes: tuple[Change, ...] = ()
    deferred: tuple[Change, ...] = ()
    clashes: tuple[Finding, ...] = ()


def difference(wanted: Wanted, mirror: Mirror, allow_on_air: bool = False) -> Difference:
    """What to change in the OBS that ``mirror`` shows."""
    register = read_register(mirror)
    clashes = tuple(_clashes(wanted, mirror, register))
    blocked = {name for name, _ in clashes}
    if LIBRARY in blocked or REGISTER in blocked:
        return Difference(clashes=tuple(finding for _, finding in clashes))
    scenes = [scene for scene in wanted.scenes if scene.name not in blocked]
    inputs = [entry for entry in wanted.inputs if entry.name not in blocked]
    own_names = {LIBRARY, REGISTER, *(scene.name for scene in wanted.scenes), *(entry.name for entry in wanted.inputs)}
    unusable = dict(obstacles(wanted, mirror, own_names))
    theirs = wanted.by_hand - unusable.keys()
    clashes = (*clashes, *unusable.items())
    ours = _ours(scenes, inputs, theirs, register, mirror)
    changes = list(_library(mirror, ours, register)) if scenes or inputs else []
    for entry in inputs:
        changes += _input_changes(entry, mirror)
    own = ours.inputs | ours.scenes
    for scene in scenes:
        usable = ours.inputs | theirs | (scene.nests & ours.scenes)
        changes += _scene_changes(scene, mirror, usable, own | ours.placed.get(scene.name, frozenset()))
    changes.sort(key=lambda change: change.stage)
    air = frozenset() if allow_on_air else on_air(wanted, mirror)
    projectors = {scene.name for scene in wanted.scenes if scene.projector}
    deferred = [change for change in changes if _touches(change, air, projectors)]
    return Difference(
        tuple(change for change in changes if change not in deferred),
        tuple(deferred),
        tuple(finding for _, finding in clashes),
    )


def on_air(wanted: Wanted, mirror: Mirror) -> frozenset[str]:
    """All that is seen now: in the program, and in the scenes that projectors show."""
    seen = mirror.shown_by(mirror.program)
    for scene in wanted.scenes:
        if scene.projector and scene.name in mirror.scenes:
            seen |= mirror.shown_by(scene.name)
    return seen


def read_register(mirror: Mirror) -> Register:
    """What the register in the collection says; nothing where there is none or it cannot be read."""
    entry = mirror.inputs.get(REGISTER)
    try:
        data = json.loads(entry.settings[REGISTER_KEY]) if entry is not None else {}
        placed = {scene: frozenset(names) for scene, names in data.get("placed", {}).items()}
        return Register(frozenset(data.get("scenes", ())), frozenset(data.get("inputs", ())), placed)
    except (KeyError, ValueError, TypeError, AttributeError):
        return Register()


def _ours(
    scenes: Sequence[WantedScene],
    inputs: Sequence[WantedInput],
    theirs: frozenset[str],
    register: Register,
    mirror: Mirror,
) -> Register:
    """The register as it is to be. What is made by hand from now on is the console's no more, if it ever was."""
    names = register.scenes & mirror.scenes.keys() | {scene.name for scene in scenes}
    wishes = {scene.name: {item.source for item in scene.items} & theirs for scene in scenes}
    placed: dict[str, frozenset[str]] = {}
    for name in names:
        # What is not wanted any more counts until it has left the scene: the removal may wait, or fail.
        before = register.placed.get(name, frozenset()) | (register.inputs & theirs)
        still = before & {item.source for item in mirror.scenes.get(name, ())}
        if there := still | wishes.get(name, frozenset()):
            placed[name] = frozenset(there)
    made = register.inputs & mirror.inputs.keys() | {entry.name for entry in inputs}
    return Register(names, made - theirs, placed)


def _written(register: Register) -> str:
    # OBS keeps lists of texts in settings only as one text.
    entries: dict[str, object] = {"scenes": sorted(register.scenes), "inputs": sorted(register.inputs)}
    if register.placed:
        entries["placed"] = {scene: sorted(names) for scene, names in sorted(register.placed.items())}
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))


def _library(mirror: Mirror, ours: Register, register: Register) -> Iterator[Change]:
    """The register is written before what it names is made: after a crash in between nothing of ours is a stranger."""
    if LIBRARY not in mirror.scenes:
        reason = Text("콘솔이 만든 소스를 모아 두는 장면", "the scene that holds every source of the console")
        yield Change(Stage.LIBRARY, Request("CreateScene", {"sceneName": LIBRARY}), reason, LIBRARY)
    settings = {"color": 0, "width": 16, "height": 16, REGISTER_KEY: _written(ours)}
    if REGISTER not in mirror.inputs:
        data = {
            "sceneName": LIBRARY,
            "inputName": REGISTER,
            "inputKind": mirror.kinds.get(REGISTER_FAMILY, REGISTER_FAMILY),
            "inputSettings": settings,
            "sceneItemEnabled": False,
        }
        reason = Text("콘솔이 만든 것의 목록", "the list of what the console made")
        yield Change(Stage.REGISTER, Request("CreateInput", data), reason, REGISTER)
    elif ours != register:
        data = {"inputName": REGISTER, "inputSettings": settings}
        reason = Text("콘솔이 만든 것의 목록을 갱신", "the list of what the console made has changed")
        yield Change(Stage.REGISTER, Request("SetInputSettings", data), reason, REGISTER)


def _input_changes(entry: WantedInput, mirror: Mirror) -> Iterator[Change]:
    name = entry.name
    known = mirror.inputs.get(name)
    muted = known.muted if known is not None else False
    if known is None:
        data = {
            "sceneName": LIBRARY,
            "inputName": name,
            "inputKind": entry.kind,
            "inputSettings": entry.settings,
            "sceneItemEnabled": False,
        }
        yield Change(
            Stage.INPUTS, Request("CreateInput", data), Text(f"새 소스 '{name}'", f"new source “{name}”"), name
        )
    else:
        changed = {
            key: value
            for key, value in entry.settings.items()
            if key not in entry.once and not _same(known.settings.get(key), value)
        }
        if changed:
            keys = ", ".join(changed)
            reason = Text(f"소스 '{name}'의 설정 변경: {keys}", f"source “{name}”: {keys} changed")
            request = Request("SetInputSettings", {"inputName": name, "inputSettings": changed})
            yield Change(Stage.SETTINGS, request, reason, name)
    if known is None and entry.born_muted:
        reason = Text(f"통역 '{name}'은(는) 큐가 켤 때까지 끔", f"booth “{name}” is silent until a cue wants it")
        request = Request("SetInputMute", {"inputName": name, "inputMuted": True})
        yield Change(Stage.SETTINGS, request, reason, name)
    elif entry.muted is not None and muted is not None and entry.muted != muted:
        reason = (
            Text(f"소스 '{name}'의 소리를 끔", f"source “{name}” is not to be heard")
            if entry.muted
            else Text(f"소스 '{name}'의 소리를 켬", f"source “{name}” is to be heard")
        )
        request = Request("SetInputMute", {"inputName": name, "inputMuted": entry.muted})
        yield Change(Stage.SETTINGS, request, reason, name)


def _scene_changes(
    scene: WantedScene, mirror: Mirror, usable: frozenset[str], ours: frozenset[str]
) -> Iterator[Change]:
    """``usable`` is what there is to place; items of ``ours`` are the console's to move and to remove."""
    name = scene.name
    wanted = [item for item in scene.items if item.source in usable]
    if name not in mirror.scenes:
        reason = Text(f"새 장면 '{name}'", f"new scene “{name}”")
        yield Change(Stage.SCENES, Request("CreateScene", {"sceneName": name}), reason, name)
    if scene.by_hand and not scene.items:
        return
    present = mirror.scenes.get(name, ())
    pairs, left_over = _paired(wanted, [item for item in present if item.source in ours])
    shown = any(item.enabled for item in present)
    missing = False
    for item, known in pairs:
        if known is None:
            missing = True
            enable = not scene.projector or not shown
            shown = shown or enable
            yield _new_item(name, item, enable)
        else:
            yield from _item_changes(scene, item, known)
    if scene.projector:
        return
    if scene.by_hand:
        yield from _hidden(name, left_over)
        left_over = []
    for known in left_over:
        reason = Text(
            f"장면 '{name}'에 '{known.source}'이(가) 더는 없음", f"“{known.source}” is no longer in scene “{name}”"
        )
        request = Request("RemoveSceneItem", {"sceneName": name, "sceneItemId": known.id})
        yield Change(Stage.PLACES, request, reason, name)
    if scene.by_hand and not missing and _lies_right(pairs):
        return
    if not missing and not left_over:
        yield from _order_changes(name, [known for _, known in pairs if known is not None], present)


def _lies_right(pairs: Sequence[tuple[WantedItem, SceneItem | None]]) -> bool:
    """Whether of any two items that overlap the right one lies on top.

    Which of two tiles lies on top makes no difference where they lie side by side, and each item that is lifted costs
    OBS the list of all.
    """
    placed = [(_box(item), known.index) for item, known in pairs if known is not None]
    return not any(
        index < below and _overlap(box, other)
        for place, (box, index) in enumerate(placed)
        for other, below in placed[:place]
    )


def _box(item: WantedItem) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in px, a little inside."""
    left, top = item.transform["positionX"], item.transform["positionY"]
    right, bottom = left + item.transform["boundsWidth"], top + item.transform["boundsHeight"]
    return left + TOLERANCE, top + TOLERANCE, right, bottom


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _hidden(scene: str, items: Sequence[SceneItem]) -> Iterator[Change]:
    for item in items:
        if item.enabled:
            reason = Text(f"장면 '{scene}'의 '{item.source}' 숨김", f"“{item.source}” in “{scene}” is not wanted now")
            data = {"sceneName": scene, "sceneItemId": item.id, "sceneItemEnabled": False}
            yield Change(Stage.PLACES, Request("SetSceneItemEnabled", data), reason, scene)


def _paired(
    wanted: Sequence[WantedItem], present: Sequence[SceneItem]
) -> tuple[list[tuple[WantedItem, SceneItem | None]], list[SceneItem]]:
    """Each wanted item with the item that is to become it, and the items that nothing wants."""
    left: dict[str, list[SceneItem]] = {}
    for known in present:
        left.setdefault(known.source, []).append(known)
    pairs = [(item, left[item.source].pop(0) if left.get(item.source) else None) for item in wanted]
    unwanted = {known.id for each in left.values() for known in each}
    return pairs, [known for known in present if known.id in unwanted]


def _new_item(scene: str, item: WantedItem, enable: bool) -> Change:
    data = {"sceneName": scene, "sourceName": item.source, "sceneItemEnabled": False}
    at = _place_words(item.transform)
    reason = Text(f"장면 '{scene}'에 '{item.source}' 추가{at}", f"“{item.source}” belongs in scene “{scene}”{at}")
    return Change(Stage.ITEMS, Request("CreateSceneItem", data), reason, scene, item.transform, enable)


def _item_changes(scene: WantedScene, item: WantedItem, known: SceneItem) -> Iterator[Change]:
    name = scene.name
    ours = {"sceneName": name, "sceneItemId": known.id}
    # OBS reports only the keys that it knows.
    moved = {
        key: value
        for key, value in item.transform.items()
        if key in known.transform and not _same(known.transform[key], value)
    }
    if moved:
        at = _place_words(item.transform)
        reason = Text(
            f"장면 '{name}'의 '{item.source}' 위치 변경{at}", f"“{item.source}” is placed anew in “{name}”{at}"
        )
        request = Request("SetSceneItemTransform", {**ours, "sceneItemTransform": moved})
        yield Change(Stage.PLACES, request, reason, name)
    if not known.enabled and not scene.projector:
        reason = Text(f"장면 '{name}'의 '{item.source}' 다시 표시", f"“{item.source}” in “{name}” was hidden")
        yield Change(Stage.PLACES, Request("SetSceneItemEnabled", {**ours, "sceneItemEnabled": True}), reason, name)


def _order_changes(scene: str, wanted: Sequence[SceneItem], present: Sequence[SceneItem]) -> Iterator[Change]:
    """Our items in the wanted order, on the places that ours have now; other people's items stay where they are."""
    order = [item.id for item in present]
    sources = {item.id: item.source for item in present}
    for number, place in moves(order, [item.id for item in wanted]):
        data = {"sceneName": scene, "sceneItemId": number, "sceneItemIndex": place}
        source = sources[number]
        reason = Text(f"장면 '{scene}'에서 '{source}'의 순서 변경", f"“{source}” lies in another order in “{scene}”")
        yield Change(Stage.PLACES, Request("SetSceneItemIndex", data), reason, scene)


def moves(order: Sequence[int], ours: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Moves (id, new index), one after the other, that put ``ours`` in that order on the places they have in ``order``.

    Everything else keeps its place. What follows its predecessor already is not moved.
    """
    now = list(order)
    fill = iter(ours)
    target = [next(fill) if number in ours else number for number in order]
    waiting = set(ours)
    for before, number in zip([None, *target], target, strict=False):
        if number not in waiting:
            continue
        settled = [other for other in now if other not in waiting or other == number]
        at = settled.index(number)
        waiting.discard(number)
        if (settled[at - 1] if at else None) != before:
            now.remove(number)
            place = 0 if before is None else now.index(before) + 1
            now.insert(place, number)
            yield number, place


def _touches(change: Change, air: frozenset[str], projectors: set[str]) -> bool:
    """Whether a change would be seen; a further, disabled item in a projector's scene is not."""
    if change.subject not in air:
        return False
    return not (change.subject in projectors and change.stage is Stage.ITEMS and not change.enable)


def _clashes(wanted: Wanted, mirror: Mirror, register: Register) -> Iterator[tuple[str, Finding]]:
    taken = mirror.names()
    entry = mirror.inputs.get(REGISTER)
    if LIBRARY in taken and (LIBRARY not in mirror.scenes or entry is None or REGISTER_KEY not in entry.settings):
        yield LIBRARY, _stranger(LIBRARY)
    if REGISTER in taken and (entry is None or REGISTER_KEY not in entry.settings):
        yield REGISTER, _stranger(REGISTER)
    for scene in wanted.scenes:
        if scene.name in taken and not (scene.name in mirror.scenes and scene.name in register.scenes):
            yield scene.name, _stranger(scene.name)
    for wish in wanted.inputs:
        known = mirror.inputs.get(wish.name)
        if wish.name in taken and (known is None or wish.name not in register.inputs):
            yield wish.name, _stranger(wish.name)
        elif known is not None and known.family != wish.family:
            yield wish.name, _other_kind(wish.name, known.kind, wish.kind)


def _stranger(name: str) -> Finding:
    return Finding(
        same(name),
        False,
        Text(
            f"OBS에 콘솔이 만들지 않은 '{name}'이(가) 이미 있어 그대로 두었습니다.",
            f"OBS already has a “{name}” that this console did not make; it was left alone.",
        ),
        Text(
            f"OBS에서 '{name}'의 이름을 바꾸거나 지운 뒤 다시 실행하세요.",
            f"Rename or remove “{name}” in OBS, then run this again.",
        ),
    )


def _other_kind(name: str, has: str, wants: str) -> Finding:
    return Finding(
        same(name),
        False,
        Text(
            f"소스 '{name}'의 종류가 {has}인데 이제 {wants}이(가) 필요합니다. OBS는 종류를 바꿀 수 없습니다.",
            f"Source “{name}” is a {has} and is now wanted as a {wants}; OBS cannot change a source's kind.",
        ),
        Text(
            f"OBS에서 '{name}'의 이름을 바꾸거나 studio.yaml에서 다른 이름을 쓴 뒤 다시 실행하세요.",
            f"Rename “{name}” in OBS, or give the input another id in studio.yaml, then run this again.",
        ),
    )


def _same(has: object, wants: object) -> bool:
    """Equal as OBS keeps it: numbers within its precision, of an object the keys that are wanted."""
    if isinstance(wants, bool) or isinstance(has, bool):
        return has == wants
    if isinstance(wants, int | float) and isinstance(has, int | float):
        return abs(has - wants) <= TOLERANCE
    if isinstance(wants, Mapping) and isinstance(has, Mapping):
        return all(_same(has.get(key), value) for key, value in wants.items())
    return has == wants


def _place_words(transform: Mapping[str, Any]) -> str:
    if not transform:
        return ""
    x, y = round(transform["positionX"]), round(transform["positionY"])
    return f" ({x},{y} {round(transform['boundsWidth'])}x{round(transform['boundsHeight'])})"

"""What a standby OBS has otherwise than the main one, in words: pure, from two mirrors.

Only what the main one has counts: more scenes on the standby take nothing from the air. Values of an input's settings
are never told, since any of them may be a secret; the name of the setting is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio_console.core.text import Text
from studio_console.devices.obs.diff import LIBRARY, REGISTER
from studio_console.devices.obs.mirror import Mirror, ObsInput, SceneItem

NEAR_PX = 0.5
NEAR_SCALE = 0.005
NEAR_DB = 0.1

_SCALES = ("scaleX", "scaleY")
_PLACE = (
    *("positionX", "positionY", "rotation", "alignment"),
    *("boundsType", "boundsWidth", "boundsHeight", "boundsAlignment"),
    *("cropLeft", "cropTop", "cropRight", "cropBottom"),
)
"""What places an item. The size of its source, which OBS reports beside, is the source's and not the scene's."""

Lines = tuple[Text, ...]
Items = tuple[SceneItem, ...]


@dataclass(slots=True)
class Known:
    """What was found at an earlier comparison: scenes and inputs that are the same values still are not looked at.

    A day has thousands of items, and this is done beside the takes.
    """

    scenes: dict[str, tuple[Items, Items, Lines]] = field(default_factory=dict)
    inputs: dict[str, tuple[ObsInput, ObsInput, Lines]] = field(default_factory=dict)


def drift(main: Mirror, standby: Mirror, projectors: frozenset[str] = frozenset(), known: Known | None = None) -> Lines:
    """One line for everything of ``main`` that ``standby`` lacks or has otherwise, what weighs most first.

    In the scenes of ``projectors`` what is enabled is a take's work, and no difference.
    """
    known = known if known is not None else Known()
    return (
        *_settings(main, standby),
        *_scenes(main, standby, projectors, known),
        *_inputs(main, standby, known),
        *_transitions(main, standby),
    )


def _settings(main: Mirror, standby: Mirror) -> Iterator[Text]:
    if main.studio_mode != standby.studio_mode:
        yield (
            Text("스튜디오 모드가 켜져 있음", "studio mode is on")
            if standby.studio_mode
            else Text("본 OBS만 스튜디오 모드", "only the main one is in studio mode")
        )
    if main.canvas != standby.canvas:
        yield Text(
            f"캔버스 {standby.canvas}, 본 OBS는 {main.canvas}",
            f"canvas {standby.canvas}, the main one has {main.canvas}",
        )
    if abs(main.fps - standby.fps) > 0.01:
        yield Text(
            f"초당 {standby.fps:g}프레임, 본 OBS는 {main.fps:g}",
            f"{standby.fps:g} frames a second, the main one has {main.fps:g}",
        )
    if main.collection != standby.collection:
        yield Text(
            f"장면 모음 ‘{standby.collection}’, 본 OBS는 ‘{main.collection}’",
            f"scene collection ‘{standby.collection}’, the main one has ‘{main.collection}’",
        )


def _scenes(main: Mirror, standby: Mirror, projectors: frozenset[str], known: Known) -> Iterator[Text]:
    for name in [name for name in known.scenes if name not in main.scenes]:
        del known.scenes[name]
    for name, items in main.scenes.items():
        if name == LIBRARY:
            continue
        theirs = standby.scenes.get(name)
        if theirs is None:
            yield Text(f"장면 ‘{name}’ 없음", f"scene ‘{name}’ is missing")
            continue
        before = known.scenes.get(name)
        if before is None or before[0] is not items or before[1] is not theirs:
            lines = tuple(_items(name, items, theirs, name in projectors)) if items != theirs else ()
            before = known.scenes[name] = (items, theirs, lines)
        yield from before[2]


def _items(scene: str, ours: Items, theirs: Items, projector: bool) -> Iterator[Text]:
    left = list(theirs)
    pairs: list[tuple[SceneItem, SceneItem]] = []
    for item in ours:
        match = next((other for other in left if other.source == item.source), None)
        if match is None:
            yield _in(scene, f"‘{item.source}’ 없음", f"‘{item.source}’ is missing")
            continue
        left.remove(match)
        pairs.append((item, match))
    for other in left:
        yield _in(scene, f"‘{other.source}’이(가) 더 있음", f"has a ‘{other.source}’ more")
    for item, other in pairs:
        name = item.source
        if item.enabled != other.enabled and not projector:
            if item.enabled:
                yield _in(scene, f"‘{name}’ 숨겨짐", f"‘{name}’ is hidden")
            else:
                yield _in(scene, f"‘{name}’ 보임", f"‘{name}’ is shown")
        if not _same_place(item.transform, other.transform):
            yield _in(scene, f"‘{name}’ 위치·크기 다름", f"‘{name}’ lies elsewhere or in another size")
    if _order([item for item, _ in pairs]) != _order(sorted((other for _, other in pairs), key=_index)):
        yield _in(scene, "겹치는 순서 다름", "its items lie in another order")


def _in(scene: str, ko: str, en: str) -> Text:
    return Text(f"장면 ‘{scene}’: {ko}", f"scene ‘{scene}’: {en}")


def _index(item: SceneItem) -> int:
    return item.index


def _order(items: Sequence[SceneItem]) -> list[str]:
    return [item.source for item in items]


def _same_place(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Of an item that was just made OBS does not tell its place: what only one is known to have is no difference."""
    keys = [key for key in _PLACE if key in ours and key in theirs]
    if any(not _near(ours[key], theirs[key], NEAR_PX) for key in keys):
        return False
    if ours.get("boundsType", "OBS_BOUNDS_NONE") != "OBS_BOUNDS_NONE":
        return True  # the scale then follows from the source's size
    return all(_near(ours[key], theirs[key], NEAR_SCALE) for key in _SCALES if key in ours and key in theirs)


def _near(ours: object, theirs: object, tolerance: float) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= tolerance
    return ours == theirs


def _inputs(main: Mirror, standby: Mirror, known: Known) -> Iterator[Text]:
    for name in [name for name in known.inputs if name not in main.inputs]:
        del known.inputs[name]
    for name, entry in main.inputs.items():
        if name == REGISTER:
            continue
        other = standby.inputs.get(name)
        if other is None:
            yield Text(f"소스 ‘{name}’ 없음", f"source ‘{name}’ is missing")
            continue
        before = known.inputs.get(name)
        if before is None or before[0] is not entry or before[1] is not other:
            before = known.inputs[name] = (entry, other, tuple(_input(entry, other)))
        yield from before[2]


def _input(ours: ObsInput, theirs: ObsInput) -> Iterator[Text]:
    name = ours.name
    if ours.family != theirs.family:
        yield _of(name, f"종류 {theirs.family}, 본 OBS는 {ours.family}", f"is a {theirs.family}, not a {ours.family}")
        return
    differ = [key for key in {**ours.settings, **theirs.settings} if not _same_setting(key, ours, theirs)]
    if differ:
        keys = ", ".join(sorted(differ))
        yield _of(name, f"설정 다름: {keys}", f"settings differ: {keys}")
    if None not in (ours.muted, theirs.muted) and ours.muted != theirs.muted:
        if theirs.muted:
            yield _of(name, "소리 꺼짐", "is muted")
        else:
            yield _of(name, "소리 켜짐", "is not muted")
    if ours.volume is not None and theirs.volume is not None and abs(ours.volume - theirs.volume) > NEAR_DB:
        yield _of(
            name,
            f"음량 {theirs.volume:.1f} dB, 본 OBS는 {ours.volume:.1f} dB",
            f"is at {theirs.volume:.1f} dB, the main one at {ours.volume:.1f} dB",
        )


def _of(name: str, ko: str, en: str) -> Text:
    return Text(f"소스 ‘{name}’: {ko}", f"source ‘{name}’ {en}")


def _same_setting(key: str, ours: ObsInput, theirs: ObsInput) -> bool:
    return key in ours.settings and key in theirs.settings and ours.settings[key] == theirs.settings[key]


def _transitions(main: Mirror, standby: Mirror) -> Iterator[Text]:
    """Which one is set follows from the takes; whether there is one of the kind is made by hand in each OBS."""
    lacking = {entry.kind for entry in main.transitions} - {entry.kind for entry in standby.transitions}
    for kind in sorted(lacking):
        yield Text(f"전환 효과 {kind} 없음", f"the transition {kind} is missing")

"""What an OBS reports of itself, as one frozen value: built from a full snapshot, kept up by its events.

Scene-item ids are unique in their scene only, and live in a scene collection: an item's key is (collection, scene, id).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from studio_console.core.studio import Size
from studio_console.devices.obs.messages import Request

_T = TypeVar("_T")


class ItemKey(NamedTuple):
    collection: str
    scene: str
    id: int


@dataclass(frozen=True, slots=True)
class SceneItem:
    """One item of a scene. ``index`` counts from the bottom; ``transform`` is as OBS reports it."""

    id: int
    source: str
    index: int
    enabled: bool = True
    transform: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObsInput:
    """An input. ``kind`` is versioned (text_ft2_source_v2), ``family`` is not (text_ft2_source).

    ``settings`` holds what differs from the kind's defaults; ``muted`` is None where the kind has no sound, or where
    it is not known: OBS does not tell it of an input that is made. ``volume`` is in dB, None likewise.
    """

    name: str
    kind: str
    family: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    muted: bool | None = None
    volume: float | None = None
    """In dB; None as for ``muted``."""


@dataclass(frozen=True, slots=True)
class ObsTransition:
    """A transition of OBS's list; a ``fixed`` one, such as a cut, has no duration of its own."""

    name: str
    kind: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class MediaState:
    """State as OBS names it, without its prefix; cursor and duration in ms, None unless playing or paused."""

    state: str
    cursor: int | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Mirror:
    """The state of one OBS."""

    version: str = ""
    socket_version: str = ""
    platform: str = ""
    """As OBS names it: windows, macos, or a Linux distribution."""
    requests: frozenset[str] = frozenset()
    """Requests that this OBS knows; features are gated on these, not on versions."""
    canvas: Size = Size(0, 0)
    fps: float = 0.0
    collection: str = ""
    changing: bool = False
    """The scene collection is being changed: nothing here is to be trusted, nothing to be sent."""
    studio_mode: bool = False
    program: str | None = None
    """The scene on air as of the end of the last transition."""
    scenes: Mapping[str, tuple[SceneItem, ...]] = field(default_factory=dict)
    """Every scene with its items from bottom to top."""
    groups: frozenset[str] = frozenset()
    inputs: Mapping[str, ObsInput] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    """The kinds of input this OBS can make: unversioned name to the newest versioned one."""
    transitions: tuple[ObsTransition, ...] = ()
    transition: str = ""
    transition_duration: int | None = None
    """ms; None while it is not known, as after a cut."""
    media: Mapping[str, MediaState] = field(default_factory=dict)

    def item(self, key: ItemKey) -> SceneItem | None:
        """The item of that key; None where it is gone or belongs to another collection."""
        if key.collection != self.collection:
            return None
        return next((item for item in self.scenes.get(key.scene, ()) if item.id == key.id), None)

    def keys(self, scene: str) -> Iterator[ItemKey]:
        """The keys of a scene's items from bottom to top."""
        return (ItemKey(self.collection, scene, item.id) for item in self.scenes.get(scene, ()))

    def names(self) -> frozenset[str]:
        """Inputs, scenes and groups share one namespace: all names that are taken."""
        return self.groups | self.scenes.keys() | self.inputs.keys()

    def transition_of_kind(self, kind: str) -> ObsTransition | None:
        return next((transition for transition in self.transitions if transition.kind == kind), None)

    def shown_by(self, scene: str | None) -> frozenset[str]:
        """``scene`` and all that is seen through it: its enabled items, and theirs where they are scenes."""
        seen: set[str] = set()
        todo = [scene] if scene is not None else []
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                todo.extend(item.source for item in self.scenes.get(name, ()) if item.enabled)
        return frozenset(seen)


def apply(mirror: Mirror, event: str, data: Mapping[str, Any]) -> Mirror:
    """The mirror after one event of OBS. Events that do not touch it, or name what it does not know, change nothing."""
    handler = _HANDLERS.get(event)
    return handler(mirror, data) if handler is not None else mirror


def made_in(mirror: Mirror, requests: Sequence[Request]) -> Mirror:
    """The mirror once ``requests`` were carried out, as far as they make inputs and set them.

    OBS tells of a new input a little later than it answers, and of changed settings only from obs-websocket 5.4 on.
    """
    families = {kind: family for family, kind in mirror.kinds.items()}
    inputs = dict(mirror.inputs)
    for request in requests:
        data = request.data
        if request.type == "CreateInput":
            kind = data["inputKind"]
            made = ObsInput(data["inputName"], kind, families.get(kind, kind), data["inputSettings"])
            inputs.setdefault(made.name, made)
        elif request.type == "SetInputSettings" and (known := inputs.get(data["inputName"])) is not None:
            inputs[known.name] = replace(known, settings={**known.settings, **data["inputSettings"]})
    return replace(mirror, inputs=inputs)


def _collection_changing(mirror: Mirror, _: Mapping[str, Any]) -> Mirror:
    return replace(mirror, changing=True)


def _collection_changed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, collection=data["sceneCollectionName"])


def _program(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, program=data["sceneName"])


def _studio_mode(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, studio_mode=data["studioModeEnabled"])


def _scene_created(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    name = data["sceneName"]
    if data.get("isGroup"):
        return replace(mirror, groups=mirror.groups | {name})
    return replace(mirror, scenes={**mirror.scenes, name: mirror.scenes.get(name, ())})


def _scene_removed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    name = data["sceneName"]
    return replace(mirror, groups=mirror.groups - {name}, scenes=_without(mirror.scenes, name))


def _scene_renamed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    old, new = data["oldSceneName"], data["sceneName"]
    scenes = {new if name == old else name: _resourced(items, old, new) for name, items in mirror.scenes.items()}
    groups = mirror.groups - {old} | {new} if old in mirror.groups else mirror.groups
    return replace(mirror, scenes=scenes, groups=groups, program=new if mirror.program == old else mirror.program)


def _input_created(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    kind = data["inputKind"]
    known = mirror.inputs.get(data["inputName"])
    made = ObsInput(
        data["inputName"],
        kind,
        data.get("unversionedInputKind") or kind,
        data.get("inputSettings") or {},
        known.muted if known else None,
        known.volume if known else None,
    )
    return replace(mirror, inputs={**mirror.inputs, made.name: made})


def _input_removed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    name = data["inputName"]
    return replace(mirror, inputs=_without(mirror.inputs, name), media=_without(mirror.media, name))


def _input_renamed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    old, new = data["oldInputName"], data["inputName"]
    known = mirror.inputs.get(old)
    if known is None:
        return mirror
    inputs = {**_without(mirror.inputs, old), new: replace(known, name=new)}
    media = {new if name == old else name: state for name, state in mirror.media.items()}
    scenes = {name: _resourced(items, old, new) for name, items in mirror.scenes.items()}
    return replace(mirror, inputs=inputs, media=media, scenes=scenes)


def _input_settings(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    known = mirror.inputs.get(data["inputName"])
    if known is None:
        return mirror
    changed = replace(known, settings=data.get("inputSettings") or {})
    return replace(mirror, inputs={**mirror.inputs, known.name: changed})


def _input_muted(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    known = mirror.inputs.get(data["inputName"])
    if known is None:
        return mirror
    return replace(mirror, inputs={**mirror.inputs, known.name: replace(known, muted=data["inputMuted"])})


def _input_volume(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    known = mirror.inputs.get(data["inputName"])
    if known is None:
        return mirror
    return replace(mirror, inputs={**mirror.inputs, known.name: replace(known, volume=data["inputVolumeDb"])})


def _transition(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, transition=data["transitionName"])


def _transition_duration(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, transition_duration=data["transitionDuration"])


def _item_created(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    scene, index = data["sceneName"], data["sceneItemIndex"]
    if scene not in mirror.scenes and scene in mirror.groups:
        return mirror
    items = [item for item in mirror.scenes.get(scene, ()) if item.id != data["sceneItemId"]]
    items.insert(index, SceneItem(data["sceneItemId"], data["sourceName"], index))
    return _with_items(mirror, scene, _numbered(items))


def _item_removed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    scene = data["sceneName"]
    if scene not in mirror.scenes:
        return mirror
    left = [item for item in mirror.scenes[scene] if item.id != data["sceneItemId"]]
    return _with_items(mirror, scene, _numbered(left))


def _items_reindexed(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    scene = data["sceneName"]
    if scene not in mirror.scenes:
        return mirror
    places = {entry["sceneItemId"]: entry["sceneItemIndex"] for entry in data["sceneItems"]}
    items = sorted(mirror.scenes[scene], key=lambda item: places.get(item.id, item.index))
    return _with_items(mirror, scene, _numbered(items))


def _item_enabled(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return _with_item(mirror, data, lambda item: replace(item, enabled=data["sceneItemEnabled"]))


def _item_moved(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return _with_item(mirror, data, lambda item: replace(item, transform=data["sceneItemTransform"]))


def _media_started(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, media={**mirror.media, data["inputName"]: MediaState("PLAYING")})


def _media_ended(mirror: Mirror, data: Mapping[str, Any]) -> Mirror:
    return replace(mirror, media={**mirror.media, data["inputName"]: MediaState("ENDED")})


def media_state(status: Mapping[str, Any]) -> MediaState:
    """The answer to GetMediaInputStatus."""
    state = str(status.get("mediaState") or "").removeprefix("OBS_MEDIA_STATE_")
    return MediaState(state or "NONE", status.get("mediaCursor"), status.get("mediaDuration"))


def _with_items(mirror: Mirror, scene: str, items: tuple[SceneItem, ...]) -> Mirror:
    return replace(mirror, scenes={**mirror.scenes, scene: items})


def _with_item(mirror: Mirror, data: Mapping[str, Any], change: Callable[[SceneItem], SceneItem]) -> Mirror:
    scene, wanted = data["sceneName"], data["sceneItemId"]
    items = mirror.scenes.get(scene, ())
    if all(item.id != wanted for item in items):
        return mirror
    return _with_items(mirror, scene, tuple(change(item) if item.id == wanted else item for item in items))


def _numbered(items: list[SceneItem]) -> tuple[SceneItem, ...]:
    return tuple(item if item.index == place else replace(item, index=place) for place, item in enumerate(items))


def _resourced(items: tuple[SceneItem, ...], old: str, new: str) -> tuple[SceneItem, ...]:
    return tuple(replace(item, source=new) if item.source == old else item for item in items)


def _without(mapping: Mapping[str, _T], name: str) -> dict[str, _T]:
    return {key: value for key, value in mapping.items() if key != name}


_HANDLERS: Mapping[str, Callable[[Mirror, Mapping[str, Any]], Mirror]] = {
    "CurrentSceneCollectionChanging": _collection_changing,
    "CurrentSceneCollectionChanged": _collection_changed,
    "CurrentProgramSceneChanged": _program,
    "StudioModeStateChanged": _studio_mode,
    "SceneCreated": _scene_created,
    "SceneRemoved": _scene_removed,
    "SceneNameChanged": _scene_renamed,
    "InputCreated": _input_created,
    "InputRemoved": _input_removed,
    "InputNameChanged": _input_renamed,
    "InputSettingsChanged": _input_settings,
    "InputMuteStateChanged": _input_muted,
    "InputVolumeChanged": _input_volume,
    "CurrentSceneTransitionChanged": _transition,
    "CurrentSceneTransitionDurationChanged": _transition_duration,
    "SceneItemCreated": _item_created,
    "SceneItemRemoved": _item_removed,
    "SceneItemListReindexed": _items_reindexed,
    "SceneItemEnableStateChanged": _item_enabled,
    "SceneItemTransformChanged": _item_moved,
    "MediaInputPlaybackStarted": _media_started,
    "MediaInputPlaybackEnded": _media_ended,
}

"""Scene items: which sources stand in a scene, where, and whether they are seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.geometry import BOUNDS_TYPES, as_data
from studio_console.devices.simulated.model import Input, Item, Scene, Transform
from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status, single
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World

FAR = 90_001.0
BLENDS = tuple(
    f"OBS_BLEND_{name}" for name in ("NORMAL", "ADDITIVE", "SUBTRACT", "SCREEN", "MULTIPLY", "LIGHTEN", "DARKEN")
)
_NUMBERS: dict[str, tuple[str, float | None, float | None]] = {
    "positionX": ("position_x", -FAR, FAR),
    "positionY": ("position_y", -FAR, FAR),
    "rotation": ("rotation", -360.0, 360.0),
    "scaleX": ("scale_x", -FAR, FAR),
    "scaleY": ("scale_y", -FAR, FAR),
    "boundsWidth": ("bounds_width", 1.0, FAR),
    "boundsHeight": ("bounds_height", 1.0, FAR),
}
_INTEGERS: dict[str, tuple[str, float | None, float | None]] = {
    "alignment": ("alignment", 0.0, None),
    "boundsAlignment": ("bounds_alignment", 0.0, None),
    "cropLeft": ("crop_left", 0.0, 100_000.0),
    "cropRight": ("crop_right", 0.0, 100_000.0),
    "cropTop": ("crop_top", 0.0, 100_000.0),
    "cropBottom": ("crop_bottom", 0.0, 100_000.0),
}


def _scene(world: World, fields: Fields) -> Scene:
    return world.scene(fields.text("sceneName"))


def _found(world: World, fields: Fields) -> tuple[Scene, Item]:
    scene = _scene(world, fields)
    return scene, world.item(scene, fields.integer("sceneItemId", 0))


def _tell(world: World, event: str, scene: Scene, item: Item, about: Data, intent: Intent = Intent.SCENE_ITEMS) -> None:
    world.emit(intent, event, {"sceneName": scene.name, "sceneItemId": item.id, **about})


def _transform(world: World, item: Item) -> Data:
    return as_data(item.transform, *world.natural_size(item.source))


@answers("GetSceneItemList")
def get_scene_item_list(world: World, fields: Fields) -> Data:
    return {"sceneItems": [_about(world, item, place) for place, item in enumerate(_scene(world, fields).items)]}


@answers("GetGroupSceneItemList")
def get_group_scene_item_list(world: World, fields: Fields) -> Data:
    _scene(world, fields)
    raise Refusal(Status.SOURCE_TYPE, "The specified source is not a group. (Is scene)")


def _about(world: World, item: Item, place: int) -> Data:
    is_input = isinstance(item.source, Input)
    return {
        "sceneItemId": item.id,
        "sceneItemIndex": place,
        "sceneItemEnabled": item.enabled,
        "sceneItemLocked": item.locked,
        "sceneItemTransform": _transform(world, item),
        "sceneItemBlendMode": item.blend,
        "sourceName": item.source.name,
        "sourceType": "OBS_SOURCE_TYPE_INPUT" if is_input else "OBS_SOURCE_TYPE_SCENE",
        "inputKind": item.source.kind.name if isinstance(item.source, Input) else None,
        "isGroup": None if is_input else False,
    }


@answers("GetSceneItemId")
def get_scene_item_id(world: World, fields: Fields) -> Data:
    scene = _scene(world, fields)
    name = fields.text("sourceName")
    offset = fields.integer("searchOffset", -1) if fields.has("searchOffset") else 0
    found = [item for item in scene.items if item.source.name == name]
    if not found or offset >= len(found):
        comment = "No scene items were found in the specified scene by that name or offset."
        raise Refusal(Status.NOT_FOUND, comment)
    return {"sceneItemId": found[offset].id}


@answers("CreateSceneItem")
def create_scene_item(world: World, fields: Fields) -> Data:
    scene = _scene(world, fields)
    source = world.source(fields.text("sourceName"))
    return {"sceneItemId": world.create_item(scene, source, fields.optional_flag("sceneItemEnabled", True)).id}


@answers("RemoveSceneItem")
def remove_scene_item(world: World, fields: Fields) -> None:
    world.remove_item(*_found(world, fields))


@answers("DuplicateSceneItem")
def duplicate_scene_item(world: World, fields: Fields) -> Data:
    scene, item = _found(world, fields)
    there = world.scene(fields.text("destinationSceneName")) if fields.has("destinationSceneName") else scene
    copy = world.create_item(there, item.source, item.enabled)
    copy.transform, copy.blend = item.transform, item.blend
    return {"sceneItemId": copy.id}


@answers("GetSceneItemTransform")
def get_scene_item_transform(world: World, fields: Fields) -> Data:
    return {"sceneItemTransform": _transform(world, _found(world, fields)[1])}


@answers("SetSceneItemTransform")
def set_scene_item_transform(world: World, fields: Fields) -> None:
    scene, item = _found(world, fields)
    item.transform = _changed(item.transform, Fields(fields.data("sceneItemTransform")))
    about = {"sceneItemTransform": _transform(world, item)}
    intent = Intent.SCENE_ITEM_TRANSFORM_CHANGED
    _tell(world, "SceneItemTransformChanged", scene, item, about, intent)


def _changed(transform: Transform, wanted: Fields) -> Transform:
    """``transform`` with what may be changed; of the read-only fields none counts."""
    changes: dict[str, Any] = {}
    for name, (ours, low, high) in _NUMBERS.items():
        if wanted.has(name):
            changes[ours] = single(wanted.number(name, low, high))
    for name, (ours, low, high) in _INTEGERS.items():
        if wanted.has(name):
            changes[ours] = wanted.integer(name, low, high)
    if wanted.has("boundsType"):
        changes["bounds_type"] = wanted.text("boundsType")
        if changes["bounds_type"] not in BOUNDS_TYPES:
            raise Refusal(Status.FIELD_INVALID, "The field `boundsType` has an invalid value.")
    if not changes:
        raise Refusal(Status.CANNOT_ACT, "You have not provided any valid transform changes.")
    return replace(transform, **changes)


@answers("GetSceneItemEnabled")
def get_scene_item_enabled(world: World, fields: Fields) -> Data:
    return {"sceneItemEnabled": _found(world, fields)[1].enabled}


@answers("SetSceneItemEnabled")
def set_scene_item_enabled(world: World, fields: Fields) -> None:
    scene, item = _found(world, fields)
    enabled = fields.flag("sceneItemEnabled")
    if enabled != item.enabled:
        item.enabled = enabled
        _tell(world, "SceneItemEnableStateChanged", scene, item, {"sceneItemEnabled": enabled})
        world.players.look()


@answers("GetSceneItemLocked")
def get_scene_item_locked(world: World, fields: Fields) -> Data:
    return {"sceneItemLocked": _found(world, fields)[1].locked}


@answers("SetSceneItemLocked")
def set_scene_item_locked(world: World, fields: Fields) -> None:
    scene, item = _found(world, fields)
    locked = fields.flag("sceneItemLocked")
    if locked != item.locked:
        item.locked = locked
        _tell(world, "SceneItemLockStateChanged", scene, item, {"sceneItemLocked": locked})


@answers("GetSceneItemIndex")
def get_scene_item_index(world: World, fields: Fields) -> Data:
    scene, item = _found(world, fields)
    return {"sceneItemIndex": scene.items.index(item)}


@answers("SetSceneItemIndex")
def set_scene_item_index(world: World, fields: Fields) -> None:
    scene, item = _found(world, fields)
    place = fields.integer("sceneItemIndex", 0, 8192)
    scene.items.remove(item)
    scene.items.insert(place, item)
    order = [{"sceneItemId": entry.id, "sceneItemIndex": at} for at, entry in enumerate(scene.items)]
    world.emit(Intent.SCENE_ITEMS, "SceneItemListReindexed", {"sceneName": scene.name, "sceneItems": order})


@answers("GetSceneItemBlendMode")
def get_scene_item_blend_mode(world: World, fields: Fields) -> Data:
    return {"sceneItemBlendMode": _found(world, fields)[1].blend}


@answers("SetSceneItemBlendMode")
def set_scene_item_blend_mode(world: World, fields: Fields) -> None:
    _, item = _found(world, fields)
    blend = fields.text("sceneItemBlendMode")
    if blend not in BLENDS:
        raise Refusal(Status.FIELD_INVALID, "The field sceneItemBlendMode has an invalid value.")
    item.blend = blend


@answers("GetSceneItemPrivateSettings")
def get_scene_item_private_settings(world: World, fields: Fields) -> Data:
    return {"sceneItemSettings": _found(world, fields)[1].private}


@answers("SetSceneItemPrivateSettings")
def set_scene_item_private_settings(world: World, fields: Fields) -> None:
    item = _found(world, fields)[1]
    item.private = item.private | fields.data("sceneItemSettings", may_be_empty=True)

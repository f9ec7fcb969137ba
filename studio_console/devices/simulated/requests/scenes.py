"""Scenes, the program, the preview."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import Data, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World

NO_PREVIEW = Status.STUDIO_MODE_NOT_ACTIVE


@answers("GetSceneList")
def get_scene_list(world: World, _: Fields) -> Data:
    air = world.air
    return {
        "currentProgramSceneName": air.program.name,
        "currentPreviewSceneName": air.preview.name if air.studio_mode else None,
        "scenes": world.scene_list(),
    }


@answers("GetGroupList")
def get_group_list(_: World, __: Fields) -> Data:
    return {"groups": []}


@answers("GetCurrentProgramScene")
def get_current_program_scene(world: World, _: Fields) -> Data:
    return {"currentProgramSceneName": world.air.program.name}


@answers("SetCurrentProgramScene")
def set_current_program_scene(world: World, fields: Fields) -> None:
    world.air.take(world.scene(fields.text("sceneName")))


@answers("GetCurrentPreviewScene")
def get_current_preview_scene(world: World, _: Fields) -> Data:
    if not world.air.studio_mode:
        raise Refusal(NO_PREVIEW)
    return {"currentPreviewSceneName": world.air.preview.name}


@answers("SetCurrentPreviewScene")
def set_current_preview_scene(world: World, fields: Fields) -> None:
    if not world.air.studio_mode:
        raise Refusal(NO_PREVIEW)
    world.air.set_preview(world.scene(fields.text("sceneName")))


@answers("CreateScene")
def create_scene(world: World, fields: Fields) -> None:
    world.create_scene(fields.text("sceneName"))


@answers("RemoveScene")
def remove_scene(world: World, fields: Fields) -> None:
    world.remove_scene(world.scene(fields.text("sceneName")))


@answers("SetSceneName")
def set_scene_name(world: World, fields: Fields) -> None:
    scene = world.scene(fields.text("sceneName"))
    world.rename(scene, fields.text("newSceneName"), "A source already exists by that new scene name.")


@answers("GetSceneSceneTransitionOverride")
def get_scene_scene_transition_override(world: World, fields: Fields) -> Data:
    scene = world.scene(fields.text("sceneName"))
    return {"transitionName": scene.override_name, "transitionDuration": scene.override_duration}


@answers("SetSceneSceneTransitionOverride")
def set_scene_scene_transition_override(world: World, fields: Fields) -> None:
    scene = world.scene(fields.text("sceneName"))
    name = fields.optional_text("transitionName")
    if name is not None and all(entry.name != name for entry in world.collection.transitions):
        raise Refusal(Status.NOT_FOUND, "No scene transition was found by that name.")
    lasts = fields.integer("transitionDuration", 50, 20_000) if fields.has("transitionDuration") else None
    scene.override_name, scene.override_duration = name, lasts

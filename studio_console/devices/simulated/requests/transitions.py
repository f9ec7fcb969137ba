"""Transitions between scenes."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.kinds import TRANSITION_KINDS
from studio_console.devices.simulated.model import Transition, overlaid, tidy
from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World


def _about(transition: Transition) -> Data:
    return {
        "transitionName": transition.name,
        "transitionKind": transition.kind.name,
        "transitionFixed": transition.kind.fixed,
        "transitionConfigurable": transition.kind.configurable,
    }


@answers("GetTransitionKindList")
def get_transition_kind_list(_: World, __: Fields) -> Data:
    return {"transitionKinds": list(TRANSITION_KINDS)}


@answers("GetSceneTransitionList")
def get_scene_transition_list(world: World, _: Fields) -> Data:
    now = world.collection.transition
    return {
        "currentSceneTransitionName": now.name,
        "currentSceneTransitionKind": now.kind.name,
        "transitions": [_about(transition) for transition in world.collection.transitions],
    }


@answers("GetCurrentSceneTransition")
def get_current_scene_transition(world: World, _: Fields) -> Data:
    now = world.collection.transition
    return _about(now) | {
        "transitionDuration": None if now.kind.fixed else world.collection.duration,
        "transitionSettings": now.settings if now.kind.configurable else None,
    }


@answers("SetCurrentSceneTransition")
def set_current_scene_transition(world: World, fields: Fields) -> None:
    name = fields.text("transitionName")
    found = next((entry for entry in world.collection.transitions if entry.name == name), None)
    if found is None:
        raise Refusal(Status.NOT_FOUND, "No scene transition was found by that name.")
    world.collection.transition = found
    world.air.use(found)
    world.emit(Intent.TRANSITIONS, "CurrentSceneTransitionChanged", {"transitionName": name})


@answers("SetCurrentSceneTransitionDuration")
def set_current_scene_transition_duration(world: World, fields: Fields) -> None:
    lasts = fields.integer("transitionDuration", 50, 20_000)
    if lasts != world.collection.duration:
        world.collection.duration = lasts
        world.emit(Intent.TRANSITIONS, "CurrentSceneTransitionDurationChanged", {"transitionDuration": lasts})


@answers("SetCurrentSceneTransitionSettings")
def set_current_scene_transition_settings(world: World, fields: Fields) -> None:
    changes = fields.data("transitionSettings")
    now = world.collection.transition
    if not now.kind.configurable:
        raise Refusal(Status.NOT_CONFIGURABLE, "The current transition does not support custom settings.")
    now.settings = overlaid(now.settings, changes) if fields.optional_flag("overlay", True) else tidy(changes)


@answers("GetCurrentSceneTransitionCursor")
def get_current_scene_transition_cursor(world: World, _: Fields) -> Data:
    return {"transitionCursor": world.air.cursor()}


@answers("TriggerStudioModeTransition")
def trigger_studio_mode_transition(world: World, _: Fields) -> None:
    if not world.air.studio_mode:
        raise Refusal(Status.STUDIO_MODE_NOT_ACTIVE)
    world.air.take_preview()


@answers("SetTBarPosition")
def set_tbar_position(world: World, fields: Fields) -> None:
    if not world.air.studio_mode:
        raise Refusal(Status.STUDIO_MODE_NOT_ACTIVE)
    fields.number("position", 0.0, 1.0)
    raise Refusal(Status.CANNOT_ACT, "The simulation has no T-bar.")

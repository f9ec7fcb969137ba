"""Inputs: their life, their settings and their sound."""

from __future__ import annotations

import math

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.kinds import INPUT_KINDS, InputKind
from studio_console.devices.simulated.model import Audio, Input, overlaid, tidy
from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status, single
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World

SPECIAL = ("desktop1", "desktop2", "mic1", "mic2", "mic3", "mic4")
MONITORING = tuple(f"OBS_MONITORING_TYPE_{name}" for name in ("NONE", "MONITOR_ONLY", "MONITOR_AND_OUTPUT"))
SILENCE = -100.0
"""Decibels told for no sound at all."""


@answers("GetInputList")
def get_input_list(world: World, fields: Fields) -> Data:
    wanted = fields.optional_text("inputKind")
    inputs = [entry for entry in world.collection.inputs() if wanted is None or entry.kind.name == wanted]
    return {
        "inputs": [
            {
                "inputName": entry.name,
                "inputKind": entry.kind.name,
                "unversionedInputKind": entry.kind.unversioned,
            }
            for entry in inputs
        ]
    }


@answers("GetInputKindList")
def get_input_kind_list(_: World, fields: Fields) -> Data:
    unversioned = fields.optional_flag("unversioned", False)
    return {"inputKinds": [kind.unversioned if unversioned else kind.name for kind in INPUT_KINDS.values()]}


@answers("GetSpecialInputs")
def get_special_inputs(_: World, __: Fields) -> Data:
    return dict.fromkeys(SPECIAL)


def _kind(fields: Fields, comment: str | None) -> InputKind:
    kind = INPUT_KINDS.get(fields.text("inputKind"))
    if kind is None:
        raise Refusal(Status.KIND, comment)
    return kind


@answers("CreateInput")
def create_input(world: World, fields: Fields) -> Data:
    scene = world.scene(fields.text("sceneName"))
    name = fields.text("inputName")
    world.refuse_taken(name, "A source already exists by that input name.")
    comment = (
        "Your specified input kind is not supported by OBS. Check that your specified kind is properly versioned "
        "and that any necessary plugins are loaded."
    )
    kind = _kind(fields, comment)
    settings = fields.data("inputSettings", may_be_empty=True) if fields.has("inputSettings") else {}
    enabled = fields.optional_flag("sceneItemEnabled", True)
    return {"sceneItemId": world.create_input(scene, name, kind, settings, enabled).id}


@answers("RemoveInput")
def remove_input(world: World, fields: Fields) -> None:
    world.remove_input(world.input(fields.text("inputName")))


@answers("SetInputName")
def set_input_name(world: World, fields: Fields) -> None:
    found = world.input(fields.text("inputName"))
    world.rename(found, fields.text("newInputName"), "A source already exists by that new input name.")


@answers("GetInputDefaultSettings")
def get_input_default_settings(_: World, fields: Fields) -> Data:
    return {"defaultInputSettings": _kind(fields, None).defaults}


@answers("GetInputSettings")
def get_input_settings(world: World, fields: Fields) -> Data:
    found = world.input(fields.text("inputName"))
    return {"inputSettings": found.settings, "inputKind": found.kind.name}


@answers("SetInputSettings")
def set_input_settings(world: World, fields: Fields) -> None:
    found = world.input(fields.text("inputName"))
    changes = fields.data("inputSettings", may_be_empty=True)
    overlay = fields.optional_flag("overlay", True)
    found.settings = overlaid(found.settings, changes) if overlay else tidy(changes)
    world.players.opened(found)


@answers("GetInputPropertiesListPropertyItems")
def get_input_properties_list_property_items(world: World, fields: Fields) -> Data:
    found = world.input(fields.text("inputName"))
    name = fields.text("propertyName")
    if name not in found.kind.defaults and name != "device_id":
        raise Refusal(Status.NOT_FOUND, "Unable to find a property by that name.")
    return {"propertyItems": []}


# --- sound -----------------------------------------------------------------------------------------------------


def _heard(world: World, fields: Fields) -> Input:
    found = world.input(fields.text("inputName"))
    if not found.kind.audio:
        raise Refusal(Status.STATE, "The specified input does not support audio.")
    return found


def _tell(world: World, event: str, of: Input, about: Data) -> None:
    world.emit(Intent.INPUTS, event, {"inputName": of.name, **about})


@answers("GetInputMute")
def get_input_mute(world: World, fields: Fields) -> Data:
    return {"inputMuted": _heard(world, fields).audio.muted}


@answers("SetInputMute")
def set_input_mute(world: World, fields: Fields) -> None:
    found = _heard(world, fields)
    found.audio.muted = fields.flag("inputMuted")
    _tell(world, "InputMuteStateChanged", found, {"inputMuted": found.audio.muted})


@answers("ToggleInputMute")
def toggle_input_mute(world: World, fields: Fields) -> Data:
    found = _heard(world, fields)
    found.audio.muted = not found.audio.muted
    _tell(world, "InputMuteStateChanged", found, {"inputMuted": found.audio.muted})
    return {"inputMuted": found.audio.muted}


def _volume(audio: Audio) -> Data:
    decibels = 20 * math.log10(audio.volume) if audio.volume > 0 else SILENCE
    return {"inputVolumeMul": audio.volume, "inputVolumeDb": single(max(SILENCE, decibels))}


@answers("GetInputVolume")
def get_input_volume(world: World, fields: Fields) -> Data:
    return _volume(_heard(world, fields).audio)


@answers("SetInputVolume")
def set_input_volume(world: World, fields: Fields) -> None:
    found = _heard(world, fields)
    by_factor, by_decibels = fields.has("inputVolumeMul"), fields.has("inputVolumeDb")
    factor = fields.number("inputVolumeMul", 0.0, 20.0) if by_factor else 0.0
    decibels = fields.number("inputVolumeDb", SILENCE, 26.0) if by_decibels else 0.0
    if by_factor and by_decibels:
        raise Refusal(Status.TOO_MANY_FIELDS, "You may only specify one volume field.")
    if not by_factor and not by_decibels:
        raise Refusal(Status.MISSING_FIELD, "You must specify one volume field.")
    if by_decibels:
        factor = 10 ** (decibels / 20) if decibels > SILENCE else 0.0
    found.audio.volume = single(factor)
    _tell(world, "InputVolumeChanged", found, _volume(found.audio))


@answers("GetInputAudioBalance")
def get_input_audio_balance(world: World, fields: Fields) -> Data:
    return {"inputAudioBalance": _heard(world, fields).audio.balance}


@answers("SetInputAudioBalance")
def set_input_audio_balance(world: World, fields: Fields) -> None:
    found = _heard(world, fields)
    found.audio.balance = single(fields.number("inputAudioBalance", 0.0, 1.0))
    _tell(world, "InputAudioBalanceChanged", found, {"inputAudioBalance": found.audio.balance})


@answers("GetInputAudioSyncOffset")
def get_input_audio_sync_offset(world: World, fields: Fields) -> Data:
    return {"inputAudioSyncOffset": _heard(world, fields).audio.sync_offset}


@answers("SetInputAudioSyncOffset")
def set_input_audio_sync_offset(world: World, fields: Fields) -> None:
    found = _heard(world, fields)
    found.audio.sync_offset = fields.integer("inputAudioSyncOffset", -950, 20_000)
    _tell(world, "InputAudioSyncOffsetChanged", found, {"inputAudioSyncOffset": found.audio.sync_offset})


@answers("GetInputAudioMonitorType")
def get_input_audio_monitor_type(world: World, fields: Fields) -> Data:
    return {"monitorType": _heard(world, fields).audio.monitor}


@answers("SetInputAudioMonitorType")
def set_input_audio_monitor_type(world: World, fields: Fields) -> None:
    found = _heard(world, fields)
    monitor = fields.text("monitorType")
    if monitor not in MONITORING:
        raise Refusal(Status.FIELD_INVALID, f"Unknown monitor type: {monitor}")
    found.audio.monitor = monitor
    _tell(world, "InputAudioMonitorTypeChanged", found, {"monitorType": monitor})


@answers("GetInputAudioTracks")
def get_input_audio_tracks(world: World, fields: Fields) -> Data:
    return {"inputAudioTracks": _heard(world, fields).audio.tracks}


@answers("SetInputAudioTracks")
def set_input_audio_tracks(world: World, fields: Fields) -> None:
    found = _heard(world, fields)
    wanted = Fields(fields.data("inputAudioTracks"))
    changes = {track: wanted.flag(track) for track in found.audio.tracks if wanted.has(track)}
    found.audio.tracks = found.audio.tracks | changes
    _tell(world, "InputAudioTracksChanged", found, {"inputAudioTracks": found.audio.tracks})

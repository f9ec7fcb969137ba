"""Scene collections, profiles, video settings, the stream's service, slots for other programs' data."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World

REALMS = ("OBS_WEBSOCKET_DATA_REALM_GLOBAL", "OBS_WEBSOCKET_DATA_REALM_PROFILE")
SERVICES = ("rtmp_common", "rtmp_custom")
LARGEST = 4096


@answers("GetSceneCollectionList")
def get_scene_collection_list(world: World, _: Fields) -> Data:
    names = sorted(world.collections)
    return {"currentSceneCollectionName": world.collection.name, "sceneCollections": names}


@answers("SetCurrentSceneCollection")
def set_current_scene_collection(world: World, fields: Fields) -> None:
    world.change_collection(fields.text("sceneCollectionName"))


@answers("CreateSceneCollection")
def create_scene_collection(world: World, fields: Fields) -> None:
    world.create_collection(fields.text("sceneCollectionName"))


@answers("GetProfileList")
def get_profile_list(world: World, _: Fields) -> Data:
    return {"currentProfileName": world.profile, "profiles": sorted(world.profiles)}


@answers("SetCurrentProfile")
def set_current_profile(world: World, fields: Fields) -> None:
    name = fields.text("profileName")
    if name not in world.profiles:
        raise Refusal(Status.NOT_FOUND)
    if name != world.profile:
        world.emit(Intent.CONFIG, "CurrentProfileChanging", {"profileName": world.profile})
        world.profile = name
        world.emit(Intent.CONFIG, "CurrentProfileChanged", {"profileName": name})


@answers("CreateProfile")
def create_profile(world: World, fields: Fields) -> None:
    name = fields.text("profileName")
    if name in world.profiles:
        raise Refusal(Status.ALREADY_EXISTS)
    world.emit(Intent.CONFIG, "CurrentProfileChanging", {"profileName": world.profile})
    world.profiles.append(name)
    world.profile = name
    world.emit(Intent.CONFIG, "ProfileListChanged", {"profiles": sorted(world.profiles)})
    world.emit(Intent.CONFIG, "CurrentProfileChanged", {"profileName": name})


@answers("GetProfileParameter")
def get_profile_parameter(world: World, fields: Fields) -> Data:
    category, name = fields.text("parameterCategory"), fields.text("parameterName")
    (width, height), (out_width, out_height) = world.canvas, world.output_size
    defaults = {
        ("General", "Name"): world.profile,
        ("Video", "BaseCX"): str(width),
        ("Video", "BaseCY"): str(height),
        ("Video", "OutputCX"): str(out_width),
        ("Video", "OutputCY"): str(out_height),
    }
    value = world.profile_parameters.get((category, name), defaults.get((category, name)))
    return {"parameterValue": value, "defaultParameterValue": defaults.get((category, name))}


@answers("SetProfileParameter")
def set_profile_parameter(world: World, fields: Fields) -> None:
    key = (fields.text("parameterCategory"), fields.text("parameterName"))
    if fields.has("parameterValue"):
        world.profile_parameters[key] = fields.text("parameterValue", may_be_empty=True)
    else:
        world.profile_parameters.pop(key, None)


@answers("GetVideoSettings")
def get_video_settings(world: World, _: Fields) -> Data:
    return {
        "fpsNumerator": world.fps[0],
        "fpsDenominator": world.fps[1],
        "baseWidth": world.canvas[0],
        "baseHeight": world.canvas[1],
        "outputWidth": world.output_size[0],
        "outputHeight": world.output_size[1],
    }


@answers("SetVideoSettings")
def set_video_settings(world: World, fields: Fields) -> None:
    if world.stream.active or world.record.active:
        comment = "Video settings cannot be changed while an output is active."
        raise Refusal(Status.OUTPUT_RUNNING, comment)
    fps = _pair(fields, "fpsNumerator", "fpsDenominator", 1, 1_000_000)
    base = _pair(fields, "baseWidth", "baseHeight", 8, LARGEST)
    output = _pair(fields, "outputWidth", "outputHeight", 8, LARGEST)
    if fps is base is output is None:
        raise Refusal(Status.MISSING_FIELD, "You must specify at least one video-changing pair.")
    world.fps = fps or world.fps
    world.canvas = base or world.canvas
    world.output_size = output or world.output_size


def _pair(fields: Fields, first: str, second: str, low: int, high: int) -> tuple[int, int] | None:
    if not (fields.has(first) and fields.has(second)):
        return None
    return fields.integer(first, low, high), fields.integer(second, low, high)


@answers("GetStreamServiceSettings")
def get_stream_service_settings(world: World, _: Fields) -> Data:
    return world.stream_service


@answers("SetStreamServiceSettings")
def set_stream_service_settings(world: World, fields: Fields) -> None:
    if world.stream.active:
        comment = "You cannot change stream service settings while streaming."
        raise Refusal(Status.OUTPUT_RUNNING, comment)
    service, settings = fields.text("streamServiceType"), fields.data("streamServiceSettings")
    if service not in SERVICES:
        comment = "Failed to create the stream service with the requested streamServiceType. It may be an invalid type."
        raise Refusal(Status.CREATION_FAILED, comment)
    world.stream_service = {"streamServiceType": service, "streamServiceSettings": settings}


@answers("GetRecordDirectory")
def get_record_directory(_: World, __: Fields) -> Data:
    return {"recordDirectory": "simulated"}


@answers("GetPersistentData")
def get_persistent_data(world: World, fields: Fields) -> Data:
    return {"slotValue": world.persistent.get(_slot(fields))}


@answers("SetPersistentData")
def set_persistent_data(world: World, fields: Fields) -> None:
    world.persistent[_slot(fields)] = fields.raw("slotValue")


def _slot(fields: Fields) -> tuple[str, str]:
    realm, slot = fields.text("realm"), fields.text("slotName")
    if realm not in REALMS:
        raise Refusal(Status.NOT_FOUND, "You have specified an invalid persistent data realm.")
    return realm, slot

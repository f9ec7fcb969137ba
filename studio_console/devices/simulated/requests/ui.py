"""Studio mode, projectors, dialogs, monitors."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import Data, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World

MIXES = ("PREVIEW", "PROGRAM", "MULTIVIEW")


@answers("GetStudioModeEnabled")
def get_studio_mode_enabled(world: World, _: Fields) -> Data:
    return {"studioModeEnabled": world.air.studio_mode}


@answers("SetStudioModeEnabled")
def set_studio_mode_enabled(world: World, fields: Fields) -> None:
    world.air.set_studio_mode(fields.flag("studioModeEnabled"))


@answers("GetMonitorList")
def get_monitor_list(_: World, __: Fields) -> Data:
    about = {"monitorName": "simulated(0)", "monitorIndex": 0, "monitorPositionX": 0, "monitorPositionY": 0}
    return {"monitors": [{**about, "monitorWidth": 1920, "monitorHeight": 1080}]}


@answers("OpenVideoMixProjector")
def open_video_mix_projector(_: World, fields: Fields) -> None:
    """Accepted as OBS would, and opened nowhere."""
    if fields.text("videoMixType") not in [f"OBS_WEBSOCKET_VIDEO_MIX_TYPE_{mix}" for mix in MIXES]:
        raise Refusal(Status.FIELD_INVALID, "The field `videoMixType` has an invalid enum value.")


@answers("OpenSourceProjector")
def open_source_projector(world: World, fields: Fields) -> None:
    world.source(fields.text("sourceName"))


@answers("OpenInputPropertiesDialog")
def open_input_properties_dialog(world: World, fields: Fields) -> None:
    world.input(fields.text("inputName"))


@answers("OpenInputFiltersDialog")
def open_input_filters_dialog(world: World, fields: Fields) -> None:
    world.input(fields.text("inputName"))

"""Version, statistics, custom events, hotkeys, vendors."""

from __future__ import annotations

import platform

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import RPC_VERSION, Data, Intent, Refusal, Status
from studio_console.devices.simulated.requests.registry import ANSWERS, answers
from studio_console.devices.simulated.world import World

OBS_VERSION = "29.0.2"
HOTKEYS = [
    f"OBSBasic.{name}"
    for name in (
        "StartStreaming",
        "StopStreaming",
        "ForceStopStreaming",
        "StartRecording",
        "StopRecording",
        "PauseRecording",
        "UnpauseRecording",
        "EnablePreview",
        "DisablePreview",
        "Transition",
        "ResetStats",
        "Screenshot",
        "SelectScene",
    )
]


@answers("GetVersion")
def get_version(world: World, _: Fields) -> Data:
    return {
        "obsVersion": OBS_VERSION,
        "obsWebSocketVersion": world.version,
        "rpcVersion": RPC_VERSION,
        "availableRequests": [*ANSWERS, "Sleep"],
        "supportedImageFormats": ["bmp", "jpeg", "jpg", "png", "ppm"],
        "platform": "simulated",
        "platformDescription": f"Simulated OBS on {platform.system()}",
    }


@answers("GetStats")
def get_stats(world: World, _: Fields) -> Data:
    running = world.now() - world.started_at
    output = int(world.stream.seconds() / world.frame) + int(world.record.seconds() / world.frame)
    return {
        "cpuUsage": 2.0,
        "memoryUsage": 200.0,
        "availableDiskSpace": world.disk_free,
        "activeFps": 1 / world.frame,
        "averageFrameRenderTime": 1.0,
        "renderSkippedFrames": 0,
        "renderTotalFrames": int(running / world.frame),
        "outputSkippedFrames": 0,
        "outputTotalFrames": output,
        "webSocketSessionIncomingMessages": 0,
        "webSocketSessionOutgoingMessages": 0,
    }


@answers("BroadcastCustomEvent")
def broadcast_custom_event(world: World, fields: Fields) -> None:
    world.emit(Intent.GENERAL, "CustomEvent", fields.data("eventData"))


@answers("CallVendorRequest")
def call_vendor_request(_: World, fields: Fields) -> None:
    fields.text("vendorName")
    fields.text("requestType")
    if fields.has("requestData"):
        fields.data("requestData")
    raise Refusal(Status.NOT_FOUND, "No vendor was found by that name.")


@answers("GetHotkeyList")
def get_hotkey_list(_: World, __: Fields) -> Data:
    return {"hotkeys": HOTKEYS}


@answers("TriggerHotkeyByName")
def trigger_hotkey_by_name(_: World, fields: Fields) -> None:
    if fields.text("hotkeyName") not in HOTKEYS:
        raise Refusal(Status.NOT_FOUND, "No hotkeys were found by that name.")

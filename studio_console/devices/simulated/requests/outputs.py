"""Stream, recording, and what this OBS does not have: virtual camera and replay buffer."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import Data, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World


@answers("GetStreamStatus")
def get_stream_status(world: World, _: Fields) -> Data:
    return world.stream.status() | {
        "outputReconnecting": world.stream.reconnecting,
        "outputCongestion": 0.0,
        "outputSkippedFrames": 0,
        "outputTotalFrames": world.stream.frames(),
    }


@answers("StartStream")
def start_stream(world: World, _: Fields) -> None:
    world.stream.start()


@answers("StopStream")
def stop_stream(world: World, _: Fields) -> None:
    world.stream.stop()


@answers("ToggleStream")
def toggle_stream(world: World, _: Fields) -> Data:
    if world.stream.active:
        world.stream.stop()
        return {"outputActive": False}
    world.stream.start()
    return {"outputActive": True}


@answers("SendStreamCaption")
def send_stream_caption(world: World, fields: Fields) -> None:
    if not world.stream.active:
        raise Refusal(Status.OUTPUT_NOT_RUNNING)
    fields.text("captionText", may_be_empty=True)


@answers("GetRecordStatus")
def get_record_status(world: World, _: Fields) -> Data:
    return world.record.status() | {"outputPaused": world.record.paused}


@answers("StartRecord")
def start_record(world: World, _: Fields) -> None:
    world.record.start()


@answers("StopRecord")
def stop_record(world: World, _: Fields) -> Data:
    return {"outputPath": world.record.stop()}


@answers("ToggleRecord")
def toggle_record(world: World, _: Fields) -> Data:
    if world.record.active:
        world.record.stop()
        return {"outputActive": False}
    world.record.start()
    return {"outputActive": True}


@answers("PauseRecord")
def pause_record(world: World, _: Fields) -> None:
    world.record.pause()


@answers("ResumeRecord")
def resume_record(world: World, _: Fields) -> None:
    world.record.resume()


@answers("ToggleRecordPause")
def toggle_record_pause(world: World, _: Fields) -> Data:
    if world.record.paused:
        world.record.resume()
    else:
        world.record.pause()
    return {"outputPaused": world.record.paused}


@answers("GetVirtualCamStatus")
@answers("StartVirtualCam")
@answers("StopVirtualCam")
@answers("ToggleVirtualCam")
def no_virtual_cam(_: World, __: Fields) -> None:
    raise Refusal(Status.STATE, "VirtualCam is not available.")


@answers("GetReplayBufferStatus")
@answers("StartReplayBuffer")
@answers("StopReplayBuffer")
@answers("ToggleReplayBuffer")
@answers("SaveReplayBuffer")
def no_replay_buffer(_: World, __: Fields) -> None:
    raise Refusal(Status.STATE, "Replay buffer is not available.")


@answers("GetOutputList")
def get_output_list(world: World, _: Fields) -> Data:
    outputs = {"simple_stream": ("rtmp_output", world.stream), "simple_file_output": ("ffmpeg_muxer", world.record)}
    return {
        "outputs": [
            {
                "outputName": name,
                "outputKind": kind,
                "outputWidth": world.output_size[0] if output.active else 0,
                "outputHeight": world.output_size[1] if output.active else 0,
                "outputActive": output.active,
                "outputFlags": {
                    "OBS_OUTPUT_AUDIO": True,
                    "OBS_OUTPUT_VIDEO": True,
                    "OBS_OUTPUT_ENCODED": True,
                    "OBS_OUTPUT_MULTI_TRACK": True,
                    "OBS_OUTPUT_SERVICE": kind == "rtmp_output",
                },
            }
            for name, (kind, output) in outputs.items()
            if output.known
        ]
    }

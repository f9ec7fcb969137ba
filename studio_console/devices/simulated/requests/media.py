"""Clips: where they are, and play, pause, stop, seek."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.model import Input
from studio_console.devices.simulated.players import ACTIONS
from studio_console.devices.simulated.protocol import Data, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World

KNOWN = ("PLAY", "PAUSE", "STOP", "RESTART", "NEXT", "PREVIOUS")


@answers("GetMediaInputStatus")
def get_media_input_status(world: World, fields: Fields) -> Data:
    playback = world.players.playback(world.input(fields.text("inputName")))
    return {
        "mediaState": playback.state.value,
        "mediaDuration": (playback.duration or 0) if playback.shown else None,
        "mediaCursor": playback.cursor(world.now()),
    }


@answers("TriggerMediaInputAction")
def trigger_media_input_action(world: World, fields: Fields) -> None:
    found = world.input(fields.text("inputName"))
    action = fields.text("mediaAction").removeprefix(ACTIONS)
    if action not in KNOWN:
        raise Refusal(Status.FIELD_INVALID, "You have specified an invalid media input action.")
    world.players.act(found, action)


@answers("SetMediaInputCursor")
def set_media_input_cursor(world: World, fields: Fields) -> None:
    found = world.input(fields.text("inputName"))
    position = fields.number("mediaCursor", 0)
    _must_be_shown(world, found)
    world.players.seek(found, position)


@answers("OffsetMediaInputCursor")
def offset_media_input_cursor(world: World, fields: Fields) -> None:
    found = world.input(fields.text("inputName"))
    offset = fields.number("mediaCursorOffset")
    _must_be_shown(world, found)
    world.players.seek(found, (world.players.playback(found).cursor(world.now()) or 0) + offset)


def _must_be_shown(world: World, found: Input) -> None:
    if not world.players.playback(found).shown:
        comment = "The media input must be playing or paused in order to set the cursor position."
        raise Refusal(Status.STATE, comment)

"""What scenes and inputs have in common: being active, private settings, and their picture."""

from __future__ import annotations

import base64
from pathlib import Path

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.model import Input, Scene, seen_from
from studio_console.devices.simulated.protocol import Data, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import PictureFault, World


@answers("GetSourceActive")
def get_source_active(world: World, fields: Fields) -> Data:
    source = world.source(fields.text("sourceName"))
    if isinstance(source, Input):
        return {"videoActive": source in world.players.active, "videoShowing": source in world.players.showing}
    active = source in seen_from(world.air.shown())[0]
    return {"videoActive": active, "videoShowing": active or source in seen_from(world.air.previewed())[0]}


@answers("GetSourcePrivateSettings")
def get_source_private_settings(world: World, fields: Fields) -> Data:
    return {"sourceSettings": world.source(fields.text("sourceName")).private}


@answers("SetSourcePrivateSettings")
def set_source_private_settings(world: World, fields: Fields) -> None:
    source = world.source(fields.text("sourceName"))
    source.private = source.private | fields.data("sourceSettings", may_be_empty=True)


@answers("GetSourceScreenshot")
def get_source_screenshot(world: World, fields: Fields) -> Data:
    kind, picture = _screenshot(world, fields)
    return {"imageData": f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"}


@answers("SaveSourceScreenshot")
def save_source_screenshot(world: World, fields: Fields) -> None:
    path = Path(fields.text("imageFilePath"))
    if not path.parent.is_dir():
        raise Refusal(Status.NOT_FOUND, "The directory for your file path does not exist.")
    _, picture = _screenshot(world, fields)
    try:
        path.write_bytes(picture)
    except OSError:
        raise Refusal(Status.PROCESSING_FAILED, "Failed to save screenshot.") from None


def _screenshot(world: World, fields: Fields) -> tuple[str, bytes]:
    from studio_console.devices.simulated import pictures  # Pillow is slow to load, and most sessions want no picture

    source = world.source(fields.text("sourceName"))
    kind = fields.text("imageFormat")
    if kind not in pictures.FORMATS:
        comment = "Your specified image format is invalid or not supported by this system."
        raise Refusal(Status.FIELD_INVALID, comment)
    width = fields.integer("imageWidth", 8, 4096) if fields.has("imageWidth") else None
    height = fields.integer("imageHeight", 8, 4096) if fields.has("imageHeight") else None
    quality = fields.integer("imageCompressionQuality", -1, 100) if fields.has("imageCompressionQuality") else -1
    natural_width, natural_height = world.natural_size(source)
    if natural_width <= 0 or natural_height <= 0:
        raise Refusal(Status.PROCESSING_FAILED, "Failed to render screenshot.")
    if width is None and height is None:
        width, height = natural_width, natural_height
    elif width is None:
        assert height is not None
        width = max(1, height * natural_width // natural_height)
    elif height is None:
        height = max(1, width * natural_height // natural_width)
    if isinstance(source, Scene):
        world.sweep(seen_from([source])[0])
    if world.picture_fault is PictureFault.BLACK:
        return kind, pictures.encoded(pictures.black(width, height), kind, quality)
    if world.picture_fault is PictureFault.STILL and (held := world.held.get(f"{source.name} {kind} {width}")):
        return kind, held
    picture = pictures.encoded(pictures.picture_of(world, source, width, height), kind, quality)
    if world.picture_fault is PictureFault.STILL:
        world.held[f"{source.name} {kind} {width}"] = picture
    return kind, picture

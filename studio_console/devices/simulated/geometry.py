"""Where an item's picture comes to lie on the canvas, by OBS's own rules for bounds and alignment. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio_console.devices.simulated.model import Transform
from studio_console.devices.simulated.protocol import Data

LEFT, RIGHT, TOP, BOTTOM = 1, 2, 4, 8

BOUNDS_TYPES = tuple(
    f"OBS_BOUNDS_{name}"
    for name in ("NONE", "STRETCH", "SCALE_INNER", "SCALE_OUTER", "SCALE_TO_WIDTH", "SCALE_TO_HEIGHT", "MAX_ONLY")
)


@dataclass(frozen=True, slots=True)
class Placement:
    """The cropped picture, ``width`` × ``height`` px on the canvas, with its middle at ``x``, ``y``."""

    x: float
    y: float
    width: float
    height: float
    rotation: float
    """Degrees, clockwise."""
    flip_x: bool
    flip_y: bool


def place(transform: Transform, source_width: float, source_height: float) -> Placement | None:
    """None where nothing is to be seen."""
    cropped_width = source_width - transform.crop_left - transform.crop_right
    cropped_height = source_height - transform.crop_top - transform.crop_bottom
    if cropped_width <= 0 or cropped_height <= 0:
        return None
    scale_x, scale_y = _bounded_scale(transform, cropped_width, cropped_height)
    width, height = cropped_width * scale_x, cropped_height * scale_y
    origin_x = origin_y = 0.0
    box_width, box_height = width, height
    if transform.bounds_type != "OBS_BOUNDS_NONE":
        box_width, box_height = transform.bounds_width, transform.bounds_height
        origin_x, origin_y = _aligned(transform.bounds_alignment, int(width - box_width), int(height - box_height))
    shift_x, shift_y = _aligned(transform.alignment, int(box_width), int(box_height))
    # The picture's middle, seen from the point the item is pinned and turned at.
    middle_x = width / 2 - origin_x - shift_x
    middle_y = height / 2 - origin_y - shift_y
    turn = math.radians(transform.rotation)
    x = transform.position_x + middle_x * math.cos(turn) - middle_y * math.sin(turn)
    y = transform.position_y + middle_x * math.sin(turn) + middle_y * math.cos(turn)
    if width == 0 or height == 0:
        return None
    return Placement(x, y, abs(width), abs(height), transform.rotation, width < 0, height < 0)


def _bounded_scale(transform: Transform, width: float, height: float) -> tuple[float, float]:
    scale_x, scale_y = transform.scale_x, transform.scale_y
    bounds = transform.bounds_type
    now_width, now_height = width * abs(scale_x), height * abs(scale_y)
    if bounds == "OBS_BOUNDS_NONE" or now_width == 0 or now_height == 0:
        return scale_x, scale_y
    wanted_width, wanted_height = transform.bounds_width, transform.bounds_height
    if bounds == "OBS_BOUNDS_MAX_ONLY" and (now_width > wanted_width or now_height > wanted_height):
        bounds = "OBS_BOUNDS_SCALE_INNER"
    if bounds == "OBS_BOUNDS_STRETCH":
        return wanted_width / width, wanted_height / height
    to_width, to_height = wanted_width / now_width, wanted_height / now_height
    factor = {
        "OBS_BOUNDS_SCALE_INNER": min(to_width, to_height),
        "OBS_BOUNDS_SCALE_OUTER": max(to_width, to_height),
        "OBS_BOUNDS_SCALE_TO_WIDTH": to_width,
        "OBS_BOUNDS_SCALE_TO_HEIGHT": to_height,
    }.get(bounds, 1.0)
    return scale_x * factor, scale_y * factor


def _aligned(alignment: int, width: int, height: int) -> tuple[float, float]:
    x = width if alignment & RIGHT else 0.0 if alignment & LEFT else width / 2
    y = height if alignment & BOTTOM else 0.0 if alignment & TOP else height / 2
    return x, y


def as_data(transform: Transform, source_width: float, source_height: float) -> Data:
    """The transform as GetSceneItemTransform tells it; its width and height know neither crop nor bounds."""
    return {
        "sourceWidth": float(source_width),
        "sourceHeight": float(source_height),
        "positionX": transform.position_x,
        "positionY": transform.position_y,
        "rotation": transform.rotation,
        "scaleX": transform.scale_x,
        "scaleY": transform.scale_y,
        "width": transform.scale_x * source_width,
        "height": transform.scale_y * source_height,
        "alignment": transform.alignment,
        "boundsType": transform.bounds_type,
        "boundsAlignment": transform.bounds_alignment,
        "boundsWidth": transform.bounds_width,
        "boundsHeight": transform.bounds_height,
        "cropLeft": transform.crop_left,
        "cropRight": transform.crop_right,
        "cropTop": transform.crop_top,
        "cropBottom": transform.crop_bottom,
    }

"""Pictures of sources, drawn with Pillow: colours, images and text as they are, labelled boxes for everything live."""

from __future__ import annotations

import contextlib
import io
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from studio_console.devices.simulated.geometry import Placement, place
from studio_console.devices.simulated.kinds import Picture
from studio_console.devices.simulated.model import Input, Item, Scene, Source
from studio_console.devices.simulated.playback import MediaState
from studio_console.devices.simulated.protocol import is_number

if TYPE_CHECKING:
    from studio_console.devices.simulated.world import World

FORMATS = {"bmp": "BMP", "jpeg": "JPEG", "jpg": "JPEG", "png": "PNG", "ppm": "PPM"}
FONTS = (
    "NotoSansCJK-Regular.ttc",
    "malgun.ttf",
    "AppleSDGothicNeo.ttc",
    "NanumGothic.ttf",
    "DejaVuSans.ttf",
    "arial.ttf",
)
LARGEST = 8192
"""Px a side that is ever drawn; what is scaled larger is drawn smaller and stretched."""
CLEAR = (0, 0, 0, 0)
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def natural_size(world: World, source: Source) -> tuple[int, int]:
    """The size of a source's own picture in px; 0 × 0 where it shows nothing now."""
    if not isinstance(source, Input):
        return world.canvas
    match source.kind.picture:
        case Picture.COLOUR:
            return _whole(source.setting("width")), _whole(source.setting("height"))
        case Picture.IMAGE:
            image = _image(source)
            return image.size if image else (0, 0)
        case Picture.TEXT:
            return _text_size(*_words(source))
        case Picture.CLIP:
            return _clip_size(world, source)
        case Picture.LIVE:
            return world.canvas
        case Picture.NONE:
            return 0, 0


def picture_of(world: World, source: Source, width: int, height: int) -> Image.Image:
    """The picture of ``source`` drawn at ``width`` × ``height`` px, transparent where there is nothing."""
    if isinstance(source, Scene):
        return _scene(world, source, width, height)
    assert isinstance(source, Input)
    match source.kind.picture:
        case Picture.COLOUR:
            return Image.new("RGBA", (width, height), _colour(source.setting("color")))
        case Picture.IMAGE if (image := _image(source)) is not None:
            return image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
        case Picture.TEXT:
            return _text(*_words(source), _colour(source.setting("color1")), (width, height))
        case Picture.CLIP if natural_size(world, source) != (0, 0):
            if not source.setting("is_local_file"):
                return _live(source.name, width, height, world.now())
            return _labelled(_clip_label(world, source), width, height)
        case Picture.LIVE:
            return _live(source.name, width, height, world.now())
    return Image.new("RGBA", (width, height), CLEAR)


def black(width: int, height: int) -> Image.Image:
    return Image.new("RGBA", (width, height), "black")


def encoded(picture: Image.Image, kind: str, quality: int) -> bytes:
    """``quality`` 0 to 100, -1 for the usual. Formats without transparency show black where there is nothing."""
    if FORMATS[kind] != "PNG":
        ground = Image.new("RGB", picture.size)
        ground.paste(picture, mask=picture)
        picture = ground
    out = io.BytesIO()
    options = {"quality": quality if quality >= 0 else 75} if FORMATS[kind] == "JPEG" else {}
    picture.save(out, FORMATS[kind], **options)
    return out.getvalue()


# --- scenes ----------------------------------------------------------------------------------------------------


def _scene(world: World, scene: Scene, width: int, height: int) -> Image.Image:
    ground = Image.new("RGBA", (width, height), CLEAR)
    across, down = width / world.canvas[0], height / world.canvas[1]
    for item in scene.items:
        if item.enabled:
            _put(world, ground, item, across, down)
    return ground


def _put(world: World, ground: Image.Image, item: Item, across: float, down: float) -> None:
    natural_width, natural_height = natural_size(world, item.source)
    placement = place(item.transform, natural_width, natural_height)
    if placement is None:
        return
    width, height = round(placement.width * across), round(placement.height * down)
    if width < 1 or height < 1:
        return
    crop = item.transform
    kept_width = natural_width - crop.crop_left - crop.crop_right
    kept_height = natural_height - crop.crop_top - crop.crop_bottom
    full_width = min(LARGEST, max(1, round(width * natural_width / kept_width)))
    full_height = min(LARGEST, max(1, round(height * natural_height / kept_height)))
    picture = picture_of(world, item.source, full_width, full_height)
    if (kept_width, kept_height) != (natural_width, natural_height):
        share_x, share_y = full_width / natural_width, full_height / natural_height
        left, top = round(crop.crop_left * share_x), round(crop.crop_top * share_y)
        right, bottom = left + round(kept_width * share_x), top + round(kept_height * share_y)
        picture = picture.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
    if picture.size != (width, height) and max(width, height) <= LARGEST:
        picture = picture.resize((width, height))
    _lay(ground, _turned(picture, placement), placement.x * across, placement.y * down)


def _turned(picture: Image.Image, placement: Placement) -> Image.Image:
    if placement.flip_x:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if placement.flip_y:
        picture = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if placement.rotation % 360:
        picture = picture.rotate(-placement.rotation, Image.Resampling.BILINEAR, expand=True)
    return picture


def _lay(ground: Image.Image, picture: Image.Image, x: float, y: float) -> None:
    """``picture`` with its middle at ``x``, ``y``, as far as it falls on ``ground``."""
    left, top = round(x - picture.width / 2), round(y - picture.height / 2)
    inside = (
        max(0, -left),
        max(0, -top),
        min(picture.width, ground.width - left),
        min(picture.height, ground.height - top),
    )
    if inside[0] < inside[2] and inside[1] < inside[3]:
        ground.alpha_composite(picture.crop(inside), (max(0, left), max(0, top)))


# --- inputs ----------------------------------------------------------------------------------------------------


def _whole(value: object) -> int:
    return max(0, int(value)) if is_number(value) else 0  # type: ignore[call-overload]


def _colour(value: object) -> tuple[int, int, int, int]:
    """OBS keeps colours as 0xAABBGGRR."""
    number = _whole(value)
    return number & 255, number >> 8 & 255, number >> 16 & 255, number >> 24 & 255


def _image(source: Input) -> Image.Image | None:
    path = str(source.setting("file") or "")
    try:
        about = Path(path).stat()
    except (OSError, ValueError):
        return None
    return _loaded(path, about.st_mtime_ns)


@lru_cache(maxsize=64)
def _loaded(path: str, _modified: int) -> Image.Image | None:
    try:
        with Image.open(path) as image:
            return image.convert("RGBA")
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _words(source: Input) -> tuple[str, str, int]:
    """Text, face and size in px of a text input."""
    font = source.setting("font")
    face, size = (font.get("face"), font.get("size")) if isinstance(font, dict) else (None, None)
    return str(source.setting("text") or ""), str(face or ""), min(1024, _whole(size) or 256)


@lru_cache(maxsize=64)
def _font(face: str, size: int) -> Font:
    """The face if it is a file's name, else one that knows Hangul, else whatever there is."""
    for name in (face, f"{face.replace(' ', '')}.ttf", *FONTS):
        with contextlib.suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


@lru_cache(maxsize=1024)
def _text_size(text: str, face: str, size: int) -> tuple[int, int]:
    if not text:
        return 0, size
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox(
        (0, 0), text, font=_font(face, size)
    )
    return max(1, min(LARGEST, int(right - min(0, left) + 1))), max(size, min(LARGEST, int(bottom - min(0, top) + 1)))


@lru_cache(maxsize=256)
def _text(text: str, face: str, size: int, colour: tuple[int, int, int, int], wanted: tuple[int, int]) -> Image.Image:
    """Drawn near the wanted size at once: scaling down large letters took most of the time of a picture."""
    _, height = _text_size(text, face, size)
    near = max(1, min(size, round(size * wanted[1] / height)))
    picture = Image.new("RGBA", _text_size(text, face, near), (*colour[:3], 0))
    ImageDraw.Draw(picture).multiline_text((0, 0), text, colour, _font(face, near))
    return picture.resize(wanted)


def _clip_size(world: World, source: Input) -> tuple[int, int]:
    """A clip that has ended is gone from the picture, unless its last frame is to stay."""
    playback = world.players.playback(source)
    ended_and_kept = playback.state is MediaState.ENDED and not source.setting("clear_on_media_end")
    if not playback.shown and not ended_and_kept:
        return 0, 0
    if source.setting("is_local_file"):
        return playback.width, playback.height
    return world.canvas if playback.valid else (0, 0)


def _clip_label(world: World, source: Input) -> str:
    cursor = world.players.playback(source).cursor(world.now())
    seconds = (cursor or 0) // 1000
    return f"{source.name}\n{seconds // 60}:{seconds % 60:02}"


def _live(label: str, width: int, height: int, now: float) -> Image.Image:
    """Like a camera it never shows the same twice: a mark goes through it once in four seconds."""
    picture = _labelled(label, width, height).copy()
    left = int(now / 4 % 1 * width)
    mark = (left, height * 7 // 8, left + max(2, width // 24), height - 1)
    ImageDraw.Draw(picture).rectangle(mark, fill="white")
    return picture


@lru_cache(maxsize=128)
def _labelled(label: str, width: int, height: int) -> Image.Image:
    """A box that says what it stands for, in a colour of its own."""
    hue = zlib.crc32(label.partition("\n")[0].encode()) % 360
    picture = Image.new("RGBA", (width, height), f"hsl({hue}, 35%, 30%)")
    draw = ImageDraw.Draw(picture)
    draw.rectangle(
        (0, 0, width - 1, height - 1), outline=f"hsl({hue}, 45%, 60%)", width=max(1, min(width, height) // 60)
    )
    size = max(6, min(height // 5, width * 2 // max(8, len(label))))
    draw.multiline_text((width / 2, height / 2), label, "white", _font("", size), anchor="mm", align="center")
    return picture

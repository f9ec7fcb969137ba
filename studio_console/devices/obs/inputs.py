"""Which kind of OBS input, with which settings, makes each source of the studio."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio_console.core.studio import Capture, Clip, Colour, Feed, Makeable, Still, Words

CAPTURE_FAMILIES = {
    "v4l2_input": "device_id",
    "dshow_input": "video_device_id",
    "macos-avcapture": "device",
    "av_capture_input": "device",
}
"""Camera inputs by platform, each with the setting that names its device; the first one that this OBS has is used."""

AUDIBLE_FAMILIES = frozenset({"ffmpeg_source", "dshow_input"})
"""Families whose sound OBS mixes; a camera's microphone is an input of its own elsewhere."""

FONTS = {"windows": "Malgun Gothic", "macos": "Apple SD Gothic Neo"}
LINUX_FONT = "Noto Sans CJK KR"
BOLD = 1
WIDE, NARROW = 1.0, 0.56
"""About how wide a sign is, in heights of the letters: Hangul and Hanja, and all else."""


def family_of(source: Makeable, kinds: Mapping[str, str]) -> str | None:
    """The unversioned kind that shows ``source`` on an OBS that has ``kinds``; None where it has none."""
    match source:
        case Capture():
            wanted: tuple[str, ...] = tuple(CAPTURE_FAMILIES)
        case Feed() | Clip():
            wanted = ("ffmpeg_source",)
        case Still():
            wanted = ("image_source",)
        case Words():
            wanted = ("text_gdiplus", "text_ft2_source")
        case Colour():
            wanted = ("color_source",)
    return next((family for family in wanted if family in kinds), None)


def settings_of(
    source: Makeable, family: str, platform: str, folder: Path, scale: float, room: float
) -> Mapping[str, Any]:
    """The settings that the console keeps on an input; all others are left as they are.

    ``folder`` is the event's, for files; ``scale`` is the size of OBS's canvas over the surface's; ``room`` is the
    width in px of OBS's canvas that a text has.
    """
    match source:
        case Capture(device=device):
            return {CAPTURE_FAMILIES[family]: device}
        case Feed(url=url):
            # A feed stays connected while it is off air, so that it is there at the take; when it ends, OBS comes
            # back to it by itself, and what it last showed does not stay up as if it were live.
            return {
                "is_local_file": False,
                "input": url,
                "reconnect_delay_sec": 1,
                "buffering_mb": 1,
                "restart_on_activate": False,
                "close_when_inactive": False,
                "clear_on_media_end": True,
            }
        case Clip(file=file, loop=loop):
            # Closed while off air and started anew when it comes on: otherwise OBS plays it out unseen.
            return {
                "is_local_file": True,
                "local_file": _file(file, folder),
                "looping": loop,
                "restart_on_activate": True,
                "close_when_inactive": True,
                "clear_on_media_end": False,
            }
        case Still(file=file):
            return {"file": _file(file, folder), "unload": False}
        case Words(text=text, size=size, colour=colour):
            height = max(8, round(size * scale))
            lines = text if source.live else wrap(text, height, room)
            return _text_settings(family, platform, lines, height, colour)
        case Colour(colour=colour):
            return {"color": obs_colour(colour)}


def obs_colour(colour: str) -> int:
    """``#rrggbb`` as OBS keeps it, opaque: 0xAABBGGRR."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0xFF000000 | blue << 16 | green << 8 | red


def wrap(text: str, height: float, room: float) -> str:
    """``text`` broken between words into lines of about the same length that fit ``room`` px at letters of ``height``.

    OBS breaks lines only inside a text of fixed width, which cannot be centred; how wide a line gets is an estimate,
    and what is still too wide is made smaller by the item's bounds.
    """
    return "\n".join(_wrap_line(line, height, room) for line in text.split("\n"))


def _wrap_line(line: str, height: float, room: float) -> str:
    words = line.split()
    lines = math.ceil(_width(line) * height / max(1.0, room))
    if lines < 2 or len(words) < 2:
        return line
    # Even lines read better than one full line and a rest.
    limit = _width(line) / lines * 1.15
    broken = [words[0]]
    for word in words[1:]:
        if _width(f"{broken[-1]} {word}") <= limit or _width(broken[-1]) == 0:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    return "\n".join(broken)


def _width(text: str) -> float:
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else NARROW for sign in text)


def _file(file: str, folder: Path) -> str:
    return (folder / file).absolute().as_posix()


def _text_settings(family: str, platform: str, text: str, height: int, colour: str) -> Mapping[str, Any]:
    face = FONTS.get(platform, LINUX_FONT)
    font = {"face": face, "size": height, "style": "Bold", "flags": BOLD}
    if family == "text_gdiplus":
        return {
            "text": text,
            "font": font,
            "color": obs_colour(colour) & 0xFFFFFF,
            "align": "center",
            "outline": True,
            "outline_size": max(2, height // 16),
            "outline_color": 0,
        }
    return {
        "text": text,
        "font": font,
        "color1": obs_colour(colour),
        "color2": obs_colour(colour),
        "outline": True,
        "drop_shadow": False,
        "from_file": False,
    }

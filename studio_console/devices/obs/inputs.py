"""Which kind of OBS input, with which settings, makes each source of the studio."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio_console.core.linebreaks import wrap
from studio_console.core.studio import (
    Capture,
    Clip,
    Colour,
    Feed,
    LiveWords,
    Makeable,
    Silence,
    SoundDevice,
    Still,
    Words,
)

CAPTURE_FAMILIES = {
    "v4l2_input": "device_id",
    "dshow_input": "video_device_id",
    "macos-avcapture": "device",
    "av_capture_input": "device",
}
"""Camera inputs by platform, each with the setting that names its device; the first one that this OBS has is used."""

SOUND_FAMILIES = ("wasapi_input_capture", "coreaudio_input_capture", "pulse_input_capture", "alsa_input_capture")
"""Sound inputs by platform; all of them call their device ``device_id``."""
ALSA = "alsa_input_capture"
TEXT = "text"
"""The setting with the words of a text, on every platform."""

AUDIBLE_FAMILIES = frozenset({"ffmpeg_source", "dshow_input"})
"""Families whose sound OBS mixes; a camera's microphone is an input of its own elsewhere."""

FONTS = {"windows": "Malgun Gothic", "macos": "Apple SD Gothic Neo"}
LINUX_FONT = "Noto Sans CJK KR"
BOLD = 1


def family_of(source: Makeable, kinds: Mapping[str, str]) -> str | None:
    """The unversioned kind that shows ``source`` on an OBS that has ``kinds``; None where it has none."""
    match source:
        case Capture():
            wanted: tuple[str, ...] = tuple(CAPTURE_FAMILIES)
        case Feed() | Clip():
            wanted = ("ffmpeg_source",)
        case Still():
            wanted = ("image_source",)
        case Words() | LiveWords():
            wanted = ("text_gdiplus", "text_ft2_source")
        case SoundDevice(device=device):
            # hw:CARD=Desk,DEV=0 is a name of ALSA's, which PulseAudio does not know.
            wanted = (ALSA, *SOUND_FAMILIES) if ":" in device and "{" not in device else SOUND_FAMILIES
        case Silence():
            wanted = ("ffmpeg_source",)
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
        case LiveWords(size=size, colour=colour):
            made = _text_settings(family, platform, "", max(8, round(size * scale)), colour)
            return {key: value for key, value in made.items() if key != TEXT}
        case Colour(colour=colour):
            return {"color": obs_colour(colour)}
        case SoundDevice(device=device):
            return {"device_id": device}
        case Silence():
            # A network stream without an address: it has a fader, and nothing else.
            return {"is_local_file": False, "restart_on_activate": False}


def obs_colour(colour: str) -> int:
    """``#rrggbb`` as OBS keeps it, opaque: 0xAABBGGRR."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0xFF000000 | blue << 16 | green << 8 | red


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

"""The kinds of inputs, transitions and filters, as OBS 29 on Linux without optional plugins has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from studio_console.devices.simulated.protocol import Data


class Picture(Enum):
    """What an input of a kind shows."""

    NONE = "none"
    COLOUR = "colour"
    IMAGE = "image"
    TEXT = "text"
    CLIP = "clip"
    LIVE = "live"
    """A device or a screen: a labelled box in the simulation."""


@dataclass(frozen=True, slots=True)
class InputKind:
    name: str
    picture: Picture
    audio: bool = False
    defaults: Data = field(default_factory=dict)

    @property
    def unversioned(self) -> str:
        return re.sub(r"_v\d+$", "", self.name)


@dataclass(frozen=True, slots=True)
class TransitionKind:
    name: str
    usual_name: str
    fixed: bool
    """Whether it has a length of its own, so that the duration set for transitions does not count."""
    configurable: bool


_FONT = {"face": "Sans Serif", "flags": 0, "size": 256, "style": ""}
_INPUTS = (
    InputKind("image_source", Picture.IMAGE, defaults={"linear_alpha": False, "unload": False}),
    InputKind("color_source_v3", Picture.COLOUR, defaults={"color": 0xFFD1D1D1, "height": 1080, "width": 1920}),
    InputKind(
        "slideshow",
        Picture.LIVE,
        defaults={
            "loop": True,
            "playback_behavior": "always_play",
            "slide_mode": "mode_auto",
            "slide_time": 8000,
            "transition": "fade",
            "transition_speed": 700,
            "use_custom_size": "Automatic",
        },
    ),
    InputKind("alsa_input_capture", Picture.NONE, audio=True, defaults={"device_id": "default", "rate": 44100}),
    InputKind("xshm_input", Picture.LIVE, defaults={"screen": 0, "show_cursor": True, "advanced": False}),
    InputKind("jack_output_capture", Picture.NONE, audio=True, defaults={"channels": 2, "startjack": False}),
    InputKind("pulse_input_capture", Picture.NONE, audio=True, defaults={"device_id": "default"}),
    InputKind("pulse_output_capture", Picture.NONE, audio=True, defaults={"device_id": "default"}),
    InputKind(
        "v4l2_input",
        Picture.LIVE,
        defaults={
            "auto_reset": False,
            "buffering": True,
            "color_range": 0,
            "dv_timing": -1,
            "framerate": -1,
            "input": -1,
            "pixelformat": -1,
            "resolution": -1,
            "standard": -1,
            "timeout_frames": 5,
        },
    ),
    InputKind(
        "ffmpeg_source",
        Picture.CLIP,
        audio=True,
        defaults={
            "buffering_mb": 2,
            "clear_on_media_end": True,
            "is_local_file": True,
            "linear_alpha": False,
            "looping": False,
            "reconnect_delay_sec": 10,
            "restart_on_activate": True,
            "speed_percent": 100,
        },
    ),
    InputKind(
        "text_ft2_source_v2",
        Picture.TEXT,
        defaults={
            "antialiasing": True,
            "color1": 0xFFFFFFFF,
            "color2": 0xFFFFFFFF,
            "drop_shadow": False,
            "font": _FONT,
            "log_lines": 6,
            "outline": False,
            "word_wrap": False,
        },
    ),
    InputKind(
        "vlc_source",
        Picture.LIVE,
        audio=True,
        defaults={
            "loop": True,
            "network_caching": 400,
            "playback_behavior": "stop_restart",
            "shuffle": False,
            "subtitle": 1,
            "subtitle_enable": False,
            "track": 1,
        },
    ),
)
INPUT_KINDS = {kind.name: kind for kind in _INPUTS}

_TRANSITIONS = (
    TransitionKind("cut_transition", "Cut", fixed=True, configurable=False),
    TransitionKind("fade_transition", "Fade", fixed=False, configurable=False),
    TransitionKind("swipe_transition", "Swipe", fixed=False, configurable=True),
    TransitionKind("slide_transition", "Slide", fixed=False, configurable=True),
    TransitionKind("obs_stinger_transition", "Stinger", fixed=True, configurable=True),
    TransitionKind("fade_to_color_transition", "Fade to Color", fixed=False, configurable=True),
    TransitionKind("wipe_transition", "Luma Wipe", fixed=False, configurable=True),
)
TRANSITION_KINDS = {kind.name: kind for kind in _TRANSITIONS}

FILTER_KINDS: dict[str, Data] = {
    "color_filter": {
        "brightness": 0.0,
        "color": 0xFFFFFF,
        "contrast": 0.0,
        "gamma": 0.0,
        "hue_shift": 0.0,
        "opacity": 100,
        "saturation": 0.0,
    },
    "crop_filter": {"relative": True},
    "scale_filter": {"resolution": "None", "sampling": "bicubic", "undistort": False},
    "scroll_filter": {"limit_size": False, "loop": True},
    "gain_filter": {"db": 0.0},
    "limiter_filter": {"release_time": 60, "threshold": -6.0},
    "compressor_filter": {
        "attack_time": 6,
        "output_gain": 0.0,
        "ratio": 10.0,
        "release_time": 60,
        "sidechain_source": "none",
        "threshold": -18.0,
    },
    "noise_gate_filter": {
        "attack_time": 25,
        "close_threshold": -32.0,
        "hold_time": 200,
        "open_threshold": -26.0,
        "release_time": 150,
    },
}

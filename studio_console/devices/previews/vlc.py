"""The VLC at hand: loaded if it is there, and asked what it can open, by the module files that it has."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import psutil

from studio_console.devices.previews import reasons


class NoVlc(Exception):
    """VLC cannot be used here; ``code`` is one of ``reasons``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Playable:
    """Nothing that is known here speaks against it."""


@dataclass(frozen=True, slots=True)
class Missing:
    """It cannot be opened here; ``code`` is one of ``reasons``."""

    code: str


Answer: TypeAlias = Playable | Missing

_HTTP = (frozenset({"http", "https"}), reasons.NO_MODULE)
_RTMP = (frozenset({"avio", "access_rtmp", "rtmp"}), reasons.NO_MODULE)
_NEEDS: Mapping[str, tuple[frozenset[str], str]] = MappingProxyType(
    {
        "file": (frozenset({"filesystem"}), reasons.NO_PLUGINS),
        "udp": (frozenset({"udp"}), reasons.NO_MODULE),
        "rtp": (frozenset({"rtp", "udp"}), reasons.NO_MODULE),
        "tcp": (frozenset({"tcp"}), reasons.NO_MODULE),
        "srt": (frozenset({"access_srt"}), reasons.NO_SRT),
        "rist": (frozenset({"rist"}), reasons.NO_SRT),
        # VLC's own module of this name speaks RealMedia's dialect only.
        "rtsp": (frozenset({"live555"}), reasons.NO_RTSP),
        "rtsps": (frozenset({"live555"}), reasons.NO_RTSP),
        "http": _HTTP,
        "https": _HTTP,
        **dict.fromkeys(("rtmp", "rtmps", "rtmpt", "rtmpe", "rtmpts"), _RTMP),
        "mms": (frozenset({"access_mms", "mms"}), reasons.NO_MODULE),
        "mmsh": (frozenset({"access_mms", "mms"}), reasons.NO_MODULE),
        "v4l2": (frozenset({"v4l2"}), reasons.NO_MODULE),
        "dshow": (frozenset({"dshow"}), reasons.NO_MODULE),
        "avcapture": (frozenset({"avcapture"}), reasons.NO_MODULE),
    }
)
"""By an address's scheme: the modules of which one is enough, and what to say where there is none of them."""
_THROUGH_OBS = frozenset({"ndi", "webrtc", "whep", "whip", "ws", "wss"})


@cache
def load() -> Any:
    """The module ``vlc`` of python-vlc, once it has found its library. Raises NoVlc."""
    try:
        return importlib.import_module("vlc")
    except ModuleNotFoundError:
        raise NoVlc(reasons.NO_PYTHON_VLC) from None
    except (ImportError, OSError, NameError, AttributeError, KeyError, NotImplementedError, SystemExit):
        # It looks for the library while it is imported, and fails in as many ways as there are systems.
        raise NoVlc(reasons.NO_VLC) from None


def version() -> str:
    """Raises NoVlc."""
    said: bytes = load().libvlc_get_version()
    return said.decode("utf-8", "replace").split()[0]


def make_instance(*options: str) -> Any:
    """A libvlc that says nothing on its own. Raises NoVlc."""
    instance = load().Instance("--quiet", "--no-video-title-show", *options)
    if instance is None:
        raise NoVlc(reasons.NO_PLUGINS)
    return instance


def can_play(scheme: str) -> Answer:
    """Whether the VLC at hand can open addresses of ``scheme`` (``srt``, ``udp`` …, ``file``); loads it if need be."""
    scheme = scheme.lower()
    if scheme in _THROUGH_OBS:
        return Missing(reasons.THROUGH_OBS)
    if scheme not in _NEEDS:
        return Missing(reasons.UNKNOWN)
    try:
        load()
    except NoVlc as no_vlc:
        return Missing(no_vlc.code)
    enough, code = _NEEDS[scheme]
    present = modules()
    # Where no module is found it is more likely that they were looked for in the wrong place.
    return Playable() if not present or present & enough else Missing(code)


@cache
def modules() -> frozenset[str]:
    """The names of all modules of the VLC at hand; empty if they are not found. Loads it. Raises NoVlc."""
    load()
    names = set()
    for folder in _folders():
        with contextlib.suppress(OSError):
            names |= {path.name.split("_plugin.")[0].removeprefix("lib") for path in folder.rglob("*_plugin.*")}
    return frozenset(names)


def _folders() -> Iterator[Path]:
    """Where the modules may be: where VLC is told to look, else beside the library that was loaded."""
    for variable in ("VLC_PLUGIN_PATH", "PYTHON_VLC_MODULE_PATH"):
        yield from (Path(part) for part in os.environ.get(variable, "").split(os.pathsep) if part)
    if told := getattr(load(), "plugin_path", None):
        yield from (Path(told), Path(told) / "plugins")
    if sys.platform != "darwin":
        with contextlib.suppress(psutil.Error, OSError):
            loaded = {Path(entry.path) for entry in psutil.Process().memory_maps() if "libvlccore" in entry.path}
            for library in loaded:
                yield from (library.parent / "vlc" / "plugins", library.parent / "plugins")

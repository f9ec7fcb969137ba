"""From an order to what VLC is to open, and with which options; or why it cannot be opened."""

from __future__ import annotations

import contextlib
import stat
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from studio_console.devices.previews import reasons, vlc
from studio_console.devices.previews.protocol import Play

_ROUND_AND_ROUND = ":input-repeat=65535"
_KEYFRAMES = ":avcodec-skip-frame=3"
_JITTER_MS = 500
"""What comes later than this is shown when it comes. VLC would else show everything late from then on, by up to 5 s:
after two stalls of a line it was noticed seconds later when a guest froze."""
_LEAN = (":avcodec-threads=1", ":avcodec-skiploopfilter=4")


def instance_options(close: bool) -> tuple[str, ...]:
    """What holds for all players of a worker. ``close``: pictures are looked at closely and heard; else small and many.

    Decoding by the graphics card is out: it is made for windows, and finding out that there is none takes its time.
    What the decoder has to make up, from grey where it joined a stream in its middle or was flushed by a late clock,
    is no picture of the guest: the last true one stays. Damage by a lossy line is shown all the same.
    """
    options = ("--avcodec-hw=none", "--no-avcodec-corrupted", "--no-sub-autodetect-file")
    # Bilinear where the light and the focus are judged, nearest neighbour where it is cheap.
    return (*options, "--swscale-mode=0") if close else (*options, "--swscale-mode=4", "--no-audio")


def obstacle(play: Play) -> str:
    """The code of why it cannot be opened now, as far as can be told without opening it; empty if nothing is known."""
    match play.kind:
        case "file":
            return _file_obstacle(Path(play.location)) or _missing("file")
        case "device":
            scheme, device = _device(play.location)
            return _missing(scheme) or ("" if device is not None else reasons.NO_DEVICE)
        case "url":
            scheme, separator, _ = play.location.partition("://")
            return _missing(scheme) if separator else reasons.UNKNOWN
        case _:
            return reasons.UNKNOWN


def may_be_mended(play: Play) -> bool:
    """Whether an obstacle may go away while the console runs: a file is copied, a device is plugged in."""
    return play.kind in ("file", "device")


def is_replayed(play: Play) -> bool:
    """Whether who opens it sees something that was sent before, also of a sender who is gone: a list of pieces."""
    try:
        return play.kind == "url" and urlsplit(play.location).path.endswith(".m3u8")
    except ValueError:
        return False


def is_fed_steadily(play: Play) -> bool:
    """Whether bytes come all the time of who is there: neither a list of pieces nor a file that is read in one go."""
    return play.kind == "url" and not is_replayed(play)


def mark(play: Play) -> object:
    """What is another thing as soon as the file is another one."""
    with contextlib.suppress(OSError, ValueError):
        found = Path(play.location).stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


def make_media(instance: Any, play: Play, close: bool, keyframes: bool) -> Any:
    """What a player opens; ``obstacle`` has been asked before. ``close`` as in ``instance_options``."""
    options = [f":network-caching={play.caching_ms}", f":live-caching={play.caching_ms}", ":no-spu"]
    options.append(f":clock-jitter={max(_JITTER_MS, play.caching_ms)}")
    if play.kind == "file":
        media = instance.media_new_path(play.location)
        options.append(_ROUND_AND_ROUND)
    elif play.kind == "device":
        scheme, device = _device(play.location)
        if scheme == "dshow":
            media = instance.media_new_location("dshow://")
            options += [f":dshow-vdev={device}", ":dshow-adev=none"]
        else:
            media = instance.media_new_location(f"{scheme}://{device}")
    else:
        media = instance.media_new_location(play.location)
    if not close:
        options += _LEAN
    if not (close and play.sound):
        options.append(":no-audio")
    if keyframes:
        options.append(_KEYFRAMES)
    for option in options:
        media.add_option(option)
    return media


def _missing(scheme: str) -> str:
    answer = vlc.can_play(scheme)
    return answer.code if isinstance(answer, vlc.Missing) else ""


def _file_obstacle(path: Path) -> str:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return reasons.NO_FILE
    if stat.S_ISDIR(found.st_mode):
        return reasons.NOT_A_FILE
    return reasons.EMPTY_FILE if found.st_size == 0 and stat.S_ISREG(found.st_mode) else ""


def _device(location: str) -> tuple[str, str | None]:
    """VLC's scheme for a capture device on this system, and what follows it; None for one that is not there."""
    if sys.platform == "win32":
        return "dshow", location
    if sys.platform == "darwin":
        return "avcapture", location
    if location.startswith("/"):
        return "v4l2", location if Path(location).exists() else None
    with contextlib.suppress(OSError):
        for name in sorted(Path("/sys/class/video4linux").glob("*/name")):
            if name.read_text("utf-8", "replace").strip() == location:
                return "v4l2", f"/dev/{name.parent.name}"
    return "v4l2", None

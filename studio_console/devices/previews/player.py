"""One libvlc player that writes the pictures of one connection into a stream's places. It is used once.

libvlc calls back from threads of its own, where stopping, setting or playing anything deadlocks: these functions only
write and count. They are made once for the whole process and find their player by a number, so one that hangs in its
``stop()`` may call them for as long as it likes: what it still has to say goes nowhere.
"""

from __future__ import annotations

import ctypes
import itertools
import threading
import time
from collections.abc import Callable
from ctypes import POINTER, c_char_p, c_int, c_int64, c_uint, c_uint32, c_void_p
from enum import Enum
from typing import Any

from studio_console.devices.previews import vlc
from studio_console.devices.previews.fitting import fits, fitted, guess
from studio_console.devices.previews.memory import PIXEL
from studio_console.devices.previews.pace import Count
from studio_console.devices.previews.places import Places

RATE = 48_000
CHANNELS = 2
FRAME = 2 * CHANNELS
"""Bytes of one moment of sound: 16 bits a channel."""

EARLY = 0.02
"""Seconds: VLC drops what is later than that."""

Samples = Callable[[bytes, float], None]
"""Takes sound as it was decoded, and in how many s it is to be heard."""


class State(Enum):
    """What a player does, as far as it matters here."""

    OPENING = "opening"
    PLAYING = "playing"
    ENDED = "ended"
    FAILED = "failed"


class Player:
    """Plays ``media`` from the moment it is made. All methods return at once."""

    def __init__(
        self, instance: Any, media: Any, places: Places, shapes: dict[tuple[int, int], float], interval: float
    ) -> None:
        """``shapes``: the aspects of this stream that are known, by the padded size VLC names for them."""
        self.began = time.monotonic()
        self.shown = 0
        """Pictures so far, whether published or not."""
        self.interval = interval
        """The least s from one picture to the next; may be changed while it plays."""
        self.gone = threading.Event()
        """It has stopped, and nothing of it is left."""
        self.retired_at: float | None = None
        self.shape: tuple[float, int, int] | None = None
        """The aspect that its pictures are written with, and the padded size that VLC named for them."""
        self.shaped_at = 0.0
        self.on_samples: Samples | None = None
        self._rate = 1.0
        self._places = places
        self._addresses = places.addresses()
        self._shapes = shapes
        self._size = (places.width, places.height)
        self._scratch: Any = None
        self._retired = threading.Event()
        self._due = 0.0
        self._media = media
        self._player = instance.media_player_new()
        self._number = next(_numbers)
        _players[self._number] = self
        library = _library()
        library.libvlc_video_set_callbacks(self._player, _on_lock, None, _on_display, self._number)
        library.libvlc_video_set_format_callbacks(self._player, _on_format, _on_cleanup)

    def listen(self, on_samples: Samples) -> None:
        """Before ``play``: sound is decoded and given to ``on_samples``, in a thread of libvlc."""
        self.on_samples = on_samples
        library = _library()
        library.libvlc_audio_set_callbacks(self._player, _on_sound, None, None, None, None, self._number)
        library.libvlc_audio_set_format(self._player, b"S16N", RATE, CHANNELS)

    def play(self) -> None:
        self._player.set_media(self._media)
        self._player.play()

    def keep_rate(self, rate: float) -> None:
        """Plays so many times as fast as it was recorded, from now on. A live UDP stream does not."""
        if rate != self._rate:
            self._rate = rate
            self._player.set_rate(rate)

    def state(self) -> State:
        return _STATES.get(int(self._player.get_state().value), State.OPENING)

    def bytes_read(self) -> Count | None:
        """How much has been read of the stream; None where VLC does not know yet."""
        stats = vlc.load().MediaStats()
        if not self._media.get_stats(stats):
            return None
        return Count(int(stats.read_bytes), int(stats.demux_read_bytes))

    def real_shape(self) -> float | None:
        """The aspect that the stream itself tells; None as long as it does not."""
        told = _told(self._media)
        return None if told is None else told[2]

    def retire(self) -> None:
        """Writes nothing any more, and ends in a thread of its own; ``gone`` says when."""
        self.retired_at = time.monotonic()
        self._scratch = ctypes.create_string_buffer(self._places.width * self._places.height * PIXEL)
        self.on_samples = None
        self._retired.set()
        threading.Thread(target=self._end, name="preview player ends", daemon=True).start()

    def _end(self) -> None:
        self._player.stop()
        self._player.release()
        self._media.release()
        _players.pop(self._number, None)
        self.gone.set()

    # --- called by libvlc, in its threads

    def fit(self, padded_width: int, padded_height: int) -> tuple[int, int]:
        padded = (padded_width, padded_height)
        told = _told(self._media)
        if padded in self._shapes:
            aspect = self._shapes[padded]
        elif told is not None and fits(told[0], told[1], *padded):
            aspect = told[2]
        else:
            aspect = guess(*padded, self._shapes.values())
        self.shape = (aspect, *padded)
        self.shaped_at = time.monotonic()
        self._size = fitted(aspect, padded_height, self._places.width, self._places.height)
        return self._size

    def lock(self, planes: Any) -> int:
        if self._scratch is not None:
            planes[0] = ctypes.addressof(self._scratch)
            return 0
        slot = self._places.next()
        planes[0] = self._addresses[slot]
        return slot + 1

    def display(self, picture: int) -> None:
        """Keeps VLC waiting until the next picture is wanted: what is late by then it drops before it is converted.

        Its own filter for fewer pictures a second (``fps``) does the same, and stands still for more than a second
        after each start and each leap of a stream's clock.
        """
        self.shown += 1
        if picture and self._scratch is None:
            self._places.publish(picture - 1, *self._size)
        now = time.monotonic()
        self._due = max(self._due + self.interval, now + self.interval / 2)
        self._retired.wait(max(0.0, self._due - now - EARLY))


_STATES = {0: State.OPENING, 1: State.OPENING, 2: State.OPENING, 5: State.ENDED, 6: State.ENDED, 7: State.FAILED}
_STATES |= {3: State.PLAYING, 4: State.PLAYING}
_numbers = itertools.count(1)
_players: dict[int, Player] = {}

# python-vlc declares some of these in a way that cannot be written to, so they are declared here.
_Format = ctypes.CFUNCTYPE(c_uint, POINTER(c_void_p), c_void_p, *[POINTER(c_uint)] * 4)
_Cleanup = ctypes.CFUNCTYPE(None, c_void_p)
_Lock = ctypes.CFUNCTYPE(c_void_p, c_void_p, POINTER(c_void_p))
_Display = ctypes.CFUNCTYPE(None, c_void_p, c_void_p)
_Sound = ctypes.CFUNCTYPE(None, c_void_p, c_void_p, c_uint, c_int64)


def _format(number: Any, chroma: Any, width: Any, height: Any, pitches: Any, lines: Any) -> int:
    player = _players.get(number[0])
    if player is None:
        return 0
    width[0], height[0] = player.fit(max(1, width[0]), max(1, height[0]))
    ctypes.memmove(chroma, b"RV32", 4)
    pitches[0] = width[0] * PIXEL
    lines[0] = height[0]
    return 1


def _cleanup(number: Any) -> None:
    """VLC wants it to be there."""


def _lock(number: Any, planes: Any) -> int:
    return _players[number].lock(planes)


def _display(number: Any, picture: Any) -> None:
    _players[number].display(picture or 0)


def _sound(number: Any, samples: Any, count: int, due: int) -> None:
    player = _players.get(number)
    on_samples = player.on_samples if player is not None else None
    if on_samples is not None:
        on_samples(ctypes.string_at(samples, count * FRAME), (due - _library().libvlc_clock()) / 1e6)


# Kept for as long as the process runs: libvlc has nothing but their addresses.
_on_format = _Format(_format)
_on_cleanup = _Cleanup(_cleanup)
_on_lock = _Lock(_lock)
_on_display = _Display(_display)
_on_sound = _Sound(_sound)


class _Video(ctypes.Structure):
    _fields_ = [(name, c_uint) for name in ("height", "width", "sar_num", "sar_den", "rate_num", "rate_den", "turned")]


class _Track(ctypes.Structure):
    _fields_ = [
        *((name, c_uint32) for name in ("codec", "fourcc")),
        *((name, c_int) for name in ("id", "type", "profile", "level")),
        ("video", POINTER(_Video)),
        ("bitrate", c_uint),
        ("language", c_char_p),
        ("description", c_char_p),
    ]


_VIDEO = 1
_QUARTER_TURNED = (4, 5, 6, 7)
"""Orientations with width and height exchanged: a telephone held upright."""


def _told(media: Any) -> tuple[int, int, float] | None:
    """The size that the stream says of its picture, and its aspect; None as long as it says none."""
    library = _library()
    tracks = POINTER(POINTER(_Track))()
    count = library.libvlc_media_tracks_get(media, ctypes.byref(tracks))
    try:
        for index in range(count):
            track = tracks[index].contents
            if track.type == _VIDEO and track.video and track.video.contents.width and track.video.contents.height:
                video = track.video.contents
                aspect = video.width / video.height
                if video.sar_num and video.sar_den:
                    aspect *= video.sar_num / video.sar_den
                if video.turned in _QUARTER_TURNED:
                    return video.height, video.width, 1 / aspect
                return video.width, video.height, aspect
    finally:
        library.libvlc_media_tracks_release(tracks, count)
    return None


def _library() -> Any:
    """libvlc itself, with the arguments declared of what is called here."""
    library = vlc.load().dll
    if library.libvlc_clock.restype is not c_int64:
        library.libvlc_video_set_callbacks.argtypes = [c_void_p, _Lock, c_void_p, _Display, c_void_p]
        library.libvlc_video_set_format_callbacks.argtypes = [c_void_p, _Format, _Cleanup]
        library.libvlc_audio_set_callbacks.argtypes = [c_void_p, _Sound, *[c_void_p] * 5]
        library.libvlc_audio_set_format.argtypes = [c_void_p, c_char_p, c_uint, c_uint]
        library.libvlc_media_tracks_get.argtypes = [c_void_p, c_void_p]
        library.libvlc_media_tracks_get.restype = c_uint
        library.libvlc_media_tracks_release.argtypes = [c_void_p, c_uint]
        library.libvlc_media_tracks_release.restype = None
        library.libvlc_clock.restype = c_int64
    return library

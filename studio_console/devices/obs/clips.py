"""Watches the clips in the scene on air: OBS's own cursor is the clock of a clip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from studio_console.core.reports import ClipSeen, Playback
from studio_console.core.units import Duration, SurfaceId
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.messages import ObsEvent, Outcome, Request
from studio_console.devices.obs.mirror import MediaState, Mirror, media_state

POLL_EVERY = 0.25
"""Seconds between two looks at the cursor of a clip on air."""

PLAYBACK = {
    "PLAYING": Playback.PLAYING,
    "OPENING": Playback.PLAYING,
    "BUFFERING": Playback.PLAYING,
    "PAUSED": Playback.PAUSED,
    "STOPPED": Playback.STOPPED,
    "NONE": Playback.STOPPED,
    "ENDED": Playback.ENDED,
    "ERROR": Playback.FAILED,
}

STOP = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_STOP"
"""What OBS tells when a person stops a clip; it goes on to say that the clip has ended."""


class ClipWatch:
    """The clips of one surface. All of it runs in the connection's thread."""

    def __init__(self, connection: ObsConnection, surface: SurfaceId, post: Callable[[ClipSeen], None]) -> None:
        self._connection = connection
        self._surface = surface
        self._post = post
        self._scene: str | None = None
        self._round = 0
        """Which series of looks is the current one; older ones end by themselves."""
        self._last: dict[str, ClipSeen] = {}

    def on_air(self, scene: str | None) -> None:
        """``scene`` is on air now: its clips are looked at, at once and from then on."""
        self._scene = scene
        self._round += 1
        self._last.clear()
        if scene is not None:
            self._look(self._round)

    def off_air(self) -> None:
        self.on_air(None)

    def happened(self, event: ObsEvent) -> None:
        if event.name not in ("MediaInputPlaybackStarted", "MediaInputPlaybackEnded", "MediaInputActionTriggered"):
            return
        name = event.data["inputName"]
        if name not in clips_in(self._connection.mirror, self._scene):
            return
        known = self._last.get(name)
        duration = known.duration if known is not None else None
        if event.name == "MediaInputPlaybackEnded":
            self._see(ClipSeen(self._surface, name, Playback.ENDED, None, duration))
        elif event.data.get("mediaAction") == STOP:
            self._see(ClipSeen(self._surface, name, Playback.STOPPED, None, duration))
        else:
            self._ask(name, self._round)

    def _look(self, round_: int) -> None:
        if round_ != self._round or not self._connection.ready:
            return
        for name in clips_in(self._connection.mirror, self._scene):
            self._ask(name, round_)
        self._connection.later(POLL_EVERY, partial(self._look, round_))

    def _ask(self, name: str, round_: int) -> None:
        self._connection.send([Request("GetMediaInputStatus", {"inputName": name})], partial(self._told, name, round_))

    def _told(self, name: str, round_: int, outcome: Outcome) -> None:
        if round_ == self._round and isinstance(outcome, tuple) and outcome[0].ok:
            seen = clip_seen(self._surface, name, media_state(outcome[0].data))
            if seen is not None:
                self._see(seen)

    def _see(self, seen: ClipSeen) -> None:
        before = self._last.get(seen.input)
        # A clip that says it plays is told at every look, also where it stands: that it stands is what is to be known.
        if before is not None and before == seen and seen.playback is not Playback.PLAYING:
            return
        if before is not None and before.playback is seen.playback is Playback.ENDED:
            return
        self._last[seen.input] = seen
        self._post(seen)


def clip_seen(surface: SurfaceId, name: str, media: MediaState) -> ClipSeen | None:
    """What a media state means for a clip; None for a state that this version does not know."""
    playback = PLAYBACK.get(media.state)
    if playback is None:
        return None
    position = None if media.cursor is None else Duration(max(0, int(media.cursor)))
    # OBS says -1 or 0 while it does not know the length.
    duration = None if media.duration is None or media.duration <= 0 else Duration(int(media.duration))
    return ClipSeen(surface, name, playback, position, duration)


def clips_in(mirror: Mirror, scene: str | None) -> tuple[str, ...]:
    """The inputs that play a file and are seen in ``scene``, through nested scenes too."""
    shown = mirror.shown_by(scene)
    return tuple(
        name
        for name, entry in mirror.inputs.items()
        if name in shown and entry.family == "ffmpeg_source" and entry.settings.get("is_local_file", True)
    )

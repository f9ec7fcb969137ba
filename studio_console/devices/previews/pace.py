"""How fast a stream is played that loses nothing: what it is behind, it makes up for.

Over TCP everything arrives in the end. While VLC finds out what it is given, and while a line stands still, pictures
wait somewhere, and from then on all are shown late: after a stall of three seconds a guest is seen three seconds ago,
and it is noticed three seconds later when they freeze. Played faster for a while, until nothing waits any more, they
are seen as they are. UDP and SRT let go by themselves of what is late.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from studio_console.devices.previews.protocol import Play

FASTER = 1.5
WORTH_IT = 0.4
"""Seconds: less than that is no delay that anybody sees."""
LONGEST = 20.0
"""Seconds of playing faster. Where it goes on for too long VLC waits for pictures now and then, which looks uneven."""


def loses_nothing(play: Play) -> bool:
    """Whether it comes over TCP, in order. HLS, too, but what waits there is how it is meant to be."""
    if play.kind != "url":
        return False
    try:
        parts = urlsplit(play.location)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "tcp", "rtmp", "rtmps", "rtmpt") and not parts.path.endswith(".m3u8")


@dataclass(slots=True)
class Pace:
    """The rate of one connection. Times are seconds of a monotonic clock."""

    _until: float = 0.0

    def fell_behind(self, seconds: float, now: float) -> None:
        """So long nothing was shown of what was sent."""
        if seconds >= WORTH_IT:
            self._until = min(max(self._until, now) + seconds / (FASTER - 1), now + LONGEST)

    def rate(self, now: float) -> float:
        return FASTER if now < self._until else 1.0

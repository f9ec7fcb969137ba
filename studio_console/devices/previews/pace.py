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
DRY = 0.8
"""Seconds without a byte that are no mere unevenness of how VLC reads."""
STOPPED = 0.4
"""Seconds without another picture while it is played faster: nothing waits any more, or nothing comes."""
FILLED_AFTER = 0.6
"""Seconds that VLC takes after a stall until it shows something again."""
MEASURED_IN = 1.0
"""Seconds over which it is measured how many bytes a second of the stream has."""
KEPT = 0.2
"""Seconds of what came before the first picture that VLC needs to play smoothly."""
PROBED_AT_MOST = 3.0
"""Seconds: nothing that VLC has to find out about a stream takes longer."""


@dataclass(frozen=True, slots=True)
class Count:
    """Bytes of one connection: how many came, and how many of them were taken on to be decoded."""

    came: int
    taken: int


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
    """The rate of one connection. Times are seconds of a monotonic clock.

    How long VLC took to find out what it is given tells nothing: the peer may have sent nothing for most of it. What
    had come by then does, once it is known how much a second of the stream is.
    """

    _until: float = 0.0
    _behind_at: float = 0.0
    """When it was last found to be behind."""
    _probed: int | None = None
    """Bytes that had come when VLC had found out; None before, and when they have been reckoned with."""
    _began: tuple[float, int] | None = None
    _count: Count | None = None
    _counted_at: float = 0.0

    def counted(self, count: Count, now: float) -> None:
        """So many bytes up to now; to be told a few times a second, from the beginning."""
        if count != self._count:
            if self._count is not None and self._count.taken and now - self._counted_at >= DRY:
                self._fell_behind(now - self._counted_at, now)
            self._count, self._counted_at = count, now
        if self._probed is None and self._began is None and count.came:
            self._probed = count.came
        if self._began is None:
            if count.taken:
                self._began = now, count.taken
        elif self._probed is not None and now - self._began[0] >= MEASURED_IN:
            a_second = (count.taken - self._began[1]) / (now - self._began[0])
            if a_second > 0:
                self._fell_behind(min(self._probed / a_second - KEPT, PROBED_AT_MOST), now)
            self._probed = None

    def stood_still(self, since: float, now: float) -> None:
        """There has been no other picture ``since``: going on faster would only make it uneven."""
        if now - max(since, self._behind_at + FILLED_AFTER) >= STOPPED:
            self._until = min(self._until, now)

    def rate(self, now: float) -> float:
        return FASTER if now < self._until else 1.0

    def _fell_behind(self, seconds: float, now: float) -> None:
        """So long nothing was shown of what was sent."""
        if seconds >= WORTH_IT:
            self._behind_at = now
            self._until = min(max(self._until, now) + seconds / (FASTER - 1), now + LONGEST)

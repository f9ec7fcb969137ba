"""One clip's playback, derived from marks on the clock and never counted. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class MediaState(StrEnum):
    NONE = "OBS_MEDIA_STATE_NONE"
    PLAYING = "OBS_MEDIA_STATE_PLAYING"
    PAUSED = "OBS_MEDIA_STATE_PAUSED"
    ENDED = "OBS_MEDIA_STATE_ENDED"


@dataclass(frozen=True, slots=True)
class Playback:
    """``at`` ms of the clip were shown at the instant ``mark`` (s)."""

    state: MediaState = MediaState.NONE
    mark: float = 0.0
    at: float = 0.0
    duration: int | None = None
    """Milliseconds; None for what has no end, such as a network feed."""
    rate: float = 1.0
    looping: bool = False
    width: int = 0
    height: int = 0
    source_given: bool = True
    """Whether its settings name a file or an address at all."""
    valid: bool = True
    """Whether that could be opened."""
    stalled: bool = False
    """It says that it plays, and stands: a disk that does not keep up."""

    @property
    def shown(self) -> bool:
        return self.state in (MediaState.PLAYING, MediaState.PAUSED)

    def cursor(self, now: float) -> int | None:
        """Milliseconds; None unless playing or paused, as in OBS."""
        if not self.shown:
            return None
        if self.duration is None:
            return 0
        passed = (now - self.mark) * 1000 * self.rate if self.state is MediaState.PLAYING and not self.stalled else 0.0
        position = self.at + passed
        if self.looping and self.duration:
            return int(position % self.duration)
        return int(min(position, self.duration))

    def remaining(self, now: float) -> float | None:
        """Seconds until the clip ends by itself; None if it does not."""
        if self.state is not MediaState.PLAYING or self.duration is None or self.looping or self.stalled:
            return None
        return max(0.0, (self.duration - self.at) / 1000 / self.rate - (now - self.mark))

    def stands(self, stalled: bool, now: float) -> Playback:
        """The same from ``now`` on standing still, or going on from where it stood."""
        return replace(self, at=float(self.cursor(now) or 0), mark=now, stalled=stalled)

    def paused(self, now: float) -> Playback:
        return replace(self, state=MediaState.PAUSED, at=float(self.cursor(now) or 0), mark=now)

    def resumed(self, now: float) -> Playback:
        return replace(self, state=MediaState.PLAYING, mark=now)

    def sought(self, position: float, now: float) -> Playback:
        """``position`` in ms, kept within the clip."""
        end = float(self.duration or 0)
        return replace(self, at=min(max(0.0, position), end), mark=now)

    def over(self) -> Playback:
        return replace(self, state=MediaState.ENDED)

"""What each surface was seen to show, from when until when, gathered while a journal is replayed."""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.events import ConsoleStarted, ShowEvent
from studio_console.core.reports import SceneSeen, SurfaceConnected
from studio_console.core.show import Show
from studio_console.core.units import Instant, PressId, SceneName, SurfaceId


@dataclass(frozen=True, slots=True)
class SeenSpan:
    """One picture on one surface. ``scene`` None: nothing was known of it."""

    surface: SurfaceId
    scene: SceneName | None
    since: Instant
    until: Instant | None
    """None: until the journal ends."""
    wanted: SceneName | None
    """What was wanted there when it was first seen."""
    cue: str
    """The number of the cue whose take brought it; empty where none of ours did."""
    by_hand: bool
    """It came without a take of ours, and is not what is wanted."""


class SeenSpans:
    """Told of every step of a show, it knows what every surface showed."""

    def __init__(self) -> None:
        self._spans: list[SeenSpan] = []
        self._open: dict[SurfaceId, int] = {}

    def see(self, show: Show, event: ShowEvent, at: Instant) -> None:
        if not isinstance(event, SceneSeen | SurfaceConnected | ConsoleStarted) and not self._differs(show):
            return
        for name in {*show.surfaces, *self._open}:
            state = show.surfaces.get(name)
            scene = state.seen if state is not None and state.connected else None
            place = self._open.get(name)
            if place is not None and self._spans[place].scene == scene:
                continue
            if place is None and scene is None:
                continue
            if place is not None:
                self._end(place, at)
            wanted = state.wanted if state is not None else None
            press = event.press if isinstance(event, SceneSeen) and event.surface == name else None
            cue = _cue_of(show, press)
            by_hand = scene is not None and isinstance(event, SceneSeen) and press is None and scene != wanted
            self._open[name] = len(self._spans)
            self._spans.append(SeenSpan(name, scene, at, None, wanted, cue, by_hand))

    def all(self) -> tuple[SeenSpan, ...]:
        """By surface, then by time; what lasted no time at all is left out."""
        order = {name: place for place, name in enumerate(dict.fromkeys(span.surface for span in self._spans))}
        lasting = [span for span in self._spans if span.until is None or span.until > span.since]
        return tuple(sorted(lasting, key=lambda span: (order[span.surface], span.since)))

    def _differs(self, show: Show) -> bool:
        """Whether a surface was lost, or left the studio."""
        for name, place in self._open.items():
            state = show.surfaces.get(name)
            if (state is None or not state.connected) and self._spans[place].scene is not None:
                return True
        return False

    def _end(self, place: int, at: Instant) -> None:
        span = self._spans[place]
        ended = max(span.since, at)
        self._spans[place] = SeenSpan(span.surface, span.scene, span.since, ended, span.wanted, span.cue, span.by_hand)


def _cue_of(show: Show, press: PressId | None) -> str:
    if press is None:
        return ""
    takes = (take for take in (show.taking, show.on_air, *show.history) if take is not None)
    return next((take.cue.number for take in takes if take.press == press), "")

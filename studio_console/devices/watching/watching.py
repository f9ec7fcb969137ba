"""What is done to watch one OBS: a small picture of one surface after another, levels, figures once a second.

Without thread, clock and reconnecting, which are in ``watch``: time comes in as seconds of a clock that only goes
forward, so that an hour can be watched in a minute.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from studio_console.core.air_facts import Fault
from studio_console.core.eyes import SILENCE, Eyes, faults, listened, looked, loudest, peak_of
from studio_console.core.ports import Picture, Post
from studio_console.core.reports import AirSeen, OutputsMeasured, SurfaceWatched
from studio_console.core.studio import DeadAirRules
from studio_console.core.text import Text
from studio_console.core.units import Duration, SceneName, SurfaceId
from studio_console.devices.obs.link import CONFIG_EVENTS, ObsLink
from studio_console.devices.obs.messages import ObsError, ObsEvent, ObsTimeout, Request
from studio_console.devices.previews.shots import Shots, ask_shot
from studio_console.devices.watching.measuring import REQUESTS, Counters, counters, measures, recent

LOG = logging.getLogger(__name__)

METERS = 1 << 16
SCENES = 1 << 2
EVENTS = METERS | SCENES | CONFIG_EVENTS
EACH = 0.3
"""Seconds between two pictures of a surface."""
BETWEEN = 0.15
"""Seconds between two pictures of an OBS, of whichever surface."""
EACH_CLOSE, BETWEEN_CLOSE = 0.1, 0.03
"""The same while somebody looks at them. What stands still is judged alike: pictures that are taken more often are the
same all the while or they are not."""
INPUTS_BETWEEN = 0.2
"""Seconds between two pictures of inputs, of whichever: however many there are, OBS is asked for no more of them."""
ASKED_FOR = 1.0
"""Seconds for which an input is looked at once its picture was asked for."""
GONE_AFTER = 5.0
"""Seconds after which an input's picture is not what it shows any more."""
FIGURES_EVERY = 1.0
FAILED_AGAIN = 2.0
"""Seconds until a surface or an input that gave no picture is asked for one again."""
SLOW_AGAIN = 30.0
"""Seconds until an input is asked for one again that OBS could not give in time: all else waits meanwhile."""


@dataclass(slots=True)
class _Surface:
    name: SurfaceId
    projector: SceneName | None
    """Its scene, where it is not the program of its OBS."""
    shots: Shots = field(default_factory=Shots)
    eyes: Eyes = Eyes()
    told: frozenset[Fault] = frozenset()
    due: float = 0.0
    seen_at: float | None = None
    """When OBS last gave a picture of it."""
    close: bool = False
    """Somebody looks at its pictures."""


@dataclass(slots=True)
class _Input:
    asked_at: float
    shots: Shots = field(default_factory=Shots)
    due: float = 0.0
    seen_at: float | None = None


class Watching:
    """The surfaces of one OBS. ``heard`` is called in the link's thread, all else in one other."""

    def __init__(
        self,
        surfaces: Sequence[tuple[SurfaceId, SceneName | None]],
        audible: Collection[str],
        rules: DeadAirRules,
        post: Post,
    ) -> None:
        """``surfaces``: each with the scene that is its projector's, None for the one that is the program.

        ``audible`` are inputs that are heard while they are seen. Of others it is known when they have been heard: one
        that is always muted, such as a guest whose sound comes another way, is no silence.
        """
        self._audible = frozenset(audible)
        self._expected: set[str] = set()
        self._surfaces = tuple(_Surface(name, projector) for name, projector in surfaces)
        self._rules = rules
        self._post = post
        self._program: str | None = None
        self._levels: deque[float | None] = deque(maxlen=200)
        self._history: tuple[Counters, ...] = ()
        self._figures_due = 0.0
        self._picture_due = 0.0
        self._inputs: dict[str, _Input] = {}
        self._input_due = 0.0
        self._told: tuple[bool, Text | None] | None = None

    def picture(self, surface: SurfaceId) -> Picture | None:
        found = next((entry for entry in self._surfaces if entry.name == surface), None)
        return found.shots.board.newest() if found is not None else None

    def seen_at(self, surface: SurfaceId) -> float | None:
        """When OBS last gave a picture of it, by the clock of ``turn``."""
        return next((entry.seen_at for entry in self._surfaces if entry.name == surface), None)

    def look_closely(self, surfaces: frozenset[SurfaceId]) -> None:
        """From any thread: the next picture of one that was looked at seldom may still take its time."""
        for entry in self._surfaces:
            entry.close = entry.name in surfaces

    def input_picture(self, name: str, now: float) -> Picture | None:
        """Of an input, by its name in OBS; from any thread. None before the first, and when OBS gives none any more."""
        wanted = self._inputs.get(name)
        if wanted is None:
            wanted = self._inputs[name] = _Input(now)
        wanted.asked_at = now
        seen_at = wanted.seen_at
        return wanted.shots.board.newest() if seen_at is not None and now - seen_at <= GONE_AFTER else None

    # --- from the link's thread ---------------------------------------------------------------------------------

    def heard(self, event: ObsEvent) -> None:
        match event.name:
            case "InputVolumeMeters":
                peaks = {entry["inputName"]: peak_of(entry["inputLevelsMul"]) for entry in event.data["inputs"]}
                self._expected.update(name for name, peak in peaks.items() if peak is not None and peak > SILENCE)
                self._levels.append(loudest(peaks, self._expected))
            case "CurrentProgramSceneChanged":
                self._program = event.data["sceneName"]
            case "SceneNameChanged" if event.data["oldSceneName"] == self._program:
                self._program = event.data["sceneName"]

    # --- from its own thread ------------------------------------------------------------------------------------

    def begin(self, link: ObsLink) -> None:
        """The link is up. Raises what the link raises; ObsError with NOT_READY while OBS still loads."""
        self._levels.clear()
        self._expected = set(self._audible)
        self._history = ()
        self._program = str(link.call("GetCurrentProgramScene")["currentProgramSceneName"])
        self._tell(True, None)

    def turn(self, link: ObsLink, now: float) -> float:
        """Does what is due, and says when it wants to be called next. Raises ObsTimeout or LinkDown."""
        if link.holding:
            return now + BETWEEN
        if self._figures_due <= now:
            self._figures_due = now + FIGURES_EVERY
            self._look_at_figures(link, now)
        if self._picture_due <= now:
            surface = min(self._surfaces, key=lambda entry: entry.due)
            if surface.due <= now:
                surface.due = now + (EACH_CLOSE if surface.close else EACH)
                close = any(entry.close for entry in self._surfaces)
                self._picture_due = now + (BETWEEN_CLOSE if close else BETWEEN)
                self._look_at(link, surface, now)
        if self._input_due <= now:
            self._look_at_an_input(link, now)
        self._listen(now)
        for surface in self._surfaces:
            self._tell_faults(surface, now)
        nearest = min(surface.due for surface in self._surfaces)
        soonest = min(self._figures_due, max(self._picture_due, nearest))
        return min(soonest, self._input_due) if self._inputs else soonest

    def end(self, reason: Text | None) -> None:
        """The link is gone: nothing is known any more."""
        for surface in self._surfaces:
            surface.eyes, surface.told, surface.due = Eyes(), frozenset(), 0.0
            surface.shots.forget()
        for wanted in list(self._inputs.values()):
            wanted.seen_at, wanted.due = None, 0.0
        self._figures_due = self._picture_due = self._input_due = 0.0
        self._tell(False, reason)

    def _tell(self, on: bool, reason: Text | None) -> None:
        if self._told == (on, reason):
            return
        self._told = (on, reason)
        for surface in self._surfaces:
            self._post(SurfaceWatched(surface.name, on, reason))

    def _look_at_figures(self, link: ObsLink, now: float) -> None:
        replies = link.batch([Request(name) for name in REQUESTS])
        answers: Mapping[str, Mapping[str, object]] = {reply.request: reply.data for reply in replies if reply.ok}
        self._history = recent(self._history, counters(answers, now))
        figures = measures(self._history)
        for surface in self._surfaces:
            self._post(OutputsMeasured(surface.name, figures))

    def _look_at(self, link: ObsLink, surface: _Surface, now: float) -> None:
        source = surface.projector or self._program
        if not source:
            return
        try:
            look = surface.shots.take_in(ask_shot(link, source), now)
        except (ObsError, ValueError, OSError) as error:
            LOG.info("%s: no picture of '%s': %s", link.address, source, error)
            surface.eyes = Eyes(quiet_since=surface.eyes.quiet_since)
            surface.shots.forget()
            surface.due = now + FAILED_AGAIN
            return
        surface.eyes = looked(surface.eyes, look)
        surface.seen_at = now

    def _look_at_an_input(self, link: ObsLink, now: float) -> None:
        """At the one that has waited longest of those that somebody still wants to see."""
        self._input_due = now + INPUTS_BETWEEN
        # Copied in one step, as another thread may add to it.
        inputs = list(self._inputs.items())
        for name in [name for name, wanted in inputs if now - wanted.asked_at > ASKED_FOR]:
            del self._inputs[name]
        due = [entry for entry in inputs if entry[0] in self._inputs and entry[1].due <= now]
        if not due:
            return
        name, wanted = min(due, key=lambda entry: entry[1].due)
        wanted.due = now
        try:
            wanted.shots.take_in(ask_shot(link, name), now)
        except ObsTimeout as error:
            # What is on air is watched all the same: if OBS itself stands still, its next picture says so.
            LOG.info("%s: no picture of the input '%s' in time: %s", link.address, name, error)
            wanted.seen_at, wanted.due = None, now + SLOW_AGAIN
        except (ObsError, ValueError, OSError) as error:
            LOG.info("%s: no picture of the input '%s': %s", link.address, name, error)
            wanted.seen_at, wanted.due = None, now + FAILED_AGAIN
        else:
            wanted.seen_at = now

    def _listen(self, now: float) -> None:
        """Of what OBS told since the last turn the loudest counts. Only the program is heard."""
        levels: list[float | None] = []
        while self._levels:
            levels.append(self._levels.popleft())
        if not levels:
            return
        known = [level for level in levels if level is not None]
        level = max(known) if known else None
        for surface in self._surfaces:
            if surface.projector is None:
                surface.eyes = listened(surface.eyes, level, now)

    def _tell_faults(self, surface: _Surface, now: float) -> None:
        found = faults(surface.eyes, now, self._rules)
        for fault in surface.told - found.keys():
            self._post(AirSeen(surface.name, fault, False))
        for fault, since in found.items():
            if fault not in surface.told:
                self._post(AirSeen(surface.name, fault, True, Duration(round((now - since) * 1000))))
        surface.told = frozenset(found)

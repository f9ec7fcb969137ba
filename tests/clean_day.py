"""An hour of the sample's mayors' day on virtual OBS, as the files say and without a fault: what alarms it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from studio_console.app.console import Opened, open_event, plans_for, rundown_event
from studio_console.app.places import Mode
from studio_console.core.alarms import Alarm, alarms
from studio_console.core.effects import TakeScene
from studio_console.core.events import ShowEvent
from studio_console.core.output_alarms import output_alarms
from studio_console.core.output_state import Sending
from studio_console.core.picture import SurfacePlan
from studio_console.core.presses import GoPressed
from studio_console.core.reports import OutputSeen, SceneSeen, Seen, SurfaceConnected
from studio_console.core.rundown import Cue
from studio_console.core.show import Show, next_cue
from studio_console.core.step import step
from studio_console.core.studio import Clip, OutputKind
from studio_console.core.units import Duration, Instant, PressId, SceneName, SurfaceId
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import ObsEvent
from studio_console.devices.obs.provision import provision
from studio_console.devices.obs.snapshot import take_snapshot
from studio_console.devices.obs.takes import scene_take
from studio_console.devices.simulated.clips import clip_facts
from studio_console.devices.watching.watching import Watching
from tests.virtual_obs import VirtualObs

REPOSITORY = Path(__file__).parent.parent
MAYORS = 1
LONGEST = 240.0
"""Seconds after which an open cue is over."""


class CleanDay:
    """The day on one virtual OBS a surface, its stream and recording running, each watched as on air."""

    def __init__(self) -> None:
        self.opened: Opened = open_event(REPOSITORY)
        self.day = self.opened.event.days[MAYORS]
        self.plans: Mapping[SurfaceId, SurfacePlan] = plans_for(self.opened, self.day, Mode.SHOW)
        self.show = Show()
        self.time = 0.0
        self.cues = 0
        self._begin = Instant(1_591_102_800_000)
        self._post(rundown_event(self.opened, self.day, self.plans, 1.0))
        self.obs: dict[SurfaceId, VirtualObs] = {}
        self.watching: dict[SurfaceId, Watching] = {}
        self._due: dict[SurfaceId, float] = {}
        self._cue_ends = 0.0
        audible = [entry.in_obs for entry in self.opened.studio.inputs.values() if entry.audible]
        for name, plan in self.plans.items():
            obs = VirtualObs((plan.surface.canvas.width, plan.surface.canvas.height), plan.surface.fps)
            link = cast(ObsLink, obs)
            provision(link, [plan], folder=self.opened.folder)
            watching = Watching([(name, None)], audible, self.opened.studio.dead_air, self._post)
            obs.inbox = watching.heard
            watching.begin(link)
            scenes = frozenset(SceneName(scene.name) for scene in plan.scenes)
            self._post(SurfaceConnected(name, None, False, "Untitled", "29.0.2", scenes))
            self.obs[name], self.watching[name], self._due[name] = obs, watching, 0.0
            obs.call("StartStream")
            obs.call("StartRecord")
            for kind in (OutputKind.STREAM, OutputKind.RECORDING):
                self._post(OutputSeen(name, kind, Sending.LIVE))

    @property
    def now(self) -> Instant:
        return Instant(self._begin + round(self.time * 1000))

    def play(self, seconds: float) -> Iterator[tuple[float, Alarm | None]]:
        """The time of each look at a surface, with every alarm that there is then, or None."""
        end = self.time + seconds
        while self.time < end:
            if self.time >= self._cue_ends:
                self._go()
            self.time = min(*self._due.values(), self._cue_ends)
            for name, due in self._due.items():
                if due <= self.time:
                    self._look(name)
            wrong = (*alarms(self.show), *output_alarms(self.show, self.now))
            for alarm in wrong or (None,):
                yield self.time, alarm

    def _look(self, name: SurfaceId) -> None:
        obs, watching = self.obs[name], self.watching[name]
        obs.advance(self.time)
        watching.heard(ObsEvent("InputVolumeMeters", {"inputs": obs.world.players.levels()}))
        self._due[name] = watching.turn(cast(ObsLink, obs), self.time)

    def _go(self) -> None:
        cue = next_cue(self.show)
        assert cue is not None, "the day is over"
        self.cues += 1
        self._post(GoPressed(cue.id, PressId(f"press {self.cues}")))
        self._cue_ends = self.time + self._length(cue)

    def _length(self, cue: Cue) -> float:
        """A clip is followed by the next cue when it ends; the sample's clips stand in for longer ones."""
        source: Any = self.opened.studio.inputs[cue.clip].source if cue.clip else None
        facts = clip_facts(str(self.opened.folder / source.file)) if isinstance(source, Clip) else None
        if facts is not None and facts.duration is not None:
            return facts.duration / 1000 - 0.1
        return (cue.duration or Duration(round(LONGEST * 1000))) / 1000

    def _post(self, event: ShowEvent) -> None:
        self.show, effects = step(self.show, event, self.now)
        for effect in effects:
            if isinstance(effect, TakeScene):
                self._take(effect)

    def _take(self, effect: TakeScene) -> None:
        obs = self.obs[effect.surface]
        obs.advance(self.time)
        obs.batch(scene_take(take_snapshot(cast(ObsLink, obs)), effect.scene, effect.transition))
        self._post(SceneSeen(effect.surface, effect.scene, Seen.TRANSITION_STARTED, effect.press))

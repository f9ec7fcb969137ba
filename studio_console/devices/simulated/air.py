"""What is on air: the program, the transition between two scenes, and studio mode.

It follows OBS's own transitions, whose state is a pair of scenes (the one that is left and the one that comes) handed
from transition to transition. What follows from that is odd in places and matters on air:

- Taking the scene that is on air does nothing, and no event tells of it.
- Choosing another transition while one is running breaks it off. The air is back at the scene that was being left and
  stays there, no event tells of it, and the program scene is still said to be the new one. Taking that one, or the old
  one, again changes nothing; a third scene does, and so does leaving studio mode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio_console.devices.simulated.model import Scene, Transition
from studio_console.devices.simulated.protocol import Intent

if TYPE_CHECKING:
    from studio_console.devices.simulated.world import Timer, World


class Air:
    def __init__(self, world: World, program: Scene) -> None:
        self._world = world
        self.studio_mode = False
        self.program = program
        """What OBS says is the program: the target from the start of a transition on."""
        self.preview = program
        self.leaving = program
        """What is on air, or is being left."""
        self.coming: Scene | None = None
        self._before = program
        """The program before the last take; studio mode puts it into the preview."""
        self._transition: Transition = world.collection.transition
        self._moving = False
        self._began = 0.0
        self._lasts = 0.0
        self._end: Timer | None = None

    @property
    def on_air(self) -> Scene:
        """The scene that the hall sees; while a transition moves, the one it moves to."""
        return self.coming if self._moving and self.coming is not None else self.leaving

    def shown(self) -> list[Scene]:
        """The scenes that are active: on air, or held by a transition."""
        return [self.leaving] if self.coming is None else [self.leaving, self.coming]

    def previewed(self) -> list[Scene]:
        return [self.preview] if self.studio_mode else []

    def cursor(self) -> float:
        """How far the running transition is, 0 to 1; 1 if there is none."""
        if not self._moving or self._lasts <= 0:
            return 1.0
        return min(1.0, (self._world.now() - self._began) / self._lasts)

    def begin(self, program: Scene) -> None:
        """Come up with ``program``, without a transition: OBS starts, or another collection was loaded."""
        self._stop()
        self.program = self.preview = self.leaving = program
        self.coming = None
        self._transition = self._world.collection.transition
        self._world.players.look()

    def take(self, scene: Scene) -> None:
        """Bring ``scene`` on air by the current transition, or by the one that the scene itself asks for."""
        if self.studio_mode and self._moving:
            # OBS drops it, answers with success, and in the end says that it is the program all the same.
            self._before, self.program = self.program, scene
            return
        transition, lasts = self._asked_for(scene)
        self.use(transition)
        # In studio mode the program is a copy of the scene, never the same one.
        from_here = scene is self.leaving and not self.studio_mode
        to_there = scene is self.coming and not self.studio_mode
        self._before, self.program = self.program, scene
        if from_here and not self._moving:
            return
        self._tell("SceneTransitionStarted")
        if not self._moving or not (from_here or to_there):
            self._stop()
            self._began, self._lasts = self._world.now(), lasts
            if not to_there:
                self._moving = True
                self._end = self._world.later(lasts, self._ended)
        self.coming = scene
        self._world.players.look()

    def take_preview(self) -> None:
        """Studio mode's own button, which is dead while a transition runs."""
        if not self._moving:
            self.take(self.preview)

    def use(self, transition: Transition) -> None:
        """The output hangs on another transition now; one that is running is broken off."""
        if transition is not self._transition:
            self._stop()
            self._transition = transition

    def leave(self, gone: Scene, instead: Scene) -> None:
        """``gone`` was removed: what shows it moves on to ``instead``."""
        if self.preview is gone:
            self.preview = instead
        if self.program is gone:
            self.take(instead)

    def set_preview(self, scene: Scene) -> None:
        if self.preview is not scene:
            self.preview = scene
            self._world.emit(Intent.SCENES, "CurrentPreviewSceneChanged", {"sceneName": scene.name})
            self._world.players.look()

    def set_studio_mode(self, on: bool) -> None:
        if self.studio_mode == on:
            return
        self.studio_mode = on
        if on:
            self.preview = self.program
        else:
            self._stop()
            self.leaving, self.coming = self.program, None
            # For a moment OBS takes the preview for the program and says so.
            for scene in (self.preview, self.program):
                self._world.emit(Intent.SCENES, "CurrentProgramSceneChanged", {"sceneName": scene.name})
        self._world.emit(Intent.UI, "StudioModeStateChanged", {"studioModeEnabled": on})
        self._world.players.look()

    def _asked_for(self, scene: Scene) -> tuple[Transition, float]:
        """The transition to use and its length in seconds, at least one picture."""
        collection = self._world.collection
        transition, lasts = collection.transition, collection.duration
        if scene.override_name is not None:
            by_name = {entry.name: entry for entry in collection.transitions}
            transition = by_name.get(scene.override_name, transition)
            lasts = scene.override_duration or lasts
        frame = self._world.frame
        return transition, frame if transition.kind.fixed else max(frame, lasts / 1000)

    def _ended(self) -> None:
        assert self.coming is not None
        self._moving, self._end = False, None
        self.leaving, self.coming = self.coming, None
        self._tell("SceneTransitionVideoEnded")
        if self.studio_mode and not self._before.removed:
            self.set_preview(self._before)
        self._world.emit(Intent.SCENES, "CurrentProgramSceneChanged", {"sceneName": self.program.name})
        self._tell("SceneTransitionEnded")
        self._world.players.look()

    def _stop(self) -> None:
        self._moving = False
        if self._end is not None:
            self._end.cancel()
            self._end = None

    def _tell(self, event: str) -> None:
        self._world.emit(Intent.TRANSITIONS, event, {"transitionName": self._transition.name})

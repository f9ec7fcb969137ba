"""Surfaces on OBS, behind the core's port: takes go out at once, and what OBS shows comes back as events.

What is posted as seen is only ever what OBS said. A take is confirmed by OBS's own SceneTransitionStarted; the
program scene at the end of a transition is the truth, and is posted where it differs.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from studio_console.core.effects import ArrangeScene, LeaveStudioMode, Reconnect, TakeScene, WriteText
from studio_console.core.events import (
    CollectionSeen,
    SceneSeen,
    Seen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
)
from studio_console.core.picture import projector_scene_of
from studio_console.core.ports import Post
from studio_console.core.rundown import TransitionKind
from studio_console.core.studio import Surface, password_variable
from studio_console.core.text import Text
from studio_console.core.units import PressId, SceneName, SurfaceId
from studio_console.devices.obs import reasons
from studio_console.devices.obs.arranger import Arranger
from studio_console.devices.obs.clips import ClipWatch
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.messages import Execution, ObsEvent, ObsTimeout, Outcome, Reply, Request
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.takes import (
    OBS_KINDS,
    projector_shows,
    projector_take,
    scene_take,
    transition_for,
)
from studio_console.devices.obs.trouble import LinkDown

LOG = logging.getLogger(__name__)

TAKE_TIMEOUT = 2.0
"""Seconds until a take that OBS has not answered is reported as failed."""
START_GRACE = 0.3
"""Seconds after OBS's answer within which the start of the transition may still be reported."""
SCENES_SETTLE = 0.3
"""Seconds of quiet after which a changed list of scenes is told."""

Passwords = Callable[[SurfaceId], str | None]


class ObsDriver:
    """A surface that is the program of its OBS. Meets core.ports.SurfaceDriver."""

    def __init__(self, connection: ObsConnection, surface: Surface, folder: Path, password_name: str = "") -> None:
        """``folder`` is the event's, where files are named from."""
        self.surface = surface.id
        self._connection = connection
        self._password_name = password_name
        self._post: Post = lambda event: None
        self._told_down: Text | None = None
        self._on_air: SceneName | None = None
        """What was last posted as seen."""
        self._changes = 0
        """Counts what was seen, so that an answer older than the last sight is not taken for news."""
        self._under_way: deque[TakeScene] = deque()
        """Takes that were sent and not yet seen to start, the oldest first."""
        self._unanswered: TakeScene | None = None
        self._next: deque[TakeScene] = deque()
        """Takes that wait for the answer to the one before: OBS may carry out two at once in either order."""
        self._scenes_told: frozenset[str] = frozenset()
        self._mentioned: set[TransitionKind] = set()
        """Transitions that OBS lacks and whose substitute was told."""
        self._clips = ClipWatch(connection, surface.id, lambda event: self._post(event))
        self._arranger = Arranger(connection, surface, folder, lambda event: self._post(event), self._taken)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.surface} at {self._connection.address}>"

    # --- the port, from any thread ------------------------------------------------------------------------------

    def start(self, post: Post) -> None:
        self._post = post
        self._connection.join(self)

    def take(self, effect: TakeScene) -> None:
        if self._connection.ready:
            self._connection.at_once(partial(self._take, effect))
        else:
            self._fail(effect.press, self._why_not_ready())

    def arrange(self, effect: ArrangeScene) -> None:
        self._connection.do(partial(self._arranger.arrange, effect))

    def write_text(self, effect: WriteText) -> None:
        """Before a take that follows it: a list that comes on air is as it should be."""
        self._connection.at_once(partial(self._arranger.write, effect))

    def leave_studio_mode(self, effect: LeaveStudioMode) -> None:
        self._connection.do(self._leave_studio_mode, urgent=True)

    def close(self) -> None:
        self._connection.leave(self)

    def reconnect(self, effect: Reconnect) -> None:
        """Tries again at once, also after a refusal that is final otherwise (wrong password, session ended)."""
        self._connection.try_again()

    # --- what a program surface and a projector's do differently -------------------------------------------------

    def _shown(self, mirror: Mirror) -> SceneName | None:
        return SceneName(mirror.program) if mirror.program is not None else None

    def _take(self, effect: TakeScene) -> None:
        if self._cannot(effect):
            return
        if self._on_air == effect.scene and not self._under_way:
            # OBS starts no transition to the scene it shows: ask rather than wait for what will not come.
            self._ask_program(partial(self._take_again, effect), partial(self._fail, effect.press))
        else:
            self._in_turn(effect)

    def _notice(self, event: ObsEvent, before: Mirror, after: Mirror) -> None:
        match event.name:
            case "SceneTransitionStarted":
                if self._under_way:
                    effect = self._under_way.popleft()
                    self._see(effect.scene, Seen.TRANSITION_STARTED, effect.press)
                else:
                    self._look(Seen.TRANSITION_STARTED)
            case "CurrentProgramSceneChanged":
                if after.program != self._on_air:
                    self._look(Seen.TRANSITION_ENDED)
            case "SceneNameChanged":
                if event.data["oldSceneName"] == self._on_air:
                    self._see(SceneName(event.data["sceneName"]), Seen.SNAPSHOT)

    def _taken(self) -> frozenset[SceneName]:
        """What is on air or on its way there: OBS's own state names a scene only when its transition is over."""
        coming = frozenset(effect.scene for effect in (*self._under_way, *self._next))
        return coming if self._on_air is None else coming | {self._on_air}

    # --- takes ---------------------------------------------------------------------------------------------------

    def _cannot(self, effect: TakeScene) -> bool:
        mirror = self._connection.mirror
        if not self._connection.ready:
            self._fail(effect.press, self._why_not_ready())
        elif mirror.studio_mode:
            self._fail(effect.press, reasons.studio_mode_on())
        else:
            return False
        return True

    def _take_again(self, effect: TakeScene, shown: str) -> None:
        if shown == effect.scene:
            self._see(effect.scene, Seen.SNAPSHOT, effect.press)
        elif not self._cannot(effect):
            self._in_turn(effect)

    def _in_turn(self, effect: TakeScene) -> None:
        if self._unanswered is None:
            self._send(effect)
        else:
            self._next.append(effect)

    def _send(self, effect: TakeScene) -> None:
        mirror = self._connection.mirror
        requests = scene_take(mirror, effect.scene, effect.transition)
        self._out(effect, requests, Execution.SERIAL_REALTIME if len(requests) > 1 else None)
        if len(requests) > 1:
            self._believe(requests)
        self._mention_substitute(mirror, effect)

    def _believe(self, requests: Sequence[Request]) -> None:
        """A second take must not set again what this one has just set."""
        mirror = self._connection.mirror
        for request in requests:
            if request.type == "SetCurrentSceneTransition":
                mirror = replace(mirror, transition=request.data["transitionName"])
            elif request.type == "SetCurrentSceneTransitionDuration":
                mirror = replace(mirror, transition_duration=request.data["transitionDuration"])
        self._connection.believe(mirror)

    def _mention_substitute(self, mirror: Mirror, effect: TakeScene) -> None:
        """Once for every kind: a day has dozens of fades to colour."""
        kind = effect.transition.kind
        got = transition_for(mirror, kind)
        if kind not in self._mentioned and (got is None or got.kind != OBS_KINDS[kind]):
            self._mentioned.add(kind)
            name = got.name if got else mirror.transition
            LOG.warning("%s: OBS has no transition “%s”; takes “%s”", self.surface, kind.value, name)

    def _out(self, effect: TakeScene, requests: Sequence[Request], execution: Execution | None) -> None:
        self._under_way.append(effect)
        self._unanswered = effect
        self._connection.send(requests, partial(self._answered, effect), execution, TAKE_TIMEOUT)

    def _answered(self, effect: TakeScene, outcome: Outcome) -> None:
        if self._unanswered is not effect:
            return  # given up meanwhile
        self._unanswered = None
        if isinstance(outcome, LinkDown):
            self._give_all_up(reasons.lost_meanwhile())
        elif isinstance(outcome, ObsTimeout):
            self._give_all_up(reasons.no_answer())
        else:
            refusal = self._refusal(outcome)
            if refusal is not None:
                self._give_up(effect, reasons.refused(refusal, effect.scene, self._connection.mirror.collection))
            elif effect in self._under_way:
                self._connection.later(START_GRACE, partial(self._unstarted, effect))
            if self._next:
                self._take(self._next.popleft())

    def _refusal(self, replies: Sequence[Reply]) -> Reply | None:
        """The reply because of which the take did not happen; None if it did."""
        *before, last = replies
        if any(not reply.ok for reply in before):
            self._recover_transition(before)
        return None if last.ok else last

    def _recover_transition(self, replies: Sequence[Reply]) -> None:
        """A transition could not be set: the scene was taken all the same; what OBS has now is asked for."""
        for reply in replies:
            if not reply.ok:
                LOG.warning("%s: %s was refused: %s %s", self.surface, reply.request, reply.code, reply.comment)

        def told(outcome: Outcome) -> None:
            if isinstance(outcome, tuple) and outcome[0].ok:
                data = outcome[0].data
                mirror = self._connection.mirror
                duration = data.get("transitionDuration")
                self._connection.believe(
                    replace(mirror, transition=data["transitionName"], transition_duration=duration)
                )

        self._connection.send([Request("GetCurrentSceneTransition")], told)

    def _unstarted(self, effect: TakeScene) -> None:
        """OBS said yes and no transition started: it already shows the scene, or something overruled it."""
        if effect in self._under_way:
            self._ask_program(partial(self._settle, effect))

    def _settle(self, effect: TakeScene, shown: str) -> None:
        if effect not in self._under_way:
            return
        if shown == effect.scene:
            self._under_way.remove(effect)
            self._see(effect.scene, Seen.SNAPSHOT, effect.press)
        else:
            self._give_up(effect, reasons.overruled(effect.scene, shown))
            if shown:
                self._see(SceneName(shown), Seen.SNAPSHOT)

    def _give_up(self, effect: TakeScene, reason: Text) -> None:
        if effect in self._under_way:
            self._under_way.remove(effect)
            self._fail(effect.press, reason)

    def _give_all_up(self, reason: Text) -> None:
        self._unanswered = None
        while self._under_way:
            self._give_up(self._under_way[0], reason)
        while self._next:
            self._fail(self._next.popleft().press, reason)

    # --- what is on air ------------------------------------------------------------------------------------------

    def _ask_program(self, then: Callable[[str], None], otherwise: Callable[[Text], None] | None = None) -> None:
        """Asks OBS what it shows; ``otherwise`` gets the reason where it does not say."""

        def told(outcome: Outcome) -> None:
            if isinstance(outcome, tuple) and outcome[0].ok:
                then(outcome[0].data["currentProgramSceneName"])
                return
            LOG.info("%s: OBS did not say what is on air", self.surface)
            if otherwise is not None:
                otherwise(reasons.lost_meanwhile() if isinstance(outcome, LinkDown) else reasons.no_answer())

        self._connection.send([Request("GetCurrentProgramScene")], told)

    def _look(self, how: Seen) -> None:
        """Something other than our take changed the program: OBS is asked what it shows."""
        asked_at = self._changes

        def told(shown: str) -> None:
            if asked_at == self._changes:
                self._see(SceneName(shown), how)

        self._ask_program(told)

    def _see(self, scene: SceneName, how: Seen, press: PressId | None = None) -> None:
        if press is None and scene == self._on_air:
            return
        self._on_air = scene
        self._changes += 1
        self._post(SceneSeen(self.surface, scene, how, press))
        self._clips.on_air(scene)

    # --- the connection's listener -------------------------------------------------------------------------------

    def came_up(self, mirror: Mirror) -> None:
        self._told_down = None
        self._on_air = self._shown(mirror)
        self._changes += 1
        self._give_all_up(reasons.lost_meanwhile())
        self._tell_state(mirror)
        self._arranger.came_up()
        self._clips.on_air(self._on_air)

    def _tell_state(self, mirror: Mirror) -> None:
        self._scenes_told = frozenset(mirror.scenes)
        names = frozenset(SceneName(name) for name in mirror.scenes)
        self._post(
            SurfaceConnected(self.surface, self._on_air, mirror.studio_mode, mirror.collection, mirror.version, names)
        )

    def went_down(self, down: LinkDown) -> None:
        self._give_all_up(reasons.lost_meanwhile())
        self._clips.off_air()
        self._arranger.give_up()
        reason = down.explain(self._password_name)
        if reason != self._told_down:
            self._told_down = reason
            self._post(SurfaceLost(self.surface, reason, down.final))

    def collection_changing(self, name: str) -> None:
        self._give_all_up(reasons.collection_changing())
        self._clips.off_air()
        self._arranger.give_up()
        self._post(CollectionSeen(self.surface, name, True))

    def happened(self, event: ObsEvent, before: Mirror, after: Mirror) -> None:
        self._notice(event, before, after)
        self._clips.happened(event)
        if after.studio_mode != before.studio_mode:
            self._post(StudioModeSeen(self.surface, after.studio_mode))
        if after.scenes.keys() != before.scenes.keys():
            self._connection.later(SCENES_SETTLE, self._tell_scenes)

    def _tell_scenes(self) -> None:
        mirror = self._connection.mirror
        if self._connection.ready and frozenset(mirror.scenes) != self._scenes_told:
            self._tell_state(mirror)

    def _leave_studio_mode(self) -> None:
        def told(outcome: Outcome) -> None:
            if not isinstance(outcome, tuple) or not outcome[0].ok:
                LOG.warning("%s: studio mode could not be switched off: %s", self.surface, outcome)

        if self._connection.ready:
            self._connection.send([Request("SetStudioModeEnabled", {"studioModeEnabled": False})], told)

    def _fail(self, press: PressId, reason: Text) -> None:
        self._post(TakeFailed(self.surface, press, reason))

    def _why_not_ready(self) -> Text:
        down = self._connection.why_not
        if down is None and self._connection.mirror.changing:
            return reasons.collection_changing()
        return reasons.not_connected(down.explain(self._password_name) if down else None)


class ProjectorDriver(ObsDriver):
    """A further surface of an OBS: a scene for a projector, which holds the surface's scenes, one of them enabled.

    Its changes are always cuts, all inside one rendered frame: OBS's transitions belong to the program.
    """

    def __init__(
        self, connection: ObsConnection, surface: Surface, folder: Path, projector: SceneName, password_name: str = ""
    ) -> None:
        super().__init__(connection, surface, folder, password_name)
        self._projector = projector

    def _shown(self, mirror: Mirror) -> SceneName | None:
        return projector_shows(mirror, self._projector)

    def _cannot(self, effect: TakeScene) -> bool:
        # Studio mode does not touch a projector: it shows the scene itself and not the program.
        if self._connection.ready:
            return False
        self._fail(effect.press, self._why_not_ready())
        return True

    def _take(self, effect: TakeScene) -> None:
        if not self._cannot(effect):
            self._in_turn(effect)

    def _send(self, effect: TakeScene) -> None:
        under_way = frozenset(earlier.scene for earlier in self._under_way)
        requests = projector_take(self._connection.mirror, self._projector, effect.scene, under_way)
        if requests is None:
            self._fail(effect.press, reasons.not_in_projector(effect.scene, self._projector))
        elif not requests:
            self._see(effect.scene, Seen.SNAPSHOT, effect.press)
        else:
            self._out(effect, requests, Execution.SERIAL_FRAME)

    def _refusal(self, replies: Sequence[Reply]) -> Reply | None:
        return next((reply for reply in replies if not reply.ok), None)

    def _unstarted(self, effect: TakeScene) -> None:
        self._settle(effect, self._shown(self._connection.mirror) or "")

    def _notice(self, event: ObsEvent, before: Mirror, after: Mirror) -> None:
        if after.scenes.get(self._projector) == before.scenes.get(self._projector):
            return
        shown = self._shown(after)
        if shown is None or (shown == self._on_air and not self._under_way):
            return
        effect = next((effect for effect in self._under_way if effect.scene == shown), None)
        if effect is not None:
            # Earlier takes were overtaken; they are not to confirm anything later.
            while self._under_way.popleft() is not effect:
                pass
            self._see(shown, Seen.ITEMS_CHANGED, effect.press)
        elif shown != self._on_air:
            self._see(shown, Seen.ITEMS_CHANGED)


def drivers_for(
    surfaces: Iterable[Surface], urls: Mapping[SurfaceId, str], passwords: Passwords, folder: Path = Path()
) -> dict[SurfaceId, ObsDriver]:
    """A driver for every surface. Surfaces with the same address share a connection; the later ones are projectors.

    ``urls`` overrides the addresses of studio.yaml. ``passwords`` is asked at every try, for the surfaces in turn.
    ``folder`` is the event's, where files are named from.
    """
    at: dict[str, list[Surface]] = {}
    for surface in surfaces:
        at.setdefault(urls.get(surface.id, surface.obs_url), []).append(surface)
    drivers: dict[SurfaceId, ObsDriver] = {}
    for url, sharing in at.items():
        connection = ObsConnection(url, partial(_first_password, passwords, tuple(surface.id for surface in sharing)))
        name = password_variable(sharing[0].id)
        drivers[sharing[0].id] = ObsDriver(connection, sharing[0], folder, name)
        for further in sharing[1:]:
            scene = projector_scene_of(further.id)
            drivers[further.id] = ProjectorDriver(connection, further, folder, scene, name)
    return drivers


def _first_password(passwords: Passwords, surfaces: Sequence[SurfaceId]) -> str | None:
    return next((found for surface in surfaces if (found := passwords(surface)) is not None), None)

"""Surfaces on OBS, behind the core's port: takes go out at once, and what OBS shows comes back as events.

What is posted as seen is only ever what OBS said. A take is confirmed by OBS's own SceneTransitionStarted; the
program scene at the end of a transition is the truth, and is posted where it differs.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from studio_console.core.effects import (
    AlignStandby,
    ArrangeScene,
    LeaveStudioMode,
    PromoteStandby,
    Reconnect,
    SetSound,
    StartOutput,
    StopOutput,
    TakeScene,
    WriteText,
)
from studio_console.core.ports import Post
from studio_console.core.reports import (
    CollectionSeen,
    SceneSeen,
    Seen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
)
from studio_console.core.studio import Surface
from studio_console.core.text import Text
from studio_console.core.units import PressId, SceneName, SurfaceId
from studio_console.devices.obs import reasons
from studio_console.devices.obs.arranger import Arranger
from studio_console.devices.obs.clips import ClipWatch
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.messages import Execution, ObsEvent, ObsTimeout, Outcome, Reply, Request
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.mixer import Mixer
from studio_console.devices.obs.outputs import ObsOutputs
from studio_console.devices.obs.takes import scene_take
from studio_console.devices.obs.transitions import TransitionKeeper
from studio_console.devices.obs.trouble import LinkDown

LOG = logging.getLogger(__name__)

TAKE_TIMEOUT = 2.0
"""Seconds until a take that OBS has not answered is reported as failed."""
START_GRACE = 0.3
"""Seconds after OBS's answer within which the start of the transition may still be reported."""
SCENES_SETTLE = 0.3
"""Seconds of quiet after which a changed list of scenes is told."""

_Order = TypeVar("_Order", StartOutput, StopOutput)
Passwords = Callable[[SurfaceId], str | None]


class ObsDriver:
    """A surface that is the program of its OBS. Meets core.ports.SurfaceDriver."""

    mixes = True
    """Whether its OBS's sound is this surface's."""

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
        self._asked: TakeScene | None = None
        """A take of the scene that is on air already: no transition will tell of it, OBS is asked."""
        self._next: deque[TakeScene] = deque()
        """Takes that wait for the answer to the one before: OBS may carry out two at once in either order."""
        self._scenes_told: frozenset[str] = frozenset()
        self._transitions = TransitionKeeper(connection, surface.id)
        self._clips = ClipWatch(connection, surface.id, lambda event: self._post(event))
        self._mixer = Mixer(connection, surface.id, lambda event: self._post(event), self.mixes)
        self._outputs = ObsOutputs(connection, surface.id, lambda event: self._post(event))
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

    def set_sound(self, effect: SetSound) -> None:
        self._connection.at_once(partial(self._set_sound, effect))

    def arrange(self, effect: ArrangeScene) -> None:
        self._connection.do(partial(self._arranger.arrange, effect))

    def write_text(self, effect: WriteText) -> None:
        """Before a take that follows it: a list that comes on air is as it should be."""
        self._connection.at_once(partial(self._arranger.write, effect))

    def leave_studio_mode(self, effect: LeaveStudioMode) -> None:
        self._connection.do(self._leave_studio_mode, urgent=True)

    def start_output(self, effect: StartOutput) -> None:
        self._connection.do(partial(self._if_ready, self._outputs.start, effect))

    def stop_output(self, effect: StopOutput) -> None:
        self._connection.do(partial(self._if_ready, self._outputs.stop, effect))

    def close(self) -> None:
        self._connection.leave(self)

    def reconnect(self, effect: Reconnect) -> None:
        """Tries again at once, also after a refusal that is final otherwise (wrong password, session ended)."""
        self._told_down = None  # the same reason again is an answer, and has to be told
        self._connection.try_again()

    def promote(self, effect: PromoteStandby) -> None:
        """There is no standby here; see ``pair``. The files may have had one when it was promoted."""

    def align_standby(self, effect: AlignStandby) -> None:
        """There is no standby here."""

    @property
    def connection(self) -> ObsConnection:
        return self._connection

    # --- what a program surface and a projector's do differently -------------------------------------------------

    def _shown(self, mirror: Mirror) -> SceneName | None:
        return SceneName(mirror.program) if mirror.program is not None else None

    def _take(self, effect: TakeScene) -> None:
        if not self._cannot(effect):
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
        if self._out_of_reach(effect):
            return True
        if mirror.studio_mode:
            self._fail(effect.press, reasons.studio_mode_on())
        return mirror.studio_mode

    def _out_of_reach(self, effect: TakeScene) -> bool:
        if not self._connection.ready:
            self._fail(effect.press, self._why_not_ready())
        elif self._connection.holding:
            self._fail(effect.press, reasons.collection_changing())
        else:
            return False
        return True

    def _in_turn(self, effect: TakeScene) -> None:
        if self._unanswered is None and self._asked is None:
            self._send(effect)
        else:
            self._next.append(effect)

    def _next_in_turn(self) -> None:
        while self._next and self._unanswered is None and self._asked is None:
            self._take(self._next.popleft())

    def _send(self, effect: TakeScene) -> None:
        before = self._mixer.requests(effect.words, effect.sound)
        if self._on_air == effect.scene and not self._under_way:
            # OBS starts no transition to the scene it shows: ask rather than wait for what will not come.
            self._ask_again(effect, before)
        else:
            self._send_scene(effect, before)

    def _send_scene(self, effect: TakeScene, before: Sequence[Request]) -> None:
        mirror = self._connection.mirror
        requests = scene_take(mirror, effect.scene, effect.transition)
        self._out(effect, requests, Execution.SERIAL_REALTIME, before)
        self._transitions.sent(requests, mirror, effect.transition.kind)

    def _ask_again(self, effect: TakeScene, before: Sequence[Request]) -> None:
        """The picture stays: words and sound are set, and OBS is asked whether it shows the scene in fact."""
        self._asked = effect
        requests = (*before, *self._question())
        done = partial(self._answered_again, effect, before)
        self._connection.send(requests, done, Execution.SERIAL_REALTIME if before else None, TAKE_TIMEOUT)

    def _answered_again(self, effect: TakeScene, before: Sequence[Request], outcome: Outcome) -> None:
        self._mixer.answered(before, outcome)
        if self._asked is not effect:
            return  # given up meanwhile
        self._asked = None
        if not isinstance(outcome, tuple):
            self._fail(effect.press, reasons.lost_meanwhile() if isinstance(outcome, LinkDown) else reasons.no_answer())
        elif self._answer(outcome) == effect.scene:
            self._see(effect.scene, Seen.SNAPSHOT, effect.press)
        elif not self._cannot(effect):
            self._send_scene(effect, ())
            return
        self._next_in_turn()

    def _question(self) -> tuple[Request, ...]:
        return (Request("GetCurrentProgramScene"),)

    def _answer(self, replies: Sequence[Reply]) -> str:
        """What OBS shows, by its answers to ``_question``."""
        return str(replies[-1].data.get("currentProgramSceneName", ""))

    def _set_sound(self, effect: SetSound) -> None:
        # Of an OBS that is not there the difference is shown when it is back; nothing is sent late.
        if self.mixes and self._connection.ready:
            self._mixer.send(effect.levels)

    def _out(
        self, effect: TakeScene, requests: Sequence[Request], execution: Execution, before: Sequence[Request] = ()
    ) -> None:
        """Sends a take; ``before`` is what it sets of words and sound, which is on air with the scene or sooner."""
        self._under_way.append(effect)
        self._unanswered = effect
        whole = (*before, *requests)
        how = execution if len(whole) > 1 or execution is Execution.SERIAL_FRAME else None
        self._connection.send(whole, partial(self._answered, effect, before), how, TAKE_TIMEOUT)

    def _answered(self, effect: TakeScene, before: Sequence[Request], outcome: Outcome) -> None:
        self._mixer.answered(before, outcome)
        if self._unanswered is not effect:
            return  # given up meanwhile
        self._unanswered = None
        if isinstance(outcome, LinkDown):
            self._give_all_up(reasons.lost_meanwhile())
        elif isinstance(outcome, ObsTimeout):
            self._give_all_up(reasons.no_answer())
        else:
            refusal = self._refusal(outcome[len(before) :])
            if refusal is not None:
                self._give_up(effect, reasons.refused(refusal, effect.scene, self._connection.mirror.collection))
            elif effect in self._under_way:
                self._connection.later(START_GRACE, partial(self._unstarted, effect))
            self._next_in_turn()

    def _refusal(self, replies: Sequence[Reply]) -> Reply | None:
        """The reply because of which the take did not happen; None if it did."""
        *before, last = replies
        self._transitions.answered(before)
        return None if last.ok else last

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
        asked, self._asked = self._asked, None
        if asked is not None:
            self._fail(asked.press, reason)
        while self._under_way:
            self._give_up(self._under_way[0], reason)
        while self._next:
            self._fail(self._next.popleft().press, reason)

    # --- what is on air ------------------------------------------------------------------------------------------

    def _ask_program(self, then: Callable[[str], None]) -> None:
        """Asks OBS what it shows; where it does not say, that is left to what is heard of it later."""

        def told(outcome: Outcome) -> None:
            if isinstance(outcome, tuple) and outcome[0].ok:
                then(outcome[0].data["currentProgramSceneName"])
                return
            LOG.info("%s: OBS did not say what is on air", self.surface)

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
        self._mixer.came_up()
        self._arranger.came_up()
        self._clips.on_air(self._on_air)
        self._outputs.ask()

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
        self._mixer.happened(event)
        self._outputs.happened(event)
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

    def _if_ready(self, act: Callable[[_Order], None], effect: _Order) -> None:
        if self._connection.ready:
            act(effect)
        else:
            self._outputs.fail(effect, self._why_not_ready())

    def _fail(self, press: PressId, reason: Text) -> None:
        self._post(TakeFailed(self.surface, press, reason))

    def _why_not_ready(self) -> Text:
        down = self._connection.why_not
        if down is None and self._connection.mirror.changing:
            return reasons.collection_changing()
        return reasons.not_connected(down.explain(self._password_name) if down else None)

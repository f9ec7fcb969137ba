"""Builds a picture in a scene that nobody sees, while the show runs: the same difference as provisioning, sent at once.

What is made new goes ahead in its own time; then come all places and all that is shown or hidden, in one batch. The
scene that is arranged is never one that is seen, so nothing of it waits for a frame: the take is what brings all of it
on air in one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from studio_console.core.effects import ArrangeScene, WriteText
from studio_console.core.picture import projector_scene_of
from studio_console.core.ports import Post
from studio_console.core.reports import ArrangeFailed, SceneArranged, TextWritten
from studio_console.core.studio import Surface
from studio_console.core.text import Text
from studio_console.core.units import PressId, SceneName, SurfaceId
from studio_console.devices.obs import reasons
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.diff import Change, Difference, Stage, difference, read_register
from studio_console.devices.obs.messages import Execution, ObsTimeout, Outcome, Reply, Request
from studio_console.devices.obs.mirror import Mirror, made_in
from studio_console.devices.obs.provision import follow_up
from studio_console.devices.obs.snapshot import items_of
from studio_console.devices.obs.trouble import LinkDown
from studio_console.devices.obs.wanted import arranged_in

ROUNDS = 4
"""A round may learn what the next one needs: the place of a new item, the size of a picture."""
BUILD_TIMEOUT = 5.0
"""Seconds for one round: new texts take OBS a while each."""
LEAVING = 0.1
"""Seconds between looks at whether a scene has left the air: a fade shows it until its end."""
PATIENCE = 20
"""So many looks before it is told that the scene is on air."""


class Arranger:
    """Of one surface. All of it runs in the connection's thread, and nothing in it waits."""

    def __init__(
        self,
        connection: ObsConnection,
        surface: Surface,
        folder: Path,
        post: Post,
        taken: Callable[[], frozenset[SceneName]],
    ) -> None:
        """``taken`` are the scenes that takes have brought on air, or are bringing, before OBS's state says so."""
        self._connection = connection
        self._surface = surface
        self._folder = folder
        self._post = post
        self._taken = taken
        self._current: PressId | None = None
        """The arming that is being built; an older one that still has an answer to come is given up."""
        self._unwritten: set[str] = set()
        self._built: dict[SceneName, ArrangeScene] = {}
        """What was last built in each scene."""

    # --- a picture

    def arrange(self, effect: ArrangeScene) -> None:
        self._current = effect.press
        self._built.pop(effect.scene.name, None)
        if self._connection.ready:
            self._build(effect, 0, PATIENCE, looked=False)
        else:
            self._fail(effect, reasons.not_connected(None))

    def came_up(self) -> None:
        """Tells once more of every scene that is still as it was built: an OBS that died may have an older one."""
        for effect in self._built.values():
            plan = self._difference(effect, self._connection.mirror)
            if not plan.changes and not plan.clashes:
                self._post(SceneArranged(self._surface.id, effect.scene.name, effect.press))

    def give_up(self) -> None:
        """The link is gone, or the collection is changing: what comes of it will not be told any more."""
        self._current = None
        self._unwritten.clear()

    def _build(self, effect: ArrangeScene, round_: int, looks: int, looked: bool) -> None:
        """``looked``: OBS itself has just said what the scene is like."""
        if effect.press != self._current:
            return
        mirror = self._connection.mirror
        name = effect.scene.name
        if name in _seen(mirror, self._surface.id) | self._taken():
            if looks > 0:
                self._connection.later(LEAVING, partial(self._build, effect, round_, looks - 1, looked=False))
            else:
                self._fail(effect, reasons.scene_on_air(name))
            return
        missing = sorted({item.input for item in effect.scene.items} - mirror.names() - effect.words.keys())
        if missing:
            self._fail(effect, reasons.inputs_missing(missing))
            return
        plan = self._difference(effect, mirror)
        if plan.clashes:
            self._fail(effect, plan.clashes[0].message)
        elif not plan.changes and not looked:
            self._look(effect, round_, looks)
        elif not plan.changes:
            self._current = None
            self._built[name] = effect
            self._post(SceneArranged(self._surface.id, name, effect.press))
        elif round_ == ROUNDS:
            self._fail(effect, reasons.not_as_wanted(name))
        else:
            self._send(effect, plan.changes, round_)

    def _difference(self, effect: ArrangeScene, mirror: Mirror) -> Difference:
        ours = read_register(mirror).inputs
        wanted = arranged_in(mirror, self._surface, effect.scene, effect.words, self._folder, ours)
        return difference(wanted, mirror, allow_on_air=True)

    def _send(self, effect: ArrangeScene, changes: Sequence[Change], round_: int) -> None:
        made = [change for change in changes if change.stage is not Stage.PLACES]
        placed = [change.request for change in changes if change.stage is Stage.PLACES]
        if made:
            requests = [change.request for change in made]
            then = partial(self._made, effect, made, placed, round_)
            self._out(effect, requests, Execution.SERIAL_REALTIME, then)
        else:
            self._place(effect, placed, round_)

    def _made(
        self,
        effect: ArrangeScene,
        made: Sequence[Change],
        placed: Sequence[Request],
        round_: int,
        replies: Sequence[Reply],
    ) -> None:
        self._connection.believe(made_in(self._connection.mirror, [change.request for change in made]))
        self._place(effect, [*placed, *follow_up(made, replies)], round_)

    def _place(self, effect: ArrangeScene, requests: Sequence[Request], round_: int) -> None:
        if requests:
            whole = [*requests, _question(effect.scene.name)]
            self._out(effect, whole, Execution.SERIAL_REALTIME, partial(self._looked, effect, round_ + 1, 0))
        else:
            self._look(effect, round_ + 1, 0)

    def _look(self, effect: ArrangeScene, round_: int, looks: int) -> None:
        """What the scene is like now is asked of OBS itself: it does not tell of places that a hand has changed, and
        its events come a little later than its answers.
        """
        name = effect.scene.name
        if name in self._connection.mirror.scenes:
            self._out(effect, [_question(name)], None, partial(self._looked, effect, round_, looks))
        else:
            self._build(effect, round_, looks, looked=True)

    def _looked(self, effect: ArrangeScene, round_: int, looks: int, replies: Sequence[Reply]) -> None:
        """The last of ``replies`` says it."""
        mirror = self._connection.mirror
        scenes = {**mirror.scenes, effect.scene.name: items_of(replies[-1].data)}
        self._connection.believe(replace(mirror, scenes=scenes))
        self._build(effect, round_, looks, looked=True)

    def _out(
        self,
        effect: ArrangeScene,
        requests: Sequence[Request],
        execution: Execution | None,
        then: Callable[[Sequence[Reply]], None],
    ) -> None:
        def answered(outcome: Outcome) -> None:
            if effect.press != self._current:
                return
            if isinstance(outcome, LinkDown):
                self._fail(effect, reasons.lost_meanwhile())
            elif isinstance(outcome, ObsTimeout):
                self._fail(effect, reasons.no_answer())
            else:
                refused = next((reply for reply in outcome if not reply.ok), None)
                if refused is not None:
                    self._fail(effect, reasons.arranging_refused(refused))
                else:
                    then(outcome)

        self._connection.send(requests, answered, execution, BUILD_TIMEOUT)

    def _fail(self, effect: ArrangeScene, reason: Text) -> None:
        self._current = None
        self._post(ArrangeFailed(self._surface.id, effect.press, reason))

    # --- a list

    def write(self, effect: WriteText) -> None:
        """The text alone, whatever else is set there; told where it could not be, and once it can again."""
        if not self._connection.ready:
            self._written(effect.input, reasons.not_connected(None))
            return
        data = {"inputName": effect.input, "inputSettings": {"text": effect.text}}

        def answered(outcome: Outcome) -> None:
            if isinstance(outcome, LinkDown):
                self._written(effect.input, reasons.lost_meanwhile())
            elif isinstance(outcome, ObsTimeout):
                self._written(effect.input, reasons.no_answer())
            else:
                ok = outcome[0].ok
                self._written(effect.input, None if ok else reasons.arranging_refused(outcome[0]))

        self._connection.send([Request("SetInputSettings", data)], answered)

    def _written(self, name: str, reason: Text | None) -> None:
        before = bool(self._unwritten)
        if reason is None:
            self._unwritten.discard(name)
            if before and not self._unwritten:
                self._post(TextWritten(self._surface.id))
        else:
            self._unwritten.add(name)
            self._post(TextWritten(self._surface.id, reason))


def _question(scene: SceneName) -> Request:
    return Request("GetSceneItemList", {"sceneName": scene})


def _seen(mirror: Mirror, surface: SurfaceId) -> frozenset[str]:
    """What is on air, also in a projector's scene."""
    projector = projector_scene_of(surface)
    return mirror.shown_by(mirror.program) | (mirror.shown_by(projector) if projector in mirror.scenes else frozenset())

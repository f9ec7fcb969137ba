"""A further surface of an OBS: a scene for a projector."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio_console.core.effects import (
    TakeScene,
)
from studio_console.core.reports import (
    Seen,
)
from studio_console.core.studio import Surface
from studio_console.core.units import SceneName
from studio_console.devices.obs import reasons
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.messages import Execution, ObsEvent, Reply, Request
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.takes import projector_shows, projector_take


class ProjectorDriver(ObsDriver):
    """A further surface of an OBS: a scene for a projector, which holds the surface's scenes, one of them enabled.

    Its changes are always cuts, all inside one rendered frame: OBS's transitions belong to the program, and so does
    its sound.
    """

    mixes = False

    def __init__(
        self, connection: ObsConnection, surface: Surface, folder: Path, projector: SceneName, password_name: str = ""
    ) -> None:
        super().__init__(connection, surface, folder, password_name)
        self._projector = projector

    def _shown(self, mirror: Mirror) -> SceneName | None:
        return projector_shows(mirror, self._projector)

    def _cannot(self, effect: TakeScene) -> bool:
        # Studio mode does not touch a projector: it shows the scene itself and not the program.
        return self._out_of_reach(effect)

    def _take(self, effect: TakeScene) -> None:
        if not self._cannot(effect):
            self._in_turn(effect)

    def _send(self, effect: TakeScene) -> None:
        requests = self._projected(effect)
        if requests is None:
            self._fail(effect.press, reasons.not_in_projector(effect.scene, self._projector))
            return
        before = self._mixer.requests(effect.words, {})
        if requests:
            self._out(effect, requests, Execution.SERIAL_FRAME, before)
        elif before:
            self._ask_again(effect, before)
        else:
            self._see(effect.scene, Seen.SNAPSHOT, effect.press)

    def _send_scene(self, effect: TakeScene, before: Sequence[Request]) -> None:
        requests = self._projected(effect)
        if requests:
            self._out(effect, requests, Execution.SERIAL_FRAME, before)

    def _projected(self, effect: TakeScene) -> tuple[Request, ...] | None:
        under_way = frozenset(earlier.scene for earlier in self._under_way)
        return projector_take(self._connection.mirror, self._projector, effect.scene, under_way)

    def _question(self) -> tuple[Request, ...]:
        return ()

    def _answer(self, replies: Sequence[Reply]) -> str:
        return self._shown(self._connection.mirror) or ""

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

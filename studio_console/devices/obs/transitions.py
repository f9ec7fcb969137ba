"""The transition that an OBS is set to: what takes have set of it, what it lacks, and what it says after a refusal."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from studio_console.core.rundown import TransitionKind
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.messages import Outcome, Reply, Request
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.takes import OBS_KINDS, transition_for

LOG = logging.getLogger(__name__)


class TransitionKeeper:
    """Keeps the connection's mirror right about its transition from take to take."""

    def __init__(self, connection: ObsConnection, surface: SurfaceId) -> None:
        self._connection = connection
        self._surface = surface
        self._mentioned: set[TransitionKind] = set()
        """Transitions that OBS lacks and whose substitute was told."""

    def sent(self, requests: Sequence[Request], before: Mirror, kind: TransitionKind) -> None:
        """A take was sent to an OBS that was as ``before``; a second one must not set again what this one has set."""
        mirror = self._connection.mirror
        for request in requests:
            if request.type == "SetCurrentSceneTransition":
                mirror = replace(mirror, transition=request.data["transitionName"])
            elif request.type == "SetCurrentSceneTransitionDuration":
                mirror = replace(mirror, transition_duration=request.data["transitionDuration"])
        if mirror is not self._connection.mirror:
            self._connection.believe(mirror)
        self._mention_substitute(before, kind)

    def _mention_substitute(self, mirror: Mirror, kind: TransitionKind) -> None:
        """Once for every kind: a day has dozens of fades to colour."""
        got = transition_for(mirror, kind)
        if kind not in self._mentioned and (got is None or got.kind != OBS_KINDS[kind]):
            self._mentioned.add(kind)
            name = got.name if got else mirror.transition
            LOG.warning("%s: OBS has no transition “%s”; takes “%s”", self._surface, kind.value, name)

    def answered(self, replies: Sequence[Reply]) -> None:
        """If a transition could not be set, the scene was taken all the same; what OBS has now is asked for."""
        refused = [reply for reply in replies if not reply.ok]
        for reply in refused:
            LOG.warning("%s: %s was refused: %s %s", self._surface, reply.request, reply.code, reply.comment)
        if refused:
            self._connection.send([Request("GetCurrentSceneTransition")], self._told)

    def _told(self, outcome: Outcome) -> None:
        if isinstance(outcome, tuple) and outcome[0].ok:
            data = outcome[0].data
            name, duration = data["transitionName"], data.get("transitionDuration")
            self._connection.believe(replace(self._connection.mirror, transition=name, transition_duration=duration))

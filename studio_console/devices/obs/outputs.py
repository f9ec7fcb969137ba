"""The stream and the recording of one OBS: started, stopped, and told of as OBS tells of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from studio_console.core.effects import StartOutput, StopOutput
from studio_console.core.output_state import Sending
from studio_console.core.ports import Post
from studio_console.core.reports import OutputFailed, OutputSeen
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text
from studio_console.core.units import Duration, SurfaceId
from studio_console.devices.obs import reasons
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.messages import ObsEvent, Outcome, Request
from studio_console.devices.obs.trouble import LinkDown

LOG = logging.getLogger(__name__)

STATES = "OBS_WEBSOCKET_OUTPUT_"
SENDING = {
    "STARTING": Sending.STARTING,
    "STARTED": Sending.LIVE,
    "RECONNECTING": Sending.RECONNECTING,
    "RECONNECTED": Sending.LIVE,
    "PAUSED": Sending.PAUSED,
    "RESUMED": Sending.LIVE,
    "STOPPING": Sending.STOPPING,
    "STOPPED": Sending.STOPPED,
}
EVENTS = {"StreamStateChanged": OutputKind.STREAM, "RecordStateChanged": OutputKind.RECORDING}
STATUS = {OutputKind.STREAM: "GetStreamStatus", OutputKind.RECORDING: "GetRecordStatus"}
NAMES = {OutputKind.STREAM: "Stream", OutputKind.RECORDING: "Record"}
START_TIMEOUT = 10.0
"""Seconds: a busy OBS opens its encoder before it answers."""


class ObsOutputs:
    """Of one surface. All but the constructor is called in the connection's thread."""

    def __init__(self, connection: ObsConnection, surface: SurfaceId, post: Post) -> None:
        self._connection = connection
        self._surface = surface
        self._post = post
        self._news = dict.fromkeys(STATUS, 0)
        """Counts what OBS told of each, so that an older answer is not taken for news."""

    def ask(self) -> None:
        """What runs already, when the link has come up."""
        for kind, request in STATUS.items():
            self._connection.send([Request(request)], partial(self._told, kind, self._news[kind]))

    def happened(self, event: ObsEvent) -> None:
        kind = EVENTS.get(event.name)
        if kind is None:
            return
        sending = SENDING.get(str(event.data.get("outputState", "")).removeprefix(STATES))
        if sending is None:
            LOG.info("%s: an output state that is not known here: %s", self._surface, event.data.get("outputState"))
            return
        self._news[kind] += 1
        self._post(OutputSeen(self._surface, kind, sending))

    def start(self, effect: StartOutput) -> None:
        self._send(f"Start{NAMES[effect.kind]}", effect)

    def stop(self, effect: StopOutput) -> None:
        self._send(f"Stop{NAMES[effect.kind]}", effect)

    def fail(self, effect: StartOutput | StopOutput, reason: Text) -> None:
        self._post(OutputFailed(self._surface, effect.kind, effect.press, reason))

    def _send(self, request: str, effect: StartOutput | StopOutput) -> None:
        def answered(outcome: Outcome) -> None:
            # That OBS has understood is no news: it tells by an event when it is done. No answer: the deadline comes.
            if isinstance(outcome, LinkDown):
                self.fail(effect, reasons.output_lost())
            elif isinstance(outcome, tuple) and not outcome[0].ok:
                self.fail(effect, reasons.output_refused(outcome[0]))

        self._connection.send([Request(request)], answered, timeout=START_TIMEOUT)

    def _told(self, kind: OutputKind, news: int, outcome: Outcome) -> None:
        if news != self._news[kind] or not isinstance(outcome, tuple) or not outcome[0].ok:
            return
        data = outcome[0].data
        self._post(OutputSeen(self._surface, kind, _sending(data), Duration(_lasts(data)), changed=False))


def _sending(data: Mapping[str, Any]) -> Sending:
    if not data.get("outputActive"):
        return Sending.STOPPED
    if data.get("outputReconnecting"):
        return Sending.RECONNECTING
    return Sending.PAUSED if data.get("outputPaused") else Sending.LIVE


def _lasts(data: Mapping[str, Any]) -> int:
    duration = data.get("outputDuration")
    return int(duration) if data.get("outputActive") and isinstance(duration, int | float) else 0

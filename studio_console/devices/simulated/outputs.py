"""The stream and the recording: their states, with the time that starting and stopping takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status

if TYPE_CHECKING:
    from studio_console.devices.simulated.world import Timer, World

STATES = "OBS_WEBSOCKET_OUTPUT_"
TAKES = 0.1
"""Seconds from STARTING to STARTED, and from STOPPING to STOPPED."""
BYTES_A_SECOND = 750_000


class Output:
    """Nothing is written or sent; what is told of it is what OBS would tell."""

    def __init__(self, world: World, name: str, has_path: bool) -> None:
        self._world = world
        self._name = name
        self._path = "simulated.mkv" if has_path else None
        self.active = False
        self.paused = False
        self.reconnecting = False
        self.known = has_path
        """OBS lists its stream from when it was started for the first time."""
        self._starting = False
        self._server_gone = False
        self._since = 0.0
        self._ran = 0.0
        self._timer: Timer | None = None
        self._last = (0, 0)
        """Bytes and frames of the one before, which OBS goes on telling when it is over."""

    def start(self) -> None:
        if self.active or self._starting:
            raise Refusal(Status.OUTPUT_RUNNING)
        self._starting = self.known = True
        self._last = (0, 0)
        self._tell("STARTING", False)
        self._then(self._stopped if self._server_gone else self._started)

    def stop(self) -> str | None:
        """Where it was recorded to."""
        if not self.active and not self._starting:
            raise Refusal(Status.OUTPUT_NOT_RUNNING)
        self._starting = False
        self._tell("STOPPING", False)
        self._then(self._stopped)
        return self._path

    def pause(self) -> None:
        self._must_run()
        if self.paused:
            raise Refusal(Status.OUTPUT_PAUSED)
        self._ran, self.paused = self.seconds(), True
        self._tell("PAUSED", False, with_path=False)

    def resume(self) -> None:
        self._must_run()
        if not self.paused:
            raise Refusal(Status.OUTPUT_NOT_PAUSED)
        self._since, self.paused = self._world.now(), False
        self._tell("RESUMED", True, with_path=False)

    # --- what can go wrong

    def cut(self) -> None:
        """Its server is gone: OBS keeps trying where it runs, and cannot start where it does not."""
        self._server_gone = True
        if not self.active:
            return
        self.reconnecting = True
        self._ran = 0.0
        self._tell("RECONNECTING", False)

    def mend(self) -> None:
        """The server is there again: it counts from nought."""
        self._server_gone = False
        if self.active and self.reconnecting:
            self.reconnecting = False
            self._since, self._ran = self._world.now(), 0.0
            self._tell("RECONNECTED", True)

    def seconds(self) -> float:
        if not self.active:
            return 0.0
        return self._ran if self.paused or self.reconnecting else self._ran + self._world.now() - self._since

    def status(self) -> Data:
        milliseconds = int(self.seconds() * 1000)
        seconds, rest = divmod(milliseconds, 1000)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return {
            "outputActive": self.active,
            "outputTimecode": f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}",
            "outputDuration": milliseconds,
            "outputBytes": int(self.seconds() * BYTES_A_SECOND) if self.active else self._last[0],
        }

    def frames(self) -> int:
        return int(self.seconds() / self._world.frame) if self.active else self._last[1]

    def _must_run(self) -> None:
        if not self.active:
            raise Refusal(Status.OUTPUT_NOT_RUNNING)

    def _started(self) -> None:
        self._starting, self.active, self.paused, self.reconnecting = False, True, False, False
        self._since, self._ran = self._world.now(), 0.0
        self._tell("STARTED", True)

    def _stopped(self) -> None:
        if self.active:
            self._last = (int(self.seconds() * BYTES_A_SECOND), self.frames())
        self._starting = False
        self.active = self.paused = self.reconnecting = False
        self._tell("STOPPED", False)

    def _then(self, done: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._world.later(TAKES, done)

    def _tell(self, state: str, active: bool, with_path: bool = True) -> None:
        about: Data = {"outputActive": active, "outputState": STATES + state}
        if self._path is not None:
            about["outputPath"] = self._path if with_path and state in ("STARTED", "STOPPED") else None
        self._world.emit(Intent.OUTPUTS, f"{self._name}StateChanged", about)

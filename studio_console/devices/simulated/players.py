"""Which inputs are active, and the clips that start and stop with that."""

from __future__ import annotations

import zlib
from dataclasses import replace
from math import sin
from typing import TYPE_CHECKING

from studio_console.devices.simulated.clips import clip_facts
from studio_console.devices.simulated.kinds import Picture
from studio_console.devices.simulated.model import Input, Scene, seen_from
from studio_console.devices.simulated.playback import MediaState, Playback
from studio_console.devices.simulated.protocol import Data, Intent

if TYPE_CHECKING:
    from studio_console.devices.simulated.world import Timer, World

ACTIONS = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_"
NOT_PLAYED = Playback()


class Players:
    """Clips run by the clock: their ends are timers, their cursors are computed when somebody asks."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._playbacks: dict[Input, Playback] = {}
        self._ends: dict[Input, Timer] = {}
        self.active: set[Input] = set()
        self.showing: set[Input] = set()
        self.rendered: list[Scene] = []

    def playback(self, of: Input) -> Playback:
        return self._playbacks.get(of, NOT_PLAYED)

    def look(self) -> None:
        """Something changed on air or in a scene: find out which inputs became active or ceased to be."""
        air = self._world.air
        on_air, active = seen_from(air.shown())
        previewed, also = seen_from(air.previewed())
        self.rendered = on_air + previewed
        now_active, now_showing = set(active), {*active, *also}
        was_active, was_showing = self.active, self.showing
        self.active, self.showing = now_active, now_showing
        for input in sorted(was_showing - now_showing, key=_name):
            self._tell(Intent.INPUT_SHOW_STATE_CHANGED, "InputShowStateChanged", input, {"videoShowing": False})
        for input in sorted(was_active - now_active, key=_name):
            self._tell(Intent.INPUT_ACTIVE_STATE_CHANGED, "InputActiveStateChanged", input, {"videoActive": False})
            if _is_clip(input) and input.setting("restart_on_activate"):
                self._stop(input)
        for input in [entry for entry in (*active, *also) if entry not in was_showing]:
            self._tell(Intent.INPUT_SHOW_STATE_CHANGED, "InputShowStateChanged", input, {"videoShowing": True})
        for input in [entry for entry in active if entry not in was_active]:
            if _is_clip(input) and input.setting("restart_on_activate"):
                self._start(input)
                self._tell_action(input, "RESTART")
            self._tell(Intent.INPUT_ACTIVE_STATE_CHANGED, "InputActiveStateChanged", input, {"videoActive": True})
        if any(item.source.removed for scene in self.rendered for item in scene.items):
            self._world.later(self._world.frame, lambda: self._world.sweep(self.rendered))

    def opened(self, input: Input) -> None:
        """An input was made or its settings were applied: a clip that does not wait to become active starts at once.

        One that is on air starts again, even if nothing in its settings is different.
        """
        if not _is_clip(input):
            return
        if not input.setting("restart_on_activate") or input in self.active:
            self._start(input)
        if _file_is_missing(input):
            self._set(input, NOT_PLAYED.over())
            self._tell_playback(input, "Ended")

    def closed(self, input: Input) -> None:
        self._forget_end(input)
        self._playbacks.pop(input, None)

    def close_all(self) -> None:
        for input in list(self._playbacks):
            self.closed(input)
        self.active, self.showing, self.rendered = set(), set(), []

    def act(self, input: Input, action: str) -> None:
        """Carry out PLAY, PAUSE, STOP or RESTART; anything else, and any input that is no clip, is left as it is."""
        if not _is_clip(input):
            return
        playback = self.playback(input)
        now = self._world.now()
        match action:
            case "PLAY" if playback.state is MediaState.PAUSED:
                self._set(input, playback.resumed(now))
                self._tell_playback(input, "Started")
            case "PLAY" | "RESTART":
                self._start(input)
            case "PAUSE" if playback.state is MediaState.PLAYING:
                self._set(input, playback.paused(now))
            case "STOP":
                self._tell_action(input, action)
                self._stop(input)
                return
            case _:
                return
        self._tell_action(input, action)

    def seek(self, input: Input, position: float) -> None:
        """``position`` in ms."""
        self._set(input, self.playback(input).sought(position, self._world.now()))

    def stall(self, input: Input, stalled: bool) -> None:
        """A fault for tests and rehearsals: the clip says PLAYING and does not move, until it is told to go on."""
        self._set(input, self.playback(input).stands(stalled, self._world.now()))

    def levels(self) -> list[Data]:
        """Volume meters of the active inputs: magnitude, peak and the peak before the fader, for two channels."""
        meters = []
        for input in sorted((entry for entry in self.active if entry.kind.audio), key=_name):
            silent = _is_clip(input) and self.playback(input).state is not MediaState.PLAYING
            wave = 0.12 + 0.08 * sin(self._world.now() * 3 + zlib.crc32(input.name.encode()) % 7)
            before = 0.0 if silent else wave
            after = 0.0 if input.audio.muted else min(1.0, before * input.audio.volume)
            meters.append({"inputName": input.name, "inputLevelsMul": [[after * 0.7, after, before]] * 2})
        return meters

    def _start(self, input: Input) -> None:
        """Play from the beginning. What cannot be opened is said to be playing too, at 0 of 0 ms, without an end."""
        playback = _from_start(input)
        if playback.source_given:
            self._tell_playback(input, "Started")
        self._set(input, replace(playback, state=MediaState.PLAYING, mark=self._world.now()))

    def _stop(self, input: Input) -> None:
        playback = self.playback(input)
        if playback.shown and playback.valid:
            self._set(input, playback.over())
            self._tell_playback(input, "Ended")

    def _set(self, input: Input, playback: Playback) -> None:
        self._forget_end(input)
        self._playbacks[input] = playback
        remaining = playback.remaining(self._world.now())
        if remaining is not None:
            self._ends[input] = self._world.later(remaining, lambda: self._stop(input))

    def _forget_end(self, input: Input) -> None:
        if (timer := self._ends.pop(input, None)) is not None:
            timer.cancel()

    def _tell(self, intent: Intent, event: str, input: Input, more: Data) -> None:
        if input.removed:
            return
        self._world.emit(intent, event, {"inputName": input.name, **more})

    def _tell_playback(self, input: Input, what: str) -> None:
        self._tell(Intent.MEDIA_INPUTS, f"MediaInputPlayback{what}", input, {})

    def _tell_action(self, input: Input, action: str) -> None:
        self._tell(Intent.MEDIA_INPUTS, "MediaInputActionTriggered", input, {"mediaAction": ACTIONS + action})


def _from_start(input: Input) -> Playback:
    speed = input.setting("speed_percent")
    rate = min(2.0, max(0.01, speed / 100)) if isinstance(speed, int | float) else 1.0
    if not input.setting("is_local_file"):
        given = bool(input.setting("input"))
        return Playback(source_given=given, valid=given)
    path = str(input.setting("local_file") or "")
    facts = clip_facts(path)
    if facts is None:
        return Playback(source_given=bool(path), valid=False)
    looping = bool(input.setting("looping"))
    return Playback(duration=facts.duration, rate=rate, looping=looping, width=facts.width, height=facts.height)


def _file_is_missing(input: Input) -> bool:
    path = str(input.setting("local_file") or "")
    return bool(input.setting("is_local_file") and path) and clip_facts(path) is None


def _is_clip(input: Input) -> bool:
    return input.kind.picture is Picture.CLIP


def _name(input: Input) -> str:
    return input.name

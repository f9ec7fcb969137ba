"""The sound and the live words of one OBS: what a take sets of them, and what OBS tells of its levels."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from studio_console.core.interpretation import Levels
from studio_console.core.ports import Post
from studio_console.core.reports import SoundSeen, WordsSeen
from studio_console.core.units import Decibels, SurfaceId
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.inputs import TEXT
from studio_console.devices.obs.messages import Execution, ObsEvent, Outcome, Reply, Request
from studio_console.devices.obs.mirror import Mirror, ObsInput

LOG = logging.getLogger(__name__)

SETTLE = 0.05
"""Seconds in which changes of several levels are told as one."""
CLOSE = 0.05
"""dB; OBS keeps volumes as 32-bit factors."""
INAUDIBLE = -96.0
"""dB; a fader that is all the way down is as good as muted."""
WITH_SOUND = frozenset(
    {
        *("ffmpeg_source", "vlc_source", "dshow_input", "wasapi_input_capture", "wasapi_output_capture"),
        *("coreaudio_input_capture", "pulse_input_capture", "pulse_output_capture", "alsa_input_capture"),
        *("jack_output_capture", "browser_source", "ndi_source"),
    }
)
"""Kinds of input that OBS mixes, unversioned."""
ABOUT_SOUND = ("InputVolumeChanged", "InputMuteStateChanged", "InputCreated", "InputRemoved", "InputNameChanged")
"""A new input is told of without its level."""


def level_of(entry: ObsInput) -> tuple[bool, Decibels | None]:
    """Whether its level is known, and the level; None where it is not heard."""
    if entry.muted is None or entry.volume is None:
        return False, None
    if entry.muted or entry.volume <= INAUDIBLE:
        return True, None
    return True, Decibels(round(entry.volume))


def levels_of(mirror: Mirror) -> Levels:
    """What OBS has told of every input that has a sound."""
    told = {name: level_of(entry) for name, entry in mirror.inputs.items()}
    return {name: level for name, (known, level) in told.items() if known}


def sound_requests(mirror: Mirror, levels: Levels, unsure: Mapping[str, int]) -> tuple[Request, ...]:
    """What brings the inputs to ``levels``, only where they differ; inputs that are ``unsure`` are set anyway."""
    requests: list[Request] = []
    for name, level in levels.items():
        known = mirror.inputs.get(name)
        if known is None:
            continue  # told as a difference: OBS has nothing of that name
        asked = {"inputName": name}
        muted, volume = (None, None) if unsure.get(name) else (known.muted, known.volume)
        if level is not None and (volume is None or abs(volume - level) > CLOSE):
            requests.append(Request("SetInputVolume", {**asked, "inputVolumeDb": level}))
        if muted is not (level is None):
            requests.append(Request("SetInputMute", {**asked, "inputMuted": level is None}))
    return tuple(requests)


def words_requests(words: Mapping[str, str]) -> tuple[Request, ...]:
    """What has the texts say ``words``; always: an older OBS does not tell of a text changed by hand."""
    return tuple(
        Request("SetInputSettings", {"inputName": name, "inputSettings": {TEXT: text}}) for name, text in words.items()
    )


class Mixer:
    """All of it runs in the connection's thread, or where that is at rest in that of whoever sends a take."""

    def __init__(self, connection: ObsConnection, surface: SurfaceId, post: Post, tells: bool = True) -> None:
        """``tells`` is False for the further surfaces of an OBS, whose sound is the first one's."""
        self._connection = connection
        self._surface = surface
        self._post = post
        self._tells = tells
        self._under_way: Counter[str] = Counter()
        """Inputs with an unanswered request: the mirror does not tell what they will be."""
        self._told: Levels | None = None
        self._texts: set[str] = set()
        """Those whose words came with a take."""
        self._said: Mapping[str, str] | None = None
        self._waiting = False

    def requests(self, words: Mapping[str, str], levels: Levels) -> tuple[Request, ...]:
        """What a take sends of them, before its scene. The answer is to be handed to ``answered``."""
        mirror = self._connection.mirror
        self._texts.update(words)
        requests = (
            *words_requests(words),
            *(sound_requests(mirror, levels, self._under_way) if levels else ()),
        )
        self._under_way.update(request.data["inputName"] for request in requests)
        return requests

    def send(self, levels: Levels) -> None:
        """Sets the sound alone, now."""
        requests = self.requests({}, levels)
        if requests:
            execution = Execution.SERIAL_REALTIME if len(requests) > 1 else None
            self._connection.send(requests, partial(self.answered, requests), execution)

    def answered(self, requests: Sequence[Request], outcome: Outcome | Sequence[Reply]) -> None:
        """OBS has answered ``requests``, the first ones of a batch, or will not. What it did is true from now on."""
        self._under_way.subtract(request.data["inputName"] for request in requests)
        self._under_way += Counter()
        if not requests or not isinstance(outcome, tuple):
            return
        mirror = self._connection.mirror
        for request, reply in zip(requests, outcome, strict=False):
            if reply.ok:
                mirror = _done(mirror, request)
            else:
                LOG.warning("%s: %s was refused: %s %s", self._surface, reply.request, reply.code, reply.comment)
        self._connection.believe(mirror)
        self.tell()

    # --- what OBS tells ------------------------------------------------------------------------------------------

    def came_up(self) -> None:
        self._under_way.clear()
        self._told = self._said = None
        self._waiting = False
        self.tell()

    def happened(self, event: ObsEvent) -> None:
        is_text = event.name == "InputSettingsChanged" and event.data["inputName"] in self._texts
        if (is_text or (self._tells and event.name in ABOUT_SOUND)) and not self._waiting:
            self._waiting = True
            self._connection.later(SETTLE, self._look)

    def _look(self) -> None:
        """Tells the levels; of inputs that were made meanwhile they are asked for first."""
        inputs = self._connection.mirror.inputs.values()
        new = [entry.name for entry in inputs if entry.volume is None and entry.family in WITH_SOUND]
        if new and self._tells and self._connection.ready:
            asked = ("GetInputMute", "GetInputVolume")
            requests = [Request(request, {"inputName": name}) for name in new for request in asked]
            self._connection.send(requests, partial(self._learn, requests), Execution.SERIAL_REALTIME)
            self._waiting = False
        else:
            self.tell()

    def tell(self) -> None:
        """Posts what is heard and what the takes' texts say, where that has changed."""
        self._waiting = False
        inputs = self._connection.mirror.inputs
        said = {name: str(inputs[name].settings.get(TEXT, "")) for name in sorted(self._texts) if name in inputs}
        if self._texts and said != self._said:
            self._said = said
            self._post(WordsSeen(self._surface, said))
        levels = levels_of(self._connection.mirror)
        if self._tells and levels != self._told:
            self._told = levels
            self._post(SoundSeen(self._surface, levels))

    def _learn(self, requests: Sequence[Request], outcome: Outcome) -> None:
        if not isinstance(outcome, tuple):
            return
        mirror = self._connection.mirror
        for request, reply in zip(requests, outcome, strict=True):
            if reply.ok:
                mirror = _with(mirror, request.data["inputName"], reply.data)
        self._connection.believe(mirror)
        self.tell()


def _done(mirror: Mirror, request: Request) -> Mirror:
    """``mirror`` once OBS has carried out ``request``."""
    name = request.data["inputName"]
    if request.type != "SetInputSettings":
        return _with(mirror, name, request.data)
    known = mirror.inputs.get(name)
    if known is None:
        return mirror
    settings = {**known.settings, **request.data["inputSettings"]}
    return replace(mirror, inputs={**mirror.inputs, name: replace(known, settings=settings)})


def _with(mirror: Mirror, name: str, told: Mapping[str, object]) -> Mirror:
    known = mirror.inputs.get(name)
    if known is None:
        return mirror
    muted, volume = told.get("inputMuted", known.muted), told.get("inputVolumeDb", known.volume)
    assert muted is None or isinstance(muted, bool)
    assert volume is None or isinstance(volume, int | float)
    return replace(mirror, inputs={**mirror.inputs, name: replace(known, muted=muted, volume=volume)})

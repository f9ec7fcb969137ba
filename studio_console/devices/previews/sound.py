"""A guest's sound: how loud it is, and on the headphones of whoever wants to hear it (PFL)."""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import queue
import sys
import threading
from array import array
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from studio_console.devices.previews import reasons
from studio_console.devices.previews.memory import SILENCE
from studio_console.devices.previews.player import CHANNELS, FRAME, RATE
from studio_console.devices.previews.protocol import NotHeard

FALL = 20 / 1.7
"""dB a second that the needle falls by, as IEC 60268-18 has it for digital peak meters."""
BLOCK = RATE // 100
"""Moments of sound given to the device at a time: 10 ms."""
MOST_AHEAD = 1.5
"""Seconds of sound that are kept at most until they are due."""
SLACK = 0.3
"""So much more than was due may have gathered, by two clocks that differ, before the oldest is left out."""


def peak(samples: bytes) -> float:
    """The loudest moment in dBFS of 16-bit ``samples``."""
    values = array("h", samples[: len(samples) & ~1])
    loudest = max(max(values), -min(values)) if values else 0
    return 20 * math.log10(loudest / 32768) if loudest else SILENCE


class Meter:
    """Rises at once and falls slowly. ``heard`` may be called from any thread."""

    def __init__(self) -> None:
        self._loudest = SILENCE
        self._shown = SILENCE
        self._at: float | None = None

    def heard(self, level: float) -> None:
        self._loudest = max(self._loudest, level)

    def read(self, now: float) -> tuple[float, float]:
        """The peak since the last reading, and what a meter shows for it; in dBFS."""
        loudest, self._loudest = self._loudest, SILENCE
        fallen = SILENCE if self._at is None else self._shown - FALL * (now - self._at)
        self._at, self._shown = now, max(loudest, fallen, SILENCE)
        return loudest, self._shown


class Ring:
    """Sound on its way from who decodes it to who plays it, each in a thread of their own."""

    def __init__(self) -> None:
        self._blocks: deque[bytes] = deque()
        self._bytes = 0
        self._most = 0
        self._lock = threading.Condition()

    def push(self, samples: bytes, due: float) -> None:
        """``due``: in how many s it is to be heard. If nothing waits before it, silence is put there until then."""
        with self._lock:
            if self._bytes == 0:
                ahead = round(min(max(due, 0.0), MOST_AHEAD) * RATE) * FRAME
                self._most = ahead + round(SLACK * RATE) * FRAME
                self._put(bytes(ahead))
            self._put(samples)
            while self._bytes > self._most + len(samples):
                self._bytes -= len(self._blocks.popleft())
            self._lock.notify()

    def _put(self, block: bytes) -> None:
        if block:
            self._blocks.append(block)
            self._bytes += len(block)

    def pull(self, count: int, patience: float) -> bytes:
        """``count`` bytes; what is not there within ``patience`` s is silence."""
        parts: list[bytes] = []
        missing = count
        with self._lock:
            if not self._blocks:
                self._lock.wait(patience)
            while missing and self._blocks:
                block = self._blocks.popleft()
                parts.append(block[:missing])
                if len(block) > missing:
                    self._blocks.appendleft(block[missing:])
                missing -= len(parts[-1])
            self._bytes -= count - missing
        return b"".join(parts) + bytes(missing)

    def clear(self) -> None:
        with self._lock:
            self._blocks.clear()
            self._bytes = 0


class Headphones:
    """Plays one stream's sound at a time. All that PortAudio may take its time for is done in a thread of its own."""

    def __init__(self, say: Callable[[NotHeard], None]) -> None:
        """``say`` is called in that thread."""
        self.stream: int | None = None
        """Whose sound is wanted."""
        self._say = say
        self._ring = Ring()
        self._wanted: queue.SimpleQueue[_Wanted | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def listen(self, stream: int | None, device: str = "") -> None:
        """Plays ``stream`` on ``device`` from now on (the system's usual one if empty), or nothing."""
        self.stream = stream
        self._ring.clear()
        if self._thread is None and stream is not None:
            self._thread = threading.Thread(target=self._run, name="headphones", daemon=True)
            self._thread.start()
        if self._thread is not None:
            self._wanted.put(_Wanted(stream, device))

    def hear(self, stream: int, samples: bytes, due: float) -> None:
        """Sound of ``stream``, from any thread; nothing becomes of what nobody listens to."""
        if stream == self.stream:
            self._ring.push(samples, due)

    def close(self, patience: float = 0.3) -> None:
        self.stream = None
        if self._thread is not None:
            self._wanted.put(None)
            self._thread.join(patience)

    # --- in its thread

    def _run(self) -> None:
        output: _Output | None = None
        stream = -1
        while (wanted := self._next(output)) is not None:
            try:
                if isinstance(wanted, _Wanted):
                    stream = stream if wanted.stream is None else wanted.stream
                    output = _opened(output, wanted)
                else:
                    wanted.write(self._ring.pull(BLOCK * FRAME, BLOCK / RATE))
            except _Trouble as trouble:
                # Closing it twice does no harm.
                _close(output)
                output = None
                self._say(NotHeard(stream, trouble.code))
        _close(output)

    def _next(self, output: _Output | None) -> _Wanted | _Output | None:
        """What is wanted next, else the output to go on with; None: to end."""
        if output is None:
            return self._wanted.get()
        with contextlib.suppress(queue.Empty):
            return self._wanted.get_nowait()
        return output


class _Wanted(NamedTuple):
    stream: int | None
    device: str


class _Trouble(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Output:
    """An open sound device."""

    def __init__(self, device: str) -> None:
        """Raises _Trouble."""
        self.device = device
        portaudio = _portaudio()
        names = _names(portaudio)
        if not names or (device and device not in names):
            raise _Trouble(reasons.NO_OUTPUT)
        try:
            self._stream = portaudio.RawOutputStream(
                samplerate=RATE, channels=CHANNELS, dtype="int16", device=names[device] if device else None
            )
            self._stream.start()
        except (portaudio.PortAudioError, ValueError, OSError):
            raise _Trouble(reasons.OUTPUT_FAILED) from None
        self._error = portaudio.PortAudioError

    def write(self, block: bytes) -> None:
        """Waits until the device has room for it. Raises _Trouble if the device is gone."""
        try:
            self._stream.write(block)
        except self._error:
            raise _Trouble(reasons.OUTPUT_FAILED) from None

    def close(self) -> None:
        with contextlib.suppress(self._error):
            self._stream.abort()
        with contextlib.suppress(self._error):
            self._stream.close()


def _opened(output: _Output | None, wanted: _Wanted) -> _Output | None:
    """The device open that is wanted; None if none is. Raises _Trouble, having closed the one before."""
    if output is not None and wanted.stream is not None and output.device == wanted.device:
        return output
    _close(output)
    if wanted.stream is None:
        return None
    _look_again(_portaudio())
    return _Output(wanted.device)


def _close(output: _Output | None) -> None:
    if output is not None:
        output.close()


def outputs() -> tuple[str, ...]:
    """The names of what sound can be played on; none where PortAudio is missing. May take seconds, or hang with it."""
    try:
        return tuple(_names(_portaudio()))
    except _Trouble:
        return ()


def _portaudio() -> Any:
    """The package sounddevice, once it has found PortAudio; imported only when somebody wants to listen."""
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError):
        raise _Trouble(reasons.NO_PORTAUDIO) from None


def _look_again(portaudio: Any) -> None:
    """PortAudio knows only the devices that were there when it began; nothing may be open meanwhile."""
    try:
        portaudio._terminate()
        portaudio._initialize()
    except portaudio.PortAudioError:
        raise _Trouble(reasons.OUTPUT_FAILED) from None


def _names(portaudio: Any) -> dict[str, int]:
    """Number by name of what sound can be played on; where several systems offer a device, the first one's."""
    names: dict[str, int] = {}
    try:
        for number, device in enumerate(portaudio.query_devices()):
            if device["max_output_channels"] >= CHANNELS:
                names.setdefault(device["name"], number)
    except portaudio.PortAudioError:
        raise _Trouble(reasons.OUTPUT_FAILED) from None
    return names


if __name__ == "__main__":
    # Asked in a process of its own: see ``outputs``.
    sys.stdout.write(json.dumps(outputs()))

"""A short tone for alarms, on the machine's usual sound device. Made here: two falling notes, half a second in all."""

from __future__ import annotations

import importlib
import math
import threading
from array import array
from typing import Any

from studio_console.core.text import Text

RATE = 44_100
NOTES = ((880.0, 0.16), (660.0, 0.26))
"""Hertz and seconds."""
LOUDNESS = 0.35
FADE = 0.012
"""Seconds in which each note comes and goes: without, it would click."""
PATIENCE = 1.0

NO_DEVICE = Text(
    "알림 소리를 낼 장치가 없습니다. 시스템의 소리 출력을 확인하세요",
    "No device plays the alarm sound: see the sound output of this computer",
)


class Chime:
    """Meets core.ports.Chime. What the sound system may take its time for is done in a thread of its own."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self.not_heard: Text | None = None

    def ring(self) -> None:
        """Nobody waits for it. While one still sounds, or its device hangs, there is no second one."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._thread = threading.Thread(target=self._play, name="chime", daemon=True)
        self._thread.start()

    def close(self) -> None:
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _play(self) -> None:
        try:
            # Imported only where somebody wants to hear it: it looks for PortAudio.
            portaudio: Any = importlib.import_module("sounddevice")
        except (ImportError, OSError):
            self.not_heard = NO_DEVICE
            return
        try:
            with portaudio.RawOutputStream(samplerate=RATE, channels=1, dtype="int16") as stream:
                stream.write(tone())
        except (portaudio.PortAudioError, ValueError, OSError):
            self.not_heard = NO_DEVICE
        else:
            self.not_heard = None


def tone() -> bytes:
    """The samples, 16 bit, one channel."""
    samples = array("h")
    for hertz, seconds in NOTES:
        count = round(seconds * RATE)
        edge = FADE * RATE
        for at in range(count):
            fade = min(1.0, at / edge, (count - at) / edge)
            samples.append(round(32_767 * LOUDNESS * fade * math.sin(2 * math.pi * hertz * at / RATE)))
    return samples.tobytes()

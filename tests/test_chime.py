"""The tone for alarms: short, without a click, on the usual device; where there is none, that is said."""

from __future__ import annotations

import sys
from array import array
from itertools import pairwise
from types import ModuleType

import pytest

from studio_console.devices import chime
from studio_console.devices.chime import NO_DEVICE, RATE, Chime, tone
from tests.waiting import wait_until


class Device(ModuleType):
    """Stands for sounddevice: keeps what is played, or has no device."""

    class PortAudioError(Exception):
        pass

    def __init__(self, broken: bool = False) -> None:
        super().__init__("sounddevice")
        self.played: list[bytes] = []
        self.broken = broken

    def RawOutputStream(self, **wanted: object) -> Device:
        assert wanted == {"samplerate": RATE, "channels": 1, "dtype": "int16"}
        if self.broken:
            raise self.PortAudioError
        return self

    def __enter__(self) -> Device:
        return self

    def __exit__(self, *error: object) -> None: ...

    def write(self, samples: bytes) -> None:
        self.played.append(samples)


def test_it_is_half_a_second_and_begins_and_ends_in_silence() -> None:
    samples = array("h", tone())
    assert 0.3 < len(samples) / RATE < 0.6
    assert abs(samples[0]) < 50
    assert abs(samples[-1]) < 1_200
    assert 8_000 < max(samples) < 20_000, "loud enough, and far from clipping"
    steps = [abs(one - other) for one, other in pairwise(samples)]
    assert max(steps) < 2_500, "a jump would be heard as a click"


def test_it_is_played_and_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device()
    monkeypatch.setitem(sys.modules, "sounddevice", device)
    bell = Chime()
    bell.ring()
    wait_until(lambda: device.played)
    bell.close()
    assert device.played == [tone()]
    assert bell.not_heard is None


def test_without_a_device_it_says_so_and_heals(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device(broken=True)
    monkeypatch.setitem(sys.modules, "sounddevice", device)
    bell = Chime()
    bell.ring()
    wait_until(lambda: bell.not_heard)
    assert bell.not_heard is NO_DEVICE
    bell.close()
    device.broken = False
    bell.ring()
    wait_until(lambda: device.played)
    bell.close()
    assert bell.not_heard is None


def test_without_portaudio_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ModuleType:
        raise OSError("PortAudio library not found")

    monkeypatch.setattr(chime.importlib, "import_module", missing)
    bell = Chime()
    bell.ring()
    wait_until(lambda: bell.not_heard)
    bell.close()


def test_one_that_never_rang_can_be_closed() -> None:
    Chime().close()

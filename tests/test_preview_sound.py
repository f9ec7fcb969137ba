"""A guest's sound is measured as it is, and reaches the headphones: a real PortAudio plays it into a file of ALSA."""

from __future__ import annotations

import json
import math
import os
import queue
import subprocess
import sys
from array import array
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from studio_console.core.reports import Signal
from studio_console.devices.previews import reasons, sound
from studio_console.devices.previews.memory import SILENCE
from studio_console.devices.previews.player import FRAME, RATE
from studio_console.devices.previews.protocol import Listen, NotHeard
from studio_console.devices.previews.sound import MOST_AHEAD, SLACK, Headphones, Meter, Ring, peak
from tests.preview_worker import WALL, encode, worker
from tests.waiting import PATIENCE, wait_until

CLOSE = replace(WALL, sound=True, fps=25)


def tone(count: int, amplitude: float, channel_of_two: int = 0) -> bytes:
    samples = array("h", bytes(4 * count))
    for moment in range(count):
        samples[2 * moment + channel_of_two] = round(32767 * amplitude * math.sin(moment / 10))
    return samples.tobytes()


# --- measuring -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("amplitude", [1.0, 0.5, 0.1, 0.001])
@pytest.mark.parametrize("channel", [0, 1])
def test_the_peak_is_that_of_the_louder_channel(amplitude: float, channel: int) -> None:
    assert peak(tone(2000, amplitude, channel)) == pytest.approx(20 * math.log10(amplitude), abs=0.3)


@pytest.mark.parametrize("samples", [b"", b"\0", bytes(4000)])
def test_nothing_is_silence(samples: bytes) -> None:
    assert peak(samples) == SILENCE


def test_the_deepest_sample_is_full_scale() -> None:
    assert peak(array("h", [-32768]).tobytes()) == 0


def test_the_needle_rises_at_once_and_falls_slowly() -> None:
    """20 dB in 1.7 s; and what is judged is what was heard since, not the needle."""
    meter = Meter()
    assert meter.read(0.0) == (SILENCE, SILENCE)
    meter.heard(-30)
    meter.heard(-10)
    meter.heard(-50)
    assert meter.read(1.0) == (-10, -10)
    heard, shown = meter.read(2.7)
    assert heard == SILENCE
    assert shown == pytest.approx(-30)
    assert meter.read(100)[1] == SILENCE


# --- on its way -------------------------------------------------------------------------------------------------


def test_the_ring_gives_what_it_was_given_in_other_portions() -> None:
    ring = Ring()
    data = bytes(range(1, 241)) * 4
    for begin in range(0, len(data), 96):
        ring.push(data[begin : begin + 96], 0)
    out = b"".join(ring.pull(64, 0) for _ in range(len(data) // 64))
    assert out == data
    assert ring.pull(64, 0) == bytes(64)


def test_sound_is_heard_when_it_is_due() -> None:
    """It comes ahead of its picture, by as much as the stream is held back."""
    ring = Ring()
    ring.push(b"\1" * FRAME, 0.3)
    assert ring.pull(round(0.3 * RATE) * FRAME, 0) == bytes(round(0.3 * RATE) * FRAME)
    assert ring.pull(FRAME, 0) == b"\1" * FRAME
    ring.push(b"\1" * FRAME, -5)
    assert ring.pull(FRAME, 0) == b"\1" * FRAME


def test_a_clock_that_runs_faster_does_not_add_up() -> None:
    """An hour of a device that plays too slowly: the oldest is left out, and no more than a moment is waiting."""
    ring = Ring()
    block = b"\1" * (1000 * FRAME)
    for _ in range(5000):
        ring.push(block, 99)
        ring.pull(990 * FRAME, 0)
    waiting = 0
    while any(ring.pull(1000 * FRAME, 0)):
        waiting += 1000
    assert waiting <= (MOST_AHEAD + SLACK) * RATE + 2000


# --- PortAudio -------------------------------------------------------------------------------------------------


@pytest.fixture
def alsa(tmp_path: Path) -> Mapping[str, str]:
    """A sound system with a device that plays into a file, for programs started with this environment."""
    if sys.platform != "linux":
        pytest.skip("ALSA is Linux's")
    (tmp_path / "alsa.conf").write_text(
        f"""
        pcm.!default {{ type plug slave.pcm "tofile" }}
        pcm.tofile {{ type file slave.pcm "void" file "{tmp_path}/heard.raw" format "raw" hint {{ show on }} }}
        pcm.void {{ type null }}
        """
    )
    return {**os.environ, "ALSA_CONFIG_PATH": str(tmp_path / "alsa.conf")}


def heard(folder: Path) -> array[int]:
    path = folder / "heard.raw"
    data = path.read_bytes() if path.exists() else b""
    return array("h", data[: len(data) // FRAME * FRAME])


def test_the_devices_are_listed(alsa: Mapping[str, str]) -> None:
    """In a process of its own, as JSON."""
    command = [sys.executable, "-m", "studio_console.devices.previews.sound"]
    done = subprocess.run(command, env=alsa, capture_output=True, timeout=30, check=True)
    assert {"tofile", "default"} <= set(json.loads(done.stdout))


@pytest.mark.parametrize("device", ["", "tofile"])
def test_a_guest_is_heard_on_the_headphones_until_nobody_listens(
    alsa: Mapping[str, str], tmp_path: Path, device: str
) -> None:
    """Their tone arrives as it was made, at its own pitch, and stops."""
    with worker(CLOSE, environment=alsa) as real:
        real.play("Seoul", 0, job=1, kind="drawn", sound=True)
        real.play("Busan", 1, job=2, kind="drawn", sound=True)
        real.report(Signal.LIVE, job=1)
        assert not (tmp_path / "heard.raw").exists()
        real.order(Listen(0, device))
        real.until(lambda: sum(map(abs, heard(tmp_path)[-20_000:])) > 1_000_000, "sound")
        real.until(lambda: len(heard(tmp_path)) > 2 * RATE, "a second of it")
        real.order(Listen(None))

        def stands() -> bool:
            """What was on its way is over: nothing is added while pictures go on."""
            length = len(heard(tmp_path))
            real.new_pictures(10)
            return len(heard(tmp_path)) == length

        wait_until(stands)
        assert not [said for said in real.said if isinstance(said, NotHeard)]
    left = heard(tmp_path)[0::2]
    loud = [sample for sample in left if sample]
    assert peak(array("h", loud).tobytes()) == pytest.approx(-10, abs=3)
    ups = sum(1 for before, after in pairwise(loud) if before < 0 <= after)
    assert 200 < ups * RATE / len(loud) < 480


def test_a_stream_is_measured_and_heard_as_it_was_sent(alsa: Mapping[str, str], tmp_path: Path) -> None:
    """Through VLC: a tone of -15 dBFS; nothing where no sound was asked for, silence where there is none."""
    loud = encode(tmp_path / "loud.ts", "320x180")
    mute = encode(tmp_path / "mute.mp4", "320x180", "-an")
    with worker(replace(CLOSE, frozen_after=1500, silent_after=2500), environment=alsa) as real:
        real.play(loud, 0, job=1, sound=True)
        real.play(loud, 1, job=2, sound=False)
        real.play(mute, 2, job=3, sound=True)
        real.until(lambda: abs(real.header(0).level + 15) < 1.5, "its level")
        real.report(Signal.LIVE, job=2)
        assert math.isnan(real.header(1).level)
        real.order(Listen(0, "tofile"))
        real.until(lambda: len(heard(tmp_path)) > 4 * RATE, "two seconds of it")
        assert real.report(Signal.SILENT, job=3).ago_ms >= 2500
        assert real.header(2).level == SILENCE
        assert Signal.SILENT not in [report.signal for report in real.reports(1)]
    sounding = [sample for sample in heard(tmp_path)[0::2] if sample]
    assert peak(array("h", sounding).tobytes()) == pytest.approx(-15, abs=1.5)
    ups = sum(1 for before, after in pairwise(sounding) if before < 0 <= after)
    assert ups * RATE / len(sounding) == pytest.approx(440, rel=0.1)


def test_a_device_that_is_not_there_is_said(alsa: Mapping[str, str]) -> None:
    """And the right one plays afterwards."""
    with worker(CLOSE, environment=alsa) as real:
        real.play("Seoul", kind="drawn", sound=True)
        real.order(Listen(0, "Unplugged"))
        assert real.heard(NotHeard) == NotHeard(0, reasons.NO_OUTPUT)
        real.order(Listen(0, "tofile"))
        real.report(Signal.LIVE)
        real.new_pictures(5)
        assert [said for said in real.said if isinstance(said, NotHeard)] == [NotHeard(0, reasons.NO_OUTPUT)]


def test_without_portaudio_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is missing; listening is the only thing that does not work."""
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    said: queue.SimpleQueue[NotHeard] = queue.SimpleQueue()
    headphones = Headphones(said.put)
    headphones.listen(2)
    assert said.get(timeout=PATIENCE) == NotHeard(2, reasons.NO_PORTAUDIO)
    headphones.hear(2, bytes(400), 0)
    headphones.listen(None)
    headphones.close(5)
    assert sound.outputs() == ()

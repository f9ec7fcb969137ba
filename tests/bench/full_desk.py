"""The whole desk on a screen: how late its thread is, how soon a key is seen, and whether a take waits for any of it.

Three real OBS, their small pictures ten times a second, 42 live guests in real VLC, levels and figures; the desk in a
process of its own on Xvfb.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from studio_console.core.rundown import StreamPreview
from tests.bench.bare import BareClient
from tests.bench.feeds import GUESTS, guests, pause, sent
from tests.bench.full_desk_probe import as_json
from tests.bench.observer import Observer
from tests.bench.progress import steps
from tests.bench.result import Result, at_most, not_measured, percentile
from tests.bench.takes import CANVAS, SCENES, WARM_UP, Pause
from tests.bench.window import screen_of_its_own
from tests.real_obs import PASSWORD, start_real_obs

STALL_LIMIT, KEY_LIMIT, TAKE_LIMIT = 20.0, 50.0, 1.5
"""ms; ms; of the medians."""
SECONDS = float(os.environ.get("FULL_DESK_SECONDS", "30"))
KEYS = int(os.environ.get("FULL_DESK_KEYS", "100"))
TAKES = int(os.environ.get("FULL_DESK_TAKES", "100"))
"""Fewer of each for a trial."""
HERE = Path(__file__).parents[2]
BETWEEN = 0.3
"""Seconds from one key to the next, and a little more each time: not always at the same point of anything."""
FRESH = 1.0
"""Seconds. A surface's picture that was older at the end was not seen all the while."""


class Probe:
    """The desk's process."""

    def __init__(self, screen: dict[str, str], streams: list[str], urls: list[str]) -> None:
        command = [sys.executable, "-m", "tests.bench.full_desk_probe", ",".join(streams), *urls]
        environment = {**os.environ, **screen}
        self._process = subprocess.Popen(
            command, cwd=HERE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            self._answer()
        except BaseException:
            self.close()
            raise

    def ask(self, order: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return as_json(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=30)


@contextmanager
def full_desk() -> Iterator[tuple[Probe, list[BareClient], list[Observer]]]:
    """The desk, and at each of its OBS a bare client and an observer."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ.setdefault("LP_NUM_THREADS", "1")
        screen = stack.enter_context(screen_of_its_own())
        if screen["QT_QPA_PLATFORM"] != "xcb":
            raise RuntimeError("there is no Xvfb: a desk that nobody could see is not measured")
        instances = [
            stack.enter_context(start_real_obs(folder / f"obs-{number}", canvas=CANVAS)) for number in range(3)
        ]
        bares = [stack.enter_context(closing(BareClient(obs.url, PASSWORD))) for obs in instances]
        for bare in bares:
            bare.make_scenes(SCENES)
            bare.send("SetCurrentProgramScene", sceneName=SCENES[2])
            bare.see_take(ours=True)
        observers = [stack.enter_context(closing(Observer(obs))) for obs in instances]
        sources = stack.enter_context(sent(guests()))
        streams = [source.url for source in sources.values() if isinstance(source, StreamPreview)]
        probe = stack.enter_context(closing(Probe(screen, streams, [obs.url for obs in instances])))
        yield probe, bares, observers


def measure_desk_stall() -> list[Result]:
    """A timer of the window's thread, and how late it comes."""
    with full_desk() as (probe, _, _):
        report = probe.ask(f"stall {SECONDS}")
    late = report["late"]
    result = at_most("desk-stall", percentile(late, 0.99), "ms", STALL_LIMIT)
    ages = ", ".join(f"{age:.2f}" for age in report["ages"])
    note = f"median {statistics.median(late):.1f}, longest {max(late):.0f} ms in {SECONDS:g} s; "
    note += f"{report['seen']} tiles seen, pictures of three OBS {ages} s old at the end"
    whole = report["seen"] == GUESTS and max(report["ages"]) <= FRESH
    return [replace(result, holds=result.holds and whole, note=note)]


def measure_key_to_screen() -> list[Result]:
    """From the key at the X server to the desk's picture in which the cue is taken."""
    took: list[float] = []
    with full_desk() as (probe, bares, _), steps("key-to-screen", KEYS) as step:
        for number in range(KEYS + WARM_UP):
            pause(BETWEEN + number % 10 * 0.013)
            answer = probe.ask("key")
            for bare in bares:
                bare.see_take(ours=False)
            if answer["key"] is None:
                return [not_measured("key-to-screen", "ms", KEY_LIMIT, f"key {number} was not seen within 5 s")]
            if number >= WARM_UP:
                took.append(answer["key"])
                step()
    note = f"{KEYS} keys; median {statistics.median(took):.1f}, longest {max(took):.1f} ms"
    return [at_most("key-to-screen", percentile(took, 0.99), "ms", KEY_LIMIT, note)]


def measure_take_full_desk() -> list[Result]:
    """GO at the desk, in turn with a bare client at each of the same OBS, timed at the first one."""
    console: list[float] = []
    alone: list[float] = []
    with full_desk() as (probe, bares, observers), steps("take-full-desk", TAKES) as step:
        rest = Pause()
        for number in range(TAKES + WARM_UP):
            point = rest.point()
            rest.wait(point, 0.1)
            began = probe.ask("go")["go"]
            for bare in bares:
                bare.see_take(ours=False)
            ours = _first(observers) - began
            rest.wait(point, 0.1)
            began = time.monotonic()
            for bare in bares:
                bare.send("SetCurrentProgramScene", sceneName=SCENES[(2 * number + 1) % 3])
            for bare in bares:
                bare.see_take(ours=True)
            theirs = _first(observers) - began
            if number >= WARM_UP:
                console.append(ours * 1e3)
                alone.append(theirs * 1e3)
                step()
    value, baseline = statistics.median(console), statistics.median(alone)
    ratio = value / baseline
    note = f"{TAKES} takes each; p99 {percentile(console, 0.99):.1f} and {percentile(alone, 0.99):.1f} ms"
    return [Result("take-full-desk", value, "ms", TAKE_LIMIT, ratio <= TAKE_LIMIT, baseline, ratio, note)]


def _first(observers: Sequence[Observer]) -> float:
    """When the first OBS began its transition; the others' are read too, so that the next one is the next one."""
    came = [observer.next() for observer in observers]
    return came[0]

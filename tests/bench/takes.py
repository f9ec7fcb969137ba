"""How long a GO takes to reach the air of a real OBS, against a bare client; and how far two OBS are apart.

The two take turns on the same OBS in the same run, each from scene to scene in the same circle, and both are timed by
the same observer, a process that does nothing else.
"""

from __future__ import annotations

import itertools
import math
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from studio_console.cli import SWITCH_INTERVAL
from studio_console.core.events import RundownLoaded
from studio_console.core.presses import GoPressed
from studio_console.core.show import Show
from studio_console.core.studio import Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import CueId, Duration, PressId, SceneName, SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.bench.bare import BareClient
from tests.bench.observer import Observer
from tests.bench.progress import steps
from tests.bench.result import Result, at_most, percentile
from tests.real_obs import PASSWORD, RealObs, start_real_obs
from tests.runtime_builders import Screen, a_day, on_air, running

TAKES, WARM_UP = 400, 10
"""Of each kind; what is left out of the count before."""
RATIO_LIMIT, P99_LIMIT, TWO_LIMIT = 1.2, 5.0, 33.0
"""Of the medians; ms; ms (one frame at 30 a second)."""
CANVAS = (640, 360)
"""Small: where the processor draws, two large pictures would be what is measured. 30 frames a second all the same."""
FRAME = 1 / 30
"""Seconds."""
SCENES = tuple(SceneName(f"bench {letter}") for letter in "ABC")


def measure_take() -> list[Result]:
    with (
        studio(1, 2 * (TAKES + WARM_UP)) as (engine, screen, (bare,), (observer,)),
        steps("take", TAKES) as step,
    ):
        console: list[float] = []
        alone: list[float] = []
        pause = Pause()
        for number in range(TAKES + WARM_UP):
            # Scene 0, 1, 2, 0 …: the console takes every other one, the bare client those between.
            point = pause.point()
            pause.wait(point)
            began = time.monotonic()
            engine.post(GoPressed(cue_id(number), PressId(f"press {number}")))
            bare.see_take(ours=False)
            console.append(observer.next() - began)
            screen.wait_for(on_air(cue_id(number)))
            pause.wait(point)
            began = time.monotonic()
            bare.send("SetCurrentProgramScene", sceneName=SCENES[(2 * number + 1) % 3])
            bare.see_take(ours=True)
            alone.append(observer.next() - began)
            if number >= WARM_UP:
                step()
    ours = [seconds * 1e3 for seconds in console[WARM_UP:]]
    theirs = [seconds * 1e3 for seconds in alone[WARM_UP:]]
    value, baseline = statistics.median(ours), statistics.median(theirs)
    ratio = value / baseline
    tail, tail_alone = percentile(ours, 0.99), percentile(theirs, 0.99)
    apart = tail - tail_alone
    note = f"p99 {tail:.1f} and {tail_alone:.1f} ms"
    return [
        Result("take", value, "ms", RATIO_LIMIT, ratio <= RATIO_LIMIT, baseline, ratio, f"{TAKES} takes each; {note}"),
        replace(
            at_most("take-p99", apart, "ms", P99_LIMIT, f"{note}; the limit is for what is between"),
            baseline=tail_alone,
        ),
    ]


def measure_take_two() -> list[Result]:
    with (
        studio(2, 2 * (TAKES + WARM_UP)) as (engine, screen, bares, observers),
        steps("take-two", TAKES) as step,
    ):
        console: list[float] = []
        alone: list[float] = []
        pause = Pause()
        for number in range(TAKES + WARM_UP):
            point = pause.point()
            pause.wait(point)
            engine.post(GoPressed(cue_id(number), PressId(f"press {number}")))
            for bare in bares:
                bare.see_take(ours=False)
            console.append(apart(observers))
            screen.wait_for(confirmed_everywhere(cue_id(number)))
            pause.wait(point)
            for bare in bares:
                bare.send("SetCurrentProgramScene", sceneName=SCENES[(2 * number + 1) % 3])
            for bare in bares:
                bare.see_take(ours=True)
            alone.append(apart(observers))
            if number >= WARM_UP:
                step()
    ours, theirs = ([ms * 1e3 for ms in each[WARM_UP:]] for each in (console, alone))
    value, baseline = percentile(ours, 0.99), percentile(theirs, 0.99)
    note = f"{TAKES} takes; medians {statistics.median(ours):.1f} and, bare, {statistics.median(theirs):.1f} ms"
    return [replace(at_most("take-two", value, "ms", TWO_LIMIT, note), baseline=baseline, ratio=value / baseline)]


def console_takes(
    engine: Engine, screen: Screen, bare: BareClient, observer: Observer, count: int, step: Callable[[], None]
) -> Callable[[int], list[float]]:
    """A function that has the console make so many takes and says how many ms each took; ``count`` in all.

    The first few of each call do not count.
    """
    pause, numbers = Pause(), iter(range(count))

    def measure(some: int) -> list[float]:
        found = []
        for number in itertools.islice(numbers, some + WARM_UP):
            pause.wait(pause.point())
            began = time.monotonic()
            engine.post(GoPressed(cue_id(number), PressId(f"press {number}")))
            bare.see_take(ours=False)
            found.append((observer.next() - began) * 1e3)
            screen.wait_for(on_air(cue_id(number)))
            # The cues go round by two of three scenes; the one between is the bare client's.
            bare.send("SetCurrentProgramScene", sceneName=SCENES[(2 * number + 1) % 3])
            bare.see_take(ours=True)
            observer.next()
            step()
        return found[WARM_UP:]

    return measure


def apart(observers: Sequence[Observer]) -> float:
    came = [observer.next() for observer in observers]
    return max(came) - min(came)


class Pause:
    """Between takes, each pair of them at another point of OBS's frame.

    Most of a take's time is what is left of the frame that OBS is drawing: only at the same point of it can the
    console and the bare client be compared by less than a thousand takes.
    """

    def __init__(self) -> None:
        self._chance = random.Random(30)
        self._never = threading.Event()
        self._began = time.monotonic()

    def point(self) -> float:
        """Any point of a frame, in seconds."""
        return self._chance.uniform(0, FRAME)

    def wait(self, point: float, least: float = 0.02) -> None:
        """Until that point of a frame, ``least`` seconds from now or later."""
        frames = math.ceil((time.monotonic() + least - self._began - point) / FRAME)
        self._never.wait(self._began + frames * FRAME + point - time.monotonic())


def confirmed_everywhere(cue: CueId) -> Callable[[Show], bool]:
    on_any = on_air(cue)
    return lambda show: on_any(show) and show.on_air is not None and not show.on_air.open_surfaces


def cue_id(number: int) -> CueId:
    return CueId(f"c{number}")


@contextmanager
def studio(
    count: int,
    cues: int,
    furnish: Callable[[BareClient, Path], None] = lambda bare, folder: None,
    dress: Callable[[RundownLoaded], RundownLoaded] = lambda rundown: rundown,
) -> Iterator[tuple[Engine, Screen, list[BareClient], list[Observer]]]:
    """So many real OBS, the console's own engine, journal and drivers on them, and a bare client at each.

    ``furnish`` puts into each OBS what its scenes have beside a colour, ``dress`` puts it into the rundown.
    """
    with ExitStack() as stack:
        # As the program has it.
        stack.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(SWITCH_INTERVAL)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # Drawn by the processor, two OBS would otherwise fight for its cores with as many threads each as there are.
        os.environ.setdefault("LP_NUM_THREADS", "1")
        instances = [
            stack.enter_context(start_real_obs(folder / f"obs-{number}", canvas=CANVAS)) for number in range(count)
        ]
        bares = [stack.enter_context(closing(BareClient(obs.url, PASSWORD))) for obs in instances]
        for bare in bares:
            bare.make_scenes(SCENES)
            furnish(bare, folder)
            bare.send("SetCurrentProgramScene", sceneName=SCENES[2])
            bare.see_take(ours=True)
        observers = [stack.enter_context(closing(Observer(obs))) for obs in instances]
        surfaces = [_surface(number, obs) for number, obs in enumerate(instances)]
        drivers = drivers_for(surfaces, {}, lambda _: PASSWORD)
        journal = stack.enter_context(closing(Journal(folder / "bench.journal")))
        rundown = dress(_rundown(cues, [surface.id for surface in surfaces]))
        engine, screen = stack.enter_context(running(SystemClock(), journal, drivers, rundown))
        screen.wait_for(lambda show: show.day and all(state.connected for state in show.surfaces.values()))
        yield engine, screen, bares, observers


def _surface(number: int, obs: RealObs | BareClient) -> Surface:
    return Surface(SurfaceId(f"surface-{number}"), same(f"{number}"), Role.PROGRAM, Size(*CANVAS), 30, obs.url)


def _rundown(cues: int, surfaces: Sequence[SurfaceId]) -> RundownLoaded:
    day = a_day(cues)
    circle = itertools.cycle([SCENES[0], SCENES[2], SCENES[1]])
    scenes = {cue.id: dict.fromkeys(surfaces, scene) for cue, scene in zip(day.cues, circle, strict=False)}
    return RundownLoaded(day, scenes, tuple(surfaces), Duration(0), Duration(5_000))

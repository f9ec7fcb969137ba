"""Whether a take waits for the pictures, levels and figures by which a real OBS is watched, and looked at closely.

So is an input of what comes, as the desk looks at a camera before it is on air.
"""

from __future__ import annotations

import statistics
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from studio_console.core.ports import Picture
from studio_console.core.studio import DeadAirRules
from studio_console.devices.watching.watch import Watches
from tests.bench import takes
from tests.bench.progress import steps
from tests.bench.result import Result, percentile
from tests.real_obs import PASSWORD

TAKES = 100
"""Twice without before and after, and twice as many with: what changes in the machine meanwhile is in both."""
SEEN = 20
"""Pictures at least that were different from the one before: it was watched indeed."""
LIMIT = 1.2
"""Of the medians."""
ASK_EVERY = 0.1
"""Seconds: as a window does that shows it."""


def measure_take_with_pictures() -> list[Result]:
    count = 4 * TAKES + 3 * takes.WARM_UP
    with (
        takes.studio(1, count) as (engine, screen, (bare,), (observer,)),
        steps("take-with-pictures", count) as step,
    ):
        surface = takes._surface(0, bare)
        measure = takes.console_takes(engine, screen, bare, observer, count, step)
        without = measure(TAKES)
        watches = Watches([surface], lambda _: PASSWORD, DeadAirRules())
        with closing(watches):
            watches.look_closely(frozenset((surface.id,)))
            watches.start(engine.post)
            screen.wait_for(lambda show: surface.id in show.measures and watches.surface_picture(surface.id))
            with asked(lambda: watches.input_picture(surface.id, f"{takes.SCENES[0]} ground")) as seen:
                beside = measure(2 * TAKES)
            picture = watches.surface_picture(surface.id)
            pictures = picture.sequence if picture is not None else 0
        without += measure(TAKES)
    value, baseline = statistics.median(beside), statistics.median(without)
    ratio = value / baseline
    note = f"{len(beside)} takes each; p99 {percentile(beside, 0.99):.1f} and {percentile(without, 0.99):.1f} ms; "
    note += f"{pictures} pictures meanwhile, and of an input {len(seen)} times one"
    holds = ratio <= LIMIT and pictures >= SEEN and len(seen) >= SEEN
    return [Result("take-with-pictures", value, "ms", LIMIT, holds, baseline, ratio, note)]


@contextmanager
def asked(picture: Callable[[], Picture | None]) -> Iterator[list[Picture]]:
    """Asks for ``picture`` all the while, in a thread of its own; what there was."""
    seen: list[Picture] = []
    over = threading.Event()

    def ask() -> None:
        while not over.wait(ASK_EVERY):
            if (found := picture()) is not None:
                seen.append(found)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()

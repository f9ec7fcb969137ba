"""Whether a take waits for the pictures, levels and figures by which a real OBS is watched, and looked at closely."""

from __future__ import annotations

import statistics
from contextlib import closing

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
            beside = measure(2 * TAKES)
            picture = watches.surface_picture(surface.id)
            pictures = picture.sequence if picture is not None else 0
        without += measure(TAKES)
    value, baseline = statistics.median(beside), statistics.median(without)
    ratio = value / baseline
    note = f"{len(beside)} takes each; p99 {percentile(beside, 0.99):.1f} and {percentile(without, 0.99):.1f} ms; "
    note += f"{pictures} pictures meanwhile"
    holds = ratio <= LIMIT and pictures >= SEEN
    return [Result("take-with-pictures", value, "ms", LIMIT, holds, baseline, ratio, note)]

"""What previews go without when the machine is full, and when a worker counts as hung. Pure, and never flapping.

The measure is how late the workers' own loops are, and how many of the pictures come: workers run at low priority, so
they are the first who miss out, and the window and the takes are not touched. The machine's load says when there is
room again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio_console.core.ports import Load

LATE_MS = 150.0
"""A loop that is so late misses pictures of a stream that has ten a second."""
IN_TIME_MS = 60.0
FULL_CPU = 97.0
FLUENT = 0.7
BUSY_CPU = 90.0
ROOM_CPU = 80.0
SHED_AFTER = {Load.FULL: 3.0, Load.FEWER: 8.0}
"""Seconds of pressure until the next step is taken: keyframes only costs every guest a reconnect."""
RELIEF = 10.0
RELIEF_AT_MOST = 160.0
RELAPSE = 30.0
"""Pressure again so soon after a step back means that it was taken too early: the next one waits twice as long."""

HUNG_AFTER = 0.6
"""Seconds without a sign of life after which a worker is replaced."""
UNHEARD_AFTER = 1.0
"""The same after which its pictures are said to stand, however much longer it is waited for."""
HUNG_AFTER_WHEN_FULL = 2.0
LOOP_HUNG_AFTER = 2.5
"""Seconds for which pictures may come from a worker whose loop is silent: nobody judges them meanwhile."""
OPENING = 6.0
"""Seconds that a worker may be silent which has just been told to play: opening a stream can take its time."""
START_AT_MOST = 15.0
"""The same for one that starts: it reads all of VLC. Nothing ever waits longer for a worker."""


@dataclass(frozen=True, slots=True)
class Pressure:
    """Memory of the load. Times are seconds of a monotonic clock."""

    load: Load = Load.FULL
    pressed_since: float | None = None
    eased_since: float | None = None
    relief: float = RELIEF
    restored_at: float = float("-inf")


def measured(before: Pressure, now: float, cpu: float, late_ms: float, fluency: float = 1.0) -> Pressure:
    """``cpu`` is the machine's load in per cent, ``late_ms`` what the workers' loops are typically late, ``fluency``
    the share of the pictures that come which should.

    A full machine whose workers are in time and whose pictures come is put to good use; one late loop may be a single
    hiccup, and pictures that do not come on a machine with room are the guests' own trouble.
    """
    pressed = late_ms >= LATE_MS or (cpu >= FULL_CPU and (late_ms >= IN_TIME_MS or fluency < FLUENT))
    eased = late_ms < IN_TIME_MS and cpu < ROOM_CPU
    pressed_since = (before.pressed_since if before.pressed_since is not None else now) if pressed else None
    eased_since = (before.eased_since if before.eased_since is not None else now) if eased else None
    after = replace(before, pressed_since=pressed_since, eased_since=eased_since)
    patience = SHED_AFTER.get(before.load)
    if pressed_since is not None and patience is not None and now - pressed_since >= patience:
        relapsed = now - before.restored_at < RELAPSE + patience
        relief = min(RELIEF_AT_MOST, before.relief * 2) if relapsed else before.relief
        return replace(after, load=Load(before.load + 1), pressed_since=now, relief=relief)
    if eased_since is not None and before.load > Load.FULL and now - eased_since >= before.relief:
        return replace(after, load=Load(before.load - 1), eased_since=now, restored_at=now)
    if eased_since is not None and before.load is Load.FULL and now - eased_since >= RELIEF_AT_MOST:
        return replace(after, relief=RELIEF)
    return after


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a worker may go without a word and without a picture, and how many without a word."""

    silent: float = HUNG_AFTER
    loop: float = LOOP_HUNG_AFTER


def patience(full: bool, opening: bool, hung_before: int) -> Patience:
    """With a worker. ``full``: the machine has no time to spare; ``opening``: it was just told to play something;
    ``hung_before``: so often a worker in the same place was given up lately. Each time it is twice as long: what gives
    up a slow worker only makes the machine slower.
    """
    silent = OPENING if opening else HUNG_AFTER_WHEN_FULL if full else HUNG_AFTER
    times = (2 if full and opening else 1) * 2**hung_before
    loop = max(silent, LOOP_HUNG_AFTER)
    return Patience(min(START_AT_MOST, silent * times), min(START_AT_MOST, loop * times))


def is_full(cpu: float, silent: int, workers: int) -> bool:
    """Whether it is rather the machine that is slow than a worker: so where half of them are silent at once."""
    return cpu >= BUSY_CPU or (workers >= 2 and silent >= 2 and silent * 2 >= workers)

"""The 2,000-cue day: reading its files, stepping through it, projecting it. What is judged is the median."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from studio_console.core.events import RundownLoaded, ShowEvent
from studio_console.core.picture import plan_day, scenes_by_cue
from studio_console.core.presses import GoPressed
from studio_console.core.reports import SceneSeen, Seen, SurfaceConnected
from studio_console.core.show import Show
from studio_console.core.step import step
from studio_console.core.timing import project
from studio_console.core.units import Duration, Instant, PressId, SurfaceId
from studio_console.files.load import Loaded, load
from tests.bench.result import Result, at_most
from tests.bench_event import write_event

CUES = 2_000
LOAD_LIMIT, STEP_LIMIT, PROJECT_LIMIT = 0.5, 50.0, 5.0
"""s, µs, ms."""
PASSES = 5


def measure_load() -> list[Result]:
    """Reading and checking all files, the disk's cache being warm."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_event(folder, CUES)
        seconds = []
        for _ in range(PASSES + 1):
            began = time.perf_counter()
            loaded = load(folder)
            seconds.append(time.perf_counter() - began)
            _must_be_whole(loaded)
    first, *later = seconds
    note = f"median of {PASSES}, {min(later):.2f} to {max(later):.2f} s; with nothing warm {first:.2f} s"
    return [at_most("load-2000", statistics.median(later), "s", LOAD_LIMIT, note)]


def measure_step() -> list[Result]:
    """GO and its first confirmation, at every cue; what is judged is the slower of the two, late in the day."""
    show, start = _the_day()
    passes = [_step_through(show, start) for _ in range(PASSES)]
    go, confirm = (statistics.median(each) for each in zip(*passes, strict=True))
    note = f"medians late in the day, of {PASSES} days: GO {go:.0f}, confirmation {confirm:.0f}; days " + ", ".join(
        f"{max(each):.0f}" for each in passes
    )
    return [at_most("step", max(go, confirm), "µs", STEP_LIMIT, note)]


def _step_through(show: Show, start: Instant) -> tuple[float, float]:
    """The medians, in µs, of GO and of the confirmation that brings the cue on air, in the day's last quarter."""
    go: list[float] = []
    confirm: list[float] = []
    for place, cue in enumerate(show.plan.cues):
        now = Instant(start + place * 20_000)
        press = PressId(f"press {place}")
        show, took = _timed(show, GoPressed(cue.id, press), now)
        go.append(took)
        assert show.taking is not None, f"GO of {cue.number} was refused"
        for number, (surface, scene) in enumerate(show.taking.wanted.items()):
            seen = SceneSeen(surface, scene, Seen.TRANSITION_STARTED, press)
            show, took = _timed(show, seen, Instant(now + 60 + number))
            if number == 0:
                confirm.append(took)
        assert show.on_air is not None
        assert show.on_air.cue.id == cue.id
    late = -CUES // 4
    return statistics.median(go[late:]), statistics.median(confirm[late:])


def measure_project() -> list[Result]:
    """All times of the day, before it, in its middle and at its end; the slowest of the three is judged."""
    show, start = _the_day()
    medians: list[float] = [_project_ms(show, Instant(start - 60_000))]
    for place, cue in enumerate(show.plan.cues):
        now = Instant(start + place * 20_000)
        show, _ = step(show, GoPressed(cue.id, PressId(f"press {place}")), now)
        assert show.taking is not None
        for surface, scene in show.taking.wanted.items():
            show, _ = step(show, SceneSeen(surface, scene, Seen.TRANSITION_STARTED), Instant(now + 60))
        if place in (CUES // 2, CUES - 2):
            medians.append(_project_ms(show, Instant(now + 5_000)))
    note = "medians before the day, in its middle and at its end: " + ", ".join(f"{value:.1f}" for value in medians)
    return [at_most("project-2000", max(medians), "ms", PROJECT_LIMIT, note)]


def _project_ms(show: Show, now: Instant) -> float:
    times = []
    for _ in range(20 * PASSES):
        began = time.perf_counter()
        rows = project(show, now).rows
        times.append((time.perf_counter() - began) * 1e3)
        assert len(rows) == CUES
    return statistics.median(times)


def _timed(show: Show, event: ShowEvent, now: Instant) -> tuple[Show, float]:
    began = time.perf_counter()
    after, _ = step(show, event, now)
    return after, (time.perf_counter() - began) * 1e6


def _the_day() -> tuple[Show, Instant]:
    """The day as the files give it, loaded and its surfaces connected; and its first planned start."""
    with tempfile.TemporaryDirectory() as name:
        write_event(Path(name), CUES)
        loaded = load(Path(name))
    _must_be_whole(loaded)
    assert loaded.event is not None
    assert loaded.studio is not None
    (day,) = loaded.event.days
    scenes = scenes_by_cue(plan_day(loaded.event, day, loaded.studio))
    surfaces = tuple(SurfaceId(surface) for surface in loaded.studio.surfaces)
    rundown = RundownLoaded(day, scenes, surfaces, Duration(0), Duration(2_000))
    show, _ = step(Show(), rundown, Instant(0))
    start = show.plan.start[0]
    for surface in surfaces:
        names = frozenset(wanted[surface] for wanted in scenes.values() if surface in wanted)
        connected = SurfaceConnected(surface, None, False, "Untitled", "29.0.2", names)
        show, _ = step(show, connected, Instant(start - 60_000))
    return show, start


def _must_be_whole(loaded: Loaded) -> None:
    if loaded.event is None or sum(len(day.cues) for day in loaded.event.days) != CUES:
        raise RuntimeError(
            f"the {CUES}-cue event did not load: {[str(problem.place) for problem in loaded.problems][:3]}"
        )

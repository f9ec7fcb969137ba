"""42 remote guests at once, as real streams in real VLC: what they cost, how soon they and their faults are seen."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import psutil

from studio_console.core.ports import Load
from studio_console.core.previews import Source, Wish
from studio_console.core.reports import Signal
from studio_console.core.rundown import StreamPreview
from studio_console.core.units import PersonId
from studio_console.devices.previews.wall import PreviewWall
from tests import bad_peers
from tests.bench import takes
from tests.bench.feeds import (
    GUESTS,
    again_and_again,
    all_live,
    decoded_only,
    guests,
    memory,
    pause,
    pictures,
    sent,
    used_in,
)
from tests.bench.progress import steps
from tests.bench.result import Result, at_most, not_measured, percentile
from tests.preview_watch import GONE, Reports, busy_workers, previews, wished, workers
from tests.streams import Sender, Way

CPU_LIMIT, STALL_LIMIT, FROZEN_LIMIT, RESTART_LIMIT = 1.25, 20.0, 2.0, 1.0
COLD_LIMIT, SOAK_LIMIT, TAKE_LIMIT = 3.0, 2.0, 1.5
"""Ratio; ms; s; s; s; per cent of growth over the run; ratio."""
CPU_SECONDS = 24.0
STALL_SECONDS = 30.0
TRIES, COLD_TRIES, CLOSE_TRIES = 10, 5, 2
CLOSE_LINGERS = 12.0
"""Seconds after which the close view's worker has gone for want of guests."""
EACH_WORKER = 15.0
"""Seconds, at least, between two deaths of the same one."""
FULL_RATE = 9.0
"""Pictures a second of every guest, at least: fewer were not the same work."""
SOAK_MINUTES = float(os.environ.get("PREVIEWS_SOAK_MINUTES", "30"))
SOAK_EVERY = 5.0
SOAK_SETTLES = 0.1
"""That part of the run, at its beginning, in which buffers and caches are still being filled."""
TAKES = 120
"""Of each kind, in each of the two halves without previews; twice as many with them."""
HERE = Path(__file__).parents[2]


def measure_cpu() -> list[Result]:
    """Decoding alone, the previews, decoding alone again: what else the machine does falls on both."""
    names = guests()
    floors = [_floor()]
    with sent(names) as sources, all_live(sources) as (wall, reports):
        pause(2)
        processes = [psutil.Process(), *workers()]
        before, began = pictures(wall, names), time.monotonic()
        live: list[int] = []
        with again_and_again(lambda: live.append(sum(reports.signal(name) is Signal.LIVE for name in names))):
            value = used_in(CPU_SECONDS, processes)
        seconds = time.monotonic() - began
        rates = [((after - before[name]) & 0xFFFFFFFF) / seconds for name, after in pictures(wall, names).items()]
        load = wall.load
    floors.append(_floor())
    floor = statistics.mean(floors)
    ratio = value / floor
    slowest = min(rates)
    note = f"{GUESTS} guests, {statistics.mean(live):.1f} live on average; {statistics.mean(rates):.1f} pictures/s, "
    note += f"the slowest guest {slowest:.1f}; load {load.name}; floors " + ", ".join(f"{each:.2f}" for each in floors)
    # Where pictures are left out it is not the same work.
    whole = slowest >= FULL_RATE and load is Load.FULL and statistics.mean(live) > GUESTS - 0.5
    holds = ratio <= CPU_LIMIT and whole
    return [Result("previews-cpu", value, "cores", CPU_LIMIT, holds, floor, ratio, note)]


def _floor() -> float:
    with decoded_only(GUESTS) as processes:
        pause(3)
        return used_in(CPU_SECONDS / 2, processes)


def measure_stall() -> list[Result]:
    """The desk in a process of its own, painting all of them; a timer of its thread, and how late it comes."""
    with sent(guests()) as sources:
        addresses = [source.url for source in sources.values() if isinstance(source, StreamPreview)]
        command = [sys.executable, "-m", "tests.bench.wall_probe", str(STALL_SECONDS), *addresses]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, timeout=180)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"the desk ended with status {done.returncode}: {done.stderr.strip()[-200:]}")
    report = json.loads(done.stdout.splitlines()[-1])
    if "problem" in report:
        return [not_measured("previews-stall", "ms", STALL_LIMIT, report["problem"])]
    late = report["late"]
    result = at_most("previews-stall", percentile(late, 0.99), "ms", STALL_LIMIT)
    note = f"median {statistics.median(late):.1f}, longest {max(late):.0f} ms in {STALL_SECONDS:g} s; "
    note += (
        f"{report['seen']} tiles seen, {report['live']} live, {report['rate']:.1f} pictures/s, load {report['load']}"
    )
    whole = report["seen"] == GUESTS and report["rate"] >= FULL_RATE
    return [replace(result, holds=result.holds and whole, note=note)]


def measure_frozen() -> list[Result]:
    """By each protocol twice: the sender is halted, and its connection stays."""
    some = guests()
    watched = {PersonId(way): way for way in Way}
    worst: dict[Way, float] = {}
    with ExitStack() as stack, steps("previews-frozen", TRIES) as step:
        senders = {way: stack.enter_context(Sender(way)) for way in Way}
        sources = dict(stack.enter_context(sent(some[: GUESTS - len(watched)])))
        sources |= {guest: StreamPreview(senders[way].url) for guest, way in watched.items()}
        _, reports = stack.enter_context(all_live(sources))
        for number, (guest, way) in zip(range(TRIES), cycle(watched.items()), strict=False):
            pause(1 + 0.13 * number)  # not always at the same point of the stream
            halted = time.monotonic()
            senders[way].freeze()
            told = reports.wait([guest], GONE, since=halted)
            worst[way] = max(worst.get(way, 0.0), told - halted)
            senders[way].thaw()
            reports.wait([guest], {Signal.LIVE}, since=told, within=30)
            step()
    note = f"worst of {TRIES}; by protocol: " + ", ".join(f"{way} {each:.2f}" for way, each in worst.items())
    return [at_most("previews-frozen", max(worst.values()), "s", FROZEN_LIMIT, note)]


def measure_restart() -> list[Result]:
    """Workers with eight guests are killed in turn, and that of a guest who is looked at closely; judged is the slowest
    of a worker's guests, and of the kills."""
    names = guests()
    took: list[float] = []
    noticed: list[float] = []
    others = 0
    with sent(names) as sources, all_live(sources) as (wall, reports), steps("previews-restart", TRIES) as step:
        for _ in range(3 * TRIES):
            if len(took) == TRIES:
                break
            playing = busy_workers()
            # One that dies again and again is another story: its guests are put apart.
            pause(max(2.0, EACH_WORKER / len(playing)))
            reports.wait(names, {Signal.LIVE}, within=30)
            killed = time.monotonic()
            playing[0].kill()
            hit = _hit(reports, names, killed)
            if len(hit) < 8:
                continue  # the worker of the last two
            noticed.append(min(said.at for said in reports.said if said.at >= killed) - killed)
            took.append(reports.wait(hit, {Signal.LIVE}, since=killed) - killed)
            others += len({said.guest for said in reports.said if said.at >= killed} - set(hit))
            step()
        closely = [_restart_close(wall, reports, sources, guest) for guest in names[:CLOSE_TRIES]]
    if len(took) < TRIES:
        return [not_measured("previews-restart", "s", RESTART_LIMIT, f"only {len(took)} kills hit eight guests")]
    note = f"worst of {TRIES}, median {statistics.median(took):.2f} s; noticed within {max(noticed) * 1e3:.0f} ms; "
    note += f"{others} guests of other workers were touched; closely "
    note += ", ".join(f"{seconds:.2f}" for seconds in closely)
    result = at_most("previews-restart", max(*took, *closely), "s", RESTART_LIMIT, note)
    return [replace(result, holds=result.holds and not others)]


def _restart_close(wall: PreviewWall, reports: Reports, sources: Mapping[PersonId, Source], guest: PersonId) -> float:
    """How many s ``guest`` is away when the worker of the close view is killed."""
    before = set(busy_workers())
    wall.show({name: Wish(source, *(name == guest,) * 3) for name, source in sources.items()})
    pause(30, until=lambda: bool(set(busy_workers()) - before) and reports.signal(guest) is Signal.LIVE)
    pause(EACH_WORKER / 3)  # the next spare is ready
    (victim,) = set(busy_workers()) - before
    killed = time.monotonic()
    victim.kill()
    back = reports.wait([guest], {Signal.LIVE}, since=killed) - killed
    wall.show(wished(sources))
    reports.wait([guest], {Signal.LIVE}, since=killed)
    pause(CLOSE_LINGERS)
    return back


def _hit(reports: Reports, names: list[PersonId], since: float) -> list[PersonId]:
    """Whose worker was killed: all who stop being live for a moment after it."""
    pause(1, until=lambda: any(said.at >= since for said in reports.said))
    pause(0.1)
    return [name for name in names if reports.signals(name, since)]


def measure_cold() -> list[Result]:
    """From the start of the previews to the last guest's first picture."""
    names = guests()
    took = []
    with sent(names) as sources, steps("previews-cold", COLD_TRIES) as step:
        for _ in range(COLD_TRIES):
            began = time.monotonic()
            with previews() as (wall, reports):
                wall.show(wished(sources))
                took.append(reports.wait(names, {Signal.LIVE}, within=30) - began)
                missing = [name for name, number in pictures(wall, names).items() if number < 0]
                if missing:
                    raise RuntimeError(f"said to be live without a picture: {missing}")
            step()
    note = f"{GUESTS} guests, worst of {COLD_TRIES} starts, {min(took):.2f} to {max(took):.2f} s"
    return [at_most("previews-cold", max(took), "s", COLD_LIMIT, note)]


def measure_soak() -> list[Result]:
    """With one guest whose sender dies again and again, and one whose peer hangs up whenever it is called.

    Judged is how much a straight line through the memory of all processes rises over the run.
    """
    names = guests(GUESTS - 2)
    flaky, refused = PersonId("flaky"), PersonId("refused")
    times: list[float] = []
    sizes: list[float] = []
    with ExitStack() as stack:
        sender = stack.enter_context(Sender(Way.TCP))
        peer = stack.enter_context(bad_peers.hanging_up_peer())
        sources = stack.enter_context(sent(names)) | {flaky: StreamPreview(sender.url)}
        wall, reports = stack.enter_context(all_live(sources))
        wall.show(wished(sources | {refused: StreamPreview(peer.url("tcp"))}))
        began, before = time.monotonic(), busy_workers()
        step = stack.enter_context(steps("previews-soak", round(SOAK_MINUTES * 60 / SOAK_EVERY)))
        while (now := time.monotonic() - began) < SOAK_MINUTES * 60:
            if len(times) % 6 == 5:
                sender.kill()
                sender.start()
            times.append(now)
            sizes.append(memory([psutil.Process(), *workers()]))
            step()
            pause(SOAK_EVERY)
        others = {said.guest for said in reports.said if said.at > began} - {flaky, refused}
        replaced = len(set(before) - set(busy_workers()))
        visits = peer.visits
    first = next(place for place, when in enumerate(times) if when >= times[-1] * SOAK_SETTLES)
    slope, start = statistics.linear_regression(times[first:], sizes[first:])
    minutes = (times[-1] - times[first]) / 60
    growth = slope * 60 * minutes
    per_cent = growth / (start + slope * times[first]) * 100
    note = f"{growth:+.1f} MB in {minutes:.1f} min, from {sizes[first]:.0f} to {sizes[-1]:.0f} MB; "
    note += f"{sender.starts} starts of a sender, {visits} calls of a peer that hangs up; "
    note += f"{replaced} workers replaced, {len(others)} other guests were not live all the time"
    result = at_most("previews-soak", per_cent, "%", SOAK_LIMIT, note)
    return [replace(result, holds=result.holds and not replaced)]


def measure_take_with_previews() -> list[Result]:
    """The same takes on the same OBS without previews, with everybody live, and without again."""
    names = guests()
    count = 4 * TAKES + 3 * takes.WARM_UP
    with (
        takes.studio(1, count) as (engine, screen, (bare,), (observer,)),
        sent(names) as sources,
        steps("take-with-previews", count) as step,
    ):
        measure = takes.console_takes(engine, screen, bare, observer, count, step)
        without = measure(TAKES)
        with all_live(sources) as (wall, reports):
            beside = measure(2 * TAKES)
            live = sum(reports.signal(name) is Signal.LIVE for name in names)
            load = wall.load
        without += measure(TAKES)
    value, baseline = statistics.median(beside), statistics.median(without)
    ratio = value / baseline
    note = f"{len(beside)} takes each; p99 {percentile(beside, 0.99):.1f} and {percentile(without, 0.99):.1f} ms; "
    note += f"{live} live at the end, load {load.name}"
    holds = ratio <= TAKE_LIMIT and live == GUESTS
    return [Result("take-with-previews", value, "ms", TAKE_LIMIT, holds, baseline, ratio, note)]

"""``dry-run``: a day without a window, every cue taken at its planned time and confirmed by OBS."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from studio_console.app.bars import progress_bar
from studio_console.app.console import Console, Opened, open_day, rundown_event
from studio_console.app.obs import Passwords, connect_drivers, provision_all
from studio_console.app.options import speed_of
from studio_console.app.passwords import password_of
from studio_console.app.places import Mode
from studio_console.app.rehearsal import simulate
from studio_console.app.waiting import ShowWatch
from studio_console.core.plan import plan_times
from studio_console.core.presses import ArmPressed, FollowingSet, GoPressed, Grave, StandbyMoved
from studio_console.core.problems import UserError
from studio_console.core.rundown import Cue, Day
from studio_console.core.show import Phase, Show, Take, next_cue
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Duration, Instant, PressId, SceneName, SurfaceId
from studio_console.runtime.clocks import ScaledClock
from studio_console.runtime.journal import Journal

CONNECT_LIMIT = 5.0
"""Seconds that an OBS may take to answer before the day is run without it."""
DOUBT = 2.0
"""Seconds beyond the deadline in which an answer to a take is still waited for."""

NO_REPORT = Text(
    "보고서를 {file}에 쓸 수 없습니다: {reason}. 다른 파일을 지정하세요",
    "The report cannot be written to {file}: {reason}. Name another file",
)
NO_CUE = Text("그날에 ‘{wanted}’ 큐가 없습니다", "The day has no cue ‘{wanted}’")
NO_CUES = Text("그 범위에 진행할 큐가 없습니다", "There is no cue to run in that range")
NOT_THERE = Text(
    "{surface}: OBS에 연결되지 않았습니다. {reason}",
    "{surface}: no link to its OBS. {reason}",
)
SUMMARY = Text(
    "{day}: 큐 {total}개 중 {confirmed}개 확인, {unconfirmed}개 미확인",
    "{day}: {confirmed} of {total} cues confirmed, {unconfirmed} not",
)
NOT_CONFIRMED = Text(
    "{cue}: 확인되지 않음. {surface}: 원함 ‘{wanted}’, 실제 ‘{seen}’ {reason}",
    "{cue}: not confirmed. {surface} wanted ‘{wanted}’, shows ‘{seen}’ {reason}",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one cue."""

    cue: Cue
    take: Take | None
    seen: dict[str, str | None]
    speed: float

    @property
    def missed(self) -> Mapping[SurfaceId, SceneName]:
        """The scenes of the surfaces that did not tell that they took theirs, or show it no longer."""
        if self.take is None:
            return {}
        return {
            name: scene
            for name, scene in self.take.wanted.items()
            if name not in self.take.confirmed or self.seen.get(name) != scene
        }

    @property
    def confirmed(self) -> bool:
        return self.take is not None and not self.missed

    def report(self) -> dict[str, Any]:
        take = self.take
        latency = {}
        if take is not None:
            latency = {name: round((at - take.pressed_at) / self.speed, 2) for name, at in take.confirmed.items()}
        return {
            "id": self.cue.id,
            "wanted": dict(take.wanted) if take else {},
            "seen": self.seen,
            "confirmed": self.confirmed,
            "latency_ms": latency,
        }


def run(options: argparse.Namespace) -> int:
    speed = speed_of(options.speed)
    file = Path(options.json) if options.json and options.json != "-" else None
    if file is not None:
        _check_report(file)
    opened, day = open_day(options)
    cues = _chosen(day, options.first, options.last)
    taken = _run_day(opened, day, cues, options, speed)
    confirmed = sum(entry.confirmed for entry in taken)
    report = {
        "day": day.id,
        "cues": [entry.report() for entry in taken],
        "confirmed": confirmed,
        "unconfirmed": len(taken) - confirmed,
    }
    if options.json == "-":
        json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        _tell(taken, day, options)
        if file is not None:
            _write_report(file, json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if confirmed == len(taken) else 1


def _check_report(file: Path) -> None:
    """Raises UserError where the report could not be written: better now than after the whole day has run."""
    there = file.exists()
    try:
        with file.open("a", encoding="utf-8"):
            pass
        if not there:
            file.unlink()
    except OSError as error:
        raise UserError(NO_REPORT, file=file, reason=error.strerror or error) from error


def _write_report(file: Path, report: str) -> None:
    try:
        file.write_text(report, encoding="utf-8")
    except OSError as error:
        raise UserError(NO_REPORT, file=file, reason=error.strerror or error) from error


def _chosen(day: Day, first: str | None, last: str | None) -> Sequence[Cue]:
    """The cues from ``first`` to ``last`` that are not skipped. Raises UserError."""
    cues = day.cues
    begin = _place(cues, first) if first else 0
    end = _place(cues, last) if last else len(cues) - 1
    chosen = [cue for cue in cues[begin : end + 1] if not cue.skip]
    if not chosen:
        raise UserError(NO_CUES)
    return chosen


def _place(cues: Sequence[Cue], wanted: str) -> int:
    for place, cue in enumerate(cues):
        if wanted in (cue.id, cue.number):
            return place
    raise UserError(NO_CUE, wanted=wanted)


def _run_day(
    opened: Opened, day: Day, cues: Sequence[Cue], options: argparse.Namespace, speed: float
) -> Sequence[Taken]:
    with ExitStack() as stack:
        passwords: Passwords = password_of
        if options.obs == "simulated":
            simulation = simulate(opened.studio)
            stack.callback(simulation.close)
            opened = replace(opened, studio=simulation.studio)
            passwords = simulation.password_of
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="studio-console-"))
        journal = Journal(Path(folder) / "dry-run.journal")
        stack.callback(journal.close)
        plan = plan_times(day)
        start = {cue.id: plan.start[place] for place, cue in enumerate(plan.cues)}
        clock = ScaledClock(Instant(start[cues[0].id] - SECOND), speed)
        drivers = connect_drivers(opened.studio, passwords, opened.folder)
        console = Console(opened, day, Mode.REHEARSAL, clock, speed, journal, drivers)
        stack.callback(console.close)
        if options.obs == "simulated":
            provision_all(console.plans, opened.studio, passwords, opened.folder)
        # The guard against a hand that presses twice has no meaning here.
        console.engine.post(replace(rundown_event(opened, day, console.plans, speed), go_guard=Duration(0)))
        # Every cue is taken from here, by the plan.
        console.engine.post(FollowingSet(False))
        watch = ShowWatch(console.engine)
        stack.callback(watch.close)
        console.engine.start()
        console.engine.start_drivers()
        watch.wait_for(lambda show: bool(show.surfaces) and _all_answered(show), CONNECT_LIMIT)
        with progress_bar(options.quiet) as progress:
            task = progress.add_task(day.title.show(options.lang), total=len(cues))
            taken = []
            for cue in cues:
                _wait_until(clock, start[cue.id])
                taken.append(_take(console, watch, cue, speed))
                progress.update(task, advance=1, description=f"{cue.number} {cue.title.show(options.lang)}"[:40])
        return taken


def _all_answered(show: Show) -> bool:
    return all(state.connected or state.final for state in show.surfaces.values())


def _wait_until(clock: ScaledClock, due: Instant) -> None:
    delay = clock.real_delay(due)
    if delay > 0:
        time.sleep(delay)


def _take(console: Console, watch: ShowWatch, cue: Cue, speed: float) -> Taken:
    following = next_cue(watch.show)
    if following is None or following.id != cue.id:
        console.engine.post(StandbyMoved(cue.id))
    if cue.two_step:
        console.engine.post(ArmPressed(Grave.TAKE, cue.id, PressId(uuid.uuid4().hex)))
    press = PressId(uuid.uuid4().hex)
    console.engine.post(GoPressed(cue.id, press))
    limit = console.opened.studio.take_deadline / 1000 + DOUBT
    watch.wait_for(lambda show: _is_settled(show, press), limit)
    # The next take may not cut into this transition, whatever the plan says.
    duration = cue.transition.duration / 1000
    if duration:
        time.sleep(duration)
    show = watch.show
    take = show.on_air if show.on_air is not None and show.on_air.press == press else None
    return Taken(cue, take, {name: state.seen for name, state in show.surfaces.items()}, speed)


def _is_settled(show: Show, press: PressId) -> bool:
    """No surface is left whose word is awaited; one that comes after the deadline is not waited for."""
    take = show.on_air
    if take is None or take.press != press or show.taking is not None:
        return False
    return not take.open_surfaces or take.phase is Phase.UNCONFIRMED


def _tell(taken: Sequence[Taken], day: Day, options: argparse.Namespace) -> None:
    for entry in taken:
        for name, scene in entry.missed.items():
            reason = entry.take.failed.get(name) if entry.take else None
            values = {"cue": entry.cue.number, "surface": name, "wanted": scene, "seen": entry.seen.get(name) or "?"}
            print(NOT_CONFIRMED.show(options.lang, **values, reason=reason or ""), file=sys.stderr)
    confirmed = sum(entry.confirmed for entry in taken)
    total = len(taken)
    print(SUMMARY.show(options.lang, day=day.title, total=total, confirmed=confirmed, unconfirmed=total - confirmed))

"""One day of one event, wired: files, engine and drivers, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.app.addresses import with_addresses
from studio_console.app.days import choose_day
from studio_console.app.journals import journal_notices
from studio_console.app.places import Mode
from studio_console.core import show
from studio_console.core.arming import STAYS_ARMED
from studio_console.core.clip_watch import CLIP_PATIENCE
from studio_console.core.dead_air import excuses_of
from studio_console.core.events import RundownLoaded
from studio_console.core.interpretation import interpretation_of
from studio_console.core.output_state import outputs_of
from studio_console.core.picture import (
    SurfacePlan,
    plan_day,
    roll_columns,
    scenes_by_cue,
    stand_in_inputs,
    words_by_cue,
)
from studio_console.core.ports import Clock, SurfaceDriver
from studio_console.core.previews import guests_of, remote_people
from studio_console.core.problems import Place, Problem, Severity, UserError
from studio_console.core.rundown import Day, Event
from studio_console.core.studio import Clip, DeadAirRules, Still, Studio, Surface
from studio_console.core.text import Text
from studio_console.core.units import Duration, InputId, Instant, SurfaceId
from studio_console.files.folder import STUDIO, Snapshot
from studio_console.files.load import Loaded, load
from studio_console.runtime.clocks import wall_ms
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal

NOT_GOOD = Text(
    "행사 파일에 오류 {count}개가 있어 열 수 없습니다. 위의 오류를 고치세요(studio-console check)",
    "The event files have {count} errors and cannot be opened: mend what is listed above (studio-console check)",
)

DAY_GONE = Text(
    "열어 둔 날 ‘{day}’이(가) 파일에 없습니다. 직전 큐시트를 그대로 씁니다",
    "the day ‘{day}’, which is open, is gone from the files: its last good rundown runs on",
)
DAY_GONE_HINT = Text(
    "day의 id나 파일을 되돌리세요. 다른 날은 콘솔을 다시 시작해 여세요",
    "put its file or its id back; another day is opened by starting the console again",
)
SURFACES_CHANGED = Text(
    "출력면 설정({names})이 바뀌었지만 아직 쓰지 않습니다",
    "surfaces were changed ({names}), which is not in use yet",
)
SURFACES_HINT = Text(
    "송출이 없을 때 콘솔을 다시 시작하세요", "start the console again when nothing is on air: they are connections"
)

LOADED = tuple({entry.name for entry in fields(RundownLoaded)} & {entry.name for entry in fields(show.Loaded)})
"""What a rundown says, by its names in the event and in the show."""


class BadFiles(UserError):
    """The event files have errors; ``problems`` lists all of them."""

    def __init__(self, problems: tuple[Problem, ...], count: int) -> None:
        super().__init__(NOT_GOOD, count=count)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Opened:
    """A good event with what its files say beside."""

    folder: Path
    event: Event
    studio: Studio
    problems: tuple[Problem, ...]
    files: Snapshot
    """The files as they were just before they were read."""
    written: Mapping[SurfaceId, Surface]
    """The surfaces as the files have them, whatever the command line or a rehearsal makes of them."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.event.time_zone)


def open_event(folder: Path) -> Opened:
    """Loads the event. Raises BadFiles with every problem if there is an error among them."""
    loaded = load(folder)
    return opened(folder, loaded)


def opened(folder: Path, loaded: Loaded) -> Opened:
    """The event that was loaded. Raises BadFiles if it is not whole."""
    if loaded.event is None or loaded.studio is None:
        errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
        raise BadFiles(loaded.problems, errors)
    return Opened(folder, loaded.event, loaded.studio, loaded.problems, loaded.files, loaded.studio.surfaces)


def open_day(options: argparse.Namespace) -> tuple[Opened, Day]:
    """The event and the day that the command line asks for, with the OBS addresses it gives. Raises UserError."""
    opened = open_event(Path(options.event))
    opened = replace(opened, studio=with_addresses(opened.studio, options.obs_url))
    return opened, choose_day(opened.event, options.day, Instant(wall_ms()))


def missing_files(folder: Path, studio: Studio) -> frozenset[InputId]:
    """The clips and pictures that are named but not there."""
    return frozenset(
        name
        for name, entry in studio.inputs.items()
        if isinstance(entry.source, Clip | Still) and not (folder / entry.source.file).is_file()
    )


def plans_for(opened: Opened, day: Day, mode: Mode) -> Mapping[SurfaceId, SurfacePlan]:
    """The pictures of ``day``; in rehearsal what this machine does not have is replaced by labelled stand-ins."""
    return plan_day(opened.event, day, opened.studio, stand_ins_for(opened, mode))


def stand_ins_for(opened: Opened, mode: Mode) -> frozenset[InputId]:
    """What a labelled stand-in takes the place of: in rehearsal all that this machine does not have."""
    if mode is not Mode.REHEARSAL:
        return frozenset()
    return stand_in_inputs(opened.studio) | missing_files(opened.folder, opened.studio)


def rundown_event(
    opened: Opened, day: Day, plans: Mapping[SurfaceId, SurfacePlan], speed: float, locks: bool = False
) -> RundownLoaded:
    """The rundown as the show takes it; ``locks``: the first GO puts the show lock on.

    Guard, deadline, arming and a clip's patience are real time, also where the clock runs faster; how long before
    their cue guests have to be live is the show's time, like the cue.
    """
    studio = opened.studio
    guests = frozenset(person.id for person in remote_people(opened.event, day))
    return RundownLoaded(
        day=day,
        scenes=scenes_by_cue(plans),
        surfaces=tuple(studio.surfaces),
        go_guard=Duration(round(studio.go_guard * speed)),
        take_deadline=Duration(round(studio.take_deadline * speed)),
        guests=guests,
        guest_lead=studio.guests.lead,
        clips=played_clips(day, plans),
        loops=frozenset(n for n, e in studio.inputs.items() if isinstance(e.source, Clip) and e.source.loop),
        clip_patience=Duration(round(CLIP_PATIENCE * speed)),
        stays_armed=Duration(round(STAYS_ARMED * speed)),
        words=words_by_cue(plans),
        interpretation=interpretation_of(studio, {name: plan.sound for name, plan in plans.items()}),
        outputs=outputs_of(studio),
        output_rules=replace(studio.outputs, deadline=Duration(round(studio.outputs.deadline * speed))),
        dead_air=DeadAirRules(*(Duration(round(ms * speed)) for ms in astuple(studio.dead_air))),
        excuses=excuses_of(plans, day, studio),
        walls=tuple(name for name, plan in plans.items() if plan.buffers),
        holding={name: plan.holding for name, plan in plans.items() if plan.holding is not None},
        roll_columns=roll_columns(plans),
        locks=locks,
        unwatched=guests - guests_of(opened.event, day, studio).keys(),
    )


def played_clips(day: Day, plans: Mapping[SurfaceId, SurfacePlan]) -> frozenset[InputId]:
    """The clips that OBS plays in the day's cues: in rehearsal without those that are not there."""
    real = {entry.name for plan in plans.values() for entry in plan.inputs if isinstance(entry.source, Clip)}
    return frozenset(cue.clip for cue in day.cues if cue.clip is not None and cue.clip in real and not cue.skip)


def _changed(before: Mapping[SurfaceId, Surface], now: Mapping[SurfaceId, Surface]) -> list[SurfaceId]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


class Console:
    """A day that is open: its engine, and the rundown that the engine was last given."""

    def __init__(
        self,
        opened: Opened,
        day: Day,
        mode: Mode,
        clock: Clock,
        speed: float,
        journal: Journal,
        drivers: Mapping[SurfaceId, SurfaceDriver],
    ) -> None:
        self.opened = opened
        self.day = day
        self.mode = mode
        self.plans = plans_for(opened, day, mode)
        self._speed = speed
        self._journal = journal
        self.engine = Engine(clock, journal, drivers)
        self.notices = journal_notices(journal, self.engine.recovered, clock.now(), opened.zone)
        """What the operator has to know of the journal; shown beside the problems of the files."""
        self.not_taken: tuple[Problem, ...] = ()
        """What the last reload found good and could not take."""
        self._written = opened.written
        self._last: RundownLoaded | None = None
        self.give_rundown()

    def give_rundown(self) -> None:
        """Hands the rundown to the engine if it is another than it has."""
        event = rundown_event(self.opened, self.day, self.plans, self._speed, self.mode is Mode.SHOW)
        if self._last is None:
            rundown = self.engine.recovered.rundown
            same = all(getattr(rundown, name) == getattr(event, name) for name in LOADED)
            self._last = event if same else None
        if event != self._last:
            self._last = event
            self.engine.post(event)

    def reload(self, loaded: Loaded) -> bool:
        """Takes what the files say now. False, and the last good rundown kept, if there is an error in them.

        ``not_taken`` says what of good files could not be taken.
        """
        self.not_taken = ()
        try:
            fresh = opened(self.opened.folder, loaded)
        except BadFiles:
            return False
        day = fresh.event.day(self.day.id)
        if day is None:
            gone = {"day": self.day.id}
            told = Problem(Place("rundown"), "day-gone", Severity.ERROR, DAY_GONE, DAY_GONE_HINT, gone)
            self.not_taken = (told,)
            return False
        # Surfaces are connections: which there are and where is settled when the console starts.
        names = _changed(self._written, fresh.studio.surfaces)
        if names:
            values = {"names": ", ".join(names)}
            told = Problem(Place(STUDIO), "surfaces-changed", Severity.WARNING, SURFACES_CHANGED, SURFACES_HINT, values)
            self.not_taken = (told,)
        fresh = replace(fresh, studio=replace(fresh.studio, surfaces=self.opened.studio.surfaces))
        self.opened, self.day = fresh, day
        self.plans = plans_for(fresh, day, self.mode)
        self.give_rundown()
        return True

    def close(self) -> None:
        """Ends the engine and its drivers. Nothing on air changes. The journal stays open: it is the caller's."""
        written = self.engine.close()
        if written and self.mode is Mode.REHEARSAL:
            self._journal.put_meta("ended", "1")

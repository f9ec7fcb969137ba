"""Days, cues and shows in a few readable words, and a ``Run`` that steps a show by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from studio_console.core.alarms import alarms
from studio_console.core.effects import Effect, Refuse, TakeScene
from studio_console.core.events import DeadlinePassed, RundownLoaded, ShowEvent
from studio_console.core.interpretation import Interpretation, Line, Output
from studio_console.core.picture import SurfacePlan, roll_columns
from studio_console.core.presses import (
    BackPressed,
    EndPressed,
    GoPressed,
    HoldPressed,
    ResumePressed,
    SkipSet,
    StandbyMoved,
    TimeAdded,
)
from studio_console.core.reports import SceneSeen, Seen, SurfaceConnected, SurfaceLost
from studio_console.core.rundown import Cue, Day, Kind, Session
from studio_console.core.show import Show, SurfaceState, Take
from studio_console.core.step import step
from studio_console.core.text import Text, same
from studio_console.core.timing import Countdown, CueTime, Projection, project
from studio_console.core.units import (
    CueId,
    DayId,
    Duration,
    InputId,
    Instant,
    PersonId,
    PressId,
    SceneName,
    SessionId,
    SurfaceId,
    instant_at,
)

SEOUL = ZoneInfo("Asia/Seoul")
DATE = date(2020, 6, 2)
PROGRAM = SurfaceId("program")
WALL = SurfaceId("wall")
BOTH = (PROGRAM, WALL)
GUARD = Duration(500)
DEADLINE = Duration(2_000)
LEAD = Duration(300_000)


def length(words: str) -> Duration:
    """``5:00`` (minutes and seconds), ``1:30:00`` or ``-0:30``."""
    hours, minutes, seconds = ([0, 0, 0] + [int(part) for part in words.removeprefix("-").split(":")])[-3:]
    return Duration(((hours * 60 + minutes) * 60 + seconds) * (-1000 if words.startswith("-") else 1000))


def at(clock: str, day: date = DATE) -> Instant:
    """The instant at which the hall's clock shows ``22:00`` or ``22:12:30``; ``25:30`` is the next morning."""
    return instant_at(day, length(clock if clock.count(":") == 2 else f"{clock}:00"), SEOUL)


def name(number: str) -> CueId:
    return CueId(number.lower())


def cue(
    number: str,
    minutes: float | None = 5,
    *,
    start: str | None = None,
    end: str | None = None,
    skip: bool = False,
    clip: str | None = None,
    title: Text | None = None,
    speakers: str = "",
    needs: str = "",
) -> Cue:
    """A cue of so many minutes, open without (``None``), or counting to its ``end``.

    ``speakers`` and ``needs`` are ids with spaces between them.
    """
    return Cue(
        id=name(number),
        number=number,
        title=title if title is not None else same(f"Item {number}"),
        kind=Kind.CLIP if clip else Kind.SPEECH,
        start=at(start) if start else None,
        duration=None if minutes is None or end else Duration(round(minutes * 60_000)),
        end=at(end) if end else None,
        skip=skip,
        clip=InputId(clip) if clip else None,
        speakers=tuple(PersonId(speaker) for speaker in speakers.split()),
        needs=tuple(needs.split()),
    )


def session(*cues: Cue, start: str | None = None, end: str | None = None, id: str = "talks") -> Session:
    return Session(SessionId(id), same(id), cues, at(start) if start else None, at(end) if end else None)


def day(*parts: Cue | Session, start: str | None = "22:00", end: str | None = None, on: date = DATE) -> Day:
    """A day of sessions; of plain cues one session is made, published for ``start``."""
    cues = tuple(part for part in parts if isinstance(part, Cue))
    sessions = tuple(part for part in parts if isinstance(part, Session))
    if cues:
        sessions = (session(*cues, start=start, end=end), *sessions)
    return Day(DayId("day"), on, same("A day"), sessions)


KO, EN = SurfaceId("ko"), SurfaceId("en")
NO_HALL = Interpretation()
FLOOR = Line("floor", "floor")
HALL = Interpretation(
    (Output("youtube-ko", PROGRAM, "ko"), Output("youtube-en", WALL, "en")),
    {PROGRAM: "ko", WALL: "en"},
    {PROGRAM: (FLOOR, Line("booth-ko", "ko", "ko")), WALL: (FLOOR, Line("booth-en", "en", "en"))},
)
"""Two surfaces, one a language, each with the floor and its own booth."""

FIVE = day(cue("M1", 10), cue("M2"), cue("M3"), cue("M4"), cue("M5"))


def scenes_of(day: Day, *surfaces: SurfaceId) -> Mapping[CueId, Mapping[SurfaceId, SceneName]]:
    """A scene of its own for every cue on every surface."""
    return {one.id: {surface: SceneName(f"{one.number} {surface}") for surface in surfaces} for one in day.cues}


def loaded(
    day: Day,
    surfaces: tuple[SurfaceId, ...],
    scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]] | None = None,
    guests: str = "",
) -> RundownLoaded:
    """The files of ``day`` as they are told to the show; without ``scenes`` every cue has its own everywhere."""
    return RundownLoaded(
        day,
        scenes if scenes is not None else scenes_of(day, *surfaces),
        surfaces,
        GUARD,
        DEADLINE,
        frozenset(PersonId(guest) for guest in guests.split()),
        LEAD,
    )


def with_walls(news: RundownLoaded, plans: Mapping[SurfaceId, SurfacePlan]) -> RundownLoaded:
    """The files told with what belongs to the walls among the surfaces."""
    return replace(
        news,
        walls=tuple(name for name, plan in plans.items() if plan.buffers),
        holding={name: plan.holding for name, plan in plans.items() if plan.holding is not None},
        roll_columns=roll_columns(plans),
    )


def connected(show: Show, surface: SurfaceId, scene: str | None, studio_mode: bool = False) -> SurfaceConnected:
    """The surface's OBS answers: it shows ``scene`` and has all the scenes that ``show`` wants of it."""
    here = None if scene is None else SceneName(scene)
    provisioned = frozenset(wanted[surface] for wanted in show.rundown.scenes.values() if surface in wanted)
    if surface in show.rundown.holding:
        provisioned |= {show.rundown.holding[surface]}
    return SurfaceConnected(surface, here, studio_mode, "Untitled", "29.0.2", provisioned)


def confirmations(show: Show, *surfaces: SurfaceId) -> Iterator[SceneSeen]:
    """The surfaces (all of the current take without names) say that they show what was taken."""
    take = show.current
    assert take is not None
    for surface in surfaces or tuple(take.wanted):
        yield SceneSeen(surface, take.wanted[surface], Seen.TRANSITION_STARTED, take.press)


class Run:
    """A show, a clock that only moves when told, and everything that was asked of the surfaces."""

    def __init__(
        self,
        day: Day | None = None,
        *,
        now: str = "21:59",
        surfaces: tuple[SurfaceId, ...] = (PROGRAM,),
        scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]] | None = None,
        connect: bool = True,
        guests: str = "",
    ) -> None:
        self.show = Show()
        self.now = at(now)
        self.surfaces = surfaces
        self.effects: list[Effect] = []
        """What the last event asked for."""
        self.journal: list[tuple[ShowEvent, Instant]] = []
        self._presses = 0
        self.guests = guests
        """The remote guests of the files that are loaded, with spaces between them."""
        if day is not None:
            self.load(day, scenes)
        if connect:
            for surface in surfaces:
                self.connect(surface)

    # --- what happens

    def post(self, *events: ShowEvent) -> None:
        for event in events:
            self.journal.append((event, self.now))
            self.show, effects = step(self.show, event, self.now)
            self.effects = list(effects)

    def load(self, day: Day, scenes: Mapping[CueId, Mapping[SurfaceId, SceneName]] | None = None) -> None:
        self.post(loaded(day, self.surfaces, scenes, self.guests))

    def connect(self, surface: SurfaceId = PROGRAM, scene: str | None = "holding") -> None:
        self.post(connected(self.show, surface, scene))

    def lose(self, surface: SurfaceId = PROGRAM) -> None:
        self.post(SurfaceLost(surface, Text("응답 없음", "it does not answer")))

    def see(self, scene: str, surface: SurfaceId = PROGRAM, press: PressId | None = None) -> None:
        self.post(SceneSeen(surface, SceneName(scene), Seen.TRANSITION_STARTED, press))

    # --- what the operator does

    def press(self) -> PressId:
        self._presses += 1
        return self.last_press

    @property
    def last_press(self) -> PressId:
        return PressId(f"press {self._presses}")

    def press_go(self, number: str) -> None:
        """GO, with no word from the surfaces yet."""
        self.post(GoPressed(name(number), self.press()))

    def go(self, number: str) -> None:
        """GO, carried out and confirmed by every surface at once."""
        self.press_go(number)
        assert self.refused is None, self.refused
        self.confirm()

    def confirm(self, *surfaces: SurfaceId) -> None:
        self.post(*confirmations(self.show, *surfaces))

    def go_through(self, *numbers: str, each: str) -> None:
        """One after the other, for ``each`` long."""
        for number in numbers:
            self.go(number)
            self.wait(each)

    def press_back(self) -> None:
        self.post(BackPressed(self.press()))

    def back(self) -> None:
        """Back, carried out and confirmed by every surface at once."""
        self.press_back()
        assert self.refused is None, self.refused
        self.confirm()

    def hold(self) -> None:
        self.post(HoldPressed(self.press()))

    def resume(self) -> None:
        self.post(ResumePressed(self.press()))

    def end(self) -> None:
        self.post(EndPressed(self.press()))

    def standby(self, number: str) -> None:
        self.post(StandbyMoved(name(number)))

    def skip(self, number: str, skip: bool = True) -> None:
        self.post(SkipSet(name(number), skip))

    def add(self, number: str, time: str) -> None:
        self.post(TimeAdded(name(number), length(time)))

    # --- time

    def wait(self, time: str | int) -> None:
        """``1:00``, or so many ms."""
        self.now = Instant(self.now + (length(time) if isinstance(time, str) else time))

    def until(self, clock: str) -> None:
        self.now = at(clock)

    def miss_the_deadline(self) -> None:
        """The time in which the last GO was to be seen goes by."""
        self.wait(DEADLINE)
        self.post(DeadlinePassed(self.last_press))

    # --- what is seen

    @property
    def times(self) -> Projection:
        return project(self.show, self.now)

    def row(self, number: str) -> CueTime:
        return next(row for row in self.times.rows if row.cue.number == number)

    def states(self) -> str:
        """``M1 done, M2 on air, M3 next``."""
        return ", ".join(f"{row.cue.number} {row.state}" for row in self.times.rows)

    @property
    def on_air(self) -> str | None:
        return self.show.on_air.cue.number if self.show.on_air is not None else None

    @property
    def take(self) -> Take:
        """Of the cue on air; there has to be one."""
        assert self.show.on_air is not None
        return self.show.on_air

    @property
    def clock(self) -> Countdown:
        """Of the cue on air; there has to be one."""
        countdown = self.times.countdown
        assert countdown is not None
        return countdown

    @property
    def alarms(self) -> list[tuple[str, SurfaceId | None]]:
        """What is wrong, and where."""
        return [(alarm.code, alarm.surface) for alarm in alarms(self.show)]

    @property
    def next(self) -> str | None:
        return self.times.next.number if self.times.next is not None else None

    @property
    def sent(self) -> dict[SurfaceId, str]:
        """The scenes that the last event asked for."""
        return {effect.surface: effect.scene for effect in self.effects if isinstance(effect, TakeScene)}

    @property
    def refused(self) -> Text | None:
        """Why the last event was refused, as the operator is told and as the show keeps it."""
        told = [effect.reason for effect in self.effects if isinstance(effect, Refuse)]
        if not told:
            return None
        assert self.show.refusal is not None
        assert [self.show.refusal.reason] == told
        return told[0]

    def surface(self, surface: SurfaceId = PROGRAM) -> SurfaceState:
        return self.show.surfaces[surface]


def edited(day: Day, which: str, /, **changes: object) -> Day:
    """``day`` with one of its cues changed, as if its file had been saved again."""
    sessions = tuple(
        replace(
            part,
            cues=tuple(replace(one, **changes) if one.number == which else one for one in part.cues),  # type: ignore[arg-type]
        )
        for part in day.sessions
    )
    return replace(day, sessions=sessions)


def without(day: Day, *numbers: str) -> Day:
    sessions = tuple(
        replace(part, cues=tuple(one for one in part.cues if one.number not in numbers)) for part in day.sessions
    )
    return replace(day, sessions=sessions)

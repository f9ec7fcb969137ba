"""An evening of the sample event as a journal tells of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio_console.app.console import Opened, open_event, plans_for, rundown_event
from studio_console.app.places import Mode, journal_path
from studio_console.core.effects import Refuse
from studio_console.core.events import ClockStepped, ConsoleStarted, DeadlinePassed, ShowEvent
from studio_console.core.presses import (
    ArmPressed,
    BackPressed,
    GoPressed,
    Grave,
    HoldPressed,
    ResumePressed,
    SkipSet,
    StandbyCalled,
    StandbyMoved,
    TimeAdded,
)
from studio_console.core.reports import GuestSeen, SceneSeen, Seen, Signal, SurfaceConnected, SurfaceLost
from studio_console.core.rundown import Day
from studio_console.core.show import Show, next_cue
from studio_console.core.step import step
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, SECOND, CueId, Duration, Instant, PersonId, PressId, SceneName, SurfaceId
from studio_console.runtime.journal import Entry, Journal

EVENT = Path(__file__).parent.parent


@dataclass
class Story:
    """Steps a show and keeps what a journal would."""

    opened: Opened
    day: Day
    now: Instant
    show: Show = field(default_factory=Show)
    entries: list[Entry] = field(default_factory=list)
    presses: int = 0
    slow: dict[str, int] = field(default_factory=dict)
    """How many ms a surface takes to confirm."""

    def post(self, *events: ShowEvent) -> None:
        for event in events:
            self.show, effects = step(self.show, event, self.now)
            refused = next((effect for effect in effects if isinstance(effect, Refuse)), None)
            outcome = "" if refused is None else refused.reason.show("en", **refused.values)
            self.entries.append(Entry(self.now, event, outcome))

    def wait(self, ms: int) -> None:
        self.now = Instant(self.now + ms)

    def press(self) -> PressId:
        self.presses += 1
        return PressId(f"p{self.presses}")

    def connect(self, *names: SurfaceId) -> None:
        for name in names or tuple(self.show.surfaces):
            scenes = frozenset(
                {wanted[name] for wanted in self.show.rundown.scenes.values() if name in wanted}
                | ({self.show.rundown.holding[name]} if name in self.show.rundown.holding else set())
            )
            self.post(SurfaceConnected(name, SceneName("Scene"), False, "Summit", "30.0.2", scenes))

    def go(self, *, but: Sequence[str] = ()) -> None:
        """GO on what is next; every surface but those named says that it shows it."""
        following = next_cue(self.show)
        assert following is not None
        if following.two_step:
            self.post(ArmPressed(Grave.TAKE, following.id, self.press()))
        press = self.press()
        self.post(GoPressed(following.id, press))
        self.confirm(but)

    def confirm(self, but: Sequence[str] = ()) -> None:
        take = self.show.current
        assert take is not None
        begun = self.now
        for surface, scene in take.wanted.items():
            if surface not in but and self.show.surfaces[surface].connected:
                self.now = max(self.now, Instant(begun + self.slow.get(surface, 80)))
                self.post(SceneSeen(surface, scene, Seen.TRANSITION_STARTED, take.press))

    def run(self, share: float = 1.0) -> None:
        """What is on air lasts ``share`` of what is planned of it."""
        take = self.show.on_air
        assert take is not None
        place = self.show.plan.place(take.cue.id)
        assert place is not None
        self.wait(round((self.show.plan.end[place] - self.show.plan.start[place]) * share))


def begun(day: int = 2, mode: Mode = Mode.REHEARSAL) -> Story:
    """The console is open half a minute before the day begins, and all OBS have answered."""
    opened = open_event(EVENT)
    chosen = opened.event.days[day - 1]
    news = rundown_event(opened, chosen, plans_for(opened, chosen, mode), 1.0)
    story = Story(opened, chosen, Instant(0))
    show, _ = step(Show(), news, Instant(0))
    story.now = Instant(show.plan.start[0] - 30 * SECOND)
    story.post(ConsoleStarted(), news)
    story.wait(200)
    story.connect()
    story.post(*(GuestSeen(guest, Signal.LIVE) for guest in sorted(story.show.rundown.guests)))
    story.wait(29_800)
    return story


def a_whole_evening(mode: Mode = Mode.REHEARSAL) -> Story:
    """The mayors' meeting with all that may happen: late, early, held, skipped, backed out, lost, killed, set."""
    story = begun(2, mode)
    story.slow = {"wall": 140, "ko": 90}
    first = story.show.plan.cues[0]
    story.post(StandbyCalled(first.id))
    story.go()
    story.run()
    for number in range(2, 7):
        story.post(StandbyCalled(CueId(story.show.plan.cues[number - 1].id)))
        story.wait(2_000)
        story.go()
        story.run(1.1)
    # The keynote is given a minute more, is held once, and takes still longer.
    story.go()
    keynote = story.show.on_air
    assert keynote is not None
    story.wait(8 * MINUTE)
    story.post(TimeAdded(keynote.cue.id, Duration(MINUTE)))
    story.wait(MINUTE)
    story.post(HoldPressed(story.press()))
    story.wait(30 * SECOND)
    story.post(ResumePressed(story.press()))
    story.wait(4 * MINUTE)
    # GO twice by mistake: the second one is too soon; then one by mistake, and back.
    story.go()
    following = next_cue(story.show)
    assert following is not None
    story.post(GoPressed(following.id, story.press()))
    story.wait(8_000)
    story.go()
    story.wait(4_000)
    story.post(BackPressed(story.press()))
    story.confirm()
    story.wait(6_000)
    story.go()
    story.run()
    # The wall's OBS dies under the first case and is back two minutes later.
    story.go()
    story.wait(MINUTE)
    wall = SurfaceId("wall")
    story.post(SurfaceLost(wall, Text("OBS가 응답하지 않습니다", "OBS does not answer")))
    story.wait(2 * MINUTE)
    story.connect(wall)
    story.wait(20_000)
    # Put right by a standby on the cue on air, and GO.
    running = story.show.on_air
    assert running is not None
    story.post(StandbyMoved(running.cue.id))
    story.go()
    story.wait(MINUTE)
    # The next link is skipped, the console is killed and comes back, and somebody cuts the wall by hand.
    skipped = next_cue(story.show)
    assert skipped is not None
    story.post(SkipSet(skipped.id, True))
    story.go()
    story.wait(40_000)
    story.wait(12_000)
    story.post(ConsoleStarted())
    story.wait(900)
    scenes = {name: (state.wanted or SceneName("Scene")) for name, state in story.show.surfaces.items()}
    for name, scene in scenes.items():
        present = frozenset(
            {wanted[name] for wanted in story.show.rundown.scenes.values() if name in wanted}
            | ({story.show.rundown.holding[name]} if name in story.show.rundown.holding else set())
        )
        story.post(SurfaceConnected(name, scene, False, "Summit", "30.0.2", present))
    story.post(*(GuestSeen(guest, Signal.LIVE) for guest in sorted(story.show.rundown.guests)))
    story.wait(2 * MINUTE)
    story.post(GuestSeen(PersonId("istanbul"), Signal.FROZEN))
    story.wait(20_000)
    story.post(GuestSeen(PersonId("istanbul"), Signal.LIVE))
    story.wait(40_000)
    story.post(SceneSeen(wall, SceneName("Test card"), Seen.TRANSITION_STARTED))
    story.wait(30_000)
    story.go(but=["ko"])
    story.wait(2_000)
    story.post(DeadlinePassed(PressId(f"p{story.presses}")))
    story.run(0.9)
    # The machine's clock was slow, and is set.
    story.now = Instant(story.now + 20 * SECOND)
    story.post(ClockStepped(Duration(20 * SECOND)))
    while (following := next_cue(story.show)) is not None:
        story.wait(400)
        story.go()
        if next_cue(story.show) is not None:
            story.run(0.8 if following.number.endswith("7") else 1.0)
    story.wait(10 * SECOND)
    return story


def keep(story: Story, mode: Mode, change: Callable[[Path], None] | None = None) -> Path:
    """Writes the journal where the console would."""
    path = journal_path(EVENT, story.opened.event, story.day, mode)
    journal = Journal(path)
    try:
        journal.append(story.entries)
    finally:
        journal.close()
    if change is not None:
        change(path)
    return path

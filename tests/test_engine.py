"""One engine, real journal, drivers that do well or badly: the wire is first, the disk before the word "done".

Disks that hang or are full, drivers, windows and even the show's own rules that break: the show goes on and says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from studio_console.core import step as step_module
from studio_console.core.alarms import alarms
from studio_console.core.effects import StartOutput, StopOutput
from studio_console.core.events import ClockStepped, ConsoleStarted, DeadlinePassed, JournalTroubled, ShowEvent
from studio_console.core.output_state import ALL, Measures, Output, Sending
from studio_console.core.ports import Clock
from studio_console.core.presses import (
    ArmPressed,
    BackPressed,
    GoPressed,
    Grave,
    ReconnectPressed,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
    StopOutputPressed,
    StudioModeOffPressed,
)
from studio_console.core.refusals import ALREADY_DONE, STALE, TOO_SOON
from studio_console.core.reports import (
    OutputFailed,
    OutputSeen,
    OutputsMeasured,
    SceneSeen,
    Seen,
    StudioModeSeen,
    SurfaceLost,
    TakeFailed,
)
from studio_console.core.show import Phase, Show
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text, same
from studio_console.core.timing import elapsed_of
from studio_console.core.units import HOUR, CueId, Duration, Instant, PressId, SceneName, SurfaceId
from studio_console.runtime import engine as engine_module
from studio_console.runtime.clocks import ManualClock, SystemClock
from studio_console.runtime.engine import DISK_ERROR, DISK_SLOW, DRIVER_BROKE, NO_DRIVER, STEP_BROKE, Engine, replay
from studio_console.runtime.journal import Entry, Journal
from tests.runtime_builders import EVENING, PROGRAM, WALL, Driver, Screen, a_rundown, connected, on_air, running
from tests.waiting import PATIENCE, wait_until


def go(cue: str, press: str | None = None) -> GoPressed:
    return GoPressed(CueId(cue), PressId(press or f"press of {cue}"))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "show.journal")
    yield journal
    journal.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(EVENING)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine looks around often, so that nothing here waits for its ordinary second."""
    monkeypatch.setattr(engine_module, "CLOCK_CHECK", 0.02)


def two_drivers(confirm: bool = True) -> dict[SurfaceId, Driver]:
    return {surface: Driver(surface, confirm) for surface in (PROGRAM, WALL)}


def events_in(journal: Journal) -> list[ShowEvent]:
    return [entry.event for entry in journal.entries()]


def all_connected(show: Show) -> bool:
    return show.day is not None and all(state.connected for state in show.surfaces.values())


# --- the way of a GO


def test_go_reaches_every_surface_and_is_on_air_when_they_say_so(journal: Journal, clock: ManualClock) -> None:
    drivers = two_drivers()
    with running(clock, journal, drivers, a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        show = screen.wait_for(on_air("c0"))
    assert show.on_air is not None
    assert show.on_air.phase is Phase.ON_AIR
    for surface, driver in drivers.items():
        (take,) = driver.takes
        assert (take.surface, take.cue, take.press) == (surface, "c0", "press of c0")
        assert driver.started
        assert driver.closed


def test_taking_is_shown_until_the_surfaces_confirm(journal: Journal, clock: ManualClock) -> None:
    drivers = two_drivers(confirm=False)
    with running(clock, journal, drivers, a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        show = screen.wait_for(lambda show: show.taking is not None)
        assert show.on_air is None
        scene = drivers[WALL].takes[0].scene
        engine.post(SceneSeen(WALL, scene, Seen.TRANSITION_STARTED, PressId("press of c0")))
        screen.wait_for(on_air("c0"))


def test_events_carry_the_instant_at_which_they_were_posted(journal: Journal, clock: ManualClock) -> None:
    engine = Engine(clock, journal, two_drivers())
    for event in (a_rundown(), StandbyMoved(CueId("c3")), StandbyMoved(CueId("c2"))):
        engine.post(event)
        clock.advance(Duration(1_000))
    engine.start()
    engine.close()
    assert [entry.at - EVENING for entry in journal.entries()] == [0, 1_000, 2_000, 3_000]


def test_neither_the_wire_nor_the_word_taking_waits_for_the_disk_and_on_air_does(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall switches while the disk is busy: the desk says TAKING, and ON AIR when the press would survive."""
    monkeypatch.setattr(engine_module, "DISK_PATIENCE", PATIENCE * 10)
    drivers = two_drivers()  # they confirm at once: what comes of a take is told after it
    with hanging_disk(tmp_path) as journal, running(clock, journal, drivers, a_rundown()) as (engine, screen):
        screen.wait_for(all_connected)
        journal.hang()
        engine.post(go("c0"))
        for driver in drivers.values():
            driver.wait_for_takes(1)
        assert journal.waits.wait(PATIENCE), "the disk was asked"
        screen.wait_for(lambda show: show.taking is not None and show.taking.cue.id == "c0")
        assert go("c0") not in journal.durable()
        assert not any(on_air("c0")(show) for show in screen.shows), "told as done before it was durable"
        journal.let_go()
        screen.wait_for(on_air("c0"))
        assert go("c0") in journal.durable()


def test_what_was_pressed_before_a_take_is_durable_before_its_taking_is_shown(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The standby was moved and waits for the disk when GO comes: no take is shown before the move is saved."""
    monkeypatch.setattr(engine_module, "DISK_PATIENCE", PATIENCE * 10)
    saved: list[bool] = []

    def look(show: Show) -> None:
        if CueId("c2") in {take.cue.id for take in (show.taking, show.on_air) if take is not None}:
            saved.append(StandbyMoved(CueId("c2")) in journal.durable())

    drivers = two_drivers()
    with hanging_disk(tmp_path) as journal, running(clock, journal, drivers, a_rundown()) as (engine, screen):
        screen.wait_for(all_connected)
        engine.watch(look)
        journal.hang()
        engine.post(StandbyMoved(CueId("c3")))
        assert journal.waits.wait(PATIENCE), "the disk was asked"
        engine.post(StandbyMoved(CueId("c2")))
        engine.post(go("c2"))
        for driver in drivers.values():
            driver.wait_for_takes(1)
        journal.let_go()
        screen.wait_for(on_air("c2"))
    assert saved
    assert all(saved)


def test_whatever_a_screen_is_told_of_as_done_is_durable_by_then(journal: Journal) -> None:
    told: list[bool] = []

    def look(show: Show) -> None:
        durable = {event.press for event in events_in(journal) if isinstance(event, GoPressed)}
        sent = {show.taking.press} if show.taking is not None else set()
        told.append(set(show.presses) - sent <= durable)

    drivers = two_drivers()
    with running(SystemClock(), journal, drivers, a_rundown(cues=40)) as (engine, screen):
        engine.watch(look)
        for number in range(40):
            engine.post(go(f"c{number}"))
        screen.wait_for(on_air("c39"))
    assert len(told) > 1
    assert all(told)


def test_a_window_that_comes_late_is_told_at_once_and_one_that_left_no_more(
    journal: Journal, clock: ManualClock
) -> None:
    with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        late = Screen()
        end = engine.watch(late)
        assert on_air("c0")(late.show)
        end()
        end()
        engine.post(go("c1"))
        screen.wait_for(on_air("c1"))
        assert len(late.shows) == 1


# --- presses that are refused


def refused(journal: Journal) -> list[tuple[ShowEvent, str]]:
    return [(entry.event, entry.outcome) for entry in journal.entries() if entry.outcome]


def refused_with(reason: Text) -> Callable[[Show], bool]:
    return lambda show: show.refusal is not None and show.refusal.reason == reason


def test_stale_double_and_hasty_presses_are_seen_and_journalled_with_their_reason(
    journal: Journal, clock: ManualClock
) -> None:
    drivers = two_drivers()
    with running(clock, journal, drivers, a_rundown(go_guard=500)) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        clock.advance(Duration(100))
        for press, reason in (
            (go("c1"), TOO_SOON),
            (go("c0", "stale"), STALE),
            (go("c1", "press of c0"), ALREADY_DONE),
        ):
            engine.post(press)
            show = screen.wait_for(refused_with(reason))
            assert show.refusal is not None
            assert show.refusal.press == press.press
        clock.advance(Duration(400))
        engine.post(go("c1"))
        screen.wait_for(on_air("c1"))
        assert refused(journal) == [
            (go("c1"), TOO_SOON.en),
            (go("c0", "stale"), STALE.show("en", now="M2")),
            (go("c1", "press of c0"), ALREADY_DONE.en),
        ]
    assert [len(driver.takes) for driver in drivers.values()] == [2, 2]


def test_one_press_posted_twice_takes_once(journal: Journal, clock: ManualClock) -> None:
    drivers = two_drivers()
    with running(clock, journal, drivers, a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        engine.post(go("c0"))
        screen.wait_for(lambda show: show.refusal)
    assert [len(driver.takes) for driver in drivers.values()] == [1, 1]


# --- deadlines and the wall clock


def test_a_take_that_nobody_confirms_is_unconfirmed_after_its_deadline(
    journal: Journal, clock: ManualClock, quick: None
) -> None:
    drivers = two_drivers(confirm=False)
    with running(clock, journal, drivers, a_rundown(take_deadline=2_000)) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(lambda show: show.taking)
        clock.advance(Duration(1_999))
        engine.post(StandbyCalled(CueId("c3")))
        assert screen.wait_for(lambda show: show.pointer.called).taking is not None
        clock.advance(Duration(1))
        show = screen.wait_for(on_air("c0"))
        assert show.on_air is not None
        assert show.on_air.phase is Phase.UNCONFIRMED
        assert {alarm.surface for alarm in alarms(show) if alarm.code == "unconfirmed"} == {PROGRAM, WALL}
        assert DeadlinePassed(PressId("press of c0")) in events_in(journal)


def test_a_deadline_comes_by_itself_on_the_real_clock(journal: Journal) -> None:
    with running(SystemClock(), journal, two_drivers(confirm=False), a_rundown(take_deadline=50)) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))


class SettableClock(ManualClock):
    """A manual clock whose wall can be set, as the system's clock reports it."""

    def __init__(self, start: Instant) -> None:
        super().__init__(start)
        self._step: Duration | None = None

    def set_wall(self, by: int) -> None:
        self._step = Duration(by)

    def stepped(self) -> Duration | None:
        step, self._step = self._step, None
        if step is not None:
            self.advance(step)
        return step


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_a_wall_clock_that_is_set_moves_no_running_time(journal: Journal, quick: None, by: int) -> None:
    clock = SettableClock(EVENING)
    with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        clock.advance(Duration(60_000))
        clock.set_wall(by)
        show = screen.wait_for(lambda show: show.on_air and show.on_air.started_at == EVENING + by)
        assert show.on_air is not None
        assert elapsed_of(show.on_air, clock.now()) == 60_000
    assert ClockStepped(Duration(by)) in events_in(journal)
    assert replay(journal.entries()).on_air == show.on_air


def test_a_screen_does_not_wait_for_the_disk_when_the_clock_was_set(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock of the screens has moved by an hour at once: a countdown of before would be an hour over, in red."""
    monkeypatch.setattr(engine_module, "DISK_PATIENCE", PATIENCE * 10)
    clock = SettableClock(EVENING)
    with hanging_disk(tmp_path) as journal:
        with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
            engine.post(go("c0"))
            screen.wait_for(on_air("c0"))
            journal.hang()
            clock.set_wall(HOUR)
            screen.wait_for(lambda show: show.on_air and show.on_air.started_at == EVENING + HOUR)
            assert ClockStepped(Duration(HOUR)) not in journal.durable()
            journal.let_go()
        assert ClockStepped(Duration(HOUR)) in journal.durable()


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_a_wall_clock_that_is_set_brings_no_deadline_early_or_late(journal: Journal, quick: None, by: int) -> None:
    clock = SettableClock(EVENING)
    with running(clock, journal, two_drivers(confirm=False), a_rundown(take_deadline=2_000)) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(lambda show: show.taking)
        clock.set_wall(by)
        show = screen.wait_for(lambda show: show.last_go_at == EVENING + by)
        engine.post(StandbyCalled(CueId("c3")))
        show = screen.wait_for(lambda show: show.pointer.called)
        assert show.taking is not None, "an hour on the wall is not an hour of waiting"
        clock.advance(Duration(2_000))
        screen.wait_for(on_air("c0"))


# --- the disk


class HangingJournal(Journal):
    """A real journal whose disk can be made not to answer."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._free = threading.Event()
        self._free.set()
        self.waits = threading.Event()
        self._durable: list[ShowEvent] = []

    def hang(self) -> None:
        self._free.clear()

    def let_go(self) -> None:
        self._free.set()

    def append(self, entries: Sequence[Entry]) -> None:
        if not self._free.is_set():
            self.waits.set()
            assert self._free.wait(PATIENCE * 2)
        super().append(entries)
        self._durable += [entry.event for entry in entries]

    def durable(self) -> list[ShowEvent]:
        return list(self._durable)


class hanging_disk:
    def __init__(self, folder: Path) -> None:
        self._journal = HangingJournal(folder / "hanging.journal")

    def __enter__(self) -> HangingJournal:
        return self._journal

    def __exit__(self, *_: object) -> None:
        self._journal.let_go()
        self._journal.close()


def test_a_disk_that_hangs_keeps_no_go_from_the_air_and_is_an_alarm_until_it_answers(
    tmp_path: Path, clock: ManualClock
) -> None:
    drivers = two_drivers()
    with hanging_disk(tmp_path) as journal, running(clock, journal, drivers, a_rundown(cues=6)) as (engine, screen):
        screen.wait_for(lambda show: show.day)
        journal.hang()
        for number in range(4):
            engine.post(go(f"c{number}"))
            drivers[PROGRAM].wait_for_takes(number + 1)
            show = screen.wait_for(on_air(f"c{number}"), "a show although the disk hangs")
            assert show.journal_trouble == DISK_SLOW
            assert alarms(show)[0].code == "journal"
        journal.let_go()
        show = screen.wait_for(lambda show: show.journal_trouble is None, "the end of the alarm")
        assert on_air("c3")(show)
        engine.post(go("c4"))
        assert screen.wait_for(on_air("c4")).journal_trouble is None
        assert [event for event in journal.durable() if isinstance(event, GoPressed)] == [
            go(f"c{number}") for number in range(5)
        ]


def test_the_alarm_of_a_disk_that_hung_once_does_not_outlive_it_when_nothing_else_happens(
    tmp_path: Path, clock: ManualClock
) -> None:
    with hanging_disk(tmp_path) as journal, running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        screen.wait_for(lambda show: show.day)
        for number in range(3):
            journal.hang()
            engine.post(StandbyMoved(CueId(f"c{number}")))
            screen.wait_for(lambda show: show.journal_trouble == DISK_SLOW)
            journal.let_go()
            screen.wait_for(lambda show: show.journal_trouble is None)
        assert not any(isinstance(event, JournalTroubled) for event in journal.durable())


@pytest.mark.expects_log("closed without waiting")
def test_closing_does_not_wait_for_ever_for_a_disk_that_hangs(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "CLOSE_PATIENCE", 0.05)
    drivers = two_drivers()
    with hanging_disk(tmp_path) as journal:
        with running(clock, journal, drivers, a_rundown()) as (engine, screen):
            screen.wait_for(lambda show: show.day)
            journal.hang()
            engine.post(go("c0"))
            drivers[WALL].wait_for_takes(1)
            assert engine.close() is False
            assert drivers[WALL].closed
        journal.let_go()
        wait_until(lambda: not engine_threads())
        assert go("c0") in journal.durable(), "what was given to the disk is written when it answers"


@pytest.mark.expects_log("cannot be written: .*full")
def test_a_full_disk_is_an_alarm_and_all_is_written_once_there_is_room(
    journal: Journal, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "DISK_RETRY", 0.02)
    drivers = two_drivers()
    with running(clock, journal, drivers, a_rundown()) as (engine, screen):
        screen.wait_for(lambda show: show.day)
        journal._db.execute(f"PRAGMA max_page_count = {journal._db.execute('PRAGMA page_count').fetchone()[0]}")
        long = [SurfaceLost(WALL, same(f"{number} " + "no answer " * 300)) for number in range(20)]
        for event in long:
            engine.post(event)
        engine.post(go("c0"))
        drivers[PROGRAM].wait_for_takes(1)
        show = screen.wait_for(on_air("c0"))
        assert show.journal_trouble == DISK_ERROR, "done and not saved are told in one breath"
        engine.post(go("c1"))
        assert screen.wait_for(on_air("c1")).journal_trouble == DISK_ERROR
        assert go("c0") not in events_in(journal)
        journal._db.execute("PRAGMA max_page_count = 1000000")
        screen.wait_for(lambda show: show.journal_trouble is None, "the end of the alarm")
        written = events_in(journal)
        assert [event for event in written if isinstance(event, GoPressed)] == [go("c0"), go("c1")]
        assert [event for event in written if event in long] == long
        assert replay(journal.entries()).on_air == screen.show.on_air


@pytest.mark.expects_log("cannot be written: .*full")
def test_closing_on_a_full_disk_says_that_not_everything_is_saved(journal: Journal, clock: ManualClock) -> None:
    with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        screen.wait_for(lambda show: show.day)
        journal._db.execute(f"PRAGMA max_page_count = {journal._db.execute('PRAGMA page_count').fetchone()[0]}")
        engine.post(a_rundown(cues=2_000))
        screen.wait_for(lambda show: show.journal_trouble == DISK_ERROR)
        assert engine.close() is False


@pytest.mark.expects_log("GoPressed cannot be written to the journal")
def test_one_entry_that_cannot_be_written_costs_no_other_one(
    journal: Journal, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Journal.append

    def picky(self: Journal, entries: Sequence[Entry]) -> None:
        if any(entry.event == go("c1") for entry in entries):
            raise TypeError("no words for it")
        append(self, entries)

    monkeypatch.setattr(Journal, "append", picky)
    engine = Engine(clock, journal, two_drivers())
    for event in (a_rundown(), go("c0"), go("c1"), go("c2")):
        engine.post(event)
    engine.start()
    assert engine.close() is True
    assert events_in(journal) == [a_rundown(), go("c0"), go("c2"), ConsoleStarted()]


# --- what breaks


@pytest.mark.expects_log("the driver of wall")
def test_a_driver_that_breaks_is_an_alarm_and_the_others_go_on(journal: Journal, clock: ManualClock) -> None:
    drivers = {PROGRAM: Driver(PROGRAM), WALL: Driver(WALL, breaks=True)}
    with running(clock, journal, drivers, a_rundown()) as (engine, screen):
        screen.wait_for(lambda show: show.day and show.surfaces[PROGRAM].connected and show.surfaces[WALL].final)
        for number in range(3):
            engine.post(go(f"c{number}"))
            screen.wait_for(on_air(f"c{number}"))
            show = screen.wait_for(lambda show: show.on_air and WALL in show.on_air.failed)
            assert show.on_air is not None
            assert PROGRAM in show.on_air.confirmed
        engine.post(StudioModeSeen(WALL, True))
        engine.post(StudioModeOffPressed(WALL))
        engine.post(SurfaceLost(WALL, same("kicked"), final=True))
        engine.post(ReconnectPressed(WALL))
        engine.post(go("c3"))
        screen.wait_for(on_air("c3"))
        assert drivers[WALL].left_studio_mode == 1
        assert drivers[WALL].reconnected == 1
        assert len(drivers[PROGRAM].takes) == 4
    assert drivers[PROGRAM].closed
    assert drivers[WALL].closed


@pytest.mark.expects_log("the driver of wall")
def test_outputs_are_ordered_from_their_driver_and_one_that_breaks_or_is_missing_says_so(
    journal: Journal, clock: ManualClock
) -> None:
    drivers = {PROGRAM: Driver(PROGRAM), WALL: Driver(WALL, breaks=True)}
    surfaces = (PROGRAM, WALL, SurfaceId("elsewhere"))
    outputs = tuple(Output(name, name, OutputKind.STREAM) for name in surfaces)
    rundown = replace(a_rundown(surfaces=surfaces), outputs=outputs)
    with running(clock, journal, drivers, rundown) as (engine, screen):
        screen.wait_for(lambda show: show.day and show.surfaces[WALL].final)
        for surface in surfaces:
            engine.post(connected(surface))
            engine.post(OutputSeen(surface, OutputKind.STREAM, Sending.STOPPED, changed=False))
        engine.post(ArmPressed(Grave.START_OUTPUT, ALL, PressId("arm")))
        engine.post(StartOutputPressed(ALL, PressId("start")))
        screen.wait_for(lambda show: [run.failed for run in show.outputs.values()] == [None, DRIVER_BROKE, NO_DRIVER])
        engine.post(OutputSeen(PROGRAM, OutputKind.STREAM, Sending.LIVE))
        engine.post(OutputsMeasured(PROGRAM, Measures()))
        engine.post(ArmPressed(Grave.STOP_OUTPUT, PROGRAM, PressId("arm")))
        engine.post(StopOutputPressed(PROGRAM, PressId("stop")))
        screen.wait_for(lambda show: not show.outputs[PROGRAM, OutputKind.STREAM].wanted)
        assert [type(order) for order in drivers[PROGRAM].orders] == [StartOutput, StopOutput]
        kinds = {type(event) for event in events_in(journal)}
    assert {OutputSeen, OutputFailed, StartOutputPressed, StopOutputPressed} <= kinds
    assert OutputsMeasured not in kinds


def test_a_surface_without_a_driver_fails_its_takes_with_the_reason(journal: Journal, clock: ManualClock) -> None:
    with running(clock, journal, {PROGRAM: Driver(PROGRAM)}, a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        show = screen.wait_for(lambda show: show.on_air and show.on_air.failed)
        assert show.on_air is not None
        assert show.on_air.failed == {WALL: NO_DRIVER}
        assert TakeFailed(WALL, PressId("press of c0"), NO_DRIVER) in events_in(journal)


@pytest.mark.expects_log("a window could not be told")
def test_a_window_that_breaks_does_not_keep_the_others_from_being_told(journal: Journal, clock: ManualClock) -> None:
    broken = threading.Event()

    def breaks(show: Show) -> None:
        if show.day is not None:
            broken.set()
            raise RuntimeError("this window is broken")

    engine = Engine(clock, journal, two_drivers())
    engine.watch(breaks)
    screen = Screen()
    engine.watch(screen)
    engine.post(a_rundown())
    engine.start()
    engine.start_drivers()
    engine.post(go("c0"))
    screen.wait_for(on_air("c0"))
    assert broken.is_set()
    assert engine.close() is True


def test_a_window_that_hangs_keeps_no_go_from_the_air(journal: Journal, clock: ManualClock) -> None:
    drivers = two_drivers()
    free, hangs = threading.Event(), threading.Event()

    def hang(show: Show) -> None:
        if "press of c0" in show.presses and not free.is_set():
            hangs.set()
            assert free.wait(PATIENCE * 2)

    with running(clock, journal, drivers, a_rundown()) as (engine, screen):
        engine.watch(hang)
        try:
            engine.post(go("c0"))
            assert hangs.wait(PATIENCE)
            for number in range(1, 5):
                engine.post(go(f"c{number}"))
                drivers[PROGRAM].wait_for_takes(number + 1)
        finally:
            free.set()
        screen.wait_for(lambda show: on_air("c4")(show) and show.journal_trouble is None)


@pytest.mark.expects_log("the show could not take StandbyCalled")
def test_a_rule_of_the_show_that_breaks_is_told_and_the_next_press_works(
    journal: Journal, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("a defect in the rules")

    monkeypatch.setattr(step_module, "call_standby", breaks)
    with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(on_air("c0"))
        engine.post(StandbyCalled(CueId("c1")))
        show = screen.wait_for(lambda show: show.refusal)
        assert show.refusal is not None
        assert show.refusal.reason == STEP_BROKE
        assert on_air("c0")(show)
        engine.post(go("c1"))
        screen.wait_for(on_air("c1"))


@pytest.mark.expects_log("from the journal")
def test_a_journal_with_an_entry_that_breaks_the_rules_can_still_be_replayed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("a defect in the rules")

    monkeypatch.setattr(step_module, "call_standby", breaks)
    story: tuple[ShowEvent, ...] = (a_rundown(), go("c0"), StandbyCalled(CueId("c1")), go("c1"))
    show = replay(Entry(Instant(EVENING + 1_000 * place), event) for place, event in enumerate(story))
    assert show.taking is not None
    assert show.taking.cue.id == "c1"


def test_under_a_flood_of_events_the_screen_is_told_and_deadlines_are_seen(journal: Journal) -> None:
    drivers = two_drivers(confirm=False)
    with running(SystemClock(), journal, drivers, a_rundown(take_deadline=20)) as (engine, screen):
        over = threading.Event()

        def flood() -> None:
            while not over.is_set():
                engine.post(SceneSeen(WALL, SceneName("by hand"), Seen.TRANSITION_STARTED))

        engine.post(go("c0"))
        drivers[WALL].wait_for_takes(1)
        flooding = threading.Thread(target=flood)
        flooding.start()
        try:
            screen.wait_for(on_air("c0"))
        finally:
            over.set()
            flooding.join()


# --- coming and going


def engine_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name in ("engine", "journal")]


def test_close_leaves_no_thread_and_what_was_posted_is_on_the_disk(tmp_path: Path, clock: Clock) -> None:
    journal = Journal(tmp_path / "show.journal")
    engine = Engine(clock, journal, two_drivers())
    engine.post(a_rundown(cues=50))
    engine.start()
    engine.start_drivers()
    for number in range(50):
        engine.post(go(f"c{number}"))
    assert engine_threads() == ["engine", "journal"]
    assert engine.close() is True
    assert engine.close() is True, "a second time does no harm"
    assert engine_threads() == []
    written = events_in(journal)
    journal.close()
    assert [event for event in written if isinstance(event, GoPressed)] == [go(f"c{number}") for number in range(50)]


def test_an_engine_that_was_never_started_can_be_closed(journal: Journal, clock: ManualClock) -> None:
    assert Engine(clock, journal, two_drivers()).close() is True


def test_a_window_is_never_shown_what_the_surfaces_were_before_the_console_ended(
    tmp_path: Path, clock: ManualClock
) -> None:
    """A tally from before the crash has caused wrong takes."""
    journal = Journal(tmp_path / "show.journal")
    with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        engine.post(go("c0"))
        screen.wait_for(lambda show: on_air("c0")(show) and all(state.seen for state in show.surfaces.values()))
    engine = Engine(clock, journal, two_drivers())
    screen = Screen()
    engine.watch(screen)
    assert on_air("c0")(screen.show)
    assert [(state.connected, state.seen) for state in screen.show.surfaces.values()] == [(False, None)] * 2
    engine.close()
    journal.close()


def test_coming_back_brings_the_same_show_and_asks_nothing_of_a_surface(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "show.journal"
    journal = Journal(path)
    with running(clock, journal, two_drivers(), a_rundown()) as (engine, screen):
        for cue in ("c0", "c1", "c2"):
            clock.advance(Duration(90_000))
            engine.post(go(cue))
            screen.wait_for(on_air(cue))
        engine.post(BackPressed(PressId("oops")))
        before = screen.wait_for(on_air("c1"))
    journal.close()

    clock.advance(Duration(20_000))
    journal = Journal(path)
    drivers = {surface: Driver(surface, confirms=False) for surface in (PROGRAM, WALL)}
    with running(clock, journal, drivers) as (engine, screen):
        assert engine.recovered.on_air == before.on_air
        show = screen.wait_for(lambda show: all(state.connected for state in show.surfaces.values()))
        assert show.on_air == before.on_air
        assert show.on_air is not None
        assert elapsed_of(show.on_air, clock.now()) == 110_000
        assert show.runs == before.runs
        engine.post(go("c2", "again"))
        drivers[PROGRAM].wait_for_takes(1)
        assert [take.press for driver in drivers.values() for take in driver.takes] == ["again", "again"]
        assert engine.recovered.on_air == before.on_air, "what was recovered does not change later"
    journal.close()

"""The state of the show under a rundown that changes, and what holds after any events in any order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core import change
from studio_console.core.air_facts import Fault
from studio_console.core.alarms import alarms
from studio_console.core.arrangement import Arrangement
from studio_console.core.clip_watch import unseen_clip
from studio_console.core.edit_reports import (
    DraftFound,
    DraftKept,
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
    UnsavedSettled,
)
from studio_console.core.editing import (
    CueDeleted,
    CueDuplicated,
    CueEdited,
    CueInserted,
    CueShifted,
    Draft,
    SessionEdited,
)
from studio_console.core.effects import (
    AlignStandby,
    ArrangeScene,
    EditOrder,
    FollowClip,
    PromoteStandby,
    Refuse,
    SetSound,
    TakeScene,
)
from studio_console.core.events import (
    AlarmCleared,
    AlarmRaised,
    ClockStepped,
    ConsoleStarted,
    DeadlinePassed,
    JournalTroubled,
    OperatorEvent,
    RundownLoaded,
    ShowEvent,
)
from studio_console.core.guest_alarms import guest_alarms
from studio_console.core.guest_list import Filter, listed
from studio_console.core.guests import is_ready, lacking, tally, turns
from studio_console.core.hall import HallReason
from studio_console.core.interpretation import Under
from studio_console.core.output_alarms import output_alarms
from studio_console.core.output_state import ALL, Measures, Output, RecordFacts, Sending, StreamFacts
from studio_console.core.picture import Item, holding_scene_of, live_scenes_of
from studio_console.core.presses import (
    AlarmAcknowledged,
    AlignPressed,
    ArmPressed,
    BackPressed,
    Check,
    Disarmed,
    EditRedone,
    EditUndone,
    EndPressed,
    FollowingSet,
    GoPressed,
    Grave,
    GuestChecked,
    HoldPressed,
    InterpreterChanged,
    PromotePressed,
    ReconnectPressed,
    ResumePressed,
    RollCallMarked,
    ShowLockSet,
    SkipSet,
    SoundOverridden,
    SoundReleased,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
    StopOutputPressed,
    StudioModeOffPressed,
    TimeAdded,
    Verdict,
    WallArmed,
    WallBackPressed,
    WallDisarmed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.problems import Severity
from studio_console.core.reports import (
    AirSeen,
    ArrangeFailed,
    ClipMeasured,
    ClipRanOut,
    ClipSeen,
    CollectionSeen,
    DriftSeen,
    GuestSeen,
    OutputFailed,
    OutputSeen,
    OutputsMeasured,
    Playback,
    SceneArranged,
    ScenesCompared,
    SceneSeen,
    Seen,
    Signal,
    SoundSeen,
    StandbySeen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    SurfaceWatched,
    TakeFailed,
    TextWritten,
    WordsSeen,
)
from studio_console.core.roll_call import RollColumn, RollEntry, RollMark
from studio_console.core.rundown import AtEnd, Day
from studio_console.core.show import (
    REMEMBERED_PRESSES,
    GuestState,
    Mark,
    Show,
    SurfaceState,
    cue_of,
    is_skipped,
    missing_scenes,
    position,
)
from studio_console.core.sound import booth_feeds, differences
from studio_console.core.sound_alarms import sound_alarms
from studio_console.core.speaker import (
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.stage import (
    HallCounted,
    HallEntryOverridden,
    HallEntryRefused,
    HallExitTakenBack,
    SpeakerMark,
    SpeakerMarked,
    StageNoteWritten,
    StageStandbyAcknowledged,
)
from studio_console.core.step import step
from studio_console.core.studio import Fit, OutputKind, Rect, Words
from studio_console.core.takes import HISTORY, NO_ANSWER
from studio_console.core.text import same
from studio_console.core.timing import CueState, project
from studio_console.core.units import (
    CueId,
    Duration,
    InputId,
    Instant,
    LayoutId,
    PersonId,
    PressId,
    SceneName,
    SurfaceId,
)
from tests.builders import (
    BOTH,
    DEADLINE,
    FIVE,
    GUARD,
    HALL,
    NO_HALL,
    PROGRAM,
    WALL,
    Run,
    at,
    cue,
    day,
    edited,
    length,
    loaded,
    name,
    scenes_of,
    session,
    without,
)


def on_air(*numbers: str, whole: Day = FIVE) -> Run:
    """The day, run through ``numbers``, a minute each."""
    run = Run(whole, now="22:00")
    run.go_through(*numbers, each="1:00")
    return run


# --- the rundown changes under air ------------------------------------------------------------------------------


def test_an_edited_running_cue_stays_on_air_marked() -> None:
    """Its length is changed in the file: the same picture, the same start, the new length, and a mark that says so."""
    run = on_air("M1", "M2")
    run.load(edited(FIVE, "M2", duration=length("8:00")))

    assert run.effects == []
    assert (run.on_air, run.take.mark) == ("M2", Mark.EDITED)
    assert run.times.countdown == (length("1:00"), length("7:00"), length("8:00"))
    run.load(FIVE)
    assert run.take.mark is Mark.NONE


def test_other_rows_change_without_a_mark() -> None:
    """What was changed is not on air."""
    run = on_air("M1", "M2")
    run.load(edited(FIVE, "M4", duration=length("8:00")))
    assert run.take.mark is Mark.NONE
    assert run.alarms == []


def test_a_running_cue_marked_to_be_skipped_stays_on_air() -> None:
    """In the file or at the desk; unskipped, the mark goes."""
    run = on_air("M1", "M2")
    run.load(edited(FIVE, "M2", skip=True))
    assert (run.on_air, run.take.mark, run.next) == ("M2", Mark.SKIPPED, "M3")
    run.skip("M2", skip=False)
    assert run.take.mark is Mark.EDITED
    run.load(FIVE)
    assert run.take.mark is Mark.NONE
    run.skip("M2")
    assert (run.on_air, run.take.mark, run.next) == ("M2", Mark.SKIPPED, "M3")


def test_a_deleted_running_cue_stays_on_air_and_keeps_its_place() -> None:
    """Its row is gone: it runs on, known by its title; GO takes what stood after it."""
    run = on_air("M1", "M2")
    run.load(without(FIVE, "M2"))

    assert (run.on_air, run.take.mark, run.next) == ("M2", Mark.DELETED, "M3")
    running = cue_of(run.show, name("M2"))
    assert running is not None
    assert running.number == "M2"
    assert run.alarms == [("cue-deleted", None)]
    run.go("M3")
    assert run.states() == "M1 done, M3 on air, M4 next, M5 upcoming"
    assert cue_of(run.show, name("M2")) is None


def test_a_deleted_running_cue_that_comes_back() -> None:
    """The row was cut and pasted further down: the cue is found again by its id, at its new place."""
    run = on_air("M1", "M2")
    moved = day(*(one for one in FIVE.cues if one.number != "M2"), next(one for one in FIVE.cues if one.number == "M2"))
    run.load(without(FIVE, "M2"))
    run.load(moved)

    assert (run.on_air, run.take.mark, run.next) == ("M2", Mark.NONE, None)
    assert run.states() == "M1 done, M3 passed, M4 passed, M5 passed, M2 on air"
    assert run.take.anchor is None
    run.load(FIVE)
    assert run.next == "M3"


def test_deleted_with_all_that_stood_before_it() -> None:
    """Half the sheet goes, the running row with it; what is left is still to come."""
    run = on_air("M1", "M2", "M3")
    run.load(without(FIVE, "M1", "M2", "M3"))
    assert run.states() == "M4 next, M5 upcoming"
    run.load(without(FIVE, "M3"))
    assert run.next is not None


@pytest.mark.parametrize("saves", [1, 2, 3])
def test_the_first_cue_deleted_under_air_skips_nothing_however_often_files_are_saved(saves: int) -> None:
    """With nothing before it, it keeps its place at the head through every further save."""
    run = on_air("M1")
    for _ in range(saves):
        run.load(without(FIVE, "M1"))
    assert (position(run.show), run.next) == (-1, "M2")


@pytest.mark.parametrize("saves", [1, 2, 3])
def test_a_deleted_cue_keeps_its_place_when_its_neighbour_goes_too(saves: int) -> None:
    """First the running row, then the one before it: next stays next."""
    run = on_air("M1", "M2", "M3")
    run.load(without(FIVE, "M3"))
    for _ in range(saves):
        run.load(without(FIVE, "M2", "M3"))
    assert run.next == "M4"


def test_rows_put_in_before_and_after_the_running_cue() -> None:
    """What is put in behind it was passed; what is put in ahead comes."""
    run = on_air("M1", "M2")
    one, two, *rest = FIVE.cues
    run.load(day(one, cue("X1"), two, cue("X2"), *rest))
    assert run.states() == "M1 done, X1 passed, M2 on air, X2 next, M3 upcoming, M4 upcoming, M5 upcoming"


def test_the_picture_of_the_running_cue_is_not_pulled_away() -> None:
    """Its layout is another one in the file now: nothing is sent, what is wanted is what was taken."""
    run = on_air("M1")
    run.load(FIVE, {**scenes_of(FIVE, PROGRAM), name("M1"): {PROGRAM: SceneName("another")}})

    assert run.effects == []
    assert run.surface().wanted == "M1 program"
    assert not run.surface().differs


def test_edited_while_it_is_being_taken() -> None:
    """The file is saved between GO and OBS's word."""
    run = on_air("M1")
    run.press_go("M2")
    run.load(without(FIVE, "M2"))
    assert run.show.taking is not None
    assert run.show.taking.mark is Mark.DELETED
    run.confirm()
    assert (run.on_air, run.take.mark, run.next) == ("M2", Mark.DELETED, "M3")


def test_back_to_a_cue_that_was_deleted_meanwhile() -> None:
    """It was on air before, so it can be again, marked; next is what stood after it."""
    run = on_air("M1", "M2", "M3")
    run.load(without(FIVE, "M2"))
    run.back()
    assert (run.on_air, run.take.mark, run.next) == ("M2", Mark.DELETED, "M3")


def test_back_looks_at_the_mark_again() -> None:
    """It was skipped when it left the air, and is not any more."""
    run = on_air("M1", "M2")
    run.skip("M2")
    run.go("M3")
    run.skip("M2", skip=False)
    run.wait("0:01")
    run.back()
    assert (run.on_air, run.take.mark) == ("M2", Mark.NONE)


def test_edits_made_at_the_desk_outlive_a_save_of_the_file() -> None:
    """A minute added and a cue skipped at the desk; the file is saved for another reason."""
    run = on_air("M1")
    run.add("M2", "1:00")
    run.skip("M3")
    before = run.times
    run.load(edited(FIVE, "M5", floor="en"))
    assert [row[1:] for row in run.times.rows] == [row[1:] for row in before.rows]


def test_a_cue_skipped_in_the_file_can_be_put_back_at_the_desk() -> None:
    """The file says skip, the desk says it is on after all."""
    run = Run(edited(FIVE, "M2", skip=True), now="22:00")
    run.go("M1")
    assert run.next == "M3"
    run.skip("M2", skip=False)
    assert run.next == "M2"
    assert run.row("M2").projected_start == at("22:10")


def test_the_next_day_begins_at_its_beginning() -> None:
    """The day after is opened on the same journal: what was on air yesterday is nowhere in it."""
    run = on_air("M1", "M2", "M3")
    run.end()
    tomorrow = day(session(cue("C1"), cue("C2"), start="33:30", id="climate"))
    for _ in range(3):
        run.load(tomorrow)
        assert run.states() == "C1 next, C2 upcoming"


def test_scenes_that_a_surface_does_not_have() -> None:
    """Known before GO: nobody wants to find out on air."""
    run = Run(FIVE, connect=False)
    assert missing_scenes(run.show, PROGRAM) == frozenset()
    run.post(SurfaceConnected(PROGRAM, None, False, "Untitled", "29.0.2", frozenset({SceneName("M1 program")})))
    assert missing_scenes(run.show, PROGRAM) == {f"M{number} program" for number in range(2, 6)}
    (alarm,) = alarms(run.show)
    assert (alarm.code, alarm.values["count"], alarm.values["first"]) == ("scenes-missing", 4, "M2 program")
    run.lose()
    assert missing_scenes(run.show, PROGRAM) == frozenset()


def test_surfaces_follow_the_studio() -> None:
    """A surface that the studio no longer has is no longer shown; a new one is, unconnected."""
    run = on_air("M1")
    run.post(RundownLoaded(FIVE, {}, (WALL,), GUARD, DEADLINE))
    assert run.show.surfaces == {WALL: SurfaceState()}


def test_what_is_remembered_has_bounds() -> None:
    """A week of takes does not make the show slower."""
    whole = day(*(cue(f"M{number}", 1) for number in range(1, 101)))
    run = on_air(*(one.number for one in whole.cues), whole=whole)
    assert len(run.show.history) == HISTORY
    assert len(run.show.presses) == REMEMBERED_PRESSES
    assert len(run.show.runs) == 99


# --- changing frozen values --------------------------------------------------------------------------------------


def test_a_changed_copy_is_what_dataclasses_would_make() -> None:
    """The quick way is as good as the slow one: same type, same fields, the old value untouched."""
    show = on_air("M1").show
    quick = change.replace(show, clips={}, last_go_at=Instant(5))
    assert quick == replace(show, clips={}, last_go_at=Instant(5))
    assert type(quick) is Show
    assert show.last_go_at != 5
    with pytest.raises(AttributeError):
        quick.last_go_at = Instant(6)  # type: ignore[misc]
    unknown: Any = {"no_such_field": 1}
    with pytest.raises(AttributeError):
        change.replace(show, **unknown)


# --- any events in any order -------------------------------------------------------------------------------------

DAYS = (
    FIVE,
    without(FIVE, "M2"),
    without(FIVE, "M1", "M3"),
    edited(edited(FIVE, "M2", skip=True), "M4", duration=None),
    edited(
        edited(FIVE, "M2", speakers=("lima",), roll_call=(PersonId("lima"),)),
        "M4",
        speakers=("kabul", "lima"),
        needs=("kabul", "sound"),
    ),
    day(cue("M1", clip="message"), cue("M3", end="22:20"), cue("X1", None), cue("M5", start="22:30"), end="23:00"),
    edited(
        day(cue("M1", 1, clip="message"), cue("M2"), cue("M3", None, clip="message"), cue("M4"), cue("M5")),
        "M1",
        at_end=AtEnd.NEXT,
    ),
    edited(FIVE, "M3", two_step=True),
    day(),
)
SURFACES = st.sampled_from([PROGRAM, WALL, SurfaceId("roof")])
CUES = st.sampled_from([name(f"M{number}") for number in range(1, 7)] + [CueId("x1"), CueId("")])
SCENES = st.sampled_from(
    [SceneName(f"M{number} {end}") for number in range(1, 6) for end in BOTH]
    + ["Scene 2", *live_scenes_of(WALL), holding_scene_of(WALL)]
)
PRESSES = st.integers(0, 30).map(lambda number: PressId(f"press {number}"))
AMOUNTS = st.integers(-90_000_000, 90_000_000).map(Duration)
WORDS = st.just(same("no"))
GUESTS = st.sampled_from([PersonId("lima"), PersonId("kabul"), PersonId("nobody")])


LEVELS = st.dictionaries(st.sampled_from(["floor", "ko", "en"]), st.none() | st.sampled_from([0, -18, -7]))
OUTPUTS = (
    Output("youtube", PROGRAM, OutputKind.STREAM),
    Output("satellite", PROGRAM, OutputKind.LINE),
    Output("recording", PROGRAM, OutputKind.RECORDING),
)


def loads() -> st.SearchStrategy[RundownLoaded]:
    days = st.builds(loaded, st.sampled_from(DAYS), st.sampled_from([(PROGRAM,), BOTH, ()]))
    column = RollColumn(WALL, "roll call M2 1of1 40", (RollEntry(PersonId("lima"), "Lima"),))
    walls = st.sampled_from([((), {}), ((WALL,), {}), ((WALL,), {WALL: holding_scene_of(WALL)})])
    return st.builds(
        _with_more,
        days,
        walls,
        roll_columns=st.sampled_from([{}, {name("M2"): (column,)}]),
        guests=st.frozensets(GUESTS),
        interpretation=st.sampled_from([HALL, NO_HALL]),
        outputs=st.sampled_from([OUTPUTS, ()]),
    )


def _with_more(event: RundownLoaded, wall: Any, **more: Any) -> RundownLoaded:
    return replace(event, walls=wall[0], holding=wall[1], **more)


SUBJECTS = st.sampled_from(["c1", "program", ALL, "youtube", "satellite", "recording"])
KINDS = st.sampled_from([OutputKind.STREAM, OutputKind.RECORDING])
AGO = st.integers(0, 90_000).map(Duration)
MEASURES = st.builds(
    lambda rate, share, left: Measures(
        StreamFacts(True, False, rate, share, 3, share), RecordFacts(True, 2_500, left), share, share, 1_000
    ),
    st.none() | st.integers(0, 9_000),
    st.floats(0, 1),
    st.none() | AGO.map(lambda ms: Duration(ms * 60)),
)
M2 = FIVE.cues[1]
TALKS = replace(FIVE.sessions[0], cues=())
DRAFTS = st.builds(Draft, CUES, st.just({"title_ko": "시"}))
ANYTHING: dict[type, st.SearchStrategy[ShowEvent]] = {
    GoPressed: st.builds(GoPressed, CUES, PRESSES),
    BackPressed: st.builds(BackPressed, PRESSES),
    StandbyMoved: st.builds(StandbyMoved, st.none() | CUES),
    StandbyCalled: st.builds(StandbyCalled, CUES),
    HoldPressed: st.builds(HoldPressed, PRESSES),
    ResumePressed: st.builds(ResumePressed, PRESSES),
    EndPressed: st.builds(EndPressed, PRESSES),
    TimeAdded: st.builds(TimeAdded, CUES, AMOUNTS),
    SkipSet: st.builds(SkipSet, CUES, st.booleans()),
    EditUndone: st.just(EditUndone()),
    EditRedone: st.just(EditRedone()),
    CueEdited: st.builds(CueEdited, st.just(M2), st.sampled_from([M2, replace(M2, title=same("Other"))]), PRESSES),
    SessionEdited: st.builds(
        SessionEdited, st.just(TALKS), st.just(replace(TALKS, title=same("Other"))), CUES, PRESSES
    ),
    CueShifted: st.builds(CueShifted, CUES, st.booleans(), PRESSES),
    CueInserted: st.builds(CueInserted, st.just(replace(M2, id=CueId("m9"), number="M9")), CUES, PRESSES),
    CueDuplicated: st.builds(CueDuplicated, CUES, st.just(CueId("m9")), st.just("M9"), PRESSES),
    CueDeleted: st.builds(CueDeleted, st.just(M2), PRESSES),
    DraftKept: st.builds(DraftKept, st.none() | DRAFTS),
    DraftFound: st.builds(DraftFound, DRAFTS),
    UnsavedSettled: st.builds(UnsavedSettled, PRESSES, st.booleans(), PRESSES),
    EditWritten: st.builds(EditWritten, PRESSES, WORDS),
    EditKept: st.builds(
        EditKept,
        st.builds(CueShifted, CUES, st.booleans(), PRESSES),
        WORDS,
        st.none() | st.just(M2),
        st.none(),
        st.booleans(),
    ),
    EditRefused: st.builds(EditRefused, PRESSES, WORDS),
    EditDropped: st.builds(EditDropped, PRESSES),
    EditReverted: st.builds(EditReverted, PRESSES, st.booleans()),
    RevertFailed: st.builds(RevertFailed, PRESSES, WORDS, st.booleans()),
    StudioModeOffPressed: st.builds(StudioModeOffPressed, SURFACES),
    ReconnectPressed: st.builds(ReconnectPressed, SURFACES),
    RundownLoaded: loads(),
    DeadlinePassed: st.builds(DeadlinePassed, PRESSES),
    ClockStepped: st.builds(ClockStepped, AMOUNTS),
    JournalTroubled: st.builds(JournalTroubled, st.none() | WORDS),
    ConsoleStarted: st.just(ConsoleStarted()),
    SurfaceConnected: st.builds(
        SurfaceConnected, SURFACES, st.none() | SCENES, st.booleans(), st.just("Untitled"), st.just("29.0.2")
    ),
    SurfaceLost: st.builds(SurfaceLost, SURFACES, WORDS, st.booleans()),
    SceneSeen: st.builds(SceneSeen, SURFACES, SCENES, st.sampled_from(Seen), st.none() | PRESSES),
    TakeFailed: st.builds(TakeFailed, SURFACES, PRESSES, WORDS),
    ScenesCompared: st.builds(ScenesCompared, SURFACES, st.frozensets(SCENES, max_size=2)),
    StudioModeSeen: st.builds(StudioModeSeen, SURFACES, st.booleans()),
    CollectionSeen: st.builds(CollectionSeen, SURFACES, st.just("Summit"), st.booleans()),
    ClipSeen: st.builds(
        ClipSeen,
        SURFACES,
        st.sampled_from(["message", "logo"]),
        st.sampled_from(Playback),
        st.none() | st.integers(0, 200_000).map(Duration),
        st.none() | st.integers(0, 200_000).map(Duration),
    ),
    ClipRanOut: st.builds(ClipRanOut, CUES, CUES, PRESSES),
    ClipMeasured: st.builds(
        ClipMeasured, st.sampled_from([InputId("message")]), st.none() | st.integers(1, 200_000).map(Duration), WORDS
    ),
    FollowingSet: st.builds(FollowingSet, st.booleans()),
    ShowLockSet: st.builds(ShowLockSet, st.booleans()),
    MessageSent: st.builds(MessageSent, WORDS | st.just(same(" ")), st.booleans(), PRESSES),
    MessageCleared: st.just(MessageCleared()),
    TimerBlinked: st.builds(TimerBlinked, PRESSES),
    TimerBlackedOut: st.builds(TimerBlackedOut, st.booleans()),
    FreeTimerStarted: st.builds(FreeTimerStarted, AMOUNTS, PRESSES),
    FreeTimerHeld: st.builds(FreeTimerHeld, st.booleans()),
    FreeTimerChanged: st.builds(FreeTimerChanged, AMOUNTS),
    FreeTimerEnded: st.just(FreeTimerEnded()),
    SpeakerMarked: st.builds(
        SpeakerMarked,
        CUES,
        st.lists(GUESTS, max_size=2).map(tuple),
        st.sampled_from(SpeakerMark),
        st.booleans(),
        st.just("stage manager"),
        PRESSES,
    ),
    StageStandbyAcknowledged: st.builds(StageStandbyAcknowledged, CUES, st.just("stage manager"), PRESSES),
    StageNoteWritten: st.builds(StageNoteWritten, st.sampled_from(["", "booth: two minutes"]), st.just("TD"), PRESSES),
    HallCounted: st.builds(HallCounted, st.integers(0, 60), st.just(0), st.just(0), st.integers(0, 90)),
    HallEntryRefused: st.builds(
        HallEntryRefused, st.lists(st.sampled_from(HallReason), max_size=2).map(tuple), st.just("a"), st.just("door")
    ),
    HallEntryOverridden: st.builds(
        HallEntryOverridden,
        st.just("e1"),
        st.lists(st.sampled_from(HallReason), max_size=2).map(tuple),
        st.just("a"),
        st.just("door"),
    ),
    HallExitTakenBack: st.builds(HallExitTakenBack, st.just("e1"), st.just("door")),
    AlarmRaised: st.builds(AlarmRaised, st.just("surface-lost"), SURFACES, st.sampled_from(Severity), WORDS),
    AlarmCleared: st.builds(AlarmCleared, st.just("surface-lost"), SURFACES),
    AlarmAcknowledged: st.builds(
        AlarmAcknowledged, st.just("surface-lost"), SURFACES, st.sampled_from(Severity), st.just("TD")
    ),
    GuestSeen: st.builds(GuestSeen, GUESTS, st.sampled_from(Signal), st.integers(0, 90_000).map(Duration)),
    WallArmed: st.builds(
        WallArmed,
        SURFACES,
        st.builds(Arrangement, CUES, st.just(LayoutId("grid")), st.lists(GUESTS, max_size=3).map(tuple)),
        st.just((Item("feed-london", Rect(0, 0, 960, 540), Fit.COVER),)),
        st.just({"plate london 36": Words("London", 36)}),
        st.frozensets(GUESTS, max_size=2),
        PRESSES,
    ),
    WallDisarmed: st.builds(WallDisarmed, SURFACES),
    WallTakePressed: st.builds(WallTakePressed, SURFACES, PRESSES),
    WallHoldingPressed: st.builds(WallHoldingPressed, SURFACES, PRESSES),
    WallBackPressed: st.builds(WallBackPressed, SURFACES, PRESSES),
    SceneArranged: st.builds(SceneArranged, SURFACES, SCENES, PRESSES),
    ArrangeFailed: st.builds(ArrangeFailed, SURFACES, PRESSES, WORDS),
    RollCallMarked: st.builds(RollCallMarked, GUESTS, st.sampled_from(RollMark), st.booleans(), st.just("TD")),
    TextWritten: st.builds(TextWritten, SURFACES, st.none() | WORDS),
    ArmPressed: st.builds(ArmPressed, st.sampled_from(Grave), SUBJECTS, PRESSES),
    StartOutputPressed: st.builds(StartOutputPressed, SUBJECTS, PRESSES),
    StopOutputPressed: st.builds(StopOutputPressed, SUBJECTS, PRESSES),
    OutputSeen: st.builds(OutputSeen, SURFACES, KINDS, st.sampled_from(Sending), AGO, st.booleans()),
    OutputFailed: st.builds(OutputFailed, SURFACES, KINDS, PRESSES, WORDS),
    OutputsMeasured: st.builds(OutputsMeasured, SURFACES, MEASURES),
    AirSeen: st.builds(AirSeen, SURFACES, st.sampled_from(Fault), st.booleans(), AGO),
    SurfaceWatched: st.builds(SurfaceWatched, SURFACES, st.booleans(), st.none() | WORDS),
    Disarmed: st.just(Disarmed()),
    PromotePressed: st.builds(PromotePressed, SURFACES, PRESSES),
    AlignPressed: st.builds(AlignPressed, SURFACES, PRESSES),
    StandbySeen: st.builds(
        StandbySeen,
        SURFACES,
        st.sampled_from(["127.0.0.1:4455", "127.0.0.1:4465"]),
        st.booleans(),
        st.none() | SCENES,
        st.none() | WORDS,
        answered=st.none() | PRESSES,
    ),
    DriftSeen: st.builds(DriftSeen, SURFACES, st.integers(0, 3), st.just((same("a scene is missing"),))),
    SoundOverridden: st.builds(
        SoundOverridden, SURFACES, st.sampled_from(["", "ko", "en"]), st.sampled_from(Under), st.booleans(), PRESSES
    ),
    SoundReleased: st.builds(SoundReleased, SURFACES, PRESSES),
    SoundSeen: st.builds(SoundSeen, SURFACES, LEVELS),
    WordsSeen: st.builds(WordsSeen, SURFACES, st.dictionaries(st.just("live caption ko"), st.sampled_from(["", "M1"]))),
    InterpreterChanged: st.builds(InterpreterChanged, st.sampled_from(["booth-ko", "booth-en"]), PRESSES),
    GuestChecked: st.builds(
        GuestChecked, GUESTS, st.sampled_from(Check), st.none() | st.sampled_from(Verdict), st.just("TD")
    ),
}

Happening = tuple[ShowEvent | None, int]
"""An event (None: GO on whatever is next, by a press of its own) and how many ms passed before it."""
HAPPENINGS: st.SearchStrategy[list[Happening]] = st.lists(
    st.tuples(st.none() | st.one_of(*ANYTHING.values()), st.integers(0, 400_000)), max_size=25
)


def play(happenings: list[Happening]) -> Run:
    """Plays them on a day with two surfaces, looking after each at what must hold."""
    run = Run(FIVE, surfaces=BOTH, now="22:00")
    for event, passed in happenings:
        run.wait(passed)
        if event is None:
            following = run.times.next
            event = GoPressed(following.id if following is not None else name("M1"), run.press())
        run.post(event)
        look(run, event)
    return run


THAT_SEND = (
    GoPressed
    | BackPressed
    | StudioModeOffPressed
    | ReconnectPressed
    | SoundOverridden
    | SoundReleased
    | WallArmed
    | WallTakePressed
    | WallHoldingPressed
    | WallBackPressed
    | RollCallMarked
    | StartOutputPressed
    | StopOutputPressed
    | ClipRanOut
)
"""Nothing reaches the surfaces but by a press of an operator, or by a clip that came to its end."""


def look(run: Run, event: ShowEvent) -> None:
    show, times = run.show, run.times
    orders = [effect for effect in run.effects if not isinstance(effect, Refuse | FollowClip | EditOrder)]
    assert (
        not orders
        or isinstance(event, THAT_SEND)
        or (
            isinstance(event, PromotePressed | AlignPressed)
            and all(isinstance(effect, PromoteStandby | AlignStandby) for effect in orders)
        )
    )
    refusals = [effect for effect in run.effects if isinstance(effect, Refuse)]
    assert not refusals or isinstance(event, (*get_args(OperatorEvent), ClipRanOut, EditRefused, RevertFailed))
    assert not (orders and refusals)
    # One story on the screen.
    assert len(times.rows) == len(show.plan.cues)
    assert sum(row.state is CueState.ON_AIR for row in times.rows) <= 1
    assert sum(row.state is CueState.TAKING for row in times.rows) <= 1
    following = times.next
    if following is not None:
        assert not is_skipped(show, following)
        running = show.current.cue.id if show.current is not None else None
        assert following.id != running or show.pointer.cue == running
    for row in times.rows:
        if row.state in (CueState.NEXT, CueState.UPCOMING):
            assert row.projected_start is not None
            assert row.projected_end is not None
            assert run.now <= row.projected_start <= row.projected_end
    if times.countdown is not None:
        assert times.countdown.elapsed >= 0
    for run_over in show.runs.values():
        assert run_over.ended_at >= run_over.started_at
    look_at_guests(run)
    look_at_sound(run)
    look_at_walls(run)
    timed = (*unseen_clip(show, run.now), *guest_alarms(show, times), *sound_alarms(show, run.now))
    for alarm in (*alarms(show), *timed, *output_alarms(show, run.now)):
        for language in ("ko", "en"):
            assert "{" not in alarm.text.show(language, **alarm.values)  # type: ignore[arg-type]


def look_at_sound(run: Run) -> None:
    """Every line of a mix has a level, nothing is heard that has no line, and nobody speaks in a booth that is not."""
    sound, hall = run.show.sound, run.show.rundown.interpretation
    assert sound.booths.keys() <= booth_feeds(run.show).keys()
    assert sound.overrides.keys() <= hall.lines.keys()
    # A wall that is taken alone goes on being heard as it was.
    alone = isinstance(run.journal[-1][0], WallTakePressed | WallHoldingPressed | WallBackPressed)
    for effect in run.effects:
        if isinstance(effect, SetSound):
            assert effect.levels == sound.wanted[effect.surface]
        if isinstance(effect, TakeScene) and not alone:
            assert effect.sound == sound.wanted.get(effect.surface, {})
            assert effect.sound.keys() == {line.input for line in hall.lines.get(effect.surface, ())}
    for surface, state in run.show.surfaces.items():
        assert state.connected or not list(differences(run.show, surface))


def look_at_walls(run: Run) -> None:
    """What is arranged is never arranged in a scene that is on air, wanted, or to be come back to."""
    show = run.show
    assert show.walls.keys() <= show.surfaces.keys() | {WALL, SurfaceId("roof")}
    for effect in run.effects:
        if isinstance(effect, ArrangeScene):
            state, wall = show.surfaces[effect.surface], show.walls[effect.surface]
            assert effect.scene.name not in (state.seen, state.wanted, wall.live.scene if wall.live else None)
            assert effect.scene.name in live_scenes_of(effect.surface)


def look_at_guests(run: Run) -> None:
    """No tile for a stranger, and one story of each guest."""
    show = run.show
    lights, coming = tally(show), turns(show)
    for some in (lights.on_air, lights.next, coming.keys(), listed(show, {}, Filter.TODAY, "")):
        assert show.rundown.guests.issuperset(some)
    assert set(listed(show, {}, Filter.TODAY, "")) == show.rundown.guests
    assert list(coming.values()) == sorted(coming.values())
    assert all(coming[guest] == 0 for guest in lights.on_air)
    assert not lights.certain or any(state.connected for state in show.surfaces.values())
    told = [alarm.guest for alarm in guest_alarms(show, run.times)]
    assert len(set(told)) == len(told)
    for guest in show.guests.keys() - show.rundown.guests:
        assert show.guests[guest] == GuestState(checks=show.guests[guest].checks)
    for one in show.plan.cues:
        assert all(not is_ready(show, lack.guest) for lack in lacking(show, one))


@given(HAPPENINGS)
def test_nothing_that_can_happen_breaks_the_show(happenings: list[Happening]) -> None:
    """Any events, in any order, with names that exist or not: no traceback, and what must hold holds after each."""
    play(happenings)


@given(HAPPENINGS)
def test_replay_gives_the_same_show(happenings: list[Happening]) -> None:
    """The journal is the show: playing it again, from nothing, ends where the show is."""
    run = play(happenings)
    show = Show()
    for event, moment in run.journal:
        show, _ = step(show, event, moment)
    assert show == run.show
    assert project(show, run.now) == run.times


@given(HAPPENINGS, st.one_of(ANYTHING[TimeAdded], ANYTHING[SkipSet]))
def test_undo_of_an_edit_is_as_if_it_had_not_been(happenings: list[Happening], edit: ShowEvent) -> None:
    """Whatever happened before; only a standby on a cue that the edit skipped has to be put there again."""
    run = play(happenings)
    run.post(StandbyMoved(None))
    before, times = run.show, run.times
    run.post(edit)
    if run.refused is not None:
        return
    run.post(EditUndone())

    assert run.times == times
    # Which refusal is shown and what could be redone are not of the rundown; how long ago a take was marked, neither.
    assert replace(run.show, refusal=None, edits=before.edits) == replace(before, refusal=None)
    assert run.show.edits == replace(before.edits, undone=(edit,))  # type: ignore[arg-type]


@given(HAPPENINGS)
def test_a_restart_at_any_moment_changes_nothing_on_air(happenings: list[Happening]) -> None:
    """Killed and back: same cue, same clock, nothing sent; only a take that had no word yet counts as on air."""
    run = play(happenings)
    before = run.show
    clock = run.times.countdown
    run.post(ConsoleStarted())

    assert run.effects == []
    assert run.show.on_air is not None or before.current is None
    if before.taking is None:
        take = before.on_air
        if take is not None:
            # What a surface has not said by then it is not waited for any more.
            take = replace(take, failed={**take.failed, **dict.fromkeys(take.open_surfaces, NO_ANSWER)})
        assert run.show.on_air == take
        if before.clip is None:
            assert run.times.countdown == clock
    assert {surface: (state.wanted, state.main) for surface, state in run.show.surfaces.items()} == {
        surface: (state.wanted, state.main) for surface, state in before.surfaces.items()
    }


def test_no_kind_of_event_is_left_out_above() -> None:
    """A new event has to be thought of here too."""
    assert set(ANYTHING) == set(get_args(ShowEvent))

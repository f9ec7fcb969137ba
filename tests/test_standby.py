"""A surface's standby OBS in the show: what is said of it, when it is wrong, and how it becomes the main one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.alarms import alarms
from studio_console.core.effects import AlignStandby, LeaveStudioMode, PromoteStandby, Reconnect
from studio_console.core.events import ClockStepped, ConsoleStarted, ShowEvent
from studio_console.core.presses import (
    AlignPressed,
    ArmPressed,
    Grave,
    PromotePressed,
    ReconnectPressed,
    StudioModeOffPressed,
)
from studio_console.core.reports import DriftSeen, SceneSeen, Seen, StandbySeen, SurfaceConnected
from studio_console.core.show import Show, StandbyState
from studio_console.core.standby import promotable, standby_differs
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, PressId, SceneName
from studio_console.runtime.codec import event_from_json, event_to_json, kind_of
from studio_console.runtime.engine import replay
from studio_console.runtime.journal import Entry
from tests.builders import BOTH, FIVE, PROGRAM, WALL, Run

MAIN, SPARE = "10.0.0.5:4455", "10.0.0.6:4455"
CUT = Text("연결이 끊김", "the link was cut")


def standby(scene: str | None = "holding", answered: PressId | None = None, **said: object) -> StandbySeen:
    seen = StandbySeen(PROGRAM, SPARE, True, SceneName(scene) if scene is not None else None, answered=answered)
    return replace(seen, **said)  # type: ignore[arg-type]


def evening(*numbers: str) -> Run:
    """The day with a standby for the programme, run through ``numbers``, the standby following."""
    run = Run(FIVE, surfaces=BOTH, now="22:00")
    run.post(standby())
    for number in numbers:
        run.go(number)
        run.post(standby(scene_of(run), run.last_press))
        run.wait(60_000)
    return run


def scene_of(run: Run) -> str:
    wanted = run.show.surfaces[PROGRAM].wanted
    assert wanted is not None
    return wanted


def spare(run: Run) -> StandbyState:
    state = run.show.surfaces[PROGRAM].standby
    assert state is not None
    return state


def codes(run: Run) -> list[str]:
    return [alarm.code for alarm in alarms(run.show) if alarm.surface == PROGRAM]


def arm(run: Run) -> None:
    run.post(ArmPressed(Grave.PROMOTE_STANDBY, PROGRAM, run.press()))


def promote(run: Run) -> None:
    run.post(PromotePressed(PROGRAM, run.press()))


# --- what is said of it -----------------------------------------------------------------------------------------


def test_a_standby_that_follows_is_no_news() -> None:
    run = evening("M1", "M2")
    assert not standby_differs(run.show, PROGRAM)
    assert codes(run) == []
    assert run.show.surfaces[WALL].standby is None


def test_a_take_that_is_under_way_is_no_difference_in_either_order() -> None:
    """The main one confirms before the standby has, or the other way round: neither flashes on the desk."""
    run = evening("M1")
    run.press_go("M2")
    assert codes(run) == []
    run.post(standby(scene_of(run), run.last_press))
    assert codes(run) == [], "the standby was the quicker one"
    run = evening("M1")
    run.go("M2")
    assert codes(run) == [], "the main one was the quicker one"
    run.post(standby("M1 program", run.last_press))
    assert codes(run) == ["standby-differs"], "it has answered, and shows the old picture"


def test_a_standby_that_refuses_says_why_and_the_take_is_well() -> None:
    run = evening("M1")
    run.go("M2")
    run.post(standby("M1 program", run.last_press, reason=same("no scene M2")))
    assert codes(run) == ["standby-trouble"]
    assert run.take.failed == {}


def test_a_standby_switched_by_hand_is_said_and_the_press_brings_it_into_line() -> None:
    run = evening("M1")
    run.post(standby("Scene 2", run.last_press))
    assert codes(run) == ["standby-differs"]
    run.post(AlignPressed(PROGRAM, PressId("line")))
    assert [type(effect) for effect in run.effects] == [AlignStandby]
    (effect,) = run.effects
    assert isinstance(effect, AlignStandby)
    assert effect.scene == run.show.surfaces[PROGRAM].seen
    run.post(standby(scene_of(run), PressId("line")))
    assert codes(run) == []


def test_a_main_one_switched_by_hand_is_a_difference_too() -> None:
    """What a hand does in the main one is mirrored by nobody: it is said, and into line means what is seen there."""
    run = evening("M1")
    run.see("Scene 2")
    assert "standby-differs" in codes(run)
    run.post(AlignPressed(PROGRAM, PressId("line")))
    (effect,) = run.effects
    assert isinstance(effect, AlignStandby)
    assert effect.scene == "Scene 2"


def test_with_the_main_one_lost_into_line_means_what_is_wanted() -> None:
    run = evening("M1")
    run.post(standby("Scene 2", run.last_press))
    run.lose()
    run.post(AlignPressed(PROGRAM, PressId("line")))
    (effect,) = run.effects
    assert isinstance(effect, AlignStandby)
    assert effect.scene == scene_of(run)


def test_a_lost_standby_is_a_warning_and_no_take_waits_for_it() -> None:
    run = evening("M1")
    run.post(standby(None, connected=False, reason=CUT))
    assert codes(run) == ["standby-lost"]
    run.go("M2")
    assert codes(run) == ["standby-lost"]
    assert run.take.failed == {}
    run.wait("0:01")
    run.post(standby("M1 program"))
    assert codes(run) == ["standby-differs"], "it came back after the press, and nothing was sent"


def test_what_differs_is_counted_and_the_first_of_it_said() -> None:
    run = evening("M1")
    run.post(DriftSeen(PROGRAM, 3, (Text("장면 ‘M3’ 없음", "scene ‘M3’ is missing"),)))
    (alarm,) = [alarm for alarm in alarms(run.show) if alarm.code == "standby-drift"]
    assert "3 differences. scene ‘M3’ is missing" in alarm.text.show("en", **alarm.values)  # type: ignore[arg-type]
    run.post(standby(scene_of(run), run.last_press, studio_mode=True))
    assert spare(run).drift_count == 3, "other news does not make them forgotten"
    run.post(DriftSeen(PROGRAM, 0))
    assert codes(run) == ["standby-studio-mode"]


def test_studio_mode_and_a_wrong_password_of_the_standby_alone_can_be_mended() -> None:
    run = evening("M1")
    run.post(StudioModeOffPressed(PROGRAM))
    assert run.refused is not None
    run.post(standby(studio_mode=True), StudioModeOffPressed(PROGRAM))
    assert [type(effect) for effect in run.effects] == [LeaveStudioMode]
    run.post(standby(None, connected=False, reason=CUT, final=True), ReconnectPressed(PROGRAM))
    assert [type(effect) for effect in run.effects] == [Reconnect]
    assert run.show.surfaces[PROGRAM].connected, "the main one is not touched by that"
    assert not spare(run).final


# --- promotion --------------------------------------------------------------------------------------------------


def test_promoting_takes_two_presses_and_sends_nothing() -> None:
    run = evening("M1")
    promote(run)
    assert run.refused is not None
    arm(run)
    assert run.effects == []
    promote(run)
    assert run.effects == [PromoteStandby(PROGRAM, SPARE, "the operator promotes the standby")]
    assert run.show.surfaces[PROGRAM].main == SPARE
    promote(run)
    assert run.refused is not None, "one arming is good for one promotion"


def test_armed_for_one_surface_promotes_no_other() -> None:
    run = evening("M1")
    run.post(replace(standby(), surface=WALL))
    arm(run)
    run.post(PromotePressed(WALL, run.press()))
    assert run.refused is not None


@pytest.mark.parametrize("said", [standby(None, connected=False, reason=CUT), None])
def test_a_standby_that_is_not_there_is_not_promoted(said: ShowEvent | None) -> None:
    run = Run(FIVE, surfaces=BOTH, now="22:00")
    if said is not None:
        run.post(said)
    arm(run)
    promote(run)
    assert run.refused is not None
    assert run.show.surfaces[PROGRAM].main == ""
    run.post(AlignPressed(PROGRAM, run.press()))
    assert run.refused is not None


def test_a_standby_that_shows_something_else_is_promoted_all_the_same_and_said() -> None:
    run = evening("M1")
    run.post(standby("Scene 2", run.last_press))
    arm(run)
    assert "standby-differs" in codes(run)
    promote(run)
    assert run.refused is None


def died_and_promoted() -> Run:
    """The main OBS dies on air, its standby is promoted, and tells what it shows."""
    run = evening("M1")
    run.lose()
    assert codes(run) == ["surface-lost", "standby-at-hand"]
    assert promotable(run.show) == (PROGRAM,)
    arm(run)
    promote(run)
    scene = SceneName(scene_of(run))
    run.post(
        SurfaceConnected(PROGRAM, scene, False, "Untitled", "29.0.2", run.show.surfaces[PROGRAM].present),
        StandbySeen(PROGRAM, MAIN, False, reason=CUT, former_main=True),
    )
    return run


def test_after_promoting_the_operator_is_told_to_switch_the_signal() -> None:
    run = died_and_promoted()
    assert codes(run) == ["standby-promoted", "standby-lost"]
    run.press_go("M2")
    run.post(SceneSeen(PROGRAM, SceneName(scene_of(run)), Seen.TRANSITION_STARTED, run.last_press))
    assert PROGRAM in run.take.confirmed


def test_a_take_that_the_dying_main_one_missed_is_confirmed_by_the_promoted_standby() -> None:
    """GO, the wall has it, and the main OBS is gone before it has answered; its standby has taken the cue."""
    run = evening("M1")
    run.press_go("M2")
    taken = run.last_press
    run.confirm(WALL)
    run.lose()
    assert run.show.current is not None
    assert PROGRAM in run.show.current.failed
    run.post(standby(scene_of(run), taken))
    arm(run)
    promote(run)
    run.post(SurfaceConnected(PROGRAM, SceneName(scene_of(run)), False, "Untitled", "29.0.2"))
    assert PROGRAM in run.take.confirmed
    assert run.take.failed == {}
    assert (run.on_air, run.take.press) == ("M2", taken)


def test_the_promoted_one_stays_it_after_a_restart_and_nothing_is_sent() -> None:
    run = died_and_promoted()
    entries = [Entry(at, event_from_json(kind_of(event), event_to_json(event)), "") for event, at in run.journal]
    assert replay(entries).surfaces == run.show.surfaces
    run.post(ConsoleStarted())
    assert run.effects == []
    assert run.show.surfaces[PROGRAM].main == SPARE
    assert run.show.surfaces[PROGRAM].standby is None, "nothing is known of it until it tells"


def test_a_wall_clock_that_was_set_moves_since_when_the_standby_is_there() -> None:
    run = evening("M1")
    before = spare(run).since
    run.post(ClockStepped(Duration(60_000)))
    assert before is not None
    assert spare(run).since == before + 60_000
    assert Show().surfaces == {}

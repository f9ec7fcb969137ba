"""Black, frozen, silent: an alarm where the cue means the surface to live, and none where it is meant so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.air_facts import Excuses, Fault
from studio_console.core.arrangement import Arrangement
from studio_console.core.dead_air import dead_air, excuses_of
from studio_console.core.eyes import Eyes, faults, listened, looked, loudest, peak_of
from studio_console.core.output_alarms import output_alarms
from studio_console.core.picture import layout_for, plan_day, stand_in_inputs
from studio_console.core.presses import EndPressed
from studio_console.core.reports import AirSeen, ClipSeen, Playback, SceneSeen, Seen, SurfaceWatched
from studio_console.core.rundown import Kind
from studio_console.core.show import LiveWall, WallState, surface_of
from studio_console.core.signals import Look
from studio_console.core.studio import DeadAirRules
from studio_console.core.units import Duration, LayoutId, PressId, SceneName, SurfaceId
from studio_console.core.wall_state import put_wall
from tests.builders import PROGRAM, WALL, Run, cue, day, loaded
from tests.gui_story import sample_event

RULES = DeadAirRules(Duration(3_000), Duration(10_000), Duration(15_000))
SECONDS = {Fault.BLACK: 3_000, Fault.FROZEN: 10_000, Fault.SILENT: 15_000}
SPEECH, TITLES, CLIP = cue("M1"), replace(cue("M2"), kind=Kind.TITLE), cue("M3", clip="message")
EVENING = day(SPEECH, TITLES, CLIP)


def on_air(excuses: Excuses = Excuses(mute=frozenset({WALL}))) -> Run:
    """M1, a speech, is on air on both surfaces."""
    run = Run(EVENING, surfaces=(PROGRAM, WALL), now="22:00")
    run.post(replace(loaded(EVENING, (PROGRAM, WALL)), dead_air=RULES, excuses=excuses))
    run.connect()
    run.go("M1")
    return run


def take(run: Run, number: str) -> None:
    run.wait(1_000)
    run.standby(number)
    run.go(number)


def notice(run: Run, fault: Fault, surface: SurfaceId = PROGRAM) -> None:
    """What is wrong goes on until it counts, and is told then."""
    run.wait(SECONDS[fault])
    run.post(AirSeen(surface, fault, True, Duration(SECONDS[fault])))


def wrong(run: Run) -> list[str]:
    return [alarm.code for alarm in output_alarms(run.show, run.now)]


@pytest.mark.parametrize("fault", Fault)
def test_a_speech_that_is_black_frozen_or_silent_is_dead_air_until_it_is_over(fault: Fault) -> None:
    run = on_air()
    notice(run, fault)
    assert wrong(run) == [f"dead-air-{fault}"]
    assert run.effects == [], "a person decides what is done"
    run.post(AirSeen(PROGRAM, fault, False))
    assert wrong(run) == []


def test_titles_stand_still_and_are_silent_and_are_not_to_be_black() -> None:
    run = on_air()
    take(run, "M2")
    for fault in Fault:
        notice(run, fault)
    assert wrong(run) == ["dead-air-black"]


def test_what_went_on_before_the_cue_counts_from_the_cue() -> None:
    """Slides stood still for minutes; the speech that follows looks the same for a moment."""
    run = on_air()
    take(run, "M2")
    notice(run, Fault.FROZEN)
    run.wait(60_000)
    take(run, "M3")
    assert wrong(run) == []
    run.wait(10_000)
    assert wrong(run) == ["dead-air-frozen"]


def test_nothing_is_dead_air_before_the_first_cue_and_after_the_last() -> None:
    run = Run(EVENING, surfaces=(PROGRAM, WALL), now="22:00")
    run.post(replace(loaded(EVENING, (PROGRAM, WALL)), dead_air=RULES))
    run.connect()
    notice(run, Fault.BLACK)
    assert wrong(run) == []
    run.go("M1")
    run.post(EndPressed(run.press()))
    run.wait(60_000)
    assert wrong(run) == []


def test_a_clip_that_somebody_paused_stands_still_on_purpose() -> None:
    run = on_air()
    take(run, "M3")
    run.post(ClipSeen(PROGRAM, "message", Playback.PAUSED, Duration(1), Duration(2)))
    notice(run, Fault.FROZEN)
    assert wrong(run) == []
    run.post(ClipSeen(PROGRAM, "message", Playback.PLAYING, Duration(1), Duration(2)))
    assert wrong(run) == ["dead-air-frozen"]


def test_a_scene_that_is_meant_so_is_no_alarm() -> None:
    scene = frozenset({SceneName("M1 program")})
    run = on_air(Excuses(still={PROGRAM: scene}, dark={PROGRAM: scene}, mute=frozenset({PROGRAM})))
    for fault in Fault:
        notice(run, fault)
    assert wrong(run) == []


def test_a_language_stands_still_with_the_programme_that_it_shows() -> None:
    """Slides on the programme: the Korean channel shows them too. A moving programme is no excuse for it."""
    excuses = Excuses(still={PROGRAM: frozenset([SceneName("M1 program")])}, passes_on={WALL: PROGRAM})
    run = on_air(excuses)
    notice(run, Fault.FROZEN, WALL)
    assert wrong(run) == []
    run = on_air(replace(excuses, still={}))
    notice(run, Fault.FROZEN, WALL)
    assert wrong(run) == ["dead-air-frozen"]


def test_a_scene_of_somebody_else_s_may_stand_still() -> None:
    """Cut by hand to a slate: that it differs is said elsewhere."""
    run = on_air()
    run.post(SceneSeen(PROGRAM, SceneName("Slate"), Seen.TRANSITION_STARTED))
    notice(run, Fault.FROZEN)
    assert wrong(run) == []


def test_a_lost_or_unwatched_surface_is_not_called_dead() -> None:
    run = on_air()
    notice(run, Fault.BLACK)
    run.lose(PROGRAM)
    assert dead_air(run.show, PROGRAM, run.now) == {}
    run = on_air()
    notice(run, Fault.BLACK)
    run.post(SurfaceWatched(PROGRAM, False))
    assert dead_air(run.show, PROGRAM, run.now) == {}


def test_the_sample_s_slides_and_slates_are_excused_by_themselves() -> None:
    """What has neither camera nor feed nor clip in it stands still; a layout may say so; the wall is not heard."""
    event, studio = sample_event()
    seen: dict[str, set[str]] = {"still": set(), "alive": set()}
    for rundown in event.days:
        plans = plan_day(event, rundown, studio)
        excuses = excuses_of(plans, rundown, studio)
        assert excuses.mute == {WALL}
        assert excuses.passes_on == {"ko": PROGRAM, "en": PROGRAM}
        assert not any(excuses.dark.values())
        for surface, plan in plans.items():
            for one in rundown.cues:
                if one.id in plan.by_cue:
                    is_still = plan.by_cue[one.id] in excuses.still[surface]
                    layout = layout_for(one, studio.surfaces[surface])
                    assert layout is not None
                    seen["still" if is_still else "alive"].add(layout)
    assert {"slides-led", "holding"} <= seen["still"]
    assert {"presentation", "clip-message", "pitch", "language-ko", "language-en"} <= seen["alive"]


def test_in_rehearsal_stand_ins_stand_still_and_nobody_wonders() -> None:
    event, studio = sample_event()
    rundown = event.days[1]
    plans = plan_day(event, rundown, studio, stand_in_inputs(studio))
    excuses = excuses_of(plans, rundown, studio)
    clips = {plans[PROGRAM].by_cue[one.id] for one in rundown.cues if one.clip and one.id in plans[PROGRAM].by_cue}
    assert {scene.name for scene in plans[PROGRAM].scenes} - excuses.still[PROGRAM] == clips


def test_what_a_hand_arranges_of_stand_ins_stands_still_as_well() -> None:
    event, studio = sample_event()
    rundown = event.days[1]
    assert excuses_of(plan_day(event, rundown, studio), rundown, studio).posed == frozenset()
    stand_ins = plan_day(event, rundown, studio, stand_in_inputs(studio))
    rehearsed = excuses_of(stand_ins, rundown, studio)
    assert WALL in rehearsed.posed
    for posed, told in ((frozenset[SurfaceId](), ["dead-air-frozen"]), (rehearsed.posed, [])):
        run = on_air(Excuses(posed=posed))
        seen = surface_of(run.show, WALL).seen
        assert seen is not None
        by_hand = LiveWall(Arrangement(SPEECH.id, LayoutId("grid"), ()), seen, frozenset(), PressId("arranged"))
        run.show = put_wall(run.show, WALL, WallState(live=by_hand))
        notice(run, Fault.FROZEN, WALL)
        assert wrong(run) == told


# --- as it comes -----------------------------------------------------------------------------------------------


def look(at: float, mean: float = 100.0, deviation: float = 40.0, difference: float = 1.0) -> Look:
    return Look(at, mean, deviation, difference)


def test_a_picture_that_does_not_change_is_frozen_since_it_last_did() -> None:
    eyes = looked(looked(Eyes(), look(0.0)), look(1.0))
    for second in range(2, 12):
        eyes = looked(eyes, look(float(second), difference=0.0))
    assert faults(eyes, 10.9, RULES) == {}
    assert faults(eyes, 11.0, RULES) == {Fault.FROZEN: 1.0}
    assert faults(looked(eyes, look(12.0)), 12.0, RULES) == {}


def test_a_dark_picture_is_black_and_a_lit_window_in_it_is_not() -> None:
    eyes = Eyes()
    for second in range(5):
        eyes = looked(eyes, look(float(second), mean=2.0, deviation=1.0))
    assert faults(eyes, 4.0, RULES) == {Fault.BLACK: 0.0}
    assert faults(looked(eyes, look(5.0, mean=2.0, deviation=30.0)), 5.0, RULES) == {}


def test_silence_counts_where_there_is_something_to_hear() -> None:
    eyes = listened(listened(Eyes(), 0.2, 0.0), 0.0, 1.0)
    assert faults(listened(eyes, 0.0, 16.0), 16.0, RULES) == {Fault.SILENT: 1.0}
    assert faults(listened(eyes, None, 16.0), 16.0, RULES) == {}
    assert faults(listened(eyes, 0.01, 16.0), 16.0, RULES) == {}


def test_levels_out_of_thin_air_are_none() -> None:
    """Seen on a real OBS when an input begins: numbers beyond all measure."""
    wild, calm, nothing = [7.6e21, 7.6e21, 7.6e21], [0.1, 0.2, 0.3], [0.0, 0.0, 0.3]
    assert peak_of([]) is None
    assert peak_of([wild, wild]) is None
    assert peak_of([wild, calm]) == 0.2
    assert peak_of([[float("nan")] * 3, nothing]) == 0.0
    assert peak_of([nothing, calm]) == 0.2


def test_only_what_is_meant_to_be_heard_can_be_missed() -> None:
    """A guest's own sound is muted in OBS for the whole day, because it comes from the sound desk."""
    assert loudest({"guest": 0.0}, ()) is None
    assert loudest({"guest": 0.0, "floor": 0.0}, {"floor", "clip"}) == 0.0
    assert loudest({"guest": 0.0, "floor": 0.0, "clip": 0.3}, {"floor", "clip"}) == 0.3
    assert loudest({"floor": None}, {"floor"}) is None

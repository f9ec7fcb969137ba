"""The wall by hand: armed and live apart, the holding slide and the way back; through GO, Back, restarts and losses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.alarms import alarms
from studio_console.core.arrangement import Arrangement
from studio_console.core.effects import ArrangeScene, TakeScene, WakeAt
from studio_console.core.events import ConsoleStarted, DeadlinePassed, RundownLoaded
from studio_console.core.guests import tally
from studio_console.core.picture import Item, holding_scene_of, live_scenes_of
from studio_console.core.presses import (
    BackPressed,
    WallArmed,
    WallBackPressed,
    WallDisarmed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.reports import ArrangeFailed, CollectionSeen, SceneArranged, SceneSeen, Seen, TakeFailed
from studio_console.core.rundown import Day, Transition
from studio_console.core.show import Show, WallState
from studio_console.core.step import step
from studio_console.core.studio import Fit, Rect
from studio_console.core.text import same
from studio_console.core.units import LayoutId, PersonId, PressId, SceneName
from tests.builders import BOTH, PROGRAM, WALL, Run, cue, day, loaded, name, scenes_of

LIVE_A, LIVE_B = live_scenes_of(WALL)
HOLDING = holding_scene_of(WALL)
LIMA, KABUL = PersonId("lima"), PersonId("kabul")
DAY = day(cue("M1", speakers="lima kabul"), cue("M2", speakers="lima"), cue("M3"))
ITEMS = (Item("feed-lima", Rect(0, 0, 960, 540), Fit.COVER),)


def rundown(whole: Day = DAY, wall_from: tuple[str, ...] = ("M1", "M2", "M3")) -> RundownLoaded:
    """The day with a wall; only the cues of ``wall_from`` change it."""
    scenes = {
        one: {surface: scene for surface, scene in wanted.items() if surface == PROGRAM or one.upper() in wall_from}
        for one, wanted in scenes_of(whole, *BOTH).items()
    }
    news = loaded(whole, BOTH, scenes)
    return replace(news, walls=(WALL,), holding={WALL: HOLDING}, guests=frozenset({LIMA, KABUL}))


class AtWall(Run):
    """A show with a wall whose OBS does what it is asked."""

    def __init__(self, *, wall_from: tuple[str, ...] = ("M1", "M2", "M3")) -> None:
        super().__init__(DAY, surfaces=BOTH, now="22:00")
        self.post(rundown(wall_from=wall_from))
        self.connect(PROGRAM)
        self.connect(WALL, "Scene 1")

    def arm(self, *people: PersonId, builds: bool = True) -> PressId:
        press = self.press()
        arrangement = Arrangement(name("M1"), LayoutId("grid"), people or (LIMA,))
        self.post(WallArmed(WALL, arrangement, ITEMS, {}, frozenset(people or (LIMA,)), press))
        if builds:
            (effect,) = self.effects
            assert isinstance(effect, ArrangeScene)
            self.post(SceneArranged(WALL, effect.scene.name, press))
        return press

    def wall_press(self, kind: type, confirms: bool = True) -> SceneName:
        """Take, holding or back; the scene that OBS was told to show."""
        self.post(kind(WALL, self.press()))
        takes = [effect for effect in self.effects if isinstance(effect, TakeScene)]
        assert [take.surface for take in takes] == [WALL], self.refused
        assert takes[0].transition == Transition()
        if confirms:
            self.post(SceneSeen(WALL, takes[0].scene, Seen.TRANSITION_STARTED, takes[0].press))
        return takes[0].scene

    def cue(self, number: str) -> None:
        self.wait(5_000)
        self.go(number)

    @property
    def wall(self) -> WallState:
        return self.show.walls[WALL]

    @property
    def codes(self) -> set[str]:
        return {alarm.code for alarm in alarms(self.show) if alarm.code != "scenes-missing"}


def refused(run: Run) -> str:
    assert run.show.refusal is not None
    return run.show.refusal.reason.en


# --- armed and live


def test_the_next_wall_is_prepared_in_a_scene_that_nobody_sees_and_taken_alone() -> None:
    run = AtWall()
    run.cue("M1")
    press = run.arm(KABUL, LIMA, builds=False)
    (effect,) = run.effects
    assert isinstance(effect, ArrangeScene)
    assert (effect.scene.name, effect.scene.items, effect.press) == (LIVE_A, ITEMS, press)
    assert run.show.surfaces[WALL].wanted == "M1 wall"
    run.post(WallTakePressed(WALL, run.press()))
    assert "being prepared" in refused(run)
    run.post(SceneArranged(WALL, LIVE_A, press))
    assert run.wall_press(WallTakePressed) == LIVE_A
    assert (run.wall.armed, run.wall.under) == (None, "M1 wall")
    assert run.show.surfaces[PROGRAM].wanted == "M1 program"
    assert run.codes == set()
    assert tally(run.show).on_air == {KABUL, LIMA}
    assert tally(run.show).certain


def test_the_two_scenes_take_turns() -> None:
    run = AtWall()
    run.cue("M1")
    for scene in (LIVE_A, LIVE_B, LIVE_A):
        run.arm()
        assert run.wall_press(WallTakePressed) == scene


def test_armed_again_only_the_last_one_counts() -> None:
    run = AtWall()
    first, second = run.arm(LIMA, builds=False), run.arm(KABUL, builds=False)
    run.post(SceneArranged(WALL, LIVE_A, first))
    assert run.wall.armed is not None
    assert not run.wall.armed.built
    run.post(SceneArranged(WALL, LIVE_A, second))
    assert run.wall.armed.people == {KABUL}
    run.post(WallDisarmed(WALL))
    run.post(WallTakePressed(WALL, run.press()))
    assert "Nothing is armed" in refused(run)


def test_what_obs_refuses_to_build_is_an_alarm_and_nothing_changes() -> None:
    run = AtWall()
    run.cue("M1")
    press = run.arm(builds=False)
    run.post(ArrangeFailed(WALL, press, same("OBS lacks feed-lima")))
    assert run.codes == {"wall-not-built"}
    run.post(WallTakePressed(WALL, run.press()))
    assert refused(run) == "OBS lacks feed-lima"
    assert run.show.surfaces[WALL].wanted == "M1 wall"
    run.arm()
    assert run.codes == set()


def test_the_next_go_takes_the_wall_back_and_what_is_armed_stays_armed() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    run.arm(KABUL)
    run.cue("M2")
    assert run.show.surfaces[WALL].seen == "M2 wall"
    assert not run.wall.covered
    assert run.wall.armed is not None
    assert run.codes == set()


def test_a_cue_without_the_wall_leaves_it_as_it_was_arranged() -> None:
    run = AtWall(wall_from=("M1", "M3"))
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    run.cue("M2")
    assert run.show.surfaces[WALL].wanted == LIVE_A
    assert run.show.on_air is not None
    assert run.show.on_air.picture[WALL] == "M1 wall"  # what Back would bring, whatever is arranged by then
    run.cue("M3")
    run.wait(1_000)
    run.post(BackPressed(run.press()))
    assert run.show.surfaces[WALL].wanted == "M1 wall"


def test_back_leaves_alone_what_was_arranged_over_a_picture_that_no_cue_has_changed() -> None:
    run = AtWall(wall_from=("M1",))
    run.cue("M1")
    run.cue("M2")
    run.arm()
    run.wall_press(WallTakePressed)
    run.post(BackPressed(run.press()))
    assert run.show.surfaces[WALL].wanted == LIVE_A
    assert run.wall.covered


def test_the_cue_on_air_again_brings_its_own_wall() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    run.standby("M1")
    run.cue("M1")
    assert run.show.surfaces[WALL].seen == "M1 wall"
    assert not run.wall.covered


# --- holding


def test_one_key_brings_the_holding_slide_and_another_the_picture_back() -> None:
    run = AtWall()
    run.cue("M1")
    assert run.wall_press(WallHoldingPressed) == HOLDING
    assert run.show.surfaces[PROGRAM].wanted == "M1 program"
    assert run.codes == {"wall-holding"}
    assert tally(run.show).certain
    assert run.wall_press(WallBackPressed) == "M1 wall"
    assert run.codes == set()
    run.post(WallBackPressed(WALL, run.press()))
    assert "no picture to bring back" in refused(run)


def test_holding_works_with_no_cue_on_air_and_comes_back_to_what_was_seen() -> None:
    run = AtWall()
    assert run.wall_press(WallHoldingPressed) == HOLDING
    assert run.wall_press(WallBackPressed) == "Scene 1"


def test_under_the_holding_slide_lies_what_was_arranged_and_under_that_the_cue() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm(KABUL)
    run.wall_press(WallTakePressed)
    run.wall_press(WallHoldingPressed)
    run.wall_press(WallHoldingPressed)  # once more: nothing is lost by it
    run.arm(LIMA, builds=False)
    (effect,) = run.effects
    assert isinstance(effect, ArrangeScene)
    assert effect.scene.name == LIVE_B  # the other one is what it comes back to
    assert run.wall_press(WallBackPressed) == LIVE_A
    assert tally(run.show).on_air >= {KABUL}
    assert run.wall_press(WallBackPressed) == "M1 wall"


def test_back_after_a_restart() -> None:
    """Killed while the holding slide is on: what was wanted before is still known, and nothing is sent unasked."""
    run = AtWall()
    run.cue("M1")
    run.arm(KABUL)
    run.wall_press(WallTakePressed)
    run.wall_press(WallHoldingPressed)
    run.arm(LIMA)
    run.post(ConsoleStarted())
    assert run.effects == []
    assert run.wall.armed is None
    run.connect(PROGRAM, "M1 program")
    run.connect(WALL, HOLDING)
    assert run.codes == {"wall-holding"}
    assert run.wall_press(WallBackPressed) == LIVE_A
    assert run.wall_press(WallBackPressed) == "M1 wall"


def test_a_wall_without_a_holding_slide_says_so() -> None:
    run = AtWall()
    run.post(replace(rundown(), holding={}))
    run.post(WallHoldingPressed(WALL, run.press()))
    assert "no holding slide" in refused(run)


# --- what the surface says, and does not


def test_no_false_alarm_between_the_press_and_the_word_and_a_true_one_after() -> None:
    run = AtWall()
    run.cue("M1")
    run.wall_press(WallHoldingPressed, confirms=False)
    assert run.codes == {"wall-holding"}
    (wake,) = [effect for effect in run.effects if isinstance(effect, WakeAt)]
    run.post(DeadlinePassed(wake.press))
    assert run.codes == {"wall-holding", "wall-unconfirmed"}
    run.post(SceneSeen(WALL, HOLDING, Seen.TRANSITION_ENDED))
    assert run.codes == {"wall-holding"}


def test_a_hand_in_obs_is_told_as_such() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    run.post(SceneSeen(WALL, SceneName("Scene 2"), Seen.TRANSITION_STARTED))
    assert run.codes == {"differs"}
    assert not tally(run.show).certain


def test_a_take_that_fails_stays_an_alarm_until_the_wall_is_right() -> None:
    run = AtWall()
    run.cue("M1")
    run.wall_press(WallHoldingPressed, confirms=False)
    take = run.wall.take
    assert take is not None
    run.post(TakeFailed(WALL, take.press, same("no such scene")))
    assert "wall-unconfirmed" in run.codes
    assert run.wall_press(WallBackPressed) == "M1 wall"
    assert run.codes == set()


def test_a_lost_wall_has_to_be_armed_again_and_comes_back_as_it_is() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    run.arm(KABUL)
    run.lose(WALL)
    assert run.wall.armed is not None
    assert not run.wall.armed.built
    run.post(WallArmed(WALL, run.wall.armed.arrangement, ITEMS, {}, frozenset(), run.press()))
    assert "no link" in refused(run)
    run.connect(WALL, LIVE_A)
    assert run.effects == []
    assert run.codes == {"wall-not-built", "wall-doubted"}
    run.post(WallTakePressed(WALL, run.press()))
    assert "arm the wall again" in refused(run)


def test_what_obs_still_has_after_a_short_loss_is_as_good_as_before() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    live = run.wall.live
    armed = run.arm(KABUL)
    run.lose(WALL)
    run.connect(WALL, LIVE_A)
    assert live is not None
    run.post(SceneArranged(WALL, LIVE_A, live.press), SceneArranged(WALL, LIVE_B, armed))
    assert run.codes == set()
    assert run.wall_press(WallTakePressed) == LIVE_B


def test_another_collection_has_other_scenes() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.post(CollectionSeen(WALL, "Other", True))
    run.post(WallTakePressed(WALL, run.press()))
    assert "collection" in refused(run)


def test_new_files_change_nothing_on_the_wall() -> None:
    run = AtWall()
    run.cue("M1")
    run.arm()
    run.wall_press(WallTakePressed)
    run.arm(KABUL)
    run.post(rundown(day(cue("M1"), cue("M4"))))
    assert run.wall.live is not None
    assert run.wall.armed is not None
    assert run.wall_press(WallBackPressed) == "M1 wall"


def test_the_same_press_twice_is_done_once() -> None:
    run = AtWall()
    press = run.press()
    run.post(WallHoldingPressed(WALL, press))
    run.post(WallHoldingPressed(WALL, press))
    assert "already" in refused(run)


@pytest.mark.parametrize("kind", [WallTakePressed, WallHoldingPressed, WallBackPressed])
def test_what_is_no_wall_is_left_alone(kind: type) -> None:
    run = AtWall()
    run.post(kind(PROGRAM, run.press()))
    assert refused(run) == "It is no LED wall"


def test_an_old_show_knows_no_walls() -> None:
    show, _ = step(Show(), ConsoleStarted(), Run(DAY).now)
    assert show.walls == {}

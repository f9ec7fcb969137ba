"""A surface on two OBS: both are given everything, the main one's word counts, and the standby can take its place."""

from __future__ import annotations

import inspect
import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from studio_console.core.effects import AlignStandby, LeaveStudioMode, PromoteStandby, Reconnect, TakeScene
from studio_console.core.ports import SurfaceDriver
from studio_console.core.reports import (
    DriftSeen,
    SceneSeen,
    Seen,
    StandbySeen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
)
from studio_console.core.rundown import Transition, TransitionKind
from studio_console.core.studio import Role, Size, Surface, standby_id
from studio_console.core.text import same
from studio_console.core.units import CueId, Duration, PressId, SceneName, SurfaceId
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.pair import PairDriver, pairs_for
from studio_console.devices.simulated.server import SimulatedObs
from tests.obs_rigs import Hand, Posted
from tests.real_obs import PASSWORD
from tests.waiting import wait_until

PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")
_presses = itertools.count(1)


def surface(main: str, standby: str | None, name: SurfaceId = PROGRAM) -> Surface:
    role = Role.PROGRAM if name == PROGRAM else Role.WALL
    return Surface(name, same(name), role, Size(1280, 720), 30, main, standby_url=standby)


@dataclass
class Two:
    """A main OBS and its standby, the driver of both, and what it posted since."""

    main: SimulatedObs
    standby: SimulatedObs
    driver: SurfaceDriver
    posted: Posted
    hands: tuple[Hand, Hand]

    def take(self, scene: str, kind: TransitionKind = TransitionKind.CUT, ms: int = 0) -> PressId:
        press = PressId(f"press {next(_presses)}")
        transition = Transition(kind, Duration(ms))
        self.driver.take(TakeScene(PROGRAM, SceneName(scene), transition, CueId("m1"), press, "GO"))
        return press

    def promote(self, obs: SimulatedObs) -> None:
        self.driver.promote(PromoteStandby(PROGRAM, address(obs), "promoted"))

    def standby_is(self, wanted: Callable[[StandbySeen], bool]) -> StandbySeen:
        def found() -> StandbySeen | None:
            told = self.posted.of(StandbySeen)
            return told[-1] if told and wanted(told[-1]) else None

        return wait_until(found, lambda: self.posted.events)  # type: ignore[no-any-return]

    def drift(self) -> DriftSeen | None:
        told = self.posted.of(DriftSeen)
        return told[-1] if told else None


def address(obs: SimulatedObs) -> str:
    return obs.url.removeprefix("ws://")


@pytest.fixture
def two() -> Iterator[Two]:
    with paired() as made:
        yield made


@contextmanager
def paired() -> Iterator[Two]:
    with ExitStack() as stack:
        servers = [stack.enter_context(SimulatedObs(password=PASSWORD, canvas=(1280, 720))) for _ in range(2)]
        hands = []
        for server in servers:
            hand = Hand(server.url, PASSWORD)
            stack.callback(hand.close)
            hand.scenes("one", "two")
            hand.air("one")
            hands.append(hand)
        main, standby = servers
        driver = pairs_for([surface(main.url, standby.url)], lambda _: PASSWORD)[PROGRAM]
        posted = Posted()
        driver.start(posted)
        stack.callback(driver.close)
        posted.wait_for(SurfaceConnected)
        posted.wait_for(StandbySeen, connected=True)
        yield Two(main, standby, driver, posted, (hands[0], hands[1]))


# --- everything goes to both ------------------------------------------------------------------------------------


def test_a_take_goes_to_both_and_the_main_ones_word_confirms_it(two: Two) -> None:
    press = two.take("two", TransitionKind.FADE, 300)
    seen = two.posted.wait_for(SceneSeen, press=press)
    assert (seen.surface, seen.scene, seen.how) == (PROGRAM, "two", Seen.TRANSITION_STARTED)
    told = two.standby_is(lambda told: told.answered == press)
    assert (told.connected, told.scene, told.reason, told.address) == (True, "two", None, address(two.standby))
    for hand in two.hands:
        wait_until(lambda hand=hand: hand.on_air() == "two")  # type: ignore[misc]
        assert hand.do("GetCurrentSceneTransition")["transitionKind"] == "fade_transition"
    assert two.posted.of(SceneSeen) == [seen], "one take, one word"


class Side:
    """Stands in for a driver in a pair: writes down what it is asked."""

    def __init__(self, name: str, asked: list[tuple[str, str]], gate: threading.Event | None = None) -> None:
        self.surface = PROGRAM
        self.connection = replace_address(name)
        self._name, self._asked, self._gate = name, asked, gate

    def start(self, post: object) -> None: ...

    def close(self) -> None: ...

    def told(self, what: str) -> None:
        if self._gate is not None:
            self._gate.wait(20)
        self._asked.append((self._name, what))


@dataclass
class replace_address:
    address: str


OF_THE_MAIN_ONE = ("start_output", "stop_output")
"""A channel takes one stream."""


def orders() -> list[str]:
    """Every method of the port by which something is asked of a surface's OBS."""
    names = [name for name, _ in inspect.getmembers(SurfaceDriver, inspect.isfunction) if not name.startswith("_")]
    others = ("start", "close", "promote", "align_standby", *OF_THE_MAIN_ONE)
    return [name for name in names if name not in others]


def asked_of_both(order: str, monkeypatch: pytest.MonkeyPatch, count: int = 2) -> list[tuple[str, str]]:
    """Who was asked, after a pair was given that order; waits until so many were."""
    asked: list[tuple[str, str]] = []
    main, standby = Side("main", asked), Side("standby", asked)
    monkeypatch.setattr(ObsDriver, order, lambda side, *_: side.told(order))
    for side in (main, standby):
        monkeypatch.setattr(side, order, lambda *_, side=side: side.told(order), raising=False)
    pair = PairDriver(main, standby)  # type: ignore[arg-type]
    pair.start(lambda event: None)
    given = len(inspect.signature(getattr(SurfaceDriver, order)).parameters) - 1
    getattr(pair, order)(*[object()] * given)
    wait_until(lambda: len(asked) >= count)
    pair.close()
    return asked


@pytest.mark.parametrize("order", orders())
def test_whatever_is_asked_goes_to_both_the_main_one_first(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what the port is given later: an order that forgets the standby fails here."""
    assert asked_of_both(order, monkeypatch) == [("main", order), ("standby", order)]


@pytest.mark.parametrize("order", OF_THE_MAIN_ONE)
def test_an_output_is_the_main_one_s_alone(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_of_both(order, monkeypatch, 1) == [("main", order)]


def test_a_standby_that_hangs_holds_up_nobody() -> None:
    """Its orders wait in a thread of their own; the main one is asked again and again meanwhile."""
    asked: list[tuple[str, str]] = []
    gate = threading.Event()
    main, standby = Side("main", asked), Side("standby", asked, gate)
    pair = PairDriver(main, standby)  # type: ignore[arg-type]
    pair.start(lambda event: None)
    for number in range(3):
        pair._both(lambda side, what: side.told(what), f"order {number}")  # type: ignore[attr-defined]
    assert asked == [("main", f"order {number}") for number in range(3)]
    gate.set()
    wait_until(lambda: len(asked) == 6)
    pair.close()


# --- a standby in trouble ---------------------------------------------------------------------------------------


def test_a_lost_standby_is_said_and_takes_go_on(two: Two) -> None:
    two.standby.close()
    lost = two.standby_is(lambda told: not told.connected)
    assert lost.reason is not None
    press = two.take("two")
    two.posted.wait_for(SceneSeen, press=press)
    assert two.posted.of(TakeFailed) == two.posted.of(SurfaceLost) == []


def test_a_standby_that_refuses_says_why_and_fails_no_take(two: Two) -> None:
    two.hands[0].scenes("three")
    press = two.take("three")
    two.posted.wait_for(SceneSeen, press=press)
    told = two.standby_is(lambda told: told.answered == press)
    assert told.reason is not None
    assert "three" in told.reason.en
    assert told.scene == "one"
    assert two.posted.of(TakeFailed) == []


def test_a_standby_switched_by_hand_is_seen_as_the_standbys(two: Two) -> None:
    two.hands[1].air("two")
    two.standby_is(lambda told: told.scene == "two")
    assert two.posted.of(SceneSeen) == []


def test_a_standby_in_studio_mode_is_said_and_is_not_the_surfaces(two: Two) -> None:
    two.hands[1].do("SetStudioModeEnabled", studioModeEnabled=True)
    two.standby_is(lambda told: told.studio_mode)
    assert two.posted.of(StudioModeSeen) == []
    two.driver.leave_studio_mode(LeaveStudioMode(PROGRAM, "asked for"))
    two.standby_is(lambda told: not told.studio_mode)


def test_a_standby_that_comes_back_is_sent_nothing_until_it_is_brought_into_line(two: Two) -> None:
    two.standby.close()
    two.standby_is(lambda told: not told.connected)
    two.posted.wait_for(SceneSeen, press=two.take("two"))
    port = int(two.standby.url.rpartition(":")[2])
    with SimulatedObs(port=port, password=PASSWORD, canvas=(1280, 720)) as again:
        hand = Hand(again.url, PASSWORD)
        hand.scenes("one", "two")
        hand.air("one")
        back = two.standby_is(lambda told: told.connected and told.scene == "one")
        assert back.answered is None
        told = {name for name in again.requests_seen() if name.startswith("Set")}
        assert told <= {"SetCurrentProgramScene"}, "the hand's own"
        assert again.requests_seen()["SetCurrentProgramScene"] == 1
        two.driver.align_standby(AlignStandby(PROGRAM, SceneName("two"), PressId("line"), "asked for"))
        two.standby_is(lambda told: told.scene == "two")
        assert hand.on_air() == "two"
        hand.close()
        two.driver.close()


@pytest.mark.parametrize("which", ["main", "standby"])
def test_a_wrong_password_is_that_ones_alone(which: str) -> None:
    """It names the variable of the one that it is about."""
    with SimulatedObs(password=PASSWORD) as main, SimulatedObs(password=PASSWORD) as standby:
        wrong = PROGRAM if which == "main" else standby_id(PROGRAM)
        pair = pairs_for([surface(main.url, standby.url)], lambda name: "another" if name == wrong else PASSWORD)[
            PROGRAM
        ]
        posted = Posted()
        pair.start(posted)
        if which == "main":
            reason = posted.wait_for(SurfaceLost).reason
            posted.wait_for(StandbySeen, connected=True)
            assert "STUDIO_OBS_PASSWORD_PROGRAM " in f"{reason.en} "
        else:
            reason = posted.wait_for(StandbySeen, connected=False).reason
            posted.wait_for(SurfaceConnected)
            assert "STUDIO_OBS_PASSWORD_PROGRAM_STANDBY" in reason.en
        pair.close()


# --- promotion --------------------------------------------------------------------------------------------------


def test_the_promoted_one_confirms_from_then_on_and_nothing_is_sent_by_promoting(two: Two) -> None:
    """Both live: the roles are exchanged, and exchanged back."""
    two.hands[1].air("two")
    two.standby_is(lambda told: told.scene == "two")
    before = [server.requests_seen() for server in (two.main, two.standby)]
    two.posted.forget()
    two.promote(two.standby)
    connected = two.posted.wait_for(SurfaceConnected)
    assert (connected.scene, connected.studio_mode) == ("two", False)
    assert {"one", "two"} <= connected.scenes
    former = two.standby_is(lambda told: told.former_main)
    assert (former.address, former.connected, former.scene) == (address(two.main), True, "one")
    assert asked_beside(two, before) == set()
    press = two.take("one")
    assert two.posted.wait_for(SceneSeen, press=press).scene == "one"
    two.standby_is(lambda told: told.answered == press)
    two.promote(two.main)
    two.standby_is(lambda told: not told.former_main)
    assert two.posted.of(SurfaceConnected)[-1].scene == "one"


def asked_beside(two: Two, before: list[Any]) -> set[str]:
    """What was asked of the two since, beside the small looks that every connection takes."""
    now = [server.requests_seen() for server in (two.main, two.standby)]
    asked = {name for one, other in zip(now, before, strict=True) for name in one if one[name] != other.get(name, 0)}
    return {name for name in asked if not name.startswith("Get")}


def test_the_main_one_dies_and_the_promoted_standby_takes_the_next_cue(two: Two) -> None:
    two.posted.wait_for(SceneSeen, press=two.take("two"))
    two.standby_is(lambda told: told.scene == "two")
    two.main.close()
    two.posted.wait_for(SurfaceLost)
    two.posted.forget()
    two.promote(two.standby)
    assert two.posted.wait_for(SurfaceConnected).scene == "two"
    former = two.standby_is(lambda told: told.former_main)
    assert not former.connected
    assert former.reason is not None
    press = two.take("one")
    assert two.posted.wait_for(SceneSeen, press=press).how is Seen.TRANSITION_STARTED
    assert two.hands[1].on_air() == "one"


def test_one_promoted_before_the_start_is_the_main_one_from_the_first_word() -> None:
    """The console was started again: nothing is sent, and the roles are as they were."""
    with SimulatedObs(password=PASSWORD) as main, SimulatedObs(password=PASSWORD) as standby:
        pair = pairs_for([surface(main.url, standby.url)], lambda _: PASSWORD)[PROGRAM]
        posted = Posted()
        pair.promote(PromoteStandby(PROGRAM, address(standby), "promoted before"))
        pair.start(posted)
        posted.wait_for(SurfaceConnected)
        told = posted.wait_for(StandbySeen, connected=True)
        assert (told.address, told.former_main) == (address(main), True)
        pair.close()
        for server in (main, standby):
            assert {name for name in server.requests_seen() if not name.startswith("Get")} <= {"Sleep"}


def test_an_address_that_is_none_of_the_two_changes_nothing(two: Two) -> None:
    """studio.yaml was changed since: what it says counts."""
    two.posted.forget()
    two.driver.promote(PromoteStandby(PROGRAM, "203.0.113.9:4455", "promoted before"))
    press = two.take("two")
    two.posted.wait_for(SceneSeen, press=press)
    assert two.posted.of(SurfaceConnected) == []


def test_reconnect_reaches_the_one_that_was_given_up(two: Two) -> None:
    two.driver.reconnect(Reconnect(PROGRAM, "asked for"))
    press = two.take("two")
    two.posted.wait_for(SceneSeen, press=press)


# --- drift ------------------------------------------------------------------------------------------------------


def test_a_difference_made_by_hand_is_listed_and_gone_when_put_right(two: Two) -> None:
    """A scene that only the main one has, an item moved, a source muted: each in words, until there is none."""
    main, standby = two.hands
    main.scenes("three")
    told = wait_until(lambda: (found := two.drift()) and found.count and found)
    assert any("‘three’" in line.en and "missing" in line.en for line in told.first)
    standby.scenes("three")
    # Each hand has made its source with a colour of its own count: the same here.
    wait_until(lambda: (found := two.drift()) and found.count == 0, lambda: two.drift())
    item = standby.do("GetSceneItemList", sceneName="one")["sceneItems"][0]["sceneItemId"]
    move = {"sceneName": "one", "sceneItemId": item}
    standby.do("SetSceneItemTransform", **move, sceneItemTransform={"positionX": 40.0})
    told = wait_until(lambda: (found := two.drift()) and found.count and found)
    assert [line.en for line in told.first] == ["scene ‘one’: ‘one ground’ lies elsewhere or in another size"]
    standby.do("SetSceneItemTransform", **move, sceneItemTransform={"positionX": 0.0})
    wait_until(lambda: (found := two.drift()) and found.count == 0, lambda: two.drift())


def test_two_surfaces_on_the_same_two_obs_are_compared_once_and_promoted_apart() -> None:
    with SimulatedObs(password=PASSWORD) as main, SimulatedObs(password=PASSWORD) as standby:
        surfaces = [surface(main.url, standby.url, name) for name in (PROGRAM, WALL)]
        pairs = pairs_for(surfaces, lambda _: PASSWORD)
        posts = {name: Posted() for name in pairs}
        for name, pair in pairs.items():
            pair.start(posts[name])
        for posted in posts.values():
            posted.wait_for(SurfaceConnected)
            posted.wait_for(StandbySeen, connected=True)
        watches = [pair._watch for pair in pairs.values() if isinstance(pair, PairDriver)]
        assert [watch is not None for watch in watches] == [True, False]
        for pair in pairs.values():
            pair.close()

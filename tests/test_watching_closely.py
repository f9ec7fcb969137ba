"""Pictures of surfaces that somebody looks at come ten times a second, and dead air is told as if nobody did.

Time is a number here: ten seconds are watched at once.
"""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pytest
from PIL import Image

from studio_console.core.air_facts import Fault
from studio_console.core.events import ShowEvent
from studio_console.core.reports import AirSeen
from studio_console.core.studio import DeadAirRules
from studio_console.core.units import Duration, SceneName, SurfaceId
from studio_console.devices.obs.messages import ObsError, ObsTimeout
from studio_console.devices.watching.watching import Watching

SURFACES = tuple(SurfaceId(name) for name in ("program", "wall", "ko"))
ALL = frozenset(SURFACES)
LATE = 0.004
"""Seconds that a thread comes later than it wanted to."""


@lru_cache(maxsize=256)
def shot(grey: int) -> str:
    out = io.BytesIO()
    Image.new("RGB", (32, 18), (grey, grey, grey)).save(out, "JPEG")
    return "data:image/jpg;base64," + base64.b64encode(out.getvalue()).decode()


class FakeLink:
    """Answers at once; what it shows is said by the test."""

    holding = False
    address = "ws://a.test"

    def __init__(self, show: Callable[[float], int]) -> None:
        self.now = 0.0
        self.asked: Counter[str] = Counter()
        self.refuses = False
        self.slow: set[str] = set()
        """Of which there is no picture in time."""
        self._show = show

    def call(self, request: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
        if request == "GetCurrentProgramScene":
            return {"currentProgramSceneName": "M1"}
        assert data is not None
        self.asked[data["sourceName"]] += 1
        if data["sourceName"] in self.slow:
            self.now += 3.0
            raise ObsTimeout(request, 3.0)
        if self.refuses:
            raise ObsError(request, 604, "no")
        return {"imageData": shot(self._show(self.now))}

    def batch(self, requests: Sequence[object]) -> list[object]:
        return []


def watched(
    link: FakeLink, seconds: float, closely: frozenset[SurfaceId], surfaces: Sequence[SurfaceId] = SURFACES
) -> tuple[Watching, dict[Fault, float]]:
    """After so long: the watching, and when each fault of the programme was told."""
    told: dict[Fault, float] = {}

    def post(event: ShowEvent) -> None:
        if isinstance(event, AirSeen) and event.on and event.surface == surfaces[0]:
            told[event.fault] = link.now

    scenes = [(name, SceneName(f"{name} (projector)") if place else None) for place, name in enumerate(surfaces)]
    watching = Watching(scenes, (), DeadAirRules(Duration(3_000), Duration(4_000), Duration(9_000)), post)
    watching.begin(link)  # type: ignore[arg-type]
    watching.look_closely(closely)
    while link.now < seconds:
        link.now = watching.turn(link, link.now) + LATE  # type: ignore[arg-type]
    return watching, told


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_looked_at_comes_eight_times_a_second_or_better(count: int) -> None:
    """Also where one OBS carries several surfaces."""
    link = FakeLink(lambda now: 100)
    watched(link, 10.0, ALL, SURFACES[:count])
    assert len(link.asked) == count
    assert all(asked >= 80 for asked in link.asked.values())


def test_what_nobody_looks_at_comes_as_seldom_as_before() -> None:
    link = FakeLink(lambda now: 100)
    watched(link, 10.0, frozenset())
    assert all(asked <= 40 for asked in link.asked.values())
    link = FakeLink(lambda now: 100)
    watched(link, 10.0, frozenset({SURFACES[0]}), SURFACES[:2])
    assert link.asked["M1"] >= 80
    assert link.asked["wall (projector)"] <= 40


@pytest.mark.parametrize("closely", [frozenset(), ALL])
def test_a_picture_that_stands_still_is_told_after_the_same_time(closely: frozenset[SurfaceId]) -> None:
    _, told = watched(FakeLink(lambda now: 100 if now < 2 else 101), 10.0, closely)
    assert told[Fault.FROZEN] == pytest.approx(6.0, abs=0.7)


@pytest.mark.parametrize("closely", [frozenset(), ALL])
def test_a_black_picture_is_told_after_the_same_time(closely: frozenset[SurfaceId]) -> None:
    _, told = watched(FakeLink(lambda now: 0 if now > 1 else 100), 10.0, closely)
    assert told[Fault.BLACK] == pytest.approx(4.0, abs=0.7)


@pytest.mark.parametrize("closely", [frozenset(), ALL])
def test_what_moves_once_in_two_seconds_is_not_still_however_often_it_is_looked_at(
    closely: frozenset[SurfaceId],
) -> None:
    _, told = watched(FakeLink(lambda now: 100 + 40 * (int(now / 2) % 2)), 20.0, closely)
    assert told == {}


def test_a_picture_is_as_old_as_the_last_answer_and_not_as_its_last_change() -> None:
    link = FakeLink(lambda now: 100)
    watching, _ = watched(link, 5.0, ALL)
    assert watching.seen_at(SURFACES[0]) == pytest.approx(5.0, abs=0.3)
    link.refuses = True
    until = link.now + 5
    while link.now < until:
        link.now = watching.turn(link, link.now)  # type: ignore[arg-type]
    assert watching.seen_at(SURFACES[0]) == pytest.approx(5.0, abs=0.3)
    assert watching.picture(SURFACES[0]) is not None
    assert watching.seen_at(SurfaceId("none")) is None


def test_inputs_are_looked_at_in_turn_for_as_long_as_somebody_asks_and_never_more_often_than_that() -> None:
    """Six cameras of what comes, beside one that nobody looks at any more: OBS gives five pictures a second for all."""
    link = FakeLink(lambda now: 100)
    watching, _ = watched(link, 1.0, ALL)
    cameras = [f"camera {number}" for number in range(6)]
    assert watching.input_picture("left alone", link.now) is None
    until = link.now + 20
    while link.now < until:
        for camera in cameras:
            watching.input_picture(camera, link.now)
        link.now = watching.turn(link, link.now) + LATE  # type: ignore[arg-type]
    counts = [link.asked[camera] for camera in cameras]
    assert sum(counts) <= 20 * 5 + 1
    assert min(counts) >= 14
    assert link.asked["left alone"] <= 5
    assert all(watching.input_picture(camera, link.now) is not None for camera in cameras)
    assert link.asked["M1"] >= 160, "the surfaces come first"


def test_an_input_that_obs_does_not_show_any_more_has_no_picture() -> None:
    """It is asked for again now and then: somebody may plug it in."""
    link = FakeLink(lambda now: 100)
    watching, _ = watched(link, 1.0, ALL)

    def look_for(seconds: float) -> None:
        until = link.now + seconds
        while link.now < until:
            watching.input_picture("camera", link.now)
            link.now = watching.turn(link, link.now) + LATE  # type: ignore[arg-type]

    look_for(2)
    assert watching.input_picture("camera", link.now) is not None
    link.refuses = True
    link.asked.clear()
    look_for(10)
    assert watching.input_picture("camera", link.now) is None
    assert 4 <= link.asked["camera"] <= 6
    link.refuses = False
    look_for(3)
    assert watching.input_picture("camera", link.now) is not None
    watching.end(None)
    assert watching.input_picture("camera", link.now) is None, "the link is gone"


def test_a_camera_whose_picture_does_not_come_takes_nothing_from_what_is_on_air() -> None:
    """A capture card hangs: its picture is waited for seldom, the link stays, the programme is seen all the while."""
    link = FakeLink(lambda now: 100)
    watching, _ = watched(link, 1.0, ALL)
    link.slow = {"camera"}

    def turn_for(seconds: float) -> None:
        until = link.now + seconds
        while link.now < until:
            assert watching.input_picture("camera", link.now) is None
            due = watching.turn(link, link.now)  # type: ignore[arg-type]
            link.now = max(due, link.now) + LATE

    turn_for(60)
    assert 2 <= link.asked["camera"] <= 3
    assert watching.seen_at(SURFACES[0]) == pytest.approx(link.now, abs=0.3)
    # OBS itself stands still.
    link.slow = {"M1"}
    with pytest.raises(ObsTimeout):
        turn_for(10)

"""A guest made in OBS by hand is looked for by the name that they have there, in one OBS after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from studio_console.core.reports import Signal
from studio_console.core.rundown import ObsPreview
from studio_console.core.signals import Rules
from studio_console.core.studio import Role, Size, Surface
from studio_console.core.text import Text, same
from studio_console.core.units import InputId, PersonId, SurfaceId
from studio_console.devices.previews.board import Board
from studio_console.devices.previews.obs_guests import ObsGuests
from studio_console.devices.simulated.server import SimulatedObs
from tests.obs_rigs import Rig
from tests.waiting import PATIENCE, wait_until

LONDON = PersonId("london")
RULES = Rules(frozen_after=60.0, black_after=60.0, silent_after=60.0)


class Seen:
    """What is told and pictured, and the supervisor's work, done at once under a lock."""

    def __init__(self) -> None:
        self.signals: list[tuple[Signal, Text | None]] = []
        self.boards: list[Board] = []
        self._lock = threading.RLock()

    def later(self, work: Callable[[], None]) -> None:
        with self._lock:
            work()

    def tell(self, _guest: PersonId, signal: Signal, _ago: int, reason: Text | None) -> None:
        self.signals.append((signal, reason))

    def pictured(self, _guest: PersonId, board: Board) -> None:
        self.boards.append(board)


@pytest.fixture
def guests(rig: Rig, simulated_rig: Rig) -> Iterator[tuple[ObsGuests, Seen]]:
    """The programme's OBS is ``rig``, the wall's another one."""
    seen = Seen()
    surfaces = [
        Surface(SurfaceId(name), same(name), Role.PROGRAM, Size(1280, 720), 30, at.url)
        for name, at in (("wall", simulated_rig), ("program", rig))
    ]
    made = ObsGuests(surfaces, lambda _: rig.password, RULES, seen.later, seen.tell, seen.pictured)
    yield made, seen
    made.stop()
    made.join(time.monotonic() + PATIENCE)


def test_obs_is_asked_by_its_own_name(rig: Rig, guests: tuple[ObsGuests, Seen]) -> None:
    """Green, 1280x720: the wall's OBS, asked first, has no such source."""
    kinds = rig.hand.do("GetInputKindList", unversioned=False)["inputKinds"]
    kind = next(kind for kind in kinds if kind.startswith("color_source"))
    rig.hand.do("CreateScene", sceneName="by hand")
    settings = {"color": 0xFF00FF00, "width": 1280, "height": 720}
    rig.hand.do(
        "CreateInput", sceneName="by hand", inputName="NDI London · 런던", inputKind=kind, inputSettings=settings
    )
    watched, seen = guests
    watched.watch({LONDON: ObsPreview(InputId("ndi-london"), name="NDI London · 런던")})

    def pictured() -> bool:
        watched.look(time.monotonic())
        return bool(seen.boards)

    wait_until(pictured, lambda: seen.signals)
    picture = seen.boards[-1].newest()
    assert picture is not None
    blue, green, red = picture.data[:3]
    assert (blue < 60, green > 200, red < 60) == (True, True, True)


def test_the_name_that_is_missing_is_the_one_in_obs(rig: Rig, guests: tuple[ObsGuests, Seen]) -> None:
    watched, seen = guests
    watched.watch({LONDON: ObsPreview(InputId("ndi-london"), SurfaceId("program"), "NDI London")})
    reasons = wait_until(lambda: [reason.en for signal, reason in seen.signals if reason is not None])
    assert "“NDI London”" in reasons[-1]


def test_a_guest_is_seen_in_the_standby_once_the_main_obs_is_gone(simulated_rig: Rig) -> None:
    """The standby has the same inputs, and a password of its own."""
    asked: list[str] = []
    seen = Seen()
    with SimulatedObs(password="another") as gone:
        url = gone.url
    surface = Surface(
        SurfaceId("program"), same("program"), Role.PROGRAM, Size(1280, 720), 30, url, standby_url=simulated_rig.url
    )

    def password(name: SurfaceId) -> str:
        asked.append(name)
        return simulated_rig.password

    simulated_rig.hand.scenes("guests")
    watched = ObsGuests([surface], password, RULES, seen.later, seen.tell, seen.pictured)
    watched.watch({LONDON: ObsPreview(InputId("ground"), SurfaceId("program"), "guests ground")})

    def pictured() -> bool:
        watched.look(time.monotonic())
        return bool(seen.boards)

    wait_until(pictured, lambda: seen.signals)
    assert set(asked) == {"program", "program-standby"}
    watched.stop()
    watched.join(time.monotonic() + PATIENCE)

"""What goes wrong only when two things happen at once, or an OBS is slow: each was seen before it was mended."""

from __future__ import annotations

import queue
import threading
import time

import pytest
from websockets.sync.server import ServerConnection

from studio_console.core.effects import Reconnect
from studio_console.core.reports import SceneSeen, StandbySeen, SurfaceConnected, SurfaceLost, TakeFailed
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import ObsEvent, Outcome, Request
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.pair import pairs_for
from studio_console.devices.obs.trouble import LinkDown, Trouble
from tests.obs_rigs import Posted, Rig, up
from tests.test_obs_driver import PROGRAM, WALL, driving, surface, take
from tests.test_obs_link import peer
from tests.test_obs_pair import surface as paired
from tests.waiting import PATIENCE, wait_until


def test_reconnect_pressed_while_all_is_well_is_not_kept_for_later(simulated_rig: Rig) -> None:
    """Somebody ends the session in OBS an hour after: the console stays away, as it would have."""
    with driving(simulated_rig) as [(driver, posted)]:
        driver.reconnect(Reconnect(PROGRAM, "asked for"))
        posted.wait_for(TakeFailed, press=take(driver, "nowhere"))
        simulated_rig.simulated.kick()
        assert posted.wait_for(SurfaceLost).final
        idle = threading.Event()
        idle.wait(0.3)
        assert posted.of(SurfaceConnected) == []


def test_a_password_that_is_wrong_again_is_told_again(simulated_rig: Rig) -> None:
    """The desk forgot the reason when Reconnect was pressed: without a word it would say connecting for ever."""
    posted = Posted()
    driver = drivers_for([surface(PROGRAM, simulated_rig.url)], {}, lambda _: "wrong")[PROGRAM]
    driver.start(posted)
    posted.wait_for(SurfaceLost)
    posted.forget()
    driver.reconnect(Reconnect(PROGRAM, "asked for"))
    assert posted.wait_for(SurfaceLost).final
    driver.close()


def test_a_standbys_password_that_is_wrong_again_is_told_again(simulated_rig: Rig) -> None:
    with up(simulated_rig.link()):
        posted = Posted()
        driver = pairs_for(
            [paired(simulated_rig.url, simulated_rig.url.replace("127.0.0.1", "localhost"))],
            lambda name: simulated_rig.password if name == PROGRAM else "wrong",
        )[PROGRAM]
        driver.start(posted)
        posted.wait_for(StandbySeen, final=True)
        posted.forget()
        driver.reconnect(Reconnect(PROGRAM, "asked for"))
        posted.wait_for(StandbySeen, final=True)
        driver.close()


def test_a_deaf_obs_is_noticed_however_busily_it_is_asked() -> None:
    """It answers pings and no request, while a clip's cursor is asked for twice a second."""

    def talk(client: ServerConnection) -> None:
        for _ in client:
            pass

    lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
    outcomes: list[Outcome] = []
    with peer(talk) as url, up(ObsLink(url, on_lost=lost.put)) as link:
        asked_at = 0.0

        def noticed() -> bool:
            nonlocal asked_at
            if time.monotonic() - asked_at > 0.3:
                asked_at = time.monotonic()
                link.send([Request("GetMediaInputStatus")], outcomes.append, timeout=0.8)
            return not lost.empty()

        wait_until(noticed, lambda: outcomes)
        assert lost.get().trouble is Trouble.SILENT


def test_a_take_as_the_collection_begins_to_change_is_held(simulated_rig: Rig) -> None:
    """The link has heard of it, the surface's thread is busy and has not: the request could crash OBS."""
    simulated_rig.hand.scenes("one")
    with driving(simulated_rig) as [(driver, posted)]:
        connection = driver.connection
        link = connection._link
        assert link is not None
        busy = threading.Event()
        connection.do(lambda: busy.wait(20) and None)
        simulated_rig.hand.do("CreateSceneCollection", sceneCollectionName="other")
        wait_until(lambda: link.holding)
        before = simulated_rig.simulated.requests_seen().get("SetCurrentProgramScene", 0)
        press = take(driver, "one")
        busy.set()
        assert "collection" in posted.wait_for(TakeFailed, press=press).reason.en
        posted.wait_for(SurfaceConnected)
        assert simulated_rig.simulated.requests_seen().get("SetCurrentProgramScene", 0) == before


def test_a_surface_that_joins_while_obs_is_being_reached_is_told_once_that_it_is_there(simulated_rig: Rig) -> None:
    """Two surfaces of one OBS start together. Told a second time, the take in between would count as lost."""
    joined = threading.Event()

    def password(_: SurfaceId) -> str | None:
        assert joined.wait(PATIENCE)
        return simulated_rig.password

    surfaces = [surface(name, simulated_rig.url) for name in (PROGRAM, WALL)]
    first, second = drivers_for(surfaces, {}, password).values()
    told = (Posted(), Posted())
    first.start(told[0])
    second.start(told[1])
    joined.set()
    for posted in told:
        posted.wait_for(SurfaceConnected)
    over = threading.Event()
    first.connection.do(over.set)
    assert over.wait(PATIENCE)
    assert [len(posted.of(SurfaceConnected)) for posted in told] == [1, 1]
    first.close()
    second.close()


class Broken:
    """A surface on the same OBS that cannot cope with what it is told."""

    def came_up(self, mirror: Mirror) -> None:
        raise RuntimeError("a state of an unknown form")

    def went_down(self, down: LinkDown) -> None:
        raise RuntimeError("broken here too")

    def collection_changing(self, name: str) -> None: ...

    def happened(self, event: ObsEvent, before: Mirror, after: Mirror) -> None: ...


@pytest.mark.expects_log("a piece of work failed")
def test_a_surface_that_breaks_as_obs_comes_up_takes_no_other_along(simulated_rig: Rig) -> None:
    simulated_rig.hand.scenes("one")
    posted = Posted()
    driver = drivers_for([surface(PROGRAM, simulated_rig.url)], {}, lambda _: simulated_rig.password)[PROGRAM]
    broken = Broken()
    driver.connection.join(broken)
    driver.start(posted)
    posted.wait_for(SurfaceConnected)
    posted.wait_for(SceneSeen, press=take(driver, "one"))
    assert posted.of(SurfaceLost) == []
    driver.connection.leave(broken)
    driver.close()

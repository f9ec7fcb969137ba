"""Pictures, levels and figures are those of the OBS that is the main one, also after a standby took over."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from studio_console.core.presses import ArmPressed, Grave, PromotePressed
from studio_console.core.show import surface_of
from studio_console.core.units import PressId, SurfaceId
from studio_console.devices.simulated.server import SimulatedObs
from tests.open_day import open_day
from tests.small_event import write_small_event
from tests.waiting import wait_until

PROGRAM = SurfaceId("program")


def pictures(obs: SimulatedObs) -> int:
    return obs.requests_seen().get("GetSourceScreenshot", 0)


def test_after_a_promotion_the_former_standby_is_watched(tmp_path: Path) -> None:
    folder = write_small_event(tmp_path / "event")
    layouts = folder / "layouts/studio.yaml"
    text = layouts.read_text("utf-8")
    layouts.write_text(text.replace('4455"}', '4455", standby: "ws://127.0.0.1:4465"}'), "utf-8")
    with ExitStack() as stack:
        main, standby, wall = (stack.enter_context(SimulatedObs()) for _ in range(3))
        urls = {"program": main.url, "program-standby": standby.url, "wall": wall.url}
        console, _, shows = stack.enter_context(open_day(folder, urls, tmp_path))
        wait_until(lambda: (known := surface_of(shows[-1], PROGRAM).standby) is not None and known.connected)
        wait_until(lambda: pictures(main) > 2)
        assert pictures(standby) == 0
        console.engine.post(ArmPressed(Grave.PROMOTE_STANDBY, PROGRAM, PressId("arm")))
        console.engine.post(PromotePressed(PROGRAM, PressId("promote")))
        wait_until(lambda: pictures(standby) > 2, lambda: shows[-1].surfaces[PROGRAM])

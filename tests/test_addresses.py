"""OBS addresses on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studio_console.app.addresses import BadAddress, with_addresses
from studio_console.app.console import open_event
from studio_console.core.obs_address import obs_address
from studio_console.core.picture import plan_day
from studio_console.core.studio import Role, Size, Studio, Surface
from studio_console.core.text import same
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.projector import ProjectorDriver
from studio_console.files.studio_tables import OBS_ADDRESS, obs_of
from tests.small_event import write_small_event

PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")
STUDIO = Studio(
    title=same("hall"),
    time_zone="Asia/Seoul",
    capacity=500,
    limit=50,
    surfaces={PROGRAM: Surface(PROGRAM, same("program"), Role.PROGRAM, Size(1280, 720), 30, "ws://127.0.0.1:4455")},
    inputs={},
    layouts={},
)


def test_an_address_replaces_that_of_the_studio() -> None:
    """The spare machine is used today: its address is given at the start, the files stay as they are."""
    changed = with_addresses(STUDIO, ["program=ws://10.0.0.9:4460"])
    assert changed.surfaces[PROGRAM].obs_url == "ws://10.0.0.9:4460"
    assert STUDIO.surfaces[PROGRAM].obs_url == "ws://127.0.0.1:4455"


@pytest.mark.parametrize(
    "given", ["program", "program=", "program=http://x:1", "program=ws://", "program=ws://x:99999", "program=ws://x:0"]
)
def test_what_is_no_address_is_refused_with_its_form(given: str) -> None:
    """A mistyped option says how it is written."""
    with pytest.raises(BadAddress, match="SURFACE=ws://host:port"):
        with_addresses(STUDIO, [given])


def test_an_unknown_surface_lists_the_known_ones() -> None:
    """``wal`` is not silently ignored."""
    with pytest.raises(BadAddress, match="program"):
        with_addresses(STUDIO, ["wal=ws://127.0.0.1:1"])


def test_a_standby_is_given_by_its_surfaces_name() -> None:
    """Also where studio.yaml has none: a spare machine that was found on the day."""
    changed = with_addresses(STUDIO, ["program-standby=ws://10.0.0.9:4460"])
    surface = changed.surfaces[PROGRAM]
    assert (surface.obs_url, surface.standby_url) == ("ws://127.0.0.1:4455", "ws://10.0.0.9:4460")


def test_a_standby_is_another_obs_than_the_main_one() -> None:
    with pytest.raises(BadAddress, match="an OBS of its own"):
        with_addresses(STUDIO, ["program-standby=ws://127.0.0.1:4455"])


@pytest.mark.parametrize("given", ["program=ws://:hunter2@127.0.0.1:4455", "program=wsx://:hunter2@h:1"])
def test_a_password_in_an_address_is_refused_and_not_repeated(given: str) -> None:
    """The password goes to the environment; the message does not show it again."""
    with pytest.raises(BadAddress) as refused:
        with_addresses(STUDIO, [given])
    for language in ("ko", "en"):
        assert "hunter2" not in refused.value.show(language)


def test_an_address_with_wss_is_refused_before_the_link_would() -> None:
    """OBS's server speaks no TLS: said at the start, not by a surface that is lost for good."""
    with pytest.raises(BadAddress, match="does not speak wss"):
        with_addresses(STUDIO, ["program=wss://127.0.0.1:4455"])


SAME_OBS = (
    "ws://127.0.0.1:4455",
    "ws://127.0.0.1:4455/",
    "ws://127.0.0.1",
    "ws://localhost:4455",
    "WS://LocalHost",
    "ws://localhost.:4455",
    "ws://[::1]:4455",
    "ws://[0:0:0:0:0:0:0:1]/",
    "ws://[::ffff:127.0.0.1]:4455",
)


@pytest.mark.parametrize("spelling", SAME_OBS)
def test_one_obs_has_one_address_however_it_is_spelled(spelling: str) -> None:
    """Two spellings would be two connections, each driving the whole programme."""
    assert obs_address(spelling) == "ws://127.0.0.1:4455"
    assert obs_of(spelling) == "ws://127.0.0.1:4455"
    assert re.match(OBS_ADDRESS.pattern or "", spelling), "an editor takes it too"


@pytest.mark.parametrize("other", ["ws://127.0.0.1:4456", "ws://127.0.0.2", "ws://[fe80::1]", "ws://hall-pc"])
def test_another_obs_keeps_its_own(other: str) -> None:
    assert obs_address(other) not in ("ws://127.0.0.1:4455", "")
    assert obs_address(obs_address(other)) == obs_address(other)


def test_surfaces_of_one_obs_share_it_also_where_one_was_given_at_the_start_in_another_spelling(tmp_path: Path) -> None:
    """On a laptop: the file says localhost, the option says 127.0.0.1. The wall is a scene for a projector, and a
    take of the wall leaves the programme alone."""
    folder = write_small_event(tmp_path)
    studio_file = folder / "layouts" / "studio.yaml"
    text = studio_file.read_text("utf-8").replace("ws://127.0.0.1:4455", "ws://localhost")
    studio_file.write_text(text, "utf-8")
    opened = open_event(folder)
    studio = with_addresses(opened.studio, ["wall=ws://127.0.0.1:4455/"])
    plans = plan_day(opened.event, opened.event.days[0], studio)
    assert (plans[PROGRAM].projector_scene, plans[WALL].projector_scene) == (None, "wall (projector)")
    drivers = drivers_for(studio.surfaces.values(), {}, lambda _: None)
    assert isinstance(drivers[WALL], ProjectorDriver)

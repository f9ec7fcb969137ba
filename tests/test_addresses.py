"""OBS addresses on the command line."""

import pytest

from studio_console.app.addresses import BadAddress, with_addresses
from studio_console.core.studio import Role, Size, Studio, Surface
from studio_console.core.text import same
from studio_console.core.units import SurfaceId

PROGRAM = SurfaceId("program")
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
    "given", ["program", "program=", "program=http://x:1", "program=ws://", "program=ws://x:99999"]
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

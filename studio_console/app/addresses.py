"""OBS addresses on the command line: ``--obs-url SURFACE=ws://host:port``, for a standby ``SURFACE-standby=…``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from studio_console.core.obs_address import AddressFault, NotAnObsAddress, obs_address
from studio_console.core.problems import UserError
from studio_console.core.studio import Studio, Surface, password_variable, standby_id
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId

FORM = Text(
    "--obs-url은 SURFACE=ws://호스트:포트 꼴이어야 합니다: ‘{given}’",
    "--obs-url has the form SURFACE=ws://host:port: ‘{given}’",
)
NO_SURFACE = Text(
    "‘{surface}’라는 출력면이 없습니다. studio.yaml에는 {known}이 있습니다",
    "There is no surface ‘{surface}’; studio.yaml has {known}",
)
NO_PASSWORD = Text(
    "비밀번호는 주소에 쓰지 말고 환경 변수 {variable}에 두세요",
    "Keep the password out of the address: put it into the environment variable {variable}",
)
ENCRYPTED = Text(
    "OBS의 WebSocket 서버는 wss를 쓰지 않습니다. ws://로 쓰세요: ‘{given}’",
    "OBS's own WebSocket server does not speak wss; write it as ws://: ‘{given}’",
)
STANDBY_IS_MAIN = Text(
    "‘{surface}’의 대기 OBS가 ‘{other}’의 본 OBS와 같은 주소입니다. 따로 켠 OBS의 주소를 주세요",
    "The standby of ‘{surface}’ has the address of the main OBS of ‘{other}’: give it an OBS of its own",
)


class BadAddress(UserError):
    """An address that cannot be used."""


def with_addresses(studio: Studio, given: Sequence[str]) -> Studio:
    """The studio with the addresses in ``given`` in place of its own. Raises BadAddress."""
    surfaces = dict(studio.surfaces)
    of_standby = {standby_id(name): name for name in surfaces}
    for entry in given:
        name, _, url = entry.partition("=")
        surface = SurfaceId(name.strip())
        try:
            address = obs_address(url.strip())
        except NotAnObsAddress as error:
            raise _bad_address(error.fault, surface, entry) from None
        paired = of_standby.get(surface)
        if surface in surfaces:
            surfaces[surface] = replace(surfaces[surface], obs_url=address)
        elif paired is not None:
            surfaces[paired] = replace(surfaces[paired], standby_url=address)
        else:
            raise BadAddress(NO_SURFACE, surface=name, known=", ".join(surfaces))
    _check_standbys(surfaces.values())
    return replace(studio, surfaces=surfaces)


def _bad_address(fault: AddressFault, surface: SurfaceId, entry: str) -> BadAddress:
    if fault is AddressFault.SECRET:
        return BadAddress(NO_PASSWORD, variable=password_variable(surface))
    return BadAddress(ENCRYPTED if fault is AddressFault.ENCRYPTED else FORM, given=entry)


def _check_standbys(surfaces: Collection[Surface]) -> None:
    mains = {surface.obs_url: surface.id for surface in surfaces}
    for surface in surfaces:
        other = mains.get(surface.standby_url) if surface.standby_url is not None else None
        if other is not None:
            raise BadAddress(STANDBY_IS_MAIN, surface=surface.id, other=other)

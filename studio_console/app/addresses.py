"""OBS addresses on the command line: ``--obs-url SURFACE=ws://host:port``, for a standby ``SURFACE-standby=…``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

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
            parts = urlsplit(url.strip())
            valid = parts.scheme in ("ws", "wss") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            valid = False
        if not valid:
            raise BadAddress(FORM, given=f"{name}=…" if "@" in url else entry)
        if parts.username or parts.password:
            raise BadAddress(NO_PASSWORD, variable=password_variable(surface))
        paired = of_standby.get(surface)
        if surface in surfaces:
            surfaces[surface] = replace(surfaces[surface], obs_url=url.strip())
        elif paired is not None:
            surfaces[paired] = replace(surfaces[paired], standby_url=url.strip())
        else:
            raise BadAddress(NO_SURFACE, surface=name, known=", ".join(surfaces))
    _check_standbys(surfaces.values())
    return replace(studio, surfaces=surfaces)


def _check_standbys(surfaces: Collection[Surface]) -> None:
    mains = {surface.obs_url: surface.id for surface in surfaces}
    for surface in surfaces:
        other = mains.get(surface.standby_url) if surface.standby_url is not None else None
        if other is not None:
            raise BadAddress(STANDBY_IS_MAIN, surface=surface.id, other=other)

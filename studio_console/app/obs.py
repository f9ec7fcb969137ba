"""The studio's OBS instances: drivers for the show, and provisioning, address by address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from studio_console.core.picture import SurfacePlan
from studio_console.core.ports import SurfaceDriver
from studio_console.core.problems import UserError
from studio_console.core.studio import Studio, password_variable
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.driver import drivers_for
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import ObsError, ObsTimeout
from studio_console.devices.obs.provision import Progress, ProvisionReport, provision
from studio_console.devices.obs.trouble import LinkDown

NO_LINK = Text("{surfaces}: {reason}", "{surfaces}: {reason}")
REFUSED = Text(
    "{surfaces}: OBS가 요청을 거부했습니다({detail}). 다시 실행해 보고, 계속되면 OBS의 로그를 보세요",
    "{surfaces}: OBS refused a request ({detail}). Run this again; if it stays, see OBS's log",
)

Passwords = Callable[[SurfaceId], str | None]


def connect_drivers(studio: Studio, passwords: Passwords, folder: Path) -> Mapping[SurfaceId, SurfaceDriver]:
    """A driver for every surface; it connects when it is started, and again after every loss.

    ``folder`` is the event's.
    """
    return drivers_for(studio.surfaces.values(), {}, passwords, folder)


def by_address(plans: Mapping[SurfaceId, SurfacePlan], studio: Studio) -> Mapping[str, Sequence[SurfaceId]]:
    """Which surfaces share which OBS, in the order of the studio."""
    shared: dict[str, list[SurfaceId]] = {}
    for name in plans:
        shared.setdefault(studio.surfaces[name].obs_url, []).append(name)
    return shared


@contextmanager
def linked(url: str, surfaces: Sequence[SurfaceId], passwords: Passwords) -> Iterator[ObsLink]:
    """A link of its own to the OBS of ``surfaces``. Raises UserError where it cannot be used, or not any more."""
    password = next((found for name in surfaces if (found := passwords(name)) is not None), None)
    link = ObsLink(url, password)
    names = ", ".join(surfaces)
    try:
        link.connect()
        yield link
    except LinkDown as down:
        raise UserError(NO_LINK, surfaces=names, reason=down.explain(password_variable(surfaces[0]))) from down
    except (ObsError, ObsTimeout) as error:
        raise UserError(REFUSED, surfaces=names, detail=error) from error
    finally:
        link.disconnect()


def provision_all(
    plans: Mapping[SurfaceId, SurfacePlan],
    studio: Studio,
    passwords: Passwords,
    folder: Path,
    *,
    dry_run: bool = False,
    on_air: bool = False,
    progress: Callable[[str], Progress | None] = lambda _surfaces: None,
) -> Mapping[str, ProvisionReport]:
    """Builds the scenes of ``plans``, OBS by OBS; the reports by the names of the surfaces. Raises UserError."""
    reports: dict[str, ProvisionReport] = {}
    for url, surfaces in by_address(plans, studio).items():
        names = ", ".join(surfaces)
        with linked(url, surfaces, passwords) as link:
            reports[names] = provision(
                link,
                [plans[name] for name in surfaces],
                folder=folder,
                dry_run=dry_run,
                allow_on_air=on_air,
                progress=progress(names),
            )
    return reports

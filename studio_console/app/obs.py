"""The studio's OBS instances: drivers for the show, and provisioning, address by address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from studio_console.core.picture import SurfacePlan, projector_scene_of
from studio_console.core.ports import SurfaceDriver
from studio_console.core.problems import UserError
from studio_console.core.studio import Studio, password_variable, standby_id, standby_studio
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import ObsError, ObsTimeout
from studio_console.devices.obs.pair import pairs_for
from studio_console.devices.obs.provision import Progress, ProvisionReport, provision
from studio_console.devices.obs.trouble import LinkDown

NO_LINK = Text("{surfaces}: {reason}", "{surfaces}: {reason}")
REFUSED = Text(
    "{surfaces}: OBS가 요청을 거부했습니다({detail}). 다시 실행해 보고, 계속되면 OBS의 로그를 보세요",
    "{surfaces}: OBS refused a request ({detail}). Run this again; if it stays, see OBS's log",
)

Passwords = Callable[[SurfaceId], str | None]


class ObsUnusable(UserError):
    """An OBS could not be reached, or not used to the end."""


def connect_drivers(studio: Studio, passwords: Passwords, folder: Path) -> Mapping[SurfaceId, SurfaceDriver]:
    """A driver for every surface; it connects when it is started, and again after every loss.

    ``folder`` is the event's.
    """
    return pairs_for(studio.surfaces.values(), passwords, folder)


@dataclass(frozen=True, slots=True)
class ObsJob:
    """One OBS and all that is wanted in it."""

    url: str
    plans: Mapping[SurfaceId, SurfacePlan]
    """Of the surfaces that share it, in the order of the studio."""
    accounts: tuple[SurfaceId, ...]
    """The names of its surfaces; of a standby the names by which its password is known."""

    @property
    def names(self) -> str:
        return ", ".join(self.accounts)


def obs_jobs(plans: Mapping[SurfaceId, SurfacePlan], studio: Studio) -> tuple[ObsJob, ...]:
    """Every OBS that ``plans`` are for: the main ones first, then the standbys, which get the same."""
    jobs = [
        ObsJob(url, {name: plans[name] for name in sharing}, tuple(sharing))
        for url, sharing in by_address(plans, studio).items()
    ]
    standbys = standby_studio(studio)
    paired = [name for name in plans if name in standbys.surfaces]
    for url, sharing in by_address(paired, standbys).items():
        # As on the main one, the first has the program and the others are scenes for a projector.
        there = {
            name: replace(plans[name], projector_scene=projector_scene_of(name) if place else None)
            for place, name in enumerate(sharing)
        }
        jobs.append(ObsJob(url, there, tuple(map(standby_id, sharing))))
    return tuple(jobs)


def by_address(surfaces: Iterable[SurfaceId], studio: Studio) -> Mapping[str, Sequence[SurfaceId]]:
    """Which of ``surfaces`` share which OBS, in their order."""
    shared: dict[str, list[SurfaceId]] = {}
    for name in surfaces:
        shared.setdefault(studio.surfaces[name].obs_url, []).append(name)
    return shared


@contextmanager
def linked(job: ObsJob, passwords: Passwords) -> Iterator[ObsLink]:
    """A link of its own to the OBS of ``job``. Raises ObsUnusable, also from within the block."""
    password = next((found for name in job.accounts if (found := passwords(name)) is not None), None)
    link = ObsLink(job.url, password)
    try:
        link.connect()
        yield link
    except LinkDown as down:
        reason = down.explain(password_variable(job.accounts[0]))
        raise ObsUnusable(NO_LINK, surfaces=job.names, reason=reason) from down
    except (ObsError, ObsTimeout) as error:
        raise ObsUnusable(REFUSED, surfaces=job.names, detail=error) from error
    finally:
        link.disconnect()


def provision_each(
    plans: Mapping[SurfaceId, SurfacePlan],
    studio: Studio,
    passwords: Passwords,
    folder: Path,
    *,
    dry_run: bool = False,
    on_air: bool = False,
    progress: Callable[[str], Progress | None] = lambda _surfaces: None,
) -> Iterator[tuple[str, ProvisionReport | ObsUnusable]]:
    """Builds the scenes of ``plans``, OBS by OBS: the names of its surfaces, and its report or why there is none.

    One that is down does not keep the others from being built.
    """
    for job in obs_jobs(plans, studio):
        try:
            with linked(job, passwords) as link:
                report = provision(
                    link,
                    list(job.plans.values()),
                    folder=folder,
                    dry_run=dry_run,
                    allow_on_air=on_air,
                    progress=progress(job.names),
                )
        except ObsUnusable as error:
            yield job.names, error
        else:
            yield job.names, report


def provision_all(
    plans: Mapping[SurfaceId, SurfacePlan],
    studio: Studio,
    passwords: Passwords,
    folder: Path,
    *,
    progress: Callable[[str], Progress | None] = lambda _surfaces: None,
) -> Mapping[str, ProvisionReport]:
    """Builds the scenes where every OBS has to be there; the reports by the surfaces' names. Raises ObsUnusable."""
    reports: dict[str, ProvisionReport] = {}
    for names, report in provision_each(plans, studio, passwords, folder, progress=progress):
        if isinstance(report, ObsUnusable):
            raise report
        reports[names] = report
    return reports

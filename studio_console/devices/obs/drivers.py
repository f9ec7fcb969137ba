"""Which driver each surface has, and who shares a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, reduce
from operator import or_
from pathlib import Path

from studio_console.core.picture import projector_scene_of
from studio_console.core.studio import Surface, password_variable
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.connection import ObsConnection
from studio_console.devices.obs.driver import ObsDriver, Passwords
from studio_console.devices.obs.link import LOW_VOLUME_EVENTS
from studio_console.devices.obs.projector import ProjectorDriver


def drivers_for(
    surfaces: Iterable[Surface],
    urls: Mapping[SurfaceId, str],
    passwords: Passwords,
    folder: Path = Path(),
    *,
    account: Callable[[SurfaceId], SurfaceId] = lambda surface: surface,
    events: Callable[[SurfaceId], int] = lambda surface: LOW_VOLUME_EVENTS,
) -> dict[SurfaceId, ObsDriver]:
    """A driver for every surface. Surfaces with the same address share a connection; the later ones are projectors.

    ``urls`` overrides the addresses of studio.yaml. ``passwords`` is asked at every try, for the surfaces in turn, by
    the name that ``account`` gives them. ``events`` is what the OBS of a surface is to tell. ``folder`` is the
    event's, where files are named from.
    """
    at: dict[str, list[Surface]] = {}
    for surface in surfaces:
        at.setdefault(urls.get(surface.id, surface.obs_url), []).append(surface)
    drivers: dict[SurfaceId, ObsDriver] = {}
    for url, sharing in at.items():
        accounts = tuple(account(surface.id) for surface in sharing)
        mask = reduce(or_, (events(surface.id) for surface in sharing))
        connection = ObsConnection(url, partial(first_password, passwords, accounts), mask)
        name = password_variable(accounts[0])
        drivers[sharing[0].id] = ObsDriver(connection, sharing[0], folder, name)
        for further in sharing[1:]:
            scene = projector_scene_of(further.id)
            drivers[further.id] = ProjectorDriver(connection, further, folder, scene, name)
    return drivers


def first_password(passwords: Passwords, surfaces: Sequence[SurfaceId]) -> str | None:
    """That of the first of the surfaces on an OBS that has one."""
    return next((found for surface in surfaces if (found := passwords(surface)) is not None), None)

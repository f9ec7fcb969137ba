"""The devices of a rehearsal: simulated OBS servers in place of the hall's, provisioned before they are used."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from studio_console.core.studio import Studio, Surface
from studio_console.core.units import SurfaceId
from studio_console.devices.simulated.kinds import TRANSITION_KINDS
from studio_console.devices.simulated.server import SimulatedObs


@dataclass(frozen=True, slots=True)
class Simulation:
    """Simulated OBS servers, one for every address that the studio has, on this machine only."""

    servers: tuple[SimulatedObs, ...]
    studio: Studio
    """The studio with the servers' addresses in place of the real ones."""
    password: str

    def password_of(self, _surface: SurfaceId) -> str | None:
        return self.password

    def close(self) -> None:
        for server in self.servers:
            server.close()


def simulate(studio: Studio, speed: float = 1.0) -> Simulation:
    """Starts the servers, their clips running ``speed`` times as fast, with every transition that a hall may set up.

    A surface that shares its OBS shares its simulation too.
    """
    password = secrets.token_urlsafe(12)
    servers: dict[str, SimulatedObs] = {}
    surfaces: dict[SurfaceId, Surface] = {}

    def simulated(url: str, surface: Surface) -> str:
        if url not in servers:
            canvas = (surface.canvas.width, surface.canvas.height)
            servers[url] = SimulatedObs(
                password=password, canvas=canvas, fps=surface.fps, speed=speed, transitions=TRANSITION_KINDS
            )
            servers[url].start()
        return servers[url].url

    for name, surface in studio.surfaces.items():
        main = simulated(surface.obs_url, surface)
        standby = simulated(surface.standby_url, surface) if surface.standby_url is not None else None
        surfaces[name] = replace(surface, obs_url=main, standby_url=standby)
    return Simulation(tuple(servers.values()), replace(studio, surfaces=surfaces), password)

"""A simulated OBS for rehearsals and tests: an obs-websocket v5 server over scenes that exist only in memory.

It follows OBS 29 with obs-websocket 5.1, its surprises included; the contract tests hold both to the same answers.
"""

from studio_console.devices.simulated.server import SimulatedObs, run_forever

__all__ = ["SimulatedObs", "run_forever"]

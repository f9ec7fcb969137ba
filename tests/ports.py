"""Ports of loopback for servers and peers of the tests, until they are bound nobody's."""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack, suppress

PORTS = range(20_000, 32_000)
"""Below those that a system hands out to who calls somebody: else another peer's call may take the port meanwhile."""


def free_port() -> int:
    """For TCP."""
    with socket.socket() as probe:
        return _bind(probe)


def free_udp_port() -> int:
    return free_udp_ports(1)[0]


def free_udp_ports(count: int) -> list[int]:
    """So many at once: none of them twice."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) for _ in range(count)]
        return [_bind(probe) for probe in probes]


def _bind(probe: socket.socket) -> int:
    for port in random.sample(PORTS, len(PORTS)):
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError(f"no free port from {PORTS.start} to {PORTS.stop - 1}")

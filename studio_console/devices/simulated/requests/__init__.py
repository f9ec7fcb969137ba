"""The answers to obs-websocket requests, by the name of the request."""

from studio_console.devices.simulated.requests import (  # noqa: F401 - each registers its answers
    config,
    filters,
    general,
    inputs,
    items,
    media,
    outputs,
    scenes,
    sources,
    transitions,
    ui,
)
from studio_console.devices.simulated.requests.registry import ANSWERS, Answer

__all__ = ["ANSWERS", "Answer"]

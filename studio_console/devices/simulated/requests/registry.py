"""Where the modules of this package put their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.protocol import Data
from studio_console.devices.simulated.world import World

Answer: TypeAlias = Callable[[World, Fields], Data | None]
"""Carries a request out and returns its response data. Raises Refusal."""

ANSWERS: dict[str, Answer] = {}


def answers(request: str) -> Callable[[Answer], Answer]:
    def register(answer: Answer) -> Answer:
        ANSWERS[request] = answer
        return answer

    return register

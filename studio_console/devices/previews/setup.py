"""What a worker is told when it is started, as the one argument of its command line. No address is in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from studio_console.core.studio import GuestRules
from studio_console.core.units import Duration
from studio_console.devices.previews.memory import Shape


@dataclass(frozen=True, slots=True)
class Setup:
    """``python -m studio_console.devices.previews.worker '<to_argument()>'``."""

    memory: str
    """The name of the picture memory, made by the console."""
    streams: int
    width: int
    height: int
    """The most px of a picture; larger ones are scaled down."""
    fps: int
    """The most pictures a second that are written."""
    sound: bool
    """Whether its streams may decode sound: ``Play.sound`` says which do."""
    frozen_after: int
    black_after: int
    silent_after: int
    """All in ms, as in ``GuestRules``."""

    @property
    def shape(self) -> Shape:
        return Shape(self.streams, self.width, self.height)

    @property
    def rules(self) -> GuestRules:
        """The guest rules that a worker needs; the others are the console's business."""
        return GuestRules(
            frozen_after=Duration(self.frozen_after),
            black_after=Duration(self.black_after),
            silent_after=Duration(self.silent_after),
        )

    def to_argument(self) -> str:
        return json.dumps(asdict(self))


def from_argument(argument: str) -> Setup:
    """Raises ValueError or TypeError for what is no setup."""
    return Setup(**json.loads(argument))

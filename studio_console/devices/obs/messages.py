"""What goes over the link, as types: requests, their replies, events, and how a request can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from studio_console.devices.obs.trouble import LinkDown

SUCCESS = 100
NOT_READY = 207
NOT_FOUND = 600


class Execution(IntEnum):
    """How a batch is carried out. PARALLEL is left out on purpose: OBS can mislabel its results."""

    SERIAL_REALTIME = 0
    SERIAL_FRAME = 1


class Request(NamedTuple):
    type: str
    data: Mapping[str, Any] = {}


class ObsEvent(NamedTuple):
    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """OBS's answer to one request. Branch on ``code``, never on ``comment``."""

    request: str
    code: int
    comment: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.code == SUCCESS


class ObsError(Exception):
    """OBS refused a request."""

    def __init__(self, code: int, comment: str, request: str) -> None:
        super().__init__(f"{request}: {code}" + (f" {comment}" if comment else ""))
        self.code = code
        self.comment = comment
        self.request = request


class ObsTimeout(Exception):
    """OBS did not answer a request in time; it may still carry it out."""

    def __init__(self, request: str, seconds: float) -> None:
        super().__init__(f"{request}: no answer within {seconds:g} s")
        self.request = request


Outcome: TypeAlias = "tuple[Reply, ...] | ObsTimeout | LinkDown"
"""What became of a request or batch: its replies, or why there are none."""

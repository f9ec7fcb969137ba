"""What console and worker say to each other: one JSON object a line, orders in, reports out.

Addresses may carry a passphrase: they go through the pipe and never onto a command line, into a log or a report.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias, get_args

from studio_console.core.events import Signal

# --- console → worker


@dataclass(frozen=True, slots=True)
class Play:
    """Show ``location`` in ``stream`` from now on. ``job`` is the console's number for it; reports carry it."""

    stream: int
    job: int
    kind: str
    """``url``, ``file``, ``device`` or ``drawn``."""
    location: str
    """The address, the absolute path, the device, or the label to be drawn."""
    sound: bool = False
    caching_ms: int = 300


@dataclass(frozen=True, slots=True)
class Stop:
    stream: int


@dataclass(frozen=True, slots=True)
class Listen:
    """Play the sound of ``stream`` on ``device`` (the system's usual one if empty); None: on nothing."""

    stream: int | None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Shed:
    """``level`` 0: everything; 1: fewer pictures are written; 2: only keyframes are decoded (after a reconnect)."""

    level: int


class Trick(StrEnum):
    """What a script makes a guest of the rehearsal do."""

    FREEZE = "freeze"
    BLACK = "black"
    SILENT = "silent"
    DROP = "drop"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Act:
    """A drawn guest does ``trick``."""

    stream: int
    trick: Trick


@dataclass(frozen=True, slots=True)
class End:
    """The worker stops everything and ends."""


# --- worker → console


@dataclass(frozen=True, slots=True)
class Hello:
    """The worker has opened the memory and VLC. ``vlc`` is its version; empty if there is none, ``problem`` says why."""

    vlc: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The picture of ``job`` turned into ``signal``, ``ago_ms`` before; ``reason`` is a code of ``reasons``."""

    stream: int
    job: int
    signal: Signal
    ago_ms: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Alive:
    """Said four times a second: the worker's own loop turns. ``late_ms``: how late it was, for load shedding."""

    late_ms: int
    shown: int
    """Pictures written since the last one."""


Order: TypeAlias = Play | Stop | Listen | Shed | Act | End
Said: TypeAlias = Hello | Report | Alive

_KINDS: dict[str, type] = {kind.__name__: kind for kind in (*get_args(Order), *get_args(Said))}


def to_line(message: Order | Said) -> str:
    return json.dumps({"is": type(message).__name__, **asdict(message)}, ensure_ascii=True) + "\n"


def from_line(line: str) -> Order | Said:
    """The message again. Raises ValueError for what is none; what is wrong is not quoted: it may be an address."""
    try:
        fields: dict[str, Any] = json.loads(line)
        message: Any = _KINDS[fields.pop("is")](**fields)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise ValueError("not a message") from None
    if isinstance(message, Report):
        return replace(message, signal=Signal(message.signal))
    if isinstance(message, Act):
        return replace(message, trick=Trick(message.trick))
    return message  # type: ignore[no-any-return]

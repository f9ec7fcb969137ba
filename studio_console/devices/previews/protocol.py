"""What console and worker say to each other: one JSON object a line, orders in, reports out.

Addresses may carry a passphrase: they go through the pipe and never onto a command line, into a log or a report.

A worker is started with a ``Setup``; its first line is ``Hello``. It answers ``Play`` with a ``Report`` of CONNECTING
and from then on with one for each change; it reconnects by itself and says LOST until there is a picture again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, get_args, get_type_hints

from studio_console.core.reports import Signal

TOO_MANY_STUCK = 3
"""A worker's exit status: so many players hang in its VLC that only a new process helps."""

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
    was: Signal = Signal.CONNECTING
    """FROZEN or BLACK where another player has found the guest so: they are that until they are seen to move."""
    was_for_ms: int = 0


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
    """The worker has opened the memory and VLC. ``vlc`` is VLC's version; empty if there is none: see ``problem``."""

    vlc: str
    problem: str = ""
    """A code of ``reasons``."""


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
    """Said four times a second: the worker's own loop turns. What it tells is for load shedding."""

    late_ms: int
    """How late the loop was at the most."""
    due: int
    """Pictures that the streams which play should have brought since the last one."""
    fresh: int
    """Pictures that they brought. VLC shows the last one again where decoding falls behind: those do not count."""


@dataclass(frozen=True, slots=True)
class NotHeard:
    """The sound of ``stream`` was asked for and is not on the headphones; ``problem`` is a code of ``reasons``."""

    stream: int
    problem: str


Order: TypeAlias = Play | Stop | Listen | Shed | Act | End
Said: TypeAlias = Hello | Report | Alive | NotHeard

_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (*get_args(Order), *get_args(Said))}


def to_line(message: Order | Said) -> str:
    return json.dumps({"is": type(message).__name__, **asdict(message)}, ensure_ascii=True) + "\n"


def from_line(line: str) -> Order | Said:
    """The message again. Raises ValueError for what is none; what is wrong is not quoted: it may be an address."""
    try:
        said: dict[str, Any] = json.loads(line)
        kind = _KINDS[said.pop("is")]
        wanted = _wanted(kind)
        fields = {name: _read(value, wanted[name]) for name, value in said.items()}
        message: Order | Said = kind(**fields)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ValueError("not a message") from None
    return message


@cache
def _wanted(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(value: Any, wanted: Any) -> Any:
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted(value)
    # True is an int to Python, and no number here.
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise TypeError
    return value

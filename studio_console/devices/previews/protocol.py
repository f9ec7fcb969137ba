"""What console and worker say to each other: one JSON object a line, orders in, reports out.

Addresses may carry a passphrase: they go through the pipe and never onto a command line, into a log or a report.

A worker starts with ``--memory NAME --streams N --size WxH --lane wall|close``; its first line is ``Hello``. It answers
``Play`` with a ``Report`` of CONNECTING and from then on with one for each change; it reconnects by itself and says
LOST until there is a picture again. ``Listen`` is answered by ``Heard``, ``ListOutputs`` by ``Outputs``. It ends with
``TOO_MANY_STUCK`` when too much of its VLC hangs, and is then to be replaced; the last line of such a one is ``Stuck``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, get_args, get_type_hints

from studio_console.core.events import Signal

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


@dataclass(frozen=True, slots=True)
class Stop:
    stream: int


@dataclass(frozen=True, slots=True)
class Listen:
    """Play the sound of ``stream`` on ``device`` (the system's usual one if empty); None: on nothing."""

    stream: int | None
    device: str = ""


@dataclass(frozen=True, slots=True)
class ListOutputs:
    """Which sound devices are there now?"""


@dataclass(frozen=True, slots=True)
class Judge:
    """From when on a picture counts as frozen or black, and a sound as missing; in ms, for every stream."""

    frozen_after_ms: int
    black_after_ms: int
    silent_after_ms: int


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
    """Said four times a second: the worker's own loop turns. ``late_ms``: how late it was, for load shedding."""

    late_ms: int
    shown: int
    """Pictures written since the last one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The sound of ``stream`` is on the headphones; None: of none, ``problem`` (a code of ``reasons``) says why."""

    stream: int | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The names of the sound devices that ``Listen`` can play on; none and a ``problem`` where none can be asked."""

    names: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Stuck:
    """The last word of a worker in whose VLC ``players`` hang: it ends, and asks to be replaced."""

    players: int


Order: TypeAlias = Play | Stop | Listen | ListOutputs | Judge | Shed | Act | End
Said: TypeAlias = Hello | Report | Alive | Heard | Outputs | Stuck

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
    if wanted == tuple[str, ...] and isinstance(value, list):
        return tuple(_read(each, str) for each in value)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return wanted(value)
    # True is an int to Python, and no number here.
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise TypeError
    return value

"""One line of the table, and what the lines are computed from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured, against what it must reach. ``value`` is None where it could not be measured."""

    name: str
    value: float | None
    unit: str
    limit: float
    holds: bool
    baseline: float | None = None
    """The same without the console, in the same run."""
    ratio: float | None = None
    """``value`` by ``baseline``."""
    note: str = ""


Bench: TypeAlias = Callable[[], list[Result]]


def at_most(name: str, value: float, unit: str, limit: float, note: str = "") -> Result:
    return Result(name, value, unit, limit, value <= limit, note=note)


def not_measured(name: str, unit: str, limit: float, why: str) -> Result:
    return Result(name, None, unit, limit, False, note=why)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest of ``values`` that at least ``part`` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]

"""What can be wrong with a surface's picture and sound, and the scenes in which it is meant so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studio_console.core.units import SceneName, SurfaceId


class Fault(StrEnum):
    BLACK = "black"
    FROZEN = "frozen"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Excuses:
    """Where on a day a fault is none, by surface."""

    still: Mapping[SurfaceId, frozenset[SceneName]] = field(default_factory=dict)
    """Nothing in these scenes moves, or their layout says that it is meant to stand still."""
    dark: Mapping[SurfaceId, frozenset[SceneName]] = field(default_factory=dict)
    """There is nothing in them but dark colours."""
    mute: frozenset[SurfaceId] = frozenset()
    """Nobody hears these surfaces."""
    passes_on: Mapping[SurfaceId, SurfaceId] = field(default_factory=dict)
    """Whose picture a surface shows under its own captions: what is meant so there is meant so here."""
    posed: frozenset[SurfaceId] = frozenset()
    """No guest and no camera of these moves, as in a rehearsal: what a hand arranges there stands still."""

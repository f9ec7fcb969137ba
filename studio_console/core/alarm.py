"""One thing that is wrong right now, as the desk lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio_console.core.problems import Severity
from studio_console.core.text import Text
from studio_console.core.units import Instant, PersonId, SurfaceId


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to look at. ``code``, ``surface``, ``guest`` and ``output`` together name it."""

    code: str
    severity: Severity
    text: Text
    values: Mapping[str, object] = field(default_factory=dict)
    surface: SurfaceId | None = None
    since: Instant | None = None
    guest: PersonId | None = None
    """Also among ``values``, to be shown by role and city."""
    output: str | None = None
    """The id of a destination, also among ``values``, to be shown by its title."""

"""Bells at marks of a cue's countdown, as the timekeeper of a pitch rings them: derived, never counted.

A mark is so much time left, negative in overtime. It is passed when the countdown comes down over it: once, however
often somebody looks; again only where time was added and it is passed anew. While the cue is held nothing is passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studio_console.core.rundown import Cue
from studio_console.core.show import Show, cue_of
from studio_console.core.timing import countdown
from studio_console.core.units import CueId, Duration, Instant

RINGS = Duration(2_000)
"""ms for which a bell is to be seen."""
JITTER = Duration(1_000)
"""ms by which a countdown may come back up without time having been added: a clip's cursor is told now and then."""


class Heard(NamedTuple):
    """How far the countdown had come when bells were last looked for."""

    cue: CueId | None = None
    lowest: Duration | None = None


def bells_since(heard: Heard | None, show: Show, now: Instant) -> tuple[tuple[Duration, ...], Heard]:
    """The marks that were passed since ``heard``, the earlier first, and what has been heard by now.

    With None nothing rings: who only begins to look has heard what was before.
    """
    take, clock = show.on_air, countdown(show, now)
    if take is None or clock is None or clock.remaining is None:
        return (), Heard(take.cue.id if take is not None else None)
    cue = cue_of(show, take.cue.id) or take.cue
    remaining = clock.remaining
    lowest: Duration | None
    if heard is None:
        lowest = remaining
    elif heard.cue == cue.id:
        lowest = heard.lowest
    elif take.returned:
        # Back on air with its clock run on: its bells up to here are over.
        lowest = remaining
    else:
        # New on air: all that was passed since it began, however late this look is.
        begun = countdown(show, take.started_at)
        lowest = begun.remaining if begun is not None else None
    if lowest is None or remaining > lowest + JITTER:
        lowest = remaining
    return passed(cue.bells, lowest, remaining), Heard(cue.id, min(lowest, remaining))


def passed(marks: Sequence[Duration], before: Duration, after: Duration) -> tuple[Duration, ...]:
    """The marks between two readings of a countdown, ``before`` left out and ``after`` in."""
    return tuple(sorted((mark for mark in set(marks) if after <= mark < before), reverse=True))


def ringing(cue: Cue, remaining: Duration | None) -> Duration | None:
    """The mark whose bell is to be seen now; None if none is."""
    if remaining is None:
        return None
    return next((mark for mark in cue.bells if 0 <= mark - remaining < RINGS), None)

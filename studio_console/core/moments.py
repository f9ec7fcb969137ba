"""The moments that cannot be taken back: when a two-step cue was armed, taken, and seen on air."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from studio_console.core.arming import armed_now
from studio_console.core.events import ShowEvent
from studio_console.core.presses import Grave
from studio_console.core.rundown import Cue
from studio_console.core.show import Phase, Show
from studio_console.core.step import step
from studio_console.core.units import CueId, Instant


@dataclass(frozen=True, slots=True)
class Moment:
    """One time that a two-step cue was taken."""

    cue: CueId
    number: str
    armed_at: Instant
    taken_at: Instant
    """The second press."""
    on_air_at: Instant | None = None
    """The first word of a surface that it was seen; None where there was none."""
    backed_out: bool = False
    """A mistake: Back brought the cue before it on air again."""


def moments(journal: Iterable[tuple[ShowEvent, Instant]]) -> tuple[Moment, ...]:
    """Every moment in ``journal``, in order, read from the presses and reports themselves."""
    show = Show()
    found: list[Moment] = []
    open_press = None
    for event, now in journal:
        armed = armed_now(show, now)
        before = show
        show, _ = step(show, event, now)
        take = show.current
        if (
            take is not None
            and take.cue.two_step
            and not take.returned
            and take.press not in before.presses
            and armed is not None
            and (armed.act, armed.subject) == (Grave.TAKE, take.cue.id)
        ):
            found.append(Moment(take.cue.id, take.cue.number, armed.at, now))
            open_press = take.press
        if not found:
            continue
        if take is not None and take.press == open_press and found[-1].on_air_at is None and take.confirmed:
            found[-1] = replace(found[-1], on_air_at=min(take.confirmed.values()))
        run = show.runs.get(found[-1].cue)
        if run is not None and run.backed_out:
            found[-1] = replace(found[-1], backed_out=True)
    return tuple(found)


def taken_at(show: Show, cue: Cue) -> Instant | None:
    """When ``cue`` came on air, where it is one that cannot be taken back and that was not a mistake; else None."""
    if not cue.two_step:
        return None
    take = show.on_air
    if take is not None and take.cue.id == cue.id and take.phase is not Phase.TAKING:
        return take.started_at
    run = show.runs.get(cue.id)
    return run.started_at if run is not None and not run.backed_out else None

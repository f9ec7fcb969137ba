"""Marks in the roll call, and what has to be written on the walls when one changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from studio_console.core.change import replace
from studio_console.core.effects import WriteText
from studio_console.core.presses import RollCallMarked
from studio_console.core.refusals import Outcome, refuse
from studio_console.core.reports import TextWritten
from studio_console.core.roll_call import Marked, RollColumn, column_text
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, Instant, SurfaceId

NOT_CALLED = Text("오늘 호명 명단에 없는 사람입니다", "Nobody of that name is on a roll call of today")


def mark_roll_call(show: Show, event: RollCallMarked, now: Instant) -> Outcome:
    """A person marks; the same press again takes the mark away."""
    if all(event.person not in cue.roll_call for cue in show.plan.cues):
        return refuse(show, None, now, NOT_CALLED)
    given = {mark: entry for mark, entry in show.roll_call.get(event.person, {}).items() if mark is not event.mark}
    if event.on:
        given[event.mark] = Marked(now, event.by)
    show = replace(show, roll_call={**show.roll_call, event.person: given}, refusal=None)
    columns = dict.fromkeys(
        column
        for every in show.rundown.roll_columns.values()
        for column in every
        if any(entry.person == event.person for entry in column.entries)
    )
    return show, _texts(show, columns, f"{event.person} {event.mark.value}")


def texts_of(show: Show, cue: CueId, surfaces: Collection[SurfaceId]) -> tuple[WriteText, ...]:
    """The lists that ``cue`` shows on ``surfaces``, as they are now: what is in OBS may be of an earlier time."""
    columns = show.rundown.roll_columns.get(cue)
    if columns is None:
        return ()
    return _texts(show, (column for column in columns if column.surface in surfaces), f"{cue} shows it")


def _texts(show: Show, columns: Iterable[RollColumn], reason: str) -> tuple[WriteText, ...]:
    return tuple(
        WriteText(column.surface, column.input, column_text(column.entries, show.roll_call), reason)
        for column in columns
    )


def see_text(show: Show, event: TextWritten) -> Show:
    """``reason`` says why a list could not be written; it stands until one was."""
    unwritten = {surface: reason for surface, reason in show.unwritten.items() if surface != event.surface}
    if event.reason is not None:
        unwritten[event.surface] = event.reason
    return replace(show, unwritten=unwritten)

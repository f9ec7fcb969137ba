"""What was wrong, from when until when, gathered while a journal is replayed.

Alarms are derived from the show, so they are derived again here. What follows from reports that are not journalled
(sound, clips, figures of outputs) is not known any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio_console.core.alarms import Alarm, alarms
from studio_console.core.event_words import Names
from studio_console.core.guest_alarms import guest_alarms
from studio_console.core.output_alarms import output_alarms
from studio_console.core.problems import Severity
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.timing import project
from studio_console.core.units import SECOND, Duration, Instant, PersonId, SurfaceId

USUAL = Duration(30 * SECOND)
"""So long a surface may take to connect, ms: every console that starts has that to tell of."""
CONNECTING = "surface-connecting"


@dataclass(frozen=True, slots=True)
class AlarmSpan:
    code: str
    severity: Severity
    text: Text
    """As it was worded first."""
    surface: SurfaceId | None
    since: Instant
    until: Instant | None
    """None: until the journal ends."""


class AlarmSpans:
    """Told of every step of a show, it knows every alarm."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._over: list[AlarmSpan] = []
        self._open: dict[tuple[object, ...], AlarmSpan] = {}

    def see(self, show: Show, now: Instant, at: Instant) -> None:
        """``now`` by the clock of then, ``at`` by the one that was set last."""
        here: set[tuple[object, ...]] = set()
        for alarm in self._alarms(show, now):
            key: tuple[object, ...] = (alarm.code, alarm.surface, alarm.guest, alarm.output)
            here.add(key)
            if key not in self._open:
                text = self._worded(alarm)
                self._open[key] = AlarmSpan(alarm.code, alarm.severity, text, alarm.surface, at, None)
        for key in [key for key in self._open if key not in here]:
            span = self._open.pop(key)
            if at > span.since and not (span.code == CONNECTING and at - span.since < USUAL):
                self._over.append(AlarmSpan(span.code, span.severity, span.text, span.surface, span.since, at))

    def all(self) -> tuple[AlarmSpan, ...]:
        """In the order in which they came."""
        return tuple(sorted((*self._over, *self._open.values()), key=lambda span: (span.since, span.code)))

    def _alarms(self, show: Show, now: Instant) -> Iterator[Alarm]:
        yield from alarms(show)
        yield from output_alarms(show, now)
        if show.rundown.guests:
            yield from guest_alarms(show, project(show, now))

    def _worded(self, alarm: Alarm) -> Text:
        values: dict[str, object] = dict(alarm.values)
        if alarm.surface is not None and "surface" in values:
            values["surface"] = self._names.surface(alarm.surface)
        if alarm.guest is not None:
            values["guest"] = self._names.person(PersonId(alarm.guest))
        if alarm.output is not None:
            values["output"] = self._names.output(alarm.output)
        return alarm.text.filled(**values)

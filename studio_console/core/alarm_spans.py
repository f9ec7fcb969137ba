"""What was wrong, from when until when and who saw to it, gathered while a journal is replayed.

Alarms are written down (``alarm_book``) when they have lasted a moment: those are told. A journal of before that has
none; of such a one they are derived again from the show, as far as it follows from the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from studio_console.core.alarm_book import AlarmKey, key_of
from studio_console.core.alarms import Alarm, alarms
from studio_console.core.change import replace
from studio_console.core.event_words import Names
from studio_console.core.events import AlarmCleared, AlarmRaised, ConsoleStarted, ShowEvent
from studio_console.core.guest_alarms import guest_alarms
from studio_console.core.output_alarms import output_alarms
from studio_console.core.presses import AlarmAcknowledged
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
    acknowledged: Instant | None = None
    by: str = ""
    """Who acknowledged it."""


class AlarmSpans:
    """Told of every step of a show, it knows every alarm."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._derived = _Spans()
        self._told = _Spans()

    def see(self, show: Show, event: ShowEvent, now: Instant, at: Instant) -> None:
        """``now`` by the clock of then, ``at`` by the one that was set last."""
        wrong = {key_of(alarm): alarm for alarm in self._alarms(show, now)}
        for key, alarm in wrong.items():
            self._derived.begin(
                key, AlarmSpan(alarm.code, alarm.severity, self._worded(alarm), alarm.surface, at, None)
            )
        self._derived.keep(wrong.keys(), at)
        match event:
            case AlarmRaised():
                self._raise(event, wrong.get((event.code, event.subject)), at)
            case AlarmCleared():
                self._told.end((event.code, event.subject), at)
            case AlarmAcknowledged():
                for spans in (self._derived, self._told):
                    spans.acknowledge((event.code, event.subject), at, event.by)
            case ConsoleStarted():
                # Nothing is wrong until it is seen to be: what still is comes again.
                self._told.keep((), at)

    def all(self) -> tuple[AlarmSpan, ...]:
        """In the order in which they came."""
        told = self._told.all()
        return told or self._derived.all()

    def _raise(self, event: AlarmRaised, alarm: Alarm | None, at: Instant) -> None:
        text = self._worded(alarm) if alarm is not None else event.what
        surface = SurfaceId(event.subject) if event.subject in self._names.surfaces else None
        surface = alarm.surface if alarm is not None else surface
        self._told.begin((event.code, event.subject), AlarmSpan(event.code, event.severity, text, surface, at, None))

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


class _Spans:
    """Alarms that are over, and those that last."""

    def __init__(self) -> None:
        self._over: list[AlarmSpan] = []
        self._open: dict[AlarmKey, AlarmSpan] = {}

    def begin(self, key: AlarmKey, span: AlarmSpan) -> None:
        self._open.setdefault(key, span)

    def keep(self, keys: Collection[AlarmKey], at: Instant) -> None:
        """All but ``keys`` are over."""
        for key in [key for key in self._open if key not in keys]:
            self.end(key, at)

    def end(self, key: AlarmKey, at: Instant) -> None:
        span = self._open.pop(key, None)
        if span is not None and at > span.since and not (span.code == CONNECTING and at - span.since < USUAL):
            self._over.append(replace(span, until=at))

    def acknowledge(self, key: AlarmKey, at: Instant, by: str) -> None:
        span = self._open.get(key)
        if span is not None and span.acknowledged is None:
            self._open[key] = replace(span, acknowledged=at, by=by)

    def all(self) -> tuple[AlarmSpan, ...]:
        return tuple(sorted((*self._over, *self._open.values()), key=lambda span: (span.since, span.code)))

"""Alarms that are written down: raised, acknowledged, cleared, each once, for the screen and for the as-run report.

What is wrong is derived (``alarms``); here is only since when, and who has seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from studio_console.core.alarm import Alarm
from studio_console.core.change import replace
from studio_console.core.events import AlarmCleared, AlarmRaised
from studio_console.core.presses import AlarmAcknowledged
from studio_console.core.problems import Severity
from studio_console.core.show import Noted, Show
from studio_console.core.units import Duration, Instant

AlarmKey: TypeAlias = tuple[str, str]
"""Code and subject."""


def key_of(alarm: Alarm) -> AlarmKey:
    subject = "/".join(str(part) for part in (alarm.surface, alarm.guest, alarm.output) if part is not None)
    return alarm.code, subject


def note_alarm(show: Show, event: AlarmRaised, now: Instant) -> Show:
    """One that was acknowledged before it was written down stays so, unless it has become worse."""
    key = event.code, event.subject
    before = show.noted.get(key)
    if before is not None and not is_worse(event.severity, before.severity):
        return show
    return replace(show, noted={**show.noted, key: Noted(now, event.severity)})


def clear_alarm(show: Show, event: AlarmCleared) -> Show:
    key = event.code, event.subject
    if key not in show.noted:
        return show
    return replace(show, noted={name: noted for name, noted in show.noted.items() if name != key})


def acknowledge_alarm(show: Show, event: AlarmAcknowledged, now: Instant) -> Show:
    """The first one who does counts: two windows may do so at the same time."""
    key = event.code, event.subject
    noted = show.noted.get(key)
    if noted is not None and noted.acknowledged_at is not None and not is_worse(event.severity, noted.severity):
        return show
    seen = Noted(noted.at if noted is not None else now, event.severity, now, event.by)
    return replace(show, noted={**show.noted, key: seen})


def is_acknowledged(show: Show, alarm: Alarm) -> bool:
    noted = show.noted.get(key_of(alarm))
    seen = noted is not None and noted.acknowledged_at is not None
    return seen and noted is not None and not is_worse(alarm.severity, noted.severity)


def is_worse(one: Severity, other: Severity) -> bool:
    return one is Severity.ERROR and other is not Severity.ERROR


def shifted_alarms(noted: Mapping[AlarmKey, Noted], amount: Duration) -> dict[AlarmKey, Noted]:
    """The wall clock was set."""
    return {
        key: replace(
            one,
            at=Instant(one.at + amount),
            acknowledged_at=None if one.acknowledged_at is None else Instant(one.acknowledged_at + amount),
        )
        for key, one in noted.items()
    }

"""Who writes alarms down: everything that is wrong, looked at again and again, and each change of it told once.

Coming and going within seconds is one alarm and not a dozen: it is written down when it has lasted a moment, and let
go when it has been gone for longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio_console.core.alarm_book import AlarmKey, is_worse, key_of
from studio_console.core.alarms import Alarm, alarms
from studio_console.core.clip_watch import unseen_clip
from studio_console.core.events import AlarmCleared, AlarmRaised
from studio_console.core.guest_alarms import guest_alarms
from studio_console.core.output_alarms import output_alarms
from studio_console.core.problems import Severity
from studio_console.core.show import Noted, Show
from studio_console.core.sound_alarms import sound_alarms
from studio_console.core.text import Text
from studio_console.core.timing import Projection
from studio_console.core.units import Duration, Instant

LASTS = Duration(1_000)
"""ms that something has to be wrong until it is written down."""
GONE = Duration(4_000)
"""ms that it has to be right until it is let go."""


def timed_alarms(show: Show, projection: Projection, of_outputs: tuple[Alarm, ...]) -> tuple[Alarm, ...]:
    """What is wrong by the time that goes by, and not by the show alone; ``of_outputs`` are ``output_alarms``."""
    now = projection.now
    return (*unseen_clip(show, now), *guest_alarms(show, projection), *sound_alarms(show, now), *of_outputs)


def every_alarm(show: Show, projection: Projection) -> tuple[Alarm, ...]:
    return (*alarms(show), *timed_alarms(show, projection, output_alarms(show, projection.now)))


class AlarmClerk:
    """Looks at what is wrong and says what is to be written down. It has a memory of its own, and no clock."""

    def __init__(self) -> None:
        self._since: dict[AlarmKey, Instant] = {}
        """What is wrong and not written down, since when it was seen so."""
        self._gone: dict[AlarmKey, Instant] = {}
        """What is written down and not wrong, since when it was not."""
        self._told: dict[AlarmKey, Severity | None] = {}
        """What was said and cannot be read in the show yet: raised, with its severity, or None: cleared."""

    def look(
        self, noted: Mapping[AlarmKey, Noted], wrong: Iterable[Alarm], now: Instant
    ) -> tuple[AlarmRaised | AlarmCleared, ...]:
        """``noted`` is what the show has, ``wrong`` is what is wrong now. Each change is said once."""
        found = {key_of(alarm): alarm for alarm in wrong}
        self._told = {key: said for key, said in self._told.items() if not _is_read(noted.get(key), said)}
        new = [key for key, alarm in found.items() if key not in self._told and not _has(noted.get(key), alarm)]
        over = [key for key in noted if key not in self._told and key not in found]
        self._since = {key: min(self._since.get(key, now), now) for key in new}
        self._gone = {key: min(self._gone.get(key, now), now) for key in over}
        raised = [key for key, since in self._since.items() if now - since >= LASTS]
        cleared = [key for key, since in self._gone.items() if now - since >= GONE]
        self._told |= {key: found[key].severity for key in raised}
        self._told |= dict.fromkeys(cleared)
        return (
            *(AlarmRaised(*key, found[key].severity, _said(found[key])) for key in raised),
            *(AlarmCleared(*key) for key in cleared),
        )


def _has(noted: Noted | None, alarm: Alarm) -> bool:
    """Whether it is written down, as bad as it is."""
    return noted is not None and not is_worse(alarm.severity, noted.severity)


def _is_read(noted: Noted | None, said: Severity | None) -> bool:
    """Whether the show has what was said."""
    return noted is None if said is None else noted is not None and not is_worse(said, noted.severity)


def _said(alarm: Alarm) -> Text:
    return Text(alarm.text.show("ko", **alarm.values), alarm.text.show("en", **alarm.values))

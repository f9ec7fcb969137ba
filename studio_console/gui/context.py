"""What the windows know besides the show: the event, the studio, the hall's zone and the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from studio_console.core.clocktext import clock_text
from studio_console.core.picture import layout_for
from studio_console.core.rundown import Cue, Event, Person, Session, Where
from studio_console.core.show import Show
from studio_console.core.studio import Role, Studio
from studio_console.core.text import Language, Text, same
from studio_console.core.units import InputId, Instant, PersonId, SurfaceId, datetime_of

DAY_BEFORE = Text("전날", "day before")
DAY_AFTER = Text("다음 날", "next day")
HALL = Text("홀", "hall")
REMOTE = Text("원격", "remote")
AND_MORE = Text("외 {count}", "+{count} more")
WEEKDAYS = (
    Text("월", "Mon"),
    Text("화", "Tue"),
    Text("수", "Wed"),
    Text("목", "Thu"),
    Text("금", "Fri"),
    Text("토", "Sat"),
    Text("일", "Sun"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Context:
    event: Event
    studio: Studio
    zone: ZoneInfo
    language: Language
    rehearsal: bool
    stand_ins: frozenset[InputId] = frozenset()
    """Inputs that this machine lacks, where labelled surfaces are seen instead."""

    def say(self, text: Text, /, **values: object) -> str:
        """``text`` in the window's language."""
        return text.show(self.language, **values)

    def surface(self, name: SurfaceId) -> Text:
        """The title of a surface; its id if the studio does not have it any more."""
        surface = self.studio.surfaces.get(name)
        return surface.title if surface is not None else same(name)

    @property
    def arranged(self) -> tuple[SurfaceId, ...]:
        """The surfaces that cues arrange one by one; a language's is the same for all of them."""
        surfaces = self.studio.surfaces.values()
        return tuple(surface.id for surface in surfaces if surface.role is not Role.LANGUAGE or not surface.layout)

    def output(self, name: str) -> Text:
        """The title of a destination; its id if the studio does not have it any more."""
        destination = self.studio.destinations.get(name)
        return destination.title if destination is not None else same(name)

    def layout(self, cue: Cue, surface: SurfaceId) -> Text | None:
        """The layout that ``cue`` asks for on ``surface``; None if it leaves the surface as it is."""
        hall = self.studio.surfaces.get(surface)
        name = layout_for(cue, hall) if hall is not None else cue.layouts.get(surface)
        if name is None:
            return None
        layout = self.studio.layouts.get(name)
        return layout.title if layout is not None else same(name)

    def person(self, name: PersonId) -> Person | None:
        return self.event.people.get(name)


def date_text(day: date) -> Text:
    """``6월 2일 화`` and ``Tue 2 Jun``."""
    weekday = WEEKDAYS[day.weekday()]
    return Text(f"{day.month}월 {day.day}일 {weekday.ko}", f"{weekday.en} {day.day} {MONTHS[day.month - 1]}")


def short_date(day: date) -> Text:
    """``6/3`` and ``3 Jun``."""
    return Text(f"{day.month}/{day.day}", f"{day.day} {MONTHS[day.month - 1]}")


def day_shift(instant: Instant, zone: ZoneInfo, other: date) -> int:
    """How many days after ``other`` the calendar in ``zone`` shows at ``instant``."""
    return (datetime_of(instant, zone).date() - other).days


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo | None:
    """The zone of that name, read once: ``ZoneInfo`` itself keeps eight, and a day's guests sit in forty."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def local_time(person: Person, now: Instant, hall: ZoneInfo) -> Text | None:
    """What the clock shows where a remote guest sits, with the day where it is another one than in the hall."""
    if person.where is not Where.REMOTE:
        return None
    zone = zone_of(person.time_zone)
    if zone is None:
        return None
    clock = clock_text(now, zone, seconds=False)
    shift = day_shift(now, zone, datetime_of(now, hall).date())
    if shift == 0:
        return same(clock)
    word = DAY_BEFORE if shift < 0 else DAY_AFTER
    return Text(f"{clock} {word.ko}", f"{clock} {word.en}")


def session_of(show: Show, place: int) -> Session | None:
    """The session to which the cue at ``place`` of the running order belongs."""
    if show.day is None or not 0 <= place < len(show.plan.cues):
        return None
    return show.day.sessions[show.plan.session_of[place]]

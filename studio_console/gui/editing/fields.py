"""A cue as the texts of an editor's fields, and those texts as a cue again or as what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from studio_console.core.change import replace
from studio_console.core.rundown import Cue, Day, Kind, Notes, Person, Session
from studio_console.core.studio import Layout
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, LayoutId, PersonId, SurfaceId, instant_at
from studio_console.core.written import Wrong, duration_of, format_duration, format_time, since_midnight, time_of
from studio_console.gui.context import Context

POSTS = tuple(Notes.__slots__)
NOTE = "note "
LAYOUT = "layout "
ON, OFF = "1", ""
OPEN = "open"

EMPTY = Text("비워 둘 수 없습니다", "this cannot be empty")
NUMBER_TAKEN = Text("이미 있는 번호입니다: {number}", "there is a cue {number} already")
NOBODY = Text("‘{word}’이라는 참가자가 없습니다", "there is no ‘{word}’")
NOBODY_MEANT = Text("‘{word}’이라는 참가자가 없습니다. 혹시 {meant}?", "there is no ‘{word}’; did you mean {meant}?")
BOTH = Text("길이와 끝 중 하나만 적으세요", "give a length or an end, not both")
ONE_NEEDED = Text("길이를 적으세요(정해지지 않았으면 open)", "give a length; open if it is not set")
NOT_AFTER = Text("끝이 시작보다 앞서거나 같습니다", "the end is not after the start")


@dataclass(frozen=True, slots=True)
class Read:
    """What the fields say. ``now`` is None while something is wrong; ``wrong`` by the field it is under."""

    now: Cue | Session | None
    wrong: Mapping[str, Text]


def texts_of(cue: Cue, context: Context, day: Day) -> dict[str, str]:
    """What stands in each field."""
    length = "" if cue.end is not None or (cue.duration is None and cue.clip is not None) else OPEN
    return {
        "title_ko": cue.title.ko,
        "title_en": cue.title.en,
        "number": cue.number,
        "kind": cue.kind.value,
        "start": clock_words(cue.start, day, context.zone),
        "length": length if cue.duration is None else format_duration(cue.duration),
        "end": clock_words(cue.end, day, context.zone),
        "speakers": ", ".join(cue.speakers),
        **{f"{LAYOUT}{surface}": cue.layouts.get(surface, "") for surface in context.arranged},
        "skip": ON if cue.skip else OFF,
        **{f"{NOTE}{post}": getattr(cue.notes, post) for post in POSTS},
    }


def read(texts: Mapping[str, str], was: Cue, context: Context, day: Day) -> Read:
    """``was`` with what the fields say; fields that are not among ``texts`` are as in it."""
    words = {**texts_of(was, context, day), **texts}
    wrong: dict[str, Text] = {}
    start, length, end = _times(words, was, context, day, wrong)
    now = replace(
        was,
        title=Text(words["title_ko"], words["title_en"]),
        number=words["number"].strip(),
        kind=Kind(words["kind"]),
        speakers=_speakers(words["speakers"], context, wrong),
        layouts=_layouts(words, was, context),
        skip=words["skip"] == ON,
        notes=replace(was.notes, **{post: _note(words, was, post) for post in POSTS}),
        start=start,
        duration=length,
        end=end,
    )
    for name in ("title_ko", "title_en", "number"):
        if not words[name].strip():
            wrong[name] = EMPTY
    if any(cue.number == now.number and cue.id != was.id for cue in day.cues):
        wrong["number"] = NUMBER_TAKEN.filled(number=now.number)
    return Read(None if wrong else now, wrong)


def _note(words: Mapping[str, str], was: Cue, post: str) -> str:
    text = words[f"{NOTE}{post}"]
    return text if text.strip() else (getattr(was.notes, post) if text == getattr(was.notes, post) else "")


def _times(
    words: Mapping[str, str], was: Cue, context: Context, day: Day, wrong: dict[str, Text]
) -> tuple[Instant | None, Duration | None, Instant | None]:
    start, end = (clock_of(words, name, day, context.zone, wrong) for name in ("start", "end"))
    length: Duration | None = None
    word = words["length"].strip()
    if word and word != OPEN:
        try:
            length = duration_of(word)
        except Wrong as error:
            wrong["length"] = error.message.filled(**error.values)
    if word and words["end"].strip():
        wrong["length"] = BOTH
    elif not word and not words["end"].strip() and was.clip is None:
        wrong["length"] = ONE_NEEDED
    if start is not None and end is not None and end <= start:
        wrong["end"] = NOT_AFTER
    return start, length, end


def clock_words(instant: Instant | None, day: Day, zone: ZoneInfo) -> str:
    """A time as the files write it; nothing for none."""
    return "" if instant is None else format_time(since_midnight(instant, day.date, zone))


def clock_of(words: Mapping[str, str], name: str, day: Day, zone: ZoneInfo, wrong: dict[str, Text]) -> Instant | None:
    """The time in the field ``name``; None for none, and where it is none, which is then said in ``wrong``."""
    word = words[name].strip()
    if not word:
        return None
    try:
        return instant_at(day.date, time_of(word), zone)
    except Wrong as error:
        wrong[name] = error.message.filled(**error.values)
        return None


def _speakers(text: str, context: Context, wrong: dict[str, Text]) -> tuple[PersonId, ...]:
    """People by their ids or the names of their cities, with commas between them."""
    found: list[PersonId] = []
    for word in (part.strip() for part in text.split(",")):
        if not word:
            continue
        person = person_meant(word, context)
        if person is None:
            close = get_close_matches(word.casefold(), list(context.event.people), 1, 0.55)
            wrong["speakers"] = NOBODY_MEANT.filled(word=word, meant=close[0]) if close else NOBODY.filled(word=word)
        else:
            found.append(person.id)
    return tuple(found)


def person_meant(word: str, context: Context) -> Person | None:
    """By the id; else by the city, where there is but one of it."""
    person = context.event.people.get(PersonId(word))
    if person is not None:
        return person
    known = [
        person
        for person in context.event.people.values()
        if word.casefold() in (person.id, person.city.ko.casefold(), person.city.en.casefold())
    ]
    return known[0] if len(known) == 1 else None


def _layouts(words: Mapping[str, str], was: Cue, context: Context) -> dict[SurfaceId, LayoutId]:
    chosen = dict(was.layouts)
    for surface in context.arranged:
        word = words[f"{LAYOUT}{surface}"]
        if word:
            chosen[surface] = LayoutId(word)
        else:
            chosen.pop(surface, None)
    return chosen


def layouts_for(surface: SurfaceId, context: Context) -> list[Layout]:
    """What a cue may ask for on ``surface``."""
    role = context.studio.surfaces[surface].role
    return [layout for layout in context.studio.layouts.values() if layout.role is role]

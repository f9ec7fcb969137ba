"""The sample event keeps what it promises: the five days of a real summit, ready to be run.

A person opens the repository's own event: fifteen sessions over five days, forty-two cities past midnight, a climate
session that opens with a clip, a talk across an ocean, twenty-two pitches. What the programme does not say is marked
as assumed, every line stands in both languages, and every picture is whole: no empty cell, nothing twice, no words
outside the safe area.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studio_console.core.picture import plan_day
from studio_console.core.plan import plan_times
from studio_console.core.previews import guests_of, remote_people
from studio_console.core.rundown import (
    AtEnd,
    Cue,
    Day,
    Event,
    FilePreview,
    Kind,
    ObsPreview,
    PicturePreview,
    Session,
    StreamPreview,
    Where,
)
from studio_console.core.studio import (
    Clip,
    Colour,
    Feed,
    Rect,
    Role,
    ShowsCaption,
    ShowsClip,
    ShowsInput,
    ShowsLiveCaption,
    ShowsPlate,
    ShowsSpeaker,
    Slot,
    Still,
    Studio,
    Words,
)
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, SECOND, Instant, SurfaceId, datetime_of
from studio_console.files.load import Loaded, load

FOLDER = Path(__file__).resolve().parent.parent
SEOUL = ZoneInfo("Asia/Seoul")
PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")
HANGUL = re.compile("[가-힣]")
SAFE = 0.05
"""Words on the programme keep this share of the canvas free on every side."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(FOLDER)


@pytest.fixture(scope="module")
def event(loaded: Loaded) -> Event:
    assert loaded.event is not None
    return loaded.event


@pytest.fixture(scope="module")
def studio(loaded: Loaded) -> Studio:
    assert loaded.studio is not None
    return loaded.studio


def session(event: Event, name: str) -> Session:
    return next(each for day in event.days for each in day.sessions if each.id == name)


def all_cues(event: Event) -> Iterator[Cue]:
    return (cue for day in event.days for cue in day.cues)


def seoul(day: int, clock: str) -> datetime:
    return datetime.combine(date(2020, 6, day), datetime.strptime(clock, "%H:%M").time(), SEOUL)  # noqa: DTZ007


def at(instant: Instant | None) -> datetime | None:
    return None if instant is None else datetime_of(instant, SEOUL)


def clock_of(event: Event, person: str, moment: datetime) -> str:
    zone = next(each.time_zone for each in event.people.values() if each.id == person)
    return f"{moment.astimezone(ZoneInfo(zone)):%d %H:%M}"


def test_it_opens_without_a_single_problem(loaded: Loaded) -> None:
    assert [problem.show("en") for problem in loaded.problems] == []


def test_fifteen_sessions_on_five_days_in_june(event: Event) -> None:
    assert [day.date for day in event.days] == [date(2020, 6, number) for number in range(1, 6)]
    assert sum(len(day.sessions) for day in event.days) == 15


def test_as_many_people_as_took_part_at_home_and_abroad(event: Event) -> None:
    at_home = sum(person.time_zone == "Asia/Seoul" for person in event.people.values())
    assert (len(event.people), at_home) == (156, 70)
    assert all(person.where is Where.REMOTE for person in event.people.values() if person.time_zone != "Asia/Seoul")
    spoken = {name for cue in all_cues(event) for name in cue.speakers}
    unplanned = {person.id for person in event.people.values() if person.id not in spoken}
    assert unplanned == set(), "everyone in the list is in some cue"


def test_a_number_names_one_cue_of_the_whole_event_and_its_letter_the_session(event: Event) -> None:
    numbers = Counter(cue.number for cue in all_cues(event))
    assert [number for number, times in numbers.items() if times > 1] == []
    letters = [{cue.number.rstrip("0123456789") for cue in each.cues} for day in event.days for each in day.sessions]
    assert all(len(each) == 1 for each in letters)
    assert len(set.union(*letters)) == 15


def test_every_line_stands_in_korean_and_in_english(event: Event) -> None:
    texts: list[Text] = [event.title, *(day.title for day in event.days)]
    texts += [each.title for day in event.days for each in day.sessions]
    texts += [text for person in event.people.values() for text in (person.role, person.city)]
    texts += [text for cue in all_cues(event) for text in (cue.title, cue.captions) if text is not None]
    assert [text for text in texts if not HANGUL.search(text.ko)] == []
    assert [text for text in texts if HANGUL.search(text.en) or not re.search("[A-Za-z]", text.en)] == []


# --- the days of the programme ---------------------------------------------------------------------------------


def test_what_cannot_be_taken_back_needs_two_steps(event: Event) -> None:
    assert [cue.id for cue in all_cues(event) if cue.two_step] == ["mayors-adoption"]


def test_the_recorded_message_drives_what_follows_it(event: Event) -> None:
    cue = next(cue for cue in all_cues(event) if cue.id == "climate-message")
    assert (cue.at_end, cue.out_cue is not None) == (AtEnd.NEXT, True)


def test_every_pitch_rings_a_minute_before_its_end_and_at_its_end(event: Event) -> None:
    pitches = [cue for cue in session(event, "innovators").cues if cue.kind is Kind.PITCH]
    assert [cue.bells for cue in pitches] == [(MINUTE, 0)] * 22
    assert [cue.id for cue in pitches] == [f"innovators-pitch-{number:02}" for number in range(1, 23)]


def test_the_free_evening_has_open_ends_and_room_for_a_guest_not_yet_known(event: Event) -> None:
    evening = session(event, "presummit")
    free = [cue for cue in evening.cues if cue.kind is Kind.FREE]
    opens = [cue for cue in free if cue.duration is None and cue.end is None]
    assert len(opens) >= 5
    assert any(not cue.speakers for cue in opens)
    callers = [event.people[cue.speakers[1]] for cue in free if len(cue.speakers) == 2]
    assert len(callers) == 5
    assert all(friend.where is Where.REMOTE and friend.input is None for friend in callers)
    assert all(isinstance(friend.preview, PicturePreview) for friend in callers), "a card until somebody answers"


def test_guests_clocks_when_the_mayors_meet(event: Event) -> None:
    start = at(session(event, "mayors").start)
    assert start == seoul(2, "22:00")
    expected = {"london": "02 14:00", "lima": "02 08:00", "kabul": "02 17:30", "new-york": "02 09:00"}
    assert {person: clock_of(event, person, start) for person in expected} == expected


def test_forty_two_cities_are_on_the_wall_behind_the_keynote(event: Event, studio: Studio) -> None:
    keynote = next(cue for cue in all_cues(event) if cue.id == "mayors-keynote")
    assert (keynote.duration, keynote.speakers[0]) == (10 * MINUTE, "mayor-seoul")
    cities = [event.people[name] for name in keynote.speakers[1:]]
    assert len({city.city.en for city in cities}) == 42
    assert all(city.where is Where.REMOTE for city in cities)
    plan = plan_day(event, event.days[1], studio)[WALL]
    scene = next(each for each in plan.scenes if each.name == plan.by_cue[keynote.id])
    feeds = {each.name for each in plan.inputs if isinstance(each.source, Feed)}
    assert len([item for item in scene.items if item.input in feeds]) == 42


def test_every_remote_guest_has_a_tile_on_the_desk(event: Event, studio: Studio) -> None:
    """The mayors by their own feeds; later guests also through OBS, by a recording or by a card."""
    seen = {day.id: guests_of(event, day, studio) for day in event.days}
    for day in event.days:
        assert list(seen[day.id]) == [person.id for person in remote_people(event, day)]
    mayors = seen[event.days[1].id]
    assert len(mayors) == 42
    assert all(isinstance(preview, StreamPreview) for preview in mayors.values())
    kinds = {type(preview) for guests in seen.values() for preview in guests.values()}
    assert kinds == {StreamPreview, ObsPreview, FilePreview, PicturePreview}
    for day in event.days:
        inputs = {entry.name for plan in plan_day(event, day, studio).values() for entry in plan.inputs}
        asked = {preview.in_obs for preview in seen[day.id].values() if isinstance(preview, ObsPreview)}
        assert asked <= inputs, "OBS has what it is asked for"


def test_the_mayors_meeting_in_its_order(event: Event) -> None:
    cues = session(event, "mayors").cues
    names = [str(cue.id) for cue in cues]
    cases = [cue for cue in cues if re.fullmatch(r"mayors-case-\d", cue.id)]
    assert [cue.kind for cue in cases] == [Kind.REMOTE_SPEECH] * 4
    in_discussion = [cue.speakers[0] for cue in cues if cue.id.startswith("mayors-discussion-") and cue.speakers]
    assert len(set(in_discussion)) == 16
    called = [name for cue in cues if cue.id.startswith("mayors-roll-call-") for name in cue.speakers]
    assert Counter(called) == Counter(next(cue for cue in cues if cue.id == "mayors-keynote").speakers[1:])
    order = ["keynote", "case-1", "discussion", "declaration", "roll-call-1", "adoption", "photo", "closing"]
    places = [names.index(f"mayors-{name}") for name in order]
    assert places == sorted(places)
    for name in ("declaration", "adoption"):
        cue = cues[names.index(f"mayors-{name}")]
        assert (cue.kind, cue.layouts[PROGRAM]) == (Kind.CEREMONY, "declaration")


def test_the_mayors_meeting_crosses_midnight(event: Event) -> None:
    plan = plan_times(event.days[1])
    starts = {str(cue.id): at(start) for cue, start in zip(plan.cues, plan.start, strict=True)}
    assert starts["mayors-closing"] == seoul(3, "00:00")
    assert at(session(event, "mayors").end) == at(plan.end[-1]) == seoul(3, "00:10")


def test_the_climate_session_opens_with_a_recorded_message(event: Event) -> None:
    climate = session(event, "climate")
    assert (at(climate.start), at(climate.end)) == (seoul(3, "09:30"), seoul(3, "11:10"))
    opening = next(cue for cue in climate.cues if cue.start == climate.start)
    assert (opening.kind, opening.clip) == (Kind.CLIP, "clip-message-climate")
    assert event.people[opening.speakers[0]].role.en == "Former UN Secretary-General"


def test_quarantine_has_four_presenters_three_of_them_remote_then_three_panellists(event: Event) -> None:
    quarantine = session(event, "quarantine")
    presenters = [cue for cue in quarantine.cues if cue.id.startswith("quarantine-presentation-")]
    assert Counter(cue.kind for cue in presenters) == {Kind.SPEECH: 1, Kind.REMOTE_SPEECH: 3}
    panellists = [cue for cue in quarantine.cues if cue.id.startswith("quarantine-panellist-")]
    assert len(panellists) == 3
    assert quarantine.cues.index(presenters[-1]) < quarantine.cues.index(panellists[0])


def test_the_talk_reaches_into_the_day_before_and_takes_viewers_questions(event: Event, studio: Studio) -> None:
    talk = session(event, "talk")
    start = at(talk.start)
    assert start == seoul(4, "08:00")
    assert clock_of(event, "author", start) == "03 16:00"
    parts = [cue for cue in talk.cues if cue.kind is Kind.TALK]
    assert parts
    for cue in parts:
        assert cue.speakers == ("mayor-seoul", "author")
        shown = [slot.shows for slot in studio.layouts[cue.layouts[PROGRAM]].slots]
        assert sum(isinstance(each, ShowsSpeaker) for each in shown) == 2
    assert len([cue for cue in talk.cues if cue.kind is Kind.QUESTIONS]) >= 3


def test_twenty_two_pitches_of_five_minutes_each_followed_by_questions(event: Event) -> None:
    cues = session(event, "innovators").cues
    pitches = [(pitch, after) for pitch, after in pairwise(cues) if pitch.kind is Kind.PITCH]
    assert len(pitches) == 22
    assert len({pitch.speakers[0] for pitch, _ in pitches}) == 22
    for pitch, after in pitches:
        assert (pitch.duration, after.kind, after.duration) == (5 * MINUTE, Kind.QUESTIONS, 3 * MINUTE)
        assert after.speakers[0] == pitch.speakers[0]


def test_the_last_day_begins_at_a_guests_midnight_and_ends_with_eleven_experts(event: Event) -> None:
    assert clock_of(event, "smart-rotterdam", seoul(5, "07:45")) == "05 00:45"
    starts = {str(each.id): at(each.start) for each in event.days[4].sessions}
    assert (starts["smart"], starts["closing"]) == (seoul(5, "07:45"), seoul(5, "10:00"))
    last = event.days[4].sessions[-1]
    assert (last.id, at(last.start)) == ("sports", seoul(5, "17:00"))
    experts = {name for cue in last.cues for name in cue.speakers if name.startswith("sports-")}
    assert len(experts) == 11
    interviews = [cue for cue in session(event, "closing").cues if cue.kind is Kind.CLIP and cue.speakers]
    assert len(interviews) == 3


def test_what_the_programme_does_not_say_is_marked_as_assumed(event: Event) -> None:
    known_start = {"mayors", "climate", "quarantine", "sharing", "talk", "smart", "closing", "sports"}
    known_end = {"climate", "sharing", "talk"}
    for day in event.days:
        for each in day.sessions:
            assert ("start" in each.assumed) == (each.id not in known_start), each.id
            assert ("end" in each.assumed) == (each.id not in known_end), each.id
    for cue in all_cues(event):
        fixed_length = cue.duration is not None and cue.kind not in (Kind.TITLE, Kind.CLIP)
        known = cue.id == "mayors-keynote" or cue.kind is Kind.PITCH
        assert ("duration" in cue.assumed) == (fixed_length and not known) or cue.kind is Kind.CLIP, cue.id


# --- the running order -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(5))
def test_the_plan_of_a_day_holds(event: Event, number: int) -> None:
    """No cue runs into the next fixed time, none is planned away to nothing, hard ends are kept."""
    day: Day = event.days[number]
    plan = plan_times(day)
    rows = [row for row in zip(plan.cues, plan.start, plan.end, strict=True) if not row[0].skip]
    for (cue, _, end), (after, start, _) in pairwise(rows):
        assert end <= start, f"{cue.number} runs into {after.number}"
    assert [cue.number for cue, start, end in rows if end - start < 5 * SECOND] == []
    for each in day.sessions:
        last = plan.place(each.cues[-1].id)
        assert last is not None
        assert each.end is None or plan.end[last] <= each.end


def test_the_running_order_has_hard_starts_counts_to_an_end_gaps_and_a_reserve(event: Event) -> None:
    cues = list(all_cues(event))
    assert all(any(cue.start is not None for cue in day.cues) for day in event.days)
    for day in event.days:
        for cue, after in pairwise(day.cues):
            if cue.kind is Kind.BREAK:
                assert cue.end is not None
                assert cue.end == after.start, f"{cue.number} counts to the start of {after.number}"
    assert any(cue.skip for cue in cues)
    plan = plan_times(event.days[1])
    closing = next(place for place, cue in enumerate(plan.cues) if cue.id == "mayors-closing")
    assert plan.start[closing] - plan.end[closing - 1] >= MINUTE, "time before midnight to absorb lateness"


# --- the pictures ----------------------------------------------------------------------------------------------


def test_no_cell_of_a_picture_stays_empty(event: Event, studio: Studio) -> None:
    for cue in all_cues(event):
        assert set(cue.layouts) == {PROGRAM, WALL}, cue.id
        for layout in cue.layouts.values():
            for slot in studio.layouts[layout].slots:
                if isinstance(slot.shows, ShowsSpeaker | ShowsPlate):
                    assert slot.shows.index < len(cue.speakers), f"{cue.id}: {layout} {slot.name}"
                if isinstance(slot.shows, ShowsClip):
                    assert cue.clip is not None, f"{cue.id}: {layout}"


def test_no_camera_and_no_guest_is_seen_twice_in_one_picture(event: Event, studio: Studio) -> None:
    for day in event.days:
        for plan in plan_day(event, day, studio).values():
            plain = {each.name for each in plan.inputs if isinstance(each.source, Colour)}
            for scene in plan.scenes:
                seen = Counter(item.input for item in scene.items if item.input not in plain)
                assert [name for name, times in seen.items() if times > 1] == [], scene.name


def is_words(slot: Slot, studio: Studio) -> bool:
    if isinstance(slot.shows, ShowsInput):
        return isinstance(studio.inputs[slot.shows.input].source, Words)
    return isinstance(slot.shows, ShowsPlate | ShowsCaption | ShowsLiveCaption)


def is_picture(slot: Slot, studio: Studio) -> bool:
    if isinstance(slot.shows, ShowsInput):
        return not isinstance(studio.inputs[slot.shows.input].source, Words | Colour | Still)
    return isinstance(slot.shows, ShowsSpeaker | ShowsClip)


def overlap(one: Rect, other: Rect) -> bool:
    return (
        min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 0.01
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 0.01
    )


def test_layouts_keep_inside_the_canvas_the_words_inside_the_safe_area_and_out_of_each_others_way(
    studio: Studio,
) -> None:
    for layout in studio.layouts.values():
        width, height = layout.canvas.width, layout.canvas.height
        edge = 0.01 if layout.role is Role.WALL else SAFE
        pictures = [slot for slot in layout.slots if is_picture(slot, studio)]
        words = [slot for slot in layout.slots if is_words(slot, studio)]
        for slot in layout.slots:
            rect, margin = slot.rect, edge if slot in words else 0.0
            place = f"{layout.id} {slot.name}"
            assert rect.x >= width * margin - 0.01, place
            assert rect.y >= height * margin - 0.01, place
            assert rect.x + rect.width <= width * (1 - margin) + 0.01, place
            assert rect.y + rect.height <= height * (1 - margin) + 0.01, place
        for one, other in [*combinations(words, 2), *combinations(pictures, 2)]:
            assert not overlap(one.rect, other.rect), f"{layout.id}: {one.name} on {other.name}"
        for slot in pictures:
            assert slot.rect.width / slot.rect.height == pytest.approx(16 / 9, rel=0.001), f"{layout.id} {slot.name}"


def test_every_layout_is_used_but_the_spare_ones(event: Event, studio: Studio) -> None:
    used = {layout for cue in all_cues(event) for layout in cue.layouts.values()}
    """One for a free evening with more guests than planned, one for a hand that arranges the wall."""
    used |= {surface.layout for surface in studio.surfaces.values() if surface.layout is not None}
    assert set(studio.layouts) - used == {"grid-9", "grid-fill"}


# --- pictures and clips on disk --------------------------------------------------------------------------------


def length_of_mp4(file: Path) -> timedelta:
    """The duration in the movie header, ISO/IEC 14496-12, version 0."""
    data = file.read_bytes()
    place = data.index(b"mvhd") + 4
    assert data[place] == 0
    scale, length = (int.from_bytes(data[place + skip : place + skip + 4], "big") for skip in (12, 16))
    return timedelta(seconds=length / scale)


def test_a_clip_is_as_long_as_its_cue_or_is_marked_as_a_stand_in(event: Event, studio: Studio) -> None:
    for cue in all_cues(event):
        if cue.clip is None:
            continue
        source = studio.inputs[cue.clip].source
        assert isinstance(source, Clip)
        assert cue.duration is not None
        off = abs(length_of_mp4(FOLDER / source.file) - timedelta(milliseconds=cue.duration))
        if "stand-in" in studio.inputs[cue.clip].title.en:
            assert "clip" in cue.assumed, cue.id
        else:
            assert off < timedelta(milliseconds=100), cue.id


def test_all_assets_are_there_and_small(studio: Studio) -> None:
    for entry in studio.inputs.values():
        if isinstance(entry.source, Clip | Still):
            assert (FOLDER / entry.source.file).is_file(), entry.id
    # The console's own fonts lie there, too; how small they are is told in test_fonts.py.
    files = [file for file in (FOLDER / "assets").rglob("*") if file.is_file() and file.parent.name != "fonts"]
    assert sum(file.stat().st_size for file in files) < 5_000_000


def test_no_feed_points_at_a_real_host(studio: Studio) -> None:
    urls = [entry.source.url for entry in studio.inputs.values() if isinstance(entry.source, Feed)]
    assert len(urls) > 42
    assert [url for url in urls if not re.fullmatch(r"srt://[a-z0-9-]+\.example:\d+", url)] == []

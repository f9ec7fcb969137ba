"""Arranging a wall by hand: swaps, one large, pages, gaps; nobody is ever lost, and the cue's own is never far."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.arrangement import (
    NOBODY,
    Arrangement,
    as_cue,
    enlarged,
    from_cue,
    laid_out,
    large_layouts,
    moved_up,
    page_count,
    places_of,
    seats,
    slated,
    swapped,
    turned,
    wall_layouts,
)
from studio_console.core.picture import arranged_picture, plan_day
from studio_console.core.rundown import Cue, Event, Person, Where
from studio_console.core.studio import (
    Colour,
    Feed,
    Fit,
    Input,
    Layout,
    Rect,
    Role,
    ShowsInput,
    ShowsPlate,
    ShowsSpeaker,
    ShowsSpeakers,
    Size,
    Slot,
    Studio,
    Surface,
    Words,
)
from studio_console.core.text import same
from studio_console.core.units import InputId, LayoutId, PersonId
from studio_console.core.wall_picture import Guest, Plain, arrangement_picture
from tests.builders import WALL, cue, day

CANVAS = Size(1920, 1080)
NAMES = ("host", "london", "lima", "kabul", "delhi", "oslo", "cairo", "paris")
PEOPLE = tuple(PersonId(name) for name in NAMES)
HOST, LONDON, LIMA, KABUL, DELHI, OSLO, CAIRO, PARIS = PEOPLE


def layout(id: str, *slots: Slot) -> Layout:
    return Layout(LayoutId(id), same(id), Role.WALL, CANVAS, slots)


def cells(first: int, count: int, width: float = 400) -> tuple[Slot, ...]:
    """So many places in a row for the speakers from number ``first`` (from 0), each with its plate."""
    return tuple(
        slot
        for place in range(count)
        for slot in (
            Slot(f"{place}", Rect(place * width, 0, width, 225), ShowsSpeaker(first + place)),
            Slot(f"{place} plate", Rect(place * width, 200, width, 25), ShowsPlate(first + place, 20), Fit.CONTAIN),
        )
    )


GRID = layout("grid", *cells(1, 4))  # the first one stands in the hall
PAIR = layout("pair", *cells(0, 2))
STRIP = layout("strip", Slot("large", Rect(0, 240, 1280, 720), ShowsSpeaker(0)), *cells(1, 2, 300))
SPOT = layout("spot", Slot("large", Rect(0, 0, 1920, 1080), ShowsSpeaker(0)))
FILL = layout("fill", Slot("all", Rect(0, 0, 1920, 1080), ShowsSpeakers(0, 8, True)))
SLIDE = layout("slide", Slot("ground", Rect(0, 0, 1920, 1080), ShowsInput(InputId("slate"))))
LAYOUTS = (GRID, PAIR, STRIP, SPOT, FILL, SLIDE)
SURFACE = Surface(WALL, same("LED"), Role.WALL, CANVAS, 30, "ws://127.0.0.1:4456", holding=LayoutId("slide"))
STUDIO = Studio(
    title=same("Hall"),
    time_zone="Asia/Seoul",
    capacity=1,
    limit=1,
    surfaces={WALL: SURFACE},
    inputs={
        InputId(name): Input(InputId(name), same(name), source)
        for name, source in {
            "slate": Colour("#102030"),
            **{f"feed-{name}": Feed("srt://127.0.0.1:9000") for name in NAMES},
        }.items()
    },
    layouts={one.id: one for one in LAYOUTS},
)
EVENT = Event(
    "summit",
    same("Summit"),
    "Asia/Seoul",
    {
        person: Person(person, same("Mayor"), same(person.title()), "UTC", Where.REMOTE, InputId(f"feed-{person}"))
        for person in PEOPLE
    },
    (),
)
ALL: Cue = replace(cue("M1", speakers=" ".join(NAMES)), layouts={WALL: GRID.id})
DAY = day(ALL)


def own() -> Arrangement:
    made = from_cue(ALL, WALL, STUDIO)
    assert made is not None
    return made


def seen(arrangement: Arrangement) -> tuple[str, ...]:
    """Who is seen, place by place."""
    return seats(arrangement, STUDIO.layouts[arrangement.layout])


def test_a_cues_own_picture_is_an_arrangement_too() -> None:
    assert own() == Arrangement(ALL.id, GRID.id, PEOPLE[1:])
    assert seen(own()) == (LONDON, LIMA, KABUL, DELHI)
    assert from_cue(replace(ALL, layouts={}), WALL, STUDIO) is None
    plan = plan_day(EVENT, DAY, STUDIO)[WALL]
    picture = arranged_picture(own(), SURFACE, EVENT, DAY, STUDIO)
    assert picture is not None
    assert picture.items == plan.scenes[0].items
    assert picture.people == {LONDON, LIMA, KABUL, DELHI}


def test_two_change_places() -> None:
    assert seen(swapped(own(), LIMA, DELHI)) == (LONDON, DELHI, KABUL, LIMA)
    assert seen(swapped(own(), LIMA, PARIS)) == (LONDON, PARIS, KABUL, DELHI)
    assert swapped(swapped(own(), LIMA, DELHI), LIMA, DELHI) == own()


def test_one_large_and_again_larger_and_back() -> None:
    """The strip first, the whole wall next; the others keep their order all the while."""
    once = enlarged(own(), KABUL, STUDIO)
    assert (once.layout, seen(once)) == ("strip", (KABUL, LONDON, LIMA))
    twice = enlarged(once, KABUL, STUDIO)
    assert (twice.layout, seen(twice)) == ("spot", (KABUL,))
    assert enlarged(twice, KABUL, STUDIO).layout == "strip"
    assert laid_out(twice, GRID) == own()
    assert enlarged(own(), HOST, STUDIO) == own()  # who is not on the wall cannot be large there


def test_pages_show_everybody_once() -> None:
    made = own()
    assert page_count(made, GRID) == 2
    second = turned(made, GRID, 1)
    assert seen(second) == (OSLO, CAIRO, PARIS)
    assert turned(second, GRID, 1) == made
    assert seen(turned(made, GRID, -1)) == seen(second)
    assert seen(turned(enlarged(made, PARIS, STUDIO), STRIP, 1)) == (PARIS, KABUL, DELHI)
    assert page_count(laid_out(made, FILL), FILL) == 1


def test_a_gap_is_filled_or_shows_the_slate() -> None:
    assert seen(moved_up(own(), LIMA)) == (LONDON, KABUL, DELHI, OSLO)
    gap = slated(own(), LIMA)
    assert seen(gap) == (LONDON, NOBODY, KABUL, DELHI)
    picture = arranged_picture(gap, SURFACE, EVENT, DAY, STUDIO)
    assert picture is not None
    assert [item.input for item in picture.items[2:3]] == ["slate"]
    assert "plate lima 20" not in picture.words
    assert picture.people == {LONDON, KABUL, DELHI}
    drawn = arrangement_picture(gap, ALL, SURFACE, EVENT, STUDIO)
    assert drawn is not None
    assert [type(place.shows) for place in drawn.places if place.rect.height == 225] == [Guest, Plain, Guest, Guest]
    assert [place.person for place in drawn.places if place.rect.height == 225] == [LONDON, None, KABUL, DELHI]


def test_layouts_to_choose_from() -> None:
    assert [one.id for one in wall_layouts(STUDIO)] == ["spot", "pair", "strip", "grid", "fill"]
    assert [one.id for one in large_layouts(STUDIO)] == ["strip", "spot"]
    assert (places_of(GRID).first, places_of(GRID).count) == (1, 4)
    assert (places_of(FILL).first, places_of(FILL).count) == (0, None)


def test_a_grid_by_count_has_a_cell_for_everybody() -> None:
    picture = arranged_picture(laid_out(own(), FILL), SURFACE, EVENT, DAY, STUDIO)
    assert picture is not None
    assert picture.people == frozenset(PEOPLE[1:])
    assert all(isinstance(words, Words) for words in picture.words.values())
    assert len(picture.words) == 7


def test_a_cue_or_a_layout_that_is_gone_has_no_picture() -> None:
    assert arranged_picture(own(), SURFACE, EVENT, day(), STUDIO) is None
    assert arranged_picture(replace(own(), layout=LayoutId("gone")), SURFACE, EVENT, DAY, STUDIO) is None


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("swap"), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
        st.tuples(st.just("large"), st.sampled_from(PEOPLE), st.just(HOST)),
        st.tuples(st.just("page"), st.just(HOST), st.just(HOST)),
        st.tuples(st.just("layout"), st.just(HOST), st.just(HOST)),
    ),
    max_size=12,
)


@given(CHANGES)
def test_whatever_is_changed_nobody_is_lost_and_nobody_is_there_twice(changes: list[tuple[str, str, str]]) -> None:
    made, order = own(), wall_layouts(STUDIO)
    for number, (what, one, other) in enumerate(changes):
        shown = STUDIO.layouts[made.layout]
        if what == "swap" and {one, other} <= set(made.people):
            made = swapped(made, PersonId(one), PersonId(other))
        elif what == "large":
            made = enlarged(made, PersonId(one), STUDIO)
        elif what == "page":
            made = turned(made, shown, 1)
        elif what == "layout":
            made = laid_out(made, order[number % len(order)])
        shown = STUDIO.layouts[made.layout]
        assert sorted(made.people) == sorted(PEOPLE[1:])
        pages = [replace(made, page=page) for page in range(page_count(made, shown))]
        everybody = [person for page in pages for person in seats(page, shown) if person != made.large]
        assert len(everybody) == len(set(everybody))
        if places_of(shown).count != 1:
            assert {*everybody, *({made.large} if made.large else ())} == set(PEOPLE[1:])
        assert as_cue(made, ALL, shown, WALL).speakers.count(NOBODY) == places_of(shown).first

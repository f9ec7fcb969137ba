"""Who sits where on a wall when the rundown does not say it: a cue's picture, changed by hand. Pure data.

An arrangement is kept as the order of the people on the wall and a layout, so that a change of layout, of page or of
places never loses anybody, and the way back to the cue's own picture is never far.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.change import replace
from studio_console.core.rundown import Cue
from studio_console.core.studio import Layout, Role, ShowsSpeaker, ShowsSpeakers, Slot, Studio
from studio_console.core.units import CueId, LayoutId, PersonId, SurfaceId

NOBODY = PersonId("")
"""Sits where a guest dropped out and nobody moved up: the place shows the holding slate."""
LARGER = 2.0
"""So many times the area of the next one makes a place the large one of its layout."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """``people`` are those on the wall, in the order of its places; ``cue`` lends captions and clip."""

    cue: CueId
    layout: LayoutId
    people: tuple[PersonId, ...]
    large: PersonId | None = None
    """Who has the first, large place, whatever the order says; the others keep it."""
    page: int = 0
    """From 0, where there are more people than places."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places for speakers in a layout: the number of the first one (from 0), and how many; None for any number."""

    first: int
    count: int | None


def places_of(layout: Layout) -> Places:
    indexes = [slot.shows.index for slot in layout.slots if isinstance(slot.shows, ShowsSpeaker)]
    fills = [slot.shows.first for slot in layout.slots if isinstance(slot.shows, ShowsSpeakers)]
    first = min([*indexes, *fills], default=0)
    return Places(first, None if fills else max(indexes, default=-1) + 1 - first)


def from_cue(cue: Cue, surface: SurfaceId, studio: Studio) -> Arrangement | None:
    """The arrangement that is the cue's own picture; None where the cue leaves the surface as it is."""
    layout = studio.layouts.get(cue.layouts[surface]) if surface in cue.layouts else None
    if layout is None:
        return None
    return Arrangement(cue.id, layout.id, cue.speakers[places_of(layout).first :])


def seats(arrangement: Arrangement, layout: Layout) -> tuple[PersonId, ...]:
    """Who sits in the places of ``layout``, the first place first."""
    count = places_of(layout).count
    people, large = arrangement.people, arrangement.large
    lead: tuple[PersonId, ...] = ()
    if large is not None and large in people:
        lead, people = (large,), tuple(person for person in people if person != large)
    if count is None:
        return (*lead, *people)
    room = max(0, count - len(lead))
    start = min(arrangement.page, page_count(arrangement, layout) - 1) * room
    return (*lead[:count], *people[start : start + room])


def page_count(arrangement: Arrangement, layout: Layout) -> int:
    """How many pages it takes to see everybody; at least 1."""
    count = places_of(layout).count
    lead = arrangement.large is not None and arrangement.large in arrangement.people
    room = None if count is None else count - lead
    if room is None or room < 1:
        return 1
    return max(1, -(-(len(arrangement.people) - lead) // room))


def as_cue(arrangement: Arrangement, cue: Cue, layout: Layout, surface: SurfaceId) -> Cue:
    """``cue`` as if the rundown had it so: what draws a cue's picture draws this one."""
    ahead = (NOBODY,) * places_of(layout).first
    return replace(cue, speakers=(*ahead, *seats(arrangement, layout)), layouts={surface: layout.id})


# --- changes by hand


def swapped(arrangement: Arrangement, one: PersonId, other: PersonId) -> Arrangement:
    """The two change places; whoever is large stays so unless it is one of them."""
    change = {one: other, other: one}
    people = tuple(change.get(person, person) for person in arrangement.people)
    large = arrangement.large
    return replace(arrangement, people=people, large=None if large is None else change.get(large, large))


def enlarged(arrangement: Arrangement, person: PersonId, studio: Studio) -> Arrangement:
    """``person`` large; once more, in the next layout that has a large place. Unchanged where none has."""
    layouts = large_layouts(studio)
    if not layouts or person not in arrangement.people:
        return arrangement
    ids = [layout.id for layout in layouts]
    again = arrangement.large == person and arrangement.layout in ids
    place = (ids.index(arrangement.layout) + 1) % len(ids) if again else 0
    return replace(arrangement, layout=ids[place], large=person, page=0)


def laid_out(arrangement: Arrangement, layout: Layout) -> Arrangement:
    """The same people in another layout."""
    large = arrangement.large if has_large_place(layout) else None
    return replace(arrangement, layout=layout.id, large=large, page=0)


def turned(arrangement: Arrangement, layout: Layout, pages: int) -> Arrangement:
    """So many pages on, round and round."""
    return replace(arrangement, page=(arrangement.page + pages) % page_count(arrangement, layout))


def moved_up(arrangement: Arrangement, gone: PersonId) -> Arrangement:
    """``gone`` has dropped out: everybody behind moves up."""
    people = tuple(person for person in arrangement.people if person != gone)
    return replace(arrangement, people=people, large=None if arrangement.large == gone else arrangement.large)


def slated(arrangement: Arrangement, gone: PersonId) -> Arrangement:
    """``gone`` has dropped out: their place shows the holding slate, and nobody else moves."""
    people = tuple(NOBODY if person == gone else person for person in arrangement.people)
    return replace(arrangement, people=people, large=None if arrangement.large == gone else arrangement.large)


# --- layouts to choose from


def wall_layouts(studio: Studio) -> tuple[Layout, ...]:
    """The walls' layouts that show speakers, with the fewest places first."""
    found = [layout for layout in studio.layouts.values() if layout.role is Role.WALL and _shows_people(layout)]
    return tuple(sorted(found, key=lambda layout: places_of(layout).count or 1_000))


def large_layouts(studio: Studio) -> tuple[Layout, ...]:
    """Those with a large place, the one that shows most others beside it first."""
    return tuple(layout for layout in reversed(wall_layouts(studio)) if has_large_place(layout))


def has_large_place(layout: Layout) -> bool:
    """Whether its first place is alone, or much larger than all others."""
    slots = [slot for slot in layout.slots if isinstance(slot.shows, ShowsSpeaker)]
    if not slots or places_of(layout).count is None:
        return False
    first = places_of(layout).first
    large = [_area(slot) for slot in slots if _index(slot) == first]
    others = [_area(slot) for slot in slots if _index(slot) != first]
    return bool(large) and all(large[0] >= LARGER * area for area in others)


def _index(slot: Slot) -> int:
    return slot.shows.index if isinstance(slot.shows, ShowsSpeaker) else -1


def _area(slot: Slot) -> float:
    return slot.rect.width * slot.rect.height


def _shows_people(layout: Layout) -> bool:
    return any(isinstance(slot.shows, ShowsSpeaker | ShowsSpeakers) for slot in layout.slots)

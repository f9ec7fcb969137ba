"""The hand at the LED wall: who is chosen, what is to change places, and what each key makes of the arrangement."""

from __future__ import annotations

from collections.abc import Callable

from studio_console.core.arrangement import (
    Arrangement,
    enlarged,
    from_cue,
    laid_out,
    large_layouts,
    moved_up,
    page_count,
    seats,
    slated,
    swapped,
    turned,
    wall_layouts,
)
from studio_console.core.events import ShowEvent
from studio_console.core.picture import arranged_picture
from studio_console.core.presses import WallArmed, WallDisarmed
from studio_console.core.rundown import Cue
from studio_console.core.show import Show, cue_of, next_cue
from studio_console.core.studio import Layout, Surface
from studio_console.core.text import Text
from studio_console.core.units import PersonId, PressId
from studio_console.core.wall_picture import WallPicture, arrangement_picture, cue_seen, walls
from studio_console.core.wall_state import wall_of
from studio_console.gui.context import Context
from studio_console.gui.keys import Act

NOTHING = Text("LED 월에 놓을 큐가 없습니다", "No cue has a picture for the wall")
NOBODY_CHOSEN = Text("←→↑↓로 자리를 먼저 고르세요", "Choose a place first: ← → Alt+↑ Alt+↓")
NO_LARGE = Text("크게 보이는 LED 구성이 없습니다", "No layout of the wall has a large place")
NO_OTHER = Text("다른 LED 구성이 없습니다", "The wall has no other layout")
ONE_PAGE = Text("한 쪽뿐입니다", "There is only one page")
NOT_ARMED = Text("준비된 것이 없습니다", "Nothing is armed")

Press = Callable[[Act, Callable[[PressId], ShowEvent]], None]
Refuse = Callable[[Act, Text], None]


class WallHand:
    """Acts on the first LED wall. Every change of the arrangement arms it anew; nothing goes on air by it."""

    def __init__(self, post: Callable[[ShowEvent], None], press: Press, refuse: Refuse) -> None:
        self._post, self._press, self._refuse = post, press, refuse
        self.selected: PersonId | None = None
        self.first: PersonId | None = None
        """Who changes places with the one who is chosen next."""

    def armed_picture(self, context: Context, show: Show) -> WallPicture | None:
        """What is armed, as it will be seen; None while nothing is."""
        surface = wall_in(context)
        armed = wall_of(show, surface.id).armed if surface is not None else None
        if surface is None or armed is None:
            return None
        cue = cue_of(show, armed.arrangement.cue)
        hall = context.event, context.studio
        return arrangement_picture(armed.arrangement, cue, surface, *hall, show.roll_call, context.stand_ins)

    def perform(self, act: Act, context: Context, show: Show) -> None:
        surface = wall_in(context)
        if surface is None:
            self._refuse(act, NOTHING)
        elif act is Act.DISARM_WALL:
            self._disarm(surface, show)
        elif act is Act.ARM_WALL:
            self._arm(act, fresh(context, show, surface), surface, context, show)
        else:
            self._change(act, surface, context, show)

    def _disarm(self, surface: Surface, show: Show) -> None:
        if wall_of(show, surface.id).armed is None:
            self._refuse(Act.DISARM_WALL, NOT_ARMED)
        else:
            self._post(WallDisarmed(surface.id))
        self.first = None

    def _change(self, act: Act, surface: Surface, context: Context, show: Show) -> None:
        armed = wall_of(show, surface.id).armed
        base = armed.arrangement if armed is not None else fresh(context, show, surface)
        layout = context.studio.layouts.get(base.layout) if base is not None else None
        if base is None or layout is None:
            self._refuse(act, NOTHING)
            return
        if act is Act.SWAP and self.first is None:
            if self.selected is None:
                self._refuse(act, NOBODY_CHOSEN)
            else:
                self.first = self.selected
            return
        changed = self._changed(act, base, layout, context)
        if isinstance(changed, Text):
            self._refuse(act, changed)
        else:
            self._arm(act, changed, surface, context, show)

    def _changed(self, act: Act, base: Arrangement, layout: Layout, context: Context) -> Arrangement | Text:
        """What ``act`` makes of ``base``, or why it makes nothing of it."""
        studio = context.studio
        if act in (Act.PAGE_UP, Act.PAGE_DOWN):
            if page_count(base, layout) < 2:
                return ONE_PAGE
            return turned(base, layout, -1 if act is Act.PAGE_UP else 1)
        if act is Act.LAYOUT:
            layouts = wall_layouts(studio)
            ids = [each.id for each in layouts]
            if not ids or ids == [layout.id]:
                return NO_OTHER
            return laid_out(base, layouts[(ids.index(layout.id) + 1) % len(ids) if layout.id in ids else 0])
        chosen = self.selected
        if chosen is None or chosen not in base.people:
            return NOBODY_CHOSEN
        if act is Act.LARGE:
            return enlarged(base, chosen, studio) if large_layouts(studio) else NO_LARGE
        if act is Act.MOVE_UP:
            self.selected = _beside(chosen, seats(base, layout))
            return moved_up(base, chosen)
        if act is Act.SLATE:
            self.selected = _beside(chosen, seats(base, layout))
            return slated(base, chosen)
        first, self.first = self.first, None
        return swapped(base, first, chosen) if first in base.people and first is not None else base

    def _arm(self, act: Act, arrangement: Arrangement | None, surface: Surface, context: Context, show: Show) -> None:
        picture = None
        if arrangement is not None and show.day is not None:
            picture = arranged_picture(arrangement, surface, context.event, show.day, context.studio, context.stand_ins)
        if arrangement is None or picture is None:
            self._refuse(act, NOTHING)
            return
        self._press(
            act,
            lambda press: WallArmed(surface.id, arrangement, picture.items, picture.words, picture.people, press),
        )

    # --- choosing a place

    def step(self, picture: WallPicture | None, across: int, down: int) -> None:
        """Chooses the nearest place in that direction; the first one where none is chosen."""
        places = [place for place in picture.places if place.person is not None] if picture is not None else []
        here = next((place for place in places if place.person == self.selected), None)
        if here is None:
            self.selected = places[0].person if places else None
            return
        x, y = here.rect.x + here.rect.width / 2, here.rect.y + here.rect.height / 2
        best: tuple[float, PersonId | None] | None = None
        for place in places:
            right, below = place.rect.x + place.rect.width / 2 - x, place.rect.y + place.rect.height / 2 - y
            ahead = right * across + below * down
            aside = abs(right * down) + abs(below * across)
            if ahead > 1 and (best is None or ahead + 3 * aside < best[0]):
                best = ahead + 3 * aside, place.person
        if best is not None:
            self.selected = best[1]


def wall_in(context: Context) -> Surface | None:
    return next(iter(walls(context.studio)), None)


def fresh(context: Context, show: Show, surface: Surface) -> Arrangement | None:
    """What to begin with: what is on the wall, else what the running or the next cue puts there."""
    live = wall_of(show, surface.id).live
    if live is not None:
        return live.arrangement
    seen = cue_seen(show, surface)
    running = show.current.cue if show.current is not None else None
    cues: tuple[Cue | None, ...] = (seen, running, next_cue(show))
    found = (from_cue(cue, surface.id, context.studio) for cue in cues if cue is not None)
    return next((arrangement for arrangement in found if arrangement is not None), None)


def _beside(person: PersonId, seated: tuple[PersonId, ...]) -> PersonId | None:
    """Who is chosen once ``person`` has left."""
    if person not in seated:
        return None
    place = seated.index(person)
    others = [*seated[place + 1 :], *reversed(seated[:place])]
    return next((other for other in others if other), None)

"""What is wanted of every guest's picture: all of them small, a few of them close and with sound."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from studio_console.core.guests import turns
from studio_console.core.previews import Source, Wish
from studio_console.core.show import Show
from studio_console.core.units import PersonId

CLOSE = 4
"""So many guests are shown close at once."""
NEXT = 3
"""Who speaks within so many cues is coming next."""


def wishes(
    sources: Mapping[PersonId, Source], show: Show, selected: PersonId | None, watched: Collection[PersonId]
) -> Mapping[PersonId, Wish]:
    """The wish for every guest of the day who has a source, who is selected and who comes next first.

    Close and with sound are, as far as ``CLOSE`` goes: ``selected``; ``watched``, whom other windows look at closely,
    in their order; then who speaks in the next ``NEXT`` cues; then who is on air and speaks alone, whose silence is an
    alarm. Others on air are not: OBS shows them.
    """
    coming = {guest: turn for guest, turn in turns(show).items() if turn > 0}
    first = [*((selected,) if selected is not None else ()), *watched]
    first += [guest for guest, turn in coming.items() if turn <= NEXT]
    current = show.current.cue.speakers if show.current is not None else ()
    first += current if len(current) == 1 else ()
    today = [guest for guest in sources if guest in show.rundown.guests]
    candidates = [guest for guest in dict.fromkeys(first) if guest in sources and guest in show.rundown.guests]
    close = frozenset(candidates[:CLOSE])
    order = dict.fromkeys([*candidates, *(guest for guest in coming if guest in sources), *today])
    looked_at = close & {selected, *watched}
    return {
        guest: Wish(sources[guest], fast=guest in close, sound=guest in close, looked_at=guest in looked_at)
        for guest in order
    }

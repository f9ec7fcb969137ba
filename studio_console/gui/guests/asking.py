"""What the desk asks of the previews. Asked again only where it is something else than before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ParamSpec, TypeVar

from studio_console.core.ports import Load, Previews
from studio_console.core.previews import Source, Sources, Wish
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.wishes import wishes
from studio_console.gui.context import Context

P = ParamSpec("P")
R = TypeVar("R")


def once(function: Callable[P, R]) -> Callable[P, R]:
    """``function``, which is asked only where its arguments are not the very ones of the last time."""
    last: list[tuple[tuple[object, ...], R]] = []

    def asked(*args: P.args, **named: P.kwargs) -> R:
        if not last or any(one is not other for one, other in zip(args, last[0][0], strict=True)):
            last[:] = [(args, function(*args, **named))]
        return last[0][1]

    return asked


class Asking:
    """Of no previews (None) nothing is asked, and the guests are shown in words alone."""

    def __init__(self, previews: Previews | None, sources: Sources) -> None:
        self._previews, self._find = previews, once(sources)
        self._sources: Mapping[PersonId, Source] = {}
        self._wishes = once(wishes)
        self._wished: Mapping[PersonId, Wish] | None = None
        self._heard: tuple[PersonId | None, str] = (None, "")

    @property
    def possible(self) -> bool:
        return self._previews is not None

    @property
    def watched(self) -> frozenset[PersonId]:
        """The guests of whom there is a preview."""
        return frozenset(self._sources) if self._previews is not None else frozenset()

    @property
    def load(self) -> Load:
        return self._previews.load if self._previews is not None else Load.FULL

    @property
    def not_heard(self) -> Text | None:
        """Why nobody is on the headphones, where somebody should be."""
        return self._previews.not_heard if self._previews is not None else None

    def outputs(self) -> tuple[str, ...]:
        """Where a guest can be heard."""
        return self._previews.outputs() if self._previews is not None else ()

    def find_sources(self, context: Context, show: Show) -> None:
        self._sources = self._find(context.event, show.day, context.studio) if show.day is not None else {}

    def ask(self, show: Show, selected: PersonId | None, heard: PersonId | None, device: str) -> None:
        """Pictures of today's guests, ``selected`` closely; ``heard`` on ``device``, the usual one if empty."""
        if self._previews is None:
            return
        wanted = self._wishes(self._sources, show, selected, ())
        if wanted is not self._wished and wanted != self._wished:
            self._previews.show(wanted)
        self._wished = wanted
        listening = (heard, device if heard is not None else "")
        if listening != self._heard:
            self._heard = listening
            self._previews.listen(*listening)

    def end(self) -> None:
        """Nothing is asked any more."""
        self._previews = None

"""What has been on air and is over, by cue: a mapping that is cheap to add to without changing it."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from typing import TYPE_CHECKING

from studio_console.core.units import CueId

if TYPE_CHECKING:
    from studio_console.core.show import Run

RECENT = 64
"""So many runs are copied at every GO at most; late in a long day copying all of them took longer than all else."""


class Runs(Mapping[CueId, "Run"]):
    """The last run of every cue that had one. Immutable: ``put`` and ``without`` give a new one."""

    __slots__ = ("_recent", "_settled")

    def __init__(self, settled: dict[CueId, Run] | None = None, recent: dict[CueId, Run] | None = None) -> None:
        self._settled = settled or {}
        self._recent = recent or {}

    def put(self, cue: CueId, run: Run) -> Runs:
        recent = {**self._recent, cue: run}
        if len(recent) < RECENT:
            return Runs(self._settled, recent)
        return Runs({**self._settled, **recent})

    def without(self, cue: CueId) -> Runs:
        return Runs({name: run for name, run in self.merged().items() if name != cue})

    def merged(self) -> dict[CueId, Run]:
        """All of it as one dictionary, for whoever looks many up; not to be changed."""
        return {**self._settled, **self._recent} if self._recent else self._settled

    def items(self) -> ItemsView[CueId, Run]:
        return self.merged().items()

    def __getitem__(self, cue: CueId) -> Run:
        run = self._recent.get(cue)
        return self._settled[cue] if run is None else run

    def __iter__(self) -> Iterator[CueId]:
        return iter(self.merged())

    def __len__(self) -> int:
        return len(self.merged())

    def __repr__(self) -> str:
        return f"Runs({self.merged()!r})"

"""Who did what when, and what the devices told, gathered while a journal is replayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import get_args

from studio_console.core.edit_reports import DraftFound, DraftKept
from studio_console.core.effects import Effect, Refuse
from studio_console.core.event_words import Names, words_of
from studio_console.core.events import (
    AlarmCleared,
    AlarmRaised,
    ClockStepped,
    ConsoleStarted,
    DeadlinePassed,
    JournalTroubled,
    OperatorEvent,
    RundownLoaded,
    ShowEvent,
)
from studio_console.core.reports import (
    ClipMeasured,
    ClipRanOut,
    ClipSeen,
    DriftSeen,
    OutputsMeasured,
    ScenesCompared,
    SceneSeen,
    SoundSeen,
    WordsSeen,
)
from studio_console.core.show import Show
from studio_console.core.stage import HallCounted
from studio_console.core.text import Text, same
from studio_console.core.units import Instant


class Source(StrEnum):
    OPERATOR = "operator"
    CONSOLE = "console"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class LogLine:
    at: Instant
    source: Source
    words: Text
    refused: Text | None = None
    """Why a press was not carried out."""
    by: str = ""
    """Who did it, where the console was told."""


OPERATOR: tuple[type, ...] = get_args(OperatorEvent)
CONSOLE = (
    AlarmCleared,
    AlarmRaised,
    ClipRanOut,
    ClockStepped,
    ConsoleStarted,
    DeadlinePassed,
    JournalTroubled,
    RundownLoaded,
)
UNTOLD = (
    ClipMeasured,
    ClipSeen,
    DeadlinePassed,
    DraftFound,
    DraftKept,
    DriftSeen,
    HallCounted,
    OutputsMeasured,
    ScenesCompared,
    SceneSeen,
    SoundSeen,
    WordsSeen,
)
"""What surfaces show has a table of its own, a missed deadline stands with its cue, the ledger tells who was in the
hall; of what is being typed nothing has happened yet, and the rest is not journalled."""


class EventLog:
    """Told of every step of a show, it knows it in words."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._lines: list[LogLine] = []

    def add(
        self, before: Show, after: Show, event: ShowEvent, effects: Iterable[Effect], at: Instant, outcome: str
    ) -> None:
        """``outcome``: why the press was refused, as the journal has it."""
        if isinstance(event, UNTOLD):
            return
        if isinstance(event, OPERATOR):
            source = Source.OPERATOR
        else:
            source = Source.CONSOLE if isinstance(event, CONSOLE) else Source.DEVICE
        known = after if isinstance(event, RundownLoaded) else before
        words = words_of(event, known, self._names)
        self._lines.append(LogLine(at, source, words, _refusal(effects, outcome), str(getattr(event, "by", "") or "")))

    @property
    def lines(self) -> tuple[LogLine, ...]:
        return tuple(self._lines)


def _refusal(effects: Iterable[Effect], outcome: str) -> Text | None:
    """In both languages, as it is refused in the replay; else as it was written down, in English."""
    if not outcome:
        return None
    refused = next((effect for effect in effects if isinstance(effect, Refuse)), None)
    return refused.reason.filled(**refused.values) if refused is not None else same(outcome)

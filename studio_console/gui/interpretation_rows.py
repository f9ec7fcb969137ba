"""What the interpretation panel says: for each output what is wanted and what is heard, and the booths' clocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from studio_console.core.interpretation import Heard, Line, captioned
from studio_console.core.show import Show, surface_of
from studio_console.core.sound import booth_feeds, chosen, differences
from studio_console.core.sound_alarms import SETTLES, level_text
from studio_console.core.text import Text, same
from studio_console.core.units import Decibels, Duration, Instant, SurfaceId
from studio_console.gui.context import Context

ORIGINAL = Text("원음", "floor")
VOICE = Text("통역", "interp.")
NOTHING = same("—")
UNKNOWN = same("?")
NOT_THERE = same("·")
ONE_CUE = Text("수동 · 이 큐", "by hand · cue")
KEPT = Text("수동 · 유지", "by hand · kept")
SHORT_MARKS = {ONE_CUE: Text("이 큐", "cue"), KEPT: Text("유지", "kept")}
"""Where there is little room."""
PLAIN = same("●")
WANTED_SEEN = Text("{feed}: 큐 {wanted}, 실제 {seen}", "{feed}: wanted {wanted}, heard {seen}")
AS_WANTED = Text("{feed}: {wanted}", "{feed}: {wanted}")
NOT_TOLD = Text("모름", "not known")


class Sign(Enum):
    """How a cell looks."""

    HEARD = auto()
    LOWERED = auto()
    SILENT = auto()
    UNKNOWN = auto()
    ABSENT = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of one surface; ``wrong`` where OBS tells something else than is wanted."""

    sign: Sign
    text: Text
    wrong: bool = False
    tip: Text = same("")

    @property
    def short(self) -> Text:
        """Its text where there is little room."""
        if self.text in (ORIGINAL, VOICE):
            return PLAIN
        return Text(self.text.ko.removesuffix(" dB"), self.text.en.removesuffix(" dB"))


@dataclass(frozen=True, slots=True)
class Row:
    """The outputs of one surface: they are heard alike."""

    surface: SurfaceId
    title: Text
    cells: tuple[Cell, ...]
    """The floor, then the languages of ``Matrix.languages``."""
    mark: Text | None
    """Set where it was set by hand."""
    heard: Heard
    captions: str
    """Their language; empty: those of the programme itself."""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Booth:
    """``speaking`` in ms; None before its interpreter was first heard. ``due`` once they are to hand over."""

    feed: str
    language: str
    title: Text
    speaking: Duration | None
    due: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    booths: tuple[Booth, ...]
    floor: str


def matrix(context: Context, show: Show, now: Instant) -> Matrix:
    hall = show.rundown.interpretation
    languages = tuple(dict.fromkeys(booth_feeds(show).values()))
    rows = tuple(_row(context, show, surface, languages, now) for surface in hall.lines)
    booths = tuple(
        Booth(
            feed,
            language,
            context.studio.audio[feed].title if feed in context.studio.audio else same(feed),
            Duration(max(0, now - since)) if since is not None else None,
            since is not None and now - since >= hall.rules.handover,
        )
        for feed, language in booth_feeds(show).items()
        for since in (show.sound.booths.get(feed),)
    )
    return Matrix(languages, rows, booths, show.sound.floor)


def _row(context: Context, show: Show, surface: SurfaceId, languages: tuple[str, ...], now: Instant) -> Row:
    hall, sound = show.rundown.interpretation, show.sound
    wrong: frozenset[str] = frozenset()
    if not 0 <= now - sound.sent_at.get(surface, Instant(0)) < SETTLES:
        wrong = frozenset(found.line.input for found in differences(show, surface))
    by_language = {line.language: line for line in hall.lines[surface]}
    cells = tuple(_cell(context, show, surface, by_language.get(language), wrong) for language in ("", *languages))
    by_hand = sound.overrides.get(surface)
    mark = None if by_hand is None else KEPT if by_hand.kept else ONE_CUE
    return Row(
        surface,
        _title(context, show, surface),
        cells,
        mark,
        chosen(show, surface),
        captioned(hall.languages.get(surface, "")),
        by_hand is not None and by_hand.kept,
    )


def _title(context: Context, show: Show, surface: SurfaceId) -> Text:
    carried = [output.id for output in show.rundown.interpretation.outputs if output.surface == surface]
    titles = [context.studio.destinations[name].title for name in carried if name in context.studio.destinations]
    if not titles:
        return context.surface(surface)
    return Text("·".join(title.ko for title in titles), ", ".join(title.en for title in titles))


def _cell(context: Context, show: Show, surface: SurfaceId, line: Line | None, wrong: frozenset[str]) -> Cell:
    if line is None:
        return Cell(Sign.ABSENT, NOT_THERE)
    wanted = show.sound.wanted.get(surface, {})
    seen = show.sound.seen.get(surface, {})
    feed = context.studio.audio[line.feed].title if line.feed in context.studio.audio else same(line.feed)
    known = surface_of(show, surface).connected and line.input in seen
    level = seen.get(line.input)
    values = {
        "feed": feed,
        "wanted": level_text(wanted[line.input]) if line.input in wanted else NOTHING,
        "seen": level_text(level) if known else NOT_TOLD,
    }
    says = WANTED_SEEN if line.input in wrong or not known else AS_WANTED
    tip = Text(says.show("ko", **values), says.show("en", **values))
    if not known:
        return Cell(Sign.UNKNOWN, UNKNOWN, line.input in wrong, tip)
    return Cell(*_face(line, level), line.input in wrong, tip)


def _face(line: Line, level: Decibels | None) -> tuple[Sign, Text]:
    if level is None:
        return Sign.SILENT, NOTHING
    if level < 0:
        return Sign.LOWERED, same(f"−{-level} dB")
    return Sign.HEARD, (VOICE if line.language else ORIGINAL) if level == 0 else same(f"+{level} dB")

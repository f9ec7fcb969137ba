"""What is heard on the surfaces: it follows the cue with each take, an operator's hand, and is told by OBS itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from studio_console.core.change import replace
from studio_console.core.effects import Effect, SetSound
from studio_console.core.interpretation import Heard, Interpretation, Levels, Line, booths, heard, levels
from studio_console.core.presses import InterpreterChanged, SoundOverridden, SoundReleased
from studio_console.core.refusals import ALREADY_DONE, Outcome, refuse
from studio_console.core.reports import SoundSeen, WordsSeen
from studio_console.core.show import Override, Show, Sound, remembered
from studio_console.core.text import Text
from studio_console.core.units import Decibels, Duration, Instant, PressId, SurfaceId

NOT_MIXED = Text(
    "이 출력의 소리는 콘솔이 맞추지 않습니다. studio.yaml의 carries에 음성 회선을 적으세요",
    "The console does not mix its sound: name its lines of sound under carries in studio.yaml",
)
NO_BOOTH = Text("그 언어의 통역 회선이 이 출력에 없습니다", "This output has no booth for that language")
NO_SUCH_BOOTH = Text("그런 통역 회선이 없습니다", "There is no such booth")
FOLLOWS = Text("이미 큐를 따르고 있습니다", "It follows the cue already")


def chosen(show: Show, surface: SurfaceId, floor: str | None = None) -> Heard:
    """What is to be heard on ``surface``: what an operator chose, else what follows from the language on the floor."""
    by_hand = show.sound.overrides.get(surface)
    if by_hand is not None:
        return by_hand.heard
    return _by_itself(show.rundown.interpretation, surface, show.sound.floor if floor is None else floor)


def _by_itself(hall: Interpretation, surface: SurfaceId, floor: str) -> Heard:
    return heard(floor, hall.languages.get(surface, ""), booths(hall.lines.get(surface, ())))


# --- what is sent ----------------------------------------------------------------------------------------------


def for_take(show: Show, floor: str, now: Instant) -> Sound:
    """The sound once a cue is taken that has ``floor`` spoken; what was set by hand for one cue is over."""
    hall, before = show.rundown.interpretation, show.sound
    if not hall.lines:
        return before if before.floor == floor else replace(before, floor=floor)
    overrides = {surface: entry for surface, entry in before.overrides.items() if entry.kept}
    wanted = dict(before.wanted)
    for surface, lines in hall.lines.items():
        by_hand = overrides.get(surface)
        choice = by_hand.heard if by_hand is not None else _by_itself(hall, surface, floor)
        wanted[surface] = levels(choice, lines, hall.rules.duck)
    sound = replace(before, floor=floor, overrides=overrides, wanted=wanted, sent_at=dict.fromkeys(wanted, now))
    return _on_the_clock(sound, hall, now)


def _on_the_clock(sound: Sound, hall: Interpretation, now: Instant) -> Sound:
    """An interpreter's time begins when they are first heard."""
    begun = {
        line.feed: now
        for surface, lines in hall.lines.items()
        for line in lines
        if line.language and line.feed not in sound.booths and sound.wanted.get(surface, {}).get(line.input) is not None
    }
    return replace(sound, booths={**sound.booths, **begun}) if begun else sound


def override(show: Show, event: SoundOverridden, now: Instant) -> Outcome:
    lines = show.rundown.interpretation.lines.get(event.surface)
    if event.press in show.presses:
        return refuse(show, event.press, now, ALREADY_DONE)
    if lines is None:
        return refuse(show, event.press, now, NOT_MIXED)
    if event.voice and event.voice not in booths(lines):
        return refuse(show, event.press, now, NO_BOOTH)
    entry = Override(Heard(event.voice, event.under), event.kept)
    overrides = {**show.sound.overrides, event.surface: entry}
    return _send(show, overrides, event.surface, event.press, "set by hand", now)


def release(show: Show, event: SoundReleased, now: Instant) -> Outcome:
    if event.surface not in show.sound.overrides:
        return refuse(show, event.press, now, FOLLOWS)
    overrides = {name: entry for name, entry in show.sound.overrides.items() if name != event.surface}
    return _send(show, overrides, event.surface, event.press, "follows the cue again", now)


def _send(
    show: Show,
    overrides: Mapping[SurfaceId, Override],
    surface: SurfaceId,
    press: PressId,
    reason: str,
    now: Instant,
) -> Outcome:
    hall = show.rundown.interpretation
    show = replace(show, sound=replace(show.sound, overrides=overrides))
    wanted = levels(chosen(show, surface), hall.lines[surface], hall.rules.duck)
    sound = replace(
        show.sound,
        wanted={**show.sound.wanted, surface: wanted},
        sent_at={**show.sound.sent_at, surface: now},
    )
    effects: tuple[Effect, ...] = (SetSound(surface, wanted, reason),)
    return replace(show, sound=_on_the_clock(sound, hall, now), presses=remembered(show, press), refusal=None), effects


# --- what is told ----------------------------------------------------------------------------------------------


def see_sound(show: Show, event: SoundSeen) -> Show:
    if event.surface not in show.surfaces or show.sound.seen.get(event.surface) == event.levels:
        return show
    return replace(show, sound=replace(show.sound, seen={**show.sound.seen, event.surface: event.levels}))


def see_words(show: Show, event: WordsSeen) -> Show:
    if event.surface not in show.surfaces or show.sound.words.get(event.surface) == event.words:
        return show
    return replace(show, sound=replace(show.sound, words={**show.sound.words, event.surface: event.words}))


def forget_sound(sound: Sound, surface: SurfaceId | None = None) -> Sound:
    """Nothing is known any more of what is heard and said on ``surface``, or anywhere."""
    if surface is None:
        return replace(sound, seen={}, words={})
    if surface not in sound.seen and surface not in sound.words:
        return sound
    seen = {name: told for name, told in sound.seen.items() if name != surface}
    return replace(sound, seen=seen, words={name: told for name, told in sound.words.items() if name != surface})


def hand_over(show: Show, event: InterpreterChanged, now: Instant) -> Outcome:
    if event.feed not in booth_feeds(show):
        return refuse(show, event.press, now, NO_SUCH_BOOTH)
    marks = {**show.sound.booths, event.feed: now}
    return replace(show, sound=replace(show.sound, booths=marks), refusal=None), ()


def booth_feeds(show: Show) -> Mapping[str, str]:
    """The interpreters' lines and their languages, each once."""
    lines = show.rundown.interpretation.lines.values()
    return {line.feed: line.language for each in lines for line in each if line.language}


class Difference(NamedTuple):
    """``seen`` is None where it is muted, ``told`` False where OBS has said nothing of it: it may not be there."""

    line: Line
    wanted: Decibels | None
    seen: Decibels | None
    told: bool


def differences(show: Show, surface: SurfaceId) -> Iterator[Difference]:
    """The lines of which OBS tells something else than is wanted; nothing of a surface that is not there."""
    state, wanted = show.surfaces.get(surface), show.sound.wanted.get(surface)
    seen: Levels = show.sound.seen.get(surface, {})
    if state is None or not state.connected or wanted is None:
        return
    for line in show.rundown.interpretation.lines.get(surface, ()):
        if line.input not in wanted:
            continue
        is_told = line.input in seen
        if not is_told or seen[line.input] != wanted[line.input]:
            yield Difference(line, wanted[line.input], seen.get(line.input), is_told)


def reloaded(sound: Sound, hall: Interpretation) -> Sound:
    """The sound under a new rundown: nothing is sent by it; what it has no place for is forgotten."""
    overrides = {
        surface: entry
        for surface, entry in sound.overrides.items()
        if surface in hall.lines and (not entry.heard.voice or entry.heard.voice in booths(hall.lines[surface]))
    }
    feeds = {line.feed for lines in hall.lines.values() for line in lines if line.language}
    marks = {feed: since for feed, since in sound.booths.items() if feed in feeds}
    wanted = {surface: told for surface, told in sound.wanted.items() if surface in hall.lines}
    return replace(sound, overrides=overrides, booths=marks, wanted=wanted)


def shifted(sound: Sound, amount: Duration) -> Sound:
    """The wall clock was set by ``amount``."""
    return replace(
        sound,
        sent_at={surface: Instant(at + amount) for surface, at in sound.sent_at.items()},
        booths={feed: Instant(since + amount) for feed, since in sound.booths.items()},
    )

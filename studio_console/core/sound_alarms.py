"""What is wrong with what is heard and captioned, right now; some of it comes with the time that goes by."""

from __future__ import annotations

from collections.abc import Iterator

from studio_console.core.alarms import Alarm
from studio_console.core.interpretation import booths, lacks_booth
from studio_console.core.problems import Severity
from studio_console.core.show import Show
from studio_console.core.sound import booth_feeds, differences
from studio_console.core.text import Text, same
from studio_console.core.units import MINUTE, Decibels, Duration, Instant

SETTLES = Duration(1_000)
"""ms that OBS has to tell what it was asked for."""

DIFFERS = Text(
    "{surface}: 소리가 큐와 다릅니다. {feed} 실제 {seen}, 큐 {wanted}. 다음 GO가 다시 맞춥니다",
    "{surface}: sound differs from the cue. {feed} is {seen}, wanted {wanted}; the next GO sets it",
)
NOT_THERE = Text(
    "{surface}: OBS에 없는 음성 회선: {feed}. provision을 실행하세요",
    "{surface}: OBS has no line {feed}: run provision",
)
CAPTION = Text(
    "{surface}: 자막이 큐와 다릅니다(실제 ‘{seen}’). 이 큐에 스탠바이를 두고 GO",
    "{surface}: the caption is not the cue's (it says ‘{seen}’): standby on it and GO",
)
NO_CAPTION = Text(
    "{surface}: OBS에 없는 자막 소스: ‘{name}’. provision을 실행하세요",
    "{surface}: OBS has no text ‘{name}’ for the caption: run provision",
)
NO_BOOTH = Text(
    "{surface}: {language} 통역 회선이 없어 현장음만 나갑니다",
    "{surface}: no booth for {language}; the floor is heard as it comes",
)
HANDOVER = Text(
    "{feed}: 같은 통역사가 {minutes}분째입니다. 교대를 확인하세요",
    "{feed}: the same interpreter for {minutes} min; see to the hand-over",
)
MUTED = Text("꺼짐", "muted")


def sound_alarms(show: Show, now: Instant) -> tuple[Alarm, ...]:
    """Everything wrong with what is heard, errors first."""
    return (*_differing(show, now), *_misworded(show, now), *_lacking(show), *_too_long(show, now))


def level_text(level: Decibels | None) -> Text:
    return MUTED if level is None else same(f"{level:+d} dB".replace("-", "−") if level else "0 dB")


def _differing(show: Show, now: Instant) -> Iterator[Alarm]:
    for surface, sent in show.sound.sent_at.items():
        if 0 <= now - sent < SETTLES:
            continue
        for line, wanted, seen, told in differences(show, surface):
            values = {
                "surface": surface,
                "feed": line.feed,
                "wanted": level_text(wanted),
                "seen": level_text(seen),
            }
            code, text = ("sound", DIFFERS) if told else ("sound-missing", NOT_THERE)
            yield Alarm(code, Severity.ERROR, text, values, surface)


def _misworded(show: Show, now: Instant) -> Iterator[Alarm]:
    take = show.current
    if take is None or 0 <= now - take.pressed_at < SETTLES:
        return
    for surface, told in show.sound.words.items():
        for name, words in take.words.get(surface, {}).items():
            if told.get(name) != words:
                values = {"surface": surface, "name": name, "seen": told.get(name, "–").replace("\n", " ")}
                yield Alarm("caption", Severity.ERROR, CAPTION if name in told else NO_CAPTION, values, surface)


def _lacking(show: Show) -> Iterator[Alarm]:
    hall = show.rundown.interpretation
    for surface, lines in hall.lines.items():
        language = hall.languages.get(surface, "")
        if surface not in show.sound.overrides and lacks_booth(show.sound.floor, language, booths(lines)):
            values = {"surface": surface, "language": language.upper()}
            yield Alarm("no-booth", Severity.WARNING, NO_BOOTH, values, surface)


def _too_long(show: Show, now: Instant) -> Iterator[Alarm]:
    due = show.rundown.interpretation.rules.handover
    known = booth_feeds(show)
    for feed, since in show.sound.booths.items():
        if feed in known and now - since >= due:
            values = {"feed": feed, "minutes": (now - since) // MINUTE}
            yield Alarm("handover", Severity.WARNING, HANDOVER, values, since=since)

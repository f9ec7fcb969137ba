"""What the speaker's timer says, in words and figures: equal faces look the same, so nothing is painted twice."""

from __future__ import annotations

from dataclasses import dataclass

from studio_console.core.clocktext import clock_text, length_text
from studio_console.core.show import Show
from studio_console.core.speaker_timer import Mode, Pitch, SpeakerView, figures, speaker_view
from studio_console.core.text import Language, Text
from studio_console.core.units import SECOND, Instant
from studio_console.core.urgency import Urgency
from studio_console.gui.context import AND_MORE, Context, local_time

WORDS: dict[Urgency, Text] = {
    Urgency.IDLE: Text("시작까지", "to the start"),
    Urgency.NORMAL: Text("남음", "left"),
    Urgency.OPEN: Text("경과", "elapsed"),
    Urgency.WARNING: Text("▲ 곧 마무리", "▲ wrap up soon"),
    Urgency.DANGER: Text("■ 마무리", "■ wrap up"),
    Urgency.OVERTIME: Text("＋ 시간 초과", "＋ over time"),
}
"""A sign and a word each: who cannot tell the colours apart reads them."""
STAND_BY = Text("대기", "stand by")
TIME_NOW = Text("지금 시각", "the time now")
HELD = Text("‖ 멈춤", "‖ held")
FREE = Text("타이머", "timer")
NEXT = Text("다음: {who}", "next: {who}")
PITCH = Text("{number}/{count}번째", "{number} of {count}")
QUESTIONS = Text("이어서 질의응답 {length}", "then Q&A {length}")
SESSION = Text("세션 종료까지 {left}", "session left {left}")
SESSION_OVER = Text("세션 종료 지남 {left}", "session over by {left}")
REHEARSAL = Text("리허설", "rehearsal")
FLASH = 1_000
"""ms from one flash of a bell to the next."""


@dataclass(frozen=True, slots=True)
class Face:
    urgency: Urgency
    digits: str
    widest: str
    """Of this width the digits are drawn, so that they keep their size while a cue runs."""
    word: str
    who: str
    who_also: str
    """The same in the other language, where there is room for it."""
    where: str
    """What the clock shows where the speaker is."""
    foot: str
    left: float | None = None
    """The share of the time that is left, in 400ths; None where nothing runs out."""
    marks: tuple[float, ...] = ()
    """Where bells ring, as shares of the time."""
    clock: bool = False
    """The digits are the time of day and nothing to run after."""
    message: str = ""
    below: str = ""
    """The message in the other language."""
    urgent: bool = False
    flash: bool = False
    dark: bool = False

    @property
    def words(self) -> str:
        """Everything it says, a line each; nothing while it is dark."""
        parts = (self.who, self.who_also, self.where, self.digits, self.word, self.message, self.below, self.foot)
        return "" if self.dark else "\n".join(part for part in parts if part)


def face_of(context: Context, show: Show, now: Instant) -> Face:
    """The face at ``now``. ``context.language`` is for labels where the speakers share no language."""
    view = speaker_view(show, context.studio.timer, now, context.event.people)
    language = view.language or context.language
    digits, word, clock = _figure(view, context, language, now)
    cue = view.cue
    marks: tuple[float, ...] = ()
    if view.mode is Mode.PITCH and cue is not None and view.total:
        marks = tuple(mark / view.total for mark in cue.bells if 0 < mark < view.total)
    who, who_also = _who(view, context, language)
    message, below = _both(view.message.text, language) if view.message is not None else ("", "")
    return Face(
        urgency=view.urgency,
        digits=digits,
        widest=_widest(view, digits),
        word=word,
        who=who,
        who_also=who_also,
        where=_where(view, context, language, now),
        foot=" · ".join(_foot(view, context, language)),
        left=None if view.left is None else round(view.left * 400) / 400,
        marks=marks,
        clock=clock,
        message=message,
        below=below,
        urgent=view.message is not None and view.message.urgent,
        flash=view.bell is not None
        and view.remaining is not None
        and (view.bell - view.remaining) % FLASH < FLASH // 2,
        dark=view.dark,
    )


def _figure(view: SpeakerView, context: Context, language: Language, now: Instant) -> tuple[str, str, bool]:
    """The digits, their word, and whether they are only the time of day."""
    if view.mode is Mode.IDLE and not view.digits:
        word = STAND_BY if view.cue is not None else TIME_NOW
        return clock_text(now, context.zone, seconds=False), word.show(language), True
    words = [WORDS[view.urgency].show(language)]
    if view.mode is Mode.FREE:
        words.insert(0, FREE.show(language))
    if view.held:
        words.insert(0, HELD.show(language))
    return view.digits, " · ".join(words), False


def _widest(view: SpeakerView, digits: str) -> str:
    whole = length_text(view.total) if view.total and view.mode is not Mode.IDLE else ""
    longest = max(digits.removeprefix("+"), whole, key=len)
    return ("+" if digits.startswith("+") else "") + "".join("0" if sign.isdigit() else sign for sign in longest)


def _who(view: SpeakerView, context: Context, language: Language) -> tuple[str, str]:
    """Who speaks, and the same in the other language; of many the first is named."""
    cue = view.cue
    if cue is None:
        return _both(context.event.title, language)
    people = [person for name in cue.speakers if (person := context.person(name)) is not None]
    if len(people) > 1:
        who, also = f"{people[0].label.show(language)} {AND_MORE.show(language, count=len(people) - 1)}", ""
    else:
        who, also = _both(people[0].label if people else cue.title, language)
    return (who if view.on_air else NEXT.show(language, who=who)), also


def _both(text: Text, language: Language) -> tuple[str, str]:
    first, second = (text.ko, text.en) if language == "ko" else (text.en, text.ko)
    return first, second if first != second else ""


def _where(view: SpeakerView, context: Context, language: Language, now: Instant) -> str:
    person = context.person(view.guest) if view.guest is not None else None
    local = local_time(person, now, context.zone) if person is not None else None
    if person is not None and local is not None:
        return f"{person.city.show(language)} {local.show(language)}"
    return "" if view.mode is Mode.IDLE and not view.digits else clock_text(now, context.zone, seconds=False)


def _foot(view: SpeakerView, context: Context, language: Language) -> list[str]:
    parts = []
    if context.rehearsal:
        parts.append(REHEARSAL.show(language))
    if view.pitch is not None:
        parts += _pitch(view.pitch, language)
    if view.session_left is not None:
        over = view.session_left <= -SECOND
        parts.append((SESSION_OVER if over else SESSION).show(language, left=figures(view.session_left)))
    return parts


def _pitch(pitch: Pitch, language: Language) -> list[str]:
    parts = [PITCH.show(language, number=pitch.number, count=pitch.count)] if pitch.number else []
    if pitch.questions is not None:
        parts.append(QUESTIONS.show(language, length=length_text(pitch.questions)))
    return parts

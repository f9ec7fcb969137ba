"""What the timer in front of a speaker shows: a function of the show, the studio's settings and an instant.

Nothing in it is counted down: after a sleep, a stall or a clock that was set, the next look is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio_console.core.bells import ringing
from studio_console.core.clocktext import countdown_text, length_text
from studio_console.core.rundown import Cue, Kind, Person, Thresholds, Where
from studio_console.core.show import Show, Take, cue_of, is_skipped, next_cue
from studio_console.core.speaker import FreeTimer, Message
from studio_console.core.studio import TimerRules
from studio_console.core.text import Language
from studio_console.core.timing import countdown, length_of
from studio_console.core.units import SECOND, Duration, Instant, PersonId
from studio_console.core.urgency import Urgency, urgency_of

LONGEST_SHOWN = Duration((100 * 3600 - 1) * SECOND)
"""99:59:59: no countdown of a show is longer, and no figure may grow beyond its place."""
BLINK = Duration(400)
"""ms for which a blinking timer is light, and then dark."""

NO_PEOPLE: Mapping[PersonId, Person] = {}


class Mode(StrEnum):
    """What the countdown is of."""

    IDLE = "idle"
    """Nothing is on air: who speaks next, and when."""
    CUE = "cue"
    PITCH = "pitch"
    """One of many of the same length: a pitch, or the questions after it."""
    FREE = "free"
    """A countdown that was started by hand."""


@dataclass(frozen=True, slots=True)
class Pitch:
    """Which pitch of the session it is, and how long the questions are that follow, in ms."""

    number: int
    count: int
    questions: Duration | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """``remaining`` is in ms, negative in overtime; None where there is no end: then ``elapsed`` counts up."""

    mode: Mode
    urgency: Urgency
    cue: Cue | None
    """What is on air; with nothing on air, the next one in which somebody speaks, or just the next."""
    on_air: bool = False
    """Whether ``cue`` is on air, or only what is next."""
    elapsed: Duration = Duration(0)
    remaining: Duration | None = None
    total: Duration | None = None
    held: bool = False
    bell: Duration | None = None
    """The mark of a bell that is to be seen now."""
    pitch: Pitch | None = None
    session_left: Duration | None = None
    """Until the planned end of the session, in ms; negative after it."""
    guest: PersonId | None = None
    """The one remote guest of the cue, whose local time is shown."""
    language: Language | None = None
    """What its speakers read; None where nothing tells."""
    message: Message | None = None
    dark: bool = False
    """In the dark half of a blink, or blacked out."""

    @property
    def digits(self) -> str:
        """The one number; empty where there is nothing to count."""
        if self.urgency is Urgency.OPEN:
            return length_text(Duration(min(self.elapsed, LONGEST_SHOWN)))
        if self.remaining is None:
            return ""
        return figures(self.remaining)

    @property
    def left(self) -> float | None:
        """The share of the whole that is left, 0 to 1, for a bar; None where there is no whole."""
        if self.remaining is None or not self.total:
            return None
        return max(0.0, min(1.0, self.remaining / self.total))


def figures(remaining: Duration) -> str:
    """A countdown as it is read, never longer than its place: ``1:07``, ``+0:12``."""
    return countdown_text(Duration(max(-LONGEST_SHOWN, min(remaining, LONGEST_SHOWN))))


def speaker_view(
    show: Show, timer: TimerRules, now: Instant, people: Mapping[PersonId, Person] = NO_PEOPLE
) -> SpeakerView:
    take = show.on_air
    cue = (cue_of(show, take.cue.id) or take.cue) if take is not None else _coming(show)
    guest, language = _audience(cue, people, take.floor if take is not None else "")
    told = show.speaker
    urgency, mode, elapsed, remaining, total, held, bell = _clock(show, timer, take, cue, now)
    return SpeakerView(
        mode=mode,
        urgency=urgency,
        cue=cue,
        on_air=take is not None,
        elapsed=elapsed,
        remaining=remaining,
        total=total,
        held=held,
        bell=bell,
        pitch=_pitch(show, cue) if mode is Mode.PITCH and cue is not None else None,
        session_left=_session_left(show, cue, now) if take is not None else None,
        guest=guest,
        language=language,
        message=told.message,
        dark=told.black or _is_dark(told.blinks_until, now),
    )


# --- the countdown

_Clock = tuple[Urgency, Mode, Duration, Duration | None, Duration | None, bool, Duration | None]


def _clock(show: Show, timer: TimerRules, take: Take | None, cue: Cue | None, now: Instant) -> _Clock:
    if show.speaker.free is not None:
        return _free(show.speaker.free, timer, now)
    clock = countdown(show, now)
    if take is None or cue is None or clock is None:
        start = _start(show, cue) if cue is not None else None
        until = Duration(start - now) if start is not None and start > now else None
        return Urgency.IDLE, Mode.IDLE, Duration(0), until, None, False, None
    held = take.held_since is not None
    mode = Mode.PITCH if cue.kind in (Kind.PITCH, Kind.QUESTIONS) else Mode.CUE
    bell = None if held else ringing(cue, clock.remaining)
    return urgency_of(clock.remaining, cue.timer), mode, clock.elapsed, clock.remaining, clock.total, held, bell


def _free(free: FreeTimer, timer: TimerRules, now: Instant) -> _Clock:
    elapsed = free_elapsed(free, now)
    remaining = Duration(free.length - elapsed)
    # One that is shorter than the warning would begin with it.
    marks = Thresholds(Duration(min(timer.warning, free.length // 3)), Duration(min(timer.danger, free.length // 6)))
    held = free.held_since is not None
    return urgency_of(remaining, marks), Mode.FREE, elapsed, remaining, free.length, held, None


def free_elapsed(free: FreeTimer, now: Instant) -> Duration:
    """How long it has been running, holds left out; never negative."""
    until = free.held_since if free.held_since is not None else now
    return Duration(max(0, until - free.started_at - free.held))


def _coming(show: Show) -> Cue | None:
    """What is next for whoever waits: the first cue from the next one on in which somebody speaks."""
    following = show.taking.cue if show.taking is not None else next_cue(show)
    place = show.plan.place(following.id) if following is not None else None
    if place is None:
        return following
    cues = show.plan.cues[place:]
    return next((cue for cue in cues if cue.speakers and not is_skipped(show, cue)), following)


def _start(show: Show, cue: Cue) -> Instant | None:
    """When ``cue`` begins, if that is known: its fixed start, its session's, before the first cue its planned one."""
    place = show.plan.place(cue.id)
    if cue.start is not None or place is None:
        return cue.start
    opens = show.plan.opens[place]
    if opens is not None:
        return opens
    return show.plan.start[place] if not show.runs.merged() and not show.history else None


# --- what stands around it


def _pitch(show: Show, cue: Cue) -> Pitch | None:
    """Counted in its session; None where it is not in the rundown any more."""
    plan = show.plan
    place = plan.place(cue.id)
    if place is None:
        return None
    part = next(part for part in plan.parts if part.first <= place < part.stop)
    pitches = [
        at
        for at in range(part.first, part.stop)
        if plan.cues[at].kind is Kind.PITCH and not is_skipped(show, plan.cues[at])
    ]
    following = plan.cues[place + 1] if place + 1 < part.stop else None
    questions = None
    if cue.kind is Kind.PITCH and following is not None and following.kind is Kind.QUESTIONS:
        questions = None if is_skipped(show, following) else length_of(show, following)
    return Pitch(sum(at <= place for at in pitches), len(pitches), questions)


def _session_left(show: Show, cue: Cue | None, now: Instant) -> Duration | None:
    place = show.plan.place(cue.id) if cue is not None else None
    if place is None:
        return None
    part = next(part for part in show.plan.parts if part.first <= place < part.stop)
    return Duration(part.end - now)


def language_of(person: Person) -> Language:
    """What somebody understands: Korean or English; where the files do not say, Korean in the hall."""
    if person.language:
        return "ko" if person.language == "ko" else "en"
    return "ko" if person.where is Where.HALL else "en"


def _audience(
    cue: Cue | None, people: Mapping[PersonId, Person], floor: str
) -> tuple[PersonId | None, Language | None]:
    """The remote guest whose clock is shown, where there is just one, and the language that speakers read.

    That is the one that they share; where they do not, or nobody is named, the one on the floor.
    """
    speakers = [people[name] for name in cue.speakers if name in people] if cue is not None else []
    remote = [person.id for person in speakers if person.where is Where.REMOTE]
    languages = {language_of(person) for person in speakers}
    shared: Language | None = None
    if len(languages) == 1:
        shared = languages.pop()
    elif floor in ("ko", "en"):
        shared = "ko" if floor == "ko" else "en"
    return remote[0] if len(remote) == 1 else None, shared


def _is_dark(until: Instant | None, now: Instant) -> bool:
    """Dark first, so that the press is seen at once."""
    return until is not None and now < until and -((now - until) // BLINK) % 2 == 1

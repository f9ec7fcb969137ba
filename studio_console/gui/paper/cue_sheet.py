"""The day's cue sheet (큐시트) on paper, whole or for one department, in the columns that people know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio_console.core.clocktext import clock_text, length_text
from studio_console.core.plan import Plan, plan_times
from studio_console.core.rundown import TRANSITION_NAMES, AtEnd, Cue, Day, Session, Where
from studio_console.core.text import Language, Text, same
from studio_console.core.units import Duration, Instant, PersonId, datetime_of
from studio_console.gui.context import AND_MORE, HALL, REMOTE, Context, date_text, day_shift, local_time, zone_of
from studio_console.gui.on_air import POSTS
from studio_console.gui.paper import ink
from studio_console.gui.paper.flow import Block
from studio_console.gui.paper.grid import Band, Cell, Gap, Heads, Lane, Line, Piece, lanes
from studio_console.gui.paper.ink import MM
from studio_console.gui.paper.paged import Document, Heading
from studio_console.gui.two_step import SIGN


class Department(StrEnum):
    ALL = "all"
    VIDEO = "video"
    AUDIO = "audio"
    LIGHT = "light"
    CAPTION = "caption"
    INTERPRETATION = "interpretation"
    STAGE = "stage"


DEPARTMENTS: Mapping[Department, Text] = {
    Department.ALL: Text("전체 큐시트", "Cue sheet"),
    Department.VIDEO: Text("영상·LED·카메라 큐시트", "Cue sheet: video, LED, cameras"),
    Department.AUDIO: Text("음향 큐시트", "Cue sheet: audio"),
    Department.LIGHT: Text("조명 큐시트", "Cue sheet: light"),
    Department.CAPTION: Text("자막·CG 큐시트", "Cue sheet: captions, CG"),
    Department.INTERPRETATION: Text("통역 큐시트", "Cue sheet: interpretation"),
    Department.STAGE: Text("무대 큐시트", "Cue sheet: stage"),
}
HEADS = {
    "number": Text("순서", "No."),
    "time": Text("시간", "Time"),
    "length": Text("소요시간", "Length"),
    "title": Text("내용", "Item"),
    "who": Text("출연/진행", "Speakers"),
    "local": Text("현지 시각", "Local time"),
    "video": same("VIDEO · LED"),
    "audio": same("AUDIO"),
    "light": Text("조명", "Light"),
    "caption": Text("자막/CG", "Captions/CG"),
    "interpretation": Text("통역", "Interpretation"),
    "stage": Text("무대", "Stage"),
    "remarks": Text("비고", "Remarks"),
}
HARD = "◷"
LEGEND = Text("◷ 고정 시각 · ② 두 단계(GO 준비) · ~ 가정", "◷ hard time · ② two steps (arm GO) · ~ assumed")
UNTIL = Text("→ {clock}", "→ {clock}")
OPEN_END = Text("열림", "open")
LATER = Text("{clock} +{days}일", "{clock} +{days} d")
MIDNIGHT = Text("자정을 넘어 {date}", "Past midnight: {date}")
AGAIN = Text("(계속)", "(continued)")
LASTS = Text("{start} – {end}", "{start} – {end}")
HARD_END = Text("{start} – {end} ◷ 끝 고정", "{start} – {end} ◷ hard end")
CAMERA = Text("카메라: {note}", "Camera: {note}")
CLIP = Text("VCR 영상: {clip}", "VCR: {clip}")
OUT_CUE = Text("끝: {words}", "out: {words}")
FLOOR = Text("현장 언어 {language}", "floor {language}")
BOOTH = Text("통역: {note}", "interpretation: {note}")
TRANSITION = Text("{kind} {seconds:g}초", "{kind} {seconds:g} s")
WHERE = Text("{person} ({where})", "{person} ({where})")
NEEDS = Text("준비: {needs}", "needs: {needs}")
TWO_STEP = Text("② GO 준비 후 GO", "② arm, then GO")
FOLLOWS = Text("영상이 끝나면 자동 진행", "the next cue follows by itself")
SKIPPED = Text("✕ 건너뜀", "✕ skipped")
ASSUMED = Text("~ 가정: {fields}", "~ assumed: {fields}")
BELLS = Text("종 {bells}", "bell at {bells}")
FIELDS: Mapping[str, Text] = {
    "duration": Text("길이", "length"),
    "start": Text("시작", "start"),
    "end": Text("끝", "end"),
    "speakers": Text("출연", "speakers"),
    "captions": Text("자막", "captions"),
    "title": Text("내용", "title"),
}
ALWAYS = ("number", "time", "length", "title", "who")
NAMED = 3
FEW = 6
"""So many speakers at most are seen as persons, each with a clock of their own."""
NAMED_ON_STAGE = 8
"""So many speakers are named one by one: more of them on the stage's sheet."""

SHARES = {
    "number": 0.62,
    "time": 1.12,
    "length": 0.86,
    "title": 2.3,
    "who": 2.0,
    "local": 1.05,
    "video": 2.1,
    "audio": 1.6,
    "light": 1.2,
    "caption": 1.9,
    "interpretation": 1.5,
    "stage": 1.5,
    "remarks": 1.8,
}
WIDE = 2.3
"""How many times as wide a department's own column is on its sheet."""
SIZE, OWN_SIZE, PLAIN_SIZE = 7.5, 11.0, 9.0
OWN: Mapping[Department, str] = {
    Department.VIDEO: "video",
    Department.AUDIO: "audio",
    Department.LIGHT: "light",
    Department.CAPTION: "caption",
    Department.INTERPRETATION: "interpretation",
    Department.STAGE: "stage",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: a day of the event in the context's terms, in one language or in both."""

    context: Context
    day: Day
    plan: Plan
    languages: tuple[Language, ...]
    department: Department

    def say(self, text: Text, /, **values: object) -> str:
        """In the sheet's first language: what is the same on every row need not be said twice."""
        return text.show(self.languages[0], **values)

    def both(self, text: Text) -> str:
        """In one line, the second language behind the first where it says something else."""
        return " · ".join(dict.fromkeys(text.show(language) for language in self.languages))

    def pieces(self, text: Text, bold: bool = False, size: float = 0.0) -> tuple[Piece, ...]:
        """The second language below the first."""
        said = dict.fromkeys(text.show(language) for language in self.languages)
        return tuple(Piece(words, bold and not number, bool(number), size) for number, words in enumerate(said))

    def keys(self) -> tuple[str, ...]:
        """The columns, from left to right."""
        local = ("local",) if self._local_matters() else ()
        if self.department is Department.ALL:
            return (*ALWAYS, *local, "video", "audio", "light", "caption", "remarks")
        return (*ALWAYS, *local, OWN[self.department], "remarks")

    def _local_matters(self) -> bool:
        wanted = (Department.ALL, Department.STAGE, Department.INTERPRETATION)
        return self.department in wanted and any(
            local_pieces(self, cue, start) for cue, start in zip(self.plan.cues, self.plan.start, strict=True)
        )


def cue_sheet(
    context: Context,
    day: Day,
    department: Department,
    languages: tuple[Language, ...],
    stamp: Text,
) -> Document:
    """The sheet of ``day``. ``stamp`` stands at the head of every page: which version, and when it was printed."""
    sheet = Sheet(context, day, plan_times(day), languages, department)
    subtitle = " · ".join((sheet.both(day.title), day.date.isoformat(), sheet.both(date_text(day.date))))
    heading = Heading(
        sheet.both(DEPARTMENTS[department]),
        sheet.both(context.event.title),
        subtitle,
        sheet.say(LEGEND),
        stamp=sheet.say(stamp),
    )
    return Document(list(_blocks(sheet)), heading, languages[0])


def _blocks(sheet: Sheet) -> Iterator[Block]:
    keys = sheet.keys()
    own = OWN.get(sheet.department)
    shares = [SHARES[key] * (WIDE if key == own else 1.0) for key in keys]
    titles = [sheet.both(HEADS[key]).replace(" · ", "\n" if key != "video" else " · ") for key in keys]
    made = lanes(titles, shares, [False] * len(keys))
    heads = Heads(made)
    place = 0
    yield heads
    reached = 0
    for session in sheet.day.sessions:
        times = _session_times(sheet, session, place)
        yield Band(sheet.both(session.title), times, again=(heads,))
        again: tuple[Block, ...] = (heads, Band(f"{sheet.both(session.title)} {sheet.say(AGAIN)}", times))
        for cue in session.cues:
            start = sheet.plan.start[place]
            shift = day_shift(start, sheet.context.zone, sheet.day.date)
            if shift > reached:
                reached = shift
                date = date_text(datetime_of(start, sheet.context.zone).date())
                yield Band(sheet.say(MIDNIGHT, date=date), again=again, light=True, size=8.5)
            yield _line(sheet, made, keys, cue, place, again)
            place += 1
        yield Gap(2 * MM)


def _session_times(sheet: Sheet, session: Session, place: int) -> str:
    part = next((part for part in sheet.plan.parts if part.session == session.id), None)
    if part is None:
        return ""
    text = HARD_END if session.end is not None else LASTS
    return sheet.say(text, start=_clock(sheet, part.start, False), end=_clock(sheet, part.end, False))


def _clock(sheet: Sheet, at: Instant, seconds: bool = True) -> str:
    """``00:12 +1일`` on the day after the one on which the day began."""
    clock = clock_text(at, sheet.context.zone, seconds)
    shift = day_shift(at, sheet.context.zone, sheet.day.date)
    return sheet.say(LATER, clock=clock, days=shift) if shift else clock


def _line(
    sheet: Sheet, made: tuple[Lane, ...], keys: Sequence[str], cue: Cue, place: int, again: tuple[Block, ...]
) -> Line:
    cells = [Cell(CELLS[key](sheet, cue, place)) for key in keys]
    size = SIZE if sheet.department is Department.ALL else PLAIN_SIZE
    return Line(made, cells, again, size, None, ink.QUIET if cue.skip else ink.INK, rules=True)


# --- the cells


def _number(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    return (Piece(cue.number, bold=True), *((Piece(SIGN),) if cue.two_step else ()))


def _time(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    start = sheet.plan.start[place]
    fixed = cue.start is not None or sheet.plan.opens[place] is not None
    clock = clock_text(start, sheet.context.zone)
    shift = day_shift(start, sheet.context.zone, sheet.day.date)
    pieces = [Piece(f"{HARD} {clock}" if fixed else clock, bold=fixed)]
    if shift:
        pieces.append(Piece(sheet.say(Text("+{days}일", "+{days} d"), days=shift), quiet=True))
    return tuple(pieces)


def _length(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    assumed = "~ " if "duration" in cue.assumed else ""
    if cue.end is not None:
        return (Piece(sheet.say(UNTIL, clock=clock_text(cue.end, sheet.context.zone, seconds=False)), bold=True),)
    length = sheet.plan.lengths[place]
    return (Piece(f"{assumed}{length_text(length)}" if length is not None else sheet.say(OPEN_END)),)


def _title(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    return sheet.pieces(cue.title, bold=True)


def _who(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    most = NAMED_ON_STAGE if sheet.department is Department.STAGE else NAMED
    people = list(cue.speakers)
    shown = people if len(people) <= most else people[: most - 1]
    pieces: list[Piece] = []
    for name in shown:
        person = sheet.context.person(name)
        if person is None:
            pieces.append(Piece(name))
            continue
        where = HALL if person.where is Where.HALL else REMOTE
        pieces += sheet.pieces(WHERE.filled(person=person.label, where=where))
    if len(shown) < len(people):
        pieces.append(Piece(sheet.say(AND_MORE, count=len(people) - len(shown))))
    return tuple(pieces)


def local_pieces(sheet: Sheet, cue: Cue, start: Instant) -> tuple[Piece, ...]:
    """What the clocks of the first remote speakers show when the cue begins, where not a whole wall of them is seen."""
    zone = sheet.context.zone
    pieces: list[Piece] = []
    for name in cue.speakers if len(cue.speakers) <= FEW else ():
        person = sheet.context.person(name)
        other = zone_of(person.time_zone) if person is not None else None
        if person is None or other is None or datetime_of(start, other).utcoffset() == _offset(sheet, start):
            continue
        time = local_time(person, start, zone)
        if time is not None:
            pieces.append(Piece(f"{sheet.say(person.city)} {sheet.say(time)}"))
    return tuple(pieces[:NAMED])


def _offset(sheet: Sheet, at: Instant) -> object:
    return datetime_of(at, sheet.context.zone).utcoffset()


def _local(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    return local_pieces(sheet, cue, sheet.plan.start[place])


def _video(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    context = sheet.context
    pieces: list[Piece] = []
    own = OWN_SIZE if sheet.department is Department.VIDEO else 0.0
    for surface in context.arranged:
        layout = context.layout(cue, surface)
        if layout is not None and surface in cue.layouts:
            pieces.append(Piece(f"{sheet.say(context.surface(surface))}: {sheet.say(layout)}", size=own))
    if cue.clip is not None:
        entry = context.studio.inputs.get(cue.clip)
        pieces.append(Piece(sheet.say(CLIP, clip=entry.title if entry is not None else cue.clip), bold=True, size=own))
        if cue.out_cue is not None:
            pieces.append(Piece(sheet.say(OUT_CUE, words=cue.out_cue), size=own))
    if pieces and cue.transition.duration:
        kind = TRANSITION_NAMES[cue.transition.kind]
        pieces.append(Piece(sheet.say(TRANSITION, kind=kind, seconds=cue.transition.duration / 1000), quiet=True))
    if cue.notes.camera:
        pieces.append(Piece(sheet.say(CAMERA, note=cue.notes.camera), bool(own), size=own))
    return tuple(pieces)


def _audio(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    own = OWN_SIZE if sheet.department is Department.AUDIO else 0.0
    pieces: list[Piece] = []
    if cue.floor:
        pieces.append(Piece(sheet.say(FLOOR, language=cue.floor.upper()), quiet=True))
    if cue.notes.sound:
        pieces.append(Piece(cue.notes.sound, bool(own), size=own))
    if cue.clip is not None and own:
        entry = sheet.context.studio.inputs.get(cue.clip)
        pieces.append(Piece(sheet.say(CLIP, clip=entry.title if entry is not None else cue.clip), size=own))
    if cue.notes.interpretation:
        pieces.append(Piece(sheet.say(BOOTH, note=cue.notes.interpretation)))
    return tuple(pieces)


def _light(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    own = OWN_SIZE if sheet.department is Department.LIGHT else 0.0
    return (Piece(cue.notes.light, bool(own), size=own),) if cue.notes.light else ()


def _caption(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    """Captions are written in both languages, whatever the sheet's is."""
    own = OWN_SIZE if sheet.department is Department.CAPTION else 0.0
    pieces = [Piece(words, size=own) for words in _both(cue.captions)]
    if cue.notes.caption:
        pieces.append(Piece(cue.notes.caption, bool(own), not own, own))
    return tuple(pieces)


def _both(text: Text | None) -> tuple[str, ...]:
    return tuple(words for words in dict.fromkeys((text.ko, text.en)) if words) if text is not None else ()


def _interpretation(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    pieces = [Piece(sheet.say(FLOOR, language=cue.floor.upper()), size=OWN_SIZE)] if cue.floor else []
    if cue.notes.interpretation:
        pieces.append(Piece(cue.notes.interpretation, True, size=OWN_SIZE))
    return tuple(pieces)


def _stage(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    return (Piece(cue.notes.stage, True, size=OWN_SIZE),) if cue.notes.stage else ()


def _remarks(sheet: Sheet, cue: Cue, place: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    if cue.skip:
        pieces.append(Piece(sheet.say(SKIPPED), bold=True))
    if cue.two_step:
        pieces.append(Piece(sheet.say(TWO_STEP), bold=True))
    if cue.at_end is AtEnd.NEXT:
        pieces.append(Piece(sheet.say(FOLLOWS)))
    if cue.notes.stage and sheet.department is Department.ALL:
        pieces.append(Piece(cue.notes.stage))
    pieces += [Piece(f"{name}: {value}") for name, value in cue.extra.items()]
    if cue.needs:
        pieces.append(Piece(sheet.say(NEEDS, needs=", ".join(_need(sheet, need) for need in cue.needs)), quiet=True))
    if cue.bells:
        pieces.append(Piece(sheet.say(BELLS, bells=", ".join(_bell(bell) for bell in cue.bells)), quiet=True))
    if cue.assumed:
        fields = ", ".join(sheet.say(FIELDS.get(name) or same(name)) for name in cue.assumed)
        pieces.append(Piece(sheet.say(ASSUMED, fields=fields), quiet=True))
    return tuple(pieces)


def _bell(left: Duration) -> str:
    """What the countdown shows when it rings; in overtime with a plus."""
    return f"+{length_text(left)}" if left < 0 else length_text(left)


def _need(sheet: Sheet, need: str) -> str:
    post = POSTS.get(need)
    if post is not None:
        return sheet.say(post)
    person = sheet.context.person(PersonId(need))
    return sheet.say(person.city if person is not None else same(need))


CELLS: Mapping[str, Callable[[Sheet, Cue, int], tuple[Piece, ...]]] = {
    "number": _number,
    "time": _time,
    "length": _length,
    "title": _title,
    "who": _who,
    "local": _local,
    "video": _video,
    "audio": _audio,
    "light": _light,
    "caption": _caption,
    "interpretation": _interpretation,
    "stage": _stage,
    "remarks": _remarks,
}

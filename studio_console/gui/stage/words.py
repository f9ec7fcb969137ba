"""What a row of the stage manager's list says."""

from __future__ import annotations

from enum import Enum, auto

from studio_console.core.clocktext import clock_text, countdown_text
from studio_console.core.hall import Visit
from studio_console.core.rundown import Person, Where
from studio_console.core.speaker_rows import Act, Chip, ChipState, SpeakerRow
from studio_console.core.stage import MARK_WORDS, SpeakerMark
from studio_console.core.studio import Capture, Feed, MadeInObs
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, Instant, PersonId
from studio_console.gui.context import AND_MORE, REMOTE, Context, local_time
from studio_console.gui.stage.hall_lists import mark_words

ON_AIR = Text("송출 중 ON AIR", "ON AIR 송출 중")
TAKING = Text("전환 중", "TAKING")
NEXT = Text("다음 NEXT", "NEXT 다음")
LATER = Text("{turn}번째 뒤", "in {turn} GOs")
OVER = Text("끝남 {clock}", "over {clock}")
HALL_STAGE = Text("홀 무대", "Hall stage")
REMOTE_COUNT = Text("원격 {count}명", "{count} remote speakers")
IN_OBS = Text("OBS 입력", "OBS input")
BY_LINE = Text("원격 {line}", "{line}")
INTERPRETED = Text("통역 {languages}", "interp. {languages}")
CALL_AT = Text("콜 {clock}", "call {clock}")

CONNECTED = Text("연결", "connected")
ACTS = {
    Act.CALL: Text("호출", "Call"),
    Act.CALL_AGAIN: Text("다시 호출", "Call again"),
    Act.ARRIVED: Text("도착 확인", "Arrived"),
    Act.CHECKED: Text("점검 완료", "Checked"),
    Act.STANDBY: Text("스탠바이 보내기", "Send standby"),
    Act.READY: Text("준비 완료", "Ready"),
}
DONE = Text("✓ 완료", "✓ done")
MESSAGE = Text("메시지 보내기", "Send a message")
READY = Text("✓ 준비됨", "✓ Ready")


class Tone(Enum):
    """How a chip or button looks; each has its sign or word beside the colour."""

    DONE = auto()
    DUE = auto()
    OPEN = auto()


def time_words(context: Context, row: SpeakerRow) -> tuple[str, str]:
    """The large time and the word below it."""
    if row.turn < 0:
        clock = clock_text(row.start, context.zone, seconds=False) if row.start is not None else ""
        return "—", context.say(OVER, clock=clock)
    time = "—" if row.until is None else countdown_text(Duration(row.until * 1000))
    if row.turn == 0:
        return time, context.say(TAKING if row.taking else ON_AIR)
    return time, context.say(NEXT) if row.turn == 1 else context.say(LATER, turn=row.turn)


def who_words(context: Context, row: SpeakerRow) -> tuple[str, str]:
    """The name, large in Korean and small in English, with the cue; the window's language decides which is large."""
    name = label_of(context, row.people)
    first, second = (name.ko, name.en) if context.language == "ko" else (name.en, name.ko)
    return first, f"{second} · {row.cue.number} {context.say(row.cue.title)}"


def label_of(context: Context, people: tuple[PersonId, ...]) -> Text:
    """One person, or how many."""
    if len(people) > 1:
        return REMOTE_COUNT.filled(count=len(people))
    person = context.person(people[0])
    return person.label if person is not None else same(people[0])


def where_words(context: Context, row: SpeakerRow, now: Instant, visit: Visit | None = None) -> tuple[str, str]:
    """Where they are with what their clock shows, and how they come in; of who is in the hall, what the ledger says."""
    say = context.say
    people = [person for name in row.people if (person := context.person(name)) is not None]
    if not people:
        return "", ""
    person = people[0]
    if len(people) > 1:
        cities = ", ".join(say(each.city) for each in people[:2])
        return say(REMOTE), f"{cities} {say(AND_MORE, count=len(people) - 2)}"
    if person.where is Where.HALL:
        if visit is not None:
            marks = [word for word, _ in mark_words(context, visit) if word != visit.visitor.party]
            return say(HALL_STAGE), " · ".join(marks)
        return say(HALL_STAGE), interpretation(context, row, person)
    local = local_time(person, now, context.zone)
    where = f"{say(person.city)} {say(local)}" if local is not None else say(person.city)
    line = _line(context, person)
    how = say(BY_LINE, line=line) if line else say(REMOTE)
    return where, " · ".join(part for part in (how, interpretation(context, row, person)) if part)


def _line(context: Context, person: Person) -> str:
    """How a remote speaker's picture gets here."""
    entry = context.studio.inputs.get(person.input) if person.input is not None else None
    match entry.source if entry is not None else None:
        case Feed(url=url):
            return url.partition(":")[0].upper()
        case MadeInObs():
            return context.say(IN_OBS)
        case Capture():
            return context.say(entry.title) if entry is not None else ""
    return ""


def interpretation(context: Context, row: SpeakerRow, person: Person) -> str:
    """``통역 EN→KO``: into which languages they are interpreted; empty where there is no booth for it."""
    spoken = row.cue.floor or person.language
    booths = dict.fromkeys(line.language for line in context.studio.audio.values() if line.language)
    into = [language.upper() for language in booths if language != spoken]
    if not spoken or not into:
        return ""
    return context.say(INTERPRETED, languages=f"{spoken.upper()}→{'·'.join(into)}")


def chip_words(context: Context, row: SpeakerRow) -> list[tuple[str, Tone]]:
    """The steps in their order. That somebody was called says nothing more once they are there, and what was not
    marked is not asked for any more once they are on air."""
    if row.turn < 0:
        return [(context.say(DONE), Tone.OPEN)]
    words: list[tuple[str, Tone]] = []
    for chip in row.chips:
        passed = row.turn == 0 and chip.state is ChipState.OPEN
        if passed or (chip.mark is SpeakerMark.CALLED and row.chips[1].state is ChipState.DONE):
            continue
        words.append(_chip(context, row, chip))
    words += [(f"▲ {context.say(lack)}", Tone.DUE) for lack in row.lacks]
    return words


def _chip(context: Context, row: SpeakerRow, chip: Chip) -> tuple[str, Tone]:
    say = context.say
    tone = {ChipState.DONE: Tone.DONE, ChipState.DUE: Tone.DUE, ChipState.OPEN: Tone.OPEN}[chip.state]
    word = say(CONNECTED) if row.remote and chip.mark is SpeakerMark.ARRIVED else say(MARK_WORDS[chip.mark])
    if chip.mark is SpeakerMark.CALLED and tone is not Tone.DONE and row.call is not None:
        word = say(CALL_AT, clock=clock_text(row.call, context.zone, seconds=False))
    elif chip.lack is not None and len(row.people) == 1:
        word = say(chip.lack)
    if len(row.people) > 1 and chip.done and tone is not Tone.DONE:
        word = f"{word} {chip.done}/{len(row.people)}"
    elif tone is Tone.DONE and chip.at is not None and _has_a_time(row, chip):
        word = f"{word} {clock_text(chip.at, context.zone, seconds=False)}"
    return (f"▲ {word}" if tone is Tone.DUE else word), tone


def _has_a_time(row: SpeakerRow, chip: Chip) -> bool:
    """The time of what a person did; when a line came up last says little."""
    return not (row.remote and chip.mark in (SpeakerMark.ARRIVED, SpeakerMark.CHECKED))


def button_words(context: Context, row: SpeakerRow) -> tuple[str, Tone] | None:
    """What Enter does with the row; None where nothing is to be done."""
    if row.turn == 0:
        return context.say(MESSAGE), Tone.OPEN
    if row.act is not None:
        return context.say(ACTS[row.act]), _button_tone(row)
    return None


def _button_tone(row: SpeakerRow) -> Tone:
    if row.act is Act.READY:
        return Tone.DONE
    due = any(chip.state is ChipState.DUE for chip in row.chips)
    return Tone.DUE if due else Tone.OPEN

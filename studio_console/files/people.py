"""``rundown/event.yaml`` and the people files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio_console.core.problems import Place
from studio_console.core.rundown import Person, Where
from studio_console.core.text import Text, same
from studio_console.core.units import InputId, PersonId
from studio_console.files.names import NO_INPUT, Known
from studio_console.files.previews import NOT_REMOTE, NOT_REMOTE_HINT, read_preview
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.rundown_tables import EVENT_FILE, PEOPLE_FILE, POSTS
from studio_console.files.tree import Mapping, Node

TWICE = Text("참가자 ‘{text}’이(가) 두 번 나옵니다", "the person ‘{text}’ is there twice")
TWICE_HINT = Text("처음은 {first}입니다", "first at {first}")
A_POST = Text(
    "‘{text}’은(는) 부서 이름이라 참가자 아이디로 쓸 수 없습니다", "‘{text}’ is the name of a post and no person's id"
)
NO_ZONE = Text("원격 참가자의 시간대가 없습니다", "a remote guest without a time zone")
NO_ZONE_HINT = Text("행사의 시간대로 봅니다. time_zone을 적으세요", "taken to be in the event's: add time_zone")
SAME_NAME = Text(
    "입력이 없는 참가자와 입력의 아이디가 ‘{text}’로 같습니다",
    "‘{text}’ is the id of an input too; the two stand-ins would share one name in OBS",
)
SAME_NAME_HINT = Text("input: {text}을(를) 더하거나 아이디를 바꾸세요", "add input: {text}, or give another id")


@dataclass(frozen=True, slots=True)
class Head:
    """What ``event.yaml`` says. ``time_zone`` is None where the studio's counts."""

    id: str
    title: Text
    time_zone: str | None


def read_event(node: Node | None, reader: Reader) -> Head | None:
    top = EVENT_FILE.read(node, reader) if node is not None else None
    event = top.get("event") if isinstance(top, Row) else None
    if not isinstance(event, Row):
        return None
    title = event.get("title")
    return Head(event.get("id", ""), title if isinstance(title, Text) else same(""), event.get("time_zone"))


def read_people(
    node: Node | None,
    reader: Reader,
    folder: Path,
    known: Known,
    zone: str,
    found: dict[PersonId, Person],
    places: dict[str, Place],
) -> None:
    """Reads one people file into ``found``; ``places`` says where each person was first named."""
    top = PEOPLE_FILE.read(node, reader) if node is not None else None
    if not isinstance(top, Row) or "people" not in top.values:
        known.people.whole = False
        return
    names = top.value("people")
    if not isinstance(names, Mapping):
        return
    rows = top.values["people"]
    for name in names.entries:
        key = names.key(name)
        if name in places:
            reader.error(key, "person-twice", TWICE, TWICE_HINT, text=name, first=str(places[name]))
            continue
        places[name] = reader.place(key)
        known.people.entries[name] = name
        if name in POSTS:
            reader.error(key, "person-post", A_POST, text=name)
        row = rows.get(name)
        if isinstance(row, Row):
            person = _person(name, row, key, reader, folder, known, zone)
            if person is not None:
                found[person.id] = person


def _person(name: str, row: Row, key: Node, reader: Reader, folder: Path, known: Known, zone: str) -> Person | None:
    input_name = row.get("input")
    where = row.get("where")
    if input_name is not None:
        known.inputs.refer(input_name, row.value("input"), reader, "input", NO_INPUT)
    elif name in known.inputs.entries and "input" not in row.bad:
        reader.error(key, "person-input-name", SAME_NAME, SAME_NAME_HINT, text=name)
    if where is Where.REMOTE and "time_zone" not in row.node.entries:
        reader.warn(key, "person-time-zone", NO_ZONE, NO_ZONE_HINT)
    seen_by = row.get("preview")
    preview = read_preview(seen_by, reader, folder, known) if isinstance(seen_by, Row) else None
    if seen_by is not None and where is Where.HALL:
        reader.warn(row.value("preview"), "preview-hall", NOT_REMOTE, NOT_REMOTE_HINT)
    if row.bad:
        return None
    return Person(
        id=PersonId(name),
        role=row.values["role"],
        city=row.values["city"],
        time_zone=row.get("time_zone", zone),
        where=row.values["where"],
        input=None if input_name is None else InputId(input_name),
        language=row.get("language", ""),
        assumed=row.get("assumed", False),
        preview=preview,
    )

"""Reads an event folder as a whole: everything, or nothing and every reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.core.problems import Place, Problem, Severity
from studio_console.core.rundown import Event, Person
from studio_console.core.studio import Layout, Studio
from studio_console.core.text import Text
from studio_console.core.units import CueId, LayoutId, PersonId
from studio_console.files.days import DayParts, Seen, read_day
from studio_console.files.folder import (
    EVENT,
    PARTS,
    PEOPLE,
    STUDIO,
    Snapshot,
    files,
    is_day,
    is_event_file,
    is_folder,
    is_layouts,
    is_people,
    names,
    snapshot,
)
from studio_console.files.garbage import no_garbage_collection
from studio_console.files.layouts import read_layouts
from studio_console.files.names import Known
from studio_console.files.nodes import parse
from studio_console.files.overlaps import check_times
from studio_console.files.people import read_event, read_people
from studio_console.files.reader import Reader, suggestion
from studio_console.files.studio import check_holding, read_studio
from studio_console.files.tree import Node

NO_FOLDER = Text("행사 폴더가 없습니다: {folder}", "there is no event folder: {folder}")
NO_FOLDER_HINT = Text(
    "layouts와 rundown이 든 폴더를 지정하거나, studio-console new로 새로 만드세요",
    "name the folder that has layouts and rundown in it, or make one with studio-console new",
)
MISSING = Text("파일이 없습니다", "the file is missing")
UNREADABLE = Text("파일을 열 수 없습니다: {reason}", "the file cannot be opened: {reason}")
NO_DAYS = Text("날 파일(rundown/day-*.yaml)이 하나도 없습니다", "there is no day file (rundown/day-*.yaml)")
NO_LAYOUTS = Text("화면 구성 파일(layouts/*.yaml)이 하나도 없습니다", "there is no layout file (layouts/*.yaml)")
NOT_READ = Text("이 파일은 읽지 않습니다", "this file is not read")
NOT_READ_HINT = Text(
    "이름을 event.yaml, people-….yaml, day-….yaml로 하세요", "names are event.yaml, people-….yaml, day-….yaml"
)
YML_HINT = Text("이름의 끝을 .yaml로 바꾸세요", "rename it to .yaml")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the files hold, also where they have errors."""

    days: int = 0
    sessions: int = 0
    cues: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """An event folder. ``event`` and ``studio`` are None if there is any error: nothing is half loaded."""

    event: Event | None
    studio: Studio | None
    problems: tuple[Problem, ...]
    counts: Counts = Counts()
    places: Mapping[CueId, Place] = field(default_factory=dict)
    """Where each cue stands in the files."""
    files: Snapshot = field(default_factory=dict)
    """The files as they were just before they were read: what is saved meanwhile counts as a change."""

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def load(folder: Path, instead: Mapping[str, bytes] | None = None) -> Loaded:
    """Reads and checks every file of the event in ``folder``. Never raises for what is in the files.

    ``instead``: what some files, by their names from the folder, are taken to hold.
    """
    with no_garbage_collection():
        before = snapshot(folder)
        return replace(_load(folder, instead or {}), files=before)


def _load(folder: Path, instead: Mapping[str, bytes]) -> Loaded:
    problems: list[Problem] = []
    if not is_folder(folder):
        Reader(EVENT, problems).error_at(Place(EVENT), "no-folder", NO_FOLDER, NO_FOLDER_HINT, folder=folder)
        return Loaded(None, None, tuple(problems))
    known = Known()
    seen = Seen()
    people: dict[PersonId, Person] = {}

    def read(file: str) -> tuple[Node | None, Reader]:
        reader = Reader(file, problems, people)
        data = instead.get(file)
        return (_read(folder / file, reader) if data is None else parse(data, reader)), reader

    studio = read_studio(*read(STUDIO), folder, known)
    layouts: dict[LayoutId, Layout] = {}
    layout_files = files(folder, "layouts", is_layouts)
    for file in layout_files:
        read_layouts(*read(file), known, layouts)
    if not layout_files:
        Reader(STUDIO, problems).error_at(Place(STUDIO), "no-layouts", NO_LAYOUTS)
        known.layouts.whole = False
    if studio is not None:
        studio.check_layouts(Reader(STUDIO, problems), known)
        check_holding(studio, Reader(STUDIO, problems), known)
    head = read_event(*read(EVENT))
    zone_name = (head.time_zone if head else None) or (studio.time_zone if studio else "UTC")
    person_places: dict[str, Place] = {}
    for file in sorted({PEOPLE, *files(folder, "rundown", is_people)}):
        read_people(*read(file), folder, known, zone_name, people, person_places)
    zone = ZoneInfo(zone_name)
    parts: list[DayParts] = []
    day_files = files(folder, "rundown", is_day)
    for file in day_files:
        part = read_day(*read(file), known, zone, seen)
        check_times(part, zone)
        parts.append(part)
    if not day_files:
        Reader(EVENT, problems).error_at(Place(EVENT), "no-days", NO_DAYS)
    _strangers(folder, problems)

    problems = _each_once(problems)
    problems.sort(key=lambda problem: (problem.place.file, problem.place.line, problem.place.column))
    counts = Counts(len(day_files), seen.sessions, len(seen.cues), len(known.people.entries))
    places = {CueId(name): reader.place(node) for name, (reader, node) in seen.cues.items()}
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    if broken or studio is None or head is None:
        return Loaded(None, None, tuple(problems), counts, places)
    days = sorted((part.day for part in parts if part.day is not None), key=lambda day: day.date)
    event = Event(head.id, head.title, zone_name, people, tuple(days))
    return Loaded(event, studio.studio(layouts), tuple(problems), counts, places)


def _each_once(problems: list[Problem]) -> list[Problem]:
    """What is wrong in a cue that is repeated is so in every round, at one place."""
    return list({(problem.place, problem.code, problem.show("en")): problem for problem in reversed(problems)}.values())


def _read(path: Path, reader: Reader) -> Node | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        reader.error_at(Place(reader.file), "file-missing", MISSING)
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        reader.error_at(Place(reader.file), "file-unreadable", UNREADABLE, reason=reason)
        return None
    return parse(data, reader)


def _strangers(folder: Path, problems: list[Problem]) -> None:
    """Warns of files that look as if they were meant to be read."""
    for part in PARTS:
        for name in names(folder / part):
            reader = Reader(f"{part}/{name}", problems)
            if name.endswith(".yml"):
                problems.append(Problem(Place(reader.file), "not-read", Severity.WARNING, NOT_READ, YML_HINT))
            elif part == "rundown" and name.endswith(".yaml"):
                if is_event_file(part, name):
                    continue
                hint, values = suggestion(name, ["event.yaml", "people.yaml", "day-1.yaml"])
                known = hint if "meant" in values else NOT_READ_HINT
                problem = Problem(Place(reader.file), "not-read", Severity.WARNING, NOT_READ, known, values)
                problems.append(problem)

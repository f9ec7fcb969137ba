"""A first start for the window: a service written by hand that answers what the test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from studio_console.core.first_start import (
    DayChoice,
    EventLook,
    NewEvent,
    ObsAnswer,
    ObsTest,
    PasswordPlace,
    Passwords,
    Recent,
    SurfaceChoice,
)
from studio_console.core.problems import Place, Problem, Severity, UserError
from studio_console.core.studio import Size
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId

SUMMIT = Text("코로나19 대응 도시정부 온라인 글로벌 서밋 2020", "Cities Against COVID-19 Global Summit 2020")
TITLES = (
    Text("첫날: 프리서밋", "Day 1: Pre-summit"),
    Text("둘째 날: 도시정부 시장 회의", "Day 2: Mayors' Meeting"),
    Text("셋째 날: 기후·방역·교육·공유", "Day 3: Climate, Quarantine, Education, Sharing"),
    Text("넷째 날: 대담, 시민 참여, 혁신 기업, 문화", "Day 4: Talk, Citizens, Innovators, Culture"),
    Text("다섯째 날: 스마트시티, 폐막 대담, 스포츠", "Day 5: Smart City, Closing Talk, Sports"),
)
SURFACES = (
    ("program", Text("송출", "Programme"), 4455),
    ("wall", Text("LED 월", "LED wall"), 4456),
    ("ko", Text("한국어", "Korean"), 4457),
    ("en", Text("영어", "English"), 4458),
)
BAD = (
    Problem(
        Place("rundown/day-2.yaml", 118, 17),
        "unknown-person",
        Severity.ERROR,
        Text("‘{name}’이라는 사람이 없습니다", "there is no person ‘{name}’"),
        Text("‘london’을 뜻했습니까?", "did you mean ‘london’?"),
        {"name": "londno"},
    ),
    Problem(
        Place("rundown/day-2.yaml", 203, 5),
        "duration",
        Severity.ERROR,
        Text("길이 ‘5’의 단위가 없습니다", "the duration ‘5’ has no unit"),
        Text("5s(초) 또는 5m(분)으로 적으세요", "write 5s for seconds or 5m for minutes"),
    ),
    Problem(
        Place("layouts/studio.yaml", 40, 9),
        "file-missing",
        Severity.WARNING,
        Text("assets/clips/opening.mp4 파일이 없습니다", "the file assets/clips/opening.mp4 is not there"),
    ),
)


def surface_choices(count: int = 2) -> tuple[SurfaceChoice, ...]:
    return tuple(
        SurfaceChoice(
            SurfaceId(name),
            title,
            Size(1280, 720),
            f"ws://127.0.0.1:{port}",
            f"STUDIO_OBS_PASSWORD_{name.upper()}",
        )
        for name, title, port in SURFACES[:count]
    )


def good_look(folder: str, surfaces: int = 2, days: int = 5) -> EventLook:
    """The summit, its second day the next one."""
    choices = tuple(DayChoice(f"day{place}", date(2020, 6, place), TITLES[place - 1]) for place in range(1, days + 1))
    return EventLook(folder, SUMMIT, choices, min(1, days - 1), surface_choices(surfaces))


@dataclass
class FakeTest:
    """Answers when it is told to; or ends, when it is cancelled."""

    answer: ObsAnswer | UserError | None
    ended: threading.Event = field(default_factory=threading.Event)
    cancelled: bool = False

    def run(self) -> ObsAnswer:
        if self.answer is None:
            self.ended.wait(30)
            return ObsAnswer(trouble=Text("그만둠", "cancelled"))
        if isinstance(self.answer, UserError):
            raise self.answer
        return self.answer

    def cancel(self) -> None:
        self.cancelled = True
        self.ended.set()


class FakeFirstStart:
    """Implements core.first_start.FirstStart; remembers what it was asked for."""

    def __init__(self, *recent: Recent) -> None:
        self.recents = list(recent)
        self.looks: dict[str, EventLook] = {}
        self.documents = "Documents"
        self.places: dict[SurfaceId, PasswordPlace] = {}
        self.keyring = True
        self.made: list[tuple[str, NewEvent]] = []
        self.refuses: UserError | None = None
        self.kept: dict[SurfaceId, str] = {}
        self.tests: list[FakeTest] = []
        self.tested: list[tuple[SurfaceChoice, str]] = []
        self.answer: ObsAnswer | UserError | None = ObsAnswer(
            version="29.0.2", canvas=Size(1280, 720), fps=30, collection="Untitled"
        )

    def recent(self) -> tuple[Recent, ...]:
        return tuple(self.recents)

    def forget(self, folder: str) -> tuple[Recent, ...]:
        self.recents = [entry for entry in self.recents if entry.folder != folder]
        return self.recent()

    def sample(self) -> str:
        self._maybe_refuse()
        return f"{self.documents}/Studio Console/Sample"

    def look(self, folder: str) -> EventLook:
        return self.looks.get(folder) or good_look(folder)

    def suggested_folder(self, title: Text) -> str:
        return f"{self.documents}/Studio Console/{title.ko}"

    def make(self, folder: str, new: NewEvent) -> str:
        self._maybe_refuse()
        self.made.append((folder, new))
        return folder

    def set_address(self, folder: str, surface: SurfaceId, address: str) -> EventLook:
        self._maybe_refuse()
        look = self.look(folder)
        surfaces = tuple(replace(each, address=address) if each.id == surface else each for each in look.surfaces)
        self.looks[folder] = replace(look, surfaces=surfaces)
        return self.looks[folder]

    def passwords(self, surfaces: tuple[SurfaceId, ...]) -> Passwords:
        return Passwords({name: self.places.get(name, PasswordPlace.NOWHERE) for name in surfaces}, self.keyring)

    def keep_password(self, surface: SurfaceId, password: str) -> Passwords:
        self._maybe_refuse()
        self.kept[surface] = password
        self.places[surface] = PasswordPlace.KEYRING
        return self.passwords((surface,))

    def test(self, surface: SurfaceChoice, password: str) -> ObsTest:
        self.tested.append((surface, password))
        self.tests.append(FakeTest(self.answer))
        return self.tests[-1]

    def _maybe_refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses


def choosing(folder: str | Path, asked: list[str] | None = None) -> Callable[..., str]:
    """A folder dialog in which somebody always chooses ``folder``."""

    def choose(_parent: object, title: str, _begin: str) -> str:
        if asked is not None:
            asked.append(title)
        return str(folder)

    return choose

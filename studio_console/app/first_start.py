"""What the first window can do, with the files, passwords and connections of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import platformdirs

from studio_console.app.addresses import with_addresses
from studio_console.app.days import choose_day
from studio_console.app.obs_greeting import ConnectionTest
from studio_console.app.passwords import keep_password, keyring_is_safe, password_place
from studio_console.app.recent import RecentEvents
from studio_console.app.sample import copy_sample
from studio_console.core.first_start import DayChoice, EventLook, NewEvent, ObsTest, Passwords, Recent, SurfaceChoice
from studio_console.core.obs_address import AddressFault, NotAnObsAddress, obs_address
from studio_console.core.problems import Problem, Severity, UserError
from studio_console.core.studio import Studio, password_variable, standby_id
from studio_console.core.text import Text, same
from studio_console.core.units import Instant, SurfaceId
from studio_console.files.folder import has_event, is_folder
from studio_console.files.load import load
from studio_console.files.new_event import check_free, write_event
from studio_console.files.obs_address_edit import write_obs_address
from studio_console.runtime.clocks import wall_ms

OWN_FOLDER = "Studio Console"
SAMPLE = "Sample"

ADDRESS_FORM = Text(
    "OBS 주소는 ws://호스트:포트 꼴입니다, 예: ws://192.168.0.20:4455",
    "An OBS address has the form ws://host:port, such as ws://192.168.0.20:4455",
)
ADDRESS_SECRET = Text(
    "비밀번호는 주소가 아니라 옆의 비밀번호 칸에 넣으세요", "The password goes into the field beside it, not here"
)
ADDRESS_TLS = Text("OBS는 wss를 쓰지 않습니다. ws://로 쓰세요", "OBS does not speak wss: write ws://")
STANDBY = Text("{surface} 대기", "{surface} standby")
NOT_GOOD_NOW = Text("행사 파일에 오류가 있습니다", "The event files have errors")


class StudioFirstStart:
    """Meets core.first_start.FirstStart."""

    def __init__(self, documents: Path | None = None, recent: RecentEvents | None = None) -> None:
        """``documents`` is where the user's own things go."""
        self._home = (documents if documents is not None else platformdirs.user_documents_path()) / OWN_FOLDER
        self._recent = recent if recent is not None else RecentEvents()

    def recent(self) -> tuple[Recent, ...]:
        return self._recent.read()

    def forget(self, folder: str) -> tuple[Recent, ...]:
        return self._recent.forget(folder)

    def sample(self) -> str:
        return str(copy_sample(self._home / SAMPLE))

    def look(self, folder: str) -> EventLook:
        path = Path(folder)
        loaded = load(path)
        if loaded.event is None or loaded.studio is None or not loaded.event.days:
            title = same(path.name or str(path))
            problems = _by_weight(loaded.problems)
            return EventLook(folder, title, problems=problems, is_event=has_event(path), is_empty=_is_empty(path))
        days = sorted(loaded.event.days, key=lambda day: day.date)
        today = days.index(choose_day(loaded.event, None, Instant(wall_ms())))
        return EventLook(
            folder,
            loaded.event.title,
            tuple(DayChoice(day.id, day.date, day.title) for day in days),
            today,
            _surfaces(loaded.studio),
            _by_weight(loaded.problems),
        )

    def suggested_folder(self, title: Text) -> str:
        name = folder_name(title)
        return str(next(path for path in _numbered(self._home / name) if not path.exists()))

    def make(self, folder: str, new: NewEvent) -> str:
        write_event(Path(folder), new)
        return folder

    def set_address(self, folder: str, surface: SurfaceId, address: str) -> EventLook:
        try:
            fresh = obs_address(address.strip())
        except NotAnObsAddress as error:
            raise UserError(_fault(error.fault)) from None
        studio = load(Path(folder)).studio
        if studio is None:
            raise UserError(NOT_GOOD_NOW)
        with_addresses(studio, [f"{surface}={fresh}"])
        paired = {standby_id(name): name for name in studio.surfaces}
        if surface in paired:
            write_obs_address(Path(folder), paired[surface], fresh, "standby")
        else:
            write_obs_address(Path(folder), surface, fresh)
        return self.look(folder)

    def passwords(self, surfaces: tuple[SurfaceId, ...]) -> Passwords:
        return Passwords({name: password_place(name) for name in surfaces}, keyring_is_safe())

    def keep_password(self, surface: SurfaceId, password: str) -> Passwords:
        keep_password(surface, password)
        return self.passwords((surface,))

    def test(self, surface: SurfaceChoice, password: str) -> ObsTest:
        try:
            return ConnectionTest(replace(surface, address=obs_address(surface.address.strip())), password)
        except NotAnObsAddress as error:
            raise UserError(_fault(error.fault)) from None


def folder_name(title: Text) -> str:
    """A name for a folder that every system takes, from the title in the language that it has."""
    words = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in title.ko or title.en)
    return " ".join(words.split())[:60].strip() or "Event"


def _numbered(path: Path) -> Iterator[Path]:
    """``path``, and then with a number behind its name."""
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.name} {number}")
        number += 1


def _is_empty(path: Path) -> bool:
    """Whether there is a folder that a new event could be made in."""
    try:
        check_free(path)
    except UserError:
        return False
    return is_folder(path)


def _surfaces(studio: Studio) -> tuple[SurfaceChoice, ...]:
    """Every OBS that the files name, a standby below the one that it stands by for."""
    found = []
    for surface in studio.surfaces.values():
        own = [(surface.id, surface.title, surface.obs_url)]
        if surface.standby_url is not None:
            own.append((standby_id(surface.id), STANDBY.filled(surface=surface.title), surface.standby_url))
        found += [SurfaceChoice(name, title, surface.canvas, url, password_variable(name)) for name, title, url in own]
    return tuple(found)


def _by_weight(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR))


def _fault(fault: AddressFault) -> Text:
    return {AddressFault.SECRET: ADDRESS_SECRET, AddressFault.ENCRYPTED: ADDRESS_TLS}.get(fault, ADDRESS_FORM)

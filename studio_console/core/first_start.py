"""The first steps of somebody who has no event open yet: what they can choose, and what they are told.

The window asks through ``FirstStart``; its methods may take their time, and the window calls them in a thread. Folders
are written as the system writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from studio_console.core.problems import Problem
from studio_console.core.studio import Size
from studio_console.core.text import Language, Text
from studio_console.core.units import SurfaceId


class Hall(StrEnum):
    """Which surfaces a new event has."""

    ONE = "one"
    """The programme, from one OBS: a laptop is enough."""
    TWO = "two"
    """The programme and an LED wall."""
    FOUR = "four"
    """The programme, an LED wall, and an OBS each for Korean and English with interpretation."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What a new event is made of."""

    title: Text
    dates: tuple[date, ...]
    """One day file each, in this order."""
    start: str
    """The published start of each day, ``HH:MM``."""
    time_zone: str
    hall: Hall


@dataclass(frozen=True, slots=True)
class Recent:
    """An event that was open before."""

    folder: str
    title: Text
    there: bool = True
    """Whether its folder still is."""


@dataclass(frozen=True, slots=True)
class DayChoice:
    id: str
    date: date
    title: Text


@dataclass(frozen=True, slots=True)
class SurfaceChoice:
    """A surface and where its OBS is."""

    id: SurfaceId
    title: Text
    canvas: Size
    address: str
    variable: str
    """The environment variable for its password."""


@dataclass(frozen=True, slots=True)
class EventLook:
    """What was found in a folder. Without ``days`` it cannot be opened, and ``problems`` says why."""

    folder: str
    title: Text
    days: tuple[DayChoice, ...] = ()
    today: int = 0
    """Which of ``days`` is the next one."""
    surfaces: tuple[SurfaceChoice, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_event: bool = True
    """False where there is no event at all, as in a folder of holiday pictures."""
    is_empty: bool = False
    """Whether a new event could be made right there."""

    @property
    def good(self) -> bool:
        return bool(self.days)


@dataclass(frozen=True, slots=True)
class ObsAnswer:
    """What a test of the connection brought. ``trouble`` says in words what is wrong and what to do."""

    trouble: Text | None = None
    version: str = ""
    studio_mode: bool = False
    canvas: Size | None = None
    fps: float = 0.0
    collection: str = ""
    doubts: tuple[Text, ...] = ()
    """The OBS answers, and yet this ought to be seen to before air."""


class PasswordPlace(StrEnum):
    """Where the console has the password of an OBS from."""

    NOWHERE = "nowhere"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Passwords:
    """Where passwords come from, and whether this system has a place to keep one."""

    places: Mapping[SurfaceId, PasswordPlace] = field(default_factory=dict)
    keyring: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be opened."""

    folder: str
    day: str
    rehearse: bool
    language: Language


class ObsTest(Protocol):
    """One test of a connection."""

    def run(self) -> ObsAnswer:
        """Takes some seconds at most. Changes nothing in OBS."""
        ...

    def cancel(self) -> None:
        """From any thread; ``run`` then returns soon."""
        ...


class FirstStart(Protocol):
    """What the first window needs. Everything raises UserError where it cannot be done."""

    def recent(self) -> tuple[Recent, ...]: ...

    def forget(self, folder: str) -> tuple[Recent, ...]:
        """Takes an event off the list of recent ones; nothing happens to its folder."""
        ...

    def sample(self) -> str:
        """The folder of the user's own copy of the sample, made now if there is none."""
        ...

    def look(self, folder: str) -> EventLook: ...

    def suggested_folder(self, title: Text) -> str:
        """Where a new event of that title would go: a folder that is not there yet."""
        ...

    def make(self, folder: str, new: NewEvent) -> str:
        """Writes a new event; the folder it is in. What is there already is never written over."""
        ...

    def set_address(self, folder: str, surface: SurfaceId, address: str) -> EventLook:
        """Writes where a surface's OBS is into ``studio.yaml``, and nothing else there."""
        ...

    def passwords(self, surfaces: tuple[SurfaceId, ...]) -> Passwords: ...

    def keep_password(self, surface: SurfaceId, password: str) -> Passwords:
        """Puts the password into the system's keyring."""
        ...

    def test(self, surface: SurfaceChoice, password: str) -> ObsTest:
        """A test that is not begun yet; with an empty ``password`` the one that the console has."""
        ...

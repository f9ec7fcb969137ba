"""What the core and the runtime need from outside, as interfaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NamedTuple, Protocol, TypeAlias

from studio_console.core.effects import (
    AlignStandby,
    ArrangeScene,
    EditOrder,
    LeaveStudioMode,
    PromoteStandby,
    Reconnect,
    SetSound,
    StartOutput,
    StopOutput,
    TakeScene,
    WriteText,
)
from studio_console.core.events import ShowEvent
from studio_console.core.hall import Decision, Visit, Visitor
from studio_console.core.previews import Wish
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PersonId, SurfaceId

Post: TypeAlias = Callable[[ShowEvent], None]
"""Hands an event to the engine; returns at once, from any thread."""


class Clock(Protocol):
    """Tells what time it is in the show: the real one, a scaled one in rehearsal, a set one in tests."""

    def now(self) -> Instant: ...

    def real_delay(self, until: Instant) -> float:
        """Real seconds until the clock shows ``until``; 0 or less if it has passed."""
        ...

    def stepped(self) -> Duration | None:
        """By how many ms the clock was set since the last call; None if it was not."""
        ...


class SurfaceDriver(Protocol):
    """One surface's OBS. No method waits: what comes of it is posted as events."""

    def start(self, post: Post) -> None: ...

    def take(self, effect: TakeScene) -> None: ...

    def set_sound(self, effect: SetSound) -> None: ...
    def arrange(self, effect: ArrangeScene) -> None: ...

    def write_text(self, effect: WriteText) -> None: ...

    def leave_studio_mode(self, effect: LeaveStudioMode) -> None: ...

    def reconnect(self, effect: Reconnect) -> None: ...

    def promote(self, effect: PromoteStandby) -> None:
        """May come before ``start``: the surface was promoted before the console was started again."""
        ...

    def align_standby(self, effect: AlignStandby) -> None: ...

    def start_output(self, effect: StartOutput) -> None: ...

    def stop_output(self, effect: StopOutput) -> None: ...

    def close(self) -> None:
        """Ends its threads and closes its connections; returns when they are gone, within 3 s."""
        ...


class FileEditor(Protocol):
    """Writes edits into the event files. What comes of it is posted as events."""

    def order(self, effect: EditOrder) -> None:
        """Returns at once; orders are carried out one after the other."""
        ...


class Picture(NamedTuple):
    """The newest picture of a guest, 4 bytes a px: blue, green, red, unused."""

    sequence: int
    """Another number means another picture."""
    key: int
    """The same for the same ``data``: what was wrapped around it can be kept."""
    width: int
    height: int
    stride: int
    data: memoryview


class Load(IntEnum):
    """What previews do without because the machine is full."""

    FULL = 0
    FEWER = 1
    """Fewer pictures a second."""
    KEYFRAMES = 2
    """Only keyframes."""


class Chime(Protocol):
    """A short tone that says: look here."""

    def ring(self) -> None:
        """Returns at once."""
        ...

    @property
    def not_heard(self) -> Text | None:
        """Why the last one was not heard; None if it was, or none was asked for."""
        ...


class Remembered(Protocol):
    """A word that a user chose, kept for the next time the console is started."""

    def read(self) -> str:
        """Empty where none was chosen."""
        ...

    def write(self, word: str) -> None: ...


class Previews(Protocol):
    """Live pictures of remote guests. No method waits; what comes of it is posted as ``GuestSeen``."""

    def start(self, post: Post) -> None: ...

    def show(self, wishes: Mapping[PersonId, Wish]) -> None:
        """From now on these guests and no others; what is the same as before goes on undisturbed."""
        ...

    def listen(self, guest: PersonId | None, device: str = "") -> None:
        """The sound of one guest on the headphones (PFL), or of none."""
        ...

    @property
    def not_heard(self) -> Text | None:
        """Why the one who is listened to is not on the headphones; None while all is well."""
        ...

    def picture(self, guest: PersonId) -> Picture | None:
        """The newest picture, also of a guest who is lost; None before the first. Valid until the next call for it."""
        ...

    def level(self, guest: PersonId) -> float | None:
        """The sound's peak in dBFS; None where it is not decoded."""
        ...

    @property
    def load(self) -> Load: ...

    def outputs(self) -> tuple[str, ...]:
        """Names of the sound devices that ``listen`` can play on."""
        ...

    def act(self, guest: PersonId, trick: str) -> None:
        """In rehearsal: the drawn guest freezes, blackens, falls silent, drops or comes back."""
        ...

    def close(self) -> None:
        """Ends every process and thread; returns when they are gone, within 3 s."""
        ...


class SurfacePictures(Protocol):
    """What the surfaces look like: the small pictures by which they are watched."""

    def surface_picture(self, surface: SurfaceId) -> Picture | None:
        """The newest picture, also of a surface that is lost; None before the first. Valid until the next call."""
        ...

    def surface_age(self, surface: SurfaceId) -> float | None:
        """Seconds since OBS last gave a picture of it, the same one or another; None before the first."""
        ...

    def look_closely(self, surfaces: frozenset[SurfaceId]) -> None:
        """From now on these are looked at: their pictures come ten times a second, all others as seldom as they may."""
        ...

    def input_picture(self, surface: SurfaceId, name: str) -> Picture | None:
        """Of the input of that name in the surface's OBS, on air or not: a few a second for as long as it is asked for.

        None before the first, and where OBS gives none any more. Valid until the next call for it.
        """
        ...


class FilePictures(Protocol):
    """The event's picture files and clips, as they will be seen."""

    def file_picture(self, file: str) -> Picture | None:
        """Of a file in the event's folder, small; of a clip where it begins.

        None until it is read, which asking begins, or if it cannot be.
        """
        ...


class ShowService(Protocol):
    """What a window talks to: the engine, on this machine or another one."""

    @property
    def clock(self) -> Clock: ...

    def post(self, event: ShowEvent) -> None:
        """Hands ``event`` over and returns at once."""
        ...

    def watch(self, on_show: Callable[[Show], None]) -> Callable[[], None]:
        """Calls ``on_show`` with the show as it is and after every change, from the engine's thread.

        Returns the function that ends it.
        """
        ...


class HallLedger(Protocol):
    """Who is in the hall. Personal data: it is kept apart from the show, in one place, and deleted in time.

    No method waits; what is told is told from the ledger's thread.
    """

    @property
    def day(self) -> str:
        """Whose entries count."""
        ...

    def enter(self, visitor: Visitor, by: str, told: Callable[[Decision], None], allowed_by: str = "") -> None:
        """Enters ``visitor`` if nothing speaks against it, or if somebody, ``allowed_by``, allows it all the same.

        ``by`` is the post that keeps the door; it is what the show hears, names are not.
        """
        ...

    def correct(
        self, visit: str, visitor: Visitor, by: str, told: Callable[[Decision], None], allowed_by: str = ""
    ) -> None:
        """What was entered as ``visit`` was ``visitor``. It is written whatever speaks against it; see ``Decision``."""
        ...

    def leave(self, visit: str, told: Callable[[Text | None], None]) -> None:
        """They went; tells why that could not be written, None if it was."""
        ...

    def take_back(self, visit: str, by: str, told: Callable[[Text | None], None]) -> None:
        """They did not go: their entry goes on; tells why that could not be written, None if it was."""
        ...

    def watch(self, on_visits: Callable[[tuple[Visit, ...]], None]) -> Callable[[], None]:
        """Calls ``on_visits`` with all entries that are kept, now and after every change; returns what ends it."""
        ...

    def export(self, told: Callable[[Text], None]) -> None:
        """Writes all entries to a CSV file for the health office; tells where, or why not."""
        ...

"""The hall: its surfaces, inputs and layouts, as the files in ``layouts/`` describe them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.change import replace
from studio_console.core.hall import HallRules
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, Decibels, Duration, InputId, LayoutId, SurfaceId


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in px."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a canvas in px, origin top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cabinets:
    """What an LED wall is put together from: so many cabinets beside and above one another.

    ``size`` is one cabinet in px of the wall's canvas; ``pitch`` is from one light to the next, in mm.
    """

    columns: int
    rows: int
    size: Size
    pitch: float | None = None

    @property
    def canvas(self) -> Size:
        """The px of the whole wall."""
        return Size(self.columns * self.size.width, self.rows * self.size.height)


class Role(StrEnum):
    """What a surface is for: the clean programme, the hall's LED wall, or the programme in one language."""

    PROGRAM = "program"
    WALL = "wall"
    LANGUAGE = "language"
    """A thin OBS: the clean picture with captions and the interpreter's sound of its language."""


@dataclass(frozen=True, slots=True)
class Surface:
    """One picture that an OBS makes. Two surfaces may share one OBS; the second then is a scene for a projector."""

    id: SurfaceId
    title: Text
    role: Role
    canvas: Size
    fps: int
    obs_url: str
    """``ws://host:port``; never with a password in it."""
    carries: tuple[str, ...] = ()
    """Ids of the destinations that this surface supplies, and of the lines of sound that it mixes."""
    _: KW_ONLY
    standby_url: str | None = None
    """The OBS that mirrors it and can be promoted to take its place; ``ws://host:port``."""
    language: str = ""
    """What its viewers speak; empty where its destinations say it."""
    layout: LayoutId | None = None
    """For every cue that names none for it."""
    cabinets: Cabinets | None = None
    holding: LayoutId | None = None
    """The layout that is brought alone, by one key, when something has gone wrong."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A camera or capture card of this machine. ``device`` is the name or path the system gives it."""

    device: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A network stream: SRT, RTMP, RTSP, HTTP, UDP."""

    url: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A video file, relative to the event folder."""

    file: str
    loop: bool = False


@dataclass(frozen=True, slots=True)
class Still:
    """A picture file, relative to the event folder."""

    file: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text drawn by OBS. ``size`` is the height of the letters in px, ``colour`` ``#rrggbb``.

    ``live``: a list that the console writes anew while the show runs. Its lines stay as they are, its left edge stays
    where it is, and provisioning leaves alone what is written there.
    """

    text: str
    size: int = 48
    colour: str = "#ffffff"
    live: bool = False


@dataclass(frozen=True, slots=True)
class Colour:
    """A plain surface of one colour, ``#rrggbb``."""

    colour: str


@dataclass(frozen=True, slots=True)
class MadeInObs:
    """What somebody makes in OBS by hand: an NDI source, a browser link, a plug-in's capture, a scene.

    ``name`` is what it is called there. The console puts it into its scenes, and never makes or changes it.
    """

    name: str


@dataclass(frozen=True, slots=True)
class LiveWords:
    """A text drawn by OBS whose words come with each take. ``size`` is the height of the letters in px."""

    size: int = 48
    colour: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A sound card's line of this machine, by the name the system gives it."""

    device: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing to be heard, in the place of a line that is not there: its level and mute can be set all the same."""


Makeable: TypeAlias = Capture | Feed | Clip | Still | Words | LiveWords | Colour | SoundDevice | Silence
"""What the console makes in OBS itself."""
Source: TypeAlias = Makeable | MadeInObs


@dataclass(frozen=True, slots=True)
class Input:
    """A thing that can be seen or heard, by the name the rundown uses for it."""

    id: InputId
    title: Text
    source: Source
    audible: bool = False
    """Whether its sound belongs in the mix while it is seen."""

    @property
    def in_obs(self) -> str:
        """Its name in OBS."""
        return self.source.name if isinstance(self.source, MadeInObs) else self.id


@dataclass(frozen=True, slots=True)
class AudioFeed:
    """A line of sound, such as the floor or a booth. It has a ``device``, or comes with the picture of ``input``."""

    id: str
    title: Text
    device: str = ""
    language: str = ""
    """What is spoken on it; empty for the floor, which carries whatever is spoken there."""
    input: InputId | None = None


class OutputKind(StrEnum):
    """How a surface's picture gets to a destination. An OBS has one stream and one recording."""

    STREAM = "stream"
    RECORDING = "recording"
    LINE = "line"
    """SDI, a satellite's uplink, a cable: it shows what the surface shows, and nothing here starts or stops it."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a surface's picture goes: a stream, a satellite line, a recording. Keys and passwords stay in OBS."""

    id: str
    title: Text
    language: str = ""
    output: OutputKind = OutputKind.STREAM


PLATE_SHARE = 0.14
"""Height of a name plate in a grid, of the height of its cell."""
LETTER_SHARE = 0.7
"""Height of the letters of such a plate, of its height."""


class Fit(StrEnum):
    """How a source fills its slot: whole inside it, filling it with the rest cut off, or stretched."""

    CONTAIN = "contain"
    COVER = "cover"
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class ShowsInput:
    """Always the same input, whatever the cue."""

    input: InputId


@dataclass(frozen=True, slots=True)
class ShowsSpeaker:
    """The picture of the cue's speaker number ``index`` (from 0)."""

    index: int


@dataclass(frozen=True, slots=True)
class ShowsPlate:
    """The name plate of the cue's speaker number ``index`` (from 0): role and city in both languages."""

    index: int
    size: int = 36


@dataclass(frozen=True, slots=True)
class ShowsClip:
    """The cue's clip."""


@dataclass(frozen=True, slots=True)
class ShowsCaption:
    """The cue's caption in one language, or its title where the cue has no caption of its own."""

    language: str
    size: int = 44


@dataclass(frozen=True, slots=True)
class ShowsLiveCaption:
    """The same words as ``ShowsCaption``, in one text whose words are set with the take.

    One text does for all cues, and a scene for all of them: a text of its own for each takes OBS some ten MB.
    """

    language: str
    size: int = 44


@dataclass(frozen=True, slots=True)
class ShowsSpeakers:
    """As many cells as the cue has speakers from number ``first`` (from 0) on: see ``grid``.

    ``gap`` in px of the layout's canvas; ``size`` of the letters of the plates, which follow the cells if None.
    """

    first: int = 0
    gap: float = 0.0
    plates: bool = False
    size: int | None = None


@dataclass(frozen=True, slots=True)
class ShowsRollCall:
    """The list of a cue's roll call with its marks, in ``columns`` columns."""

    columns: int = 1
    size: int = 40


Shows: TypeAlias = (
    ShowsInput | ShowsSpeaker | ShowsPlate | ShowsClip | ShowsCaption | ShowsLiveCaption | ShowsSpeakers | ShowsRollCall
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on a layout's canvas and what is seen there; later slots lie on top of earlier ones."""

    name: str
    rect: Rect
    shows: Shows
    fit: Fit = Fit.COVER


@dataclass(frozen=True, slots=True)
class Layout:
    """A named arrangement of slots for surfaces of one role. Rectangles are in px of ``canvas``."""

    id: LayoutId
    title: Text
    role: Role
    canvas: Size
    slots: tuple[Slot, ...]
    still: bool = False
    """It is meant to stand still, though cameras or feeds are in it: slides from a computer, a chart."""


@dataclass(frozen=True, slots=True)
class GuestRules:
    """When a remote guest's picture counts as wrong; all in ms."""

    lead: Duration = Duration(5 * MINUTE)
    """So long before their cue a guest has to be live."""
    frozen_after: Duration = Duration(1_200)
    black_after: Duration = Duration(1_500)
    silent_after: Duration = Duration(10_000)
    caching: Duration = Duration(300)
    """How much of a stream is held back against the network's unevenness."""


@dataclass(frozen=True, slots=True)
class InterpretationRules:
    duck: Decibels = Decibels(18)
    """By how many dB the floor is lowered under an interpreter."""
    handover: Duration = Duration(30 * MINUTE)
    """How long one interpreter speaks before the desk reminds of the change, in ms."""


@dataclass(frozen=True, slots=True)
class OutputRules:
    """When a stream or recording is not well. Shares are 0 to 1."""

    bitrate_low: int = 500
    """kbit/s that a live stream is not to fall below."""
    dropped: float = 0.01
    """The share of a stream's frames that the network did not take."""
    skipped: float = 0.01
    """The share of frames that the encoder left out."""
    lag: float = 0.01
    """The share of frames that OBS drew too late."""
    congestion: float = 0.5
    disk: Duration = Duration(30 * MINUTE)
    """The recording has room for at least so many ms more."""
    deadline: Duration = Duration(10_000)
    """So many ms OBS may take to say that a stream or recording has started, or stopped."""


@dataclass(frozen=True, slots=True)
class DeadAirRules:
    """After how many ms a surface's picture or sound is dead air."""

    black: Duration = Duration(3_000)
    frozen: Duration = Duration(10_000)
    silent: Duration = Duration(15_000)


PREPARED = (
    Text("마무리해 주세요", "Please wrap up"),
    Text("1분 남았습니다", "One minute left"),
    Text("잠시 기다려 주세요", "Please wait a moment"),
    Text("시작해 주세요", "Please begin"),
    Text("조금 천천히 말씀해 주세요", "A little slower, please"),
    Text("마이크를 켜 주세요", "Please unmute"),
    Text("카메라를 봐 주세요", "Please look at the camera"),
    Text("질문을 받아 주세요", "Please take a question"),
    Text("시간이 다 됐습니다", "Time is up"),
)
"""Messages to speakers where the studio has none of its own."""


@dataclass(frozen=True, slots=True)
class TimerRules:
    """The speaker's timer: so many ms are left when it warns, where a cue does not say, and what is sent by one key."""

    warning: Duration = Duration(60_000)
    danger: Duration = Duration(30_000)
    messages: tuple[Text, ...] = PREPARED


@dataclass(frozen=True, slots=True)
class Studio:
    """The hall. ``limit`` is how many people may be in it at once, ``capacity`` how many it holds otherwise."""

    title: Text
    time_zone: str
    capacity: int
    limit: int
    surfaces: Mapping[SurfaceId, Surface]
    inputs: Mapping[InputId, Input]
    layouts: Mapping[LayoutId, Layout]
    hall_input: InputId | None = None
    """The camera that shows a speaker in the hall whose entry names none."""
    audio: Mapping[str, AudioFeed] = field(default_factory=dict)
    destinations: Mapping[str, Destination] = field(default_factory=dict)
    go_guard: Duration = Duration(500)
    """The least time between two GO presses, in ms."""
    take_deadline: Duration = Duration(2_000)
    """How long after GO a surface may take to confirm before the alarm, in ms."""
    guests: GuestRules = GuestRules()
    outputs: OutputRules = OutputRules()
    dead_air: DeadAirRules = DeadAirRules()
    interpretation: InterpretationRules = InterpretationRules()
    timer: TimerRules = TimerRules()
    hall: HallRules = HallRules()


def standby_id(surface: SurfaceId) -> SurfaceId:
    """The name by which the surface's standby OBS is given an address and a password."""
    return SurfaceId(f"{surface}-standby")


def standby_studio(studio: Studio) -> Studio:
    """The surfaces that have a standby, with the standby's address as theirs: what is to be built there."""
    paired = {
        name: replace(surface, obs_url=surface.standby_url, standby_url=None)
        for name, surface in studio.surfaces.items()
        if surface.standby_url is not None
    }
    return replace(studio, surfaces=paired)


def password_variable(surface: SurfaceId) -> str:
    """The environment variable with the password of a surface's OBS: led-wall → STUDIO_OBS_PASSWORD_LED_WALL."""
    return "STUDIO_OBS_PASSWORD_" + "".join(sign if sign.isalnum() else "_" for sign in surface.upper())

"""The rundown (큐시트): the event, its people, and each day's sessions and cues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from studio_console.core.text import Text
from studio_console.core.units import (
    CueId,
    DayId,
    Duration,
    InputId,
    Instant,
    LayoutId,
    PersonId,
    SessionId,
    SurfaceId,
)


@dataclass(frozen=True, slots=True)
class StreamPreview:
    """A network stream: SRT, UDP, RTMP, HTTP, TCP, RTSP, HLS."""

    url: str


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A video file, relative to the event folder, played round and round."""

    file: str


@dataclass(frozen=True, slots=True)
class DevicePreview:
    """A camera or capture card of this machine, by the name or path the system gives it."""

    device: str


@dataclass(frozen=True, slots=True)
class ObsPreview:
    """Small pictures of an input in OBS: for guests on NDI or a browser link, and for what OBS alone can open."""

    input: InputId
    surface: SurfaceId | None = None
    """The surface whose OBS has it; the first one that answers if None."""
    name: str = ""
    """What the input is called in OBS, where that is not its id."""

    @property
    def in_obs(self) -> str:
        """The name by which OBS is asked for it."""
        return self.name or self.input


@dataclass(frozen=True, slots=True)
class PicturePreview:
    """A picture file, relative to the event folder: a guest of whom there is no moving picture."""

    file: str


Preview: TypeAlias = StreamPreview | FilePreview | DevicePreview | ObsPreview | PicturePreview
"""Where the desk gets a guest's picture from."""


class Where(StrEnum):
    HALL = "hall"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Person:
    """A participant, by role and city. ``input`` shows them; a hall speaker without one is seen by the hall camera."""

    id: PersonId
    role: Text
    city: Text
    time_zone: str
    where: Where
    input: InputId | None = None
    language: str = ""
    assumed: bool = False
    preview: Preview | None = None
    """Where the desk sees them, if not by their input."""

    @property
    def label(self) -> Text:
        """Role and city as on a name plate."""
        return Text(ko=f"{self.city.ko} {self.role.ko}", en=f"{self.role.en}, {self.city.en}")


class Kind(StrEnum):
    """What sort of item a cue is."""

    SPEECH = "speech"
    REMOTE_SPEECH = "remote speech"
    PANEL = "panel"
    TALK = "talk"
    CLIP = "clip"
    PITCH = "pitch"
    QUESTIONS = "questions"
    CEREMONY = "ceremony"
    TITLE = "title"
    PHOTO = "photo"
    CHANGEOVER = "changeover"
    BREAK = "break"
    FREE = "free"


KIND_NAMES = {
    Kind.SPEECH: Text("연설", "speech"),
    Kind.REMOTE_SPEECH: Text("원격 연설", "remote speech"),
    Kind.PANEL: Text("패널 토론", "panel"),
    Kind.TALK: Text("대담", "talk"),
    Kind.CLIP: Text("영상", "clip"),
    Kind.PITCH: Text("피치", "pitch"),
    Kind.QUESTIONS: Text("질의응답", "questions"),
    Kind.CEREMONY: Text("의식", "ceremony"),
    Kind.TITLE: Text("타이틀", "title"),
    Kind.PHOTO: Text("사진 촬영", "photo"),
    Kind.CHANGEOVER: Text("무대 전환", "changeover"),
    Kind.BREAK: Text("휴식", "break"),
    Kind.FREE: Text("자유 순서", "free"),
}


class TransitionKind(StrEnum):
    """The transitions that every OBS has."""

    CUT = "cut"
    FADE = "fade"
    SWIPE = "swipe"
    SLIDE = "slide"
    FADE_TO_COLOUR = "fade to colour"
    LUMA_WIPE = "luma wipe"


TRANSITION_NAMES = {
    TransitionKind.CUT: Text("컷", "cut"),
    TransitionKind.FADE: Text("페이드", "fade"),
    TransitionKind.SWIPE: Text("스와이프", "swipe"),
    TransitionKind.SLIDE: Text("슬라이드", "slide"),
    TransitionKind.FADE_TO_COLOUR: Text("색 페이드", "fade to colour"),
    TransitionKind.LUMA_WIPE: Text("루마 와이프", "luma wipe"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    kind: TransitionKind = TransitionKind.CUT
    duration: Duration = Duration(0)


class AtEnd(StrEnum):
    """What follows when the clip of a cue has run out."""

    FREEZE = "freeze"
    """Its last picture stays until somebody presses GO."""
    NEXT = "next"
    """The show takes the next cue by itself."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much time is left, in ms, when a countdown turns to warning and to danger."""

    warning: Duration = Duration(60_000)
    danger: Duration = Duration(30_000)


@dataclass(frozen=True, slots=True)
class Notes:
    """What each department is told about a cue."""

    camera: str = ""
    sound: str = ""
    light: str = ""
    caption: str = ""
    interpretation: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One item of the rundown.

    ``start`` is set only where the start is fixed (hard). ``duration`` is None for an open end. A cue that counts
    to its end has ``end``; its duration follows from when it starts.
    """

    id: CueId
    number: str
    title: Text
    kind: Kind
    start: Instant | None = None
    duration: Duration | None = None
    end: Instant | None = None
    speakers: tuple[PersonId, ...] = ()
    layouts: Mapping[SurfaceId, LayoutId] = field(default_factory=dict)
    transition: Transition = Transition()
    floor: str = ""
    """Language spoken on the floor: ko, en, or another two-letter code."""
    captions: Text | None = None
    clip: InputId | None = None
    needs: tuple[str, ...] = ()
    """Who must be ready: ids of people, or names of posts such as ``interpretation``."""
    timer: Thresholds = Thresholds()
    notes: Notes = Notes()
    colour: str = ""
    skip: bool = False
    assumed: tuple[str, ...] = ()
    """Names of the fields that are assumed and not known from the programme."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Free columns, kept as they are."""
    two_step: bool = False
    """It cannot be taken back, such as a declaration: GO takes it only where it was armed just before."""
    at_end: AtEnd = AtEnd.FREEZE
    out_cue: Text | None = None
    """The last words or the last picture of its clip, to know that its end is near."""
    bells: tuple[Duration, ...] = ()
    """So much time is left, in ms, when the desk rings; negative ones in overtime."""
    roll_call: tuple[PersonId, ...] = ()
    """Who is called one by one and marked as present and as having agreed."""
    call: Instant | None = None
    """When its speakers are called (콜타임), where that is not so long before as everybody's."""


@dataclass(frozen=True, slots=True)
class Session:
    """A part of the day. ``start`` is its published start, ``end`` its hard end if it has one."""

    id: SessionId
    title: Text
    cues: tuple[Cue, ...]
    start: Instant | None = None
    end: Instant | None = None
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the event. ``date`` is the calendar day in the hall's zone on which it begins."""

    id: DayId
    date: date
    title: Text
    sessions: tuple[Session, ...]

    @property
    def cues(self) -> tuple[Cue, ...]:
        """All cues in running order."""
        return tuple(cue for session in self.sessions for cue in session.cues)


@dataclass(frozen=True, slots=True)
class Event:
    """The whole event, as read from the event folder."""

    id: str
    title: Text
    time_zone: str
    people: Mapping[PersonId, Person]
    days: tuple[Day, ...]

    def day(self, wanted: DayId) -> Day | None:
        return next((day for day in self.days if day.id == wanted), None)

"""What one file names and another refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from studio_console.core.problems import Place
from studio_console.core.rundown import Thresholds
from studio_console.core.studio import Layout, Role, Surface
from studio_console.core.text import Text
from studio_console.core.written import shorten
from studio_console.files.reader import Reader, suggestion
from studio_console.files.tree import Node

T = TypeVar("T")


@dataclass(slots=True)
class Names(Generic[T]):
    """Everything of one kind that has a name. ``whole`` is False where some of them could not be read."""

    entries: dict[str, T] = field(default_factory=dict)
    whole: bool = True

    def refer(self, word: object, node: Node, reader: Reader, code: str, message: Text) -> T | None:
        """What ``word`` names. Unknown words are errors, unless it may be among what could not be read."""
        if not isinstance(word, str):
            return None  # it could not be read, which has been said
        found = self.entries.get(word)
        if found is None and self.whole:
            hint, values = suggestion(word, list(self.entries))
            reader.error(node, code, message, hint, text=shorten(word), **values)
        return found


@dataclass(frozen=True, slots=True)
class InputFacts:
    """What others need to know about an input: which of its kinds it is, if that could be read."""

    kind: str
    loops: bool = False


@dataclass(frozen=True, slots=True)
class LayoutFacts:
    role: Role | None
    speakers: int
    """How many speakers it has places for."""
    clip: bool
    whole: bool
    roll_call: bool = False
    filling: Layout | None = None
    """The layout itself, where it has a grid whose cells follow from a cue's speakers."""


@dataclass(frozen=True, slots=True)
class SurfaceFacts:
    role: Role | None
    wall: Surface | None = None
    """The surface itself, where it is a wall of which the cabinets are known."""


@dataclass(slots=True)
class Known:
    """All names of the event folder."""

    surfaces: Names[SurfaceFacts] = field(default_factory=Names)
    inputs: Names[InputFacts] = field(default_factory=Names)
    layouts: Names[LayoutFacts] = field(default_factory=Names)
    people: Names[str] = field(default_factory=Names)
    layout_places: dict[str, Place] = field(default_factory=dict)
    timer: Thresholds = Thresholds()
    """For the cues that do not say when their countdown warns."""


NO_LAYOUT = Text("‘{text}’이라는 화면 구성이 없습니다", "there is no layout ‘{text}’")
NO_INPUT = Text("‘{text}’이라는 입력이 없습니다", "there is no input ‘{text}’")

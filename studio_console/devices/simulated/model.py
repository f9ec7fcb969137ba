"""What an OBS holds in memory: collections of scenes, their items, inputs, filters and transitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studio_console.devices.simulated.kinds import InputKind, TransitionKind
from studio_console.devices.simulated.protocol import Data


@dataclass(slots=True)
class Filter:
    name: str
    kind: str
    settings: Data
    enabled: bool = True


@dataclass(slots=True, eq=False)
class Source:
    """What can stand in a scene. Scenes and inputs share one name space."""

    name: str
    filters: list[Filter] = field(default_factory=list)
    private: Data = field(default_factory=dict)
    removed: bool = False
    """Removed but still held by a scene that was not rendered since; its name stays taken, as in OBS."""


@dataclass(frozen=True, slots=True)
class Transform:
    """Where an item lies on the canvas; pixels, degrees, alignment bits left 1, right 2, top 4, bottom 8."""

    position_x: float = 0.0
    position_y: float = 0.0
    rotation: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    alignment: int = 5
    bounds_type: str = "OBS_BOUNDS_NONE"
    bounds_alignment: int = 0
    bounds_width: float = 0.0
    bounds_height: float = 0.0
    crop_left: int = 0
    crop_right: int = 0
    crop_top: int = 0
    crop_bottom: int = 0


@dataclass(slots=True, eq=False)
class Item:
    """A source in a scene. ``id`` is unique in its scene only."""

    id: int
    source: Source
    enabled: bool = True
    locked: bool = False
    blend: str = "OBS_BLEND_NORMAL"
    transform: Transform = Transform()
    private: Data = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Scene(Source):
    items: list[Item] = field(default_factory=list)
    """From the bottom to the top."""
    next_id: int = 1
    override_name: str | None = None
    override_duration: int | None = None


@dataclass(slots=True)
class Audio:
    muted: bool = False
    volume: float = 1.0
    """A factor, not decibels."""
    balance: float = 0.5
    sync_offset: int = 0
    """Milliseconds."""
    monitor: str = "OBS_MONITORING_TYPE_NONE"
    tracks: dict[str, bool] = field(default_factory=lambda: {str(track): True for track in range(1, 7)})


@dataclass(slots=True, eq=False)
class Input(Source):
    kind: InputKind = field(kw_only=True)
    settings: Data = field(default_factory=dict)
    """Without the defaults of its kind."""
    audio: Audio = field(default_factory=Audio)

    def setting(self, name: str) -> object:
        """A setting, or its kind's default for it."""
        return self.settings.get(name, self.kind.defaults.get(name))


@dataclass(slots=True, eq=False)
class Transition:
    name: str
    kind: TransitionKind
    settings: Data = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Collection:
    """A scene collection. ``sources`` keeps the order in which they were made."""

    name: str
    transitions: list[Transition]
    transition: Transition
    sources: dict[str, Source] = field(default_factory=dict)
    duration: int = 300
    """Milliseconds, of transitions that have no length of their own."""
    program: str = ""
    """The scene that was on air when the collection was left."""

    def scenes(self) -> Iterator[Scene]:
        return (source for source in self.sources.values() if isinstance(source, Scene) and not source.removed)

    def inputs(self) -> Iterator[Input]:
        return (source for source in self.sources.values() if isinstance(source, Input))

    def all_scenes(self) -> Iterator[Scene]:
        """Scenes with those that are removed and not yet gone."""
        return (source for source in self.sources.values() if isinstance(source, Scene))

    def rename(self, source: Source, name: str) -> None:
        """Give ``source`` another name and leave it its place in the order."""
        self.sources = {name if held is source else key: held for key, held in self.sources.items()}
        source.name = name


def seen_from(scenes: list[Scene]) -> tuple[list[Scene], list[Input]]:
    """The scenes and inputs that are rendered when ``scenes`` are: through enabled items, nested scenes included."""
    found: dict[int, Source] = {}

    def visit(source: Source) -> None:
        if id(source) in found:
            return
        found[id(source)] = source
        if isinstance(source, Scene):
            for item in source.items:
                if item.enabled:
                    visit(item.source)

    for scene in scenes:
        visit(scene)
    reached = found.values()
    return (
        [source for source in reached if isinstance(source, Scene)],
        [source for source in reached if isinstance(source, Input)],
    )


def holds(scene: Scene, source: Source) -> bool:
    """Whether ``source`` is ``scene`` or stands in it at any depth, enabled or not."""
    return scene is source or any(
        item.source is source or (isinstance(item.source, Scene) and holds(item.source, source)) for item in scene.items
    )


def tidy(settings: Data) -> Data:
    """Settings as OBS's settings store keeps them: no nulls, and of arrays only the objects."""
    kept: Data = {}
    for key, value in settings.items():
        if isinstance(value, dict):
            kept[key] = tidy(value)
        elif isinstance(value, list):
            kept[key] = [tidy(entry) for entry in value if isinstance(entry, dict)]
        elif value is not None:
            kept[key] = value
    return kept


def overlaid(settings: Data, changes: Data) -> Data:
    """``settings`` with ``changes`` on top: objects are replaced whole, nulls change nothing."""
    return settings | tidy(changes)

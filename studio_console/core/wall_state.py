"""What lies over a wall's picture: an arrangement by hand, or the holding slide; and what the cues want below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio_console.core.change import replace
from studio_console.core.picture import live_scenes_of
from studio_console.core.show import Show, WallState, surface_of
from studio_console.core.units import PersonId, SceneName, SurfaceId


def wall_of(show: Show, surface: SurfaceId) -> WallState:
    return show.walls.get(surface) or WallState()


def put_wall(show: Show, surface: SurfaceId, wall: WallState) -> Show:
    return replace(show, walls={**show.walls, surface: wall})


def cue_scene(show: Show, surface: SurfaceId) -> SceneName | None:
    """What the cues want on ``surface``, whatever was put over it by hand."""
    wall = show.walls.get(surface)
    return wall.under if wall is not None and wall.covered else surface_of(show, surface).wanted


def uncovered(walls: Mapping[SurfaceId, WallState], surfaces: Iterable[SurfaceId]) -> Mapping[SurfaceId, WallState]:
    """A cue takes ``surfaces``: what lay over them is gone; what is armed for later stays armed."""
    return {**walls, **{name: WallState(armed=walls[name].armed) for name in surfaces if name in walls}}


def seen_on_wall(show: Show, surface: SurfaceId, scene: SceneName | None) -> Show:
    """OBS says what is on air: if that is what the wall alone was taken to, it is confirmed."""
    wall = show.walls.get(surface)
    if wall is None or wall.take is None or wall.take.scene != scene:
        return show
    return put_wall(show, surface, replace(wall, take=None))


def free_scene(show: Show, surface: SurfaceId) -> SceneName | None:
    """The scene to arrange in: one that is neither seen, nor wanted, nor what the holding slide lies on."""
    state, wall = surface_of(show, surface), wall_of(show, surface)
    taken = {state.seen, state.wanted, wall.live.scene if wall.live is not None else None}
    return next((scene for scene in live_scenes_of(surface) if scene not in taken), None)


def people_in(show: Show, surface: SurfaceId, scene: SceneName) -> frozenset[PersonId] | None:
    """Who is seen in a scene that is no cue's; None where that is not known."""
    if scene == show.rundown.holding.get(surface):
        return frozenset()
    wall = wall_of(show, surface)
    return next((made.people for made in (wall.live, wall.armed) if made is not None and made.scene == scene), None)

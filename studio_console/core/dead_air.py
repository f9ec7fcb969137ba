"""Dead air: a surface that is black, stands still or says nothing, though its cue means it to live.

Who watches the surfaces tells what has lasted too long (``eyes``); here it is said which of it is no intention. Slides
stand still, a break may be silent. Nothing here ever does anything but tell.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio_console.core.air_facts import Excuses, Fault
from studio_console.core.change import replace
from studio_console.core.picture import SurfacePlan
from studio_console.core.reports import AirSeen, Playback
from studio_console.core.rundown import Cue, Day, Kind
from studio_console.core.show import Show, SurfaceState, surface_of
from studio_console.core.signals import DARK_MEAN
from studio_console.core.studio import Capture, Clip, Colour, Feed, MadeInObs, Role, Source, Studio
from studio_console.core.units import Instant, SceneName, SurfaceId

STILL_KINDS = frozenset({Kind.TITLE, Kind.BREAK, Kind.CHANGEOVER})
SILENT_KINDS = frozenset({Kind.TITLE, Kind.BREAK, Kind.CHANGEOVER, Kind.PHOTO, Kind.FREE})


def excuses_of(plans: Mapping[SurfaceId, SurfacePlan], day: Day, studio: Studio) -> Excuses:
    """What follows from the pictures of a day alone. In rehearsal a stand-in stands still, and nobody wonders."""
    still: dict[SurfaceId, frozenset[SceneName]] = {}
    dark: dict[SurfaceId, frozenset[SceneName]] = {}
    calm = {layout.id for layout in studio.layouts.values() if layout.still}
    for surface, plan in plans.items():
        alive = {entry.name for entry in plan.inputs if isinstance(entry.source, Capture | Feed | Clip | MadeInObs)}
        black = {entry.name for entry in plan.inputs if _is_black(entry.source)}
        said = {plan.by_cue[cue.id] for cue in day.cues if cue.layouts.get(surface) in calm and cue.id in plan.by_cue}
        inside = {scene.name: {item.input for item in scene.items} for scene in plan.scenes}
        still[surface] = frozenset(scene for scene, names in inside.items() if scene in said or not names & alive)
        dark[surface] = frozenset(scene for scene, names in inside.items() if names <= black)
    mute = frozenset(
        name for name, plan in plans.items() if plan.surface.role is Role.WALL or plan.projector_scene is not None
    )
    composer = next((name for name, plan in plans.items() if plan.surface.role is Role.PROGRAM), None)
    thin = (name for name, plan in plans.items() if plan.surface.role is Role.LANGUAGE)
    passes_on = dict.fromkeys(thin, composer) if composer is not None else {}
    posed = (name for name, plan in plans.items() if not any(_is_live(entry.source) for entry in plan.inputs))
    return Excuses(still, dark, mute, passes_on, frozenset(posed))


def _is_live(source: Source) -> bool:
    return isinstance(source, Capture | Feed)


def _is_black(source: Source) -> bool:
    if not isinstance(source, Colour):
        return False
    red, green, blue = (int(source.colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue <= DARK_MEAN


def see_air(show: Show, event: AirSeen, now: Instant) -> Show:
    """A fault began or ended, as the one who watches found."""
    before = show.air.get(event.surface, {})
    after = {fault: since for fault, since in before.items() if fault is not event.fault}
    if event.on:
        after[event.fault] = Instant(now - event.ago)
    return replace(show, air={**show.air, event.surface: after})


def dead_air(show: Show, surface: SurfaceId, now: Instant) -> Mapping[Fault, Instant]:
    """The faults of ``surface`` that nobody means, each since when; nothing before a cue has put something on it.

    What was so before the cue on air began counts from there: a picture may look like that of the cue before.
    """
    seen, take = show.air.get(surface), show.current
    state = surface_of(show, surface)
    if not seen or take is None or not state.connected or state.wanted is None or surface in take.open_surfaces:
        return {}
    rules = show.rundown.dead_air
    least = {Fault.BLACK: rules.black, Fault.FROZEN: rules.frozen, Fault.SILENT: rules.silent}
    begun = {fault: Instant(max(since, take.started_at)) for fault, since in seen.items()}
    return {
        fault: since
        for fault, since in begun.items()
        if now - since >= least[fault] and not _is_meant(show, take.cue, surface, state, fault)
    }


def _is_meant(show: Show, cue: Cue, surface: SurfaceId, state: SurfaceState, fault: Fault) -> bool:
    excuses, scene = show.rundown.excuses, state.seen
    composer = excuses.passes_on.get(surface)
    if fault is not Fault.SILENT and composer is not None:
        of_composer = surface_of(show, composer)
        if _is_meant(show, cue, composer, of_composer, fault):
            return True
    match fault:
        case Fault.SILENT:
            return cue.kind in SILENT_KINDS or surface in excuses.mute
        case Fault.BLACK:
            return scene in excuses.dark.get(surface, ())
        case Fault.FROZEN:
            paused = show.clip is not None and show.clip.playback is Playback.PAUSED
            # Where somebody switched by hand, what that scene means to show is not known here.
            wall = show.walls.get(surface)
            posed = surface in excuses.posed and wall is not None and wall.live is not None and wall.live.scene == scene
            return (
                paused or state.differs or posed or cue.kind in STILL_KINDS or scene in excuses.still.get(surface, ())
            )

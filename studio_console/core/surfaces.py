"""What the surfaces report. Nothing here is ever answered with a command: a person decides what is done."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.clips import forget_clip
from studio_console.core.editing import Editing
from studio_console.core.effects import LeaveStudioMode, Reconnect
from studio_console.core.guests import without_signals
from studio_console.core.outputs import lose_outputs, restart_outputs
from studio_console.core.refusals import NOT_GIVEN_UP, STUDIO_MODE_IS_OFF, UNKNOWN_SURFACE, Outcome, refuse
from studio_console.core.reports import ScenesCompared, SceneSeen, Seen, SurfaceConnected, SurfaceLost
from studio_console.core.show import Show, SurfaceState, surface_of
from studio_console.core.sound import forget_sound
from studio_console.core.stage_marks import restarted
from studio_console.core.takes import NO_ANSWER, confirm, fail_surface, settle
from studio_console.core.units import Instant, SurfaceId
from studio_console.core.wall_state import seen_on_wall, wall_of
from studio_console.core.walls import forget_armed, lose_wall


def put_surface(show: Show, surface: SurfaceId, state: SurfaceState) -> Show:
    return replace(show, surfaces={**show.surfaces, surface: state})


def connect(show: Show, event: SurfaceConnected, now: Instant) -> Show:
    """A surface came back and told its state. Nothing is sent: the difference is shown, a person decides."""
    state = replace(
        surface_of(show, event.surface),
        connected=True,
        seen=event.scene,
        how=Seen.SNAPSHOT if event.scene is not None else None,
        seen_at=now,
        studio_mode=event.studio_mode,
        collection=event.collection,
        changing=False,
        version=event.version,
        present=event.scenes,
        lost_reason=None,
        lost_at=None,
        final=False,
    )
    show = confirm(forget_clip(show, event.surface), event.surface, state, None, now)
    return seen_on_wall(show, event.surface, event.scene)


def lose(show: Show, event: SurfaceLost, now: Instant) -> Show:
    state = surface_of(show, event.surface)
    lost_at = state.lost_at if state.lost_at is not None and not state.connected else now
    state = replace(
        state,
        connected=False,
        seen=None,
        how=None,
        seen_at=None,
        stale=frozenset(),
        lost_reason=event.reason,
        lost_at=lost_at,
        final=event.final,
    )
    show = forget_clip(show, event.surface)
    show = replace(show, sound=forget_sound(show.sound, event.surface))
    show = lose_outputs(put_surface(show, event.surface, state), event.surface)
    show = fail_surface(show, event.surface, event.reason)
    return lose_wall(show, event) if show.walls else show


def compare(show: Show, event: ScenesCompared) -> Show:
    state = surface_of(show, event.surface)
    return show if state.stale == event.stale else put_surface(show, event.surface, replace(state, stale=event.stale))


def see_scene(show: Show, event: SceneSeen, now: Instant) -> Show:
    state = replace(surface_of(show, event.surface), seen=event.scene, how=event.how, seen_at=now)
    press, take = event.press, wall_of(show, event.surface).take
    if take is not None and take.press == press:
        press = None  # the wall was taken alone, to whatever: what a cue waits for may be that
    return seen_on_wall(confirm(show, event.surface, state, press, now), event.surface, event.scene)


def start(show: Show, now: Instant) -> Show:
    """After a restart nothing is known of the surfaces and of the guests' pictures until they have told it."""
    surfaces = {name: SurfaceState(wanted=state.wanted, main=state.main) for name, state in show.surfaces.items()}
    show = settle(show)
    if show.on_air is not None:
        # Nobody waits any more for what had not answered when the console ended. What it shows now confirms it late.
        for surface in show.on_air.open_surfaces:
            show = fail_surface(show, surface, NO_ANSWER)
    return replace(
        forget_armed(restart_outputs(show)),
        started_at=now,
        surfaces=surfaces,
        unwritten={},
        clips={},
        refusal=None,
        journal_trouble=None,
        guests=without_signals(show.guests),
        armed=None,
        noted={},
        editing=Editing(),
        sound=forget_sound(show.sound),
        stage=restarted(show.stage),
    )


def studio_mode_off(show: Show, surface: SurfaceId, now: Instant) -> Outcome:
    if surface not in show.surfaces:
        return refuse(show, None, now, UNKNOWN_SURFACE)
    standby = show.surfaces[surface].standby
    if not show.surfaces[surface].studio_mode and not (standby is not None and standby.studio_mode):
        return refuse(show, None, now, STUDIO_MODE_IS_OFF)
    return show, (LeaveStudioMode(surface, "asked for by the operator"),)


def reconnect(show: Show, surface: SurfaceId, now: Instant) -> Outcome:
    state = show.surfaces.get(surface)
    if state is None:
        return refuse(show, None, now, UNKNOWN_SURFACE)
    standby = state.standby
    if not state.final and not (standby is not None and standby.final):
        return refuse(show, None, now, NOT_GIVEN_UP)
    tried = replace(state, final=False, lost_reason=None, lost_at=None) if state.final else state
    if standby is not None and standby.final:
        tried = replace(tried, standby=replace(standby, final=False, reason=None))
    return put_surface(show, surface, tried), (Reconnect(surface, "asked for by the operator"),)

"""What the surfaces report. Nothing here is ever answered with a command: a person decides what is done."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.effects import LeaveStudioMode, Reconnect
from studio_console.core.events import ClipSeen, Playback, SceneSeen, Seen, SurfaceConnected, SurfaceLost
from studio_console.core.guests import without_signals
from studio_console.core.refusals import NOT_GIVEN_UP, STUDIO_MODE_IS_OFF, UNKNOWN_SURFACE, Outcome, refuse
from studio_console.core.show import ClipMark, Show, SurfaceState, surface_of
from studio_console.core.takes import confirm, fail_surface, settle
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
    return seen_on_wall(confirm(show, event.surface, state, None, now), event.surface, event.scene)


def lose(show: Show, event: SurfaceLost, now: Instant) -> Show:
    state = surface_of(show, event.surface)
    lost_at = state.lost_at if state.lost_at is not None and not state.connected else now
    state = replace(
        state,
        connected=False,
        seen=None,
        how=None,
        seen_at=None,
        lost_reason=event.reason,
        lost_at=lost_at,
        final=event.final,
    )
    show = fail_surface(put_surface(show, event.surface, state), event.surface, event.reason)
    return lose_wall(show, event) if show.walls else show


def see_scene(show: Show, event: SceneSeen, now: Instant) -> Show:
    state = replace(surface_of(show, event.surface), seen=event.scene, how=event.how, seen_at=now)
    press, take = event.press, wall_of(show, event.surface).take
    if take is not None and take.press == press:
        press = None  # the wall was taken alone, to whatever: what a cue waits for may be that
    return seen_on_wall(confirm(show, event.surface, state, press, now), event.surface, event.scene)


def see_clip(show: Show, event: ClipSeen, now: Instant) -> Show:
    if all(take is None or take.cue.clip != event.input for take in (show.taking, show.on_air)):
        return show
    before = show.clip
    keeps = before is not None and before.input == event.input
    duration = event.duration if event.duration is not None else (before.duration if keeps and before else None)
    position = event.position
    if position is None and event.playback is Playback.ENDED:
        position = duration
    mark = ClipMark(event.input, event.playback, position, duration, now)
    return replace(show, clip=mark)


def start(show: Show) -> Show:
    """After a restart nothing is known of the surfaces and of the guests' pictures until they have told it."""
    surfaces = {name: SurfaceState(wanted=state.wanted) for name, state in show.surfaces.items()}
    return replace(
        forget_armed(settle(show)),
        surfaces=surfaces,
        unwritten={},
        clip=None,
        refusal=None,
        journal_trouble=None,
        guests=without_signals(show.guests),
        armed=None,
    )


def studio_mode_off(show: Show, surface: SurfaceId, now: Instant) -> Outcome:
    if surface not in show.surfaces:
        return refuse(show, None, now, UNKNOWN_SURFACE)
    if not show.surfaces[surface].studio_mode:
        return refuse(show, None, now, STUDIO_MODE_IS_OFF)
    return show, (LeaveStudioMode(surface, "asked for by the operator"),)


def reconnect(show: Show, surface: SurfaceId, now: Instant) -> Outcome:
    state = show.surfaces.get(surface)
    if state is None:
        return refuse(show, None, now, UNKNOWN_SURFACE)
    if not state.final:
        return refuse(show, None, now, NOT_GIVEN_UP)
    tried = replace(state, final=False, lost_reason=None, lost_at=None)
    return put_surface(show, surface, tried), (Reconnect(surface, "asked for by the operator"),)

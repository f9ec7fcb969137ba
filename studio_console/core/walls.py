"""The wall by hand: prepared in a scene that nobody sees, taken alone, covered by the holding slide, brought back."""

from __future__ import annotations

from studio_console.core.change import replace
from studio_console.core.effects import ArrangeScene, Effect, TakeScene, WakeAt
from studio_console.core.picture import ScenePlan
from studio_console.core.presses import WallArmed, WallBackPressed, WallHoldingPressed, WallTakePressed
from studio_console.core.refusals import ALREADY_DONE, Outcome, refuse
from studio_console.core.reports import ArrangeFailed, SceneArranged, SurfaceLost
from studio_console.core.roll_calls import texts_of
from studio_console.core.rundown import Transition
from studio_console.core.show import (
    REMEMBERED_PRESSES,
    ArmedWall,
    LiveWall,
    Show,
    WallState,
    WallTake,
    surface_of,
)
from studio_console.core.text import Text
from studio_console.core.units import Instant, PressId, SceneName, SurfaceId
from studio_console.core.wall_state import cue_scene, free_scene, put_wall, wall_of

NO_WALL = Text("LED 월이 아닙니다", "It is no LED wall")
NO_LINK = Text(
    "OBS에 연결되어 있지 않아 LED 월을 준비할 수 없습니다", "There is no link to its OBS: the wall cannot be prepared"
)
BOTH_SEEN = Text(
    "준비용 장면 두 개가 모두 나가고 있습니다. OBS에서 다른 장면으로 바꾸거나 큐를 GO 하세요",
    "Both scenes for preparing are on air: take a cue, or cut to another scene in OBS",
)
NOTHING_ARMED = Text("준비된 LED 화면이 없습니다. 먼저 준비하세요", "Nothing is armed for the wall: arm it first")
STILL_BUILDING = Text("LED 화면을 아직 준비하는 중입니다", "The wall is still being prepared")
NO_HOLDING = Text(
    "이 LED 월에는 대기 화면이 없습니다. studio.yaml에 holding을 적으세요",
    "This wall has no holding slide: name one in studio.yaml (holding)",
)
NOTHING_TO_BRING = Text("LED 월에 되돌릴 화면이 없습니다", "There is no picture to bring back on the wall")
LINK_GONE = Text(
    "OBS 연결이 끊어져 준비한 LED 화면을 알 수 없습니다. 다시 준비하세요",
    "The link to its OBS was lost: arm the wall again",
)
COLLECTION_GONE = Text(
    "OBS 장면 모음이 바뀌었습니다. LED 화면을 다시 준비하세요", "The scene collection has changed: arm the wall again"
)


def arm_wall(show: Show, event: WallArmed, now: Instant) -> Outcome:
    """The other one of its two scenes is built; what is on air stays."""
    refused = _why_not(show, event.surface, event.press)
    scene = free_scene(show, event.surface)
    if refused is None and not surface_of(show, event.surface).connected:
        refused = NO_LINK
    elif refused is None and scene is None:
        refused = BOTH_SEEN
    if refused is not None or scene is None:
        return refuse(show, event.press, now, refused or BOTH_SEEN)
    wall = wall_of(show, event.surface)
    armed = ArmedWall(event.arrangement, scene, event.people, event.press, now)
    plan = ScenePlan(scene, event.items)
    effect = ArrangeScene(event.surface, plan, event.words, event.press, f"{event.surface} is armed by hand")
    return _pressed(put_wall(show, event.surface, replace(wall, armed=armed)), event.press), (effect,)


def disarm_wall(show: Show, surface: SurfaceId) -> Show:
    wall = show.walls.get(surface)
    return show if wall is None or wall.armed is None else put_wall(show, surface, replace(wall, armed=None))


def take_wall(show: Show, event: WallTakePressed, now: Instant) -> Outcome:
    """One scene change on this surface alone: all of its places change in one frame."""
    refused = _why_not(show, event.surface, event.press)
    wall = wall_of(show, event.surface)
    armed = wall.armed
    if refused is None and (armed is None or not armed.built):
        refused = NOTHING_ARMED if armed is None else armed.failed or STILL_BUILDING
    if refused is not None or armed is None:
        return refuse(show, event.press, now, refused or NOTHING_ARMED)
    live = LiveWall(armed.arrangement, armed.scene, armed.people, armed.press)
    wall = replace(_over(show, event.surface), armed=None, live=live, holding_since=None)
    return _send(show, event.surface, wall, armed.scene, event.press, "the armed wall", now)


def hold_wall(show: Show, event: WallHoldingPressed, now: Instant) -> Outcome:
    """Pressed again it is sent again: a person may have cut in OBS meanwhile, or it did not confirm."""
    scene = show.rundown.holding.get(event.surface)
    refused = _why_not(show, event.surface, event.press) or (NO_HOLDING if scene is None else None)
    if refused is not None or scene is None:
        return refuse(show, event.press, now, refused or NO_HOLDING)
    wall = _over(show, event.surface)
    wall = replace(wall, holding_since=wall.holding_since if wall.holding_since is not None else now)
    return _send(show, event.surface, wall, scene, event.press, "the holding slide", now)


def wall_back(show: Show, event: WallBackPressed, now: Instant) -> Outcome:
    """What was wanted before: under the holding slide an arrangement, under that the cue's own picture."""
    refused = _why_not(show, event.surface, event.press)
    wall = wall_of(show, event.surface)
    if wall.holding_since is not None and wall.live is not None:
        scene: SceneName | None = wall.live.scene
        back = replace(wall, holding_since=None)
    else:
        scene = wall.under if wall.covered else None
        back = WallState(armed=wall.armed)
    if refused is not None or scene is None:
        return refuse(show, event.press, now, refused or NOTHING_TO_BRING)
    return _send(show, event.surface, back, scene, event.press, "the picture back", now)


def _why_not(show: Show, surface: SurfaceId, press: PressId) -> Text | None:
    if surface not in show.rundown.walls:
        return NO_WALL
    return ALREADY_DONE if press in show.presses else None


def _over(show: Show, surface: SurfaceId) -> WallState:
    """The wall with what the cues want there kept for later, before something is put over it."""
    wall, state = wall_of(show, surface), surface_of(show, surface)
    # Where no cue has said so yet, what it shows is what it comes back to.
    return wall if wall.covered else replace(wall, under=state.wanted or state.seen)


def _pressed(show: Show, press: PressId) -> Show:
    return replace(show, presses=(*show.presses[-REMEMBERED_PRESSES + 1 :], press), refusal=None)


def _send(
    show: Show, surface: SurfaceId, wall: WallState, scene: SceneName, press: PressId, what: str, now: Instant
) -> Outcome:
    cue = show.current.cue.id if show.current is not None else None
    texts: tuple[Effect, ...] = ()
    if cue is not None and scene == cue_scene(show, surface):
        texts = texts_of(show, cue, (surface,))
    state = replace(surface_of(show, surface), wanted=scene)
    show = replace(show, surfaces={**show.surfaces, surface: state})
    show = put_wall(show, surface, replace(wall, take=WallTake(scene, press, now)))
    reason = f"{surface}: {what}"
    due = WakeAt(Instant(now + show.rundown.take_deadline), press, f"confirmation of {what} is due")
    return _pressed(show, press), (*texts, TakeScene(surface, scene, Transition(), cue, press, reason), due)


# --- what the surfaces say of it


def see_arranged(show: Show, event: SceneArranged) -> Show:
    """A later arming has a press of its own: what was built for an earlier one is not what is armed.

    After a loss the same is told again of what OBS still has.
    """
    wall = wall_of(show, event.surface)
    if wall.live is not None and wall.live.press == event.press:
        return put_wall(show, event.surface, replace(wall, live=replace(wall.live, doubted=False)))
    if wall.armed is None or wall.armed.press != event.press:
        return show
    return put_wall(show, event.surface, replace(wall, armed=replace(wall.armed, built=True, failed=None)))


def fail_arranged(show: Show, event: ArrangeFailed) -> Show:
    wall = wall_of(show, event.surface)
    if wall.armed is None or wall.armed.press != event.press:
        return show
    return unarmable(show, event.surface, event.reason)


def unarmable(show: Show, surface: SurfaceId, reason: Text) -> Show:
    """What is armed cannot be taken, and says why."""
    wall = wall_of(show, surface)
    if wall.armed is None:
        return show
    return put_wall(show, surface, replace(wall, armed=replace(wall.armed, built=False, failed=reason)))


def lose_wall(show: Show, event: SurfaceLost) -> Show:
    """What OBS has in its scenes when it comes back is not known until its driver has looked."""
    show = unarmable(show, event.surface, LINK_GONE)
    wall = show.walls.get(event.surface)
    if wall is not None and wall.live is not None:
        wall = replace(wall, live=replace(wall.live, doubted=True))
        show = put_wall(show, event.surface, wall)
    return fail_wall(show, wall.take.press, event.reason) if wall is not None and wall.take is not None else show


def fail_wall(show: Show, press: PressId, reason: Text) -> Show:
    """The take of a wall alone, by ``press``, was not carried out, or nobody has said so in time."""
    for surface, wall in show.walls.items():
        if wall.take is not None and wall.take.press == press and wall.take.failed is None:
            return put_wall(show, surface, replace(wall, take=replace(wall.take, failed=reason)))
    return show


def forget_armed(show: Show) -> Show:
    """After a restart: what lies over the cue's picture is still wanted; what was armed nobody can vouch for."""
    return replace(show, walls={name: replace(wall, armed=None, take=None) for name, wall in show.walls.items()})

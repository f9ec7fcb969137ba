"""What a take asks of OBS, from what the mirror says: as little as possible, the transition before the scene."""

from __future__ import annotations

from studio_console.core.rundown import Transition, TransitionKind
from studio_console.core.units import SceneName
from studio_console.devices.obs.messages import Request
from studio_console.devices.obs.mirror import Mirror, ObsTransition

OBS_KINDS = {
    TransitionKind.CUT: "cut_transition",
    TransitionKind.FADE: "fade_transition",
    TransitionKind.SWIPE: "swipe_transition",
    TransitionKind.SLIDE: "slide_transition",
    TransitionKind.FADE_TO_COLOUR: "fade_to_color_transition",
    TransitionKind.LUMA_WIPE: "wipe_transition",
}
"""OBS's kinds. Its list of transitions is made by hand in OBS: no request adds to it. Names there are translated,
so transitions are found by their kind."""

SHORTEST, LONGEST = 50, 20_000
"""ms; what SetCurrentSceneTransitionDuration accepts."""


def transition_for(mirror: Mirror, kind: TransitionKind) -> ObsTransition | None:
    """The transition of that kind, else the nearest this OBS has: a fade, for a fade any, else what there is."""
    exact = mirror.transition_of_kind(OBS_KINDS[kind])
    if exact is not None:
        return exact
    fade = mirror.transition_of_kind(OBS_KINDS[TransitionKind.FADE]) if kind is not TransitionKind.CUT else None
    return fade or next((entry for entry in mirror.transitions if not entry.fixed), None)


def transition_requests(mirror: Mirror, wanted: Transition) -> tuple[Request, ...]:
    """What sets transition and duration, where the mirror says that they differ."""
    transition = transition_for(mirror, wanted.kind)
    if transition is None:
        return ()
    requests: list[Request] = []
    if transition.name != mirror.transition:
        requests.append(Request("SetCurrentSceneTransition", {"transitionName": transition.name}))
    if not transition.fixed:
        # A cut that OBS lacks is the shortest of the nearest kind.
        wanted_ms = SHORTEST if wanted.kind is TransitionKind.CUT else wanted.duration
        duration = min(max(wanted_ms, SHORTEST), LONGEST)
        if duration != mirror.transition_duration:
            requests.append(Request("SetCurrentSceneTransitionDuration", {"transitionDuration": duration}))
    return tuple(requests)


def scene_take(mirror: Mirror, scene: SceneName, transition: Transition) -> tuple[Request, ...]:
    """The requests of a take, the scene last."""
    return (*transition_requests(mirror, transition), Request("SetCurrentProgramScene", {"sceneName": scene}))


def projector_take(
    mirror: Mirror, projector: SceneName, scene: SceneName, under_way: frozenset[SceneName] = frozenset()
) -> tuple[Request, ...] | None:
    """What makes ``scene`` the one enabled item of the projector's scene; None where it is not in there.

    ``under_way`` are the scenes of takes that were sent and are not in the mirror yet: they may be enabled by now.
    """
    items = [item for item in mirror.scenes.get(projector, ()) if item.source in mirror.scenes]
    wanted = next((item for item in items if item.source == scene), None)
    if wanted is None:
        return None
    changes = [(wanted.id, True)] if not wanted.enabled or under_way else []
    others = (item for item in items if item.id != wanted.id)
    changes += [(item.id, False) for item in others if item.enabled or item.source in under_way]
    return tuple(
        Request("SetSceneItemEnabled", {"sceneName": projector, "sceneItemId": number, "sceneItemEnabled": enabled})
        for number, enabled in changes
    )


def projector_shows(mirror: Mirror, projector: SceneName) -> SceneName | None:
    """The scene that is seen in the projector's scene: the uppermost enabled item that is a scene."""
    items = reversed(mirror.scenes.get(projector, ()))
    return next((SceneName(item.source) for item in items if item.enabled and item.source in mirror.scenes), None)

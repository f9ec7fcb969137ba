"""A surface's standby OBS: what is told of it, and the press that makes it the main one.

It gets every take that the main one gets, and is never waited for. Promoting it sends nothing: from then on its word
counts, and what is on air there stays. Which of the two is the main one is part of the show and outlives a restart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio_console.core.arming import NOT_ARMED, disarm, is_armed
from studio_console.core.change import replace
from studio_console.core.effects import AlignStandby, PromoteStandby
from studio_console.core.presses import AlignPressed, Grave, PromotePressed
from studio_console.core.problems import Severity
from studio_console.core.refusals import (
    NO_STANDBY,
    NOTHING_TO_ALIGN,
    STANDBY_IN_LINE,
    STANDBY_LOST,
    STANDBY_NOT_THERE,
    UNKNOWN_SURFACE,
    Outcome,
    refuse,
)
from studio_console.core.reports import DriftSeen, StandbySeen
from studio_console.core.show import Show, StandbyState, SurfaceState, surface_of
from studio_console.core.text import Text, same
from studio_console.core.units import Instant, SceneName, SurfaceId

LOST = Text("{surface} 대기 OBS: 연결 끊김. {reason}", "{surface}, standby OBS: no link. {reason}")
NOT_DONE = Text("{surface} 대기 OBS: {reason}", "{surface}, standby OBS: {reason}")
STUDIO_MODE = Text(
    "{surface} 대기 OBS: 스튜디오 모드가 켜져 있습니다. 끄세요",
    "{surface}, standby OBS: studio mode is on: switch it off",
)
DIFFERS = Text(
    "{surface} 대기 OBS: 화면 ‘{seen}’. ‘맞추기’를 누르면 나오는 화면: ‘{expected}’",
    "{surface}, standby OBS shows ‘{seen}’. Align takes ‘{expected}’ there",
)
DRIFT = Text(
    "{surface} 대기 OBS: 본 OBS와 차이 {count}. {first}", "{surface}, standby OBS: {count} differences. {first}"
)
AT_HAND = Text(
    "{surface}: 대기 OBS가 살아 있고 ‘{seen}’ 화면입니다. ‘승격 준비’ 후 ‘승격’을 누르세요",
    "{surface}: its standby OBS lives and shows ‘{seen}’. Press Arm promote, then Promote",
)
PROMOTED = Text(
    "{surface}: 대기 OBS를 승격했습니다. 스위처·인코더의 신호를 그쪽으로 바꾸고, 스트림은 그 OBS에서 시작하세요",
    "{surface}: the standby OBS was promoted. Switch the wall's or encoder's signal to it, and start its streams there",
)


def see_standby(show: Show, event: StandbySeen, now: Instant) -> Show:
    before = surface_of(show, event.surface).standby
    same = before is not None and (before.connected, before.address) == (event.connected, event.address)
    state = StandbyState(
        address=event.address,
        connected=event.connected,
        since=before.since if same and before is not None else now,
        scene=event.scene,
        reason=event.reason,
        final=event.final,
        studio_mode=event.studio_mode,
        changing=event.changing,
        answered=event.answered,
        former_main=event.former_main,
        drift=before.drift if before is not None else (),
        drift_count=before.drift_count if before is not None else 0,
    )
    return _put(show, event.surface, state)


def see_drift(show: Show, event: DriftSeen) -> Show:
    standby = surface_of(show, event.surface).standby
    if standby is None:
        return show
    return _put(show, event.surface, replace(standby, drift=event.first, drift_count=event.count))


def promote(show: Show, event: PromotePressed, now: Instant) -> Outcome:
    """The roles are exchanged. What the two show is told by the driver, as after every connection."""
    state, refused = _at_standby(show, event.surface, STANDBY_LOST)
    if refused is not None:
        return refuse(show, event.press, now, refused)
    if not is_armed(show, Grave.PROMOTE_STANDBY, event.surface, now):
        return refuse(show, event.press, now, NOT_ARMED)
    assert state is not None
    assert state.standby is not None
    address = state.standby.address
    show = replace(disarm(show), surfaces={**show.surfaces, event.surface: replace(state, main=address)}, refusal=None)
    return show, (PromoteStandby(event.surface, address, "the operator promotes the standby"),)


def align(show: Show, event: AlignPressed, now: Instant) -> Outcome:
    """The standby gets the main one's scene, or where that is lost the wanted one."""
    state, refused = _at_standby(show, event.surface, STANDBY_NOT_THERE)
    if refused is not None:
        return refuse(show, event.press, now, refused)
    assert state is not None
    assert state.standby is not None
    scene = expected_scene(state)
    if scene is None:
        return refuse(show, event.press, now, NOTHING_TO_ALIGN)
    if state.standby.scene == scene:
        return refuse(show, event.press, now, STANDBY_IN_LINE)
    effect = AlignStandby(event.surface, scene, event.press, "the operator brings the standby into line")
    return replace(show, refusal=None), (effect,)


def _at_standby(show: Show, surface: SurfaceId, lost: Text) -> tuple[SurfaceState | None, Text | None]:
    """The surface with a standby that can be used, or why there is none."""
    state = show.surfaces.get(surface)
    if state is None:
        return None, UNKNOWN_SURFACE
    if state.standby is None:
        return None, NO_STANDBY
    return (state, None) if state.standby.connected else (None, lost)


def expected_scene(state: SurfaceState) -> SceneName | None:
    """What the standby should show: what the main one shows, or where that is lost what is wanted."""
    return state.seen if state.connected else state.wanted


def standby_differs(show: Show, surface: SurfaceId) -> bool:
    """Whether the standby is known to show something else than it should, and no take is on its way to either."""
    state = surface_of(show, surface)
    standby, expected = state.standby, expected_scene(state)
    if standby is None or not standby.connected or standby.changing or expected in (None, standby.scene):
        return False
    take = show.current
    if take is None or surface not in take.wanted:
        return True
    if surface in take.open_surfaces:
        return False
    # A standby that came back after the press has no answer to it under way.
    return standby.answered == take.press or (standby.since is not None and take.pressed_at < standby.since)


def promotable(show: Show) -> tuple[SurfaceId, ...]:
    """The surfaces with a standby that can take over, those first whose main OBS is lost."""
    found = [name for name, state in show.surfaces.items() if state.standby is not None and state.standby.connected]
    return tuple(sorted(found, key=lambda name: show.surfaces[name].connected))


Trouble = tuple[str, Severity, Text, Mapping[str, object]]
"""Code, severity, text and its values."""


def standby_troubles(show: Show, surface: SurfaceId) -> Iterator[Trouble]:
    """What is wrong with the standby of ``surface``, and when it is needed: warnings, as nothing of it is on air."""
    state = surface_of(show, surface)
    standby = state.standby
    if standby is None:
        return
    values: dict[str, object] = {"surface": surface}
    if standby.former_main:
        yield "standby-promoted", Severity.WARNING, PROMOTED, values
    if not standby.connected:
        if standby.reason is not None:
            yield "standby-lost", Severity.WARNING, LOST, {**values, "reason": standby.reason}
        return
    if not state.connected and state.lost_reason is not None:
        yield "standby-at-hand", Severity.WARNING, AT_HAND, {**values, "seen": standby.scene or "?"}
    if standby.studio_mode:
        yield "standby-studio-mode", Severity.WARNING, STUDIO_MODE, values
    if standby.reason is not None:
        yield "standby-trouble", Severity.WARNING, NOT_DONE, {**values, "reason": standby.reason}
    elif standby_differs(show, surface):
        more = {"seen": standby.scene or "?", "expected": expected_scene(state) or "?"}
        yield "standby-differs", Severity.WARNING, DIFFERS, {**values, **more}
    if standby.drift_count:
        first = standby.drift[0] if standby.drift else same("…")
        yield "standby-drift", Severity.WARNING, DRIFT, {**values, "count": standby.drift_count, "first": first}


def _put(show: Show, surface: SurfaceId, standby: StandbyState) -> Show:
    state = replace(surface_of(show, surface), standby=standby)
    return replace(show, surfaces={**show.surfaces, surface: state})

"""Cues on their way to air and back: GO, Back, what the surfaces say of it, and what they do not say."""

from __future__ import annotations

from collections.abc import Mapping

from studio_console.core.arming import is_armed, let_go_of_take, why_to_arm
from studio_console.core.change import replace
from studio_console.core.edits import marked
from studio_console.core.effects import Effect, SetSound, TakeScene, WakeAt
from studio_console.core.presses import GoPressed, Grave
from studio_console.core.refusals import (
    ALREADY_DONE,
    CUE_SKIPPED,
    NO_RUNDOWN,
    NOTHING_BEFORE,
    NOTHING_NEXT,
    NOTHING_ON_AIR,
    STALE,
    TOO_SOON,
    Outcome,
    refuse,
)
from studio_console.core.reports import Seen
from studio_console.core.roll_calls import texts_of
from studio_console.core.rundown import Cue, Transition
from studio_console.core.show import (
    Mark,
    Phase,
    Pointer,
    Run,
    Show,
    SurfaceState,
    Take,
    cue_of,
    is_skipped,
    next_cue,
    remembered,
    surface_of,
)
from studio_console.core.sound import for_take
from studio_console.core.speaker import told_until
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PressId, SceneName, SurfaceId
from studio_console.core.wall_state import cue_scene, uncovered

HISTORY = 20
"""How often Back can be pressed."""
FOLLOWING = Pointer()

NO_ANSWER = Text("OBS가 제시간에 응답하지 않았습니다", "OBS did not answer in time")


def go(show: Show, event: GoPressed, now: Instant) -> Outcome:
    following = next_cue(show)
    refused = _why_not(show, event, following, now)
    if refused is not None:
        reason, values = refused
        return refuse(show, event.press, now, reason, values)
    assert following is not None
    first = show.current is None and not show.history
    show, effects = take_cue(show, following, event.press, now, f"GO {following.number}")
    if first and show.rundown.locks and not show.locked:
        # Nobody edits on air by accident; taken off on purpose it stays off.
        show = replace(show, locked=True)
    return show, effects


def _why_not(
    show: Show, event: GoPressed, following: Cue | None, now: Instant
) -> tuple[Text, Mapping[str, object]] | None:
    if show.day is None:
        return NO_RUNDOWN, {}
    if event.press in show.presses:
        return ALREADY_DONE, {}
    if following is None or event.cue != following.id:
        asked = cue_of(show, event.cue)
        if asked is not None and is_skipped(show, asked):
            return CUE_SKIPPED, {"cue": asked.number}
        return (NOTHING_NEXT, {}) if following is None else (STALE, {"now": following.number})
    # A clock that was set back must not lock the operator out.
    if show.last_go_at is not None and 0 <= now - show.last_go_at < show.rundown.go_guard:
        return TOO_SOON, {}
    if not (following.two_step or show.locked) or is_armed(show, Grave.TAKE, following.id, now):
        return None
    return why_to_arm(show, following)


def take_cue(show: Show, cue: Cue, press: PressId, now: Instant, reason: str) -> Outcome:
    """``cue`` on its way to air; whether it may be there is for the caller to know."""
    show = settle(show)
    if show.on_air is not None and show.on_air.cue.id == cue.id:
        return _retake(show, show.on_air, cue, press, now)
    wanted = show.rundown.scenes.get(cue.id, {})
    called = show.pointer.called_at if show.pointer.called == cue.id else None
    take = Take(
        cue=cue,
        press=press,
        pressed_at=now,
        started_at=now,
        phase=Phase.TAKING,
        wanted=wanted,
        picture={**_picture(show), **wanted},
        standby_called_at=called,
        floor=cue.floor or show.sound.floor,
        words=_words(show, cue),
    )
    return _send(show, take, cue.transition, reason, now)


def _retake(show: Show, running: Take, cue: Cue, press: PressId, now: Instant) -> Outcome:
    """The standby was put on the cue on air: its picture is sent again, as the files have it now; its clock runs on.

    This is how a person puts right what was cut by hand, or what an OBS that came back does not show.
    """
    picture = {name: scene for name in show.surfaces if (scene := cue_scene(show, name)) is not None}
    picture |= show.rundown.scenes.get(cue.id, {})
    floor, words = cue.floor or running.floor, _words(show, cue)
    running = replace(running, cue=cue, picture=picture, mark=Mark.NONE, floor=floor, words=words)
    take = _sent_again(running, picture, press, now)
    return _send(show, take, cue.transition, f"{cue.number} again", now)


def _sent_again(take: Take, wanted: Mapping[SurfaceId, SceneName], press: PressId, now: Instant) -> Take:
    """The take on its way once more, with the clock that it has."""
    return replace(
        take,
        press=press,
        pressed_at=now,
        wanted=wanted,
        confirmed={},
        failed={},
        phase=Phase.TAKING,
        returned=True,
    )


def back(show: Show, press: PressId, now: Instant) -> Outcome:
    """The last GO was a mistake: what was on air before returns, its clock having run on."""
    if press in show.presses:
        return refuse(show, press, now, ALREADY_DONE)
    if show.taking is not None and show.taking.returned:
        return refuse(show, press, now, TOO_SOON)
    history = show.history
    if show.taking is not None and show.on_air is not None:
        before = show.on_air
    elif history:
        before, history = history[-1], history[:-1]
    else:
        return refuse(show, press, now, NOTHING_BEFORE if show.current else NOTHING_ON_AIR)
    # A surface that no cue has changed since is left alone, whatever was done there by hand.
    said = show.current.words if show.current is not None else show.history[-1].words
    changed = {
        name: scene
        for name, scene in before.picture.items()
        if cue_scene(show, name) not in (None, scene) or before.words.get(name) != said.get(name)
    }
    take = _sent_again(marked(show, before), changed, press, now)
    return _send(replace(show, history=history), take, before.cue.transition, f"Back to {before.cue.number}", now)


def _picture(show: Show) -> dict[SurfaceId, SceneName]:
    """What every surface is to show; where no cue has said so yet, what it does show, for Back to return to."""
    shown = {name: cue_scene(show, name) or state.seen for name, state in show.surfaces.items()}
    return {name: scene for name, scene in shown.items() if scene is not None}


def _words(show: Show, cue: Cue) -> Mapping[SurfaceId, Mapping[str, str]]:
    """What the texts say once ``cue`` is taken; those that it does not touch go on saying what they do."""
    last = show.current or (show.history[-1] if show.history else None)
    brought = show.rundown.words.get(cue.id, {})
    return {**last.words, **brought} if last is not None and last.words else brought


def _send(show: Show, take: Take, transition: Transition, reason: str, now: Instant) -> Outcome:
    effects: list[Effect] = list(texts_of(show, take.cue.id, take.wanted))
    surfaces = dict(show.surfaces)
    sound = for_take(show, take.floor, now)
    for surface, scene in take.wanted.items():
        words, levels = take.words.get(surface, {}), sound.wanted.get(surface, {})
        effects.append(TakeScene(surface, scene, transition, take.cue.id, take.press, reason, words, levels))
        surfaces[surface] = replace(surface_of(show, surface), wanted=scene)
    # Another language on the floor is heard everywhere, also where the picture stays.
    effects += [SetSound(name, sound.wanted[name], reason) for name in sound.wanted if name not in take.wanted]
    show = replace(
        let_go_of_take(show),
        taking=take,
        surfaces=surfaces,
        sound=sound,
        walls=uncovered(show.walls, take.wanted) if show.walls else show.walls,
        pointer=FOLLOWING,
        presses=remembered(show, take.press),
        last_go_at=now,
        refusal=None,
    )
    if not take.wanted:
        return _promote(show, _on_air(take, now, Phase.ON_AIR), now), tuple(effects)
    deadline = Instant(now + show.rundown.take_deadline)
    effects.append(WakeAt(deadline, take.press, f"confirmation of {take.cue.number} is due"))
    return show, tuple(effects)


# --- what becomes of a take


def _promote(show: Show, take: Take, at: Instant, surfaces: Mapping[SurfaceId, SurfaceState] | None = None) -> Show:
    """``take``, until now on its way, is on air from ``at``; what was there before is over."""
    history, runs = show.history, show.runs
    over = show.on_air
    stays = over is not None and over.cue.id == take.cue.id
    if take.returned:
        runs = runs.without(take.cue.id)
        if over is not None and over.cue.id != take.cue.id and _never_well(runs.get(over.cue.id)):
            runs = runs.put(over.cue.id, run_of(over, at, backed_out=True))
    elif over is not None:
        history = (*history[-HISTORY + 1 :], over)
        runs = runs.put(over.cue.id, run_of(over, at))
    clips = show.clips
    if clips:
        clips = {name: mark for name, mark in clips.items() if mark.input == take.cue.clip}
    return replace(
        show,
        surfaces=show.surfaces if surfaces is None else surfaces,
        on_air=take,
        taking=None,
        history=history,
        runs=runs,
        clips=clips,
        speaker=show.speaker if stays else told_until(show.speaker, take.pressed_at),
    )


def _never_well(run: Run | None) -> bool:
    """Whether the cue was never on air but by mistake; the run of an earlier time is worth more than that."""
    return run is None or run.backed_out


def _on_air(
    take: Take,
    at: Instant,
    phase: Phase,
    confirmed: Mapping[SurfaceId, Instant] | None = None,
    failed: Mapping[SurfaceId, Text] | None = None,
) -> Take:
    """``take`` on air with its clock from ``at``; a clock that comes back has run all along."""
    confirmed = take.confirmed if confirmed is None else confirmed
    failed = take.failed if failed is None else failed
    if take.returned:
        return replace(take, phase=phase, confirmed=confirmed, failed=failed)
    return replace(
        take,
        phase=phase,
        started_at=at,
        held_since=None if take.held_since is None else at,
        held=Duration(0),
        confirmed=confirmed,
        failed=failed,
    )


def run_of(take: Take, ended: Instant, backed_out: bool = False) -> Run:
    confirmed = take.confirmed.keys() >= take.wanted.keys()
    called = take.standby_called_at is not None
    return Run(
        take.cue.id, take.cue.number, take.started_at, max(ended, take.started_at), confirmed, called, backed_out
    )


def settle(show: Show) -> Show:
    """A take still without confirmation when the next one comes was on air as far as anyone knows."""
    take = show.taking
    return show if take is None else _give_up(show, take)


def _give_up(show: Show, take: Take) -> Show:
    """``take`` counts as on air from the press, though no surface has said so."""
    return _promote(show, _on_air(take, take.pressed_at, Phase.UNCONFIRMED), take.pressed_at)


def miss_deadline(show: Show, press: PressId) -> Show:
    """Surfaces that have not answered by now count as failed, until they do."""
    take = show.current
    if take is None or take.press != press or not take.open_surfaces:
        return show
    return _failed(show, take, dict.fromkeys(take.open_surfaces, NO_ANSWER))


def fail_surface(show: Show, surface: SurfaceId, reason: Text) -> Show:
    take = show.current
    if take is None or surface not in take.wanted or surface in take.confirmed:
        return show
    return _failed(show, take, {surface: reason})


def _failed(show: Show, take: Take, reasons: Mapping[SurfaceId, Text]) -> Show:
    """Surfaces did not carry out ``take``; if none is left that may, it is as good as it gets."""
    take = replace(take, failed={**take.failed, **reasons})
    if show.taking is None:
        return replace(show, on_air=take)
    if take.open_surfaces:
        return replace(show, taking=take)
    return _give_up(show, take)


def confirm(show: Show, surface: SurfaceId, state: SurfaceState, press: PressId | None, now: Instant) -> Show:
    """The show with what is known of ``surface``, and the current take confirmed if that is what it shows.

    What an earlier press brought there (``press``) confirms nothing: a later one is still on its way.
    """
    surfaces = {**show.surfaces, surface: state}
    take = show.current
    if (
        take is None
        or take.wanted.get(surface) != state.seen
        or surface in take.confirmed
        or surface not in take.wanted
        or press not in (None, take.press)
    ):
        return replace(show, surfaces=surfaces)
    confirmed = {**take.confirmed, surface: now}
    failed = {name: reason for name, reason in take.failed.items() if name != surface} if take.failed else None
    # A snapshot tells what is on air, not since when: as far as anyone knows since the press.
    at = take.pressed_at if state.how is Seen.SNAPSHOT else now
    if show.taking is not None:
        told = replace(take, confirmed=confirmed, failed=take.failed if failed is None else failed)
        if state.how is Seen.SNAPSHOT and told.open_surfaces:
            # What a surface showed already does not tell when the cue began: that is for the others to say.
            return replace(show, surfaces=surfaces, taking=told)
        return _promote(show, _on_air(told, at, Phase.ON_AIR), at, surfaces)
    if take.phase is Phase.UNCONFIRMED:
        # OBS was slow: its word has come after the deadline, and is the truth.
        take = _on_air(take, at, Phase.ON_AIR, confirmed, failed)
    else:
        take = replace(take, confirmed=confirmed, failed=take.failed if failed is None else failed)
    return replace(show, surfaces=surfaces, on_air=take)

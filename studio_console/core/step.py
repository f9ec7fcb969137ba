"""One step of the show: ``step(show, event, now) -> (show, effects)``. Pure: the same journal gives the same show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from studio_console.core.effects import Effect, LeaveStudioMode, Refuse, TakeScene, WakeAt
from studio_console.core.events import (
    BackPressed,
    ClipSeen,
    ClockStepped,
    CollectionSeen,
    ConsoleStarted,
    DeadlinePassed,
    EditRedone,
    EditUndone,
    EndPressed,
    GoPressed,
    HoldPressed,
    JournalTroubled,
    Playback,
    ResumePressed,
    RundownLoaded,
    SceneSeen,
    Seen,
    ShowEvent,
    SkipSet,
    StandbyCalled,
    StandbyMoved,
    StudioModeOffPressed,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    TakeFailed,
    TimeAdded,
)
from studio_console.core.plan import Plan, plan_times
from studio_console.core.rundown import Cue, Transition
from studio_console.core.show import (
    ClipMark,
    Edits,
    Loaded,
    Mark,
    Phase,
    Pointer,
    Refusal,
    Run,
    Show,
    SurfaceState,
    Take,
    cue_of,
    is_skipped,
    next_cue,
)
from studio_console.core.text import Text
from studio_console.core.units import CueId, Duration, Instant, PressId, SceneName, SurfaceId

Outcome: TypeAlias = tuple[Show, tuple[Effect, ...]]

HISTORY = 20
REMEMBERED_PRESSES = 64
MOST_ADDED = Duration(12 * 3_600_000)

NO_RUNDOWN = Text("열린 큐시트가 없습니다", "No rundown is open")
NOTHING_NEXT = Text("다음 큐가 없습니다", "Nothing is next")
ALREADY_DONE = Text("이미 처리된 입력입니다", "This press was carried out already")
STALE = Text(
    "다음 큐가 그사이 {now}(으)로 바뀌었습니다. 확인하고 다시 누르세요",
    "Next has meanwhile become {now}: look, then press again",
)
TOO_SOON = Text("직전 GO와 너무 가깝습니다", "Too soon after the last GO")
CUE_SKIPPED = Text("{cue}은(는) 건너뛰기로 표시되어 있습니다", "{cue} is marked to be skipped")
UNKNOWN_CUE = Text("큐시트에 그런 큐가 없습니다", "The rundown has no such cue")
NOTHING_ON_AIR = Text("송출 중인 큐가 없습니다", "Nothing is on air")
NOTHING_BEFORE = Text("돌아갈 이전 큐가 없습니다", "There is no cue before this one to go back to")
ALREADY_HELD = Text("이미 홀드 중입니다", "It is on hold already")
NOT_HELD = Text("홀드 중이 아닙니다", "It is not on hold")
NOTHING_TO_UNDO = Text("되돌릴 편집이 없습니다", "There is no edit to undo")
NOTHING_TO_REDO = Text("다시 할 편집이 없습니다", "There is no edit to redo")
TOO_MUCH_TIME = Text("한 번에 12시간까지만 더하거나 뺄 수 있습니다", "At most 12 hours can be added or removed at once")
UNKNOWN_SURFACE = Text("그런 출력면이 없습니다", "There is no such surface")
STUDIO_MODE_IS_OFF = Text("스튜디오 모드가 이미 꺼져 있습니다", "Studio mode is off already")


def step(show: Show, event: ShowEvent, now: Instant) -> Outcome:
    """What the show becomes when ``event`` happens at ``now``, and what is to be done about it."""
    match event:
        case GoPressed():
            return _go(show, event, now)
        case BackPressed(press=press):
            return _back(show, press, now)
        case StandbyMoved(cue=cue):
            return _move_standby(show, cue, now)
        case StandbyCalled(cue=cue):
            return _call_standby(show, cue, now)
        case HoldPressed(press=press):
            return _hold(show, press, now)
        case ResumePressed(press=press):
            return _resume(show, press, now)
        case EndPressed(press=press):
            return _end(show, press, now)
        case TimeAdded() | SkipSet():
            return _edit(show, event, now)
        case EditUndone():
            done, undone = show.edits.done, show.edits.undone
            if not done:
                return _refuse(show, None, now, NOTHING_TO_UNDO)
            return _with_edits(show, done[:-1], (*undone, done[-1])), ()
        case EditRedone():
            done, undone = show.edits.done, show.edits.undone
            if not undone:
                return _refuse(show, None, now, NOTHING_TO_REDO)
            return _with_edits(show, (*done, undone[-1]), undone[:-1]), ()
        case StudioModeOffPressed(surface=surface):
            return _studio_mode_off(show, surface, now)
        case RundownLoaded():
            return _load(show, event), ()
        case DeadlinePassed(press=press):
            return _miss_deadline(show, press), ()
        case ClockStepped(amount=amount):
            return _shift(show, amount), ()
        case ConsoleStarted():
            return _start(show), ()
        case SurfaceConnected():
            return _connect(show, event, now), ()
        case SurfaceLost():
            state = _surface(show, event.surface)
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
            return _fail_surface(_put(show, event.surface, state), event.surface, event.reason), ()
        case SceneSeen():
            return _see(show, event, now), ()
        case TakeFailed(surface=surface, press=press, reason=reason):
            if show.current is None or show.current.press != press:
                return show, ()
            return _fail_surface(show, surface, reason), ()
        case StudioModeSeen(surface=surface, on=on):
            return _put(show, surface, replace(_surface(show, surface), studio_mode=on)), ()
        case CollectionSeen():
            state = replace(_surface(show, event.surface), collection=event.name, changing=event.changing)
            return _put(show, event.surface, state), ()
        case JournalTroubled(reason=trouble):
            return replace(show, journal_trouble=trouble), ()
        case ClipSeen():
            return _see_clip(show, event, now), ()


# --- takes


def _go(show: Show, event: GoPressed, now: Instant) -> Outcome:
    refused = _why_not(show, event, now)
    if refused is not None:
        reason, values = refused
        return _refuse(show, event.press, now, reason, values)
    cue = cue_of(show, event.cue)
    assert cue is not None
    return _take(show, cue, event.press, now)


def _why_not(show: Show, event: GoPressed, now: Instant) -> tuple[Text, Mapping[str, object]] | None:
    if show.day is None:
        return NO_RUNDOWN, {}
    if event.press in show.presses:
        return ALREADY_DONE, {}
    following = next_cue(show)
    if following is None:
        return NOTHING_NEXT, {}
    if event.cue != following.id:
        return STALE, {"now": following.number}
    if is_skipped(show, following):
        return CUE_SKIPPED, {"cue": following.number}
    # A clock that was set back must not lock the operator out.
    if show.last_go_at is not None and 0 <= now - show.last_go_at < show.rundown.go_guard:
        return TOO_SOON, {}
    return None


def _take(show: Show, cue: Cue, press: PressId, now: Instant) -> Outcome:
    show = _settle(show)
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
    )
    return _send(show, take, cue.transition, f"GO {cue.number}", now)


def _back(show: Show, press: PressId, now: Instant) -> Outcome:
    """The last GO was a mistake: what was on air before returns, its clock having run on."""
    if press in show.presses:
        return _refuse(show, press, now, ALREADY_DONE)
    if show.taking is not None and show.taking.returned:
        return _refuse(show, press, now, TOO_SOON)
    if show.taking is not None and show.on_air is not None:
        before, history = show.on_air, show.history
    elif show.taking is None and show.history:
        before, history = show.history[-1], show.history[:-1]
    else:
        return _refuse(show, press, now, NOTHING_BEFORE if show.current else NOTHING_ON_AIR)
    changed = {name: scene for name, scene in before.picture.items() if _surface(show, name).wanted != scene}
    take = replace(
        before,
        press=press,
        pressed_at=now,
        wanted=changed,
        confirmed={},
        failed={},
        phase=Phase.TAKING,
        returned=True,
    )
    show = replace(show, history=history)
    return _send(show, take, before.cue.transition, f"Back to {before.cue.number}", now)


def _send(show: Show, take: Take, transition: Transition, reason: str, now: Instant) -> Outcome:
    effects: list[Effect] = [
        TakeScene(surface, scene, transition, take.cue.id, take.press, reason) for surface, scene in take.wanted.items()
    ]
    surfaces = dict(show.surfaces)
    for surface, scene in take.wanted.items():
        surfaces[surface] = replace(_surface(show, surface), wanted=scene)
    show = replace(
        show,
        taking=take,
        surfaces=surfaces,
        pointer=Pointer(),
        presses=(*show.presses[-REMEMBERED_PRESSES + 1 :], take.press),
        last_go_at=now,
        refusal=None,
    )
    if not take.wanted:
        return _promote(show, now, Phase.ON_AIR), ()
    deadline = Instant(now + show.rundown.take_deadline)
    effects.append(WakeAt(deadline, take.press, f"confirmation of {take.cue.number} is due"))
    return show, tuple(effects)


def _promote(show: Show, at: Instant, phase: Phase) -> Show:
    """The take on its way is on air from ``at``; what was there before is over."""
    take = show.taking
    if take is None:
        return show
    started = take.started_at if take.returned else at
    history, runs = show.history, show.runs
    over = show.on_air
    if take.returned:
        runs = {cue: run for cue, run in runs.items() if cue != take.cue.id}
        if over is not None and over.cue.id != take.cue.id:
            runs[over.cue.id] = _run(over, at, backed_out=True)
    elif over is not None:
        history = (*history[-HISTORY + 1 :], over)
        runs = {**runs, over.cue.id: _run(over, at)}
    clip = show.clip if show.clip is not None and show.clip.input == take.cue.clip else None
    return replace(
        show,
        on_air=replace(take, started_at=started, phase=phase),
        taking=None,
        history=history,
        runs=runs,
        clip=clip,
    )


def _settle(show: Show) -> Show:
    """A take still without confirmation when the next one comes was on air as far as anyone knows."""
    return _promote(show, show.taking.pressed_at, Phase.UNCONFIRMED) if show.taking is not None else show


def _run(take: Take, ended: Instant, backed_out: bool = False) -> Run:
    confirmed = all(surface in take.confirmed for surface in take.wanted)
    called = take.standby_called_at is not None
    return Run(
        take.cue.id, take.cue.number, take.started_at, max(ended, take.started_at), confirmed, called, backed_out
    )


def _miss_deadline(show: Show, press: PressId) -> Show:
    take = show.taking
    if take is None or take.press != press:
        return show
    return _promote(show, take.pressed_at, Phase.UNCONFIRMED)


def _fail_surface(show: Show, surface: SurfaceId, reason: Text) -> Show:
    """The surface did not carry out the current take; if none is left that may, the take is as good as it gets."""
    take = show.current
    if take is None or surface not in take.wanted or surface in take.confirmed:
        return show
    take = replace(take, failed={**take.failed, surface: reason})
    if show.taking is None:
        return replace(show, on_air=take)
    show = replace(show, taking=take)
    if take.open_surfaces:
        return show
    return _promote(show, take.pressed_at, Phase.UNCONFIRMED)


def _see(show: Show, event: SceneSeen, now: Instant) -> Show:
    state = replace(_surface(show, event.surface), seen=event.scene, how=event.how, seen_at=now)
    return _confirm(_put(show, event.surface, state), event.surface, event.scene, now)


def _confirm(show: Show, surface: SurfaceId, scene: SceneName, now: Instant) -> Show:
    take = show.current
    if take is None or take.wanted.get(surface) != scene or surface in take.confirmed:
        return show
    failed = {name: reason for name, reason in take.failed.items() if name != surface}
    first = not take.confirmed
    take = replace(take, confirmed={**take.confirmed, surface: now}, failed=failed)
    if show.taking is not None:
        return _promote(replace(show, taking=take), now, Phase.ON_AIR)
    if first and take.phase is Phase.UNCONFIRMED:
        # OBS was slow: its word has come after the deadline, and is the truth.
        take = replace(take, phase=Phase.ON_AIR, started_at=take.started_at if take.returned else now)
    return replace(show, on_air=take)


# --- clocks and marks


def _hold(show: Show, press: PressId, now: Instant) -> Outcome:
    take = show.on_air
    if take is None:
        return _refuse(show, press, now, NOTHING_ON_AIR)
    if take.held_since is not None:
        return _refuse(show, press, now, ALREADY_HELD)
    return replace(show, on_air=replace(take, held_since=now), refusal=None), ()


def _resume(show: Show, press: PressId, now: Instant) -> Outcome:
    take = show.on_air
    if take is None or take.held_since is None:
        return _refuse(show, press, now, NOTHING_ON_AIR if take is None else NOT_HELD)
    held = Duration(take.held + max(0, now - take.held_since))
    return replace(show, on_air=replace(take, held_since=None, held=held), refusal=None), ()


def _end(show: Show, press: PressId, now: Instant) -> Outcome:
    show = _settle(show)
    take = show.on_air
    if take is None:
        return _refuse(show, press, now, NOTHING_ON_AIR)
    history = (*show.history[-HISTORY + 1 :], take)
    runs = {**show.runs, take.cue.id: _run(take, now)}
    return replace(show, on_air=None, history=history, runs=runs, clip=None, refusal=None), ()


def _shift(show: Show, amount: Duration) -> Show:
    """The wall clock was set: marks of what is running move with it, so that elapsed times stay."""
    return replace(
        show,
        on_air=_shifted(show.on_air, amount) if show.on_air else None,
        taking=_shifted(show.taking, amount) if show.taking else None,
        history=tuple(_shifted(take, amount) for take in show.history),
        pointer=replace(show.pointer, called_at=_moved(show.pointer.called_at, amount)),
        last_go_at=_moved(show.last_go_at, amount),
        clip=replace(show.clip, at=Instant(show.clip.at + amount)) if show.clip else None,
    )


def _shifted(take: Take, amount: Duration) -> Take:
    return replace(
        take,
        pressed_at=Instant(take.pressed_at + amount),
        started_at=Instant(take.started_at + amount),
        held_since=_moved(take.held_since, amount),
    )


def _moved(instant: Instant | None, amount: Duration) -> Instant | None:
    return None if instant is None else Instant(instant + amount)


# --- standby and edits


def _move_standby(show: Show, cue: CueId | None, now: Instant) -> Outcome:
    if cue is None:
        return replace(show, pointer=replace(show.pointer, cue=None)), ()
    place = show.plan.place(cue)
    if place is None:
        return _refuse(show, None, now, UNKNOWN_CUE)
    if is_skipped(show, show.plan.cues[place]):
        return _refuse(show, None, now, CUE_SKIPPED, {"cue": show.plan.cues[place].number})
    return replace(show, pointer=replace(show.pointer, cue=cue), refusal=None), ()


def _call_standby(show: Show, cue: CueId, now: Instant) -> Outcome:
    if show.plan.place(cue) is None:
        return _refuse(show, None, now, UNKNOWN_CUE)
    return replace(show, pointer=replace(show.pointer, called=cue, called_at=now), refusal=None), ()


def _edit(show: Show, edit: TimeAdded | SkipSet, now: Instant) -> Outcome:
    if cue_of(show, edit.cue) is None:
        return _refuse(show, None, now, UNKNOWN_CUE)
    if isinstance(edit, TimeAdded) and abs(edit.amount) > MOST_ADDED:
        return _refuse(show, None, now, TOO_MUCH_TIME)
    return replace(_with_edits(show, (*show.edits.done, edit), ()), refusal=None), ()


def _with_edits(show: Show, edits: tuple[TimeAdded | SkipSet, ...], undone: tuple[TimeAdded | SkipSet, ...]) -> Show:
    added: dict[CueId, Duration] = {}
    skips: dict[CueId, bool] = {}
    for edit in edits:
        if isinstance(edit, TimeAdded):
            added[edit.cue] = Duration(added.get(edit.cue, 0) + edit.amount)
        else:
            skips[edit.cue] = edit.skip
    show = _drop_lost_standby(replace(show, edits=Edits(edits, undone, added, skips)))
    return replace(
        show,
        on_air=_marked(show, show.on_air) if show.on_air else None,
        taking=_marked(show, show.taking) if show.taking else None,
    )


def _drop_lost_standby(show: Show) -> Show:
    """A pointer to a cue that is gone or skipped follows the running order again."""
    if show.pointer.cue is None:
        return show
    place = show.plan.place(show.pointer.cue)
    if place is None or is_skipped(show, show.plan.cues[place]):
        return replace(show, pointer=replace(show.pointer, cue=None))
    return show


# --- the rundown


def _load(show: Show, event: RundownLoaded) -> Show:
    before = show.plan
    surfaces = {name: _surface(show, name) for name in event.surfaces}
    loaded = Loaded(event.day, plan_times(event.day), event.scenes, event.go_guard, event.take_deadline)
    show = replace(show, rundown=loaded, surfaces=surfaces)
    show = replace(
        show,
        on_air=_carried(show, show.on_air, before) if show.on_air else None,
        taking=_carried(show, show.taking, before) if show.taking else None,
        history=tuple(_carried(show, take, before) for take in show.history),
    )
    return _drop_lost_standby(show)


def _carried(show: Show, take: Take, before: Plan) -> Take:
    """The take under a new rundown: marked with what became of its cue, keeping its place if it is gone."""
    if show.plan.place(take.cue.id) is not None:
        return _marked(show, replace(take, anchor=None))
    place = before.place(take.cue.id)
    if place is None:
        place = (before.place(take.anchor) if take.anchor is not None else None) or 0
    anchor = next((cue.id for cue in reversed(before.cues[: place + 1]) if show.plan.place(cue.id) is not None), None)
    return replace(take, mark=Mark.DELETED, anchor=anchor)


def _marked(show: Show, take: Take) -> Take:
    place = show.plan.place(take.cue.id)
    if place is None:
        return take
    cue = show.plan.cues[place]
    if is_skipped(show, cue):
        mark = Mark.SKIPPED
    elif cue != take.cue:
        mark = Mark.EDITED
    else:
        mark = Mark.NONE
    return take if mark is take.mark else replace(take, mark=mark)


# --- surfaces


def _surface(show: Show, surface: SurfaceId) -> SurfaceState:
    return show.surfaces.get(surface) or SurfaceState()


def _put(show: Show, surface: SurfaceId, state: SurfaceState) -> Show:
    return replace(show, surfaces={**show.surfaces, surface: state})


def _picture(show: Show) -> Mapping[SurfaceId, SceneName]:
    return {name: state.wanted for name, state in show.surfaces.items() if state.wanted is not None}


def _connect(show: Show, event: SurfaceConnected, now: Instant) -> Show:
    """A surface came back and told its state. Nothing is sent: the difference is shown, a person decides."""
    state = replace(
        _surface(show, event.surface),
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
    show = _put(show, event.surface, state)
    return _confirm(show, event.surface, event.scene, now) if event.scene is not None else show


def _start(show: Show) -> Show:
    """After a restart nothing is known of the surfaces until they have told it."""
    surfaces = {name: SurfaceState(wanted=state.wanted) for name, state in show.surfaces.items()}
    return replace(_settle(show), surfaces=surfaces, clip=None, refusal=None, journal_trouble=None)


def _see_clip(show: Show, event: ClipSeen, now: Instant) -> Show:
    take = show.on_air
    if take is None or take.cue.clip != event.input:
        return show
    before = show.clip
    keeps = before is not None and before.input == event.input
    duration = event.duration if event.duration is not None else (before.duration if keeps and before else None)
    position = event.position
    if position is None and event.playback is Playback.ENDED:
        position = duration
    mark = ClipMark(event.input, event.playback, position, duration, now)
    return replace(show, clip=mark)


def _studio_mode_off(show: Show, surface: SurfaceId, now: Instant) -> Outcome:
    if surface not in show.surfaces:
        return _refuse(show, None, now, UNKNOWN_SURFACE)
    if not show.surfaces[surface].studio_mode:
        return _refuse(show, None, now, STUDIO_MODE_IS_OFF)
    return show, (LeaveStudioMode(surface, "asked for by the operator"),)


def _refuse(
    show: Show,
    press: PressId | None,
    now: Instant,
    reason: Text,
    values: Mapping[str, object] | None = None,
) -> Outcome:
    values = values or {}
    return replace(show, refusal=Refusal(press, now, reason, values)), (Refuse(press, reason, values),)

"""One step of the show: ``step(show, event, now) -> (show, effects)``. Pure: the same journal gives the same show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from studio_console.core.change import replace
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
FOLLOWING = Pointer()
MOST_ADDED = Duration(12 * 3_600_000)

NO_RUNDOWN = Text("열린 큐시트가 없습니다", "No rundown is open")
NOTHING_NEXT = Text("다음 큐가 없습니다", "Nothing is next")
ALREADY_DONE = Text("이미 처리된 입력입니다", "This press was carried out already")
STALE = Text(
    "그사이 다음 큐가 바뀌었습니다. 지금은 {now}입니다. 확인하고 다시 누르세요",
    "Next has meanwhile become {now}: look, then press again",
)
TOO_SOON = Text("직전 GO와 너무 가깝습니다", "Too soon after the last GO")
CUE_SKIPPED = Text("건너뛰기로 표시된 큐입니다: {cue}", "{cue} is marked to be skipped")
UNKNOWN_CUE = Text("큐시트에 그런 큐가 없습니다", "The rundown has no such cue")
NOTHING_ON_AIR = Text("송출 중인 큐가 없습니다", "Nothing is on air")
NOTHING_BEFORE = Text("돌아갈 이전 큐가 없습니다", "There is no cue before this one to go back to")
ALREADY_HELD = Text("이미 홀드 중입니다", "It is on hold already")
NOT_HELD = Text("홀드 중이 아닙니다", "It is not on hold")
NOTHING_TO_UNDO = Text("되돌릴 편집이 없습니다", "There is no edit to undo")
NOTHING_TO_REDO = Text("다시 할 편집이 없습니다", "There is no edit to redo")
TOO_MUCH_TIME = Text("한 번에 12시간까지만 더하거나 뺄 수 있습니다", "At most 12 hours can be added or removed at once")
NO_LENGTH = Text(
    "끝나는 시간이 없는 큐라서 시간을 더하거나 뺄 수 없습니다",
    "It has no set end: there is no time to add to or take away from",
)
NO_ANSWER = Text("OBS가 제시간에 응답하지 않았습니다", "OBS did not answer in time")
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
    following = next_cue(show)
    refused = _why_not(show, event, following, now)
    if refused is not None:
        reason, values = refused
        return _refuse(show, event.press, now, reason, values)
    assert following is not None
    return _take(show, following, event.press, now)


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
    return None


def _take(show: Show, cue: Cue, press: PressId, now: Instant) -> Outcome:
    show = _settle(show)
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
    )
    return _send(show, take, cue.transition, f"GO {cue.number}", now)


def _retake(show: Show, running: Take, cue: Cue, press: PressId, now: Instant) -> Outcome:
    """The standby was put on the cue on air: its picture is sent again, as the files have it now; its clock runs on.

    This is how a person puts right what was cut by hand, or what an OBS that came back does not show.
    """
    picture = {name: state.wanted for name, state in show.surfaces.items() if state.wanted is not None}
    picture |= show.rundown.scenes.get(cue.id, {})
    take = _sent_again(replace(running, cue=cue, picture=picture, mark=Mark.NONE), picture, press, now)
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


def _back(show: Show, press: PressId, now: Instant) -> Outcome:
    """The last GO was a mistake: what was on air before returns, its clock having run on."""
    if press in show.presses:
        return _refuse(show, press, now, ALREADY_DONE)
    if show.taking is not None and show.taking.returned:
        return _refuse(show, press, now, TOO_SOON)
    history = show.history
    if show.taking is not None and show.on_air is not None:
        before = show.on_air
    elif history:
        before, history = history[-1], history[:-1]
    else:
        return _refuse(show, press, now, NOTHING_BEFORE if show.current else NOTHING_ON_AIR)
    # A surface that no cue has changed since is left alone, whatever was done there by hand.
    changed = {
        name: scene for name, scene in before.picture.items() if _surface(show, name).wanted not in (None, scene)
    }
    take = _sent_again(_marked(show, before), changed, press, now)
    return _send(replace(show, history=history), take, before.cue.transition, f"Back to {before.cue.number}", now)


def _send(show: Show, take: Take, transition: Transition, reason: str, now: Instant) -> Outcome:
    effects: list[Effect] = []
    surfaces = dict(show.surfaces)
    for surface, scene in take.wanted.items():
        effects.append(TakeScene(surface, scene, transition, take.cue.id, take.press, reason))
        surfaces[surface] = replace(_surface(show, surface), wanted=scene)
    show = replace(
        show,
        taking=take,
        surfaces=surfaces,
        pointer=FOLLOWING,
        presses=(*show.presses[-REMEMBERED_PRESSES + 1 :], take.press),
        last_go_at=now,
        refusal=None,
    )
    if not take.wanted:
        return _promote(show, _on_air(take, now, Phase.ON_AIR), now), ()
    deadline = Instant(now + show.rundown.take_deadline)
    effects.append(WakeAt(deadline, take.press, f"confirmation of {take.cue.number} is due"))
    return show, tuple(effects)


def _promote(show: Show, take: Take, at: Instant, surfaces: Mapping[SurfaceId, SurfaceState] | None = None) -> Show:
    """``take``, until now on its way, is on air from ``at``; what was there before is over."""
    history, runs = show.history, show.runs
    over = show.on_air
    if take.returned:
        runs = {cue: run for cue, run in runs.items() if cue != take.cue.id}
        if over is not None and over.cue.id != take.cue.id and _never_well(runs.get(over.cue.id)):
            runs[over.cue.id] = _run(over, at, backed_out=True)
    elif over is not None:
        history = (*history[-HISTORY + 1 :], over)
        runs = {**runs, over.cue.id: _run(over, at)}
    clip = show.clip if show.clip is not None and show.clip.input == take.cue.clip else None
    return replace(
        show,
        surfaces=show.surfaces if surfaces is None else surfaces,
        on_air=take,
        taking=None,
        history=history,
        runs=runs,
        clip=clip,
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


def _settle(show: Show) -> Show:
    """A take still without confirmation when the next one comes was on air as far as anyone knows."""
    take = show.taking
    return show if take is None else _give_up(show, take)


def _give_up(show: Show, take: Take) -> Show:
    """``take`` counts as on air from the press, though no surface has said so."""
    return _promote(show, _on_air(take, take.pressed_at, Phase.UNCONFIRMED), take.pressed_at)


def _run(take: Take, ended: Instant, backed_out: bool = False) -> Run:
    confirmed = take.confirmed.keys() >= take.wanted.keys()
    called = take.standby_called_at is not None
    return Run(
        take.cue.id, take.cue.number, take.started_at, max(ended, take.started_at), confirmed, called, backed_out
    )


def _miss_deadline(show: Show, press: PressId) -> Show:
    """Surfaces that have not answered by now count as failed, until they do."""
    take = show.current
    if take is None or take.press != press or not take.open_surfaces:
        return show
    return _failed(show, take, dict.fromkeys(take.open_surfaces, NO_ANSWER))


def _fail_surface(show: Show, surface: SurfaceId, reason: Text) -> Show:
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


def _see(show: Show, event: SceneSeen, now: Instant) -> Show:
    state = replace(_surface(show, event.surface), seen=event.scene, how=event.how, seen_at=now)
    return _confirm(show, event.surface, state, event.press, now)


def _confirm(show: Show, surface: SurfaceId, state: SurfaceState, press: PressId | None, now: Instant) -> Show:
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
        return _promote(show, _on_air(take, at, Phase.ON_AIR, confirmed, failed), at, surfaces)
    if not take.confirmed and take.phase is Phase.UNCONFIRMED:
        # OBS was slow: its word has come after the deadline, and is the truth.
        take = _on_air(take, at, Phase.ON_AIR, confirmed, failed)
    else:
        take = replace(take, confirmed=confirmed, failed=take.failed if failed is None else failed)
    return replace(show, surfaces=surfaces, on_air=take)


# --- clocks and marks


def _hold(show: Show, press: PressId, now: Instant) -> Outcome:
    take = show.current
    if take is None:
        return _refuse(show, press, now, NOTHING_ON_AIR)
    if take.held_since is not None:
        return _refuse(show, press, now, ALREADY_HELD)
    return _with_current(show, replace(take, held_since=now)), ()


def _resume(show: Show, press: PressId, now: Instant) -> Outcome:
    take = show.current
    if take is None or take.held_since is None:
        return _refuse(show, press, now, NOTHING_ON_AIR if take is None else NOT_HELD)
    held = Duration(take.held + max(0, now - take.held_since))
    return _with_current(show, replace(take, held_since=None, held=held)), ()


def _with_current(show: Show, take: Take) -> Show:
    if show.taking is not None:
        return replace(show, taking=take, refusal=None)
    return replace(show, on_air=take, refusal=None)


def _end(show: Show, press: PressId, now: Instant) -> Outcome:
    show = _settle(show)
    take = show.on_air
    if take is None:
        return _refuse(show, press, now, NOTHING_ON_AIR)
    history = (*show.history[-HISTORY + 1 :], take)
    runs = {**show.runs, take.cue.id: _run(take, now)}
    return replace(show, on_air=None, history=history, runs=runs, clip=None, refusal=None), ()


def _shift(show: Show, amount: Duration) -> Show:
    """The wall clock was set: all marks move with it, so that elapsed times and the gaps between them stay."""
    return replace(
        show,
        on_air=_shifted(show.on_air, amount) if show.on_air else None,
        taking=_shifted(show.taking, amount) if show.taking else None,
        history=tuple(_shifted(take, amount) for take in show.history),
        runs={
            cue: replace(run, started_at=Instant(run.started_at + amount), ended_at=Instant(run.ended_at + amount))
            for cue, run in show.runs.items()
        },
        surfaces={
            name: replace(state, seen_at=_moved(state.seen_at, amount), lost_at=_moved(state.lost_at, amount))
            for name, state in show.surfaces.items()
        },
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
        confirmed={name: Instant(at + amount) for name, at in take.confirmed.items()},
        standby_called_at=_moved(take.standby_called_at, amount),
    )


def _moved(instant: Instant | None, amount: Duration) -> Instant | None:
    return None if instant is None else Instant(instant + amount)


# --- standby and edits


def _move_standby(show: Show, cue: CueId | None, now: Instant) -> Outcome:
    if cue is None:
        return replace(show, pointer=replace(show.pointer, cue=None), refusal=None), ()
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
    cue = cue_of(show, edit.cue)
    if cue is None:
        return _refuse(show, None, now, UNKNOWN_CUE)
    if isinstance(edit, TimeAdded):
        if abs(edit.amount) > MOST_ADDED:
            return _refuse(show, None, now, TOO_MUCH_TIME)
        if cue.duration is None and cue.end is None:
            return _refuse(show, None, now, NO_LENGTH)
    return _with_edits(show, (*show.edits.done, edit), ()), ()


def _with_edits(show: Show, edits: tuple[TimeAdded | SkipSet, ...], undone: tuple[TimeAdded | SkipSet, ...]) -> Show:
    added: dict[CueId, Duration] = {}
    skips: dict[CueId, bool] = {}
    for edit in edits:
        if isinstance(edit, TimeAdded):
            added[edit.cue] = Duration(added.get(edit.cue, 0) + edit.amount)
        else:
            skips[edit.cue] = edit.skip
    show = _drop_lost_standby(replace(show, edits=Edits(edits, undone, added, skips), refusal=None))
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
    if place is None and take.anchor is not None:
        place = before.place(take.anchor)
    if place is None:
        return replace(take, mark=Mark.DELETED, anchor=None)
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


def _picture(show: Show) -> dict[SurfaceId, SceneName]:
    """What every surface is to show; where no cue has said so yet, what it does show, for Back to return to."""
    shown = {name: state.wanted or state.seen for name, state in show.surfaces.items()}
    return {name: scene for name, scene in shown.items() if scene is not None}


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
    return _confirm(show, event.surface, state, None, now)


def _start(show: Show) -> Show:
    """After a restart nothing is known of the surfaces until they have told it."""
    surfaces = {name: SurfaceState(wanted=state.wanted) for name, state in show.surfaces.items()}
    return replace(_settle(show), surfaces=surfaces, clip=None, refusal=None, journal_trouble=None)


def _see_clip(show: Show, event: ClipSeen, now: Instant) -> Show:
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

"""What the operators and the files change in the rundown while it runs: standby, time, skips, a new rundown."""

from __future__ import annotations

from typing import TypeAlias

from studio_console.core.arming import keep_only_next
from studio_console.core.change import replace
from studio_console.core.editing import FileEdit
from studio_console.core.events import RundownLoaded
from studio_console.core.file_edits import revert
from studio_console.core.guests import guests_by_scene, staying
from studio_console.core.plan import Plan, plan_times, planned_length
from studio_console.core.presses import SkipSet, TimeAdded
from studio_console.core.refusals import (
    CLIP_IS_CLOCK,
    CUE_SKIPPED,
    NO_LENGTH,
    NOTHING_TO_REDO,
    NOTHING_TO_UNDO,
    TOO_MUCH_TIME,
    UNKNOWN_CUE,
    Outcome,
    refuse,
)
from studio_console.core.show import Edits, Loaded, Mark, Show, Take, cue_of, is_skipped, surface_of
from studio_console.core.sound import reloaded
from studio_console.core.stage import StageState
from studio_console.core.timing import lasts_as_its_clip
from studio_console.core.units import CueId, Duration, Instant

History: TypeAlias = tuple[TimeAdded | SkipSet | FileEdit, ...]
MOST_ADDED = Duration(12 * 3_600_000)


def move_standby(show: Show, cue: CueId | None, now: Instant) -> Outcome:
    if cue is None:
        return keep_only_next(replace(show, pointer=replace(show.pointer, cue=None), refusal=None)), ()
    place = show.plan.place(cue)
    if place is None:
        return refuse(show, None, now, UNKNOWN_CUE)
    if is_skipped(show, show.plan.cues[place]):
        return refuse(show, None, now, CUE_SKIPPED, {"cue": show.plan.cues[place].number})
    return keep_only_next(replace(show, pointer=replace(show.pointer, cue=cue), refusal=None)), ()


def call_standby(show: Show, cue: CueId, now: Instant) -> Outcome:
    if show.plan.place(cue) is None:
        return refuse(show, None, now, UNKNOWN_CUE)
    return replace(show, pointer=replace(show.pointer, called=cue, called_at=now), refusal=None), ()


def edit(show: Show, edit: TimeAdded | SkipSet, now: Instant) -> Outcome:
    cue = cue_of(show, edit.cue)
    if cue is None:
        return refuse(show, None, now, UNKNOWN_CUE)
    if isinstance(edit, TimeAdded):
        if abs(edit.amount) > MOST_ADDED:
            return refuse(show, None, now, TOO_MUCH_TIME)
        if planned_length(cue, show.clip_lengths) is None and cue.end is None:
            return refuse(show, None, now, NO_LENGTH)
        if lasts_as_its_clip(show, cue):
            return refuse(show, None, now, CLIP_IS_CLOCK)
    return _with_edits(show, (*show.edits.done, edit), ()), ()


def undo(show: Show, now: Instant) -> Outcome:
    done, undone = show.edits.done, show.edits.undone
    if not done:
        return refuse(show, None, now, NOTHING_TO_UNDO)
    if isinstance(done[-1], FileEdit):
        return revert(show, done[-1], False, now)
    return _with_edits(show, done[:-1], (*undone, done[-1])), ()


def redo(show: Show, now: Instant) -> Outcome:
    done, undone = show.edits.done, show.edits.undone
    if not undone:
        return refuse(show, None, now, NOTHING_TO_REDO)
    if isinstance(undone[-1], FileEdit):
        return revert(show, undone[-1], True, now)
    return _with_edits(show, (*done, undone[-1]), undone[:-1]), ()


def _with_edits(show: Show, edits: History, undone: History) -> Show:
    added: dict[CueId, Duration] = {}
    skips: dict[CueId, bool] = {}
    for edit in edits:
        if isinstance(edit, TimeAdded):
            added[edit.cue] = Duration(added.get(edit.cue, 0) + edit.amount)
        elif isinstance(edit, SkipSet):
            skips[edit.cue] = edit.skip
    show = _drop_lost_standby(replace(show, edits=Edits(edits, undone, added, skips), refusal=None))
    show = keep_only_next(show)
    return replace(
        show,
        on_air=marked(show, show.on_air) if show.on_air else None,
        taking=marked(show, show.taking) if show.taking else None,
    )


def _drop_lost_standby(show: Show) -> Show:
    """A pointer to a cue that is gone or skipped follows the running order again."""
    if show.pointer.cue is None:
        return show
    place = show.plan.place(show.pointer.cue)
    if place is None or is_skipped(show, show.plan.cues[place]):
        return replace(show, pointer=replace(show.pointer, cue=None))
    return show


def load(show: Show, event: RundownLoaded) -> Show:
    before = show.plan
    surfaces = {name: surface_of(show, name) for name in event.surfaces}
    loaded = Loaded(
        day=event.day,
        plan=plan_times(event.day, show.clip_lengths),
        scenes=event.scenes,
        go_guard=event.go_guard,
        take_deadline=event.take_deadline,
        guests=event.guests,
        guest_lead=event.guest_lead,
        unwatched=event.unwatched,
        in_scene=guests_by_scene(event.day, event.scenes, event.guests),
        clips=event.clips,
        loops=event.loops,
        clip_patience=event.clip_patience,
        stays_armed=event.stays_armed,
        words=event.words,
        interpretation=event.interpretation,
        outputs=event.outputs,
        output_rules=event.output_rules,
        dead_air=event.dead_air,
        excuses=event.excuses,
        walls=event.walls,
        holding=event.holding,
        roll_columns=event.roll_columns,
        locks=event.locks,
    )
    # Another day's tech check says nothing of today's lines.
    same_day = show.day is None or show.day.id == event.day.id
    known = show.guests if same_day else {}
    # What lies over a wall lies there whatever the files say; what was armed for another day is not for this one.
    walls = {
        name: wall if same_day else replace(wall, armed=None)
        for name, wall in show.walls.items()
        if name in event.walls
    }
    show = replace(
        show,
        rundown=loaded,
        surfaces=surfaces,
        guests=staying(known, event.guests),
        walls=walls,
        roll_call=show.roll_call if same_day else {},
        stage=show.stage if same_day else StageState(notes=show.stage.notes, hall=show.stage.hall),
        sound=reloaded(show.sound, event.interpretation),
    )
    show = replace(
        show,
        on_air=_carried(show, show.on_air, before) if show.on_air else None,
        taking=_carried(show, show.taking, before) if show.taking else None,
        history=tuple(_carried(show, take, before) for take in show.history),
    )
    return keep_only_next(_drop_lost_standby(show))


def _carried(show: Show, take: Take, before: Plan) -> Take:
    """The take under a new rundown: marked with what became of its cue, keeping its place if it is gone."""
    if show.plan.place(take.cue.id) is not None:
        return marked(show, replace(take, anchor=None))
    place = before.place(take.cue.id)
    if place is None and take.anchor is not None:
        place = before.place(take.anchor)
    if place is None:
        return replace(take, mark=Mark.DELETED, anchor=None)
    anchor = next((cue.id for cue in reversed(before.cues[: place + 1]) if show.plan.place(cue.id) is not None), None)
    return replace(take, mark=Mark.DELETED, anchor=anchor)


def marked(show: Show, take: Take) -> Take:
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

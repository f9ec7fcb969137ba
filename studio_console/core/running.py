"""The clock of what is on air: hold, resume, end, and a wall clock that was set."""

from __future__ import annotations

from studio_console.core.alarm_book import shifted_alarms
from studio_console.core.change import replace
from studio_console.core.messages import shifted_speaker
from studio_console.core.outputs import shift_outputs
from studio_console.core.refusals import ALREADY_HELD, NOT_HELD, NOTHING_ON_AIR, Outcome, refuse
from studio_console.core.roll_call import Marks
from studio_console.core.runs import Runs
from studio_console.core.show import GuestState, Show, Take, WallState
from studio_console.core.sound import shifted
from studio_console.core.speaker import told_until
from studio_console.core.stage import shifted as shifted_stage
from studio_console.core.takes import HISTORY, run_of, settle
from studio_console.core.units import Duration, Instant, PressId, moved


def hold(show: Show, press: PressId, now: Instant) -> Outcome:
    take = show.current
    if take is None:
        return refuse(show, press, now, NOTHING_ON_AIR)
    if take.held_since is not None:
        return refuse(show, press, now, ALREADY_HELD)
    return _with_current(show, replace(take, held_since=now)), ()


def resume(show: Show, press: PressId, now: Instant) -> Outcome:
    take = show.current
    if take is None or take.held_since is None:
        return refuse(show, press, now, NOTHING_ON_AIR if take is None else NOT_HELD)
    held = Duration(take.held + max(0, now - take.held_since))
    return _with_current(show, replace(take, held_since=None, held=held)), ()


def _with_current(show: Show, take: Take) -> Show:
    if show.taking is not None:
        return replace(show, taking=take, refusal=None)
    return replace(show, on_air=take, refusal=None)


def end(show: Show, press: PressId, now: Instant) -> Outcome:
    show = settle(show)
    take = show.on_air
    if take is None:
        return refuse(show, press, now, NOTHING_ON_AIR)
    history = (*show.history[-HISTORY + 1 :], take)
    runs = show.runs.put(take.cue.id, run_of(take, now))
    return replace(
        show, on_air=None, history=history, runs=runs, clips={}, speaker=told_until(show.speaker, now), refusal=None
    ), ()


def shift(show: Show, amount: Duration) -> Show:
    """The wall clock was set: all marks move with it, so that elapsed times and the gaps between them stay."""
    show = replace(
        show,
        on_air=_shifted(show.on_air, amount) if show.on_air else None,
        taking=_shifted(show.taking, amount) if show.taking else None,
        history=tuple(_shifted(take, amount) for take in show.history),
        runs=Runs(
            {
                cue: replace(run, started_at=Instant(run.started_at + amount), ended_at=Instant(run.ended_at + amount))
                for cue, run in show.runs.items()
            }
        ),
        surfaces={
            name: replace(
                state,
                seen_at=moved(state.seen_at, amount),
                lost_at=moved(state.lost_at, amount),
                standby=replace(state.standby, since=moved(state.standby.since, amount)) if state.standby else None,
            )
            for name, state in show.surfaces.items()
        },
        pointer=replace(show.pointer, called_at=moved(show.pointer.called_at, amount)),
        started_at=moved(show.started_at, amount),
        last_go_at=moved(show.last_go_at, amount),
        clips={
            name: replace(
                mark,
                at=Instant(mark.at + amount),
                moved_at=Instant(mark.moved_at + amount),
                runs_since=moved(mark.runs_since, amount),
            )
            for name, mark in show.clips.items()
        },
        guests={guest: _shifted_guest(state, amount) for guest, state in show.guests.items()},
        armed=replace(show.armed, at=Instant(show.armed.at + amount)) if show.armed else None,
        sound=shifted(show.sound, amount),
        walls={name: _shifted_wall(wall, amount) for name, wall in show.walls.items()},
        roll_call=_shifted_marks(show.roll_call, amount),
        speaker=shifted_speaker(show.speaker, amount),
        stage=shifted_stage(show.stage, amount),
        noted=shifted_alarms(show.noted, amount),
    )
    return shift_outputs(show, amount)


def _shifted(take: Take, amount: Duration) -> Take:
    return replace(
        take,
        pressed_at=Instant(take.pressed_at + amount),
        started_at=Instant(take.started_at + amount),
        held_since=moved(take.held_since, amount),
        confirmed={name: Instant(at + amount) for name, at in take.confirmed.items()},
        standby_called_at=moved(take.standby_called_at, amount),
    )


def _shifted_guest(state: GuestState, amount: Duration) -> GuestState:
    checks = {check: replace(mark, at=Instant(mark.at + amount)) for check, mark in state.checks.items()}
    return replace(state, since=moved(state.since, amount), checks=checks)


def _shifted_wall(wall: WallState, amount: Duration) -> WallState:
    return replace(
        wall,
        armed=replace(wall.armed, at=Instant(wall.armed.at + amount)) if wall.armed is not None else None,
        take=replace(wall.take, at=Instant(wall.take.at + amount)) if wall.take is not None else None,
        holding_since=moved(wall.holding_since, amount),
    )


def _shifted_marks(marks: Marks, amount: Duration) -> Marks:
    return {
        person: {mark: replace(entry, at=Instant(entry.at + amount)) for mark, entry in given.items()}
        for person, given in marks.items()
    }

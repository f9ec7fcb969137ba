"""Streams and recordings: started and stopped by arm and confirm, and known by what OBS says of them.

OBS answers a start before there is a stream: only its own word that it has started counts, and if that does not come
in time there is an alarm. Nothing is ever started again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from studio_console.core.arming import NOT_ARMED, disarm, is_armed
from studio_console.core.change import replace
from studio_console.core.effects import Effect, StartOutput, StopOutput, WakeAt
from studio_console.core.output_state import ALL, NOT_SEEN, Output, OutputKey, OutputRun, Sending, WatchState
from studio_console.core.presses import Grave, StartOutputPressed, StopOutputPressed
from studio_console.core.refusals import Outcome, refuse
from studio_console.core.reports import OutputFailed, OutputSeen, OutputsMeasured, SurfaceWatched
from studio_console.core.show import Show, surface_of
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PressId, SurfaceId, moved

UNKNOWN_OUTPUT = Text("그런 송출처가 없습니다", "There is no such output")
FOLLOWS = Text(
    "전용 회선이라 화면을 그대로 따라갑니다. 여기서 켜고 끄지 않습니다",
    "It is a line: it follows its surface and is not started or stopped here",
)
NOT_CONNECTED = Text("OBS에 연결되어 있지 않습니다", "There is no link to its OBS")
NOTHING_TO_START = Text("시작할 송출이 없습니다. 이미 나가고 있습니다", "Nothing is left to start: it runs already")
NOTHING_TO_STOP = Text("나가고 있는 송출이 없습니다", "Nothing runs that could be stopped")
DID_NOT_START = Text(
    "OBS가 시작하지 못했습니다. OBS의 방송 설정(서버·스트림 키)과 네트워크, 녹화라면 디스크를 확인하세요",
    "OBS could not start it: see its stream settings (server, key) and the network; for a recording, the disk",
)

RUNNING = frozenset({Sending.STARTING, Sending.LIVE, Sending.RECONNECTING, Sending.PAUSED})


class OutputPhase(StrEnum):
    """What is to be said of an output."""

    UNKNOWN = "unknown"
    STOPPED = "stopped"
    STARTING = "starting"
    LIVE = "live"
    RECONNECTING = "reconnecting"
    PAUSED = "paused"
    STOPPING = "stopping"
    FAILED = "failed"


def run_of(show: Show, output: Output) -> OutputRun:
    return show.outputs.get(output.key, NOT_SEEN)


def phase_of(show: Show, output: Output) -> OutputPhase:
    """A line is live where its surface is known to show something."""
    if output.kind is OutputKind.LINE:
        state = surface_of(show, output.surface)
        return OutputPhase.LIVE if state.connected and state.seen is not None else OutputPhase.UNKNOWN
    run = run_of(show, output)
    if run.failed is not None or run.overdue:
        return OutputPhase.FAILED
    if run.seen is None:
        return OutputPhase.UNKNOWN
    if run.order is not None and run.wanted and run.seen is Sending.STOPPED:
        return OutputPhase.STARTING
    if run.order is not None and not run.wanted and run.seen in RUNNING:
        return OutputPhase.STOPPING
    if run.wanted and run.seen is Sending.STOPPED:
        return OutputPhase.FAILED
    return OutputPhase(run.seen.value)


def can_start(show: Show, output: Output) -> bool:
    return output.kind is not OutputKind.LINE and run_of(show, output).seen is Sending.STOPPED


def can_stop(show: Show, output: Output) -> bool:
    """Also one that has failed: to stop it says that it is meant to be off."""
    run = run_of(show, output)
    return output.kind is not OutputKind.LINE and (run.seen in RUNNING or run.wanted or run.failed is not None)


# --- the operators ---------------------------------------------------------------------------------------------


def start_outputs(show: Show, event: StartOutputPressed, now: Instant) -> Outcome:
    if not is_armed(show, Grave.START_OUTPUT, event.subject, now):
        return refuse(show, event.press, now, NOT_ARMED)
    show = disarm(show)
    meant = _meant(show, event.subject)
    able = [output for output in meant if can_start(show, output)]
    if not able:
        return refuse(show, event.press, now, _why_not(show, event.subject, meant, NOTHING_TO_START))
    effects: list[Effect] = []
    reason = "started by the operator"
    for surface, kind in _keys(able):
        run = OutputRun(True, Sending.STOPPED, show.outputs[surface, kind].since, order=event.press)
        show = _put(show, (surface, kind), run)
        effects.append(StartOutput(surface, kind, event.press, reason))
    for key in _keys(meant):
        if not surface_of(show, key[0]).connected:
            show = _put(show, key, replace(show.outputs.get(key, NOT_SEEN), failed=NOT_CONNECTED))
    return replace(show, refusal=None), (*effects, _deadline(show, event.press, now))


def stop_outputs(show: Show, event: StopOutputPressed, now: Instant) -> Outcome:
    """Nothing is sent where nothing runs: what has failed is then meant to be off, and its alarm is over."""
    if not is_armed(show, Grave.STOP_OUTPUT, event.subject, now):
        return refuse(show, event.press, now, NOT_ARMED)
    show = disarm(show)
    meant = _meant(show, event.subject)
    able = [output for output in meant if can_stop(show, output)]
    if not able:
        return refuse(show, event.press, now, _why_not(show, event.subject, meant, NOTHING_TO_STOP))
    effects: list[Effect] = []
    for surface, kind in _keys(able):
        run = show.outputs[surface, kind]
        runs = run.seen in RUNNING or run.order is not None
        order = event.press if runs else None
        run = replace(run, wanted=False, order=order, overdue=False, failed=None)
        show = _put(show, (surface, kind), run)
        if runs:
            effects.append(StopOutput(surface, kind, event.press, "stopped by the operator"))
    show = replace(show, refusal=None)
    return show, (*effects, _deadline(show, event.press, now)) if effects else ()


def _meant(show: Show, subject: str) -> list[Output]:
    outputs = show.rundown.outputs
    if subject == ALL:
        return [output for output in outputs if output.kind is not OutputKind.LINE]
    return [output for output in outputs if output.id == subject]


def _keys(outputs: Iterable[Output]) -> list[OutputKey]:
    return list(dict.fromkeys(output.key for output in outputs))


def _why_not(show: Show, subject: str, meant: list[Output], otherwise: Text) -> Text:
    if not meant:
        return otherwise if subject == ALL else UNKNOWN_OUTPUT
    if all(output.kind is OutputKind.LINE for output in meant):
        return FOLLOWS
    if not any(surface_of(show, output.surface).connected for output in meant):
        return NOT_CONNECTED
    return otherwise


def _deadline(show: Show, press: PressId, now: Instant) -> WakeAt:
    rules = show.rundown.output_rules
    return WakeAt(Instant(now + rules.deadline), press, "OBS should have started or stopped it")


def _put(show: Show, key: OutputKey, run: OutputRun) -> Show:
    return replace(show, outputs={**show.outputs, key: run})


# --- what comes of it ------------------------------------------------------------------------------------------


def see_output(show: Show, event: OutputSeen, now: Instant) -> Show:
    """OBS said what a stream or recording does. ``ago`` tells for how long, where it ran before it was asked."""
    key = event.surface, event.kind
    run = show.outputs.get(key, NOT_SEEN)
    seen = event.sending
    since = run.since if run.seen is seen and run.since is not None else Instant(now - event.ago)
    run = replace(run, seen=seen, since=since)
    if seen in (Sending.LIVE, Sending.PAUSED, Sending.RECONNECTING):
        run = replace(run, live_since=run.live_since if run.live_since is not None else since)
        if run.wanted or (run.order is None and not run.overdue):
            run = replace(run, wanted=True, order=None, overdue=False, failed=None)
    elif seen is Sending.STOPPED:
        gave_up = run.order is not None and run.wanted and event.changed
        run = replace(run, live_since=None, overdue=run.overdue and run.wanted)
        if gave_up:
            run = replace(run, order=None, overdue=False, failed=DID_NOT_START)
        elif not run.wanted:
            run = replace(run, order=None)
    return _put(show, key, run)


def fail_output(show: Show, event: OutputFailed) -> Show:
    key = event.surface, event.kind
    run = show.outputs.get(key, NOT_SEEN)
    if run.order != event.press:
        return show
    return _put(show, key, replace(run, order=None, failed=event.reason))


def miss_output(show: Show, press: PressId) -> Show:
    """The time in which OBS should have said that what ``press`` asked for is done is over."""
    for key, run in show.outputs.items():
        if run.order == press:
            show = _put(show, key, replace(run, order=None, overdue=True))
    return show


def measure_outputs(show: Show, event: OutputsMeasured) -> Show:
    return replace(show, measures={**show.measures, event.surface: event.measures})


def watch_surface(show: Show, event: SurfaceWatched, now: Instant) -> Show:
    """Who watches can or cannot see the surface; what cannot be seen is not known."""
    before = show.watched.get(event.surface)
    since = before.since if before is not None and before.on is event.on else now
    show = replace(show, watched={**show.watched, event.surface: WatchState(event.on, since, event.reason)})
    return show if event.on else _unseen(show, event.surface)


def _unseen(show: Show, surface: SurfaceId) -> Show:
    return replace(
        show,
        measures={name: measures for name, measures in show.measures.items() if name != surface},
        air={name: found for name, found in show.air.items() if name != surface},
    )


def lose_outputs(show: Show, surface: SurfaceId) -> Show:
    """With the link to an OBS goes what is known of its outputs; what is wanted of them stays."""
    outputs = {
        key: replace(run, seen=None, since=None, order=None) if key[0] == surface else run
        for key, run in show.outputs.items()
    }
    return replace(show, outputs=outputs)


def restart_outputs(show: Show) -> Show:
    """The console came up again: what ran is still wanted, and nothing is known until it has been told."""
    outputs = {key: OutputRun(wanted=run.wanted) for key, run in show.outputs.items()}
    return replace(show, outputs=outputs, measures={}, air={}, watched={})


def shift_outputs(show: Show, amount: Duration) -> Show:
    """The wall clock was set: what lasts goes on lasting as long as it did."""
    return replace(
        show,
        outputs={
            key: replace(run, since=moved(run.since, amount), live_since=moved(run.live_since, amount))
            for key, run in show.outputs.items()
        },
        air={
            name: {fault: Instant(since + amount) for fault, since in found.items()} for name, found in show.air.items()
        },
        watched={name: replace(state, since=Instant(state.since + amount)) for name, state in show.watched.items()},
    )

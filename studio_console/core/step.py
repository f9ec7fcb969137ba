"""One step of the show: ``step(show, event, now) -> (show, effects)``. Pure: the same journal gives the same show."""

from __future__ import annotations

from studio_console.core.alarm_book import acknowledge_alarm, clear_alarm, note_alarm
from studio_console.core.arming import arm, disarm
from studio_console.core.change import replace
from studio_console.core.clips import follow_clip, measure, see_clip, set_following
from studio_console.core.dead_air import see_air
from studio_console.core.edit_reports import (
    DraftFound,
    DraftKept,
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
    UnsavedSettled,
)
from studio_console.core.editing import CueDeleted, CueDuplicated, CueEdited, CueInserted, CueShifted, SessionEdited
from studio_console.core.edits import call_standby, edit, load, move_standby, redo, undo
from studio_console.core.events import (
    AlarmCleared,
    AlarmRaised,
    ClockStepped,
    ConsoleStarted,
    DeadlinePassed,
    JournalTroubled,
    RundownLoaded,
    ShowEvent,
)
from studio_console.core.file_edits import (
    dropped,
    found_draft,
    keep_draft,
    kept,
    not_reverted,
    refused,
    reverted,
    settle,
    want,
    written,
)
from studio_console.core.guests import check_guest, see_guest
from studio_console.core.messages import (
    black_out,
    blink,
    change_free_timer,
    clear_message,
    end_free_timer,
    hold_free_timer,
    send_message,
    start_free_timer,
)
from studio_console.core.outputs import (
    fail_output,
    measure_outputs,
    miss_output,
    see_output,
    start_outputs,
    stop_outputs,
    watch_surface,
)
from studio_console.core.presses import (
    AlarmAcknowledged,
    AlignPressed,
    ArmPressed,
    BackPressed,
    Disarmed,
    EditRedone,
    EditUndone,
    EndPressed,
    FollowingSet,
    GoPressed,
    GuestChecked,
    HoldPressed,
    InterpreterChanged,
    PromotePressed,
    ReconnectPressed,
    ResumePressed,
    RollCallMarked,
    ShowLockSet,
    SkipSet,
    SoundOverridden,
    SoundReleased,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
    StopOutputPressed,
    StudioModeOffPressed,
    TimeAdded,
    WallArmed,
    WallBackPressed,
    WallDisarmed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.refusals import Outcome
from studio_console.core.reports import (
    AirSeen,
    ArrangeFailed,
    ClipMeasured,
    ClipRanOut,
    ClipSeen,
    CollectionSeen,
    DriftSeen,
    GuestSeen,
    OutputFailed,
    OutputSeen,
    OutputsMeasured,
    SceneArranged,
    ScenesCompared,
    SceneSeen,
    SoundSeen,
    StandbySeen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    SurfaceWatched,
    TakeFailed,
    TextWritten,
    WordsSeen,
)
from studio_console.core.roll_calls import mark_roll_call, see_text
from studio_console.core.running import end, hold, resume, shift
from studio_console.core.show import Show, surface_of
from studio_console.core.show_lock import set_show_lock
from studio_console.core.sound import hand_over, override, release, see_sound, see_words
from studio_console.core.speaker import (
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.stage import (
    HallCounted,
    HallEntryOverridden,
    HallEntryRefused,
    HallExitTakenBack,
    SpeakerMarked,
    StageNoteWritten,
    StageStandbyAcknowledged,
)
from studio_console.core.stage_marks import acknowledge_standby, count_hall, mark_speaker, write_note
from studio_console.core.standby import align, promote, see_drift, see_standby
from studio_console.core.surfaces import (
    compare,
    connect,
    lose,
    put_surface,
    reconnect,
    see_scene,
    start,
    studio_mode_off,
)
from studio_console.core.takes import NO_ANSWER, back, fail_surface, go, miss_deadline
from studio_console.core.units import Instant
from studio_console.core.walls import (
    COLLECTION_GONE,
    arm_wall,
    disarm_wall,
    fail_arranged,
    fail_wall,
    hold_wall,
    see_arranged,
    take_wall,
    unarmable,
    wall_back,
)


def step(show: Show, event: ShowEvent, now: Instant) -> Outcome:
    """What the show becomes when ``event`` happens at ``now``, and what is to be done about it."""
    match event:
        case GoPressed():
            return go(show, event, now)
        case BackPressed(press=press):
            return back(show, press, now)
        case StandbyMoved(cue=cue):
            return move_standby(show, cue, now)
        case StandbyCalled(cue=cue):
            return call_standby(show, cue, now)
        case HoldPressed(press=press):
            return hold(show, press, now)
        case ResumePressed(press=press):
            return resume(show, press, now)
        case EndPressed(press=press):
            return end(show, press, now)
        case TimeAdded() | SkipSet():
            return edit(show, event, now)
        case EditUndone():
            return undo(show, now)
        case EditRedone():
            return redo(show, now)
        case SessionEdited() | CueEdited() | CueShifted() | CueInserted() | CueDuplicated() | CueDeleted():
            return want(show, event, now)
        case UnsavedSettled():
            return settle(show, event, now)
        case DraftKept():
            return keep_draft(show, event)
        case EditWritten():
            return written(show, event), ()
        case EditKept():
            return kept(show, event), ()
        case EditRefused():
            return refused(show, event, now)
        case EditDropped():
            return dropped(show, event), ()
        case EditReverted():
            return reverted(show, event), ()
        case RevertFailed():
            return not_reverted(show, event, now)
        case DraftFound():
            return found_draft(show, event), ()
        case StudioModeOffPressed(surface=surface):
            return studio_mode_off(show, surface, now)
        case ReconnectPressed(surface=surface):
            return reconnect(show, surface, now)
        case ArmPressed():
            return arm(show, event, now)
        case Disarmed():
            return disarm(show), ()
        case PromotePressed():
            return promote(show, event, now)
        case AlignPressed():
            return align(show, event, now)
        case SoundOverridden():
            return override(show, event, now)
        case SoundReleased():
            return release(show, event, now)
        case InterpreterChanged():
            return hand_over(show, event, now)
        case StartOutputPressed():
            return start_outputs(show, event, now)
        case StopOutputPressed():
            return stop_outputs(show, event, now)
        case WallArmed():
            return arm_wall(show, event, now)
        case WallDisarmed(surface=surface):
            return disarm_wall(show, surface), ()
        case WallTakePressed():
            return take_wall(show, event, now)
        case WallHoldingPressed():
            return hold_wall(show, event, now)
        case WallBackPressed():
            return wall_back(show, event, now)
        case RollCallMarked():
            return mark_roll_call(show, event, now)
        case RundownLoaded():
            return load(show, event), ()
        case DeadlinePassed(press=press):
            return fail_wall(miss_output(miss_deadline(show, press), press), press, NO_ANSWER), ()
        case ClockStepped(amount=amount):
            return shift(show, amount), ()
        case ConsoleStarted():
            return start(show, now), ()
        case SurfaceConnected():
            return connect(show, event, now), ()
        case SurfaceLost():
            return lose(show, event, now), ()
        case SceneSeen():
            return see_scene(show, event, now), ()
        case TakeFailed(surface=surface, press=press, reason=reason):
            if show.current is None or show.current.press != press:
                return fail_wall(show, press, reason), ()
            return fail_surface(show, surface, reason), ()
        case SceneArranged():
            return see_arranged(show, event), ()
        case ArrangeFailed():
            return fail_arranged(show, event), ()
        case TextWritten():
            return see_text(show, event), ()
        case ScenesCompared():
            return compare(show, event), ()
        case StudioModeSeen(surface=surface, on=on):
            return put_surface(show, surface, replace(surface_of(show, surface), studio_mode=on)), ()
        case CollectionSeen():
            state = replace(surface_of(show, event.surface), collection=event.name, changing=event.changing)
            return unarmable(put_surface(show, event.surface, state), event.surface, COLLECTION_GONE), ()
        case JournalTroubled(reason=trouble):
            return replace(show, journal_trouble=trouble), ()
        case ClipSeen():
            return see_clip(show, event, now)
        case ClipRanOut():
            return follow_clip(show, event, now)
        case ClipMeasured():
            return measure(show, event), ()
        case ShowLockSet():
            return set_show_lock(show, event, now)
        case MessageSent():
            return send_message(show, event, now)
        case MessageCleared():
            return clear_message(show, event, now)
        case TimerBlinked():
            return blink(show, event, now)
        case TimerBlackedOut():
            return black_out(show, event, now)
        case FreeTimerStarted():
            return start_free_timer(show, event, now)
        case FreeTimerHeld():
            return hold_free_timer(show, event, now)
        case FreeTimerChanged():
            return change_free_timer(show, event, now)
        case FreeTimerEnded():
            return end_free_timer(show, event, now)
        case AlarmRaised():
            return note_alarm(show, event, now), ()
        case AlarmCleared():
            return clear_alarm(show, event), ()
        case AlarmAcknowledged():
            return acknowledge_alarm(show, event, now), ()
        case FollowingSet():
            return set_following(show, event, now)
        case StandbySeen():
            return see_standby(show, event, now), ()
        case DriftSeen():
            return see_drift(show, event), ()
        case WordsSeen():
            return see_words(show, event), ()
        case SoundSeen():
            return see_sound(show, event), ()
        case OutputSeen():
            return see_output(show, event, now), ()
        case OutputFailed():
            return fail_output(show, event), ()
        case OutputsMeasured():
            return measure_outputs(show, event), ()
        case AirSeen():
            return see_air(show, event, now), ()
        case SurfaceWatched():
            return watch_surface(show, event, now), ()
        case GuestSeen():
            return see_guest(show, event, now), ()
        case GuestChecked():
            return check_guest(show, event, now)
        case SpeakerMarked():
            return mark_speaker(show, event, now)
        case StageStandbyAcknowledged():
            return acknowledge_standby(show, event, now)
        case StageNoteWritten():
            return write_note(show, event, now)
        case HallCounted():
            return count_hall(show, event), ()
        case HallEntryRefused() | HallEntryOverridden() | HallExitTakenBack():
            return show, ()  # for the as-run; the count comes by itself

"""What each act means, given what the desk shows. Sends events; changes nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from studio_console.core.arming import NOT_ARMED, armed_now, why_to_arm
from studio_console.core.clip_watch import NO_HOLDING, holding_cue
from studio_console.core.events import ShowEvent
from studio_console.core.output_state import ALL, Output
from studio_console.core.outputs import NOTHING_TO_START, NOTHING_TO_STOP, can_start, can_stop
from studio_console.core.presses import (
    AlignPressed,
    ArmPressed,
    BackPressed,
    Disarmed,
    EditRedone,
    EditUndone,
    EndPressed,
    FollowingSet,
    GoPressed,
    Grave,
    HoldPressed,
    PromotePressed,
    ReconnectPressed,
    ResumePressed,
    ShowLockSet,
    SkipSet,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
    StopOutputPressed,
    StudioModeOffPressed,
    TimeAdded,
    WallBackPressed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.refusals import NOTHING_NEXT, NOTHING_ON_AIR, grounds
from studio_console.core.rundown import Cue
from studio_console.core.show import Refusal, Show, cue_of, is_skipped, next_cue, position
from studio_console.core.show_lock import SHOW
from studio_console.core.stage import StageNoteWritten
from studio_console.core.standby import promotable
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, CueId, Duration, PressId, SurfaceId
from studio_console.gui.bridge import Bridge, new_press
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR
from studio_console.gui.keys import Act

NO_CUE = CueId("")
NO_WALL = Text("이 홀에는 LED 월이 없습니다", "This hall has no LED wall")
NOTHING_SELECTED = Text("선택한 큐가 없습니다", "No cue is selected")
NOTHING_TO_ARM = Text("{cue}: 준비 없이 GO로 나갑니다", "{cue} needs no arming: GO takes it")
NO_LIVE_STANDBY = Text("연결된 대기 OBS가 없습니다", "No standby OBS is connected")
NO_FURTHER = Text("그쪽에는 스탠바이할 큐가 없습니다", "There is no cue to stand by in that direction")

ARMS: Mapping[Act, tuple[Grave, Callable[[Show, Output], bool], Text]] = {
    Act.ARM_START: (Grave.START_OUTPUT, can_start, NOTHING_TO_START),
    Act.ARM_STOP: (Grave.STOP_OUTPUT, can_stop, NOTHING_TO_STOP),
}
CONFIRMS: Mapping[Grave, Callable[[str, PressId], ShowEvent]] = {
    Grave.START_OUTPUT: StartOutputPressed,
    Grave.STOP_OUTPUT: StopOutputPressed,
    Grave.PROMOTE_STANDBY: lambda surface, press: PromotePressed(SurfaceId(surface), press),
    Grave.UNLOCK: lambda _subject, _press: ShowLockSet(False),
}
"""What the second press does with what was armed."""


class Controls(QObject):
    """Acts on the show that was last delivered: on what the operator saw."""

    refused = Signal(object, object, object)
    """Act, reason (Text) and its values: an act was not done, here or by the engine."""
    moved_on = Signal()
    """Something was done since: what was refused before is not to be shown any longer."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._show = Show()
        self.selected: CueId | None = None
        """The row that was selected in the cue sheet."""
        self._aim: CueId | None = None
        self._presses: dict[PressId, Act] = {}
        self._last = Act.GO
        self._acts: Mapping[Act, Callable[[], None]] = {
            Act.GO: self._go,
            Act.STANDBY: self._standby,
            Act.HOLD: self._hold,
            Act.MORE: lambda: self._add(MINUTE),
            Act.LESS: lambda: self._add(Duration(-MINUTE)),
            Act.END: lambda: self.press(Act.END, EndPressed),
            Act.BACK: lambda: self.press(Act.BACK, BackPressed),
            Act.SKIP: self._skip,
            Act.UNDO: lambda: self._post(Act.UNDO, EditUndone()),
            Act.REDO: lambda: self._post(Act.REDO, EditRedone()),
            Act.FOLLOW: self._follow,
            Act.ARM: self._arm,
            Act.HOLDING: self._standby_on_holding,
            Act.FOLLOWING: lambda: self._post(Act.FOLLOWING, FollowingSet(not self._show.follows_clips)),
            Act.HERE: self._here,
            Act.UP: lambda: self._move(-1),
            Act.DOWN: lambda: self._move(1),
            Act.ARM_PROMOTE: self._arm_one,
            Act.ARM_START: lambda: self._arm_outputs(Act.ARM_START, ALL),
            Act.ARM_STOP: lambda: self._arm_outputs(Act.ARM_STOP, ALL),
            Act.CONFIRM: self._confirm,
            Act.LOCK: self._lock,
            Act.WALL_HOLDING: lambda: self._wall(Act.WALL_HOLDING, WallHoldingPressed),
            Act.WALL_TAKE: lambda: self._wall(Act.WALL_TAKE, WallTakePressed),
            Act.WALL_BACK: lambda: self._wall(Act.WALL_BACK, WallBackPressed),
        }
        bridge.refused.connect(self._refused)
        self.refusal = bridge.refused
        """Every refusal as the engine gives it, with its press."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """What ``perform`` can do."""
        return tuple(self._acts)

    def set_show(self, show: Show) -> None:
        before, self._show = self._show, show
        if grounds(before) != grounds(show):
            self.moved_on.emit()
        self._aim = None

    def perform(self, act: Act) -> None:
        """Does ``act``; acts that are the window's own are not known here."""
        self._last = act
        self._acts[act]()

    def put_standby(self, cue: CueId) -> None:
        """Puts the standby on ``cue``."""
        self._post(Act.HERE, StandbyMoved(cue))

    def write_note(self, words: str) -> None:
        """A note to the stage."""
        self.press(Act.STAGE_NOTE, lambda press: StageNoteWritten(words, TECHNICAL_DIRECTOR, press))

    def leave_studio_mode(self, surface: SurfaceId) -> None:
        self._bridge.post(StudioModeOffPressed(surface))

    def reconnect(self, surface: SurfaceId) -> None:
        self._bridge.post(ReconnectPressed(surface))

    def align(self, surface: SurfaceId) -> None:
        self._bridge.post(AlignPressed(surface, self._new_press(Act.ARM_PROMOTE)))

    def arm_promote(self, surface: SurfaceId) -> None:
        self._bridge.post(ArmPressed(Grave.PROMOTE_STANDBY, surface, self._new_press(Act.ARM_PROMOTE)))

    def let_go(self) -> None:
        self._bridge.post(Disarmed())

    def promote(self, surface: SurfaceId) -> None:
        self._bridge.post(PromotePressed(surface, self._new_press(Act.CONFIRM)))

    def arm_output(self, name: str) -> None:
        """Arms the output to be stopped where it runs, else to be started."""
        output = next((output for output in self._show.rundown.outputs if output.id == name), None)
        stops = output is not None and can_stop(self._show, output)
        self._arm_outputs(Act.ARM_STOP if stops else Act.ARM_START, name)

    def _arm_outputs(self, act: Act, subject: str) -> None:
        """Pressed once more it lets go of what it armed: the same press never does what it armed."""
        show = self._show
        grave, able, why = ARMS[act]
        armed = show.armed
        meant = [output for output in show.rundown.outputs if subject in (ALL, output.id)]
        if armed is not None and (armed.act, armed.subject) == (grave, subject) and armed_now(show, self._bridge.now()):
            self._post(act, Disarmed())
        elif any(able(show, output) for output in meant):
            self._last = act
            self._bridge.post(ArmPressed(grave, subject, self._new_press(act)))
        else:
            self.refused.emit(act, why, {})

    def _confirm(self) -> None:
        armed = armed_now(self._show, self._bridge.now())
        confirm = CONFIRMS.get(armed.act) if armed is not None else None
        if armed is None or confirm is None:
            self.refused.emit(Act.CONFIRM, NOT_ARMED, {})
        else:
            self._post(Act.CONFIRM, confirm(armed.subject, self._new_press(Act.CONFIRM)))

    def _lock(self) -> None:
        """On at once. Off takes another press after it; pressed again before that, it stays on."""
        armed = armed_now(self._show, self._bridge.now())
        if not self._show.locked:
            self._post(Act.LOCK, ShowLockSet(True))
        elif armed is not None and armed.act is Grave.UNLOCK:
            self._post(Act.LOCK, Disarmed())
        else:
            self._post(Act.LOCK, ArmPressed(Grave.UNLOCK, SHOW, self._new_press(Act.LOCK)))

    def skip_target(self) -> Cue | None:
        """The cue that skipping is about: the selected one, else the next one."""
        if self.selected is not None:
            return cue_of(self._show, self.selected)
        return next_cue(self._show)

    def _arm_one(self) -> None:
        """The surface that needs it most; pressed again, the next one that has a standby."""
        choice = promotable(self._show)
        armed = armed_now(self._show, self._bridge.now())
        if not choice:
            self.refused.emit(Act.ARM_PROMOTE, NO_LIVE_STANDBY, {})
            return
        before = armed.subject if armed is not None and armed.act is Grave.PROMOTE_STANDBY else ""
        place = choice.index(SurfaceId(before)) + 1 if before in choice else 0
        self.arm_promote(choice[place % len(choice)])

    def _go(self) -> None:
        following = next_cue(self._show)
        press = self._new_press(Act.GO)
        # With nothing next the engine still gets the press: a refused GO is journalled.
        self._bridge.post(GoPressed(following.id if following is not None else NO_CUE, press))

    def _arm(self) -> None:
        """The first of the two presses that a two-step cue needs; GO is the other."""
        following = next_cue(self._show)
        if following is None:
            self.refused.emit(Act.ARM, NOTHING_NEXT, {})
        elif why_to_arm(self._show, following) is None:
            self.refused.emit(Act.ARM, NOTHING_TO_ARM, {"cue": following.number})
        else:
            self._bridge.post(ArmPressed(Grave.TAKE, following.id, self._new_press(Act.ARM)))

    def _follow(self) -> None:
        if self._show.armed is not None:
            self._post(Act.FOLLOW, Disarmed())
        self._post(Act.FOLLOW, StandbyMoved(None))

    def _standby_on_holding(self) -> None:
        cue = holding_cue(self._show)
        if cue is None:
            self.refused.emit(Act.HOLDING, NO_HOLDING, {})
        else:
            self._post(Act.HOLDING, StandbyMoved(cue.id))

    def _standby(self) -> None:
        following = next_cue(self._show)
        if following is None:
            self.refused.emit(Act.STANDBY, NOTHING_NEXT, {})
        else:
            self._post(Act.STANDBY, StandbyCalled(following.id))

    def _hold(self) -> None:
        take = self._show.on_air
        held = take is not None and take.held_since is not None
        self.press(Act.HOLD, ResumePressed if held else HoldPressed)

    def _add(self, amount: Duration) -> None:
        take = self._show.on_air
        act = Act.MORE if amount > 0 else Act.LESS
        if take is None:
            self.refused.emit(act, NOTHING_ON_AIR, {})
        else:
            self._post(act, TimeAdded(take.cue.id, amount))

    def _skip(self) -> None:
        cue = self.skip_target()
        if cue is None:
            self.refused.emit(Act.SKIP, NOTHING_NEXT, {})
        else:
            self._post(Act.SKIP, SkipSet(cue.id, not is_skipped(self._show, cue)))

    def select(self, cue: CueId | None) -> None:
        self.selected = cue

    def _here(self) -> None:
        if self.selected is None:
            self.refused.emit(Act.HERE, NOTHING_SELECTED, {})
        else:
            self.put_standby(self.selected)

    def _move(self, step: int) -> None:
        """Moves the standby to the nearest cue in that direction which is not skipped."""
        show = self._show
        cues = show.plan.cues
        following = next_cue(show)
        start = self._aim or (following.id if following is not None else None)
        at = show.plan.place(start) if start is not None else None
        place = (at if at is not None else max(position(show), -1) + (1 if step < 0 else 0)) + step
        while 0 <= place < len(cues) and is_skipped(show, cues[place]):
            place += step
        act = Act.UP if step < 0 else Act.DOWN
        if not 0 <= place < len(cues):
            self.refused.emit(act, NO_FURTHER, {})
            return
        # Pressed again before the engine has answered, it goes on from here.
        self._aim = cues[place].id
        self._post(act, StandbyMoved(cues[place].id))

    def _wall(self, act: Act, event: Callable[[SurfaceId, PressId], ShowEvent]) -> None:
        """Acts on the first LED wall: a hall has one."""
        walls = self._show.rundown.walls
        if walls:
            self.press(act, lambda press: event(walls[0], press))
        else:
            self.refused.emit(act, NO_WALL, {})

    def press(self, act: Act, event: Callable[[PressId], ShowEvent]) -> None:
        """Posts what ``event`` makes of a new press; what is refused of it is shown as ``act``."""
        self._last = act
        self._bridge.post(event(self._new_press(act)))

    def _post(self, act: Act, event: ShowEvent) -> None:
        self._last = act
        self._bridge.post(event)

    def _new_press(self, act: Act) -> PressId:
        press = new_press()
        self._presses[press] = act
        if len(self._presses) > 64:
            del self._presses[next(iter(self._presses))]
        return press

    def _refused(self, refusal: Refusal) -> None:
        """The engine refused something: to be shown where it was pressed."""
        act = self._last if refusal.press is None else self._presses.get(refusal.press)
        if act is None:
            return  # pressed at another desk
        self.refused.emit(act, refusal.reason, refusal.values)

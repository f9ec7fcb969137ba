"""What each act means, given what the desk shows. Sends events; changes nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from studio_console.core.clip_watch import NO_HOLDING, holding_cue
from studio_console.core.events import (
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
    ReconnectPressed,
    ResumePressed,
    ShowEvent,
    SkipSet,
    StandbyCalled,
    StandbyMoved,
    StudioModeOffPressed,
    TimeAdded,
)
from studio_console.core.refusals import NOTHING_NEXT, NOTHING_ON_AIR
from studio_console.core.rundown import Cue
from studio_console.core.show import Refusal, Show, cue_of, is_skipped, next_cue, position
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, CueId, Duration, PressId, SurfaceId
from studio_console.gui.bridge import Bridge, new_press
from studio_console.gui.keys import Act

NO_CUE = CueId("")
NOTHING_SELECTED = Text("선택한 큐가 없습니다", "No cue is selected")
NOTHING_TO_ARM = Text("{cue}: 준비 없이 GO로 나갑니다", "{cue} needs no arming: GO takes it")
NO_FURTHER = Text("그쪽에는 스탠바이할 큐가 없습니다", "There is no cue to stand by in that direction")


class Controls(QObject):
    """Acts on the show that was last delivered: on what the operator saw."""

    refused = Signal(object, object, object)
    """Act, reason (Text) and its values: an act was not done, here or by the engine."""

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
            Act.END: lambda: self._press(Act.END, EndPressed),
            Act.BACK: lambda: self._press(Act.BACK, BackPressed),
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
        }
        bridge.refused.connect(self._refused)

    def set_show(self, show: Show) -> None:
        self._show = show
        self._aim = None

    def perform(self, act: Act) -> None:
        """Does ``act``; acts that are the window's own are not known here."""
        self._last = act
        self._acts[act]()

    def put_standby(self, cue: CueId) -> None:
        """Puts the standby on ``cue``."""
        self._post(Act.HERE, StandbyMoved(cue))

    def leave_studio_mode(self, surface: SurfaceId) -> None:
        self._bridge.post(StudioModeOffPressed(surface))

    def reconnect(self, surface: SurfaceId) -> None:
        self._bridge.post(ReconnectPressed(surface))

    def skip_target(self) -> Cue | None:
        """The cue that skipping is about: the selected one, else the next one."""
        if self.selected is not None:
            return cue_of(self._show, self.selected)
        return next_cue(self._show)

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
        elif not following.two_step:
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
        self._press(Act.HOLD, ResumePressed if held else HoldPressed)

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

    def _press(self, act: Act, event: Callable[[PressId], ShowEvent]) -> None:
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

"""Every act of the stage manager's window, with its keys."""

from __future__ import annotations

from enum import Enum, auto

from studio_console.core.stage import SpeakerMark
from studio_console.core.text import Text, same
from studio_console.gui.keys import Key

STAGE_MANAGER = "stage manager"
"""Who marks and writes here, in the journal."""


class StageAct(Enum):
    DO = auto()
    CALLED = auto()
    ARRIVED = auto()
    CHECKED = auto()
    STANDBY = auto()
    READY = auto()
    TAKE_BACK = auto()
    ACKNOWLEDGE = auto()
    NOTE = auto()
    HALL = auto()
    HALL_EXIT = auto()
    UP = auto()
    DOWN = auto()
    NEXT = auto()
    LANGUAGE = auto()


STAGE_KEYS: dict[StageAct, Key] = {
    StageAct.DO: Key(("Return", "Enter"), "Enter", Text("다음 할 일", "Next thing to do")),
    StageAct.CALLED: Key(("C", "ㅊ"), "C", Text("호출", "Called")),
    StageAct.ARRIVED: Key(("T", "ㅅ"), "T", Text("도착", "Arrived")),
    StageAct.CHECKED: Key(("K", "ㅏ"), "K", Text("점검", "Checked")),
    StageAct.STANDBY: Key(("S", "ㄴ"), "S", Text("스탠바이", "Standby")),
    StageAct.READY: Key(("R", "ㄱ"), "R", Text("준비", "Ready")),
    StageAct.TAKE_BACK: Key(("Backspace",), "Bksp", Text("표시 취소", "Take back")),
    StageAct.ACKNOWLEDGE: Key(("A", "ㅁ"), "A", Text("스탠바이 확인", "Standby heard")),
    StageAct.NOTE: Key(("N", "ㅜ"), "N", Text("TD에게 메모", "Note to the TD")),
    StageAct.HALL: Key(("E", "ㄷ"), "E", Text("입장", "Hall entry")),
    StageAct.HALL_EXIT: Key(("X", "ㅌ"), "X", Text("퇴장", "Hall exit")),
    StageAct.UP: Key(("Up",), "↑", Text("위로", "Up"), repeats=True),
    StageAct.DOWN: Key(("Down",), "↓", Text("아래로", "Down"), repeats=True),
    StageAct.NEXT: Key(("Esc", "Home"), "Esc", Text("다음 출연자", "Next speaker")),
    StageAct.LANGUAGE: Key(("F2",), "F2", same("한 / EN")),
}
MARKS = {
    StageAct.CALLED: SpeakerMark.CALLED,
    StageAct.ARRIVED: SpeakerMark.ARRIVED,
    StageAct.CHECKED: SpeakerMark.CHECKED,
    StageAct.STANDBY: SpeakerMark.STANDBY,
    StageAct.READY: SpeakerMark.READY,
}
"""What each of these keys marks, or takes away again."""

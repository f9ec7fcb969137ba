"""Every act of the desk with its keys and its name, and the guard that keeps keys from doing what nobody meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from studio_console.core.text import Text, same


class Act(Enum):
    GO = auto()
    STANDBY = auto()
    HOLD = auto()
    MORE = auto()
    LESS = auto()
    END = auto()
    BACK = auto()
    SKIP = auto()
    UNDO = auto()
    REDO = auto()
    FOLLOW = auto()
    HERE = auto()
    LANGUAGE = auto()
    UP = auto()
    DOWN = auto()
    SELECT_UP = auto()
    SELECT_DOWN = auto()
    ARM = auto()
    HOLDING = auto()
    FOLLOWING = auto()
    BELL = auto()
    REPORT = auto()
    ARM_PROMOTE = auto()
    ARRANGE = auto()
    START_LAYOUT = auto()
    TWO_SCREENS = auto()
    PANEL_PICTURES = auto()
    PANEL_CUES = auto()
    PANEL_TODAY = auto()
    PANEL_SOUND = auto()
    PANEL_OUTPUTS = auto()
    SOUND_ROW = auto()
    SOUND_FLOOR = auto()
    SOUND_FIRST = auto()
    SOUND_SECOND = auto()
    SOUND_UNDER = auto()
    SOUND_KEEP = auto()
    SOUND_RELEASE = auto()
    HAND_OVER_FIRST = auto()
    HAND_OVER_SECOND = auto()
    ARM_START = auto()
    ARM_STOP = auto()
    CONFIRM = auto()
    EDIT = auto()
    EDIT_SESSION = auto()
    CUE_UP = auto()
    CUE_DOWN = auto()
    CUE_NEW = auto()
    CUE_COPY = auto()
    CUE_DELETE = auto()
    EDIT_MINE = auto()
    EDIT_THEIRS = auto()
    WALL_HOLDING = auto()
    WALL_TAKE = auto()
    WALL_BACK = auto()
    MESSAGE = auto()
    MESSAGE_CLEAR = auto()
    TIMER_BLINK = auto()
    TIMER_BLACKOUT = auto()
    FREE_TIMER = auto()
    FREE_HOLD = auto()
    FREE_MORE = auto()
    FREE_LESS = auto()
    TIMER_WINDOW = auto()
    LOCK = auto()
    ACKNOWLEDGE = auto()
    ACKNOWLEDGE_ALL = auto()
    ALARM_SOUND = auto()
    PALETTE = auto()
    NOTES = auto()
    SESSION_BEFORE = auto()
    SESSION_AFTER = auto()
    HIT_BEFORE = auto()
    HIT_AFTER = auto()
    LED = auto()
    ROLL_CALL = auto()
    STAGE_NOTE = auto()
    STAGE_WINDOW = auto()
    GUESTS = auto()
    FIND = auto()
    TODAY = auto()
    SESSION = auto()
    NEXT_THREE = auto()
    NOT_READY = auto()
    CLOSE_UP = auto()
    SIDE = auto()
    LISTEN = auto()
    OUTPUT = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    ABOVE = auto()
    BELOW = auto()
    GOOD_PICTURE = auto()
    GOOD_SOUND = auto()
    GOOD_LIGHT = auto()
    GOOD_NETWORK = auto()
    GOOD_INTERPRETATION = auto()
    BAD_PICTURE = auto()
    BAD_SOUND = auto()
    BAD_LIGHT = auto()
    BAD_NETWORK = auto()
    BAD_INTERPRETATION = auto()
    ARM_WALL = auto()
    DISARM_WALL = auto()
    SWAP = auto()
    LARGE = auto()
    LAYOUT = auto()
    MOVE_UP = auto()
    SLATE = auto()


Acts = TypeVar("Acts", bound=Enum)


@dataclass(frozen=True, slots=True)
class Key:
    """The keys of an act, and how they are shown on its button. A jamo is what a Korean keyboard on macOS sends."""

    keys: tuple[str, ...]
    shown: str
    name: Text
    repeats: bool = False


KEYS: dict[Act, Key] = {
    Act.GO: Key(("Space",), "Space", same("GO")),
    Act.STANDBY: Key(("Return", "Enter"), "Enter", Text("스탠바이", "Standby")),
    Act.HOLD: Key(("H", "ㅗ"), "H", Text("홀드", "Hold")),
    Act.MORE: Key(("]",), "]", same("+1:00")),
    Act.LESS: Key(("[",), "[", same("−1:00")),
    Act.END: Key(("Ctrl+E",), "Ctrl+E", Text("큐 종료", "End cue")),
    Act.BACK: Key(("Backspace",), "Bksp", Text("이전", "Back")),
    Act.SKIP: Key(("S", "ㄴ"), "S", Text("건너뛰기", "Skip")),
    Act.UNDO: Key(("Ctrl+Z",), "Ctrl+Z", Text("편집 취소", "Undo")),
    Act.REDO: Key(("Ctrl+Shift+Z", "Ctrl+Y"), "Ctrl+Y", Text("다시 편집", "Redo")),
    Act.FOLLOW: Key(("Esc",), "Esc", Text("순서대로", "In order")),
    Act.HERE: Key(("Ctrl+Return", "Ctrl+Enter"), "Ctrl+Enter", Text("여기로", "Set next")),
    Act.LANGUAGE: Key(("F2",), "F2", same("한 / EN")),
    Act.UP: Key(("Up",), "↑", Text("스탠바이 위로", "Standby up"), repeats=True),
    Act.DOWN: Key(("Down",), "↓", Text("스탠바이 아래로", "Standby down"), repeats=True),
    Act.SELECT_UP: Key(("Ctrl+Up",), "Ctrl+↑", Text("선택 위로", "Select up"), repeats=True),
    Act.SELECT_DOWN: Key(("Ctrl+Down",), "Ctrl+↓", Text("선택 아래로", "Select down"), repeats=True),
    Act.ARM: Key(("Ctrl+G",), "Ctrl+G", Text("GO 준비", "Arm GO")),
    Act.HOLDING: Key(("Ctrl+B",), "Ctrl+B", Text("대기 화면 스탠바이", "Standby on holding")),
    Act.FOLLOWING: Key(("Ctrl+N",), "Ctrl+N", Text("영상 끝 자동 진행", "Follow clips")),
    Act.BELL: Key(("Ctrl+L",), "Ctrl+L", Text("종소리", "Bell sound")),
    Act.REPORT: Key(("Ctrl+P",), "Ctrl+P", Text("보고서 저장", "Save report")),
    Act.ARM_PROMOTE: Key(("Ctrl+F11",), "Ctrl+F11", Text("대기 OBS 승격 준비", "Arm: promote a standby")),
    Act.ARRANGE: Key(("F12",), "F12", Text("패널 배치 바꾸기", "Arrange panels")),
    Act.START_LAYOUT: Key(("Ctrl+F12",), "Ctrl+F12", Text("처음 배치로", "Layout as at the start")),
    Act.TWO_SCREENS: Key(("Ctrl+Shift+F12",), "Ctrl+Shift+F12", Text("그림을 둘째 화면에", "Pictures on 2nd screen")),
    Act.PANEL_PICTURES: Key(("Shift+F1",), "Shift+F1", Text("그림 패널", "Pictures panel")),
    Act.PANEL_CUES: Key(("Shift+F2",), "Shift+F2", Text("큐 패널", "Cues panel")),
    Act.PANEL_TODAY: Key(("Shift+F3",), "Shift+F3", Text("오늘 패널", "Today panel")),
    Act.PANEL_SOUND: Key(("Shift+F4",), "Shift+F4", Text("통역 패널", "Interpretation panel")),
    Act.PANEL_OUTPUTS: Key(("Shift+F5",), "Shift+F5", Text("스트림·녹화 패널", "Outputs panel")),
    Act.SOUND_ROW: Key(("I", "ㅑ"), "I", Text("다음 출력", "Next output")),
    Act.SOUND_FLOOR: Key(("Ctrl+1",), "Ctrl+1", Text("원음만", "Floor alone")),
    Act.SOUND_FIRST: Key(("Ctrl+2",), "Ctrl+2", Text("첫째 통역", "First booth")),
    Act.SOUND_SECOND: Key(("Ctrl+3",), "Ctrl+3", Text("둘째 통역", "Second booth")),
    Act.SOUND_UNDER: Key(("Ctrl+4",), "Ctrl+4", Text("통역 아래 원음", "Floor under it")),
    Act.SOUND_KEEP: Key(("Ctrl+5",), "Ctrl+5", Text("유지", "Keep")),
    Act.SOUND_RELEASE: Key(("Ctrl+0",), "Ctrl+0", Text("큐대로", "As the cue")),
    Act.HAND_OVER_FIRST: Key(("Ctrl+8",), "Ctrl+8", Text("첫째 통역 교대", "First booth handed over")),
    Act.HAND_OVER_SECOND: Key(("Ctrl+9",), "Ctrl+9", Text("둘째 통역 교대", "Second booth handed over")),
    Act.ARM_START: Key(("Ctrl+Shift+S",), "Ctrl+Shift+S", Text("송출 시작 준비", "Arm start")),
    Act.ARM_STOP: Key(("Ctrl+Shift+X",), "Ctrl+Shift+X", Text("송출 정지 준비", "Arm stop")),
    Act.CONFIRM: Key(("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), "Ctrl+Shift+Enter", Text("준비한 것 실행", "Do it")),
    Act.EDIT: Key(("E", "ㄷ"), "E", Text("큐 고치기", "Edit cue")),
    Act.EDIT_SESSION: Key(("Shift+E", "ㄸ"), "Shift+E", Text("세션 고치기", "Edit session")),
    Act.CUE_UP: Key(("Ctrl+Shift+Up",), "Ctrl+Shift+↑", Text("큐 위로", "Cue up")),
    Act.CUE_DOWN: Key(("Ctrl+Shift+Down",), "Ctrl+Shift+↓", Text("큐 아래로", "Cue down")),
    Act.CUE_NEW: Key(("Ins",), "Ins", Text("새 큐", "New cue")),
    Act.CUE_COPY: Key(("Ctrl+D",), "Ctrl+D", Text("큐 복제", "Copy cue")),
    Act.CUE_DELETE: Key(("Ctrl+Del",), "Ctrl+Del", Text("큐 지우기", "Delete cue")),
    Act.EDIT_MINE: Key(("Alt+K",), "Alt+K", Text("저장 안 된 편집 쓰기", "Write unsaved edit")),
    Act.EDIT_THEIRS: Key(("Alt+L",), "Alt+L", Text("저장 안 된 편집 버리기", "Drop unsaved edit")),
    Act.WALL_HOLDING: Key(("W", "ㅈ"), "W", Text("LED 대기", "Hold LED")),
    Act.WALL_TAKE: Key(("Shift+W", "ㅉ"), "Shift+W", Text("LED 보내기", "Take LED")),
    Act.WALL_BACK: Key(("Alt+W",), "Alt+W", Text("LED 복귀", "LED back")),
    Act.MESSAGE: Key(("M", "ㅡ"), "M", Text("연사에게", "To the speaker")),
    Act.MESSAGE_CLEAR: Key(("Alt+M",), "Alt+M", Text("지우기", "Clear")),
    Act.TIMER_BLINK: Key(("Ctrl+M",), "Ctrl+M", Text("깜박임", "Blink")),
    Act.TIMER_BLACKOUT: Key(("Alt+B",), "Alt+B", Text("암전", "Blackout")),
    Act.FREE_TIMER: Key(("Ctrl+T",), "Ctrl+T", Text("타이머", "Timer")),
    Act.FREE_HOLD: Key(("Alt+T",), "Alt+T", Text("멈춤", "Pause")),
    Act.FREE_MORE: Key(("Alt+]",), "Alt+]", same("+1:00")),
    Act.FREE_LESS: Key(("Alt+[",), "Alt+[", same("−1:00")),
    Act.TIMER_WINDOW: Key(("Shift+T", "ㅆ"), "Shift+T", Text("타이머 화면", "Timer screen")),
    Act.LOCK: Key(("Ctrl+Shift+L",), "Ctrl+Shift+L", Text("쇼 잠금", "Show lock")),
    Act.ACKNOWLEDGE: Key(("Q", "ㅂ"), "Q", Text("알림 확인", "Acknowledge")),
    Act.ACKNOWLEDGE_ALL: Key(("Shift+Q", "ㅃ"), "Shift+Q", Text("알림 모두 확인", "Acknowledge all")),
    Act.ALARM_SOUND: Key(("Ctrl+Shift+A",), "Ctrl+Shift+A", Text("알림 소리", "Alarm sound")),
    Act.PALETTE: Key(("Ctrl+K",), "Ctrl+K", Text("명령 찾기", "Commands")),
    Act.NOTES: Key(("N", "ㅜ"), "N", Text("부서 메모", "Department notes")),
    Act.SESSION_BEFORE: Key(("Ctrl+PgUp",), "Ctrl+PgUp", Text("앞 세션 보기", "Session before")),
    Act.SESSION_AFTER: Key(("Ctrl+PgDown",), "Ctrl+PgDn", Text("다음 세션 보기", "Session after")),
    Act.HIT_BEFORE: Key(("Ctrl+Left",), "Ctrl+←", Text("앞의 찾은 큐", "Hit before"), repeats=True),
    Act.HIT_AFTER: Key(("Ctrl+Right",), "Ctrl+→", Text("다음 찾은 큐", "Hit after"), repeats=True),
    Act.LED: Key(("F4",), "F4", Text("LED 월", "LED wall")),
    Act.ROLL_CALL: Key(("F11",), "F11", Text("호명", "Roll call")),
    Act.STAGE_NOTE: Key(("Alt+N",), "Alt+N", Text("무대에 메모", "Note to the stage")),
    Act.STAGE_WINDOW: Key(("Ctrl+Shift+M",), "Ctrl+Shift+M", Text("무대감독 창", "Stage window")),
    Act.GUESTS: Key(("F3",), "F3", Text("원격 참가자", "Remote guests")),
    Act.FIND: Key(("/", "Ctrl+F"), "/", Text("찾기", "Find")),
    Act.TODAY: Key(("F5",), "F5", Text("오늘", "Today")),
    Act.SESSION: Key(("F6",), "F6", Text("이 세션", "Session")),
    Act.NEXT_THREE: Key(("F7",), "F7", Text("다음 3큐", "Next 3")),
    Act.NOT_READY: Key(("F8",), "F8", Text("준비 안 됨", "Not ready")),
    Act.CLOSE_UP: Key(("F9",), "F9", Text("크게", "Close-up")),
    Act.SIDE: Key(("F10",), "F10", Text("옆 칸", "Side panel")),
    Act.LISTEN: Key(("P", "ㅔ"), "P", same("PFL")),
    Act.OUTPUT: Key(("O", "ㅐ"), "O", Text("헤드폰", "Headphones")),
    Act.PAGE_UP: Key(("PgUp",), "PgUp", Text("앞 쪽", "Page up")),
    Act.PAGE_DOWN: Key(("PgDown",), "PgDn", Text("뒤 쪽", "Page down")),
    Act.LEFT: Key(("Left",), "←", Text("앞 참가자", "Guest before"), repeats=True),
    Act.RIGHT: Key(("Right",), "→", Text("다음 참가자", "Guest after"), repeats=True),
    Act.ABOVE: Key(("Alt+Up",), "Alt+↑", Text("위 참가자", "Guest above"), repeats=True),
    Act.BELOW: Key(("Alt+Down",), "Alt+↓", Text("아래 참가자", "Guest below"), repeats=True),
    Act.GOOD_PICTURE: Key(("1",), "1", Text("그림 좋음", "Picture good")),
    Act.GOOD_SOUND: Key(("2",), "2", Text("소리 좋음", "Sound good")),
    Act.GOOD_LIGHT: Key(("3",), "3", Text("조명 좋음", "Light good")),
    Act.GOOD_NETWORK: Key(("4",), "4", Text("회선 좋음", "Network good")),
    Act.GOOD_INTERPRETATION: Key(("5",), "5", Text("통역 좋음", "Interpretation good")),
    Act.BAD_PICTURE: Key(("Alt+1",), "Alt+1", Text("그림 나쁨", "Picture bad")),
    Act.BAD_SOUND: Key(("Alt+2",), "Alt+2", Text("소리 나쁨", "Sound bad")),
    Act.BAD_LIGHT: Key(("Alt+3",), "Alt+3", Text("조명 나쁨", "Light bad")),
    Act.BAD_NETWORK: Key(("Alt+4",), "Alt+4", Text("회선 나쁨", "Network bad")),
    Act.BAD_INTERPRETATION: Key(("Alt+5",), "Alt+5", Text("통역 나쁨", "Interpretation bad")),
    Act.ARM_WALL: Key(("A", "ㅁ"), "A", Text("준비", "Arm")),
    Act.DISARM_WALL: Key(("Alt+A",), "Alt+A", Text("준비 취소", "Disarm")),
    Act.SWAP: Key(("X", "ㅌ"), "X", Text("맞바꾸기", "Swap")),
    Act.LARGE: Key(("L", "ㅣ"), "L", Text("크게", "Large")),
    Act.LAYOUT: Key(("V", "ㅍ"), "V", Text("구성 바꾸기", "Layout")),
    Act.MOVE_UP: Key(("D", "ㅇ"), "D", Text("빼고 당기기", "Drop, move up")),
    Act.SLATE: Key(("Alt+D",), "Alt+D", Text("빼고 대기화면", "Drop, slate")),
}

ROLE_ACTS = {Act.STAGE_WINDOW: "stage", Act.TIMER_WINDOW: "timer"}
"""What opens the window of another role, by its name."""
WALL_ACTS = tuple(act for act in Act if act.value > Act.FIND.value)
"""What the keys do while the guests are shown, and only then."""

NO_FINGER = 2
"""ms. A key that goes up and down again faster than this was not let go: X servers repeat a key by a release and a
press of the same instant, and Qt takes them for real ones if it reads the release before the press has come."""
REPEATING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
"""Keys that go on acting while they are held down."""


def key_text(act: Act) -> str:
    """The key of an act as this system writes it."""
    return written(KEYS[act])


def written(key: Key) -> str:
    """A key as this system writes it."""
    if "Ctrl" not in key.shown:
        return key.shown
    return QKeySequence(key.shown).toString(QKeySequence.SequenceFormat.NativeText) or key.shown


def make_actions(window: QWidget) -> dict[Act, QAction]:
    """One action an act of the desk, alive in the whole of ``window``."""
    return actions_of(window, KEYS)


def actions_of(window: QWidget, keys: Mapping[Acts, Key]) -> dict[Acts, QAction]:
    """One action for each of ``keys``, alive in the whole of ``window``."""
    actions: dict[Acts, QAction] = {}
    for act, key in keys.items():
        action = QAction(window)
        action.setObjectName(act.name)
        action.setShortcuts([QKeySequence(keys) for keys in key.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(key.repeats)
        window.addAction(action)
        actions[act] = action
    return actions


def typing() -> bool:
    """Whether the focus is where text is typed: there every key is a letter, also while Hangul is composed."""
    focus = QApplication.focusWidget()
    return focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


class KeyGuard(QObject):
    """Sees the keys of a window before anything else does.

    In text fields they stay letters. Elsewhere a key acts once until it is let go, whether its repeats are marked as
    such or not; a key whose letting go nobody saw, because another window had come up, is free again.
    """

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._down: set[int] = set()
        self._released: dict[int, int] = {}
        """When each key was last let go, in ms of the window system's clock."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            assert isinstance(event, QKeyEvent)
            return self._key(kind, event)
        if kind == QEvent.Type.FocusOut:
            self._down.clear()
        return False

    def _key(self, kind: QEvent.Type, event: QKeyEvent) -> bool:
        key = event.key()
        if kind == QEvent.Type.KeyRelease:
            if not event.isAutoRepeat():
                self._down.discard(key)
                self._released[key] = event.timestamp()
            return False
        if typing():
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return False
        if key in REPEATING:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            held = event.isAutoRepeat() or key in self._down or self._bounced(key, event.timestamp())
            self._down.add(key)
            if held:
                event.accept()
                return True
            return False
        # What reaches a widget as a press is held down, or no shortcut: nothing here is to act on it a second time.
        return key == Qt.Key.Key_Space

    def _bounced(self, key: int, now: int) -> bool:
        released = self._released.get(key)
        return released is not None and now > 0 and 0 <= now - released <= NO_FINGER

"""Every act of the desk with its keys and its name, and the guard that keeps keys from doing what nobody meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

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
    Act.BACK: Key(("Backspace",), "Backspace", Text("이전", "Back")),
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
}

NO_FINGER = 2
"""ms. A key that goes up and down again faster than this was not let go: X servers repeat a key by a release and a
press of the same instant, and Qt takes them for real ones if it reads the release before the press has come."""
REPEATING = (Qt.Key.Key_Up, Qt.Key.Key_Down)
"""Keys that go on acting while they are held down."""


def make_actions(window: QWidget) -> dict[Act, QAction]:
    """One action an act, alive in the whole of ``window``."""
    actions: dict[Act, QAction] = {}
    for act, key in KEYS.items():
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

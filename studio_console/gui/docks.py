"""The middle of the desk: panels that can be moved, floated to another screen, closed and brought back.

They move only while the desk is being arranged, which it never is under the show lock: on air nothing is dragged away
by a slip of the mouse, and their title bars take no room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QChildEvent, QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QMainWindow, QTabBar, QVBoxLayout, QWidget

from studio_console.core.ports import Remembered
from studio_console.core.text import Text, same
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.desk_memory import DeskMemory, Layout, screens_word
from studio_console.gui.keys import KeyGuard, key_text
from studio_console.gui.painting import rounded
from studio_console.gui.panels import PICTURES, Panel
from studio_console.gui.standby_row import QuietButton
from studio_console.gui.start_layouts import Start, resize, start_for, states

FLOAT = Text("따로", "Float")
BACK = Text("붙이기", "Dock")
CLOSE = same("✕")
FOUND = 60
"""px of a floating panel, in each direction, that have to lie on a screen."""


def screen_rects() -> list[QRect]:
    """The screens that there are now, the main one first."""
    first = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda screen: screen is not first)
    return [screen.geometry() for screen in screens]


class TitleBar(QWidget):
    """A panel's title with what can be done to it; of no height unless the desk is being arranged."""

    def __init__(self, panel: Panel, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._panel, self._dock = panel, dock
        self._title = ""
        self.shown = False
        self.float = QuietButton(self, 1.4)
        self.close_button = QuietButton(self, 1.4)
        self.float.clicked.connect(self._float)
        self.close_button.clicked.connect(dock.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 2, 1)
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self.float)
        row.addWidget(self.close_button)

    def show_bar(self, shown: bool, context: Context) -> None:
        self.shown = shown
        self._title = f"⠿ {context.say(self._panel.title)}  {key_text(self._panel.act)}"
        self.float.set_text(context.say(BACK if self._dock.isFloating() else FLOAT))
        self.close_button.set_text(context.say(CLOSE))
        self.float.setVisible(shown)
        self.close_button.setVisible(shown)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, round(self.font().pixelSize() * 1.7) if self.shown else 0)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.shown:
            return
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.BLUE_GROUND)
        painter.setFont(theme.sized(self.font(), 0.92, bold=True))
        painter.setPen(theme.BLUE)
        painter.drawText(QRectF(self.rect()).adjusted(8, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), self._title)

    def _float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())


class Dock(QDockWidget):
    """One panel. Floating, it is a window whose keys are guarded as the desk's are."""

    closed = Signal()

    def __init__(self, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent)
        self.panel = panel
        self.setObjectName(panel.id)
        # A floating panel has the desk's letters.
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)
        # The desk has the keys, also after a start on two screens.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.wanted = True
        """It is to be seen. (Qt closes docks to hide them when it restores a layout.)"""
        self.bar = TitleBar(panel, self)
        self.setTitleBarWidget(self.bar)
        self.setWidget(panel.widget)
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.topLevelChanged.connect(self._floats)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A floating panel closed by a slip comes back. To refuse to close would keep the program from ending."""
        super().closeEvent(event)
        if self.features() & QDockWidget.DockWidgetFeature.DockWidgetClosable:
            self.closed.emit()
        else:
            QTimer.singleShot(0, self, self._come_back)

    def _come_back(self) -> None:
        if self.wanted:
            self.show()

    def _floats(self, floating: bool) -> None:
        handle = self.windowHandle()
        if floating and handle is not None and handle.findChild(KeyGuard) is None:
            KeyGuard(handle)
        self.setWindowTitle(self.panel.title.both())


class Docks(QMainWindow):
    """Stands inside the desk. ``centre`` is never closed: the cue sheet."""

    changed = Signal()
    """A panel was closed at its title."""

    def __init__(
        self,
        panels: Sequence[Panel],
        centre: QWidget,
        remembered: Remembered | None = None,
        screens: Callable[[], Sequence[QRect]] = screen_rects,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDocumentMode(True)
        self._holder = QWidget()
        QVBoxLayout(self._holder).setContentsMargins(0, 0, 0, 0)
        self.setCentralWidget(self._holder)
        self.set_centre(centre)
        self._panels, self._screens = tuple(panels), screens
        self.docks: dict[str, Dock] = {panel.id: Dock(panel, self) for panel in panels}
        self._closed: set[str] = set()
        """What was closed by hand; a panel that the hall has no use for is hidden without being closed."""
        self._useless: set[str] = set()
        self._memory = DeskMemory(remembered)
        self._word = screens_word(screens())
        self._start: Start | None = None
        """The start layout that is in use; None for one of the user's own."""
        self._begun = False
        self._roomy = False
        self.arranging = False
        self._touched = False
        """Something was moved while the desk was arranged."""
        for dock in self.docks.values():
            dock.closed.connect(self._dock_closed)
            dock.topLevelChanged.connect(self._dock_moved)
            dock.dockLocationChanged.connect(self._dock_moved)
        self._context: Context | None = None
        self._states = states(self._panels)
        for dock in self.docks.values():
            self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self._lay_out(start_for(self.size()))

    def set_centre(self, centre: QWidget) -> None:
        layout = self._holder.layout()
        assert layout is not None
        layout.addWidget(centre)

    @property
    def start(self) -> Start | None:
        """The start layout that is in use; None for one of the user's own."""
        return self._start

    def is_open(self, name: str) -> bool:
        return name not in self._closed

    def give_room(self, roomy: bool) -> None:
        """Whether the middle needs more room than the cue sheet. A layout of the user's own stays as it is."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._show_and_size()

    # --- what is pressed

    def arrange(self, on: bool, context: Context) -> None:
        """Whether panels can be moved now. What was moved is kept when that is over."""
        self._context = context
        was, self.arranging = self.arranging, on
        wanted = QDockWidget.DockWidgetFeature
        features = (
            wanted.DockWidgetMovable | wanted.DockWidgetFloatable | wanted.DockWidgetClosable
            if on
            else wanted.NoDockWidgetFeatures
        )
        for dock in self.docks.values():
            dock.setFeatures(features)
        self._say_bars()
        if on and not was:
            self._touched = False
        elif was and not on and self._touched:
            self._start = None
            self._keep()

    def set_context(self, context: Context) -> None:
        self._context = context
        self._say_bars()

    def toggle(self, name: str) -> None:
        """Closes a panel, or brings it back and to the front."""
        dock = self.docks[name]
        if name in self._closed or dock.visibleRegion().isEmpty():
            self._closed.discard(name)
            self._show_and_size()
            dock.raise_()
        else:
            self._closed.add(name)
            self._show_and_size()
        self._keep()

    def begin_anew(self, start: Start | None = None) -> None:
        """The layout as at the start, or another start layout; the user's own for these screens is forgotten."""
        self._memory.forget(self._word)
        self._closed.clear()
        self._lay_out(start if start is not None else start_for(self.size()))
        if start is Start.TWO_SCREENS:
            self._keep()

    def screens_changed(self) -> None:
        """A screen came or went: its set-up has a layout of its own, and no panel is left where nobody sees it."""
        word = screens_word(self._screens())
        if word != self._word:
            self._word = word
            self._begin()
        self._bring_in()

    def show_useful(self, useless: Collection[str]) -> None:
        """Hides the panels that the hall has no use for.

        A layout of the user's own is given back here, when the desk is as large as it will be and what there is to be
        seen is known: what came between the panels later would take its room from them as it likes.
        """
        changed = set(useless) != self._useless
        self._useless = set(useless)
        if self.isVisible() and not self._begun:
            self._begun = True
            self._begin()
        elif changed:
            self._show_and_size()

    def end(self) -> None:
        """Windows of their own go with the desk, and before it: what they show is taken apart with it."""
        for dock in self.docks.values():
            dock.wanted = False
            if dock.isFloating():
                dock.hide()

    # --- putting it together

    def _begin(self) -> None:
        """The layout that is kept for these screens, or else the start layout."""
        active = self.window().isActiveWindow()
        kept = self._memory.find(self._word)
        self._closed = set(kept.closed) & self.docks.keys() if kept is not None else set()
        if kept is not None and kept.start:
            two = kept.start == Start.TWO_SCREENS.name
            self._lay_out(Start.TWO_SCREENS if two else start_for(self.size()))
        elif kept is not None and set(kept.panels) == set(self.docks) and self.restoreState(kept.state):
            self._start = None
            for name, place in kept.floating.items():
                if name in self.docks and self.docks[name].isFloating():
                    self.docks[name].setGeometry(place)
            self._show_and_size()
            self._bring_in()
        else:
            self._closed.clear()
            self._lay_out(start_for(self.size()))
        if active or QApplication.activeWindow() in (None, *self.docks.values()):
            # What floats has come up as a new window, and the keys are the desk's.
            self.window().activateWindow()

    def _lay_out(self, start: Start) -> None:
        self._start = start
        screens = self._screens()
        own = self.window().frameGeometry().center()
        second = next((screen for screen in screens if not screen.contains(own)), None)
        self.restoreState(self._states[start])
        if start is Start.TWO_SCREENS and second is not None:
            self.docks[PICTURES].setFloating(True)
            self.docks[PICTURES].setGeometry(second)
        self._show_and_size()

    def _show_and_size(self) -> None:
        hidden = self._closed | self._useless
        for name, dock in self.docks.items():
            dock.wanted = name not in hidden
            if dock.isHidden() is dock.wanted:
                dock.setVisible(dock.wanted)
        if self._start is not None:
            resize(self, self.docks, self._start, self._roomy)

    def _keep(self) -> None:
        """Saves the layout for these screens. A start layout of which panels are closed stays one."""
        floating = {name: dock.geometry() for name, dock in self.docks.items() if dock.isFloating()}
        start = self._start.name if self._start is not None else ""
        panels, closed = tuple(sorted(self.docks)), tuple(sorted(self._closed))
        self._memory.keep(self._word, Layout(panels, closed, start, floating, self.saveState()))

    def _bring_in(self) -> None:
        """Docks what floats where there is no screen."""
        for dock in self.docks.values():
            if dock.isFloating() and not _is_seen(dock.frameGeometry(), self._screens()):
                dock.setFloating(False)

    def _say_bars(self) -> None:
        if self._context is not None:
            for dock in self.docks.values():
                title = self._context.say(dock.panel.title)
                if dock.windowTitle() != title:
                    dock.setWindowTitle(title)
                dock.bar.show_bar(self.arranging, self._context)

    def _dock_moved(self) -> None:
        self._touched = True
        self._say_bars()

    def _dock_closed(self) -> None:
        dock = self.sender()
        assert isinstance(dock, Dock)
        self._closed.add(dock.panel.id)
        self._touched = True
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._start is None:
            return
        if self._start is not Start.TWO_SCREENS and self._start is not start_for(self.size()):
            self._lay_out(start_for(self.size()))
        else:
            self._show_and_size()

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        child = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(child, QTabBar):
            # Keys belong to the desk.
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def event(self, event: QEvent) -> bool:
        """The gaps between panels are dragged only while the desk is being arranged."""
        kind = event.type()
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.HoverMove, QEvent.Type.MouseMove)
        if kind in presses and not self.arranging:
            return True
        if kind == QEvent.Type.MouseButtonPress:
            self._touched = True
        return super().event(event)


def _is_seen(rect: QRect, screens: Sequence[QRect]) -> bool:
    return any(
        (seen := rect.intersected(screen)).width() >= min(FOUND, rect.width())
        and seen.height() >= min(FOUND, rect.height())
        for screen in screens
    )
